"""Words and their parts of speech: jieba's dictionary and model, in the fast implementation."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import rjieba


class Word(NamedTuple):
    """A word with its offsets and jieba's part-of-speech tag (n, v, nt, ns, nr, m, d, p …)."""

    start: int
    end: int
    tag: str


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()


def tag(text: str, start: int = 0) -> list[Word]:
    """The words of a clause, in order and without gaps; offsets are shifted by `start`, where the clause stands in its text."""
    words = []
    place = start
    for word, part in _segmenter().tag(text):
        words.append(Word(place, place + len(word), part))
        place += len(word)
    return words
