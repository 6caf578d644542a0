"""Dates and periods as notices print them (GB/T 15835: 2023年6月21日, 2023-06-21, 二〇二三年六月二十一日), with their governing words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from extract.model import Anchor, DateMention, Precision, Sense, Span
from extract.values.numerals import parse_chinese
from extract.values.periods import (
    HOLIDAYS,
    Period,
    days_after,
    five_year_plan,
    half,
    holiday,
    last_day,
    months,
    months_after,
    one_day,
    quarters,
    third_of_month,
    whole_year,
    working_days_after,
)

_CN = "一二三四五六七八九"
_NUMERALS = f"〇○零{_CN}十"
_Y = f"(?:(?:19|20)[0-9]{{2}}|[一二][〇○零{_CN}]{{3}})"
_M = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{_CN}])"
_D = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{_CN}]?|廿[{_CN}]?|卅一?|[{_CN}])"
_TO = r"[ ]?(?:[-—–－~～]{1,2}|至|到)[ ]?"
_TIME = r"(?:[ T]?(?:上午|下午|中午|晚上?|凌晨|早上))?(?:[ T]{0,2}(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9](?:[:：][0-5][0-9])?|[时点](?:[0-5]?[0-9]分|整|半)?))?"
_NOT_A_DAY = "(?![线楼机炉井段路桥院库坑仓文])"

# What is worth a closer look: a character that may open a date, before one that may go on with it.
_SIGNAL = re.compile(
    f"[0-9{_NUMERALS}廿两半今明去前后次翌同当本上下年月全第每按逐春国清端中元劳之“\"‘](?<![0-9][0-9])"
    f"(?=[0-9{_NUMERALS}廿卅]{{0,3}}(?: ?[年月日季周]|[-—–~～至到、./天星半双单旬底末内初终节庆明午秋旦动工隔两五度]|个[工自月星季])|[0-9]{{7}})"
)
_PART = re.compile(
    rf"""(?:(?P<y>{_Y})[ ]?年(?![级代])(?:度(?![假量]))?|(?P<ry>今|明|去|前|后|次|翌|同|当|本|上|下)年(?![级代轻龄])(?:度(?![假量]))?)?
    (?:[ ]?(?:
      (?:(?P<m0>{_M})(?:[ ]?月份?)?{_TO})?(?P<m>{_M})[ ]?月(?![球亮刊])份?
        (?:[ ]?(?:(?P<d0>{_D})[ ]?[日号]?{_TO})?(?P<d>{_D})[ ]?[日号]{_NOT_A_DAY}(?P<time>{_TIME})
          |(?P<mp>底|末|初(?![步审级次期])|[上中下]旬))?
      |(?P<rm>本|当|上|下|次|同)月(?![球亮刊])份?(?:(?P<rd>{_D})[日号]|(?P<rmp>底|末|初|[上中下]旬))?
      |第?(?P<q0>[一二三1-3])(?:[、和]|{_TO})第?(?P<q1>[二三四2-4])个?季度
      |第?(?P<q>[一二三四1-4])季度(?P<qp>末|底|初)?
      |前(?:(?P<fq>[两三23])个?季度|(?P<fm>[2-9]|1[01]|十一?|[两{_CN}])个月)
      |(?P<h>上|下)半年(?:度|(?P<hp>末|底))?
      |(?P<yp>年?[底末终]|年?初|年?中(?![央小高低期国心间东西等外药止医共级秋])|年?内(?![蒙部涝河外容设陆控])|全年(?![龄级]))
      |(?P<fest>[“"]?(?:春节|国庆节?|五一(?!路)|劳动节|清明节?|端午节?|中秋节?|元旦)[”"]?)(?P<fd>期间|假期|假日|小长假|长假|节日|当天)?
      |(?P<lost>月[ ]?[底末日])
    ))?""",
    re.VERBOSE,
)
_ISO = re.compile(
    rf"(?P<y>(?:19|20)[0-9]{{2}})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?:(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])(?P<time>{_TIME})|(?=[底末前]|月底))(?:月?(?P<mp>底|末))?(?![A-Za-z])"
)
_ISO_MONTH = re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?![0-9A-Za-z./-])")
_COMPACT = re.compile(r"(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z])")
_YEARS = re.compile(rf"(?P<a>{_Y}){_TO}(?P<b>{_Y})(?:[ ]?年度?)?(?![0-9级.A-Za-z-])")
_LISTED_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=(?:[、和](?:19|20)[0-9]{2}){1,6}年)")
_PLAN = re.compile(f"(?P<quote>[“\"‘])?十(?P<n>[{_CN}]?)五(?P<close>[”\"’])?(?P<p>末|初|时期|期间|期末)?")
_DAY = re.compile(rf"(?P<d>{_D})[ ]?日{_NOT_A_DAY}(?P<time>{_TIME})")
_BARE_DAY = re.compile(rf"{_TO}(?P<d>{_D})[ ]?[日号]{_NOT_A_DAY}")
_RANGE = re.compile(rf"(?:起)?{_TO}(?:今(?!年)|现在|目前)?")
_WITHIN = re.compile(rf"(?P<n>[0-9]{{1,3}}|[{_CN}十百两]{{1,4}}|半)(?P<u>个?工作日|个?自然日|个月|个星期|星期|个季度|年|周|天|日)(?:之内|内)(?![蒙部涝河外容设陆控])")
_ISSUED = re.compile(
    "(?:自|从)?(?:本|该|此)?(?:《[^《》\n]{1,60}》)?(?:通知|意见|方案|办法|规定|决定|通告|公告|文件|清单|计划|条例|通报|措施|细则)?"
    "(?:印发|发布|公布|下发|发文|实施|施行|出台|发出)之?(?:日|时)?(?:起|后)?的?$"
)
_RECURRENCE = re.compile(
    rf"""每(?:隔)?个?(?:
      (?:半|[两二三四五六七八九十2-9]|[0-9]{{1,2}})(?:年|个?月|周|天|日|个?季度)
      |年度?(?![级龄轻产])(?:(?:年?[底末初])|(?:{_M}月份?(?:{_D}[日号]|[底末初]|[上中下]旬)?))?
      |季度?(?:[末底初]|(?:首|末|第[一二三])个?月)?(?:{_D}[日号])?
      |月度?(?:{_D}[日号]|[底末初]|[上中下]旬|月底)?
      |(?:双|单)?(?:周|星期)(?![边围期转年])[一二三四五六日末]?
      |旬|日(?![常用期])|天(?![然气]))(?:之前|以前|前(?![期后往来]))?
    |(?:按|逐)(?:季度?|周|旬|半年|月(?:度|份)?)(?![期岁])|按年度?(?![龄代])|(?:按|逐)日(?![计期常照连罚])""",
    re.VERBOSE,
)
_OPEN = re.compile(
    "(?:立[行知整查说]立改|[即立][知行]即改|立即(?:整改|落实|推进|办理)|立行立办|边[查督整]边[改整]|即时整改"
    "|(?:长期|持续|常态化?|长效|常年)(?:坚持|推进|整改|实施|落实|开展|保持|执行|抓好|巩固)?(?:并?持续推进|、?长期坚持)?)"
)
_BY = re.compile("(?:底|末)?(?:之前|以前|前(?![三四五两一二十百0-9期后往来述景提所列沿端者款夕瞻移置]))|为?止(?!步)|截止")
_SINCE = re.compile("以来|至今|来(?=[，,。；、])")
_FROM = re.compile("(?:之日)?(?:起(?![草步来诉])|开始|始(?=[，,。；]))|(?:之后|以后|后(?=[，,。；]))")
_UNTIL_NOW = re.compile(r"(?:起)?[ ]?(?:[-—–~～]{0,2}|至|到)[ ]?至?(?:今(?![年天后日])|现在|目前)")
_AS_OF = ("截至到", "截止到", "截止至", "截至", "截止")
_NOT_UNTIL = frozenset("达得受收提接回看想找遇听感做碰用查")
_COMPARED = ("较", "比", "与", "同", "对比", "相比", "较之")
_NOT_BEFORE = re.compile(f"[0-9A-Za-z.{_NUMERALS}百千万廿两]")
_OFFSETS = {"今": 0, "本": 0, "明": 1, "下": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_COUNTED = "0123456789一二三四五六七八九十半几数多两整某百全"
_LEFT_OF = {
    "今": "", "本": "基日", "明": "文说清证表", "下": "以之天上", "后": "以之", "去": "失", "上": "以之晚", "前": "以之目此", "当": "相", "同": "不相", "次": "几数一二两三",
    "翌": "", "全": "健安完齐", "年": _COUNTED, "月": _COUNTED + "个年每",
}  # fmt: skip
_PARAGRAPH = 2000
_OTHER_SPANS = frozenset("近每隔续后前往第超满")


class _Placed(NamedTuple):
    """A date on the calendar: where it ends in the text, its days, what it was resolved by, and its own year and month."""

    end: int
    period: Period
    anchor: Anchor = "none"
    year: int | None = None
    month: int | None = None
    own_year: bool = False


@dataclass(slots=True)
class _Context:
    """What incomplete dates are resolved by: the day of publication, the document's year, the date before."""

    text: str
    anchor: date | None
    year: int | None
    previous_year: int | None = None
    previous_month: int | None = None
    previous_end: int = -1
    previous_day: bool = False

    def base(self) -> tuple[int | None, Anchor]:
        """The year of publication."""
        if self.anchor is not None:
            return self.anchor.year, "published"
        return self.year, "document" if self.year is not None else "none"

    def before(self, at: int) -> tuple[int | None, Anchor]:
        """The year of the date before, if it stands in the same paragraph; else that of publication."""
        if self.previous_year is not None and self.near(at):
            return self.previous_year, "previous"
        return self.base()

    def near(self, at: int) -> bool:
        """Whether the date before stands in the same paragraph; one of thousands of characters is none to look through."""
        return at - self.previous_end < _PARAGRAPH and self.text.find("\n", self.previous_end, at) < 0


