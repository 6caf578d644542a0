"""Tables without rules that tell of one matter: the names of its fields in a narrow column, their values beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.ingest.geometry import Run, rows_of
from extract.ingest.gridlines import Grid, GridCell
from extract.ingest.rowed import levelled, row_heights, size_of, texts_of
from extract.ingest.ruled import PrintedTable, table_of

_FIELD = re.compile(
    "问题|任务|事项|目标|措施|单位|部门|主体|责任|领导|负责人|时限|期限|完成|整改|情况|进展|结果|成效|意见|验收|销号|编号|来源|名称|内容|要求|描述|督[导办]"
)
_LABEL = re.compile(r"[\u4e00-\u9fff（）()/ ]{1,10}")
_LONGEST_LABEL = 10
_LEAST_LABELS = 3
_WIDEST = 9.0
"""Characters of the column of labels at its widest."""
_FAR = 5.0
"""Of a character's width, the gap to the next line beyond which the table has ended."""
_EDGE = 0.25
"""Of a character's width, how far the lines of a column begin off one another."""
_INDENT = 2.2
"""The same of the first lines of paragraphs, and those below them."""
_CLOSE = 3.0
"""The same between the lines of one row."""
_APART = 0.9
"""The gap around a second label."""
_LEAST_LINES = 4
_MOST_BESIDE = 0.3
"""Of the lines of the values, those that begin elsewhere: indented ones, and values of a second label."""

Line = list[Run]


def labelled_tables(rows: Sequence[Line], page: int) -> tuple[list[PrintedTable], list[Line]]:
    """The tables of labels and values that the rows of a page hold, and the rows outside them."""
    if sum(1 for row in rows for run in row if _names_a_field(run.text)) < _LEAST_LABELS:
        return [], [*rows]
    lines = [text.runs for text in texts_of(levelled([run for row in rows for run in row]))]
    tables: list[PrintedTable] = []
    rest: list[Run] = []
    at = done = 0
    while at < len(lines):
        found = next(_tables(lines, at, done, page), None) if _names_a_field(lines[at][0].text) else None
        if found is None:
            at += 1
            continue
        first, table, end = found
        tables.append(table)
        rest += [run for line in lines[done:first] for run in line]
        at = done = end
    rest += [run for line in lines[done:] for run in line]
    return (tables, rows_of(rest)) if tables else ([], [*rows])


def continued_fields(rows: Sequence[Line], before: PrintedTable, page: int) -> tuple[PrintedTable | None, list[Line]]:
    """What goes on, at the top of a page, of a table of labels and values that ended the page before; and the rows outside it."""
    xs = before.xs
    lines = [text.runs for text in texts_of(levelled([run for row in rows for run in row]))]
    start = min((run.x0 for line in lines for run in line if run.x0 > xs[1]), default=0.0)
    end = _end(lines, 0, xs[0] - (xs[1] - xs[0]) / 2, start)  # a longer label in the middle of its column begins farther left
    table = _made(lines[:end], xs, page, goes_on=True) if end else None
    return (table, rows_of([run for line in lines[end:] for run in line])) if table is not None else (None, [*rows])


def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(text) is not None


def _names_a_field(text: str) -> bool:
    return _is_label(text) and _FIELD.search(text) is not None


def _tables(lines: Sequence[Line], at: int, done: int, page: int) -> Iterator[tuple[int, PrintedTable, int]]:
    """The table that has its first label on a line, if it is one, with the indices of its first line and of the one behind it. done: the
    index of the first line that is in no table."""
    label = lines[at][0]
    size = size_of(lines[at])
    near = [run for line in lines[max(done, at - _LEAST_LINES) : at + _LEAST_LINES] for run in line]
    for x in sorted({run.x0 for run in near if label.x1 < run.x0 and size < run.x0 - label.x0 < _WIDEST * size}):
        end = _end(lines, at, label.x0 - _WIDEST * size, x)
        first = _first(lines, at, done, x)
        inside = lines[first:end]
        labels = [run for line in inside for run in line if run.x0 < x - size]
        values = [line for line in ([run for run in line if run.x0 > x - size] for line in inside) if line]
        beside = sum(1 for line in values if abs(line[0].x0 - x) > _EDGE * size)
        if (
            not values
            or len(labels) < _LEAST_LABELS
            or beside > _MOST_BESIDE * len(values)
            or not all(_is_label(run.text) for run in labels)
        ):
            continue
        right = max(run.x1 for line in values for run in line) + 1
        xs = (min(run.x0 for run in labels) - 1, (max(run.x1 for run in labels) + x) / 2, right)
        table = _made(inside, xs, page)
        if table is not None and _tells_a_matter(table):
            yield first, table, end


