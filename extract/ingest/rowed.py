"""The rows of tables without rules: which lines of a column are one cell, and where rows are divided, told by the space between lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.ingest.banded import FULL, INK, REACH, Block, Row, rows_of_blocks
from extract.ingest.geometry import Run
from extract.ingest.gridlines import GridCell

_SAME = 0.3
"""Of a character's width, how far the middles of runs on one line may lie apart."""
_HANGING = 0.8
"""Of its height, what the Han characters of a run with others take; where they seem to take less, their width is not known."""
_SHORT = 1.2
"""Characters for which a line that was wrapped may leave room."""
_NARROW = 2.0
_WIDER = 1.08
"""Times the distance of two lines of a cell, the least of two that stand in different ones."""
_INDEXED = 1.25
"""The same of a full line and the next, where an index in one of them may push them apart."""
_INDEX = re.compile(r"[A-Za-z]\d")
_LEAST_PITCH, _MOST_PITCH = 0.8, 3.0
"""Of a character's width, the distance of two lines of a cell."""
_TALLER = 1.5
"""Times the distance of lines of figures, that of others, at most."""
_ONE_PITCH = 1.1
"""Times the least distance of two lines of a cell, the largest: places are rounded."""
_MOST_WHOLE, _LEAST_ROWS = 2, 3
_WRAPPED, _WRAPPED_PART = 2.2, 0.35
"""Characters, and of the widest line of a column, for which one that was wrapped leaves room at most."""
_MOST_FULL = 0.7
"""Of the lines with another below them, those that are full where they were wrapped; the others end paragraphs."""
_CENTRED = 0.4
"""Of a character's width, how far a text may lie from the middle of the rows that its cell covers."""
_BOX = 1.25
"""Times its width, the height of a Han character's box in most fonts."""


class Text(NamedTuple):
    """Runs on one line."""

    at: float
    runs: list[Run]

    @property
    def width(self) -> float:
        return self.runs[-1].x1 - self.runs[0].x0


def size_of(runs: Sequence[Run]) -> float:
    """The width of a Han character in runs."""
    return median([run.em or (run.bottom - run.top) / _BOX for run in runs])


def middle(line: Sequence[Run]) -> float:
    """The height of the middle of a line, told by its Han characters: figures may be of another font."""
    return median([(run.top + run.bottom) / 2 for run in line if run.em] or [(run.top + run.bottom) / 2 for run in line])


def levelled(runs: Sequence[Run]) -> list[Run]:
    """Runs without what hangs below the Han characters in them: figures of another font, indices."""
    told = [(run.bottom - run.top) / run.em for run in runs if run.em]
    high = median(told) if told else 0.0
    return [
        run._replace(bottom=run.top + high * run.em) if _HANGING * (run.bottom - run.top) < high * run.em < run.bottom - run.top else run
        for run in runs
    ]


def _is_han(text: Text) -> bool:
    return any(run.em for run in text.runs)


def texts_of(runs: Sequence[Run]) -> list[Text]:
    """Runs by the line they stand on, from the top down, each from left to right."""
    lines: list[list[Run]] = []
    at = 0.0
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        here = (run.top + run.bottom) / 2
        if lines and here - at < _SAME * (run.em or (run.bottom - run.top) / _BOX):
            lines[-1].append(run)
        else:
            lines.append([run])
            at = here
    return [Text(middle(line), sorted(line, key=lambda run: run.x0)) for line in lines]


def row_heights(runs: Sequence[Run], xs: Sequence[float], *, goes_on: bool) -> tuple[float, ...]:
    """Where the rows of a table without a head are divided, in which no cell is merged. xs: where its columns are divided.   goes_on: whether it
    may begin with the rest of a row."""
    size = size_of(runs)
    _, rows = _Columns(_in_columns(runs, xs, size)[0], size, headed=False, goes_on=goes_on).divided([])
    return _between(rows)


def _between(rows: Sequence[Row]) -> tuple[float, ...]:
    """Where rows are divided; nothing where there are none."""
    return () if not rows else (rows[0][0] - 1, *((a[1] + b[0]) / 2 for a, b in pairwise(rows)), rows[-1][1] + 1)


