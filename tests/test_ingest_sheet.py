"""Workbooks: sheets as tables, values as shown, what is hidden left out and said so."""

from __future__ import annotations

import datetime as dt
import random
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.cell_values import Formats, codes_of
from extract.pipeline import convert
from tests.office import REFUSALS, outcome, packed, workbook_of
from tests.rows import bare_rows

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from extract.model import RawDocument
    from extract.rulebook import Rulebook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = ["序号", "整改任务", "责任单位"]
ROW = [1, "完成管网改造。", "县住建局"]


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def one_sheet(*rows: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def shown(book: openpyxl.Workbook) -> RawDocument:
    return read(saved(book), "list.xlsx")


def texts(raw: RawDocument) -> list[str]:
    return [raw.text[block.start : block.end] for block in raw.blocks]


def cells(raw: RawDocument) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, raw.text[c.start : c.end]) for block in raw.blocks for c in block.cells]


def test_a_sheet_is_a_table_without_its_empty_rows_and_columns() -> None:
    book, sheet = one_sheet([], [None, *HEAD], [], [None, *ROW])
    sheet.cell(9, 9).value = "  "
    raw = shown(book)
    assert texts(raw) == ["序号\t整改任务\t责任单位\n1\t完成管网改造。\t县住建局"]
    assert (raw.blocks[0].kind, raw.format, raw.pages) == ("table", "xlsx", None)
    assert cells(raw)[3] == (1, 0, 1, 1, "1")


def test_rows_above_the_head_and_notes_below_are_paragraphs() -> None:
    book, sheet = one_sheet(
        ["附件1"], ["某县整改任务清单"], HEAD, ROW, ["合计", None, "1项"], ["注：每月报送\n一次"], ["说明很长的一句话。"]
    )
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A7:C7")
    raw = shown(book)
    assert [block.kind for block in raw.blocks] == ["paragraph", "paragraph", "table", "paragraph", "paragraph", "paragraph"]
    assert texts(raw)[:2] == ["附件1", "某县整改任务清单"]
    assert texts(raw)[3:] == ["注：每月报送", "一次", "说明很长的一句话。"]


def test_a_last_row_that_a_cell_from_above_reaches_is_no_note() -> None:
    book, sheet = one_sheet(HEAD, [1, "完成改造。", "县住建局"], [None, "注：做好养护。", None])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:C3")
    assert [block.kind for block in shown(book).blocks] == ["table"]


def test_facts_above_the_head_and_below_the_table_are_paragraphs() -> None:
    head = ["序号", "任务", "单位", "时限"]
    book, _ = one_sheet(
        ["填报单位：青禾市住建局", None, None, "填报日期：2031年3月1日"],
        head,
        [1, "改造管网", "县住建局", "2031年底前"],
        ["注：每月更新。"],
        ["负责人：张三", None, "电话：6660123"],
    )
    raw = shown(book)
    assert texts(raw) == [
        *("填报单位：青禾市住建局", "填报日期：2031年3月1日"),
        "序号\t任务\t单位\t时限\n1\t改造管网\t县住建局\t2031年底前",
        *("注：每月更新。", "负责人：张三", "电话：6660123"),
    ]


def test_text_between_tables_of_a_sheet_parts_them() -> None:
    book, _ = one_sheet(
        ["一、进展"],
        ["区域", "完成率", "排名"],
        ["甲镇", "86%", 1],
        ["注：截至三月。"],
        ["二、任务"],
        ["全市须于年底前完成渠道清淤。"],
        HEAD,
        ROW,
        ["青禾市水利局"],
        [dt.date(2031, 5, 31)],
    )
    raw = shown(book)
    assert texts(raw) == [
        *("一、进展", "区域\t完成率\t排名\n甲镇\t86%\t1", "注：截至三月。", "二、任务", "全市须于年底前完成渠道清淤。"),
        *("序号\t整改任务\t责任单位\n1\t完成管网改造。\t县住建局", "青禾市水利局", "2031-05-31"),
    ]


