"""What a page prints above its article: menus, the points of its navigation, a catalogue, the title told twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.outline.lines import Line
from extract.outline.single_lines import CLOSING, TITLE_LIMIT, Lexicon, ends_in_body, is_menu, is_telling, squeezed, without_mark

_FEWEST_FACTS = 2
_SHORTEST_TITLE = 8
_POINT = re.compile(r"[•·●◆◇▪■□►▶*＊-]\s*(?=\S)")
_LONGEST_POINT = 20
"""Characters of a menu's point."""
_FEWEST_POINTS = 2
_LONGEST_WORD = 10
_OF_SITE = re.compile("(?:走进|魅力|今日|美丽|认识|印象|感知|活力)[\u4e00-\u9fff]{2}")
"""A menu's word with the place's name in it (走进某某)."""
_FEWEST_WORDS = 3


def lines_above(text: str, lines: Sequence[Line], words: Lexicon) -> int:
    """How many of the first lines are the page's and stand above the notice."""
    return _again(text, lines, words) or _above_heading(text, lines, words) or _points(text, lines, words) or _catalogue(text, lines, words)


def _points(text: str, lines: Sequence[Line], words: Lexicon) -> int:
    """How many lines are the points of a menu or a menu in one line, the site's name above them included."""
    points, menu = 0, False
    for i, line in enumerate(lines):
        content = text[line.start : line.end]
        if line.table is not None or len(content) > TITLE_LIMIT or content[-1] in CLOSING:
            return 0
        if (line.kind == "bullet" or _POINT.match(content)) and len(without_mark(content)) <= _LONGEST_POINT:
            points += 1
        elif not points and (_runs_together(content, words) or is_menu(content, words)):
            menu = True
        elif points or menu or not ends_in_body(content, words):
            return i if menu or points >= _FEWEST_POINTS else 0
    return 0


def _runs_together(content: str, words: Lexicon) -> bool:
    """Whether a line is a menu whose words have lost what set them apart (首页走进某某新闻中心政务公开), the site's name before it or not."""
    at, told = max(content.find("首页"), 0), 0
    if at and not ends_in_body(content[:at], words):
        return False
    while at < len(content):
        of_site = _OF_SITE.match(content, at)
        word = of_site.end() - at if of_site else next((n for n in range(_LONGEST_WORD, 1, -1) if content[at : at + n] in words.page), 0)
        if not word:
            return False
        at += word
        told += 1
    return told >= _FEWEST_WORDS


def _above_heading(text: str, lines: Sequence[Line], words: Lexicon) -> int:
    """How many short lines stand before the title's heading, or points of a menu before any title."""
    for i, line in enumerate(lines):
        if line.table is not None or line.end - line.start > TITLE_LIMIT or text[line.end - 1] in CLOSING:
            return 0
        if line.kind != "bullet" and is_telling(squeezed(text[line.start : line.end]), words):
            before = lines[:i]
            headed = line.kind == "heading" and all(other.kind != "heading" for other in before)
            return i if headed or all(other.kind == "bullet" for other in before) else 0
    return 0


def _catalogue(text: str, lines: Sequence[Line], words: Lexicon) -> int:
    """How many lines at the top are the heads of a catalogue, each above its value (索引号 / 011/2031-7 / 发布机构 / …)."""
    told = [text[line.start : line.end].rstrip("：: ") in words.info for line in lines]
    last = next((i for i in range(0, len(told) - 1, 2) if not told[i] or told[i + 1]), len(told) // 2 * 2)
    return last if last >= 2 * _FEWEST_FACTS else 0


def _again(text: str, lines: Sequence[Line], words: Lexicon) -> int:
    """Where a title stands for the second time, with nothing but short lines (the values of a catalogue) before it; else 0."""
    seen: set[str] = set()
    for i, line in enumerate(lines):
        content = text[line.start : line.end]
        if line.table is not None or len(content) > TITLE_LIMIT or content[-1] in CLOSING:
            return 0
        if content in seen and i > 1 and text[lines[i - 1].start : lines[i - 1].end] != content:
            return i
        if len(content) > _SHORTEST_TITLE and is_telling(content, words):
            seen.add(content)
    return 0
