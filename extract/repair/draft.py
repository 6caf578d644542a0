"""The text on its way through the fixers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extract.model import Block, Edit, RawDocument, Span
from extract.repair.offsets import Shift, apply


@dataclass(frozen=True, slots=True)
class Draft:
    """The text as the fixers before have left it, and where the blocks of the raw document stand in it.

    chars: the characters of the raw text, for tests that cost nothing.   starts, ends: of each block, in order.
    """

    format: str
    text: str
    blocks: tuple[Block, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    chars: frozenset[str]

    @staticmethod
    def of(raw: RawDocument) -> Draft:
        """The draft before any repair."""
        starts, ends = [block.start for block in raw.blocks], [block.end for block in raw.blocks]
        return Draft(raw.format, raw.text, raw.blocks, starts, ends, frozenset(raw.text))

    def after(self, edits: Sequence[Edit]) -> Draft:
        """The draft with the edits made."""
        shift = Shift.of(edits)
        starts, ends = [shift.start(place) for place in self.starts], [shift.end(place) for place in self.ends]
        text = apply(self.text, edits)
        return Draft(self.format, text, self.blocks, starts, ends, self.chars.union(*(edit.new for edit in edits)))

    def has_any(self, chars: frozenset[str]) -> bool:
        """Whether one of the characters may occur."""
        return not self.chars.isdisjoint(chars)

    def lines(self) -> Iterator[Span]:
        """The lines, empty ones too, without their line ends."""
        start = 0
        for line in self.text.split("\n"):
            yield Span(start, start + len(line))
            start += len(line) + 1

    def block_at(self, place: int) -> Block | None:
        """The block that holds `place`, or None."""
        i = bisect_right(self.starts, place) - 1
        return self.blocks[i] if i >= 0 and place < self.ends[i] else None

    def table_spans(self) -> list[Span]:
        """Where the tables stand."""
        return [Span(s, e) for s, e, block in zip(self.starts, self.ends, self.blocks, strict=True) if block.kind == "table"]


Fixer = Callable[[Draft], list[Edit]]
"""What one fixer would change, in order of place, without overlaps."""
