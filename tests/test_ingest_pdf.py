"""The PDF reader: paragraphs, columns, tables, furniture, and files that are no good."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.pdf import read_pdf
from extract.limits import Limits, applied
from extract.model import Block, RawDocument
from extract.pipeline import convert
from extract.rulebook import Rulebook
from tests.pdf_writer import Page, pdf, wrapped

LONG = "各乡镇要对照清单逐项明确完成时间，建立工作台账，定期调度进展情况，确保各项任务按照要求落实到位，对进度滞后的要及时提醒督促。"
XS = (78.0, 118.0, 298.0, 398.0, 518.0)


def raw(*pages: Page) -> RawDocument:
    return read_pdf(pdf(*pages), "a.pdf", "pdf")


def texts(document: RawDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def rows(document: RawDocument, block: Block) -> list[list[str]]:
    """The texts of a table's cells, row by row, each cell once."""
    found: dict[int, list[str]] = {}
    for cell in block.cells:
        found.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [found[row] for row in sorted(found)]


def tables(document: RawDocument) -> list[Block]:
    return [block for block in document.blocks if block.kind == "table"]


def tabulate(page: Page, top: float, lines: list[list[str]], height: float = 40) -> float:
    """A ruled table on the page, one line of text a cell; returns where it ends."""
    ys = [top + i * height for i in range(len(lines) + 1)]
    page.grid(XS, ys)
    for y, line in zip(ys, lines, strict=False):
        for x, text in zip(XS, line, strict=False):
            page.text(x + 5, y + 25, text, 12)
    return ys[-1]


def test_paragraphs_are_told_by_their_indentation() -> None:
    page = Page()
    y = wrapped(LONG, page, 100)
    wrapped("二、" + LONG, page, y)
    assert texts(raw(page)) == [LONG, "二、" + LONG]


def test_a_paragraph_goes_on_behind_a_page_end_and_both_pages_are_known() -> None:
    first, second = Page(), Page()
    y = wrapped(LONG, first, 100)
    wrapped(LONG[:52], first, y)
    second.text(78, 100, LONG[52:])
    y = wrapped("三、" + LONG, second, 128)
    wrapped(LONG, second, y)
    document = raw(first, second)
    assert texts(document) == [LONG, LONG, "三、" + LONG, LONG]
    assert document.pages == 2
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]
    page_of = {place.start: place.page for place in document.places}
    assert page_of[document.blocks[1].start + 52] == 2


def test_places_hold_the_lines_boxes_in_order() -> None:
    page = Page()
    page.text(100, 200, "某某县整改方案", 20)
    place = raw(page).places[0]
    assert place.box[0] == pytest.approx(100, abs=1)
    assert place.box[2] == pytest.approx(240, abs=1)
    assert place.box[1] < 200 < place.box[3] + 1
    many = raw(*(Page() for _ in range(2)), page)
    assert [p.page for p in many.places] == [3]


def test_few_lines_tell_paragraphs_too() -> None:
    page = Page()
    page.text(150, 80, "整改任务清单", 22)
    page.text(110, 120, "各责任单位于每月25日前报送进展，由县督察办汇总")
    page.text(78, 148, "通报（联系电话：6660123）。")
    tabulate(page, 200, [["序号", "任务", "单位", "时限"], ["1", "修建泵站", "水务局", "2026年"]])
    assert texts(raw(page))[:2] == ["整改任务清单", "各责任单位于每月25日前报送进展，由县督察办汇总通报（联系电话：6660123）。"]


def test_lines_go_on_beside_a_number_that_hangs_out() -> None:
    page = Page()
    y = wrapped(LONG, page, 100)
    item = "•　镇区建成转运站七座、村级暂存点一百一十二个，全年收运九千吨，六月底前配齐收运车辆，逐步覆盖到全部自然村，村民满意率逐年提高。"
    for x, line in ((110, item[:25]), (136, item[25:48]), (136, item[48:]), (110, "•　清理河道。")):
        page.text(x, y, line)
        y += 28
    assert texts(raw(page)) == [LONG, item, "•　清理河道。"]


def test_a_long_signature_may_be_broken_at_the_margin() -> None:
    page = Page()
    y = wrapped(LONG, page, 100)
    page.text(310, y, "青禾县渠道整治工作领导小")
    page.text(78, y + 28, "组办公室")
    page.text(360, y + 56, "二〇三一年五月")
    assert texts(raw(page))[1:] == ["青禾县渠道整治工作领导小组办公室", "二〇三一年五月"]


