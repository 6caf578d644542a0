"""Repairs case by case, and the laws that hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.ingest import read
from extract.model import Document, RawDocument
from extract.repair import OffsetMap, repair, undo
from tests.growth import SQUARE, growth

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "repair.yml").read_text(encoding="utf-8"))


def document(text: str, name: str = "txt") -> Document:
    return repair(read(text.encode("utf-8", "surrogatepass"), f"a.{name}"))


def raw(text: str) -> RawDocument:
    return RawDocument("a.txt", "txt", text, ())


def all_cases() -> list[Any]:
    return [pytest.param(case, id=f"{group}-{i}") for group, cases in CASES.items() for i, case in enumerate(cases)]


@pytest.mark.parametrize("case", all_cases())
def test_case(case: dict[str, Any]) -> None:
    made = document(case["in"].lstrip("\ufeff") if case["in"].startswith("\ufeff") else case["in"], case.get("format", "txt"))
    if case["in"].startswith("\ufeff"):
        made = repair(raw(case["in"]))
    assert made.text == case.get("out", case["in"])
    assert list(made.repairs) == case.get("codes", [])
    assert [d.code for d in made.diagnostics] == case.get("told", [])


def test_there_are_as_many_near_misses_as_repairs() -> None:
    for group, cases in CASES.items():
        assert len(cases) >= 6, group
    untouched = sum(1 for cases in CASES.values() for case in cases if "out" not in case)
    assert untouched >= 60
    assert sum(map(len, CASES.values())) >= 120


CHARS = st.sampled_from(
    list(
        "一二三（）()0123456789年月日：:，。；、\n\n\n \t\u3000-—*#|>&<ab1.\\/第页共号"
        "〔〕[]《》“”環會保護(huán)位置首页\f\ufeff\ue000県○OlI％５"
    )
)
TEXTS = st.text(CHARS, max_size=200) | st.text(max_size=120)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_every_edit_is_told_with_its_place(text: str) -> None:
    """Each edit but those of the layout; what was not touched again stands at the place that is told."""
    made = repair(raw(text))
    layers = [layer for layer in made.layers if layer.code != "layout"]
    assert sorted((one.code, one.old) for one in made.repaired) == sorted(
        (layer.code, edit.old) for layer in layers for edit in layer.edits
    )
    assert all(0 <= one.start <= one.end <= len(made.text) for one in made.repaired)
    assert [one.start for one in made.repaired] == sorted(one.start for one in made.repaired)
    if layers and layers[-1] is made.layers[-1]:
        last = [one for one in made.repaired if one.code == layers[-1].code]
        new = sorted(edit.new for edit in layers[-1].edits)
        if len([layer for layer in layers if layer.code == layers[-1].code]) == 1:
            assert sorted(made.text[one.start : one.end] for one in last) == new


def test_a_repaired_place_shows_what_stood_there() -> None:
    made = document("**一、目标**\n全市２０２５年底前完成整治，PM<sub>2.5</sub>下降。\n", "md")
    told = [(one.code, one.old, made.text[one.start : one.end]) for one in made.repaired]
    assert ("width", "２０２５", "2025") in told
    assert ("markup", "**", "") in told
    assert made.text[next(one.start for one in made.repaired if one.old == "<sub>") :].startswith("2.5")


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_undo_gives_the_raw_text_back(text: str) -> None:
    made = repair(raw(text))
    assert undo(made) == text


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_blocks_cover_every_line_and_lie_inside(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not any(c.isalnum() for c in text) or data.lstrip().startswith(b"<"):
        return
    made = repair(read(b"x\n" + data, "a.txt"))
    assert "\n\n" not in made.text
    assert made.text == made.text.strip("\n")
    last = 0
    for block in made.blocks:
        assert last <= block.start < block.end <= len(made.text)
        assert not made.text[last : block.start].strip("\n")
        assert all(block.start <= s < e <= block.end for s, e in block.bold)
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
        last = block.end
    assert not made.text[last:].strip("\n")


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_spans_map_into_bounds_and_untouched_text_maps_back(text: str, data: st.DataObject) -> None:
    made = repair(raw(text))
    way = OffsetMap(made.layers)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    back = way.to_raw(start, end)
    assert 0 <= back.start <= back.end <= len(text)
    forth = way.to_canonical(back.start, back.end)
    assert 0 <= forth.start <= forth.end <= len(made.text)
    if start < end:
        assert forth.start <= start
        assert forth.end >= end


@pytest.mark.parametrize("case", all_cases())
def test_a_second_repair_changes_nothing(case: dict[str, Any]) -> None:
    once = document(case["in"].lstrip("\ufeff"), case.get("format", "txt"))
    again = document(once.text, "txt")
    assert again.text == once.text


@pytest.mark.parametrize(
    "char",
    [
        *"一1年（(、 \u3000.-—*#|\n\t<&\\[>“《O○x",
        *("-1", "1 ", "一 ", "（a", "—1", "*a", "&a", "a|", "第1", "1\n", ">a", "(huán", "a1", "页", "首页\n", "> \n", "，\n", "置位置"),
    ],
)
def test_long_runs_take_linear_time(char: str) -> None:
    text = "甲" + char * (200_000 // len(char))
    assert undo(repair(raw(text))) == text
    assert growth(lambda text: repair(raw("甲" + text)), char) < SQUARE


def test_positions_follow_a_joined_sentence() -> None:
    made = document("会议要求压紧压实各级责任，坚持问题导\n\n— 3 —\n\n向，逐项抓好落实。")
    way = OffsetMap(made.layers)
    start = made.text.index("问题导向")
    span = way.to_raw(start, start + 4)
    assert undo(made)[span.start : span.end] == "问题导\n\n— 3 —\n\n向"
    assert way.to_canonical(*span) == (start, start + 4)


def test_bold_and_headings_survive_the_repair() -> None:
    made = document("## 二、任务\n\n1. **加快建设。**新建管网。", "md")
    heading, item = made.blocks
    assert (heading.kind, heading.level, made.text[heading.start : heading.end]) == ("heading", 2, "二、任务")
    assert [made.text[s:e] for s, e in item.bold] == ["加快建设。"]


def test_cells_survive_the_repair() -> None:
    made = document("表\n\n| 序号 | 责任单位 |\n|---|---|\n| 1 | **水 利 局** |\n| 2 |  |\n", "md")
    table = made.blocks[1]
    assert [(c.row, c.column, made.text[c.start : c.end]) for c in table.cells] == [
        (0, 0, "序号"),
        (0, 1, "责任单位"),
        (1, 0, "1"),
        (1, 1, "水利局"),
        (2, 0, "2"),
        (2, 1, ""),
    ]
    assert made.text[table.start : table.end] == "序号\t责任单位\n1\t水利局\n2"
