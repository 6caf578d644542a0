"""The text on its way through the fixers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.model import Block, Edit, RawDocument
from extract.repair.offsets import Shift, apply

_USUAL = re.compile("[\u4e00-\u9fff\x20-\x7e\n\t\u3000-\u3020\uff01-\uff5e“”‘’—…·①-⑳Ⅰ-Ⅻ]+")


@dataclass(frozen=True)
class Draft:
    """The text as the fixers before have left it, and where the blocks of the raw document stand in it.

    starts, ends: of each block, in order.   chars: every character that occurs, for tests that cost next to nothing; rare: those of them
    that are neither Han nor usual in Chinese print.
    """

    format: str
    text: str
    blocks: tuple[Block, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    chars: frozenset[str]
    rare: str

    @staticmethod
    def of(raw: RawDocument) -> Draft:
        """The draft before any repair."""
        starts, ends = [block.start for block in raw.blocks], [block.end for block in raw.blocks]
        chars = frozenset(raw.text)
        return Draft(raw.format, raw.text, raw.blocks, starts, ends, chars, _USUAL.sub("", "".join(chars)))

    def after(self, edits: Sequence[Edit]) -> Draft:
        """The draft with the edits made."""
        shift = Shift.of(edits)
        starts, ends = shift.all_starts(self.starts), shift.all_ends(self.ends)
        text = apply(self.text, edits)
        new = "".join([edit.new for edit in edits])
        return Draft(self.format, text, self.blocks, starts, ends, self.chars.union(new), self.rare + _USUAL.sub("", new))

    def has_any(self, chars: str | frozenset[str]) -> bool:
        """Whether one of the characters may occur."""
        return not self.chars.isdisjoint(chars)

    def has_rare(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern for single rare characters can match anywhere."""
        return bool(self.rare) and pattern.search(self.rare) is not None

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of the lines, empty ones too, without their line ends."""
        found = []
        start = 0
        for line in self.text.split("\n"):
            found.append((start, start + len(line)))
            start += len(line) + 1
        return found

    def block_at(self, place: int) -> Block | None:
        """The block that holds `place`, or None."""
        i = bisect_right(self.starts, place) - 1
        return self.blocks[i] if i >= 0 and place < self.ends[i] else None

    @cached_property
    def prose(self) -> list[tuple[int, int]]:
        """Start and end of the lines that are not part of a table."""
        tables = [(s, e) for s, e, block in zip(self.starts, self.ends, self.blocks, strict=True) if block.kind == "table"]
        if not tables:
            return self.lines
        starts = [s for s, _ in tables]
        return [line for line in self.lines if (i := bisect_right(starts, line[0]) - 1) < 0 or line[0] >= tables[i][1]]


Fixer = Callable[[Draft], list[Edit]]
"""What one fixer would change, in order of place, without overlaps."""
