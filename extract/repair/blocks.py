"""The blocks of the canonical text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import Block, Cell, Span
from extract.repair.draft import Draft
from extract.repair.offsets import Shift


def rebuild(draft: Draft, shifts: Sequence[Shift]) -> tuple[Block, ...]:
    """One block for each line of the finished text, one for each table; joined lines are of the kind of their first."""
    blocks, starts, ends = draft.blocks, draft.starts, draft.ends
    count = len(blocks)
    result: list[Block] = []
    covered = first = 0
    for start, end in draft.lines:
        if start == end or start < covered:
            continue
        while first < count and ends[first] <= start:
            first += 1
        last = first
        while last < count and starts[last] < end:
            last += 1
        if last == first + 1 and starts[first] >= start and not blocks[first].bold and blocks[first].kind != "table":
            block = _moved(blocks[first], start, end)
        else:
            block = _line(draft, shifts, Span(start, end), range(first, last))
        result.append(block)
        covered = block.end
    return tuple(result)


def _moved(block: Block, start: int, end: int) -> Block:
    """The block at its new place; most text stands before any repair, and its blocks are kept as they are."""
    return block if block.start == start and block.end == end else Block(block.kind, start, end, block.level, (), (), block.page)


def _line(draft: Draft, shifts: Sequence[Shift], line: Span, places: range) -> Block:
    members = [i for i in places if draft.starts[i] < draft.ends[i]]
    if not members:
        return Block("paragraph", line.start, line.end)
    block = draft.blocks[members[0]]
    if block.kind == "table":
        end = max(line.end, draft.ends[members[0]])
        cells = tuple(_cell(cell, shifts) for cell in block.cells)
        return block._replace(start=line.start, end=end, bold=_bold([block], shifts, Span(line.start, end)), cells=cells)
    bold = _bold([draft.blocks[i] for i in members], shifts, line)
    kind = block.kind if draft.starts[members[0]] >= line.start else "paragraph"
    return Block(kind, line.start, line.end, block.level if kind == "heading" else 0, bold, (), block.page)


def _bold(blocks: Sequence[Block], shifts: Sequence[Shift], within: Span) -> tuple[Span, ...]:
    if not any(block.bold for block in blocks):
        return ()
    spans = (_through(shifts, span) for block in blocks for span in block.bold)
    return tuple(Span(max(s, within.start), min(e, within.end)) for s, e in spans if max(s, within.start) < min(e, within.end))


def _cell(cell: Cell, shifts: Sequence[Shift]) -> Cell:
    start, end = _through(shifts, Span(cell.start, cell.end))
    return Cell(cell.row, cell.column, cell.row_span, cell.column_span, start, end)


def _through(shifts: Sequence[Shift], span: Span) -> Span:
    for shift in shifts:
        span = shift.span(span)
    return span