def test_lines_without_indentation_stay_lines() -> None:
    page = Page()
    for i in range(6):
        page.text(78, 100 + 28 * i, LONG[:27])
    assert texts(raw(page)) == [LONG[:27]] * 6


def test_full_lines_go_on_where_first_lines_are_hardly_indented() -> None:
    page = Page()
    for i in range(3):
        for k in range(3):
            line = LONG[:26] if not k else LONG[26:53] if k == 1 else LONG[53:]
            page.text(78 + 15 * (not k), 100 + 28 * (3 * i + k), line)
    assert texts(raw(page)) == [LONG] * 3


def test_wrapped_lines_between_tables_go_on() -> None:
    page = Page()
    for k in range(4):
        page.text(78, 100 + 28 * k, (LONG + LONG[:50])[27 * k : 27 * k + 27])
    page.text(78, 212, "限期整改。")
    end = tabulate(page, 240, [["序号", "问题", "单位", "时限"], ["1", "扬尘管控不严。", "县住建局", "7月底"]])
    page.text(78, end + 40, "附：台账。")
    assert texts(raw(page))[0] == (LONG + LONG[:50])[:108] + "限期整改。"


def test_an_item_that_stands_apart_begins_a_paragraph() -> None:
    page = Page()
    y = 100.0
    for text in (LONG[:50] + "要求落实到位", "一、" + LONG, LONG, LONG):
        for at in range(0, len(text), 27):
            page.text(78, y, text[at : at + 27])
            y += 28
        y += 5.5
    assert texts(raw(page))[1] == "一、" + LONG


def test_a_gap_is_a_space_where_it_is_wide() -> None:
    page = Page()
    page.text(100, 100, "市水务局")
    page.text(100 + 5 * 16, 100, "市住建局")
    page.text(100, 130, "完成")
    page.text(100 + 2 * 16 + 4, 130, "35")  # the quarter that printers leave between Han and figures
    page.text(100 + 3 * 16 + 8, 130, "座")
    assert texts(raw(page)) == ["市水务局\u3000市住建局", "完成35座"]


