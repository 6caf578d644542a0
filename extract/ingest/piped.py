"""Tables in plain text whose cells are divided by bars: those of Markdown, and those that web scrapers leave, whose rows only end in a bar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.model import Block, Cell, Span

_RULE_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_BLANK = " \t\u3000\xa0\n"
_LOOKED_AT = 3
"""Rows that tell whether there is a table, so that many lines with a bar cost no more than they are."""
_MOST_LINES = 30
"""Lines of one row."""
_TELLING = re.compile(r"[\d，。；、：（(]|[^|\n]{13}")
"""What a table's cells hold and the words of a menu (首页 | 新闻 | 公开 |) do not."""
_HEAD = re.compile(r"[^，。；：！？\d]{1,14}")
_COUNT = re.compile(r"序\s?号?|编号")
_LEAST_HEADS = 3

Row = list[Span]


def piped_tables(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Block], int]:
    """The tables whose first row begins at lines[at], one right below the other, and the index of the line behind them; none and `at` where
    none begins there; lines that hold nothing but rules are passed over. Their rows follow without an empty line."""
    rows, end = _ruled(text, lines, at)
    if end == at:
        rows, end = _closed(text, lines, at)
    return list(_parted(text, rows)) if rows else [], end


def _ruled(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Span], int]:
    """The rows of a table of Markdown: a line each, all between bars, or the second a ruling row."""
    first = [text[start:end] for i, (start, end) in enumerate(lines[at : at + _LOOKED_AT], at) if _follows(text, lines, at, i)]
    if len(first) < 2 or not (_RULE_ROW.fullmatch(first[1]) or all(map(_is_framed, first))):
        return [], at
    end = at + 1
    while end < len(lines) and _follows(text, lines, at, end):
        end += 1
    return [Span(*line) for line in lines[at:end] if not _RULE_ROW.fullmatch(text, *line)], end


def _is_framed(row: str) -> bool:
    return row.startswith("|") and row.endswith("|") and row.count("|") > 2


def _follows(text: str, lines: Sequence[tuple[int, int]], first: int, at: int) -> bool:
    return "|" in text[slice(*lines[at])] and (at == first or _is_next(text, lines, at))


def _is_next(text: str, lines: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether no empty line stands before a line."""
    return text.count("\n", lines[at - 1][1], lines[at][0]) == 1


def _closed(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Span], int]:
    """The rows of a table whose cells each end in a bar; a cell of several paragraphs divides its row over as many lines."""
    rows: list[Span] = []
    end = at
    while end < len(lines) and (end == at or _is_next(text, lines, end)):
        row, behind = _row(text, lines, end)
        if row is None and len(rows) > 1 and "|" in text[slice(*lines[end])]:
            row, behind = Span(*lines[end]), end + 1  # the last row, where a text was cut off
        if row is None or row.end == row.start + 1 or (len(rows) < 2 and len(list(_cells(text, row))) < 2):
            break
        rows.append(row)
        end = behind
        if len(rows) == _LOOKED_AT and not _tells(text, rows):
            break
    return (rows, end) if len(rows) > 1 and _tells(text, rows[:_LOOKED_AT]) else ([], at)


def _tells(text: str, rows: Sequence[Span]) -> bool:
    return any(_TELLING.search(text, *cell) for row in rows for cell in _cells(text, row))


def _row(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[Span | None, int]:
    """The row that begins with a line and ends with the next one that ends in a bar, and the index of the line behind it; None where none does.

    A line that is a bar and nothing else closes the one cell that was open before it (发文单位 | / 某某局 / |).
    """
    last = at
    if "|" not in text[slice(*lines[at])]:
        return None, at
    while not text.endswith("|", *lines[last]):
        last += 1
        if last - at == _MOST_LINES or last == len(lines) or not _is_next(text, lines, last):
            return None, at
    if "|" not in text[lines[at][0] : lines[last][1] - 1]:
        for later in range(last + 1, min(len(lines), last + _MOST_LINES)):
            line = text[slice(*lines[later])]
            if line == "|" and later > last + 1:
                return Span(lines[at][0], lines[later][1]), later + 1
            if "|" in line or not _is_next(text, lines, later):
                break
    return Span(lines[at][0], lines[last][1]), last + 1


def _cells(text: str, row: Span) -> Iterator[Span]:
    """The cells of a row, without the white space around them."""
    start, end = row
    edges = [match.start() for match in _PIPE.finditer(text, start, end)]
    if not edges or edges[0] != start:
        edges.insert(0, start - 1)
    if edges[-1] != end - 1 or len(edges) == 1:
        edges.append(end)
    for left, right in pairwise(edges):
        inner = text[left + 1 : right]
        body = inner.strip(_BLANK)
        begin = left + 1 + (inner.index(body) if body else 0)
        yield Span(begin, begin + len(body))


def _parted(text: str, rows: Sequence[Span]) -> Iterator[Block]:
    """The rows as tables: below a page's facts a row of heads that is wider than all rows above it, or counts, begins one of its own."""
    table: list[Row] = []
    first = widest = 0
    for i, row in enumerate(rows):
        cells = list(_cells(text, row))
        if len(cells) >= _LEAST_HEADS and i > first + 1:
            counts = _COUNT.fullmatch(text, *cells[0]) and not _COUNT.fullmatch(text, *table[0][0])
            if (counts or len(cells) > widest) and all(_HEAD.fullmatch(text, *cell) for cell in cells):
                yield _block(rows[first:i], table)
                table, first, widest = [], i, 0
        table.append(cells)
        widest = max(widest, len(cells))
    yield _block(rows[first:], table)


def _block(rows: Sequence[Span], table: Sequence[Row]) -> Block:
    cells = tuple(Cell(r, c, 1, 1, *cell) for r, row in enumerate(table) for c, cell in enumerate(row))
    return Block("table", rows[0].start, rows[-1].end, cells=cells)
