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
