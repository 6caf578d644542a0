"""Tables that were cut for the sake of pages, each part with the head printed again, made one. For formats that are laid out in blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extract.ingest.flow import Part
from extract.model import Cell, Span

_GOES_ON = re.compile(r"[（(]?\s?[续接]\s?上?\s?表\s?[一二三四五六七八九十\d-]{0,4}\s?[）)]?|[（(]续[）)]|.{2,40}[（(]续表?[）)]")
"""What stands above the part of a table that goes on: 续表, （续）, 附表1（续）."""
_MOST_HEADS = 4
_LEAST_COLUMNS = 3
_LEAST_SAME = 2
"""Cells at the left that are printed again where a row goes on: its number and its problem."""


def rejoined(parts: Sequence[Part]) -> list[Part]:
    """The parts, with a table that begins with the head of the table right above it, but for a line that says so, as the rest of that one.

    Merged cells at the left go on where the rest leaves them empty or prints them again.
    """
    if [part.kind for part in parts].count("table") < 2:
        return [*parts]
    found: list[Part | _Table] = []
    for part in parts:
        above = _table_above(found) if part.kind == "table" else -1
        table = found[above] if above >= 0 else None
        if isinstance(table, Part) and _same_rows(table, part):
            table = found[above] = _Table(table)
        if isinstance(table, _Table) and table.take(part):
            del found[above + 1 :]
        else:
            found.append(part)
    return [one.whole() if isinstance(one, _Table) else one for one in found]


def _table_above(parts: Sequence[Part | _Table]) -> int:
    """The index of a table that nothing but a line such as 续表 parts from what comes next; -1 where none is there."""
    at = len(parts) - 1
    line = parts[at] if at > 0 else None
    if isinstance(line, Part) and line.kind != "table" and _GOES_ON.fullmatch(line.text):
        at -= 1
    above = parts[at] if at >= 0 else None
    return at if isinstance(above, _Table) or (above is not None and above.kind == "table") else -1


class _Table:
    """A table that grows by the parts of it that follow."""

    def __init__(self, first: Part) -> None:
        self._first = first
        self._pieces = [first.text]
        self._size = len(first.text)
        self._cells = [*first.cells]
        self._bold = [*first.bold]
        self._linked = first.linked
        self._rows = _height(first)
        texts = {at: first.text[cell.start : cell.end].strip() for at, cell in enumerate(first.cells)}
        self._last = self._ending(texts)

    def take(self, part: Part) -> bool:
        """Add the rows of a part; False, and nothing done, where it does not begin with the head of the table."""
        heads = _same_rows(self._first, part)
        rest = [cell for cell in part.cells if cell.row >= heads]
        if not heads or not rest or self._first.where != part.where:
            return False
        shift, down = self._size + 1 - rest[0].start, self._rows - heads
        going_on = self._going_on(part.text, [cell for cell in rest if cell.row == heads])
        texts = {at: self._last[at] for at in going_on.values()}
        for cell in rest:
            at = going_on.get(cell, len(self._cells))
            if at in texts:
                self._cells[at] = replace(self._cells[at], row_span=self._cells[at].row_span + cell.row_span)
            else:
                texts[at] = part.text[cell.start : cell.end].strip()
                self._cells.append(replace(cell, row=cell.row + down, start=cell.start + shift, end=cell.end + shift))
        self._bold += [Span(start + shift, end + shift) for start, end in part.bold if start >= rest[0].start]
        self._pieces.append(part.text[rest[0].start :])
        self._size += 1 + len(self._pieces[-1])
        self._linked += part.linked
        self._rows = _height(part) + down
        self._last = self._ending(texts)
        return True

    def _ending(self, texts: dict[int, str]) -> dict[int, str]:
        """Of cells by their index with their texts, those that end with the table."""
        return {at: text for at, text in texts.items() if self._cells[at].row + self._cells[at].row_span == self._rows}

    def _going_on(self, text: str, row: Sequence[Cell]) -> dict[Cell, int]:
        """The cells at the left of a row that go on with the last ones so far, by their index."""
        above = {self._cells[at].column: at for at in self._last}
        found: dict[Cell, int] = {}
        same = 0
        for cell in row:
            at = above.get(cell.column)
            here, there = text[cell.start : cell.end].strip(), self._last[at] if at is not None else ""
            if at is None or self._cells[at].column_span != cell.column_span or not there or here not in ("", there):
                break
            same += bool(here)
            found[cell] = at
        return {} if 0 < same < _LEAST_SAME else found

    def whole(self) -> Part:
        """The table with all its rows."""
        text = "\n".join(self._pieces)
        return replace(self._first, text=text, bold=tuple(self._bold), cells=tuple(self._cells), linked=self._linked)


def _height(table: Part) -> int:
    return max(cell.row + cell.row_span for cell in table.cells)


def _same_rows(above: Part, below: Part) -> int:
    """How many rows at the top of both tables are the same; 0 where they are no head of a table."""
    count = 0
    while count < _MOST_HEADS and (row := _row(below, count)) and row == _row(above, count):
        count += 1
    first = _row(below, 0)
    closed = all(cell.row + cell.row_span <= count for cell in below.cells if cell.row < count)
    is_head = len(first) >= _LEAST_COLUMNS and all(text for *_, text in first) and not first[0][-1][0].isdigit()
    return count if closed and is_head and _height(below) > count else 0


def _row(table: Part, row: int) -> list[tuple[int, int, int, str]]:
    return [
        (cell.column, cell.column_span, cell.row_span, "".join(table.text[cell.start : cell.end].split()))
        for cell in takewhile(lambda cell: cell.row <= row, table.cells)
        if cell.row == row
    ]
