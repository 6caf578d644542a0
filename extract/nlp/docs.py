"""spaCy documents made of jieba's words and tags: one shared vocabulary, no pipeline, no model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from extract.nlp.words import Word

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@cache
def vocabulary() -> Vocab:
    """The vocabulary that all documents and matchers share."""
    from spacy.vocab import Vocab

    return Vocab()


def to_doc(text: str, words: Sequence[Word]) -> Doc:
    """A spaCy document of `text` cut into `words`, which must cover it without gaps; `token.idx` is the offset in `text`, `token.tag_` jieba's tag."""
    from spacy.tokens import Doc

    shift = words[0].start if words else 0
    pieces = [text[word.start - shift : word.end - shift] for word in words]
    return Doc(vocabulary(), words=pieces, spaces=[False] * len(pieces), tags=[word.tag for word in words])
