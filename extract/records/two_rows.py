"""Two rows of values with one verb between: the levels that several things came from, and those that they reached (分别由40%、50%提高到60%、70%)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extract.model import Quantity
from extract.records.sentences import DATE

_FROM = regex.compile(rf"(?:(?:分别|依次)?[由从]|(?:分别|依次)(?={DATE})){DATE}*[^，。；、\ue000\ue001由从]{{0,4}}$")
"""What stands right before the first of the levels that things came from: 分别由|40%, 从2019年的|52毫克."""
_TO = regex.compile(rf"(?:分别|依次|各|逐步|大幅)*([^，。；、\ue000\ue001]{{1,8}}[到至为]){DATE}*[^，。；、\ue000\ue001]{{0,4}}")
_NEXT = regex.compile(r"(?:、|和|及|与|以及)(?P<name>[^，。；、\ue000\ue001到至为]{0,12}?)(?:[由从](?:原来的?)?)?")
"""What stands between two values of the first row: a mark, and what the second is measured of (46处|、产能|2150万吨)."""
_LEAST = 2
_MOST = 6


class TwoRows(NamedTuple):
    """`firsts` and `lasts` are the values before and after the verb `action`, in pairs; the names of what they are measured of end at `named`,
    those that stand among the values are in `inner`, each an empty string where all stand before."""

    firsts: list[Quantity]
    lasts: list[Quantity]
    named: int
    inner: list[tuple[int, int]]
    action: str


def two_rows(shaded: str, left: int, inside: Sequence[Quantity], i: int) -> TwoRows | None:
    """The two rows that begin with the i-th number of a clause, or None; `left` is where the words about that number begin."""
    told = _FROM.search(shaded, left, inside[i].start)
    if told is None:
        return None
    inner: list[tuple[int, int]] = []
    for k in range(i + 1, min(len(inside), i + _MOST + 1)):
        between = inside[k - 1].end, inside[k].start
        action = _TO.fullmatch(shaded, *between)
        if action is not None:
            lasts = list(inside[k : k + k - i])
            told_apart = k - i >= _LEAST and len(lasts) == k - i and _row(shaded, lasts)
            return TwoRows(list(inside[i:k]), lasts, told.start(), inner, action[1]) if told_apart else None
        following = _NEXT.fullmatch(shaded, *between)
        if following is None:
            return None
        inner.append(following.span("name"))
    return None


def _row(shaded: str, values: list[Quantity]) -> bool:
    """Whether nothing but marks stands between the values."""
    between = (_NEXT.fullmatch(shaded, a.end, b.start) for a, b in pairwise(values))
    return all(match is not None and not match["name"] for match in between)
