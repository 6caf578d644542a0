"""Workbooks of Excel 97 to 2003 (XLS, ET): the cells of their sheets as they are shown, read by xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from extract.errors import IngestError
from extract.ingest.cell_values import Formats, built_in
from extract.ingest.sheet import Sheet, Title, read_sheets, sheet_of
from extract.model import RawDocument


def read_xls(data: bytes, source: str, name: str) -> RawDocument:
    """The sheets of a workbook that are shown, in their order; see `read_sheets`. Numbers and dates read as shown.

    Raises IngestError: `damaged`, `encrypted`, `too_large`, `no_text`.
    """
    import xlrd  # few runs meet such a file

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except Exception as error:  # xlrd raises anything on broken files
        if "encrypted" in str(error).lower():
            raise IngestError(f"{source}: it is encrypted; save it without a password", code="encrypted") from error
        raise IngestError(
            f"{source}: the file is damaged ({type(error).__name__}: {error}); get it again from where it was published", code="damaged"
        ) from error
    codes = [built_in(xf.format_key) or _own(book, xf.format_key) for xf in book.xf_list]
    return read_sheets(_sheets(book, Formats(codes, mac=book.datemode == 1)), source, name, {})


def _own(book: Any, key: int) -> str:
    return str(book.format_map[key].format_str) if key in book.format_map else ""


def _sheets(book: Any, formats: Formats) -> Iterator[tuple[Title, Sheet | None]]:
    """The worksheets by their names; None for those that are hidden."""
    for sheet in book.sheets():
        yield sheet.name, None if sheet.visibility else _sheet(sheet, formats)


def _sheet(sheet: Any, formats: Formats) -> Sheet:
    ranges = {(top + 1, left + 1): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
    rows = {number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {number + 1 for number, info in sheet.colinfo_map.items() if info.hidden}
    return sheet_of(_cells(sheet, formats), ranges, rows, columns)


def _cells(sheet: Any, formats: Formats) -> Iterator[tuple[int, int, str]]:
    for y in range(sheet.nrows):
        for x, cell in enumerate(sheet.row(y)):
            yield y + 1, x + 1, _value(cell, formats)


def _value(cell: Any, formats: Formats) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return formats.text(repr(cell.value), str(cell.xf_index))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else ""
