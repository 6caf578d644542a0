"""Fixer of lost line ends: a sentence cut by a line or page end is joined, a new item is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.model import Edit
from extract.repair.draft import Draft
from extract.repair.pages import PAGE_END

_EDGES = " \t\u3000\xa0\f"
_CLOSED = frozenset("。！？；：!?;:.…")
_CONTINUES = frozenset("，。；、：！？）》」』】〕”’%％℃‰,;")
_OPENING = frozenset("（(《〈“‘「『【〔")
_COMMAS = frozenset("，、,")
_PAIRS = {"（": "）", "《": "》", "“": "”", "(": ")", "〔": "〕", "「": "」"}

_NEW = re.compile(
    r"[（(【\[]?[一二三四五六七八九十百零〇]{1,4}[）)、.．】\]]|第[一二三四五六七八九十百零〇\d]{1,5}[条章节项篇部分类步点]|[（(]\d{1,3}[）)]|\d{1,3}(?:\.\d{1,2}){0,3}[.．、)）](?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000\t]+\S|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|[一二三四五六七八九十]{1,2}(?:是|要|、)"
    r"|[-–](?!\d)|[*·][ \u3000\t]|[•●◆■▪#|☆★※◇□○]|—[—\s]"
    r"|附件|附表|附[：:]|抄送|主送|报送|注[：:]|[^\s，。；：:、（）()]{1,12}(?:（[^（）]{1,8}）)?[：:]|https?://|[（(]此件|[（(]注|【|---"
)
_DATE_LINE = re.compile(
    r"(?:19|20|[二一])[\d〇○Oo零一二三四五六七八九]{1,3}\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*(?:[月./-]\s*(?:[\d一二三四五六七八九十]{1,3}\s*日?)?)?"
)
_SENTENCE = re.compile(r"[，。；、,;：:]")
_COMMA_OR_STOP = re.compile(r"[，。；,;]")
_CUT_NUMBER = re.compile(r"[^\s\d。；;：:.]\d{1,6}\.$")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}$")
_FULL_STOP = re.compile(r"[。；！？]")

_LONG = 24
"""Characters from which a line without a closing mark may be half a sentence rather than a title."""
_NARROWEST, _WIDEST = 14, 64
"""Widths, in Han characters, that a page may be wrapped at (GB/T 9704: 28)."""
_WRAPPED_LINES = 6
"""Lines a text must have before its line length tells anything."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: its text without edges, where that stands, the room it takes in Han characters with its indentation,
    whether it may be joined at all, and what lies before it."""

    body: str
    start: int
    end: int
    room: int
    indented: bool
    joinable: bool
    after_page: bool
    after_blank: bool


def join_lines(draft: Draft) -> list[Edit]:
    """Line ends inside a sentence, also over empty lines and page ends, also inside a word or number, are taken out.

    In a text wrapped at a fixed width a full line goes on in the next; elsewhere only a long line of prose that ends openly does. Items,
    headings, field heads (责任单位：), signatures, dates and tables are never joined to what stands before them. A false join is worse
    than a missed one.
    """
    if "\n" not in draft.text:
        return []
    lines = _read(draft)
    width = _wrap_width(lines)
    indents = width > 0 and _uses_indents(lines)
    edits: list[Edit] = []
    run = 0  # where the line that is being joined to begins, in `lines`
    for i in range(1, len(lines)):
        above, below = lines[i - 1], lines[i]
        if _belongs(above, below, width, indents, draft.format, lines[run]):
            gap = draft.text[above.end : below.start]
            edits.append(Edit(above.end, gap, " " if _both_latin(above.body, below.body) else ""))
        else:
            run = i
    return edits


def _read(draft: Draft) -> list[_Line]:
    lines: list[_Line] = []
    page = blank = False
    for start, end in draft.lines:
        line = draft.text[start:end]
        body = line.strip(_EDGES)
        if not body:
            page |= PAGE_END in line
            blank = True
            continue
        lead = len(line) - len(line.lstrip(_EDGES))
        block = draft.block_at(start + lead)
        fixed = block is not None and (block.kind in ("table", "heading"))
        lines.append(
            _Line(
                body,
                start + lead,
                start + lead + len(body),
                _breadth(body) + 2 * (lead > 0),
                lead > 0,
                not fixed,
                page or PAGE_END in line[:lead],
                blank,
            )
        )
        page, blank = PAGE_END in line[lead:], False
    return lines


def _belongs(above: _Line, below: _Line, width: int, indents: bool, name: str, first: _Line) -> bool:
    """Whether `below` goes on with the sentence of `above`."""
    if not above.joinable or not below.joinable:
        return False
    a, b = above.body, below.body
    if b[0] in _CONTINUES:
        return len(a) >= 4 and a[-1] not in _CLOSED
    if width and _is_full(above, width) and _CUT_NUMBER.search(a) and b[0].isdigit():
        return True
    if _NEW.match(b) or _DATE_LINE.fullmatch(b) or (a[-1] in _CLOSED and not (indents and not below.indented and _is_full(above, width))):
        return False
    if _closes_quote(a) or a.endswith(("--", "——")):
        return False
    if width and not below.after_blank:
        return _is_full(above, width) and not (indents and below.indented) and (indents or not _may_be_title(above, first))
    if _is_open_pair(a, b):
        return True
    if name == "html" and not below.after_page:
        return a[-1] in _COMMAS and len(a) >= _LONG and _is_prose(b)
    return _cut_prose(above, below)


def _may_be_title(line: _Line, first: _Line) -> bool:
    """Whether a full line without a mark of prose, which opens its paragraph, may be a heading or the title."""
    if line is not first or _COMMA_OR_STOP.search(line.body):
        return False
    return line.start == 0 or line.body[-1] == "》" or _NEW.match(line.body) is not None or _CLOCK.search(line.body) is not None


def _cut_prose(above: _Line, below: _Line) -> bool:
    a, b = above.body, below.body
    if not _is_prose(b) and not (below.after_page and len(b) > 3):
        return False
    if a[-1] in _COMMAS:
        return len(a) >= 6
    if not _is_prose(a) or len(a) < (15 if below.after_page else _LONG):
        return False
    if below.after_page:
        return True
    if len(a) >= _LONG + _LONG // 2 and not below.after_blank and b[-1] in _CLOSED and not below.indented:
        return True
    stop = _FULL_STOP.search(a)
    return (stop is not None and stop.end() < len(a) and not below.indented) or len(a) >= 4 * _LONG


def _is_prose(body: str) -> bool:
    return _SENTENCE.search(body) is not None


def _closes_quote(body: str) -> bool:
    """Whether the line ends a quoted sentence: ……。”"""
    return len(body) > 1 and body[-1] in "”’》）)」』】" and (body[-2] in _CLOSED)


def _is_open_pair(above: str, below: str) -> bool:
    """Whether a bracket or title opened in the one line is closed in the next."""
    if above[-1] in _OPENING:
        return True
    for opening, closing in _PAIRS.items():
        at = above.rfind(opening)
        if at > above.rfind(closing):
            end = below.find(closing)
            if end >= 0 and below.find(opening, 0, end) < 0 and _FULL_STOP.search(above, at) is None and len(above) - at + end < 60:
                return True
    return False


def _is_full(line: _Line, width: int) -> bool:
    return line.room >= width - 3


def _breadth(body: str) -> int:
    """The room a line takes, in Han characters; ASCII takes half."""
    wide = (len(body.encode("utf-8", "surrogatepass")) - len(body)) // 2  # ASCII is one byte, Han and its marks three
    return wide + (len(body) - wide) // 2


def _wrap_width(lines: list[_Line]) -> int:
    """The width that the text was wrapped at, in Han characters, or 0: most lines that end openly end near the longest."""
    if len(lines) < _WRAPPED_LINES:
        return 0
    if max(len(line.body) for line in lines) > 2 * _WIDEST:
        return 0
    breadths = [line.room for line in lines]
    widest = sorted(breadths)[-max(1, len(breadths) // 20)]
    if not _NARROWEST <= widest <= _WIDEST or max(breadths) > widest + 6:
        return 0
    full = sum(1 for breadth in breadths if breadth >= widest - 3)
    open_lines = [
        breadth
        for breadth, line in zip(breadths, lines, strict=True)
        if line.joinable and line.body[-1] not in _CLOSED and line.body[-1] not in "”）》"
    ]
    open_full = sum(1 for breadth in open_lines if breadth >= widest - 3)
    return widest if full >= max(3, len(lines) // 3) and open_full * 2 >= len(open_lines) else 0


def _uses_indents(lines: list[_Line]) -> bool:
    indented = sum(1 for line in lines if line.indented)
    return 0 < indented < 0.8 * len(lines)


def _both_latin(above: str, below: str) -> bool:
    return above[-1].isascii() and above[-1].isalpha() and below[0].isascii() and below[0].isalpha()
