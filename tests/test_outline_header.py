"""The header: title, number, issuer, day, region, inspection, of documents with many kinds of fronts and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.outline import outline
from extract.pipeline import convert
from extract.rulebook import Rulebook
from tests.outlines import document

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "outline_headers.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_header(case: dict[str, Any], book: Rulebook) -> None:
    header = outline(document(case["text"], meta=case.get("meta")), book).header
    wanted = case["header"]
    assert {key: getattr(header, key).replace(" ", "") for key in wanted} == {key: value.replace(" ", "") for key, value in wanted.items()}


@pytest.mark.parametrize(
    ("line", "day"),
    [("时间：2031-06-21", date(2031, 6, 21)), ("时间：2031-02", date(2031, 2, 28)), ("时间：不详", None)],
)
def test_anchor(line: str, day: date | None, book: Rulebook) -> None:
    assert outline(document(f"青禾县整改方案\n{line}\n一、清淤"), book).header.anchor == day


@pytest.mark.parametrize(("title", "level"), [("青禾县人民政府常务会议纪要", ""), ("青禾县河湖整治方案", "provincial")])
def test_what_minutes_name_in_passing(title: str, level: str, book: Rulebook) -> None:
    text = f"{title}\n一、清淤\n{'会议原则同意。' * 100}\n二、其他\n省督察反馈的排口要尽快整治。"
    assert outline(document(text), book).header.inspection_level == level


def test_points_of_a_menu_before_the_title(book: Rulebook) -> None:
    read = document("政务公开\n解读回应\n# 关于青禾县整改完成情况的公示\n现予公示。")
    bullets = replace(read, blocks=tuple(block._replace(kind="bullet") for block in read.blocks[:2]) + read.blocks[2:])
    for menu in (read, bullets):
        assert outline(menu, book).header.title == "关于青禾县整改完成情况的公示"
    assert [node.marker for node in outline(bullets, book).nodes] == []


def test_facts_in_a_table_above_the_title(book: Rulebook) -> None:
    facts = "<table><tr><td>索引号：</td><td>01/2031-7</td><td>发布日期：</td><td>2031-05-09</td></tr></table>"
    page = f"<html><body>{facts}<h1>青禾县整改任务分解表</h1><p>一、清淤</p><p>青禾县水利局</p><p>2031年5月2日</p></body></html>"
    done = convert(page.encode(), "page.html", book)
    assert done.outline.header.published == "2031-05-09"
    assert [(row.kind, str(row.start_date)) for row in done.rows.dates] == [("published", "2031-05-09"), ("signed", "2031-05-02")]


def test_a_catalogue_in_a_table_below_a_summary(book: Rulebook) -> None:
    table = "| 发布单位 | 青禾县人民政府 |  |  |\n| 发布日期 | 2031-05-04 | 生效日期 | 2031-06-01 |\n| 属性 | 其他 |  |  |"
    text = f"青禾县沟渠管护方案\n时间：2033-02-01\n方案已经印发，请执行。\n{table}\n各镇：\n请执行。"
    header = outline(document(text), book).header
    assert (header.published, header.issuer) == ("2031-05-04", "青禾县人民政府")


def test_a_table_of_a_matter_is_no_catalogue(book: Rulebook) -> None:
    table = "| 公示日期 | 2031-05-04 |\n| 公示单位 | 青禾县水利局 |\n| 反馈问题 | 沟渠堵塞 |"
    header = outline(document(f"督察反馈问题整改完成情况公示\n现将情况公示，请监督。\n{table}\n请监督。"), book).header
    assert (header.published, header.issuer) == ("", "")