def test_a_space_stands_behind_the_sign_of_a_list() -> None:
    page = Page()
    page.text(78, 100, "*")
    page.text(90, 100, "压实主体责任。")
    page.text(78, 128, "注")
    page.text(98, 128, "按月调度。")
    assert texts(raw(page)) == ["* 压实主体责任。", "注按月调度。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = Page()
    page.text(150, 80, "某某县生态环境保护简报第一期", 20)
    for i in range(10):
        page.text(60, 120 + 20 * i, f"左栏第{i}行文字写到栏边为止不留空", 12)
        page.text(320, 120 + 20 * i, f"右栏第{i}行文字写到栏边为止不留空", 12)
    sides = [text[0] for text in texts(raw(page))]
    assert sides == ["某"] + ["左"] * 10 + ["右"] * 10


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    cos, sin = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    page = Page(rotate=turn)
    for i, line in enumerate(["第一行文字内容", "第二行文字内容"]):
        x, y = {90: (100 + 30 * i, 500), 180: (500, 400 - 30 * i), 270: (500 - 30 * i, 100)}[turn]
        page.text(x, y, line, turn=(cos, sin))
    assert texts(raw(page)) == ["第一行文字内容", "第二行文字内容"]


@pytest.mark.parametrize("turn", [(0, 1), (0, -1)])
def test_a_page_set_sideways_is_read_sideways(turn: tuple[int, int]) -> None:
    page = Page()
    for i in range(3):
        page.text(100 + 30 * i * turn[1], 400, f"横排第{i}行的内容", turn=turn)
    assert texts(raw(page)) == [f"横排第{i}行的内容" for i in range(3)]


def test_what_another_font_draws_later_stands_in_its_place() -> None:
    page = Page()
    page.text(78, 100, "督察")
    page.text(126, 100, "回")
    page.text(110, 100, "“")  # drawn behind 回, without a gap that would tell
    assert texts(raw(page)) == ["督察“回"]


def test_signs_of_private_use_are_those_that_are_shown() -> None:
    page = Page()
    for i, text in enumerate(("\uf06c值班", "\uf0b7排查", "\uf0d8转移", "\uf021其他")):
        page.text(78, 100 + 28 * i, text)
    assert texts(raw(page)) == ["●值班", "•排查", "➢转移", "\uf021其他"]


@pytest.mark.parametrize("look", [{"font": "F2"}, {"mode": 2}], ids=["font", "outlines"])
def test_bold_stretches_are_kept_over_line_ends(look: dict[str, Any]) -> None:
    page = Page()
    page.text(110, 100, "工作目标", **look)
    page.text(110, 128, "全县各乡镇要对照清单")
    page.text(270, 128, "逐项明确完成时间，建立工作台账", **look)
    page.text(78, 156, "，定期调度。", **look)
    page.text(174, 156, "确保落实到位，对进度滞后的及时提醒督促")
    page.text(78, 184, "，按月通报。")
    wrapped(LONG, page, 212)
    document = raw(page)
    assert [[document.text[s:e] for s, e in block.bold] for block in document.blocks] == [
        ["工作目标"],
        ["逐项明确完成时间，建立工作台账，定期调度。"],
        [],
    ]


def test_lines_in_large_print_are_stressed() -> None:
    page = Page()
    page.text(150, 80, "整改任务清单", 22)
    y = wrapped(LONG, page, 120)
    page.text(110, y, "保障措施", 20)
    wrapped(LONG, page, y + 28)
    document = raw(page)
    assert [document.text[s:e] for block in document.blocks for s, e in block.bold] == ["整改任务清单", "保障措施"]


def test_bold_print_of_all_text_stresses_none() -> None:
    page = Page()
    page.text(78, 100, "一、工作目标", font="F2")
    page.text(78, 128, "建成泵站3座。", font="F2")
    page.text(78, 156, "注：按月调度。")
    assert not any(block.bold for block in raw(page).blocks)


def test_text_in_a_font_that_is_nowhere_is_read_whole() -> None:
    page = Page()
    for i in range(6):
        page.text(78, 100 + 28 * i, LONG[:27], font="F0")
    page.text(78, 400, "共", font="F0")
    page.text(110, 400, "35", font="F0")
    page.text(126, 400, "座", font="F0")
    assert texts(raw(page)) == [LONG[:27]] * 6 + ["共\u300035座"]


def test_the_reader_that_finds_more_is_taken() -> None:
    page = Page()
    page.text(78, 100, "每平方公里·月", font="F0")  # pdfminer has no · in this font
    assert texts(raw(page)) == ["每平方公里·月"]


# --- furniture -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "第 {} 页 共 4 页", "{} / 4", "·{}·"])
def test_page_numbers_and_running_heads_are_dropped(number: str) -> None:
    pages = []
    for n in range(1, 5):
        page = Page()
        page.text(200, 50, "某某县整改方案汇编", 10)
        wrapped(LONG[n:], page, 120)
        page.text(280, 800, number.format(n), 12)
        pages.append(page)
    document = raw(*pages)
    assert texts(document) == [LONG[n:] for n in range(1, 5)]
    assert document.repairs == ("boilerplate", "page_number")


def test_a_slanted_watermark_is_dropped() -> None:
    page = Page()
    wrapped(LONG, page, 120)
    page.text(150, 500, "内部资料", 60, turn=(0.7071, 0.7071))
    assert texts(raw(page)) == [LONG]


def test_calls_of_footnotes_are_no_figures_of_the_text() -> None:
    page = Page()
    page.text(110, 100, "全市旧衣回收率升到30%", 16)
    page.text(278, 94, "2", 9)
    page.text(282, 100, "，新增站点12座", 16)
    page.text(394, 94, "[3]", 9)
    page.text(408, 100, "。", 16)
    page.text(110, 128, "设计规模为300m", 16)
    page.text(222, 122, "3", 9)
    page.text(227, 128, "，两年建成。", 16)
    assert texts(raw(page)) == ["全市旧衣回收率升到30%，新增站点12座。", "设计规模为300m3，两年建成。"]


def test_a_slanted_watermark_that_touches_a_line_leaves_its_characters() -> None:
    page = Page()
    for x, text in ((78, "四月底前完成"), (174, "12"), (190, "处整改并报县")):
        page.text(x, 100, text)
    page.text(160, 100, "督察专用", turn=(0.94, 0.342))
    assert texts(raw(page)) == ["四月底前完成12处整改并报县"]


def test_a_figure_in_the_text_is_no_page_number() -> None:
    page = Page()
    page.text(100, 100, "合计")
    page.text(100, 300, "35")
    assert texts(raw(page)) == ["合计", "35"]


# --- tables --------------------------------------------------------------------------------------------------------------


def test_a_ruled_table_is_a_grid_between_its_paragraphs() -> None:
    page = Page()
    page.text(78, 80, "附件：任务清单")
    end = tabulate(page, 100, [["序号", "任务", "牵头单位", "时限"], ["1", "建成泵站3座", "县水务局", "2026年6月"]])
    page.text(78, end + 40, "注：按月调度。")
    document = raw(page)
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]
    table = document.blocks[1]
    assert rows(document, table) == [["序号", "任务", "牵头单位", "时限"], ["1", "建成泵站3座", "县水务局", "2026年6月"]]
    assert document.text[table.start : table.end] == "序号\t任务\t牵头单位\t时限\n1\t建成泵站3座\t县水务局\t2026年6月"


