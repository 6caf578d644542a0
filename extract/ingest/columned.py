"""Tables ruled across only: the upright rules that their columns would have, told by the space that runs down between texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from extract.ingest.geometry import Rule, Run, rows_of
from extract.ingest.rowed import cells_of

_SAME = 4.0
"""Points by which rules of one table may differ in length."""
_LEAST_RULES = 3
_MOST_RULES = 2000
"""Level rules on a page, cell by cell, beyond which it is a drawing."""
_MOST_TABLES = 20
_LEAST_COLUMNS = 3
_LEAST_SPACE = 0.25
"""Of a line's height, the least space between two columns."""
_MOST_CROSSING = 0.2
"""Of the rows, how many may have text across the space between two columns: merged cells, heads of several columns."""
_FAR = 1.5
"""Of a line's height, the gap beyond which what stands above or below a table is no part of it."""
_SHORTEST = 100.0
"""Points of the narrowest table."""
_MOST_FRAMES = 3
"""Bands of a table of which not every row is ruled: its head, of two lines at most, and all its rows."""
_MOST_LINES = 2
_WIDE = 0.6
"""Of a table's width, that of lines of text across its columns; where more than two stand in a row, a table has ended and prose begun."""

Band = tuple[float, float, list[Run]]
"""What stands between two rules: where that is, and its runs."""


class _Stack(NamedTuple):
    """Level rules of a table: where they begin and end, at which heights they and shorter ones between them stand, and where all are divided."""

    left: float
    right: float
    heights: list[float]
    divisions: list[float]


def missing_rules(rules: Sequence[Rule], runs: Sequence[Run], *, goes_on: bool) -> list[Rule]:
    """The upright rules of tables that are ruled across only, and the level ones above and below their rows that a page end cuts; none beside
    upright rules that are drawn. goes_on: whether the page before ends with a table."""
    level = [rule for rule in rules if rule.y0 == rule.y1]
    if not _LEAST_RULES <= len(level) <= _MOST_RULES:
        return []
    steep = [rule for rule in rules if rule.x0 == rule.x1]
    found: list[Rule] = []
    for stack in islice(_stacks(level), _MOST_TABLES):
        left, right, heights, _ = stack
        if any(left - _SAME < rule.x0 < right + _SAME and rule.y0 < heights[-1] and rule.y1 > heights[0] for rule in steep):
            continue
        ends = sorted({x for rule in level if heights[0] <= rule.y0 <= heights[-1] for x in (rule.x0, rule.x1)})
        for bands in _tables(_bands(heights, left, right, runs), right - left):
            table = _Table(bands, stack, ends)
            bands = table.lengthened(rows_of(runs), goes_on=goes_on) if table.divisions else []
            if bands and not table.is_framed(bands):
                found += [Rule(left, y, right, y) for y in (bands[0][0], bands[-1][1])]
                found += table.upright(bands)
    return found


def _stacks(level: Sequence[Rule]) -> Iterator[_Stack]:
    """Rules of one length, one below the other. Where all are drawn cell by cell, two are enough."""
    joined: dict[int, list[float]] = defaultdict(list)
    for rule in level:
        joined[round(rule.y0)] += (rule.x0, rule.x1)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for y, ends in sorted(joined.items()):
        if max(ends) - min(ends) > _SHORTEST:
            groups[round(min(ends) / _SAME), round(max(ends) / _SAME)].append(y)
    for whole in groups.values():
        left, right = min(joined[whole[0]]), max(joined[whole[0]])
        shared = set.intersection(*({round(x) for x in joined[y]} for y in whole))
        divisions = sorted(x for x in shared if left + _SAME < x < right - _SAME)
        if len(whole) >= _LEAST_RULES or (len(whole) > 1 and len(divisions) >= _LEAST_COLUMNS - 1):
            edges = [left, right, *divisions]
            inside = [y for y, ends in joined.items() if all(any(abs(x - edge) < _SAME for edge in edges) for x in ends)]
            inside += [
                y for y, ends in joined.items() if whole[0] <= y <= whole[-1] and min(ends) > left - _SAME and max(ends) < right + _SAME
            ]
            yield _Stack(left, right, [float(y) for y in sorted({*inside})], [float(x) for x in divisions])


def _bands(heights: Sequence[float], left: float, right: float, runs: Sequence[Run]) -> list[Band]:
    bands: list[Band] = [(top, bottom, []) for top, bottom in pairwise(heights)]
    for run in runs:
        at = bisect_right(heights, (run.top + run.bottom) / 2) - 1
        if 0 <= at < len(bands) and run.x0 > left - _SAME and run.x1 < right + _SAME:
            bands[at][2].append(run)
    return bands


def _tables(bands: Sequence[Band], width: float) -> Iterator[list[Band]]:
    """The bands of each table: prose between rules of one length parts two."""
    table: list[Band] = []
    for band in bands:
        if _is_prose(band[2], width):
            yield table
            table = []
        else:
            table.append(band)
    yield table


