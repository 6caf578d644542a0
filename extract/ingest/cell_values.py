"""Values of a sheet's cells as the sheet shows them: numbers in their formats, dates (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from types import MappingProxyType

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# The formats that Excel numbers without writing them down: the usual ones, and those of its Chinese editions.
_BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        **dict.fromkeys((1,), "0"),
        **dict.fromkeys((2,), "0.00"),
        **dict.fromkeys((3, 37, 38), "#,##0"),
        **dict.fromkeys((4, 39, 40), "#,##0.00"),
        **dict.fromkeys((9,), "0%"),
        **dict.fromkeys((10,), "0.00%"),
        **dict.fromkeys((14, 15, 16), "yyyy-m-d"),
        **dict.fromkeys((17,), "yyyy-m"),
        **dict.fromkeys((18, 19, 20, 21), "h:mm"),
        **dict.fromkeys((22,), "yyyy-m-d h:mm"),
        **dict.fromkeys((45, 46, 47), "[h]:mm"),
        **dict.fromkeys((27, 36, 50, 52, 57), "yyyy年m月"),
        **dict.fromkeys((28, 29, 30, 31, 51, 53, 54, 58), "yyyy年m月d日"),
        **dict.fromkeys((32, 33, 34, 35, 55, 56), "h时mm分"),
    }
)
_UNREADABLE = re.compile(r"[!/@]|E[+-]|,(?:\.|$)|,[^#0?,]", re.IGNORECASE)
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
_SECTION = re.compile(r'((?>[^";\\]|\\.?|"[^"]*"?)*+)(?:;|$)')
_LITERAL = re.compile(r'"([^"]*)"?|\\(.)')
_PLACES = re.compile(r"([#0?,]*)(?:\.([#0?]*))?")
_CORE = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_FIFTEEN = Context(prec=15)
"""Excel keeps fifteen figures of a number."""
_WIDEST = 30
"""Figures beyond which a number is left as it is written in the file."""
_LONGEST_CODE = 255
"""Characters that Excel allows a format."""


def codes_of(root: etree._Element | None) -> list[str]:
    """The formats of a workbook's cells, in order of their index, from its styles part."""
    if root is None:
        return []
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind(f"{S}numFmts/{S}numFmt")}
    numbers = [one.get("numFmtId", "0") for one in root.iterfind(f"{S}cellXfs/{S}xf")]
    return [own.get(number) or built_in(int(number) if number.isdigit() else 0) for number in numbers]


def built_in(number: int) -> str:
    """The format that Excel does not write down; "" where there is none of that number."""
    return _BUILT_IN.get(number, "")


class Formats:
    """The number formats of a workbook. codes: those of its cells, by their index; `mac`: whether its days count from 1904."""

    def __init__(self, codes: Sequence[str], *, mac: bool) -> None:
        self._codes = codes
        self._mac = mac

    def text(self, value: str, style: str) -> str:
        """A number as its cell shows it. `value`: as the file writes it; `style`: the index of the cell's format. Dates are ISO 8601."""
        try:
            number = Decimal(value)
        except DecimalException:
            return value
        if not number.is_finite() or abs(number.adjusted()) > _WIDEST:
            return value
        code = self._codes[int(style)] if style.isdigit() and len(style) < 7 and int(style) < len(self._codes) else ""
        if not code or code == "General" or len(code) > _LONGEST_CODE:
            return _plain(number)
        return self._date(number, code) if _is_date(code) else number_in(number, code)

    def _date(self, number: Decimal, code: str) -> str:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # only sheets with dates pay for it

        try:
            moment = from_excel(float(number), MAC_EPOCH if self._mac else WINDOWS_EPOCH)
        except (ValueError, OverflowError):
            return _plain(number)
        return _moment_text(moment, re.sub(r'\[\$[^\]]*\]|"[^"]*"', "", code).lower()) or _plain(number)


def _is_date(code: str) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(code))


def _moment_text(moment: object, code: str) -> str:
    """A moment in the precision that the format shows: 2024-05-31, 2024年5月, 2024年, 14:30."""
    if isinstance(moment, time):
        return f"{moment:%H:%M}"
    if isinstance(moment, timedelta):
        return f"{moment // timedelta(hours=1)}:{moment // timedelta(minutes=1) % 60:02}"
    if not isinstance(moment, datetime):
        return ""
    day, hour = "d" in code, "h" in code
    if hour and not day and "y" not in code:
        return f"{moment:%H:%M}"
    if not day and "y" in code:
        return f"{moment.year}年{moment.month}月" if "m" in code else f"{moment.year}年"
    return moment.date().isoformat() + (f" {moment:%H:%M}" if hour else "")


def _plain(number: Decimal) -> str:
    rounded = _FIFTEEN.plus(number)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_in(number: Decimal, code: str) -> str:
    """A number in a format such as `#,##0.00`, `0.0%` or `0"公里"`; plain where the format asks for more (fractions, powers of ten)."""
    sections = _SECTION.findall(code)[:-1]  # the last is the nothing behind the end
    which = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    section = sections[which]
    bare = _ASIDE.sub(_blank, _LITERAL.sub(_blank, section))
    core = _CORE.search(bare)
    if core is None or _UNREADABLE.search(bare):
        return _plain(number)
    figures = _figures(abs(number) if which == 1 else number, core[0], percent="%" in bare)
    return (_shown(section[: core.start()]) + figures + _shown(section[core.end() :])).strip()


def _blank(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def _shown(format_text: str) -> str:
    """What a format prints beside the figures."""
    return _LITERAL.sub(lambda part: part[1] or part[2] or "", _ASIDE.sub("", format_text))


def _figures(number: Decimal, core: str, *, percent: bool) -> str:
    places = _PLACES.fullmatch(core)
    whole, decimals = (places[1], places[2] or "") if places else ("0", "")
    scaled = number * 100 if percent else number
    try:
        rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    except DecimalException:
        return _plain(scaled)
    text = format(abs(rounded), ",f" if "," in whole else "f")
    head, _, tail = text.partition(".")
    while tail and decimals[len(tail) - 1] != "0" and tail[-1] == "0":
        tail = tail[:-1]
    least = whole.count("0")
    head = "" if head == "0" and not least else head.rjust(least, "0")
    return ("-" if rounded < 0 else "") + head + ("." + tail if tail else "")
