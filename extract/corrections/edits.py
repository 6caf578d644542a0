"""What a reader wrote into the columns `correction` and `comment`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zipfile import BadZipFile

from extract.errors import ExtractError
from extract.tables.added import LETTERS, addition
from extract.tables.corrections import checked, correctable, written
from extract.tables.labels import code_of
from extract.tables.mended import told_row
from extract.tables.schema import Table, tables

Deed = Literal["change", "delete", "add", "undo"]
_DEEDS: Mapping[str, Deed] = {"delete": "delete", "删除": "delete", "add": "add", "新增": "add", "undo": "undo", "撤销": "undo"}
_ROW = re.compile(r"[0-9a-f]{16}(?:-([a-z])a?\d{4,})?")
_LETTERS = {letter: table for table, letter in LETTERS.items()} | {"m": "measures", "l": "ledger"}
_HEADS = {
    "correction": "correction",
    "更正": "correction",
    "comment": "comment",
    "备注": "comment",
    "row_id": "row_id",
    "table": "table",
    "表": "table",
}


class Edit(NamedTuple):
    """One row's edit. place: file, sheet and line, for messages.   row_id: empty where a row is added.   undo: what was corrected before is
    to stand as it was read.   cells: what the edited file says of the row, by column: where it stands, and that it is still the same row."""

    place: str
    table: str
    row_id: str
    change: Mapping[str, str]
    deed: Deed
    comment: str
    cells: Mapping[str, str]


def read_edits(path: Path) -> list[Edit]:
    """The edits of a workbook that a run wrote, or of a CSV file with the columns row_id, correction and comment; for rows that are added,
    table, doc_id, text and the columns that they fill.

    Raises ExtractError (`bad_correction`) with the places of all that cannot be understood, so that nothing is taken by halves.
    """
    rows = _from_workbook(path) if path.suffix.lower() == ".xlsx" else _from_csv(path)
    edits: list[Edit] = []
    wrong: list[str] = []
    for place, name, cells in rows:
        if not cells.get("correction", "").strip():
            if cells.get("comment", "").strip():
                wrong.append(f"{place}: a comment without a correction; write column=value, delete, undo, or add in a new line")
            continue
        try:
            edits.append(_edit(place, name, cells))
        except ExtractError as error:
            wrong.append(f"{place}: {error}")
    if wrong:
        raise ExtractError("\n".join(wrong), code="bad_correction")
    return edits


def _edit(place: str, name: str, cells: Mapping[str, str]) -> Edit:
    said, comment = cells["correction"].strip(), cells.get("comment", "").strip()
    deed = _DEEDS.get(said.lower(), "change")
    if deed == "add":
        to = _table_named(name or cells.get("table", ""))
        cells = _in_columns(to, cells)
        return Edit(place, to.name, "", addition(to, cells), deed, comment, cells)
    row_id = cells.get("row_id", "").strip()
    table = _table_of(row_id)
    if table is None or (deed != "undo" and name not in ("", table.name)):
        raise ExtractError(f"{row_id or 'nothing'} is no id of a row that can be corrected", code="bad_correction")
    change = checked(table, _change(table, said)) if deed == "change" else {}
    return Edit(place, table.name, row_id, change, deed, comment, cells if name == table.name else {})


def _table_of(row_id: str) -> Table | None:
    match = _ROW.fullmatch(row_id)
    name = _LETTERS.get(match[1], "") if match and match[1] else "documents" if match else ""
    return next((table for table in tables() if table.name == name), None)


def _table_named(name: str) -> Table:
    found = next((table for table in tables() if name.strip() in (table.name, table.chinese)), None)
    if found is None:
        raise ExtractError(f"a row that is added needs its table: {name or 'nothing'} is none", code="bad_correction")
    return found


def _in_columns(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """Cells by column, whatever language their heads are in."""
    names = {label: column.name for column in table.columns for label in (column.name, column.chinese)}
    return _in_codes(table, {names.get(head, head): text for head, text in cells.items()})


def _change(table: Table, said: str) -> dict[str, str]:
    """`column=value`, several of them set apart by ; or a line end; names of columns and codes in either language. A value may hold ; itself."""
    names = {label: column.name for column in table.columns for label in (column.name, column.chinese)}
    label = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    marks = list(re.finditer(rf"(?:^|[;；\n])\s*({label})\s*[=＝]", said))
    if not marks or marks[0].start() > 0:
        able = ", ".join(column.name for column in correctable(table))
        raise ExtractError(
            f"{said[:40]}: write column=value with one of {able}; or delete; or undo; or add in a new line", code="bad_correction"
        )
    ends = [mark.start() for mark in marks[1:]] + [len(said)]
    return _in_codes(table, {names[mark[1]]: said[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)})


def _in_codes(table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """Cells by column, those of enumerated columns as the codes that the tables hold."""
    coded = {column.name: column for column in table.columns if column.codes}
    return {name: code_of(coded[name], text) if name in coded else text for name, text in cells.items()}


def _from_csv(path: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractError(f"{path}: not readable as a CSV file in UTF-8: {error}", code="bad_correction") from error
    lines = csv.reader(text.splitlines(keepends=True))
    heads = [_HEADS.get(head.strip(), head.strip()) for head in next(lines, [])]
    if "row_id" not in heads or "correction" not in heads:
        raise ExtractError(f"{path}:1: the columns row_id and correction are needed", code="bad_correction")
    for row in lines:
        yield f"{path}:{lines.line_num}", "", {head: cell for head, cell in zip(heads, row, strict=False) if head}


def _from_workbook(path: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    for place, table, cells in workbook_rows(path):
        if cells.get("correction") or cells.get("comment"):
            row_id = cells.get(table.key, "") if table.key else told_row(cells.get("doc_id", ""), cells.get("message", ""))
            yield place, table.name, cells | {"row_id": row_id}


def workbook_rows(path: Path) -> Iterator[tuple[str, Table, dict[str, str]]]:
    """The rows of a workbook's tables that can be corrected, and of the diagnostics, which tell of corrections: place, table, and cells as
    text by column. Raises ExtractError."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True)
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise ExtractError(f"{path}: not readable as a workbook: {error}", code="bad_correction") from error
    by_name = {label: table for table in tables() for label in (table.name, table.chinese)}
    try:
        for sheet in book.worksheets:
            table = by_name.get(sheet.title.rpartition(" ")[0] or sheet.title) or by_name.get(sheet.title)
            if table is None or not (correctable(table) or table.name == "diagnostics"):
                continue
            names = {label: column.name for column in table.columns for label in (column.name, column.chinese)} | _HEADS
            lines = sheet.iter_rows(values_only=True)
            heads = [names.get(str(head), "") for head in next(lines, ())]
            for number, row in enumerate(lines, 2):
                cells = {head: _text(cell) for head, cell in zip(heads, row, strict=False) if head}
                yield f"{path}, {sheet.title}, row {number}", table, _in_codes(table, cells)
    finally:
        book.close()


def _text(cell: Any) -> str:
    """What a cell shows, in the form in which CSV has it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return written(Decimal(repr(cell)))
    if cell is None or isinstance(cell, bool | int):
        return written(cell)
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), str(cell))
