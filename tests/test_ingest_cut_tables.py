"""Printed tables that page ends cut, as browsers draw them: rules left out, rows that fill a page, merged cells that go on."""

from __future__ import annotations

from tests.pdf_writer import Page
from tests.test_ingest_pdf import raw, rows, tables, texts

XS = (60.0, 100.0, 204.0, 380.0, 460.0, 520.0)
HEAD = ["序号", "问题", "措施", "单位", "时限"]


def put(page: Page, column: int, top: float, *lines: str) -> None:
    for i, line in enumerate(lines):
        page.text(XS[column] + 4, top + 14 + 16 * i, line, 12)


def opened(page: Page, end: float = 190) -> None:
    """A table with its head and the first row, of which only the measures end on the page: no rule stands below the other cells."""
    for y in (100.0, 130.0):
        page.rule(XS[0], y, XS[-1], y)
    for x in XS:
        page.rule(x, 100, x, end)
    for column, text in enumerate(HEAD):
        put(page, column, 104, text)
    put(page, 0, 134, "1")
    put(page, 1, 134, "镇区污水管网建设", "滞后，雨污混流，", "沿河尚有直排口九", "处未封堵，居民多")
    put(page, 2, 134, "（1）铺设主干管12公里。")
    put(page, 3, 134, "县住建局")
    put(page, 4, 134, "6月底")
    page.rule(XS[2], end, XS[-1], end)


def closed(page: Page) -> None:
    """The last measure of the first problem, and the second problem, at the top of the next page."""
    put(page, 2, 96, "（3）每旬巡查一次。")
    put(page, 3, 96, "青溪镇")
    put(page, 4, 96, "长期")
    for column, text in enumerate(["2", "扬尘管控不严。", "加装喷淋六套。", "县住建局", "7月底"]):
        put(page, column, 130, text)


def test_a_row_begins_beside_merged_cells_that_go_on_behind_a_page_end() -> None:
    first, second = Page(), Page()
    opened(first)
    for x in XS:
        second.rule(x, 60, x, 160)
    for left, y in ((XS[2], 90.0), (XS[0], 125.0), (XS[0], 160.0)):
        second.rule(left, y, XS[-1], y)
    put(second, 1, 62, "次反映。")
    put(second, 2, 62, "（2）封堵直排口九处。")
    put(second, 3, 62, "县水务局")
    put(second, 4, 62, "9月底")
    closed(second)
    document = raw(first, second)
    (table,) = tables(document)
    problem = "镇区污水管网建设滞后，雨污混流，沿河尚有直排口九处未封堵，居民多次反映。"
    assert rows(document, table) == [
        HEAD,
        ["1", problem, "（1）铺设主干管12公里。", "县住建局", "6月底"],
        ["（2）封堵直排口九处。", "县水务局", "9月底"],
        ["（3）每旬巡查一次。", "青溪镇", "长期"],
        ["2", "扬尘管控不严。", "加装喷淋六套。", "县住建局", "7月底"],
    ]


def test_the_rest_of_a_row_beside_merged_cells_that_go_on_is_no_row() -> None:
    first, second = Page(), Page()
    opened(first)
    put(first, 2, 150, "（2）封堵直排口共")
    for x in XS:
        second.rule(x, 60, x, 160)
    for left, y in ((XS[0], 60.0), (XS[2], 90.0), (XS[0], 125.0), (XS[0], 160.0)):
        second.rule(left, y, XS[-1], y)
    put(second, 2, 62, "九处，新建截流井四座。")
    closed(second)
    document = raw(first, second)
    (table,) = tables(document)
    assert [row[0] for row in rows(document, table)][:2] == ["序号", "1"]
    assert rows(document, table)[2][:2] == ["（3）每旬巡查一次。", "青溪镇"]


def _behind(problem: list[str], measures: list[str]) -> list[list[str]]:
    """The rows of a table whose first row goes on behind a page end with these lines of its problem and its measures."""
    first, second = Page(), Page()
    first.grid(XS, (100, 130, 190))
    second.grid(XS, (60, 110, 145))
    for column, text in enumerate(HEAD):
        put(first, column, 104, text)
    put(first, 0, 134, "1")
    put(first, 1, 134, "沿河排口未封堵；")
    put(first, 2, 134, *(["铺设主干管十二公里，新建泵站"] if problem else ["（1）铺设主干管十二公里，新建", "泵站两座。"]))
    put(first, 3, 134, "县住建局")
    put(first, 4, 134, "6月底")
    put(second, 1, 62, *problem)
    put(second, 2, 62, *measures)
    for column, text in enumerate(["2", "扬尘管控不严。", "加装喷淋六套。", "县住建局", "7月底"]):
        put(second, column, 112, text)
    document = raw(first, second)
    (table,) = tables(document)
    return rows(document, table)


