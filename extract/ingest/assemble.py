"""Cells to a table, blocks to a document: the last step of every reader whose format is laid out in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.errors import IngestError
from extract.ingest.flow import Part, block_of
from extract.model import Block, Cell, Diagnostic, RawDocument, Span


@dataclass(slots=True)
class Box:
    """A cell before it has its place in the text; bold stretches count from its own start."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: tuple[Span, ...] = ()


def table_part(rows: Iterable[Sequence[Box]]) -> Part:
    """A table as a part: cells of a row divided by tabs, rows by line ends, each cell once."""
    pieces: list[str] = []
    cells: list[Cell] = []
    bold: list[Span] = []
    size = 0
    for row in rows:
        gap = "\n" if size else ""
        for box in row:
            pieces += (gap, box.text)
            start = size + len(gap)
            size = start + len(box.text)
            cells.append(Cell(box.row, box.column, box.row_span, box.column_span, start, size))
            if box.bold:
                bold += [Span(start + s, start + e) for s, e in box.bold]
            gap = "\t"
    return Part("table", "".join(pieces), "main", 0, tuple(bold), tuple(cells))


def document(
    source: str, name: str, parts: Sequence[Part], meta: dict[str, str], repairs: tuple[str, ...], notes: Sequence[Diagnostic]
) -> RawDocument:
    """The parts as a document of the format `name`, one line end between two. Raises IngestError with code `no_text` where none holds a word."""
    if not any(c.isalnum() for part in parts for c in part.text):
        raise IngestError(f"{source}: no text in it; if its pages are pictures, they must be read as scans", code="no_text")
    blocks: list[Block] = []
    at = 0
    for part in parts:
        blocks.append(block_of(part, at))
        at += len(part.text) + 1
    text = "\n".join([part.text for part in parts])
    return RawDocument(source, name, text, tuple(blocks), meta=meta, repairs=repairs, diagnostics=tuple(notes))
