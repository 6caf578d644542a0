"""Numbers with their units and the words that bound them: 不低于98%, 约58万户, 75—80公里, Ⅲ类及以上, 第十七项."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.model import DateMention, Quantity, Span
from extract.values.dates import find_dates
from extract.values.measures import SEPARATOR, TIME_UNITS, Measured, bounded, counted, measure
from extract.values.numerals import CHINESE, parse_chinese, parse_part, plain, quotient, tenths
from extract.values.units import Units, UnitTable, default_units, prepared
from extract.values.written import Number, arabic_number, chinese_number

# A numeral from end to end, or the first character of what else may be a number. One class opens the pattern, so that the scan is fast.
_SIGNAL = re.compile(f"(?!(?<=[队入退落])伍)[0-9{CHINESE}半番ⅠⅡⅢⅣⅤⅥIV](?:(?<=[0-9])[0-9]*(?:\\.[0-9]+)?|(?<=[{CHINESE}])[0-9{CHINESE}]*)?")
_CHANGING = re.compile(r"[减降缩压少增升提多][^，。；、]{0,2}$")
_ROMAN = re.compile("(Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|Ⅵ|III|II|IV|VI|I|V)(?:[ ]?(?:—{1,2}|[-–~～至到])[ ]?(Ⅱ|Ⅲ|Ⅳ|Ⅴ|Ⅵ|III|II|IV|VI|V))?类")
_ROMAN_VALUES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_PARTS = re.compile(f"([{CHINESE}]+|[0-9]+)分之([{CHINESE}]+(?:点[{CHINESE}]+)?|[0-9]+(?:\\.[0-9]+)?)")
_TENTHS = re.compile(
    "([一二两三四五六七八九1-9])成([一二三四五六七八九半](?![成个项件家]))?(?![立为果效员功绩长本品份分因就熟交片套都型形群例])"
)
_RATIO = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) ?[:：∶] ?([0-9]{1,9}(?:\.[0-9]{1,4})?)(?![0-9:：∶.])")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9]){1,2}(?:(?: ?[-—–~～至到]+ ?)(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9])?(?![0-9])")
_HOUR = re.compile(r"[0-9]{1,2}(?:时(?!段|间|期)(?:[0-5]?[0-9]分)?|点(?:[0-5]?[0-9]分|半|整|钟))")
_SLASH = re.compile(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/])")
_DOCUMENT_NUMBER = re.compile(r"[0-9]{4}[〕\]）)】〉]\s?第?\s?[0-9]+(?:\s?号)?")
_CODE = re.compile(r"[0-9A-Za-z]+(?:[-—–./_+:@#%&=?~]+[0-9A-Za-z]+)*")
_STANDARD = re.compile(r"(?:[A-Z]{1,5}[0-9]*(?:/[A-Z]{1,3})?|No\.?|NO\.?) ?$")
_HOTLINE = re.compile(r"12[0-9]{3}(?![0-9])")
_ONE_OF = frozenset("每同另任何某哪这那统唯单专划逐之合万不如第齐")
_MADE_ONE = re.compile(
    r"(?:[新修改扩重续]建|建[成设]|设[立置]|[安加]装|[架增布]设|购[置买]|采购|配[备套]|铺设|砌筑|修筑|开挖|新打|搭建|拆除|修复|加固|更换|疏浚|埋设|添置)"
    r"[^，。；：\n]{2,24}$"
)
"""What a thing that is made or bought stands behind, before its count: 新建挡土墙|一道."""
_ONES = frozenset("道口块片面节组场层顶")
"""Units with which 一 is mostly a word (一道, 一片)."""
_BEHIND_COUNT = frozenset("，。；、：（(和及\n")
_MADE = 30
"""Characters before such a count in which the verb stands."""
_GOES_ON = frozenset(":：∶/ 时点成分")
_OPENING = frozenset("〔[（(【〈")
_WIDE = "\u2e80"
"""From this character on come Han and their marks, behind which digits are no part of a code."""
_MAY_FOLLOW = frozenset("成分半番余多几来至到点-—–~～－")


def find_quantities(text: str, units: UnitTable | None = None, *, dates: Sequence[DateMention] | None = None) -> list[Quantity]:
    """All numbers of `text` that are no date, in order and without overlap, with their units and bounding words.

    units: `rules/lookups/units.yml` as a table, None for the project's own.   dates: the dates already found; None to find them here.
    A number that counts places (第三批, 3号) has kind ordinal; one without unit has unit "". Numerals inside words (统一, 一批), codes (PM2.5,
    GB 16889—2008), document numbers, clock times, telephone and identity numbers are left out. Offsets are code points into `text`.
    """
    if _SIGNAL.search(text) is None:
        return []
    if dates is None:
        dates = find_dates(text)
    return list(_scan(hide(text, [(d.start, d.end) for d in dates], "\ue001"), prepared(units if units is not None else default_units())))


def hide(text: str, spans: Sequence[tuple[int, int]], mark: str) -> str:
    """The text with every character of the spans replaced by `mark`; the spans are in order and do not overlap."""
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += text[at:start], mark * (end - start)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _scan(text: str, units: Units) -> Iterator[Quantity]:
    at = 0
    for match in _SIGNAL.finditer(text):
        start = match.start()
        if start < at:
            continue
        quantity, end = _read(text, start, match.end(), at, units)
        if quantity is not None:
            yield quantity
        at = max(end, start + 1)


def _read(text: str, start: int, end: int, at: int, units: Units) -> tuple[Quantity | None, int]:
    """The quantity whose numeral begins at `start`, or None, and the place to go on from; nothing before `at` may be taken."""
    first = text[start]
    if "0" <= first <= "9":
        return _arabic(text, start, end, at, units)
    if first in "ⅠⅡⅢⅣⅤⅥIV":
        quantity = _roman(text, start, at, units)
    elif first in "半番":
        quantity = _half(text, start, at, units) if first == "半" else _doubling(text, start, start, at)
    else:
        return _chinese(text, start, end, at, units)
    return quantity, quantity.end if quantity is not None else end


# --- Arabic ----------------------------------------------------------------------------------------------------------------


def _arabic(text: str, start: int, end: int, at: int, units: Units) -> tuple[Quantity | None, int]:
    if start and (text[start - 1] < _WIDE or text[start - 1] in _OPENING) and (skip := _no_number(text, start)):
        return None, skip
    after = text[end : end + 1]
    if after not in _GOES_ON and (quantity := counted(text, start, end, units)):
        return quantity, quantity.end
    if after in _GOES_ON:
        special = _shares(text, start, at, units) or _ratio(text, start, at, units)
        if special is not None:
            return special, special.end
        if clock := _CLOCK.match(text, start) or _HOUR.match(text, start):
            return None, clock.end()
    number = arabic_number(text, start, end, units)
    if number is None:
        return None, _code_end(text, start)
    quantity = measure(text, number, at, units)
    if quantity is None or (not quantity.unit and quantity.kind == "cardinal" and _is_code(text, number, quantity)):
        return None, max(number.end, _code_end(text, start))
    return quantity, quantity.end


def _code_end(text: str, start: int) -> int:
    code = _CODE.match(text, start)
    return code.end() if code else start + 1


def _no_number(text: str, start: int) -> int:
    """Where to go on if the digits at `start` belong to a code, a document's number or an address; else 0."""
    before = text[start - 1]
    if before in _OPENING and (match := _DOCUMENT_NUMBER.match(text, start)):
        return match.end()
    if not before.isascii() and before not in "—–":
        return 0
    glued = (
        before.isalpha()
        or before in "_\\@#"
        or (before in "-—–+./:&=" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum())
    )
    if not glued:
        return 0
    return _code_end(text, start)


