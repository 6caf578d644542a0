"""Tables without rules: texts set out in columns under a head of short words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.ingest.geometry import Line as PrintedLine
from extract.ingest.geometry import Run, rows_of
from extract.ingest.gridlines import Grid
from extract.ingest.rowed import cells_of, levelled, middle, size_of, texts_of
from extract.ingest.ruled import PrintedTable, table_of
from extract.ingest.stacked import names_tasks

_LEAST_COLUMNS = 3
_APART = (0.9, 0.4)
"""Of a character's width, the gap between two columns' heads: as far as most have it, and where cells have hardly any padding."""
_SPACE = 0.3
"""The least space that runs down between two columns."""
_LEAST_ROWS = 3
"""Rows of a table; a head of tasks needs but one below it, the others may stand on the next page."""
_LONGEST_HEAD = 12
"""Characters of a column's head."""
_LONGEST_SECTION = 40
_AHEAD = 16
"""Lines below one that heads a section within which a row of the table must fill half of its columns."""
_RUNNING_HEADS = 2
"""Lines above the rest of a table at the top of a page."""
_FAR = 5.0
"""Of a character's width, the gap to the next line beyond which the table has ended."""
_CLOSE = 1.5
"""The distance of two lines of a head."""
_PROSE = re.compile(r"[，。；：！？、]")
_NOT_HEAD = re.compile(r"[，。；：！？]|(?<![A-Za-z\d.])\d(?!\d{0,3}年)|\d(?=\d{0,3}年.*[日月底])")
_ASIDE = re.compile(r"[（(][^（()）]{1,12}[）)]")
"""What a head says in brackets: the unit of a column."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"[\dⅠ-Ⅻ①-⑳]")
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、）)]")
_HAN_NUMBERS = "十一二三四五六七八九十"
_ORDINAL = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]?")

_OVER = 0.2
"""Of a character's width, how far a text may reach over the edge of its column."""
_ACROSS = 4
"""How many texts must begin where a column does for each that lies across."""
_FAR_OVER = 4.0
"""How far above the other words of a head those that head several columns may stand."""
_HEADS_APART = 2.5
"""Of a character's width, how far two lines of heads stand apart at most."""

Line = list[Run]
_Stretch = tuple[float, float]


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


def continued_table(rows: Sequence[Line], before: PrintedTable, page: int) -> tuple[PrintedTable | None, list[Line]]:
    """What goes on, at the top of a page, of a table that ended the page before; and the rows outside it."""
    lines = _lines(rows)
    columns = _columns(before)
    for at in range(min(len(lines), 1 + _RUNNING_HEADS)):
        spaces = _Spaces(columns)
        end, sections = _extent(lines, at, spaces)
        first, head = at, 0.0
        leaves, bottom = _leaves(lines[at:end])
        if 2 * len(leaves) > len(columns):  # a head that is printed again
            first, head = _first(lines, at, [(part[0].x0, part[-1].x1) for part in _segments(lines[at], _APART[0])]), bottom
        xs = (before.xs[0], *spaces.middles(), before.xs[-1])
        made = _made(lines[first:end], xs, {i + at - first for i in sections}, page, head)
        if made is not None:
            table, kept = made
            widest = max(sum(1 for cell in table.cells if cell.row == row and cell.text) for row in range(table.rows))
            if widest >= _LEAST_COLUMNS:
                rest = [run for line in [*lines[:first], *lines[first + kept :]] for run in line]
                return replace(table, xs=before.xs), rows_of(rest)
    return None, [*rows]


def _columns(table: PrintedTable) -> list[_Stretch]:
    """The stretches that the texts of a table fill in its columns."""
    held: list[list[PrintedLine]] = [[] for _ in table.xs[1:]]
    for cell in table.cells:
        if cell.column_span == 1:
            held[cell.column] += [line for paragraph in cell.paragraphs for line in paragraph if line.page == table.last_page]
    return [
        (min(line.x0 for line in lines), max(line.x1 for line in lines)) if lines else whole
        for lines, whole in zip(held, pairwise(table.xs), strict=True)
    ]


def _lines(rows: Iterable[Line]) -> list[Line]:
    """Runs whose middles are on one height: cells set in the middle of a row stand half a line off one another."""
    return [text.runs for text in texts_of(levelled([run for row in rows for run in row]))]


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

    def middles(self) -> list[float]:
        """Where the columns are divided."""
        return [(start + end) / 2 for start, end in self._free]

    def take(self, line: Line) -> bool:
        """Whether all texts of a line leave the spaces free, at least where they may touch; the spaces are narrowed by them where they do."""
        return self._narrow(_segments(line, _APART[1])) or self._narrow([[run] for run in line])

    def _narrow(self, parts: Sequence[Line]) -> bool:
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
        first = _first(lines, at, heads)
        if first and _are_close(lines[first - 1], lines[first]) and len(_segments(lines[first - 1], apart)) > 1:
            continue  # the second lines of cells
        end, sections = _extent(lines, at, _Spaces(heads))
        leaves, head = _leaves(lines[first:end], at - first)
        end, xs = _divisions(lines[at:end], sections, len(heads), leaves, head)
        end += at
        sections = {i + at - first for i in sections if i + at < end}
        made = _made(lines[first:end], xs, sections, page, head) if len(xs) > _LEAST_COLUMNS else None
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
    text = _ASIDE.sub("", text) or text
    if _YEAR.fullmatch(text):
        return True
    return len(text) <= _LONGEST_HEAD and not _NOT_HEAD.search(text) and not _ORDINAL.fullmatch(text)


