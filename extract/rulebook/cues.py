"""Which rules may match where: the cues of many rules found by one scan of a text (Aho–Corasick), whatever their number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from ahocorasick_rs import AhoCorasick

from extract.rulebook.schema import Rule


class Cues:
    """The cues of some rules. Sets of rules are bit masks: the rule with number i, in the order given, is the bit 1 << i."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
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
            number = (mask & -mask).bit_length() - 1
            found.append((number, self.rules[number]))
            mask &= mask - 1
        return tuple(found)

    def scan(self, text: str) -> Cued:
        """All cues of a text, found at once."""
        hits = self._finder.find_matches_as_indexes(text, overlapping=True)
        return Cued([start for _, start, _ in hits], [end for _, _, end in hits], [self._masks[word] for word, _, _ in hits], self.always)

    @cached_property
    def _finder(self) -> AhoCorasick:
        return AhoCorasick(list(self._words))

    @cached_property
    def _masks(self) -> list[int]:
        return list(self._words.values())


class Cued:
    """Where the cues of one text stand, in the order of their ends, and the rules that each is a cue of."""

    def __init__(self, starts: list[int], ends: list[int], masks: list[int], always: int) -> None:
        self._starts, self._ends, self._masks, self._always = starts, ends, masks, always

    def hits(self) -> Iterator[tuple[int, int]]:
        """Where each cue begins, and the set of the rules that it is a cue of."""
        return zip(self._starts, self._masks, strict=True)

    def rules(self, start: int, end: int) -> int:
        """The set of the rules of which a cue stands whole in text[start:end], with those that have no cues."""
        found = self._always
        ends = self._ends
        for i in range(bisect_right(ends, start), len(ends)):
            if ends[i] > end:
                break
            if self._starts[i] >= start:
                found |= self._masks[i]
        return found
