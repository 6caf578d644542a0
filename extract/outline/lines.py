"""The lines of a document, as the outline reads them: one for each paragraph, heading or bulleted line, one for each whole table."""

from __future__ import annotations

from typing import Literal, NamedTuple

from extract.model import Block, Document, Span

LineKind = Literal["paragraph", "heading", "bullet", "table"]
PartKind = Literal[
    "title", "number", "letterhead", "info", "addressee", "signature", "attachment", "annex", "elision", "outside", "body", "table"
]


class Line(NamedTuple):
    """One line without the white space around it. `level`: of a heading. `bold`: emphasised stretches inside. `table`: the block, of a table."""

    start: int
    end: int
    kind: LineKind
    level: int = 0
    bold: tuple[Span, ...] = ()
    table: Block | None = None


class Part(NamedTuple):
    """A line and what it is."""

    line: Line
    kind: PartKind
    level: int = 0


def lines_of(document: Document) -> list[Line]:
    """The lines of a document in order; empty ones are left out."""
    lines: list[Line] = []
    text = document.text
    for block in document.blocks:
        if block.kind == "table":
            if block.start < block.end:
                lines.append(Line(block.start, block.end, "table", table=block))
            continue
        for start, end in split_lines(text, block.start, block.end):
            bold = tuple(b for b in block.bold if b.start < end and b.end > start) if block.bold else ()
            lines.append(Line(start, end, block.kind, block.level, bold))
    return lines


def split_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of text[start:end] as (start, end), white space around each taken off, empty ones left out."""
    result = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        trimmed = trim(text, start, stop)
        if trimmed[0] < trimmed[1]:
            result.append(trimmed)
        start = stop + 1
    return result


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without the white space around it."""
    if start >= end or not (text[start].isspace() or text[end - 1].isspace()):
        return start, end
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
