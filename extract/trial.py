"""What a rule does: the rows that a changed rule gains and loses, and the readings that a rule's own examples are checked by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from extract.batch import Found, find_files
from extract.errors import ExtractError, RuleError
from extract.pipeline import Converted, convert
from extract.printable import printable
from extract.rulebook import Rulebook
from extract.rulebook.check import Reading
from extract.tables.schema import tables

_COMPARED = ("fields", "targets", "tallies", "owners", "participants", "dates", "measures")
_IDS = frozenset(
    {
        "doc_id",
        "measure_id",
        "parent_id",
        "field_id",
        "target_id",
        "tally_id",
        "owner_id",
        "participant_id",
        "date_id",
        "seq",
        "rule",
        "page",
        "boxes",
    }
)


class Change(NamedTuple):
    """A row gained (`+`) or lost (`-`): its table, its document, and its cells by column."""

    sign: str
    table: str
    source: str
    cells: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        shown = ", ".join(f"{name} {printable(value)}" for name, value in self.cells if value and name not in ("start", "end"))
        place = dict(self.cells)
        return f"{self.sign} {self.table}  {printable(self.source)} {place['start']}-{place['end']}  {shown}"


def reading(text: str, rulebook: Rulebook) -> Reading:
    """A rule's example through the whole path, as if it stood in a text file."""
    return as_reading(convert(text.encode("utf-8", "replace"), "example.txt", rulebook))


def as_reading(done: Converted) -> Reading:
    """A converted document as the rule check wants it."""
    rows = {table.name: [row._asdict() for row in getattr(done.rows, table.name)] for table in tables()}
    return Reading(rows, done.records.claims, done.text)


def sample_readings(folder: Path, rulebook: Rulebook) -> Iterator[Reading]:
    """The readings of the documents of a folder, not of its sub-folders; files that cannot be read are passed over."""
    for found in find_files([folder]):
        with suppress(ExtractError):
            if not found.skip and "/" not in found.source:
                yield as_reading(convert(Path(found.path).read_bytes(), found.source, rulebook))


def without_change(rule_id: str, base: Rulebook, changed: Rulebook) -> Rulebook:
    """The changed book with one rule as the base has it, or without the rule where the base has none.

    With the same book twice, the rule is left out: what remains is what the others find. Raises RuleError for an unknown rule.
    """
    new = next((rule for rule in changed.rules if rule.id == rule_id), None)
    old = next((rule for rule in base.rules if rule.id == rule_id), None)
    if new is None and old is None:
        raise RuleError(f"{changed.folder}: there is no rule {rule_id}")
    if new is None and old is not None:
        return replace(changed, rules=(*changed.rules, old))
    kept = () if old is None or base is changed else (old,)
    rules = [one for rule in changed.rules for one in (kept if rule.id == rule_id else (rule,))]
    return replace(changed, rules=tuple(rules))


def compare(found: Sequence[Found], before: Rulebook, after: Rulebook) -> Iterator[Change]:
    """The rows that stand in one of two books' tables only, document by document; files that cannot be read are passed over."""
    for one in found:
        if one.skip:
            continue
        data = Path(one.path).read_bytes()
        try:
            old, new = _rows(convert(data, one.source, before)), _rows(convert(data, one.source, after))
        except ExtractError:
            continue
        changes = [Change("-", *row) for row in (old - new).elements()] + [Change("+", *row) for row in (new - old).elements()]
        yield from sorted(changes, key=_place)


def _rows(done: Converted) -> Counter[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """The rows of a document without what only numbers them: two runs agree on a row when they agree on what it says."""
    counted: Counter[tuple[str, str, tuple[tuple[str, str], ...]]] = Counter()
    for name in _COMPARED:
        for row in getattr(done.rows, name):
            cells = tuple((column, "" if value is None else str(value)) for column, value in row._asdict().items() if column not in _IDS)
            counted[name, done.document.source, cells] += 1
    return counted


def _place(change: Change) -> tuple[int, str, str]:
    cells = dict(change.cells)
    return int(cells["start"]), change.table, change.sign
