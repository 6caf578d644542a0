"""Fixer of lost line ends: a sentence cut by a line or page end is joined, a new item is not."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from extract.model import Edit
from extract.repair.draft import Draft
from extract.repair.pages import PAGE_END

_WHOLE = frozenset(("html", "mht", "docx", "doc", "wps", "rtf", "odt", "wordml", "xlsx", "xls", "ods", "sheetml", "csv"))
"""Formats whose paragraphs are whole."""
_CLOSED = frozenset("。！？；：!?;:.…")
_CONTINUES = frozenset("，。；、：！？）》」』】〕”’%％℃‰,;")
_OPENING = frozenset("（(《〈“‘「『【〔")
_ENDS = _CLOSED | frozenset("”）》")
_COMMAS = frozenset("，、,")
_PAIRS = {"（": "）", "《": "》", "“": "”", "(": ")", "〔": "〕", "「": "」"}

_NEW = re.compile(
    r"[（(【\[]?[一二三四五六七八九十百零〇]{1,4}[）)、.．】\]]|第[一二三四五六七八九十百零〇\d]{1,5}[条章节项篇部分类步点]|[（(]\d{1,3}[）)]|\d{1,3}(?:\.\d{1,2}){0,3}[.．、)）](?!\d)"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000\t]+(?!\d{3}(?!\d))\S|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|[一二三四五六七八九十]{1,2}(?:是|要|、)"
    r"|[-–](?!\d)|[*·][ \u3000\t]|[•●◆■▪#|☆★※◇□○]|—[—\s]"
    r"|各[^。；]{1,120}(?:政府|党委|部门|单位|机构|[局委办厅]|公司|街道|管委会)[：:]$|附件|附表|附[：:]|[（(](?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日[^。；]{0,16}[）)]$|抄送|主送|报送|注[：:]|https?://|[（(]此件|[（(]注|【|---"
)
_HEAD = re.compile(r"[^\s，。；：:、（）()]{1,12}(?:（[^（）]{1,8}）)?[：:]")
"""What opens a field (责任单位：), unless the line goes on with one that had no room for it."""
_ROLL = re.compile(
    r"(?:主[ \u3000]*持|出[ \u3000]*席|列[ \u3000]*席|参[ \u3000]*[加会]|请[ \u3000]*假|缺[ \u3000]*席|记[ \u3000]*录)[ \u3000]*(?:人[ \u3000]*员|单[ \u3000]*位|领导|人)?(?:[：:]|[ \u3000])"
    r"|(?:新闻)?(?:发布|发言|主讲|汇报|通报)人[ \u3000]*[：:]"
)
"""The head of a list of who was there or took it down, set wide perhaps (记　录：)."""
_DATE_LINE = re.compile(
    r"(?:19|20|[二一])[\d〇○Oo零一二三四五六七八九]{1,3}\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*(?:[月./-]\s*(?:[\d一二三四五六七八九十]{1,3}\s*日?)?)?"
)
_SIGNED = re.compile(
    rf"[\u4e00-\u9fff]{{2,40}}(?:局|办|办公室|政府|委|委员会|小组|指挥部|中心|厅|会|院|部|专班|公司)\s*{_DATE_LINE.pattern}"
)
_TIME_LINE = re.compile(
    r"(?:(?:https?://|www\.)\S+\s*)?(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s[^，。；]{0,30})?"
)
"""A page's line of its address and the time, or of the time and the source."""
_SENTENCE = re.compile(r"[，。；、,;：:]")
_COMMA_OR_STOP = re.compile(r"[，。；,;]")
_NUMBER_LINE = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(【](?:19|20)\d\d[〕\]）)】]第?\d{1,4}号")
"""The number of the document, which stands below its title by itself."""
_CUT_NUMBER = re.compile(r"[^\s\d。；;：:.]\d{1,6}\.$")
_MONTH = re.compile(r"\d{1,2}月")
_UNBROKEN = re.compile(r"[（(“《]?[A-Za-z0-9][A-Za-z0-9.,/·\-]*[）)”%％，。、；：]*")
_SHORTEST_WORD = 3
"""Characters of a word that is not broken by a line end."""
_COLUMNS = re.compile(r"[\u4e00-\u9fff]{2,6}[ \u3000]{2,}\S")
"""What a line set out in columns begins with: 索引号　…"""
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}$")
_GAP = re.compile(r"[ \u3000\xa0]{2}|[：:]\s?[^\s，。；：:]{1,20}\s[\u4e00-\u9fff]{2,8}[：:]")
_FULL_STOP = re.compile(r"[。；！？]")

_LONG = 24
"""Characters from which a line without a closing mark may be half a sentence rather than a title."""
_SHORTEST = 15
"""Characters from which a line may be the half of a sentence that a page end cuts."""
_NARROWEST, _WIDEST = 14, 64
"""Widths, in Han characters, that a page may be wrapped at (GB/T 9704: 28)."""
_MEASURED = frozenset({"pdf", "ofd"})
"""Formats whose readers measure where a line begins, so that an indentation is the first line of a paragraph."""
_WRAPPED_LINES = 6
"""Lines a text must have before its line length tells anything."""


