"""Participants: minutes and news in many layouts, and lists of persons read piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from extract import rulebook
from extract.pipeline import convert
from extract.records.names import Names, names_of
from extract.records.people import read_people
from tests.conftest import ROOT

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "participants.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def names() -> Names:
    return names_of(rulebook.load(ROOT / "rules"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_participants_of_a_text(case: dict[str, Any], book: Rulebook) -> None:
    done = convert(case["text"].encode(), "notice.txt", book)
    found = [row._asdict() for row in done.rows.participants]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, case["find"], strict=False)] == case["find"]
    assert len(found) == len(case["find"])
    assert all(done.text[row["start"] : row["end"]] == row["text"] for row in found)
    assert [_unspaced(row["text"]) for row in found if row["person"]] == [row["person"] for row in found if row["person"]]


def _unspaced(text: str) -> str:
    """A padded name (王　莉) without its blanks."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("市府办王晨曦、倪德", [("市府办", "王晨曦"), ("市府办", "倪德")]),
        ("县人大周山，县政协吴静", [("县人大", "周山"), ("县政协", "吴静")]),
        ("王　莉、李 强", [("", "王莉"), ("", "李强")]),
        ("县林业局 郑峰 孙岩", [("县林业局", "郑峰"), ("县林业局", "孙岩")]),
        ("白石镇钱程（第二项）", [("白石镇", "钱程")]),
        ("郑峰（县林业局）", [("县林业局", "郑峰")]),
        ("县委副书记、县长何琳", [("", "何琳")]),
        ("欧阳明、司马青云", [("", "欧阳明"), ("", "司马青云")]),
        ("市审计局、市财政局", [("市审计局", ""), ("市财政局", "")]),
        ("局领导、各直属单位主要负责人", [("局领导", ""), ("各直属单位", "")]),
        ("何琳县长", [("", "何琳")]),
        ("*同志", []),
    ],
)
def test_lists_of_people(text: str, rows: list[tuple[str, str]], names: Names) -> None:
    assert [(who.organization, who.person) for who in read_people(text, 0, len(text), names)] == rows


def test_a_plan_has_no_participants(book: Rulebook) -> None:
    done = convert("青石县整改方案\n一、任务\n出席：何琳、周山。".encode(), "plan.txt", book)
    assert done.rows.participants == ()


ROSTERS = [
    (
        "a row for each person, with the role in a column of its own",
        """# 柳泉县专题会议纪要

参会人员名单

| 序号 | 姓名 | 单位 | 职务 | 备注 |
|---|---|---|---|---|
| 1 | 王强 | 县水利局 | 局长 | 出席 |
| 2 | 李明 | 白石镇 | 副镇长 | |
""",
        [("present", "县水利局", "王强", "局长"), ("observer", "白石镇", "李明", "副镇长")],
    ),
    (
        "body and post in one column, several names in a cell",
        """# 柳泉县专题会议纪要

| 单位及职务 | 出席人员 |
|---|---|
| 县水利局局长 | 王强 |
| 县林业局 | 孙丽、李明 |
""",
        [("present", "县水利局", "王强", "局长"), ("present", "县林业局", "孙丽", ""), ("present", "县林业局", "李明", "")],
    ),
    (
        "a form with heads beside their lists",
        """# 柳泉县水利局党组会议记录

| 会议时间 | 2031年6月3日 | 地点 | 三楼会议室 |
|---|---|---|---|
| 主持人 | 王强 | 记录人 | 孙丽 |
| 出席人员 | 王强、李明 | 列席人员 | 财务科石坚 |
""",
        [
            ("host", "", "王强", ""),
            ("recorder", "", "孙丽", ""),
            ("present", "", "王强", ""),
            ("present", "", "李明", ""),
            ("observer", "财务科", "石坚", ""),
        ],
    ),
    (
        "a table of figures names nobody",
        """# 柳泉县专题会议纪要

| 单位 | 任务 | 完成 |
|---|---|---|
| 县水利局 | 12 | 9 |
""",
        [],
    ),
]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in ROSTERS], ids=[case[0] for case in ROSTERS])
def test_tables_of_people(text: str, rows: list[tuple[str, str, str, str]], book: Rulebook) -> None:
    done = convert(text.encode(), "notice.md", book)
    found = done.rows.participants
    assert [(row.role, row.organization, row.person, row.title) for row in found] == rows
    assert all(done.text[row.start : row.end] == row.text for row in found)
