"""The rows that the cells of a table without rules make, told by where their print stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

FULL = 0.75
"""Of the columns, those that a line fills where no cell in it is wrapped."""
REACH = 0.3
"""Of a character's width, how far a text must reach into a row to cover it."""
INK = 0.45
"""Of a character's width, how far it reaches above and below its middle."""
_LEAST_FILLED = 0.3
"""Of the columns, those that a row fills at least beside merged cells."""


class Block(NamedTuple):
    """Lines of a cell: the first and last column that it covers, where its print begins and ends, and the middle of its first line."""

    first: int
    last: int
    top: float
    bottom: float
    x: float

    @property
    def columns(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Row = tuple[float, float]
"""Where the print of a row begins and ends."""
_Band = list[Block]
"""Cells that no space parts which runs through all columns."""


def rows_of_blocks(blocks: Iterable[Block], width: int, size: float, *, headed: bool = True, goes_on: bool = False) -> list[Row]:
    """The rows: what no space parts that all columns share, and the cells that most columns have beside merged ones. headed: whether the first
    are a head.   goes_on: whether they may begin with the rest of a row."""
    bands: list[_Band] = []
    bottom = float("-inf")
    for block in sorted(blocks, key=lambda block: block.top):
        if not bands or block.top >= bottom - 0.1 * size:
            bands.append([])
        bands[-1].append(block)
        bottom = max(bottom, block.bottom)
    rows = [(row, band) for band in _gathered(bands, width, headed=headed, goes_on=goes_on) for row in _subrows(band, width)]
    filled = [
        {i for block in band if min(block.bottom, bottom) - max(block.top, top) > REACH * size for i in block.columns}
        for (top, bottom), band in rows
    ]
    return [row for i, (row, _) in enumerate(rows) if not _is_between(filled, i)]


def _is_between(filled: Sequence[set[int]], i: int) -> bool:
    """Whether what stands between two rows is merged over both: they have nothing else in its columns."""
    return 0 < i < len(filled) - 1 and not filled[i] & (filled[i - 1] | filled[i + 1]) and bool(filled[i - 1] & filled[i + 1])


def _gathered(bands: Sequence[_Band], width: int, *, headed: bool, goes_on: bool) -> list[_Band]:
    """The bands, where paragraphs that stand apart above and below the other cells of their row are one with it: each run of bands that hold
    but one of its cells is divided where both rows lie best."""
    filled = [{i for block in band for i in block.columns} for band in bands]
    body = next((i + 1 for i, columns in enumerate(filled) if len(columns) >= FULL * width), len(bands)) if headed else 0
    least = max(2, _LEAST_FILLED * width)
    apart = {i for i in range(body, len(bands)) if len(filled[i]) < least and 0 not in filled[i] and not _is_between(filled, i)}
    whole = [i for i in range(body, len(bands)) if i not in apart]
    if not apart or not whole:
        return [*bands]
    ends = _divided(bands, whole, range(body, whole[0] + 1) if goes_on else [body], width)
    return [*bands[:body], *([block for band in bands[start:end] for block in band] for start, end in pairwise(ends))]


def _divided(bands: Sequence[_Band], whole: Sequence[int], firsts: Sequence[int], width: int) -> list[int]:
    """Where rows begin and end so that their cells lie best in the middle or at the top. whole: the bands that each row has one of.   firsts: where
    the first of these rows may begin, behind the rest of one before them."""
    begin = firsts[0]
    best: dict[int, tuple[float, list[int]]] = {
        first: (_gaps(bands[begin : first + 1]), [begin, first]) if first > begin else (0.0, [begin]) for first in firsts
    }
    for own, following in pairwise([*whole, len(bands)]):
        last = own is whole[-1]
        best = {
            end: min((off + _off(bands[start:end], width), [*behind, end]) for start, (off, behind) in best.items())
            for end in (range(following, following + 1) if last else range(own + 1, following + 1))
        }
    return best[len(bands)][1]


def _off(bands: Sequence[_Band], width: int) -> float:
    """How far the cells of a row lie off its top or, where that is less by a point, off its middle; and how far
    apart what is one row stands."""
    row = [block for band in bands for block in band]
    if len(bands) > 1 and any(len(block.columns) == width for block in row):
        return float("inf")
    top, bottom = min(block.top for block in row), max(block.bottom for block in row)
    below = beside = 0.0
    for column in {i for block in row for i in block.columns}:
        held = [block for block in row if column in block.columns]
        first, last = min(block.top for block in held), max(block.bottom for block in held)
        below += first - top
        beside += abs(first + last - top - bottom) / 2
    return _gaps(bands) + min(below, beside + 1)


def _gaps(bands: Sequence[_Band]) -> float:
    """How far bands stand apart in all."""
    return sum(min(block.top for block in below) - max(block.bottom for block in above) for above, below in pairwise(bands))


def _subrows(band: _Band, width: int) -> list[Row]:
    """The rows that cells side by side make: as many as two columns agree on."""
    top, bottom = min(block.top for block in band), max(block.bottom for block in band)
    columns = [sorted((block for block in band if i in block.columns), key=lambda block: block.top) for i in range(width)]
    for count in sorted({len(column) for column in columns if len(column) > 1}, reverse=True):
        finest = [column for column in columns if len(column) == count]
        rows = [(min(column[i].top for column in finest), max(column[i].bottom for column in finest)) for i in range(count)]
        late = any(len(column) == 1 and column[0].top > rows[-1][0] - INK for column in columns)
        if len(finest) + late > 1 and all(a[1] < b[0] for a, b in pairwise(rows)):
            return [(top, rows[0][1]), *rows[1:-1], (rows[-1][0], bottom)]
    return [(top, bottom)]
