"""Owners: paragraphs in many styles, the laws that hold for any text, and names told apart and completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import rulebook
from extract.pipeline import convert
from extract.records.name_lists import read_names
from extract.records.names import Names, names_of
from tests.conftest import ROOT

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

BOOK = rulebook.load(ROOT / "rules")
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "owners.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def names() -> Names:
    return names_of(BOOK)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_owners_of_a_text(case: dict[str, Any], book: Rulebook) -> None:
    done = convert(case["text"].encode(), "notice.txt", book)
    labels = {row.measure_id: row.label for row in done.rows.measures}
    found = [{**row._asdict(), "item": labels.get(row.measure_id, "")} for row in done.rows.owners]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, case["find"], strict=False)] == case["find"]
    assert len(found) == len(case["find"])


@pytest.mark.parametrize(
    ("listed", "parts"),
    [
        ("市住建局、市水务局", ["市住建局", "市水务局"]),
        ("县卫生健康委和县医保局", ["县卫生健康委", "县医保局"]),
        ("县水利局、和静县住建局", ["县水利局", "和静县住建局"]),
        ("县水利局和和静县住建局", ["县水利局", "和静县住建局"]),
        ("县水利局、县住建局，及县城管局", ["县水利局", "县住建局", "县城管局"]),
        ("市住房和城乡建设局及市规划和自然资源局", ["市住房和城乡建设局", "市规划和自然资源局"]),
        ("各县（市、区）政府，市直有关部门", ["各县（市、区）政府", "市直有关部门"]),
        ("市、县（市、区）人民政府", ["市、县（市、区）人民政府"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("有关县党委、政府", ["有关县党委、政府"]),
        ("县委、县政府主要领导", ["县委、县政府主要领导"]),
        ("县委、县政府", ["县委", "县政府"]),
        ("各乡镇（街道）、各部门负责人", ["各乡镇（街道）、各部门负责人"]),
        ("公安、住建、农业农村等有关部门", ["公安", "住建", "农业农村"]),
        ("财政、审计部门", ["财政", "审计部门"]),
        ("医保、财政、中医药主管部门", ["医保", "财政", "中医药主管部门"]),
        ("松山、白河两县", ["松山", "白河"]),
        ("青禾省柳江流域松山、白河2市", ["松山", "白河"]),
        ("对松山市、白河县等2个市县", []),
        ("城乡示范区、经开区党工委和管委会", ["城乡示范区、经开区党工委和管委会"]),
        ("松山、白河三县", ["松山、白河三县"]),
        ("党委、政府和有关部门", ["党委", "政府", "有关部门"]),
        ("教育局、审计部门", ["教育局", "审计部门"]),
        ("教育部、财政部等部门", ["教育部", "财政部"]),
        ("各有关部门和单位", ["各有关部门和单位"]),
        ("各地各部门", ["各地各部门"]),
        ("各地、各部门", ["各地", "各部门"]),
        ("部门、属地", []),
        ("大气、水、土壤", []),
        ("总体布局", []),
    ],
)
def test_lists_are_split_where_names_end(listed: str, parts: list[str], names: Names) -> None:
    found = read_names(names, listed, 0, len(listed), trim=False)
    assert [listed[name.start : name.end] for name in found.names] if found else parts == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("县交通运输局", "organization"),
        ("白石镇人民政府", "organization"),
        ("各乡镇人民政府", "collective"),
        ("市直牵头部门", "collective"),
        ("县整改工作领导小组", "group"),
        ("分管副县长", "person"),
        ("各级河长", "person"),
        ("新发展格局", None),
        ("全市", None),
        ("加强各部门", None),
        ("存在的问题", None),
        ("白石市借鉴省水利厅", None),
        ("白石镇派出工作组", None),
        ("县政府派出机构", "organization"),
    ],
)
def test_names_are_told_by_their_heads(name: str, kind: str | None, names: Names) -> None:
    assert names.kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("市发改委", "南屏市发展和改革委员会"),
        ("市委", "中共南屏市委员会"),
        ("市委组织部", "中共南屏市委组织部"),
        ("市政府办", "南屏市人民政府办公室"),
        ("财政局", "南屏市财政局"),
        ("省生态环境厅", "省生态环境厅"),
        ("人力资源社会保障部", "人力资源和社会保障部"),
        ("青石县住建局", "青石县住房和城乡建设局"),
        ("某某研究所", "某某研究所"),
    ],
)
def test_names_are_completed_by_the_region(name: str, full: str, names: Names) -> None:
    assert names.canonical(name, "organization", "南屏市") == full


PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "市住建局",
        "各县（市、区）",
        "、",
        "，",
        "。",
        "；",
        "\n",
        "牵头",
        "配合",
        "负责",
        "由",
        "要",
        "（",
        "）",
        "等有关部门",
        "和",
        "督办",
        "落实",
        "2024年底前",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_every_row_stands_in_the_text_and_no_name_twice_in_an_item(text: str) -> None:
    done = convert(("一、重点任务\n" + text).encode(), "notice.txt", BOOK)
    seen = [(row.measure_id, row.name) for row in done.rows.owners]
    assert len(seen) == len(set(seen))
    for row in done.rows.owners:
        assert done.text[row.start : row.end] == row.text
        assert "".join(row.text.split()) == row.name
        assert row.role in ("lead", "responsible", "support", "supervise")


@pytest.mark.parametrize("piece", ["、", "（", "各", "局", "由", "要", "市住建局、", "各部门，", "牵头", "负责", " ", "一"])
def test_long_repetitions_take_linear_time(piece: str, book: Rulebook) -> None:
    done = convert(("一、任务\n各部门要" + piece * 20_000).encode(), "notice.txt", book)
    assert done.rows.owners is not None


def test_a_cell_merged_downwards_names_the_owner_of_each_of_its_rows(book: Rulebook) -> None:
    page = (
        "<html><body><h1>柳川县重点任务分解表</h1><table>"
        "<tr><th>序号</th><th>重点任务</th><th>牵头领导</th><th>牵头单位</th><th>完成时限</th></tr>"
        "<tr><td>1</td><td>新建管网30公里</td><td rowspan='2'>方怡</td><td>县住建局</td><td>2032年6月底</td></tr>"
        "<tr><td>2</td><td>清淤河道12公里</td><td>县水务局</td><td>2032年9月底</td></tr>"
        "<tr><td rowspan='3'>3</td><td>（1）整修渠道6公里</td><td rowspan='3'>石坚</td><td rowspan='2'>县水利局</td><td>2032年7月底</td></tr>"
        "<tr><td>（2）更换闸门4座</td><td>2032年8月底</td></tr>"
        "<tr><td>（3）平整土地900亩</td><td>县农业农村局</td><td>2032年8月底</td></tr>"
        "</table></body></html>"
    )
    done = convert(page.encode(), "table.html", book)
    labels = {row.measure_id: row.label for row in done.rows.measures}
    assert sorted((labels[row.measure_id], row.name, row.role) for row in done.rows.owners) == [
        ("1", "县住建局", "lead"),
        ("1", "方怡", "lead"),
        ("2", "县水务局", "lead"),
        ("2", "方怡", "lead"),
        ("3", "石坚", "lead"),
        ("（1）", "县水利局", "lead"),
        ("（2）", "县水利局", "lead"),
        ("（3）", "县农业农村局", "lead"),
    ]


def test_a_number_too_long_to_count_anything(book: Rulebook) -> None:
    text = f"江石市河道管护分工\n一、主要任务\n责任单位：松山、白河{'9' * 5000}个镇"
    assert convert(text.encode(), "notice.txt", book).rows.measures
