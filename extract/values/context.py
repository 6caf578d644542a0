"""What incomplete dates are resolved by, as a text is read from its beginning: publication, the date before, the heading above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from extract.model import Anchor

_PARAGRAPH = 2000
_HEADING = 40
_NUMBERED = re.compile(
    r"\s*(?:#+|[一二三四五六七八九十]+(?:、|[ 　.．]{1,4}(?=[0-9]{4}年))|[壹贰叁肆伍陆柒捌玖拾]+[、 　]|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+(?:部分|[章节编篇])|[0-9]{1,2}[.、．])"
)
_OF_A_YEAR = re.compile(
    r"年(?:度)?[^，。；]{0,14}(?:打算|计划|安排|思路|举措|谋划|目标|任务|工作重点|重点工作|工作建议|展望|总结|回顾|情况|主要工作|成效)"
)
_PLAN_ALONE = re.compile(r"\W{0,3}20[0-9]{2}年(?:度)?[^，。；：0-9]{0,14}(?:打算|计划|安排|思路|举措|谋划|工作重点|重点工作|展望)\W{0,3}$")
"""A line that needs no number to head a plan for a year (2032年工作安排)."""
_REPORTED = re.compile(
    r"(?m)^(?!.*(?:讲话|发言|致辞|会上|会议上))[^\n，。；]{0,30}?((?:19|20)\d\d)年(?:度)?(?![^\n，。；]{0,3}(?:季度|半年|月))[^\n，。；]{0,24}?(?:总结|情况|回顾|述职|报告)[^\n，。；]{0,8}$"
)
"""What the title of a report on a year that is over says (2031年工作总结); what is said in a speech counts from its day."""
_HOLIDAYS = re.compile(r"((?:19|20)\d\d)年\s?(?:部分|全年)?(?:法定)?节?假日(?:放假)?安排")
"""A notice told in the year before: 关于2031年部分节假日安排的通知."""
_AHEAD = re.compile(r"\n[^\n，。；]{0,8}(?:下一?步|今后|下一?年|来年|明年|今年)[^\n，。； 　]{0,16}(?=[\n 　]|(?:19|20)\d\d年)")
_FRONT = 300


@dataclass(slots=True)
class Context:
    """What incomplete dates are resolved by: the day of publication, the document's year, the date before."""

    text: str
    anchor: date | None
    year: int | None
    previous_year: int | None = None
    previous_month: int | None = None
    previous_end: int = -1
    previous_day: bool = False
    previous_told: bool = False
    previous_bare: bool = False
    """Whether the year before was named alone (2031年), not with a month or an end."""
    planned: int | None = None
    """The year of the plan or of the report whose heading stands above (三、2025年工作打算), at first that of the report's title."""
    spans: dict[str, date] = field(default_factory=dict)
    """The last day of a span of years that was told with its start (2031年起5年内), by its number."""
    looked: int = 0
    """Up to where headings without a year have been looked for."""

    def __post_init__(self) -> None:
        holidays = _HOLIDAYS.search(self.text, 0, _FRONT)
        if holidays and self.anchor is not None and int(holidays[1]) == self.anchor.year + 1:
            self.planned, self.looked = int(holidays[1]), holidays.end()
        title = _REPORTED.search(self.text, 0, _FRONT)
        if title and self.anchor is not None and int(title[1]) + 1 == self.anchor.year:
            self.planned, self.looked = int(title[1]), title.end()

    def base(self) -> tuple[int | None, Anchor]:
        """The year of publication."""
        if self.anchor is not None:
            return self.anchor.year, "published"
        return self.year, "document" if self.year is not None else "none"

    def before(self, at: int) -> tuple[int | None, Anchor]:
        """The year of the date before, if it stands in the same paragraph; else that of publication."""
        if self.previous_year is not None and self.near(at):
            return self.previous_year, "previous"
        return self.bare(at)

    def bare(self, at: int) -> tuple[int | None, Anchor]:
        """The year of a date without one: that of the plan or report it stands in, else that of publication."""
        if self.planned is not None and self.looked < at:
            if _AHEAD.search(self.text, self.looked, at):
                self.planned = None  # 三、下一步打算 ends what is told of the year before
            self.looked = at
        return (self.planned, "previous") if self.planned is not None else self.base()

    def pass_heading(self, start: int, end: int, year: int) -> None:
        """Take note of a date that stands in a heading: it opens a plan of its year, or closes the one before."""
        left, right = self.text.rfind("\n", max(0, start - _HEADING), start) + 1, self.text.find("\n", end, end + _HEADING)
        line = self.text[left : right if right >= 0 else len(self.text)]
        headed = len(line) <= _HEADING and not line.endswith("。") and (_NUMBERED.match(line) or _PLAN_ALONE.match(line))
        if left and headed:
            self.planned = year if _OF_A_YEAR.search(line) else None
            self.looked = end

    def near(self, at: int) -> bool:
        """Whether the date before stands in the same paragraph, or alone in its cell of the same row; one of thousands of characters is none to look through."""
        last = self.previous_end
        if at - last >= _PARAGRAPH or self.text.find("\n", last, at) >= 0:
            return False
        return self.text.find("\t", last, at) < 0 or self.text[last] == "\t"