def find_dates(text: str, anchor: date | None = None, *, year: int | None = None, open_words: bool = False) -> list[DateMention]:
    """All dates and periods of `text`, in order and without overlap.

    anchor: the day of publication, from which relative dates (今年, 两年内) count and whose year a date without one may take.
    year: the document's year, where no such day is known.   open_words: whether 长期坚持, 立行立改 and their like count as well.
    `first` and `last` are those of the date itself (到2025年: 2025-01-01 and 2025-12-31, sense by); the governing words are in start:end.
    A date that cannot be placed (2023年月底, its month lost) has neither.
    """
    context = _Context(text, anchor, year)
    found: list[DateMention] = []
    at = 0
    for match in _SIGNAL.finditer(text):
        start = match.start()
        if start < at:
            continue
        mention = _read(context, start, at)
        if mention is not None:
            found.append(mention)
            at = mention.end
    if open_words:
        taken = [(m.start, m.end) for m in found]
        found += [m for m in map(_open_mention, _OPEN.finditer(text)) if not any(s < m.end and m.start < e for s, e in taken)]
        found.sort(key=lambda m: m.start)
    return found


def open_deadline(text: str) -> DateMention | None:
    """The first 长期坚持, 立行立改, 持续推进 … in the value of a deadline field; None where there is none."""
    match = _OPEN.search(text)
    return _open_mention(match) if match else None


