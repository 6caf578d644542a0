"""The numbers that Word sets before paragraphs, as it shows them (ECMA-376 part 1, 17.9 and 17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from lxml import etree

from extract.ingest.package import Related
from extract.ingest.styles import Styles, W, number_of, value_of

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LARGEST = 30_000
"""Word counts no further than 32,767."""
_LONGEST_TEXT = 60
"""Characters of a level's text; Word allows about thirty."""
BULLET = "• "

_IN_WORDS = ("chinese", "taiwanese", "ideograph", "japanese")
"""How the names of formats in words begin: behind their numbers a ? is the 、 that LibreOffice loses on the way to RTF."""

Write = Callable[[int], str]


@dataclass(slots=True)
class _Level:
    """One level of a list. `restart`: after which level (from 1) it begins anew, 0 for never, None for after any above it."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A list's levels, and how far each has counted; lists made from one definition count on together."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    """A use of a list: its levels, some of its own, and those at which it begins anew when it is first met there."""

    list: _List
    levels: dict[int, _Level]
    fresh: set[int]


class Numbering:
    """The counters of a document; the part that defines its lists is opened at the first number."""

    def __init__(self, related: Related, styles: Styles) -> None:
        self._related = related
        self._styles = styles

    @cached_property
    def _instances(self) -> dict[str, _Instance]:
        root = self._related.tree("numbering")
        return dict(_instances(root)) if root is not None else {}

    def label(self, direct: etree._Element | None, style: str) -> str:
        """The label of the next paragraph with this w:numPr and this style; "" where it has none, `BULLET` where it is a sign."""
        number, level = _reference(direct)
        if not number:
            number, own = self._styles.numbering(style)
            if level is None:
                level = own if own is not None else self._linked_level(number, style)
        instance = self._instances.get(number)
        return self._next(instance, min(level or 0, _LEVELS - 1)) if instance else ""

    def _linked_level(self, number: str, style: str) -> int | None:
        """The level that names the paragraph's style as its own."""
        instance = self._instances.get(number)
        return next((i for i, level in instance.levels.items() if level.style == style), None) if instance else None

    def _next(self, instance: _Instance, at: int) -> str:
        level = instance.levels.get(at)
        if level is None:
            return ""
        counts = instance.list.counts
        anew = at in instance.fresh or at not in counts
        counts[at] = level.start if anew else counts[at] + 1
        instance.fresh.discard(at)
        for below in range(at + 1, _LEVELS):
            restart = instance.levels[below].restart if below in instance.levels else None
            if restart is None or 0 < at + 1 <= restart:
                counts.pop(below, None)
        if level.format == "bullet":
            return BULLET
        return _PLACE.sub(lambda place: self._shown(instance, int(place[1]) - 1, level.legal), level.text).strip()

    def _shown(self, instance: _Instance, at: int, legal: bool) -> str:
        level = instance.levels.get(at, _Level())
        number = instance.list.counts.get(at, level.start)
        return number_text(number, "decimal" if legal and level.format != "none" else level.format)


def _instances(root: etree._Element) -> Iterator[tuple[str, _Instance]]:
    """The uses of lists by their w:numId; a definition may only name the style of another one."""
    lists: dict[str, _List] = {}
    links: dict[str, str] = {}
    named: dict[str, str] = {}
    for abstract in root.iterfind(W + "abstractNum"):
        name = abstract.get(W + "abstractNumId", "")
        lists[name] = _List(dict(_levels(abstract)))
        if link := value_of(abstract, "numStyleLink"):
            links[name] = link
        if style := value_of(abstract, "styleLink"):
            named[style] = name
    for name, style in links.items():
        if style in named:
            lists[name] = lists[named[style]]
    for number in root.iterfind(W + "num"):
        found = lists.get(value_of(number, "abstractNumId"))
        if found:
            yield number.get(W + "numId", ""), _instance(found, number)


def _reference(properties: etree._Element | None) -> tuple[str, int | None]:
    if properties is None:
        return "", None
    level = number_of(properties, "ilvl")
    return value_of(properties, "numId"), level


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for one in parent.iterfind(W + "lvl"):
        at = one.get(W + "ilvl", "")
        if at.isdigit() and int(at[:3]) < _LEVELS:
            start = number_of(one, "start")
            written = next(one.iter(W + "numFmt"), None)  # a custom format stands beside its plain one in an AlternateContent
            legal = one.find(W + "isLgl")
            style = written.get(W + "val", "decimal") if written is not None else "decimal"
            text = value_of(one, "lvlText")[:_LONGEST_TEXT]
            yield (
                int(at),
                _Level(
                    0 if start is None else start,
                    style,
                    text.replace("?", "、") if style.startswith(_IN_WORDS) else text,
                    number_of(one, "lvlRestart"),
                    legal is not None and legal.get(W + "val") not in ("0", "false"),
                    value_of(one, "pStyle"),
                ),
            )


