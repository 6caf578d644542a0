"""Workbooks (XLSX, XLSM; ECMA-376 part 1): each sheet that is shown becomes a table, with its title rows above and its notes below.

The XML is read here and not by openpyxl, which makes an object of every cell that a merged range covers, without a limit; what its
formats mean as dates is asked of openpyxl.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.errors import IngestError
from extract.ingest.assemble import Box, document, table_part
from extract.ingest.cell_values import Formats, S
from extract.ingest.flow import Part
from extract.ingest.package import Package, Related
from extract.model import Diagnostic, RawDocument

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_NOTE = re.compile(r"[（(]?\s*(?:注|说明|備註|备注|填表|填报)")
_LARGEST_GRID = 2_000_000
_LAST_COLUMN = 16_384
_EDGES = " \t\n\r\u3000\xa0"

Place = tuple[int, int]


@dataclass(slots=True)
class _Sheet:
    """What a sheet shows: the texts of its filled cells by row and column, merged ranges by their first shown cell (last row, last column)."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_xlsx(data: bytes, source: str, name: str) -> RawDocument:
    """The sheets of a workbook that are shown, in their order; hidden sheets, rows and columns are left out, and a diagnostic says so.

    Rows above a table's head and notes below it that fill one cell are paragraphs; where several sheets hold anything, the name of one
    without a title is a heading. Numbers and dates read as shown. Raises IngestError: `damaged`, `too_large`, `encrypted`, `forbidden_xml` (see
    Package), `no_text`, `unsupported_format` for a binary workbook.
    """
    package = Package(data, source)
    main = package.main_part("xl/workbook.xml")
    if main not in package and "xl/workbook.bin" in package:
        raise IngestError(f"{source}: a binary workbook (xlsb) is not read; save it as .xlsx", code="unsupported_format")
    root = package.tree(main)
    if root is None:
        raise package.damaged("it holds no workbook")
    related = Related(package, main)
    settings = root.find(S + "workbookPr")
    formats = Formats(related.tree("styles"), mac=settings is not None and settings.get("date1904") in ("1", "true"))
    strings = _shared(related.tree("sharedStrings"))
    targets = package.targets(main)
    notes: list[Diagnostic] = []
    found: list[tuple[str, list[Part]]] = []
    for one in root.iterfind(f"{S}sheets/{S}sheet"):
        title = one.get("name", "")
        kind, part = targets.get(one.get(_ID, ""), ("", ""))
        tree = package.tree(part) if kind == "worksheet" else None
        if tree is None:
            continue
        if one.get("state") in ("hidden", "veryHidden"):
            notes.append(Diagnostic("left_out", "info", f"the sheet {title} is hidden and left out"))
            continue
        sheet = _read_sheet(tree, strings, formats)
        notes += _hidden_notes(sheet, title)
        parts = list(_layout(sheet, source))
        if parts:
            found.append((title, parts))
    several = len(found) > 1
    parts = [part for title, own in found for part in (*_heading(title, own, several=several), *own)]
    return document(source, name, parts, package.title(), (), notes)


def _heading(title: str, parts: list[Part], *, several: bool) -> Iterator[Part]:
    """The name of a sheet that has no title of its own, unless the name says nothing."""
    name = title.strip(_EDGES)
    if several and parts[0].kind == "table" and name and not _DEFAULT_NAME.fullmatch(name):
        yield Part("heading", name, "main", 1)


def _hidden_notes(sheet: _Sheet, title: str) -> Iterator[Diagnostic]:
    for kind, count in (("rows", len(sheet.hidden_rows)), ("columns", len(sheet.hidden_columns))):
        if count:
            yield Diagnostic("left_out", "info", f"{count} hidden {kind} of the sheet {title} are left out")


def _shared(root: etree._Element | None) -> list[str]:
    return [_rich(one) for one in root.iterfind(S + "si")] if root is not None else []


def _rich(element: etree._Element) -> str:
    """The text of a string, whose pieces may have formats of their own; readings above it (rPh) are none of it."""
    pieces = [one.text or "" for one in element.iterfind(S + "t")] + [one.text or "" for one in element.iterfind(f"{S}r/{S}t")]
    return "".join(pieces)


def _read_sheet(root: etree._Element, strings: list[str], formats: Formats) -> _Sheet:
    sheet = _Sheet()
    ranges = dict(_merged_ranges(root))
    rows = list(_numbered(root.iterfind(f"{S}sheetData/{S}row")))
    hidden = _next_shown({number for number, row in rows if row.get("hidden") in ("1", "true")})
    columns = _next_shown(_hidden_columns(root))
    for number, row in rows:
        for column, cell in _cells(row):
            text = _ESCAPE.sub(_unescaped, _value(cell, strings, formats)).strip(_EDGES)
            if not text:
                continue
            last = ranges.get((number, column))
            place = _first_shown(number, column, last, hidden, columns)
            if place is None:
                if number in hidden:
                    sheet.hidden_rows.add(number)
                else:
                    sheet.hidden_columns.add(column)
                continue
            sheet.rows.setdefault(place[0], {})[place[1]] = _lines(text)
            if last:
                sheet.merged[place] = last
    return sheet


