"""Corrections in an output's state: one JSON line each, by document, table and place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from extract.corrections.edits import Edit, workbook_rows
from extract.errors import ExtractError, WriteError
from extract.tables.corrections import DERIVED, Correction, said, span_of, written
from extract.tables.schema import Table, tables
from extract.write import csv_file
from extract.write.publish import STATE

NAME = "corrections.jsonl"


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


def resolve(output: Path, edits: Sequence[Edit]) -> list[tuple[Edit, Correction]]:
    """Each edit with the correction that it makes of the row it names. Raises ExtractError for rows that the tables do not have any more."""
    wanted = {edit.row_id: edit for edit in edits}
    documents = {row.doc_id: row for row in _rows(output, "documents")}
    matters = any(edit.table == "ledger" for edit in edits)
    items = {row.measure_id: row for row in _rows(output, "measures")} if matters else {}
    found: dict[str, Correction] = {}
    for table in tables():
        if not any(edit.table == table.name for edit in edits):
            continue
        for row in _rows(output, table.name):
            edit = wanted.get(row[0])
            if edit is not None:
                document = documents[row.doc_id]
                _same_row(edit, table, row)
                span = span_of(table.name, row, items, document.chars)
                found[edit.row_id] = Correction(
                    row.doc_id,
                    document.source,
                    table.name,
                    *span,
                    said(table, row),
                    dict(edit.change),
                    edit.delete,
                    edit.comment,
                    getattr(row, "rule", ""),
                )
    missing = [f"{edit.place}: {edit.row_id} is no row of {output}" for edit in edits if edit.row_id not in found]
    if missing:
        raise ExtractError("\n".join(missing), code="bad_correction")
    return [(edit, found[edit.row_id]) for edit in edits]


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
    """The cells of a workbook that do not say what the tables do: typed over in place, where nobody reads them. Empty for a CSV file."""
    if file.suffix.lower() != ".xlsx":
        return []
    found: list[str] = []
    now: dict[str, dict[str, str]] = {}
    loaded = ""
    for place, table, cells in workbook_rows(file):
        if table.name != loaded:
            now, loaded = {row[0]: said(table, row) for row in _rows(output, table.name)}, table.name
        for name, text in now.get(cells.get(table.key, ""), {}).items():
            given = cells.get(name, "")
            if given != text and not (given.endswith("…") and text.startswith(given[:-1])):
                found.append(f"{place}: {name} says {given or 'nothing'}, the table {text or 'nothing'}")
    return found


def merge(kept: Sequence[Correction], made: Sequence[tuple[Edit, Correction]]) -> list[Correction]:
    """The corrections to keep. A second one of a row is added to the first, whose account of the row as it was read stays.

    Raises ExtractError for an `undo` of what was never corrected.
    """
    found = list(kept)
    for edit, one in made:
        old = next((other for other in found if _is_of(other, one)), None)
        if old is not None:
            found.remove(old)
            one = one._replace(before=old.before, change={**old.change, **one.change}, comment=one.comment or old.comment)
        if not edit.undo:
            found.append(one)
        elif old is None:
            raise ExtractError(f"{edit.place}: {edit.row_id} was never corrected", code="bad_correction")
    return found


def _is_of(old: Correction, new: Correction) -> bool:
    """Whether two corrections are of one row: the new one was made on what the old one had made of it."""
    if (old.doc_id, old.table, old.start, old.end) != (new.doc_id, new.table, new.start, new.end):
        return False
    if old.table in ("documents", "ledger"):  # one row a place
        return True
    now = {**old.before, **old.change}
    return all(new.before.get(name) == text for name, text in now.items() if name in old.change or name not in DERIVED)
