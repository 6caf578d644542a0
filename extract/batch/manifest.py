"""What the tables of an output were made from: one line for each file, below a line about the whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from extract.tables.schema import OutcomeRow
from extract.write import Place, Result, Summary
from extract.write.publish import digest


class Entry(NamedTuple):
    """One file of the tables: the key of its result, or the outcome of one of which nothing is kept.

    container: the source of the archive or mail that it is a member of.   members: what it holds, where it is one itself.
    """

    source: str
    key: str
    container: str = ""
    members: tuple[str, ...] = ()
    outcome: OutcomeRow | None = None

    def result(self) -> Result | None:
        """The result, where it is not kept elsewhere."""
        return Result(self.outcome) if self.outcome else None


@dataclass(frozen=True)
class Manifest:
    """`entries` in the order of the tables.   files: the SHA-256 of each file beside the texts.   options: what else the files depend on."""

    entries: tuple[Entry, ...] = ()
    files: dict[str, str] | None = None
    options: str = ""
    summary: Summary | None = None

    def write(self, path: Path) -> None:
        """Write it to a file."""
        summary = self.summary or Summary()
        outcomes = [[*kind, count] for kind, count in sorted(summary.outcomes.items())]
        head = {
            "files": self.files,
            "options": self.options,
            "summary": {"outcomes": outcomes, "rows": summary.rows, "numerals": summary.numerals, "claimed": summary.claimed},
        }
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(head, ensure_ascii=False) + "\n")
            file.writelines(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n" for entry in self.entries)

    def holds(self, place: Place) -> bool:
        """Whether the output's files are still those that it was written for."""
        return bool(self.files) and all(digest(place.folder / name) == known for name, known in (self.files or {}).items())

    def same(self, entries: Sequence[Entry], options: str) -> bool:
        """Whether the tables would be made from the same again."""
        return self.options == options and self.entries == tuple(entries)


def read(path: Path) -> Manifest:
    """The manifest of the last run, an empty one where there is none."""
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            return Manifest(tuple(_entry(json.loads(line)) for line in file), head["files"], head["options"], _summary(head["summary"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Manifest()  # what is not there or not readable is made again


def _entry(parts: list[Any]) -> Entry:
    source, key, container, members, outcome = parts
    return Entry(source, key, container, tuple(members), OutcomeRow(*outcome) if outcome else None)


def _summary(parts: dict[str, Any]) -> Summary:
    summary = Summary(numerals=parts["numerals"], claimed=parts["claimed"])
    summary.outcomes.update({(status, code): count for status, code, count in parts["outcomes"]})
    summary.rows.update(parts["rows"])
    return summary
