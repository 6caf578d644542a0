"""The files of an output from the results of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from extract.rulebook import Rulebook
from extract.tables.corrections import Correction
from extract.tables.follow import follow, settled, standings
from extract.tables.schema import OutcomeRow, tables
from extract.write import csv_file
from extract.write.formats import Wanted, export
from extract.write.mend import Mender
from extract.write.package import descriptor
from extract.write.result import Result
from extract.write.written import Written

_ROWS = 1000
"""Rows that are held at a time while a table is written anew."""


@dataclass
class Summary:
    """What the tables hold: outcomes by status and code, rows by table, numerals and how many of them are accounted for."""

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


def assemble(
    results: Iterable[Result],
    staging: Path,
    present: Path,
    book: Rulebook,
    wanted: Wanted | None = None,
    corrections: Sequence[Correction] = (),
) -> Summary:
    """Write all files of an output into the folder `staging`, whose sub-folder `texts` is there already.

    `results` come in the order of the tables; each pass over them reads them anew, so that a writer may take as many as it needs.
    A text that stands in the folder `present` already is not written again. `corrections` are those of the whole output.
    """
    summary = Summary()
    wanted = wanted or Wanted()
    mend = Mender(corrections, book)
    written = Written(staging)
    with closing(written):
        for result in map(mend, told_apart(results)):
            outcome = result.outcome
            written.add(outcome.doc_id, {**result.lines, "outcomes": csv_file.lines(tables()[-1], [outcome])})
            if outcome.status == "converted" and outcome.doc_id:
                _write_text(f"{outcome.doc_id}.txt", result.text, staging / "texts", present / "texts")
            summary.add(result)
    summary.rows["followups"] = _follow(written, staging, book, wanted.as_of)
    export(staging, lambda table: csv_file.read(table, staging / f"{table.name}.csv"), wanted)
    (staging / "datapackage.json").write_bytes(descriptor())
    return summary


def _follow(written: Written, staging: Path, book: Rulebook, as_of: date | None) -> int:
    """Fill in what only the documents together tell: the followups, and how the ledger's matters stand by them. Returns the followups' number."""
    by_name = {table.name: table for table in tables()}
    followups = follow(written.rows, book)
    standing = standings(written.rows, followups)
    if followups:
        with (staging / "followups.csv").open("ab") as file:
            file.write(csv_file.lines(by_name["followups"], followups))
    if standing or as_of:
        settled_file = staging / "ledger.settled"
        with settled_file.open("wb") as file:
            file.write(csv_file.header(by_name["ledger"]))
            rows = settled(written.rows("ledger"), standing, as_of)
            while some := list(islice(rows, _ROWS)):
                file.write(csv_file.lines(by_name["ledger"], some))
        settled_file.replace(staging / "ledger.csv")
    return len(followups)


def told_apart(results: Iterable[Result]) -> Iterator[Result]:
    """The results, with a duplicate's outcome, and no rows, for a file whose bytes an earlier one has."""
    first: dict[str, str] = {}
    for result in results:
        doc_id, source = result.outcome.doc_id, result.outcome.source
        if not doc_id or first.setdefault(doc_id, source) == source:
            yield result
        else:
            message = f"the same bytes as {first[doc_id]}"
            yield Result(OutcomeRow(source, result.outcome.container, "duplicate", "same_content", message, doc_id))


def _write_text(name: str, text: bytes, staging: Path, present: Path) -> None:
    try:
        if (present / name).read_bytes() == text:
            return
    except FileNotFoundError:
        pass
    (staging / name).write_bytes(text)
