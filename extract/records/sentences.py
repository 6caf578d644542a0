"""Sentences and clauses of the passages, with the values inside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from extract.model import Claim, DateMention, Outline, Passage, Quantity, View
from extract.rulebook import Rulebook
from extract.rulebook.cues import Cues

QUANTITY, DATE, ORDINAL, TITLE, GLOSS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"

_GLOSS = re.compile(r"（(?!其中)[^（）\n]{0,120}）|\((?!其中)[^()\n]{0,120}\)")
_ENDS = "。！？!?\n"
_KIND = r"[^，；：。、（）()\n\ue000-\ue003]"
_COUNTS = re.compile(
    rf"(?<=\ue000)(?:{_KIND}{{0,8}})[（(](?P<inner>(?!不?含|包[括含]|另|除){_KIND}{{1,10}}\ue000+(?:[，；、和](?:其中[，：]?)?{_KIND}{{1,10}}\ue000+)*)[）)]"
    r"|[（(](?P<all>共\ue000+)[）)]"
)
_PART = r"[^，；：。、（）()\n\ue000\ue002\ue003]"
_PARTS = re.compile(
    rf"[（(](?<![第注：].)(?P<lead>包?含|包括|内含|配套)?(?!不|另|除|见|详见|附|共印|其中|注|去重|扣)(?:{_PART}{{2,14}}(?<![率占比例])\ue000+(?:/\ue000+)?(?:[，；、和及](?:其中)?{_PART}{{1,14}}(?<![率占比例])\ue000+)*"
    rf"|(?<=[含括套])\ue000+{_PART}{{2,14}}(?:[，；、和及]\ue000+{_PART}{{2,14}})*)[）)](?=[，。；、：,;:\n）和及\t |]|$)"
)
"""A bracket of parts or sizes, each a noun with its number: （含大桥3座）, （正线全长12公里、投资6亿元）, （包括一个冷库、两个车间）."""
_SENTENCE_END = re.compile(f"[{_ENDS}]")
CLAUSE_END = re.compile(r"[，；：,;:（）()\t]")
_WIDER = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_NARROW_MARK = re.compile(r"[,;:!?()]")
_NARROW = str.maketrans("，；：！？（）", ",;:!?()")
LONGEST = 1000
"""Characters beyond which nobody writes a sentence: without a bound, a text without marks would cost the square of its length."""
_CUTS = ("；", ";", "，", ",", "、")


class Sentence(NamedTuple):
    """A sentence of one passage; offsets into the text. A year that opens it governs all of it, across semicolons."""

    start: int
    end: int
    passage: Passage


Sentences = Iterable[tuple[Sentence, tuple[Quantity, ...], tuple[DateMention, ...]]]
"""The sentences that hold a quantity, each with its quantities and dates."""


def widen(view: View) -> View:
    """The view, its text and masked text of the same length, with marks of one width, so that patterns need to know but one; marks inside
    values and titles stay."""
    text: list[str] = []
    masked: list[str] = []
    place = 0
    for mark in _NARROW_MARK.finditer(view.masked):
        at, wide = mark.start(), _WIDER[mark[0]]
        text += view.text[place:at], wide
        masked += view.masked[place:at], wide
        place = at + 1
    return replace(view, text="".join([*text, view.text[place:]]), masked="".join([*masked, view.masked[place:]])) if place else view


def as_printed(words: str, text: str) -> str:
    """Words read in a widened view with their marks as the text prints them: 细颗粒物(PM2.5)浓度."""
    narrow = words.translate(_NARROW)
    return narrow if narrow != words and words not in text and narrow in text else words


def hide_glosses(masked: str) -> str:
    """The masked text, same length, with every explanation in brackets hidden under U+E004, as indicators are read around it."""
    return _GLOSS.sub(lambda match: GLOSS * len(match[0]), masked)


def sentences(passage: Passage, shaded: str) -> Iterator[Sentence]:
    """The sentences of a passage, their closing mark excluded."""
    start = passage.start
    for mark in _SENTENCE_END.finditer(shaded, passage.start, passage.end):
        end, following = mark.span()
        if end - start > LONGEST:
            yield from [Sentence(*piece, passage) for piece in pieces(start, end, shaded)]
        elif start < end:
            yield Sentence(start, end, passage)
        start = following
    yield from [Sentence(*piece, passage) for piece in pieces(start, passage.end, shaded)]


def pieces(start: int, end: int, shaded: str) -> Iterator[tuple[int, int]]:
    """A sentence as (start, end), in pieces at its marks where it is too long to be one; nothing where it is empty."""
    while end - start > LONGEST:
        most = start + LONGEST
        cut = next((place + 1 for mark in _CUTS if (place := shaded.rfind(mark, start, most)) >= 0), most)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def sentence_at(passage: Passage, place: int, shaded: str) -> Sentence:
    """The sentence of a passage around a place that is no closing mark."""
    first, last = max(passage.start, place - LONGEST), min(passage.end, place + LONGEST)
    start = max([shaded.rfind(mark, first, place) for mark in _ENDS]) + 1
    end = _SENTENCE_END.search(shaded, place, last)
    return Sentence(start or first, end.start() if end else last, passage)


def clauses(sentence: Sentence, shaded: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence as (start, end), their marks excluded; empty ones left out."""
    return _clauses(sentence.start, sentence.end, shaded)


