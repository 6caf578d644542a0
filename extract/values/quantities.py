"""Numbers with their units and the words that bound them: 不低于98%, 约58万户, 75—80公里, Ⅲ类及以上, 第十七项."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extract.model import DateMention, Operator, Quantity, QuantityKind, Span
from extract.values.numerals import CHINESE, POWERS, parse_chinese, parse_part, plain, quotient, tenths
from extract.values.units import Units, UnitTable, default_units, prepared

_SIGNAL = re.compile(f"[0-9{CHINESE}半番ⅠⅡⅢⅣⅤⅥIV][0-9{CHINESE}]*")
_ARABIC = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+)(\.[0-9]+)?")
_CHINESE = re.compile(f"[{CHINESE}]+(?:点[〇○零一二三四五六七八九]+)?")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9.])")
_MULTIPLIER = re.compile("[百千十]?(?:万亿|万|亿)|百|千")
_MORE = re.compile("[余多来几]")
_SEPARATOR = re.compile(r"[ ]?(?:[-–~～－―]|—{1,2}|至|到)[ ]?")
_ROMAN = re.compile("(Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ|Ⅵ|III|II|IV|VI|I|V)(?:[ ]?(?:—{1,2}|[-–~～至到])[ ]?(Ⅱ|Ⅲ|Ⅳ|Ⅴ|Ⅵ|III|II|IV|VI|V))?类")
_ROMAN_VALUES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "Ⅵ": 6, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_PARTS = re.compile(f"([{CHINESE}]+|[0-9]+)分之([{CHINESE}]+(?:点[{CHINESE}]+)?|[0-9]+(?:\\.[0-9]+)?)")
_TENTHS = re.compile("([一二两三四五六七八九1-9])成([一二三四五六七八九半](?![成个项件家]))?(?![立为果效员功绩长本品份分因就熟交片套都型形群例])")
_RATIO = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) ?[:：∶] ?([0-9]{1,9}(?:\.[0-9]{1,4})?)(?![0-9:：∶.])")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9]){1,2}(?:(?: ?[-—–~～至到]+ ?)(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9])?(?![0-9])")
_HOUR = re.compile(r"[0-9]{1,2}(?:时(?!段|间|期)(?:[0-5]?[0-9]分)?|点(?:[0-5]?[0-9]分|半|整|钟))")
_SLASH = re.compile(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/])")
_DOCUMENT_NUMBER = re.compile(r"[0-9]{4}[〕\]）)】〉]\s?第?\s?[0-9]+(?:\s?号)?")
_CODE = re.compile(r"[0-9A-Za-z]+(?:[-—–./_+:@#%&=?~]+[0-9A-Za-z]+)*")
_STANDARD = re.compile(r"(?:[A-Z]{1,5}[0-9]*(?:/[A-Z]{1,3})?|No\.?|NO\.?) ?$")
_HOTLINE = re.compile(r"12[0-9]{3}(?![0-9])")
_WATER = re.compile("水(?:质|体|域|标准|功能|$|[^利电泥])|标准|断面|及以上|或以上|及以下|或优于|功能区|海水|土壤")
_WATER_BEFORE = ("优于", "好于", "劣于", "水质达到", "水质为", "水质达", "水质稳定在", "水质保持", "水质", "水质均达到", "不低于", "劣")
_CLASSES = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}

_PERCENT_UNITS = frozenset(("%", "‰", "个百分点", "个千分点", "成", "ppm", "ppb"))
_PLACE_UNITS = frozenset(("号", "级", "等", "星级", "A级", "代", "号线"))
_TIME_UNITS = frozenset(("年", "个月", "周", "天", "个工作日", "个自然日", "小时", "分钟", "秒", "岁", "季度"))
_HALVES = frozenset(("年", "个月", "天", "小时", "倍", "圈"))
_EXTENTS = _TIME_UNITS | {"公里", "米", "海里", "里", "厘米", "毫米"}
_OPEN_ENDED = _EXTENTS | {"吨", "亩", "元", "倍", "公斤", "平方公里", "平方米"}
_NOT_MORE = frozenset("种样个项元次方功部年月余级边数达于")
_BOUNDED_BEFORE = "近超逾约过足达破不"
_ONE_OF = frozenset("每同另任何某哪这那统唯单专划逐之合万不如第齐")
_SPACES = str.maketrans("", "", ", \u00a0\u2009\u202f")
_GOES_ON = ":：∶/ 时点成分"
_MAY_FOLLOW = frozenset("成分半番余多几来至到点-—–~～－")
_LONGEST_NUMBER = 20


class _Number(NamedTuple):
    """A numeral that was read: its place, its value, and whether 余, 多 or 几 stands right behind it."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None
    chinese: bool = False