def _are_close(above: Line, below: Line) -> bool:
    """Whether two lines stand no further apart than those of one head."""
    return middle(below) - middle(above) < _CLOSE * size_of(above)


def _first(lines: Sequence[Line], at: int, heads: Sequence[_Stretch]) -> int:
    """The first line of a head: lines right above its fullest one are of it, and words farther above that stand over none of its words but
    over others below."""
    first = at
    while first and first > at - 2 and (above := lines[first - 1]):
        parts = _segments(above, _APART[0])
        if not all(_is_head(_whole(part)) for part in parts) or not (
            _are_close(above, lines[first]) or _is_over(parts, lines[first], heads)
        ):
            break
        first -= 1
    return first


def _is_over(parts: Sequence[Line], below: Line, heads: Sequence[_Stretch]) -> bool:
    """Whether words stand in the gaps between heads, a line or two above them."""
    near = middle(below) - middle(parts[0]) < _FAR_OVER * size_of(below)
    return near and all(any(a[1] < part[0].x0 and part[-1].x1 < b[0] for a, b in pairwise(heads)) for part in parts)


def _extent(lines: Sequence[Line], at: int, spaces: _Spaces) -> tuple[int, set[int]]:
    """The index of the line behind a table that begins at `at`, and which lines, counted from there, only name the rows below them."""
    sections: set[int] = set()
    end = at
    bottom = max(run.bottom for run in lines[at])
    while end < len(lines):
        line = lines[end]
        if min(run.top for run in line) - bottom > _FAR * size_of(line):
            break
        if _is_section(lines, end, spaces.columns) or (sections and _is_next_section(lines, end, at + max(sections))):
            sections.add(end - at)
        elif not spaces.take(line):
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
    filled: set[int] = set()
    for line in lines[at + 1 : at + 1 + _AHEAD]:
        parts = _segments(line, _APART[1])
        if not _Spaces(columns).take(line):
            return False
        filled |= {i for part in parts for i, (x0, x1) in enumerate(columns) if part[0].x0 < x1 and part[-1].x1 > x0}
        if 2 * len(filled) >= len(columns):
            return True
    return False


def _is_next_section(lines: Sequence[Line], at: int, before: int) -> bool:
    """Whether the last line of a page names the rows that begin the next one: it has the number behind that of the section before it."""
    text, other = _whole(lines[at]), _whole(lines[before])
    number = _SECTION.match(text)
    return (
        at == len(lines) - 1
        and number is not None
        and len(text) <= _LONGEST_SECTION
        and number[0].strip("（()）、") in _HAN_NUMBERS
        and other.strip("（(").startswith(_HAN_NUMBERS[_HAN_NUMBERS.index(number[0].strip("（()）、")) - 1])
    )


def _divisions(
    lines: Sequence[Line], sections: set[int], heads: int, leaves: Sequence[_Stretch], head: float
) -> tuple[int, tuple[float, ...]]:
    """Where columns are divided: space runs down between them to the last line that fills half of them; and how many lines leave it free.
    leaves: the stretches of heads that each have a column of their own.   head: where these end."""
    filled = [i for i, line in enumerate(lines) if 2 * len(_segments(line, _APART[0])) >= heads]
    end = filled[-1] + 1 if filled else len(lines)
    runs = [run for i, line in enumerate(lines[:end]) if i not in sections for run in line]
    size = size_of(runs)
    stretches: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if stretches and run.x0 - stretches[-1][1] < _SPACE * size:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], run.x1)
        else:
            stretches.append((run.x0, run.x1))
    stretches = [part for stretch in stretches for part in _parted(stretch, leaves, runs, size)]
    if len(stretches) > len(leaves):
        stretches = _under_heads(stretches, leaves, [run for run in runs if run.top > head])
    xs = (stretches[0][0] - 1, *((a[1] + b[0]) / 2 for a, b in pairwise(stretches)), stretches[-1][1] + 1)
    slack = _OVER * size
    while end < len(lines) and (
        end in sections or not any(run.x0 < x - slack and run.x1 > x + slack for run in lines[end] for x in xs[1:-1])
    ):
        end += 1
    return end, xs


