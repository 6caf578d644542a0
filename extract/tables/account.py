"""Every numeral of a text accounted for: by a marker, a row, or a rule that knows it to be a name, a bound, a position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from extract.model import Claim, Outline, View, passage_at

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
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
    labels = [Claim("marker", *node.label_span, "") for node in outline.nodes if node.label_span]
    winners = sorted([*labels, *(claim for claim in claims if claim.won)], key=lambda claim: claim.start)
    numerals: list[Numeral] = []
    waiting = 0
    open_claims: list[Claim] = []
    for start, end in _numerals(view):
        while waiting < len(winners) and winners[waiting].start <= start:
            open_claims.append(winners[waiting])
            waiting += 1
        open_claims = [claim for claim in open_claims if claim.end > start]
        covering = [claim for claim in open_claims if claim.end >= end]
        if covering:
            narrowest = min(covering, key=lambda claim: claim.end - claim.start)
            numerals.append(Numeral(start, end, narrowest.kind, narrowest.rule))
        else:
            numerals.append(Numeral(start, end, _place(outline, view, start), ""))
    return tuple(numerals)


def _numerals(view: View) -> list[tuple[int, int]]:
    digits = [match.span() for match in _DIGITS.finditer(view.text)]
    in_words = [value.number for value in (*view.quantities, *view.ordinals)] + [mention.core for mention in view.dates]
    ends = [end for _, end in digits]

    def has_digits(start: int, end: int) -> bool:
        i = bisect_right(ends, start)
        return i < len(digits) and digits[i][0] < end

    return sorted({*digits, *((start, end) for start, end in in_words if not has_digits(start, end))})


def _place(outline: Outline, view: View, start: int) -> str:
    """What the place of a numeral says of it: part of a cited 《title》, of a title, of a head; empty for plain text."""
    if view.masked[start] == _TITLE:
        return "citation"
    passage = passage_at(outline.passages, start)
    if passage is None:
        return "head"
    return passage.kind if passage.kind in _STRUCTURE else ""