def _instance(found: _List, number: etree._Element) -> _Instance:
    levels, fresh = dict(found.levels), set()
    for override in number.iterfind(W + "lvlOverride"):
        at = override.get(W + "ilvl", "")
        levels.update(_levels(override))
        start = number_of(override, "startOverride")
        if start is not None and at.isdigit() and int(at[:3]) in levels:
            levels[int(at[:3])] = replace(levels[int(at[:3])], start=start)
            fresh.add(int(at[:3]))
    return _Instance(found, levels, fresh)


def number_text(number: int, style: str) -> str:
    """A number in one of Word's formats (w:numFmt); an unknown format is written in digits, as Word does."""
    if style == "none" or not 0 <= number <= _LARGEST:
        return ""
    return _FORMATS.get(style, str)(number)


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    """a … z, aa … zz, aaa: the letter is doubled, not counted on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _ordinal(number: int) -> str:
    tens = number // 10 % 10 == 1
    return f"{number}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _spelled(digits: str, units: str, *, one_ten: bool, one: bool, zero: bool) -> Write:
    """Numbers in words. `one_ten`: 一十 for 10; `one`: 一百 and not 百; `zero`: a skipped place is told (一百零一)."""

    def write(number: int) -> str:
        if number >= 10_000:
            high, low = divmod(number, 10_000)
            return write(high) + units[3] + (digits[0] if zero and 0 < low < 1000 else "") + (write(low) if low else "")
        text, skipped = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if not digit:
                skipped = bool(text)
                continue
            text += digits[0] if skipped and zero else ""
            bare = place and digit == 1 and (not one or (place == 1 and not one_ten and not text))
            text += ("" if bare else digits[digit]) + (units[place - 1] if place else "")
            skipped = False
        return text or digits[0]

    return write


def _digits(signs: str) -> Write:
    return lambda number: "".join([signs[int(digit)] for digit in str(number)])


def _below_hundred(write: Write, beyond: Write) -> Write:
    return lambda number: write(number) if number < 100 else beyond(number)


def _one_of(signs: str) -> Write:
    """One sign for each number from 1, in digits beyond them."""
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _round(signs: str) -> Write:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


_HAN = "〇一二三四五六七八九"
_CIRCLED = "".join([*map(chr, range(0x2460, 0x2474)), *map(chr, range(0x3251, 0x3260)), *map(chr, range(0x32B1, 0x32C0))])
_WIDE = _digits("０１２３４５６７８９")
_THOUSAND = _spelled("零一二三四五六七八九", "十百千万", one_ten=False, one=True, zero=True)
_TRADITIONAL = _spelled("零一二三四五六七八九", "十百千萬", one_ten=False, one=True, zero=True)
_COUNTING = _below_hundred(_THOUSAND, _digits(_HAN))
_DIGITAL = _digits(_HAN)
_JAPANESE = _spelled("〇一二三四五六七八九", "十百千万", one_ten=False, one=False, zero=False)

_FORMATS: Mapping[str, Write] = MappingProxyType(
    {
        "decimalZero": lambda number: f"{number:02}",
        "upperRoman": _roman,
        "lowerRoman": lambda number: _roman(number).lower(),
        "upperLetter": lambda number: _letter(number).upper(),
        "lowerLetter": _letter,
        "ordinal": _ordinal,
        "numberInDash": lambda number: f"- {number} -",
        "chineseCounting": _COUNTING,
        "taiwaneseCounting": _COUNTING,
        "chineseCountingThousand": _THOUSAND,
        "taiwaneseCountingThousand": _TRADITIONAL,
        "ideographDigital": _DIGITAL,
        "japaneseDigitalTenThousand": _DIGITAL,
        "taiwaneseDigital": _digits("○一二三四五六七八九"),
        "japaneseCounting": _JAPANESE,
        "chineseLegalSimplified": _spelled("零壹贰叁肆伍陆柒捌玖", "拾佰仟萬", one_ten=True, one=True, zero=True),
        "ideographLegalTraditional": _spelled("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", one_ten=True, one=True, zero=True),
        "japaneseLegal": _spelled("零壱弐参四伍六七八九", "拾百阡萬", one_ten=True, one=True, zero=False),
        "ideographTraditional": _round("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac": _round("子丑寅卯辰巳午未申酉戌亥"),
        "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalEnclosedCircle": _one_of(_CIRCLED[:20]),
        "decimalEnclosedCircleChinese": _one_of(_CIRCLED[:20]),
        "decimalEnclosedParen": _one_of("".join(map(chr, range(0x2474, 0x2488)))),
        "decimalEnclosedFullstop": _one_of("".join(map(chr, range(0x2488, 0x249C)))),
        "decimalFullWidth": _WIDE,
        "decimalFullWidth2": _WIDE,
    }
)


def circled(number: int) -> str:
    """A number in a circle, ① to ㊿; in brackets beyond."""
    return _CIRCLED[number - 1] if 1 <= number <= len(_CIRCLED) else f"({number})"
