"""The noun of an indicator, cut free of what stands around it: 全市新改扩建雨污管网 is 雨污管网, done by 新改扩建, over 全市."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import regex

from extract.nlp.words import tag
from extract.records.acts import Acts
from extract.records.agents import Agents
from extract.records.asides import EDGES, shown, untailed, without_asides, without_ground
from extract.records.suffixes import Suffixes
from extract.records.which import FUNDS, OPENS_KEPT, PLANTS, RATES, is_named_by_use, kept, may_say_which
from extract.rulebook import Rulebook

_ADVERBED = 4
_SHORT = 4
_OBJECT = 2
_LIGHT = ("完成", "累计完成", "实现")
_BARE_RATE = 3
_PAPERS = ("书", "函", "单", "令")
_ORDERED = ("责令", "责成", "督办", "提醒", "约谈", "整改", "处罚", "限期", "停产", "停业")
"""What a paper that is handed out orders, with which it is named: 责令整改|通知书."""
_REACHED = ("完成", "推进", "推动", "落实", "组织", "开展", "达到", "提高", "提升", "降低", "实现", "减少", "增加")
_ADVERBS = "共已均拟约将须要应仍"
_ANDS = ("和", "及", "与", "或", "并")
_TAKING = ("将", "把")
_OFFICERS = ("将军", "将来", "把手", "把关")
_UNMISTAKEN = ("完成", "新建", "建成", "拆除", "关停", "取缔", "安装", "铺设", "新增", "实施", "开展", "购置", "查处")
"""Verbs that open a phrase whatever words the tagger makes of what follows: 完成|井灌区改造."""
_TIMELY = ("按期", "按时", "如期", "及时", "准时", "提前")
_DISPOSED = frozenset(
    (
        *("移交", "移送", "转移", "转运", "运至", "送至", "交由", "纳入", "并入", "接入", "列入", "列为"),
        *("作为", "调整", "改为", "改造", "打造", "划入", "迁入", "搬迁"),
    )
)
"""What is done with things behind 将: 将3枚放射源移交…."""
_CREWS = frozenset("组队员")
_LACKS = frozenset(("没有", "未", "无", "不"))
AND_ABOVE = regex.compile(r"[及或]?以[上下]")
_LISTED = regex.compile(
    r"^.{2,}等(?![级同候待距额次离])(?:重点|主要|相关|有关)?(?:行业|领域|地区|区域|流域|片区|乡镇|镇街|县区|地|方面)?(?P<kind>.{2,})$"
)
_DONE_TO = regex.compile(r"(?<=.{2})(?:已经|已|只|再|仅|均|又|共|累计|先后|才|要|须|应|还|实际)+(?P<verb>\p{Han}{2,4})$")
_THEIR_SHARE = frozenset(("的比例", "的占比", "的比重", "的比率"))
"""医院|设置康复科的比例: of all those, how many do."""
_NAMING = frozenset("nbjs")
_SHORT_DEEDS = frozenset("铺建修改拆装种栽挖清收割播治搬关停封堵换查补退用办做抓验配招完好成掉出到划购添设开聘置架打砌植")
_DONE_SHORTLY = regex.compile(
    r"(?<=.{2})(?<=[^线段侧岸边部期片])(?:(?:已|只|仅|才|刚|还|再|又|就|实)+[铺建修改拆装种栽挖清收割播治搬关停封堵换查补退用办做抓验配招][完好成掉出到]?|(?<=\p{Han}{3})新[装建铺修种栽划配购添设开招聘置架打挖砌植])$"
)
"""截污主管|仅铺, 隔离网|新装: what was done to it, in one character."""
_MANNER = regex.compile(r"^采[取用][^，。；、]{2,14}(?:方式|模式|办法|形式|机制)(?!的)(?=.{2})")
_CHARGES = ("负责", "承担", "牵头")
_CHARGED = regex.compile(r"(?:由(.{2,12})|(.{1,10}[省市县区州盟旗镇乡局委厅办]))(?:具体)?(?:负责|承担|牵头)")


class Noun(NamedTuple):
    """noun: the indicator.   action: the verb that stood before it.   scope: the place or group named before it."""

    noun: str
    action: str = ""
    scope: str = ""


class Nouns:
    """Cuts nouns free with the words of one rulebook. Phrases recur within a document and between documents, so what was read is kept."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.openers, self.scopes, self.actions = rulebook.words("openers"), rulebook.words("scopes"), rulebook.words("actions")
        self.strong = rulebook.words("strong_verbs")
        self.action_firsts = frozenset(action[0] for action in self.actions)
        self.measurands, self.stops = rulebook.words("measurands"), rulebook.words("not_noun")
        self.leading = self.actions | (self.strong - rulebook.words("kept_verbs"))
        self._ends = self.stops - _LACKS
        self.general = tuple(rulebook.words("general_nouns"))
        self._measures = Suffixes(self.measurands)
        self.matters = Suffixes(rulebook.words("tally_nouns"))
        self.treatments = rulebook.words("treatments")
        self._acts, self._own = Acts(rulebook), rulebook.words("own_deeds")
        self.lengths = _lengths(self.openers | self.scopes | self.leading)
        self._agents = Agents(rulebook, self.leading, self.lengths)
        self.trim = lru_cache(maxsize=1 << 13)(self._trim)

    def measured(self, noun: str) -> bool:
        """Whether a phrase ends in something measured: 城市污水处理率, 建设规模."""
        return self._measures.of(noun) != ""

    def measurand(self, noun: str) -> str:
        """The measured thing that a phrase ends in (率 of 处理率 is part of no shorter one), or an empty string."""
        return self._measures.of(noun)

    def _trim(self, text: str, *, verbs: bool = True) -> Noun:
        """Take openers, scopes and leading verbs off a noun phrase, and adverbs off its end.

        A verb stays where what follows it alone would say nothing (建设规模, 处理能力), and where `verbs` is False: after a count a verb
        belongs to the noun (40人次|问责处理). A word is taken off only where a word ends there (集中 is no word of 集中式饮用水).
        """
        rest = without_asides(text, verbs=verbs)
        charged = _CHARGED.fullmatch(rest) if verbs and rest.endswith(_CHARGES) else None
        if charged is not None:
            return Noun("", "", charged[1] or charged[2])
        scope = self._scope(rest)
        if verbs:
            if rest[-3:] not in _THEIR_SHARE or tag(rest)[0].tag[0] not in _NAMING:
                rest = self._agents.without(rest)
            if rest[:1] in _TAKING and len(rest) > _SHORT and rest[:2] not in _OFFICERS:
                rest = rest[1:]
        rest, action, scope = self._opened(rest, "", scope, verbs=verbs)
        if verbs and rest.startswith("采") and (plain := _MANNER.sub("", rest)) != rest:
            return self._trim(plain)
        if verbs and (not action or "涉及" in rest):
            start, end = self._acts.find(rest)
            known = self._agents.begins(rest, start, self.leading)
            if end:
                rest, action, scope = self._opened(rest[start if known else end :], rest[start:end], scope, verbs=verbs)
        rest = untailed(shown(without_ground(rest) if "内" in rest else rest)).strip(EDGES)
        done = _DONE_TO.search(rest) if verbs else None
        if done is not None and done["verb"] in self.actions:
            rest, action = rest[: done.start()], done["verb"]
        elif verbs and rest[-1:] in _SHORT_DEEDS and (shortly := _DONE_SHORTLY.search(rest)) is not None:
            rest, action = rest[: shortly.start()], shortly[0]
        listed = _LISTED.match(rest) if "等" in rest else None
        if listed is not None and not listed["kind"].startswith(self.general) and not self.measured(rest):
            rest = listed["kind"]  # 免耕播种等|实用技术
        return Noun(rest, action, scope)

    def _opened(self, text: str, action: str, scope: str, *, verbs: bool) -> tuple[str, str, str]:
        """A phrase without the openers, scopes and verbs that it begins with, the last of these verbs and the last scope."""
        ends = {word.end for word in tag(text)} if text[:1] in self.lengths else set()
        taken = 0
        while taken < len(text):
            if action and verbs and self._is_fund(text[taken:]):
                break  # 安排|管护资金, 计提|修复基金
            word = self._prefix(text[taken:], taken, ends, verbs)
            if not word or (
                action in self.strong and len(text) - taken - len(word) <= _OBJECT and word in self.leading and may_say_which(word)
            ):
                break  # 引进|综合利用项目
            if word in self.scopes:
                scope = word
            elif word in self.actions:
                action = word
            taken = len(text) - len(text[taken + len(word) :].lstrip(EDGES))
            if action and text[taken : taken + 1] in _ANDS:
                taken = self._second(text, taken)  # 恢复和|改善|灌溉面积
        return text[taken:], action, scope

    def _second(self, text: str, place: int) -> int:
        """Where the second of two verbs with one object ends, the word for and standing at a place; the place where none does."""
        verb = next((word for word in tag(text) if word.start == place + 1 and word.tag == "v" and len(text) - word.end >= _OBJECT), None)
        return verb.end if verb is not None else place

    def _is_fund(self, text: str) -> bool:
        """Whether a phrase is money by what it is for: 管护资金, 治理恢复基金."""
        if not text.endswith(FUNDS):
            return False
        deed = next(text.removesuffix(fund) for fund in FUNDS if text.endswith(fund))
        return deed != "" and all(deed[word.start : word.end] in self.actions for word in tag(deed))

    def _scope(self, text: str) -> str:
        """The scope that a phrase begins with as its first words, or an empty string."""
        if not self._agents.begins(text, 0, self.scopes):
            return ""  # told without the tagger, as most are
        return next((text[: word.end] for word in tag(text) if word.end > 1 and text[: word.end] in self.scopes), "")

    def bearer(self, rate: str) -> str:
        """What a rate is the rate of: 景区污水设施|覆盖率, 锅炉改造|开工率."""
        return rate[: next((word.start for word in reversed(tag(rate)) if word.start < len(rate) - 1), 0)]

    def bare(self, rate: str) -> bool:
        """Whether a rate names nothing that it is the rate of: 联网率, 正常运行率, 夜间达标率."""
        return rate.endswith("率") and not any(word.tag.startswith("n") and word.end < len(rate) for word in tag(rate))

    def head(self, text: str) -> str:
        """The noun after a count, up to the first word that cannot belong to it: 15家企业|因超标被罚."""
        return next((text[: w.start] for w in tag(text) if w.start and self._stops(text, w.start, w.end)), text)

    def _stops(self, text: str, start: int, end: int) -> bool:
        """Whether no word of a noun after a count begins at a place: 因, 逐个, 建成|投产; but 县级|以上 says which."""
        ends = self._ends
        if not (text[start:end] in ends or text[start] == "逐" or (end - start == _ADVERBED and text[start : start + 2] in ends)):
            return False
        return not kept(text[start:]) and not (text[start - 1] in "级模县市" and AND_ABOVE.match(text, start))

    def before_deed(self, text: str) -> str:
        """A noun phrase without the verb at its end, whose object is counted next: 固废|清运."""
        last = tag(text)[-1] if text else None
        return text[: last.start] if last is not None and last.start > 1 and text[last.start :] in self.actions else text

    def before_verb(self, text: str) -> str:
        """A noun phrase after 将 without what is done with it: 放射源|安全移交, 企业|纳入名录."""
        words = tag(text)
        verb = next(
            (
                i
                for i, w in enumerate(words)
                if w.start > 1 and (text[w.start : w.end] in _DISPOSED or text[w.start : w.end] in self.strong)
            ),
            0,
        )
        while verb > 1 and words[verb - 1].tag[0] in "ad" and words[verb - 1].start > 1:
            verb -= 1
        return text[: words[verb].start] if verb else text

    def before_treatment(self, text: str) -> str:
        """A noun phrase after 对 without what is done to it: 企业|立案处罚, 责任人|严肃问责."""
        return next(
            (
                text[: word.start]
                for word in tag(text)
                if word.start > 1 and text[word.start : word.end] in self.treatments and text[: word.start] not in self.actions
            ),
            text,
        )

    def _prefix(self, text: str, taken: int, ends: set[int], verbs: bool) -> str:
        """The longest scope, opener or verb that the text begins with, ends where a word ends and leaves a noun behind."""
        for length in self.lengths.get(text[0], ()):
            head = text[:length]
            found = head[-1] == "出" and taken + length - 1 in ends  # 排查出|达不到标准的窑炉
            cut = taken + length in ends or found or (length > 1 and taken == 0 and head in _UNMISTAKEN)
            if length <= 3 and not cut and not (head in _ADVERBS and self._agents.begins(text, 1, self.leading)):
                continue
            if head in self.scopes:
                return head
            if OPENS_KEPT.match(text):
                return ""
            if head == "实现" and verbs and len(text) > length + 1:
                return head
            if head in self.leading:
                left = text[length:].lstrip(EDGES)
                if (left[:1] in PLANTS or left[:1] in _CREWS) and taken + length + 1 in ends and len(head) > 1 and head not in _UNMISTAKEN:
                    return ""  # 收集池, 巡查车
                if left.endswith(_PAPERS) and head in _ORDERED:
                    return ""  # 下发|责令整改通知书
                if left.endswith("率") and 1 < len(left) <= _BARE_RATE and head not in self.strong and head not in _REACHED:
                    return ""  # 加工|转化率
                if (is_named_by_use(left) and head not in self.strong and may_say_which(head, left)) or (
                    left == "任务" and head in self._own
                ):
                    return ""  # 收集设施, 造林任务 say which
                if verbs and head in _LIGHT and len(left) > _OBJECT:
                    return head  # 完成|治理面积
                if verbs and len(left) > 1 and left not in self.measurands and not (left.startswith(RATES) and len(left) <= _SHORT):
                    return head
            if head in self.openers:
                left = text[length:].lstrip(EDGES)
                if head == "有效" and left in self.measurands:
                    return ""  # 有效|容积
                if head in _TIMELY and left.endswith("率") and len(left) <= _BARE_RATE:
                    return ""  # 按期|办结率 is not that of all
                if length > 1 or (len(left) > 1 and left not in self.measurands):
                    return head
        return ""


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that begin with a character, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@lru_cache(maxsize=2)
def nouns_of(rulebook: Rulebook) -> Nouns:
    """What cuts nouns with the words of a rulebook; made once for a rulebook."""
    return Nouns(rulebook)
