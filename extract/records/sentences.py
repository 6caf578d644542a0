"""Sentences and clauses of the passages, with the values inside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.model import Claim, DateMention, Outline, Passage, Quantity, View
from extract.rulebook import Rulebook

QUANTITY, DATE, ORDINAL, TITLE, GLOSS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"

_GLOSS = re.compile(r"（(?!其中)[^（）\n]{0,120}）|\((?!其中)[^()\n]{0,120}\)")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[，；：,;:（）()\t]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one passage; offsets into the text. A year that opens it governs all of it, across semicolons."""

    start: int
    end: int
    passage: Passage


Sentences = Iterable[tuple[Sentence, tuple[Quantity, ...], tuple[DateMention, ...]]]
"""The sentences that hold a quantity, each with its quantities and dates."""


def hide_glosses(masked: str) -> str:
    """The masked text, same length, with every explanation in brackets hidden under U+E004, as indicators are read around it."""
    return _GLOSS.sub(lambda match: GLOSS * len(match[0]), masked)


def sentences(passage: Passage, shaded: str) -> Iterator[Sentence]:
    """The sentences of a passage, their closing mark excluded."""
    start = passage.start
    for mark in _SENTENCE_END.finditer(shaded, passage.start, passage.end):
        if start < mark.start():
            yield Sentence(start, mark.start(), passage)
        start = mark.end()
    if start < passage.end:
        yield Sentence(start, passage.end, passage)


def clauses(sentence: Sentence, shaded: str) -> list[tuple[int, int]]:
    """The clauses of a sentence as (start, end), their marks excluded; empty ones left out."""
    found = []
    start = sentence.start
    for mark in _CLAUSE_END.finditer(shaded, sentence.start, sentence.end):
        if start < mark.start():
            found.append((start, mark.start()))
        start = mark.end()
    if start < sentence.end:
        found.append((start, sentence.end))
    return found


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
    """Which lookups have a word that stands right before a place: a cheap test for the rules that name one in `before`."""

    def __init__(self, rulebook: Rulebook, names: Iterable[str]) -> None:
        self._names: dict[str, set[str]] = {}
        for name in names:
            for word in rulebook.words(name):
                self._names.setdefault(word, set()).add(name)
        self._longest = max(map(len, self._names), default=0)

    def before(self, text: str, place: int, first: int) -> set[str]:
        """The lookups with a word that ends at `place` and begins at `first` or later; 了, 约 and the like may stand between."""
        found: set[str] = set()
        while True:
            for length in range(1, min(self._longest, place - first) + 1):
                found |= self._names.get(text[place - length : place], _NONE)
            if place == first or text[place - 1] not in _FILLERS:
                return found
            place -= 1


_FILLERS = "了约近超逾达有共的过"
_NONE: set[str] = set()
