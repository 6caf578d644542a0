"""Dates of a plan and of a report: what each one stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from extract.pipeline import convert
from tests.conftest import ROOT

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "dates.yml").read_text("utf-8"))
HEADS = {
    "plan": "青禾市河道整治工作方案\n2024年3月10日\n一、主要任务\n（一）抓好落实。",
    "report": "青禾市河道整治工作进展情况通报\n2024年3月10日\n一、工作进展\n（一）总体情况。",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_dates_of_a_sentence(case: dict[str, Any], book: Rulebook) -> None:
    done = convert((HEADS[case["in"]] + case["text"]).encode(), "notice.txt", book)
    _, *rows = done.rows.dates
    found = [{"kind": row.kind, "start": str(row.start_date or ""), "end": str(row.end_date or ""), "text": row.text} for row in rows]
    assert found == case["find"]


def test_days_off_are_those_of_the_year_in_the_title(book: Rulebook) -> None:
    text = (
        "关于2032年\n部分节假日安排的通知\n各县（区）人民政府：\n现将放假安排通知如下。\n"
        "一、元旦：2031年12月31日至2032年1月2日放假。2031年12月27日上班。\n二、清明节：4月4日放假。\n青禾市人民政府办公室\n2031年11月20日"
    )
    rows = convert(text.encode(), "notice.txt", book).rows.dates
    assert [str(row.start_date) for row in rows if row.text == "4月4日"] == ["2032-04-04"]


@pytest.mark.parametrize(
    ("front", "kinds"),
    [
        ("索引号 | QH-7 | 发布日期 | 2031-05-04 | 生效日期 | 2031-06-01 |\n", ["published", "event"]),
        ("生成日期：2031-05-02　　公开日期：2031-05-04\n", ["signed", "published"]),
        ("索引号：QH-7　　生成日期：2031-05-02\n", ["published"]),
        ("2031-05-04 09:10 来源：青禾日报\n青禾日报5月4日讯 全县清淤提速。\n", ["published", "published"]),
        ("2031-05-06 09:10 来源：青禾日报\n某社青禾5月4日电 全县清淤提速。\n", ["published", "event"]),
        ("青禾县水利局\n20310502\n", ["signed"]),
    ],
)
def test_days_of_a_page(front: str, kinds: list[str], book: Rulebook) -> None:
    text = f"青禾县河道整治工作进展情况\n{front if '局' not in front else ''}全县清淤提速，河长逐段登记。\n{front if '局' in front else ''}"
    rows = convert(text.encode(), "notice.txt", book).rows.dates
    assert [row.kind for row in rows] == kinds


def test_a_report_without_a_day_is_of_the_year_that_it_opens_with(book: Rulebook) -> None:
    text = "2031年，全县清淤提速，各镇逐段登记。\n一、清淤情况\n今年共清淤38公里，年底前完成白石河段。\n"
    rows = convert(text.encode(), "notice.txt", book).rows.dates
    assert [str(row.end_date) for row in rows] == ["2031-12-31", "2031-12-31", "2031-12-31"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "某某整理了白沙县禁渔2031年度工作方案范文，欢迎参考。\n为保护渔业资源，制定如下方案。\n一、任务\n5月底前完成登记。",
            {"5月底前": "2031-05-31"},
        ),
        ("为保护渔业资源，按照《白沙县禁渔2031年度工作方案》开展巡查。\n5月底前完成登记。", {}),
        ("4月2日，白沙县召开2031年总河长会议，听取了工作汇报。\n2030年9月3日以来，全县开展巡河。", {"4月2日": "2031-04-02"}),
    ],
    ids=["plan", "cited", "meeting"],
)
def test_the_year_of_a_text_without_a_day(text: str, found: dict[str, str], book: Rulebook) -> None:
    rows = convert(text.encode(), "notice.txt", book).rows.dates
    told = {row.text: str(row.end_date) for row in rows}
    assert {word: day for word, day in told.items() if word in ("5月底前", "4月2日")} == found


def test_the_year_that_opens_an_aim_is_a_deadline(book: Rulebook) -> None:
    text = "白沙县治污方案\n一、工作目标\n2031年，全县排污量控制在市里下达的目标以内，全年不发生污染事故。\n二、重点任务\n2031年，开展巡河。\n白沙县人民政府\n2031年1月9日"
    rows = convert(text.encode(), "notice.txt", book).rows.dates
    assert [(row.text, row.kind) for row in rows][:3] == [("2031年", "deadline"), ("全年", "deadline"), ("2031年", "period")]