def _numbered(rows: Iterator[etree._Element]) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in rows:
        own = row.get("r", "")
        number = int(own) if own.isascii() and own.isdigit() and len(own) < 8 else number + 1
        yield number, row


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iterfind(S + "c"):
        reference = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(reference[1]) if reference else column + 1
        yield column, cell


def _column(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _hidden_columns(root: etree._Element) -> set[int]:
    spans = [
        (int(first), int(last))
        for one in root.iterfind(f"{S}cols/{S}col")
        if one.get("hidden") in ("1", "true")
        for first, last in [(one.get("min", ""), one.get("max", ""))]
        if (first + last).isdigit() and first and last and len(first + last) < 14
    ]
    hidden: set[int] = set()
    done = 0
    for first, last in sorted(spans):
        hidden.update(range(max(first, done + 1), min(last, _LAST_COLUMN) + 1))
        done = max(done, last)
    return hidden


def _next_shown(hidden: set[int]) -> dict[int, int]:
    """For each hidden row or column the next that is not."""
    following: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        following[number] = following.get(number + 1, number + 1)
    return following


def _merged_ranges(root: etree._Element) -> Iterator[tuple[Place, Place]]:
    for one in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = one.get("ref", "").partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            yield (int(start[2]), _column(start[1])), (int(end[2]), _column(end[1]))


def _first_shown(row: int, column: int, last: Place | None, hidden: dict[int, int], columns: dict[int, int]) -> Place | None:
    """Where a cell is shown: a merged one in the first row and column of its range that are not hidden; None where it is not."""
    end_row, end_column = last or (row, column)
    row, column = hidden.get(row, row), columns.get(column, column)
    return (row, column) if row <= end_row and column <= end_column else None


def _value(cell: etree._Element, strings: list[str], formats: Formats) -> str:
    """A cell's value as shown; that of a formula is the one that was saved."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return _rich(inline) if inline is not None else ""
    value = cell.findtext(S + "v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and len(value) < 10 and int(value) < len(strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    if kind == "d":
        return value.removesuffix("T00:00:00")
    return formats.text(value, cell.get("s", "0")) if kind == "n" and value else value


def _unescaped(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char >= " " and not "\ud800" <= char < "\ue000" else "\n" if char in "\r\n" else ""


def _lines(text: str) -> str:
    """The lines of a cell that hold anything."""
    if "\n" not in text and "\t" not in text and "\r" not in text:
        return text
    lines = (line.strip(_EDGES) for line in text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _layout(sheet: _Sheet, source: str) -> Iterator[Part]:
    """A sheet as blocks: lone cells above the table, the table, notes below it."""
    order = sorted(sheet.rows)
    first, last = 0, len(order)
    while first < last and len(sheet.rows[order[first]]) == 1:
        first += 1
    reach = 0  # the last row that a cell from above reaches into
    below = [reach := max(reach, *(sheet.merged.get((row, c), (row, c))[0] for c in sheet.rows[row])) for row in order[first:]]
    width = len({column for row in order[first:] for column in sheet.rows[row]})
    while first < last and _is_note(sheet, order[last - 1], width) and (last - first < 2 or below[last - first - 2] < order[last - 1]):
        last -= 1
    for row in order[:first]:
        yield from _paragraphs(sheet.rows[row])
    rows = order[first:last]
    columns = sorted({column for row in rows for column in sheet.rows[row]})
    if len(columns) > 1:
        yield table_part(_grid(sheet, rows, columns, source))
    else:
        for row in rows:
            yield from _paragraphs(sheet.rows[row])
    for row in order[last:]:
        yield from _paragraphs(sheet.rows[row])


def _paragraphs(row: Mapping[int, str]) -> Iterator[Part]:
    return (Part("paragraph", line, "main") for _, text in sorted(row.items()) for line in text.split("\n"))


def _is_note(sheet: _Sheet, row: int, width: int) -> bool:
    """Whether a row of the table's end is a note: one cell that spans most of the table, or says that it is one."""
    cells = sheet.rows[row]
    if len(cells) != 1:
        return False
    column, text = next(iter(cells.items()))
    _, end = sheet.merged.get((row, column), (row, column))
    return (end - column + 1) * 2 > width or _NOTE.match(text) is not None


def _grid(sheet: _Sheet, rows: list[int], columns: list[int], source: str) -> Iterator[list[Box]]:
    """The boxes of the rows and columns that hold anything, each merged range as one."""
    budget = _LARGEST_GRID - len(rows) * len(columns)
    covered: set[Place] = set()
    for y, row in enumerate(rows):
        boxes: list[Box] = []
        texts = sheet.rows[row]
        for x, column in enumerate(columns):
            if budget < 0:
                raise IngestError(f"{source}: a sheet holds more than {_LARGEST_GRID} cells; split it", code="too_large")
            if (y, x) in covered:
                continue
            end_row, end_column = sheet.merged.get((row, column), (row, column))
            high = max(1, bisect_right(rows, end_row) - y)
            wide = max(1, bisect_right(columns, end_column) - x)
            if high * wide > 1:
                budget -= high * wide
                covered.update((y + i, x + k) for i in range(high) for k in range(wide) if budget >= 0)
            boxes.append(Box(y, x, texts.get(column, ""), high, wide))
        yield boxes
