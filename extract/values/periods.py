"""Stretches of the calendar: months, quarters, five-year plans, public holidays, working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from extract.model import Precision


class Period(NamedTuple):
    """First and last day, None where the calendar does not know them."""

    first: date | None
    last: date | None
    precision: Precision


HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "五一": "Labour Day",
    "劳动节": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
    "国庆": "National Day",
    "十一": "National Day",
}
_THIRDS = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 31), "上中": (1, 20), "中下": (11, 31)}


@lru_cache(maxsize=1024)
def months(year: int, first: int, last: int, precision: Precision) -> Period:
    """From the first day of one month to the last day of another of the same year."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def whole_year(year: int) -> Period:
    """From the first of January to the end of December."""
    return months(year, 1, 12, "year")


def quarters(year: int, first: int, last: int) -> Period:
    """From the first day of one quarter to the last day of another of the same year, or of the same."""
    return months(year, 3 * first - 2, 3 * last, "quarter" if first == last else "period")


def half(year: int, second: bool) -> Period:
    """上半年 or, with `second`, 下半年."""
    return months(year, 7, 12, "half") if second else months(year, 1, 6, "half")


def third_of_month(year: int, month: int, which: str) -> Period:
    """上旬 (and 初) days 1 to 10, 中旬 11 to 20, 下旬 the rest, 上中旬 and 中下旬 two of them."""
    first, last = _THIRDS[which]
    return Period(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])), "period")


@lru_cache(maxsize=1024)
def one_day(year: int, month: int, day: int) -> Period | None:
    """The day, or None where that month has no such day."""
    return Period(date(year, month, day), date(year, month, day), "day") if day <= monthrange(year, month)[1] else None


def last_day(period: Period) -> Period:
    """The end of a period (年底, 月末), which is as precise as the period was."""
    return Period(period.last, period.last, period.precision)


def five_year_plan(number: int) -> Period:
    """The plan's years: the fourteenth runs from 2021 to 2025, the sixth ran from 1981."""
    first = 1981 + 5 * (number - 6)
    return Period(date(first, 1, 1), date(first + 4, 12, 31), "plan")


@cache
def holiday(year: int, name: str) -> Period:
    """The days off of a festival, as the State Council set them; without days for years that are not announced."""
    import chinese_calendar  # known holidays take a while to load and few documents name one

    begin, end = date(year - 1, 12, 25), date(year, 12, 25)
    found = [day for day, festival in chinese_calendar.holidays.items() if festival == HOLIDAYS[name] and begin <= day < end]
    return Period(min(found), max(found), "period") if found else Period(None, None, "period")


def days_after(day: date, days: int) -> date | None:
    """`days` calendar days later, None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def months_after(day: date, count: int) -> date | None:
    """The same day `count` months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_after(day: date, count: int) -> date | None:
    """`count` working days later by the official calendar, None where it does not reach so far."""
    import chinese_calendar

    try:
        while count > 0:
            day += timedelta(days=1)
            count -= bool(chinese_calendar.is_workday(day))
    except (NotImplementedError, OverflowError):
        return None
    return day
