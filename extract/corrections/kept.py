"""Corrections in an output's state: one JSON line each, by document, table and place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.corrections.edits import Edit, workbook_rows
from extract.errors import ExtractError, WriteError
from extract.tables.added import READER, numbered
from extract.tables.corrections import DERIVED, Correction, correctable, said, written
from extract.tables.mended import span_of
from extract.tables.schema import Table, tables
from extract.write import csv_file
from extract.write.publish import STATE

NAME = "corrections.jsonl"
_LISTED = 5


def load(output: Path) -> list[Correction]:
    """The corrections kept in an output folder, in order of document and place. Raises ExtractError naming a line that is none."""
    path = output / STATE / NAME
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    for number, line in enumerate(lines, 1):
        try:
            found.append(Correction(**json.loads(line)))
        except (TypeError, ValueError) as error:
            raise ExtractError(f"{path}:{number}: no correction: {error}", code="bad_correction") from error
    return found


def save(output: Path, corrections: Iterable[Correction]) -> None:
    """Keep corrections in place of those kept before; a crash leaves the old or the new ones. Raises WriteError."""
    path = output / STATE / NAME
    draft = path.with_suffix(".draft")
    lines = [json.dumps(one._asdict(), ensure_ascii=False, sort_keys=True) for one in sorted(corrections, key=_place)]
    try:
        draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise WriteError(f"{path}: cannot write here: {error.strerror or error}") from error


def _place(one: Correction) -> tuple[Any, ...]:
    return one.doc_id, one.table, one.start, one.end, sorted(one.before.items())


def resolve(output: Path, edits: Sequence[Edit], kept: Sequence[Correction]) -> list[tuple[Edit, Correction]]:
    """Each edit with the correction that it makes of the row it names, or that it takes back of those kept. Raises ExtractError for rows
    that the tables do not have any more, and for quoted texts that no document has."""
    wanted = {edit.row_id: edit for edit in edits if edit.row_id}
    documents = {row.doc_id: row for row in _rows(output, "documents")}
    known = {row.measure_id: row for row in _rows(output, "measures")} if any(edit.table == "ledger" for edit in edits) else {}
    found: dict[str, Correction] = {}
    for table in tables():
        if not any(edit.table == table.name for edit in wanted.values()):
            continue
        for row in _rows(output, table.name):
            edit = wanted.get(row[0])
            if edit is not None:
                document = documents[row.doc_id]
                _same_row(edit, table, row)
                span = span_of(table.name, row, known, document.chars)
                rule = getattr(row, "rule", "")
                made = Correction(row.doc_id, document.source, table.name, *span, said(table, row), dict(edit.change))
                found[edit.row_id] = made._replace(delete=edit.deed == "delete", comment=edit.comment, rule=rule, row_id=edit.row_id)
    gone = {one.row_id: one for one in kept if one.row_id and one.row_id not in found}
    found |= {edit.row_id: gone[edit.row_id] for edit in wanted.values() if edit.deed == "undo" and edit.row_id in gone}
    missing = [f"{edit.place}: {edit.row_id} is no row of {output}" for edit in wanted.values() if edit.row_id not in found]
    if missing:
        raise ExtractError("\n".join(missing), code="bad_correction")
    return [(edit, found[edit.row_id] if edit.row_id else _addition(output, edit, documents)) for edit in edits]


def _addition(output: Path, edit: Edit, documents: Mapping[str, Any]) -> Correction:
    """The correction that adds a row, where its quoted text stands."""
    named = edit.cells.get("doc_id", "").strip()
    document = documents.get(named) or next((row for row in documents.values() if row.source == named), None)
    if document is None:
        raise _bad(edit, f"a row that is added needs its document in doc_id, by id or file name: {named or 'nothing'} is none")
    quote = edit.cells.get("text", "").strip()
    places = _places(output, document.doc_id, quote, edit.cells.get("measure_id", "").strip())
    if start := edit.cells.get("start", "").strip():
        places = [place for place in places if str(place) == start]
    if not places:
        raise _bad(edit, f"the text {quote or 'nothing'} does not stand in {document.source}; copy it from there into text")
    if len(places) > 1:
        listed = ", ".join([*map(str, places[:_LISTED]), *("…" for _ in places[_LISTED : _LISTED + 1])])
        raise _bad(edit, f"the text {quote} stands at {len(places)} places of {document.source} ({listed}); write one of them into start")
    span = (places[0], places[0] + len(quote))
    return Correction(document.doc_id, document.source, edit.table, *span, {}, edit.change, False, edit.comment, READER, quote)


def _places(output: Path, doc_id: str, quote: str, item: str) -> list[int]:
    """Where a quoted text stands in a document, or in one of its items."""
    if not quote:
        return []
    text = (output / "texts" / f"{doc_id}.txt").read_bytes().decode()
    start, end = next(((row.start, row.end) for row in _rows(output, "measures") if row.measure_id == item), (0, len(text)))
    return [match.start() for match in re.finditer(re.escape(quote), text) if start <= match.start() and match.end() <= end]


def _bad(edit: Edit, message: str) -> ExtractError:
    return ExtractError(f"{edit.place}: {message}", code="bad_correction")


def _same_row(edit: Edit, table: Table, row: Any) -> None:
    """An old workbook may number its rows otherwise: what it says of the row's place must still be so."""
    for name in {"doc_id", "start", "end", "measure_id", "text"} & edit.cells.keys() & set(row._fields):
        given, now = edit.cells[name], written(getattr(row, name))
        if given.removesuffix("…") != now[: len(given.removesuffix("…"))]:
            message = f"{edit.place}: {edit.row_id} of {table.name} is another row by now ({name}); use the workbook of the last run"
            raise ExtractError(message, code="bad_correction")


