"""Tables whose cells stand one below the other, a line each, as pages leave them that lost their tables on the way to text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Block, Cell, Span

OPENING = re.compile(r"^[ \t\u3000]*(?:序[ \u3000]?号?|编号|项次|任务序号|任务编号)(?:[ \t\u3000|｜]|$)", re.MULTILINE)
"""How the head of such a table begins: no text without it holds one."""
_COUNT = re.compile(r"序[ \u3000]?号?|编号|项次|任务序号|任务编号")
_PIECE = re.compile(r"[^ \t\u3000\xa0|｜\n]+")
_HEAD = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff、/（()） \u3000]{1,13}")
_TASK = re.compile("任务|职责|问题|措施|项目|事项|目标|内容|工作|名称|实事|要求|要点|指标|建议|提案|清单|举措")
_OWNERS = re.compile(r"(?:单位|部门|主体|领导|责任人|负责人|科室|处室|股室|牵头|配合)(?:[（(][\u4e00-\u9fff、]{1,8}[）)])?$")
_TIMES = re.compile(r"(?:时限|期限|时间|日期|节点)(?:要求)?$")
_NOTES = re.compile("备注|说明|附注|备考")
_NUMBER = re.compile(r"[（(]?(\d{1,3})[）).．、]?")
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}(?:[、.．]|[）)]、?)[^。；;：:]{2,30}")
_ITEM = re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]是|[（(][一二三四五六七八九十]{1,3}[）)]")
_OUTSIDE = re.compile(r"(?:注|备注|说明)\s?[：:]|附件|[【\[]|主办|来源|上一[篇条]|下一[篇条]|[^\n。]{0,60}第\s?\d{1,3}\s?页")
"""What stands below a table, or where a page ends between its rows."""
_PAGE = re.compile(r"[^\n。]{0,60}第\s?\d{1,3}\s?页|[-—－ ]{0,3}\d{1,3}[-—－ ]{0,3}$")
_MOMENT = re.compile(r"[^。；;：:]{0,12}(?:\d|长期|持续|全年|常态|立即|立行)[^。；;：:]{0,20}")
_LEAST_HEADS, _MOST_HEADS = 3, 12
_MOST_MORE = 16
"""Lines that a row has more than columns, where its cells have paragraphs."""

Line = tuple[int, int]


def stacked_table(text: str, lines: Sequence[Line], at: int) -> tuple[list[Block], int]:
    """The table whose head begins with lines[at], and the index of the line behind it; no table where none begins there.

    The head begins with 序号, its words in one line or a line each; a row begins with its number alone in a line and has a line for each cell.
    Where a row has more lines, a cell has paragraphs: the items that it counts, else the last of those that tell what is to be done.
    """
    heads, first = _heads(text, lines, at)
    names = [text[slice(*head)] for head in heads]
    if not heads or not any(map(_TASK.search, names)):
        return [], at
    cells = [Cell(0, c, 1, 1, *head) for c, head in enumerate(heads)]
    end, row, number = first, 1, _number(text, lines, first) or _number(text, lines, first + 1)
    counted = 0
    close = True
    while end < len(lines):
        if _number(text, lines, end) != number:
            if resumed := _resumed(text, lines, end, lines[at:first]):
                end = resumed
                continue
            following = _number(text, lines, end + 1)
            if following not in (number, 1) or not following or not _GROUP.fullmatch(text, *lines[end]):
                break
            cells.append(Cell(row, 0, 1, 1, *lines[end]))
            row, end, number = row + 1, end + 1, following
            continue
        behind = _behind(text, lines, end, len(heads), number, close=close and counted > 0)
        placed = _placed(text, lines[end + 1 : behind], names)
        if not placed:
            break
        cells += [Cell(row, 0, 1, 1, *lines[end]), *(Cell(row, c, 1, 1, *span) for c, span in placed)]
        close = close and all(text.count("\n", lines[i][1], lines[i + 1][0]) == 1 for i in range(end, behind - 1))
        row, end, number, counted = row + 1, behind, number + 1, counted + 1
    return ([Block("table", lines[at][0], lines[end - 1][1], cells=tuple(cells))], end) if counted > 1 else ([], at)


def names_tasks(heads: Sequence[str]) -> bool:
    """Whether the words of a head are those of a table that says what is to be done and by whom."""
    return any(map(_TASK.search, heads)) and any(map(_OWNERS.search, heads))


def _heads(text: str, lines: Sequence[Line], at: int) -> tuple[list[Span], int]:
    """The words of the head and the index of the line behind it; none where no head begins or nothing that counts follows."""
    first = _PIECE.search(text, *lines[at])
    if first is None or _COUNT.fullmatch(first[0]) is None:
        return [], at
    pieces = [Span(*piece.span()) for piece in _PIECE.finditer(text, *lines[at])]
    whole = _COUNT.fullmatch(text, *lines[at]) is not None
    end = at + 1
    if whole:
        pieces = [Span(*lines[at])]
        while (
            end < len(lines)
            and len(pieces) <= _MOST_HEADS
            and _HEAD.fullmatch(text, *lines[end])
            and not _GROUP.fullmatch(text, *lines[end])
        ):
            pieces.append(Span(*lines[end]))
            end += 1
    if not _LEAST_HEADS <= len(pieces) <= _MOST_HEADS or not all(_HEAD.fullmatch(text, *piece) for piece in pieces[1:]):
        return [], at
    grouped = end < len(lines) and _GROUP.fullmatch(text, *lines[end])
    return (pieces, end) if _number(text, lines, end + bool(grouped)) else ([], at)


def _resumed(text: str, lines: Sequence[Line], at: int, head: Sequence[Line]) -> int:
    """The index of the line behind a head that is printed anew where a page begins, below a running line or none; 0 where none is."""
    names = [text[slice(*line)] for line in head]
    for start in (at, at + 1):
        if [text[slice(*line)] for line in lines[start : start + len(names)]] == names and (start == at or _PAGE.match(text, *lines[at])):
            return start + len(names)
    return 0


def _number(text: str, lines: Sequence[Line], at: int) -> int:
    """The number that fills a line; 0 for none."""
    counted = _NUMBER.fullmatch(text, *lines[at]) if at < len(lines) else None
    return int(counted[1]) if counted else 0


def _behind(text: str, lines: Sequence[Line], at: int, width: int, number: int, *, close: bool) -> int:
    """The index of the line behind the row that begins with a line: where the next number stands, soonest at its full width; a group's name,
    a head or what stands below a table ends it too. `close`: no empty lines stand inside the rows, so that one ends the last of them."""
    if _number(text, lines, at + width) == number + 1:
        return at + width
    for end in range(at + 1, min(len(lines), at + width + _MOST_MORE)):
        if _number(text, lines, end) == number + 1 and end > at + 1:
            return end
        if close and text.count("\n", lines[end - 1][1], lines[end][0]) > 1:
            return end
        grouped = _GROUP.fullmatch(text, *lines[end]) and _number(text, lines, end + 1) in (number + 1, 1)
        if grouped or _OUTSIDE.match(text, *lines[end]) or OPENING.match(text, *lines[end]):
            return end
    return min(len(lines), at + width)


def _placed(text: str, cells: Sequence[Line], names: Sequence[str]) -> list[tuple[int, Span]]:
    """The cells of a row with their columns; none where its lines do not fit the head."""
    width = len(names) - 1
    right = next((i for i in range(1, len(names)) if all(map(_is_right, names[i:]))), len(names))
    more = len(cells) - width
    if more > 0:
        told = range(len(cells) - (len(names) - right))
        first = next((i for i in told if _ITEM.match(text, *cells[i])), max(0, right - 2))
        last = min(first + more, len(cells) - 1)
        cells = [*cells[:first], (cells[first][0], cells[last][1]), *cells[last + 1 :]]
    placed: list[tuple[int, Span]] = []
    column = 1
    for cell in cells:
        while column <= width and len(cells) < width and not _fits(names[column], text[slice(*cell)]):
            column += 1
        if column > width:
            return []
        placed.append((column, Span(*cell)))
        column += 1
    return placed


def _is_right(name: str) -> bool:
    return any(kind.search(name) for kind in (_OWNERS, _TIMES, _NOTES))


def _fits(name: str, value: str) -> bool:
    """Whether a value may stand below a head, where cells of the row are missing."""
    if _TIMES.search(name):
        return _MOMENT.fullmatch(value) is not None
    return not (_OWNERS.search(name) and (value[-1] in "。；;" or value[0].isdigit()))