def _open_mention(match: re.Match[str]) -> DateMention:
    return DateMention(match.start(), match.end(), Span(match.start(), match.end()), None, None, "open", "open")


def _read(context: _Context, start: int, at: int) -> DateMention | None:
    """The date that begins at `start` (its governing words may begin before, but not before `at`)."""
    text = context.text
    first = text[start]
    if first in "每按逐":
        return _recurrence(text, start)
    if first == "之":
        return _since_issue(context, start, at)
    placed = None
    if first in "十“\"‘":
        placed = _plan(text, start)
    if placed is None and first.isascii() and first.isdigit():
        if start and _NOT_BEFORE.match(text[start - 1]):
            return None
        if text.startswith(("19", "20"), start):
            placed = _iso(context, start) or _year_range(text, start)
    if placed is None:
        placed = _part(context, start, at)
    if placed is None:
        return _within(context, start, at) or _lone_day(context, start, at)
    placed = _ranged(context, start, placed)
    return _governed(context, start, placed, at)


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if text == "两":
        return 2
    value = parse_chinese(text)
    return int(value) if value is not None else 0


def _year(text: str) -> int:
    return int(text) if text.isascii() else int(parse_chinese(text) or _digits(text))


def _digits(text: str) -> int:
    """一九九五 and other years without a zero, which is no number by itself."""
    return int("".join(str(_number(ch)) if ch not in "〇○零" else "0" for ch in text))


# --- dates of one piece ----------------------------------------------------------------------------------------------------


