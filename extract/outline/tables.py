"""Tables into the tree: a row of a task table becomes an item, a group row its parent; pairs become fields, figures passages of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import cast

from extract.model import Block, Cell, Diagnostic, FieldCode, PassageKind
from extract.outline.grid import Column, Grid, grid_of, words
from extract.outline.heads import code_of
from extract.outline.lines import Line, split_lines
from extract.outline.markers import Mark, Numbering, Scanner, accept_line, candidates, ordinal_of
from extract.outline.roles import field_role
from extract.outline.text import TEXTUAL, Writer
from extract.outline.tree import Draft, FieldDraft

_TOTAL = re.compile(r"[总合小]计(?:数)?|总[数分]|合计数?[：:]?.{0,4}")
_SHORT_CELL, _NARROW = 3, 3
_REACH = 60
_OF_TASK: tuple[FieldCode, ...] = ("lead", "responsible", "support", "supervise", "deadline")
"""Fields whose heads are looked for in a cell that tells of a matter (清淤3公里。责任单位：县水利局)."""
_HAN_LABEL = re.compile("[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_LABEL = re.compile(
    r"[（(]?\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s*[）)]?[.．、]?|[①-⑳]|[A-Z]?\d{1,3}(?:[.-]\d{1,3}){0,3}|\d{1,4}[*＊★☆▲△※#]{1,2}"
)
"""What the first cell of a row may hold; a sign behind it (2*) marks matters that are looked at first."""


def write_table(writer: Writer, scanner: Scanner, block: Block, before: Grid | None) -> Grid:
    """Put one table into the tree; returns how it was read, for the table that may go on with it."""
    tree = writer.tree
    writer.end()
    tree.close_inline()
    grid = grid_of(tree.text, block, writer.heads, before)
    base = len(tree.stack)
    floor, tree.floor = tree.floor, base
    for r in grid.titles:
        for cell in grid.rows[r]:
            tree.give(cell.start, cell.end, "title")
    if grid.kind == "task":
        _Task(writer, scanner, grid, base).write()
    elif grid.kind == "pairs":
        _write_pairs(writer, scanner, grid)
    else:
        _write_cells(writer, scanner, grid)
    tree.close_to(base)
    tree.floor = floor
    writer.end()
    return grid


def write_cell(writer: Writer, scanner: Scanner, cell: Cell, *, marks: bool) -> None:
    """The text of one cell, its numbered parts as items below the one that is open."""
    tree = writer.tree
    floor, tree.floor = tree.floor, len(tree.stack)
    lines = [Line(start, end, "paragraph") for start, end in split_lines(tree.text, cell.start, cell.end)]
    found = [candidates(scanner, tree.text, line.start, line.end) if marks else [] for line in lines]
    numbering = Numbering()
    found.append([])
    for i, line in enumerate(lines):
        writer.line(line, accept_line(scanner, tree.text, line.end, found[i], found[i + 1], numbering), fields=_OF_TASK if marks else ())
    tree.close_to(tree.floor)
    tree.floor = floor


def _write_field(writer: Writer, scanner: Scanner, cell: Cell, node: Draft | None, code: FieldCode, name: str, rule: str) -> None:
    """A cell that is the value of one field from its first to its last character."""
    tree = writer.tree
    value = FieldDraft(node.index if node else None, code, name, rule=rule)
    tree.fields.append(value)
    at, nodes = len(tree.pieces), len(tree.nodes)
    write_cell(writer, scanner, cell, marks=code in TEXTUAL)
    for piece in tree.pieces[at:]:
        if not piece.silent and piece.kind != "field":
            piece.kind, piece.field, piece.head = "field", code, name
    for child in tree.nodes[nodes:]:
        child.cue = field_role(code)
    if len(tree.pieces) > at:
        value.start, value.end = tree.pieces[at].start, tree.pieces[-1].end


def _write_pairs(writer: Writer, scanner: Scanner, grid: Grid) -> None:
    """A table of heads and values: fields of the item around the table, or of the document."""
    tree = writer.tree
    for r, row in enumerate(grid.rows):
        head: Cell | None = None
        filled = [cell for cell in row if cell.end > cell.start]
        for cell in filled:
            if head is None and len(filled) > 1:
                head = cell
                tree.give(cell.start, cell.end, silent=True)
                continue
            name = words(tree.text, head) if head else ""
            code = code_of(name, writer.heads)
            if code and code != "sequence":
                _write_field(writer, scanner, cell, tree.top, cast("FieldCode", code), name, "field-pair")
            else:
                _write_plain(writer, scanner, cell, name, r)
            head = None


def _write_plain(writer: Writer, scanner: Scanner, cell: Cell, name: str, row: int) -> None:
    """A cell of no known field; it may hold items all the same."""
    at = len(writer.tree.pieces)
    write_cell(writer, scanner, cell, marks=True)
    for piece in writer.tree.pieces[at:]:
        piece.row = row
        if piece.kind != "field":
            piece.kind, piece.head = "cell", name


def _write_cells(writer: Writer, scanner: Scanner, grid: Grid) -> None:
    """Figures and lists: one passage for each cell. A cell that bears a number of a list that runs down its column is an item, and what stands
    to its right or below it belongs to it. A table turned on its side is told of."""
    tree = writer.tree
    kind: PassageKind = "statistic" if grid.kind == "statistic" else "cell"
    if grid.kind == "turned":
        first = next(cell for row in grid.rows for cell in row if cell.end > cell.start)
        message = "a table with its items side by side: its cells are kept, but no items are made"
        tree.diagnostics.append(Diagnostic("table_shape", "warning", message, first.start, first.end))
    numbered = _numbered(tree.text, scanner, grid) if grid.kind == "plain" else {}
    for r, row in enumerate(grid.rows):
        if r in grid.titles:
            continue
        for cell in row:
            column = grid.columns[cell.column] if cell.column < len(grid.columns) else Column("", "")
            mark = numbered.get(cell)
            if mark is not None:
                writer.line(Line(cell.start, cell.end, "paragraph"), [mark], fields=())
            elif numbered and r >= grid.first and len(candidates(scanner, tree.text, cell.start, cell.end)) > 1:
                _write_plain(writer, scanner, cell, column.name, r)
            else:
                silent = r < grid.first or r in grid.repeated or (column.code == "sequence" and not _TOTAL.match(words(tree.text, cell)))
                tree.give_to(tree.top, cell.start, cell.end, kind, silent=silent, head=column.name, row=r)


def _numbered(text: str, scanner: Scanner, grid: Grid) -> dict[Cell, Mark]:
    """The cells that open with a number, text behind it, where those of its family stand in one column and count on."""
    found: dict[str, list[tuple[Cell, Mark]]] = {}
    for row in grid.rows[grid.first :]:
        for cell in row:
            mark = next(
                (mark for mark in candidates(scanner, text, cell.start, cell.end)[:1] if mark.first and mark.marker == "number"), None
            )
            if mark and text[mark.end : cell.end].strip():
                found.setdefault(mark.family, []).append((cell, mark))
    lists = [
        pairs
        for pairs in found.values()
        if len(pairs) > 1
        and pairs[0][1].ordinal == 1
        and len({cell.column for cell, _ in pairs}) == 1
        and all(after.ordinal in (1, before.ordinal + 1) for (_, before), (_, after) in pairwise(pairs))
    ]
    return dict(pair for pairs in lists for pair in pairs)


_SETTLING = ("measure", "objective", "progress", "status")


class _Task:
    """The rows of a task table, written in order."""

    def __init__(self, writer: Writer, scanner: Scanner, grid: Grid, base: int) -> None:
        self.writer, self.tree, self.scanner, self.grid, self.base = writer, writer.tree, scanner, grid, base
        self.around = self.tree.stack[base - 1] if base else None
        self.sequence = next((c for c, column in enumerate(grid.columns) if column.code == "sequence"), None)
        self.groups = self._groups()
        codes = {column.code for column in grid.columns}
        self.stated = "problem" in codes and codes.isdisjoint(_SETTLING)
        """Do the rows only state what is wrong, with who answers for it and by when?"""

    def _groups(self) -> frozenset[int]:
        """The rows numbered 一、二、 where others below them are numbered 1, 2: each names a group."""
        numbers = {
            cell.row: number
            for row in self.grid.rows[self.grid.first :]
            for cell in row
            if cell.column == self.sequence and (number := words(self.tree.text, cell))
        }
        groups = frozenset(r for r, number in numbers.items() if _HAN_LABEL.fullmatch(number))
        return groups if groups and min(groups) == min(numbers) and len(groups) < len(numbers) else frozenset()

    def write(self) -> None:
        grid, text = self.grid, self.tree.text
        for r in range(min(grid.first, len(grid.rows))):
            if r not in grid.titles:
                for cell in grid.rows[r]:
                    self.tree.give(cell.start, cell.end, silent=True)
        r = grid.first
        while r < len(grid.rows):
            row = grid.rows[r]
            filled = [cell for cell in row if text[cell.start : cell.end].strip()]
            if r in grid.repeated:
                for cell in row:
                    self.tree.give_to(self.around, cell.start, cell.end, silent=True)
                r += 1
            elif not filled:
                r += 1
            elif len(filled) == 1 and (filled[0].column_span * 2 > grid.width or self._names_group(filled[0])):
                self._group(filled[0])
                r += 1
            elif any(_TOTAL.fullmatch(words(text, cell)) for cell in filled[:2]):
                for cell in filled:
                    self.tree.give_to(None, cell.start, cell.end, "statistic", head=self._column(cell).name, row=r)
                r += 1
            else:
                r = self._matter(r)

    def _names_group(self, cell: Cell) -> bool:
        """Whether the only filled cell of a row, its first one, names a group, as its number or its length tells: 一、完善分类体系."""
        text = self.tree.text[cell.start : cell.end].strip()
        return cell.column == 0 and len(text) > _SHORT_CELL and _LABEL.fullmatch(text) is None and self.grid.width > _NARROW

    def _column(self, cell: Cell) -> Column:
        return self.grid.columns[cell.column] if cell.column < len(self.grid.columns) else Column("", "")

    def _group(self, cell: Cell) -> None:
        """A row that spans the table names a group: an item, the rows below it are its children."""
        tree = self.tree
        marks = [mark for mark in candidates(self.scanner, tree.text, cell.start, cell.end) if mark.first]
        start, end = split_lines(tree.text, cell.start, cell.end)[0]
        if marks and not marks[0].doubtful:
            self._close("row")
            self.writer.line(Line(start, cell.end, "paragraph"), marks[:1], fields=())
        elif len(words(tree.text, cell)) <= 40 and not tree.text[start:end].startswith(("注", "说明", "备注")):
            self._close("row")
            self.writer.line(Line(start, cell.end, "heading", 9), [], fields=())
        else:
            tree.close_to(self.base)
            tree.give_to(tree.top, cell.start, cell.end, "attachment")

    def _close(self, family: str) -> None:
        for i in range(self.base, len(self.tree.stack)):
            if self.tree.stack[i].family == family:
                self.tree.close_to(i)
                return

    def _matter(self, r: int) -> int:
        """One row, or the rows that a merged cell on the left holds together; returns the row after it."""
        grid = self.grid
        anchor = self._anchor(r)
        size = min(anchor.row_span if anchor else 1, len(grid.rows) - r)
        if size == 1:
            self._open([cell for cell in grid.rows[r] if cell.end > cell.start], r)
            self._share(r, [])
            return r + 1
        parts = [[cell for cell in row if cell.end > cell.start] for row in grid.rows[r : r + size]]
        shared = [cell for cell in parts[0] if cell.row_span >= size]
        own = [[cell for cell in part if cell not in shared] for part in parts]
        self._open(shared, r)
        inner = len(self.tree.stack)
        if sum(1 for part in own if part) < 2:
            for part in own:
                self._cells(part, r)
        else:
            for k, part in enumerate(own):
                if part:
                    self._sub(part, r + k)
                    self._share(r + k, shared)
                    self.tree.close_to(inner)
        return r + size

    def _anchor(self, r: int) -> Cell | None:
        row = self.grid.rows[r]
        column = self.sequence if self.sequence is not None else 0
        return next((cell for cell in row if cell.column == column and cell.row_span > 1), None)

    def _open(self, cells: list[Cell], r: int) -> None:
        """An item for a row: its label is the number in the first column, its own text the cells."""
        tree = self.tree
        family = "group" if r in self.groups else "row"
        self._close(family)
        start = cells[0].start
        label = next(
            (cell for cell in cells if cell.column == self.sequence and _LABEL.fullmatch(tree.text[cell.start : cell.end].strip())), None
        )
        if label is not None:
            text = tree.text[label.start : label.end].strip()
            at = tree.text.index(text, label.start)
            mark = Mark(at, at + len(text), family, ordinal_of(text), "row", first=True)
            tree.open_mark(mark, inline=False, base=self.base)
            tree.give(at, at + len(text), silent=True)
        else:
            tree.open_plain(family, "row", start, inline=False, base=self.base)
        tree.stack[-1].cue = "problem" if self.stated else None
        self._cells([cell for cell in cells if cell is not label], r)

    def _sub(self, cells: list[Cell], r: int) -> None:
        """A row below a merged cell: an item of its own, with the number that its text begins with."""
        tree = self.tree
        floor, tree.floor = tree.floor, len(tree.stack)
        begin = cells[0].start
        marks = [mark for mark in candidates(self.scanner, tree.text, begin, cells[0].end) if mark.first]
        if marks:
            tree.open_mark(marks[0]._replace(marker="row"), inline=False, base=tree.floor)
            tree.give(marks[0].start, marks[0].end, silent=True)
            begin = marks[0].end
        else:
            tree.open_plain("row", "row", begin, inline=False, base=tree.floor)
        tree.stack[-1].cue = "measure" if self._column(cells[0]).code == "measure" else None
        self._cells([replace(cells[0], start=begin), *cells[1:]], r)
        tree.floor = floor

    def _share(self, r: int, of_parent: list[Cell]) -> None:
        """A cell of a row above that reaches down to this row holds a field of this row too, unless its parent has it."""
        node = self.tree.top
        for above in self.grid.rows[max(self.grid.first, r - _REACH) : r]:
            for cell in above:
                code = self._column(cell).code
                if cell in of_parent or cell.row + cell.row_span <= r:
                    continue
                if cell.end > cell.start and node and code not in ("", "sequence"):
                    name = self._column(cell).name
                    self.tree.fields.append(FieldDraft(node.index, cast("FieldCode", code), name, cell.start, cell.end, "field-merged"))

    def _cells(self, cells: list[Cell], r: int) -> None:
        tree = self.tree
        node = tree.top
        at = len(tree.pieces)
        for cell in cells:
            column = self._column(cell)
            if column.code and column.code != "sequence":
                _write_field(self.writer, self.scanner, cell, node, cast("FieldCode", column.code), column.name, "field-column")
            elif len(candidates(self.scanner, tree.text, cell.start, cell.end)) > 1:
                _write_plain(self.writer, self.scanner, cell, column.name, r)
            else:
                tree.give_to(node, cell.start, cell.end, "cell", head=column.name, row=r)
        for piece in tree.pieces[at:]:
            piece.row = r
