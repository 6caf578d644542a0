"""What a reader mends: a row changed, taken out, or added.

A correction rests on a stretch of text: it is kept by document, table, start and end, with what the row said before, or with the text itself
where it adds a row. It holds as long as a row, or that text, stands there, however the rules change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from extract.errors import ExtractError
from extract.tables.checks import is_balanced
from extract.tables.schema import Cell, Column, Table

_FIXED = frozenset({"start", "end", "page", "text", "rule", "seq", "level", "ordinal", "path", "own_spans", "corrected", "boxes"})
_FACTS = frozenset({"source", "format", "chars", "pages", "repairs", "numerals", "numerals_claimed", "target_count"})
ADDED = "added"
"""What the column `corrected` says of a row that a reader added."""
DERIVED = frozenset({"base_value", "base_value_high", "base_unit", "balanced", "canonical", "region_code"})
"""Columns that follow from others when those are mended."""
_BASE = ("base_value", "base_value_high", "base_unit")


class Correction(NamedTuple):
    """One row mended. before: what it said, as text by column.   change: what it is to say; empty where the row is to go (`delete`).
    rule: the rule that made it.   quote: of a row that is added, the text that it rests on.   row_id: what the row was called."""

    doc_id: str
    source: str
    table: str
    start: int
    end: int
    before: Mapping[str, str]
    change: Mapping[str, str]
    delete: bool = False
    comment: str = ""
    rule: str = ""
    quote: str = ""
    row_id: str = ""


def correctable(table: Table) -> tuple[Column, ...]:
    """The columns that a reader may mend: what a row says, not what it is called or where it stands."""
    if not any(column.name == "corrected" for column in table.columns):
        return ()
    return tuple(column for column in table.columns if not column.name.endswith("_id") and column.name not in _FIXED | _FACTS)


def said(table: Table, row: Any) -> dict[str, str]:
    """What a row says, as text by column."""
    return {column.name: written(getattr(row, column.name)) for column in correctable(table)}


def written(cell: Cell) -> str:
    """A cell as text, as CSV has it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell)


def parsed(column: Column, text: str) -> Cell:
    """A cell from text. Raises ValueError, saying what the column takes."""
    text = text.strip()
    if not text:
        if column.required:
            raise ValueError(f"{column.name} cannot be empty")
        return None if column.codes or column.type != "string" else ""
    if column.codes and text not in column.codes:
        raise ValueError(f"{column.name} takes {', '.join(column.codes)}")
    try:
        return _PARSERS[column.type](text)
    except (ValueError, KeyError, InvalidOperation):
        raise ValueError(f"{column.name}: {text} is no {column.type}{' (YYYY-MM-DD)' if column.type == 'date' else ''}") from None


_PARSERS: dict[str, Callable[[str], Cell]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False, "是": True, "否": False}.__getitem__,
}


def changed(table: Table, row: Any, change: Mapping[str, str]) -> Any:
    """A row with what a reader wants it to say, and with what follows from that."""
    columns = {column.name: column for column in table.columns}
    cells = {name: parsed(columns[name], text) for name, text in change.items() if name in columns}
    cells = {name: cell for name, cell in cells.items() if cell != getattr(row, name)}
    if not cells:
        return row
    derived: dict[str, Cell] = {}
    if table.name == "targets" and cells.keys() & {"value", "value_high", "unit"} and not cells.keys() & set(_BASE):
        derived = _in_base_unit(row._replace(**cells))
    if table.name == "tallies":
        tally = row._replace(**cells)
        derived = {} if "balanced" in cells else {"balanced": is_balanced(tally.total, tally.done, tally.ongoing, tally.pending)}
    if table.name == "owners" and "name" in cells and "canonical" not in cells:
        derived = {"canonical": cells["name"]}
    if table.name == "documents" and "region" in cells and "region_code" not in cells:
        derived = {"region_code": ""}
    names = [name for name in columns if name in cells or name in row.corrected.split(";")]
    return row._replace(**derived, **cells, corrected=ADDED if row.corrected == ADDED else ";".join(names))


def _in_base_unit(row: Any) -> dict[str, Cell]:
    """The base values of a target whose value or unit was mended."""
    from extract.values import find_quantities  # takes longer to load than a run that finds nothing new takes altogether

    bases = []
    for value in (row.value, row.value_high):
        quantity = None if value is None else next(iter(find_quantities(f"{written(value)}{row.unit}")), None)
        bases.append((None, "") if quantity is None else (quantity.base_value, quantity.base_unit))
    return dict(zip(_BASE, (bases[0][0], bases[1][0], bases[0][1]), strict=True))


def checked(table: Table, change: Mapping[str, str]) -> dict[str, str]:
    """A change in the form in which the tables say it (12 for 12.0). Raises ExtractError (`bad_correction`) for one that the table cannot take."""
    columns = {column.name: column for column in correctable(table)}
    found = {}
    for name, text in change.items():
        if name not in columns:
            raise ExtractError(f"the column {name} cannot be corrected; {', '.join(columns)} can", code="bad_correction")
        try:
            found[name] = written(parsed(columns[name], text))
        except ValueError as error:
            raise ExtractError(str(error), code="bad_correction") from None
    return found
