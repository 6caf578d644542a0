"""Wording: the words of the rules of kind target, and what is told by them of any phrase around a number."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from extract.records.sentences import Endings
from extract.rulebook import Rulebook

_PLACE = regex.compile(
    r"[^，。；、\s的]{1,6}(?:省|市|县|区|州|盟|旗|镇|(?<![下返入])乡|街道|新区|开发区|高新区|(?<![布格结邮])局|[两三四五六七八九十\d]个?[省市县区州旗镇乡村])(?:一个?[市县区镇乡村地])?各?"
)
_LEVELS = frozenset("省市县区州盟旗镇乡村")
_ASIDE = regex.compile(r"^(?:其余|其他)[^，。；]*$")
HELD = ("次", "场", "场次")
"""Units of what is held: 会议6次|研究部署整改."""
GONE = regex.compile(
    r"(?:到|赴|深入|前往|带队)(?=(?:现场|一线|基层|实地)\p{Han}{2})|(?:下达|下发|发出|作出|组织召开|主持召开)(?=\p{Han}{2})"
)
PAPER = regex.compile(r"(?<=.{2})的(?:请示|建议|方案|申请|报告|意见|事宜|议题|批复|函|要求|目标)$")
"""新增12台|公交车的请示: the paper that tells of those that are counted."""
BEHIND = regex.compile(r"[^，。；：、\s\ue000\ue001]{2,}")


class Window(NamedTuple):
    """The stretch around a number that a rule sees, left to right, and where its clause begins."""

    clause: int
    left: int
    right: int


class Wording:
    """The rules of kind target and the words that binding needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.cues = rulebook.cues("target")
        self.endings = Endings(rulebook, self.cues)
        self.pairs = self.cues.mask(lambda rule: "?P<baseline>" in rule.source)
        self.multiples = self.cues.mask(lambda rule: rule.id == "target-multiple")
        self.counts_behind = self.cues.mask(lambda rule: rule.id in ("target-count-noun", "target-count-listed"))
        self.parts_behind = self.cues.mask(lambda rule: rule.id == "target-part-of")
        self.actions, self.reach = rulebook.words("actions"), rulebook.words("reach")
        self.changes = rulebook.words("increase") | rulebook.words("decrease")
        self.no_opening = rulebook.words("not_noun") | rulebook.words("strong_verbs")
        self.money, self.money_nouns = rulebook.words("money_units"), tuple(rulebook.words("money_nouns"))
        self.matters = (*rulebook.words("tally_nouns"), "类")
        self.size_units = rulebook.words("size_units")
        led, named = (rulebook.fragments[name].source for name in ("measured_by_plan", "plan_named"))
        self.of_the_plan = regex.compile(f"{led}({named})$")
        self.provinces = frozenset(rulebook.words("provinces"))
        self.areas = rulebook.words("functional_areas")
        self.doers = (*rulebook.words("doers"), "长", "人", "员", "同志", "组", "队")
        self.bounds = rulebook.lookup("bounds")
        self.ills = ("指数", *rulebook.words("lower_is_better"))
        self.predicates = tuple(word for word, kind in rulebook.lookup("predicates").items() if kind in ("deed", "act") and len(word) > 1)
        self.stops = tuple(rulebook.words("not_noun"))

    def is_place(self, noun: str) -> bool:
        """Whether a phrase only says where: 泽南县, 其余各镇."""
        return bool(noun in _LEVELS or noun in self.provinces or _ASIDE.match(noun) or _PLACE.fullmatch(noun)) and not any(
            noun[-length:] in self.areas for length in (2, 3, 4)
        )

    def after_place(self, phrase: str) -> str:
        """What follows the name of a place, where more than the name stands: 临河县水质优良率 → 水质优良率."""
        match = _PLACE.match(phrase)
        return phrase[match.end() :] if match and not self.is_place(phrase) else ""


@lru_cache(maxsize=2)
def wording_of(rulebook: Rulebook) -> Wording:
    """What a rulebook knows of targets; made once for a rulebook."""
    return Wording(rulebook)


def told(match: regex.Match[str], group: str) -> str:
    """What a group of a match holds; nothing where its rule has no such group."""
    return (match[group] or "") if group in match.re.groupindex else ""
