"""Fixers of white space: inside a line, and around lines."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.characters import in_order
from extract.repair.draft import Draft, bodies_of

_ODD = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_ODD_SPACE = re.compile(f"[{_ODD}]+")

_GAP = re.compile("[ \u3000]+")
_GROUP = re.compile(
    r"\d{1,3}(?:[ ]\d{3}){1,4}(?!\d)(?=(?:\.\d{1,4})?[ ]?[\u3400-\u9fff%％℃])|[12][ ][09][ ]\d[ ]\d(?=[ ]?年)|(?<=\t)[1-9]\d{0,2}(?:[ ]\d{3}){1,4}(?=(?:\.\d{1,4})?(?:\t|\n|\Z))"
)
_RANGE = re.compile(r"[\d年月日%][ ]?[—–～~-][ ]?(?=\d)")
_FIGURE = re.compile(r"\d[\d.,—～~ -]{0,15}[\u3400-\u9fff%％，。；、）]")
_LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_UNITS = frozenset(
    "年月日号个项家条件处次人户只辆座台套吨亩公平立方万亿千百元天小时倍成级类期批届第名位所间米升克度分秒％%℃‰起例宗场部支把艘眼口块片段层栋幢株棵头匹枚份册款集轮周岁代世里厘毫微兆瓦焦以余多左至到"
)
"""What a figure is written together with: measures, 年月日, bounding words."""
_CODE_MARKS = frozenset(".,-/:：")
_SIGNS = frozenset("≤≥＜＞±×")
_DASHES = tuple("—–～~-")
_MARKS = frozenset("，。；：、！？（）《》“”")


def tidy_spaces(draft: Draft) -> list[Edit]:
    """Spaces that no reader needs: 2 600亩, 2022 年 3 月, 1699个 VOCs 治理项目, 常 务 会 议 纪 要; unusual spaces become plain ones.

    A space between two phrases (高位统筹 全面落实), between columns and names, behind a number that opens a line (1 总则) stays.
    """
    text = draft.text
    edits: list[Edit] = []
    if draft.has_rare(_ODD_SPACE):
        edits += [Edit(m.start(), m[0], " " * len(m[0])) for m in _ODD_SPACE.finditer(text)]
        text = _ODD_SPACE.sub(lambda m: " " * len(m[0]), text)
    bodies = draft.bodies if text is draft.text else bodies_of(text)
    gaps = _gaps(text, bodies) if " " in text or "\u3000" in text else []
    if not gaps:
        return edits
    groups = _grouped(text) if any(_near_figure(text, s, e) for s, e in gaps) else set()
    spaced = _spaced(text, gaps)
    gone = [(s, e) for i, (s, e) in enumerate(gaps) if i in spaced or s in groups or (e - s == 1 and text[s] == " " and _is_idle(text, s))]
    taken = {start for start, _ in gone}
    edits = [edit for edit in edits if not any(place in taken for place in range(edit.start, edit.start + len(edit.old)))]
    return in_order([*edits, *(Edit(s, draft.text[s:e], "") for s, e in gone)])


def _gaps(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Start and end of the gaps inside lines; an indentation is no matter of words."""
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if text.find(" ", start, end) >= 0 or text.find("\u3000", start, end) >= 0:
            found += [match.span() for match in _GAP.finditer(text, start, end)]
    return found


def _near_figure(text: str, start: int, end: int) -> bool:
    return (text[start - 1 : start].isdigit() and (text[end : end + 1].isdigit() or text[end : end + 1] in _DASHES)) or text[
        start - 1 : start
    ] in _DASHES


def _grouped(text: str) -> set[int]:
    """Places of the spaces inside figures: between groups of three (2 600亩, GB/T 15835), around the dash of a range (1 — 9月)."""
    found: set[int] = set()
    for match in _GROUP.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if not (before[-1:].isdigit() or before[-1:] in _CODE_MARKS or (before[-1:] == " " and before[:1].isascii())):
            found |= {match.start() + i for i, char in enumerate(match[0]) if char == " "}
    for match in _RANGE.finditer(text):
        found |= {match.start() + i for i, char in enumerate(match[0]) if char == " "}
    return found


def _spaced(text: str, gaps: list[tuple[int, int]]) -> set[int]:
    """Indices of the gaps inside words set out with spaces, that fill a line, a cell or a field's head (常 务 会 议, 合 计, 抄 送：), not padded names (韩　冰　　罗　平)."""
    found: set[int] = set()
    at = 0
    while at < len(gaps):
        last = at
        while last + 1 < len(gaps) and gaps[last + 1][0] == gaps[last][1] + 1 and _is_han(text[gaps[last][1]]):
            last += 1
        first_char, after = gaps[at][0] - 1, gaps[last][1] + 1
        opens = first_char == 0 or (first_char > 0 and text[first_char - 1] in "\n\t：:【")
        closes = after >= len(text) or text[after] in "\n\t：:】"
        even = len({end - start for start, end in gaps[at : last + 1]}) == 1  # names of two characters stand farther apart
        if even and first_char >= 0 and after <= len(text) and opens and closes and _is_han(text[first_char]) and _is_han(text[after - 1]):
            found.update(range(at, last + 1))
        at = last + 1
    return found


def _is_idle(text: str, place: int) -> bool:
    """Whether a single space stands between a figure or a Latin word and the Chinese text around it, or behind a mark."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before or not after:
        return False
    if before in _SIGNS or after in _SIGNS:
        return True
    if before.isdigit() or before in "%％":
        return after in _UNITS or (after in _MARKS and not _opens_line(text, place))
    if _is_latin(before):
        return _is_han(after) or after in _MARKS
    if _is_han(before):
        return (_is_latin(after) and text[place + 2 : place + 3] not in tuple(")）.、")) or _FIGURE.match(text, place + 1) is not None
    return before in _MARKS and (_is_han(after) or _is_latin(after) or after.isdigit()) and before != "："


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _opens_line(text: str, place: int) -> bool:
    """Whether only a number stands between the start of the line and `place`."""
    lead = text[max(0, place - 12) : place].rpartition("\n")[2]
    return _LABEL.fullmatch(lead) is not None


def trim(draft: Draft) -> list[Edit]:
    """Empty lines, and white space around lines. Tabs between cells stay, also where a table's row begins or ends with one."""
    edits: list[Edit] = []
    text = draft.text
    done = 0
    for start, end in draft.bodies:
        if start - done != (done > 0):  # more than the one line end between two lines
            edits.append(Edit(done, text[done:start], "\n" if done else ""))
        done = end
    if done < len(text):
        edits.append(Edit(done, text[done:], ""))
    return edits
