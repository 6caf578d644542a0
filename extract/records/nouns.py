"""The noun of an indicator, cut free of what stands around it: 全市新改扩建雨污管网 is 雨污管网, done by 新改扩建, over 全市."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.nlp.words import tag
from extract.rulebook import Rulebook

_HIDDEN = regex.compile(r"[\ue000-\ue003]+|[（(][^（）()]*(?:达到|优于|以上|以下|其中|包括|不含|含|占)[^（）()]*[）)]|^[（(][^（）()]*[）)]|[（(][^（）()]*$")
_LONGEST = 9
_EDGES = " 　，、；：。\"'的了"
_TAIL = regex.compile(r"(?:连续[\d一二三四五六七八九十]+个?(?:年|月|天|周|季度)|依次|未|尚欠|刚过|只有|还差|还|就|至今|分别|均|都|共|共计|合计|累计|约|已|则|将|仅|只|平均|年均|同比|目前|实际|总计|全部|一般|原则上|力争|确保|要|应|须|需|总体|基本|持续|稳定|不|中|里|大幅|逐步|由|从|较|与|在|也|均要|数量|等)+$")


_ADVERB = regex.compile(r"(?<=.{2})(?:先后|累计|共计?|已经?|陆续|组织|均已?|全部|新)")
_RATES = ("率", "比例", "占比", "比重", "系数", "指数", "浓度", "能力", "规模", "面积", "量")
_DISPOSAL = regex.compile(r"(?<=.{2})(?:将|把)(?=.{4})")


@dataclass(frozen=True, slots=True)
class Noun:
    """noun: the indicator.   action: the verb that stood before it.   scope: the place or group named before it."""

    noun: str
    action: str = ""
    scope: str = ""


def trim_noun(text: str, rulebook: Rulebook, *, verbs: bool = True) -> Noun:
    """Take openers, scopes and leading verbs off a noun phrase, and adverbs off its end.

    A verb stays where what follows it alone would say nothing (建设规模, 处理能力), and where `verbs` is False: after a count a verb belongs
    to the noun (40人次|问责处理). A word is taken off only where a word ends there (集中 is no word of 集中式饮用水).
    """
    rest = _HIDDEN.sub("", text).strip(_EDGES)
    openers, scopes = rulebook.words("openers"), rulebook.words("scopes")
    actions: frozenset[str] = rulebook.words("actions") if verbs else frozenset()
    bare = rulebook.words("measurands")
    scope = action = ""
    if verbs:
        rest = _after_subject(rest, rulebook)
    ends = {word.end for word in tag(rest)} if rest else set()
    taken = 0
    while rest[taken:]:
        word = _prefix(rest[taken:], (scopes, openers, actions), bare, {end - taken for end in ends})
        if not word:
            break
        if word in scopes:
            scope = word
        elif word in actions:
            action = word
        taken = len(rest) - len(rest[taken + len(word) :].lstrip(_EDGES))
    rest = _TAIL.sub("", _HIDDEN.sub("", rest[taken:])).strip(_EDGES)
    return Noun(rest, action, scope)


def head_noun(text: str, stops: frozenset[str]) -> str:
    """The noun after a count, up to the first word that cannot belong to it: 15家企业|因超标被罚."""
    for word in tag(text):
        if word.start and text[word.start : word.end] in stops:
            return text[: word.start]
    return text


def _after_subject(text: str, rulebook: Rulebook) -> str:
    """What is counted, cut free of who does it and of what the doing begins with.

    市委主要领导先后作出批示 → 作出批示; 委托第三方开展地下水监测 → 开展地下水监测; 合作机构逐步将平均费率 → 平均费率.
    """
    actions, strong = rulebook.words("actions"), rulebook.words("strong_verbs")
    for match in _ADVERB.finditer(text):
        rest = text[match.end() :]
        if any(rest[:length] in actions for length in range(2, min(_LONGEST, len(rest)))):
            text = rest
            break
    doer = _doer(text, rulebook)
    openers = rulebook.words("openers")
    if any(text[doer : doer + length] in words for length in range(2, _LONGEST) for words in (actions, openers)):
        text = text[doer:]
    disposal = _DISPOSAL.search(text)
    if disposal is not None:
        text = text[disposal.end() :]
    cut = 0
    shortest = 4 if text.endswith(_RATES) else 1  # 定点采购比例 keeps its verb
    words = tag(text)
    for word in words:
        counted = any(not later.tag.startswith("v") for later in words if later.start >= word.end)
        if counted and text[word.start : word.end] in strong and len(text) - word.end > shortest:
            cut = word.start
    return text[cut:]


def _doer(text: str, rulebook: Rulebook) -> int:
    """Where the name of a doer at the phrase's start ends: 县公安局|组织警力; 0 where there is none."""
    ends = rulebook.words("doers")
    return max((word.end for word in tag(text) if word.end > 2 and any(text[: word.end].endswith(end) for end in ends)), default=0)


def _prefix(text: str, lists: tuple[frozenset[str], ...], bare: frozenset[str], ends: set[int]) -> str:
    """The longest word of (scopes, openers, actions) that the text begins with, ends where a word ends and leaves a noun behind."""
    scopes, openers, actions = lists
    for length in range(min(_LONGEST, len(text)), 0, -1):
        head, left = text[:length], text[length:].lstrip(_EDGES)
        if length not in ends and length <= 3:
            continue
        if head in scopes or (head in actions and len(left) > 1 and left not in bare):
            return head
        if head in openers and head not in actions and (length > 1 or (len(left) > 1 and left not in bare)):
            return head
    return ""