def _plan(text: str, start: int) -> _Placed | None:
    """“十四五”, 十四五末, “十三五”期间. 十五 needs its quotation marks (“十五”), being a number without them."""
    match = _PLAN.match(text, start)
    if match is None or bool(match["quote"]) != bool(match["close"]) or not (match["n"] or match["quote"]):
        return None
    if start and not match["quote"] and text[start - 1] in _NUMERALS + "百千万第" or (not match["quote"] and text[match.end() : match.end() + 1] in ("个", "年")):
        return None
    number = 10 + (_number(match["n"]) if match["n"] else 0)
    period = five_year_plan(number)
    if match["p"] in ("末", "期末"):
        period = last_day(period)
    elif match["p"] == "初" and period.first:
        period = Period(*whole_year(period.first.year)[:2], "plan")
    return _Placed(match.end(), period)


def _iso(context: _Context, start: int) -> _Placed | None:
    """2023-06-21 18:13, 2023/6/21, 2023.6.21, 2023.6底, 2023-07, and 20230621 where a word says that it is a date."""
    text = context.text
    match = _ISO.match(text, start)
    if match is not None:
        year, month = int(match["y"]), int(match["m"])
        if not match["d"]:
            period = months(year, month, month, "month")
            return _Placed(match.end(), last_day(period) if match["mp"] else period, "none", year, month, True)
        day = one_day(year, month, int(match["d"]))
        return _Placed(match.end(), day, "none", year, month, True) if day else None
    if match := _ISO_MONTH.match(text, start):
        year, month = int(match["y"]), int(match["m"])
        return _Placed(match.end(), months(year, month, month, "month"), "none", year, month, True)
    match = _COMPACT.match(text, start)
    if match is None or not (text[max(0, start - 4) : start].rstrip("：: ").endswith(("日期", "时间", "于")) or text.strip() == match[0]):
        return None
    day = one_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return _Placed(match.end(), day, "none", int(match["y"]), int(match["m"]), True) if day else None


def _year_range(text: str, start: int) -> _Placed | None:
    """2021—2025年, (2023-2025), and the first of 2022、2023年."""
    if match := _YEARS.match(text, start):
        first, last = _year(match["a"]), _year(match["b"])
        printed = "年" in match[0] or text[start - 1 : start] in ("（", "(", "“", "") or text[match.end() : match.end() + 1] in ("）", ")")
        if printed and first < last <= first + 30 and not _after_code(text, start):
            return _Placed(match.end(), Period(date(first, 1, 1), date(last, 12, 31), "period"), "none", last, None, True)
        return None
    if match := _LISTED_YEAR.match(text, start):
        return _Placed(match.end(), whole_year(int(match[0])), "none", int(match[0]), None, True)
    return None


def _after_code(text: str, start: int) -> bool:
    """GB/T 2021—2025 is a standard, no period."""
    before = text[max(0, start - 2) : start].strip()
    return bool(before) and before[-1].isascii() and before[-1].isalnum()


def _part(context: _Context, start: int, at: int) -> _Placed | None:
    """A date made of year, month, day, quarter, half, end … of which the year, or all but the year, may be missing."""
    text = context.text
    match = _PART.match(text, start)
    if match is None or match.end() == start or not _is_date(text, start, match):
        return None
    year, anchor = _year_of(context, match)
    own = match["y"] is not None
    if match["lost"] and (own or match["ry"]):
        return _Placed(match.end(), Period(None, None, "month"), anchor, year, None, own)
    if match["rm"] or match["lost"]:
        placed = _month_of(context, match)
        year, month, anchor = placed if placed else (None, None, "none")
    else:
        month = _number(match["m"]) if match["m"] else None
    if year is None:
        return _Placed(match.end(), Period(None, None, _precision(match)))
    period = _period(match, year, month)
    if period is None:
        return None
    return _Placed(match.end(), period, anchor, year, month, own or match["ry"] is not None)


