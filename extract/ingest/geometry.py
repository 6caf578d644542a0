"""Printed text by position: runs of characters to lines in reading order. Units are points, counted from the top left of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extract.model import Span

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of PDF and OFD: what is drawn at x, y is seen at ax + cy + e, bx + dy + f."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Run(NamedTuple):
    """Characters drawn one after the other on one line, without a gap between them; a space at the end is one that was drawn.

    em: the width of one Han character in it, 0 where none was measured."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False
    em: float = 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self[1:5]


class Rule(NamedTuple):
    """A straight line, drawn across (y0 == y1) or down (x0 == x1) the page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `size` is the width of one Han character in it; `spaced`: a space was drawn behind its last word; `column`: 1 or 2
    on a page of two; `bold`: the stretches in bold print; `measured`: its size was measured in a character, not told from all of it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    page: int
    spaced: bool = False
    column: int = 0
    bold: tuple[Span, ...] = ()
    measured: bool = False


_BOLD_FONT = re.compile(r"bold|heavy|black|粗|黑|simhei|heiti|zenhei|yahei|fzht|fzhei", re.IGNORECASE)

_SPACE = 0.4
"""Of a Han character's width, the gap from which two runs stand apart. Between Han and figures printers leave a quarter."""
_WORDS = 0.1
"""The same between two Latin words or figures."""
_DRAWN = 0.15
"""The same where a space was drawn."""
_WIDE = 0.8
"""The gap that is printed with ideographic spaces: as many as it has room for."""
_MOST_SPACES = 20
_INK = 0.9
"""Of a character's width, the least that its ink takes of those whose ink alone is known."""
_SMALLEST = 1.0
"""Points of the smallest print."""
_COLUMN_LINES = 8
_CROSSING = 4
_STEP = 4.0
_FIRST_GUTTER, _LAST_GUTTER = 0.3, 0.7
"""Of a page's width, where the gap between two columns may run."""
_FARTHEST = 1e5
_FIRST_TOKEN = re.compile(r"[（(《〈“‘「『【〔]*(?:[A-Za-z0-9.,:%/×+=≥≤±~～@_-]{1,32}(?:[（(].)?|.(?:[“‘].)?)", re.DOTALL)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FIGURES = re.compile(r"[A-Za-z0-9]")
_CAPITALS = re.compile(r"[A-Z]")
_FIGURE = 0.55
"""The width of a figure, in Han characters, in the fonts that set the widest."""
_CAPITAL = 0.7
_PERCENT = 0.9
_BESIDE = 0.25
"""The gap that printers leave between Han and figures."""
NEVER_FIRST = "，。；：、！？）》」』】〕%％,.;:!?)"
"""Marks that may not open a line."""
_BULLETS = frozenset("*-–•·●◆■▪")
_KEPT = re.compile(
    rf"[{re.escape(NEVER_FIRST)}”’/]*(?:(?<=[，。；：、！？）”’])[A-Za-z0-9.,%+=]+|[“‘].|(?<=[”’/]).[{re.escape(NEVER_FIRST)}]*)?",
    re.DOTALL,
)
"""What printers keep with the characters before it: these marks and, in some programs, a figure right behind them, or what a quote or stroke
touches."""


def is_sound(place: Sequence[float]) -> bool:
    """Whether four coordinates are numbers that a page can hold; broken files give others."""
    a, b, c, d = place
    return -_FARTHEST < a < _FARTHEST and -_FARTHEST < b < _FARTHEST and -_FARTHEST < c < _FARTHEST and -_FARTHEST < d < _FARTHEST


def is_bold_font(name: str) -> bool:
    """Whether a font is bold by its name: SimSun,Bold; NotoSerifCJKsc-Bold; or one of the black faces in which heads are set: SimHei, 黑体."""
    return _BOLD_FONT.search(name) is not None


