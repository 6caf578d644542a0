"""What a sentence has said so far and a later clause may leave out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from extract.model import Quantity

Change = Literal["level", "increase", "decrease"]
_LONGEST = 100
"""Characters of an indicator that later numbers may share."""


@dataclass(slots=True)
class Memory:
    """What the sentence has said so far and a later clause may leave out; `topics` are the places of clauses without a number, `earlier` is
    what earlier sentences of the passage counted, by its unit, `counted` what the tally before counts, `told` the indicators of the sentence's rows, `wholes` what is counted by place or by deed, `given` the starts of dates that one number each has, `head` the thing that the item's own name tells (公共厕所：6月底前建成2座)."""

    indicators: dict[str, str] = field(default_factory=dict)
    topics: list[tuple[int, int]] = field(default_factory=list)
    earlier: dict[str, str] = field(default_factory=dict)
    indicator: str = ""
    counted: str = ""
    action: str = ""
    change: Change = "level"
    place: int = -1
    behind: int = 0
    told: list[str] = field(default_factory=list)
    wholes: dict[str, str] = field(default_factory=dict)
    given: set[int] = field(default_factory=set)
    head: str = ""

    def keep(self, indicator: str, quantity: Quantity) -> None:
        """Remember the last indicator with the place of its number, and the last of its unit."""
        if len(indicator) <= _LONGEST:  # what grows from number to number is none
            self.indicator = self.indicators[quantity.unit] = indicator
        self.counted = ""
        self.place, self.behind = quantity.start, quantity.end

    def tell_of(self, indicator: str, place: int) -> None:
        """Let the numbers that follow a place be of an indicator, or of the fuller one told before (浓度 → PM2.5平均浓度)."""
        fuller = [known for known in self.indicators.values() if known.endswith(indicator)]
        self.indicator = fuller[-1] if fuller else indicator
        self.indicators, self.told, self.place = {"": self.indicator}, [], place

    def aside(self) -> Memory:
        """The memory inside a bracket, which leaves what was told before it as it is."""
        return replace(self, indicators=dict(self.indicators))

    def next(self) -> Memory:
        """The memory with which the next sentence of the passage begins."""
        return Memory(earlier={**self.earlier, **self.indicators}, wholes=self.wholes, head=self.head)
