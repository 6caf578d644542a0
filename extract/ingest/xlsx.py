"""Workbooks (XLSX, XLSM; ECMA-376 part 1): the cells of their sheets as they are shown.

The XML is read here and not by openpyxl, which makes an object of every cell that a merged range covers, without a limit; what its
formats mean as dates is asked of openpyxl.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extract.errors import IngestError
from extract.ingest.cell_values import Formats, S, codes_of
from extract.ingest.package import Package, Related
from extract.ingest.remerge import Place
from extract.ingest.sheet import LAST_COLUMN, Sheet, Title, read_sheets, sheet_of
from extract.model import RawDocument

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, source: str, name: str) -> RawDocument:
    """The sheets of a workbook that are shown, in their order; see `read_sheets`. Numbers and dates read as shown.

    Raises IngestError: `damaged`, `too_large`, `encrypted`, `forbidden_xml` (see Package), `no_text`, `unsupported_format` for a binary
    workbook.
    """
    package = Package(data, source)
    main = package.main_part("xl/workbook.xml")
    if main not in package and "xl/workbook.bin" in package:
        raise IngestError(f"{source}: a binary workbook (xlsb) is not read; save it as .xlsx", code="unsupported_format")
    root = package.tree(main)
    if root is None:
        raise package.damaged("it holds no workbook")
    return read_sheets(_sheets(package, main, root), source, name, package.title())


def _sheets(package: Package, main: str, root: etree._Element) -> Iterator[tuple[Title, Sheet | None]]:
    """The worksheets by their names; None for those that are hidden."""
    related = Related(package, main)
    settings = root.find(S + "workbookPr")
    formats = Formats(codes_of(related.tree("styles")), mac=settings is not None and settings.get("date1904") in ("1", "true"))
    strings = _shared(related.tree("sharedStrings"))
    targets = package.targets(main)
    for one in root.iterfind(f"{S}sheets/{S}sheet"):
        kind, part = targets.get(one.get(_ID, ""), ("", ""))
        tree = package.tree(part) if kind == "worksheet" else None
        if tree is not None:
            hidden = one.get("state") in ("hidden", "veryHidden")
            yield one.get("name", ""), None if hidden else _sheet(tree, strings, formats)


def _sheet(root: etree._Element, strings: list[str], formats: Formats) -> Sheet:
    rows = list(_numbered(root.iterfind(f"{S}sheetData/{S}row")))
    hidden = {number for number, row in rows if row.get("hidden") in ("1", "true")}
    cells = (
        (number, column, _ESCAPE.sub(_unescaped, _value(cell, strings, formats))) for number, row in rows for column, cell in _cells(row)
    )
    return sheet_of(cells, dict(_merged_ranges(root)), hidden, _hidden_columns(root))


def _shared(root: etree._Element | None) -> list[str]:
    return [_rich(one) for one in root.iterfind(S + "si")] if root is not None else []


def _rich(element: etree._Element) -> str:
    """The text of a string, whose pieces may have formats of their own; readings above it (rPh) are none of it."""
    pieces = [one.text or "" for one in element.iterfind(S + "t")] + [one.text or "" for one in element.iterfind(f"{S}r/{S}t")]
    return "".join(pieces)


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
        hidden.update(range(max(first, done + 1), min(last, LAST_COLUMN) + 1))
        done = max(done, last)
    return hidden


def _merged_ranges(root: etree._Element) -> Iterator[tuple[Place, Place]]:
    for one in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = one.get("ref", "").partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            yield (int(start[2]), _column(start[1])), (int(end[2]), _column(end[1]))


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
