"""A text cut where marked stretches begin and end, each stretch in a lane of its own, so that overlaps can be drawn."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

LANES = 4
"""How many stretches can lie below one character; what lies deeper shares the last lane."""


class Piece(NamedTuple):
    """A piece of one line: its offset, its text, and the numbers of the stretches that cover it, the longest first."""

    start: int
    text: str
    covers: tuple[int, ...]


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """A lane for each stretch: two that overlap share none, unless more than LANES do; the shorter lies nearer to the text."""
    taken: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    found = [0] * len(spans)
    for i in sorted(range(len(spans)), key=lambda one: (spans[one][1] - spans[one][0], spans[one])):
        lane = next((lane for lane in range(LANES) if _is_free(taken[lane], *spans[i])), LANES - 1)
        insort(taken[lane], spans[i])
        found[i] = lane
    return found


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (end, end))
    return place == 0 or taken[place - 1][1] <= start


def lines(text: str, spans: Sequence[tuple[int, int]], cuts: Iterable[int] = ()) -> Iterator[tuple[int, list[Piece]]]:
    """Each line of the text with its offset and its pieces: cut where a stretch begins or ends, around tabs, and at `cuts`.

    Offsets count code points. An empty stretch gives an empty piece. The pieces of a line, joined, are the line.
    """
    edges = {0, len(text), *cuts, *(place for span in spans for place in span)}
    for place, char in enumerate(text):
        if char in "\n\t":
            edges |= {place, place + 1}
    order = sorted(place for place in edges if 0 <= place <= len(text))
    opening: dict[int, list[int]] = {}
    empty: dict[int, list[int]] = {}
    for i, (start, end) in enumerate(spans):
        (opening if end > start else empty).setdefault(start, []).append(i)
    alive: list[int] = []
    line: list[Piece] = []
    begin = 0
    for start, end in pairwise([*order, len(text) + 1]):
        alive = [i for i in alive if spans[i][1] > start] + opening.get(start, [])
        alive.sort(key=lambda i: (spans[i][0] - spans[i][1], i))
        line += [Piece(start, "", (i,)) for i in empty.get(start, ())]
        piece = text[start:end]
        if piece == "\n":
            yield begin, line
            line, begin = [], end
        elif piece:
            line.append(Piece(start, piece, tuple(alive)))
    yield begin, line
