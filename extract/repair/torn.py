"""Fixer of what a conversion of encodings tore: characters cut apart between their bytes, and blanks that came out as question marks."""

from __future__ import annotations

import re
from bisect import bisect_right

from extract.model import Edit
from extract.repair.characters import in_order
from extract.repair.draft import Draft
from extract.repair.script import converter

# In GBK a full-width mark is A3 and a second byte. A replacement of marks made byte by byte hits also where one character ends with A3 and
# the next begins with that second byte: the first character is lost (?), all that follows is cut one byte too early, up to a character
# whose second byte is ASCII, which is left over. 。現 (A1A3 AC46) is printed as ?，F.
_TORN = re.compile(r"\?([，；：！（）？,;:!()])([^\x00-\x7f]{0,8})([@-~])(?=\([^\x00-\x40\[-`{-\x7f]{1,6}\)|[\u4e00-\u9fff])")
# A gloss set behind two bytes that are the second of one character and the first of the next: 控斷 (BFD8 94E0) holds 財 (D894), and is printed as
# 控?cái)嗝…. The first byte that was lost is the one that makes a character of that sound out of the byte before it.
_GLOSSED = re.compile(r"(?<=([\u4e00-\u9fff]))\?([a-z\u00e0-\u01dc]{1,6})\)([^\x00-\x7f]{1,8})([@-~])")
# The common characters of GB 2312 are in order of sound: where each letter begins.
_LETTERS = "abcdefghjklmnopqrstwxyz"
_BEGINS = (
    0xB0A1,
    0xB0C5,
    0xB2C1,
    0xB4EE,
    0xB6EA,
    0xB7A2,
    0xB8C1,
    0xB9FE,
    0xBBF7,
    0xBFA6,
    0xC0AC,
    0xC2E8,
    0xC4C3,
    0xC5B6,
    0xC5BE,
    0xC6DA,
    0xC8BB,
    0xC8F6,
    0xCBFA,
    0xCDDA,
    0xCEF4,
    0xD1B9,
    0xD4D1,
    0xD7FA,
)
_WIDE = str.maketrans(",;:!()", "，；：！（）")
_OPENING = re.compile("[現现](?=[^\u4e00-\u9fff]{0,12}(?:[將将就予對对把根結结公印]))")
_BLANKS = re.compile(r"^[ \t\u3000\xa0]*\?[? \t\u3000\xa0]*|(?<=[。；！])[? \t\u3000\xa0]*\?[ \t\u3000\xa0]*$", re.MULTILINE)


def mend_torn(draft: Draft) -> list[Edit]:
    """Characters cut apart between their bytes (整改?，F(xiàn)將 → 整改。現(xiàn)將), and ? where a blank or nothing stood: at a line's start, behind 。

    Of a lost character only a full stop before 現將, 現予 … is certain; any other stays ? and is told as glyph_lost. A ? inside a line stays.
    """
    text = draft.text
    if "?" not in text:
        return []
    edits = [Edit(m.start(), m[0], "") for m in _BLANKS.finditer(text)]
    if draft.has_rare(_NOT_SIMPLE):
        for match in _TORN.finditer(text):
            whole = _rejoined(match)
            if whole and (match[2] or text[match.end()] == "("):  # a single mark and letter (?,A) may be what was written
                stop = "。" if _OPENING.match(whole + text[match.end() : match.end() + 12]) else "?"
                edits.append(Edit(match.start(), match[0], stop + whole))
        edits += [Edit(m.start(), m[0], whole) for m in _GLOSSED.finditer(text) if (whole := _parted(m))]
    return in_order(edits)


_NOT_SIMPLE = re.compile("[\u00e0-\u01dc\u4e00-\u9fff]")
"""Toned letters or Traditional characters: the conversions that tear come with them."""


def _rejoined(match: re.Match[str]) -> str:
    """The characters whose bytes stand one byte too early in a match; empty where they are none."""
    mark, run, last = match.groups()
    try:
        cut = (mark.translate(_WIDE) + run + last).encode("gbk")
        whole = cut[1:].decode("gbk")
    except UnicodeError:
        return ""
    return whole if all("\u4e00" <= char <= "\u9fff" for char in whole) else ""


def _parted(match: re.Match[str]) -> str:
    """The characters behind a gloss that was set between the bytes of two; empty unless one reading alone is possible."""
    before, gloss, run, last = match.groups()
    try:
        second, rest = before.encode("gbk")[1], (run + last).encode("gbk")
    except UnicodeError:
        return ""
    readings = []
    for first in range(0x81, 0xFF):
        sounded, whole = bytes([second, first]).decode("gbk", "ignore"), bytes([first, *rest]).decode("gbk", "ignore")
        if len(sounded) == 1 and 2 * len(whole) == len(rest) + 1 and _letter(sounded) == gloss[0] and all(map(_letter, whole)):
            readings.append(whole)
    return readings[0] if len(readings) == 1 else ""


def _letter(char: str) -> str:
    """The letter that the sound of a common character begins with (財 → c); empty for any other character."""
    try:
        code = int.from_bytes(converter().convert(char).encode("gb2312"))
    except UnicodeError:
        return ""
    place = bisect_right(_BEGINS, code) - 1
    return _LETTERS[place] if 0 <= place < len(_LETTERS) else ""
