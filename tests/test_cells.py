"""Tables of figures: whose a number is where its column names a year, a comparison or an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.pipeline import convert

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

PLAN = """# 青禾市公共服务提升规划

2024年2月1日

| 序号 | 指标 | 单位 | 2022年实绩 | 2026年 | 2030年目标 | 属性 |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | 林木覆盖率 | % | 27.4 | ≥29 | 31.5 | 约束性 |
| 2 | 公共图书藏量 | 万册 | 12 | 15 | ≥18 | 预期性 |
"""
REPORT = """# 青禾市用电情况通报

2024年2月1日

| 县区 | 用电量（万千瓦时） | 同比增长（%） | 线损率（%） | 同比降幅（%） | 排名 |
| --- | --- | --- | --- | --- | --- |
| 石岭区 | 642 | 5.5 | 4.1 | 0.6 | 1 |
"""


def read(text: str, book: Rulebook) -> list[tuple[object, ...]]:
    rows = convert(text.encode(), "notice.md", book).rows.targets
    return [(t.kind, t.indicator, t.change, t.operator, str(t.value), t.unit, str(t.due or ""), t.scope) for t in rows]


def test_a_column_of_a_year_tells_when_and_its_row_what(book: Rulebook) -> None:
    assert read(PLAN, book) == [
        ("result", "林木覆盖率", "level", "=", "27.4", "%", "", ""),
        ("target", "林木覆盖率", "level", ">=", "29", "%", "2026-12-31", ""),
        ("target", "林木覆盖率", "level", "=", "31.5", "%", "2030-12-31", ""),
        ("result", "公共图书藏量", "level", "=", "12", "万册", "", ""),
        ("target", "公共图书藏量", "level", "=", "15", "万册", "2026-12-31", ""),
        ("target", "公共图书藏量", "level", ">=", "18", "万册", "2030-12-31", ""),
    ]


def test_a_comparison_belongs_to_the_column_before_it(book: Rulebook) -> None:
    assert read(REPORT, book) == [
        ("result", "用电量", "level", "=", "642", "万千瓦时", "", "石岭区"),
        ("result", "用电量", "increase", "=", "5.5", "%", "", "石岭区"),
        ("result", "线损率", "level", "=", "4.1", "%", "", "石岭区"),
        ("result", "线损率", "decrease", "=", "0.6", "%", "", "石岭区"),
    ]