def _is_date(text: str, start: int, match: re.Match[str]) -> bool:
    """False where the match begins inside a word or a number (the 年内 of 三年内, the 上年 of 以上年), or says too little without a year."""
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    if match["y"]:
        return not (before and _NOT_BEFORE.match(before)) and after != "版"
    if match["ry"]:
        return _stands_free(before, text[start]) and not text.startswith("同期", match.end())
    if match["m"] or match["q"] or match["q0"]:
        glued = before != "" and (_NOT_BEFORE.match(before) is not None or before in "-/—第")
        return not glued and after not in ("一", "1")
    if match["fest"]:
        return match["fd"] is not None
    if match["yp"]:
        return match["yp"] in ("年底", "年末", "年内", "年初", "全年") and _stands_free(before, text[start])
    named = match["rm"] or match["h"] or match["fq"] or match["lost"] in ("月底", "月末")
    return bool(named) and _stands_free(before, text[start])


def _stands_free(before: str, first: str) -> bool:
    """Whether a relative word is not the end of another one (以上年, 安全年)."""
    return not before or before not in _LEFT_OF[first]


def _year_of(context: _Context, match: re.Match[str]) -> tuple[int | None, Anchor]:
    """The year, and what told it: none where it is printed."""
    if match["y"]:
        return _year(match["y"]), "none"
    base, base_anchor = context.base()
    before, before_anchor = context.before(match.start())
    if word := match["ry"]:
        if word in "当同次翌":
            return (before + (word in "次翌"), before_anchor) if before is not None else (None, "none")
        return (base + _OFFSETS[word], base_anchor) if base is not None else (None, "none")
    if before_anchor == "previous" and base is not None and before is not None and before < base:
        due = _BY.match(context.text, match.end()) is not None
        if due and context.text.find("。", context.previous_end, match.start()) >= 0:
            return base, base_anchor  # what is due is not over: an earlier sentence's past year does not govern it
    return before, before_anchor


def _month_of(context: _Context, match: re.Match[str]) -> tuple[int, int, Anchor] | None:
    """Year and month of 本月, 上月, 下月, 当月, 次月 and of a bare 月底."""
    word = match["rm"] or "本"
    if word in "当同次" and context.previous_year is not None and context.previous_month is not None:
        year, month, anchor = context.previous_year, context.previous_month, "previous"
    elif context.anchor is not None:
        year, month, anchor = context.anchor.year, context.anchor.month, "published"
    else:
        return None
    shifted = year * 12 + month - 1 + (word in "下次") - (word == "上")
    return shifted // 12, shifted % 12 + 1, "previous" if anchor == "previous" else "published"


def _period(match: re.Match[str], year: int, month: int | None) -> Period | None:
    """The days that a match of `_PART` names in a year, None where there are no such days (2月30日)."""
    if month is not None:
        return _in_month(match, year, month)
    if match["q0"]:
        first, last = _number(match["q0"]), _number(match["q1"])
        return quarters(year, first, last) if first < last else None
    if match["q"]:
        return _edge(quarters(year, _number(match["q"]), _number(match["q"])), match["qp"])
    if match["fq"]:
        return quarters(year, 1, _number(match["fq"]))
    if match["fm"]:
        return months(year, 1, _number(match["fm"]), "period")
    if match["h"]:
        return _edge(half(year, match["h"] == "下"), match["hp"])
    if match["fest"]:
        return holiday(year, next(name for name in HOLIDAYS if name in match["fest"]))
    part = (match["yp"] or "")[-1:]
    if part == "初":
        return months(year, 1, 1, "month")
    if part == "中":
        return months(year, 6, 6, "month")
    return last_day(whole_year(year)) if part in ("底", "末", "终") else whole_year(year)


def _in_month(match: re.Match[str], year: int, month: int) -> Period | None:
    day, part = match["d"] or match["rd"], match["mp"] or match["rmp"] or (match["lost"] or "")[-1:]
    if match["m0"] and not day:
        first = _number(match["m0"])
        return Period(date(year, first, 1), months(year + (first >= month), month, month, "month").last, "period")
    if day:
        last = one_day(year, month, _number(day))
        begin = one_day(year, month, _number(match["d0"])) if match["d0"] else last
        if last is None or begin is None or begin[0] > last[0]:  # type: ignore[operator]
            return None
        return Period(begin.first, last.last, "period" if match["d0"] else "day")
    if part in ("底", "末", "日"):
        return last_day(months(year, month, month, "month"))
    return third_of_month(year, month, part[0]) if part else months(year, month, month, "month")


def _edge(period: Period, part: str | None) -> Period:
    """The end (末, 底) or the first month (初) of a quarter or half year."""
    if part == "初" and period.first is not None:
        return months(period.first.year, period.first.month, period.first.month, "month")
    return last_day(period) if part else period


