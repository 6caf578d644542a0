"""Fixer of a notice's opening that lost its line ends: letterhead, number, title and addressees stand in one line with the text."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.draft import Draft

_NUMBER = r"[\u4e00-\u9fff]{1,10}[〔\[［【（(](?:19|20)\d\d[〕\]］】）)]\s?第?\d{1,4}\s?号"
_OPENING = re.compile(
    rf"(?P<letterhead>[\u4e00-\u9fff]{{4,30}}文件\s?)?(?P<above>{_NUMBER}\s?)?"
    r"(?!根据|按照|依据|遵照|贯彻|落实|为|经)(?P<title>[^。；：:，,\n]{8,90}?(?:通知|意见|通报|决定|函|请示|报告|方案|批复))\s?"
    rf"(?P<below>[（(]?\s?{_NUMBER}\s?[）)]?)?\s?"
    r"(?P<to>(?:各(?!项|类|种)|[市县区省州旗]直|[市县区省州旗](?:政府|委)各|有关(?:单位|部门|企业|乡镇|[市县区镇]))[^。；：:\n]{2,200}[：:])"
)
_LINES, _SHORTEST = 4, 40
"""Filled lines at the start among which it is looked for, and characters of a line that may hold it."""


def part_opening(draft: Draft) -> list[Edit]:
    """…的通知（某政发〔2031〕5号）各镇人民政府：现通知如下。 as lines of their own."""
    if draft.format != "txt":
        return []
    for start, end in draft.bodies[:_LINES]:
        found = _OPENING.match(draft.text, start, end) if end - start >= _SHORTEST else None
        if found and draft.is_prose(start):
            places = {found.start(name) for name in ("above", "title", "below", "to") if found[name]} | {found.end("to")}
            return [Edit(place, "", "\n") for place in sorted(places) if start < place < end]
    return []
