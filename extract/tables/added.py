"""Rows that the rules missed and a reader added: they rest on a text that the reader quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from extract.errors import ExtractError
from extract.tables.corrections import ADDED, Correction, changed, checked, correctable, said
from extract.tables.schema import Table, Tables

LETTERS: Mapping[str, str] = {"fields": "f", "targets": "t", "tallies": "y", "owners": "o", "participants": "p", "dates": "d"}
"""The tables that rows can be added to, and the letters of their ids: those that quote the text. The others follow from them and the tree."""
READER = "reader"
"""What stands for the rule of an added row."""

_USUAL: Mapping[str, Mapping[str, str]] = {
    "targets": {"change": "level", "operator": "="},
    "owners": {"kind": "organization"},
    "dates": {"precision": "day", "anchor": "none"},
}
"""What goes without saying: codes that a row has where the reader names none."""


def addition(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """What an added row is to say, from the cells that a reader filled in.

    Raises ExtractError (`bad_correction`) for a table that takes no rows, a cell that cannot be, and one that is needed and missing.
    """
    if table.name not in LETTERS:
        message = f"no row can be added to {table.name}, which follows from other tables; add to {', '.join(LETTERS)}"
        raise ExtractError(message, code="bad_correction")
    columns = {column.name: column for column in correctable(table)}
    usual = _USUAL.get(table.name, {})
    filled = {name: text.strip() for name, text in cells.items() if name in columns and text.strip()}
    change = checked(table, {name: text for name, text in usual.items() if name in columns} | filled)
    missing = [column for column in columns.values() if column.required and column.name not in change]
    if missing or not filled:
        needed = ", ".join(f"{one.name} ({', '.join(one.codes)})" if one.codes else one.name for one in missing)
        raise ExtractError(f"a row of {table.name} needs {needed or 'at least one of ' + ', '.join(columns)}", code="bad_correction")
    return change


def place_of(text: str, one: Correction) -> int | None:
    """Where the text that an added row rests on begins: where it was, or the one place where it stands by now."""
    if text.startswith(one.quote, one.start):
        return one.start
    return text.index(one.quote) if text.count(one.quote) == 1 else None


def numbered(corrections: Iterable[Correction], doc_id: str, table: str) -> str:
    """The id of the next row that is added to a table of a document: `-ta0001`, which no rule's row has, whatever the rules will read."""
    begin = f"{doc_id}-{LETTERS[table]}a"
    taken = [int(one.row_id.removeprefix(begin)) for one in corrections if one.row_id.startswith(begin)]
    return f"{begin}{max(taken, default=0) + 1:04}"


def added_row(table: Table, made: Tables, one: Correction, start: int) -> Any:
    """The row that a reader added. It belongs to the innermost item around it, and is printed where the smallest row around it is."""
    end = start + len(one.quote)
    item = _around(made.measures, start, end)
    printed = _around((row for name in ("measures", *LETTERS) for row in getattr(made, name)), start, end)
    blank: dict[str, Any] = {column.name: "" if column.type == "string" and not column.codes else None for column in table.columns}
    placed = {
        table.key: one.row_id,
        "doc_id": one.doc_id,
        "measure_id": item.measure_id if item else "",
        "text": one.quote,
        "start": start,
        "end": end,
        "page": printed.page if printed else None,
        "boxes": printed.boxes if printed else "",
        "rule": READER,
        "corrected": ADDED,
    }
    columns = {column.name for column in table.columns}
    return changed(table, table.row(**blank | {name: cell for name, cell in placed.items() if name in columns}), one.change)


def _around(rows: Iterable[Any], start: int, end: int) -> Any:
    """The smallest row around a place."""
    around = (row for row in rows if row.start <= start and end <= row.end)
    return min(around, key=lambda row: row.end - row.start, default=None)


def says_as_much(table: Table, other: Any, one: Correction, row: Any) -> bool:
    """Whether a row that was read overlaps an added one and says all that it says."""
    now = said(table, other)
    return bool(other.start < row.end and row.start < other.end) and all(now[name] == cell for name, cell in one.change.items())