def test_a_new_head_begins_a_table_of_its_own() -> None:
    book, _ = one_sheet(HEAD, ROW, ["附表2"], ["序号", "指标名称", "目标"], [1, "清淤长度", "3公里"])
    assert [block.kind for block in shown(book).blocks] == ["table", "paragraph", "table"]


def test_names_of_groups_stay_in_their_table() -> None:
    book, sheet = one_sheet(HEAD, ["一、水环境方面"], ["（一）城区"], ROW, ["二、大气方面"], [2, "治理扬尘。", "县城管局"], ["合计"])
    sheet.merge_cells("A2:C2")
    assert [block.kind for block in shown(book).blocks] == ["table"]


def test_a_table_of_labels_and_values_keeps_its_rows() -> None:
    book, _ = one_sheet(["问题：管网老旧", "单位：县住建局"], ["措施：改造12公里", "时限：2031年"])
    assert [block.kind for block in shown(book).blocks] == ["table"]


def test_many_spaces_in_a_cell_push_the_rest_to_the_next_line() -> None:
    book, _ = one_sheet(HEAD, [1, "第一款：" + " " * 40 + "应当改造管网。", "县  局"])
    assert [text for *_, text in cells(shown(book))][4:] == ["第一款：\n应当改造管网。", "县  局"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_sheets_saved_as_text(delimiter: str, encoding: str) -> None:
    lines = [
        ["整改任务清单", "", "", ""],
        ["填报单位：青禾市住建局", "", "", "日期：2031-03-01"],
        ["序号", "任务", "责任分工", ""],
        ["", "", "牵头", "配合"],
        ["1", '"改造管网；\n新建泵站"', "县住建局", "县水利局"],
    ]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    raw = read(text.encode(encoding), "a.csv")
    assert texts(raw)[:3] == ["整改任务清单", "填报单位：青禾市住建局", "日期：2031-03-01"]
    assert cells(raw) == [
        *((0, 0, 2, 1, "序号"), (0, 1, 2, 1, "任务"), (0, 2, 1, 2, "责任分工"), (1, 2, 1, 1, "牵头"), (1, 3, 1, 1, "配合")),
        *((2, 0, 1, 1, "1"), (2, 1, 1, 1, "改造管网；\n新建泵站"), (2, 2, 1, 1, "县住建局"), (2, 3, 1, 1, "县水利局")),
    ]


def test_an_empty_first_column_of_a_sheet_saved_as_text_says_nothing() -> None:
    raw = read(",序号,任务,单位\n,1,清淤,县水利局\n,2,筑堤,县水利局\n,注：按月报。,,\n".encode(), "a.csv")
    assert texts(raw) == ["序号\t任务\t单位\n1\t清淤\t县水利局\n2\t筑堤\t县水利局", "注：按月报。"]


def test_merged_cells_have_spans() -> None:
    book, sheet = one_sheet(
        ["序号", "任务", "责任分工", None], [None, None, "牵头", "配合"], [1, "甲", "乙局", "丙局"], [None, "丁", "戊局", None]
    )
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(area)
    assert cells(shown(book)) == [
        *((0, 0, 2, 1, "序号"), (0, 1, 2, 1, "任务"), (0, 2, 1, 2, "责任分工")),
        *((1, 2, 1, 1, "牵头"), (1, 3, 1, 1, "配合")),
        *((2, 0, 2, 1, "1"), (2, 1, 1, 1, "甲"), (2, 2, 1, 1, "乙局"), (2, 3, 1, 1, "丙局")),
        *((3, 1, 1, 1, "丁"), (3, 2, 1, 1, "戊局"), (3, 3, 1, 1, "")),
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (dt.date(2031, 5, 31), "yyyy-mm-dd", "2031-05-31"),
        (dt.date(2031, 5, 31), 'yyyy"年"m"月"d"日"', "2031-05-31"),
        (dt.date(2031, 5, 31), "m/d/yy", "2031-05-31"),
        (dt.date(2031, 5, 1), 'yyyy"年"m"月"', "2031年5月"),
        (dt.date(2031, 5, 1), '[$-804]yyyy"年"', "2031年"),
        (dt.datetime(2031, 5, 31, 14, 30), "yyyy-mm-dd hh:mm", "2031-05-31 14:30"),
        (dt.time(14, 30), "h:mm", "14:30"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (12.345, "0.00", "12.35"),
        (0.685, "0.0%", "68.5%"),
        (12500, "#,##0", "12,500"),
        (21.5, '0.0"公里"', "21.5公里"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (0, '0;-0;"—"', "0"),
        (7, "000", "007"),
        (1.5, "# ?/?", "1.5"),
        (True, "General", "TRUE"),
        ("2031年底", "General", "2031年底"),
        (" 甲\n\n 乙\t丙 ", "General", "甲\n乙 丙"),
    ],
)
def test_values_read_as_shown(value: object, code: str, text: str) -> None:
    book, sheet = one_sheet(["甲", "乙"], ["丙", value])
    sheet.cell(2, 2).number_format = code
    assert cells(shown(book))[-1][4] == text


def test_days_may_count_from_1904() -> None:
    book, sheet = one_sheet(["甲", dt.date(2031, 5, 31)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert shown(book).text == "甲\t2031-05-31"
    assert sheet.max_row == 1


@given(st.text('0#?.,%;"\\_*[]E+-!/年ymdh', max_size=40), st.floats(allow_nan=False, allow_infinity=False))
def test_no_format_fails(code: str, value: float) -> None:
    from lxml import etree

    root = etree.Element(f"{{{MAIN}}}styleSheet")
    etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}numFmts"), f"{{{MAIN}}}numFmt", numFmtId="200", formatCode=code)
    etree.SubElement(etree.SubElement(root, f"{{{MAIN}}}cellXfs"), f"{{{MAIN}}}xf", numFmtId="200")
    assert len(Formats(codes_of(root), mac=False).text(repr(value), "0")) < 400


def test_what_is_hidden_is_left_out_and_said() -> None:
    book, sheet = one_sheet([*HEAD, "内部"], [*ROW, "甲"], [2, "藏", "藏", "藏"], [3, "核查。", "县水利局", "乙"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    secret = book.create_sheet("底稿")
    secret.append(["密"])
    secret.sheet_state = "hidden"
    raw = shown(book)
    assert raw.text == "序号\t整改任务\t责任单位\n1\t完成管网改造。\t县住建局\n3\t核查。\t县水利局"
    assert [(one.code, one.message[:8]) for one in raw.diagnostics] == [
        *(("left_out", "1 hidden"), ("left_out", "1 hidden"), ("left_out", "the shee")),
    ]


def test_a_merged_cell_whose_first_row_is_hidden_stands_in_the_next() -> None:
    book, sheet = one_sheet(HEAD, [1, "藏", "藏"], [None, "核查。", "县水利局"])
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[2].hidden = True
    assert cells(shown(book))[3:] == [(1, 0, 1, 1, "1"), (1, 1, 1, 1, "核查。"), (1, 2, 1, 1, "县水利局")]


def test_of_several_sheets_those_without_a_title_have_their_name_as_heading() -> None:
    book, sheet = one_sheet(HEAD, ROW)
    sheet.title = "问题清单"
    for title, first in (("任务清单", "某县整改措施"), ("Sheet3", "其他事项"), ("空", None)):
        other = book.create_sheet(title)
        for row in ([first], HEAD, ROW) if first else ():
            other.append(row)
    raw = shown(book)
    assert [(block.kind, block.level) for block in raw.blocks if block.kind == "heading"] == [("heading", 1)]
    assert [text for text in texts(raw) if "\t" not in text] == ["问题清单", "某县整改措施", "其他事项"]


def test_one_column_is_text() -> None:
    book, _ = one_sheet(["某县工作要点"], ["一、总体要求"], ["各镇要落实责任。"])
    raw = shown(book)
    assert [block.kind for block in raw.blocks] == ["paragraph"] * 3


def workbook(sheet: str, strings: str = "") -> bytes:
    """A workbook of one sheet of bare XML."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = [("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml")]
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{kinds}"><sheets><sheet name="a" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + "".join(f'<Relationship Id="{name}" Type="{kinds}/{kind}" Target="{target}"/>' for name, kind, target in targets)
            + "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        }
    )


def test_rich_strings_formulas_and_cells_without_references() -> None:
    strings = "<si><r><t>责任</t></r><r><t>单位</t></r><rPh><t>zeren</t></rPh></si><si><t>_x4E00_、甲</t></si>"
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
        '<row><c t="inlineStr"><is><t>乙</t></is></c><c t="str"><f>A1</f><v>丙</v></c><c t="s"><v>99</v></c><c t="e"><v>#N/A</v></c></row></sheetData>'
    )
    assert read(workbook(sheet, strings), "a.xlsx").text == "责任单位\t一、甲\t\n乙\t丙\t#N/A"


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="ZZ9"><v>2</v></c><c r="A9"><v>3</v></c></row></sheetData>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert read(workbook(sheet + merged), "a.xlsx").text == "1\n3\t2"


def _diagonal(size: int) -> str:
    rows = (
        f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="{openpyxl.utils.get_column_letter(i)}{i}"><v>1</v></c></row>' for i in range(2, size)
    )
    return f"<sheetData>{''.join(rows)}</sheetData>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook("<sheetData/>"), "no_text"),
        (workbook(_diagonal(3_000)), "too_large"),
        (workbook("<sheetData>")[:300], "damaged"),
        (packed({"xl/other.xml": "<a/>"}), "damaged"),
        (packed({"xl/workbook.bin": b"\x83\x01"}), "unsupported_format"),
        (packed({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "forbidden_xml"),
    ],
    ids=["empty", "grid", "cut", "no_book", "binary", "entities"],
)
def test_what_is_no_workbook_is_told_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, "a.xlsx")
    assert caught.value.code == code


def test_damaged_files_are_told_or_read() -> None:
    book, sheet = one_sheet(["某县清单"], HEAD, ROW, [dt.date(2031, 5, 31), 0.5, "甲"])
    sheet.merge_cells("A1:C1")
    whole = saved(book)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    luck = random.Random(5)  # noqa: S311 - damage, no secret
    outcomes = set()
    for turn in range(200):
        data = bytearray(whole)
        if turn % 2:
            del data[luck.randrange(len(data)) :]
        for _ in range(luck.randrange(1, 20)):
            data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        outcomes.add(outcome(bytes(data), "a.xlsx"))
    for _ in range(200):
        changed = {name: bytearray(content) for name, content in parts.items()}
        for name in changed:
            if re.match(r"xl/(?:workbook|styles|sharedStrings|worksheets/)", name):
                changed[name][luck.randrange(len(changed[name]))] ^= 1 << luck.randrange(5)
        outcomes.add(outcome(packed({name: bytes(content) for name, content in changed.items()}), "a.xlsx"))
    assert "text" in outcomes
    assert outcomes - {"text"} <= REFUSALS


def test_a_task_table_saved_as_a_workbook_gives_the_same_rows(samples: Path, book: Rulebook) -> None:
    original = convert((samples / "s02_anquan_qingdan.html").read_bytes(), "page.html", book)
    copy = convert(workbook_of(original.document), "list.xlsx", book)
    facts = original.document.meta
    assert copy.text == original.text
    assert bare_rows(copy, without=facts) == bare_rows(original, without=facts)