class _Measured(NamedTuple):
    """A number with its unit. `operator` is `>` where 余 or 多 says so; `power` is that of the multiplier."""

    number: _Number
    end: int
    unit: str
    base_unit: str
    power: int
    operator: Operator


def find_quantities(text: str, units: UnitTable | None = None, *, dates: Sequence[DateMention] | None = None) -> list[Quantity]:
    """All numbers of `text` that are no date, in order and without overlap, with their units and bounding words.

    units: `rules/lookups/units.yml` as a table, None for the project's own.   dates: the dates already found; None to find them here.
    A number that counts places (第三批, 3号) has kind ordinal; one without unit has unit "". Numerals inside words (统一, 一批), codes (PM2.5,
    GB 16889—2008), document numbers, clock times, telephone and identity numbers are left out. Offsets are code points into `text`.
    """
    if _SIGNAL.search(text) is None:
        return []
    if dates is None:
        from extract.values.dates import find_dates

        dates = find_dates(text)
    return list(_scan(hide(text, [(d.start, d.end) for d in dates], "\ue001"), prepared(units if units is not None else default_units())))


def hide(text: str, spans: Sequence[tuple[int, int]], mark: str) -> str:
    """The text with every character of the spans replaced by `mark`; the spans are in order and do not overlap."""
    if not spans:
        return text
    parts = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], mark * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


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
    if first in "ⅠⅡⅢⅣⅤⅥIV":
        quantity = _roman(text, start, at, units)
    elif first in "半番":
        quantity = _half(text, start, at, units) if first == "半" else _doubling(text, start, start, at)
    elif first.isdigit():
        return _arabic(text, start, at, units)
    else:
        return _chinese(text, start, end, at, units)
    return quantity, quantity.end if quantity is not None else end


# --- Arabic ----------------------------------------------------------------------------------------------------------------


def _arabic(text: str, start: int, at: int, units: Units) -> tuple[Quantity | None, int]:
    skip = _no_number(text, start)
    if skip:
        return None, skip
    match = _ARABIC.match(text, start)
    end = match.end() if match else start + 1
    after = text[end : end + 1]
    if after in _GOES_ON and after:
        special = _shares(text, start, at, units) or _ratio(text, start, at, units)
        if special is not None:
            return special, special.end
        if clock := _CLOCK.match(text, start) or _HOUR.match(text, start):
            return None, clock.end()
    number = _arabic_number(text, start, units)
    if number is None:
        return None, _code_end(text, start)
    quantity = _measure(text, number, at, units)
    if quantity is None or (not quantity.unit and quantity.kind == "cardinal" and _is_code(text, number, quantity)):
        return None, max(number.end, _code_end(text, start))
    return quantity, quantity.end


def _code_end(text: str, start: int) -> int:
    code = _CODE.match(text, start)
    return code.end() if code else start + 1


def _no_number(text: str, start: int) -> int:
    """Where to go on if the digits at `start` belong to a code, a document's number or an address; else 0."""
    before = text[start - 1] if start else ""
    if before in "〔[（(【〈" and before and (match := _DOCUMENT_NUMBER.match(text, start)):
        return match.end()
    if not before.isascii() and before not in "—–" or not before:
        return 0
    glued = before.isalpha() or before in "_\\@#" or (before in "-—–+./:&=" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum())
    if not glued:
        return 0
    return _code_end(text, start)