def test_a_row_goes_on_where_one_of_its_cells_was_left_open() -> None:
    found = _behind(["居民多次反映。"], ["两座，封堵直排口九处。"])
    assert [row[0] for row in found] == ["序号", "1", "2"]
    assert found[1][2] == "铺设主干管十二公里，新建泵站两座，封堵直排口九处。"


def test_an_item_alone_behind_a_page_end_is_one_of_its_cell() -> None:
    found = _behind([], ["（2）封堵直排口九处。"])
    assert [row[0] for row in found] == ["序号", "1", "2"]
    assert found[1][2] == "（1）铺设主干管十二公里，新建泵站两座。\n（2）封堵直排口九处。"


def test_lines_below_the_rules_of_a_cut_row_are_in_its_cells() -> None:
    page = Page()
    opened(page)
    put(page, 1, 190, "次反映。")
    page.text(60, 320, "注：时限以县督察办通报为准。", 12)
    document = raw(page)
    (table,) = tables(document)
    assert rows(document, table)[1][1] == "镇区污水管网建设滞后，雨污混流，沿河尚有直排口九处未封堵，居民多次反映。"
    assert texts(document)[-1] == "注：时限以县督察办通报为准。"


def test_lines_below_a_ruled_end_or_across_columns_are_none_of_a_table() -> None:
    page = Page()
    opened(page)
    page.text(70, 204, "本表由县督察办负责解释，各单位遵照执行。", 12)
    document = raw(page)
    assert texts(document)[-1] == "本表由县督察办负责解释，各单位遵照执行。"
    page = Page()
    opened(page)
    page.rule(XS[0], 190, XS[-1], 190)
    put(page, 1, 200, "另行通知。")
    assert texts(raw(page))[-1] == "另行通知。"


def test_a_page_in_the_midst_of_a_row_is_a_part_of_it() -> None:
    pages = [Page(), Page(), Page()]
    opened(pages[0], 204)
    pages[0].rule(XS[0], 204, XS[-1], 204)
    for x in XS:
        pages[1].rule(x, 60, x, 780)
    put(pages[1], 1, 62, "次反映而未有结果", "的占到了三成以上")
    for x in XS:
        pages[2].rule(x, 60, x, 130)
    pages[2].rule(XS[0], 95, XS[-1], 95)
    pages[2].rule(XS[0], 130, XS[-1], 130)
    put(pages[2], 1, 62, "，镇里未予答复。")
    for column, text in enumerate(["2", "扬尘管控不严。", "加装喷淋六套。", "县住建局", "7月底"]):
        put(pages[2], column, 98, text)
    document = raw(*pages)
    (table,) = tables(document)
    found = rows(document, table)
    assert [row[0] for row in found] == ["序号", "1", "2"]
    assert found[1][1].endswith("居民多次反映而未有结果的占到了三成以上，镇里未予答复。")


def test_few_upright_rules_without_any_across_are_no_table() -> None:
    page = Page()
    for x in (200.0, 300.0, 400.0):
        page.rule(x, 60, x, 780)
    page.text(78, 100, "左边的文字")
    page.text(310, 130, "右边的文字")
    assert not tables(raw(page))


def test_the_last_column_of_a_table_may_be_undrawn_behind_a_page_end() -> None:
    first, second = Page(), Page()
    first.grid(XS, (100, 130, 170))
    for column, text in enumerate(HEAD):
        put(first, column, 104, text)
    for column, text in enumerate(["1", "扬尘管控不严。", "加装喷淋六套。", "县住建局", "7月底"]):
        put(first, column, 134, text)
    second.grid(XS[:-1], (60, 95))
    for column, text in enumerate(["2", "渣土遗撒。", "加装围挡三处。", "县城管局"]):
        put(second, column, 62, text)
    document = raw(first, second)
    (table,) = tables(document)
    assert [row[0] for row in rows(document, table)] == ["序号", "1", "2"]


def test_a_narrower_table_behind_a_page_end_is_one_of_its_own() -> None:
    first, second = Page(), Page()
    first.grid(XS, (100, 130, 170))
    for column, text in enumerate(HEAD):
        put(first, column, 104, text)
    put(first, 0, 134, "1")
    put(first, 1, 134, "扬尘管控不严。")
    second.grid((60.0, 160.0, 300.0, 420.0), (60, 95))
    for x, text in ((64, "镇"), (164, "已完成"), (304, "未完成")):
        second.text(x, 80, text, 12)
    assert len(tables(raw(first, second))) == 2
