"""The geometry of the charts: numbers for the templates to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HEIGHT = 120
STEP = 14
_LONGEST_GAP = 18
"""Months without anything that are drawn; a longer gap becomes a break."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the timeline at `x`: how many matters and targets are due in it, and the heights of the bars. `label`: its year, at a year's start."""

    name: str
    x: int
    matters: int
    targets: int
    matters_height: float
    targets_height: float
    label: str
    breaks: bool

    @property
    def total(self) -> int:
        return self.matters + self.targets


@dataclass(frozen=True, slots=True)
class Timeline:
    """Deadlines by month. width: in the units of the months' x.   ticks: heights and numbers of the scale."""

    months: Sequence[Month]
    width: int
    ticks: Sequence[tuple[float, int]]


def timeline(matters: Iterable[str], targets: Iterable[str]) -> Timeline:
    """The timeline of days (ISO), those of matters and those of targets: every month between the first and the last that has any."""
    by_matter = Counter(day[:7] for day in matters if day)
    by_target = Counter(day[:7] for day in targets if day)
    busy = sorted({*by_matter, *by_target})
    if not busy:
        return Timeline((), 0, ())
    most = max(by_matter[name] + by_target[name] for name in busy)
    top = _round_up(most)
    months: list[Month] = []
    x = STEP
    year = ""
    for name, breaks in _between(busy):
        if breaks:
            x += 2 * STEP
        label = name[:4] if name[:4] != year else ""
        year = name[:4]
        heights = (by_matter[name] * HEIGHT / top, by_target[name] * HEIGHT / top)
        months.append(Month(name, x, by_matter[name], by_target[name], *heights, label, breaks))
        x += STEP
    ticks = [(HEIGHT / 2, top // 2), (0.0, top)]
    return Timeline(months, x + STEP, ticks)


def _between(busy: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """All months from the first to the last; of a long gap none, and the month after it is told to follow a break."""
    numbers = [int(name[:4]) * 12 + int(name[5:7]) - 1 for name in busy]
    yield busy[0], False
    for (before, now), name in zip(pairwise(numbers), busy[1:], strict=True):
        gap = now - before - 1
        if gap <= _LONGEST_GAP:
            for number in range(before + 1, now):
                yield f"{number // 12:04}-{number % 12 + 1:02}", False
        yield name, gap > _LONGEST_GAP


def _round_up(most: int) -> int:
    """The least of 2, 4, 6, 8, 10, 20, 40 … that is not below `most`: the scale's top, even so that it has a middle."""
    step = 2
    while step * 5 < most:
        step *= 10
    return -(-most // step) * step