def _precision(match: re.Match[str]) -> Precision:
    if match["d"] or match["rd"]:
        return "day"
    if match["m"] or match["rm"] or match["lost"]:
        return "month"
    return "quarter" if match["q"] else "half" if match["h"] else "period" if match["fest"] else "year"


# --- ranges ----------------------------------------------------------------------------------------------------------------


def _ranged(context: _Context, start: int, placed: _Placed) -> _Placed:
    """The date with its other end, where a second one follows: 2021年12月3日至12月30日, 2023年7月至次年6月, 2020年至今."""
    text = context.text
    if until_now := _UNTIL_NOW.match(text, placed.end):
        return placed._replace(end=until_now.end(), period=Period(placed.period.first, None, "period"))
    separator = _RANGE.match(text, placed.end)
    if separator is None or placed.period.first is None:
        return placed
    inner = replace(context, previous_year=placed.year, previous_month=placed.month, previous_end=placed.end)
    second = _second(inner, separator.end(), placed)
    if second is not None and second.period.last is not None and second.period.last < placed.period.first and not second.own_year and placed.year:
        inner.previous_year = placed.year + 1  # 2023年10月至3月 ends in the next year
        second = _second(inner, separator.end(), placed)
    if second is None or second.period.last is None or second.period.last <= placed.period.first:
        return placed
    period = Period(placed.period.first, second.period.last, "period")
    return placed._replace(end=second.end, period=period, year=second.year, month=second.month)


def _second(context: _Context, start: int, placed: _Placed) -> _Placed | None:
    text = context.text
    if start >= len(text):
        return None
    second = _iso(context, start) or _part(context, start, start)
    if second is not None:
        return second if second.own_year or placed.month is not None or placed.period.precision != "year" else None
    match = _DAY.match(text, start)
    if match is None or placed.year is None or placed.month is None or placed.period.precision != "day":
        return None
    day = one_day(placed.year, placed.month, _number(match["d"]))
    return _Placed(match.end(), day, "previous", placed.year, placed.month) if day else None


# --- governing words -------------------------------------------------------------------------------------------------------


def _governed(context: _Context, start: int, placed: _Placed, at: int) -> DateMention:
    """The date with the words that govern it, and what they make of it."""
    text = context.text
    begin, sense = _opening(text, start, at)
    end, period = placed.end, placed.period
    if period.first is not None and period.last is None and period.precision == "period" and text[end - 1] in "今在前":
        sense = "since"
    elif match := _SINCE.match(text, end):
        end, sense, period = match.end(), "since", period._replace(last=None)
    elif match := _FROM.match(text, end):
        if match[0][-1] == "后":
            period = Period(days_after(period.last, 1) if period.last else None, None, period.precision)
        end, sense, period = match.end(), "from", period._replace(last=None)
    elif sense == "from" and period.precision == "period":
        sense = "point"  # 自2019年1月1日至2020年12月31日 has both its ends
    elif match := _BY.match(text, end):
        end = match.end()
        if period.precision != "period" or "止" not in match[0]:  # 7月1日至9月30日止 is a span
            sense = "as_of" if sense == "as_of" else "by"
    elif sense == "from":
        period = period._replace(last=None)
    elif sense == "point" and text[end - 1] == "内":
        sense = "by"
    _remember(context, start, placed)
    return DateMention(begin, end, Span(start, placed.end), period.first, period.last, period.precision, sense, placed.anchor)


def _opening(text: str, start: int, at: int) -> tuple[int, Sense]:
    """Where the words before a date begin, and its sense: 截至, 到 and 至, 自 and 从; else start itself and point."""
    edge = start - 1 if start > at and text[start - 1] == " " else start
    before = text[edge - 1 : edge] if edge > at else ""
    if not before:
        return start, "point"
    for word in _AS_OF if before in "至止到" else ():
        if text.endswith(word, at, edge):
            return edge - len(word), "as_of"
    ahead = text[edge - 2 : edge - 1] if edge - 1 > at else ""
    if before in "到至" and ahead not in _NOT_UNTIL:
        return edge - (2 if ahead == "直" else 1), "by"
    if before in "自从" and (ahead == "" or ahead not in "来各亲独擅私服听顺自"):
        return edge - 1, "from"
    return (edge - 2, "from") if before == "从" and ahead == "自" else (start, "point")


