"""The noun of an indicator, cut free of what stands around it: 全市新改扩建雨污管网 is 雨污管网, done by 新改扩建, over 全市."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from extract.nlp.words import tag
from extract.rulebook import Rulebook

_HIDDEN = regex.compile(
    r"[\ue000-\ue003]+|[（(][^（）()]*(?:达到|优于|以上|以下|其中|包括|不含|含|占)[^（）()]*[）)]|^[（(][^（）()]*[）)]|[（(][^（）()]*$"
)
_LONGEST = 9
_LONGEST_DOER = 4
_EDGES = " 　，、；：。\"'的了"
_TAIL = regex.compile(
    r"(?:连续[\d一二三四五六七八九十]+个?(?:年|月|天|周|季度)|依次|未|尚欠|刚过|只有|还差|还|就|至今|分别|均|都|共|共计|合计|累计|约|已|则|将|仅|只|平均|年均|同比|目前|实际|总计|全部|一般|原则上|力争|确保|要|应|须|需|总体|基本|持续|稳定|不|中|里|大幅|逐步|由|从|较|与|在|也|均要|数量|等)+$"
)
_ADVERB = regex.compile(r"(?<=.{2})(?:先后|累计|共计?|已经?|陆续|组织|均已?|全部|新)")
_RATES = ("率", "比例", "占比", "比重", "系数", "指数", "浓度", "能力", "规模", "面积", "量")
_LACKS = frozenset(("没有", "未", "无", "不"))
_DISPOSAL = regex.compile(r"(?<=.{2})(?:将|把)(?=.{4})")


class Noun(NamedTuple):
    """noun: the indicator.   action: the verb that stood before it.   scope: the place or group named before it."""

    noun: str
    action: str = ""
    scope: str = ""


class Nouns:
    """Cuts nouns free with the words of one rulebook. Phrases recur within a document and between documents, so what was read is kept."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.openers, self.scopes, self.actions = rulebook.words("openers"), rulebook.words("scopes"), rulebook.words("actions")
        self.strong, self.doers = rulebook.words("strong_verbs"), rulebook.words("doers")
        self.measurands, self.stops = rulebook.words("measurands"), rulebook.words("not_noun")
        self.begins = self.actions | self.openers
        self.trim = lru_cache(maxsize=1 << 13)(self._trim)

    def measured(self, noun: str) -> bool:
        """Whether a phrase ends in something measured: 城市污水处理率, 建设规模."""
        return any(noun[-length:] in self.measurands for length in range(min(_LONGEST, len(noun)), 0, -1))

    def measurand(self, noun: str) -> str:
        """The measured thing that a phrase ends in (率 of 处理率 is part of no shorter one), or an empty string."""
        return next((noun[-length:] for length in range(min(_LONGEST, len(noun)), 0, -1) if noun[-length:] in self.measurands), "")

    def _trim(self, text: str, *, verbs: bool = True) -> Noun:
        """Take openers, scopes and leading verbs off a noun phrase, and adverbs off its end.

        A verb stays where what follows it alone would say nothing (建设规模, 处理能力), and where `verbs` is False: after a count a verb
        belongs to the noun (40人次|问责处理). A word is taken off only where a word ends there (集中 is no word of 集中式饮用水).
        """
        rest = _TAIL.sub("", _HIDDEN.sub("", text).strip(_EDGES))
        if verbs:
            rest = self._after_subject(rest)
        ends = {word.end for word in tag(rest)}
        scope = action = ""
        taken = 0
        while taken < len(rest):
            word = self._prefix(rest[taken:], taken, ends, verbs)
            if not word:
                break
            if word in self.scopes:
                scope = word
            elif word in self.actions:
                action = word
            taken = len(rest) - len(rest[taken + len(word) :].lstrip(_EDGES))
        rest = _TAIL.sub("", _HIDDEN.sub("", rest[taken:])).strip(_EDGES)
        return Noun(rest, action, scope)

    def bearer(self, rate: str) -> str:
        """What a rate is the rate of: 景区污水设施|覆盖率, 锅炉改造|开工率."""
        return rate[: next((word.start for word in reversed(tag(rate)) if word.start < len(rate) - 1), 0)]

    def bare(self, rate: str) -> bool:
        """Whether a rate names nothing that it is the rate of: 联网率, 正常运行率, 夜间达标率."""
        return rate.endswith("率") and not any(word.tag.startswith("n") and word.end < len(rate) for word in tag(rate))

    def head(self, text: str) -> str:
        """The noun after a count, up to the first word that cannot belong to it: 15家企业|因超标被罚."""
        return next((text[: word.start] for word in tag(text) if word.start and text[word.start : word.end] in self.stops - _LACKS), text)

    def _after_subject(self, text: str) -> str:
        """What is counted, cut free of who does it and of what the doing begins with.

        市委主要领导先后作出批示 → 作出批示; 委托第三方开展地下水监测 → 开展地下水监测; 合作机构逐步将平均费率 → 平均费率.
        """
        for match in _ADVERB.finditer(text):
            if self._begins(text, match.end(), self.actions):
                text = text[match.end() :]
                break
        text = text[self._doer(text) :]
        disposal = _DISPOSAL.search(text)
        if disposal is not None:
            text = text[disposal.end() :]
        shortest = 4 if text.endswith(_RATES) else 1  # 定点采购比例 keeps its verb
        counted = 0
        for word in reversed(tag(text)):
            if (
                counted
                and "占" not in text[: word.start]
                and text[word.start : word.end] in self.strong
                and len(text) - word.end > shortest
            ):
                return text[word.start :]
            counted += not word.tag.startswith("v")
        return text

    def _begins(self, text: str, place: int, words: frozenset[str]) -> bool:
        return any(text[place : place + length] in words for length in range(2, _LONGEST))

    def _doer(self, text: str) -> int:
        """Where the name of a doer at the phrase's start ends, when a verb follows: 县公安局|组织警力; 0 where there is none."""
        for word in reversed(tag(text)):
            named = any(text[word.end - length : word.end] in self.doers for length in range(1, min(_LONGEST_DOER, word.end) + 1))
            if word.end > 2 and named and self._begins(text, word.end, self.begins):
                return word.end
        return 0

    def _prefix(self, text: str, taken: int, ends: set[int], verbs: bool) -> str:
        """The longest scope, opener or verb that the text begins with, ends where a word ends and leaves a noun behind."""
        for length in range(min(_LONGEST, len(text)), 0, -1):
            head = text[:length]
            if length <= 3 and taken + length not in ends:
                continue
            if head in self.scopes:
                return head
            if head in self.actions:
                left = text[length:].lstrip(_EDGES)
                if verbs and len(left) > 1 and left not in self.measurands and not left.startswith(_RATES):
                    return head
            elif head in self.openers:
                left = text[length:].lstrip(_EDGES)
                if length > 1 or (len(left) > 1 and left not in self.measurands):
                    return head
        return ""


@lru_cache(maxsize=2)
def nouns_of(rulebook: Rulebook) -> Nouns:
    """What cuts nouns with the words of a rulebook; made once for a rulebook."""
    return Nouns(rulebook)
