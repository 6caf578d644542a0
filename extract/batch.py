"""Folders in, one outcome per file: what to read, in which order, by how many processes."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extract import rulebook
from extract.errors import ExtractError, RuleError
from extract.printable import printable
from extract.rulebook import Rulebook
from extract.tables.schema import OutcomeRow, tables
from extract.workers import spread
from extract.write import Output, csv_file

_FURNITURE = re.compile(r"~\$|\._|\.DS_Store$|Thumbs\.db$", re.IGNORECASE)
IN_PROCESS = 40
"""Files that one process converts sooner than others would have started."""


class Found(NamedTuple):
    """A file that the inputs hold. skip: why it is not to be read, empty where it is."""

    path: Path
    source: str
    skip: str = ""


class Result(NamedTuple):
    """What became of one file: its outcome, and its rows ready to be written. A worker sends it to the run."""

    outcome: OutcomeRow
    text: str = ""
    lines: Mapping[str, bytes] = {}
    counts: Mapping[str, int] = {}
    numerals: tuple[int, int] = (0, 0)


@dataclass
class Summary:
    """What a run did: outcomes by status and code, rows by table, numerals and how many of them are accounted for."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    numerals: int = 0
    claimed: int = 0

    @property
    def failed(self) -> int:
        """How many files failed."""
        return sum(count for (status, _), count in self.outcomes.items() if status == "failed")

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.outcomes[result.outcome.status, result.outcome.code] += 1
        self.rows.update(result.counts)
        self.rows["outcomes"] += 1
        self.numerals += result.numerals[0]
        self.claimed += result.numerals[1]


def find_files(inputs: Sequence[Path], output: Path | None = None) -> list[Found]:
    """Every file of the inputs in the order of the tables, which is that of their sources. The output folder is never an input.

    Raises ExtractError (code `no_input`) for a path that is not there, or where there is no file at all.
    """
    found: list[Found] = []
    for path, name in zip(inputs, _names(inputs), strict=True):
        if not path.exists():
            raise ExtractError(f"{path}: no such file or folder", code="no_input")
        if path.is_dir():
            found += _walk(path, name if len(inputs) > 1 else "", output)
        else:
            found.append(Found(path, name, _reason(path, followed=True)))
    if not found:
        raise ExtractError(f"{', '.join(map(str, inputs))}: no files here", code="no_input")
    return sorted(found, key=lambda one: one.source)


def _names(inputs: Sequence[Path]) -> list[str]:
    """A name for each input, told apart by a number where two are called the same."""
    seen: Counter[str] = Counter()
    names = []
    for path in inputs:
        name = printable(path.resolve().name)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return names


def _walk(folder: Path, prefix: str, output: Path | None) -> Iterator[Found]:
    hidden = output.resolve() if output else None
    for base, folders, files in os.walk(folder):
        here = Path(base)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and (here / name).resolve() != hidden)
        for name in [*links, *files]:
            path = here / name
            yield Found(path, "/".join(part for part in (prefix, printable(path.relative_to(folder).as_posix())) if part), _reason(path))


def _reason(path: Path, *, followed: bool = False) -> str:
    """Why a path is not to be read: furniture, link, special; empty where it is a plain file. A link that the user names is followed."""
    if _FURNITURE.match(path.name):
        return "furniture"
    try:
        mode = path.stat().st_mode if followed else path.lstat().st_mode
    except OSError:
        return ""  # gone or not permitted: reading it says so
    if stat.S_ISLNK(mode):
        return "link"
    return "" if stat.S_ISREG(mode) else "special"


_SKIPPED = {
    "furniture": "a file that an office program or a desktop leaves behind",
    "link": "a symbolic link; its target is read where it stands, if that is inside the input",
    "special": "neither a file nor a folder",
}


def convert_file(found: Found, book: Rulebook) -> Result:
    """One file to its result: whatever is wrong with the file becomes its outcome. Raises RuleError, which is no file's fault."""
    if found.skip:
        return Result(OutcomeRow(found.source, "", "skipped", found.skip, _SKIPPED[found.skip], ""))
    from extract.pipeline import convert  # loads the language parts, which wrong usage or a folder of furniture never needs

    try:
        done = convert(found.path.read_bytes(), found.source, book)
    except RuleError:
        raise
    except ExtractError as error:
        return _failed(found, error.code, str(error))
    except OSError as error:
        return _failed(found, "unreadable", f"{found.source}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  a defect of ours must not cost the other files of a run
        return _failed(found, "internal", f"{found.source}: {type(error).__name__}: {error}")
    rows = {table: getattr(done.rows, table.name) for table in tables()}
    document = done.rows.documents[0]
    return Result(
        OutcomeRow(found.source, "", "converted", "", "", done.doc_id),
        done.text,
        {table.name: csv_file.lines(table, content) for table, content in rows.items() if content},
        {table.name: len(content) for table, content in rows.items()},
        (document.numerals, document.numerals_claimed),
    )


def _failed(found: Found, code: str, message: str) -> Result:
    return Result(OutcomeRow(found.source, "", "failed", code, printable(message), ""))


def run(
    found: Sequence[Found], output: Path, book: Rulebook, *, jobs: int = 1, report: Callable[[OutcomeRow], None] | None = None
) -> Summary:
    """Convert files into the tables of `output`: the same bytes for any number of `jobs` (processes).

    `report` is called with each outcome as it is written. Raises WriteError where the output cannot be written, RuleError where a
    word list or a pattern turns out to be wrong when it is first used; either leaves the output as it was.
    """
    summary = Summary()
    first: dict[str, str] = {}
    with Output(output) as out:
        for result in _results(found, book, jobs):
            result = _told_apart(result, first)
            out.add(result.lines, result.outcome.doc_id if result.text else "", result.text)
            out.add({"outcomes": csv_file.lines(tables()[-1], [result.outcome])})
            summary.add(result)
            if report:
                report(result.outcome)
    return summary


def _told_apart(result: Result, first: dict[str, str]) -> Result:
    """The result, or a duplicate's outcome where an earlier file has the same bytes."""
    doc_id, source = result.outcome.doc_id, result.outcome.source
    if not doc_id or first.setdefault(doc_id, source) == source:
        return result
    return Result(OutcomeRow(source, "", "duplicate", "same_content", f"the same bytes as {first[doc_id]}", doc_id))


def _results(found: Sequence[Found], book: Rulebook, jobs: int) -> Iterator[Result]:
    """Results in the order of `found`, converted here or by worker processes."""
    if jobs == 1 or len(found) < IN_PROCESS:
        yield from (convert_file(one, book) for one in found)
        return
    results = spread(found, _convert_in_worker, jobs, _start_worker, (book.folder,))
    for one, result in zip(found, results, strict=True):
        yield result or _failed(one, "worker_died", f"{one.source}: the process that read it died")


class _Worker:
    """What a worker process keeps between documents."""

    book: Rulebook


def _start_worker(rules: Path) -> None:
    _Worker.book = rulebook.load(rules)


def _convert_in_worker(found: Found) -> Result:
    return convert_file(found, _Worker.book)
