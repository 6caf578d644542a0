"""The days that a document prints about itself: in its facts, its dateline, its last line."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from extract.outline.lines import Part
from extract.outline.markers import ordinal_of
from extract.outline.single_lines import COMPACT, DATE, PASSED

_LOOKS_BACK = 1500
"""Characters in which a dated story tells of the year before."""
SIGNATURE = 80
"""Characters at the end of a line that may be a signature and its day."""
_LABELLED = re.compile(r"[\u4e00-\u9fff][：:︰﹕|｜]\s*$|(?:日期|时间)\s*$")
_YEAR = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d\d)(?:\s+\d{1,2}[:：]\d\d)?")
"""A page's line of time with the day first: 02.05.2031 12:30."""
_DATELINE = re.compile(
    r"(?:[网报社台讯]|在线|频道|发布)[\u4e00-\u9fff]{0,6}?\s?(?:记者\s?)?(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(?:讯|电|消息)"
)
_YEAR_OVER = re.compile(r"(20\d\d)年(?:12月)?[底末][，,]?[^。，,]{0,10}(?:已|全部|共|累计|均)")
_DAY_TOLD = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日(?!前)")
_YEAR_TOLD = re.compile(r"(?<![到至前—–\-－~～])(20\d\d)年(?!(?:12月)?[底末]?(?:前|[，,]?[^。，,]{0,20}(?:将|力争|达到|要|实现)))")
_YEAR_BEGINS = 2
"""Months in which a year that is told may still be the one before."""
_RELEASED = re.compile(rf"(?:发布|公布|刊发)于\s?({DATE.pattern})\s*[）)]?$|({DATE.pattern})\s*(?:发布|公布|刊发|公开)\s*[）)]?$")


def unlabelled(text: str, parts: Sequence[Part]) -> str:
    """The day in a line of facts before the body that stands there without a word before it (2031-05-02 10:15 来源：…)."""
    for part in parts:
        if part.kind == "info" and not PASSED.fullmatch(text, part.line.start, part.line.end):
            match = DATE.search(text, part.line.start, part.line.end) or COMPACT.fullmatch(text, part.line.start, part.line.end)
            turned = _DAY_FIRST.fullmatch(text, part.line.start, part.line.end) if match is None else None
            if turned:
                return day_text(f"{turned[3]}-{turned[2]}-{turned[1]}")
            if match and not _LABELLED.search(text, max(part.line.start, match.start() - 4), match.start()):
                return day_text(match[0])
        elif part.kind in ("body", "table"):
            break
    return ""


def datelined(text: str, start: int) -> str:
    """The day of a dateline (某某社白石1月7日电), in the first year that is not before what the story tells of as past; empty where its words leave the year open."""
    line = _DATELINE.search(text, start, start + SIGNATURE)
    if line is None:
        return ""
    month, day = int(line[2]), int(line[3])
    seen = text[: start + _LOOKS_BACK]
    if line[1]:
        return day_text(f"{line[1]}-{month}-{day}")
    over = [int(year) + 1 for year in _YEAR_OVER.findall(seen)]
    days = [(int(y), int(m), int(d)) for y, m, d in _DAY_TOLD.findall(seen)]
    after = [year if (month, day) >= (m, d) else year + 1 for year, m, d in days]
    years = [] if month <= _YEAR_BEGINS else [int(year) for year in _YEAR_TOLD.findall(seen)]
    year = max([*over, *after, *years], default=0)
    return day_text(f"{year}-{month}-{day}") if year else ""


def released(text: str, parts: Sequence[Part]) -> str:
    """The day that the last line says the text was made public on: （稿件来源：某局　2031年5月2日发布）."""
    last = parts[-1].line if parts else None
    match = _RELEASED.search(text, max(last.start, last.end - SIGNATURE), last.end) if last else None
    return day_text(match[1] or match[2]) if match else ""


def day_text(content: str) -> str:
    """The date in a line, as precise as printed: 2031-06-21, 2031-07."""
    match = DATE.search(content)
    if match is None:
        compact = COMPACT.fullmatch(content)
        return "-".join(compact.groups()) if compact else ""
    numbers = re.findall(r"[0-9]+|[〇○零O一二三四五六七八九十]+", match[0])
    year = int(numbers[0].translate(_YEAR))
    month = _small(numbers[1])
    day = _small(numbers[2]) if len(numbers) > 2 else 0
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _small(word: str) -> int:
    return int(word) if word.isascii() else ordinal_of(word)


def anchor_of(published: str) -> date | None:
    """The published day; of a month the last day."""
    numbers = [int(part) for part in published.split("-")] if published else []
    if len(numbers) == 3:
        return date(numbers[0], numbers[1], numbers[2])
    if len(numbers) == 2:
        return date(numbers[0], numbers[1], monthrange(numbers[0], numbers[1])[1])
    return None