def test_merged_cells_have_spans() -> None:
    page = Page()
    xs, ys = (80.0, 200.0, 320.0, 440.0), (100.0, 140.0, 180.0, 220.0)
    page.box(80, 100, 440, 220)
    page.rule(80, 140, 440, 140)
    page.rule(200, 180, 440, 180)  # the first column's two lower rows are one cell
    page.rule(200, 100, 200, 220)
    page.rule(320, 140, 320, 220)  # the head's last two columns are one cell
    for x, y, text in [(0, 0, "项目"), (1, 0, "指标"), (0, 1, "水质"), (1, 1, "断面"), (2, 1, "三类"), (1, 2, "总磷"), (2, 2, "达标")]:
        page.text(xs[x] + 5, ys[y] + 25, text, 12)
    document = raw(page)
    cells = {document.text[c.start : c.end]: (c.row, c.column, c.row_span, c.column_span) for c in tables(document)[0].cells}
    assert cells == {
        "项目": (0, 0, 1, 1),
        "指标": (0, 1, 1, 2),
        "水质": (1, 0, 2, 1),
        "断面": (1, 1, 1, 1),
        "三类": (1, 2, 1, 1),
        "总磷": (2, 1, 1, 1),
        "达标": (2, 2, 1, 1),
    }


def test_a_table_open_at_its_sides_keeps_the_outer_columns() -> None:
    page = Page()
    for y in (100, 140, 180):
        page.rule(80, y, 440, y)
    for x in (200, 320):
        page.rule(x, 100, x, 180)
    for i, line in enumerate([["断面", "目标", "单位"], ["东河口", "三类", "水务局"]]):
        for x, text in zip((85, 205, 325), line, strict=True):
            page.text(x, 125 + 40 * i, text, 12)
    document = raw(page)
    assert rows(document, tables(document)[0]) == [["断面", "目标", "单位"], ["东河口", "三类", "水务局"]]


@pytest.mark.parametrize("font", ["F1", "F0"], ids=["first reader", "second reader"])
def test_a_ground_behind_text_divides_no_cell(font: str) -> None:
    page = Page()
    page.grid((80, 140, 300), (100, 140, 180, 220))
    page.ground(84, 110, 120, 130)
    page.ground(150, 155, 210, 170)
    page.ground(170, 155, 230, 170)
    for y, line in zip((125, 165, 205), (["序号", "任务"], ["1", "修建泵站3座"], ["2", "清理河道"]), strict=True):
        for x, text in zip((85, 150), line, strict=True):
            page.text(x, y, text, 12, font=font)
    document = raw(page)
    (table,) = tables(document)
    assert rows(document, table) == [["序号", "任务"], ["1", "修建泵站3座"], ["2", "清理河道"]]


