"""The workbook: the ledger first, then a sheet per table, as an office opens it and works with it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.tables.labels import cell_label, code_label
from extract.tables.schema import Cell, Row, Table, tables

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.url import Url
    from xlsxwriter.worksheet import Worksheet

    from extract.write.formats import Language, Rows

CORRECTION, COMMENT = "correction", "comment"
"""The columns in which a reader mends a row; `taizhang correct` reads them back."""
HEADS = {"en": (CORRECTION, COMMENT), "zh": ("更正", "备注")}

_CREATED = datetime(2000, 1, 1)
_FONT = "Microsoft YaHei"
_ROWS = 1_048_575
_LINKS = 65_000
_TEXT = 32_000
"""What a sheet of Excel holds: rows below its head, links, characters of one cell."""
_NARROW, _ID, _WRAPPED, _CORRECTION, _WIDE = 8, 12, 26, 30, 60
_LINE, _LINES = 16.5, 12
"""Points of a line, and how many of them a row of the ledger has at most."""
_A3, _A4, _MANY = 8, 9, 12
"""Sizes of paper, and how many columns go on the smaller one."""
_PLACES = frozenset({"own_spans", "start", "end", "boxes"})
_HOW: dict[Language, str] = {
    "zh": "改一格：列名=值，多处用；隔开。删一行：删除。取消：撤销。补一行：在表末另起一行，填文档编号（或文件名）、原文和各列，此格写 新增。",
    "en": "column=value, several set apart by ; · delete · undo · add, in a new line with doc_id (or file name), text and the columns to fill",
}
_NO_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_FIRST_DAY = date(1900, 3, 1)
"""Earlier days are text: Excel counts a 29 February 1900 that never was."""

_RED, _GREEN, _AMBER = ("#FFC7CE", "#9C0006"), ("#C6EFCE", "#006100"), ("#FFEB9C", "#7F6000")
_COLOURS = {
    "ledger": ("status", ("status", "deadline"), {"overdue": _RED, "done": _GREEN}),
    "followups": ("verdict", ("verdict",), {"not_reached": _RED, "reached": _GREEN}),
    "tallies": ("balanced", ("subject", "total"), {"FALSE": _AMBER}),
    "diagnostics": ("severity", ("severity",), {"warning": _AMBER}),
    "outcomes": ("status", ("status",), {"failed": _RED}),
}
"""By table: the column that decides, the columns that are coloured, the colours by code. Never a column of booleans: LibreOffice crashes over
one with a conditional format when it prints."""
_LINKED = {
    "documents": (("title", "doc_id", ""),),
    "measures": (("heading", "doc_id", "measure_id"), ("text", "doc_id", "measure_id")),
    "ledger": (("ledger_id", "doc_id", "ledger_id"),),
    "followups": (("plan_text", "plan_doc_id", "plan_row_id"), ("report_text", "report_doc_id", "report_row_id")),
    "diagnostics": (("message", "doc_id", ""),),
}
"""By table, the cells that lead to the review page: column, column of the document, column of the row."""


def write(path: Path, rows: Rows, language: Language) -> None:
    """Write all tables into one workbook, row by row: memory does not grow with them. Cells too long for Excel end with …"""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options | {"tmpdir": str(path.parent)}) as book:
        book.set_properties({"title": "台账" if language == "zh" else "Taizhang", "created": _CREATED})
        book.formats[0].set_font_name(_FONT)
        styles = _Styles(book)
        for table in sorted(tables(), key=lambda table: table.name != "ledger"):
            left = rows(table)
            for number in range(1, 1000):
                part = islice(left, _ROWS)
                first = next(part, None)
                if first is None and number > 1:
                    break
                name = table.chinese if language == "zh" else table.name
                sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
                _Sheet(sheet, table, styles, language).fill(chain([first] if first else [], part))


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.head: Format = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "font_name": _FONT, "border": 1})
        self.mend: Format = book.add_format({"bold": True, "bg_color": "#FFF2CC", "font_name": _FONT, "border": 1})
        self.wrap: Format = book.add_format({"font_name": _FONT, "text_wrap": True, "valign": "top"})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "font_name": _FONT, "align": "left", "valign": "top"})
        self.link: Format = book.add_format({"font_color": "#0B57D0", "font_name": _FONT, "valign": "top"})
        self.colours = {pair: book.add_format({"bg_color": pair[0], "font_color": pair[1]}) for pair in (_RED, _GREEN, _AMBER)}


class _Sheet:
    """One sheet in the making."""

    def __init__(self, sheet: Worksheet, table: Table, styles: _Styles, language: Language) -> None:
        self.sheet, self.table, self.styles = sheet, table, styles
        self.language = language
        self.names = [column.name for column in table.columns]
        heads = [column.chinese for column in table.columns] if language == "zh" else self.names
        mended = "corrected" in self.names or table.name == "diagnostics"  # a correction that found no row is taken back there
        self.heads = [*heads, *(HEADS[language] if mended else ())]
        self.wrapped = table.name == "ledger"
        self.plain = styles.wrap if self.wrapped else None
        self.widths = [_width(head) + 4 for head in self.heads]  # the filter's button needs room
        self.links = 0
        links = _LINKED.get(table.name, (("text", "doc_id", table.key),) if "text" in self.names else ())
        at = self.names.index
        self.linked = {at(cell): (at(document), at(row) if row else None) for cell, document, row in links}

    def fill(self, rows: chain[Row]) -> None:
        """Write head and rows, then what depends on how many there are."""
        last = 0
        for column, head in enumerate(self.heads):
            self.sheet.write_string(0, column, head, self.styles.head if column < len(self.names) else self.styles.mend)
        for last, row in enumerate(rows, 1):
            if self.wrapped:
                self.sheet.set_row(last, _LINE * self._lines(row))
            for column, cell in enumerate(row):
                self._write(last, column, self._named(column, cell), row)
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, last, len(self.heads) - 1)
        self.sheet.set_default_row(_LINE)
        for column, width in enumerate(self.widths):
            folded = {"level": 1, "hidden": True} if self._folded(column) else {}
            self.sheet.set_column(column, column, self._fitting(column, width), None, folded)
        self._explain()
        self._print(last)
        self._colour(last)

    def _lines(self, row: Row) -> int:
        """Lines that a row of wrapped cells takes."""
        texts = (cell for name, cell in zip(self.names, row, strict=True) if isinstance(cell, str) and not name.endswith("_id"))
        return min(max(max(-(-_width(text[: _WRAPPED * _LINES]) // (_WRAPPED - 2)) for text in texts), 1), _LINES)

    def _explain(self) -> None:
        """What may be written into the column of corrections, told where it is clicked."""
        if len(self.heads) > len(self.names):
            told = {"validate": "any", "input_title": self.heads[-2], "input_message": _HOW[self.language]}
            self.sheet.data_validation(0, len(self.names), 0, len(self.names), told)

    def _print(self, last: int) -> None:
        """All columns of a sheet on the width of a page, with their heads on each; what readers write is not printed."""
        self.sheet.set_landscape()
        shown = sum(not self._folded(column) for column in range(len(self.names)))
        self.sheet.set_paper(_A3 if shown > _MANY else _A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&A&R&P / &N")
        self.sheet.hide_gridlines(0)  # prints them
        self.sheet.repeat_rows(0)
        self.sheet.print_area(0, 0, last, len(self.names) - 1)
        self.sheet.fit_to_pages(1, 0)

    def _folded(self, column: int) -> bool:
        """Whether a column is folded away: ids of other rows and places in the text, which programs need more than readers."""
        name = self.heads[column] if column >= len(self.names) else self.names[column]
        return bool(column) and (name.endswith("_id") or name in _PLACES)

    def _fitting(self, column: int, width: int) -> int:
        """How wide a column is: room for a correction, little for an id, and for text as much as it needs within reason."""
        if column >= len(self.names):
            return _CORRECTION
        widest = _WRAPPED if self.wrapped and column else _WIDE
        return _ID if self.names[column].endswith("_id") and column else min(max(width, _NARROW), widest)

    def _named(self, column: int, cell: Cell) -> Cell:
        """A cell in the reader's language: codes by their names, messages in words."""
        return cell_label(self.table.name, self.names[column], cell, self.language) if isinstance(cell, str) else cell

    def _write(self, row: int, column: int, cell: Cell, cells: Row) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell, self.plain)
        elif isinstance(cell, int | Decimal):
            self.sheet.write_number(row, column, float(cell), self.plain)
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            self.sheet.write_datetime(row, column, cell, self.styles.day)
        else:
            self._write_text(row, column, str(cell).translate(_NO_XML), cells)
        if row < 200:  # the first rows show how wide a column is
            self.widths[column] = max(self.widths[column], _width(str(cell)[:_WIDE]) + 1)

    def _write_text(self, row: int, column: int, text: str, cells: Row) -> None:
        if len(text) > _TEXT:
            text = text[: _TEXT - 1] + "…"
        if column in self.linked and self.links < _LINKS:
            document, anchor = self.linked[column]
            self.links += 1
            place = f"#{cells[anchor]}" if anchor is not None else ""
            self.sheet.write_url(row, column, _relative(f"review/doc/{cells[document]}.html{place}", text), self.styles.link)
        else:
            self.sheet.write_string(row, column, text, self.plain)

    def _colour(self, last: int) -> None:
        """Cells coloured by a code: red for overdue, green for done."""
        if self.table.name not in _COLOURS or not last:
            return
        name, coloured, colours = _COLOURS[self.table.name]
        letter = _letter(self.names.index(name))
        for code, colour in colours.items():
            if code == "FALSE":
                criteria = f"=AND(ISLOGICAL(${letter}2),NOT(${letter}2))"  # an empty cell equals FALSE too
            else:
                criteria = f'=${letter}2="{code_label(name, code, self.language)}"'
            rule = {"type": "formula", "criteria": criteria, "format": self.styles.colours[colour]}
            for place in map(self.names.index, coloured):
                self.sheet.conditional_format(1, place, last, place, rule)


def _relative(address: str, text: str) -> Url:
    """A link to a file beside the workbook. The library would write it with backslashes, which only Windows follows."""
    from xlsxwriter.url import Url

    url = Url(f"external:{address}")
    url.text = text
    url._relationship_link = url._relationship_link.replace("\\", "/")
    return url


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _width(text: str) -> int:
    """Columns of a fixed-width font that a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
