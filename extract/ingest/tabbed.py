"""Tables in plain text whose cells are divided by tabs, as Word and Excel leave them when they are pasted or saved as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.ingest.remerge import merged_again
from extract.model import Block, Cell, Span

_LEAST_COLUMNS = 3
_HEAD = re.compile(r"[^，。；：！？\d]{1,12}")
_FIGURE = re.compile(r"\d|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]?$")
_LOOKED_AT = 12
"""Rows that tell whether there is a table, so that many lines with tabs cost no more than they are."""
_MOST_LINES = 30
"""Lines of one row."""
_EDGES = " \u3000\xa0\r"

Row = list[Span]


def tabbed_table(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Block], int]:
    """The table whose head is lines[at], and the index of the line behind it; no table where none begins there.

    A head is three short words or more; the rows below it follow without an empty line, and one of their columns counts or holds figures.
    A line end inside a cell divides a row over several lines, which have as many tabs together.
    """
    head = _cells(text, *lines[at])
    words = [text[start:end] for start, end in head if end > start]
    if len(words) < _LEAST_COLUMNS or 2 * len(words) < len(head) or not all(map(_HEAD.fullmatch, words)):
        return [], at
    rows, end = _rows(text, lines, at + 1, len(head), _LOOKED_AT)
    if not any(len(row) == len(head) for row in rows) or not _counts(text, rows):
        return [], at
    if len(rows) == _LOOKED_AT:
        rows, end = _rows(text, lines, at + 1, len(head), len(lines))
    rows = [head, *rows]
    return [Block("table", lines[at][0], lines[end - 1][1], cells=tuple(_placed(text, rows, len(head))))], end


def _rows(text: str, lines: Sequence[tuple[int, int]], at: int, width: int, most: int) -> tuple[list[Row], int]:
    """The rows from a line on, so many at most, and the index of the line behind them."""
    rows: list[Row] = []
    while at < len(lines) and len(rows) < most and text.count("\n", lines[at - 1][1], lines[at][0]) == 1:
        row, last = _row(text, lines, at, width)
        if not 2 <= len(row) <= width:
            break
        rows.append(row)
        at = last
    return rows, at


def _cells(text: str, start: int, end: int) -> Row:
    """The cells of the line around text[start:end]: tabs at its ends divide cells too."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    found: Row = []
    for piece in text[begin : stop if stop >= 0 else len(text)].split("\t"):
        body = piece.strip(_EDGES)
        at = begin + (piece.index(body) if body else 0)
        found.append(Span(at, at + len(body)))
        begin += len(piece) + 1
    return found


def _row(text: str, lines: Sequence[tuple[int, int]], at: int, width: int) -> tuple[Row, int]:
    """The row that begins with a line, and the index of the line behind it."""
    row, end = _cells(text, *lines[at]), at + 1
    whole = list(row)
    while len(whole) < width and end < min(len(lines), at + _MOST_LINES) and text.count("\n", lines[end - 1][1], lines[end][0]) == 1:
        more = _cells(text, *lines[end])
        if len(more) == width:
            break
        whole = [*whole[:-1], Span(whole[-1].start, more[0].end), *more[1:]]
        end += 1
        if len(whole) == width:
            return whole, end
    return row, at + 1


def _counts(text: str, rows: Sequence[Row]) -> bool:
    """Whether a column numbers the rows or holds figures; lists of links and names do not."""
    for column in range(max(map(len, rows))):
        filled = [cell for row in rows if column < len(row) and (cell := text[slice(*row[column])])]
        if filled and all(map(_FIGURE.search, filled)):
            return True
    return False


def _placed(text: str, rows: Sequence[Row], width: int) -> Iterator[Cell]:
    """The cells of the rows, those merged again that were."""
    texts = [[text[start:end] for start, end in row] + [""] * (width - len(row)) for row in rows]
    merged = merged_again(texts)
    covered = {
        (y, x) for (top, left), (bottom, right) in merged.items() for y in range(top, bottom + 1) for x in range(left, right + 1)
    } - merged.keys()
    for y, row in enumerate(rows):
        for x in range(width):
            if (y, x) not in covered:
                bottom, right = merged.get((y, x), (y, x))
                start, end = row[x] if x < len(row) else (row[-1].end, row[-1].end)
                yield Cell(y, x, bottom - y + 1, right - x + 1, start, end)
