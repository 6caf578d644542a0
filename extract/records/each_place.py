"""What places did, told place by place: items or sentences in a row of which each begins with a place and goes on with what it did.

A city or a district alone does nothing as a rule (青石市完成造林3万亩 may be a count of what lies there); where one after the other is told so, each
is named as the doer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import cast

import regex

from extract.model import Node
from extract.nlp.words import tag
from extract.records.candidates import Window
from extract.records.duties import Reading
from extract.records.name_lists import Name

_SHORTEST_ROW = 3
_LEVEL = regex.compile(r"(?:省|自治[区州县旗]|特别行政区|地区|[市州盟县区旗镇乡]|街道|兵团|基地)(?![域块位间划段级场容民委直属内外人政])")
"""Ends of the names of places, unless a word or the name of a body goes on behind them (提高区|域, 白石市|委)."""
_LONGEST_PIECE, _MOST_PIECES = 13, 3
_SHOWN = 8
_OPENS = regex.compile(
    r"(?:^|[。；\n])\s{0,4}(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)]?[.．、]?\s*)?(?<place>(?![各全我你该本每有相省市县区对加推强完建进开落严实做统])\p{Han}{1,9}?(?:[省市州盟县区旗]|兵团|基地))(?![委政级直属内域人水生住自交])\p{Han}"
)
_QUOTED = ("“", "‘", "《")
_NO_DEED = (*"的长未不仍仅有是为因被和与及等共均各距", "没有", "由于", "存在")
"""What is said of a place that did nothing, or did it badly."""
_CHARGED = ("要", "应", "须", "必须", "务必", "负责", "牵头", "配合", "协助", "参与")
"""What the rules for duties read by themselves."""
_NOT_TOLD = (*_NO_DEED, *_CHARGED)
_DOES = ("v", "d", "p", "a", "l", "i", "f", "j", "nz")
"""Tags of words that a predicate may begin with: verbs, adverbs, prepositions, set phrases (多措并举, 大力发展)."""
_BEGINS = regex.compile(r"借[力助]|试点|力[促推]|巧用|善用|变(?=[\p{Han}“])")
_ZONE = regex.compile(r"[城郊矿]区|\p{Han}{2,10}(?:片区|园区|示范区|试验区|开发区|度假区|高新区|经开区|基地)")
_NO_NAME = ("v", "d", "p")
_UNDONE = regex.compile(r"\p{Han}{0,6}?(?:滞后|缓慢|不力|不到位|不足|落后|虚假|敷衍|拖延|违[规法]|弄虚作假|问题(?:突出|较|仍))")


def doers_in_rows(windows: Sequence[Window], nodes: Sequence[Node], reading: Reading) -> dict[int, tuple[Window, Name]]:
    """The place that does something at the beginning of each sentence of such a row, by where the sentence begins."""
    if len(_OPENS.findall(reading.text)) < _SHORTEST_ROW:
        return {}  # most documents end here
    starts = frozenset([opens.start("place") for opens in _OPENS.finditer(reading.text)])
    opening = [window for window in windows if window.start in starts]
    if len(opening) < _SHORTEST_ROW:
        return {}
    rows: dict[tuple[int | None, int], list[Window]] = defaultdict(list)
    for window in opening:
        passage = window.passage
        if passage.role != "problem" and passage.kind == "body" and passage.field is None:
            rows[passage.node, passage.start].append(window)
    first = {node: row[0] for (node, start), row in rows.items() if node is not None and row[0].start == start}
    items: dict[int | None, list[Window]] = defaultdict(list)
    for node, window in first.items():
        items[nodes[node].parent].append(window)
    known: Mapping[str, str] = reading.rulebook.lookup("regions") if "regions" in reading.rulebook.lookups else {}
    found: dict[int, tuple[Window, Name]] = {}
    for row in (*rows.values(), *items.values()):
        doers = [(window, name) for window in row if (name := _doer(reading, window, known))] if len(row) >= _SHORTEST_ROW else []
        if len(doers) >= _SHORTEST_ROW:
            found.update((window.start, (window, name)) for window, name in doers)
    return found


def _doer(reading: Reading, window: Window, known: Mapping[str, str]) -> Name | None:
    """The place that a sentence begins with, if it goes on with what it does."""
    text, start = reading.text, window.start
    end = before = start
    for _ in range(_MOST_PIECES):
        further = _piece(reading, before, end, window.end, known)
        if further == end:
            break
        before, end = end, further
    following = reading.masked[end : min(end + _SHOWN, window.end)]
    if end == start or reading.names.goes_on(text, end) or not _tells_deed(following, reading):
        return None
    return Name(start, end, "place")


def _piece(reading: Reading, before: int, start: int, stop: int, known: Mapping[str, str]) -> int:
    """Where the name of a place ends that begins here, the longest that is known, else the shortest that may be one; `start` for none.

    before: where the greater place begins, without which no list may know it (白石市|城区).
    """
    text, best = reading.text, start
    for level in _LEVEL.finditer(text, start + 1, min(start + _LONGEST_PIECE, stop)):
        name = text[start : level.end()]
        if name in known or text[before : level.end()] in known or (best == start and _may_be_place(reading, name)):
            best = level.end()
    return best


def _may_be_place(reading: Reading, name: str) -> bool:
    """Is this a name that ends as places do and begins with no verb and no adverb (大力实施棚户区)?"""
    named = (len(name) > 2 and reading.names.kind_of(name) == "place") or _ZONE.fullmatch(name) is not None
    return named and not tag(name)[0].tag.startswith(_NO_NAME) and not _opens_deed(name, reading)


def _tells_deed(following: str, reading: Reading) -> bool:
    if following.startswith(_NOT_TOLD) or reading.names.patterns["of_place"].match(following) or _UNDONE.match(following):
        return False
    if following.startswith(_QUOTED) or _opens_deed(following, reading):
        return True
    return following[:1].isalpha() and tag(following)[0].tag.startswith(_DOES)


def _opens_deed(following: str, reading: Reading) -> bool:
    """Does a word open this that stands before a verb (大力, 全面) or is one of the rules' deeds?"""
    told = reading.names.patterns
    adverb = cast("regex.Match[str]", told["degrees"].match(following))
    return adverb.end() > 0 or (told["deed"].match(following) or _BEGINS.match(following)) is not None
