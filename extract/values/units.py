"""Units and bounding words, looked up in the table that `rules/lookups/units.yml` holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.rulebook import load
from extract.rulebook.where import default_rules
from extract.values.numerals import POWERS

UnitTable = Mapping[str, str]
"""Variant → name of its base unit; words that are no units → a code with a space (`before >=`, `after <=`, `no unit`, `no bound` …), or words of
which only the beginning is a unit (点意见 → `as 点`)."""

_MULTIPLIER = re.compile("[百千十]?(?:万亿|万|亿)|百|千")
_MULTIPLIERS = frozenset("十百千万亿")
_PER_MARKS = frozenset("/／每·")
_SOME = frozenset("余多来几")
_PER = {"天": "日", "个月": "月", "周": "周"}
"""Durations are counted in 天 and 个月; a rate is 吨/日, whatever it was printed as."""


@dataclass(frozen=True, slots=True)
class Units:
    """The table, and what is told by one or two characters before a word is looked up in it.

    firsts: every character that an entry begins with.   after_firsts: that a word behind a number begins with.   from_two: the lengths
    of the longer entries by their first two characters, to_last: of the words before a number by their last; longest first.
    """

    table: Mapping[str, str]
    firsts: frozenset[str]
    after_firsts: frozenset[str]
    from_two: Mapping[str, tuple[int, ...]]
    to_last: Mapping[str, tuple[int, ...]]

    def entry_at(self, text: str, at: int) -> tuple[int, str] | None:
        """The longest entry that begins at text[at]: its end and what it stands for."""
        table = self.table
        for size in self.from_two.get(text[at : at + 2], ()):
            name = table.get(text[at : at + size])
            if name is not None and at + size <= len(text):
                return at + size, name
        name = table.get(text[at : at + 1])
        return None if name is None else (at + 1, name)

    def bound_before(self, text: str, at: int) -> tuple[int, str] | None:
        """The longest bounding word that ends at text[at]: its start and its code; None where it only looks like one."""
        for size in self.to_last.get(text[at - 1 : at], ()):
            name = self.table.get(text[at - size : at]) if size <= at else None
            if name is not None and name.startswith(("before", "no bound")):
                return None if name == "no bound" else (at - size, name)
        return None

    def unit_at(self, text: str, at: int) -> tuple[int, str] | None:
        """The unit that begins at text[at], its denominators included (毫克/升, 吨/平方公里·月): its end and its base unit."""
        found = self.entry_at(text, at)
        if found is not None and found[1].startswith("as "):
            found = at + len(found[1]) - 3, found[1][3:]
        if found is None or " " in found[1] or (text[found[0] - 1] <= "z" and _cuts_a_word(text, found[0])):
            return None
        end, name = found
        while text[end : end + 1] in _PER_MARKS and (text[end] != "·" or "/" in name):
            per, many = self.entry_at(text, end + 1), None
            if per is None and (many := _MULTIPLIER.match(text, end + 1)) is not None:
                per = self.entry_at(text, many.end())
            if per is None or (" " in per[1] and not per[1].startswith("per ")) or _cuts_a_word(text, per[0]):
                break
            below = per[1].removeprefix("per ")
            name += ("·" if text[end] == "·" else "/") + (many[0] if many else "") + _PER.get(below, below)
            end = per[0]
        return end, name


@cache
def default_units() -> UnitTable:
    """The table of the project's own rules, read once."""
    return load(default_rules()).lookup("units")


def prepared(table: UnitTable) -> Units:
    """The table made ready for looking up. The same object is prepared only once."""
    return _prepared(_Same(table))


class _Same:
    """A table as a key: equal to itself alone, so that a cache need not read it through. The cache keeps it alive, so its id stays its own."""

    def __init__(self, table: UnitTable) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.table is other.table


@lru_cache(maxsize=4)
def _prepared(same: _Same) -> Units:
    two: dict[str, set[int]] = {}
    last: dict[str, set[int]] = {}
    table = {word: name for word, name in same.table.items() if word}
    for word, name in table.items():
        if len(word) > 1:
            two.setdefault(word[:2], set()).add(len(word))
        if name.startswith(("before", "no bound")):
            last.setdefault(word[-1], set()).add(len(word))
    after = frozenset(word[0] for word, name in table.items() if name.startswith("after "))
    return Units(table, frozenset(word[0] for word in table), after, _longest_first(two), _longest_first(last))


def _longest_first(sizes: Mapping[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in sizes.items()}


def _cuts_a_word(text: str, end: int) -> bool:
    """A Latin unit ends where its letters and digits end: the m of `5mm2` or of `3max` is none."""
    if text[end - 1] > "z":
        return False
    after = text[end : end + 1]
    return text[end - 1].isalnum() and after.isascii() and after.isalnum()


def unit_behind(text: str, at: int, units: Units, loose: bool) -> tuple[int, str, int, bool] | None:
    """End, base unit and power of the multiplier of what follows a number, and whether 余 or 多 stands in it. None where no unit follows.

    loose: whether a space may stand before the unit."""
    begin = at + 1 if loose and text.startswith((" ", "\u00a0", "\u2009"), at) else at
    more = False
    end = begin
    if found := units.unit_at(text, end):
        return *found, 0, found[1] == "个月" and text[found[0] - 2] == "多"
    if text[end : end + 1] in _SOME:
        more = True
        end += 1
        if found := units.unit_at(text, end):
            return *found, 0, True
    multiplier = _MULTIPLIER.match(text, end) if text[end : end + 1] in _MULTIPLIERS else None
    if multiplier is None:
        return (end, "", 0, True) if more and begin == at else None
    end = multiplier.end()
    power = POWERS[multiplier[0]]
    if text[end : end + 1] in _SOME:
        more = True
        end += 1
    if found := units.unit_at(text, end):
        return *found, power, more
    return (end, "", power, more) if begin == at else None
