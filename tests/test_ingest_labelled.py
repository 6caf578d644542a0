"""Tables without rules that tell of one matter: labels in a narrow column, values beside them."""

from __future__ import annotations

from tests.pdf_writer import Page
from tests.test_ingest_pdf import raw, rows, tables, texts

LEFT, RIGHT = 80.0, 150.0
LONG = "全县排查入河排口三百个，封堵其中二十六个，其余按方案逐一整治到位，"


def put(page: Page, top: float, label: str, *values: str, step: float = 16) -> float:
    """A row: its label set in the middle of its values; returns where it ends."""
    for i, value in enumerate(values):
        page.text(RIGHT, top + step * i, value, 11)
    page.text(LEFT, top + step * (len(values) - 1) / 2, label, 11)
    return top + step * (len(values) - 1)


def found_in(*pages: Page) -> list[list[str]]:
    document = raw(*pages)
    (table,) = tables(document)
    return [[text.replace("\n", "") for text in cells] for cells in rows(document, table)]


def fields(page: Page) -> None:
    end = put(page, 100, "整改任务", LONG, "不留死角。")
    end = put(page, end + 30, "责任单位", "县水利局")
    end = put(page, end + 30, "整改措施", LONG, "建立台账。", "")
    put(page, end + 30, "完成时限", "2031年6月底前")


def test_labels_in_the_middle_of_their_rows_name_what_stands_beside_them() -> None:
    page = Page()
    fields(page)
    assert found_in(page) == [
        ["整改任务", f"{LONG}不留死角。"],
        ["责任单位", "县水利局"],
        ["整改措施", f"{LONG}建立台账。"],
        ["完成时限", "2031年6月底前"],
    ]


def test_paragraphs_that_stand_apart_are_of_the_row_in_whose_middle_its_label_stands() -> None:
    page = Page()
    put(page, 100, "责任单位", "县水利局")
    for top, value in ((130, LONG), (146, "不留死角。"), (170, "2.清淤河道。"), (194, LONG), (210, "定期通报。")):
        page.text(RIGHT, top, value, 11)
    page.text(LEFT, 170, "整改措施", 11)
    put(page, 240, "完成时限", "2031年6月底前")
    assert found_in(page)[1] == ["整改措施", f"{LONG}不留死角。2.清淤河道。{LONG}定期通报。"]


def test_a_row_may_hold_a_second_label_and_value() -> None:
    page = Page()
    fields(page)
    for top, label, value, second, other in (
        (270, "牵头领导", "张卫民", "督导单位", "县督察办"),
        (300, "责任人", "李建国", "验收单位", "市水利局"),
    ):
        put(page, top, label, value)
        page.text(330, top, second, 11)
        page.text(410, top, other, 11)
    assert found_in(page)[-3:] == [
        ["完成时限", "2031年6月底前"],
        ["牵头领导", "张卫民", "督导单位", "县督察办"],
        ["责任人", "李建国", "验收单位", "市水利局"],
    ]


def test_what_stands_above_and_below_such_a_table_is_none_of_it() -> None:
    page = Page()
    page.text(80, 70, "现将整改情况公示如下，公示时间为五个工作日，欢迎监督。", 11)
    fields(page)
    page.text(380, 260, "县督察整改办公室", 11)
    page.text(390, 280, "2031年7月2日", 11)
    document = raw(page)
    assert texts(document)[0] == "现将整改情况公示如下，公示时间为五个工作日，欢迎监督。"
    assert [text.strip() for text in texts(document)[-2:]] == ["县督察整改办公室", "2031年7月2日"]
    assert len(rows(document, tables(document)[0])) == 4


def test_the_last_row_may_end_behind_a_page_end() -> None:
    first, second = Page(), Page()
    fields(first)
    page_end = 790
    page = first
    page.text(LEFT, page_end, "完成情况", 11)
    page.text(RIGHT, page_end, "（一）排口全部封堵，设施稳定运行。", 11)
    second.text(RIGHT, 80, "（二）河道清淤完成，水质稳定达标。", 11)
    second.text(LEFT, 110, "验收意见", 11)
    second.text(RIGHT, 110, "同意销号。", 11)
    for top, label in ((700, "督导单位"), (730, "验收单位"), (760, "责任人")):
        put(first, top, label, "县督察办")
    put(first, 640, "牵头领导", "张卫民")
    for top in range(270, 640, 30):
        put(first, top, "整改情况", "正在推进。")
    assert found_in(first, second)[-2:] == [
        ["完成情况", "（一）排口全部封堵，设施稳定运行。（二）河道清淤完成，水质稳定达标。"],
        ["验收意见", "同意销号。"],
    ]


def test_bodies_beside_persons_are_no_such_table() -> None:
    page = Page()
    for line, (body, person) in enumerate((("县水利局", "张卫民"), ("县财政局", "李建国"), ("县住建局", "王秀英"), ("县教育局", "陈志强"))):
        put(page, 100 + 24 * line, body, person)
    assert not tables(raw(page))
