"""Tables that were cut for the sake of pages, each part with the head printed again, made one. For formats that are laid out in blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
    found: list[Part] = []
    for part in parts:
        above = _table_above(found) if part.kind == "table" else -1
        whole = _together(found[above], part) if above >= 0 else None
        if whole is None:
            found.append(part)
        else:
            found[above:] = [whole]
    return found


def _table_above(parts: Sequence[Part]) -> int:
    """The index of a table that nothing but a line such as 续表 parts from what comes next; -1 where none is there."""
    at = len(parts) - 1
    if at > 0 and parts[at].kind != "table" and _GOES_ON.fullmatch(parts[at].text):
        at -= 1
    return at if at >= 0 and parts[at].kind == "table" else -1


def _together(above: Part, below: Part) -> Part | None:
    """Both tables as one; None where the second does not begin with the head of the first."""
    heads = _same_rows(above, below)
    rest = [cell for cell in below.cells if cell.row >= heads]
    if not heads or not rest or above.where != below.where:
        return None
    shift, down = len(above.text) + 1 - rest[0].start, _height(above) - heads
    text = f"{above.text}\n{below.text[rest[0].start :]}"
    moved = [replace(cell, row=cell.row + down, start=cell.start + shift, end=cell.end + shift) for cell in rest]
    bold = [Span(s + shift, e + shift) for s, e in below.bold if s >= rest[0].start]
    cells = _going_on(text, above.cells, moved)
    return replace(above, text=text, bold=(*above.bold, *bold), cells=tuple(cells), linked=above.linked + below.linked)


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
        for cell in table.cells
        if cell.row == row
    ]


def _going_on(text: str, cells: Sequence[Cell], moved: Sequence[Cell]) -> list[Cell]:
    """The cells of both tables; those at the left that go on behind the cut as one."""
    first = moved[0].row
    ending = {cell.column: cell for cell in cells if cell.row + cell.row_span == first}
    longer: dict[Cell, Cell] = {}
    same = 0
    for cell in moved:
        owner = ending.get(cell.column)
        here, there = text[cell.start : cell.end].strip(), text[owner.start : owner.end].strip() if owner else ""
        if cell.row > first or owner is None or owner.column_span != cell.column_span or (here and here != there) or not there:
            break
        same += bool(here)
        longer[owner] = cell
    if 0 < same < _LEAST_SAME:
        return [*cells, *moved]
    grown = [replace(cell, row_span=cell.row_span + longer[cell].row_span) if cell in longer else cell for cell in cells]
    return [*grown, *(cell for cell in moved if cell not in longer.values())]
