"""Merged cells of tables that were saved as text, where what a merged cell covered is empty: merged again where the rows tell it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

_LABELLED = re.compile(r"[^\s：:，。；]{2,12}[：:]")
_LEAST_WIDTH = 3

Row = list[str]
Place = tuple[int, int]
"""Row and column."""


def is_aside(texts: Collection[str], width: int) -> bool:
    """Whether a row of a table `width` cells wide tells facts about it: 填报单位：…, 填报日期：…"""
    return 2 * len(texts) <= width and all(map(_LABELLED.match, texts))


def merged_again(rows: Sequence[Row]) -> dict[Place, Place]:
    """The ranges that were merged, from their first cell to their last: heads of two lines, rows of one cell, and rows that go on with the
    one above, whose first cell is empty."""
    width = len(rows[0]) if rows else 0
    ranges: dict[Place, Place] = {}
    if width < _LEAST_WIDTH:
        return ranges
    head = next((y for y, row in enumerate(rows) if sum(map(bool, row)) > 1 and not is_aside([*filter(None, row)], width)), len(rows))
    body = head + 1
    if body < len(rows) and _goes_on(rows[head], rows[body]):
        ranges |= _head_ranges(rows[head], rows[body], head)
        body += 1
    sections = _sections(rows, body)
    ranges |= {(y, 0): (y, width - 1) for y in range(body, len(rows)) if not any(y in section for section in sections)}
    grouped = {x for x in range(1, width) if len(sections) > 1 and all(_is_grouped(rows, x, section) for section in sections)}
    for section in sections:
        ranges |= _continued(rows, section, grouped)
    return ranges


def _sections(rows: Sequence[Row], body: int) -> list[range]:
    """The stretches of rows that rows of one cell, which are titles of sections, divide."""
    titles = [y for y in range(body, len(rows)) if rows[y][0] and not any(rows[y][1:])]
    edges = [body - 1, *titles, len(rows)]
    return [range(above + 1, below) for above, below in pairwise(edges) if below - above > 1]


def _is_grouped(rows: Sequence[Row], x: int, section: range) -> bool:
    """Whether a column is filled in the first row of a section alone, as one that is merged over the section."""
    return bool(rows[section[0]][x]) and not any(rows[y][x] for y in section[1:])


def _continued(rows: Sequence[Row], section: range, grouped: set[int]) -> dict[Place, Place]:
    """The cells of a section that go on in rows whose first cell is empty, or, in grouped columns, in all of it."""
    ranges: dict[Place, Place] = {}
    for x in range(len(rows[section[0]])):
        owner = -1
        for y in section:
            if rows[y][x] or (rows[y][0] and x not in grouped):
                owner = y
            elif owner >= 0 and rows[owner][x]:
                ranges[owner, x] = (y, x)
    return ranges


def _goes_on(head: Row, below: Row) -> bool:
    """Whether a row is the second line of a head: it fills what the first leaves empty, and little else."""
    filled = [x for x, cell in enumerate(below) if cell]
    empty = [x for x, cell in enumerate(head) if not cell]
    return bool(empty) and not below[0] and all(below[x] for x in empty) and len(filled) <= 2 * len(empty)


def _head_ranges(head: Row, below: Row, y: int) -> dict[Place, Place]:
    ranges: dict[Place, Place] = {}
    for x, cell in enumerate(head):
        if cell and not below[x]:
            ranges[y, x] = (y + 1, x)
        elif cell:
            end = x
            while end + 1 < len(head) and not head[end + 1]:
                end += 1
            ranges[y, x] = (y, end)
    return ranges
