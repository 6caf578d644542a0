"""The tree of items: small documents with what must be found in them, and laws that hold for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract import rulebook
from extract.model import Document, Node, Outline
from extract.outline import outline
from extract.outline.markers import ordinal_of
from extract.rulebook import Rulebook
from tests.outlines import document

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "outline.yml").read_text(encoding="utf-8"))
BOOK = rulebook.load(Path(__file__).parent.parent / "rules")
_LABEL = regex.compile(r"(?m)(?:^|(?<=[：:]))[ \t\u3000]*\p{Han}{0,8}\L<heads>[：:]", heads=list(BOOK.words("field_heads")))
HEADS = [*sorted(BOOK.words("field_heads"), key=len, reverse=True), "甲", "乙", "丙"]


def own_text(read: Document, node: Node) -> str:
    return "\n".join(read.text[start:end] for start, end in node.own)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_items(case: dict[str, Any], book: Rulebook) -> None:
    read = document(case["text"])
    nodes = outline(read, book).nodes
    shown = [(node.label, node.parent, node.role, own_text(read, node)) for node in nodes]
    assert len(nodes) == len(case["find"]), shown
    for node, wanted in zip(nodes, case["find"], strict=True):
        got: dict[str, Any] = {
            "label": node.label,
            "parent": None if node.parent is None else node.parent + 1,
            "role": node.role,
            "marker": node.marker,
            "ordinal": node.ordinal,
            "heading": read.text[node.heading.start : node.heading.end] if node.heading else "",
        }
        text = own_text(read, node)
        assert {key: got[key] for key in wanted if key in got} == {key: value for key, value in wanted.items() if key in got}, shown
        assert wanted.get("text", "") in text, shown
        assert "not" not in wanted or wanted["not"] not in text, shown


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("一、", 1),
        ("（十二）", 12),
        ("二十", 20),
        ("第一百零五条", 105),
        ("13.", 13),
        ("④", 4),
        ("㉑", 21),
        ("❸", 3),
        ("⑸", 5),
        ("⒎", 7),
        ("Ⅳ.", 4),
        ("IX.", 9),
        ("C.", 3),
        ("（b）", 2),
        ("2.3", 3),
        ("三是", 3),
        ("•", 0),
    ],
)
def test_ordinals(label: str, number: int) -> None:
    assert ordinal_of(label) == number


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("一、甲\n二、乙\n三、丙", []),
        ("一、甲\n三、丙", ["number_gap"]),
        ("一、甲\n二、乙\n二、丙", ["number_repeat"]),
        ("一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅", []),
        ("一、甲\n（一）子\n二、乙\n（四）寅", ["number_gap"]),
        ("一、甲\n1.子\n2.丑\n二、乙\n1.寅", []),
    ],
)
def test_numbers_that_do_not_run_on(text: str, codes: list[str], book: Rulebook) -> None:
    assert [note.code for note in outline(document(text), book).diagnostics] == codes


_PIECE = st.sampled_from(
    [
        "一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "（1）", "①", "一是", "二是", "- ", "第一条　", "# ", "## ", "**要先改。**", "", "；", "。", "整改目标：",
        "责任单位：", "附件：1.", "附件", "清淤。", "县水利局", "各镇要抓好落实，", "2031年5月2日", "护岸；", "下一步，", "出席：", "\t", "　", "Ⅲ类", "12.5",
    ]
)  # fmt: skip
_ROW = st.sampled_from(
    ["|甲|乙|丙|", "| 序号 | 整改措施 | 责任单位 |", "| 1 | 1.清淤。<br>2.护岸。 | 县水利局 |", "| ^ | 护岸。 | ^ |", "| 一、水 | < | < |"]
)
_TABLE = st.lists(_ROW, min_size=1, max_size=5).filter(lambda rows: "^" not in rows[0]).map("\n".join)
_TEXT = st.lists(st.one_of(*[st.lists(_PIECE, min_size=1, max_size=6).map("".join)] * 4, _TABLE), min_size=1, max_size=12).map("\n".join)


def spans_of(found: Outline) -> list[tuple[int, int]]:
    return sorted((start, end) for node in found.nodes for start, end in node.own)


@settings(max_examples=150, deadline=None)
@given(_TEXT)
@example("整改目标：清淤。市级整改目标：建渠。")
@example("整改目标：- 附件整改目标：")
def test_laws(text: str) -> None:
    read = document(text)
    found = outline(read, BOOK)
    spans = spans_of(found)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start, "own texts overlap"
    outside = [(p.start, p.end) for p in found.passages if p.node is None]
    covered = sorted(spans + outside)
    rest = "".join(read.text[end:start] for (_, end), (start, _) in zip([(0, 0), *covered], [*covered, (len(read.text),) * 2], strict=True))
    rest = _LABEL.sub("", rest)  # the first words of a line, or behind the value before, up to a head's colon are one label: 市级牵头单位：
    for head in HEADS:
        rest = rest.replace(head, "")
    assert not rest.strip("：: 　\t\n（）()"), "neither in an item nor outside"
    for node in found.nodes:
        assert node.index == found.nodes.index(node)
        assert 0 <= node.start <= node.end <= len(read.text)
        assert all(node.start <= start < end <= node.end for start, end in node.own)
        if node.parent is not None:
            parent = found.nodes[node.parent]
            assert parent.index < node.index
            assert parent.level + 1 == node.level
            assert parent.start <= node.start
            assert node.end <= parent.end
        else:
            assert node.level == 1
    by_parent: dict[int | None, list[Node]] = {}
    for node in found.nodes:
        by_parent.setdefault(node.parent, []).append(node)
    for siblings in by_parent.values():
        for left, right in pairwise(siblings):
            assert left.end <= right.start, "siblings overlap"
    for left_passage, right_passage in pairwise(found.passages):
        assert left_passage.end <= right_passage.start


@pytest.mark.parametrize(
    "piece", ["1", "一", "年", "（", "、", " ", ".", "一、", "1.", "（一）", "：", "一是", "责任单位：", "附件", "督察", "市", "\t"]
)
def test_time_is_linear(piece: str, book: Rulebook) -> None:
    text = piece * (60_000 // len(piece))
    outline(document("关于整治扬尘的通知\n一、甲" + text), book)
    outline(document(text), book)
