"""Fixer of what page ends leave in a text: page numbers and running heads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from extract.model import Edit
from extract.repair.draft import Draft

PAGE_END = "\f"
"""What stands where a page ended, until lines are joined."""

_DASH = "—－–―‐‑−‒-"
_DASHED = re.compile(
    rf"[·・\s]*[{_DASH}]{{1,2}}\s*\d{{1,4}}\s*[{_DASH}]{{1,2}}[·・\s]*|[·・]\s*\d{{1,4}}\s*[·・]|[~～]\s*\d{{1,4}}\s*[~～]"
)
_NAMED = re.compile(
    r"[（(]?第\s*[\d一二三四五六七八九十百]+\s*页\s*[，,/／|]?\s*(?:[（(]?共\s*[\d一二三四五六七八九十百]+\s*页[）)]?)?[）)]?|页码?[：:]?\s*\d+\s*/\s*\d+|Page\s*\d+(?:\s*of\s*\d+)?|P\.?\s?\d{1,3}",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{1,3})\s*[/／]\s*(\d{1,3})")
_BARE = re.compile(r"\d{1,3}")

_INLINE = re.compile(r"—[ ]?\d{1,3}[ ]?—(?!—)|-[ ]?\d{1,3}[ ]?-(?!-)|第[ ]?\d{1,3}[ ]?页[，, /／]{0,4}共[ ]?\d{1,3}[ ]?页")
_SHEET = re.compile(r"(\d{1,3})、")
_SHORTEST_SHEET = 120
_GAP = " \u3000"
_EDGES = " \t\u3000\xa0"
_OPENERS = frozenset(f"·・~～（(第页Pp{_DASH}")
_CLOSERS = frozenset(f"·・~～）)页{_DASH}")
_LONGEST = 24
"""Characters of the longest line that may be a page number."""
_UNITS = frozenset("个项家条件处万亿元吨亩年月日号名人次座台户只辆%％")


def drop_page_numbers(draft: Draft) -> list[Edit]:
    """— 3 —, -1-, 第3页 共10页, 3 / 10 on a line of their own or inside a flattened line, and heads that run with them.

    Dates, ranges (3—5家), list items, negative numbers and lone figures stay. A line becomes a page end, so that the sentence around
    it can be joined.
    """
    text = draft.text
    edits: list[Edit] = []
    if any(_may_be_number(text[start:end]) for start, end in draft.bodies if text[start] in _OPENERS or not text[start].isalpha()):
        lines = [line for line in draft.lines if draft.is_prose(line[0])] if draft.tables else draft.lines
        bodies = [text[start:end].strip(_EDGES) for start, end in lines]
        numbered = _numbered_lines(bodies)
        running = _running_heads(bodies, numbered)
        edits = [Edit(lines[i][0], text[lines[i][0] : lines[i][1]], PAGE_END) for i in sorted(numbered | running)]
    if "—" in text or "-" in text or "页" in text:
        edits += _inline(text, edits)
        edits.sort(key=lambda edit: edit.start)
    if "\n2、" in text:
        taken = {edit.start for edit in edits}
        edits = sorted([*edits, *(edit for edit in _sheets(draft) if edit.start not in taken)], key=lambda edit: edit.start)
    return edits


def _sheets(draft: Draft) -> list[Edit]:
    """Numbers of the sheets of a shared document, each printed before one long line that holds a whole sheet (1、…要进一 / 2、步提高…).

    They count up by one from line to line, and most of the lines end in the midst of a sentence; items of a list do not.
    """
    lines = [(start, end) for start, end in draft.lines if start < end]
    run: list[tuple[int, int]] = []
    for start, end in lines:
        match = _SHEET.match(draft.text, start, end)
        if match and int(match[1]) == len(run) + 1:
            run.append((start, end))
        elif run:
            break
    cut = [_OPEN_END.search(draft.text[start:end]) is not None for start, end in run[:-1]]
    if not cut or 2 * sum(cut) <= len(cut) or any(end - start < _SHORTEST_SHEET for start, end in run[:-1]):
        return []
    edits = []
    for number, (start, _) in enumerate(run):
        begin = run[number - 1][1] if number and cut[number - 1] else start
        edits.append(Edit(begin, draft.text[begin : start + len(f"{number + 1}、")], ""))
    return edits


def _may_be_number(line: str) -> bool:
    """Whether a line is short and opens as a page number does: told without a pattern, since most lines are neither."""
    body = line.strip()
    return 0 < len(body) <= _LONGEST and (body[0] in _OPENERS or body[0].isdigit()) and (body[-1] in _CLOSERS or body[-1].isdigit())


def _numbered_lines(bodies: list[str]) -> set[int]:
    """The lines that are page numbers."""
    found: set[int] = set()
    slashed: list[tuple[int, int, int]] = []
    bare: list[tuple[int, int]] = []
    for i, body in enumerate(bodies):
        if not _may_be_number(body):
            continue
        if _DASHED.fullmatch(body) or _NAMED.fullmatch(body):
            found.add(i)
        elif _BARE.fullmatch(body):
            bare.append((i, int(body)))
        elif match := _SLASHED.fullmatch(body):
            slashed.append((i, int(match[1]), int(match[2])))
    totals = Counter(total for _, _, total in slashed)
    found |= {i for i, page, total in slashed if page <= total and (totals[total] > 1 or " " in bodies[i] or _cuts(bodies, i))}
    found |= _bare_numbers(bodies, bare)
    return found


def _bare_numbers(bodies: list[str], bare: list[tuple[int, int]]) -> set[int]:
    """Lone figures that count up by one, each between two halves of a sentence or at the very end."""
    found: set[int] = set()
    for (i, number), (j, following) in pairwise(bare):
        if following == number + 1 and j - i > 5 and _cuts(bodies, i):
            found |= {i, j} if _cuts(bodies, j) or not any(bodies[j + 1 : j + 9]) else {i}
    return found


_OPEN_END = re.compile(r"[\u4e00-\u9fff\w，、]$")
_HALF_BEGIN = re.compile(r"[\u4e00-\u9fff，、；。]")


def _cuts(bodies: list[str], at: int) -> bool:
    """Whether the line stands between two halves of a sentence."""
    before = next((body for body in reversed(bodies[max(0, at - 4) : at]) if body), "")
    after = next((body for body in bodies[at + 1 : at + 5] if body), "")
    return len(before) >= 15 and _OPEN_END.search(before) is not None and len(after) >= 8 and _HALF_BEGIN.match(after) is not None


def _running_heads(bodies: list[str], numbered: set[int]) -> set[int]:
    """Short lines that stand next to page numbers again and again."""
    beside: Counter[str] = Counter()
    places: list[int] = []
    for at in numbered:
        for step in (-1, 1):
            i = at + step
            while 0 <= i < len(bodies) and not bodies[i]:
                i += step
            if 0 <= i < len(bodies) and len(bodies[i]) <= 40 and i not in numbered:
                places.append(i)
                beside[bodies[i]] += 1
    return {i for i in places if beside[bodies[i]] > 1 and not bodies[i].endswith(("。", "；", "：", ":"))}


def _inline(text: str, lines: list[Edit]) -> list[Edit]:
    """Page numbers inside lines other than those that go as a whole."""
    edits = []
    starts = [edit.start for edit in lines]
    for match in _INLINE.finditer(text):
        start, end = match.start(), match.end()
        while start and text[start - 1] in _GAP:
            start -= 1
        while end < len(text) and text[end] in _GAP:
            end += 1
        line = bisect_right(starts, start) - 1
        gone = line >= 0 and start < starts[line] + len(lines[line].old)
        if not gone and _is_free(text[max(0, start - 1) : start], match[0], text[end : end + 1]):
            edits.append(Edit(start, text[start:end], ""))
    return edits


def _is_free(before: str, mark: str, after: str) -> bool:
    """Whether a mark inside a line is a page number: in the midst of Chinese text, and no part of a range, a code, a date or a dash."""
    if mark[0] == "第":
        return True
    if after in _UNITS:
        return False
    return _is_text(before) and (_is_text(after) or (after.isdigit() and " " in mark))


def _is_text(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or (char in "，、；。：）”（“《》" and char != "")
