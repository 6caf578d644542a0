"""How printed paragraphs are set: the margins of a page's text, and which lines go on with the one above, told by the indentation of first
lines, by the space between paragraphs, or by the room that a line leaves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from extract.ingest.geometry import NEVER_FIRST, Line, is_han, moved_width

_FULL_PAGE = 10
"""Lines that a page must have before its margins are its own; shorter ones have those of the longest page."""
ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})(?:[）)、.．](?!\d)|[.．](?=(?:19|20)\d\d年|\d{1,2}月))|第[一二三四五六七八九十百\d]{1,5}[条章节项]|[①-⑳⑴-⒇㈠-㈩●•◆■□▲★]|附件|[-—]"
)
_CLOSED = frozenset("。！？；：!?;:")
_ENDED = _CLOSED | frozenset("）)］]】〕")
_NEARLY_FULL = 3.5
"""Han characters for which a line in the midst of a sentence may leave room: printers keep some characters together."""
_DEEPEST = 3.2
"""Han characters of the deepest indentation of a paragraph; a line that begins further in is centred or set to the right."""
_FIGURE_ROOM = 0.6
_DAY_END = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}$")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_TITLE = 1.15
"""Of the text's size, that of the smallest title."""
_APART = 1.2
"""Times the distance of two lines of a paragraph, that of two paragraphs with a space between them."""
_APART_ITEM = 1.1
"""The same where the lower line opens with a number."""
_FARTHEST = 4.0
"""Of a line's size, the distance beyond which something else stands between it and the next."""
_LEAST_WRAPS = 3
_HANGING = 4.0
"""Han characters that a number or sign hangs out at most."""
_LONGEST_REST = 16
_MARK = re.compile("[，。；：、\\d]")
_NARROWEST = 14
"""Han characters of the narrowest text that is wrapped where nothing but full lines tells so."""

_Place = tuple[int, int, float, float]


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a page's text begin and end."""

    left: float
    right: float
    size: float


def usual_size(lines: Sequence[Line]) -> int:
    """The size that most of the text has; sizes next to one another are one, measured in different characters."""
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(line.size)] += 1 + (len(line.text) - line.text.count("\u3000")) // 10
    middle = max(sizes, key=lambda size: (sizes[size - 1] + sizes[size] + sizes[size + 1], sizes[size]), default=0)
    return max((middle, middle - 1, middle + 1), key=lambda size: sizes[size])


