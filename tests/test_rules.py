"""Every example, near miss and known failure in rules/, run through the whole path; and the check that does so for a rule writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from extract import rulebook
from extract.errors import RuleError
from extract.rulebook.check import Case, cases, check, check_case, check_fragment, silent_rules
from extract.trial import compare, reading, sample_readings, without_change
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Fragment, Rulebook

BOOK = rulebook.load(ROOT / "rules")


def _marked(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.example.why)] if case.fails else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in cases(BOOK)])
def test_rule(case: Case) -> None:
    assert check_case(case, BOOK, reading) is None


@pytest.mark.parametrize("fragment", BOOK.fragments.values(), ids=lambda fragment: fragment.name)
def test_fragment(fragment: Fragment) -> None:
    assert list(check_fragment(fragment, BOOK)) == []


def test_no_two_cases_share_a_name() -> None:
    names = [case.name for case in cases(BOOK)]
    assert len(names) == len(set(names))


# --- the check itself

RULE = """
kind: target
rules:
  - id: target-plain
    about: 某物多少
    cues: [座]
    pattern: '(?P<indicator>[^，。]*?)(?P<value>$quantity)'
    examples:
      - text: {text}
        find: {find}
    not:
      - text: 泵站要尽快建成。
        why: no number
    known_failures: {failures}
"""


@pytest.fixture
def fake(tmp_path: Path):
    """A folder of rules with one rule, and a stand-in for the whole path that takes every number for a target."""

    def made(text: str = "泵站12座。", find: str = "[{value: 12}]", failures: str = "[]") -> Rulebook:
        (tmp_path / "fragments.yml").write_text(
            yaml.safe_dump({"quantity": {"pattern": "[0-9]+座", "note": "n", "examples": ["12座"]}}), "utf-8"
        )
        (tmp_path / "targets.yml").write_text(RULE.format(text=text, find=find, failures=failures), "utf-8")
        return rulebook.load(tmp_path)

    return made


def read(text: str, book: Rulebook):
    from decimal import Decimal

    from extract.model import Claim
    from extract.rulebook.check import Reading

    rule = book.rules[0]
    found = list(rule.pattern.finditer(text))
    rows = [{"value": Decimal(m["value"][:-1]), "start": m.start(), "end": m.end(), "text": m[0], "rule": rule.id} for m in found]
    return Reading({"targets": rows}, [Claim("target", m.start(), m.end(), rule.id) for m in found], text)


def test_a_right_rule_has_no_problem(fake) -> None:
    assert check(fake(), read) == []


def test_any_pattern_of_a_list_may_match(fake, tmp_path: Path) -> None:
    text = RULE.replace(
        "    pattern: '(?P<indicator>[^，。]*?)(?P<value>$quantity)'",
        "    pattern:\n      - '(?P<indicator>泵站)(?P<value>$quantity)'\n      - '(?P<value>$quantity)(?P<indicator>闸门)'",
    )
    fake()
    (tmp_path / "targets.yml").write_text(text.format(text="泵站12座、3座闸门。", find="[{value: 12}, {value: 3}]", failures="[]"), "utf-8")
    assert check(rulebook.load(tmp_path), read) == []


@pytest.mark.parametrize(
    ("given", "line", "said"),
    [
        ({"find": "[{value: 13}]"}, 9, "value 13 is not found in 泵站12座。; found: value 12"),
        ({"text": "泵站12座、闸门3座。"}, 9, "yields 2 rows where 1 are given"),
        ({"find": "[]"}, 9, "is a near miss, but yields 泵站12座"),
        ({"find": "[{colour: red}]"}, 9, "colour red is not found"),
        ({"failures": "[{text: 闸门3座。, find: [{value: 3}], why: once}]"}, 14, "a known failure is cured"),
    ],
)
def test_a_wrong_example_is_named_with_file_and_line(given: dict[str, str], line: int, said: str, fake) -> None:
    book = fake(**given)
    (problem,) = check(book, read)
    assert (problem.file, problem.line) == (book.rules[0].file, line)
    assert said in problem.message


def test_a_known_failure_that_still_fails_is_none(fake) -> None:
    assert check(fake(failures="[{text: 闸门三座。, find: [{value: 3}], why: words}]"), read) == []


def test_rules_that_never_fire_are_listed(fake) -> None:
    book = fake()
    assert [rule.id for rule in silent_rules(book, [read("甲", book)])] == ["target-plain"]
    assert silent_rules(book, [read("泵站12座。", book)]) == []


def test_trying_a_rule_needs_the_rule() -> None:
    with pytest.raises(RuleError):
        without_change("no-such-rule", BOOK, BOOK)


def test_a_rule_is_swapped_in_its_place(fake) -> None:
    book = fake()
    other = rulebook.load(ROOT / "rules")
    rule = other.rules[3]
    assert [one.id for one in without_change(rule.id, other, other).rules] == [one.id for one in other.rules if one.id != rule.id]
    swapped = without_change(rule.id, other, rulebook.load(ROOT / "rules"))
    assert [one.id for one in swapped.rules] == [one.id for one in other.rules]
    assert without_change("target-plain", other, book).rules == ()


def test_samples_are_read(samples: Path, book: Rulebook) -> None:
    readings = list(sample_readings(samples, book))
    assert len(readings) >= 14
    assert all(one.text for one in readings)


def test_trying_lists_gains_and_losses(tmp_path: Path, book: Rulebook) -> None:
    from extract.batch import find_files

    (tmp_path / "a.txt").write_text("一、新建泵站\n2031年底前，新建泵站12座。\n", encoding="utf-8")
    from dataclasses import replace

    none = replace(book, rules=tuple(rule for rule in book.rules if rule.kind != "target"))
    gained = [str(change) for change in compare(find_files([tmp_path]), none, book)]
    lost = [str(change) for change in compare(find_files([tmp_path]), book, none)]
    assert any(line.startswith("+ targets  a.txt") for line in gained)
    assert any(line.startswith("- targets  a.txt") for line in lost)