def _leaves(lines: Sequence[Line], fullest: int = 0) -> tuple[list[_Stretch], float]:
    """The stretches of the heads that no other divides, of the lines that begin with them: of those one above the other the narrowest; and
    where these lines end. fullest: the line with most of them."""
    stretches: list[_Stretch] = []
    bottom = 0.0
    for i, line in enumerate(lines):
        parts = _segments(line, _APART[1])
        if i > fullest and (
            middle(line) - middle(lines[i - 1]) > _HEADS_APART * size_of(line) or not all(map(_is_head, map(_whole, parts)))
        ):
            break
        stretches += [(part[0].x0, part[-1].x1) for part in parts]
        bottom = max(run.bottom for run in line)
    found: list[_Stretch] = []
    for start, end in sorted(stretches, key=lambda stretch: stretch[1]):
        if not found or start > found[-1][1]:
            found.append((start, end))
    return found, bottom


def _under_heads(stretches: Sequence[_Stretch], leaves: Sequence[_Stretch], body: Sequence[Run]) -> list[_Stretch]:
    """The columns, where a head is set in the middle of its column and the texts below it at one side: one of each makes a column."""
    found: list[_Stretch] = []
    before = "both"
    for stretch in stretches:
        headed = any(start < stretch[1] and end > stretch[0] for start, end in leaves)
        filled = any(run.x0 < stretch[1] and run.x1 > stretch[0] for run in body)
        kind = "both" if headed and filled else "head" if headed else "body"
        if {before, kind} == {"head", "body"}:
            found[-1] = found[-1][0], stretch[1]
            before = "both"
        else:
            found.append(stretch)
            before = kind
    return found


def _parted(stretch: _Stretch, leaves: Sequence[_Stretch], runs: Sequence[Run], size: float) -> Iterator[_Stretch]:
    """A stretch without space in it as the columns whose heads stand over it: each begins where many texts do and hardly one lies across."""
    inside = [leaf for leaf in leaves if stretch[0] <= (leaf[0] + leaf[1]) / 2 <= stretch[1]]
    near = [run for run in runs if stretch[0] <= run.x0 < stretch[1]] if len(inside) > 1 else []
    start = stretch[0]
    for above, below in pairwise(inside):
        left, right = (above[0] + above[1]) / 2, below[0] + _OVER * size
        told = {}
        for x in {round(run.x0) for run in near if left < run.x0 < right}:
            begin = [run.x0 for run in near if abs(run.x0 - x) < _OVER * size]
            across = sum(1 for run in near if run.x0 < min(begin) - _OVER * size and run.x1 > min(begin) + _OVER * size)
            told[min(begin)] = len(begin) - _ACROSS * across
        best = max(told, key=lambda x: (told[x], x), default=0.0)
        if told and told[best] > 1:
            yield start, best
            start = best
    yield start, stretch[1]


def _is_table(table: PrintedTable) -> bool:
    """Whether what stands in columns is a table: it has rows below its head, and a column counts or holds figures, or texts are wrapped."""
    heads = [cell for cell in table.cells if cell.row == 0 and cell.text]
    if len(heads) < _LEAST_COLUMNS or not all(_is_head(cell.text) for cell in heads):
        return False
    of_tasks = names_tasks([head.text for head in heads])
    if table.rows < _LEAST_ROWS - of_tasks:
        return False
    width = len(table.xs) - 1
    body = [cell for cell in table.cells if cell.row >= max(head.row_span for head in heads) and cell.column_span < width]
    wrapped = {cell.row for cell in body if len([*cell.paragraphs]) == 1 and len(cell.paragraphs[0]) > 1}
    by_column = [[cell.text for cell in body if cell.column == column and cell.text] for column in range(width)]
    return len(wrapped) > 1 or any(map(_counts, by_column)) or of_tasks


def _counts(texts: Sequence[str]) -> bool:
    """Whether a column numbers the rows or holds figures."""
    return bool(texts) and all(_ORDINAL.fullmatch(text.strip()) or _FIGURE.search(text) for text in texts)


def _made(
    lines: Sequence[Line], xs: tuple[float, ...], sections: set[int], page: int, head: float = 0.0
) -> tuple[PrintedTable, int] | None:
    """The table of some lines, and how many of them it takes. head: where its head ends."""
    alone = [lines[i] for i in sorted(sections)]
    runs = [run for i, line in enumerate(lines) if i not in sections for run in line]
    if not runs:
        return None  # a page that goes on with prose
    ys, cells = cells_of(runs, xs, alone, head)
    if len(ys) < _LEAST_ROWS:
        return None
    kept = [line for line in lines if middle(line) < ys[-1]]
    table = table_of(Grid(xs, ys, cells), [run for line in kept for run in line], page)
    return (replace(table, aligned=True), len(kept)) if table is not None else None