def rules_of(points: Sequence[tuple[float, float]], thin: float, *, outlined: bool) -> Iterator[Rule]:
    """The level and upright lines of a drawn shape; a shape no thicker than `thin` is one line, a thicker one without an outline is the
    ground behind text and none."""
    straight = 0.4 * thin
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    if right - left <= thin or high - low <= thin:
        x, y = (left + right) / 2, (low + high) / 2
        if max(right - left, high - low) > straight:
            yield Rule(left, y, right, y) if right - left > high - low else Rule(x, low, x, high)
        return
    for (xa, ya), (xb, yb) in pairwise(points) if outlined else ():
        if abs(ya - yb) <= straight < abs(xa - xb):
            yield Rule(min(xa, xb), (ya + yb) / 2, max(xa, xb), (ya + yb) / 2)
        elif abs(xa - xb) <= straight < abs(ya - yb):
            yield Rule((xa + xb) / 2, min(ya, yb), (xa + xb) / 2, max(ya, yb))


def breadth(text: str) -> float:
    """The room a text takes, in Han characters; ASCII takes half."""
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2
    return wide + (len(text) - wide) / 2


def lead_width(text: str) -> float:
    """The room, in Han characters, of what a printer must move to the next line as one: a figure or word or one character, the marks that
    may not end a line before it, and those that may not open one behind it (《GB/T 15834》)."""
    token = _FIRST_TOKEN.match(text)
    if token is None:
        return 0.0
    kept = _KEPT.match(text, token.end())
    end = kept.end() if kept else token.end()
    figures = len(_FIGURES.findall(text, 0, end))
    wide = (
        figures * (_FIGURE - 0.5) + len(_CAPITALS.findall(text, 0, end)) * (_CAPITAL - _FIGURE) + text.count("%", 0, end) * (_PERCENT - 0.5)
    )
    return breadth(text[:end]) + wide + (_BESIDE if figures else 0.0)


def moved_width(above: str, below: str) -> float:
    """The room, in Han characters, that the lead of a line would have taken at the end of the one above it."""
    seam = above[-1:].isalnum() and below[:1].isalnum() and above[-1:].isascii() != below[:1].isascii()
    return lead_width(below) + _BESIDE * (seam and not below[:1].isascii())


def lines_of(runs: Iterable[Run], page: int) -> list[Line]:
    """The lines that the runs form, from the top down; one without Han characters has the size of the others."""
    lines = [_line(row, page) for row in rows_of(runs)]
    told = [line.size for line in lines if is_han(line)]
    if not told:
        return lines
    size = median(told)
    measured = [line.size for line in lines if line.measured]
    return [
        replace(line, size=_of_one_print(line.size, measured)) if line.measured else line if is_han(line) else replace(line, size=size)
        for line in lines
    ]


def is_han(line: Line) -> bool:
    """Whether a line has Han characters, which tell its size."""
    return _HAN.search(line.text) is not None


