"""Does what follows a name make it the doer? Told by parts of speech, tried on candidate clauses only; what may be a noun is shown to spaCy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.nlp.docs import to_doc, vocabulary
from extract.nlp.words import Word, tag

if TYPE_CHECKING:
    from spacy.matcher import Matcher

_ADVERB_TAGS = frozenset(("d", "ad", "t", "b", "f"))
_VERB_TAGS = frozenset(("v", "vn", "vd", "vg", "vi"))
_NO_OBJECT = frozenset(("uj", "ul", "uz", "ug", "u", "ud", "uv", "x", "w"))
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
    if _opens_as_compound(rest, words, compounds) and _is_noun(rest, words, compounds):
        return False
    return known or _tells_deed(words)


def _tells_deed(words: Sequence[Word]) -> bool:
    """Does a verb of two characters or more, behind adverbs or none, stand here alone or with something to do it to?"""
    place = next((number for number, word in enumerate(words) if word.tag not in _ADVERB_TAGS), None)
    if place is None or words[place].tag not in _VERB_TAGS or words[place].end - words[place].start < 2:
        return False
    following = words[place + 1 : place + 2]
    return following[0].tag not in _NO_OBJECT if following else words[place].tag == "v"


def _opens_as_compound(rest: str, words: Sequence[Word], compounds: Compounds) -> bool:
    """Do two parts of a noun stand first? Most documents hold none behind a name, and do without spaCy, which takes 0.6 s to load."""
    return len(words) > 1 and rest[: words[0].end] in compounds.verbs and rest[words[0].end : words[1].end] in compounds.nouns


def _is_noun(rest: str, words: Sequence[Word], compounds: Compounds) -> bool:
    """Is `rest` a noun that begins with a verb, or does it begin with one of which something is said?"""
    doc = to_doc(rest, words)
    found = {(vocabulary().strings[name], end == len(doc)) for name, start, end in _matcher(compounds)(doc) if start == 0}
    return bool(found & {("noun", True), ("statement", True), ("statement", False)})


@lru_cache(maxsize=2)
def _matcher(compounds: Compounds) -> Matcher:
    """noun: a noun that begins with a verb.   statement: that noun and what is said of it."""
    from spacy.matcher import Matcher

    noun: list[dict[str, Any]] = [{"TEXT": {"IN": sorted(compounds.verbs)}}, {"TEXT": {"IN": sorted(compounds.nouns)}}]
    matcher = Matcher(vocabulary())
    matcher.add("noun", [noun])
    matcher.add("statement", [[*noun, {"TAG": {"IN": _SAID_OF}}]])
    return matcher
