"""The files of an output from the results of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from extract.tables.schema import OutcomeRow, tables
from extract.write import csv_file
from extract.write.package import descriptor
from extract.write.result import Result


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


def assemble(results: Iterable[Result], staging: Path, present: Path) -> Summary:
    """Write all files of an output into the folder `staging`, whose sub-folder `texts` is there already.

    `results` come in the order of the tables; each pass over them reads them anew, so that a writer may take as many as it needs.
    A text that stands in the folder `present` already is not written again.
    """
    summary = Summary()
    with ExitStack() as open_files:
        files = {table.name: open_files.enter_context((staging / f"{table.name}.csv").open("wb")) for table in tables()}
        for table in tables():
            files[table.name].write(csv_file.header(table))
        for result in told_apart(results):
            for name, lines in result.lines.items():
                files[name].write(lines)
            files["outcomes"].write(csv_file.lines(tables()[-1], [result.outcome]))
            if result.outcome.status == "converted" and result.outcome.doc_id:
                _write_text(f"{result.outcome.doc_id}.txt", result.text, staging / "texts", present / "texts")
            summary.add(result)
    (staging / "datapackage.json").write_bytes(descriptor())
    return summary


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
