"""The noun after a count, told from what a clause says of it: 12家企业|收集效率不高, 36个项目|开辟绿色通道."""

from __future__ import annotations

from functools import lru_cache

import regex

from extract.nlp.words import tag
from extract.records.suffixes import Suffixes
from extract.rulebook import Rulebook

_ADVERBS = regex.compile(
    r"^(?:均|都|仍然?|尚|至今|还|全部|一直|长期|普遍|多年|目前|也)+|(?:仍然?|尚|至今|还|一直|长期|普遍)+(?=[未没不无])"
)
_BRACKET = regex.compile(r"（[^（）]*）|")
_DENIAL = regex.compile(r"[不未无]|没有")
_ALL_THAT = regex.compile(r"应\p{Han}尽\p{Han}$|(?:完毕|到位|完成|竣工|完工|投运|投用)$")
_SAYING = frozenset(("i", "l", "z"))
"""Tags of words that say something of their subject: 各自为政."""
_EVEN_SO = regex.compile(r"[未没不无].{2,}(?:即|便|就|擅自|仍)\p{Han}{2}")
"""项目|未取得审查意见即开工: what they did so, which is too long to tell which are meant."""
_SAYING_SO = ("仍", "尚", "至今", "反映", "把", "不", "没", "已", "曾", "私设", "私建", "私排")
_GROUND = frozenset("村镇乡县市区旗州")
_PARTS = ("", "成", "%")
"""Units of parts of a whole: 两成村庄|污水直排."""
_OBJECT = 2
_LONG_OBJECT = 4
_BY_THE_WAY = frozenset(("越界", "违规", "违法", "非法", "擅自", "私自", "随意", "肆意", "偷偷", "公然"))
"""How something is done that is wrong: 排土场|越界占用草原."""
_NAMES = ("n", "l", "s", "j", "i")
"""Tags of words that end the name of a thing."""
_LONGEST = 18
"""Characters of a clause that a noun can take before it: 没有固定回收点的|乡镇."""


