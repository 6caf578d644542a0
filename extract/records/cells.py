"""The cells of a row of figures: each a target or result, under the name of its column or, under a year, of its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

import regex

from extract.model import Outline, Passage, Quantity, Target, View
from extract.rulebook import Rulebook

_UNIT = regex.compile(r"[（(]([^（）()]{1,10})[）)]\s*$")
_YEAR = regex.compile(
    r"(?P<year>20\d\d)年?度?(?P<reached>实绩|实际|现状|基准|基期|基础|完成情况|完成)?(?P<planned>目标|计划|预期|任务|规划)?值?"
)
_DATED = regex.compile(r"(?P<year>20\d\d)年")
_AGAIN = regex.compile(r"(?:同比|环比|较(?:上年|去年|上月|上期)(?:同期)?)?(?P<change>\p{Han}{1,3}?)(?:幅度|比例|率)?")
_KEEPING = ("序号", "编号", "单位", "计量单位", "指标单位", "属性", "指标性质", "备注", "类别")


def head_of(passage: Passage) -> str:
    """The head of a cell's column without its unit and blanks."""
    return regex.sub(r"\s+", "", _UNIT.sub("", passage.head))


def read_cells(
    row: Sequence[Passage], values: Mapping[Passage, Quantity], outline: Outline, view: View, rulebook: Rulebook
) -> Iterator[Target]:
    """The targets and results of a row; `values` are its cells that hold but a number, in order. A number without a unit in its cell, its
    column's head or its row is none."""
    words = [(p, view.text[p.start : p.end].strip()) for p in row if p not in values]
    name = next((text for p, text in words if head_of(p) not in _KEEPING), "")
    unit_of_row = next((text for p, text in words if head_of(p).endswith("单位")), "") or _unit(name)
    before = ""
    for passage, quantity in values.items():
        head = head_of(passage)
        year = _YEAR.fullmatch(head)
        unit = quantity.unit or _unit(passage.head) or (unit_of_row if year is not None else "")
        if not passage.head or not unit:
            continue
        again = _AGAIN.fullmatch(head)
        change = _change(again["change"], rulebook) if again is not None and before else "level"
        indicator = _UNIT.sub("", name).strip() if year is not None else head if change == "level" else before
        before = indicator
        dated = year or _DATED.match(head)
        kind = _kind(passage, outline, year)
        due = date(int(dated["year"]), 12, 31) if dated is not None and kind == "target" else None
        yield Target(
            node=passage.node, kind=kind, indicator=indicator, action="", change=change, quantity=_with_unit(quantity, unit),
            start=passage.start, end=passage.end, rule="target-table", operator=quantity.operator, due=due,
            due_text=f"{due.year}年" if due else "", due_from="item" if due else "", scope="" if year is not None else name,
        )  # fmt: skip


def _unit(text: str) -> str:
    match = _UNIT.search(text)
    return match[1] if match else ""


def _change(word: str, rulebook: Rulebook) -> Literal["level", "increase", "decrease"]:
    return "decrease" if word in rulebook.words("decrease") else "increase" if word in rulebook.words("increase") else "level"


def _kind(passage: Passage, outline: Outline, year: regex.Match[str] | None) -> Literal["target", "result"]:
    """A column of a year tells itself whether it was reached (2022年实绩) or is planned; one over when the document was issued was reached."""
    if year is not None and year["planned"]:
        return "target"
    anchor = outline.header.anchor
    if year is not None and (year["reached"] or (anchor is not None and int(year["year"]) < anchor.year)):
        return "result"
    if year is None and (passage.role in ("progress", "problem") or outline.header.doc_type == "progress"):
        return "result"
    return "target"


def _with_unit(quantity: Quantity, unit: str) -> Quantity:
    if quantity.unit:
        return quantity
    return quantity._replace(unit=unit, base_unit=unit, base_value=quantity.value, base_value_high=quantity.value_high)