def _rows(output: Path, name: str) -> Iterable[Any]:
    table = next(table for table in tables() if table.name == name)
    try:
        yield from csv_file.read(table, output / f"{name}.csv")
    except FileNotFoundError:
        raise ExtractError(f"{output}: no {name}.csv here; -o names the folder of a run", code="no_output") from None


def typed_over(output: Path, file: Path) -> list[str]:
    """The cells of a workbook that do not say what the tables do: typed over in place, or into a new line without `add`, where nobody reads
    them. Empty for a CSV file."""
    if file.suffix.lower() != ".xlsx":
        return []
    found: list[str] = []
    now: dict[str, dict[str, str]] = {}
    loaded = ""
    for place, table, cells in workbook_rows(file):
        if not correctable(table):
            continue
        if not cells.get(table.key) and not cells.get("correction") and any(cells.values()):
            found.append(f"{place}: a new line without add in its column correction")
        if table.name != loaded:
            now, loaded = {row[0]: said(table, row) for row in _rows(output, table.name)}, table.name
        for name, text in now.get(cells.get(table.key, ""), {}).items():
            given = cells.get(name, "")
            if given != text and not (given.endswith("…") and text.startswith(given[:-1])):
                found.append(f"{place}: {name} says {given or 'nothing'}, the table {text or 'nothing'}")
    return found


def merge(kept: Sequence[Correction], made: Sequence[tuple[Edit, Correction]]) -> list[Correction]:
    """The corrections to keep. A second one of a row is added to the first, whose account of the row as it was read stays; to take out a row
    that was added is to take the addition back.

    Raises ExtractError for an `undo` of what was never corrected.
    """
    found = list(kept)
    for edit, one in made:
        old = next((other for other in found if other == one or _is_of(other, one)), None)
        if old is not None:
            found.remove(old)
        if edit.deed == "undo":
            if old is None:
                raise _bad(edit, f"{edit.row_id} was never corrected")
        elif old is None:
            found.append(one._replace(row_id=numbered(found, one.doc_id, one.table)) if one.quote else one)
        elif not (old.quote and one.delete):
            change = {**old.change, **one.change}
            found.append(
                old._replace(change=change, delete=one.delete, comment=one.comment or old.comment, row_id=old.row_id or one.row_id)
            )
    return found


def _is_of(old: Correction, new: Correction) -> bool:
    """Whether two corrections are of one row: the new one was made on what the old one had made of it."""
    if old.quote and not new.quote:
        return old.row_id == new.row_id
    if (old.doc_id, old.table, old.start, old.end, old.quote) != (new.doc_id, new.table, new.start, new.end, new.quote):
        return False
    if new.quote:
        return old.change == new.change
    if old.table in ("documents", "ledger"):  # one row a place
        return True
    now = {**old.before, **old.change}
    return all(new.before.get(name) == text for name, text in now.items() if name in old.change or name not in DERIVED)
