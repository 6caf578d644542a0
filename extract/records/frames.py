"""Frames: how one number is bound to what it counts, by the rules of kind target and by what the sentence has said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, cast

import regex

from extract.model import Claim, Operator, Quantity, View
from extract.nlp.words import tag
from extract.records.nouns import Noun, nouns_of
from extract.records.sentences import DATE, QUANTITY, Endings
from extract.rulebook import Rule, Rulebook
from extract.rulebook.cues import Cues
from extract.rulebook.schema import TIMEOUT

Change = Literal["level", "increase", "decrease"]

_LACKING = regex.compile(r".(?<=未|没有|没|不)[^，。；、\s\ue000\ue001]+")
_PLACE = regex.compile(r"[^，。；、\s的]{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|新区|开发区|高新区|局)")
_ASIDE = regex.compile(r"^(?:其余|其他)[^，。；]*$")
_RELATIVE = regex.compile(
    r"(?:具有|拥有|在|符合|适合|从事|能够)[^，。；\ue000\ue001]{2,40}的(?P<head>[\p{Han}\p{Latin}“”]{2,12})(?=[，。；]|$)"
)
"""一家|在…方面优势突出的|龙头机构: what stands between a count and its noun."""
_SHARES = ("占比", "比例", "比重")
_REST = ("剩下", "剩余", "其余", "余下")
_DEED_UNITS = ("人", "人次", "名", "次", "场", "场次", "起", "件", "份")
_LIGHT = ("完成", "实施", "开展", "实现", "组织", "推进", "累计完成")
_NO_CUT = ("目标", "能力", "任务", "量", "工程", "项目", "工作", "措施")
_NO_COUNT = ("浓度", "率", "水质", "比例")
_UNITLESS = ("系数", "指数", "pH值", "pH", "比值", "值")
_LINKS = ("的", "、", "和", "及", "与")
_SHORT_RATE = 3


class Window(NamedTuple):
    """The stretch around a number that a rule sees, left to right, and where its clause begins."""

    clause: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What one rule read around one quantity; `end` is where it stops in the text."""

    rule: Rule
    quantity: Quantity
    indicator: str
    action: str
    scope: str
    change: Change
    operator: Operator
    baseline: str
    end: int


@dataclass(slots=True)
class Memory:
    """What the sentence has said so far and a later clause may leave out; `topics` are the places of clauses without a number."""

    indicators: dict[str, str] = field(default_factory=dict)
    topics: list[tuple[int, int]] = field(default_factory=list)
    indicator: str = ""
    action: str = ""
    change: Change = "level"

    def keep(self, indicator: str, unit: str) -> None:
        """Remember the last indicator, and the last of its unit."""
        self.indicator = self.indicators[unit] = indicator


