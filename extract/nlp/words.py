"""Words and their parts of speech: jieba's dictionary and model, in the fast implementation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import rjieba


class Word(NamedTuple):
    """A word with its offsets and jieba's part-of-speech tag (n, v, nt, ns, nr, m, d, p …)."""

    start: int
    end: int
    tag: str


def tag(text: str, start: int = 0) -> Sequence[Word]:
    """The words of a clause, in order and without gaps; offsets are shifted by `start`, where the clause stands in its text."""
    words = _tag(text)
    return [Word(word.start + start, word.end + start, word.tag) for word in words] if start else words


@lru_cache(maxsize=1 << 14)
def _tag(text: str) -> tuple[Word, ...]:
    """Short phrases recur in notices, and several finders ask for the words of one."""
    words = []
    place = 0
    for word, part in rjieba.tag(text):
        end = place + len(word)
        words.append(Word(place, end, part))
        place = end
    return tuple(words)


def is_word(text: str) -> bool:
    """Is a short text a word of the dictionary, or does it hold one of two characters that is no name (分别, 会议)?"""
    pairs = (text[place : place + 2] for place in range(len(text) - 1))
    return rjieba.has_word(text) or any(rjieba.has_word(pair) and not tag(pair)[0].tag.startswith(("nr", "ns", "nz")) for pair in pairs)


def search_words(text: str) -> list[str]:
    """The words of a text as a search wants them: the long ones and the dictionary's words inside them (污水, 处理 and 污水处理)."""
    return rjieba.cut_for_search(text)
