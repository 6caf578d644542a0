"""The noun of an indicator, cut free of what stands around it: 全市新改扩建雨污管网 is 雨污管网, done by 新改扩建, over 全市."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from extract.nlp.words import tag
from extract.rulebook import Rulebook

_HIDDEN = regex.compile(r"[\ue000-\ue004]+|（[^（）]*）|\([^()]*\)")
_LONGEST = 9
_EDGES = " 　，、；：。“”\"'的了"
_TAIL = regex.compile(r"(?:分别|均|都|共|共计|合计|累计|约|已|则|将|仅|只|平均|年均|同比|目前|实际|总计|全部|一般|原则上|力争|确保|要|应|须|需|总体|基本|持续|稳定|不|大幅|逐步|由|从|较|比|与|在|也|均要|数量|等)+$")


@dataclass(frozen=True, slots=True)
class Noun:
    """noun: the indicator.   action: the verb that stood before it.   scope: the place or group named before it."""

    noun: str
    action: str = ""
    scope: str = ""


def trim_noun(text: str, rulebook: Rulebook) -> Noun:
    """Take openers, scopes and leading verbs off a noun phrase, and adverbs off its end.

    A verb stays where what follows it alone would say nothing (建设规模, 处理能力).
    """
    rest = _HIDDEN.sub("", text).strip(_EDGES)
    openers, scopes, actions = rulebook.words("openers"), rulebook.words("scopes"), rulebook.words("actions")
    bare = rulebook.words("measurands")
    scope = action = ""
    while rest:
        word = _prefix(rest, (scopes, openers, actions))
        if not word or (len(word) == 1 and tag(rest)[0].end != 1):  # 有 of 有机肥 opens nothing
            break
        left = rest[len(word) :].lstrip(_EDGES)
        if word in scopes:
            if not left:
                return Noun("", action, word)
            scope = word
        elif word in openers and word not in actions:
            if not left:
                return Noun("", action, scope)
            if left in bare and len(word) < 2:
                break
        else:
            if not left or left in bare or len(left) < 2:
                break
            action = word
        rest = left
    rest = _TAIL.sub("", rest).strip(_EDGES)
    return Noun(rest, action, scope)


def _prefix(text: str, lists: Iterable[frozenset[str]]) -> str:
    """The longest word of the lists that the text begins with."""
    for length in range(min(_LONGEST, len(text)), 0, -1):
        head = text[:length]
        if any(head in words for words in lists):
            return head
    return ""
