"""Tables without rules: lines set out in columns under a head of short words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.ingest.geometry import Run
from extract.ingest.gridlines import Grid, GridCell
from extract.ingest.ruled import PrintedTable, table_of

_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_APART = 0.9
"""Of a line's height, the gap between two columns."""
_LONGEST_HEAD = 12
"""Characters of a column's head."""
_SHIFT = 2.0
"""Points by which a line may stand out of its column."""
_RUNNING_HEADS = 2
"""Lines above the rest of a table at the top of a page."""
_FAR = 2.5
"""Of a line's height, the gap to the next line beyond which the table has ended."""
_PROSE = re.compile(r"[，。；：！？\d]")
_FIGURE = re.compile(r"[\dⅠ-Ⅻ①-⑳]")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]")
_CLOSE = 0.9
"""Of a line's height, the gap between two lines of a head."""
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]?")


@dataclass(slots=True)
class _Column:
    """A stretch of the page's width, and what stands in it: one text for each row."""

    x0: float
    x1: float
    texts: list[str]


def aligned_tables(rows: Sequence[list[Run]], page: int) -> tuple[list[PrintedTable], list[list[Run]]]:
    """The tables that the rows of a page hold, and the rows outside them. Lists of names in columns are no tables: a column must count
    or hold figures."""
    tables: list[PrintedTable] = []
    rest: list[list[Run]] = []
    at = 0
    while at < len(rows):
        end, table = _table(rows, at, page) if len(rows[at]) >= _LEAST_COLUMNS else (at, None)
        if table is None:
            rest.append(rows[at])
            at += 1
        else:
            tables.append(table)
            at = end
    return tables, rest


def _segments(row: Sequence[Run]) -> list[list[Run]]:
    """Runs that stand close together, as one text each."""
    gap = _APART * max(run.bottom - run.top for run in row)
    found = [[row[0]]]
    for before, run in pairwise(row):
        if run.x0 - before.x1 > gap:
            found.append([run])
        else:
            found[-1].append(run)
    return found


def _table(rows: Sequence[list[Run]], at: int, page: int) -> tuple[int, PrintedTable | None]:
    """The table whose head stands at `at`, and the index of the row behind it."""
    head = _segments(rows[at])
    texts = ["".join(run.text for run in part) for part in head]
    if len(head) < _LEAST_COLUMNS or any(len(text) > _LONGEST_HEAD or _PROSE.search(text) for text in texts):
        return at, None
    columns = [_Column(part[0].x0, part[-1].x1, []) for part in head]
    body = at + 1
    while body < len(rows) and _is_head_too(rows[body - 1], rows[body], columns):
        body += 1
    end, starts = _extent(rows, body, columns, _bottom(rows[body - 1]))
    if len(starts) < _LEAST_ROWS or not any(map(_counts, columns)):
        return at, None
    edges = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    xs = (columns[0].x0 - 1, *edges, columns[-1].x1 + 1)
    return end, _made(rows[at:end], xs, [_top(rows[at]), *starts], page)


def _is_head_too(above: Sequence[Run], row: Sequence[Run], columns: list[_Column]) -> bool:
    """Whether a row right below a head is the second line of some of its cells."""
    near = _top(row) - _bottom(above) < _CLOSE * (_bottom(row) - _top(row))
    placed = _place(_segments(row), columns) if near else None
    if placed is None or 2 * len(placed) > len(columns) or not _goes_on(placed, columns):
        return False
    texts = ["".join(run.text for run in part) for part in placed.values()]
    return not any(len(text) > _LONGEST_HEAD or _PROSE.search(text) or _ORDINAL.fullmatch(text) for text in texts)


def _is_section(row: Sequence[Run], columns: list[_Column], following: Sequence[Run] | None) -> bool:
    """Whether a row only names the rows below it: one text at the left with a number in Han, and a row of the table behind it."""
    parts = _segments(row)
    named = len(parts) == 1 and abs(parts[0][0].x0 - columns[0].x0) < 2 * _SHIFT and _SECTION.match("".join(run.text for run in row))
    placed = _place(_segments(following), columns) if named and following else None
    return placed is not None and 0 in placed and 2 * len(placed) >= len(columns)


