"""Sources: where a text told before a number what it may count: a clause without a number, a deed with its object, a list's head, a budget."""

from __future__ import annotations

from functools import lru_cache

import regex

from extract.model import View
from extract.nlp.words import tag
from extract.records.memory import Memory
from extract.records.nouns import Nouns
from extract.records.sentences import DATE, GLOSS
from extract.rulebook import Rulebook

DEED_UNITS = ("人", "人次", "名", "次", "场", "场次", "起", "件", "份")
HELD_UNITS = ("次", "轮", "轮次")
_HEADINGS = ("目标", "任务", "要求", "内容", "指标", "措施", "情况")
"""What opens a list without saying what it counts: 年度目标：清淤8万立方米."""
DEED = 2
_MEANS = ("采取", "通过", "结合", "依托", "本着", "坚持")
SENTENCE = 200
"""Characters before a number in which what it counts is looked for."""
_ENTERED = regex.compile(
    r"(?:将|把|(?<![^，。；：]))(?P<matter>[^，。；：将把\ue000-\ue003]{2,16}(?:费|资金|专款|补贴|补助))(?:足额|全额|统一|一并)?(?:列入|纳入|编入|计入|并入)"
)
_OBJECT = regex.compile(r"[^，。；：、\s\ue000-\ue004的]{2,14}(?=[，。；：])")
_TREATED = regex.compile(r"对([^，。；：、\s\ue000-\ue004]{2,14}?)(?:分类|逐一|逐个|逐项|集中|统一|依法|全面|实行|开展|进行)")
_SAYING = (
    "明确",
    "要求",
    "决定",
    "强调",
    "提出",
    "指出",
    "同意",
    "认为",
    "研究",
    "审议",
    "通过",
    "表示",
    "透露",
    "介绍",
    "公布",
    "表明",
    "显示",
    "披露",
    "通报",
    "获悉",
    "了解",
)
_RANKED = regex.compile(
    r"(?:其中|此外|另外|目前|本月|从\p{Han}{2,6}看|\ue001|，)*+(?P<what>[^，。；：\ue000\ue001]{2,24}?)"
    r"(?:排[名在位列序]+|位[居列次]+)?(?:最|较|相对|改善幅度最|[前后末]|倒数|靠[前后])[高低大小多少好差快慢优]?(?:的|[前后]|的前)?(?:[\ue000\ue002]+|[一二三四五六七八九十两\d]+)?[位名个]?的?"
    r"\p{Han}{0,6}?(?:城市|[省市县区州旗镇乡]|县区|区县|县市|乡镇|街道|断面|站点|点位|单位|部门|企业|项目|学校|小区)\ue004*(?:依次|分别|由[高低]到[高低])*(?:是|为|有)[^，。；\ue000]{2,}"
)
"""总磷浓度最低的3个县依次是…，: by what some are told to be first or last."""
_SAID_OF = regex.compile(
    r"(?<=.{2})(?:(?:还|更|最|较|偏|仍|却|明显|相对|依然)+(?:低|高|差|大|小|弱|慢|快|多|少)|不[降升减增]反[升降增减]|居高不下|(?:不超过|不高于|不低于|不少于|控制在)[^，。；]*)$"
)
"""回收率|更低, 能耗|不降反升, 用水总量|不超过上级下达指标: what is said of a thing measured."""
_SAME_DEEDS = {"建成": ("建设", "新建"), "累计建成": ("建设", "新建"), "完成建设": ("建设", "新建")}
_LEADING_ON = regex.compile(r"(?<=.{2})(?:(?:情况)?(?:分别|依次)(?:是|为|如下|有)?|情况(?:是|为|如下)|如下)$")
"""各镇完成情况|分别是：青石镇12公里."""
_SYMBOL = regex.compile(r"(?:PM|SO|NO|CO|O|VOC|TVOC)[\d.]*[sx]?")
_WATERS = regex.compile(r"\p{Han}{1,10}(?:断面|点位|水体|水库|湖区|河段|湾区)(?!水质)")