def test_wrapped_lines_in_a_cell_are_joined_and_short_ones_are_not() -> None:
    page = Page()
    page.grid(XS, (100, 140, 240))
    for x, text in zip(XS, ["序号", "任务", "单位", "时限"], strict=False):
        page.text(x + 5, 125, text, 12)
    for i, line in enumerate(["对全县管网开展排查并建立问", "题台账，限期完成改造。"]):
        page.text(123, 160 + 18 * i, line, 13)
    for i, line in enumerate(["县水务局", "县住房和城乡建", "设局"]):
        page.text(303, 160 + 18 * i, line, 12.8)
    document = raw(page)
    assert rows(document, tables(document)[0])[1] == [
        "",
        "对全县管网开展排查并建立问题台账，限期完成改造。",
        "县水务局\n县住房和城乡建设局",
        "",
    ]


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["对河道内", "积存淤泥", "全部清", "除，并复", "绿。"], ["对河道内积存淤泥全部清除，并复绿。"]),
        (["牵头单位", "：水务局", "配合单位", "：园林局"], ["牵头单位：水务局", "配合单位：园林局"]),
        (["市水务局", "市园林局", "市公安局"], ["市水务局", "市园林局", "市公安局"]),
        (["沿线各县", "政府"], ["沿线各县政府"]),
        (["下降", "31%", "、44.5%"], ["下降31%、44.5%"]),  # kept together, then broken before a mark
        (["取缔到", "位，“散", "乱污”清"], ["取缔到位，“散乱污”清"]),
        (["并推行", "建“一档", "”制。"], ["并推行建“一档”制。"]),
        (["浓度3毫", "克/升"], ["浓度3毫克/升"]),
        (["1.立改；", "2.2026年", "底前"], ["1.立改；", "2.2026年底前"]),
    ],
)
def test_lines_of_narrow_cells_are_joined_where_they_are_prose(lines: list[str], paragraphs: list[str]) -> None:
    """The column has room for 4.97 characters beside its padding."""
    page = Page()
    page.grid((78, 118, 118 + 4.97 * 14 + 12, 300), (100, 130, 280))
    for x, text in zip((84, 124, 220), ("序号", "内容", "时限"), strict=True):
        page.text(x, 120, text, 14)
    for i, line in enumerate(lines):
        page.text(124, 150 + 20 * i, line, 14)
    page.text(84, 150, "1", 14)
    page.text(220, 150, "长期", 14)
    document = raw(page)
    (table,) = tables(document)
    assert rows(document, table)[1][1] == "\n".join(paragraphs)


def test_a_frame_around_text_is_no_table() -> None:
    page = Page()
    page.box(60, 60, 540, 780)
    wrapped(LONG, page, 120)
    assert texts(raw(page)) == [LONG]


HEAD = ["序号", "任务", "单位", "时限"]


def test_a_table_goes_on_behind_a_page_end_without_its_repeated_head() -> None:
    first, second = Page(), Page()
    tabulate(first, 600, [HEAD, ["1", "修建泵站", "水务局", "2026年"]])
    tabulate(second, 80, [HEAD, ["2", "清理河道", "住建局", "2027年"]])
    document = raw(first, second)
    (table,) = tables(document)
    assert rows(document, table) == [HEAD, ["1", "修建泵站", "水务局", "2026年"], ["2", "清理河道", "住建局", "2027年"]]
    page_of = {place.start: place.page for place in document.places}
    assert [page_of[cell.start] for cell in table.cells if cell.column == 0] == [1, 1, 2]


def test_a_row_cut_by_a_page_end_is_one_row() -> None:
    first, second = Page(), Page()
    tabulate(first, 600, [HEAD, ["1", "对沿线各排口开展溯源排查", "水务局", "2026年"]])
    tabulate(second, 80, [HEAD, ["", "并逐一建立档案。", "", ""], ["2", "清理河道。", "住建局", "2027年"]])
    page_width = XS[2] - XS[1]
    assert page_width - 5 - 12 * 12 < 3 * 12  # the first line leaves no room for what follows but a few characters
    document = raw(first, second)
    texts_of = rows(document, tables(document)[0])
    assert texts_of[0] == HEAD
    assert texts_of[-1] == ["2", "清理河道。", "住建局", "2027年"]


def test_a_full_line_cut_by_a_page_end_is_joined_in_its_cell() -> None:
    first, second = Page(), Page()
    cut = "对沿线各排口开展溯源排查整治工"
    first.grid(XS, (600, 640, 680))
    for x, text in zip(XS, HEAD, strict=False):
        first.text(x + 5, 625, text, 11.2)
    for x, text in zip(XS, ["1", cut, "水务局", "2026年"], strict=False):
        first.text(x + 5, 665, text, 11.2)
    tabulate(second, 80, [HEAD, ["", "作并逐一建立档案。", "", ""], ["2", "清理河道。", "住建局", "2027年"]])
    document = raw(first, second)
    assert rows(document, tables(document)[0]) == [
        HEAD,
        ["1", cut + "作并逐一建立档案。", "水务局", "2026年"],
        ["2", "清理河道。", "住建局", "2027年"],
    ]


