"""The blocks of the canonical text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extract.model import Block, Cell, Span
from extract.repair.draft import Draft
from extract.repair.offsets import Shift


def rebuild(draft: Draft, shifts: Sequence[Shift]) -> tuple[Block, ...]:
    """One block for each line of the finished text, one for each table; joined lines are of the kind of their first."""
    result: list[Block] = []
    covered = 0
    for start, end in draft.lines:
        if start == end or start < covered:
            continue
        first = max(bisect_right(draft.ends, start), 0)
        last = first
        while last < len(draft.blocks) and draft.starts[last] < end:
            last += 1
        block = _line(draft, shifts, Span(start, end), first, last)
        result.append(block)
        covered = block.end
    return tuple(result)


def _line(draft: Draft, shifts: Sequence[Shift], line: Span, first: int, last: int) -> Block:
    if last == first + 1 and draft.starts[first] >= line.start:
        block = draft.blocks[first]
        if block.kind != "table" and not block.bold:
            return Block(block.kind, line.start, line.end, block.level, (), (), block.page)
    members = [i for i in range(first, last) if draft.starts[i] < draft.ends[i]]
    if not members:
        return Block("paragraph", line.start, line.end)
    block = draft.blocks[members[0]]
    if block.kind == "table":
        end = max(line.end, draft.ends[members[0]])
        cells = tuple(_cell(cell, shifts) for cell in block.cells)
        return replace(block, start=line.start, end=end, bold=_bold([block], shifts, Span(line.start, end)), cells=cells)
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
