"""Edits, and the way between the raw text and the canonical one. All offsets are 0-based and count code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub

from extract.model import Document, Edit, Layer, Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which must stand in order of place and must not overlap."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        start = edit.start
        pieces += text[done:start], edit.new
        done = start + len(edit.old)
    pieces.append(text[done:])
    return "".join(pieces)


def revert(text: str, edits: Sequence[Edit]) -> str:
    """The text before the edits: `revert(apply(text, edits), edits) == text`."""
    pieces: list[str] = []
    done = growth = 0
    for edit in edits:
        pieces.append(text[done : edit.start + growth])
        pieces.append(edit.old)
        done = edit.start + growth + len(edit.new)
        growth += len(edit.new) - len(edit.old)
    pieces.append(text[done:])
    return "".join(pieces)


def undo(document: Document) -> str:
    """The raw text that the document was repaired from, exactly."""
    text = document.text
    for layer in reversed(document.layers):
        text = revert(text, layer.edits)
    return text


@dataclass(frozen=True, slots=True)
class Shift:
    """One layer as a step from one text to another: the stretches it changed, as they stand in both, in order."""

    starts: list[int]
    ends: list[int]
    new_starts: list[int]
    new_ends: list[int]

    @staticmethod
    def of(edits: Sequence[Edit]) -> Shift:
        """The step that the edits take."""
        starts = [edit.start for edit in edits]
        old = [len(edit.old) for edit in edits]
        new = [len(edit.new) for edit in edits]
        growth = accumulate(map(sub, new, old), initial=0)
        new_starts = list(map(add, starts, growth))
        return Shift(starts, list(map(add, starts, old)), new_starts, list(map(add, new_starts, new)))

    def back(self) -> Shift:
        """The step the other way."""
        return Shift(self.new_starts, self.new_ends, self.starts, self.ends)

    def start(self, place: int) -> int:
        """Where a span that starts at `place` starts after the step: at the start of what replaced its edge, behind an insertion."""
        i = bisect_right(self.ends, place)
        if i < len(self.starts) and self.starts[i] < place:
            return self.new_starts[i] + (place - self.starts[i] if self._even(i) else 0)
        return place + (self.new_ends[i - 1] - self.ends[i - 1] if i else 0)

    def end(self, place: int) -> int:
        """Where a span that ends at `place` ends after the step: at the end of what replaced its edge, before an insertion."""
        i = bisect_left(self.starts, place) - 1
        if i < 0:
            return place
        if self.ends[i] > place:
            return self.new_starts[i] + (place - self.starts[i]) if self._even(i) else self.new_ends[i]
        return place + self.new_ends[i] - self.ends[i]

    def all_starts(self, places: Sequence[int]) -> list[int]:
        """`start` of each place, in order, without the price of a call for each."""
        starts, ends = self.starts, self.ends
        moved: list[int] = []
        i, last, growth = 0, len(ends), 0
        for place in places:
            while i < last and ends[i] <= place:
                growth = self.new_ends[i] - ends[i]
                i += 1
            moved.append(self.start(place) if i < last and starts[i] < place else place + growth)
        return moved

    def all_ends(self, places: Sequence[int]) -> list[int]:
        """`end` of each place, in order, without the price of a call for each."""
        starts, ends = self.starts, self.ends
        moved: list[int] = []
        i, last = 0, len(starts)
        for place in places:
            while i < last and starts[i] < place:
                i += 1
            if i and ends[i - 1] <= place:
                moved.append(place + self.new_ends[i - 1] - ends[i - 1])
            else:
                moved.append(self.end(place))
        return moved

    def span(self, span: Span) -> Span:
        """A span after the step; empty where all of it was taken out."""
        start = self.start(span.start)
        return Span(start, max(start, self.end(span.end)))

    def _even(self, i: int) -> bool:
        """Whether a stretch kept its length, so that its characters answer one to one."""
        return self.ends[i] - self.starts[i] == self.new_ends[i] - self.new_starts[i]


class OffsetMap:
    """The way from the raw text to the canonical text and back, built once from a document's layers."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._forth = [Shift.of(layer.edits) for layer in layers]
        self._back = [shift.back() for shift in reversed(self._forth)]

    def to_canonical(self, start: int, end: int) -> Span:
        """Where raw[start:end] stands in the canonical text; an empty span where all of it was taken out."""
        return _through(self._forth, Span(start, end))

    def to_raw(self, start: int, end: int) -> Span:
        """Where canonical[start:end] comes from; an edge inside repaired text widens to the whole of what stood there."""
        return _through(self._back, Span(start, end))


def _through(shifts: Sequence[Shift], span: Span) -> Span:
    for shift in shifts:
        span = shift.span(span)
    return span
