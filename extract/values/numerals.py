"""Numerals as GB/T 15835 lets them be written: Arabic (12,345.6), Chinese (三百二十一点五, 二〇二三) and mixed (1.5万)."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "〇": 0,
    "○": 0,
    "两": 2,
}
CHINESE = "〇○零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
"""Every character that a Chinese numeral may hold, but for 点 and 半."""

POWERS = {
    "": 0,
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
"""Multipliers that may follow a number, with the power of ten that each stands for."""

_LONGEST = 24
_ZEROS = "〇○零"
_ZERO = f"[{_ZEROS}]"
_ONE = "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_SECTION = re.compile(f"(?:({_ONE})[千仟])?{_ZERO}?(?:({_ONE})[百佰])?{_ZERO}?(?:({_ONE}?)([十拾廿卅]))?{_ZERO}?({_ONE})?")
_FRACTION = re.compile("(.+)分之(.+)")
_RATIO = re.compile(r"([0-9.]+)[:：∶]([0-9.]+)")
_TENTHS = re.compile("(.)成(.?)")
_ARABIC = re.compile(r"([0-9][0-9, \u00a0\u2009\u202f]*(?:\.[0-9]+)?)([十百千]?(?:万亿|万|亿)|百|千)?")
_SPACES = str.maketrans("", "", ", \u00a0\u2009\u202f")
_SIX_PLACES = Decimal("0.000001")


def parse_numeral(text: str) -> Decimal | None:
    """The number that a whole text writes, or None where it writes none.

    Reads 12,345.6; 1.5万; 一千二百零三; 二〇二三; 三点五; 百分之九十五点五 and 三成五 (as 0.955 and 0.35); 三分之二, 1:3 (to six places); 半.
    """
    if text == "半":
        return Decimal("0.5")
    if match := _ARABIC.fullmatch(text):
        return plain(Decimal(match[1].translate(_SPACES)).scaleb(POWERS[match[2] or ""])) if len(text) <= _LONGEST else None
    if match := _FRACTION.fullmatch(text):
        return quotient(parse_part(match[2]), parse_part(match[1]))
    if match := _RATIO.fullmatch(text):
        return quotient(parse_numeral(match[1]), parse_numeral(match[2]))
    if match := _TENTHS.fullmatch(text):
        return tenths(match[1], match[2])
    return parse_chinese(text)


def parse_part(text: str) -> Decimal | None:
    """What stands beside 分之: 百 → 100, 千 → 1000, 万 → 10000, 三 → 3."""
    return Decimal(10) ** POWERS[text] if text in ("百", "千", "万") else parse_numeral(text)


def quotient(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """above / below to at most six places; None where either is missing or there is nothing to divide by."""
    if above is None or not below:
        return None
    return plain((above / below).quantize(_SIX_PLACES)) if above < below * 1_000_000 else None


def tenths(whole: str, half: str) -> Decimal | None:
    """三成 → 0.3, 三成五 → 0.35, 三成半 → 0.35."""
    first = DIGITS.get(whole) if not whole.isdigit() else int(whole)
    second = 5 if half == "半" else DIGITS.get(half) if half else 0
    return None if first is None or second is None else Decimal(first * 10 + second).scaleb(-2)


def parse_chinese(text: str) -> Decimal | None:
    """A number in Chinese characters alone: 一百零二, 廿三, 两万五, 三点一四, 二〇二三. None where it is none (一二, 万千)."""
    if text in DIGITS:
        return Decimal(DIGITS[text])
    if len(text) > _LONGEST:
        return None
    whole, point, places = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not places or any(ch not in DIGITS for ch in places):
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[ch]) for ch in places)}")


def _whole(text: str) -> int | None:
    """Splits at 亿, then at 万, and reads what is left as thousands, hundreds, tens and ones."""
    if len(text) > 2 and text[0] not in _ZEROS and all(ch in DIGITS for ch in text):
        return _positions(text)
    for unit, size in (("亿", 100_000_000), ("万", 10_000)):
        head, found, tail = text.rpartition(unit)
        if found:
            above = _whole(head)
            below = _whole(tail[1:] if len(tail) > 1 and tail[0] in _ZEROS else tail) if tail else 0
            if not above or above >= size or below is None or below >= size:
                return None
            shorthand = len(tail) == 1  # 两万五 is 25000, 两万零五 is 20005
            return above * size + below * (size // 10 if shorthand else 1)
    return _section(text)


def _positions(text: str) -> int | None:
    """Digits one after the other, as in years and numbers of documents: 二〇二三. Runs without a zero are lists (一二三)."""
    if "两" in text or not any(ch in _ZEROS for ch in text):
        return None
    return int("".join(str(DIGITS[ch]) for ch in text))


def _section(text: str) -> int | None:
    if text in tuple(_ZEROS):
        return 0
    match = _SECTION.fullmatch(text)
    if match is None or not text:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    if ten in ("廿", "卅"):
        if tens:
            return None
        tens = "二" if ten == "廿" else "三"
    elif ten and not tens:
        tens = "一"
    value = 1000 * DIGITS.get(thousands, 0) + 100 * DIGITS.get(hundreds, 0) + 10 * DIGITS.get(tens or "", 0)
    one = DIGITS.get(ones, 0)
    if one and not ten and not any(ch in _ZEROS for ch in text) and (hundreds or thousands):
        return value + one * (10 if hundreds else 100)  # 三百二 is 320, 三千五 is 3500
    return value + one


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 16600.00 → 16600."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
