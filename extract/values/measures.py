"""From a numeral to a quantity: its unit, the other end of its range, the words that bound it, its kind."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extract.model import Operator, Quantity, QuantityKind, Span
from extract.values.numerals import CHINESE, parse_chinese, plain
from extract.values.units import Units, unit_behind
from extract.values.written import ARABIC, CHINESE_NUMERAL, Number, arabic_number, chinese_number, decimal_of

_MORE = re.compile("[余多来几]")
SEPARATOR = re.compile(r"[ ]?(?:[-–~～－―]|—{1,2}|至|到)[ ]?")
_WATER = re.compile("水(?:质|体|域|标准|功能|$|[^利电泥])|标准|断面|及以上|或以上|及以下|或优于|功能区|海水|土壤")
_WATER_BEFORE = ("优于", "好于", "劣于", "水质达到", "水质为", "水质达", "水质稳定在", "水质保持", "水质", "水质均达到", "不低于", "劣")
_GRADE_BEFORE = re.compile(
    r"(?!.*(?:指标|主要污染物)).*(?:质量?|浓度|均值|含量|噪声)(?:均|都|稳定|已|基本|全部)*(?:达到或[优好]于|达到?|符合|满足|优于|劣于|(?:稳定|保持|维持)在)[^，。；、\d]{0,12}",
    re.DOTALL,
)
_GRADE_BEHIND = re.compile("标准(?!的?[^，。；、]{0,4}天数|的|限值|化)")
"""A grade of air or sea that is met: 符合国家|二级|标准, not the days on which it is."""
_BEFORE_GRADE = 24
_CLASSES = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_KINDS: dict[str, QuantityKind] = {
    **dict.fromkeys(("%", "‰", "个百分点", "个千分点", "成", "ppm", "ppb"), "percent"),
    **dict.fromkeys(("号", "级", "等", "星级", "A级", "代", "号线", "期"), "ordinal"),
    "倍": "multiple",
    "番": "multiple",
    "类": "class",
}
"""What a unit makes of its number, where it is more than a count; 期, 级 and 类 only now and then."""
TIME_UNITS = frozenset(("年", "个月", "周", "天", "个工作日", "个自然日", "小时", "分钟", "秒", "岁", "季度"))
_HALVES = frozenset(("年", "个月", "天", "小时", "倍", "圈"))
_EXTENTS = TIME_UNITS | {"公里", "米", "海里", "里", "厘米", "毫米"}
_OPEN_ENDED = _EXTENTS | {"成", "吨", "亩", "元", "倍", "公斤", "平方公里", "平方米"}
_SHARES = {"‰": Decimal("0.1"), "成": Decimal(10)}
_INNER = frozenset("蒙部外涝河陆")
_OPERATORS: dict[str, Operator] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "~": "~"}
_NOT_MORE = frozenset("种样个项元次方功部年月余级边数达于出了")
_MAY_JOIN = frozenset(" -–~～－―—至到")
_GOES_ON = _MAY_JOIN | frozenset("内多余半")
_OPENS = frozenset("第 （(-−－")
_LONG = 16
_BEHIND_PLACE = frozenset("第 （(")


class Measured(NamedTuple):
    """A number with its unit. `operator` is `>` where 余 or 多 says so; `power` is that of the multiplier."""

    number: Number
    end: int
    unit: str
    base_unit: str
    power: int
    operator: Operator


def counted(text: str, start: int, end: int, units: Units) -> Quantity | None:
    """The quantity of the digits text[start:end] with their unit, where nothing around them bounds, ranges or orders: most are so, and are
    read here in a third of the time. None where `measure` must look."""
    found = units.unit_at(text, end) if text[start] != "0" and end - start < _LONG else None
    if found is None:
        return None
    last, base_unit = found
    kind = _KINDS.get(base_unit, "cardinal")
    before = text[start - 1] if start else "\n"
    if (
        (kind != "cardinal" and base_unit != "%")
        or base_unit == "个月"
        or text[last : last + 1] in units.after_firsts
        or text[last : last + 1] in _GOES_ON
        or before in units.to_last
        or before in _OPENS
    ):
        return None
    value = decimal_of(text[start:end])
    return Quantity(start, last, Span(start, end), kind, value, text[end:last], "=", None, value, None, base_unit)


def measure(text: str, number: Number, at: int, units: Units) -> Quantity | None:
    """The quantity that a number begins: its unit, the high end of its range, its bounds."""
    if number.start > at and text[number.start - 1] in _BEHIND_PLACE:
        opening = _ordinal_opening(text, number.start, at)
        if opening is not None:
            return _ordinal(text, number, opening, at, units)
    first = _with_unit(text, number, units)
    high = _high_end(text, first, units)
    kind = _kind(text, first if high is None else high)
    if kind == "ordinal":
        last = high or first
        return _build(first.number.start, last.end, first, high, "ordinal", "=")
    return bounded(text, first, high, kind, at, units)


def _with_unit(text: str, number: Number, units: Units) -> Measured:
    word = text[number.start : number.end]
    trailing = _trailing_multiplier(word) if number.chinese and number.high is None else ""
    if trailing:
        # 三万亩 is 3 万亩 like 3万亩; 三万五千亩 is 35000 亩
        shorter = number._replace(end=number.end - len(trailing), value=parse_chinese(word[: -len(trailing)]) or number.value)
        if (found := unit_behind(text, shorter.end, units, False)) and found[1]:
            return _measured(text, shorter, shorter.end, found)
    found = unit_behind(text, number.end, units, not number.chinese)
    if found is None:
        return Measured(number, number.end, "", "", 0, "=")
    begin = number.end + (text[number.end] in " \u00a0\u2009")
    return _measured(text, number, begin, found)


def _measured(text: str, number: Number, begin: int, found: tuple[int, str, int, bool]) -> Measured:
    end, base_unit, power, more = found
    unit = _MORE.sub("", text[begin:end], count=1) if more else text[begin:end]
    if base_unit in _HALVES and (unit == "个半月" or text.startswith("半", end)):
        number = number._replace(value=number.value + Decimal("0.5"))
        return Measured(number, end + (unit != "个半月"), unit.replace("半", ""), base_unit, 0, "=")
    return Measured(number, end, unit, base_unit, power, ">" if more else "=")


def _trailing_multiplier(word: str) -> str:
    """万 or 亿 at the end of a Chinese numeral that holds no other."""
    for unit in ("万亿", "万", "亿"):
        if word.endswith(unit) and len(word) > len(unit):
            rest = word[: -len(unit)]
            return "" if "万" in rest or "亿" in rest or rest in ("百", "千") else unit
    return ""


def _high_end(text: str, first: Measured, units: Units) -> Measured | None:
    """The second number of a range (3—5家, 60%—70%, 三至五家, 100万元至200万元), if a greater one of the same unit follows."""
    if text[first.end : first.end + 1] not in _MAY_JOIN or first.number.high is not None:
        return None
    match = SEPARATOR.match(text, first.end)
    if match is None:
        return None
    at = match.end()
    if at >= len(text):
        return None
    if text[at].isdigit() and text[at].isascii():
        plain_number = ARABIC.match(text, at)
        number = arabic_number(text, at, plain_number.end(), units) if plain_number else None
    elif text[at] in CHINESE and first.number.chinese:
        word = CHINESE_NUMERAL.match(text, at)
        number = chinese_number(text, at, word.end(), at) if word else None
    else:
        return None
    if number is None:
        return None
    second = _with_unit(text, number, units)
    if first.unit and first.base_unit != second.base_unit and not (first.base_unit == "" and first.power):
        return None
    low = first.number.value.scaleb(first.power) if first.unit else first.number.value.scaleb(second.power)
    return second if low < number.value.scaleb(second.power) else None


def _kind(text: str, measured: Measured) -> QuantityKind:
    unit = measured.base_unit
    kind = _KINDS.get(unit, "cardinal")
    if kind == "ordinal":
        if unit == "级" and _is_grade(text, measured.number.start, measured.end):
            return "class"
        if unit == "期":
            return "ordinal" if measured.number.chinese and measured.number.end - measured.number.start == 1 else "cardinal"
        return "cardinal" if unit == "级" and text[measured.number.start] == "两" else "ordinal"
    if kind == "class":
        return "class" if text[measured.number.start : measured.number.end] in _CLASSES and _is_class(text, measured) else "cardinal"
    return kind


def _is_class(text: str, measured: Measured) -> bool:
    """三类水, 优于三类 are classes; 七类问题 are seven kinds."""
    return _WATER.match(text, measured.end) is not None or text.endswith(
        _WATER_BEFORE, max(0, measured.number.start - 6), measured.number.start
    )


def _is_grade(text: str, start: int, end: int) -> bool:
    """符合国家二级标准, 劣于第四类标准: a grade that is met, told before and behind."""
    return _GRADE_BEHIND.match(text, end) is not None and _GRADE_BEFORE.fullmatch(text, max(0, start - _BEFORE_GRADE), start) is not None


def _ordinal_opening(text: str, start: int, at: int) -> int | None:
    """Where 第 or 第（ before a number begins, or None."""
    if start > at and text[start - 1] == "第":
        return start - 1
    if start > at + 1 and text[start - 1] == " " and text[start - 2] == "第":
        return start - 2
    if start > at + 1 and text[start - 1] in "（(" and text[start - 2] == "第":
        return start - 2
    return None


def _ordinal(text: str, number: Number, opening: int, at: int, units: Units) -> Quantity | None:
    word = units.entry_at(text, opening)
    if word is not None and word[1] == "no place":
        return None
    end = number.end
    if text[number.start - 1] in "（(":
        if text[end : end + 1] not in ("）", ")"):
            return None
        end += 1
    measured = Measured(number, end, "", "", 0, "=")
    if match := SEPARATOR.match(text, end):
        further = ARABIC.match(text, match.end()) or CHINESE_NUMERAL.match(text, match.end())
        high = None
        if further is not None and not number.chinese and further[0].isdigit():
            high = Decimal(further[0])
        elif further is not None and number.chinese:
            high = parse_chinese(further[0])
        if further is not None and high is not None and high > number.value:
            measured = measured._replace(number=number._replace(high=high), end=further.end())
    begin = measured.end + (text[number.start - 1] == text[measured.end : measured.end + 1] == " ")
    if found := units.unit_at(text, begin):
        measured = measured._replace(end=found[0], unit=text[begin : found[0]], base_unit=found[1])
    if measured.unit in ("类", "级") and _is_grade(text, opening, measured.end):
        return bounded(text, measured._replace(number=number._replace(start=opening)), None, "class", at, units)
    return _build(opening, measured.end, measured, None, "ordinal", "=")


def bounded(text: str, first: Measured, high: Measured | None, kind: QuantityKind, at: int, units: Units) -> Quantity:
    """The quantity with the words before and after that bound it. The word before decides where both stand."""
    last = high or first
    start, end, operator = first.number.start, last.end, last.operator
    after = text[end : end + 1]
    word = units.entry_at(text, end) if after in units.after_firsts else None
    if word is not None and word[1].startswith("after "):
        end, operator = word[0], _OPERATORS[word[1][6:]]
    elif after == "内":
        if last.base_unit in _EXTENTS and text[end + 1 : end + 2] not in _INNER:
            end, operator = end + 1, "<="
    elif (after == "多" or after == "余") and last.base_unit in _OPEN_ENDED and text[end + 1 : end + 2] not in _NOT_MORE:
        end, operator = end + 1, ">"
    begin = start - 1 if start and text[start - 1] == " " else start
    before = units.bound_before(text, begin) if text[begin - 1 : begin] in units.to_last else None
    if before is not None and before[0] >= at and not _is_recent(text, before[0], begin, last.base_unit):
        start, operator = before[0], _OPERATORS[before[1][7:]]
    return _build(start, end, first, high, kind, operator)


def _is_recent(text: str, start: int, end: int, unit: str) -> bool:
    """近三年 is a period, not less than three years."""
    return text[start:end] == "近" and unit in TIME_UNITS


def _build(start: int, end: int, first: Measured, high: Measured | None, kind: QuantityKind, operator: Operator) -> Quantity:
    if high is None and not first.power and first.base_unit not in _SHARES:  # most of them, told without arithmetic
        number = first.number
        span = Span(number.start, number.end)
        value, top = number.value, number.high
        return Quantity(start, end, span, kind, value, first.unit, operator, top, value, top, first.base_unit)
    last = high or first
    value = first.number.value
    top = first.number.high if high is None else high.number.value
    if high is not None and first.unit and first.power != high.power:
        value = plain(value.scaleb(first.power - high.power))
    power = last.power
    base = plain(value.scaleb(power)) if power else value
    base_top = top if top is None or not power else plain(top.scaleb(power))
    unit = last.base_unit
    if unit in _SHARES:
        factor, unit = _SHARES[unit], "%"
        base, base_top = base * factor, None if base_top is None else base_top * factor
    return Quantity(start, end, Span(first.number.start, last.number.end), kind, value, last.unit, operator, top, base, base_top, unit)
