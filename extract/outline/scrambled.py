"""Marks of a run-on text whose signs were lost or taken for others: 一,工作目标… 二.主要任务… 三 工作要求…"""

from __future__ import annotations

import re

_LONG = 300
_SIGNS = 3
_FEWEST = 2
_ODD = re.compile(r"(?<=[\u4e00-\u9fff])[.．](?=\s?[\u4e00-\u9fff])")
"""A point between two characters, where Chinese print has none."""
_REGULAR = re.compile(r"(?<![\u4e00-\u9fff])[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_MARK = re.compile(r"(?<=[。.．，,、;；:：\s])(?P<number>[一二三四五六七八九十]{1,3})\s?[,，.．、 ]\s?(?=[\u4e00-\u9fff]{2,12}(?!\s?[、]))")
_NUMBERS = ("", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十")


def scrambled_marks(text: str, start: int, end: int) -> list[tuple[int, int, int, bool]]:
    """Start and end of each mark of the line's lists, its number, and whether it is one of a list inside another (（一） without its brackets).

    Only where a long line has odd signs and no regular marks; a list counts from its first mark on, each next one by its number.
    """
    if end - start < _LONG or _REGULAR.search(text, start, end):
        return []
    odd = _ODD.finditer(text, start, end)
    if any(next(odd, None) is None for _ in range(_SIGNS)):
        return []
    found = [
        (match.start(), match.start() + len(match[0].rstrip()), _NUMBERS.index(match["number"]))
        for match in _MARK.finditer(text, start, end)
        if match["number"] in _NUMBERS
    ]
    marks: list[tuple[int, int, int, bool]] = []
    last = [0, 0]
    for begin, stop, number in found:
        inner = number == last[1] + 1 if last[1] else number == 1 and last[0] > 0
        if not inner and number != last[0] + 1:
            continue
        if not inner:
            last[1] = 0
        last[inner] = number
        marks.append((begin, stop, number, inner))
    return marks if last[0] >= _FEWEST else []
