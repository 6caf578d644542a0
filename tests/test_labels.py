"""Every code has a Chinese name, and no name is left over."""

from __future__ import annotations

from extract.tables.labels import CODES, code_label, code_of, column_label, table_label
from extract.tables.schema import tables


def test_every_code_has_a_chinese_name_and_none_is_left_over() -> None:
    codes: dict[str, set[str]] = {}
    for table in tables():
        for column in table.columns:
            if column.codes:
                codes.setdefault(column.name, set()).update(column.codes)
    assert {column: set(names) for column, names in CODES.items()} == codes


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
