"""Ruled tables: from the lines drawn on a page to grids of cells, merged ones with their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.ingest.geometry import Rule, Run

_SNAP = 2.5
"""Points by which two rules may differ and still be one: the two edges of a drawn line, rules of neighbouring cells."""
_TOUCH = 3.5
"""Points by which two rules may fail to meet."""
_LEAST = 6.0
"""Points below which a rule divides nothing."""
_LEAST_CUT = 4
"""Upright rules side by side that are a row without upper and lower edge."""
_MOST_RULES = 6000
"""Rules on a page, after those in line are joined, beyond which it is a drawing."""
_MOST_GRIDS = 60
"""Tables on a page, the largest first."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled table: where it begins and how many rows and columns it takes."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: where its columns and rows are divided, and its cells row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open: frozenset[int] = frozenset()
    """The columns below which no rule is drawn."""

    def cell_at(self) -> dict[tuple[int, int], int]:
        """The index of the cell that covers each row and column."""
        return {
            (row, column): i
            for i, cell in enumerate(self.cells)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of a point, or None where it lies outside."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1


@dataclass(frozen=True, slots=True)
class _Track:
    """All rules at one height (or one distance from the left) that are in line, as disjoint stretches in order."""

    at: float
    stretches: tuple[tuple[float, float], ...]

    def covers(self, place: float) -> bool:
        return any(start <= place <= end for start, end in self.stretches)


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that rules form, from the top down; frames, underlines and drawings are none."""
    across = _tracks([(r.y0, min(r.x0, r.x1), max(r.x0, r.x1)) for r in rules if abs(r.y0 - r.y1) <= abs(r.x0 - r.x1)])
    down = _tracks([(r.x0, min(r.y0, r.y1), max(r.y0, r.y1)) for r in rules if abs(r.y0 - r.y1) > abs(r.x0 - r.x1)])
    if not down:
        return []
    flat = [(track.at, start, end) for track in across for start, end in track.stretches]
    steep = [(track.at, start, end) for track in down for start, end in track.stretches]
    flat += _ends_of_cut_rows(flat, steep)
    if len(flat) + len(steep) > _MOST_RULES or len(flat) * len(steep) > _MOST_RULES * 100:
        return []
    grids = [grid for group in _connected(flat, steep) if (grid := _grid(*group)) is not None]
    grids.sort(key=lambda grid: (grid.ys[0] - grid.ys[-1]) * (grid.xs[-1] - grid.xs[0]))
    outer: list[Grid] = []
    for grid in grids[:_MOST_GRIDS]:
        if not any(_inside(grid, other) for other in outer):
            outer.append(grid)
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def lengthened(grid: Grid, runs: Sequence[Run]) -> Grid:
    """A table with the lines right below it that stand in columns without a rule below them: some programs draw the rules beside a row that a
    page end cuts no longer than the shortest of its cells."""
    bottom = grid.ys[-1]
    below = sorted((run for run in runs if (run.top + run.bottom) / 2 > bottom), key=lambda run: run.top) if grid.open else []
    for run in below:
        column = bisect_right(grid.xs, run.x0 + _SNAP) - 1
        if run.top - bottom > run.bottom - run.top or column not in grid.open or run.x1 > grid.xs[column + 1] + _SNAP:
            break
        bottom = max(bottom, run.bottom)
    return replace(grid, ys=(*grid.ys[:-1], bottom)) if below else grid


def _inside(grid: Grid, other: Grid) -> bool:
    x, y = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
    return other.place(x, y) is not None


def _tracks(rules: list[tuple[float, float, float]]) -> list[_Track]:
    """Rules joined where they are in line and touch or overlap."""
    rules = sorted(rule for rule in rules)
    clusters: list[list[tuple[float, float, float]]] = []
    for rule in rules:
        if clusters and rule[0] - clusters[-1][0][0] <= _SNAP:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    tracks = []
    for cluster in clusters:
        joined: list[list[float]] = []
        for _, start, end in sorted(cluster, key=lambda rule: rule[1]):
            if joined and start - joined[-1][1] <= _TOUCH:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        stretches = tuple((start, end) for start, end in joined if end - start >= _LEAST)
        if stretches:
            tracks.append(_Track(sum(rule[0] for rule in cluster) / len(cluster), stretches))
    return tracks


_Stretches = list[tuple[float, float, float]]


def _ends_of_cut_rows(flat: _Stretches, steep: _Stretches) -> _Stretches:
    """The upper and lower edges of rows that both page ends cut, so that only the rules between their cells are drawn."""
    groups: dict[tuple[int, int], _Stretches] = defaultdict(list)
    for x, top, bottom in steep:
        groups[round(top / _TOUCH), round(bottom / _TOUCH)].append((x, top, bottom))
    found: _Stretches = []
    for group in groups.values():
        left, right = group[0][0], group[-1][0]
        top, bottom = group[0][1:]
        if len(group) >= _LEAST_CUT and not any(
            top - _TOUCH <= y <= bottom + _TOUCH and start <= right and end >= left for y, start, end in flat
        ):
            found += [(top, left, right), (bottom, left, right)]
    return found


def _connected(flat: _Stretches, steep: _Stretches) -> list[tuple[_Stretches, _Stretches]]:
    """Groups of rules that meet one another."""
    parent = list(range(len(flat) + len(steep)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, (y, left, right) in enumerate(flat):
        for j, (x, top, bottom) in enumerate(steep, len(flat)):
            if left - _TOUCH <= x <= right + _TOUCH and top - _TOUCH <= y <= bottom + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[_Stretches, _Stretches]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate([*flat, *steep]):
        groups[root(i)][i >= len(flat)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(flat: _Stretches, steep: _Stretches) -> Grid | None:
    """The grid of rules that meet; its outer edges are there even where none is drawn (tables open at the sides)."""
    across, down = _tracks(flat), _tracks(steep)
    xs = _edges([track.at for track in down], min(start for _, start, _ in flat), max(end for _, _, end in flat))
    ys = _edges([track.at for track in across], min(start for _, start, _ in steep), max(end for _, _, end in steep))
    if len(xs) < 3 or len(ys) < 2:
        return None
    right = _barriers(xs, ys, down)
    below = _barriers(ys, xs, across)
    cells = _merge(len(ys) - 1, len(xs) - 1, right, below)
    undrawn = frozenset(column for column in range(len(xs) - 1) if (len(ys) - 1, column) not in below)
    return Grid(tuple(xs), tuple(ys), tuple(cells), undrawn) if len(cells) > 1 else None


def _edges(found: list[float], first: float, last: float) -> list[float]:
    edges = sorted(found)
    if first < edges[0] - 2 * _LEAST:
        edges.insert(0, first)
    if last > edges[-1] + 2 * _LEAST:
        edges.append(last)
    return edges


def _barriers(edges: list[float], others: list[float], tracks: list[_Track]) -> set[tuple[int, int]]:
    """For each inner edge (by its index) and each stretch between two of the other edges, whether a rule stands there."""
    by_place = {track.at: track for track in tracks}
    middles = [(a + b) / 2 for a, b in pairwise(others)]
    return {
        (i, j)
        for i, edge in enumerate(edges)
        if (track := by_place.get(edge)) is not None
        for j, middle in enumerate(middles)
        if track.covers(middle)
    }


def _merge(rows: int, columns: int, right: set[tuple[int, int]], below: set[tuple[int, int]]) -> list[GridCell]:
    """Cells from units between which no rule stands. What is no rectangle keeps the rectangle that begins at its first unit."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and (column + wide, row) not in right and (row, column + wide) not in taken:
                wide += 1
            high = 1
            while row + high < rows and all(
                (row + high, c) not in below and (c == column or (c, row + high) not in right) and (row + high, c) not in taken
                for c in range(column, column + wide)
            ):
                high += 1
            taken.update((r, c) for r in range(row, row + high) for c in range(column, column + wide))
            cells.append(GridCell(row, column, high, wide))
    return cells