def test_a_row_that_begins_with_merged_cells_is_no_rest_of_the_one_before() -> None:
    first, second = Page(), Page()
    tabulate(first, 600, [HEAD, ["1", "（1）建成料棚3座。", "运营部", "前于2026年12月31日"]])  # only the last cell is full
    tabulate(second, 80, [HEAD, ["", "（2）改造车辆。", "物流部", "2027年"], ["2", "清理河道。", "住建局", "2027年"]])
    document = raw(first, second)
    assert rows(document, tables(document)[0])[1:3] == [
        ["1", "（1）建成料棚3座。", "运营部", "前于2026年12月31日"],
        ["（2）改造车辆。", "物流部", "2027年"],
    ]


def test_a_row_cut_in_all_its_cells_is_one_row() -> None:
    first, second = Page(), Page()
    for page, lines in (
        (first, [["类别", "任务", "单位"], ["医疗服务质", "对沿线各排口开展溯", "由水务局会同住建局"]]),
        (second, [["类别", "任务", "单位"], ["量", "源排查。", "负责。"], ["其他", "清理河道。", "住建局负责。"]]),
    ):
        ys = [100 + 40 * i for i in range(len(lines) + 1)]
        page.grid((80, 160, 300, 440), ys)
        for y, line in zip(ys, lines, strict=False):
            for x, text in zip((85, 165, 305), line, strict=True):
                page.text(x, y + 25, text, 14)
    document = raw(first, second)
    assert rows(document, tables(document)[0]) == [
        ["类别", "任务", "单位"],
        ["医疗服务质量", "对沿线各排口开展溯源排查。", "由水务局会同住建局负责。"],
        ["其他", "清理河道。", "住建局负责。"],
    ]


def test_tables_with_a_line_between_them_are_two() -> None:
    first, second = Page(), Page()
    tabulate(first, 600, [HEAD, ["1", "修建泵站", "水务局", "2026年"]])
    second.text(78, 100, "附件2")
    tabulate(second, 120, [HEAD, ["2", "清理河道", "住建局", "2027年"]])
    assert len(tables(raw(first, second))) == 2


def test_columns_without_rules_are_a_table() -> None:
    page = Page()
    page.text(78, 100, "下列断面目标由所列单位负责。")
    for i, line in enumerate([["序号", "断面", "目标", "单位"], ["1", "东河口", "Ⅲ类", "东河镇政府"], ["2", "西桥", "Ⅳ类", "西桥镇政府"]]):
        for x, text in zip((80, 160, 280, 380), line, strict=True):
            page.text(x, 140 + 24 * i, text, 12)
    document = raw(page)
    assert [block.kind for block in document.blocks] == ["paragraph", "table"]
    assert rows(document, document.blocks[1])[1:] == [["1", "东河口", "Ⅲ类", "东河镇政府"], ["2", "西桥", "Ⅳ类", "西桥镇政府"]]


def test_a_line_right_below_columns_is_no_part_of_them() -> None:
    page = Page()
    for i, line in enumerate([["序号", "断面", "目标", "单位"], ["1", "东河口", "Ⅲ类", "东河镇政府"], ["2", "西桥", "Ⅳ类", "西桥镇政府"]]):
        for x, text in zip((80, 160, 280, 380), line, strict=True):
            page.text(x, 140 + 24 * i, text, 12)
    page.text(110, 212, "各断面按月监测：", 12)
    assert [block.kind for block in raw(page).blocks] == ["table", "paragraph"]


def test_columns_without_rules_go_on_behind_a_page_end() -> None:
    heads, rest = ("序号", "任务", "单位", "时限"), [(str(i), f"清理河段{i}处", "水务局", f"2026年{i}月") for i in range(1, 8)]
    first, second = Page(), Page()
    for x, text in zip(XS, heads, strict=False):
        first.text(x, 650, text, 10.5)
    for i, row in enumerate(rest):
        page, y = (first, 670 + 20 * i) if i < 4 else (second, 90 + 20 * (i - 4))
        for x, text in zip(XS, row, strict=False):
            page.text(x, y, text, 10.5)
    wrapped(LONG, second, 240)
    document = raw(first, second)
    (table,) = tables(document)
    assert rows(document, table) == [list(heads), *map(list, rest)]
    assert texts(document)[-1] == LONG


