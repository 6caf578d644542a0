"""Dates as they are printed where nothing but a date can stand, in the value of a deadline field: 2024.12, 202412, 24年12月底, 12.31, 3个月."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from extract.model import DateMention, Span
from extract.values.date_parts import CN, DAY, MONTH, TO
from extract.values.dates import find_dates

_COUNT, _UNIT = f"(?:[0-9]{{1,3}}|[{CN}两半十]{{1,3}})", "(?:年|个月|周|天|日|个工作日)"
_MONTH_OF_YEAR = rf"(?:(?:20)?[0-9]{{2}}年{MONTH}月|20[0-9]{{2}}[./]{MONTH}(?![0-9./])月?|20[0-9]{{2}}(?:0[1-9]|1[0-2])(?:[0-3][0-9])?)"
_SHORT = re.compile(
    rf"(?<![0-9.])(?:{_MONTH_OF_YEAR}(?:{TO}(?:{_MONTH_OF_YEAR}|{MONTH}月?))?(?![0-9年.])(?:{DAY}日)?[底末]?(?:之前|前)?"
    rf"|^(?:1[0-2]|0?[1-9])\.(?:3[01]|[12][0-9]|0[1-9])(?:之前|前)?$|^{_COUNT}{_UNIT}$)"
)
_SPELLED = (
    (re.compile(r"(?<![0-9])(?:20)?([0-9]{2})年(?=[0-9])"), r"20\1年"),
    (re.compile(rf"(20[0-9]{{2}})[./]({MONTH})(?![0-9])月?"), r"\1年\2月"),
    (re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])"), r"\1年\2月\3日"),
    (re.compile(r"(20[0-9]{2})(0[1-9]|1[0-2])(?![0-9])"), r"\1年\2月"),
    (re.compile(r"^([0-9]{1,2})\.([0-9]{1,2})(?![0-9])"), r"\1月\2日"),
    (re.compile(rf"(月{TO}[0-9]{{1,2}})$"), r"\1月"),
    (re.compile(f"^({_COUNT}{_UNIT})$"), r"\1内"),
)


def with_terms(dates: list[DateMention], text: str, terms: Iterable[Span], anchor: date | None, year: int | None) -> list[DateMention]:
    """The dates of a text and those that only its deadline fields print so, in order; of two that overlap the one that tells more stands.

    terms: where the values of deadline fields stand.   anchor, year: see `find_dates`.
    """
    short = [mention for term in terms for mention in _read(text, term, anchor, year)]
    if not short:
        return dates
    kept = [mention for mention in dates if not any(one.start < mention.end and mention.start < one.end for one in short)]
    return sorted([*kept, *short], key=lambda mention: mention.start)


def _read(text: str, term: Span, anchor: date | None, year: int | None) -> Iterator[DateMention]:
    """The short dates of one value, each read as it would be spelled out."""
    value = text[term.start : term.end]
    begin = term.start + len(value) - len(value.lstrip())
    for match in _SHORT.finditer(value.strip()):
        spelled = match[0]
        for pattern, full in _SPELLED:
            spelled = pattern.sub(full, spelled)
        read = find_dates(spelled, anchor, year=year) if spelled != match[0] else []
        if len(read) == 1 and read[0].last is not None:
            start, end = begin + match.start(), begin + match.end()
            yield read[0]._replace(start=start, end=end, core=Span(start, end))
