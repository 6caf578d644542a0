"""A document set on pages as GB/T 9704 has them, with the writer of OFD files. Places are in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.model import Span
from tests.ofd_writer import EM, Page, ofd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.model import Block, Document

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
STEP = 10.2
SMALL, SMALL_STEP, PAD = 3.7, 5.4, 1.0
_NEVER_FIRST = "，。；：、！？）》」』】〕”’%％"


def ofd_of(document: Document, titles: frozenset[int], signed: frozenset[int]) -> bytes:
    """The document as an OFD package; `titles`, `signed`: where the lines of titles and signatures begin in its text."""
    setter = _Setter()
    for block in document.blocks:
        if block.kind == "table":
            setter.table(document, block)
        else:
            bold = (Span(block.start, block.end),) if block.kind == "heading" else block.bold
            setter.paragraph(
                document.text[block.start : block.end],
                "title" if block.start in titles else "signed" if block.start in signed and block.end - block.start < 20 else "",
                [Span(start - block.start, end - block.start) for start, end in bold],
            )
    for number, page in enumerate(setter.pages, 1):
        page.text(95, 275, f"— {number} —", 4.9)
    return ofd(setter.pages)


def breadth(text: str) -> float:
    """In Han characters; ASCII takes half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def broken(text: str, room: float, first: float) -> Iterator[str]:
    """The lines of a paragraph; `first`: the room of its first line. No line begins with a closing mark."""
    while text:
        end, taken = 0, 0.0
        while end < len(text) and taken + breadth(text[end]) <= first + 1e-6:
            taken += breadth(text[end])
            end += 1
        while 1 < end < len(text) and (
            text[end] in _NEVER_FIRST or (text[end - 1].isascii() and text[end].isascii() and text[end - 1 : end + 1].isalnum())
        ):
            end -= 1
        yield text[: max(1, end)]
        text, first = text[max(1, end) :], room


class _Setter:
    def __init__(self) -> None:
        self.pages = [Page()]
        self._y = TOP

    def _room(self, height: float) -> None:
        if self._y + height > BOTTOM:
            self.pages.append(Page())
            self._y = TOP

    def _line(self, x: float, text: str, size: float = EM, bold: Sequence[Span] = ()) -> None:
        """A line of print; bold: the stretches in it that are an object of their own."""
        self._room(STEP)
        at = 0
        for start, end in [*bold, Span(len(text), len(text))]:
            for piece, look in ((text[at:start], ""), (text[start:end], 'Weight="700"')):
                if piece:
                    self.pages[-1].text(x, self._y + size, piece, size, look=look)
                x += breadth(piece) * size
            at = end
        self._y += STEP

    def paragraph(self, text: str, kind: str, bold: Sequence[Span]) -> None:
        room = (RIGHT - LEFT) // EM
        if kind == "title":
            for line in broken(text, 20, 20):
                self._line((LEFT + RIGHT - breadth(line) * 7.5) / 2, line, 7.5)
        elif kind == "signed":
            self._line(RIGHT - (breadth(text) + 4) * EM, text)
        else:
            at = 0
            for line in broken(text, room, room - 2):
                here = [
                    Span(max(start, at) - at, min(end, at + len(line)) - at) for start, end in bold if start < at + len(line) and end > at
                ]
                self._line(LEFT if at else LEFT + 2 * EM, line, bold=here)
                at += len(line)

    def table(self, document: Document, block: Block) -> None:
        """A ruled table; a page ends between two rows that no merged cell crosses, and its head is printed again."""
        columns = max(cell.column + cell.column_span for cell in block.cells)
        weights = [2.0] * columns
        for cell in block.cells:
            if cell.column_span == 1:
                weights[cell.column] = max(weights[cell.column], min(30.0, len(document.text[cell.start : cell.end]) ** 0.8))
        scale = (RIGHT - LEFT) / sum(weights)
        xs = [LEFT]
        for weight in weights:
            xs.append(xs[-1] + weight * scale)
        texts = {}
        rows = max(cell.row + cell.row_span for cell in block.cells)
        heights = [SMALL_STEP + 2 * PAD] * rows
        for cell in sorted(block.cells, key=lambda cell: cell.row_span):
            room = (xs[cell.column + cell.column_span] - xs[cell.column] - 2 * PAD) / SMALL
            lines = [line for part in document.text[cell.start : cell.end].split("\n") for line in broken(part, room, room)]
            texts[cell.row, cell.column] = lines
            needed = len(lines) * SMALL_STEP + 2 * PAD - sum(heights[cell.row : cell.row + cell.row_span])
            if needed > 0:
                heights[cell.row + cell.row_span - 1] += needed
        free = [row for row in range(1, rows) if not any(cell.row < row < cell.row + cell.row_span for cell in block.cells)]
        first = 0
        for end in [*free, rows]:
            last_fit = sum(heights[first:end]) + self._y
            following = next((e for e in [*free, rows] if e > end), None)
            if following is not None and self._y + sum(heights[first:following]) <= BOTTOM:
                continue
            if last_fit > BOTTOM and self._y > TOP:
                self._room(BOTTOM)
            self._part(block, texts, xs, heights, first, end)
            first = end

    def _part(
        self, block: Block, texts: dict[tuple[int, int], list[str]], xs: list[float], heights: list[float], first: int, end: int
    ) -> None:
        ys = [self._y]
        for height in heights[first:end]:
            ys.append(ys[-1] + height)
        page = self.pages[-1]
        for cell in block.cells:
            if not first <= cell.row < end:
                continue
            left, right = xs[cell.column], xs[cell.column + cell.column_span]
            top, bottom = ys[cell.row - first], ys[cell.row - first + cell.row_span]
            page.frame(left, top, right, bottom)
            for i, line in enumerate(texts[cell.row, cell.column]):
                page.text(left + PAD, top + PAD + SMALL + i * SMALL_STEP, line, SMALL)
        self._y = ys[-1]