@lru_cache(maxsize=1 << 10)
def _clauses(start: int, end: int, shaded: str) -> tuple[tuple[int, int], ...]:
    """Several finders ask for the clauses of one sentence."""
    found = []
    for mark in CLAUSE_END.finditer(shaded, start, end):
        if start < mark.start():
            found.append((start, mark.start()))
        start = mark.end()
    if start < end:
        found.append((start, end))
    return tuple(found)


def counted(sentence: Sentence, quantities: Sequence[Quantity], shaded: str) -> Iterator[tuple[int, int, list[Quantity]]]:
    """The clauses of a sentence, each with those of its quantities that begin there and are not hidden by an explanation."""
    shown = [quantity for quantity in quantities if shaded[quantity.start] == QUANTITY]
    i, count = 0, len(shown)
    for start, end in clauses(sentence, shaded):
        first = i
        while i < count and shown[i].start < end:
            i += 1
        yield start, end, shown[first:i]


def show_counts(shaded: str, view: View) -> str:
    """The text with brackets shown again that only say how a count is made up (146件（来电96件、来信50件）) or how many there are in all
    (重点任务（共18项）), as tallies are read."""
    pieces, place = [], 0
    for bracket in _COUNTS.finditer(view.masked) if GLOSS in shaded else ():
        start, end = bracket.span(bracket.lastgroup or 0)
        if shaded[start - 1] == GLOSS:
            pieces += [shaded[place : start - 1], view.masked[start - 1 : end + 1]]
            place = end + 1
    return "".join([*pieces, shaded[place:]])


def show_parts(shaded: str, view: View, tallied: Container[int] = ()) -> str:
    """The text with brackets shown again that hold nothing but parts or sizes, as targets are read; not those right behind the end of a count
    that a tally has taken (已完成25项|（含长期坚持8项）)."""
    pieces, place = [], 0
    for bracket in _PARTS.finditer(view.masked) if GLOSS in shaded else ():
        if shaded[bracket.start()] == GLOSS and bracket.start() not in tallied:
            lead = bracket.end("lead") - bracket.start("lead")
            pieces += [shaded[place : bracket.start()], bracket[0][0] * (1 + lead), bracket[0][1 + lead :]]
            place = bracket.end()
    return "".join([*pieces, shaded[place:]])


def valued_sentences(outline: Outline, view: View, shaded: str) -> Iterator[tuple[Sentence, tuple[Quantity, ...], tuple[DateMention, ...]]]:
    """The sentences of the running text that hold a quantity, with their quantities and dates."""
    starts = [quantity.start for quantity in view.quantities]
    for passage in outline.passages:
        if passage.kind not in ("body", "field", "cell"):
            continue
        first = bisect_left(starts, passage.start)
        if first == len(starts) or starts[first] >= passage.end:
            continue
        if passage.kind == "cell" and view.quantities[first].end >= passage.end:
            continue  # a number that fills its cell is read under its column's head
        for sentence in sentences(passage, shaded):
            quantities = view.quantities_in(sentence.start, sentence.end)
            if quantities:
                yield sentence, quantities, view.dates_in(sentence.start, sentence.end)


def show_names(shaded: str, view: View, claims: Iterable[Claim]) -> str:
    """The text with the numbers of names shown again, so that a name stays one noun: 扬尘整治“六类现场”."""
    pieces, place = [], 0
    for claim in sorted((c for c in claims if c.kind in ("name", "ordinal", "grade", "word", "duration")), key=lambda c: c.start):
        if claim.start >= place and shaded[claim.start] != GLOSS:
            pieces += [shaded[place : claim.start], view.text[claim.start : claim.end]]
            place = claim.end
    return "".join([*pieces, shaded[place:]])


class Endings:
    """Which rules have a word of their lookups in `before` right before a place: a cheap test, like cues."""

    def __init__(self, rulebook: Rulebook, cues: Cues) -> None:
        self._always = cues.mask(lambda rule: not rule.before)
        self._words: dict[str, int] = {}
        lengths: dict[str, set[int]] = {}
        for number, rule in enumerate(cues.rules):
            for word in {word for name in rule.before for word in rulebook.words(name)}:
                self._words[word] = self._words.get(word, 0) | 1 << number
                lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: tuple(sorted(found)) for last, found in lengths.items()}

    def rules(self, text: str, place: int, first: int) -> int:
        """The set of the rules with a word that ends at `place` and begins at `first` or later (了, 约 and the like may stand between), and
        of those that name no such words."""
        found = self._always
        while place > first:
            for length in self._lengths.get(text[place - 1], ()):
                if length > place - first:
                    break
                found |= self._words.get(text[place - length : place], 0)
            if text[place - 1] not in _FILLERS:
                break
            place -= 1
        return found


_FILLERS = frozenset("了约近超逾达有共的过")
