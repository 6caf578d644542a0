"""Pages of two columns that hold tables."""

from __future__ import annotations

from tests.pdf_writer import Page
from tests.test_ingest_pdf import LONG, raw, rows, tables, texts

LEFT, RIGHT = 60.0, 310.0
HEAD = ["序号", "问题", "时限"]


def grid(page: Page, x: float, top: float, lines: list[list[str]]) -> float:
    """A small table; returns where it ends."""
    xs = (x, x + 50, x + 160, x + 230)
    ys = [top + 26 * i for i in range(len(lines) + 1)]
    page.grid(xs, ys)
    for y, line in zip(ys, lines, strict=False):
        for left, text in zip(xs, line, strict=False):
            page.text(left + 4, y + 18, text, 11)
    return ys[-1]


def column(page: Page, x: float, top: float, side: str, count: int) -> None:
    for i in range(count):
        page.text(x, top + 20 * i, f"{side}第{i}行文字写到栏边为止不留空处", 12)


def test_a_table_in_a_column_stands_between_its_lines() -> None:
    page = Page()
    page.text(150, 60, "某县生态环境保护简报第一期", 20)
    column(page, LEFT, 100, "左", 9)
    end = grid(page, LEFT, 280, [HEAD, ["1", "扬尘管控", "6月底"], ["2", "雨污混流", "9月底"]])
    column(page, LEFT, end + 20, "尾", 4)
    column(page, RIGHT, 100, "右", 18)
    document = raw(page)
    assert [text[0] for text in texts(document)] == ["某", *"左" * 9, "序", *"尾" * 4, *"右" * 18]


def test_a_table_goes_on_in_the_next_column() -> None:
    page = Page()
    page.text(150, 60, "某县整改任务清单", 20)
    grid(page, LEFT, 700, [HEAD, ["1", "扬尘管控", "6月底"]])
    grid(page, RIGHT, 100, [["2", "雨污混流", "9月底"], ["3", "散煤复烧", "年底前"]])
    document = raw(page)
    (table,) = tables(document)
    assert [cells[0] for cells in rows(document, table)] == ["序号", "1", "2", "3"]


def test_two_tables_side_by_side_with_heads_of_their_own_are_two() -> None:
    page = Page()
    grid(page, LEFT, 100, [HEAD, ["1", "扬尘管控", "6月底"]])
    grid(page, RIGHT, 100, [["名称", "数量", "单位"], ["管网", "十二", "公里"]])
    assert len(tables(raw(page))) == 2


def test_a_narrow_table_among_prose_makes_no_columns() -> None:
    page = Page()
    for i, at in enumerate(range(0, len(LONG), 27)):
        page.text(78 if i else 110, 100 + 28 * i, LONG[at : at + 27 - 2 * (not i)])
    grid(page, 78, 240, [HEAD, ["1", "扬尘管控", "6月底"]])
    page.text(400, 420, "县督察办")
    page.text(110, 360, "以上任务由县督察办调度，逾期的予以通报。")
    found = texts(raw(page))
    assert found[-2:] == ["以上任务由县督察办调度，逾期的予以通报。", "县督察办"]


def test_lines_of_two_columns_need_not_stand_side_by_side() -> None:
    page = Page()
    column(page, LEFT, 100, "左", 12)
    column(page, RIGHT, 110, "右", 12)
    assert [text[0] for text in texts(raw(page))] == ["左"] * 12 + ["右"] * 12
