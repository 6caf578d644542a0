"""Was it reached? A reported value held against a planned one, both in the base unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from extract.tables.schema import TargetRow

Verdict = Literal["reached", "not_reached", "open"]
_INFINITE = Decimal("Infinity")


class Bounds(NamedTuple):
    """What a printed value says: it lies between `low` and `high`, which it may equal only where `low_in` and `high_in` say so."""

    low: Decimal
    high: Decimal
    low_in: bool = True
    high_in: bool = True


def compare(plan: TargetRow, result: TargetRow, *, lower_is_better: bool, graded: bool) -> Verdict:
    """What the values alone say of a plan's target. open: 约, or bounds (300余) that leave both possible.

    lower_is_better: of a level told by `=` (浓度控制在32微克 is kept by 30).   graded: the unit counts grades of which the first is the
    best (Ⅲ类), so that 达到或优于Ⅲ类 is any class up to 3.
    """
    wanted, found = plan.base_value, _bounds(result, graded=graded)
    if wanted is None or found is None or plan.operator == "~":
        return "open"
    downwards = _downwards(plan, lower_is_better=lower_is_better, graded=graded)
    if plan.base_value_high is not None and downwards:
        wanted = plan.base_value_high
    strict = plan.operator in "<>"
    if downwards:
        wanted, found = -wanted, Bounds(-found.high, -found.low, found.high_in, found.low_in)
    if found.low > wanted or (found.low == wanted and not (strict and found.low_in)):
        return "reached"
    if found.high < wanted or (found.high == wanted and (strict or not found.high_in)):
        return "not_reached"
    return "open"


def _downwards(plan: TargetRow, *, lower_is_better: bool, graded: bool) -> bool:
    """Whether a smaller value keeps the target."""
    if plan.operator != "=":
        return (plan.operator in ("<=", "<")) != graded
    return graded or (lower_is_better and plan.change == "level")


def _bounds(result: TargetRow, *, graded: bool) -> Bounds | None:
    value = result.base_value
    if value is None or result.operator == "~":
        return None
    high = result.base_value_high if result.base_value_high is not None else value
    operator = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}.get(result.operator, "=") if graded else result.operator
    if operator in (">=", ">"):
        return Bounds(value, _INFINITE, operator == ">=", high_in=False)
    if operator in ("<=", "<"):
        return Bounds(-_INFINITE, high, low_in=False, high_in=operator == "<=")
    return Bounds(value, high)