def _arabic_number(text: str, start: int, units: Units) -> _Number | None:
    match = _ARABIC.match(text, start)
    if match is None or match.end() - start > _LONGEST_NUMBER:
        return None
    end = match.end()
    digits = match[0]
    if text.startswith(" ", end) and "." not in digits and start and text[start - 1] > "\u2e7f" and (spaced := _SPACED.match(text, start)):
        if _unit(text, spaced.end(), units, True) is not None:
            end, digits = spaced.end(), spaced[0]
    if text.startswith(".", end) and text[end + 1 : end + 2].isdigit():
        return None
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    value = Decimal(digits if len(digits) < 5 else digits.translate(_SPACES))
    if start and text[start - 1] in "-−－" and _is_minus(text, start - 1, end):
        return _Number(start - 1, end, -value)
    return _Number(start, end, value)


def _is_minus(text: str, at: int, end: int) -> bool:
    return (at == 0 or text[at - 1] in "为是至到于达（(：:，, \n<>≥≤＜＞") and text[end : end + 1] in ("%", "％", "℃", "‰", "摄")


def _is_code(text: str, number: _Number, quantity: Quantity) -> bool:
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
    return _bounded(text, _Measured(_Number(start, match.end(), value), match.end(), "", "", 0, "="), None, "fraction", at, units)


# --- Chinese ---------------------------------------------------------------------------------------------------------------


def _chinese(text: str, start: int, end: int, at: int, units: Units) -> tuple[Quantity | None, int]:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before != "第" and before not in ("（", "(") and after not in units.from_first and after not in _MAY_FOLLOW:
        return None, end
    word = units.entry_at(text, start)
    if word is not None and word[1] == "no number" and word[0] >= end and before != "第":
        return None, word[0]
    quantity = _chinese_quantity(text, start, end, at, units)
    return quantity, quantity.end if quantity is not None else end


def _chinese_quantity(text: str, start: int, end: int, at: int, units: Units) -> Quantity | None:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("几", "数") and text[start] in "十百千万亿":
        return None
    special = _shares(text, start, at, units) if after in ("分", "成") else _doubling(text, start, end, at) if after == "番" else None
    if special is not None:
        return special
    if after == "半" and text[start:end] == "一":
        return _bounded(text, _Measured(_Number(start, start + 2, Decimal("0.5")), start + 2, "", "", 0, "="), None, "fraction", at, units)
    number = _chinese_number(text, start, end, at)
    if number is None:
        return None
    if number.end - start == 1 and text[start] == "一" and before != "第" and (before in _ONE_OF or _is_idiom(text, start)):
        return None
    quantity = _measure(text, number, at, units)
    if quantity is None or (not quantity.unit and quantity.kind != "ordinal" and number.end - start < 3 and quantity.value_high is None):
        return None
    return quantity


def _is_idiom(text: str, start: int) -> bool:
    """一户一策, 一案双查, 一厂一策: an 一 that answers another 一 counts nothing."""
    return text[start + 2 : start + 3] in ("一", "双", "两", "多") or (start >= 2 and text[start - 2] == "一")


def _chinese_number(text: str, start: int, end: int, at: int) -> _Number | None:
    match = _CHINESE.match(text, start)
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
    return _Number(start, stop, value, None, True)


def _approximate(text: str, start: int, stop: int, word: str, at: int) -> _Number | None:
    """三五家 → 3 to 5, 七八个 → 7 to 8; 近百家, 超千户 where a bounding word stands before."""
    if len(word) == 2 and (low := parse_chinese(word[0])) and (high := parse_chinese(word[1])):
        if high - low == 1 or word == "三五":
            return _Number(start, stop, low, high, True)
        return None
    if word in POWERS and start > at and text[start - 1] in _BOUNDED_BEFORE:
        return _Number(start, stop, Decimal(10 ** POWERS[word]), None, True)
    return None


