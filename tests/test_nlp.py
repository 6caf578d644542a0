"""Words, spaCy documents and subject patterns: they agree with their reference, keep their offsets, and the owners need them."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import jieba
import jieba.posseg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.nlp.docs import to_doc
from extract.nlp.subjects import Compounds, begins_deed
from extract.nlp.words import tag
from extract.pipeline import convert
from extract.records import duties
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Rulebook

DEVELOPMENT = ROOT / "tests" / "development"
COMPOUNDS = Compounds(frozenset({"整改", "监测"}), frozenset({"情况", "能力", "率"}))


def test_words_and_tags_agree_with_their_reference(samples: Path) -> None:
    text = (samples / "s17_huitoukan_fangan.txt").read_text("utf-8")
    ours, theirs = set(), set()
    tags: Counter[bool] = Counter()
    for number, line in enumerate(re.findall("[一-龥，。；、]{2,}", text)):  # numbers are told by patterns, not by the tagger
        ours |= {(number, word.start, word.end) for word in tag(line)}
        theirs |= {(number, start, end) for _, start, end in jieba.tokenize(line)}
        tags.update(same_tags(line))
    assert 2 * len(ours & theirs) / (len(ours) + len(theirs)) > 0.98
    assert tags[True] / tags.total() > 0.95


def same_tags(line: str) -> list[bool]:
    """For each word that posseg cuts as we do, whether it has the same tag there."""
    ours = {(word.start, word.end): word.tag for word in tag(line)}
    place, same = 0, []
    for pair in jieba.posseg.cut(line):
        span = (place, place + len(pair.word))
        place = span[1]
        if span in ours:
            same.append(ours[span] == pair.flag)
    return same


@given(st.text(alphabet="市县水务局要落实整改，。（）0123abc 　\n", max_size=40), st.integers(min_value=0, max_value=9))
@settings(deadline=None)
def test_offsets_are_kept(text: str, start: int) -> None:
    words = tag(text, start)
    doc = to_doc(text, words)
    assert "".join(token.text for token in doc) == text
    assert [(token.idx + start, token.tag_) for token in doc] == [(word.start, word.tag) for word in words]
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize(
    ("rest", "acts"),
    [
        ("筹措资金三千万元", True),
        ("主动争取支持", True),
        ("整改到位", True),
        ("整改情况如下", False),
        ("监测能力不足", False),
        ("整改的问题", False),
        ("环境质量改善", False),
        ("进展", False),
        ("", False),
    ],
)
def test_a_verb_after_a_name_makes_a_doer(rest: str, acts: bool) -> None:
    assert begins_deed(rest, COMPOUNDS) is acts


@pytest.mark.parametrize(("rest", "acts"), [("落实属地责任", True), ("整改任务", True), ("整改情况如下", False)])
def test_a_known_verb_may_still_be_half_a_noun(rest: str, acts: bool) -> None:
    assert begins_deed(rest, COMPOUNDS, known=True) is acts


def test_owners_need_the_subject_patterns(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    with_patterns = owners_f1(book)
    monkeypatch.setattr(duties, "begins_deed", told_by_the_rules_alone)
    duties._acts.cache_clear()
    without = owners_f1(book)
    duties._acts.cache_clear()
    assert with_patterns > without + 0.005


def told_by_the_rules_alone(_rest: str, _compounds: Compounds, *, known: bool = False) -> bool:
    """What is left when no pattern over parts of speech is asked."""
    return known


def owners_f1(book: Rulebook) -> float:
    """How well the names of owners found in the development documents agree with those that careful people read."""
    found = wanted = right = 0
    for sample in sorted((DEVELOPMENT / "docs").iterdir()):
        gold = json.loads((DEVELOPMENT / "gold" / f"{sample.stem}.json").read_text("utf-8"))["owners"]
        names = Counter("".join(owner["name"].split()) for owner in gold)
        ours = Counter(row.name for row in convert(sample.read_bytes(), sample.name, book).rows.owners)
        found, wanted, right = found + ours.total(), wanted + names.total(), right + (names & ours).total()
    return 2 * right / (found + wanted)
