"""Bytes to blocks: formats, encodings, plain text and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import IngestError
from extract.ingest import INGESTERS, read
from extract.ingest.charset import decode
from extract.ingest.sniff import sniff
from tests.growth import SQUARE, growth

NOTICE = "关于开展入河排污口整治的通知\r\n各镇人民政府：\r\n一、工作目标\r\n到今年年底，完成整治任务，水质稳定达标。\r\n"
TRADITIONAL = "關於開展河道整治的通知\n各鎮公所：\n一、工作目標\n到今年年底，完成整治任務，水質穩定達標，各單位要認真落實。\n"


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        ("通知".encode(), "a.txt", "txt"),
        ("# 通知".encode(), "a.md", "md"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "a.txt", "html"),
        ("<p>通知</p>".encode(), "page", "html"),
        ("注：<b>通知</b>".encode(), "a.txt", "txt"),
        ("前言 <table><tr><td>x</td></tr></table>".encode(), "a.html", "html"),
        (b"<table><tr><td>x</td></tr></table>", "a.md", "md"),
        (b"%PDF-1.7 ...", "a.txt", "pdf"),
        (b"PK\x03\x04....[Content_Types].xml word/document.xml", "a.bin", "docx"),
        (b"PK\x03\x04....xl/workbook.xml", "a", "xlsx"),
        (b"PK\x03\x04....OFD.xml", "a", "ofd"),
        (b"PK\x03\x04....other", "a", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....W\x00o\x00r\x00d\x00D\x00o\x00c\x00", "a", "doc"),
        (b"\x89PNG\r\n\x1a\n", "a.txt", "png"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.mht", "mht"),
        ('{"责任单位"} 是哪一家'.encode(), "a", "txt"),
        ("[2031]5号文件已印发".encode(), "a.json", "txt"),
    ],
)
def test_sniff_goes_by_content(data: bytes, name: str, found: str) -> None:
    assert sniff(data, name) == found


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \r\n\t", "a.txt", "empty"),
        (b"\xef\xbb\xbf", "a.txt", "empty"),
        (b"\x00" * 64, "a.txt", "empty"),
        ("　。……—— ".encode(), "a.txt", "no_text"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no_text"),
        (b"GIF89a0000", "a.txt", "unsupported_format"),
        (b'{"notice": "a.txt", "rows": [1, 2]}', "a.txt", "unsupported_format"),
        (bytes(range(256)) * 8, "a.bin", "unknown_format"),
        (b"\x01\x02\x03\x04\xff\xfe\xfa" * 90, "a", "unknown_format"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert name in str(caught.value) or code == "unknown_format"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_encodings_of_simplified_text(encoding: str) -> None:
    raw = read(NOTICE.encode(encoding), "a.txt")
    assert raw.text == NOTICE.replace("\r\n", "\n")
    assert raw.repairs == (() if encoding.startswith("utf-8") else ("encoding",))


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le"])
def test_encodings_of_traditional_text(encoding: str) -> None:
    text = TRADITIONAL if "big5" in encoding else TRADITIONAL + "戶口㐀"
    assert decode(text.encode(encoding))[0] == text


def test_a_page_cut_inside_a_character_is_still_read() -> None:
    assert decode(NOTICE.encode("utf-8") * 20 + "完".encode()[:2])[0].startswith("关于开展")
    assert decode(NOTICE.encode("gb18030") * 20 + b"\xcd")[0].startswith("关于开展")


def test_line_and_page_ends_become_plain() -> None:
    assert decode("甲\r乙\r\n丙\u2028丁".encode())[0] == "甲\n乙\n丙\n丁"


MARKDOWN = """# 整治方案

**要压实责任。**各镇落实。

- 新建管网
* 改造泵站
• 清理垃圾
1#机组检修
#无空格不是标题
*市某河

