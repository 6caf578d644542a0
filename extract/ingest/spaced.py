"""Tables in plain text whose cells stand apart by single blanks, a row on a line, as text that was taken out of a page or a PDF has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Block, Cell, Span

OPENING = re.compile(r"^[ \t\u3000]*(?:序\u3000?号|编号)[ \u3000]", re.MULTILINE)
"""How the head of such a table begins: no text without it holds one."""
_PIECE = re.compile(r"[^ \t\u3000\xa0\n]+(?:(?<=[、，,])[ \t\u3000\xa0\n]+[^ \t\u3000\xa0\n]+)*")
_HEAD = re.compile(r"[\u4e00-\u9fff、/（()）]{2,12}")
_NUMBER = re.compile(r"(\d{1,3})[.．、]?(?=[ \t\u3000])")
_GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[、.．）)][^。；;：: ]{2,30}")
_OWNERS = re.compile(r"[\u4e00-\u9fff、/（()）]*(?:单位|部门|主体|领导|责任人|负责人|科室|处室|股室)(?:[（(][\u4e00-\u9fff、]{1,8}[）)])?")
_TIMES = re.compile(r"[\u4e00-\u9fff]*(?:时限|期限|时间|日期|节点)(?:要求)?")
_HELPERS = re.compile(r"配合|参与|参加|协办|协助|协同")
_BODIES = re.compile(r"[^。；;：:\d]{2,300}")
_MOMENT = re.compile(r"[^。；;：:]{0,12}(?:\d|长期|持续|全年|常态|立即|立行)[^。；;：:]{0,20}")
_SHORT = 14
"""Characters that the name of a task has at most, and a sentence about it more."""
_LONGEST_HEAD = 120
_MOST_LINES = 8
"""Lines of one row."""


def spaced_table(text: str, lines: Sequence[tuple[int, int]], at: int) -> tuple[list[Block], int]:
    """The table whose head is lines[at], and the index of the line behind it; no table where none begins there.

    The head begins with 序号 and ends with columns for who and by when; the rows below it count from 1, also below the name of a group. What stands at a row's right end is told
    by its shape, so that the blanks inside its other cells part nothing.
    """
    if not OPENING.match(text, lines[at][0]) or lines[at][1] - lines[at][0] > _LONGEST_HEAD:
        return [], at
    heads = _heads(text, lines[at])
    names = ["".join(text[slice(*head)].split()) for head in heads]
    right = next((i for i in range(len(names)) if all(map(_is_right, names[i:]))), len(names))
    if right < 2 or not any(map(_OWNERS.fullmatch, names[right:])) or not all(map(_HEAD.fullmatch, names)):
        return [], at
    cells = [Cell(0, c, 1, 1, *head) for c, head in enumerate(heads)]
    end, row, number = at + 1, 1, 1
    while end < len(lines):
        found = _row(text, lines, end, names, right, number)
        if found is None and end + 1 < len(lines) and _GROUP.fullmatch(text, *lines[end]):  # 一、河道 over the rows of a group
            number = next((first for first in (number, 1) if _row(text, lines, end + 1, names, right, first)), 0)
            if number:
                cells.append(Cell(row, 0, 1, 1, *lines[end]))
                row, end = row + 1, end + 1
                continue
        if found is None:
            break
        cells += [Cell(row, c, 1, 1, *span) for c, span in enumerate(found[0])]
        row, end, number = row + 1, found[1], number + 1
    return ([Block("table", lines[at][0], lines[end - 1][1], cells=tuple(cells))], end) if row > 1 else ([], at)


def _is_right(name: str) -> bool:
    return _OWNERS.fullmatch(name) is not None or _TIMES.fullmatch(name) is not None


def _pieces(text: str, line: tuple[int, int]) -> list[Span]:
    return [Span(*piece.span()) for piece in _PIECE.finditer(text, *line)]


def _heads(text: str, line: tuple[int, int]) -> list[Span]:
    """The names of columns; characters set apart (工 作 任 务) are one name."""
    heads: list[Span] = []
    for piece in _pieces(text, line):
        spread = piece.end - piece.start == 1 and heads and len(text[heads[-1].end - 2 : heads[-1].end].strip()) == 1
        if spread:
            heads[-1] = Span(heads[-1].start, piece.end)
        else:
            heads.append(piece)
    return heads


def _row(
    text: str, lines: Sequence[tuple[int, int]], at: int, names: Sequence[str], right: int, number: int
) -> tuple[list[Span], int] | None:
    """The cells of the row of this number that begins with a line, and the index of the line behind it; None where none does."""
    counted = _NUMBER.match(text, lines[at][0])
    if counted is None or int(counted[1]) != number:
        return None
    columns = range(right, len(names))
    pieces: list[Span] = []
    for last in range(at, min(len(lines), at + _MOST_LINES)):
        following = _NUMBER.match(text, lines[last][0]) if last > at else None
        if following is not None and int(following[1]) == number + 1:  # the next row: this one has no cells at its right end
            cells = [Span(*counted.span()), *_told(pieces, text, right - 1)]
            return [*cells, *(Span(cells[-1].end, cells[-1].end) for _ in columns)], last
        pieces = _pieces(text, (counted.end(), lines[last][1]))
        for given in (columns, [column for column in columns if not _HELPERS.search(names[column])]):
            size = len(given)
            values = [text[slice(*piece)] for piece in pieces[-size:]]
            if size and len(pieces) > size and all(map(_fits, [names[column] for column in given], values)):
                behind = dict(zip(given, pieces[-size:], strict=True))
                cells = [Span(*counted.span()), *_told(pieces[:-size], text, right - 1)]
                for column in columns:
                    cells.append(behind.get(column, Span(cells[-1].end, cells[-1].end)))
                return cells, last + 1
    return None


def _fits(name: str, value: str) -> bool:
    """Whether a value may stand below a head of the right end."""
    return (_MOMENT if _TIMES.fullmatch(name) else _BODIES).fullmatch(value) is not None and value[-1] not in "、，,"


def _told(pieces: Sequence[Span], text: str, width: int) -> list[Span]:
    """What is to be done in so many cells: the last one begins with the first sentence, or is the last piece; short ones before it are its names."""
    first = next(
        (i for i, piece in enumerate(pieces) if piece.end - piece.start > _SHORT or text[piece.end - 1] in "。；;"), len(pieces) - 1
    )
    names = list(pieces[:first]) if width > 1 else []
    if len(names) > width - 1:
        names[width - 2 :] = [Span(names[width - 2].start, names[-1].end)] if width > 1 else []
    sentences = Span(pieces[first if names else 0].start, pieces[-1].end)
    begin = names[0].start if names else sentences.start
    return [*[Span(begin, begin)] * (width - 1 - len(names)), *names, sentences]
