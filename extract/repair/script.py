"""Fixers of the writing itself: pinyin glosses between characters, and Traditional text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

from extract.model import Edit
from extract.repair.draft import Draft
from extract.repair.signs import TRADITIONAL

_TONED_LETTERS = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿê"
_LETTERS = f"a-zɡü{_TONED_LETTERS}"
_GLOSS = re.compile(f"(?:[(（][ ]?[{_LETTERS}]{{1,6}}(?:[ ]?/[ ]?[{_LETTERS}]{{1,6}}){{0,4}}[ ]?[)）])+")
_SYLLABLES = re.compile(f"[{_LETTERS}]+")
_TONED = re.compile(f"[{_TONED_LETTERS}]")
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|er|i|ia|ie|iao|iu|ian|in|iang|ing|iong|"
    "u|ua|uo|uai|ui|uan|un|uang|ue|ü|üe|üan|ün|v|ve)|n|ng|m|hm|hng"
)
_UNITS = frozenset({"ha", "min", "pa"})
"""Syllables that are also units: 公顷(ha)."""

_ENOUGH_GLOSSES = 3


def drop_glosses(draft: Draft) -> list[Edit]:
    """Pinyin in brackets behind a character: 環(huán)境, 省(sheng)(sheng), 要(yào / yāo)求. (VOCs), (pH), (app) are no syllables and stay.

    A syllable with its tone, or one that stands twice, is a gloss; one without tone only in a text that has such glosses.
    """
    if not (draft.has_rare(_TONED) or ")(" in draft.text or "）（" in draft.text):
        return []
    glosses = [m for m in _GLOSS.finditer(draft.text) if _is_han(draft.text[m.start() - 1 : m.start()])]
    found = [(m, _SYLLABLES.findall(m[0])) for m in glosses]
    found = [(m, syllables) for m, syllables in found if all(map(_is_syllable, syllables))]
    certain = sum(1 for _, syllables in found if _is_certain(syllables))
    return [
        Edit(m.start(), m[0], "")
        for m, syllables in found
        if _is_certain(syllables) or (certain >= _ENOUGH_GLOSSES and not _UNITS.intersection(syllables))
    ]


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "〇"


def _is_certain(syllables: list[str]) -> bool:
    return _TONED.search("".join(syllables)) is not None or (len(syllables) > 1 and len(set(syllables)) == 1)


@cache
def _is_syllable(letters: str) -> bool:
    marks = unicodedata.normalize("NFD", letters.replace("ɡ", "g"))
    bare = "".join("ü" if c == "\u0308" else c for c in marks if c == "\u0308" or not unicodedata.combining(c)).replace("uü", "ü")
    return _SYLLABLE.fullmatch(bare) is not None


_ENOUGH_CHARS = 2
"""Different characters that only Traditional text holds, without which there is nothing to convert."""
_DENSE = 0.1
"""Share of a text's Han characters that change, from which it counts as Traditional (full Traditional text: about a third)."""
_HAN = re.compile("[\u3400-\u9fff]+")


def to_simplified(draft: Draft) -> list[Edit]:
    """Traditional text to Simplified, phrase by phrase (OpenCC t2s): a whole text, or whole lines of it. Names in other text stay."""
    if len(TRADITIONAL.intersection(draft.rare)) < _ENOUGH_CHARS:
        return []
    lines = [(start, draft.text[start:end]) for start, end in draft.lines]
    converted = converter().convert(draft.text).split("\n")
    if len(converted) != len(lines):
        return []
    changes = [_changes(old, new) for (_, old), new in zip(lines, converted, strict=True)]
    han = sum(len(run) for run in _HAN.findall(draft.text))
    whole = sum(changes) >= han * _DENSE
    edits: list[Edit] = []
    for (start, old), new, changed in zip(lines, converted, changes, strict=True):
        if changed and (whole or (changed >= 6 and changed >= _DENSE * len(old))):
            edits += _differences(start, old, new)
    return edits


@cache
def converter() -> OpenCC:
    """What turns Traditional text to Simplified; loaded when first needed."""
    return OpenCC("t2s")


def _changes(old: str, new: str) -> int:
    return sum(1 for a, b in zip(old, new, strict=False) if a != b) if old != new else 0


def _differences(start: int, old: str, new: str) -> Iterator[Edit]:
    """Runs of characters that changed; the whole line where a phrase changed its length."""
    if len(old) != len(new):
        yield Edit(start, old, new)
        return
    at = 0
    while at < len(old):
        if old[at] == new[at]:
            at += 1
            continue
        end = at
        while end < len(old) and old[end] != new[end]:
            end += 1
        yield Edit(start + at, old[at:end], new[at:end])
        at = end