def _remember(context: _Context, start: int, placed: _Placed) -> None:
    """What later dates may refer to. A year that is only compared with (较2020年) governs nothing."""
    context.previous_day = placed.period.precision == "day" or placed.month is not None
    if placed.year is None or context.text.endswith(_COMPARED, max(0, start - 2), start):
        return
    if placed.own_year or placed.anchor != "none":
        context.previous_year, context.previous_month, context.previous_end = placed.year, placed.month, placed.end


# --- other forms -----------------------------------------------------------------------------------------------------------


def _lone_day(context: _Context, start: int, at: int) -> DateMention | None:
    """26日，…: a day whose month was named before, or is that of publication."""
    text = context.text
    match = _DAY.match(text, start)
    if match is None:
        return None
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    joined = before in "、和及" and start - 1 == context.previous_end if before else False
    opens = not before or before in "\n。；，, 　"
    if not joined and not (opens and (after in ("，", ",") or match["time"])):
        return None
    if context.previous_month and context.previous_year and context.near(start):
        year, month, anchor = context.previous_year, context.previous_month, "previous"
    elif context.anchor is not None:
        year, month, anchor = context.anchor.year, context.anchor.month, "published"
    else:
        return None
    day = one_day(year, month, _number(match["d"]))
    if day is None:
        return None
    return _governed(context, start, _Placed(match.end(), day, "previous" if anchor == "previous" else "published", year, month), at)


def _within(context: _Context, start: int, at: int) -> DateMention | None:
    """两年内, 15个工作日内, 自印发之日起30日内: from the day of publication on. Spans that count from anything else are no dates."""
    text = context.text
    match = _WITHIN.match(text, start)
    if match is None or (start > at and _NOT_BEFORE.match(text[start - 1])):
        return None
    begin = _within_opening(text, start, at, match["u"])
    if begin is None:
        return None
    last = _after(context.anchor, match["n"], match["u"].removeprefix("个")) if context.anchor else None
    core = Span(start, match.end())
    if last is None:
        return DateMention(begin, match.end(), core, None, None, "day", "within")
    return DateMention(begin, match.end(), core, context.anchor, last, "day", "within", "published")


def _within_opening(text: str, start: int, at: int, unit: str) -> int | None:
    """Where a deadline that counts from publication begins; None for any other span of time (收到通知后5日内, 近三年内)."""
    before = text[start - 1] if start > at else ""
    if before in ("起", "后", "的"):
        issued = _ISSUED.search(text, max(at, start - 80), start)
        return issued.start() if issued else None
    if before in _OTHER_SPANS or text.endswith(("控制在", "压缩到", "压缩至", "缩短至", "缩短到", "不超过", "不得超过", "过去"), max(at, start - 4), start):
        return None
    opens = not before or before in "，,。；：:、\n （(“在于要用需应须争取"
    return start if opens or unit in ("年", "个月", "个季度") else None


def _after(day: date, count: str, unit: str) -> date | None:
    if count == "半":
        return months_after(day, 6) if unit == "年" else days_after(day, 15) if unit == "月" else None
    number = _number(count)
    if unit in ("年", "月", "季度"):
        return months_after(day, number * {"年": 12, "季度": 3, "月": 1}[unit])
    if unit == "工作日":
        return working_days_after(day, number) if number < 1000 else None
    return days_after(day, number * (7 if unit in ("周", "星期") else 1))


def _since_issue(context: _Context, start: int, at: int) -> DateMention | None:
    """自印发之日起: open at its end. With a span behind it (…起30日内) it belongs to that."""
    text = context.text
    if not text.startswith("之日起", start) or _WITHIN.match(text, start + 3):
        return None
    issued = _ISSUED.search(text, max(at, start - 80), start + 3)
    if issued is None:
        return None
    core = Span(issued.start() + text.startswith(("自", "从"), issued.start()), start + 2)
    return DateMention(issued.start(), start + 3, core, context.anchor, None, "day", "from", "published" if context.anchor else "none")


def _recurrence(text: str, start: int) -> DateMention | None:
    """每月, 每季度末, 每周五, 每年12月10日前, 按月, 逐月: times that return. Not 逐年, which says how, and not 每次, 每户."""
    match = _RECURRENCE.match(text, start)
    if match is None:
        return None
    return DateMention(start, match.end(), Span(start, match.end()), None, None, "period", "recurrence")
