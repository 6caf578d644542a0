"""Which rows of a sheet are tables, and which are lines of text above, between and below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal

from extract.ingest.remerge import Place, is_aside

_NOTE = re.compile(r"[（(]?\s*(?:注|说明|備註|备注|填表|填报)")
_HEAD = re.compile(
    r"序\s?号|编\s?号|项\s?次|(?:.{0,12})(?:单位|名称|项目|内容|任务|措施|目标|问题|时限|时间|日期|指标|地区|县区|备注|情况|类别|事项|责任人|数|率)"
)
"""What stands in the first cells of a head."""
_LONGEST_HEAD = 14
_LONG, _CLOSED = 40, tuple("。；;：:")
"""From so many characters, or with such an end, a lone cell is text; a shorter one may name a group of rows."""
_DAY = re.compile(r"(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?")

Rows = Mapping[int, Mapping[int, str]]
_Kind = Literal["row", "text", "title", "lone"]


def stretches(rows: Rows, merged: Mapping[Place, Place]) -> Iterator[tuple[bool, list[int]]]:
    """The rows by their numbers, in order, as stretches: whether each is a table, and its rows.

    rows: the texts of filled cells by row and column; merged: ranges, by their first cell, the last.
    """
    order = sorted(rows)
    widest = max(map(len, rows.values()), default=0)
    first = 0
    while first < len(order) and (len(rows[order[first]]) == 1 or is_aside(rows[order[first]].values(), widest)):
        first += 1
    yield False, order[:first]
    body = order[first:]
    left = min((column for row in body for column in rows[row]), default=0)
    width = len({column for row in body for column in rows[row]})
    kinds: list[_Kind] = []
    reach = 0
    for row in body:
        kinds.append("row" if reach >= row else _kind_of(rows[row], row, merged, left, width))
        reach = max(reach, *(merged.get((row, column), (row, column))[0] for column in rows[row]))
    yield from _parted(rows, body, kinds)


def _parted(rows: Rows, body: list[int], kinds: list[_Kind]) -> Iterator[tuple[bool, list[int]]]:
    """The stretches of what begins with a table: lines end it that are text, or that its end or another head follows; others name groups."""
    table: list[int] = []
    for is_line, numbers in groupby(range(len(body)), key=lambda at: kinds[at] != "row"):
        stretch = [*numbers]
        here, told = [body[at] for at in stretch], {kinds[at] for at in stretch}
        following = body[stretch[-1] + 1 :][:1]
        ended = "text" in told or (_is_head(rows[following[0]]) if following else "title" in told)
        if is_line and ended:
            yield True, table
            yield False, here
            table = []
        else:
            table += here
    yield True, table


def _kind_of(cells: Mapping[int, str], row: int, merged: Mapping[Place, Place], left: int, width: int) -> _Kind:
    """What a row is by itself: one of a table; text, which are facts, notes, days and what is long; a cell over most of the table; a lone cell at its left."""
    if len(cells) != 1:
        return "text" if is_aside(cells.values(), width) else "row"
    column, text = next(iter(cells.items()))
    end = merged.get((row, column), (row, column))[1]
    across = (end - column + 1) * 2 > width
    if _NOTE.match(text) or ((across or column <= left) and (len(text) > _LONG or text.endswith(_CLOSED) or _DAY.fullmatch(text))):
        return "text"
    return "title" if across else "lone" if column <= left else "row"


def _is_head(cells: Mapping[int, str]) -> bool:
    """Whether a row is the head of a table: short words without figures, half of them such as heads are."""
    texts = ["".join(text.split()) for text in cells.values()]
    if len(texts) < 2 or any(len(text) > _LONGEST_HEAD or text.isdigit() or text.endswith(_CLOSED) for text in texts):
        return False
    return 2 * sum(1 for text in texts if _HEAD.fullmatch(text)) >= len(texts)
