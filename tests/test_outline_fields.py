"""Fields of matters, and the passages that the finders read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import Passage
from extract.outline import outline
from extract.outline.heads import code_of
from extract.rulebook import Rulebook
from tests.outlines import document

RUN_ON = "整改目标：限时办结。牵头单位：县信访局配合单位：县公安局，各镇督办单位：县委督查室责任人：王某整改时限：2031年底前整改措施：1.领导包案。2.每月通报。"
TABLE = """青禾县整改任务清单
| 序号 | 反馈问题 | 整改目标 | 整改措施 | 牵头单位 | 整改时限 | 备注 |
| 1 | 淤积。 | 畅通。 | 清淤。 | 县水利局 | 2031年6月底前 | 重点 |
| 2 | 扬尘。 | 改善。 | 喷淋。 | 县住建局 | 长期坚持 | 一般 |"""


def fields(text: str, book: Rulebook) -> list[tuple[int | None, str, str, str]]:
    read = document(text)
    return [(field.node, field.field, field.head, read.text[field.start : field.end]) for field in outline(read, book).fields]


def passages(text: str, book: Rulebook) -> list[tuple[Passage, str]]:
    read = document(text)
    return [(passage, read.text[passage.start : passage.end]) for passage in outline(read, book).passages]


def test_columns(book: Rulebook) -> None:
    assert fields(TABLE, book)[:5] == [
        (0, "problem", "反馈问题", "淤积。"),
        (0, "objective", "整改目标", "畅通。"),
        (0, "measure", "整改措施", "清淤。"),
        (0, "lead", "牵头单位", "县水利局"),
        (0, "deadline", "整改时限", "2031年6月底前"),
    ]


def test_cells_are_passages(book: Rulebook) -> None:
    found = {text: passage for passage, text in passages(TABLE, book)}
    assert (found["淤积。"].kind, found["淤积。"].field, found["淤积。"].role, found["淤积。"].node, found["淤积。"].row) == (
        "field",
        "problem",
        "problem",
        0,
        1,
    )
    assert (found["畅通。"].role, found["清淤。"].role, found["县水利局"].role) == ("objective", "measure", "measure")
    assert (found["重点"].kind, found["重点"].head) == ("cell", "备注")
    assert "序号" not in found
    assert "1" not in found


def test_a_head_may_close_items_before_the_list_behind_it(book: Rulebook) -> None:
    text = "青禾市整改方案\n一、湿地保护问题\n整改措施 （一）拆除围网。\n（二）恢复植被。\n1.补种芦苇。\n整改落实情况 （一）围网已拆除。"
    assert fields(text, book) == [
        (0, "measure", "整改措施", "（一）拆除围网。\n（二）恢复植被。\n1.补种芦苇。"),
        (0, "progress", "整改落实情况", "（一）围网已拆除。"),
    ]


def test_run_on(book: Rulebook) -> None:
    found = fields("青禾县整改清单\n（一）信访质量不高。群众不满。" + RUN_ON, book)
    assert found == [
        (0, "objective", "整改目标", "限时办结。"),
        (0, "lead", "牵头单位", "县信访局"),
        (0, "support", "配合单位", "县公安局，各镇"),
        (0, "supervise", "督办单位", "县委督查室"),
        (0, "responsible", "责任人", "王某"),
        (0, "deadline", "整改时限", "2031年底前"),
        (0, "measure", "整改措施", "1.领导包案。2.每月通报。"),
    ]


def test_run_on_without_an_item(book: Rulebook) -> None:
    assert [(node, code) for node, code, _, _ in fields("青禾县整改情况公示\n" + RUN_ON, book)][:3] == [
        (None, "objective"),
        (None, "lead"),
        (None, "support"),
    ]


def test_heads_behind_the_measures(book: Rulebook) -> None:
    text = "青禾县整改清单\n（一）质量不高。\n整改措施：1.包案。2.通报。\n责任单位：县信访局\n整改时限：2031年底前"
    assert fields(text, book) == [
        (0, "measure", "整改措施", "1.包案。2.通报。"),
        (0, "responsible", "责任单位", "县信访局"),
        (0, "deadline", "整改时限", "2031年底前"),
    ]


def test_measures_on_lines_of_their_own(book: Rulebook) -> None:
    text = "青禾县整改清单\n一、质量不高\n整改措施：\n1.包案。\n2.通报。\n责任单位：县信访局"
    assert fields(text, book) == [(0, "measure", "整改措施", "1.包案。\n2.通报。"), (0, "responsible", "责任单位", "县信访局")]


def test_brackets(book: Rulebook) -> None:
    text = "关于治水的通知\n1.清淤。逐段清淤。（牵头单位：县水利局；完成时限：2031年6月底前）同步护岸。"
    assert fields(text, book) == [(0, "lead", "牵头单位", "县水利局"), (0, "deadline", "完成时限", "2031年6月底前")]
    shown = [(passage.kind, words) for passage, words in passages(text, book)]
    assert ("body", "同步护岸。") in shown


def test_sections(book: Rulebook) -> None:
    text = "青禾县某问题整改情况公示\n一、整改任务\n供水水压偏低。\n二、责任单位\n县城管局\n三、整改措施\n1.扩容。\n2.修复。\n四、整改时限：2031年底"
    assert fields(text, book) == [
        (None, "problem", "整改任务", "供水水压偏低。"),
        (None, "responsible", "责任单位", "县城管局"),
        (None, "measure", "整改措施", "1.扩容。\n2.修复。"),
        (None, "deadline", "整改时限", "2031年底"),
    ]
    owner = next(passage for passage, words in passages(text, book) if words == "县城管局")
    assert (owner.kind, owner.field, owner.node) == ("field", "responsible", 1)


def test_heads_inside_a_section(book: Rulebook) -> None:
    text = "青禾县某问题整改情况公示\n一、整改目标\n达标。\n二、责任单位和责任人\n责任单位：县城管局\n责任人：王某\n三、整改时限\n2031年底"
    assert [(node, code, value) for node, code, _, value in fields(text, book)] == [
        (None, "objective", "达标。"),
        (None, "responsible", "县城管局"),
        (None, "responsible", "王某"),
        (None, "deadline", "2031年底"),
    ]


def test_plain_sections_are_no_fields(book: Rulebook) -> None:
    assert fields("青禾县整改方案\n一、整改目标\n达标。\n二、整改措施\n清淤。", book) == []


def test_plain_sections_beside_a_time_table(book: Rulebook) -> None:
    assert fields("青禾县整治通知\n一、目标任务\n达标。\n二、时间安排\n年底完成。\n三、工作措施\n清淤。", book) == []


def test_labels_of_lines(book: Rulebook) -> None:
    text = "青禾县举报案件办理情况公示\n受理编号：甲1\n反映问题：扬尘。\n处理和整改情况：已喷淋。\n责任人被处理情况：约谈二人。\n受理编号：甲2\n反映问题：淤积。"
    assert [(head, value) for _, _, head, value in fields(text, book)] == [
        ("反映问题", "扬尘。"),
        ("处理和整改情况", "已喷淋。"),
        ("责任人被处理情况", "约谈二人。"),
        ("反映问题", "淤积。"),
    ]


def test_two_fields_in_one_bracket(book: Rulebook) -> None:
    text = "青禾县整治方案\n1.清淤。逐段清淤。（责任单位：县水利局；配合单位：县财政局）"
    assert [(code, value) for _, code, _, value in fields(text, book)] == [("responsible", "县水利局"), ("support", "县财政局")]


def test_pairs(book: Rulebook) -> None:
    text = "青禾县某问题整改情况公示\n现予公示。\n| 整改任务 | 能力不足。 | 责任单位 | 县城管局 |\n| 整改措施 | 扩容。 | < | < |\n| 验收单位 | 市城管局 | 整改时限 | 2031年底 |"
    assert [(node, code, value) for node, code, _, value in fields(text, book)] == [
        (None, "problem", "能力不足。"),
        (None, "responsible", "县城管局"),
        (None, "measure", "扩容。"),
        (None, "supervise", "市城管局"),
        (None, "deadline", "2031年底"),
    ]


def test_a_cell_merged_over_rows_with_numbers_of_their_own(book: Rulebook) -> None:
    text = "青禾县整改清单\n| 序号 | 整改措施 | 责任单位 |\n| 1 | 清淤。 | 县水利局 |\n| 2 | 护岸。 | ^ |"
    assert [(node, code, value) for node, code, _, value in fields(text, book)] == [
        (0, "measure", "清淤。"),
        (0, "responsible", "县水利局"),
        (1, "responsible", "县水利局"),
        (1, "measure", "护岸。"),
    ]


def test_figures(book: Rulebook) -> None:
    text = "青禾县督查通报\n一、总体情况\n统计如下：\n| 序号 | 类别 | 排查（处） | 已销号（处） |\n| 1 | 裸土 | 58 | 41 |\n| 合计 | < | 58 | 41 |"
    found = [(passage.head, words, passage.row, passage.node) for passage, words in passages(text, book) if passage.kind == "statistic"]
    assert found == [
        ("类别", "裸土", 1, 0),
        ("排查（处）", "58", 1, 0),
        ("已销号（处）", "41", 1, 0),
        ("序号", "合计", 2, 0),
        ("排查（处）", "58", 2, 0),
        ("已销号（处）", "41", 2, 0),
    ]


def test_a_table_turned_on_its_side_is_told_of(book: Rulebook) -> None:
    text = "青禾县整改清单\n| 序号 | 1 | 2 |\n| 反馈问题 | 淤积。 | 扬尘。 |\n| 整改措施 | 清淤。 | 喷淋。 |\n| 责任单位 | 县水利局 | 县住建局 |"
    assert [note.code for note in outline(document(text), book).diagnostics] == ["table_shape"]


def test_a_table_goes_on_below(book: Rulebook) -> None:
    first, second = "| 序号 | 整改措施 | 责任单位 |\n| 1 | 清淤。 | 县水利局 |", "| 2 | 护岸。 | 县住建局 |"
    read = document(f"青禾县整改清单\n{first}")
    more = document(second)
    shift = len(read.text) + 1
    block = more.blocks[0]
    cells = tuple(replace(cell, start=cell.start + shift, end=cell.end + shift) for cell in block.cells)
    both = replace(
        read, text=f"{read.text}\n{more.text}", blocks=(*read.blocks, block._replace(start=shift, end=shift + len(more.text), cells=cells))
    )
    assert [node.label for node in outline(both, book).nodes] == ["1", "2"]


def test_kinds_of_passages(book: Rulebook) -> None:
    text = (
        "青禾县人民政府关于治水的通知\n青政发〔2031〕3号\n发布时间：2031-05-03\n各镇人民政府：\n现通知如下。\n一、清淤。逐段清淤。\n"
        "附件：1.名单\n2.表格\n青禾县人民政府\n2031年5月2日\n（此件公开发布）"
    )
    assert [(passage.kind, passage.lead) for passage, _ in passages(text, book)] == [
        ("title", False),
        ("number", False),
        ("info", False),
        ("addressee", False),
        ("body", False),
        ("body", True),
        ("body", False),
        ("attachment", False),
        ("attachment", False),
        ("signature", False),
        ("signature", False),
        ("attachment", False),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("责任\n单位", "responsible"),
        ("整改时限（年月）", "deadline"),
        ("市直牵头单位", "lead"),
        ("年度整改目标", "objective"),
        ("序 号", "sequence"),
        ("验收销号单位", "supervise"),
        ("问题类型", ""),
        ("断面名称", ""),
        ("备注", ""),
        ("本年度全县计划投资规模及来源渠道", ""),
    ],
)
def test_heads(name: str, code: str, book: Rulebook) -> None:
    assert code_of(name, book.lookup("field_heads")) == code


@pytest.mark.parametrize("text", ["要坚持问题导向：逐条整改。", "会议指出，目标要明确。", "主要领导负责：一抓到底。"])
def test_words_that_only_look_like_heads(text: str, book: Rulebook) -> None:
    assert fields("青禾县整改方案\n一、清淤\n" + text, book) == []
