"""Figures in tables: which indicator a cell belongs to, for which place and year, and whether it is planned or reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

import regex

from extract.model import DateMention, DateRow, Outline, Passage, Quantity, Target, View
from extract.records.memory import Change
from extract.rulebook import Rulebook
from extract.values import find_quantities

_UNIT = regex.compile(r"[（(]([^（）()]{1,10})[）)]\s*$")
_SAID_UNIT = regex.compile(r"单位[：:]\s*([^\s，。；：）)]{1,10})")
_UNITLESS = ("系数", "指数", "pH值", "pH", "比值", "之比", "倍差")
_UNITLESS = ("系数", "指数", "pH值", "pH", "比值", "之比", "倍差")
_BEFORE = 120
"""Characters before a table's first figure in which its unit may be told (单位：吨)."""
_YEAR = regex.compile(
    r"(?:较|比|以)?(?:(?P<year>20\d{2})年?|“?十[二三四五六]五”?|[上去本今明]年)(?:度|期)?(?:(?:1[0-2]|[1-9])月)?(?:初|底|末|前|期末|同期)?"
)
_AGAINST = regex.compile(r"^(?:同比|环比|累计|年均|平均|较上年|较去年|比上年|比去年|较同期|较基期|较基准年)+")
_EMPTY = regex.compile(r"[\s（）()、/／:：的值数量情况度第年]*")
_DASHED = regex.compile(r"[-—–－一/／]+")
"""What stands in a column of units for an indicator that has none."""
_ADDED = ("新增", "净增")
_PLAN = 2
"""Years from a plan's base to its goal, at the least; tables of yearly steps go from year to year."""
_MINUS, _FALLS = frozenset("-－−"), frozenset("-－−↓")


class Head(NamedTuple):
    """What the head of a column, or of a row, says.

    name: the indicator or place that it names, or "".   year: 0 where it names none.   kind: "" where it does not say.
    change: how its figures compare with those of another time, None where they do not; "compare" where their sign decides.
    """

    name: str
    unit: str
    year: int
    kind: Literal["target", "result", ""]
    change: Change | Literal["compare"] | None


