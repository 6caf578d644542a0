"""What a reader mended, put into the rows of a document.

A correction rests on a stretch of text: it is kept by document, table, start and end, with what the row said before. It holds as long as a
row stands there, however the rules change; when none does, a diagnostic says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from extract.errors import ExtractError
from extract.tables.checks import check, is_balanced
from extract.tables.ledger import derive
from extract.tables.schema import Cell, Column, DiagnosticRow, MeasureRow, Table, Tables, tables

_FIXED = frozenset({"start", "end", "page", "text", "rule", "seq", "level", "ordinal", "path", "own_spans", "corrected", "boxes"})
_FACTS = frozenset({"source", "format", "chars", "pages", "repairs", "numerals", "numerals_claimed", "target_count"})
_CHECKED = frozenset({"tally_unbalanced", "count_mismatch"})
DERIVED = frozenset({"base_value", "base_value_high", "base_unit", "balanced", "canonical", "region_code"})
"""Columns that follow from others when those are mended."""
_BASE = ("base_value", "base_value_high", "base_unit")


class Correction(NamedTuple):
    """One row mended. before: what it said, as text by column.   change: what it is to say; empty where the row is to go (`delete`).
    rule: the rule that made it."""

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


def corrected(made: Tables, corrections: Sequence[Correction], statuses: Mapping[str, str]) -> Tables:
    """The rows of one document with its corrections, the ledger and the checks derived anew.

    `statuses` leads from the words for how a matter stands to the ledger's codes. What finds no row any more becomes a diagnostic.
    """
    notes: list[DiagnosticRow] = []
    for table in tables():
        mine = [one for one in corrections if one.table == table.name != "ledger"]
        if mine:
            made = replace(made, **{table.name: _mended(table, made, mine, notes)})
    made = replace(made, ledger=derive(made, statuses))
    matters = [one for one in corrections if one.table == "ledger"]
    if matters:
        table = next(table for table in tables() if table.name == "ledger")
        made = replace(made, ledger=_mended(table, made, matters, notes))
    kept = [row for row in made.diagnostics if row.code not in _CHECKED]
    found = sorted([*kept, *_checks(made), *notes], key=lambda row: -1 if row.start is None else row.start)
    return replace(made, diagnostics=tuple(found))


def span_of(table: str, row: Any, items: Mapping[str, MeasureRow], chars: int) -> tuple[int, int]:
    """Where a row stands in its document of `chars` characters; a matter of the ledger where its item does."""
    if table == "ledger" and row.measure_id:
        return items[row.measure_id].start, items[row.measure_id].end
    return (0, chars) if table in ("documents", "ledger") else (row.start, row.end)


def _mended(table: Table, made: Tables, corrections: Iterable[Correction], notes: list[DiagnosticRow]) -> tuple[Any, ...]:
    mended: list[Any] = list(getattr(made, table.name))
    items = {row.measure_id: row for row in made.measures}
    places = [span_of(table.name, row, items, made.documents[0].chars) for row in mended]
    for one in corrections:
        here = [i for i, place in enumerate(places) if place == (one.start, one.end) and mended[i] is not None]
        i = _meant(table, one, here, mended)
        if i is None:
            notes.append(_note(one, "correction_lost", "warning", "nothing is read any more where this correction belongs"))
        elif one.delete:
            mended[i] = None
            notes.append(_note(one, "row_deleted", "info", "a reader took this row out"))
        else:
            mended[i] = _changed(table, mended[i], one.change)
    return tuple(row for row in mended if row is not None)


def _meant(table: Table, one: Correction, here: Sequence[int], rows: Sequence[Any]) -> int | None:
    """Of the rows that stand at a correction's place, the one that it means: the most like what it was made on."""
    if len(here) <= 1:
        return here[0] if here else None
    alike = {i: sum(one.before.get(name) == text for name, text in said(table, rows[i]).items()) for i in here}
    best = max(alike.values())
    found = [i for i in here if alike[i] == best]
    return found[0] if len(found) == 1 else None


def _changed(table: Table, row: Any, change: Mapping[str, str]) -> Any:
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
    return row._replace(**derived, **cells, corrected=";".join(names))


def _in_base_unit(row: Any) -> dict[str, Cell]:
    """The base values of a target whose value or unit was mended."""
    from extract.values import find_quantities  # takes longer to load than a run that finds nothing new takes altogether

    bases = []
    for value in (row.value, row.value_high):
        quantity = None if value is None else next(iter(find_quantities(f"{written(value)}{row.unit}")), None)
        bases.append((None, "") if quantity is None else (quantity.base_value, quantity.base_unit))
    return dict(zip(_BASE, (bases[0][0], bases[1][0], bases[0][1]), strict=True))


def _checks(made: Tables) -> Iterable[DiagnosticRow]:
    doc_id = made.documents[0].doc_id
    places = {row.start: (row.page, row.boxes) for row in made.tallies}
    for one in check(made):
        yield DiagnosticRow(doc_id, one.code, one.severity, one.message, one.start, one.end, *places.get(one.start, (None, "")))


def replaced(made: Tables, lost: Iterable[Correction]) -> Tables:
    """The rows of a document that has taken the place of another, with a diagnostic for each correction of that one."""
    doc_id = made.documents[0].doc_id
    message = "the document has changed; mend the row again where it is still wrong"
    notes = [_note(one._replace(doc_id=doc_id), "correction_lost", "warning", message) for one in lost]
    nowhere = [note._replace(start=None, end=None) for note in notes]
    return replace(made, diagnostics=(*nowhere, *made.diagnostics))


def _note(one: Correction, code: str, severity: Any, message: str) -> DiagnosticRow:
    """A diagnostic at a correction's place; the whole document has none."""
    what = next(iter(filter(None, one.before.values())), "")
    whole = one.table in ("documents", "ledger")
    told = f"{one.table} {what}: {message}" + (f" ({one.comment})" if one.comment else "")
    return DiagnosticRow(one.doc_id, code, severity, told, None if whole else one.start, None if whole else one.end, None)


def check_change(table: Table, change: Mapping[str, str]) -> None:
    """Raises ExtractError (`bad_correction`) for a change that the table cannot take."""
    columns = {column.name: column for column in correctable(table)}
    for name, text in change.items():
        if name not in columns:
            raise ExtractError(f"the column {name} cannot be corrected; {', '.join(columns)} can", code="bad_correction")
        try:
            parsed(columns[name], text)
        except ValueError as error:
            raise ExtractError(str(error), code="bad_correction") from None