def _is_prose(runs: Sequence[Run], width: float) -> bool:
    lines = [_segments(row) for row in rows_of(runs)]
    return sum(1 for line in lines if len(line) == 1 and line[0][1] - line[0][0] > _WIDE * width) > _MOST_LINES


def _segments(row: Sequence[Run]) -> list[tuple[float, float]]:
    """The stretches of a line that text covers without a gap."""
    found = [(row[0].x0, row[0].x1)]
    for run in row[1:]:
        if run.x0 - found[-1][1] > _LEAST_SPACE * (run.bottom - run.top):
            found.append((run.x0, run.x1))
        else:
            found[-1] = found[-1][0], max(found[-1][1], run.x1)
    return found


class _Table:
    """A table between level rules. divisions: those between its columns, none where it has too few to be one."""

    def __init__(self, bands: list[Band], stack: _Stack, ends: Sequence[float]) -> None:
        self._bands, self._left, self._right = bands, stack.left, stack.right
        told = [] if stack.divisions else self._told(ends)
        self.divisions = (stack.divisions or told) if bands else []

    def is_framed(self, bands: Sequence[Band]) -> bool:
        """Whether rules stand above its head, below it and at its end only, so that its rows are to be told by the space between them."""
        if len(bands) > _MOST_FRAMES:
            return False
        xs = (self._left, *self.divisions, self._right)
        return any(len(runs) > len(xs) and len(cells_of(runs, xs, ())[0]) > 2 for _, _, runs in bands[1:])

    def _told(self, ends: Sequence[float]) -> list[float]:
        """The divisions that the space between texts tells, at the end of a rule where one ends there."""
        parted = [stretches for _, _, runs in self._bands if len(stretches := _covered(runs)) > 1]
        spaces = _spaces(parted, self._left, self._right)
        if len(spaces) < _LEAST_COLUMNS - 1 or len(parted) < 2:
            return []
        found = []
        for start, end in spaces:
            drawn = ends[bisect_left(ends, start - 1) : bisect_right(ends, end + 1)]
            found.append(min([*drawn, (start + end) / 2], key=lambda x: sum(1 for stretches in parted if _crosses(stretches, x))))
        return found

    def upright(self, bands: Sequence[Band]) -> list[Rule]:
        """Its upright rules; one that text crosses is left out in that band."""
        found = [Rule(x, bands[0][0], x, bands[-1][1]) for x in (self._left, self._right)]
        for top, bottom, runs in bands:
            stretches = _covered(runs)
            if len(stretches) > 1 or (stretches and stretches[0][0] > self.divisions[0]):  # a lone text at the left heads a part of it
                found += [Rule(x, top, x, bottom) for x in self.divisions if not _crosses(stretches, x)]
        return found

    def lengthened(self, rows: Sequence[list[Run]], *, goes_on: bool) -> list[Band]:
        """Its bands with what a page end cut of its first or last row: the lines in its columns right above or below it, with nothing else
        between them and the page end."""
        bands = list(self._bands)
        over = [row for row in rows if row[0].bottom <= bands[0][0]][::-1]
        under = [row for row in rows if row[0].top >= bands[-1][1]]
        above = self._rest(over, bands[0][0]) if goes_on else []
        below = self._rest(under, bands[-1][1])
        if above:
            runs = [run for row in above for run in row]
            bands.insert(0, (min(run.top for run in runs) - 1, bands[0][0], runs))
        if below and len(_segments(below[0])) > 1:
            runs = [run for row in below for run in row]
            bands.append((bands[-1][1], max(run.bottom for run in runs) + 1, runs))
        return bands

    def _rest(self, rows: Sequence[list[Run]], edge: float) -> list[list[Run]]:
        found: list[list[Run]] = []
        for row in rows:
            high = row[0].bottom - row[0].top
            if min(abs(row[0].top - edge), abs(row[0].bottom - edge)) > _FAR * high:
                break
            outside = row[0].x0 < self._left - _SAME or row[-1].x1 > self._right + _SAME
            if outside or any(_crosses(_segments(row), x) for x in self.divisions):
                return []
            found.append(row)
            edge = row[0].top if row[0].bottom <= edge else row[0].bottom
        return found


def _crosses(stretches: Sequence[tuple[float, float]], x: float) -> bool:
    return any(start < x < end for start, end in stretches)


def _covered(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """The stretches of the page's width that text covers, whatever its line."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(stretch for row in rows_of(runs) for stretch in _segments(row)):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _spaces(bands: Sequence[list[tuple[float, float]]], left: float, right: float) -> list[tuple[float, float]]:
    """Where hardly any band has text, between columns of which each has some."""
    steps = sorted([(start, 1) for band in bands for start, _ in band] + [(end, -1) for band in bands for _, end in band])
    allowed = int(_MOST_CROSSING * len(bands))
    depth, since = 0, left
    spaces: list[tuple[float, float]] = []
    for x, step in steps:
        before, depth = depth, depth + step
        if before <= allowed < depth and x > since:
            spaces.append((since, x))
        elif depth <= allowed < before:
            since = x
    return [(a, b) for a, b in spaces if a > left + _SAME and b < right - _SAME]
