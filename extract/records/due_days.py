"""By which days of a sentence something may be due, and which of them open it."""

from __future__ import annotations

from datetime import date

import regex

from extract.model import DateMention
from extract.records.sentences import DATE, QUANTITY

_COMPARISON = regex.compile(r"(?:较|比|与|同|由|从|相对|相比|对比|自)$")
_YARDSTICK = regex.compile(r"(?!达到|控制|保持|实现|提高|降|完成)[^，。；、\ue000\ue001]{2,20}的\ue000")
"""控制在2030年|建设用地规模的|1.2倍: the year of what is compared with."""
ITS_LEVEL = "的" + QUANTITY
_NO_DUE_BEFORE = (ITS_LEVEL, "采暖", "供暖", "汛期", "汛前", "入冬", "主汛", "相比", "同期", "基准", "基础", "以来", "数据", "水平")
_WORDS = regex.compile(r"\p{Han}{3,}|\p{Han}+[（(\ue004]+\p{Han}+[）)]?")
_REPORTED = regex.compile(r"(?:会议|会上|报告|全会)[^，。；]{0,6}(?:指出|强调|认为|听取|通报)[，：]|")
"""会议指出，|今年前十个月，…: who says it does not stand before a date in its sentence."""
_BY_WHAT = regex.compile(
    r"(?:按照|根据|依据|坚持|本着|遵循|围绕|紧扣|聚焦|以)[^，。；\ue000\ue001]{2,60}(?:原则|要求|部署|思路|目标|方针|理念|安排|精神|总要求|为[^，。；\ue000\ue001]{2,12})，(?:[力争确保]{2})?(?:在|到)?"
)
"""按照应收尽收的原则，|到2031年底，…: by what is gone before a date that opens a sentence."""
AIM = regex.compile(r"[^，。；：]{0,8}(?:目标|指标)(?:任务)?[是为]?：")
_AIM_OF_YEAR = regex.compile(r"[^，。；：]{0,12}(?:目标|指标)(?!任务书|考核|责任书)")
"""青石县2031年度|空气质量目标分别为…: the year is that of an aim."""
_THIS_YEAR = ("年内",)
"""Words that place one part of a sentence only; a date that opens it holds across its semicolons."""


def may_be_due(anchor: date | None, text: str, shaded: str, sentence: int, mention: DateMention) -> bool:
    """Whether something may be due by a date of the sentence that begins at a place."""
    if mention.last is None or mention.sense not in ("by", "point", "within") or shaded[mention.start] != DATE:
        return False
    if text[mention.start] == "直":
        return False  # 集中办公直至2031年3月底
    before = shaded[max(sentence, mention.start - 2) : mention.start]
    after = shaded[mention.end : mention.end + 3]
    if after.startswith(ITS_LEVEL) and (text[mention.start] in "到至" or before.endswith(("到", "至", "为"))):
        return anchor is None or mention.last.year > anchor.year  # 由2028年的60%提高到2031年的70%
    if _COMPARISON.search(before) or (before.endswith(("在", "到", "于", "过")) and _YARDSTICK.match(shaded, mention.end)):
        return False
    named = text[mention.start].isdigit() and text.startswith("年度", mention.end - 2)
    if named and before[-1:].isalpha() and before[-1] not in "在于到从中" and not _AIM_OF_YEAR.match(shaded, mention.end):
        return False  # 追加2031年度护林经费: the year names the money
    end_of_plan = "末" in text[mention.start : mention.end]
    if mention.precision == "plan" and mention.sense == "point" and not end_of_plan and not after.startswith(("，", ",", "期间", "时期")):
        return False  # 十四五减排目标 names the plan
    return not after.startswith(_NO_DUE_BEFORE)


def opening_of(text: str, shaded: str, start: int, mention: DateMention) -> tuple[bool, bool]:
    """Whether a date opens the sentence that begins at `start`, and whether it opens its part of it, behind a ；."""
    first = AIM.match(shaded, start, mention.start) or _BY_WHAT.match(shaded, start, mention.start) or _REPORTED.match(shaded, start)
    begin = first.end() if first else start
    opens = _opens(shaded, begin, mention.start) and not text.startswith(_THIS_YEAR, mention.start)
    return opens, opens or _opens(shaded, text.rfind("；", begin, mention.start) + 1 or begin, mention.start)


def _opens(shaded: str, start: int, place: int) -> bool:
    """Whether hardly a word stands between a start and a place."""
    return _WORDS.search(shaded, start, place) is None
