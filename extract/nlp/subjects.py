"""Does what follows a name make it the doer? Part-of-speech patterns over spaCy documents, tried on candidate clauses only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.nlp.docs import to_doc, vocabulary
from extract.nlp.words import Word, tag

if TYPE_CHECKING:
    from spacy.matcher import Matcher

_ADVERB_TAGS = ["d", "ad", "t", "b", "f"]
_VERB_TAGS = ["v", "vn", "vd", "vg", "vi"]
_ADVERBS: dict[str, Any] = {"TAG": {"IN": _ADVERB_TAGS}, "OP": "*"}
_VERB: dict[str, Any] = {"TAG": {"IN": _VERB_TAGS}, "LENGTH": {">=": 2}}
_PLAIN_VERB: dict[str, Any] = {"TAG": "v", "LENGTH": {">=": 2}}
_NO_OBJECT = ["uj", "ul", "uz", "ug", "u", "ud", "uv", "x", "w"]
_SAID_OF = ["t", "a", "ad", "an", "d", "p", "f", "v", "vd", "r", "x", "w", "z"]


class Compounds(NamedTuple):
    """The parts of nouns that begin with a verb: 整改 and 情况 of 整改情况."""

    verbs: frozenset[str]
    nouns: frozenset[str]


def begins_deed(rest: str, compounds: Compounds, *, known: bool = False) -> bool:
    """Whether a verb opens `rest`, the text after a name, so that the bearer of the name does something (深入一线, 多方筹措资金).

    A verb that is part of a noun (整改情况如下, 监测能力不足) or is followed by 的 or 了 is none. known: a list of the rules has told the verb
    already, so that only the noun is left to be ruled out.
    """
    if known and rest[:2] not in compounds.verbs and rest[:3] not in compounds.verbs:
        return True
    return _begins_deed(rest, compounds, known)


@lru_cache(maxsize=1 << 13)
def _begins_deed(rest: str, compounds: Compounds, known: bool) -> bool:
    words = tag(rest)
    if not words or not (_opens_with_verb(words) or rest[: words[0].end] in compounds.verbs):
        return known  # no pattern begins so: most phrases are settled without a document
    doc = to_doc(rest, words)
    found = {(vocabulary().strings[name], end == len(doc)) for name, start, end in _matcher(compounds)(doc) if start == 0}
    if ("noun", True) in found or ("statement", True) in found or ("statement", False) in found:
        return False
    return known or ("deed", True) in found or ("deed", False) in found or ("verb", True) in found


def _opens_with_verb(words: Sequence[Word]) -> bool:
    """Is the first word that is no adverb a verb of two characters or more?"""
    first = next((word for word in words if word.tag not in _ADVERB_TAGS), None)
    return first is not None and first.tag in _VERB_TAGS and first.end - first.start > 1


@lru_cache(maxsize=2)
def _matcher(compounds: Compounds) -> Matcher:
    """deed: adverbs and a verb with something to do it to.   verb: the same without.   noun: a noun that begins with a verb.   statement: that noun and what is said of it."""
    from spacy.matcher import Matcher

    noun = [{"TEXT": {"IN": sorted(compounds.verbs)}}, {"TEXT": {"IN": sorted(compounds.nouns)}}]
    matcher = Matcher(vocabulary())
    matcher.add("deed", [[_ADVERBS, _VERB, {"TAG": {"NOT_IN": _NO_OBJECT}}]])
    matcher.add("verb", [[_ADVERBS, _PLAIN_VERB]])
    matcher.add("noun", [noun])
    matcher.add("statement", [[*noun, {"TAG": {"IN": _SAID_OF}}]])
    return matcher
