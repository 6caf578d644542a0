"""What a body's name in the front of a document is: the site's, the letterhead's, or the beginning of the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.outline.lines import Line, Part
from extract.outline.single_lines import TITLE_LIMIT, Lexicon, drawn_together, ends_in_body, is_menu, is_telling, squeezed, undoubled

_LETTERHEAD = re.compile(r"(\S{3,30}?)\s{0,8}(?:文件|公报)$")
_TITLE_GOES_ON = ("关于", "印发", "转发", "批转")
"""How the line of a title begins above which those that issue it stand."""
_PLACE = 3
"""Characters of a place's name and its kind."""
_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?[省市州盟县旗区镇乡](?!人民政府|委|[\u4e00-\u9fff]{0,8}(?:局|厅|办公室|委员会))")
ANSWERER = re.compile(r"[\u4e00-\u9fff]{4,20}[局委办厅会]对")
"""How the title of an answer begins: 某县水利局|对…."""
_IN_LATIN = re.compile(r"\s*[A-Z][A-Za-z .,'’&\-]{7,}$")
"""A site's name in English behind it."""


def is_masthead(content: str, text: str, lines: Sequence[Line], i: int, words: Lexicon) -> bool:
    """Whether a body's name by itself is that of the site, not the first line of a title: a menu of the page follows, or a title that names it again.

    So is any name printed twice over.
    """
    if i + 1 >= len(lines) or len(content) > TITLE_LIMIT:
        return False
    once = undoubled(content)
    if once != content and not is_telling(once, words) and is_telling(text[lines[i + 1].start : lines[i + 1].end], words):
        return True  # the site's name beside its picture's
    if (name := _IN_LATIN.sub("", content)) != content and ends_in_body(name, words):
        return True  # 某某县人民政府 Somewhere County People's Government
    if not ends_in_body(content, words):
        return False
    following = text[lines[i + 1].start : lines[i + 1].end]
    if following[:1] in "省市县区州盟旗" and (following[:4] in content or (lines[i].kind == "heading" and "关于" not in following)):
        return True  # 某某市水利局 above 市水利局召开会议
    return is_menu(following, words)


def heads_own_title(content: str, following: str, words: Lexicon) -> bool:
    """Whether a body's name stands above a whole title that begins with the body's place (某县人民政府 / 某县2031年…工作总结)."""
    return (
        len(content) <= TITLE_LIMIT
        and ends_in_body(content, words)
        and following[:_PLACE] == content[:_PLACE]
        and "关于" not in following
        and is_telling(squeezed(following), words)
        and not following.startswith(content)
        and (_OF_PLACE.match(following) is not None or ANSWERER.match(following) is not None)
    )


def named_by_letterhead(content: str, words: Lexicon) -> str:
    """The body that a line such as 某某县水利局　　文件 names; "" where it is none."""
    head = _LETTERHEAD.match(drawn_together(content))
    return head[1] if head and head[1].endswith(words.endings) else ""


def issues_too(content: str, parts: Sequence[Part], words: Lexicon, text: str, following: str) -> bool:
    """Whether a line of the letterhead names a body that issues together with the one above or below it, and begins no title."""
    if not ends_in_body(content, words) or following.startswith(_TITLE_GOES_ON):
        return False
    if named_by_letterhead(following, words):
        return True
    above = text[parts[-1].line.start : parts[-1].line.end] if parts and parts[-1].kind == "letterhead" else ""
    named = named_by_letterhead(above, words) or above
    return ends_in_body(named, words) and not named.startswith(content)