class Words:
    """The rules of kind target and the words that binding needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        rules = rulebook.of_kind("target")
        self.cues = Cues(rules)
        self.endings = Endings(rulebook, self.cues)
        self.pairs = self.cues.mask(lambda rule: "?P<baseline>" in rule.source)
        self.actions, self.reach = rulebook.words("actions"), rulebook.words("reach")
        self.changes = rulebook.words("increase") | rulebook.words("decrease")
        self.no_opening = rulebook.words("not_noun") | rulebook.words("strong_verbs")
        self.money, self.money_nouns = rulebook.words("money_units"), tuple(rulebook.words("money_nouns"))
        self.areas = rulebook.words("functional_areas")
        self.bounds = rulebook.lookup("bounds")


@lru_cache(maxsize=2)
def words_of(rulebook: Rulebook) -> Words:
    """What a rulebook knows of targets; made once for a rulebook."""
    return Words(rulebook)


class Frames:
    """Binds the numbers of one document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]) -> None:
        self.view, self.shaded = view, shaded
        self.sizes = {claim.start for claim in claimed if claim.rule == "numeral-size-class"}
        self.words = words_of(rulebook)
        self.cued = self.words.cues.scan(shaded)
        self.nouns = nouns_of(rulebook)
        self.full: dict[tuple[str, str], str] = {}

    def recall(self, memory: Memory, unit: str = "") -> str:
        """What a number without a noun counts: what was counted in this unit, else the last indicator, else what the clause before was about."""
        told = memory.indicators.get(unit) or memory.indicator
        return told or next(filter(None, (self._topic(*place) for place in reversed(memory.topics))), "")

    def _topic(self, start: int, end: int) -> str:
        """What a clause without a number of its own is about; nothing where it tells when something happened."""
        if DATE in self.shaded[start:end] and self.view.text[end : end + 1] != "：":
            return ""
        noun = self.nouns.trim("".join(c for c, s in zip(self.view.text[start:end], self.shaded[start:end], strict=True) if s != DATE)).noun
        return noun if len(noun) > 1 else ""

    def pair(self, window: Window, first: Quantity, second: Quantity, memory: Memory) -> Frame | None:
        """The second number read as the level that is reached from the first (由14扩大至1500平方公里), or None."""
        for _, rule in self.words.cues.numbered(self.cued.rules(window.left, window.right) & self.words.pairs):
            match = self._match(rule, window, second)
            if match is not None and match.start("baseline") + window.left == first.start:
                return self._frame(rule, match, window, second, memory)
        return None

    def single(self, window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        """The number read by the first rule that fits, or None."""
        rules = self.cued.rules(window.left, window.right) & self.words.endings.rules(self.shaded, quantity.start, window.left)
        for _, rule in self.words.cues.numbered(rules & ~self.words.pairs):
            if not self._opens(rule, quantity, window.right):
                continue
            match = self._match(rule, window, quantity)
            if match is not None and self._fits(rule, match, quantity):
                frame = self._frame(rule, match, window, quantity, memory)
                if frame is not None:
                    return frame
        return None

    def is_place(self, noun: str) -> bool:
        """Whether a phrase only says where: 泽南县, 其余各镇."""
        return bool(len(noun) == 1 or _ASIDE.match(noun) or _PLACE.fullmatch(noun)) and not any(
            noun[-length:] in self.words.areas for length in (2, 3, 4)
        )

    def after_place(self, phrase: str) -> str:
        """What follows the name of a place, where more than the name stands: 临河县水质优良率 → 水质优良率."""
        match = _PLACE.match(phrase)
        return phrase[match.end() :] if match and not self.is_place(phrase) else ""

    # --- does a rule fit ----------------------------------------------------------------------------------------------

    def _match(self, rule: Rule, window: Window, quantity: Quantity) -> regex.Match[str] | None:
        """The rule's match in the window that has this quantity as its value; its offsets count from the window's left."""
        text, place = self.shaded[window.left : window.right], quantity.start - window.left
        match = rule.pattern.search(text, timeout=TIMEOUT)
        while match is not None and not match.start("value") <= place < match.end("value"):
            match = rule.pattern.search(text, match.start() + 1, timeout=TIMEOUT)
        return match

    def _opens(self, rule: Rule, quantity: Quantity, right: int) -> bool:
        """Whether a rule for some kinds of number need be tried: 翻番 for multiples; something after a count, for what follows counts."""
        if rule.id == "target-multiple":
            return quantity.kind == "multiple" or self._halves(quantity)
        if rule.id not in ("target-count-noun", "target-part-of"):
            return True
        return (
            quantity.end < right
            and (self.shaded[quantity.end].isalnum() or self.shaded[quantity.end] == "“")
            and (quantity.kind == "cardinal") == (rule.id == "target-count-noun")
        )

    def _fits(self, rule: Rule, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a quantity can be read so: 30% of what follows is no count, money counts only money."""
        indicator = match.groupdict().get("indicator") or ""
        if rule.id == "target-at-rate":
            return True
        if rule.id == "target-part-of":
            return quantity.kind == "fraction" or quantity.unit == "成"
        if rule.id == "target-cut" and indicator.startswith(_NO_CUT):
            return False
        if indicator and match.start("indicator") >= match.end("value"):
            return self._counts(quantity, indicator) or (
                quantity.kind == "cardinal" and _RELATIVE.match(self.shaded, quantity.end) is not None
            )
        return bool(quantity.unit) or quantity.kind == "fraction" or indicator.endswith(_UNITLESS)

    def _counts(self, quantity: Quantity, noun: str) -> bool:
        """Whether the noun that follows can be what a quantity counts."""
        if (
            quantity.kind != "cardinal"
            or not quantity.unit
            or noun.endswith(_NO_COUNT)
            or noun[: tag(noun)[0].end] in self.words.no_opening
        ):
            return False
        return quantity.unit not in self.words.money or noun.endswith(self.words.money_nouns)

    # --- what a match says --------------------------------------------------------------------------------------------

    def _frame(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        groups = match.groupdict()
        noun = self._noun(match, window)
        if groups.get("before"):
            noun = noun._replace(scope=self.nouns.trim(self._printed(match, "before", window)).scope or noun.scope)
        if noun.noun and match.end("indicator") <= match.start("value") and self.is_place(noun.noun):
            noun = Noun("", noun.action, noun.noun)
        noun = noun._replace(action=groups.get("action") or noun.action)
        noun = self._sized(noun, match, window)
        noun = self._before_date(noun, match, window)
        noun = self._told(noun, rule, quantity, memory)
        if not noun.noun:
            return None
        indicator = self._resolve(self._whose(noun.noun, memory), quantity.unit)
        memory.keep(indicator, quantity.unit)
        operator = self.words.bounds.get(groups.get("bound") or "", quantity.operator)
        if operator == "=" and "至少" in self.view.text[window.left : quantity.start]:
            operator = ">="
        return Frame(
            rule, quantity, indicator, noun.action, noun.scope, self._change(rule, quantity, noun), cast("Operator", operator),
            self._printed(match, "baseline", window) if groups.get("baseline") else "", window.left + match.end(),
        )  # fmt: skip

    def _printed(self, match: regex.Match[str], group: str, window: Window) -> str:
        return self.view.text[window.left + match.start(group) : window.left + match.end(group)]

    def _noun(self, match: regex.Match[str], window: Window) -> Noun:
        """The indicator of a match, cut free; after a count it ends where another clause's verb begins, but keeps what is lacking (未建立台账)."""
        if not match.groupdict().get("indicator"):
            return Noun("")
        named = self._printed(match, "indicator", window)
        relative = (
            _RELATIVE.match(self.shaded, window.left + match.end("value")) if match.start("indicator") > match.start("value") else None
        )
        if relative is not None:
            return Noun(self.view.text[relative.start("head") : relative.end("head")])
        if match.start("indicator") <= match.start("value"):
            return self.nouns.trim(named)
        lacking = _LACKING.match(self.shaded, window.left + match.end("indicator") - 1)
        if lacking is not None:
            return self.nouns.trim(self.view.text[window.left + match.start("indicator") : lacking.end()], verbs=False)
        return self.nouns.trim(self.nouns.head(named), verbs=False)

    def _sized(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A size printed right before the noun stays with it: 10蒸吨以下|燃煤锅炉; so does what bounds a share: 单户500万元以下的|占比."""
        indicator = match.groupdict().get("indicator") or ""
        if not noun.noun or window.left == window.clause or self.shaded[window.left - 1] != QUANTITY or match.start("indicator") != 0:
            return noun
        if indicator.startswith("的") and noun.noun in _SHARES:
            return noun._replace(noun=self.view.text[window.clause : window.left] + noun.noun)
        size = next((q for q in self.view.quantities_in(window.clause, window.left) if q.end == window.left), None)
        if size is None or size.start not in self.sizes or indicator.startswith(_LINKS):
            return noun
        return noun._replace(noun=self.view.text[size.start : window.left] + noun.noun)

    def _before_date(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A bare rate or deed with the noun that a date parts from it: 缺陷点位|年底前|修复率, 市政管网|去年|排查."""
        place = window.left + match.start("indicator") if match.groupdict().get("indicator") else window.left
        rate = noun.noun.endswith("率") and len(noun.noun) <= _SHORT_RATE
        if place <= window.left or self.shaded[place - 1] != DATE or not (rate or noun.noun in self.words.actions):
            return noun
        dates = self.view.dates_in(window.left, place)
        lead = self.nouns.trim(self.view.text[window.left : dates[0].start]).noun if dates else ""
        return noun._replace(noun=lead + noun.noun) if lead else noun

    def _told(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun:
        """The indicator where the match has only a verb, a remainder, a share or nothing: told by what the sentence has said before."""
        name, action = noun.noun, noun.action
        if name.startswith("占") and not name.startswith("占比"):
            return noun._replace(noun=memory.indicator + name)
        if name in self.words.changes or name.endswith(("同比", "环比")):
            return noun._replace(noun=self.recall(memory), action=name)
        if not name:
            level = rule.set.get("change", "level") == "level"
            return noun._replace(noun=self.recall(memory, quantity.unit if level else ""))
        deed = name in self.words.actions and name not in self.nouns.measurands
        if deed and action and action not in _LIGHT:
            return noun._replace(noun=action + name)  # 查封扣押9起: the deeds are counted
        if name in _REST or (name + action in self.words.reach):
            return noun._replace(noun=self.recall(memory, quantity.unit) or name, action=name)
        if deed:
            counted = "" if quantity.unit in _DEED_UNITS else memory.indicators.get(quantity.unit, "")
            counted = "" if counted in self.words.actions else counted
            return noun._replace(noun=counted if name in counted else counted + name, action=name)
        return noun

    def _whose(self, name: str, memory: Memory) -> str:
        """A bare rate with the head of its bearer: 铁路专用线4条、接入率80% → 专用线接入率."""
        if not name.endswith("率") or len(name) > _SHORT_RATE:
            return name
        bearer = self.recall(memory)
        known = not bearer or bearer.endswith(name[:-1]) or self.nouns.measured(bearer)
        return name if known else bearer[tag(bearer)[-1].start :] + name

    def _resolve(self, name: str, unit: str) -> str:
        """A shortened indicator (优良比例) told by the fuller one that stood before (断面水质优良比例)."""
        known = self.full.get((name[-4:], unit))
        if known and known.endswith(name) and len(name) <= 4:
            return known
        self.full[name[-4:], unit] = name
        return name

    def _change(self, rule: Rule, quantity: Quantity, noun: Noun) -> Change:
        """翻一番 is a growth, 减半 a fall, and so is a concentration's 改善; else the rule says what the number is."""
        if noun.action.endswith("改善") and noun.noun.endswith(("浓度", "指数")):
            return "decrease"
        if quantity.unit == "番":
            return "increase"
        return "decrease" if self._halves(quantity) else cast("Change", rule.set.get("change", "level"))

    def _halves(self, quantity: Quantity) -> bool:
        return self.view.text[quantity.start] == "减"