class _Line(NamedTuple):
    """A line that is not empty: its text without edges, where that stands, and the characters of its lead: 2 for an indentation, 1 for a
    lone space, which stood inside the sentence that was cut, else 0."""

    body: str
    start: int
    end: int
    lead: int

    @property
    def indented(self) -> bool:
        return self.lead > 1


class _Page(NamedTuple):
    """What holds of all lines: the width they were wrapped at, 0 where none shows; whether paragraphs are told by their indentation; the
    number of characters they were wrapped at, where it is that and not the room which is the same for most."""

    draft: Draft
    width: int
    indents: bool
    columns: int = 0

    def joinable(self, line: _Line) -> bool:
        """Tables and headings are what they are."""
        block = self.draft.block_at(line.start) if self.draft.has_structure else None
        return block is None or block.kind not in ("table", "heading")

    def is_full(self, line: _Line) -> bool:
        return _room(line) >= self.width - 3 or (self.columns > 0 and _count(line) >= self.columns - 1)

    def is_cut(self, line: _Line, below: str) -> bool:
        """Whether a line that is nearly full ends where no line ends by itself: behind a comma, or inside a number (20|31年) or a date (2031年|5月)."""
        in_date = line.body[-1] == "年" and line.body[-2:-1].isdigit() and _MONTH.match(below) is not None
        open_end = line.body[-1] in _COMMAS or (line.body[-1].isdigit() and below[0].isdigit()) or in_date
        return open_end and _room(line) * 4 >= self.width * 3

    def is_open(self, line: _Line) -> bool:
        """Whether a line of prose that is nearly full ends without a mark."""
        return line.body[-1] not in _ENDS and _is_prose(line.body) and _room(line) * 4 >= self.width * 3

    def had_no_room(self, line: _Line, below: str) -> bool:
        """Whether the line ends early because the word that opens the next one is not broken: 颗粒物|（PM2.5）, 提升至|93.5%."""
        word = _UNBROKEN.match(below)
        if word is None or word.end() < _SHORTEST_WORD:
            return False
        return _room(line) + _breadth(word[0]) > self.width - 1 or (self.columns > 0 and _count(line) + word.end() > self.columns)


def join_lines(draft: Draft) -> list[Edit]:
    """Line ends inside a sentence, also over empty lines and page ends, also inside a word or number, are taken out.

    In a text wrapped at a fixed width a full line goes on in the next; elsewhere only a long line of prose that ends openly does. Items,
    headings, field heads (责任单位：), signatures, dates and tables are never joined to what stands before them. A false join is worse
    than a missed one.
    """
    lines = _read(draft)
    wrapped = len(lines) >= _WRAPPED_LINES and max([line.end - line.start for line in lines]) <= 2 * _WIDEST
    width = _wrap_width(lines, draft) if wrapped else 0
    count = _wrap_count(lines, draft) if wrapped else 0
    width = width or (max(map(_room, lines)) if count else 0)
    page = _Page(draft, width, width > 0 and _uses_indents(lines), count)
    edits: list[Edit] = []
    first = None  # the line that is being joined to
    for above, below in pairwise(lines):
        if not width and (above.body[-1] in _CLOSED or (below.body[0] not in _CONTINUES and not _may_go_on(above.body))):
            first = None  # the commonest cases, told at once
            continue
        first = first or above
        if _belongs(above, below, page, first):
            gap = draft.text[above.end : below.start]
            edits.append(Edit(above.end, gap, " " if _both_latin(above.body, below.body) else ""))
        else:
            first = None
    return edits


def _read(draft: Draft) -> list[_Line]:
    lines: list[_Line] = []
    text, done = draft.text, 0
    for start, end in draft.bodies:
        white = text[done:start]
        lines.append(_Line(text[start:end], start, end, 0 if white == "\n" else _lead(white.rpartition("\n")[2])))
        done = end
    return lines


def _lead(white: str) -> int:
    """The characters that the white space before a line is taken for; as wide as one Han character at least, it is an indentation."""
    return 2 if len(white) > 1 or white in ("\u3000", "\t") else len(white)