def _is_code(text: str, number: Number, quantity: Quantity) -> bool:
    """A bare number that is an identity, a hotline or a part of a code."""
    after = text[number.end : number.end + 1]
    if after.isascii() and (after.isalpha() or after in "_@#+") and after:
        return True
    further = text[number.end + 1 : number.end + 2]
    if quantity.value_high is None and after and after in "-—–/." and further.isascii() and further.isalnum():
        return True
    if quantity.end - quantity.start > 8 and quantity.value_high is None:
        return True
    if _HOTLINE.match(text, number.start) and number.end - number.start == 5:
        return True
    return _STANDARD.search(text, max(0, number.start - 10), number.start) is not None


def _ratio(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """1:3, 1∶3 → 0.333333; 1/3 alike. What can be a time of day is one, unless 比 says otherwise (GB/T 15835 keeps ∶ for ratios)."""
    match = _RATIO.match(text, start)
    if match is not None:
        doubtful = _CLOCK.match(text, start) is not None and "∶" not in match[0]
        if doubtful and "比" not in text[max(0, start - 6) : start] and not text.startswith(("的比", "比例"), match.end()):
            return None
    else:
        match = _SLASH.match(text, start)
        if match is None or int(match[1]) >= int(match[2]):
            return None
    value = quotient(Decimal(match[1]), Decimal(match[2]))
    if value is None:
        return None
    return bounded(text, Measured(Number(start, match.end(), value), match.end(), "", "", 0, "="), None, "fraction", at, units)


# --- Chinese ---------------------------------------------------------------------------------------------------------------


def _chinese(text: str, start: int, end: int, at: int, units: Units) -> tuple[Quantity | None, int]:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before != "第" and before not in ("（", "(") and after not in units.firsts and after not in _MAY_FOLLOW:
        return None, end
    word = units.entry_at(text, start)
    if word is not None and word[1] == "no number" and word[0] >= end and before != "第" and not _counts_one(text, start, word[0]):
        return None, word[0]
    quantity = _chinese_quantity(text, start, end, at, units)
    return quantity, quantity.end if quantity is not None else end


def _counts_one(text: str, start: int, end: int) -> bool:
    """Whether a word such as 一道 counts the thing before it: 新建挡土墙|一道，长86米."""
    counts = end - start == len("一道") and text[start] == "一" and text[start + 1] in _ONES and text[end : end + 1] in _BEHIND_COUNT
    return counts and _MADE_ONE.search(text, max(0, start - _MADE), start) is not None


def _chinese_quantity(text: str, start: int, end: int, at: int, units: Units) -> Quantity | None:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("几", "数") and text[start] in "十百千万亿":
        return None
    special = _shares(text, start, at, units) if after in ("分", "成") else _doubling(text, start, end, at) if after == "番" else None
    if special is not None:
        return special
    if after == "半" and text[start:end] == "一":
        changed = _CHANGING.search(text, max(at, start - 4), start) is not None  # 减少近一半 is 50 %, as 减半 is
        half = Number(start, start + 2, Decimal(50) if changed else Decimal("0.5"), None, True)
        unit = "%" if changed else ""
        return bounded(text, Measured(half, start + 2, unit, unit, 0, "="), None, "fraction", at, units)
    number = chinese_number(text, start, end, at)
    if number is None:
        return None
    if number.end - start == 1 and text[start] == "一" and before != "第" and (before in _ONE_OF or _is_idiom(text, start)):
        return None
    quantity = measure(text, number, at, units)
    if (
        quantity is not None
        and not quantity.unit
        and quantity.kind != "ordinal"
        and not any(ch in "百千万亿" for ch in text[start : number.end])
    ):
        return None  # 二十一、 and （十五） are markers, 一二 and 七一 are words
    return quantity


def _is_idiom(text: str, start: int) -> bool:
    """一户一策, 一案双查, 一厂一策: an 一 that answers another 一 counts nothing."""
    return text[start + 2 : start + 3] in ("一", "双", "两", "多") or (start >= 2 and text[start - 2] == "一")


def _shares(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """百分之九十五 → 95 %, 千分之三 → 3 ‰, 三分之二 → 0.666667, 三成五 → 3.5 成 (35 %); 百分之六十至百分之七十 → 60 to 70 %."""
    first = _parts(text, start)
    if first is not None:
        if not first.unit:
            return bounded(text, first, None, "fraction", at, units)
        separator = SEPARATOR.match(text, first.end)
        second = _parts(text, separator.end()) if separator else None
        rises = second is not None and second.unit == first.unit and second.number.value > first.number.value
        return bounded(text, first, second if rises else None, "percent", at, units)
    if (match := _TENTHS.match(text, start)) and (value := tenths(match[1], match[2] or "")) is not None:
        number = Number(start, match.end(), plain(value * 10), None, True)
        return bounded(text, Measured(number, match.end(), "成", "成", 0, "="), None, "percent", at, units)
    return None


def _parts(text: str, start: int) -> Measured | None:
    match = _PARTS.match(text, start)
    if match is None:
        return None
    below, above = parse_part(match[1]), parse_part(match[2])
    unit = {100: "%", 1000: "‰"}.get(int(below), "") if below is not None and below > 3 else ""
    value = above if unit else quotient(above, below)
    if value is None:
        return None
    return Measured(Number(start, match.end(), value, None, True), match.end(), unit, unit, 0, "=")


def _half(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """半年, 半个月; 减半 → 50 %, which is a decrease. Not 上半年, 下半月, 一半 (read at 一), 大半."""
    before = text[start - 1] if start > at else ""
    if before == "减":
        return Quantity(start - 1, start + 1, Span(start - 1, start + 1), "percent", Decimal(50), "%", "=", None, Decimal(50), None, "%")
    if before in ("上", "下", "前", "后", "大", "多", "每", "过", "年", "月", "天", "倍", "个", "夜", "深") and before:
        return None
    found = units.unit_at(text, start + 1)
    if found is None or found[1] not in TIME_UNITS:
        return None
    return measure(text, Number(start, start + 1, Decimal("0.5"), None, True), at, units)


def _doubling(text: str, start: int, end: int, at: int) -> Quantity | None:
    """翻一番, 翻了两番, 翻番: n 番; base 100 % for the first, 300 % for the second, as the increase that it is."""
    verb = start - 2 if text[start - 1 : start] == "了" else start - 1
    if verb < max(at - 1, 0) or text[verb] != "翻" or not text.startswith("番", end):
        return None
    times = parse_chinese(text[start:end]) if end > start else Decimal(1)
    if times is None or not 0 < times < 20:
        return None
    base = Decimal((2 ** int(times) - 1) * 100)
    return Quantity(verb, end + 1, Span(start, max(end, start + 1)), "multiple", times, "番", "=", None, base, None, "%")


def _roman(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """Ⅲ类, III类, Ⅱ—Ⅲ类: classes of water, soil and air. A smaller number is better, `>=` says at least as good."""
    before = text[start - 1 : start]
    match = _ROMAN.match(text, start)
    if match is None or (before.isascii() and before.isalnum()):
        return None
    low, high = _ROMAN_VALUES[match[1]], _ROMAN_VALUES[match[2]] if match[2] else None
    number = Number(start, match.end() - 1, Decimal(low), Decimal(high) if high else None)
    return bounded(text, Measured(number, match.end(), "类", "类", 0, "="), None, "class", at, units)