def cells_of(
    runs: Sequence[Run], xs: Sequence[float], alone: Sequence[Sequence[Run]], head: float = 0.0
) -> tuple[tuple[float, ...], tuple[GridCell, ...]]:
    """Where the rows of a table are divided, and its cells. xs: where its columns are divided.   alone: lines that are a row each.   head: where
    its head ends."""
    size, width = size_of(runs), len(xs) - 1
    columns, across = _in_columns(runs, xs, size)
    sections = [_block(0, width - 1, texts_of(line), size) for line in alone]
    wide = [_block(first, last, [line], size) for first, last, line in across]
    blocks, rows = _Columns(columns, size, headed=head > 0, goes_on=not head).divided([*wide, *sections])
    while (
        len(rows) > 1 and 2 * len({i for block in (*sections, *wide, *blocks) if block.bottom > rows[-1][0] for i in block.columns}) < width
    ):
        rows.pop()  # what stands below a table
    ys = _between(rows)
    shown = [block for block in (*sections, *wide, *blocks) if block.middle < ys[-1]]
    return ys, tuple(_cells(_spans(shown, rows, ys, xs, size, head), len(rows), width))


_Across = tuple[int, int, Text]


def _in_columns(runs: Sequence[Run], xs: Sequence[float], size: float) -> tuple[list[list[Text]], list[_Across]]:
    """The lines of each column, and the texts that stand in several, with the first and last of these."""
    held: list[list[Run]] = [[] for _ in xs[1:]]
    wide: dict[tuple[int, int], list[Run]] = {}
    slack = 0.2 * size
    for run in runs:
        over = [i for i, (a, b) in enumerate(pairwise(xs)) if run.x0 < b - slack and run.x1 > a + slack]
        if len(over) == 1:
            held[over[0]].append(run)
        elif over:
            wide.setdefault((over[0], over[-1]), []).append(run)
    return [texts_of(column) for column in held], [(*place, text) for place, group in wide.items() for text in texts_of(group)]


class _Columns:
    """The lines of a table, column by column."""

    def __init__(self, columns: Sequence[Sequence[Text]], size: float, *, headed: bool, goes_on: bool) -> None:
        self._columns, self._size, self._headed, self._goes_on = columns, size, headed, goes_on
        self._heights = sorted(text.at for column in columns for text in column)

    def divided(self, others: Sequence[Block]) -> tuple[list[Block], list[Row]]:
        """The cells of the columns, and the rows that they make with others: cells are told by the space between their lines; where rows
        stand no further apart than the lines of a cell, each is a line or is told by the texts of its first column."""
        pitch = self._pitch()
        ways = [(pitch, self._holds_many), (0.0, self._is_thin)] if pitch else [(0.0, self._is_thin)]
        for distance, is_wrong in ways:
            blocks = [block for i, lines in enumerate(self._columns) for block in _blocks(i, lines, distance, [], self._size)]
            rows = self._rows([*blocks, *others])
            if not (is_wrong(rows) or (distance and self._joins(blocks, rows))):
                return blocks, rows
        cuts = self._cuts(pitch)
        blocks = [block for i, lines in enumerate(self._columns) for block in _blocks(i, lines, pitch, cuts, self._size)]
        return blocks, self._rows([*blocks, *others])

    def _rows(self, blocks: Sequence[Block]) -> list[Row]:
        return rows_of_blocks(blocks, len(self._columns), self._size, headed=self._headed, goes_on=self._goes_on)

    def _holds_many(self, rows: Sequence[Row]) -> bool:
        """Whether there are hardly any rows, or one holds more lines that fill most columns than one that is wrapped in all of them has; and
        nothing tells that these lines were wrapped."""
        whole = [line.at for line in texts_of([run for column in self._columns for text in column for run in text.runs])]
        whole = [at for at in whole if self._beside(at) >= FULL * len(self._columns)]
        held = max(bisect_left(whole, bottom) - bisect_left(whole, top) for top, bottom in rows)
        return (held > _MOST_WHOLE or len(rows) < _LEAST_ROWS) and not self._are_wrapped(rows)

    def _are_wrapped(self, rows: Sequence[Row]) -> bool:
        """Whether most lines that have another below them in their cell are full."""
        tops = [top for top, _ in rows]
        full = count = 0
        for column in self._columns:
            widest = max((text.width for text in column), default=0.0)
            slack = min(_WRAPPED * self._size, _WRAPPED_PART * widest)
            for above, below in pairwise(column):
                if bisect_right(tops, above.at) == bisect_right(tops, below.at):
                    count += 1
                    full += above.width > widest - slack
        return full > _MOST_FULL * count

    def _joins(self, blocks: Sequence[Block], rows: Sequence[Row]) -> bool:
        """Whether a text fills several rows from the first to the last line, each of which the first column has a text of its own for."""
        tops, bottoms = [top for top, _ in rows], [bottom for _, bottom in rows]
        lead = [block.middle for block in blocks if block.first == 0]
        slack = _SAME * self._size
        for block in blocks:
            first, last = bisect_right(tops, block.top + slack) - 1, bisect_left(bottoms, block.bottom - slack)
            if block.first and 0 <= first < last < len(rows) and abs(block.top - tops[first]) + abs(block.bottom - bottoms[last]) < slack:
                inside = bisect_left(lead, bottoms[last]) - bisect_left(lead, tops[first])
                if inside > last - first:
                    return True
        return False

    def _is_thin(self, rows: Sequence[Row]) -> bool:
        """Whether many rows fill few columns."""
        filled = [sum(1 for column in self._columns if any(top < text.at < bottom for text in column)) for top, bottom in rows]
        return 4 * sum(1 for count in filled if 2 * count < len(self._columns)) > len(rows)

    def _cuts(self, pitch: float) -> list[float]:
        """Where rows begin that the texts of the first column tell: they stand at the top of their rows, or in the middle."""
        leads = [text.at for text in self._columns[0]][1:]
        body = [at for at in self._heights if leads and at > self._columns[0][0].at + _SAME * self._size]
        if not body:
            return []
        cuts = [body[0] - pitch / 2]
        if leads[0] < body[0] + _SAME * self._size:
            return [at - pitch / 2 for at in leads]
        for lead in leads:
            cuts.append(2 * lead - cuts[-1])
        return cuts if all(a < b for a, b in pairwise(cuts)) else []

    def _pitch(self) -> float:
        """The distance of two lines of a cell, told by those that were wrapped: the upper one is full, and beside the lower one some columns
        are empty; 0 where none was."""
        least = max(2, FULL * len(self._columns))
        found: dict[bool, list[float]] = {True: [], False: []}
        for column in self._columns:
            left, right = min((t.runs[0].x0 for t in column), default=0.0), max((t.runs[-1].x1 for t in column), default=0.0)
            for above, below in pairwise(column) if right - left > _NARROW * self._size else ():
                full = above.runs[-1].x1 > right - _SHORT * self._size
                if full and self._beside(below.at) < least and _LEAST_PITCH * self._size < below.at - above.at < _MOST_PITCH * self._size:
                    found[_is_han(above) and _is_han(below)].append(below.at - above.at)
        told = found[True] or found[False]
        if found[True] and found[False] and min(found[True]) > _TALLER * min(found[False]):
            told = found[False]  # lines of figures are lower, of another font, but not by that much
        return max((pitch for pitch in told if pitch < _ONE_PITCH * min(told)), default=0.0)

    def _beside(self, at: float) -> int:
        """How many columns have a line at a height."""
        slack = _SAME * self._size
        return bisect_left(self._heights, at + slack) - bisect_left(self._heights, at - slack)


