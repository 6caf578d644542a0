"""A table as a grid: which rows are heads, which column holds what, and what kind of table it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from extract.model import Block, Cell
from extract.outline.heads import code_of

TableKind = Literal["task", "pairs", "turned", "statistic", "plain"]

_NUMERIC = re.compile(r"[\d.,，%％‰+\-—–/／\s≥≤<>＜＞~～]+[\u4e00-\u9fff/]{0,4}|[ⅠⅡⅢⅣⅤ]类?")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年.*)?")
"""A head that names a year (2025年目标), no figure."""
_HEAD_ROWS = 6
_PEOPLE = frozenset({"lead", "responsible", "support", "supervise", "deadline"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head as printed, the words above it where heads stand on two lines, and its field (empty for none)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table read. `rows`: its cells by row; `titles`: rows above the heads; `first`: the first row of data; `columns`: by column number."""

    kind: TableKind
    rows: tuple[tuple[Cell, ...], ...]
    titles: tuple[int, ...]
    first: int
    columns: tuple[Column, ...]
    width: int
    repeated: frozenset[int] = frozenset()


def words(text: str, cell: Cell) -> str:
    """The text of a cell without any white space."""
    return "".join(text[cell.start : cell.end].split())


def grid_of(text: str, block: Block, heads: Mapping[str, str], before: Grid | None) -> Grid:
    """Read a table block. `before`: the table just above it, whose heads it takes over when it has none of its own."""
    height = max((cell.row + cell.row_span for cell in block.cells), default=0)
    width = max((cell.column + cell.column_span for cell in block.cells), default=0)
    by_row: list[list[Cell]] = [[] for _ in range(height)]
    for cell in block.cells:
        by_row[cell.row].append(cell)
    rows = tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in by_row)
    pairs = _pairs(text, rows, heads)
    if pairs:
        return Grid(pairs, rows, (), 0, (), width)
    top = _head_row(text, rows, heads)
    if top is None and before is not None and before.kind == "task" and before.width == width:
        return Grid("task", rows, (), 0, before.columns, width)
    if top is not None:
        return _with_heads(text, rows, width, top, heads)
    return _other(text, rows, width, heads)


def _with_heads(text: str, rows: tuple[tuple[Cell, ...], ...], width: int, top: int, heads: Mapping[str, str]) -> Grid:
    columns, first = _columns(text, rows, width, top, heads)
    codes = {column.code for column in columns}
    task = bool(codes & _PEOPLE) or bool({"measure", "problem"} & codes and len(codes - {"", "sequence"}) > 1)
    printed = [words(text, cell) for cell in rows[top]]
    repeated = frozenset(r for r in range(first, len(rows)) if rows[r] and [words(text, cell) for cell in rows[r]] == printed)
    repeated |= frozenset(r + k for r in repeated for k in range(1, first - top) if r + k < len(rows))
    kind: TableKind = "task" if task else "statistic" if _numeric(text, rows[first:]) else "plain"
    if task:
        rows = _joined(text, rows, first, columns)
    return Grid(kind, rows, tuple(range(top)), first, columns, width, repeated)


