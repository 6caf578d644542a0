"""Many patterns as one, each a group of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

# What only the regex library reads: named lists, properties, branch resets, operations on sets.
_REGEX_ONLY = re.compile(r"\\[LpP]<?|\(\?\||--|&&|\|\||~~|\[\[")

Pattern = re.Pattern[str] | regex.Pattern[str]
Match = re.Match[str] | regex.Match[str]


def union(sources: Sequence[tuple[int, str]]) -> Pattern:
    """One pattern of numbered ones; `number_of` tells which matched. With none it matches nothing.

    The standard library's `re` is three times as fast on labels and headings, so it is used where it reads the patterns.
    """
    source = "|".join(f"(?P<r{i}>{part})" for i, part in sources) or "(?!)"
    return regex.compile(source, regex.VERSION1) if _REGEX_ONLY.search(source) else re.compile(source)


def number_of(match: Match) -> int:
    """The number of the pattern that matched."""
    return int(str(match.lastgroup)[1:])