| 序号 | 任务 |
| :-- | --: |
| 1 | 治污 \\| 控源 |
"""


def test_markdown_lines_become_blocks() -> None:
    raw = read(MARKDOWN.encode(), "a.txt")
    shown = [(b.kind, b.level, raw.text[b.start : b.end]) for b in raw.blocks]
    assert shown[:9] == [
        ("heading", 1, "# 整治方案"),
        ("paragraph", 0, "**要压实责任。**各镇落实。"),
        ("bullet", 0, "- 新建管网"),
        ("bullet", 0, "* 改造泵站"),
        ("bullet", 0, "• 清理垃圾"),
        ("paragraph", 0, "1#机组检修"),
        ("paragraph", 0, "#无空格不是标题"),
        ("paragraph", 0, "*市某河"),
        ("table", 0, raw.text[raw.text.index("| 序号") :].rstrip()),
    ]
    assert [raw.text[s:e] for s, e in raw.blocks[1].bold] == ["要压实责任。"]
    assert [(c.row, c.column, raw.text[c.start : c.end]) for c in raw.blocks[8].cells] == [
        (0, 0, "序号"),
        (0, 1, "任务"),
        (1, 0, "1"),
        (1, 1, "治污 \\| 控源"),
    ]


@pytest.mark.parametrize("text", ["甲|乙", "甲|乙\n丙", "目标：A|B|C\n责任：无", "| 单行 |"])
def test_pipes_alone_are_no_table(text: str) -> None:
    assert all(b.kind == "paragraph" for b in read(text.encode(), "a.md").blocks)


STACKED = """任务清单
序号　问题　措施　牵头单位　时限
一、治水
1
管网老旧。
1.排查管网12公里。
2.改造管网8公里。
市住建局
2031年底前
任务清单　第 2 页
序号　问题　措施　牵头单位　时限
2
河道淤积。
清淤河道9公里。
市水利局
长期坚持
注：按月报送。"""


def test_cells_a_line_each_are_a_table() -> None:
    raw = read(STACKED.encode(), "a.txt")
    assert [block.kind for block in raw.blocks] == ["paragraph", "table", "paragraph"]
    assert [(c.row, c.column, raw.text[c.start : c.end]) for c in raw.blocks[1].cells] == [
        *((0, 0, "序号"), (0, 1, "问题"), (0, 2, "措施"), (0, 3, "牵头单位"), (0, 4, "时限"), (1, 0, "一、治水"), (2, 0, "1")),
        *((2, 1, "管网老旧。"), (2, 2, "1.排查管网12公里。\n2.改造管网8公里。"), (2, 3, "市住建局"), (2, 4, "2031年底前")),
        *((3, 0, "2"), (3, 1, "河道淤积。"), (3, 2, "清淤河道9公里。"), (3, 3, "市水利局"), (3, 4, "长期坚持")),
    ]


def test_heads_and_cells_a_line_each_are_a_table_whose_last_cells_may_be_missing() -> None:
    text = "序号\n\n事项\n\n责任单位\n\n时限\n\n备注\n\n1\n\n新建泵站2座\n\n市水务局\n\n6月底前\n\n续建\n\n2\n\n改造管网\n\n市住建局\n\n长期坚持\n\n来源：市政府办"
    raw = read(text.encode(), "a.txt")
    assert [block.kind for block in raw.blocks] == ["table", "paragraph"]
    assert [raw.text[c.start : c.end] for c in raw.blocks[0].cells if c.row == 2] == ["2", "改造管网", "市住建局", "长期坚持"]


@pytest.mark.parametrize(
    "text",
    [
        "序号\n企业\n产量\n1\n甲厂\n20\n2\n乙厂\n30",  # nothing that is to be done
        "序号\n项目\n数量\n1\n2\n3\n4\n5",
        "序号\n一、总体要求\n1\n新建管网\n2\n改造泵站",
        "序号\n任务\n责任单位\n1\n新建管网\n市住建局",  # one row
    ],
)
def test_numbers_that_fill_a_line_alone_are_no_table(text: str) -> None:
    assert all(b.kind == "paragraph" for b in read(text.encode(), "a.txt").blocks)


TABBED = """任务清单
序号\t问题\t责任分工\t\t时限
\t\t牵头\t配合
1\t管网老旧。\t市住建局\t市财政局\t2031年底前
2\t河道淤积，
岸线被占。\t市水利局\t\t6月底前
\t尚有直排。\t市住建局
注：按月报送。"""


def test_tabs_divide_the_cells_of_a_table() -> None:
    raw = read(TABBED.encode(), "a.txt")
    assert [block.kind for block in raw.blocks] == ["paragraph", "table", "paragraph"]
    assert [(c.row, c.column, c.row_span, c.column_span, raw.text[c.start : c.end]) for c in raw.blocks[1].cells] == [
        *((0, 0, 2, 1, "序号"), (0, 1, 2, 1, "问题"), (0, 2, 1, 2, "责任分工"), (0, 4, 2, 1, "时限")),
        *((1, 2, 1, 1, "牵头"), (1, 3, 1, 1, "配合")),
        *((2, 0, 1, 1, "1"), (2, 1, 1, 1, "管网老旧。"), (2, 2, 1, 1, "市住建局"), (2, 3, 1, 1, "市财政局"), (2, 4, 1, 1, "2031年底前")),
        *((3, 0, 2, 1, "2"), (3, 1, 1, 1, "河道淤积，\n岸线被占。"), (3, 2, 1, 1, "市水利局"), (3, 3, 1, 1, ""), (3, 4, 2, 1, "6月底前")),
        *((4, 1, 1, 1, "尚有直排。"), (4, 2, 1, 1, "市住建局"), (4, 3, 1, 1, "")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首页\t新闻\t公开\n办事\t互动\t数据",  # a menu counts nothing
        "发布时间：2031年\t来源：市局\t字号：大\n各县区：\t请报送3份。\t谢谢",
        "一、总则\n序号\t任务\t单位\n\n1\t建站3座\t市局",  # an empty line ends it
        "序号\t任务\n1\t建站",
    ],
)
def test_tabs_alone_are_no_table(text: str) -> None:
    assert all(block.kind == "paragraph" for block in read(text.encode(), "a.txt").blocks)


@pytest.mark.parametrize(
    "line",
    [
        "主要任务\t牵头单位\t配合单位\n",
        "主要任务   牵头单位   配合单位\n",
        "|a|\n",
        "a|b\n",
        "| 1 | 2 |\n",
        "|-|\n",
        "**a",
        "# a\n",
        "- a\n",
    ],
)
def test_many_lines_take_linear_time(line: str) -> None:
    assert read(("甲\n" + line * (200_000 // len(line))).encode(), "a.md").blocks


def test_ingesters_name_their_formats() -> None:
    assert set(INGESTERS) >= {"txt", "md", "html"}


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=80).map(lambda t: t.encode("gb18030", "replace"))
    | st.text(max_size=80).map(lambda t: ("<html><body>" + t).encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        raw = read(data, "a.txt")
    except IngestError:
        return
    last = 0
    for block in raw.blocks:
        assert last <= block.start < block.end <= len(raw.text)
        last = block.end


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    "unit",
    [
        *"1一年（、|* .<#-",
        "1\n",
        "a1",
        "|\n",
        "a|b|\n",
        "序号 任务 单位\n",
        "**",
        "|1",
        "<p>",
        "&a",
        "一 ",
        "<table></table>",
        "</table ",
        "-:甲\n",
    ],
)
def test_time_grows_in_proportion(unit: str, name: str) -> None:
    assert growth(lambda text: read(("甲" + text).encode(), name), unit) < SQUARE


def test_a_table_in_html_is_read_as_one() -> None:
    raw = read(
        "# 任务清单\n<table>\n<tr><th>序号</th><th>任务</th></tr>\n<tr><td>1</td><td>修渠<br>清淤</td></tr>\n</table>\n尾段。\n".encode(),
        "a.md",
    )
    assert [block.kind for block in raw.blocks] == ["heading", "table", "paragraph"]
    assert [raw.text[cell.start : cell.end] for cell in raw.blocks[1].cells] == ["序号", "任务", "1", "修渠\n清淤"]
    assert raw.text[raw.blocks[2].start : raw.blocks[2].end] == "尾段。"


def test_front_matter_is_no_text() -> None:
    raw = read("---\ntitle: 清淤方案\nsite: 青禾县水利局\ndate: 2031-05-02\ntags:\n  - 水\n---\n\n一、总则\n".encode(), "a.md")
    assert raw.text.strip() == "一、总则"
    assert raw.meta == {"title": "清淤方案", "site": "青禾县水利局", "entered": "2031-05-02"}
    assert "boilerplate" in raw.repairs


@pytest.mark.parametrize("text", ["---\n一、总则\n---\n清淤。", "---\n清淤。", "---\n---\n清淤。", "---\ntitle: 清淤\n" + "-:甲\n" * 40])
def test_lines_of_strokes_hold_no_facts(text: str) -> None:
    raw = read(text.encode(), "a.md")
    assert "清淤" in raw.text
    assert not raw.meta


SCRAPED = """索 引 号 | 0143/2031-00012 | 公开方式 | 主动公开 |
发布机构 |
青禾县水利局
|
备注 |
序号 | 重点任务 | 牵头单位 | 配合单位 |
1 | 疏浚沟渠。
修复岸线。 | 县水利局 | 县林业局、各镇 |
2 | 更新泵站 | 县水利局
"""


def test_rows_that_end_in_a_bar_are_a_table() -> None:
    raw = read(SCRAPED.encode(), "a.txt")
    facts, tasks = raw.blocks
    assert [(c.row, c.column, raw.text[c.start : c.end]) for c in facts.cells] == [
        *((0, 0, "索 引 号"), (0, 1, "0143/2031-00012"), (0, 2, "公开方式"), (0, 3, "主动公开")),
        *((1, 0, "发布机构"), (1, 1, "青禾县水利局"), (2, 0, "备注")),
    ]
    assert [(c.row, c.column, raw.text[c.start : c.end]) for c in tasks.cells] == [
        *((0, 0, "序号"), (0, 1, "重点任务"), (0, 2, "牵头单位"), (0, 3, "配合单位")),
        *((1, 0, "1"), (1, 1, "疏浚沟渠。\n修复岸线。"), (1, 2, "县水利局"), (1, 3, "县林业局、各镇")),
        *((2, 0, "2"), (2, 1, "更新泵站"), (2, 2, "县水利局")),
    ]


@pytest.mark.parametrize(
    "text",
    ["首页 | 新闻 | 公开 |\n通知 | 公告 | 动态 |", "治水会召开 |\n（2031年5月2日） |\n会议要求清淤。", "来源：县水利局 | 2031年5月2日 |"],
)
def test_menus_and_frames_are_no_table(text: str) -> None:
    assert all(b.kind == "paragraph" for b in read(text.encode(), "a.txt").blocks)


SPACED = """任务分解表
序号 重点任务 工作措施 牵头单位 配合单位 完成时限
1 疏浚 沟渠 排查淤积沟段。 逐段疏浚。 县水利局 县林业局、
各镇 2031年6月底
2  修复岸线，岸线修复率达到九成。 县林业局、县财政局 长期坚持
注：按月报送。
"""


def test_single_blanks_part_the_cells_of_counted_rows() -> None:
    raw = read(SPACED.encode(), "a.txt")
    assert [block.kind for block in raw.blocks] == ["paragraph", "table", "paragraph"]
    assert [[raw.text[c.start : c.end] for c in raw.blocks[1].cells if c.row == row] for row in (1, 2)] == [
        ["1", "疏浚 沟渠", "排查淤积沟段。 逐段疏浚。", "县水利局", "县林业局、\n各镇", "2031年6月底"],
        ["2", "", "修复岸线，岸线修复率达到九成。", "县林业局、县财政局", "", "长期坚持"],
    ]


def test_heads_whose_characters_are_set_apart() -> None:
    raw = read("序号 工 作 任 务 牵头负责部门\n1 疏浚沟渠5公里 县水利局\n2 栽树 县林业局\n".encode(), "a.txt")
    assert [raw.text[c.start : c.end] for c in raw.blocks[0].cells] == [
        *("序号", "工 作 任 务", "牵头负责部门"),
        *("1", "疏浚沟渠5公里", "县水利局"),
        *("2", "栽树", "县林业局"),
    ]


def test_groups_of_counted_rows() -> None:
    text = "序号 任务 责任单位\n一、沟渠治理\n1. 疏浚沟渠 县水利局\n二、泵站更新\n1. 更新泵站 县水利局\n三、工作要求\n按月报送。\n"
    raw = read(text.encode(), "a.txt")
    assert [block.kind for block in raw.blocks] == ["table", "paragraph", "paragraph"]
    assert [(c.row, raw.text[c.start : c.end]) for c in raw.blocks[0].cells if c.column == 0] == [
        *((0, "序号"), (1, "一、沟渠治理"), (2, "1."), (3, "二、泵站更新"), (4, "1.")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "序号 任务 责任单位\n2 修渠 县水利局",  # counts from no 1
        "序号 标题 日期\n1 清淤通知。 2031-05-02",  # a list of papers names nobody
        "序号 任务 责任单位\n1 修渠。县水利局负责。",
    ],
)
def test_single_blanks_alone_part_nothing(text: str) -> None:
    assert all(block.kind == "paragraph" for block in read(text.encode(), "a.txt").blocks)


def test_a_row_without_an_owner_takes_none_of_the_next() -> None:
    text = "序号 工作任务 责任单位 完成时限\n1 疏浚沟渠。\n2 栽植树木。 县林业局 6月底\n3 修建泵站。 县水利局 9月底"
    (table,) = (block for block in read(text.encode(), "a.txt").blocks if block.cells)
    cells = [text[cell.start : cell.end] for cell in table.cells]
    assert cells[4:] == ["1", "疏浚沟渠。", "", "", "2", "栽植树木。", "县林业局", "6月底", "3", "修建泵站。", "县水利局", "9月底"]
