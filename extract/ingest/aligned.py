"""Tables without rules: texts set out in columns under a head of short words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.ingest.geometry import Run, rows_of
from extract.ingest.gridlines import Grid
from extract.ingest.rowed import cells_of, middle, size_of, texts_of
from extract.ingest.ruled import PrintedTable, table_of
from extract.ingest.stacked import names_tasks

_LEAST_COLUMNS = 3
_APART = (0.9, 0.4)
"""Of a character's width, the gap between two columns' heads: as far as most have it, and where cells have hardly any padding."""
_SPACE = 0.3
"""The least space that runs down between two columns."""
_LONGEST_HEAD = 12
"""Characters of a column's head."""
_LONGEST_SECTION = 40
_AHEAD = 4
"""Lines below one that heads a section within which a row of the table must begin."""
_RUNNING_HEADS = 2
"""Lines above the rest of a table at the top of a page."""
_FAR = 3.0
"""Of a character's width, the gap to the next line beyond which the table has ended."""
_CLOSE = 1.5
"""The distance of two lines of a head."""
_PROSE = re.compile(r"[，。；：！？、]")
_NOT_HEAD = re.compile(r"[，。；：！？]|\d(?!\d{0,3}年)|\d(?=\d{0,3}年.*[日月底])")
_FIGURE = re.compile(r"[\dⅠ-Ⅻ①-⑳]")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]")
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]?")

Line = list[Run]


def aligned_tables(rows: Sequence[Line], page: int) -> tuple[list[PrintedTable], list[Line]]:
    """The tables that the rows of a page hold, and the rows outside them. Lists of names in columns are no tables: a column must count
    or hold figures, or cells must hold text that was wrapped."""
    if not any(map(_is_parted, rows)):
        return [], [*rows]
    lines = _lines(rows)
    tables: list[PrintedTable] = []
    rest: list[Run] = []
    at = 0
    while at < len(lines):
        found = _table(lines, at, page) if len(lines[at]) > 1 else None
        if found is None:
            rest += lines[at]
            at += 1
            continue
        first, table, end = found
        for line in lines[first:at]:
            del rest[len(rest) - len(line) :]
        tables.append(table)
        at = end
    return (tables, rows_of(rest)) if tables else ([], [*rows])


def _is_parted(row: Line) -> bool:
    """Whether there is a gap in a row as between columns."""
    return len(row) > 1 and any(b.x0 - a.x1 > _APART[1] * (a.bottom - a.top) for a, b in pairwise(row))


def continued_table(rows: Sequence[Line], xs: tuple[float, ...], page: int) -> tuple[PrintedTable | None, list[Line]]:
    """What goes on, at the top of a page, of a table with the divisions `xs` that ended the page before; and the rows outside it."""
    lines = _lines(rows)
    for at in range(min(len(lines), 1 + _RUNNING_HEADS)):
        columns = [*pairwise(xs)]
        end, sections = _extent(lines, at, columns)
        made = _made(lines[at:end], xs, sections, page)
        if made is not None:
            table, kept = made
            widest = max(sum(1 for cell in table.cells if cell.row == row and cell.text) for row in range(table.rows))
            if widest >= _LEAST_COLUMNS:
                return table, rows_of([run for line in [*lines[:at], *lines[at + kept :]] for run in line])
    return None, [*rows]


def _lines(rows: Iterable[Line]) -> list[Line]:
    """Runs whose middles are on one height: cells set in the middle of a row stand half a line off one another."""
    return [text.runs for text in texts_of([run for row in rows for run in row])]


def _segments(line: Line, apart: float) -> list[Line]:
    """Runs that stand close together, as one text each."""
    gap = apart * size_of(line)
    found = [[line[0]]]
    for run in line[1:]:
        if run.x0 - max(other.x1 for other in found[-1]) > gap:
            found.append([run])
        else:
            found[-1].append(run)
    return found


def _whole(part: Line) -> str:
    return "".join(run.text for run in part).replace(" ", "")


class _Spaces:
    """The spaces between the columns of a table, as far as its lines leave them free. columns: the stretches of its heads, or its columns."""

    def __init__(self, columns: Sequence[tuple[float, float]]) -> None:
        self.columns = columns
        self._free = [(a[1], b[0]) for a, b in pairwise(columns)]

    def take(self, parts: Sequence[Line]) -> bool:
        """Whether all texts of a line leave the spaces free; these are narrowed by them where they do."""
        narrowed = [*self._free]
        for part in parts:
            slack = 0.2 * size_of(part)
            x0, x1 = part[0].x0 + slack, max(run.x1 for run in part) - slack
            for i, (start, end) in enumerate(narrowed):
                if x0 < start and x1 > end:
                    return False
                if x0 < start < x1:
                    narrowed[i] = x1, end
                elif x0 < end < x1:
                    narrowed[i] = start, x0
        self._free = narrowed
        return True


def _table(lines: Sequence[Line], at: int, page: int) -> tuple[int, PrintedTable, int] | None:
    """The table whose head has its fullest line at `at`, with the indices of its first line and of the one behind it."""
    for apart in _APART:
        parts = _heads(lines, at, apart)
        if len(parts) < _LEAST_COLUMNS or not all(map(_is_head, map(_whole, parts))):
            continue
        heads = [(part[0].x0, part[-1].x1) for part in parts]
        first = _first(lines, at)
        if first and _are_close(lines[first - 1], lines[first]) and len(_segments(lines[first - 1], apart)) > 1:
            continue  # the second lines of cells
        end, sections = _extent(lines, at, heads)
        end, xs = _divisions(lines[at:end], sections, len(heads))
        end += at
        made = _made(lines[first:end], xs, {i + at - first for i in sections}, page) if len(xs) > _LEAST_COLUMNS else None
        if made is not None and _is_table(made[0]):
            return first, made[0], first + made[1]
    return None


