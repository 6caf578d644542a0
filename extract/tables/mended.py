"""What readers mended, put into the rows of a document: a row changed, taken out or added, and a diagnostic for each that finds no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extract.tables.added import added_row, place_of, says_as_much
from extract.tables.checks import check
from extract.tables.corrections import Correction, changed, said
from extract.tables.ledger import derive
from extract.tables.schema import DiagnosticRow, MeasureRow, Table, Tables, tables

_CHECKED = frozenset({"tally_unbalanced", "count_mismatch"})
_QUOTED = 20
_TOLD = re.compile(r"([a-z]+) ((?:[0-9a-f]{16}-)?[a-z]{1,2}\d{4,}|[0-9a-f]{16}) ")
_WHOLE = re.compile(r"[0-9a-f]{16}")


def corrected(made: Tables, text: str, corrections: Sequence[Correction], statuses: Mapping[str, str]) -> Tables:
    """The rows of one document with its corrections, the ledger and the checks derived anew.

    `text` is its canonical text; `statuses` leads from the words for how a matter stands to the ledger's codes. What finds no row any more,
    or not the text that it rests on, becomes a diagnostic.
    """
    notes: list[DiagnosticRow] = []
    for table in tables():
        mine = [one for one in corrections if one.table == table.name != "ledger"]
        if mine:
            rows = _mended(table, made, [one for one in mine if not one.quote], notes)
            wanted = [one for one in mine if one.quote]
            made = replace(made, **{table.name: _with_added(table, made, rows, text, wanted, notes) if wanted else rows})
    made = replace(made, ledger=derive(made, statuses))
    matters = [one for one in corrections if one.table == "ledger"]
    if matters:
        made = replace(made, ledger=_mended(_table("ledger"), made, matters, notes))
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
            mended[i] = changed(table, mended[i], one.change)
    return tuple(row for row in mended if row is not None)


def _with_added(
    table: Table, made: Tables, rows: tuple[Any, ...], text: str, corrections: Iterable[Correction], notes: list[DiagnosticRow]
) -> tuple[Any, ...]:
    """The rows of a table with those that a reader added, each before the first that stands behind it."""
    found = list(rows)
    for one in corrections:
        start = place_of(text, one)
        if start is None:
            notes.append(_note(one, "correction_lost", "warning", "the text that this row was added for has gone"))
            continue
        row = added_row(table, made, one, start)
        if any(says_as_much(table, other, one, row) for other in rows):
            notes.append(_note(one, "row_read", "info", "a rule reads this row by now; it is not added a second time"))
            continue
        found.insert(next((i for i, other in enumerate(found) if other.start > start), len(found)), row)
    return tuple(found)


def _meant(table: Table, one: Correction, here: Sequence[int], rows: Sequence[Any]) -> int | None:
    """Of the rows that stand at a correction's place, the one that it means: the most like what it was made on."""
    if len(here) <= 1:
        return here[0] if here else None
    alike = {i: sum(one.before.get(name) == text for name, text in said(table, rows[i]).items()) for i in here}
    best = max(alike.values())
    found = [i for i in here if alike[i] == best]
    return found[0] if len(found) == 1 else None


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
    """A diagnostic at a correction's place; the whole document has none. It names the row, by which the correction can be taken back."""
    codes = {column.name for column in _table(one.table).columns if column.codes}
    what = " ".join(one.quote.split())[:_QUOTED] or next((text for name, text in one.before.items() if text and name not in codes), "")
    whole = one.table in ("documents", "ledger")
    row = " ".join(filter(None, (one.table, one.row_id.removeprefix(f"{one.doc_id}-"), what)))
    told = f"{row}: {message}" + (f" ({one.comment})" if one.comment else "")
    return DiagnosticRow(one.doc_id, code, severity, told, None if whole else one.start, None if whole else one.end, None)


def told_row(doc_id: str, message: str) -> str:
    """The id of the row whose correction a diagnostic tells of; empty where it tells of none."""
    match = _TOLD.match(message.replace(":", " ").replace("：", " "))
    if not match or not any(table.name == match[1] for table in tables()):
        return ""
    return match[2] if _WHOLE.match(match[2]) else f"{doc_id}-{match[2]}"


def _table(name: str) -> Table:
    return next(table for table in tables() if table.name == name)