def _block(first: int, last: int, lines: Sequence[Text], size: float) -> Block:
    x = (lines[0].runs[0].x0 + lines[0].runs[-1].x1) / 2
    return Block(first, last, lines[0].at - INK * size, lines[-1].at + INK * size, x)


def _blocks(column: int, lines: Sequence[Text], pitch: float, cuts: Sequence[float], size: float) -> Iterator[Block]:
    """The cells of a column as far as the space between its lines, or places where all are cut, tell them."""
    cell: list[Text] = []
    right = max((line.runs[-1].x1 for line in lines), default=0.0)
    for line in lines:
        is_pushed = (
            cell and cell[-1].runs[-1].x1 > right - _SHORT * size and any(_INDEX.search(run.text) for run in (*cell[-1].runs, *line.runs))
        )
        apart = cell and line.at - cell[-1].at > max((_INDEXED if is_pushed else _WIDER) * pitch, pitch + 1)
        if apart or (cell and bisect_left(cuts, cell[-1].at) < bisect_left(cuts, line.at)):
            yield _block(column, column, cell, size)
            cell = []
        cell.append(line)
    if cell:
        yield _block(column, column, cell, size)


_Span = tuple[int, int]
"""The first and last row of a cell."""
_Spans = dict[Block, _Span]


def _spans(blocks: Sequence[Block], rows: Sequence[Row], ys: Sequence[float], xs: Sequence[float], size: float, head: float) -> _Spans:
    """The rows that each cell covers: those that it reaches over, and those around it that a merged cell has, up to the head or a row of
    one cell."""
    found: _Spans = {}
    for block in blocks:
        over = [i for i, (top, bottom) in enumerate(pairwise(ys)) if min(block.bottom, bottom) - max(block.top, top) > REACH * size]
        if over:
            found[block] = over[0], over[-1]
    found = _with_wide_heads(found, xs)
    alone = [span for block, span in found.items() if len(block.columns) == len(xs) - 1]
    body = bisect_left([top for top, _ in rows], head - 1)
    edges = sorted({0, body, *(first for first, _ in alone), *(last + 1 for _, last in alone), len(rows)})
    for start, end in pairwise(edges):
        found |= _merged(found, (start, end - 1), rows, len(xs) - 1, size)
    return found


