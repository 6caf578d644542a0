"""Acts: where a phrase before a number goes on with what is done, by words that no list of verbs knows: 国道沿线砍伐|病死松树."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.nlp.words import Word, tag
from extract.records.suffixes import Suffixes
from extract.records.which import kept
from extract.rulebook import Rulebook

_PLACE = regex.compile(
    r"(?:(?<=..)(?<!以)[内里上中下外]|沿线|沿岸|两岸|岸线|两侧|两旁|[东南西北左右]侧|周边|周围|附近|一带|(?<=\p{Han})区|水源地|区域|[地河路]段|[干大]道|[道公马]路|街巷|广场|校园|路口"
    r"|(?<![农乡城行政自然]{1,2})村|(?<!城)[县乡镇屯]|街道)$"
)
"""What tells where something is done."""
_ACTOR = regex.compile(
    r"(?:[河湖林田路警点链校院局站所]长|员|干部|职工|[村居渔牧]民|[农商大]户|人大代表|律师|医生|教师|专家|企业|机构|平台|媒体|[残妇]联|合作社|[厂矿社院校行会队组])$"
)
"""Who does something without being an office."""
_ASIDE = frozenset(
    [
        "违规",
        "违法",
        "非法",
        "擅自",
        "私自",
        "随意",
        "随机",
        "露天",
        "联合",
        "集中",
        "自主",
        "自行",
        "共同",
        "累计",
        "直接",
        "依法",
        "足额",
        "刑事",
        "兜底",
        "全额",
        "主动",
        "自愿",
        "优先",
        "无偿",
        "免费",
        "统筹",
        "率先",
        "重点",
        "先后",
        "再",
        "自",
        "新",
        "共",
        "已",
        "曾",
    ]
)
"""How something is done: these and adverbs stand between who does it and the verb."""
_BETWEEN = frozenset(("d", "ad", "p", "c", "m", "t"))
_EMERGING = frozenset(("出现", "存在", "发生", "产生", "遗留", "冒出", "涉及", "惠及"))
"""What is there, whatever it is there of: 坝坡出现|裂缝."""
_PRINTED = regex.compile(
    r"(?<=\p{Han}{2})(?:(?:拍摄|捕捉|观测|监测|检测|搜集|收集|征集|筹集|争取|招募|吸引|引进|排查|摸排|梳理|查找|抓拍|发现)[到出]|[新自补增代共][建修设购装种栽铺挖盖植配划辟开]|[清运搬拉挖移迁撤调拆扒追抢拍捐腾挤拿引救找捕捞][走出掉回来下到起])(?=[\p{Han}“]{2})(?!点|口|量|率|工)"
)
"""Verbs that the tagger knows not: 便道|新修, 楼道|清出."""
_COMPLEMENTS = frozenset("走出掉回来下到起")
"""What ends verbs that stand in no noun: 相机拍到|影像."""
_WORK = regex.compile(
    r"(?<=.{2})(?:改革|行动|试点|领域|专项整治|书屋|相机|无人机|卫星|保险|险|热线|国企|央企|工坊|驿站|队伍|团队|党员|党组织|支部|工会|商会|各界|信贷|贷款|基金|债券|保险|”)$"
)
"""By what work or means something is done, where a verb of doing follows: 国企改革|压减|法人户数."""
_RHYTHMS = frozenset("每年日月")
_SUFFIXES = frozenset("性式型化率量类级后前时")
"""With these a verb is a part of a noun: 引领性, 压缩式."""
_NOT_SUFFIXED = ("化学", "化工", "化肥", "化粪", "化石", "化妆", "型钢", "性病", "类风湿")
_LINKS = frozenset("、和及与")
_BEYOND = frozenset("超越")
_WHICH = frozenset("防涉治抗禁限无未待拟日年月")
"""Characters that verbs begin with that say which things are meant: 防污设施, 涉水企业, 日发班次."""
_SHORT = 2
_LONGEST = 24
"""Characters of a phrase in which a doer and what it does are looked for."""


class Acts:
    """Finds verbs behind doers and places with the words of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._doers = Suffixes(rulebook.words("doers"))
        self._attributive, self._actions = rulebook.words("attributive"), rulebook.words("actions")
        self._measures = tuple(rulebook.words("measurands"))
        self._general = rulebook.words("general_nouns")

    def find(self, text: str) -> tuple[int, int]:
        """Where the verb stands that opens a phrase, or that a doer or a place before it makes one of doing: 住建部门|劝离|占道商贩; (0, 0) where
        there is none."""
        if not 2 * _SHORT < len(text) <= _LONGEST or text[0] in _RHYTHMS or text.endswith(self._measures):
            return 0, 0
        printed = _PRINTED.search(text)
        if printed is not None and (self._acts(text[: printed.start()]) or printed[0][-1] in _COMPLEMENTS):
            return printed.span()
        words = tag(text)
        for i, word in enumerate(words[:-1]):
            if self._is_verb(text, word) and (i or not self._doers.of(text[: words[1].end])):
                subject = text[: _before(text, words, i)]
                told = text[word.start : word.end]
                if (
                    self._acts(subject)
                    or told in _EMERGING
                    or ((told in self._actions or told == "支持") and _WORK.search(subject) is not None)
                ):
                    return self._taken(text, words, i, subject)
        return 0, 0

    def _taken(self, text: str, words: Sequence[Word], i: int, subject: str) -> tuple[int, int]:
        """From the i-th word to the last verb in a row with it, if a noun follows that may be what is counted."""
        last = next((j for j in range(i + 1, len(words) - 1) if not self._is_verb(text, words[j])), len(words) - 1) - 1
        end = words[last].end
        thing = text[end:]
        emerging = text[words[i].start : words[i].end] in _EMERGING
        part = (
            len(thing) < _SHORT
            or (thing[0] in _SUFFIXES and not thing.startswith(_NOT_SUFFIXED))
            or (thing in self._general and not emerging and self._doers.of(subject) == "")
        )
        alone = last > i or "的" in text or thing[0] in _LINKS or text[0] in _BEYOND
        return (0, 0) if part or (not subject and alone) else (words[i].start, end)

    def _is_verb(self, text: str, word: Word) -> bool:
        """Whether a word is a verb that does not merely say which things are meant."""
        told = text[word.start : word.end]
        if told in ("涉及", "产生"):
            return True
        if len(told) < _SHORT or told[0] in _WHICH or told in self._attributive:
            return False
        verb = word.tag == "v" or (word.start > 0 and told in self._actions)
        return verb and not (told[0] in "建入参落" and kept(text[word.start :]))

    def _acts(self, subject: str) -> bool:
        """Whether words name a doer or a place, or there are none, so that a verb begins the phrase."""
        if len(subject) < _SHORT:
            return not subject
        return self._doers.of(subject) != "" or _ACTOR.search(subject) is not None or _PLACE.search(subject) is not None


def _before(text: str, words: Sequence[Word], i: int) -> int:
    """Where what stands before the i-th word ends, without adverbs."""
    while i and (words[i - 1].tag in _BETWEEN or text[words[i - 1].start : words[i - 1].end] in _ASIDE):
        i -= 1
    return words[i].start
