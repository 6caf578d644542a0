"""Which rules may match where: the cues of many rules found by one scan of a text (Aho–Corasick), whatever their number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from ahocorasick_rs import AhoCorasick

from extract.rulebook.schema import Rule


class Cues:
    """The cues of some rules. Sets of rules are bit masks: the rule with number i, in the order given, is the bit 1 << i."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._pairs = tuple(enumerate(self.rules))
        self.always = self.mask(lambda rule: not rule.cues)
        self._words: dict[str, int] = {}
        self.numbered = lru_cache(maxsize=1 << 12)(self._numbers)
        for number, rule in enumerate(self.rules):
            for cue in rule.cues:
                self._words[cue] = self._words.get(cue, 0) | 1 << number

    def mask(self, chosen: Callable[[Rule], bool]) -> int:
        """The set of the rules for which `chosen` holds."""
        return sum(1 << number for number, rule in enumerate(self.rules) if chosen(rule))

    def _numbers(self, mask: int) -> tuple[tuple[int, Rule], ...]:
        """The rules of a set with their numbers, in order."""
        found = []
        while mask:
            found.append(self._pairs[(mask & -mask).bit_length() - 1])
            mask &= mask - 1
        return tuple(found)

    def scan(self, text: str) -> Cued:
        """All cues of a text, found at once."""
        return Cued(self._finder.find_matches_as_indexes(text, overlapping=True), self._masks, self.always)

    @cached_property
    def _finder(self) -> AhoCorasick:
        return AhoCorasick(list(self._words))

    @cached_property
    def _masks(self) -> list[int]:
        return list(self._words.values())


class Cued:
    """Where the cues of one text stand, in the order of their ends (number, start, end), and the rules that each is a cue of, by its number."""

    def __init__(self, hits: Sequence[tuple[int, int, int]], masks: Sequence[int], always: int) -> None:
        self._hits, self._masks, self._always = hits, masks, always
        self._ends = [end for _, _, end in hits]

    def hits(self) -> list[tuple[int, int]]:
        """Where each cue begins, and the set of the rules that it is a cue of."""
        return [(start, self._masks[cue]) for cue, start, _ in self._hits]

    def rules(self, start: int, end: int) -> int:
        """The set of the rules of which a cue stands whole in text[start:end], with those that have no cues."""
        found = self._always
        hits = self._hits
        for i in range(bisect_right(self._ends, start), len(hits)):
            cue, begin, stop = hits[i]
            if stop > end:
                break
            if begin >= start:
                found |= self._masks[cue]
        return found
