"""Targets and tallies of single sentences, read as one passage of a plan or a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.model import Header, Outline, Passage, Quantity
from extract.records.numerals import claim_numerals, ordinal_claims
from extract.records.sentences import hide_glosses, show_names, valued_sentences
from extract.records.tallies import find_tallies
from extract.records.targets import find_targets
from extract.rulebook import Rulebook, load
from extract.rulebook.where import default_rules
from extract.values.mask import find_values

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yml").read_text(encoding="utf-8"))
PUBLISHED = {"measure": date(2023, 6, 1), "progress": date(2023, 11, 1)}
DOC_TYPE = {"measure": "plan", "progress": "progress"}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load(default_rules())


def read(text: str, role: Any, rulebook: Rulebook, doc_type: str = "") -> tuple[list[str], list[str]]:
    """The targets and tallies of a text, each told in one line as the cases tell them."""
    header = Header(doc_type=doc_type or DOC_TYPE[role], anchor=PUBLISHED[role])  # type: ignore[arg-type]
    outline = Outline(header, (), (), (Passage("body", 0, len(text), 0, role),))
    view = find_values(text, header.anchor, None, rulebook.lookup("units"))
    shaded = hide_glosses(view.masked)
    found = list(valued_sentences(outline, view, shaded))
    claims = [*ordinal_claims(view), *claim_numerals(found, view, shaded, rulebook)]
    shaded = show_names(shaded, view, claims)
    tallies, counted = find_tallies(found, view, shaded, rulebook, {claim.start for claim in claims})
    targets, _ = find_targets(found, outline, view, shaded, rulebook, [*claims, *counted])
    told = [" | ".join((t.kind, t.indicator, t.change, t.operator + amount(t.quantity), str(t.due or "-"))) for t in targets]
    parts = [" | ".join(str("-" if x is None else x) for x in (t.subject, t.total, t.done, t.ongoing, t.pending)) for t in tallies]
    return told, parts


def amount(quantity: Quantity) -> str:
    return f"{quantity.value}{quantity.unit}"


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:20] for case in CASES])
def test_figures(case: dict[str, Any], rulebook: Rulebook) -> None:
    targets, tallies = read(case["text"], case["role"], rulebook, case.get("doc_type", ""))
    assert targets == case.get("targets", [])
    assert tallies == case.get("tallies", [])


def test_every_row_points_at_its_clause(rulebook: Rulebook) -> None:
    """A target's clause holds its number; no number makes two targets but where one number serves several indicators."""
    for case in CASES:
        text = case["text"]
        outline = Outline(Header(), (), (), (Passage("body", 0, len(text), 0, "measure"),))
        view = find_values(text, None, None, rulebook.lookup("units"))
        shaded = hide_glosses(view.masked)
        found = list(valued_sentences(outline, view, shaded))
        targets, _ = find_targets(found, outline, view, shaded, rulebook, [])
        for target in targets:
            assert target.start <= target.quantity.start < target.quantity.end <= target.end
