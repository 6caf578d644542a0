"""The corpora of tests/cases/values_*.yml: one value in many spellings, whole sentences, and what must yield nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.values import find_dates, find_quantities, parse_numeral

ANCHOR = date(2023, 6, 21)
CASES = Path(__file__).parent / "cases"


def read(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def split(spellings: str) -> list[str]:
    return [spelling.strip().strip("'") for spelling in spellings.split("|")]


NUMERALS = read("values_numerals.yml")
QUANTITIES = read("values_quantities.yml")
DATES = read("values_dates.yml")


@pytest.mark.parametrize(("number", "text"), [(n, t) for n, spellings in NUMERALS["numbers"].items() for t in split(str(spellings))])
def test_numeral(number: str, text: str) -> None:
    assert parse_numeral(text) == Decimal(number)


@pytest.mark.parametrize("text", split(NUMERALS["none"]))
def test_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def quantity_cases() -> list[Any]:
    return [(case, text) for case in QUANTITIES["values"] for text in split(str(case["is"]))]


@pytest.mark.parametrize(("case", "text"), quantity_cases(), ids=[text for _, text in quantity_cases()])
@pytest.mark.parametrize("around", [("", ""), ("全市累计为", "，其中"), ("\n", "\n")], ids=["alone", "inside", "line"])
def test_quantity(case: dict[str, str], text: str, around: tuple[str, str]) -> None:
    before, after = around
    whole = before + text + case.get("with", "") + after
    [found] = find_quantities(whole)
    assert whole[found.start : found.end] == text
    base_value, _, base_unit = case.get("base", f"{case['value']} {case['unit']}").partition(" ")
    high = Decimal(case["high"]) if "high" in case else None
    assert (found.value, found.value_high, found.unit) == (Decimal(case["value"]), high, case["unit"])
    assert (found.kind, found.operator) == (case.get("kind", "cardinal"), case.get("operator", "="))
    assert found.base_value == Decimal(base_value)
    assert found.base_unit == base_unit or "base" not in case


@pytest.mark.parametrize("case", QUANTITIES["sentences"], ids=lambda case: case["text"])
def test_quantities_of_a_sentence(case: dict[str, str], request: pytest.FixtureRequest) -> None:
    if "known_failure" in case:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["known_failure"]))
    assert [case["text"][q.start : q.end] for q in find_quantities(case["text"])] == split(case["find"])


@pytest.mark.parametrize("text", split(QUANTITIES["negatives"]))
def test_no_quantity(text: str) -> None:
    assert [text[q.start : q.end] for q in find_quantities(text)] == []


def date_cases() -> list[Any]:
    return [
        pytest.param(case, text, marks=[pytest.mark.xfail(strict=True)] if text == case.get("known_failure") else [], id=text)
        for case in DATES["values"]
        for text in split(case["is"])
    ]


def days(first: date | None, last: date | None) -> str:
    return f"{first or ''}..{last or ''}"


@pytest.mark.parametrize(("case", "text"), date_cases())
def test_date(case: dict[str, str], text: str) -> None:
    [found] = find_dates(text, ANCHOR)
    assert (found.start, found.end) == (0, len(text))
    assert days(found.first, found.last) == case["days"]
    assert (found.precision, found.sense, found.anchor) == (case["precision"], case.get("sense", "point"), case.get("anchor", "none"))


@pytest.mark.parametrize("case", DATES["sentences"], ids=lambda case: case["text"])
def test_dates_of_a_text(case: dict[str, Any]) -> None:
    found = find_dates(case["text"], ANCHOR)
    assert {case["text"][d.start : d.end]: days(d.first, d.last) for d in found} == case["find"]


@pytest.mark.parametrize("text", split(DATES["negatives"]))
def test_no_date(text: str) -> None:
    assert [text[d.start : d.end] for d in find_dates(text, ANCHOR)] == []


def test_the_corpora_are_as_wide_as_promised() -> None:
    numbers = [t for spellings in NUMERALS["numbers"].values() for t in split(str(spellings))]
    assert len(numbers) + len(quantity_cases()) + len(date_cases()) >= 250
    assert sum(len(split(corpus)) for corpus in (NUMERALS["none"], QUANTITIES["negatives"], DATES["negatives"])) >= 150
