"""Every numeral of a text accounted for: by a marker, a row, or a rule that knows it to be a name, a bound, a position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.model import Claim, Outline, Passage, View

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DIGIT = re.compile("[0-9]")
_TITLE = "\ue003"
_STRUCTURE = ("title", "number", "info", "attachment", "signature")


class Numeral(NamedTuple):
    """A numeral of the canonical text.

    claim: a table's name, or the class that accounts for it (marker, name, bound …); empty where nothing does.
    """

    start: int
    end: int
    claim: str
    rule: str


def account(outline: Outline, view: View, claims: Iterable[Claim]) -> tuple[Numeral, ...]:
    """The numerals of a text in document order, each with the narrowest claim that covers it.

    Numerals are runs of digits (with their decimals) and the Chinese ones that are part of a quantity, a date or an ordinal;
    一 in 统一 is none.
    """
    numerals = _numerals(view)
    starts = [start for start, _ in numerals]
    takers: list[Claim | None] = [None] * len(numerals)
    labels = [Claim("marker", *node.label_span, "") for node in outline.nodes if node.label_span]
    winners = [*labels, *[claim for claim in claims if claim.won]]
    for claim in sorted(winners, key=lambda claim: claim.start - claim.end):  # the widest first: a narrower one takes over
        for i in range(bisect_left(starts, claim.start), bisect_left(starts, claim.end)):
            if numerals[i][1] <= claim.end:
                takers[i] = claim
    passages = [passage.start for passage in outline.passages]
    return tuple(
        [
            Numeral(start, end, taker.kind, taker.rule)
            if taker
            else Numeral(start, end, _place(outline.passages, passages, view, start), "")
            for (start, end), taker in zip(numerals, takers, strict=True)
        ]
    )


def _numerals(view: View) -> list[tuple[int, int]]:
    digits = [match.span() for match in _DIGITS.finditer(view.text)]
    in_words = [value.number for value in (*view.quantities, *view.ordinals)] + [mention.core for mention in view.dates]
    return sorted({*digits, *[(start, end) for start, end in in_words if not _DIGIT.search(view.text, start, end)]})


def _place(passages: Sequence[Passage], starts: Sequence[int], view: View, start: int) -> str:
    """What the place of a numeral says of it: part of a cited 《title》, of a title, of a head; empty for plain text."""
    if view.masked[start] == _TITLE:
        return "citation"
    i = bisect_right(starts, start) - 1
    if i < 0 or start >= passages[i].end:
        return "head"
    return passages[i].kind if passages[i].kind in _STRUCTURE else ""
