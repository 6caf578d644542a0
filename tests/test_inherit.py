"""Due dates inherited from item, section and document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extract.model import DateMention, DateRow, Field, Header, Node, Outline, Passage, Quantity, Span, Target
from extract.records.inherit import inherit_due


def node(index: int, parent: int | None, role: str, own: tuple[Span, ...]) -> Node:
    return Node(index, parent, 1, 1, "", "number", role, None, None, own, own[0].start, own[-1].end)


def _due(
    text: str, fields: tuple[Field, ...], rows: tuple[DateRow, ...], at: int | None, *nodes: Node, passages: tuple[Passage, ...] = ()
) -> tuple[Any, ...]:
    target = Target(at, "target", "泵站", "", "level", Quantity(0, 1, Span(0, 1), "cardinal", Decimal(3), "座"), 0, 1, "t")
    result = Target(at, "result", "泵站", "", "level", Quantity(0, 1, Span(0, 1), "cardinal", Decimal(3), "座"), 0, 1, "t")
    heir, reported = inherit_due((target, result), rows, Outline(Header(), nodes, fields, passages), text)
    assert (reported.due, reported.due_from) == (None, "")
    return heir.due, heir.due_text, heir.due_from


def _row(text: str, part: str, last: date, precision: str = "year") -> DateRow:
    start = text.index(part)
    end = start + len(part)
    mention = DateMention(start, end, Span(start, end), last, last, precision, "by")
    return DateRow(None, "deadline", mention, start, end, "d")


def test_due_from_the_matter_around() -> None:
    text = "3座。整改时限：2031年底前"
    field = Field(0, "deadline", "整改时限", 8, len(text), "f")
    rows = (_row(text, "2031年底前", date(2031, 12, 31)),)
    nodes = (node(0, None, "measure", (Span(0, len(text)),)), node(1, 0, "measure", (Span(0, 3),)))
    assert _due(text, (field,), rows, 1, *nodes) == (date(2031, 12, 31), "2031年底前", "item")
    assert _due(text, (field,), rows, 0, *nodes) == (date(2031, 12, 31), "2031年底前", "item")
    assert _due(text, (), rows, 1, *nodes) == (None, "", "")


@pytest.mark.parametrize(("opening", "expected"), [("到2031年达到下列目标：", "section"), ("到2031年要有变化。", "")])
def test_due_from_the_words_that_open_a_list(opening: str, expected: str) -> None:
    nodes = (node(0, None, "objective", (Span(0, len(opening)),)), node(1, 0, "objective", (Span(0, 3),)))
    rows = (_row(opening, "2031年", date(2031, 12, 31)),)
    assert _due(opening, (), rows, 1, *nodes)[2] == expected
    assert _due(opening, (), rows, 0, *nodes)[2] == ""


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("2031年：", "section"), ("集中整治（2031年）", "section"), ("对照2031年标准推进", ""), ("2029年：", "")],
)
def test_due_from_the_time_in_a_heading(heading: str, expected: str) -> None:
    text = heading + "新建泵站3座"
    year = heading[heading.index("20") :][:5]
    row = _row(text, year, date(int(year[:4]), 12, 31))._replace(kind="period")
    whole = Span(0, len(text))
    item = Node(0, None, 1, 1, "", "number", "measure", Span(0, len(heading)), None, (whole,), *whole)
    target = Target(0, "target", "泵站", "", "level", Quantity(0, 1, Span(0, 1), "cardinal", Decimal(3), "座"), 0, 1, "t")
    outline = Outline(Header(anchor=date(2030, 3, 1)), (item,), (), ())
    assert inherit_due((target,), (row,), outline, text)[0].due_from == expected


@pytest.mark.parametrize(("tail", "expected"), [("。（县工信局牵头，9月底前完成）", "item"), ("，见附件（9月底前公布）", "")])
def test_due_from_the_bracket_that_closes_a_sentence(tail: str, expected: str) -> None:
    text = f"建成3座{tail}"
    rows = (_row(text, "9月底前", date(2031, 9, 30), "month"),)
    assert _due(text, (), rows, 0, node(0, None, "measure", (Span(0, len(text)),)))[2] == expected


def test_due_from_the_document() -> None:
    title = "三年行动（2029—2031年）"
    rows = (_row(title, "2029—2031年", date(2031, 12, 31), "period"),)
    passage = Passage("title", 0, len(title), None, "other")
    assert _due(title, (), rows, None, passages=(passage,)) == (date(2031, 12, 31), "2029—2031年", "document")
    one_year = (_row(title, "2031年", date(2031, 12, 31)),)
    assert _due(title, (), one_year, None, passages=(passage,))[2] == ""