class Setting:
    """How the lines of a document are set. `lines`: all that stand free, column after column."""

    def __init__(self, lines: Sequence[Line]) -> None:
        by_column: dict[tuple[int, int], list[Line]] = defaultdict(list)
        for line in lines:
            by_column[_column(line)].append(line)
        fullest = max(by_column.values(), key=len, default=[])
        usual = (_margins(fullest) if len(fullest) >= _FULL_PAGE else None) or _margins(lines)
        self._edges = {key: (_margins(held) if len(held) >= _FULL_PAGE or key[1] else None) or usual for key, held in by_column.items()}
        self._indents = self._tells_paragraphs(lines)
        self._pitch, self._gaps = (0.0, False) if self._indents else self._distances(list(by_column.values()))
        self._hanging = self._below_items(lines)

    def joins(self, above: Line, below: Line) -> bool:
        """Whether a line goes on with the paragraph, or the title, of the line above it."""
        if self._is_title(above, below) or _place(below) in self._hanging or self._is_signature(above, below):
            return True
        return self._goes_on(above, below) if self._indents else self._wraps(above, below)

    def is_indented(self, line: Line) -> bool:
        """Whether a line is the first of a paragraph by its indentation."""
        edge = self._edges.get(_column(line))
        return edge is not None and 1.2 * edge.size < line.x0 - edge.left < _DEEPEST * edge.size

    def is_large(self, line: Line) -> bool:
        """Whether a line is in print larger than the text."""
        edge = self._edges.get(_column(line))
        return edge is not None and line.measured and line.size >= _TITLE * edge.size

    def ends_a_word(self, above: Line, below: Line) -> bool:
        """Whether the line end between two parts of a paragraph stands for a space: between Latin words, and between figures that would have
        had room for one more."""
        last, first = above.text[-1:], below.text[:1]
        if not (last.isascii() and last.isalnum() and first.isascii() and first.isalnum()):
            return False
        edge = self._edges.get(_column(above))
        words = above.spaced or (last.isalpha() and first.isalpha()) or (_DAY_END.search(above.text) and _CLOCK.match(below.text))
        return bool(words) or (edge is not None and edge.right - above.x1 > _FIGURE_ROOM * above.size)

    def _starts_at_margin(self, line: Line) -> bool:
        edge = self._edges.get(_column(line))
        return edge is not None and abs(line.x0 - edge.left) < 0.8 * edge.size

    def _tells_paragraphs(self, lines: Sequence[Line]) -> bool:
        """Whether first lines are indented (GB/T 9704: by two characters) and the others begin at the margin."""
        body = _of_size(lines, usual_size(lines))
        indented = sum(map(self.is_indented, body))
        flush = sum(map(self._starts_at_margin, body))
        return indented > 0 and flush > 0 and indented + flush >= 0.6 * len(body)

    def _distances(self, columns: Sequence[Sequence[Line]]) -> tuple[float, bool]:
        """The distance of two lines of a paragraph, 0 where nothing tells that lines are wrapped (full ones, and a last one that is not), and
        whether paragraphs stand further apart."""
        size = usual_size([line for held in columns for line in held])
        pairs = [pair for held in columns for pair in self._neighbours(_of_size(held, size))]
        wrapped = [below.bottom - above.bottom for above, below in pairs if self._is_cut(above, below)]
        ends = [below.bottom - above.bottom for above, below in pairs if above.text[-1:] in _CLOSED and self._room(above) > _NEARLY_FULL]
        short = any(line.text[-1:] in _CLOSED and self._room(line) > _NEARLY_FULL for held in columns for line in _of_size(held, size))
        if len(wrapped) < _LEAST_WRAPS or not short:
            return 0.0, False
        pitch = median_low(wrapped)
        far = sum(1 for distance in ends if distance > _APART * pitch)
        return pitch, far > 1 and far > 0.8 * len(ends)

    def _neighbours(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
        """Lines of text, one below the other, that begin at the margin."""
        for above, below in pairwise(lines):
            near = above.page == below.page and 0 < below.bottom - above.bottom < _FARTHEST * above.size
            if near and self._starts_at_margin(above) and self._starts_at_margin(below):
                yield above, below

    def _room(self, line: Line) -> float:
        """The Han characters for which there is room behind a line."""
        edge = self._edges.get(_column(line))
        return 0.0 if edge is None else (edge.right - line.x1) / line.size

    def _is_cut(self, above: Line, below: Line) -> bool:
        """Whether a line is full in the midst of a sentence, so that the next goes on with it wherever paragraphs begin."""
        edge = self._edges.get(_column(above))
        return (
            edge is not None
            and edge.right - edge.left > _NARROWEST * edge.size
            and above.text[-1:] not in _ENDED
            and not ITEM.match(below.text)
            and self._room(above) < moved_width(above.text, below.text) + 0.3
        )

    def _wraps(self, above: Line, below: Line) -> bool:
        """The same where first lines are not indented: a line goes on with a full one that no space parts from it."""
        edge = self._edges.get(_column(above))
        near = edge is not None and abs(above.x0 - edge.left) < _DEEPEST * edge.size
        if not self._pitch or not (near and self._starts_at_margin(below)) or not _is_same_print(above, below):
            return False
        apart = below.bottom - above.bottom
        if _column(above) == _column(below) and not 0 < apart < _APART * self._pitch * max(1.0, above.size / self._size(above)):
            return False
        if self._gaps and apart > _APART_ITEM * self._pitch and ITEM.match(below.text):
            return False
        if below.text[:1] in NEVER_FIRST or self._is_cut(above, below):
            return True
        full = self._room(above) < moved_width(above.text, below.text) + 0.3
        return self._gaps and full and not (above.text[-1:] in _ENDED and ITEM.match(below.text))

    def _size(self, line: Line) -> float:
        edge = self._edges.get(_column(line))
        return line.size if edge is None else edge.size

    def _goes_on(self, above: Line, below: Line) -> bool:
        """Whether a line goes on with the paragraph above it: it begins at the margin, and its first word had no room above."""
        edge = self._edges.get(_column(above))
        if edge is None or not self._starts_at_margin(below) or not _is_same_print(above, below):
            return False
        if below.text[:1] in NEVER_FIRST:
            return True
        ended = above.text[-1:] in _ENDED
        if not -edge.size < above.x0 - edge.left < _DEEPEST * edge.size or (ended and ITEM.match(below.text)):
            return False
        room = self._room(above)
        return room < moved_width(above.text, below.text) + 0.3 or (room < _NEARLY_FULL and not ended)

    def _below_items(self, lines: Sequence[Line]) -> set[_Place]:
        """The lines that go on with an item whose number or sign hangs out to the left of its other lines."""
        found: set[_Place] = set()
        for above, below in pairwise(lines):
            step = (below.x0 - above.x0) / above.size
            hangs = abs(step) < 0.3 if _place(above) in found else ITEM.match(above.text) is not None and 0.6 < step < _HANGING
            if hangs and not self._starts_at_margin(below) and self._is_full(above, below) and not ITEM.match(below.text):
                found.add(_place(below))
        return found

    def _is_full(self, above: Line, below: Line) -> bool:
        """Whether a line is open at its end and had no room for the lead of the next."""
        return above.text[-1:] not in _ENDED and self._room(above) < moved_width(above.text, below.text) + 0.3

    def _is_signature(self, above: Line, below: Line) -> bool:
        """Whether two lines are a long name that was set to the right by tabs or spaces, so that the rest of it begins at the margin."""
        edge = self._edges.get(_column(above))
        if edge is None or above.x0 - edge.left <= _DEEPEST * edge.size or below.x0 - edge.left > 0.8 * edge.size:
            return False
        short = len(below.text) <= _LONGEST_REST and not _MARK.search(above.text + below.text)
        return short and self._is_full(above, below) and not ITEM.match(below.text)

    def _is_title(self, above: Line, below: Line) -> bool:
        """Whether two lines are halves of a title: of the same size, larger than the text, set in the middle one below the other."""
        edge = self._edges.get(_column(above))
        same = abs(above.size - below.size) <= 0.05 * above.size
        if edge is None or above.page != below.page or above.size < _TITLE * edge.size or not same:
            return False
        middle = (edge.left + edge.right) / 2
        centred = all(abs((line.x0 + line.x1) / 2 - middle) < 1.5 * line.size for line in (above, below))
        return centred and 0 < below.top - above.bottom < 1.2 * above.size and above.text[-1:] not in _CLOSED


def _place(line: Line) -> _Place:
    return line.page, line.column, line.top, line.x0


def _column(line: Line) -> tuple[int, int]:
    """The page and column whose margins a line has."""
    return line.page, line.column


def _of_size(lines: Sequence[Line], size: float) -> list[Line]:
    return [line for line in lines if abs(line.size - size) < 0.15 * size + 0.5]


def _margins(lines: Sequence[Line]) -> _Margins | None:
    """The margins of running text: its commonest size, the leftmost start that two lines share, or from which another is indented, and the
    rightmost end that two share, or, of few lines, that there is."""
    if len(lines) < 3:
        return None
    size = usual_size(lines)
    body = _of_size(lines, size)
    starts, ends = sorted(line.x0 for line in body), sorted((line.x1 for line in body), reverse=True)
    left = next((a for a, b in pairwise(starts) if b - a < 0.6 * size or abs(b - a - 2 * size) < 0.3 * size), None)
    right = ends[0] if len(body) < _FULL_PAGE else next((a for a, b in pairwise(ends) if a - b < 1.1 * size), None)
    return _Margins(left, right, float(size)) if left is not None and right is not None else None


def _is_same_print(above: Line, below: Line) -> bool:
    """Whether two lines are of one size, as far as they tell it."""
    return abs(above.size - below.size) <= 0.15 * above.size + 0.5 or not (is_han(above) and is_han(below))
