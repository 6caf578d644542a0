"""Fixers of single characters: what cannot be seen, what is too wide, what only looks right."""

from __future__ import annotations

import re
import unicodedata

from extract.model import Edit
from extract.repair.draft import Draft

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# Bullets of Symbol and Wingdings, which Word and PDF files write as private characters.
_PRIVATE_BULLET = re.compile(
    "^([ \t\u3000]*)([\uf06c\uf06e\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc])(?=[ \t\u3000\xa0]*\\S)", re.MULTILINE
)


def drop_invisible(draft: Draft) -> list[Edit]:
    """Zero-width and control characters, byte-order marks, soft hyphens, private characters, lone surrogates. Tabs and line ends stay."""
    if not draft.has_rare(_INVISIBLE):
        return []
    return [Edit(m.start(), m[0], "") for m in _INVISIBLE.finditer(draft.text)]


def is_private(text: str) -> bool:
    """Whether an edit took out a character of a private font: a glyph that is lost."""
    return _PRIVATE.search(text) is not None


def private_bullets(draft: Draft) -> list[Edit]:
    """A bullet of a symbol font at the start of a line becomes a plain one."""
    if not draft.has_rare(_PRIVATE):
        return []
    return [Edit(m.start(2), m[2], "•") for m in _PRIVATE_BULLET.finditer(draft.text)]


_WIDE = {
    c: chr(ord(c) - 0xFEE0)
    for c in map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％＋／＝＆＠＃＜＞＄")])
}
_WIDE_RUN = re.compile("[０-９Ａ-Ｚａ-ｚ％＋／＝＆＠＃＜＞＄]+|(?<=[0-9０-９])(?:．|[－：](?=[0-9０-９]))")
_WIDE_MARKS = {"．": ".", "－": "-", "：": ":"}
_WIDE_TABLE = str.maketrans(_WIDE | _WIDE_MARKS)
_WIDE_CHAR = re.compile("[０-９Ａ-Ｚａ-ｚ％＋／＝＆＠＃＜＞＄．－]")


def narrow(draft: Draft) -> list[Edit]:
    """Full-width digits, letters and signs as half-width ones; ，。；：（）, Ⅲ and ① stay. A full-width point only behind a digit,
    a dash between digits, a colon between full-width digits (１６：４２)."""
    if not draft.has_rare(_WIDE_CHAR):
        return []
    return [
        Edit(m.start(), m[0], m[0].translate(_WIDE_TABLE))
        for m in _WIDE_RUN.finditer(draft.text)
        if m[0] != "：" or draft.text[m.end()] > "9"
    ]


# Radicals that PDF fonts put for the characters they look like; those of the Kangxi block fold by themselves, these do not.
_RADICALS = str.maketrans(
    dict(
        zip(
            "⺀⺁⺅⺈⺌⺍⺕⺠⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
            "冫厂亻刀小小彐民竹虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
            strict=True,
        )
    )
)
_LOOKALIKE_CHAR = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")

_CJK = "一二三四五六七八九〇零○◯ＯOoОΟ0"
_CJK_YEAR = re.compile(f"[一二][{_CJK}]{{3}}年")
_CJK_RING = re.compile("(?<=[一二三四五六七八九〇○])[○◯](?=[一二三四五六七八九〇○年])")
_ZEROS = re.compile("[○◯ＯOoОΟ0]")
_ZERO_CHARS = "○◯ＯOoОΟ"

_NUMBER_BRACKETS = re.compile(r"([\[［（(﹝【〔{〖]) ?(?:19|20)\d{2} ?([\]］）)﹞】〕}〗])(?= ?(?:第 ?)?\d{1,5} ?号)")

_DIGIT_LETTER = re.compile(r"[OoОlI](?=[\dOoО年月日])")
_LETTER_IN_NUMBER = re.compile(r"(?<![A-Za-z\d])(?:(?=[\dOoОlI]*\d)[12][\dOoОlI]{3}(?=年)|1[OoО](?=月|日)|[lI][0-2](?=月))")
_LETTER_IN_COUNT = re.compile(
    r"(?<![A-Za-z\d.])(?:PM)?\d[\dOoО]*[OoО][\dOoО]*(?=[\u4e00-\u9fff%、，,。（(]|$)|(?<![A-Za-z\d.])[123]l(?=日)", re.MULTILINE
)
_LETTER_BEHIND_DIGIT = re.compile(r"[OoОl](?<=\d.)")
"""What a letter in a count begins with: a scan for single letters passes over a text ten times as fast."""
_LETTERS = str.maketrans("OoОlI", "00011")


