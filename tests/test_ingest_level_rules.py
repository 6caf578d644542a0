"""Tables that are ruled across only: their columns are told by the space between texts, or by where the rules of cells end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.pdf_writer import Page
from tests.test_ingest_pdf import LONG, raw, rows, tables, texts

XS = (60.0, 110.0, 260.0, 400.0, 535.0)
HEAD = ["序号", "主要问题", "整改措施", "完成时限"]
FIRST = ["1", "堆场未覆盖|扬尘较重", "加装喷淋设施六套设备，|并每日清扫。", "6月底前"]
SECOND = ["2", "雨污混流", "改造管网3公里。", "9月底前"]


def row(page: Page, top: float, cells: list[str]) -> float:
    """The lines of a row's cells, which `|` parts; returns where it ends."""
    lines = [cell.split("|") for cell in cells]
    for x, held in zip(XS, lines, strict=False):
        for i, line in enumerate(held):
            page.text(x + 5, top + 16 + 16 * i, line, 12)
    return top + 12 + 16 * max(map(len, lines))


def rule(page: Page, y: float, *, cut: bool) -> None:
    """A rule over the whole table, drawn at once or cell by cell."""
    for left, right in pairwise(XS) if cut else [(XS[0], XS[-1])]:
        page.rule(left, y, right, y)


@pytest.mark.parametrize("cut", [False, True])
def test_a_table_ruled_across_only_has_its_columns(cut: bool) -> None:
    page = Page()
    page.text(200, 80, "整改任务清单", 18)
    y = 100.0
    rule(page, y, cut=cut)
    for cells in (HEAD, ["一、大气污染防治"], FIRST, SECOND):
        y = row(page, y, cells)
        rule(page, y, cut=cut)
    page.text(60, y + 60, "联系人在督察办。", 12)
    document = raw(page)
    (table,) = tables(document)
    assert rows(document, table) == [
        HEAD,
        ["一、大气污染防治"],
        ["1", "堆场未覆盖\n扬尘较重", "加装喷淋设施六套设备，并每日清扫。", "6月底前"],
        SECOND,
    ]
    section = next(cell for cell in table.cells if document.text[cell.start : cell.end] == "一、大气污染防治")
    assert section.column_span == 4
    assert texts(document)[0] == "整改任务清单"
    assert texts(document)[-1] == "联系人在督察办。"


def test_three_rules_are_a_table_with_rows_told_by_none() -> None:
    """The table of a statistic: a rule above and below its head, and one at its end."""
    page = Page()
    rule(page, 100, cut=False)
    y = row(page, 100, HEAD)
    rule(page, y, cut=False)
    y = row(page, y, SECOND)
    rule(page, y, cut=False)
    document = raw(page)
    (table,) = tables(document)
    assert rows(document, table) == [HEAD, SECOND]


def test_a_row_that_a_page_end_cuts_is_one_row() -> None:
    first, second = Page(), Page()
    y = 700.0
    rule(first, y, cut=True)
    y = row(first, y, HEAD)
    rule(first, y, cut=True)
    row(first, y, ["1", "堆场长期未作覆盖，风起时", "加装喷淋设施六套设备，", "6月底前"])
    y = row(second, 60, ["", "扬尘较重。", "每日清扫。", ""])
    rule(second, y, cut=True)
    y = row(second, y, SECOND)
    rule(second, y, cut=True)
    document = raw(first, second)
    (table,) = tables(document)
    found = rows(document, table)
    assert [cells[0] for cells in found] == ["序号", "1", "2"]
    assert found[1][1].replace("\n", "") == "堆场长期未作覆盖，风起时扬尘较重。"
    assert found[1][2].replace("\n", "") == "加装喷淋设施六套设备，每日清扫。"


def test_rules_between_paragraphs_make_no_table() -> None:
    page = Page()
    for y in (90.0, 260.0, 430.0):
        page.rule(78, y, 510, y)
    for top in (100, 270):
        for i, at in enumerate(range(0, len(LONG), 27)):
            page.text(78, top + 20 + 28 * i, LONG[at : at + 27])
    assert not tables(raw(page))


def test_lines_to_be_filled_in_make_no_table() -> None:
    page = Page()
    for i, name in enumerate(("填报单位", "填报人员", "联系电话", "填报日期")):
        page.text(78, 100 + 30 * i, name)
        page.rule(150, 104 + 30 * i, 400, 104 + 30 * i)
    assert not tables(raw(page))


def test_what_stands_below_a_table_is_no_rest_of_a_row() -> None:
    page = Page()
    y = 100.0
    rule(page, y, cut=True)
    for cells in (HEAD, FIRST, SECOND):
        y = row(page, y, cells)
        rule(page, y, cut=True)
    page.text(XS[3] + 5, y + 20, "县督察办", 12)
    document = raw(page)
    assert texts(document)[-1] == "县督察办"
    assert len(rows(document, tables(document)[0])) == 3