def continued_table(rows: Sequence[list[Run]], xs: tuple[float, ...], page: int) -> tuple[PrintedTable | None, list[list[Run]]]:
    """What goes on, at the top of a page, of a table with the divisions `xs` that ended the page before; and the rows outside it."""
    for at in range(min(len(rows), 1 + _RUNNING_HEADS)):
        columns = [_Column(a, b, []) for a, b in pairwise(xs)]
        top = _top(rows[at])
        end, starts = _extent(rows, at, columns, top)
        if any(sum(1 for column in columns if column.texts[i]) >= _LEAST_COLUMNS for i in range(len(starts))):
            return _made(rows[at:end], xs, starts if starts[0] == top else [top, *starts], page), [*rows[:at], *rows[end:]]
    return None, list(rows)


def _extent(rows: Sequence[list[Run]], at: int, columns: list[_Column], bottom: float) -> tuple[int, list[float]]:
    """Where the rows of a table that go on at `at` end, and the heights at which those begin that fill the first column; they are entered
    in the columns. `bottom`: where what stands above ends."""
    starts: list[float] = []
    end = at
    while end < len(rows) and _top(rows[end]) - bottom < _FAR * (_bottom(rows[end]) - _top(rows[end])):
        if _is_section(rows[end], columns, rows[end + 1] if end + 1 < len(rows) else None):
            starts.append(_top(rows[end]))
            for column in columns:
                column.texts.append("")
            bottom = _bottom(rows[end])
            end += 1
            continue
        placed = _place(_segments(rows[end]), columns)
        if placed is None:
            break
        opens = 0 in placed
        if 2 * len(placed) < len(columns) if opens else not _goes_on(placed, columns):
            break
        _grow(columns, placed, opens)
        if opens:
            starts.append(_top(rows[end]))
        bottom = _bottom(rows[end])
        end += 1
    return end, starts


def _goes_on(placed: dict[int, list[Run]], columns: list[_Column]) -> bool:
    """Whether lines below a row are the rest of its cells: they begin where those do, and end before the next column, or no further than what
    stands above them."""
    high = max(run.bottom - run.top for part in placed.values() for run in part)
    ends = [max(a.x1 + _SHIFT, b.x0 - _SHIFT) for a, b in pairwise(columns)] + [columns[-1].x1 + high]
    return all(part[0].x0 > columns[i].x0 - _SHIFT and part[-1].x1 < ends[i] for i, part in placed.items())


def _top(row: Sequence[Run]) -> float:
    return min(run.top for run in row)


def _bottom(row: Sequence[Run]) -> float:
    return max(run.bottom for run in row)


def _place(parts: list[list[Run]], columns: list[_Column]) -> dict[int, list[Run]] | None:
    """Each part by the index of its column; None where one belongs to none or to several."""
    placed: dict[int, list[Run]] = {}
    for part in parts:
        over = [i for i, column in enumerate(columns) if part[0].x0 < column.x1 and part[-1].x1 > column.x0]
        if len(over) != 1 or over[0] in placed:
            return None
        placed[over[0]] = part
    return placed


def _grow(columns: list[_Column], placed: dict[int, list[Run]], opens: bool) -> None:
    for i, column in enumerate(columns):
        part = placed.get(i)
        if opens:
            column.texts.append("")
        if part is not None:
            column.x0, column.x1 = min(column.x0, part[0].x0), max(column.x1, part[-1].x1)
            if column.texts:
                column.texts[-1] += "".join(run.text for run in part)


def _counts(column: _Column) -> bool:
    """Whether a column numbers the rows or holds figures."""
    return all(_ORDINAL.fullmatch(text.strip()) or _FIGURE.search(text) for text in column.texts if text) and any(column.texts)


def _made(rows: Sequence[list[Run]], xs: tuple[float, ...], starts: list[float], page: int) -> PrintedTable | None:
    ys = (*(start - 1 for start in starts), _bottom(rows[-1]) + 1)
    width = len(xs) - 1
    lone = {_top(row) for row in rows if len(_segments(row)) == 1 and _SECTION.match(row[0].text)}
    cells = tuple(
        GridCell(row, column, 1, width if start in lone else 1)
        for row, start in enumerate(starts)
        for column in range(1 if start in lone else width)
    )
    table = table_of(Grid(xs, ys, cells), [run for row in rows for run in row], page)
    return replace(table, aligned=True) if table is not None else None
