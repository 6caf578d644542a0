"""Dates of one piece, placed on the calendar: with or without year, month and day, half years, quarters, festivals, five-year plans."""

from __future__ import annotations

import re
import string
from datetime import date
from typing import NamedTuple

from extract.model import Anchor, Precision
from extract.values.context import Context
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
    one_day,
    quarters,
    third_of_month,
    whole_year,
)

CN = "一二三四五六七八九"
NUMERALS = f"〇○零{CN}十"
_Y = f"(?:(?:19|20)[0-9]{{2}}|[一二][〇○零0{CN}]{{3}})"
MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|[{CN}])"
DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[{CN}]?|廿[{CN}]?|卅一?|[{CN}])"
TO = r"[ ]?(?:[-—–―－~～]{1,2}|至|到)[ ]?"
TIME = r"(?:[ T]?(?:上午|下午|中午|晚上?|凌晨|早上))?(?:[ T]{0,2}(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9](?:[:：][0-5][0-9])?|[时点](?:[0-5]?[0-9]分|整|半)?))?"
NOT_A_DAY = "(?![线楼机炉井段路桥院库坑仓文])"
_OFF = "(?:节?假?期间|假期|假日|小长假|长假|黄金周)"
_PART = re.compile(
    rf"""(?:(?P<y>{_Y})[ ]?年(?![级代])(?:度(?![假量]))?|(?P<ry>今|明|去|前|后|次|翌|同|当|本|上一?|下一?)年(?![级代轻龄])(?:度(?![假量]))?)?
    (?:[ ]?(?:
      (?:(?P<m0>{MONTH})(?:[ ]?月份?)?{TO})?(?P<m>{MONTH})(?:[ ]?月(?![球亮刊])份?|(?(y)(?<=[01][0-9])(?=(?:0[1-9]|[12][0-9]|3[01])日)|(?!)))  # or 2022年1108日, without 月
        (?:[ ]?(?:(?P<d0>{DAY})[ ]?[日号]?{TO})?(?P<d>{DAY})[ ]?[日号]{NOT_A_DAY}(?P<time>{TIME})
          |(?P<mp>底|末|初(?![步审级次期])|上中旬|中下旬|[上中下]旬))?
      |(?P<rm>本|当|上|下|次|同)月(?![球亮刊])份?(?:(?P<rd>{DAY})[日号]|(?P<rmp>底|末|初|上中旬|中下旬|[上中下]旬))?
      |第?(?P<q0>[一二三1-3])(?:[、和]|{TO})第?(?P<q1>[二三四2-4])个?季度
      |第?(?P<q>[一二三四1-4])季度(?P<qp>末|底|初)?
      |前(?:(?P<fq>[两三23])个?季度|(?P<fm>[2-9]|1[01]|十一?|[两{CN}])个月)
      |(?P<h>上|下)半年(?:度|(?P<hp>末|底))?
      |(?P<yp>年?[底末终]|年?初|年?中(?![央小高低期国心间东西等外药止医共级秋])|年?内(?![蒙部涝河外容设陆控])|全年(?![龄级]))
      |(?P<fest>[“"]?(?:春节|国庆节?|五一(?!路)|劳动节|清明节?|端午节?|中秋节?|元旦|(?<=[“"])十一(?=[”"])|(?<![第0-9一二三四五六七八九十])十一(?={_OFF}))[”"]?)(?P<fd>{_OFF}|节日|当天|前后)?(?P<eve>(?=前(?![夕后])))?
      |(?P<lost>月[ ]?[底末日])
    ))?""",
    re.VERBOSE,
)
_FESTIVAL_LISTED = re.compile(rf"[、和及]?[“\"]?(?:春节|国庆|五一|十一|劳动节|清明|端午|中秋|元旦)[^，。；]{{0,12}}?(?:{_OFF}|前(?!夕))")
"""Another festival with the word that holds for both (元旦|、春节期间)."""
_KEPT = re.compile("[^，。；\n]{0,8}(?:已|了|均|共)|[^，。；\n]{0,4}，[^，。；\n]{0,20}(?:已|了)")
"""What tells of a day before a festival that it is over (春节前|已付清)."""
_HALF_YEAR = 183
_ISO = re.compile(
    rf"(?P<y>(?:19|20)[0-9]{{2}})(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?:(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])(?P<time>{TIME})|(?=[底末前]|月底))(?:月?(?P<mp>底|末))?(?![A-Za-z])"
)
_ISO_MONTH = re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?![0-9A-Za-z./-])")
_LOST_SIGNS = re.compile(
    r"(?P<y>20[0-9]{2})(?:(?P<m>1[0-2]|0?[1-9])月(?![0-9])(?P<mp>[底末])?|(?P<m1>1[0-2]|0?[1-9])(?P<d>[12][0-9]|3[01]|0?[1-9])日)"
)
"""A date whose 年 was lost, or 年 and 月: 20313月, 2031816日."""
_COMPACT = re.compile(r"(?P<y>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z])")
_YEARS = re.compile(rf"(?P<a>{_Y})(?:{TO}|(?<=20[0-9][0-9])(?=20[0-9][0-9]年))(?P<b>{_Y})(?:[ ]?年度?)?(?![0-9级.A-Za-z-])")
"""Years from one to another, the stroke between them lost perhaps (20312035年)."""
_SCHOOL_YEAR = re.compile("[ ]?学年度?")
_LISTED_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=(?:[、和](?:19|20)[0-9]{2}){1,6}年)")
_PLAN = re.compile(f'(?P<quote>[“"‘])?十(?P<n>[{CN}]?)五(?P<close>[”"’])?(?P<p>末|初|时期|期间|期末)?')
BY = re.compile(
    "(?:底|末|(?<=[底末]))前(?=[0-9一二三四五六七八九十两])|(?:底|末)?(?:之前|以前|前(?![三四五两一二十百0-9期后往来述景所列沿端者款夕瞻移置]|提(?:是|条件|[下为])))|为?止(?!步)|截止"
)
_TO_BE = re.compile("(?:底|末)?(?:将|[^，。；\n]{0,16}?(?:必须|须|要(?![求点素件闻])|应当?(?![急用])|力争|确保)(?![了已]))")
_OF_THEN = re.compile("(?:[^，。；：\n]{1,20}的|(?<=度))[^，。；：\n]{1,20}[，；]")
"""What comes behind a year that only says of which things is spoken."""
_NEAR = 10
_SINCE = 2
"""Characters of 以来, which stands within a date or right behind it."""
ITEM_NUMBER = re.compile(r"(?:^|[^0-9.A-Za-z])[0-9一二三四五六七八九十]{1,2}\.$")
NOT_BEFORE = frozenset(f"{string.digits}{string.ascii_letters}.{NUMERALS}百千万廿两")
"""What no date stands right behind: it would be the rest of a number or code."""
_UP_TO = ("截至", "截止", "截止到", "截至到", "截止至")
_OFFSETS = {"今": 0, "本": 0, "明": 1, "下": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_COUNTED = "0123456789一二三四五六七八九十半几数多两整某百全"
_LEFT_OF = {
    "今": "", "本": "基日", "明": "文说清证表", "下": "以之天上", "后": "以之", "去": "失", "上": "以之晚则本体", "前": "以之目此", "当": "相", "同": "不相", "次": "几数一二两三",
    "翌": "", "全": "健安完齐", "年": _COUNTED, "月": _COUNTED + "个年每",
}  # fmt: skip
_OPENS = ("", *"\n 　。；，：、（(了对将为的")
_GLUED = frozenset("-/—第")
_DATE_ENDS = frozenset("日号月底末前度")
"""What stands before the stroke between two dates (8月31日/9月15日), not between a unit and what it is counted by."""


class Placed(NamedTuple):
    """A date on the calendar: where it ends in the text, its days, what it was resolved by, its own year and month, whether a word (去年) told the year."""

    end: int
    period: Period
    anchor: Anchor = "none"
    year: int | None = None
    month: int | None = None
    own_year: bool = False
    told: bool = False


def number_of(text: str) -> int:
    """A month, day or count as a number: 12, 十二, 廿三, 两; 0 where it is none."""
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
    return int("".join(str(number_of(ch)) if ch not in "〇○零0" else "0" for ch in text))


def plan(text: str, start: int) -> Placed | None:
    """“十四五”, 十四五末, “十三五”期间. 十五 needs its quotation marks (“十五”), being a number without them."""
    match = _PLAN.match(text, start)
    if match is None or bool(match["quote"]) != bool(match["close"]) or not (match["n"] or match["quote"]):
        return None
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    if not match["quote"] and ((before and before in NUMERALS + "百千万第") or after in ("个", "年")):
        return None
    number = 10 + (number_of(match["n"]) if match["n"] else 0)
    period = five_year_plan(number)
    if match["p"] in ("末", "期末"):
        period = last_day(period)
    elif match["p"] == "初" and period.first:
        period = Period(*whole_year(period.first.year)[:2], "plan")
    return Placed(match.end(), period)


def iso(context: Context, start: int) -> Placed | None:
    """2023-06-21 18:13, 2023/6/21, 2023.6.21, 2023.6底, 2023-07, and 20230621 where a word says that it is a date."""
    text = context.text
    match = _ISO.match(text, start)
    if match is not None:
        year, month = int(match["y"]), int(match["m"])
        if not match["d"]:
            period = months(year, month, month, "month")
            return Placed(match.end(), last_day(period) if match["mp"] else period, "none", year, month, True)
        day = one_day(year, month, int(match["d"]))
        return Placed(match.end(), day, "none", year, month, True) if day else None
    if match := _ISO_MONTH.match(text, start):
        year, month = int(match["y"]), int(match["m"])
        return Placed(match.end(), months(year, month, month, "month"), "none", year, month, True)
    if match := _LOST_SIGNS.match(text, start):
        year, month = int(match["y"]), int(match["m"] or match["m1"])
        placed = one_day(year, month, int(match["d"])) if match["d"] else months(year, month, month, "month")
        if placed is None:
            return None
        return Placed(match.end(), last_day(placed) if match["mp"] else placed, "none", year, month, True)
    match = _COMPACT.match(text, start)
    if match is None:
        return None
    alone = text[start - 1 : start] in ("", "\n") and text[match.end() : match.end() + 1] in ("", "\n")
    if not (alone or text[max(0, start - 4) : start].rstrip("：: ").endswith(("日期", "时间", "于"))):
        return None
    day = one_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return Placed(match.end(), day, "none", int(match["y"]), int(match["m"]), True) if day else None


def year_range(text: str, start: int) -> Placed | None:
    """2021—2025年, (2023-2025), and the first of 2022、2023年."""
    if match := _YEARS.match(text, start):
        first, last = _year(match["a"]), _year(match["b"])
        school = _SCHOOL_YEAR.match(text, match.end())
        if school and last == first + 1:
            return Placed(school.end(), Period(date(first, 9, 1), date(last, 8, 31), "period"), "none", last, None, True)
        printed = "年" in match[0] or text[start - 1 : start] in ("（", "(", "“", "") or text[match.end() : match.end() + 1] in ("）", ")")
        if printed and first < last <= first + 30 and not _after_code(text, start):
            return Placed(match.end(), Period(date(first, 1, 1), date(last, 12, 31), "period"), "none", last, None, True)
        return None
    if match := _LISTED_YEAR.match(text, start):
        return Placed(match.end(), whole_year(int(match[0])), "none", int(match[0]), None, True)
    return None


def _after_code(text: str, start: int) -> bool:
    """GB/T 2021—2025 is a standard, no period."""
    before = text[max(0, start - 2) : start].strip()
    return bool(before) and before[-1].isascii() and before[-1].isalnum()


def part(context: Context, start: int, *, second: bool = False) -> Placed | None:
    """A date made of year, month, day, quarter, half, end … of which the year, or all but the year, may be missing.

    second: it is the other end of a range, so the dash before it glues it to no number.
    """
    text = context.text
    match = _PART.match(text, start)
    if match is None or match.end() == start or not _is_date(text, start, match, second=second):
        return None
    year, anchor = _year_of(context, match)
    own = match["y"] is not None
    if match["lost"] and (own or match["ry"]):
        return Placed(match.end(), Period(None, None, "month"), anchor, year, None, own)
    if match["rm"] or match["lost"]:
        placed = _month_of(context, match)
        year, month, anchor = placed if placed else (None, None, "none")
    else:
        month = number_of(match["m"]) if match["m"] else None
    if year is None:
        return Placed(match.end(), Period(None, None, _precision(match)))
    period = _period(match, year, month)
    if period is None:
        return None
    if match["fest"] and anchor == "published" and not match["ry"] and _is_of_next_year(context, match, period):
        year += 1
        period = _period(match, year, month) or period
    return Placed(match.end(), period, anchor, year, month, own or match["ry"] is not None, match["ry"] is not None)


def _is_of_next_year(context: Context, match: re.Match[str], period: Period) -> bool:
    """Is the festival told of that of the year after (in November: 春节期间, 元旦前完成)? The nearest is meant, before which something is due the next."""
    if context.anchor is None or period.last is None or period.last >= context.anchor:
        return False
    if match["eve"] is not None:
        return _KEPT.match(context.text, match.end()) is None
    return (context.anchor - period.last).days > _HALF_YEAR


def _is_date(text: str, start: int, match: re.Match[str], *, second: bool) -> bool:
    """False where the match begins inside a word or a number (the 年内 of 三年内, the 上年 of 以上年), or says too little without a year."""
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    if before == "." and ITEM_NUMBER.search(text, max(0, start - 4), start):
        before = ""  # 1.2023年底前: the point belongs to the item's number
    if match["y"]:
        return before not in NOT_BEFORE and after != "版"
    if match["ry"]:
        if match["ry"][0] in "上当" and text[match.end("ry") : match.end()] in ("年", "年度"):
            return False  # 较上年, 当年完成: what is compared with or spoken of, placed by nothing that the words say
        return _stands_free(before, text[start]) and not text.startswith("同期", match.end())
    if match["m"] or match["q"] or match["q0"]:
        free = second or before not in _GLUED or (before == "/" and text[max(0, start - 2) : start - 1] in _DATE_ENDS)
        return before not in NOT_BEFORE and free and after not in ("一", "1")
    if match["fest"]:
        return match["fd"] is not None or match["eve"] is not None or _FESTIVAL_LISTED.match(text, match.end()) is not None
    if match["yp"]:
        return match["yp"] in ("年底", "年末", "年内", "年初", "全年") and _stands_free(before, text[start])
    if match["rm"] and (match["rm"] in "当同" or before in ("较", "比", "与")) and not (match["rd"] or match["rmp"]):
        return False  # 当月, 较上月: spoken of or compared with
    if match["fm"]:
        return before in _OPENS  # 前4个月, 全省…; not 到期前3个月
    named = match["rm"] or match["h"] or match["fq"] or match["lost"] in ("月底", "月末")
    return bool(named) and _stands_free(before, text[start])


_BLANK = 8
_BLANK_YEAR = re.compile(r"(?:[xXｘＸ×＊*○〇_]{2,4}|20[xXｘＸ×＊*○〇_]{1,2})\s?年(?:度)?\s?$")
"""A year that a form leaves open (20xx年, ××年)."""


def _stands_free(before: str, first: str) -> bool:
    """Whether a relative word is not the end of another one (以上年, 安全年)."""
    return not before or before not in _LEFT_OF[first]


def _year_of(context: Context, match: re.Match[str]) -> tuple[int | None, Anchor]:
    """The year, and what told it: none where it is printed."""
    if match["y"]:
        return _year(match["y"]), "none"
    if _BLANK_YEAR.search(context.text, max(0, match.start() - _BLANK), match.start()):
        return None, "none"  # 20xx年|10月底前: a form that is to be filled
    base, base_anchor = context.base()
    before, before_anchor = context.before(match.start())
    if word := match["ry"]:
        if word in "当同次翌":
            return (before + (word in "次翌"), before_anchor) if before is not None else (None, "none")
        return (base + _OFFSETS[word[0]], base_anchor) if base is not None else (None, "none")
    other = before_anchor == "previous" and context.near(match.start()) and base is not None and before is not None and before != base
    if other and _own_year(context, match, base > before):  # type: ignore[operator]
        return context.bare(match.start())
    return before, before_anchor


def _own_year(context: Context, match: re.Match[str], over: bool) -> bool:
    """Whether a date without a year counts from the publication though one with another year stands before it in the paragraph.

    over: that year is past. A bare year governs its sentence (2031年完成10公里，6月底前开工), a date with a month what follows up to a semicolon.
    """
    text, at = context.text, match.start()
    apart = text.find("。", context.previous_end, at) >= 0
    due = BY.match(text, match.end())
    since = "以来" in text[context.previous_end - _SINCE : context.previous_end + _SINCE]
    if over and ((since and (due or context.previous_bare)) or text.startswith("以来", match.end())):
        return True  # 2032年以来竣工的项目，11月底前登记; 2031年取得批复，8月以来
    if (
        over
        and due
        and context.previous_bare
        and _OF_THEN.match(text, context.previous_end, at)
        and "已" not in text[at : due.end() + _NEAR]
    ):
        return True  # 2030年查出的14处，6月底前整改: what is due is not over
    if not apart and (context.previous_bare or text.find("；", context.previous_end, at) < 0) and not context.previous_told:
        return False
    end = _last_month(match)
    if due and over and _goes_on(context, at, end):
        return False  # 2030年3月底前分类；9月底前建成, told when both were over
    if due or _TO_BE.match(text, match.end()):
        return over or end is None or context.anchor is None or end >= context.anchor.month  # what is due is not over
    if not apart and (not over or context.previous_bare):
        return False
    if text.endswith(_UP_TO, 0, at):
        return end is None or context.anchor is None or end <= context.anchor.month  # what is counted is not ahead
    if over and context.previous_month and end and context.anchor:
        return end < context.previous_month and end <= context.anchor.month  # what is told goes on: 2030年10月改造。5月冒烟
    return not over and context.previous_month is None and match["m"] is not None


def _goes_on(context: Context, at: int, end: int | None) -> bool:
    """Whether what is due in a later month of the year of the date before, which was a deadline too, goes on with it."""
    text, before = context.text, context.previous_end
    deadline = text[before - 1] == "前" or BY.match(text, before) is not None
    later = context.previous_month is not None and end is not None and end > context.previous_month
    return deadline and later and "已" not in text[before:at]


def _last_month(match: re.Match[str]) -> int | None:
    """The last month that a match of `_PART` names."""
    if match["m"]:
        return number_of(match["m"])
    if match["q"]:
        return 3 * number_of(match["q"])
    if match["h"]:
        return 12 if match["h"] == "下" else 6
    return 12 if match["yp"] else None


def _month_of(context: Context, match: re.Match[str]) -> tuple[int, int, Anchor] | None:
    """Year and month of 本月, 上月, 下月, 当月, 次月 and of a bare 月底."""
    year, month, anchor = context.previous_year, context.previous_month, "previous"
    word, at = match["rm"] or "本", match.start()
    same = context.text.find("。", context.previous_end, at) < 0 and context.near(at)  # 4月18日督导时要求|月底前清零
    if year is None or month is None or not (word in "当同次" if match["rm"] else same):
        if context.anchor is None:
            return None
        year, month, anchor = context.anchor.year, context.anchor.month, "published"
    shifted = year * 12 + month - 1 + (word in "下次") - (word == "上")
    return shifted // 12, shifted % 12 + 1, "previous" if anchor == "previous" else "published"


def _period(match: re.Match[str], year: int, month: int | None) -> Period | None:
    """The days that a match of `_PART` names in a year, None where there are no such days (2月30日)."""
    if month is not None:
        return _in_month(match, year, month)
    if match["q0"]:
        first, last = number_of(match["q0"]), number_of(match["q1"])
        return quarters(year, first, last) if first < last else None
    if match["q"]:
        return _edge(quarters(year, number_of(match["q"]), number_of(match["q"])), match["qp"])
    if match["fq"]:
        return quarters(year, 1, number_of(match["fq"]))
    if match["fm"]:
        return months(year, 1, number_of(match["fm"]), "period")
    if match["h"]:
        return _edge(half(year, match["h"] == "下"), match["hp"])
    if match["fest"]:
        days = holiday(year, next(name for name in HOLIDAYS if name in match["fest"]))
        if match["eve"] is None or days.first is None:
            return days
        eve = days_after(days.first, -1)  # 春节前
        return Period(eve, eve, "day")
    part = (match["yp"] or "")[-1:]
    if part == "初":
        return months(year, 1, 1, "month")
    if part == "中":
        return months(year, 6, 6, "month")
    return last_day(whole_year(year)) if part in ("底", "末", "终") else whole_year(year)


def _in_month(match: re.Match[str], year: int, month: int) -> Period | None:
    day, part = match["d"] or match["rd"], match["mp"] or match["rmp"] or (match["lost"] or "")[-1:]
    if match["m0"] and not day:
        first = number_of(match["m0"])
        return Period(date(year, first, 1), months(year + (first >= month), month, month, "month").last, "period")
    if day:
        last = one_day(year, month, number_of(day))
        begin = one_day(year, month, number_of(match["d0"])) if match["d0"] else last
        if last is None or begin is None or begin[0] > last[0]:  # type: ignore[operator]
            return None
        return Period(begin.first, last.last, "period" if match["d0"] else "day")
    if part in ("底", "末", "日"):
        return last_day(months(year, month, month, "month"))
    return third_of_month(year, month, part.removesuffix("旬")) if part else months(year, month, month, "month")


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
