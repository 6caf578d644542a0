"""The shape of rules, fragments and lookups, once read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import regex

from extract.errors import RuleError
from extract.rulebook.kept import compiled

TIMEOUT = 2.0
"""Seconds that one scan of one pattern over one passage may take; a last guard against texts built to be slow."""
_SHORT = 80
"""Characters below which no scan is slow enough to be watched: asking the clock costs more than most of them take."""

_LIST = regex.compile(r"\\L<([a-z_]+)>")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A text and the rows that it must yield, each given by some of its columns. An empty `find` is a near miss; `why` says why."""

    text: str
    find: tuple[Row, ...]
    line: int
    why: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: a pattern over the masked text (see rules/README.md), the cues without which it need not run, and its proof.

    source: the pattern with all fragments filled in.   before: lookups of which a word must stand right before the value, a cheap test too.   words: the named lists that the pattern uses.   set: constants that the rule gives its rows.
    """

    id: str
    kind: str
    about: str
    cues: tuple[str, ...]
    source: str
    before: tuple[str, ...]
    set: Mapping[str, str]
    examples: tuple[Example, ...]
    known_failures: tuple[Example, ...]
    file: str
    line: int
    words: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled pattern, compiled when it is first needed. Raises RuleError where it is no pattern."""
        try:
            return compiled(_LIST.sub(lambda found: f"(?:{_opening(self.words[found[1]])}{found[0]})", self.source), self.words)
        except regex.error as error:
            raise RuleError(f"{self.file}:{self.line}: rule {self.id}: the pattern does not compile: {error}") from error

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """The matches in text[start:end]; no cue is looked for. Offsets of the matches point into `text`."""
        end = len(text) if end is None else end
        return self.pattern.finditer(text, start, end, timeout=None if end - start < _SHORT else TIMEOUT)

    def search(self, text: str, start: int = 0) -> regex.Match[str] | None:
        """The first match in text[start:]; no cue is looked for."""
        return self.pattern.search(text, start) if len(text) - start < _SHORT else self.pattern.search(text, start, timeout=TIMEOUT)

    def match(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """The match that begins at `start` and ends before `end`; no cue is looked for."""
        return self.pattern.match(text, start, end) if end - start < _SHORT else self.pattern.match(text, start, end, timeout=TIMEOUT)


@lru_cache(maxsize=256)
def _opening(words: frozenset[str]) -> str:
    """A look ahead for what a list's words begin with: to look up a list, `regex` cuts a piece of each length out of the text, at every place."""
    return f"(?=[{''.join(map(regex.escape, sorted({word[0] for word in words})))}])"


@dataclass(frozen=True)
class Fragment:
    """A named piece of pattern, written `$name` in rules. Every example must match whole, no `not` may."""

    name: str
    source: str
    note: str
    examples: tuple[str, ...]
    near: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True)
class Lookup:
    """A list of words, each variant with what it stands for (itself where the list has no canonical forms)."""

    name: str
    about: str
    entries: Mapping[str, str]
    file: str

    @cached_property
    def words(self) -> frozenset[str]:
        """All variants."""
        return frozenset(self.entries)