def replace_lookalikes(draft: Draft) -> list[Edit]:
    """Characters that only look right, where it is certain: radicals for characters, ○ and O for 〇 in a year (二○二三年), O for 0 in
    2O23年 and 98O套, and [2023] for 〔2023〕 in a document number (GB/T 9704). Ⅲ, III, 零, dashes stay as printed."""
    text = draft.text
    edits: list[Edit] = []
    if draft.has_rare(_LOOKALIKE_CHAR):
        edits += [Edit(m.start(), m[0], _plain(m[0])) for m in _LOOKALIKE_CHAR.finditer(text)]
    if draft.has_any(_ZERO_CHARS):
        for year in _CJK_YEAR.finditer(text):
            edits += [Edit(year.start() + m.start(), m[0], "〇") for m in _ZEROS.finditer(year[0])]
        if draft.has_any("○◯"):
            edits += [Edit(m.start(), m[0], "〇") for m in _CJK_RING.finditer(text)]
    if draft.has_any("OoОlI"):
        if _LETTER_BEHIND_DIGIT.search(text):
            edits += [Edit(m.start(), m[0], m[0].translate(_LETTERS)) for m in _LETTER_IN_COUNT.finditer(text)]
        for near in _DIGIT_LETTER.finditer(text):
            edits += [
                Edit(m.start(), m[0], m[0].translate(_LETTERS))
                for m in _LETTER_IN_NUMBER.finditer(text, max(0, near.start() - 3), near.start() + 5)
            ]
    if "号" in text:
        for match in _NUMBER_BRACKETS.finditer(text):
            if _may_precede_number(text, match.start()):
                edits += [Edit(match.start(1), match[1], "〔"), Edit(match.start(2), match[2], "〕")]
    return in_order(edits)


_STRAY_COMMA = re.compile("(?<=[\u3400-\u9fff〇\\d%）”》]),(?=[，、。；：！？])")
_TWO_COMMAS = re.compile("(?<=[\u3400-\u9fff〇\\d%)”》\\]]),(?=,[\u3400-\u9fff〇\\d(“《])")


def drop_stray_commas(draft: Draft) -> list[Edit]:
    """A half-width comma that a scraper left right before a full-width mark: 市委,、市政府; 明显好转,。 No writer puts two such marks.

    Where it did so and full-width marks are printed half-width, it left two commas for one (近日,,我县).
    """
    if "," not in draft.text:
        return []
    found = list(_STRAY_COMMA.finditer(draft.text))
    if found and ",," in draft.text:
        found += _TWO_COMMAS.finditer(draft.text)
    return in_order([Edit(m.start(), ",", "") for m in found])


_POINT = re.compile(
    r"(?<=[\u4e00-\u9fff%)）”\"》])(?<!\n[一二三四五六七八九十])(?<!\n[一二三四五六七八九十]{2})(?<!第[一二三四五六七八九十])(?:\.(?=[\u4e00-\u9fff（(“\"《\n]|$)|(?<=[%\u4e00-\u9fff])\.(?=(?:19|20)\d\d年|\d{1,2}月))"
)
_FEWEST_POINTS = 3


def full_stops(draft: Draft) -> list[Edit]:
    """Half-width points that end the sentences of a text which has no full stops (如下.): a whole text is written with the one or the other."""
    if "." not in draft.text or "。" in draft.text:
        return []
    points = [Edit(m.start(), ".", "。") for m in _POINT.finditer(draft.text)]
    return points if len(points) >= _FEWEST_POINTS else []


def _may_precede_number(text: str, place: int) -> bool:
    """Whether a document number's year may stand at `place`: behind its issuer's word (某政发), or at the start of a line."""
    before = text[max(0, place - 20) : place].rstrip(" \t\u3000")
    return not before or before[-1] == "\n" or "\u4e00" <= before[-1] <= "\u9fff"


def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded.translate(_RADICALS) if len(folded) == 1 else char


def in_order(edits: list[Edit]) -> list[Edit]:
    """Edits by place; of two that overlap the earlier and longer one."""
    edits.sort(key=lambda edit: (edit.start, -len(edit.old)))
    kept: list[Edit] = []
    end = -1
    for edit in edits:
        if edit.start >= end and edit.old != edit.new:
            kept.append(edit)
            end = edit.start + max(1, len(edit.old))
    return kept
