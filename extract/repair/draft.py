"""The text on its way through the fixers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.model import Block, Edit, RawDocument
from extract.repair.offsets import Shift, apply
from extract.repair.signs import unusual

_BODY = re.compile("[^\n \t\u3000\xa0\f](?:[^\n]*[^\n \t\u3000\xa0\f])?")


@dataclass(frozen=True)
class Draft:
    """The text as the fixers before have left it, and the way that led to it from the raw document's blocks.

    rare: every character of it (and perhaps some that are gone) that is unusual in Simplified print: what is asked before a fixer's
    patterns are tried.   before, shift: the draft that this one was made from, and how.
    """

    format: str
    text: str
    blocks: tuple[Block, ...]
    rare: str
    before: Draft | None = None
    shift: Shift | None = None

    @staticmethod
    def of(raw: RawDocument) -> Draft:
        """The draft before any repair."""
        return Draft(raw.format, raw.text, raw.blocks, unusual(raw.text))

    def after(self, edits: Sequence[Edit], shift: Shift) -> Draft:
        """The draft with the edits made, `shift` being the step that they take."""
        new = "".join([edit.new for edit in edits])
        return Draft(self.format, apply(self.text, edits), self.blocks, self.rare + unusual(new), self, shift)

    def has_any(self, chars: str) -> bool:
        """Whether one of a few characters occurs."""
        text = self.text
        return any(char in text for char in chars)

    def has_rare(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern for single rare characters can match anywhere."""
        return bool(self.rare) and pattern.search(self.rare) is not None

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each block starts; told only when asked, since few fixers ask."""
        if self.before is None or self.shift is None:
            return [block.start for block in self.blocks]
        return self.shift.all_starts(self.before.starts)

    @cached_property
    def ends(self) -> Sequence[int]:
        """Where each block ends."""
        if self.before is None or self.shift is None:
            return [block.end for block in self.blocks]
        return self.shift.all_ends(self.before.ends)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of the lines, empty ones too, without their line ends."""
        found = []
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            found.append((start, end))
            start = end + 1
        return found

    @cached_property
    def bodies(self) -> list[tuple[int, int]]:
        """Start and end of the lines that are not empty, white space around them left out."""
        return bodies_of(self.text)

    @cached_property
    def has_structure(self) -> bool:
        """Whether any block is more than a paragraph or bullet."""
        return any(block.kind in ("table", "heading") for block in self.blocks)

    def block_at(self, place: int) -> Block | None:
        """The block that holds `place`, or None."""
        i = bisect_right(self.starts, place) - 1
        return self.blocks[i] if i >= 0 and place < self.ends[i] else None

    @cached_property
    def tables(self) -> list[tuple[int, int]]:
        """Start and end of the tables."""
        if not any(block.cells for block in self.blocks):
            return []
        return [(s, e) for s, e, block in zip(self.starts, self.ends, self.blocks, strict=True) if block.kind == "table"]

    def is_prose(self, place: int) -> bool:
        """Whether a line that begins at `place` is no part of a table."""
        i = bisect_right(self.tables, (place, len(self.text))) - 1
        return i < 0 or place >= self.tables[i][1]


def bodies_of(text: str) -> list[tuple[int, int]]:
    """Start and end of the lines of a text that are not empty, white space around them left out."""
    return [line.span() for line in _BODY.finditer(text)]


Fixer = Callable[[Draft], list[Edit]]
"""What one fixer would change, in order of place, without overlaps."""
