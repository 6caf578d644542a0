"""No text takes a time that grows faster than its length: whole documents of what patterns stumble over, and of the rules' own cues.

`make soak` takes texts of 100,000 and of 1,000,000 characters; the short form takes a tenth of that.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
from typing import TYPE_CHECKING

import pytest
import regex

import extract
from extract import rulebook
from tests.conftest import ROOT
from tests.growth import SQUARE, growth

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.pipeline import Converted
    from extract.rulebook import Rule

LONG = bool(os.environ.get("TAIZHANG_SOAK"))
MOST = 15 if LONG else SQUARE
"""The bound of the long form; the short one, whose times are small, tells the square (100) from proportion (10)."""
FILLERS = ("1", "一", "年", "（", "、", "要", " ", ".")
_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")
UNITS = (
    *("1", "一", "年", "（", "、", "要", " ", ".", "）（", "》《", "占", "\n"),
    *(
        "1一年（、要 .",
        "1、",
        "一是",
        "第一，",
        "（一）",
        "责任单位：",
        "新建3座，",
        "占3%、",
        "2031年",
        "百分之",
        "市水务局牵头。",
        "局、",
        "各县、市、区",
        "各县。市，区",
        "\n相关新闻",
        "\n出席：市水务局\n丁一，县水务局\n丁二，",
        "\n| 指标 | 2031年目标 |\n| --- | --- |\n| 绿化率（%） | 3 |\n",
    ),
)


def grown(read: Callable[[str], object], unit: str, name: str) -> None:
    sizes = (100_000, 1_000_000) if LONG else (4_000, 40_000)
    found = growth(read, unit, sizes, MOST)
    if LONG:
        print(f"{name}: {found:.1f}", file=sys.__stderr__)
    assert found < MOST


@pytest.mark.parametrize("unit", UNITS, ids=[unit.encode("unicode_escape").decode() for unit in UNITS])
def test_whole_documents(unit: str, read: Callable[[str], Converted]) -> None:
    grown(lambda text: read(f"甲{text}乙。"), unit, repr(unit))


@pytest.mark.parametrize(
    ("before", "unit", "after"),
    [
        ("关于清淤的通知\n现通知如下。\n", "友情链接\n", ""),
        ("| 索引号 | 1 |\n| --- | --- |\n| 名称 | ", "字", " |\n关于清淤的通知\n现通知如下。\n"),
        ("某县人民政府专题会议纪要\n会议听取了清淤情况的汇报。", "清淤3处，", "。"),
        ("市长热线受理情况\n其中", "来信3件\n", ""),
        ("", "1、清淤。3、修堤。", ""),
        ("某县整治工作方案\n一、任务\n县政府高度重视，", "专题", "。"),
        ("某县整治工作方案\n一、任务\n经县水务局", "按照甲甲要求", "甲。"),
        ("某县整治工作方案\n一、任务\n县水务局会同", "合理切实须", "。"),
        ("某县整治工作方案\n一、任务\n县水务局", "多渠道同时", "督查。"),
        ("某县整治工作会议纪要\n出席：", "分管", "\n"),
    ],
    ids=[
        "links below the end",
        "a cell of a catalogue",
        "what a meeting heard",
        "counts without a mark",
        "gaps in a list",
        "how seriously",
        "by what is worked",
        "with whom",
        "who inspects",
        "a piece of a list of names",
    ],
)
def test_a_unit_in_its_place(before: str, unit: str, after: str, read: Callable[[str], Converted]) -> None:
    grown(lambda text: read(before + text + after), unit, repr(unit))


def _patterns() -> dict[str, regex.Pattern[str]]:
    """Every pattern of the program and of the rules, by its source; those of `re` are compiled anew, since only `regex` can be stopped."""
    found: dict[str, regex.Pattern[str]] = {}
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, re.Pattern | regex.Pattern) and isinstance(value.pattern, str):
                    flags = value.flags & ~re.UNICODE if isinstance(value, re.Pattern) else value.flags
                    found.setdefault(value.pattern, regex.compile(value.pattern, flags))
    return found | {rule.source: rule.pattern for rule in rulebook.load(ROOT / "rules").rules}


def test_no_pattern_reads_a_short_text_in_many_ways() -> None:
    """必须 that is also 必 and 须 makes a million ways of a run of twenty. What a sentence may cost is so little that no clock is asked."""
    slow = []
    for source, pattern in _patterns().items():
        words = dict.fromkeys([*_WORD.findall(source), *FILLERS])
        for text in [f"甲{word * 30}{end}" for word in words for end in "a乙"]:
            try:
                for read in (pattern.search, pattern.fullmatch):
                    read(text, timeout=1.0)
            except TimeoutError:
                slow.append((source[:60], text[:8]))
                break
    assert slow == []


def _by(count: int) -> list[list[Rule]]:
    rules = rulebook.load(ROOT / "rules").rules
    return [list(rules[place : place + count]) for place in range(0, len(rules), count)]


@pytest.mark.parametrize("rules", _by(1 if LONG else 16), ids=lambda rules: rules[0].id)
def test_cues_of_every_rule(rules: list[Rule], read: Callable[[str], Converted]) -> None:
    """The cues of a rule, or of some, each with all that patterns stumble over."""
    cues = [cue for rule in rules for cue in rule.cues or ("",)]
    unit = "".join(f"{cue}{filler * 3}" for number, cue in enumerate(cues) for filler in FILLERS[number % 3 :: 1 if LONG else 3])
    sizes = (20_000, 200_000) if LONG else (4_000, 40_000)
    assert growth(lambda text: read(f"甲{text}乙"), unit[: sizes[0]], sizes, SQUARE) < SQUARE
