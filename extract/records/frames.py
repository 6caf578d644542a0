"""Frames: how one number is bound to what it counts, by the rules of kind target and by what the sentence has said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import regex

from extract.model import Claim, Operator, Quantity, View
from extract.records.counted import counted_of
from extract.records.fitting import Fitting
from extract.records.indicators import Indicators
from extract.records.memory import Change, Memory
from extract.records.nouns import Noun, nouns_of
from extract.records.recall import Recall
from extract.records.wording import BEHIND, Window, told, wording_of
from extract.rulebook import Rule, Rulebook

_SIZES_OF_EACH = ("numeral-size-class", "numeral-size-of-thing")
_ADDED = ("新增", "新增了", "净增", "净增了")
_NOT = ("没有", "未", "没", "不曾", "从未")
_LISTING = regex.compile(r"的(?:依次|分别)?(?:有|是|为|包括)")
_CHANGING: dict[str, Change] = {"减少": "decrease", "削减": "decrease", "压减": "decrease", "增加": "increase", "净增": "increase"}
_OVER = ("超计划", "超额")
"""By how much more than planned is done."""
_RATIOS = ("率", "比例", "占比", "比重")
_INTENSITIES = ("强度", "单价", "均价", "容积率", "税收")
_SHARED = regex.compile(r"(大约|大概|约|接近|超过|不足)占")
_SHORT_NOUN = 2
_DENIED: dict[Operator, Operator] = {">": "<=", "<": ">="}


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


class Frames:
    """Binds the numbers of one document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]) -> None:
        self.view, self.shaded = view, shaded
        self.bounded = {claim.end - 1 for claim in claimed if claim.kind == "bound"}
        self.words, self.nouns, self.counted = wording_of(rulebook), nouns_of(rulebook), counted_of(rulebook)
        self.bare = next((rule for rule in self.words.cues.rules if rule.id == "target-bare"), None)
        self.cued = self.words.cues.scan(shaded)
        self.fitting = Fitting(view, shaded, self.words, self.nouns, self.counted)
        sizes = {claim.start for claim in claimed if claim.rule in _SIZES_OF_EACH}
        self.indicators = Indicators(view, shaded, self.words, self.fitting, sizes, self.bounded)
        self.recall = Recall(view, shaded, self.nouns, rulebook)

    def pair(self, window: Window, first: Quantity, second: Quantity, memory: Memory) -> Frame | None:
        """The second number read as the level that is reached from the first (由14扩大至1500平方公里), or None."""
        text = self.shaded[window.left : window.right]
        for _, rule in self.words.cues.numbered(self.cued.rules(window.left, window.right) & self.words.pairs):
            match = _match(rule, text, second.start - window.left)
            if match is not None and match.start("baseline") + window.left == first.start:
                return self._frame(rule, match, window, _in_unit_of(first, second), memory)
        return None

    def single(self, window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        """The number read by the first rule that fits, or None."""
        text = self.shaded[window.left : window.right]
        rules = self.cued.rules(window.left, window.right) & self.words.endings.rules(self.shaded, quantity.start, window.left)
        for _, rule in self.words.cues.numbered(rules & ~self.fitting.barred(quantity, window.right)):
            match = _match(rule, text, quantity.start - window.left)
            if match is not None and self.fitting.fits(rule, match, quantity):
                frame = self._frame(rule, match, window, quantity, memory)
                if frame is not None:
                    return frame
        return None

    def beside(self, start: int, quantity: Quantity, memory: Memory) -> Frame | None:
        """A number in brackets of its own, bound to the noun before the bracket, or to the last indicator where that is a place."""
        listed = _LISTING.search(self.shaded, start, quantity.start - 1)
        noun = self.nouns.trim(self.view.text[listed.end() if listed is not None else start : quantity.start - 1])
        if self.words.is_place(noun.noun):
            noun = Noun(memory.indicator, noun.action, noun.noun)
        if len(noun.noun) < _SHORT_NOUN or self.bare is None:
            return None
        return Frame(self.bare, quantity, noun.noun, noun.action, noun.scope, "level", quantity.operator, "", start)

    def _frame(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        """What a match says; None where what is counted stands elsewhere, or nothing tells it."""
        noun = self.indicators.noun(rule, match, window, quantity)
        if before := told(match, "before"):
            place = window.left + match.start("before")
            noun = noun._replace(scope=self.nouns.trim(self.view.text[place : place + len(before)]).scope or noun.scope)
        if self._stands_behind(rule, noun, match, window, quantity):
            return None
        noun = self.indicators.placed(self.indicators.sized(noun, match, window), match)
        if quantity.kind == "percent" and noun.noun in _OVER and noun.action == "完成":
            noun = noun._replace(noun="", action=noun.noun + noun.action)
        noun = self.indicators.fitted(noun, rule, match, window, quantity, memory)
        noun = self.indicators.on_ground(self.recall.told(noun, rule, quantity, memory))
        if not noun.noun:
            return None
        memory.keep(noun.noun, quantity)
        place = window.left + match.start("baseline") if told(match, "baseline") else -1
        return Frame(
            rule, quantity, noun.noun, noun.action, noun.scope, self._change(rule, quantity, noun),
            self._operator(_bound_of_share(match) if rule.id == "target-share" else told(match, "bound"), window, quantity),
            self.view.text[place : window.left + match.end("baseline")] if place >= 0 else "", self._end(rule, match, window, noun.noun),
        )  # fmt: skip

    def _operator(self, bound: str, window: Window, quantity: Quantity) -> Operator:
        """The operator of a number, by a bound that stands apart from it (不得高于全省平均的|…) and by 没有 or 至少 before it."""
        operator = cast("Operator", self.words.bounds.get(bound, quantity.operator))
        if self.view.text.endswith(_NOT, 0, quantity.start):
            operator = _DENIED.get(operator, operator)  # 没有|超过0.15毫克
        return ">=" if operator == "=" and "至少" in self.view.text[window.left : quantity.start] else operator

    def _end(self, rule: Rule, match: regex.Match[str], window: Window, noun: str) -> int:
        """Where what a rule took ends: behind a count that is its noun, so that what those do is left for the next number (11家矿山|缴存基金1.2亿元)."""
        end = window.left + match.start("indicator") + len(noun) if rule.id == "target-count-noun" else -1
        more = self.words.stops + self.words.predicates
        cut = end > 0 and self.view.text.startswith(noun, end - len(noun)) and self.view.text.startswith(more, end)
        return end if cut else window.left + match.end()

    def _stands_behind(self, rule: Rule, noun: Noun, match: regex.Match[str], window: Window, quantity: Quantity) -> bool:
        """Whether what is counted follows its number, though words stand before that: 县城管局要于9月底前|完成|3个渡口改造."""
        if rule.id != "target-reach":
            return False
        if match["action"] == "为" and self._served(noun, window, quantity):
            return True
        if noun.noun and told(match, "action") != "完成":
            return False
        if quantity.kind in ("percent", "cardinal") and self.shaded.startswith("的", quantity.end):
            return True  # 已完成|35%的|疏浚任务, 完成|4万户的|改造任务
        behind = BEHIND.match(self.shaded, quantity.end, window.right)
        return behind is not None and self.fitting.counts(quantity, behind[0])

    def _served(self, noun: Noun, window: Window, quantity: Quantity) -> bool:
        """Whether 为 leads to those behind the count for whom something is done: 民政部门为|310名老人发放补贴."""
        behind = BEHIND.match(self.shaded, quantity.end, window.right)
        return behind is not None and not self.nouns.measured(noun.noun) and self.counted.counts(behind[0], quantity.unit)

    def _change(self, rule: Rule, quantity: Quantity, noun: Noun) -> Change:
        """翻一番 is a growth, 减半 a fall, and so is a concentration's 改善 or 好于; else the rule says what the number is."""
        if noun.action.endswith(("改善", "好于", "优于")) and noun.noun.endswith(self.words.ills):
            return "decrease"
        if noun.action.startswith(_OVER):
            return "increase"  # 造林9万亩，超计划完成|28%
        added = rule.id == "target-count-noun" and noun.action and self.view.text.endswith(_ADDED, 0, quantity.start - len(noun.action))
        if added or quantity.unit == "番" or self.view.text.endswith(_ADDED, 0, quantity.start):
            return "increase"  # 新增|28个项目, 新增安装|28台水泵
        if rule.id == "target-new" and ((quantity.kind == "percent" and noun.noun.endswith(_RATIOS)) or noun.noun.endswith(_INTENSITIES)):
            return "level"  # 新增用地的出让比例不低于六成, 新增用地亩均投资强度不低于200万元
        if rule.id == "target-noun-count" and noun.action in _CHANGING:
            return _CHANGING[noun.action]  # 完成减少|帮扶对象1.3万人
        return "decrease" if self.fitting.halves(quantity) else cast("Change", rule.set.get("change", "level"))


def _bound_of_share(match: regex.Match[str]) -> str:
    """The bound that stands before 占 and not before the number: 工业用水|约|占总用水量的三成."""
    bound = _SHARED.search(match["indicator"])
    return bound[1] if bound is not None else ""


def _in_unit_of(first: Quantity, second: Quantity) -> Quantity:
    """The level that is reached in the unit of the level before it, where it prints none: 由4.2%降到|0."""
    return second._replace(unit=first.unit, base_unit=first.base_unit) if second.value == 0 and not second.unit else second


def _match(rule: Rule, text: str, place: int) -> regex.Match[str] | None:
    """The rule's match in the text of a window that has the quantity at a place as its value."""
    match = rule.search(text)
    while match is not None and not match.start("value") <= place < match.end("value"):
        match = rule.search(text, match.start() + 1)
    return match
