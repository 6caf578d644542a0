"""Counts that are still to be reached: by a day told before them or after them, or by order."""

from __future__ import annotations

import regex

from extract.model import DateMention, Quantity, View
from extract.records.counts import Label
from extract.records.sentences import DATE
from extract.records.stages import Stages
from extract.records.subjects import Subjects
from extract.records.told import Told
from extract.records.wholes import PARTS

_SOON = 8
"""Characters between a count and the day by which it is to be settled."""
_AT_ONCE = 3
"""Characters between a part and its day: 剩余6件|限|9月底前办结."""
_NEXT = 6
"""Characters after a count in which its state is told."""
_CHANGED = regex.compile(r"同比|环比|较(?![大重突多为])|少了|多了|减少|增加|下降|提高|[少降升增减]到|[由从]$")
_SETTLED = regex.compile(r"已|正|应完成|应整改")
_OWED = regex.compile(r"(?:需要?|计划|应当?|要求)?(?:完成|到期|办结|整改|销号)\p{Han}{0,4}的")
_HANDED = regex.compile(r"反馈|交办|移交|披露|指出|转办|通报|曝光")
_LACKING = regex.compile(r"没|尚未|仍未")
_ORDERED = regex.compile(r"要|须|应|限|务必|确保|力争")
_DUE = regex.compile(r"[底日月汛节冬]前|须|应|将|确保|力争|必须")
_TOLD = regex.compile(r"已|截至|目前|完成|发现|排查")
_MORE_TO_COME = regex.compile(r"再(?:完成|整改|整治|治理|改造|建成?|办结|销号|化解|拆除|退出|修复)|[今明]年|年内|次年|下半年|[底日月汛]前")
"""Some are planned before those that are left: 已整治19处，|今年再整治8处，|其余4处明年底前完成."""
_MARK = regex.compile("[，；。]")
_LATER_SIGNS = frozenset("今明年上下近春秋冬")
_LATER = regex.compile(r"[今明]年(?!以来|初)|年内|[上下]半年|近期|下一?步|下阶段|[春秋冬]季")
"""余下34条|今年|全部打通: when what is left will be settled."""


class Plans:
    """Tells what is told as done or owed in one document from what is planned."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, stages: Stages, told: Told) -> None:
        self.view, self.shaded, self.subjects, self.stages, self.told = view, shaded, subjects, stages, told

    def due(self, label: Label | None, start: int, quantity: Quantity, dates: tuple[DateMention, ...], *, of_total: bool) -> Label | None:
        """The label of a count whose settling is still to come: the rest of a whole is pending (其余11处年底前全部拆除); of a whole that all are to be
        settled by a day only the number is told, and that only where somebody handed it over or a part follows."""
        if label is None or label.part == "bare" or "已" in self.view.text[quantity.end : max(label.end, quantity.end)]:
            return label
        told = max(label.end, quantity.end)
        after = self.owed(label, quantity, dates)
        said = self.view.text[start : quantity.start]
        if (
            of_total
            and (after or (self.view.text[quantity.end : quantity.end + 1] in _LATER_SIGNS and _LATER.match(self.view.text, quantity.end)))
            and (self.subjects.rest.match(said) or _LACKING.search(said))
        ):
            return Label("pending", "", label.rule, {}, told)
        planned = self.told.ahead and label.rule == "tally-all-after" and _TOLD.search(said) is None
        if label.part != "all" or not (after or planned or self.to_come(label, quantity, dates)):
            return label
        handed = _HANDED.search(self.view.text, start, quantity.start)
        return Label("bare" if handed else "total", label.noun, label.rule, {"due": "yes"}, told)

    def owed(self, label: Label, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count is to be settled by a day told right after it: 余下2台|计划11月底前|停产."""
        told = max(label.end, quantity.end)
        return any(
            d.sense == "by" and quantity.end <= d.start < told + _SOON and not _MARK.search(self.view.text, told, d.start) for d in dates
        )

    def bars(self, label: Label, start: int, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count compares or is still to be reached: by a date of its own that is a target."""
        if label.part == "all" and _DUE.search(self.shaded, quantity.end, label.end):
            return True
        already = "已" in self.view.text[quantity.end : max(label.end, quantity.end)]
        if label.part == "all" and not already and any(d.sense == "by" and quantity.end <= d.start < label.end for d in dates):
            return True
        if not already and self.to_come(label, quantity, dates):
            return True
        if label.part == "total" and not label.noun and self._is_deed_of_a_year(left, quantity):
            return True
        if label.part == "total" and (_CHANGED.search(self.shaded, left, quantity.start) or self.stages.is_deed(label.noun)):
            return True
        settled = label.part == "bare" or _SETTLED.search(self.view.text, start, quantity.end + _NEXT)
        told = max(label.end, quantity.end)
        due = next((d for d in dates if d.sense == "by" and quantity.end <= d.start < told + _SOON), None)
        if due is None:
            return False
        if (
            label.part == "bare"
            and quantity.start not in self.told.sums.planned
            and _ORDERED.search(self.view.text, quantity.end, due.start)
            and not _HANDED.search(self.view.text, start, told)
        ):
            return True  # 上述12项任务须于3月31日前完成
        shared = self.told.sums.shares.get(quantity.start)
        if label.part in PARTS and shared is not None and _MORE_TO_COME.search(self.view.text, shared.end, quantity.start):
            return True  # 整治任务31项，已完成19项，今年再完成8项，余下4项明年底前完成
        over = self.subjects.rest.match(self.view.text[start : quantity.start]) or _LACKING.search(self.view.text, start, quantity.start)
        ordered = not over and _ORDERED.search(self.view.text, quantity.end, due.start)
        return "plan" in label.set or bool(label.part in PARTS and not settled and ordered and due.start - quantity.end <= _AT_ONCE)

    def _is_deed_of_a_year(self, left: int, quantity: Quantity) -> bool:
        """Whether a count without a noun tells what was done in some year: 任务68项，2031年销号|22项."""
        said = self.shaded[left : quantity.start]
        return said.startswith(DATE) and said.lstrip(DATE) in self.stages.done

    def to_come(self, label: Label, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count is to be reached by a day told before it (到2026年底，…完成33个). A whole of matters that somebody handed over is told
        all the same (2032年底前完成检查指出的21个问题), and one that only had to be settled by that day is not to come (年底前应完成的34项)."""
        if label.part == "total":
            return False
        begin = max(self.view.text.rfind("；", self.told.since, quantity.start), self.told.since)
        day = next((d for d in reversed(dates) if d.sense == "by" and d not in self.told.as_of and begin <= d.start < quantity.start), None)
        if day is None or _SETTLED.search(self.view.text, max(begin, day.start - 2), quantity.end + _NEXT):
            return False
        if _OWED.fullmatch(self.view.text, day.end, quantity.start) or self.view.text[max(day.start - 2, 0) : day.start].endswith(
            ("应", "应于")
        ):
            return False
        whole = self.told.whole
        first = whole.total if whole is not None else None
        if first is not None and day.end <= first.start < quantity.start and _OWED.fullmatch(self.view.text, day.end, first.start):
            return False  # 年底前需完成的45项，实际完成43项
        known = label.part == "bare" and _HANDED.search(self.view.text, begin, quantity.start)
        stated = (
            label.part in PARTS
            and quantity.start in self.told.sums.parts
            and _LACKING.search(self.view.text, day.end, quantity.end + _NEXT)
        )
        return not known and not stated
