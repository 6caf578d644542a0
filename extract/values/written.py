"""Numerals where they stand in a text: Arabic with separators and signs, Chinese, approximate (三五, 近百)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract.values.numerals import CHINESE, POWERS, parse_chinese
from extract.values.units import Units, unit_behind

ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:[\u00a0\u2009\u202f][0-9]{3})+)(?![0-9])(?:\.[0-9]+)?")
_GROUP_MARKS = frozenset(",\u00a0\u2009\u202f")
CHINESE_NUMERAL = re.compile(f"[{CHINESE}]+(?:点[〇○零一二三四五六七八九]+)?")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9.])")
_BOUNDED_BEFORE = "近超逾约过足达破不"
_SPACES = str.maketrans("", "", ", \u00a0\u2009\u202f")
_LONGEST_NUMBER = 20


class Number(NamedTuple):
    """A numeral that was read: its place, its value, and whether 余, 多 or 几 stands right behind it."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    chinese: bool = False


def arabic_number(text: str, start: int, end: int, units: Units) -> Number | None:
    """The number whose digits, without separators, stand at text[start:end]; None where they are part of a code (1.2.3, 007)."""
    after = text[end : end + 1]
    if after in _GROUP_MARKS and (grouped := _GROUPED.match(text, start)):
        end = grouped.end()
        after = text[end : end + 1]
    if end - start > _LONGEST_NUMBER:
        return None
    digits = text[start:end]
    if after == " ":
        grouped = _SPACED.match(text, start) if "." not in digits and start > 0 and text[start - 1] > "\u2e7f" else None
        if grouped and unit_behind(text, grouped.end(), units, True) is not None:
            end, digits = grouped.end(), grouped[0]
            after = text[end : end + 1]
    if after == "." and text[end + 1 : end + 2].isdigit():
        return None
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    value = decimal_of(digits)
    if start and text[start - 1] in "-−－" and _is_minus(text, start - 1, end):
        return Number(start - 1, end, -value)
    return Number(start, end, value)


@lru_cache(maxsize=4096)
def decimal_of(digits: str) -> Decimal:
    """The value of digits, separators aside. Figures come again and again."""
    return Decimal(digits.translate(_SPACES))


def _is_minus(text: str, at: int, end: int) -> bool:
    return (at == 0 or text[at - 1] in "为是至到于达率速长幅比（(：:，, \n<>≥≤＜＞") and text[end : end + 1] in ("%", "％", "℃", "‰", "摄")


def chinese_number(text: str, start: int, end: int, at: int) -> Number | None:
    """The number in Chinese numerals that text[start:end] is all of (三万二千, 九点五, 三五); nothing before `at` belongs to it."""
    match = CHINESE_NUMERAL.match(text, start)
    if match is None or not all(ch in CHINESE for ch in text[start:end]):
        return None
    word, stop = match[0], match.end()
    if stop < end:
        return None
    value = parse_chinese(word)
    if value is None and "点" in word:
        word, stop = text[start:end], end
        value = parse_chinese(word)
    if value is None:
        return _approximate(text, start, stop, word, at)
    return Number(start, stop, value, None, True)


def _approximate(text: str, start: int, stop: int, word: str, at: int) -> Number | None:
    """三五家 → 3 to 5, 七八个 → 7 to 8; 近百家, 超千户 where a bounding word stands before."""
    if len(word) == 2 and (low := parse_chinese(word[0])) and (high := parse_chinese(word[1])):
        if high - low == 1 or word == "三五":
            return Number(start, stop, low, high, True)
        return None
    if word in POWERS and start > at and text[start - 1] in _BOUNDED_BEFORE:
        return Number(start, stop, Decimal(10 ** POWERS[word]), None, True)
    return None
