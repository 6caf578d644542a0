"""HTML tables: which are tables of data, and their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.ingest.flow import Flow, Part
from extract.ingest.page import Element, Layout
from extract.model import Cell, Span

_WIDEST = 200
"""Columns that one cell may span; beyond it a page is broken or hostile."""


def is_data(table: Element, layout: Layout) -> bool:
    """Whether a table holds data. Pages also use tables to lay out text: one column, or the article inside a cell."""
    if table.get("role") == "presentation":
        return False
    main = layout.main
    if main is not None and main is not table and any(parent is table for parent in main.iterancestors("table")):
        return False
    filled: list[int] = []
    columns = 0
    for row in rows_of(table):
        sizes = [size for size in (_size(cell) for cell in _cells(row)) if size]
        columns = max(columns, len(sizes))
        filled += sizes
    if columns < 2:
        return False
    return not (len(filled) <= 3 and next(table.iterdescendants("table"), None) is not None)


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of the table itself, not of tables inside its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _size(cell: Element) -> int:
    if len(cell) == 0:
        return len((cell.text or "").strip())
    return sum(len(text.strip()) for text in cell.itertext())


def caption_of(table: Element, layout: Layout, where: str) -> list[Part]:
    """What a table is called, as paragraphs that stand before it."""
    caption = next((child for child in table if child.tag == "caption"), None)
    return [] if caption is None else [replace(part, where=where) for part in Flow(layout, in_cell=True).read(caption)]


def cells_of(table: Element, layout: Layout, where: str) -> Part:
    """The table as a part: cells of a row divided by tabs, rows by line ends, each cell once; paragraphs in a cell by line ends."""
    pieces: list[str] = []
    cells: list[Cell] = []
    bold: list[Span] = []
    size = 0
    covered: list[int] = []  # for each column, how many further rows a cell from above reaches into
    rows = [row for row in rows_of(table) if row not in layout.skipped]
    for y, row in enumerate(rows):
        column = 0
        gap = "\n" if size else ""
        for cell in _cells(row):
            if cell in layout.skipped:
                continue
            while column < len(covered) and covered[column]:
                column += 1
            wide, high = _spans(cell, len(rows) - y)
            text, spans = _text(cell, layout)
            size += len(gap)
            pieces.append(gap)
            gap = "\t"
            cells.append(Cell(y, column, high, wide, size, size + len(text)))
            bold += [Span(size + s, size + e) for s, e in spans]
            pieces.append(text)
            size += len(text)
            covered += [0] * (column + wide - len(covered))
            covered[column : column + wide] = [high] * wide
            column += wide
        covered = [max(0, left - 1) for left in covered]
    return Part("table", "".join(pieces), where, 0, tuple(bold), tuple(cells))


def _spans(cell: Element, rows_left: int) -> tuple[int, int]:
    wide = _count(cell.get("colspan"))
    high = _count(cell.get("rowspan"), zero=rows_left)
    return min(wide, _WIDEST), min(high, rows_left)


def _count(value: str | None, zero: int = 1) -> int:
    if value is None or not (value.isascii() and value.isdigit()):
        return 1
    return int(value[:6]) or zero


def _text(cell: Element, layout: Layout) -> tuple[str, list[Span]]:
    if len(cell) == 0 and not cell.get("style"):
        return " ".join((cell.text or "").split(None)).strip("\u3000"), []
    text, bold = "", []
    for part in Flow(layout, in_cell=True).read(cell):
        start = len(text) + 1 if text else 0
        text += ("\n" if text else "") + part.text.replace("\t", " ")
        bold += [Span(start + s, start + e) for s, e in part.bold]
    return text, bold