def ordered_lines(rows: Sequence[list[Run]], page: int, gutter: float | None) -> list[Line]:
    """Rows of a page of prose as lines in reading order: of two columns the left one first, lines across both in their place.

    gutter: where the gap between the columns runs, None where there is none."""
    if gutter is None:
        return [_line(row, page) for row in rows]
    lines: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for row in rows:
        if any(run.x0 < gutter < run.x1 for run in row):
            lines += [*left, *right, _line(row, page)]
            left, right = [], []
            continue
        sides = ([r for r in row if r.x1 <= gutter], left), ([r for r in row if r.x0 >= gutter], right)
        for number, (side, column) in enumerate(sides, 1):
            if side:
                column.append(replace(_line(side, page), column=number))
    return [*lines, *left, *right]


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs side by side, each row from left to right."""
    rows: list[list[Run]] = []
    tallest: Run | None = None
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
        if tallest is not None and _beside(run, tallest):
            rows[-1].append(run)
            if run.bottom - run.top > tallest.bottom - tallest.top:
                tallest = run
        else:
            rows.append([run])
            tallest = run
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def _beside(a: Run, b: Run) -> bool:
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _line(row: list[Run], page: int) -> Line:
    size = max(_size(row), _SMALLEST)
    pieces = [row[0].text.rstrip()]
    for before, run in pairwise(row):
        gap = (run.x0 - before.x1) / size
        if gap > (_WORDS if len(pieces) == 1 and pieces[0] in _BULLETS else _apart(before.text, run.text)):
            pieces.append(" " if gap < _WIDE else "\u3000" * min(round(gap), _MOST_SPACES))
        else:
            pieces.append("")
        pieces.append(run.text.rstrip())
    box = row[0].x0, min(r.top for r in row), max(r.x1 for r in row), max(r.bottom for r in row)
    return Line(
        "".join(pieces), *box, size, page, row[-1].text[-1:] == " ", bold=tuple(_bold(row, pieces)), measured=any(run.em for run in row)
    )


def _bold(row: Sequence[Run], pieces: Sequence[str]) -> Iterator[Span]:
    """The stretches of a line in bold print; `pieces`: the texts of its runs, what parts them between them."""
    if not any(run.bold for run in row):
        return
    start = at = 0
    for i, run in enumerate(row):
        at += len(pieces[2 * i - 1]) if i else 0
        start = at if run.bold and not (i and row[i - 1].bold) else start
        at += len(pieces[2 * i])
        if run.bold and not (i + 1 < len(row) and row[i + 1].bold):
            yield Span(start, at)


def _apart(before: str, after: str) -> float:
    """The gap, in Han characters, from which a space stands between two runs."""
    if before[-1:].isascii() and after[:1].isascii() and before[-1:] != " ":
        return _WORDS
    return _DRAWN if before[-1:] == " " else _SPACE


def _size(row: list[Run]) -> float:
    """As measured in the longest run, else by the breadth of the longest with Han characters, one without figures before others, else by
    the height."""
    measured = [run for run in row if run.em]
    if measured:
        return _of_one_print(max(measured, key=lambda run: len(run.text)).em, [run.em for run in measured])
    longest = max(row, key=_tells_size)
    text = longest.text.rstrip()
    room = breadth(text)
    if room > len(text) / 2:
        return (longest.x1 - longest.x0) / room
    return max(run.bottom - run.top for run in row)


def _of_one_print(size: float, others: Sequence[float]) -> float:
    """The size of print of which one character measures `size`, and others next to it what is said: of some only the ink is known."""
    return max(other for other in others if _INK * other <= size) if others else size


def _tells_size(run: Run) -> int:
    """How well the breadth of a run tells the size of its characters: figures are of any breadth."""
    text = run.text
    if not (text[:1] > "\u2e80" or text[-1:] > "\u2e80"):
        return 0
    return len(text) * (1 if any(map(str.isascii, text.rstrip())) else 4)


def goes_down(gutter: float, rows: Sequence[list[Run]]) -> bool:
    """Whether the gap between two columns of another page is one of this page too: hardly any line crosses it."""
    return _CROSSING * sum(1 for row in rows if any(run.x0 < gutter < run.x1 for run in row)) <= len(rows)


def gutter_of(rows: Sequence[list[Run]], width: float) -> float | None:
    """Where the gap between two columns of prose runs, or None. Both columns must be filled: a gap in a table or list is none."""
    if len(rows) < _COLUMN_LINES:
        return None
    gaps: list[list[tuple[float, float]]] = []
    left_ends, right_starts = [], []
    for row in rows:
        size = row[0].bottom - row[0].top
        gaps.append([(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 > size])
        if row[-1].x1 < _LAST_GUTTER * width:
            left_ends.append(row[-1].x1)
        elif row[0].x0 > _FIRST_GUTTER * width:
            right_starts.append(row[0].x0)
    if sum(map(bool, gaps)) + min(len(left_ends), len(right_starts)) < _COLUMN_LINES:
        return None
    best = end = 0.0
    most = 0
    at = _FIRST_GUTTER * width
    while at < _LAST_GUTTER * width:
        count = sum(1 for found in gaps if any(a <= at <= b for a, b in found))
        count += min(sum(1 for x in left_ends if x <= at), sum(1 for x in right_starts if x >= at))  # lines need not stand side by side
        if count > most:
            best, end, most = at, at, count
        elif count == most and at - end < 1.5 * _STEP:
            end = at
        at += _STEP
    best = (best + end) / 2
    crossing = sum(1 for row in rows if any(run.x0 < best < run.x1 for run in row))
    if most < _COLUMN_LINES or most < 2 * crossing:
        return None
    left = [run for row in rows for run in row if run.x1 <= best]
    right = [run for row in rows for run in row if run.x0 >= best]
    return best if _is_filled(left) and _is_filled(right) else None


def _is_filled(column: list[Run]) -> bool:
    rows = rows_of(column)
    start, end = min(run.x0 for run in column), max(run.x1 for run in column)
    return median(row[-1].x1 - row[0].x0 for row in rows) > 0.7 * (end - start)


def product(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
