"""Word documents: what Word shows, in its order; what it hides, and what is no document, told apart."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.numbering import number_text
from extract.pipeline import convert
from tests.office import KINDS, REFUSALS, outcome, packed, word_file, word_of
from tests.rows import bare_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extract.model import RawDocument
    from extract.rulebook import Rulebook


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, kind: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def word(body: str, **parts: str) -> RawDocument:
    return read(word_file(body, **parts), "notice.docx")


def texts(raw: RawDocument) -> list[str]:
    return [raw.text[block.start : block.end] for block in raw.blocks]


def cells(raw: RawDocument) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, raw.text[c.start : c.end]) for block in raw.blocks for c in block.cells]


def cell(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(one if one.startswith('<') else paragraph(one) for one in content)}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_paragraphs_stand_in_order_with_their_bold_stretches() -> None:
    raw = word(paragraph("关于整治的通知") + paragraph(run("加强领导。", "<w:b/>"), run("各镇要", '<w:b w:val="0"/>'), "落实责任。"))
    assert texts(raw) == ["关于整治的通知", "加强领导。各镇要落实责任。"]
    assert [raw.text[s:e] for s, e in raw.blocks[1].bold] == ["加强领导。"]
    assert (raw.format, raw.pages, raw.repairs) == ("docx", None, ())


def test_bold_of_styles_counts_and_cancels_out() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="p"/></w:style>'
    )
    body = paragraph("粗体一", run("平常", '<w:rStyle w:val="c"/>'), properties='<w:pStyle w:val="q"/>') + paragraph(
        run("粗体二", '<w:rStyle w:val="c"/>')
    )
    raw = word(body, styles=styles)
    assert [raw.text[s:e] for block in raw.blocks for s, e in block.bold] == ["粗体一", "粗体二"]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲 乙"]),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", ["甲", "乙", "丙"]),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:t>甲</w:t></w:r>", ["1-2甲"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F081"/><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3米</w:t></w:r>', ["①≥3米"]),
        ('<w:r><w:sym w:font="某字体" w:char="F123"/><w:t>甲</w:t></w:r>', ["\uf123甲"]),
        ("<w:r><w:t>  甲  </w:t></w:r>", ["甲"]),
        (run("甲") + run("密", "<w:vanish/>") + run("乙", '<w:vanish w:val="0"/>'), ["甲乙"]),
        ('<w:ins w:id="1"><w:r><w:t>新</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>', ["新"]),
        ("<w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom>", ["来"]),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag>", ["链接标记"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", ["控件"]),
        ("<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>", ["拼"]),
        (
            "<m:oMath><m:r><m:t>x</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>",
            ["x1/3"],
        ),
    ],
)
def test_what_stands_in_a_paragraph_reads_as_shown(inner: str, shown: list[str]) -> None:
    assert texts(word(f"<w:p>{inner}</w:p>" + paragraph("完"))) == [*shown, "完"]


def field(instruction: str, result: str) -> str:
    kinds = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    shown = kinds["separate"] + run(result) if result else ""
    return f"{kinds['begin']}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{kinds['end']}"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (field(" DATE ", "2031年5月6日"), "第2031年5月6日页"),
        (field(" PAGE \\* MERGEFORMAT ", "3"), "第页"),
        (field("eq \\o\\ac(○,21)", ""), "第㉑页"),
        (field(" IF " + "x", ""), "第页"),
        ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>', "第页"),
        ('<w:fldSimple w:instr=" REF a "><w:r><w:t>9</w:t></w:r></w:fldSimple>', "第9页"),
    ],
)
def test_fields_show_their_result_and_page_numbers_go(inner: str, shown: str) -> None:
    assert texts(word(paragraph("第", inner, "页"))) == [shown]


def test_a_field_that_never_ends_swallows_no_further_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert texts(word(paragraph(broken, "甲") + paragraph("乙"))) == ["乙"]


def test_headings_have_levels_by_style_or_outline_and_prose_in_them_is_prose() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in (("1", "heading 1", ""), ("2", "heading 2", ""), ("t", "Title", ""), ("x", "own", '<w:basedOn w:val="2"/>'))
    )
    body = "".join(
        paragraph(text, properties=properties)
        for text, properties in (
            ("某县方案", '<w:pStyle w:val="t"/>'),
            ("一、总体要求", '<w:pStyle w:val="1"/>'),
            ("（一）目标", '<w:pStyle w:val="x"/>'),
            ("（二）任务", '<w:outlineLvl w:val="2"/>'),
            ("（三）加强领导。各镇要压实责任。", '<w:pStyle w:val="2"/>'),
            ("正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'),
        )
    )
    raw = word(body, styles=styles)
    assert [(block.kind, block.level) for block in raw.blocks] == [
        *(("heading", 1), ("heading", 1), ("heading", 2), ("heading", 3)),
        *(("paragraph", 0), ("paragraph", 0)),
    ]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 105: "一〇五"}),
        (
            "chineseCountingThousand",
            {10: "十", 12: "十二", 100: "一百", 105: "一百零五", 110: "一百一十", 1010: "一千零一十", 2024: "二千零二十四"},
        ),
        ("ideographDigital", {1: "一", 10: "一〇", 23: "二三"}),
        ("japaneseCounting", {10: "十", 11: "十一", 100: "百", 111: "百十一", 205: "二百五"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 11: "壹拾壹", 20: "贰拾"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {2: "⒉"}),
        ("ideographEnclosedCircle", {2: "㊁", 11: "11"}),
        ("decimalFullWidth", {12: "１２"}),
        ("upperRoman", {4: "IV", 19: "XIX"}),
        ("lowerRoman", {9: "ix"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {2: "B"}),
        ("ordinal", {1: "1st", 12: "12th", 22: "22nd"}),
        ("none", {4: ""}),
        ("someNewFormat", {4: "4"}),
    ],
)
def test_numbers_are_written_in_words_formats(kind: str, numbers: dict[int, str]) -> None:
    assert {number: number_text(number, kind) for number in numbers} == numbers


@given(
    st.integers(-5, 40_000),
    st.sampled_from(["chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting", "upperRoman", "lowerLetter"]),
)
def test_any_number_can_be_written(number: int, kind: str) -> None:
    assert len(number_text(number, kind)) < 2_000


def test_the_numbers_of_lists_stand_in_the_text() -> None:
    definition = lists(
        level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3."), level(3, "bullet", "\uf0b7")
    )
    body = [
        ("要求", 0),
        ("目标", 1),
        ("2031年底前完成。", 2),
        ("核查。", 2),
        ("任务", 1),
        ("清单", 2),
        ("要点", 3),
        ("保障", 0),
        ("组织", 1),
    ]
    raw = word("".join(numbered(text, at) for text, at in body), numbering=definition)
    assert texts(raw) == [
        *("一、要求", "（一）目标", "1. 2031年底前完成。", "2.核查。", "（二）任务", "1.清单", "• 要点", "二、保障", "（一）组织"),
    ]
    assert [block.kind for block in raw.blocks].index("bullet") == 6


def test_levels_combine_restart_and_turn_legal() -> None:
    definition = lists(
        level(0, "chineseCountingThousand", "第%1条", start=3),
        level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        level(2, "lowerLetter", "%3)", more='<w:lvlRestart w:val="0"/>'),
    )
    raw = word("".join(numbered("甲", at) for at in (0, 1, 1, 2, 0, 1, 2)), numbering=definition)
    assert texts(raw) == ["第三条 甲", "3.1 甲", "3.2 甲", "a)甲", "第四条 甲", "4.1 甲", "b)甲"]


def test_a_list_that_begins_anew_says_so_and_others_count_on() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙", number=2) + numbered("丙", number=3) + numbered("丁", number=3) + numbered("戊", number=0)
    assert texts(word(body, numbering=lists(level(0, "decimal", "（%1）"), more=again))) == [
        "（1）甲",
        "（2）乙",
        "（5）丙",
        "（6）丁",
        "戊",
    ]


def test_styles_carry_numbers_and_the_level_that_names_them() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    definition = lists(
        level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="a"/>'), level(1, "decimal", "%2）", more='<w:pStyle w:val="b"/>')
    )
    body = "".join(paragraph("甲", properties=f'<w:pStyle w:val="{name}"/>') for name in "abba")
    assert texts(word(body, styles=styles, numbering=definition)) == ["一、甲", "1）甲", "2）甲", "二、甲"]


def test_tables_keep_their_spans_lines_and_numbers() -> None:
    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    number = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    raw = word(
        paragraph("前")
        + table(
            [cell("序号"), cell("责任分工", properties=wide)],
            [cell(number, properties=begins), cell("县水利局", "（牵头）"), cell("甲\t乙")],
            [cell("", properties=goes_on), cell(""), cell(table([cell("内一"), cell("内二")]))],
        ).replace("\t", "</w:t><w:tab/><w:t>")
        + paragraph("后"),
        numbering=lists(level(0, "decimal", "%1")),
    )
    assert [block.kind for block in raw.blocks] == ["paragraph", "table", "paragraph"]
    assert cells(raw) == [
        *((0, 0, 1, 1, "序号"), (0, 1, 1, 2, "责任分工"), (1, 0, 2, 1, "1"), (1, 1, 1, 1, "县水利局\n（牵头）")),
        *((1, 2, 1, 1, "甲 乙"), (2, 1, 1, 1, ""), (2, 2, 1, 1, "内一 内二")),
    ]
    assert texts(raw)[1] == "序号\t责任分工\n1\t县水利局\n（牵头）\t甲 乙\n\t内一 内二"


def test_deleted_and_hidden_rows_go_and_cells_may_begin_later() -> None:
    raw = word(
        table(
            [cell("一"), cell("二"), cell("三")],
            ["<w:trPr><w:del/></w:trPr>", cell("删"), cell("删")],
            ["<w:trPr><w:hidden/></w:trPr>", cell("藏"), cell("藏")],
            ['<w:trPr><w:gridBefore w:val="1"/></w:trPr>', cell("乙"), cell("丙")],
        )
    )
    assert [(row, column, text) for row, column, _, _, text in cells(raw)] == [
        (0, 0, "一"),
        (0, 1, "二"),
        (0, 2, "三"),
        (1, 1, "乙"),
        (1, 2, "丙"),
    ]


def test_a_table_that_only_frames_text_is_text() -> None:
    raw = word(table([cell("某县人民政府文件")], [cell("一、要求", "二、任务")]))
    assert texts(raw) == ["某县人民政府文件", "一、要求", "二、任务"]


def test_a_row_that_places_text_side_by_side_is_no_table() -> None:
    letterhead = table([cell("青禾市生态环境局", "青禾市水利局"), cell("文件")])
    printed = table(
        [cell("抄送：市委办公室。", properties='<w:gridSpan w:val="2"/>')], [cell("青禾市水利局办公室"), cell("2031年3月8日印发")]
    )
    raw = word(letterhead + paragraph("关于治理的通知") + printed)
    assert [block.kind for block in raw.blocks] == ["paragraph"] * 5
    assert texts(raw) == [
        *("青禾市生态环境局\u3000\u3000文件", "青禾市水利局", "关于治理的通知", "抄送：市委办公室。"),
        "青禾市水利局办公室\u3000\u30002031年3月8日印发",
    ]
    series = table([cell("青禾市水利局办公室"), cell("第9期"), cell("2031年3月8日")])
    assert texts(word(series)) == ["青禾市水利局办公室\u3000\u3000第9期\u3000\u30002031年3月8日"]


def _set(text: str, size: int, aligned: str = "center", more: str = "") -> str:
    return paragraph(run(text, f'<w:sz w:val="{size}"/>'), more, properties=f'<w:jc w:val="{aligned}"/>')


def test_lines_of_a_title_in_large_print_are_one() -> None:
    body = _set("各镇要按照方案要求落实整治责任，定期通报渠道清淤和堤防加固的进展情况。", 32, "both")
    broken = run("", "") + "<w:r><w:br/></w:r>" + run("实施方案", '<w:sz w:val="44"/>')
    for title in (_set("青禾市渠道整治", 44) + _set("实施方案", 44), _set("青禾市渠道整治", 44, more=broken)):
        assert texts(word(title + body))[0] == "青禾市渠道整治实施方案"


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        ("青禾市水利局文件", "关于渠道整治的通知", 44),
        ("青禾市渠道整治实施方案", "（2031—2033年）", 44),
        ("青禾市水利局", "2031年5月2日", 36),
        ("第一章　总则", "第一节　目的", 44),
        ("青禾市水利局", "二〇三一年五月", 36),
        ("市长　安某某", "副市长　柏某某", 32),
    ],
)
def test_other_centred_lines_stay_apart(first: str, second: str, size: int) -> None:
    body = _set("各镇要按照方案要求落实整治责任，定期通报渠道清淤和堤防加固的进展情况。", 32, "both")
    assert texts(word(_set(first, size) + _set(second, size) + body))[:2] == [first, second]


def test_the_size_of_a_title_may_come_from_its_style() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="公文标题"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
    )
    named = '<w:pStyle w:val="a"/>'
    title = paragraph("青禾市渠道整治", properties=named) + paragraph("实施方案", properties=named)
    body = paragraph("各镇要按照方案要求落实整治责任，定期通报渠道清淤和堤防加固的进展情况。")
    assert texts(word(title + body, styles=styles))[0] == "青禾市渠道整治实施方案"


_HEAD = [cell("序号"), cell("问题"), cell("措施")]


def test_a_table_cut_for_the_sake_of_pages_is_one() -> None:
    first = table(_HEAD, [cell("1"), cell("管网破损。"), cell("修复2公里。")])
    rest = [[cell(""), cell(""), cell("新建泵站。")], [cell("2"), cell("渠道淤积。"), cell("清淤。")]]
    for between in ("", paragraph(""), paragraph("续表")):
        raw = word(first + between + table(_HEAD, *rest))
        assert [block.kind for block in raw.blocks] == ["table"]
        assert cells(raw)[3:] == [
            *((1, 0, 2, 1, "1"), (1, 1, 2, 1, "管网破损。"), (1, 2, 1, 1, "修复2公里。")),
            *((2, 2, 1, 1, "新建泵站。"), (3, 0, 1, 1, "2"), (3, 1, 1, 1, "渠道淤积。"), (3, 2, 1, 1, "清淤。")),
        ]
    printed_again = table(_HEAD, [cell("1"), cell("管网破损。"), cell("新建泵站。")])
    assert [text for *_, text in cells(word(first + printed_again))][3:] == ["1", "管网破损。", "修复2公里。", "新建泵站。"]


def test_tables_with_other_heads_or_text_between_stay_apart() -> None:
    first = table(_HEAD, [cell("1"), cell("管网破损。"), cell("修复2公里。")])
    for second in (
        paragraph("二、水利") + first,
        table([cell("序号"), cell("项目"), cell("进度")], [cell("1"), cell("泵站"), cell("在建")]),
        table([cell("1"), cell("渠道淤积。"), cell("清淤。")], [cell("2"), cell("泵站老旧。"), cell("更新。")]),
    ):
        assert [block.kind for block in word(first + second).blocks].count("table") == 2


def test_what_is_struck_out_is_no_text() -> None:
    shown = [run("清淤"), run("3", "<w:strike/>"), run("5", '<w:strike w:val="0"/>'), run("公里", "<w:dstrike/>"), run("处。")]
    assert texts(word(paragraph(*shown))) == ["清淤5处。"]


def test_numbers_in_words_have_their_mark_again() -> None:
    numbering = lists(level(0, "chineseCountingThousand", "%1?"), level(1, "decimal", "%2?"))
    assert texts(word(numbered("清淤") + numbered("疏浚", 1), numbering=numbering)) == ["一、清淤", "1?疏浚"]


def test_text_boxes_stand_before_their_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{paragraph('某办〔2031〕4号')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(word(paragraph(f"<w:r>{drawing}</w:r>", "正文"))) == ["某办〔2031〕4号", "正文"]
    assert texts(word(paragraph(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>", "正文"))) == ["某办〔2031〕4号", "正文"]


def test_a_deleted_paragraph_end_joins_and_a_deleted_paragraph_is_gone() -> None:
    joined = paragraph("前半句，", properties="<w:rPr><w:del/></w:rPr>") + paragraph("后半句。")
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>" + paragraph("留下。")
    assert texts(word(joined + gone)) == ["前半句，后半句。", "留下。"]


def test_contents_headers_and_notes_are_no_text() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('一、要求 1')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    body = contents + paragraph("二、任务 2", properties='<w:pStyle w:val="11"/>') + paragraph("正文", note, "。")
    raw = word(body, styles=styles, word__header1="<w:hdr/>", word__footnotes="<w:footnotes/>")
    assert texts(raw) == ["正文。"]
    assert [one.code for one in raw.diagnostics] == ["left_out"]


def fields(*kinds: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)


@pytest.mark.parametrize("end", [fields("end"), ""])
def test_a_table_of_contents_that_only_a_field_makes_is_no_text(end: str) -> None:
    begin = fields("begin") + r'<w:r><w:instrText> TOC \o "1-2" </w:instrText></w:r>' + fields("separate")
    number = fields("begin") + "<w:r><w:instrText>PAGEREF a</w:instrText></w:r>" + fields("separate") + run("3") + fields("end")
    body = paragraph(begin, "一、总体要求 1") + paragraph("二、工作任务 2") + paragraph("三、工作要求 ", number, end)
    assert texts(word(body + paragraph("一、总体要求") + paragraph("共治理河道 12"))) == ["一、总体要求", "共治理河道 12"]


def test_what_may_be_filled_in_is_no_text() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr{}/></w:sdtPr><w:sdtContent>" + run("单击此处输入日期") + "</w:sdtContent></w:sdt>"
    assert texts(word(paragraph("完成时限：", control.format("")))) == ["完成时限："]
    assert texts(word(paragraph("完成时限：", control.format(' w:val="0"')))) == ["完成时限：单击此处输入日期"]


def test_a_page_break_ends_no_sentence() -> None:
    page_break = '<w:r><w:br w:type="page"/></w:r>'
    assert texts(word(paragraph("各镇要对照清单，在6月底前", page_break, "完成销号。"))) == ["各镇要对照清单，在6月底前完成销号。"]
    assert texts(word(paragraph("各镇要对照清单销号。", page_break, "附件"))) == ["各镇要对照清单销号。", "附件"]
    assert texts(word(paragraph("整改任务清单", page_break, "填报说明"))) == ["整改任务清单", "填报说明"]
    assert texts(word(paragraph("抄送：县委办，各镇", "<w:r><w:br/></w:r>", "印发：县府办"))) == ["抄送：县委办，各镇", "印发：县府办"]


def test_a_dropped_initial_opens_the_paragraph_below() -> None:
    initial = paragraph("为", properties='<w:framePr w:dropCap="drop" w:lines="2"/>')
    framed = paragraph("青禾县人民政府文件", properties='<w:framePr w:w="9000"/>')
    assert texts(word(framed + initial + paragraph("抓好整改，制定本方案。"))) == ["青禾县人民政府文件", "为抓好整改，制定本方案。"]


def test_deleted_cells_are_gone() -> None:
    def row(*cells: str) -> str:
        gone = "<w:tcPr><w:cellDel/></w:tcPr>"
        return "<w:tr>" + "".join(f"<w:tc>{gone if i == 1 else ''}{paragraph(text)}</w:tc>" for i, text in enumerate(cells)) + "</w:tr>"

    raw = word(f"<w:tbl>{row('序号', '原稿', '问题', '时限')}{row('1', '旧', '扬尘', '6月底')}</w:tbl>")
    assert [text for *_, text in cells(raw)] == ["序号", "问题", "时限", "1", "扬尘", "6月底"]


def test_the_core_title_is_kept_apart() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>旧题目</dc:title></cp:coreProperties>'
    )
    assert word(paragraph("正文"), docProps__core=core).meta == {"page_title": "旧题目"}


def test_strict_open_xml_reads_the_same() -> None:
    usual = word_file(paragraph("正文"))
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name, data in _parts(usual).items()
    }
    assert read(packed(strict), "a.docx").text == "正文"


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOMB = '<!DOCTYPE a [<!ENTITY b "甲甲甲甲"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word_file(paragraph("正文"))[:400], "damaged"),
        (packed({"word/other.xml": "<a/>"}), "damaged"),
        (packed({"word/document.xml": "<a>"}), "damaged"),
        (word_file(paragraph(" ")), "no_text"),
        (packed({"word/document.xml": BOMB + "<a>&c;</a>"}), "forbidden_xml"),
        (
            packed({"word/document.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + BOMB + "<a>&c;</a>").encode("utf-16")}),
            "forbidden_xml",
        ),
        (word_file("<w:p>" + " " * 70_000_000 + "</w:p>"), "too_large"),
        (packed({f"word/{i}.xml": "" for i in range(10_001)}), "too_large"),
        (word_file("<w:sdtContent>" * 5_000 + "</w:sdtContent>" * 5_000), "damaged"),
    ],
    ids=["cut", "no_document", "no_xml", "nothing", "entities", "entities_utf16", "bomb", "members", "deep"],
)
def test_what_is_no_document_is_told_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(IngestError) as caught:
        read(data, "a.docx")
    assert caught.value.code == code
    assert "a.docx" in str(caught.value)


def test_a_password_is_told() -> None:
    with pytest.raises(IngestError) as caught:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "a.docx")
    assert caught.value.code == "encrypted"


def _written() -> bytes:
    word = docx.Document()
    word.add_heading("某县水环境整治方案", 1)
    word.add_paragraph("各镇要落实责任。", style="List Number")
    rows = word.add_table(3, 3)
    rows.cell(0, 0).text = "序号"
    rows.cell(1, 1).merge(rows.cell(2, 2)).text = "县水利局"
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_damaged_files_are_told_or_read() -> None:
    whole = _written()
    luck = random.Random(4)  # noqa: S311 - damage, no secret
    loose = packed(_parts(whole))  # the same parts, also damaged before they are packed, so that no checksum tells
    outcomes = set()
    for turn in range(200):
        data = bytearray(whole if turn % 2 else loose)
        if turn % 4 < 2:
            del data[luck.randrange(len(data)) :]
        else:
            for _ in range(luck.randrange(1, 20)):
                data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        outcomes.add(outcome(bytes(data), "a.docx"))
    for _ in range(100):
        parts = {name: bytearray(content) for name, content in _parts(whole).items()}
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            parts[name][luck.randrange(len(parts[name]))] ^= 1 << luck.randrange(5)
        outcomes.add(outcome(packed({name: bytes(content) for name, content in parts.items()}), "a.docx"))
    assert "text" in outcomes
    assert outcomes - {"text"} <= REFUSALS


@pytest.mark.parametrize("name", ["s02_anquan_qingdan.html", "s06_cuoshi_duanluo.html", "s07_gongshui_xingdong.md", "s08_shian_jiyao.txt"])
def test_a_notice_saved_by_word_gives_the_same_rows(name: str, samples: Path, book: Rulebook) -> None:
    original = convert((samples / name).read_bytes(), name, book)
    saved = convert(word_of(original.document), "notice.docx", book)
    assert saved.text == original.text
    facts = original.document.meta
    assert bare_rows(saved, without=facts) == bare_rows(original, without=facts)


@pytest.mark.parametrize("name", ["s07_gongshui_xingdong.md", "s13_lenglian_tongzhi.txt"])
def test_paragraphs_and_cells_are_those_that_python_docx_reads(name: str, samples: Path, book: Rulebook) -> None:
    data = word_of(convert((samples / name).read_bytes(), name, book).document)
    word, raw = docx.Document(BytesIO(data)), read(data, "notice.docx")
    assert [raw.text[b.start : b.end] for b in raw.blocks if b.kind != "table"] == [p.text for p in word.paragraphs if p.text.strip()]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert [raw.text[c.start : c.end] for b in raw.blocks for c in b.cells] == cells


def test_a_page_inserted_whole_is_read_in_its_place() -> None:
    whole = word_file(paragraph("某县整改方案") + '<w:altChunk r:id="rchunk"/>' + paragraph("某县水利局"))
    page = "<html><body><p>一、<b>清淤</b>。</p><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>筑堤</td></tr></table></body></html>"
    message = f'MIME-Version: 1.0\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}'
    for name, content in (("a.html", page), ("a.mht", message)):
        raw = read(_with_chunk(whole, name, content.encode()), "notice.docx")
        assert texts(raw) == ["某县整改方案", "一、清淤。", "序号\t任务\n1\t筑堤", "某县水利局"]
        assert [raw.text[start:end] for start, end in raw.blocks[1].bold] == ["清淤"]
        assert not raw.diagnostics
    nested = read(_with_chunk(whole, "a.docx", whole), "notice.docx")
    assert (texts(nested), [one.code for one in nested.diagnostics]) == (["某县整改方案", "某县水利局"], ["left_out"])


def _with_chunk(whole: bytes, name: str, content: bytes) -> bytes:
    """A Word file with another file in it, which its document knows as rchunk."""
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    links = parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="rchunk" Type="{KINDS}/aFChunk" Target="{name}"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = links.replace("</Relationships>", link).encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:document ", f'<w:document xmlns:r="{KINDS}" '.encode(), 1)
    return packed(parts | {f"word/{name}": content})