def _heads(lines: Sequence[Line], at: int, apart: float) -> list[Line]:
    """The words of a head on a line and, where they stand in other columns, on those right above and below it."""
    parts = _segments(lines[at], apart)
    for beside in (lines[max(0, at - 1) : at], lines[at + 1 : at + 2]) if len(parts) == _LEAST_COLUMNS - 1 else ():
        for line in beside:
            if abs(middle(line) - middle(lines[at])) < size_of(line):
                parts += [p for p in _segments(line, apart) if all(p[-1].x1 < q[0].x0 or p[0].x0 > q[-1].x1 for q in parts)]
    return sorted(parts, key=lambda part: part[0].x0)


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and not _NOT_HEAD.search(text) and not _ORDINAL.fullmatch(text)


def _are_close(above: Line, below: Line) -> bool:
    """Whether two lines stand no further apart than those of one head."""
    return middle(below) - middle(above) < _CLOSE * size_of(above)


def _first(lines: Sequence[Line], at: int) -> int:
    """The first line of a head: lines right above its fullest one are of it."""
    first = at
    while first and (above := lines[first - 1]):
        near = _are_close(above, lines[first])
        if first - 1 < at - 2 or not near or not all(_is_head(_whole(part)) for part in _segments(above, _APART[0])):
            break
        first -= 1
    return first


def _extent(lines: Sequence[Line], at: int, columns: Sequence[tuple[float, float]]) -> tuple[int, set[int]]:
    """The index of the line behind a table that begins at `at`, and which lines, counted from there, only name the rows below them."""
    sections: set[int] = set()
    spaces = _Spaces(columns)
    end = at
    bottom = max(run.bottom for run in lines[at])
    while end < len(lines):
        line = lines[end]
        if min(run.top for run in line) - bottom > _FAR * size_of(line):
            break
        if _is_section(lines, end, columns):
            sections.add(end - at)
        elif not spaces.take(_segments(line, _APART[1])):
            break
        bottom = max(bottom, *(run.bottom for run in line))
        end += 1
    return end, sections


def _is_section(lines: Sequence[Line], at: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line only names the rows below it: one text with a number in Han, and a row of the table behind it."""
    parts = _segments(lines[at], _APART[0])
    text = _whole(parts[0])
    if len(parts) > 1 or not _SECTION.match(text) or len(text) > _LONGEST_SECTION:
        return False
    for line in lines[at + 1 : at + 1 + _AHEAD]:
        parts = _segments(line, _APART[1])
        if not _Spaces(columns).take(parts):
            return False
        if 2 * len(parts) >= len(columns):
            return True
    return False


def _divisions(lines: Sequence[Line], sections: set[int], heads: int) -> tuple[int, tuple[float, ...]]:
    """Where columns are divided: space runs down between them to the last line that fills half of them; and how many lines leave it free."""
    filled = [i for i, line in enumerate(lines) if 2 * len(_segments(line, _APART[0])) >= heads]
    end = filled[-1] + 1 if filled else len(lines)
    runs = [run for i, line in enumerate(lines[:end]) if i not in sections for run in line]
    space = _SPACE * size_of(runs)
    stretches: list[list[float]] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if stretches and run.x0 - stretches[-1][1] < space:
            stretches[-1][1] = max(stretches[-1][1], run.x1)
        else:
            stretches.append([run.x0, run.x1])
    xs = (stretches[0][0] - 1, *((a[1] + b[0]) / 2 for a, b in pairwise(stretches)), stretches[-1][1] + 1)
    while end < len(lines) and not any(run.x0 < x < run.x1 for run in lines[end] for x in xs[1:-1]):
        end += 1
    return end, xs


def _is_table(table: PrintedTable) -> bool:
    """Whether what stands in columns is a table: it has rows below its head, and a column counts or holds figures, or texts are wrapped."""
    heads = [cell for cell in table.cells if cell.row == 0 and cell.text]
    if table.rows < 3 or len(heads) < _LEAST_COLUMNS or not all(_is_head(cell.text) for cell in heads):
        return False
    body = [cell for cell in table.cells if cell.row >= max(head.row_span for head in heads)]
    wrapped = {cell.row for cell in body if len([*cell.paragraphs]) == 1 and len(cell.paragraphs[0]) > 1}
    by_column = [[cell.text for cell in body if cell.column == column and cell.text] for column in range(len(table.xs) - 1)]
    return len(wrapped) > 1 or any(map(_counts, by_column)) or names_tasks([head.text for head in heads])


def _counts(texts: Sequence[str]) -> bool:
    """Whether a column numbers the rows or holds figures."""
    return bool(texts) and all(_ORDINAL.fullmatch(text.strip()) or _FIGURE.search(text) for text in texts)


def _made(lines: Sequence[Line], xs: tuple[float, ...], sections: set[int], page: int) -> tuple[PrintedTable, int] | None:
    """The table of some lines, and how many of them it takes."""
    alone = [lines[i] for i in sorted(sections)]
    runs = [run for i, line in enumerate(lines) if i not in sections for run in line]
    if not runs:
        return None  # a page that goes on with prose
    ys, cells = cells_of(runs, xs, alone)
    if len(ys) < 3:
        return None
    kept = [line for line in lines if middle(line) < ys[-1]]
    table = table_of(Grid(xs, ys, cells), [run for line in kept for run in line], page)
    return (replace(table, aligned=True), len(kept)) if table is not None else None
