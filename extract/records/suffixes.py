"""Which of many words a text ends in: found by the lengths of those that share its last character, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable


class Suffixes:
    """Words that texts may end in."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[-1], set()).add(len(word))
        self._lengths = {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}

    @property
    def lasts(self) -> frozenset[str]:
        """The characters that the words end with."""
        return frozenset(self._lengths)

    def may_end_in(self, text: str) -> bool:
        """Whether the text holds a character that one of the words ends with; without one, no part of it ends in a word."""
        return not self._lengths.keys().isdisjoint(text)

    def of(self, text: str) -> str:
        """The longest of the words that the text ends in, or an empty string."""
        last = text[-1:]
        if last in self._lengths:
            for length in self._lengths[last]:
                if text[-length:] in self._words:
                    return text[-length:]
        return ""