@lru_cache(maxsize=2)
def _of_units(rulebook: Rulebook) -> dict[str, regex.Pattern[str]]:
    """For a unit a pattern of the phrases that it may count."""
    nouns: dict[str, list[str]] = {}
    for noun, units in rulebook.lookup("unit_nouns").items():
        for unit in units.split():
            nouns.setdefault(unit, []).append(noun)
    return {
        unit: regex.compile(r"[^，。；：、\s的对将把由\ue000-\ue003]{0,8}?\L<nouns>(?![率化长口])", nouns=words)
        for unit, words in nouns.items()
    }


class Sources:
    """Finds in one document what a later number without a noun counts, by the words of one rulebook."""

    def __init__(self, view: View, shaded: str, nouns: Nouns, rulebook: Rulebook) -> None:
        self.view, self.shaded, self.nouns = view, shaded, nouns
        self.actions, self.own = rulebook.words("actions"), rulebook.words("own_deeds")
        self.matters = tuple(rulebook.words("tally_nouns"))
        self.of_units = _of_units(rulebook)

    def last(self, memory: Memory, unit: str = "", place: int = -1) -> str:
        """What a number without a noun counts: what was counted in this unit, else the last indicator, else what the clause before was about."""
        since = [topic for topic in memory.topics if topic[0] > memory.place >= 0]
        told = (
            next(filter(None, (self._matter(*topic) for topic in reversed(since))), "")
            or (memory.indicators.get(unit) if unit else "")
            or (self.worked_on(unit, place, memory) if place >= 0 else "")
            or self._set_about(since, unit)
            or memory.indicator
        )
        return told or self.topic_of(memory) or memory.counted or memory.earlier.get(unit, "")

    def topic_of(self, memory: Memory) -> str:
        means = [place for place in memory.topics if self.view.text.startswith(_MEANS, place[0])]
        told = [place for place in memory.topics if place not in means]  # 采取托养等方式 says how, and what only if nothing else does
        return next(filter(None, (self.topic(*place) for place in (*reversed(told), *reversed(means)))), "")

    def _matter(self, start: int, end: int) -> str:
        """What a clause since the last number is about, where it names something measured: 护林经费纳入预算，每年不少于8万元."""
        entered = _ENTERED.search(self.shaded, start, end)
        noun = self.nouns.trim(entered["matter"]).noun if entered is not None else self.topic(start, end)
        judged = entered is not None or _SAID_OF.search(self.view.text[start:end]) is not None  # 噪声投诉不降反升，多出57件
        return noun if judged or self.nouns.measured(noun) or _SYMBOL.fullmatch(noun) else ""

    def ranked(self, start: int, end: int) -> str:
        """What a clause ranks some by whose numbers follow it: 浓度最低的3个县依次是甲县、乙县和丙县，|分别为…; nothing where it ranks none."""
        ranked = _RANKED.fullmatch(self.shaded, start, end)
        return self.nouns.trim(self.view.text[ranked.start("what") : ranked.end("what")]).noun if ranked is not None else ""

    def _set_about(self, topics: list[tuple[int, int]], unit: str) -> str:
        """What a clause since the last number says is to be done, which a count in another unit then counts: 分两期更换热力管，|一期6公里."""
        for start, end in reversed(topics):
            noun = self.topic(start, end)
            if noun and (unit in HELD_UNITS or (unit and self.nouns.trim(self.view.text[start:end]).action)):
                return noun
        return ""

    def entered(self, memory: Memory, unit: str) -> str:
        """The money that a clause before enters in a budget, for a sum that is set aside: 管护经费纳入预算，每亩安排8元."""
        found = (_ENTERED.search(self.shaded, *topic) for topic in reversed(memory.topics)) if unit.endswith("元") else ()
        entered = next((self.nouns.trim(match["matter"]).noun for match in found if match), "")
        topic = self.topic_of(memory) if unit.endswith("元") else ""
        return entered or (topic if topic.endswith(("经费", "资金")) else "")  # 落实管护经费，每年安排30万元

    def topic(self, start: int, end: int) -> str:
        """What a clause without a number of its own is about; nothing where it tells when something happened."""
        dated = (
            self.shaded[start:end].lstrip(DATE)
            if self.nouns.measured(_SAID_OF.sub("", self.view.text[start:end]))
            else self.shaded[start:end]
        )
        if DATE in dated and self.view.text[end : end + 1] != "：":
            return ""
        printed = zip(self.view.text[start:end], self.shaded[start:end], strict=True)
        said = "".join(char for char, shade in printed if shade not in (DATE, GLOSS))
        said = _LEADING_ON.sub("", said)
        if said.endswith(_SAYING):
            return ""  # 县委、县政府明确，2031年底前完成6项
        noun = self.nouns.trim(_SAID_OF.sub("", said)).noun
        return noun if len(noun) > 1 else ""

    def object_of(self, deed: str, unit: str, place: int, memory: Memory) -> str:
        """What a deed was said to be done to before: 更换老旧管线。|青石镇更换12公里; 对停用泵站逐座处理，|改造27座."""
        if unit in DEED_UNITS or unit.endswith("元") or deed in self.own:
            return ""
        since, upto = self.since(place, "\n"), max(place - len(deed) - 1, 0)
        told, word = max((self.shaded.rfind(word, since, upto), word) for word in (deed, *_SAME_DEEDS.get(deed, ())))
        thing = _OBJECT.match(self.shaded, told + len(word)) if told >= 0 else None
        if thing is not None:
            return self.nouns.trim(thing[0]).noun
        treated = [_TREATED.match(self.shaded, *topic) for topic in memory.topics[-1:] if deed not in self.view.text[slice(*topic)]]
        return next((self.nouns.trim(match[1]).noun for match in treated if match is not None), "")

    def named(self, unit: str, memory: Memory) -> str:
        """What a list behind a colon is about: 公共厕所：6月底前|建成2座; nothing where none stands there."""
        if unit in DEED_UNITS or unit.endswith("元"):
            return ""
        named = next((topic for topic in reversed(memory.topics) if self.view.text.startswith(("：", ":"), topic[1])), None)
        topic = self.topic(*named) if named is not None else ""
        return ("" if topic.endswith(_HEADINGS) else topic) or memory.head

    def water(self, place: int) -> str:
        """The quality of the water that the sentence has named last before a class without a noun; nothing where it names none."""
        named = list(_WATERS.finditer(self.shaded, self.since(place, "。\n"), place))
        return named[-1][0] + "水质" if named else ""

    def worked_on(self, unit: str, place: int, memory: Memory) -> str:
        """What the unit counts, with the work on it where the clause before tells that (对老旧小区实施|管线改造)."""
        counted, topic = self.classified(unit, place), self.topic_of(memory)
        if counted.endswith(self.matters):
            return counted  # 8项反馈问题按期完成整改，年底前完成4项
        work = counted and len(topic) > DEED and topic[tag(topic)[-1].start :] in self.actions
        return counted if not work else topic if counted[-DEED:] in topic else counted + topic

    def classified(self, unit: str, place: int) -> str:
        """What the sentence has named before a place that a unit commonly counts: 印染|企业 for 家."""
        nouns = self.of_units.get(unit)
        start = self.since(place, "。\n")
        named = [match.span() for match in nouns.finditer(self.shaded, start, place)] if nouns is not None else []
        return self.nouns.trim(self.view.text[named[-1][0] : named[-1][1]]).noun if named else ""

    def since(self, place: int, marks: str) -> int:
        """Where the text since the last of some marks begins, at most a sentence before a place."""
        least = max(place - SENTENCE, 0)
        return max(least, *(self.view.text.rfind(mark, least, place) + 1 for mark in marks))
