"""The view: what is masked by what, titles, and the table of units."""

from __future__ import annotations

from datetime import date

import pytest

from extract.errors import RuleError
from extract.model import Span
from extract.rulebook import load
from extract.rulebook.where import default_rules
from extract.values import default_units, find_dates, find_quantities, find_values, open_deadline

ANCHOR = date(2023, 6, 21)
MARKS = str.maketrans({"\ue000": "q", "\ue001": "d", "\ue002": "o", "\ue003": "t"})


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("到2025年，完成30家。", "dddddd，完成qqq。"),
        ("第三批问题", "ooo问题"),
        ("依据《甲市2023年治理12条》办理", "依据tttttttttttttt办理"),
        ("《甲》和《乙》3件", "ttt和tttqq"),
        ("《没有结束2家", "《没有结束qq"),
        ("文号〔2023〕15号", "文号〔2023〕15号"),
        ("没有数字", "没有数字"),
        ("", ""),
    ],
)
def test_masked(text: str, masked: str) -> None:
    assert find_values(text, ANCHOR).masked.translate(MARKS) == masked


@pytest.mark.parametrize(
    ("value", "last"),
    [
        ("2031.12", date(2031, 12, 31)),
        ("2031/6前", date(2031, 6, 30)),
        ("203106", date(2031, 6, 30)),
        ("20310615", date(2031, 6, 15)),
        ("31年9月底前", date(2031, 9, 30)),
        ("12.31", date(2023, 12, 31)),
        ("2030.6-2031.3", date(2031, 3, 31)),
        ("3个月", date(2023, 9, 21)),
        ("两年", date(2025, 6, 21)),
        ("已完成（2022.11）", date(2022, 11, 30)),
    ],
)
def test_a_deadline_field_prints_its_day_short(value: str, last: date) -> None:
    text = f"整改\t{value}\t2031.12"
    view = find_values(text, ANCHOR, terms=[Span(3, 3 + len(value))])
    assert [(d.last, text[d.start : d.end]) for d in view.dates] == [(last, value.removeprefix("已完成（").removesuffix("）"))]


def test_a_short_day_told_twice_in_a_deadline_field_stands_in_two_places() -> None:
    value = " 一期2031.6，二期2031.6"
    dates = find_values(value, ANCHOR, terms=[Span(0, len(value))]).dates
    assert [(d.start, d.end) for d in dates] == [(3, 9), (12, 18)]


@pytest.mark.parametrize("value", ["2031.12.5万元", "第24次", "3.5", "长期坚持", "2024.13"])
def test_what_is_no_day_of_a_deadline_field(value: str) -> None:
    assert find_values(value, ANCHOR, terms=[Span(0, len(value))]).dates == find_values(value, ANCHOR).dates


def test_a_title_keeps_its_dates_and_drops_its_numbers() -> None:
    view = find_values("《2022年度100个项目清单》共3页", ANCHOR)
    assert [d.first for d in view.dates] == [date(2022, 1, 1)]
    assert [q.value for q in view.quantities] == [3]


def test_a_line_break_ends_no_title() -> None:
    assert find_values("《甲\n乙》3家", ANCHOR).masked.translate(MARKS) == "《甲\n乙》qq"


def test_a_year_serves_where_no_day_is_known() -> None:
    [found] = find_dates("9月底前", None, year=2024)
    assert (found.last, found.anchor) == (date(2024, 9, 30), "document")


def test_without_anything_to_count_from_a_date_stays_unresolved() -> None:
    for text in ("9月底前", "两年内", "年底前", "今年", "本月底"):
        [found] = find_dates(text)
        assert (found.first, found.last, found.anchor) == (None, None, "none")


@pytest.mark.parametrize("text", ["长期坚持", "立行立改", "立行立改，长期坚持", "持续推进", "立查立改", "立即整改", "长期"])
def test_open_deadline(text: str) -> None:
    found = open_deadline(text)
    assert found is not None
    assert (found.sense, found.precision, found.first, found.last) == ("open", "open", None, None)


@pytest.mark.parametrize("text", ["2023年底前", "", "按期完成", "持有", "长江"])
def test_no_open_deadline(text: str) -> None:
    assert open_deadline(text) is None


def test_open_words_are_found_beside_dates_on_demand() -> None:
    found = find_dates("2023年底前，长期坚持", ANCHOR, open_words=True)
    assert [d.sense for d in found] == ["by", "open"]


def test_working_days_beyond_the_known_calendar_stay_unresolved() -> None:
    [found] = find_dates("15个工作日内", date(2060, 1, 1))
    assert (found.first, found.last, found.sense) == (None, None, "within")


def test_units_are_those_of_the_table_given() -> None:
    [found] = find_quantities("完成3盏灯", {"灯": "灯", "盏灯": "灯"})
    assert (found.unit, found.base_unit) == ("盏灯", "灯")
    [bare] = find_quantities("完成3盏灯", {})
    assert bare.unit == ""


def test_the_default_units_are_those_of_the_rules() -> None:
    try:
        expected = load(default_rules()).lookup("units")
    except RuleError as error:  # another rule file is wrong: that is another test's business
        pytest.skip(str(error))
    assert dict(default_units()) == dict(expected)


def test_every_code_of_the_table_is_known() -> None:
    codes = {name for name in default_units().values() if " " in name}
    bounds = {f"{side} {operator}" for side in ("before", "after") for operator in (">=", "<=", ">", "<", "~")}
    below = {name for name in codes if name.startswith("per ")}
    cut = {name for name in codes if name.startswith("as ")}
    assert codes - below - cut <= bounds | {"no unit", "no number", "no place", "no bound"}
    for word, name in default_units().items():
        if name in cut:
            [quantity] = find_quantities(f"共3{word}")
            assert quantity.unit == name[3:], word
    for name in below:
        [quantity] = find_quantities(f"3吨/{name[4:]}")
        assert quantity.unit == f"吨/{name[4:]}", name