def test_what_stands_in_columns_behind_text_is_no_rest_of_a_table() -> None:
    first, second = Page(), Page()
    for i in range(4):
        for x, text in zip(XS, ("序号", "任务", "单位", "时限") if i == 0 else (str(i), "清河", "水务局", "5月"), strict=False):
            first.text(x, 100 + 20 * i, text, 10.5)
    wrapped(LONG, first, 300)
    for i in range(3):
        for x, text in zip(XS, ("甲镇", "乙镇", "丙镇", "丁镇"), strict=False):
            second.text(x, 100 + 20 * i, text, 10.5)
    assert len(tables(raw(first, second))) == 1


def test_names_in_columns_are_no_table() -> None:
    page = Page()
    for i, line in enumerate([["张某一", "李某一", "王某一"], ["张某二", "李某二", "王某二"], ["张某三", "李某三", "王某三"]]):
        for x, text in zip((80, 200, 320), line, strict=True):
            page.text(x, 140 + 24 * i, text, 14)
    assert not tables(raw(page))


def test_paragraphs_of_a_column_have_its_margins() -> None:
    page = Page()
    page.text(150, 60, "某某县生态环境保护简报", 20)
    for x in (60, 310):
        y = 110
        for _ in range(3):
            for i, line in enumerate((LONG[:16], LONG[16:34], LONG[34:40])):
                page.text(x + 24 * (i == 0), y, line, 12)
                y += 20
    assert texts(raw(page))[1:] == [LONG[:40]] * 6


def test_a_head_in_small_print_on_two_pages_is_dropped() -> None:
    pages = [Page(), Page()]
    for page, text in zip(pages, (LONG, LONG[20:] + LONG[:20]), strict=True):
        page.text(220, 50, "某某县整改方案", 10)
        wrapped(text, page, 100)
    assert texts(raw(*pages)) == [LONG, LONG[20:] + LONG[:20]]


def test_a_level_watermark_under_the_lines_is_dropped() -> None:
    page = Page()
    wrapped(LONG, page, 100)
    page.text(150, 135, "内部资料", 30)
    assert texts(raw(page)) == [LONG]


def test_a_pale_watermark_over_lines_is_dropped_and_a_pale_line_is_not() -> None:
    page = Page()
    wrapped(LONG, page, 100)
    page.drawn.append("0.85 g")
    page.text(150, 135, "内部资料", 18)
    page.text(78, 400, "联系电话见附件", 16)
    page.drawn.append("0 g")
    assert texts(raw(page)) == [LONG, "联系电话见附件"]


def nonsense(first: int) -> bytes:
    """A page whose font says that its characters are those from `first` on."""
    page = Page()
    y = 100.0
    for _ in range(5):
        y = wrapped(LONG, page, y)
    return re.sub(rb"<(....)> <(....)>(?! <)", lambda m: b"<%s> <%04x>" % (m[1], first + int(m[1], 16) % 56), pdf(page))


