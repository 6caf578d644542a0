"""Fixer of what a conversion of encodings tore: characters cut apart between their bytes, and blanks that came out as question marks."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.characters import in_order
from extract.repair.draft import Draft

# In GBK a full-width mark is A3 and a second byte. A replacement of marks made byte by byte hits also where one character ends with A3 and
# the next begins with that second byte: the first character is lost (?), all that follows is cut one byte too early, up to a character
# whose second byte is ASCII, which is left over. 。現 (A1A3 AC46) is printed as ?，F.
_TORN = re.compile(r"\?([，；：！（）？,;:!()])([^\x00-\x7f]{0,8})([@-~])(?=\([^\x00-\x40\[-`{-\x7f]{1,6}\)|[\u4e00-\u9fff])")
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