class Counted:
    """Tells where a clause goes on after the noun that a unit counts, by the words of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        nouns: dict[str, set[str]] = {}
        for noun, units in rulebook.lookup("unit_nouns").items():
            for unit in units.split():
                nouns.setdefault(unit, set()).add(noun)
        self._all = Suffixes(rulebook.lookup("unit_nouns"))
        self._of_unit = {unit: Suffixes(words) for unit, words in nouns.items()}
        self._defect = rulebook.words("defects")
        self._defects, self._deeds = Suffixes(self._defect), Suffixes(rulebook.words("actions"))
        predicates = rulebook.lookup("predicates")
        self._deed_verbs = tuple(word for word, kind in predicates.items() if kind in ("deed", "act") and len(word) > 1)
        self._acts = frozenset(word for word, kind in predicates.items() if kind in ("act", "state") and len(word) > 1)
        self._acting = tuple(self._acts)
        self._works = frozenset(word for word, kind in predicates.items() if kind == "work")
        self._general = tuple(rulebook.words("general_nouns") | rulebook.words("measurands"))
        self._states = tuple(word for word, kind in predicates.items() if kind == "state")
        self._said = (*(word for word, kind in predicates.items() if kind in ("deed", "act")), *_SAYING_SO)
        self._verbs = rulebook.words("strong_verbs") | (frozenset(predicates) - self._works)

    def counts(self, noun: str, unit: str) -> bool:
        """Whether a noun begins with words that a unit commonly counts: 锅炉, 排污口|整治 for 台 and 个."""
        nouns = self._named_by(unit)
        return nouns is not None and (_is_ground(noun, unit) or any(nouns.of(noun[: word.end]) for word in tag(noun)))

    def _named_by(self, unit: str) -> Suffixes | None:
        """The nouns that a unit, or many of it (万名), commonly counts."""
        return self._of_unit.get(unit) or self._of_unit.get(unit.lstrip("百千万亿"))

    def noun(self, noun: str, clause: str, unit: str, *, whole: bool, led: bool = False) -> str:
        """The noun after a count with what tells those that are counted from others; `clause` is the text from the noun on.

        What is wrong with them goes before the noun (乡镇没有回收点 → 没有回收点的乡镇, 排口溢流 → 溢流排口); what they do, or what is done for
        them, is left out (项目|开辟绿色通道). `whole` tells that the clause ends there, and not at another number, `led` that words before
        the count make those do something or do it for them (为36个项目|…). The noun as given where nothing tells where it ends.
        """
        nouns = self._named_by(unit) if unit not in _PARTS else self._all
        end = next((word.end for word in tag(noun) if nouns.of(noun[: word.end])), 0) if nouns is not None else 0
        end = self._before_verb(noun, end) if end == len(noun) else end
        end = end or int(_is_ground(noun, unit)) or self._before_act(noun, nouns, led=led)
        if unit in _PARTS and clause.startswith(("未", "没", "无", "尚未", "仍未"), len(noun)):
            end = len(noun)  # 三分之一的|渡口|未装护栏
        if not end or not clause.startswith(noun[:end]):
            return noun
        bracket = _BRACKET.match(clause, end)
        bearer = clause[: bracket.end()] if bracket is not None else noun[:end]
        said = _ADVERBS.sub("", clause[len(bearer) :])
        named = nouns is not None and nouns.of(noun) != "" and not said.startswith((*self._states, *self._deed_verbs))
        if not said or (named and len(noun) > end):
            return noun  # 加油站|油气回收设施, but 渣场|改为封闭式料仓
        if said in self._defect and len(said) <= end:
            return said + bearer
        if self.is_state(said):
            told = whole and len(said) <= _LONGEST and _EVEN_SO.search(said) is None and not unit.endswith("吨")
            return said + "的" + bearer if told else bearer
        return noun[:end] if len(noun) > end and self._is_deed(noun[end:]) else noun

    def _before_verb(self, noun: str, end: int) -> int:
        """Where the first noun that is ever counted ends, if a verb goes on behind it: 渣场|改为封闭料仓; else the end given."""
        ends = (word.end for word in tag(noun)[:-1] if self._all.of(noun[: word.end]) and noun.startswith(self._acting, word.end))
        return next(ends, end)

    def _before_act(self, noun: str, nouns: Suffixes | None, *, led: bool) -> int:
        """Where a noun that no list knows ends, as an act with its object follows: 排土场|越界占用草原; 0 where none does.

        Who are led to do something may also do what else stands in names: 为8个驿站|配置书柜.
        """
        words = tag(noun)
        if nouns is not None and nouns.of(noun):
            return 0  # 危化品使用|单位: the last word is what is counted
        if noun[: words[0].end] in _BY_THE_WAY:
            return 0  # 排土场5个|越界占用草原: what is counted stands before the number
        named = next((i for i, word in enumerate(words) if word.end >= _OBJECT and word.tag[0] in _NAMES), len(words))
        for i in range(named + 1, len(words)):
            start, verb = words[i].start, i
            while verb < len(words) - 1 and (words[verb].tag == "d" or noun[words[verb].start : words[verb].end] in _BY_THE_WAY):
                verb += 1
            did, rest = noun[words[verb].start : words[verb].end], noun[words[verb].end :]
            if did in self._acts and len(rest) >= _OBJECT and not rest.startswith(self._general):
                return start
            if led and (did in self._verbs or self._works_on(noun[words[verb].start :])):
                return start
        return 0

    def _works_on(self, said: str) -> bool:
        """Whether a verb that stands in names too has an object here: 更新|冷藏设备, but 更新|项目 and 建设|资金."""
        words = tag(said)
        rest = said[words[0].end :]
        if said[: words[0].end] not in self._works or len(rest) < _OBJECT or not rest[0].isalnum():
            return False
        return not rest.endswith(self._general) or (len(words) > 2 and len(rest) >= _LONG_OBJECT and words[1].tag[0] != "v")

    def is_state(self, said: str) -> bool:
        """Whether a predicate says what is wrong with those that are counted, or how they are: 没有回收点, 接管意愿不强."""
        if said.startswith(self._states) or (said[:_OBJECT] in _BY_THE_WAY and said.startswith(self._states, _OBJECT)):
            return True
        return said[: tag(said)[0].end] not in self._verbs and (self._defects.of(said) != "" or _DENIAL.search(said) is not None)

    def says(self, said: str, unit: str) -> bool:
        """Whether words behind a count name nothing, but say something of those counted before: 贮存超期, 私设暗管, “晒太阳”."""
        if (
            self.is_state(said)
            or said.startswith(self._said)
            or (said[0] == "“" and said[-1] == "”")
            or (said[0] == "有" and len(said) > _OBJECT + 1)
        ):
            return True
        words = tag(said)
        return len(unit) == 1 and len(words) > 1 and words[-1].tag == "v" and words[0].tag[0] in "ntsda"

    def _is_deed(self, said: str) -> bool:
        """Whether what follows a noun is a verb with its object, not a part of the noun: 开辟绿色通道, but 废气治理."""
        words = tag(said)
        if said.startswith(self._deed_verbs) or said[:_OBJECT] in _BY_THE_WAY or _ALL_THAT.search(said):
            return True
        if self._deeds.of(said):
            return False
        if self._works_on(said):
            return True
        if len(words) > 1 and all(word.tag[0] in "vda" and word.tag != "vn" for word in words):
            return True  # 桥梁|限载通行
        return said[: words[0].end] in self._verbs or words[-1].tag in _SAYING or any(char.isdigit() for char in said)


def _is_ground(noun: str, unit: str) -> bool:
    """Whether places are counted by what they are alone: 7个|村|污水直排."""
    return unit == "个" and noun != "" and noun[0] in _GROUND and noun[: tag(noun)[0].end] == noun[0]


@lru_cache(maxsize=2)
def counted_of(rulebook: Rulebook) -> Counted:
    """What tells the nouns of counts with the words of a rulebook; made once for a rulebook."""
    return Counted(rulebook)