def _first(lines: Sequence[Line], at: int, done: int, x: float) -> int:
    """The first line of a table: values stand above a label that is set in the middle of its row."""
    first = at
    while first > done:
        above, size = lines[first - 1], size_of(lines[first - 1])
        if abs(above[0].x0 - x) > _EDGE * size or lines[first][0].top - above[0].bottom > _CLOSE * size:
            break
        first -= 1
    return first


def _end(lines: Sequence[Line], at: int, left: float, x: float) -> int:
    """The index of the line behind those that have labels to the left of `x`, and values from there on."""
    end = at
    starts = {x}
    bottom = lines[at][0].bottom if lines else 0.0
    while end < len(lines):
        line = lines[end]
        size = size_of(line)
        labels = [run for run in line if run.x0 < x - _EDGE * size]
        if (
            any(run.x0 < left or run.x1 > x or not _is_label(run.text) for run in labels)
            or min(run.top for run in line) - bottom > _FAR * size
        ):
            break
        if labels:
            starts |= {run.x0 for run in line}
        elif not any(-_EDGE * size < line[0].x0 - start < _INDENT * size for start in starts):
            break  # what stands at the right below a table
        bottom = max(run.bottom for run in line)
        end += 1
    return end


def _made(lines: Sequence[Line], xs: tuple[float, ...], page: int, *, goes_on: bool = False) -> PrintedTable | None:
    runs = [run for line in lines for run in line]
    ys = row_heights(runs, xs, goes_on=goes_on)
    if not ys:
        return None  # what lies across its columns
    second = _second(runs, xs)
    cells = tuple(
        cell
        for row, (top, bottom) in enumerate(pairwise(ys))
        for cell in _row(row, [r for r in runs if top < (r.top + r.bottom) / 2 < bottom], second)
    )
    table = table_of(Grid((*xs[:2], *second, xs[-1]), ys, cells), runs, page)
    return replace(table, aligned=True, labelled=True, frame=False) if table is not None else None


def _second(runs: Sequence[Run], xs: tuple[float, ...]) -> tuple[float, ...]:
    """Where a second label and its value begin in rows that have two; nothing where none has."""
    found = [pair for text in texts_of(runs) if (pair := _pair(text.runs, xs[1])) is not None]
    if not found:
        return ()
    label, value = min(label.x0 for label, _ in found) - 1, max(label.x1 for label, _ in found) + 1
    return (label, value) if all(label.x0 < value < start for label, start in found) else ()


def _pair(line: Line, x: float) -> tuple[Run, float] | None:
    """The second label of a line, which stands apart between two values, and where its value begins."""
    for before, label, after in zip(line, line[1:], line[2:], strict=False):
        size = size_of(line)
        if before.x0 > x and _names_a_field(label.text) and min(label.x0 - before.x1, after.x0 - label.x1) > _APART * size:
            return label, after.x0
    return None


def _row(row: int, runs: Sequence[Run], second: tuple[float, ...]) -> Iterator[GridCell]:
    """The cells of a row, of which some have a second label and value."""
    yield GridCell(row, 0, 1, 1)
    if (
        second
        and any(second[0] <= run.x0 and run.x1 <= second[1] and _names_a_field(run.text) for run in runs)
        and not any(run.x0 < x < run.x1 for run in runs for x in second)
    ):
        yield from (GridCell(row, column, 1, 1) for column in (1, 2, 3))
    else:
        yield GridCell(row, 1, 1, 1 + len(second))


def _tells_a_matter(table: PrintedTable) -> bool:
    """Whether every row has a label, and most of these name parts of a matter."""
    labels = [cell.text for cell in table.cells if cell.column == 0]
    known = sum(1 for label in labels if _FIELD.search(label))
    return len(labels) >= _LEAST_LABELS and all(label and len(label) <= _LONGEST_LABEL for label in labels) and 2 * known > len(labels)
