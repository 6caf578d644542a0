"""Sizes told beside a count (违建126处3.2万平方米, 矿山92处（1.3万亩）, 62个小区涉及居民1.2万户), which tallies pass over."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

import regex

from extract.model import Quantity
from extract.records.sentences import GLOSS, QUANTITY, Sentences

_GAP = 16
"""Characters between a count and a size told beside it."""
_LED = (
    r"(?:(?:总|建筑|规划|用地)?面积|总?(?:投资|库容|装机|产能|蓄积|概算|金额|资金|里程)|占地|存栏\p{Han}{0,4}"
    r"|(?:涉及|惠及|覆盖|受益|服务)(?:\p{Han}{0,6}?))(?:共|约|达|合|共计|合计)*"
)
_BESIDE = regex.compile(rf"[、和]?(?:共|约|计|合|共计|合计)?(?P<led>{_LED})?")
_BEHIND_NOUN = regex.compile(rf"(?P<noun>\p{{Han}}{{2,8}}?)、?(?P<led>{_LED})")
_CLOSED = regex.compile(r"[，。；、：）\n]|$|已|均|全部|正在|尚|仍|未|现|目前")
"""What follows a size that says nothing of the noun: 92处1.3万亩|已完成修复, but 214台35蒸吨以下|燃煤锅炉."""
_PEOPLE = frozenset("户人")
"""Those who live there are told behind what is counted (12处36户) or with a verb (涉及居民36户); with a 、 they are counted too."""
_MARK = "，"
_BRACKET = regex.compile(f"(?<={QUANTITY}){GLOSS}+")


def pass_over_sizes(found: Sentences, shaded: str, units: Set[str]) -> tuple[list[Sequence[Quantity]], str]:
    """The counts of each sentence without sizes and what brackets hide, and the text where a size or a bracket right behind a count stands as
    part of it, and a size behind the count's noun as a mark. `units`: the base units of sizes."""
    counts: list[Sequence[Quantity]] = []
    pieces: list[str] = []
    place = 0
    for _, quantities, _ in found:
        kept = [quantity for quantity in quantities if shaded[quantity.start] == QUANTITY]
        beside = [(count, size) for count, size in pairwise(kept) if size.base_unit in units and count.base_unit not in units]
        for count, size in beside:
            begin = _begin(shaded, count, size) if size.start - count.end <= _GAP else -1
            if begin >= 0:
                kept.remove(size)
                pieces += [shaded[place:begin], (QUANTITY if begin == count.end else _MARK) * (size.end - begin)]
                place = size.end
        counts += (kept,)
    text = "".join([*pieces, shaded[place:]])
    return counts, _BRACKET.sub(lambda bracket: QUANTITY * len(bracket[0]), text) if GLOSS in text else text


def _begin(shaded: str, count: Quantity, size: Quantity) -> int:
    """Where a size that is told beside a count begins, with the words that lead it in; -1 where it is none."""
    if _CLOSED.match(shaded, size.end) is None:
        return -1
    beside = _BESIDE.fullmatch(shaded, count.end, size.start)
    if beside is not None:
        people = size.base_unit in _PEOPLE and beside["led"] is None and size.start > count.end
        return -1 if people else count.end
    behind = _BEHIND_NOUN.fullmatch(shaded, count.end, size.start)
    return behind.start("led") if behind is not None else -1
