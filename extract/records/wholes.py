"""A tally in the making: a whole, its parts and how they stand, and of which whole it is itself some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from extract.model import Passage, Quantity, Tally

PARTS = ("done", "ongoing", "pending")
_ROUNDED = 0.06
"""Percentage points by which a printed rate may differ from that of its counts."""
GENERAL = frozenset(("个", "项", "件", "处", "条"))


def count_of(quantity: Quantity) -> int:
    """The whole number that a quantity counts."""
    return int(quantity.base_value if quantity.base_value is not None else quantity.value)


def unit_of(quantity: Quantity) -> str:
    """The unit that a quantity is counted in."""
    return quantity.base_unit or quantity.unit


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two counts may be of the same things."""
    return unit_of(a) == unit_of(b) or {unit_of(a), unit_of(b)} <= GENERAL


def fits(part: Quantity, total: Quantity) -> bool:
    """Whether a count may be some of another."""
    return count_of(part) <= count_of(total) and same_unit(part, total)


def is_exact(part: Quantity, total: Quantity, share: Quantity) -> bool:
    """Whether a percentage is that of one count among another, as it would be rounded in print."""
    return count_of(total) > 0 and abs(100 * count_of(part) / count_of(total) - float(share.value)) < _ROUNDED


@dataclass(slots=True, eq=False)
class Whole:
    """What is counted, and its parts by how they stand.

    noun: what is counted, without the place or kind of which it is told.   name: that place or kind (滨江区, 大气类), or an empty string.
    of: the whole that these are some of.   share: the part of that whole which the count is some of (还有6项没有销号，其中东山区3项), unless parts of its own are told.
    sole: named by their count alone, so that all are meant where nothing else is told (4个问题已办理完毕).   settled: how all of them stand (均已办结).   bare: told even where nothing says how they stand.   beside: the whole told with it in one list.
    """

    passage: Passage
    subject: str
    total: Quantity | None
    rule: str
    start: int
    end: int
    noun: str = ""
    name: str = ""
    of: Whole | None = None
    share: str = ""
    settled: str = ""
    rate: Quantity | None = None
    bare: bool = False
    sole: bool = False
    as_of: date | None = None
    last: str = "total"
    beside: Whole | None = None
    parts: dict[str, list[Quantity]] = field(default_factory=dict)
    told_by: dict[int, str] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Whether enough is said to make a row: what was done of an unknown whole is no tally, nor are some of a whole that is none."""
        if self.share and not self.parts and not self.settled:
            return self.share != "done" and self.of is not None and self.of.told
        parts = bool(self.parts) if self.total is not None else self.bare or self.sole or any(part != "done" for part in self.parts)
        return bool(parts or self.settled or self.bare or (self.name and self.of is not None and self.of.told))

    @property
    def counts(self) -> list[tuple[Quantity, str]]:
        """Each count of the tally with the rule that told it."""
        found = [self.total, self.rate, *(quantity for quantities in self.parts.values() for quantity in quantities)]
        return [(quantity, self.told_by.get(quantity.start, self.rule)) for quantity in found if quantity is not None]

    def siblings(self) -> list[Whole]:
        """The wholes of the list that this one ends, in their order."""
        return [*(self.beside.siblings() if self.beside is not None else ()), self]

    def add(self, part: str, quantity: Quantity, rule: str, end: int, *, more: bool = False) -> None:
        """Take a count as a part; the last one told holds, or with `more` the sum of those told."""
        self.parts[part] = [*self.parts.get(part, ()), quantity] if more else [quantity]
        self.told_by[quantity.start] = rule
        self.end = max(end, quantity.end)
        self.last = part
        self.settled = ""

    def make_done(self) -> None:
        """Let its count be that of what is done, as others are told beside it of which it is not the whole."""
        if self.total is not None:
            self.add("done", self.total, self.rule, self.end)
            self.total = None

    def takes(self, part: str, quantity: Quantity, noun: str) -> bool:
        """Whether a count may be one of its parts: not more than the whole, told once, or (of several done) instead of the one before, or with
        it (待验收9条，正在整改7条). Parts told after 全部完成 take its place (28个全部溯源，整治完成26个), unless they name other things, and what came
        back of those settled (已销号的17个问题中有2个反弹)."""
        if self.total is None:
            told = [q for quantities in self.parts.values() for q in quantities]
            return (part not in self.parts or part == "done") and all(unit_of(quantity) == unit_of(q) for q in told)
        if self.settled and part == "pending" and self.rule == "tally-of-status-noun" and fits(quantity, self.total):
            return True
        if (self.settled and (noun or part != "done")) or not fits(quantity, self.total):
            return False
        sum_told = sum(count_of(q) for quantities in self.parts.values() for q in quantities)
        over = sum_told + count_of(quantity) > count_of(self.total)
        return part == "done" or not over or (part not in self.parts and sum_told < count_of(self.total))

    def tally(self) -> Tally:
        """The row."""
        total = count_of(self.total) if self.total is not None else None
        counts: dict[str, int | None] = {part: sum(map(count_of, quantities)) for part, quantities in self.parts.items()}
        if self.sole and total is None and set(counts) == {"done"}:
            total = counts["done"]
        if self.settled:
            counts.setdefault(self.settled, total)
        elif self.share and not self.parts:
            counts, total = {self.share: total}, None
        return Tally(
            self.passage.node, self.subject, total, counts.get("done"), counts.get("ongoing"), counts.get("pending"),
            self.rate.value if self.rate else None, self.as_of, self.start, self.end, self.rule, self.noun,
        )  # fmt: skip


def tell_by_kinds(wholes: Iterable[Whole]) -> None:
    """Let a whole be told where its kinds add up to it and how one of them stands is said: 46座电站，其中退出类11座、整改类35座，退出类已全部拆除."""
    kinds: dict[Whole, list[Whole]] = {}
    for whole in wholes:
        if whole.of is not None and whole.name and whole.total is not None and not whole.share:
            kinds.setdefault(whole.of, []).append(whole)
    for of, some in kinds.items():
        stated = any(kind.parts or kind.settled for kind in some)
        if (
            stated
            and of.total is not None
            and not of.told
            and sum(count_of(kind.total) for kind in some if kind.total) == count_of(of.total)
        ):
            of.bare = True