class Figures:
    """Reads the figures of one document's tables, table by table (`open`) and row by row (`read`)."""

    def __init__(self, outline: Outline, view: View, rulebook: Rulebook) -> None:
        self.outline, self.view = outline, view
        words = rulebook.lookup("figure_heads")
        self.words, self.units = words, rulebook.lookup("units")
        self.endings = tuple(sorted((w for w, sense in words.items() if sense in ("target", "result")), key=len, reverse=True))
        self.changes = tuple(
            sorted((w for w, sense in words.items() if sense in ("decrease", "increase", "compare")), key=len, reverse=True)
        )
        self.heads: dict[str, Head] = {}
        self.ranks = tuple(word for word, sense in words.items() if sense == "rank")
        self.dates: dict[int, DateRow] = {}
        """The dates that heads of columns name, by where they stand: a deadline where what is planned stands below, else a period."""
        published = outline.header.published[:4]
        self.year = int(published) if published.isdecimal() else 0
        self.unit = ""
        self.named: tuple[DateMention, ...] = ()

    def open(self, since: int, start: int) -> None:
        """Begin a table whose first figure stands at `start`; its heads stand behind `since`, where other text ends."""
        told = [match[1] for match in _SAID_UNIT.finditer(self.view.text, max(0, start - _BEFORE), start)]
        self.unit = told[-1] if told and self._is_unit(told[-1]) else ""
        self.named = self.view.dates_in(since, start)

    def read(self, row: Sequence[Passage], values: Mapping[Passage, Quantity]) -> list[Target]:
        """The targets and results of one row; `values` holds those of its cells that are one number each."""
        heads = {p: self.head("".join(p.head.split())) for p in values}
        labels = [p for p in row if p not in values and p.start < next(iter(values)).start]
        named = [p for p in labels if self._sense(p) not in ("unit", "aside")]
        label = next((p for p in named if self._sense(p) == "indicator"), None)
        by_row = label is not None or not any(head.name for head in heads.values())
        if not by_row and named and self.head(self._said(named[0])).unit and not any(head.unit for head in heads.values()):
            by_row = True  # 新建泵站（座） under names of places
        if label is None and named:
            label = named[-1] if by_row else named[0]
        said = self._said(label) if label is not None else ""
        of_row = self.head(said)
        if by_row and not of_row.name:
            return []
        told = self._row_unit(labels)
        unitless = _DASHED.fullmatch(told) is not None
        unit = "" if unitless else told or of_row.unit or self.unit
        base = self._base(heads.values())
        found: list[Target] = []
        for passage, quantity in values.items():
            head = heads[passage]
            if of_row.year and not of_row.name and not head.year:
                head = head._replace(year=of_row.year)  # a row for each year
            indicator, scope = (of_row.name, head.name) if by_row else (head.name, said)
            change = of_row.change if by_row and head.change is None else head.change
            if not indicator and head.change is not None and found:
                indicator = found[-1].indicator
            printed = quantity.unit or head.unit or unit
            if base and head.year == base and not head.kind:
                head = head._replace(kind="result")
            elif found and head.change is not None and not head.kind and not head.year:
                head = head._replace(kind=found[-1].kind)  # how the figures before it compare
            bare = unitless or indicator.endswith(_UNITLESS)
            if indicator and (printed or bare) and not indicator.endswith(self.ranks):
                measured = self._measured(quantity, printed) if printed else quantity
                found.append(self._target(passage, measured, indicator, scope, head, self._signed(change, quantity)))
        return found

    def head(self, text: str) -> Head:
        """What a head says; rows ask again for those of their columns."""
        if text not in self.heads:
            self.heads[text] = self._head(text)
        return self.heads[text]

    def _head(self, text: str) -> Head:
        """What a head says: 2025年目标值（%） is a target of 2025 in %; 同比降幅（%） a fall; PM2.5浓度（微克/立方米） an indicator."""
        inside = _UNIT.search(text)
        unit = inside[1] if inside is not None and self._is_unit(inside[1]) else ""
        rest = text[: inside.start()] if unit and inside is not None else text
        year = next((int(match["year"]) for match in _YEAR.finditer(rest) if match["year"]), 0)
        bare = _YEAR.sub("", rest)
        kind: Literal["target", "result", ""] = ""
        change: Change | Literal["compare"] | None = None
        word = next((word for word in self.endings if bare.endswith(word) or bare.startswith(word)), "")
        if word and (year or _EMPTY.fullmatch(bare.replace(word, "", 1))):
            kind, bare = self.words[word], bare.replace(word, "", 1)  # type: ignore[assignment]
        compared = next((word for word in self.changes if bare.endswith(word)), "")
        against = _AGAINST.match(bare)
        if compared:
            change, bare = self.words[compared], bare.removesuffix(compared)  # type: ignore[assignment]
        elif against is not None and against.end() == len(bare):
            change = "compare"
        if change is not None:
            bare = _AGAINST.sub("", bare).removesuffix("同比").removesuffix("环比")
        name = "" if _EMPTY.fullmatch(bare) or (self.words.get(bare) and change is None) else bare
        if change is None and name.startswith(_ADDED):
            change = "increase"
        return Head(name.strip("：:、"), unit, year, kind, change)

    def _target(self, passage: Passage, quantity: Quantity, indicator: str, scope: str, head: Head, change: Change) -> Target:
        kind = head.kind or self._kind_of(passage, head.year)
        due = self._dated(passage, kind, head.year) if head.year else None
        return Target(
            node=passage.node, kind=kind, indicator=indicator, action="", change=change, quantity=quantity, start=passage.start,
            end=passage.end, rule="target-table", operator=quantity.operator, scope=scope, due=due,
            due_text=f"{head.year}年" if due else "", due_from="item" if due else "",
        )  # fmt: skip

    def _base(self, heads: Iterable[Head]) -> int:
        """The year that a plan sets out from, where the heads name it and the plan's last year alone; or 0."""
        years = sorted({head.year for head in heads if head.year})
        two = len(years) == 2 and years[1] - years[0] >= _PLAN
        return years[0] if two and (not self.year or years[0] <= self.year < years[1]) else 0

    def _kind_of(self, passage: Passage, year: int) -> Literal["target", "result"]:
        """A past year's figure was reached, a coming year's is planned; without a year the section and the document say."""
        if year and self.year and year != self.year:
            return "result" if year < self.year else "target"
        return "result" if passage.role in ("progress", "problem") or self.outline.header.doc_type == "progress" else "target"

    def _dated(self, passage: Passage, kind: Literal["target", "result"], year: int) -> date | None:
        """The day by which a cell is to be reached: the last that its head's date names (2025年6月底), or else the year's last day."""
        named = next((mention for mention in self.named if self._names(mention, passage.head, year)), None)
        if named is not None:
            self.dates[named.start] = (
                DateRow(passage.node, "deadline", named._replace(first=named.last), named.start, named.end, "date-of-target")
                if kind == "target"
                else DateRow(passage.node, "period", named, named.start, named.end, "date-span")
            )
        if kind == "result":
            return None
        return named.last if named is not None else date(year, 12, 31)

    def _names(self, mention: DateMention, head: str, year: int) -> bool:
        """Whether a date is the one that a head prints."""
        return (
            mention.last is not None and mention.last.year == year and "".join(self.view.text[mention.start : mention.end].split()) in head
        )

    def _measured(self, quantity: Quantity, unit: str) -> Quantity:
        """A bare number with the unit that the table tells, read as if the two stood together."""
        if quantity.unit:
            return quantity
        printed = self.view.text[quantity.number[0] : quantity.number[1]]
        read = next(iter(find_quantities(printed + unit, self.units)), None)
        if read is None or read.unit != unit or read.value != quantity.value:
            return quantity._replace(unit=unit, base_unit=unit, base_value=quantity.value, base_value_high=quantity.value_high)
        return read._replace(start=quantity.start, end=quantity.end, number=quantity.number, operator=quantity.operator)

    def _signed(self, change: Change | Literal["compare"] | None, quantity: Quantity) -> Change:
        before = self.view.text[max(0, quantity.start - 1) : quantity.start]
        if change == "compare":
            return "decrease" if before in _FALLS else "increase"
        if change in ("increase", "decrease") and before in _MINUS:
            return "decrease" if change == "increase" else "increase"
        return change or "level"

    def _row_unit(self, labels: Iterable[Passage]) -> str:
        return next((self._said(p) for p in labels if self._sense(p) == "unit"), "")

    def _sense(self, passage: Passage) -> str:
        """What figure_heads.yml says of a cell's column, or an empty string."""
        return self.words.get(head_of(passage), "")

    def _is_unit(self, text: str) -> bool:
        """Whether a word can stand behind a number as its unit: 吨/日, but not 剔除沙尘."""
        read = next(iter(find_quantities("3" + text, self.units)), None)
        return read is not None and bool(read.unit) and read.end == len(text) + 1

    def _said(self, passage: Passage) -> str:
        return "".join(self.view.text[passage.start : passage.end].split())


def head_of(passage: Passage) -> str:
    """The head of a cell's column without blanks and a bracket at its end, as that of its unit."""
    return _UNIT.sub("", "".join(passage.head.split()))
