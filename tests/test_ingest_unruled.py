"""Tables without any rule: heads of two lines, rows that head a section, cells that reach up to the next column."""

from __future__ import annotations

from tests.pdf_writer import Page
from tests.test_ingest_pdf import raw, rows, tables, texts

XS = (78.0, 118.0, 220.0, 400.0)


def put(page: Page, top: float, *cells: str) -> None:
    for x, text in zip(XS, cells, strict=False):
        if text:
            page.text(x, top, text, 11)


def test_heads_of_two_lines_and_rows_that_head_a_section_are_of_the_table() -> None:
    page = Page()
    put(page, 100, "序", "重点任务", "目标要求", "完成时")
    put(page, 114, "号", "", "", "限")
    put(page, 136, "一、治水")
    put(page, 158, "1", "管网改造", "改造主干管网3公里，消除", "6月底前")
    put(page, 172, "", "", "直排口九处。")
    put(page, 194, "2", "河道清淤", "清淤河道12公里。", "2031年")
    put(page, 208, "", "", "", "10月底前")
    put(page, 230, "二、治气")
    put(page, 252, "3", "散煤清零", "改造居民1200户。", "年底前")
    page.text(78, 330, "联系人在县督察办。", 11)
    document = raw(page)
    (table,) = tables(document)
    found = [[text.replace("\n", "") for text in cells] for cells in rows(document, table)]
    assert found == [
        ["序号", "重点任务", "目标要求", "完成时限"],
        ["一、治水"],
        ["1", "管网改造", "改造主干管网3公里，消除直排口九处。", "6月底前"],
        ["2", "河道清淤", "清淤河道12公里。", "2031年10月底前"],
        ["二、治气"],
        ["3", "散煤清零", "改造居民1200户。", "年底前"],
    ]
    assert texts(document)[-1] == "联系人在县督察办。"


def test_a_heading_below_a_table_heads_none_of_its_rows() -> None:
    page = Page()
    put(page, 100, "序号", "重点任务", "目标要求", "完成时限")
    put(page, 122, "1", "管网改造", "改造管网3公里。", "6月底前")
    put(page, 144, "2", "河道清淤", "清淤河道12公里。", "9月底前")
    put(page, 166, "二、有关要求")
    page.text(78, 188, "各单位按月报送进展，县督察办定期通报。", 11)
    document = raw(page)
    assert texts(document)[1:] == ["二、有关要求", "各单位按月报送进展，县督察办定期通报。"]
    assert len(rows(document, tables(document)[0])) == 3
