"""Dates and periods as notices print them (GB/T 15835: 2023年6月21日, 2023-06-21, 二〇二三年六月二十一日), with their governing words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import cast

from extract.model import DateMention, Sense, Span
from extract.values.context import Context
from extract.values.date_parts import (
    BY,
    CN,
    DAY,
    ITEM_NUMBER,
    MONTH,
    NOT_A_DAY,
    NOT_BEFORE,
    NUMERALS,
    TIME,
    TO,
    Placed,
    iso,
    number_of,
    part,
    plan,
    year_range,
)
from extract.values.periods import Period, days_after, months_after, one_day, working_days_after

# What is worth a closer look: a numeral before what makes a date of it, or a word that may open a date before one that may go on with it.
# One class of characters opens the pattern, so that the scan passes over all others at once.
_OPENER = '即逢隔昨今明去前后次翌同当本上下年月全第每按逐春国清端中元劳之“"‘'
_SIGNAL = re.compile(
    f"[0-9{NUMERALS}廿两半{_OPENER}](?:(?<=[{_OPENER}])"
    f"(?=[0-9{NUMERALS}廿卅]{{0,3}}(?: ?[年月日季周]|[-—–―~～至到、./天星半双单旬底末内初终节庆明午秋旦动工隔两五度晚学]|个[工自月星季小]|小时|分钟))"
    f"|(?<![0-9][0-9])(?<![{_OPENER}])(?<![A-Za-z][0-9]\\.[0-9])(?=[0-9{NUMERALS}廿卅]{{0,3}}"
    f'(?: ?[年月日季周]|[天星五]|个[工自月星季]|[-—–―~～至到、][-—–―~～ ]{{0,2}}[0-9{NUMERALS}廿第])|(?<=[五十])一[期假小长黄前、”"]|[09][0-9]{{2}}[./][0-9]|[0-9]{{7}}|(?<=2)0[0-9]{{2,5}}[月日]))'
)
_DAY = re.compile(rf"(?P<d>{DAY})[ ]?日{NOT_A_DAY}(?P<time>{TIME})")
_HELD = re.compile(
    "[ ]?日(?:上午|下午|晚(?!报)|(?:起)?在[^，。；]{2,24}?(?:召开|举行|闭幕|开幕)|从[^，。；]{2,30}?(?:获悉|了解到)"
    "|(?:正式|对外|向社会|再次|一行|率[^，。；]{1,8}|赴|到|前往|深入|来到|实地)*"
    "(?:主持|召开|举行|公[开布]|发布|通报|印发|出台|启动|抵达|会见|调研|考察|检查|督导|视察|宣布|透露|反馈|介绍说?|表示))"
)
_BEFORE_COUNT = frozenset("月第每近共约满超过达为期的后前隔至到于号各整总计示限长续历")
"""What news of a meeting say of its day (…会议9日上午在某地举行), and what a number of days stands behind."""
_YESTERDAY = re.compile(rf"昨[天日]{TIME}")
_TURN = re.compile(
    "一(?P<unit>[日天周旬月季年])(?:度)?一(?!(?P=unit)|日)(?:次)?(?:调度|研究|监测|检测|通报|督查|督导|检查|报告|汇报|会商|总结|考核|评估|更新|分析|点评|研判|巡查|排名|公示|公布|清零|曝光|统计|小结|反馈|报)"
)
"""一月一调度: how often something returns, told with what returns."""
_TURNS = re.compile(
    "(?:[一二两三四五六半]|[1-9])(?:个(?:月|季度|星期|学期)|周|年)(?=(?:左右|至少|一般|安排|召开|开|举行|举办|组织|进行|开展|检查|集中|学习|研究|轮训|评选|更新|巡查|普查|会商|调度)*(?:一|1)(?:次|期|轮|回|届))"
)
"""两个月|安排一次: how often something returns, told with its number."""
_SPANS = frozenset("个周年")
_SPENT = frozenset("每隔近去过这前后第以用历内头经于")
"""What stands before a span that passed or is used (用两个月|开展一次排查)."""
_TODAY = re.compile("即日(?:起|开始)(?!草)")
_RANGE = re.compile(rf"(?:起)?{TO}(?:今(?!年)|现在|目前)?")
_ITS_LEVEL = re.compile(r"的(?:不足|近|约)?[\d一二两三四五六七八九十百]")
_WITHIN = re.compile(
    rf"(?P<n>[0-9]{{1,3}}|[{CN}十百两]{{1,4}}|半)(?P<u>个?工作日|个?自然日|个月|个星期|星期|个季度|年|周|天|日)(?:之内|内)(?![蒙部涝河外容设陆控])"
)
_WEEKS = frozenset(("周", "星期", "个星期"))
_WHOLE_VALUE = ("", "\n", "\t", "。")
"""What follows a span that is all the value of a field (整改时限：15日内)."""
_ASKED = re.compile("(?:(?<![申邀聘提])请|限(?![值额度制期])|务必|务请|望)[^，。；：\n后]{0,20}$")
"""What asks whoever reads a notice for something within so many days (请于10日内报送): of other duties each case has its own days."""
_ASKING = 28
_LASTING = (
    "被",
    "受到",
    "发生",
    "出现",
    "未发生",
    "办结率",
    "办理率",
    "整改率",
    "回复率",
    "反馈率",
    "响应率",
    "享受",
    "免征",
    "免收",
    "免费",
    "免于",
    "保持不变",
    "不变",
    "有效",
    "不得",
    "禁止",
)
"""What lasts for the span before it or happens within it (5年内享受补贴, 一年内受到两次处罚), or is a rate of all that do so (5日内办结率)."""
_ISSUED = re.compile(
    "(?:自|从)?(?:本|该|此)?(?:《[^《》\n]{1,60}》)?(?:通知|意见|方案|办法|规定|决定|通告|公告|文件|清单|计划|条例|通报|措施|细则)?"
    "(?:印发|发布|公布|下发|发文|实施|施行|出台|发出|签订|签署|签字|签发)之?(?:日|时)?(?:起|后)?的?$"
)
_RECURRENCE = re.compile(
    rf"""每(?:隔)?个?(?:
      (?:半|[两二三四五六七八九十2-9]|[0-9]{{1,2}})(?:年|个?月|周|天|日|个?季度)
      |(?:[0-9]{{1,2}}|[两二三四六八]|半)(?:个?小时|分钟)
      |年度?(?![级龄轻产])(?:(?:年?[底末初])|(?:{MONTH}月份?(?:{DAY}[日号]|[底末初]|[上中下]旬)?(?:{TO}(?:次|翌)?年?{MONTH}月份?(?:{DAY}[日号]|[底末])?)?(?:[、和]{MONTH}月份?(?:{DAY}[日号]|[底末初]|[上中下]旬)?)*))?
      |季度?(?:(?:首|末|第[一二三])个?月|[末底初])?(?:{DAY}[日号])?
      |(?:双|单)?月度?(?:{DAY}[日号]|[底末初]|[上中下]旬|月底)?
      |学[期年](?![制末])|(?:双|单)?(?:周|星期)(?![边围期转年])[一二三四五六日末]?(?:[、和](?:周|星期)?[一二三四五六日](?![、个类项是]))*
      |旬|晚(?![间上]?[会餐])上?|日(?![常用期])|天(?![然气]))(?:{TIME}(?:之前|以前|前(?![期后往来])))?(?:之前|以前|前(?![期后往来]))?
    |逢(?:(?:周|星期)[一二三四五六日末](?:[、和](?:周|星期)?[一二三四五六日])*|[单双]日|月[底末初]|季末|年[底末])|隔(?:日|天|周|月)(?![离空])
    |(?:按|逐)(?:季度?|周|旬|半年|月(?:度|份)?)(?![期岁])|按年度?(?![龄代])|(?:按|逐)日(?![计期常照连罚])""",
    re.VERBOSE,
)
_CLOCK = re.compile("(?:上午|下午|中午|晚上?|凌晨|早上)?[0-9]{1,2}[:：时点].*$")
"""The hour by which something returns (每周五17时前): it is hidden with the date, whose row does not tell it."""
_OPEN = re.compile(
    "(?:立[行知整查说]立改|[即立][知行]即改|立即(?:整改|落实|推进|办理)|立行立办|边[查督整]边[改整]|即时整改"
    "|(?:长期|持续|常态化?|长效|常年)(?:坚持|推进|整改|实施|落实|开展|保持|执行|抓好|巩固)?(?:并?持续推进|、?长期坚持)?)"
)
_SINCE = re.compile("以来|至今|来(?=[，,。；、])")
_EVENT_SINCE = re.compile("[“”\u4e00-\u9fff]{2,14}?(?<![年月日])以来")
"""2031年|督察反馈以来: the event of a year, since which is counted."""
_EXPECTED = ("预计", "计划", "拟", "有望")
"""预计|9月份开始接种: when something begins, not since when it is done."""
_FROM = re.compile("(?:之日)?(?:起(?![草步来诉])|开始|始(?=[，,。；]))|(?:之后|以后|后(?=[，,。；]))")
_UNTIL_NOW = re.compile(r"(?:起)?[ ]?(?:[-—–~～]{0,2}|至|到)[ ]?至?(?:今(?![年天后日])|现在|目前)")
_MADE_THEN = re.compile(
    "(?:[已未经所])?(?:建成|建设|建造|投[产运用]|生产|注册|登记|购[买置]|审批|批准|核[准发]|取得|开工|竣工|交付|形成|发生|发现|遗留|签订|颁[布发]|立项|备案|关闭|出台|实施|参加|入职|毕业"
    "|退休|安装|出生|违[规法]|占用|搬迁|安置|流转|开[采办]|[设成]立|种植)[^，。；：\n]{0,24}?的"
)
"""Which things are meant by when they were made."""
_MAY_GO_ON = frozenset("起 -—–―－~～至到")
_MAY_GOVERN = frozenset("以至来之起开始后底末前为止截")
_AS_OF = ("截至到", "截止到", "截止至", "截至", "截止", "更新至", "更新到", "统计至", "统计到")
_NOT_UNTIL = frozenset("达得受收提接回看想找遇听感做碰用查")
_COMPARED = ("较", "比", "与", "同", "对比", "相比", "较之")
_VALID = ("有效期至", "有效期限至", "有效期为")
_OTHER_SPANS = frozenset("近每隔续后前往第超满")


def find_dates(text: str, anchor: date | None = None, *, year: int | None = None, open_words: bool = False) -> list[DateMention]:
    """All dates and periods of `text`, in order and without overlap.

    anchor: the day of publication, from which relative dates (今年, 两年内) count and whose year a date without one may take.
    year: the document's year, where no such day is known.   open_words: whether 长期坚持, 立行立改 and their like count as well.
    `first` and `last` are those of the date itself (到2025年: 2025-01-01 and 2025-12-31, sense by); the governing words are in start:end.
    A date that cannot be placed (2023年月底, its month lost) has neither.
    """
    context = Context(text, anchor, year)
    found: list[DateMention] = []
    at = 0
    for match in _SIGNAL.finditer(text):
        start = match.start()
        if start < at:
            continue
        mention = _read(context, start, at)
        if mention is not None:
            found.append(_yearly(text, found[-1], mention) if found and found[-1].sense == "recurrence" else mention)
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


def _read(context: Context, start: int, at: int) -> DateMention | None:
    """The date that begins at `start` (its governing words may begin before, but not before `at`)."""
    text = context.text
    first = text[start]
    if first in "每按逐逢隔":
        return _recurrence(text, start)
    if first == "一" and (turn := _TURN.match(text, start)) is not None:
        return DateMention(start, turn.end(), Span(start, turn.end()), None, None, "period", "recurrence")
    if text[start + 1 : start + 2] in _SPANS and text[start - 1] not in _SPENT and (turn := _TURNS.match(text, start)) is not None:
        return DateMention(start, turn.end(), Span(start, turn.end()), None, None, "period", "recurrence")
    if first == "昨":
        return _yesterday(context, start, at)
    if first == "即":
        return _from_today(context, start, at)
    if first == "之":
        return _since_issue(context, start, at)
    placed = None
    if first in '十“"‘':
        placed = plan(text, start)
    if placed is None and first.isascii() and first.isdigit():
        numbered = text[start - 1 : start] == "." and ITEM_NUMBER.search(text, max(0, start - 4), start) is not None
        if start and not numbered and text[start - 1] in NOT_BEFORE:
            return None
        if text.startswith(("19", "20"), start):
            placed = (None if numbered else iso(context, start)) or year_range(text, start)
    if placed is None:
        placed = part(context, start)
    if placed is None:
        return _within(context, start, at) or _lone_day(context, start, at)
    placed = _ranged(context, placed)
    return _governed(context, start, placed, at)


# --- dates of one piece ----------------------------------------------------------------------------------------------------


# --- ranges ----------------------------------------------------------------------------------------------------------------


def _ranged(context: Context, placed: Placed) -> Placed:
    """The date with its other end, where a second one follows: 2021年12月3日至12月30日, 2023年7月至次年6月, 2020年至今."""
    text = context.text
    if text[placed.end : placed.end + 1] not in _MAY_GO_ON:
        return placed
    if until_now := _UNTIL_NOW.match(text, placed.end):
        return placed._replace(end=until_now.end(), period=Period(placed.period.first, None, "period"))
    separator = _RANGE.match(text, placed.end)
    if separator is None or placed.period.first is None:
        return placed
    inner = replace(context, previous_year=placed.year, previous_month=placed.month, previous_end=placed.end)
    second = _second(inner, separator.end(), placed)
    if (
        second is not None
        and second.period.last is not None
        and second.period.last < placed.period.first
        and not second.own_year
        and placed.year
    ):
        inner.previous_year = placed.year + 1  # 2023年10月至3月 ends in the next year
        second = _second(inner, separator.end(), placed)
    if second is None or second.period.last is None or second.period.last <= placed.period.first:
        return placed
    period = Period(placed.period.first, second.period.last, "period")
    following = text.startswith(("次年", "翌年"), separator.end())
    year = placed.year if following else second.year  # 11月至次年3月 is told of the year in which it begins
    return placed._replace(end=second.end, period=period, year=year, month=second.month)


def _second(context: Context, start: int, placed: Placed) -> Placed | None:
    text = context.text
    if start >= len(text):
        return None
    second = iso(context, start) or part(context, start, second=True)
    if second is not None:
        return second if second.own_year or placed.month is not None or placed.period.precision != "year" else None
    match = _DAY.match(text, start)
    if match is None or placed.year is None or placed.month is None or placed.period.precision != "day":
        return None
    day = one_day(placed.year, placed.month, number_of(match["d"]))
    return Placed(match.end(), day, "previous", placed.year, placed.month) if day else None


# --- governing words -------------------------------------------------------------------------------------------------------


def _governed(context: Context, start: int, placed: Placed, at: int) -> DateMention:
    """The date with the words that govern it, and what they make of it."""
    text = context.text
    begin, sense = _opening(text, start, at)
    end, period = placed.end, placed.period
    governed = text[end : end + 1] in _MAY_GOVERN
    if period.first is not None and period.last is None and period.precision == "period" and text[end - 1] in "今在前":
        sense = "since"
    elif sense in ("by", "from") and begin < start and _ITS_LEVEL.match(text, end):
        begin, sense = start, "point"  # 从2031年的60%提高到2032年的70%
    elif (governed and (match := _SINCE.match(text, end))) or (
        period.precision == "year" and sense == "point" and (match := _EVENT_SINCE.match(text, end))
    ):
        end, sense, period = match.end(), "since", period._replace(last=None)
    elif governed and (match := _FROM.match(text, end)) and not (match[0] == "开始" and text.endswith(_EXPECTED, 0, start)):
        if match[0][-1] == "后":
            period = Period(days_after(period.last, 1) if period.last else None, None, period.precision)
        end, sense, period = match.end(), "from", period._replace(last=None)
        counted = _WITHIN.match(text, end) if placed.period.precision == "year" and placed.year else None
        if counted and counted["u"] == "年" and counted["n"] != "半" and placed.year:  # 2031年起5年内
            last = date(placed.year + number_of(counted["n"]) - 1, 12, 31)
            end, sense, period = counted.end(), "within", period._replace(last=last)
            context.spans[counted["n"]] = last
    elif sense == "from" and period.precision == "period":
        sense = "point"  # 自2019年1月1日至2020年12月31日 has both its ends
    elif governed and (match := BY.match(text, end)):
        end = match.end()
        if sense == "point" and placed.own_year and _is_of_then(context, period, end):
            period = period if text[placed.end - 1] in "底末" else Period(None, days_after(cast("date", period.first), -1), "period")
        elif period.precision != "period" or "止" not in match[0]:  # 7月1日至9月30日止 is a span
            sense = "as_of" if sense == "as_of" else "by"
    elif sense == "from":
        period = period._replace(last=None)
    elif sense == "point" and text[end - 1] == "内":
        sense = "by"
    over = period.last is not None and context.anchor is not None and period.last > context.anchor
    if sense == "as_of" and over and not placed.own_year and placed.year:
        placed = _year_before(placed)  # what is counted is not ahead
        period = placed.period
    _remember(context, start, placed)
    return DateMention(begin, end, Span(start, placed.end), period.first, period.last, period.precision, sense, placed.anchor)


def _is_of_then(context: Context, period: Period, end: int) -> bool:
    """Does a past day before which something was made only say which things are meant (1996年底前|砌筑的粮仓)?"""
    over = context.anchor is not None and period.first is not None and period.last is not None and period.last < context.anchor
    return over and _MADE_THEN.match(context.text, end) is not None


def _year_before(placed: Placed) -> Placed:
    """The same date a year earlier; the last day of February stays that."""
    first, last = (months_after(day, -12) if day is not None else None for day in placed.period[:2])
    return placed._replace(period=placed.period._replace(first=first, last=last), year=placed.year - 1 if placed.year else None)


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
    if before == "至" and ahead and ahead in "春夏秋冬季":
        return start, "point"  # 2030年冬季至|2031年春季
    if before in "到至" and ahead not in _NOT_UNTIL:
        return (start, "point") if ahead == "直" and before == "到" else (edge - (2 if ahead == "直" else 1), "by")  # 直到2031年才完工
    if before in "自从" and (ahead == "" or ahead not in "来各亲独擅私服听顺自"):
        return edge - 1, "from"
    return (edge - 2, "from") if before == "从" and ahead == "自" else (start, "point")


def _remember(context: Context, start: int, placed: Placed) -> None:
    """What later dates may refer to. A year that is only compared with (较2020年) governs nothing."""
    if placed.own_year or placed.anchor != "previous":
        context.previous_bare = placed.period.precision == "year" and placed.period.first != placed.period.last
    context.previous_day = placed.period.precision == "day" or placed.month is not None
    if placed.year is None or context.text.endswith(_COMPARED, max(0, start - 2), start) or context.text.endswith(_VALID, 0, start):
        return
    if placed.period.precision == "year" and _ITS_LEVEL.match(context.text, placed.end):
        return  # 由2030年的76%提高到90%，10月底前…: the year of a level
    first, last = placed.period.first, placed.period.last
    if placed.month is None and first and last and last.year > first.year and context.anchor and last.year < context.anchor.year:
        return  # 2031年至2033年，…；抽查5月的台账, told in 2034
    if placed.own_year and not placed.told:
        context.pass_heading(start, placed.end, placed.year)
    if placed.own_year or placed.anchor != "none":
        context.previous_year, context.previous_month, context.previous_end = placed.year, placed.month, placed.end
        context.previous_told = placed.told
        context.previous_year = _first_year(context, placed)


def _first_year(context: Context, placed: Placed) -> int | None:
    """The year of a month that follows: of several whole years (2031—2033年) that of publication, where it is one of them, else the first."""
    first, last = placed.period.first, placed.period.last
    if first is None or last is None or (first.month, first.day, last.month, last.day) != (1, 1, 12, 31) or first.year == last.year:
        return placed.year
    published = context.anchor.year if context.anchor else first.year
    return published if first.year <= published <= last.year else first.year


# --- other forms -----------------------------------------------------------------------------------------------------------


def _lone_day(context: Context, start: int, at: int) -> DateMention | None:
    """26日，…: a day whose month was named before, or is that of publication."""
    text = context.text
    match = _DAY.match(text, start)
    if match is None:
        return None
    before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
    joined = before in "、和及" and start - 1 == context.previous_end if before else False
    opens = not before or before in "\n。；，, 　"
    told = before > "\u4e00" and before not in _BEFORE_COUNT and _HELD.match(text, match.end("d"))
    if not joined and not told and not (opens and (after in ("，", ",", "起") or match["time"])):
        return None
    if context.previous_month and context.previous_year and context.near(start):
        year, month, anchor = context.previous_year, context.previous_month, "previous"
    elif context.anchor is not None:
        year, month, anchor = context.anchor.year, context.anchor.month, "published"
    else:
        return None
    day = one_day(year, month, number_of(match["d"]))
    if day is None:
        return None
    return _governed(context, start, Placed(match.end(), day, "previous" if anchor == "previous" else "published", year, month), at)


def _within(context: Context, start: int, at: int) -> DateMention | None:
    """两年内, 15个工作日内, 自印发之日起30日内: from the day of publication on. Spans that count from anything else are no dates."""
    text = context.text
    match = _WITHIN.match(text, start)
    if match is None or (start > at and text[start - 1] in NOT_BEFORE) or text.startswith(_LASTING, match.end()):
        return None
    begin = _within_opening(text, start, match.end(), at, match["u"])
    if begin is None:
        return None
    core = Span(start, match.end())
    if match["u"] == "年" and begin == start and (told := context.spans.get(match["n"])):
        return DateMention(begin, match.end(), core, told, told, "year", "within", "previous")
    last = _after(context.anchor, match["n"], match["u"].removeprefix("个")) if context.anchor else None
    if last is None:
        return DateMention(begin, match.end(), core, None, None, "day", "within")
    return DateMention(begin, match.end(), core, context.anchor, last, "day", "within", "published")


def _within_opening(text: str, start: int, end: int, at: int, unit: str) -> int | None:
    """Where a deadline that counts from publication begins; None for any other span of time (收到通知后5日内, 近三年内, 线索5日内核查)."""
    before = text[start - 1] if start > at else ""
    if before in ("起", "后", "的"):
        issued = _ISSUED.search(text, max(at, start - 80), start)
        return issued.start() if issued else None
    if before in _OTHER_SPANS or text.endswith(
        ("控制在", "压缩到", "压缩至", "缩短至", "缩短到", "不超过", "不得超过", "过去"), max(at, start - 4), start
    ):
        return None
    if unit in ("年", "个月", "个季度"):
        return start
    opens = not before or before in "，,。；：:、\n\t （(“在于要用需应须争取"
    whole = text[end : end + 1] in _WHOLE_VALUE and (not before or before in "：:\n\t")
    told = whole or (opens and unit in _WEEKS) or _ASKED.search(text, max(at, start - _ASKING), start) is not None
    return start if told else None


def _after(day: date, count: str, unit: str) -> date | None:
    if count == "半":
        return months_after(day, 6) if unit == "年" else days_after(day, 15) if unit == "月" else None
    number = number_of(count)
    if unit in ("年", "月", "季度"):
        return months_after(day, number * {"年": 12, "季度": 3, "月": 1}[unit])
    if unit == "工作日":
        return working_days_after(day, number) if number < 1000 else None
    return days_after(day, number * (7 if unit in ("周", "星期") else 1))


def _since_issue(context: Context, start: int, at: int) -> DateMention | None:
    """自印发之日起: open at its end. With a span behind it (…起30日内) it belongs to that."""
    text = context.text
    if not text.startswith("之日起", start) or _WITHIN.match(text, start + 3):
        return None
    issued = _ISSUED.search(text, max(at, start - 80), start + 3)
    if issued is None:
        return None
    begin, day = issued.start(), context.anchor
    if day is not None:
        placed = _ranged(context, Placed(start + 3, Period(day, day, "day"), "published", day.year, day.month))
        if placed.period.last != day:
            return DateMention(begin, placed.end, Span(begin, placed.end), day, placed.period.last, "period", "point", "published")
    core = Span(begin + text.startswith(("自", "从"), begin), start + 2)
    return DateMention(begin, start + 3, core, day, None, "day", "from", "published" if day else "none")


def _from_today(context: Context, start: int, at: int) -> DateMention | None:
    """即日起, 从即日起至8月20日: from the day of publication on."""
    match = _TODAY.match(context.text, start)
    if match is None or context.anchor is None:
        return None
    day = context.anchor
    placed = _ranged(context, Placed(match.end(), Period(day, day, "day"), "published", day.year, day.month))
    begin, _ = _opening(context.text, start, at)
    if placed.period.last != day:
        _remember(context, start, placed)
        return DateMention(begin, placed.end, Span(start, placed.end), day, placed.period.last, "period", "point", "published")
    return DateMention(begin, match.end(), Span(start, match.end()), day, None, "day", "from", "published")


def _yesterday(context: Context, start: int, at: int) -> DateMention | None:
    """昨天上午: the day before that of publication, as papers tell their news."""
    match = _YESTERDAY.match(context.text, start)
    if match is None or context.anchor is None:
        return None
    day = days_after(context.anchor, -1)
    return _governed(context, start, Placed(match.end(), Period(day, day, "day"), "published"), at)


def _yearly(text: str, before: DateMention, mention: DateMention) -> DateMention:
    """A month or day by which something is due behind one that returns each year in the same sentence (每年6月底前…，12月底前…) returns as well."""
    same = (
        text.startswith("每年", before.start) and "月" in text[before.start : before.end] and "。" not in text[before.end : mention.start]
    )
    if (
        same
        and text[mention.start] not in "次翌"
        and mention.sense == "by"
        and mention.anchor != "none"
        and mention.precision in ("day", "month")
    ):
        whole = Span(mention.start, mention.end)
        return mention._replace(core=whole, first=None, last=None, precision="period", sense="recurrence", anchor="none")
    return mention


def _recurrence(text: str, start: int) -> DateMention | None:
    """每月, 每季度末, 每周五, 每年12月10日前, 按月, 逐月: times that return. Not 逐年, which says how, and not 每次, 每户."""
    match = _RECURRENCE.match(text, start)
    if match is None:
        return None
    clock = _CLOCK.search(match[0])
    core = Span(start, start + clock.start() if clock else match.end())
    return DateMention(start, match.end(), core, None, None, "period", "recurrence")