def _belongs(above: _Line, below: _Line, page: _Page, first: _Line) -> bool:
    """Whether `below` goes on with the sentence of `above`."""
    a, b = above.body, below.body
    continues = b[0] in _CONTINUES
    closed = a[-1] in _CLOSED
    if continues and (closed or len(a) < 4):
        return False
    if not page.joinable(above) or not page.joinable(below) or (below.indented and page.draft.format in _MEASURED):
        return False
    flush = page.indents and not below.indented  # a paragraph would begin with an indentation
    full = page.width > 0 and (
        page.is_full(above) or page.is_cut(above, b) or page.had_no_room(above, b) or (flush and page.is_open(above))
    )
    if continues or (full and b[0].isdigit() and _CUT_NUMBER.search(a)):
        return True
    if closed and not (full and flush):
        return False
    if (
        above.body[-1] == "摄"
        or _COLUMNS.match(a)
        or _NEW.match(b)
        or _ROLL.match(b)
        or _DATE_LINE.fullmatch(b)
        or _NUMBER_LINE.fullmatch(b)
        or _SIGNED.fullmatch(a)
        or _TIME_LINE.fullmatch(a)
        or _closes_quote(a)
        or a.endswith(("--", "——"))
    ):
        return False
    if _SIGNED.fullmatch(b) and not (page.width and page.is_full(below)):
        return False
    if _HEAD.match(b) and not (full and flush):
        return False
    gap = page.draft.text[above.end : below.start]
    after_page, after_blank = PAGE_END in gap, gap.count("\n") > 1
    if page.width and not after_blank:
        return full and not (page.indents and below.indented) and (page.indents or not _may_be_title(above, first))
    if _is_open_pair(a, b):
        return True
    if page.draft.format in _WHOLE and not after_page:
        return a[-1] in _COMMAS and len(a) >= _LONG and _is_prose(b)
    return _cut_prose(above, below, after_page, after_blank)


def _may_go_on(body: str) -> bool:
    """Whether a line in a text without a fixed width may be half a sentence: it is long, or ends with a comma, or leaves a bracket open."""
    return len(body) >= _SHORTEST or body[-1] in _COMMAS or not _OPENING.isdisjoint(body)


def _may_be_title(line: _Line, first: _Line) -> bool:
    """Whether a full line without a mark of prose, which opens its paragraph, may be a heading or the title."""
    if line is not first or _COMMA_OR_STOP.search(line.body):
        return False
    return line.start == 0 or line.body[-1] == "》" or _NEW.match(line.body) is not None or _CLOCK.search(line.body) is not None


def _cut_prose(above: _Line, below: _Line, after_page: bool, after_blank: bool) -> bool:
    a, b = above.body, below.body
    if not _is_prose(b) and not (after_page and len(b) > 3):
        return False
    if a[-1] in _COMMAS:
        return len(a) >= 6
    if _GAP.search(a):
        return False  # a line set out in parts: 来源：…　　时间：…
    if not _is_prose(a) or len(a) < (_SHORTEST if after_page else _LONG):
        return False
    if after_page:
        return True
    if len(a) >= _LONG + _LONG // 2 and not after_blank and b[-1] in _CLOSED and not below.indented:
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
    if _OPENING.isdisjoint(above):
        return False
    for opening, closing in _PAIRS.items():
        at = above.rfind(opening)
        if at >= 0 and at > above.rfind(closing):
            end = below.find(closing)
            if end >= 0 and below.find(opening, 0, end) < 0 and _FULL_STOP.search(above, at) is None and len(above) - at + end < 60:
                return True
    return False


def _room(line: _Line) -> int:
    """The room a line takes with its indentation, in Han characters."""
    return _breadth(line.body) + 2 * line.indented


def _breadth(body: str) -> int:
    """The room a line takes, in Han characters; ASCII takes half."""
    wide = (len(body.encode("utf-8", "surrogatepass")) - len(body)) // 2  # ASCII is one byte, Han and its marks three
    return wide + (len(body) - wide) // 2


def _wrap_width(lines: list[_Line], draft: Draft) -> int:
    """The width that the text was wrapped at, in Han characters, or 0: most lines that end openly end near the longest."""
    rooms = [_room(line) for line in lines]
    widest = sorted(rooms)[-max(1, len(rooms) // 20)]
    if not _NARROWEST <= widest <= _WIDEST or max(rooms) > widest + 6:
        return 0
    slack = widest // 4 if _uses_indents(lines) else 3  # where paragraphs are told by their indentation, lines may be uneven
    full = sum(1 for room in rooms if room >= widest - slack)
    if full < max(3, len(lines) // 3):
        return 0
    ends = [_room(line) for line in _open_ends(lines, draft)]
    return widest if sum(1 for room in ends if room >= widest - slack) * 2 >= len(ends) else 0


def _open_ends(lines: list[_Line], draft: Draft) -> list[_Line]:
    """The lines of text that no closing mark ends."""
    page = _Page(draft, 0, False)
    return [line for line in lines if line.body[-1] not in _ENDS and page.joinable(line)]


def _count(line: _Line) -> int:
    """The characters of a line with its lead."""
    return len(line.body) + line.lead


def _wrap_count(lines: list[_Line], draft: Draft) -> int:
    """The number of characters that the text was wrapped at, or 0: the greatest there is, and that of most lines that end openly."""
    counts = [_count(line) for line in lines]
    most = max(counts)
    full = sum(1 for count in counts if count >= most - 1)
    if not _NARROWEST <= most <= 2 * _WIDEST or full < max(3, len(lines) // 3):
        return 0
    return most if 2 * full >= len(_open_ends(lines, draft)) else 0


def _uses_indents(lines: list[_Line]) -> bool:
    indented = sum(1 for line in lines if line.indented)
    return 0 < indented < 0.8 * len(lines)


def _both_latin(above: str, below: str) -> bool:
    return above[-1].isascii() and above[-1].isalpha() and below[0].isascii() and below[0].isalpha()