@pytest.mark.parametrize(
    "data", [nonsense(0x6C00), nonsense(0xC0), nonsense(0x20).replace(b"/ToUnicode 11 0 R", b"")], ids=["Han", "Latin", "none"]
)
def test_characters_that_are_not_those_shown_are_told(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.ingest.ocr.is_installed", lambda: False)
    assert [one.code for one in read_pdf(data, "a.pdf", "pdf").diagnostics] == ["illegible_text"]


def test_characters_of_private_use_are_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.ingest.ocr.is_installed", lambda: False)
    with pytest.raises(IngestError, match="no text") as caught:
        read_pdf(nonsense(0xE000), "a.pdf", "pdf")
    assert caught.value.code == "no_text"


def test_legible_pages_are_not_told() -> None:
    names = "、".join(
        "王赵孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"[i % 47] + "大中建国工成和方"[i % 8]
        for i in range(150)
    )
    page = Page()
    wrapped(names, page, 100)
    assert raw(page).diagnostics == ()


def test_a_date_set_to_the_right_is_not_joined_with_the_note_below() -> None:
    page = Page()
    y = wrapped(LONG, page, 100)
    page.text(510 - 16 * 6.5, y, "2026年3月6日", 16)
    page.text(78, y + 28, "（此件公开发布）", 16)
    assert [text.split("（")[0] for text in texts(raw(page))[1:]] == ["2026年3月6日", ""]


def test_page_and_rows_reach_the_tables(book: Rulebook) -> None:
    first, second = Page(), Page()
    first.text(150, 60, "某某县整改任务清单", 20)
    tabulate(first, 600, [["序号", "整改任务", "牵头单位", "整改时限"], ["1", "建成泵站3座", "县水务局", "2026年6月底前"]])
    tabulate(second, 80, [["序号", "整改任务", "牵头单位", "整改时限"], ["2", "清淤河道5公里", "县住建局", "2027年6月底前"]])
    converted = convert(pdf(first, second), "a.pdf", book)
    assert [(int(row.value), row.page) for row in converted.rows.targets if row.value] == [(3, 1), (5, 2)]
    assert [(row.name, row.page) for row in converted.rows.owners] == [("县水务局", 1), ("县住建局", 2)]
    assert converted.rows.documents[0].pages == 2


def test_boxes_stand_around_the_printed_evidence(book: Rulebook) -> None:
    page = Page()
    page.text(150, 60, "某某县整改方案", 20)
    wrapped("一、整改措施。" + LONG, page, 100)
    page.text(110, 400, "二、新建泵站3座，清淤河道5公里。", 16)
    rows = convert(pdf(page), "a.pdf", book).rows
    (number, x0, top, x1, bottom) = re.split("[:,]", next(row.boxes for row in rows.targets if row.unit == "公里"))
    assert number == "1"
    assert float(x0) == pytest.approx(110 + 8.5 * 16, abs=20)
    assert float(x1) == pytest.approx(110 + 15 * 16, abs=20)
    assert float(top) < 400 < float(bottom) + 1
    lines = rows.measures[0].boxes.split(";")
    assert len(lines) == len(rows.measures[0].text) // 28 + 1
    assert [float(line.split(",")[1]) for line in lines] == sorted(float(line.split(",")[1]) for line in lines)


# --- files that are no good ------------------------------------------------------------------------------------------------


def code_of(data: bytes) -> str:
    with pytest.raises(IngestError) as caught:
        read(data, "a.pdf")
    assert "a.pdf" in str(caught.value)
    return caught.value.code


def test_pages_that_are_pictures_are_told() -> None:
    scanned = Page(picture=True)
    assert code_of(pdf(scanned, scanned)) == "no_text"
    page = Page()
    wrapped(LONG, page, 100)
    document = raw(page, scanned)
    assert [(found.code, "page 2" in found.message) for found in document.diagnostics] == [("no_text", True)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(Page()), "no_text"),
        (pdf(), "damaged"),
        (b"%PDF-1.7\nnothing of the kind\n%%EOF", "damaged"),
        (pdf(Page())[:60], "damaged"),
    ],
)
def test_files_without_text(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_an_encrypted_file_is_told() -> None:
    locked = pdf(Page()).replace(
        b"/Root 1 0 R >>",
        b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >> >>",
    )
    assert code_of(locked) == "encrypted"


def test_too_many_pages_are_told() -> None:
    with applied(Limits(pages=2)):
        assert code_of(pdf(Page(), Page(), Page())) == "too_many_pages"


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_file_is_a_document_or_an_outcome(seed: int) -> None:
    first, second = Page(), Page()
    wrapped(LONG, first, 100)
    tabulate(second, 80, [HEAD, ["1", "清理河道", "住建局", "2027年"]])
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    data = bytearray(pdf(first, second))
    if seed % 2:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(9, len(data))] ^= 1 << chance.randrange(8)
    try:
        document = read_pdf(bytes(data), "a.pdf", "pdf")
    except IngestError:
        return
    assert document.text.strip()
    assert all(0 <= block.start <= block.end <= len(document.text) for block in document.blocks)


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.parent.parent.glob("shared/foreign/*.pdf")), ids=lambda path: path.stem)
def test_files_of_others_are_read(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    assert tables(document)
    assert document.pages
