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


def rows_of_blocks(blocks: Iterable[Block], width: int, size: float) -> list[Row]:
    """The rows: what no space parts that all columns share, and the cells that most columns have beside merged ones."""
    bands: list[_Band] = []
    bottom = float("-inf")
    for block in sorted(blocks, key=lambda block: block.top):
        if not bands or block.top >= bottom - 0.1 * size:
            bands.append([])
        bands[-1].append(block)
        bottom = max(bottom, block.bottom)
    rows = [(row, band) for band in _gathered(bands, width) for row in _subrows(band, width)]
    filled = [
        {i for block in band if min(block.bottom, bottom) - max(block.top, top) > REACH * size for i in block.columns}
        for (top, bottom), band in rows
    ]
    return [row for i, (row, _) in enumerate(rows) if not _is_between(filled, i)]


def _is_between(filled: Sequence[set[int]], i: int) -> bool:
    """Whether what stands between two rows is merged over both: they have nothing else in its columns."""
    return 0 < i < len(filled) - 1 and not filled[i] & (filled[i - 1] | filled[i + 1]) and bool(filled[i - 1] & filled[i + 1])


def _gathered(bands: Sequence[_Band], width: int) -> list[_Band]:
    """The bands, where paragraphs that stand apart above and below the other cells of their row are one with it: each run of bands that hold
    but one of its cells is divided where both rows lie best, in the middle of their height or at its top."""
    filled = [{i for block in band for i in block.columns} for band in bands]
    head = next((i for i, columns in enumerate(filled) if len(columns) >= FULL * width), len(bands))
    least = max(2, _LEAST_FILLED * width)
    apart = {i for i in range(head + 1, len(bands)) if len(filled[i]) < least and 0 not in filled[i] and not _is_between(filled, i)}
    if not apart:
        return [*bands]
    whole = [i for i in range(len(bands)) if i not in apart]
    ways = [_divided(bands, whole, width, at) for at in (0.0, 0.5)]
    _, ends = min(ways)
    return [[block for band in bands[start:end] for block in band] for start, end in pairwise(ends)]


def _divided(bands: Sequence[_Band], whole: Sequence[int], width: int, at: float) -> tuple[float, list[int]]:
    """How far the cells of rows lie off the place they would have `at` of their height, and the band behind each row. whole: the bands
    that each row has one of."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for k, own in enumerate(whole):
        ends = range(own + 1, whole[k + 1] + 1) if k + 1 < len(whole) else [len(bands)]
        best = {
            end: min(
                (off + _off([b for band in bands[start:end] for b in band], end - start > 1, width, at), [*behind, end])
                for start, (off, behind) in best.items()
            )
            for end in ends
        }
    return best[len(bands)]


def _off(row: Sequence[Block], is_gathered: bool, width: int, at: float) -> float:
    """How far the cells of a row lie off the place they would have `at` of its height."""
    if is_gathered and any(len(block.columns) == width for block in row):
        return float("inf")
    top, bottom = min(block.top for block in row), max(block.bottom for block in row)
    off = 0.0
    for column in {i for block in row for i in block.columns}:
        held = [block for block in row if column in block.columns]
        first, last = min(block.top for block in held), max(block.bottom for block in held)
        off += abs((1 - at) * (first - top) + at * (last - bottom))
    return off


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
