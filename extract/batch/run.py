"""A run: what is new is converted and kept, then the tables are made from all that is kept."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extract import corrections
from extract.batch.base import fingerprint
from extract.batch.find import Found, reason_of_member
from extract.batch.lock import held
from extract.batch.manifest import Entry, Manifest, read
from extract.batch.one import PASSING, digest, failed, skipped
from extract.batch.store import Store, key
from extract.batch.worker import Done, Settings, Task
from extract.batch.workers import Pool, Take
from extract.errors import IngestError
from extract.limits import Limits
from extract.printable import printable
from extract.rulebook import Rulebook
from extract.tables.schema import OutcomeRow
from extract.write import Place, Result, Summary, Wanted, assemble
from extract.write.publish import digest as digest_of_file

_WORTH = 8
"""Files for which it is worth while to start one more process."""

Report = Callable[[Found, Done | None], None]
"""Told of each file that is settled; without Done where nothing had to be read."""
Engine = Callable[[Settings, int, Take], Iterator[Done]]


@dataclass(frozen=True)
class Options:
    """How to run. jobs: processes.   wait: for another run on the same output.   accumulate: keep what has left the inputs.
    wanted: what the output is to be like."""

    limits: Limits = field(default_factory=Limits)
    jobs: int = 1
    wait: bool = False
    accumulate: bool = False
    wanted: Wanted = field(default_factory=Wanted)


class Ran(NamedTuple):
    """What a run did. read: files that were converted.   changed: whether the output is another than before."""

    summary: Summary
    read: int
    changed: bool


def local(settings: Settings, jobs: int, take: Take) -> Iterator[Done]:
    """The engine that converts by worker processes of this machine."""
    return Pool(settings, jobs, take).results()


def run(
    found: Sequence[Found],
    output: Path,
    book: Rulebook,
    options: Options | None = None,
    *,
    engine: Engine = local,
    report: Report | None = None,
) -> Ran:
    """Bring the tables of `output` in line with the files found: the same bytes for any engine, any number of jobs, any history.

    Raises WriteError where the output cannot be written or another run holds it, RuleError where a rule is wrong; either leaves the
    tables as they were, and what was converted until then is kept for the next run. So does an interruption.
    """
    options = options or Options()
    place = Place(output)
    with held(place, wait=options.wait):
        place.recover()
        try:
            return _run(found, place, book, options, engine, report or (lambda _found, _done: None))
        finally:
            place.clean()


def _run(found: Sequence[Found], place: Place, book: Rulebook, options: Options, engine: Engine, report: Report) -> Ran:
    store = Store(place.folder)
    before = read(place.manifest)
    work = _Work(found, store, before, fingerprint(book.folder, options.limits), options.limits, report)
    jobs = max(1, min(options.jobs, len(found) // _WORTH))
    count = 0
    fresh: list[str] = []
    for done in engine(Settings(book.folder, options.limits, place.folder), jobs, work.take):
        work.settle(done)
        count += 1
        if done.size:
            fresh.append(done.task.key)
    entries = work.entries
    if options.accumulate:
        _keep_departed(entries, before, store)
    ordered = tuple(entries[source] for source in sorted(entries))
    mended = corrections.load(place.folder)
    made_with = json.dumps([options.wanted.fingerprint(), mended])
    if before.same(ordered, made_with) and before.holds(place):
        return Ran(before.summary or Summary(), count, changed=False)
    with place.writing():
        results = Results(store, ordered)
        summary = assemble(results, place.begin(), place.folder, book, options.wanted, mended)
        files = {path.name: digest_of_file(path) for path in sorted(place.staging.iterdir()) if path.is_file()}
        Manifest(ordered, files, made_with, summary).write(place.staging / place.manifest.relative_to(place.folder))
        place.commit(results.texts, list(before.files or ()), [store.path(key) for key in fresh])
        store.prune({entry.key for entry in ordered})
    return Ran(summary, count, changed=True)


def correct(file: Path, output: Path) -> int:
    """Keep the edits of a workbook or CSV file for every later run into `output`. Returns how many there are.

    Raises ExtractError for edits that cannot be understood or rows that are not there, all of them named; then none is kept.
    """
    edits = corrections.read_edits(file)
    place = Place(output)
    with held(place, wait=False):
        place.recover()
        kept = corrections.load(output)
        corrections.save(output, corrections.merge(kept, corrections.resolve(output, edits, kept)))
    return len(edits)


class Results:
    """The results of some entries, in their order; each pass reads them anew. texts: the names of their texts, after a pass."""

    def __init__(self, store: Store, entries: Sequence[Entry]) -> None:
        self._store = store
        self._entries = entries
        self.texts: set[str] = set()

    def __iter__(self) -> Iterator[Result]:
        for entry in self._entries:
            result = entry.result() or self._store.get(entry.key)
            if result is None:
                self._store.drop(entry.key)
                raise OSError(f"the result kept of {entry.source} is damaged")
            if result.outcome.doc_id:
                self.texts.add(f"{result.outcome.doc_id}.txt")
            yield result


class _Work:
    """The files of a run: which are settled, and which is next. entries: those that are settled, by source."""

    def __init__(self, found: Sequence[Found], store: Store, before: Manifest, base: str, limits: Limits, report: Report) -> None:
        self._found = iter(found)
        self._members: deque[tuple[Found, str]] = deque()
        self._store = store
        self._base = base
        self._limits = limits
        self._report = report
        self._members_of = {entry.key: entry.members for entry in before.entries if entry.key}
        self.entries: dict[str, Entry] = {}

    def take(self) -> Task | None:
        """The next file that must be read; those before it that need not be are settled."""
        while True:
            if self._members:
                found, content_digest = self._members.popleft()
            else:
                one = next(self._found, None)
                if one is None:
                    return None
                found, content_digest = one, ""
            task = self._task(found, content_digest)
            if task is not None:
                return task

    def _task(self, found: Found, content_digest: str) -> Task | None:
        refused = skipped(found) if found.skip else None
        if not refused and not content_digest:
            try:
                content_digest = digest(found, self._limits)
            except IngestError as error:
                refused = failed(found, error.code, str(error))
            except OSError as error:
                refused = failed(found, "unreadable", f"{found.source}: {error.strerror or error}")
        if refused:
            self._note(found, Entry(found.source, "", found.container, (), refused.outcome), "")
            self._report(found, None)
            return None
        task = Task(found, content_digest, key(content_digest, found.source, self._base))
        members = self._known(task.key)
        if members is None:
            return task
        self._note(found, Entry(found.source, task.key, found.container, members), content_digest)
        self._report(found, None)
        return None

    def _known(self, key: str) -> tuple[str, ...] | None:
        """The members of a result that is kept, None where none is. What the last tables were made from is whole; of others, their bytes say so."""
        if key in self._members_of and key in self._store:
            return self._members_of[key]
        result = self._store.get(key)
        return result.members if result else None

    def settle(self, done: Done) -> None:
        """Take note of what became of a task."""
        found, outcome = done.task.found, done.result.outcome
        passing = outcome.code in PASSING
        kept = ("", outcome) if passing else (done.task.key, None)
        self._note(found, Entry(found.source, kept[0], found.container, done.result.members, kept[1]), done.task.digest)
        self._report(found, done)

    def _note(self, found: Found, entry: Entry, content_digest: str) -> None:
        self.entries[found.source] = entry
        for name in entry.members:
            member = f"{found.member}!/{name}" if found.member else name
            held = Found(found.path, f"{found.source}!/{printable(name)}", reason_of_member(name), found.source, member, found.named)
            self._members.append((held, content_digest))


def _keep_departed(entries: dict[str, Entry], before: Manifest, store: Store) -> None:
    """Add what the last tables had and the inputs have no more, except for the members of archives that are there anew. A file of which
    nothing is kept any more, since that was damaged, has an outcome that says so."""
    replaced = set(entries)
    for entry in before.entries:
        if entry.source in replaced or entry.container in replaced:
            replaced.add(entry.source)
        elif entry.outcome or store.path(entry.key).exists():
            entries[entry.source] = entry
        else:
            told = f"{entry.source}: the file is gone, and what was kept of it was damaged; put it there again"
            outcome = OutcomeRow(entry.source, entry.container, "failed", "unreadable", printable(told), "")
            entries[entry.source] = entry._replace(key="", outcome=outcome)