def _shares(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """百分之九十五 → 95 %, 千分之三 → 3 ‰, 三分之二 → 0.666667, 三成五 → 3.5 成 (35 %); 百分之六十至百分之七十 → 60 to 70 %."""
    first = _parts(text, start)
    if first is not None:
        if not first.unit:
            return _bounded(text, first, None, "fraction", at, units)
        separator = _SEPARATOR.match(text, first.end)
        second = _parts(text, separator.end()) if separator else None
        rises = second is not None and second.unit == first.unit and second.number.value > first.number.value
        return _bounded(text, first, second if rises else None, "percent", at, units)
    if (match := _TENTHS.match(text, start)) and (value := tenths(match[1], match[2] or "")) is not None:
        number = _Number(start, match.end(), plain(value * 10), None, True)
        return _bounded(text, _Measured(number, match.end(), "成", "成", 0, "="), None, "percent", at, units)
    return None


def _parts(text: str, start: int) -> _Measured | None:
    match = _PARTS.match(text, start)
    if match is None:
        return None
    below, above = parse_part(match[1]), parse_part(match[2])
    unit = {100: "%", 1000: "‰"}.get(int(below), "") if below is not None and below > 3 else ""
    value = above if unit else quotient(above, below)
    if value is None:
        return None
    return _Measured(_Number(start, match.end(), value, None, True), match.end(), unit, unit, 0, "=")


def _half(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """半年, 半个月; 减半 → 50 %, which is a decrease. Not 上半年, 下半月, 一半 (read at 一), 大半."""
    before = text[start - 1] if start > at else ""
    if before == "减":
        return Quantity(start - 1, start + 1, Span(start - 1, start + 1), "percent", Decimal(50), "%", "=", None, Decimal(50), None, "%")
    if before in ("上", "下", "前", "后", "大", "多", "每", "过", "年", "月", "天", "倍", "个", "夜", "深") and before:
        return None
    found = units.unit_at(text, start + 1)
    if found is None or found[1] not in _TIME_UNITS:
        return None
    return _measure(text, _Number(start, start + 1, Decimal("0.5"), None, True), at, units)


def _doubling(text: str, start: int, end: int, at: int) -> Quantity | None:
    """翻一番, 翻两番, 翻番: n 番; base 100 % for the first, 300 % for the second, as the increase that it is."""
    if start <= at - 1 or start == 0 or text[start - 1] != "翻" or not text.startswith("番", end):
        return None
    times = parse_chinese(text[start:end]) if end > start else Decimal(1)
    if times is None or not 0 < times < 20:
        return None
    base = Decimal((2 ** int(times) - 1) * 100)
    return Quantity(start - 1, end + 1, Span(start, max(end, start + 1)), "multiple", times, "番", "=", None, base, None, "%")


def _roman(text: str, start: int, at: int, units: Units) -> Quantity | None:
    """Ⅲ类, III类, Ⅱ—Ⅲ类: classes of water, soil and air. A smaller number is better, `>=` says at least as good."""
    before = text[start - 1 : start]
    match = _ROMAN.match(text, start)
    if match is None or (before.isascii() and before.isalnum()):
        return None
    low, high = _ROMAN_VALUES[match[1]], _ROMAN_VALUES[match[2]] if match[2] else None
    number = _Number(start, match.end() - 1, Decimal(low), Decimal(high) if high else None)
    return _bounded(text, _Measured(number, match.end(), "类", "类", 0, "="), None, "class", at, units)


# --- units, ranges and bounds ----------------------------------------------------------------------------------------------


def _measure(text: str, number: _Number, at: int, units: Units) -> Quantity | None:
    """The quantity that a number begins: its unit, the high end of its range, its bounds."""
    opening = _ordinal_opening(text, number.start, at)
    if opening is not None:
        return _ordinal(text, number, opening, units)
    first = _with_unit(text, number, units)
    high = _high_end(text, first, units)
    kind = _kind(text, first if high is None else high)
    if kind == "ordinal":
        last = high or first
        return _build(first.number.start, last.end, first, high, "ordinal", "=")
    return _bounded(text, first, high, kind, at, units)


def _unit(text: str, at: int, units: Units, loose: bool) -> tuple[int, str, int, bool] | None:
    """End, base unit and power of the multiplier of what follows a number, and whether 余 or 多 stands in it. None where no unit follows.

    loose: whether a space may stand before the unit."""
    begin = at + 1 if loose and text.startswith((" ", "\u00a0", "\u2009"), at) else at
    more = False
    end = begin
    if found := units.unit_at(text, end):
        return *found, 0, found[1] == "个月" and text[found[0] - 2] == "多"
    if text[end : end + 1] in ("余", "多", "来", "几"):
        more = True
        end += 1
        if found := units.unit_at(text, end):
            return *found, 0, True
    multiplier = _MULTIPLIER.match(text, end)
    if multiplier is None:
        return (end, "", 0, True) if more and begin == at else None
    end = multiplier.end()
    power = POWERS[multiplier[0]]
    if text[end : end + 1] in ("余", "多", "来", "几"):
        more = True
        end += 1
    if found := units.unit_at(text, end):
        return *found, power, more
    return (end, "", power, more) if begin == at else None


def _with_unit(text: str, number: _Number, units: Units) -> _Measured:
    word = text[number.start : number.end]
    trailing = _trailing_multiplier(word) if number.chinese and number.high is None else ""
    if trailing:
        # 三万亩 is 3 万亩 like 3万亩; 三万五千亩 is 35000 亩
        shorter = number._replace(end=number.end - len(trailing), value=parse_chinese(word[: -len(trailing)]) or number.value)
        if (found := _unit(text, shorter.end, units, False)) and found[1]:
            return _measured(text, shorter, shorter.end, found)
    found = _unit(text, number.end, units, not number.chinese)
    if found is None:
        return _Measured(number, number.end, "", "", 0, "=")
    begin = number.end + (text[number.end] in " \u00a0\u2009")
    return _measured(text, number, begin, found)


def _measured(text: str, number: _Number, begin: int, found: tuple[int, str, int, bool]) -> _Measured:
    end, base_unit, power, more = found
    unit = _MORE.sub("", text[begin:end], count=1) if more else text[begin:end]
    if base_unit in _HALVES and (unit == "个半月" or text.startswith("半", end)):
        number = number._replace(value=number.value + Decimal("0.5"))
        return _Measured(number, end + (unit != "个半月"), unit.replace("半", ""), base_unit, 0, "=")
    return _Measured(number, end, unit, base_unit, power, ">" if more else "=")


def _trailing_multiplier(word: str) -> str:
    """万 or 亿 at the end of a Chinese numeral that holds no other."""
    for unit in ("万亿", "万", "亿"):
        if word.endswith(unit) and len(word) > len(unit):
            rest = word[: -len(unit)]
            return "" if "万" in rest or "亿" in rest or rest in ("百", "千") else unit
    return ""


def _high_end(text: str, first: _Measured, units: Units) -> _Measured | None:
    """The second number of a range (3—5家, 60%—70%, 三至五家, 100万元至200万元), if a greater one of the same unit follows."""
    match = _SEPARATOR.match(text, first.end)
    if match is None or first.number.high is not None:
        return None
    at = match.end()
    if at >= len(text):
        return None
    if text[at].isdigit() and text[at].isascii():
        number = _arabic_number(text, at, units)
    elif text[at] in CHINESE and first.number.chinese:
        word = _CHINESE.match(text, at)
        number = _chinese_number(text, at, word.end(), at) if word else None
    else:
        return None
    if number is None:
        return None
    second = _with_unit(text, number, units)
    if first.unit and first.base_unit != second.base_unit and not (first.base_unit == "" and first.power):
        return None
    low = first.number.value.scaleb(first.power) if first.unit else first.number.value.scaleb(second.power)
    return second if low < number.value.scaleb(second.power) else None


def _kind(text: str, measured: _Measured) -> QuantityKind:
    unit = measured.base_unit
    if unit in _PERCENT_UNITS:
        return "percent"
    if unit in ("倍", "番"):
        return "multiple"
    if unit in _PLACE_UNITS and not (unit == "级" and text[measured.number.start] == "两"):
        return "ordinal"
    if unit == "期" and measured.number.chinese and measured.number.end - measured.number.start == 1:
        return "ordinal"
    if unit == "类" and text[measured.number.start : measured.number.end] in _CLASSES and _is_class(text, measured):
        return "class"
    return "cardinal"


def _is_class(text: str, measured: _Measured) -> bool:
    """三类水, 优于三类 are classes; 七类问题 are seven kinds."""
    return _WATER.match(text, measured.end) is not None or text.endswith(_WATER_BEFORE, max(0, measured.number.start - 6), measured.number.start)


def _ordinal_opening(text: str, start: int, at: int) -> int | None:
    """Where 第 or 第（ before a number begins, or None."""
    if start > at and text[start - 1] == "第":
        return start - 1
    if start > at + 1 and text[start - 1] in "（(" and text[start - 2] == "第":
        return start - 2
    return None


def _ordinal(text: str, number: _Number, opening: int, units: Units) -> Quantity | None:
    word = units.entry_at(text, opening)
    if word is not None and word[1] == "no place":
        return None
    end = number.end
    if opening == number.start - 2:
        if text[end : end + 1] not in ("）", ")"):
            return None
        end += 1
    measured = _Measured(number, end, "", "", 0, "=")
    if match := _SEPARATOR.match(text, end):
        further = _ARABIC.match(text, match.end()) or _CHINESE.match(text, match.end())
        high = None
        if further is not None and not number.chinese and further[0].isdigit():
            high = Decimal(further[0])
        elif further is not None and number.chinese:
            high = parse_chinese(further[0])
        if further is not None and high is not None and high > number.value:
            measured = measured._replace(number=number._replace(high=high), end=further.end())
    if found := units.unit_at(text, measured.end):
        measured = measured._replace(end=found[0], unit=text[measured.end : found[0]], base_unit=found[1])
    return _build(opening, measured.end, measured, None, "ordinal", "=")


def _bounded(text: str, first: _Measured, high: _Measured | None, kind: QuantityKind, at: int, units: Units) -> Quantity:
    """The quantity with the words before and after that bound it. The word before decides where both stand."""
    last = high or first
    start, end, operator = first.number.start, last.end, last.operator
    word = units.entry_at(text, end)
    if word is not None and word[1].startswith("after "):
        end, operator = word[0], _operator(word[1])
    elif last.base_unit in _EXTENTS and text[end : end + 1] == "内" and text[end + 1 : end + 2] not in ("蒙", "部", "外", "涝", "河", "陆"):
        end, operator = end + 1, "<="
    elif last.base_unit in _OPEN_ENDED and text[end : end + 1] in ("多", "余") and text[end : end + 1] and text[end + 1 : end + 2] not in _NOT_MORE:
        end, operator = end + 1, ">"
    begin = start - 1 if start and text[start - 1] == " " else start
    before = units.bound_before(text, begin)
    if before is not None and before[0] >= at and not _is_recent(text, before[0], begin, last.base_unit):
        start, operator = before[0], _operator(before[1])
    return _build(start, end, first, high, kind, operator)


def _is_recent(text: str, start: int, end: int, unit: str) -> bool:
    """近三年 is a period, not less than three years."""
    return text[start:end] == "近" and unit in _TIME_UNITS


def _operator(entry: str) -> Operator:
    match entry.partition(" ")[2]:
        case ">=":
            return ">="
        case "<=":
            return "<="
        case ">":
            return ">"
        case "<":
            return "<"
        case _:
            return "~"


def _build(start: int, end: int, first: _Measured, high: _Measured | None, kind: QuantityKind, operator: Operator) -> Quantity:
    last = high or first
    value = first.number.value
    top = first.number.high if high is None else high.number.value
    if high is not None and first.unit and first.power != high.power:
        value = plain(value.scaleb(first.power - high.power))
    power = last.power
    base = plain(value.scaleb(power)) if power else value
    base_top = top if top is None or not power else plain(top.scaleb(power))
    unit = last.base_unit
    if unit == "‰":
        base, base_top, unit = base / 10, base_top / 10 if base_top is not None else None, "%"
    if unit == "成":
        base, base_top, unit = base * 10, base_top * 10 if base_top is not None else None, "%"
    number = Span(first.number.start, last.number.end)
    return Quantity(start, end, number, kind, value, last.unit, operator, top, base, base_top, unit)
