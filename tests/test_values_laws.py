"""What holds of every text: offsets, order, no overlap, no error, linear time; and of every number: written and read it is the same."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model import Quantity
from extract.values import default_units, find_dates, find_quantities, find_values, parse_numeral
from tests.growth import SQUARE, growth

ALPHABET = "0123456789.,%‰一二三五十百千万亿两半零〇第年月日底前内至到—-～：:/（）()《》“”〔〕号约不低于以上类Ⅲ吨家个每季度周截自起春节分之成翻番减 \nABkmGa水"
TEXTS = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=40)
ANCHOR = date(2023, 6, 21)


def in_chinese(number: int) -> str:
    """A number below 10**12 in Chinese numerals."""
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    if number >= 10**4:
        return _joined(number, 10**4, "万")
    word, pending = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            word += ("零" if pending and word else "") + "零一二三四五六七八九"[digit] + unit
        pending = not digit
    return word or "零"


def _joined(number: int, size: int, unit: str) -> str:
    head, tail = divmod(number, size)
    gap = "零" if 0 < tail < size // 10 else ""
    return in_chinese(head) + unit + (gap + in_chinese(tail) if tail else "")


@given(st.integers(0, 10**12 - 1))
def test_a_number_written_in_chinese_reads_back(number: int) -> None:
    word = in_chinese(number)
    assert parse_numeral(word) == number or len(word) > 24


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_separators_do_not_change_a_number(whole: int, places: int) -> None:
    assert parse_numeral(f"{whole:,}.{places:03}") == parse_numeral(f"{whole}.{places:03}")


@given(TEXTS)
def test_any_text_is_read_without_error_and_with_true_offsets(text: str) -> None:
    view = find_values(text, ANCHOR)
    for found in (*view.quantities, *view.ordinals):
        assert 0 <= found.start <= found.number.start < found.number.end <= found.end <= len(text)
    for mention in view.dates:
        assert 0 <= mention.start <= mention.core.start < mention.core.end <= mention.end <= len(text)
        assert mention.first is None or mention.last is None or mention.first <= mention.last


@given(TEXTS)
def test_values_do_not_overlap_and_stand_in_order(text: str) -> None:
    view = find_values(text, ANCHOR)
    for kind in (view.dates, sorted((*view.quantities, *view.ordinals), key=lambda q: q.start)):
        assert all(a.end <= b.start for a, b in pairwise(kind))
    taken = {i for d in view.dates for i in range(d.start, d.end)}
    assert not any(i in taken for q in (*view.quantities, *view.ordinals) for i in range(q.start, q.end))


@given(TEXTS)
def test_the_masked_text_has_the_same_length_and_hides_every_value(text: str) -> None:
    view = find_values(text, ANCHOR)
    assert len(view.masked) == len(text)
    assert all(set(view.masked[q.start : q.end]) == {"\ue000"} for q in view.quantities)
    assert all(set(view.masked[q.start : q.end]) == {"\ue002"} for q in view.ordinals)
    assert all(set(view.masked[d.start : d.end]) <= {"\ue001", "\ue003"} for d in view.dates)


@given(TEXTS)
def test_any_text_is_read_with_default_units_and_without_an_anchor(text: str) -> None:
    assert find_quantities(text) == find_quantities(text, default_units())
    find_dates(text)
    find_dates(text, None, year=2022, open_words=True)


@pytest.mark.parametrize(
    "unit",
    [
        *"1一年月日（、 .,/-—：:第每半内约百万十五“《〔ⅢIV%至0A\n",
        "1,",
        "2023",
        "2023年",
        "一年",
        "1—",
        "1:",
        "第一",
        "百分之",
        "十四五",
        "三分之",
        "3月",
        "1.1",
        "印发之日起",
        "1 000 ",
    ],
)
def test_time_grows_in_proportion(unit: str) -> None:
    assert growth(lambda text: find_values(text, ANCHOR), unit) < SQUARE


@pytest.mark.parametrize("character", "1一年（ .")
def test_a_million_times_one_character_is_read(character: str) -> None:
    assert len(find_values(character * 1_000_000, ANCHOR).masked) == 1_000_000


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["3家", "约58万户", "2023年底前", "第三批", "Ⅲ类", "98%以上", "9月7日至8日"]), max_size=8))
def test_values_side_by_side_are_found_one_by_one(values: list[str]) -> None:
    text = "；".join(f"甲{value}" for value in values)
    view = find_values(text, ANCHOR)
    found: list[Quantity] = [*view.quantities, *view.ordinals]
    assert len(found) + len(view.dates) == len(values)
