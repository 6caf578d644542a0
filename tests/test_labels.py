"""Every code has a Chinese name, and no name is left over."""

from __future__ import annotations

import re

from extract.tables.labels import CODES, cell_label, code_label, code_of, column_label, table_label
from extract.tables.schema import tables
from tests.conftest import ROOT


def test_every_code_has_a_chinese_name_and_none_is_left_over() -> None:
    codes: dict[str, set[str]] = {}
    for table in tables():
        for column in table.columns:
            if column.codes:
                codes.setdefault(column.name, set()).update(column.codes)
    assert {column: set(names) for column, names in CODES.items() if column != "code"} == codes


def test_the_codes_that_no_type_lists_have_chinese_names_too() -> None:
    documented = set(
        re.findall(
            r"^\| `([a-z_]+)` \| (?!string|integer|number|date|boolean)", (ROOT / "docs" / "tables.md").read_text("utf-8"), re.MULTILINE
        )
    )
    documented |= set(re.findall(r"^\| ([a-z_]+) \|", (ROOT / "docs" / "repair.md").read_text("utf-8"), re.MULTILINE)) - {"code"}
    assert set(CODES["code"]) == {code for code in documented if not code.startswith("followup")}


def test_a_cell_is_told_in_the_language_of_its_reader() -> None:
    assert cell_label("documents", "repairs", "width;hard_wrap", "zh") == "全角半角；断行"
    assert cell_label("targets", "corrected", "value;unit", "zh") == "数值；单位"
    assert cell_label("targets", "corrected", "added", "zh") == "人工补充"
    assert cell_label("outcomes", "code", "damaged", "zh") == "已损坏"
    assert cell_label("outcomes", "code", "damaged", "en") == "damaged"
    assert cell_label("outcomes", "message", "the same bytes as a.txt", "zh") == "与 a.txt 内容完全相同"
    assert cell_label("targets", "indicator", "done", "zh") == "done"


def test_english_names_are_the_names_themselves() -> None:
    assert (table_label("ledger", "en"), column_label("owners", "title", "en"), code_label("role", "lead", "en")) == (
        "ledger",
        "title",
        "lead",
    )


def test_one_column_name_may_mean_two_things() -> None:
    assert column_label("documents", "title", "zh") != column_label("owners", "title", "zh")
    assert table_label("ledger", "zh") == "整改台账"
    assert code_label("role", "lead", "zh") == "牵头"
    assert code_label("inspection_level", "", "zh") == ""


def test_a_code_is_told_by_its_name_in_either_language() -> None:
    coded = [column for table in tables() for column in table.columns if column.codes]
    for column in coded:
        for code in column.codes:
            assert code_of(column, code) == code_of(column, code_label(column.name, code, "zh")) == code
    assert code_of(coded[0], " 会议纪要 ") == "minutes"
    assert code_of(coded[0], "会议") == "会议"