def _merged(spans: _Spans, part: _Span, rows: Sequence[Row], width: int, size: float) -> _Spans:
    """The cells of some rows, of which those that are merged over several cover all of theirs."""
    found: _Spans = {**spans}
    lead = _column(found, 0, part)
    tiled = _tiled(lead, part, rows, size)
    found |= tiled or _lengthened(lead, part[1], rows, size)
    for block in lead:
        group = found[block]
        for column in range(block.last + 1, width) if group[0] < group[1] else ():
            inside = _column(found, column, group)
            found |= _tiled(inside, group, rows, size) or ({} if tiled else _lengthened(inside, group[1], rows, size))
    return found


def _with_wide_heads(spans: _Spans, xs: Sequence[float]) -> _Spans:
    """The cells of a head of two lines, of which those that head several columns reach over all that have nothing else above them."""
    owners = {column: block for block, (first, _) in spans.items() if not first for column in block.columns}
    if not any(spans[block] == (0, 1) for block in owners.values()):
        return spans
    wider: dict[Block, list[int]] = {block: [*block.columns] for block in owners.values() if spans[block] == (0, 0)}
    for column in range(len(xs) - 1):
        if column not in owners and wider:
            middle_x = (xs[column] + xs[column + 1]) / 2
            wider[min(wider, key=lambda block: abs(block.x - middle_x))].append(column)
    places = {block: block._replace(first=min(columns), last=max(columns)) for block, columns in wider.items()}
    return {places.get(block, block): span for block, span in spans.items()}


def _column(spans: _Spans, column: int, rows: _Span) -> _Spans:
    """The cells of a column that stand in some rows, from the top down."""
    inside = [(block, span) for block, span in spans.items() if column in block.columns and rows[0] <= span[0] and span[1] <= rows[1]]
    return dict(sorted(inside, key=lambda item: item[1]))


def _tiled(cells: _Spans, whole: _Span, rows: Sequence[Row], size: float) -> _Spans:
    """The rows of merged cells that fill a column, each in the middle of its own, the last, which a page end may cut, perhaps at their top;
    nothing where they do not."""
    ends: dict[int, list[_Span]] = {whole[0] - 1: []}
    befores = [*cells.values()]
    for k, (block, (first, last)) in enumerate(cells.items()):
        limit = befores[k + 1][0] - 1 if k + 1 < len(befores) else whole[1]
        ends = {
            end: [*spans, (before + 1, end)]
            for before, spans in ends.items()
            for end in range(last, limit + 1)
            if before < first
            and (
                _is_centred(block, rows[before + 1], rows[end], size)
                or (k and end == whole[1] and _is_at_top(block, rows[before + 1], size))
            )
        }
    return dict(zip(cells, ends.get(whole[1], ()), strict=False)) if cells else {}


def _is_centred(block: Block, first: Row, last: Row, size: float) -> bool:
    return abs(block.middle - (first[0] + last[1]) / 2) < _CENTRED * size


def _is_at_top(block: Block, row: Row, size: float) -> bool:
    return abs(block.top - row[0]) < _CENTRED * size


def _lengthened(cells: _Spans, last: int, rows: Sequence[Row], size: float) -> _Spans:
    """The same for cells whose text stands at the top of their rows."""
    ends = [*[first - 1 for first, _ in cells.values()][1:], last]
    return {
        block: (first, max(end, stop))
        for (block, (first, end)), stop in zip(cells.items(), ends, strict=False)
        if _is_at_top(block, rows[first], size)
    }


def _cells(spans: _Spans, count: int, width: int) -> Iterator[GridCell]:
    """The cells, with empty ones where nothing stands."""
    owner: dict[tuple[int, int], int] = {}
    for k, (block, (first, last)) in enumerate(spans.items()):
        for row in range(first, last + 1):
            for column in block.columns:
                owner.setdefault((row, column), k)
    taken: set[tuple[int, int]] = set()
    for row in range(count):
        for column in range(width):
            if (row, column) in taken:
                continue
            k = owner.get((row, column), -1)
            high = wide = 1
            while k >= 0 and owner.get((row, column + wide)) == k:
                wide += 1
            while k >= 0 and all(owner.get((row + high, c)) == k for c in range(column, column + wide)):
                high += 1
            taken.update((r, c) for r in range(row, row + high) for c in range(column, column + wide))
            yield GridCell(row, column, high, wide)