def _joined(text: str, rows: tuple[tuple[Cell, ...], ...], first: int, columns: tuple[Column, ...]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with cells merged downwards where a table without spans leaves the number and more blank below a numbered row."""
    sequence = next((c for c, column in enumerate(columns) if column.code == "sequence"), None)
    if sequence is None or any(cell.row_span > 1 for row in rows[first:] for cell in row):
        return rows
    filled = [[cell for cell in row if text[cell.start : cell.end].strip()] for row in rows]
    result = list(rows)
    r = first
    while r < len(rows):
        numbered = any(cell.column == sequence for cell in filled[r])
        below = r + 1
        while numbered and below < len(rows) and len(filled[below]) > 1 and all(cell.column > sequence for cell in filled[below]):
            below += 1
        if below > r + 1:
            used = {cell.column for row in filled[r + 1 : below] for cell in row}
            result[r] = tuple(cell if cell.column in used else replace(cell, row_span=below - r) for cell in rows[r])
            result[r + 1 : below] = [tuple(row) for row in filled[r + 1 : below]]
        r = below
    return tuple(result)


def _other(text: str, rows: tuple[tuple[Cell, ...], ...], width: int, heads: Mapping[str, str]) -> Grid:
    """A table without field heads: of figures, where most of its cells are figures."""
    top = next((r for r, row in enumerate(rows[:_HEAD_ROWS]) if len([c for c in row if c.end > c.start]) > 1), None)
    if top is None or any(_is_figure(words(text, cell)) for cell in rows[top] if cell.end > cell.start):
        return Grid("plain", rows, (), 0, (), width)
    columns, first = _columns(text, rows, width, top, heads)
    if first >= len(rows):
        return Grid("plain", rows, (), 0, (), width)
    return Grid("statistic" if _numeric(text, rows[first:]) else "plain", rows, tuple(range(top)), first, columns, width)


def _is_figure(word: str) -> bool:
    return _NUMERIC.fullmatch(word) is not None and _YEAR.fullmatch(word) is None


def _head_row(text: str, rows: tuple[tuple[Cell, ...], ...], heads: Mapping[str, str]) -> int | None:
    """The first row, near the top, in which two cells or more name fields."""
    for r, row in enumerate(rows[:_HEAD_ROWS]):
        filled = [cell for cell in row if cell.end > cell.start]
        known = [cell for cell in filled if code_of(text[cell.start : cell.end], heads)]
        if len(known) >= 2 and len(known) * 3 >= len(filled):
            return r
    return None


def _columns(
    text: str, rows: tuple[tuple[Cell, ...], ...], width: int, top: int, heads: Mapping[str, str]
) -> tuple[tuple[Column, ...], int]:
    """The columns under the head row `top`, and the first row of data. Heads may stand on two lines (责任分工 over 牵头单位, 配合单位)."""
    names = [""] * width
    for cell in rows[top]:
        for c in range(cell.column, min(width, cell.column + cell.column_span)):
            names[c] = words(text, cell)
    codes = [code_of(name, heads) for name in names]
    first = top + 1
    wide = any(cell.column_span > 1 for cell in rows[top])
    tall = any(cell.row_span > 1 for cell in rows[top])
    while first < len(rows) and (wide or tall) and first <= top + 2 and _is_subhead(text, rows[first], rows[top], first - top, heads):
        for cell in rows[first]:
            for c in range(cell.column, min(width, cell.column + cell.column_span)):
                name = words(text, cell)
                if name:
                    codes[c] = code_of(name, heads) or codes[c]
                    names[c] = name if code_of(name, heads) or not names[c] else names[c] + name
        first += 1
    return tuple(Column(name, code) for name, code in zip(names, codes, strict=True)), first


def _is_subhead(text: str, row: tuple[Cell, ...], top: tuple[Cell, ...], depth: int, heads: Mapping[str, str]) -> bool:
    filled = [cell for cell in row if cell.end > cell.start]
    if not filled:
        return True
    if any(_is_figure(words(text, cell)) or len(words(text, cell)) > 12 or text[cell.end - 1] in "。；" for cell in filled):
        return False
    covered = {c for cell in top if cell.row_span > depth for c in range(cell.column, cell.column + cell.column_span)}
    return bool(covered) or all(code_of(text[cell.start : cell.end], heads) for cell in filled)


def _pairs(text: str, rows: tuple[tuple[Cell, ...], ...], heads: Mapping[str, str]) -> Literal["pairs", "turned", ""]:
    """Whether a table names a field and gives its value, row by row (pairs), or item by item in columns (turned)."""
    named = [row for row in rows if row and row[0].end > row[0].start]
    left = [row for row in named if code_of(text[row[0].start : row[0].end], heads)]
    if len(left) < 2 or len(left) * 2 < len(named):
        return ""
    right = [cell for row in left for cell in row[1:] if cell.end > cell.start]
    if any(len(row) > 1 and sum(1 for cell in row if code_of(text[cell.start : cell.end], heads)) * 2 > len(row) + 1 for row in left):
        return ""
    values = max((len([c for c in row[1:] if not code_of(text[c.start : c.end], heads)]) for row in left), default=0)
    if not right:
        return ""
    paired = any(code_of(text[cell.start : cell.end], heads) for cell in right)
    return "turned" if values > 1 and not paired and len(left) > 2 else "pairs"


def _numeric(text: str, rows: tuple[tuple[Cell, ...], ...]) -> bool:
    filled = [words(text, cell) for row in rows for cell in row[1:] if cell.end > cell.start]
    return bool(filled) and sum(1 for word in filled if _NUMERIC.fullmatch(word)) * 5 >= len(filled) * 2
