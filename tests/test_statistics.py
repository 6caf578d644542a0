"""Tables of figures: what each cell is a target or result of, and which rows are tallies."""

from __future__ import annotations

import pandas as pd
import pytest

from extract import convert

HEAD = "# 清渠市水环境状况\n\n2024年7月5日\n\n各项指标如下（单位：亩）：\n\n"

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


def rows(*lines: str, head: str = HEAD) -> list[tuple[str, str, str, str, float, str, str, str]]:
    """kind, change, indicator, operator, value, unit, due and scope of every row that a pipe table gives."""
    cells = [line.split("|") for line in lines]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [cells[0], ["---"] * len(cells[0]), *cells[1:]])
    return read(head + table + "\n")


def read(text: str) -> list[tuple[str, str, str, str, float, str, str, str]]:
    """The same of a document."""
    targets = convert(text.encode()).tables["targets"]
    targets = targets[targets["rule"] == "target-table"]
    due = targets["due"].dt.strftime("%Y-%m-%d").fillna("")
    columns = [targets[name].fillna("") for name in ("kind", "change", "indicator", "operator", "value", "unit")]
    return list(zip(*columns, due, targets["scope"].fillna(""), strict=True))


def test_rows_of_indicators_under_years() -> None:
    found = rows("指标|2022年现状|2025年目标", "再生水利用率（%）|18.5|≥25", "总磷浓度（毫克/升）|0.31|≤0.2")
    assert found == [
        ("result", "level", "再生水利用率", "=", 18.5, "%", "", ""),
        ("target", "level", "再生水利用率", ">=", 25, "%", "2025-12-31", ""),
        ("result", "level", "总磷浓度", "=", 0.31, "毫克/升", "", ""),
        ("target", "level", "总磷浓度", "<=", 0.2, "毫克/升", "2025-12-31", ""),
    ]


def test_a_bare_year_is_past_or_to_come() -> None:
    found = rows("序号|指标名称|单位|属性|2023年|2026年", "1|森林覆盖率|%|约束性|38.2|40")
    assert [(row[0], row[2], row[4], row[6]) for row in found] == [
        ("result", "森林覆盖率", 38.2, ""),
        ("target", "森林覆盖率", 40, "2026-12-31"),
    ]


def test_a_row_that_names_an_amount_of_change() -> None:
    found = rows("指标|2025年目标值", "单位用水量下降（%）|[13.5]")
    assert found == [("target", "decrease", "单位用水量", "=", 13.5, "%", "2025-12-31", "")]


def test_places_down_and_indicators_across() -> None:
    found = rows("断面|氨氮（毫克/升）|同比（%）|水质达标率（%）|综合排名", "石坝|0.42|-12.5|96|1", "柳埠|0.91|+3.1|88|2")
    assert [(row[1], row[2], row[4], row[5], row[7]) for row in found] == [
        ("level", "氨氮", 0.42, "毫克/升", "石坝"),
        ("decrease", "氨氮", 12.5, "%", "石坝"),
        ("level", "水质达标率", 96, "%", "石坝"),
        ("level", "氨氮", 0.91, "毫克/升", "柳埠"),
        ("increase", "氨氮", 3.1, "%", "柳埠"),
        ("level", "水质达标率", 88, "%", "柳埠"),
    ]


def test_indicators_down_and_places_across() -> None:
    found = rows("指标|河东区|河西区", "造林面积|1.2万亩|9000亩")
    assert [(row[2], row[4], row[5], row[7]) for row in found] == [("造林面积", 1.2, "万亩", "河东区"), ("造林面积", 9000, "亩", "河西区")]


def test_the_unit_told_above_a_table() -> None:
    found = rows("县区|造林面积|排名", *(f"清水{number}县|{1200 + number}|{number}" for number in range(30)))
    assert [(row[2], row[4], row[5]) for row in found] == [("造林面积", 1200 + number, "亩") for number in range(30)]


def test_years_of_each_table_are_its_own() -> None:
    one = "| 指标 | 2025年 |\n| --- | --- |\n| 绿化率（%） | 41 |\n"
    dates = convert((HEAD + one + "\n另外：\n\n" + one).encode()).tables["dates"]
    assert list(dates["text"]) == ["2024年7月5日", "2025年", "2025年"]


@pytest.mark.parametrize(
    ("head", "cell"),
    [("优良天数（剔除沙尘）", "300"), ("备注", "12"), ("综合得分", "91.5"), ("联系人数", "3、5")],
    ids=["a bracket that is no unit", "notes", "scores", "two numbers"],
)
def test_what_is_no_figure_of_an_indicator(head: str, cell: str) -> None:
    assert rows(f"断面|氨氮（毫克/升）|{head}", f"石坝|0.42|{cell}", head=HEAD.replace("（单位：亩）", "")) == [
        ("target", "level", "氨氮", "=", 0.42, "毫克/升", "", "石坝")
    ]


def test_a_rate_without_counts_is_no_tally() -> None:
    tables = convert((HEAD + "| 县区 | 整改率（%） |\n| --- | --- |\n| 清水县 | 96 |\n").encode()).tables
    assert tables["tallies"].empty
    assert list(tables["targets"]["indicator"]) == ["整改率"]


def test_a_column_of_a_year_tells_when_and_its_row_what() -> None:
    assert read(PLAN) == [
        ("result", "level", "林木覆盖率", "=", 27.4, "%", "", ""),
        ("target", "level", "林木覆盖率", ">=", 29, "%", "2026-12-31", ""),
        ("target", "level", "林木覆盖率", "=", 31.5, "%", "2030-12-31", ""),
        ("result", "level", "公共图书藏量", "=", 12, "万册", "", ""),
        ("target", "level", "公共图书藏量", "=", 15, "万册", "2026-12-31", ""),
        ("target", "level", "公共图书藏量", ">=", 18, "万册", "2030-12-31", ""),
    ]


def test_a_comparison_belongs_to_the_column_before_it() -> None:
    assert read(REPORT) == [
        ("result", "level", "用电量", "=", 642, "万千瓦时", "", "石岭区"),
        ("result", "increase", "用电量", "=", 5.5, "%", "", "石岭区"),
        ("result", "level", "线损率", "=", 4.1, "%", "", "石岭区"),
        ("result", "decrease", "线损率", "=", 0.6, "%", "", "石岭区"),
    ]


def test_years_of_columns_are_dates() -> None:
    dates = convert((HEAD + "| 指标 | 2022年现状 | 2025年目标 |\n| --- | --- | --- |\n| 再生水利用率（%） | 18 | 25 |\n").encode()).tables[
        "dates"
    ]
    found = [(row.text, row.kind, str(row.start_date)[:10], str(row.end_date)[:10]) for row in dates.itertuples()]
    assert found == [
        ("2024年7月5日", "published", "2024-07-05", "2024-07-05"),
        ("2022年", "period", "2022-01-01", "2022-12-31"),
        ("2025年", "deadline", "2025-12-31", "2025-12-31"),
    ]


def test_indicators_with_units_down_and_places_across() -> None:
    found = rows("项目分布|东片区|合计", "新建泵站（座）|2|7", "新增泊位（个）|310|940")
    assert [row[1:3] + row[4:6] + row[7:] for row in found] == [
        ("level", "新建泵站", 2, "座", "东片区"),
        ("level", "新建泵站", 7, "座", "合计"),
        ("increase", "新增泊位", 310, "个", "东片区"),
        ("increase", "新增泊位", 940, "个", "合计"),
    ]


def test_the_year_that_a_plan_sets_out_from_is_reached() -> None:
    found = rows("指标|单位|2024年|2029年", "渠系利用系数|—|0.51|0.58")
    assert [(row[0], row[2], row[4], row[5], row[6]) for row in found] == [
        ("result", "渠系利用系数", 0.51, "", ""),
        ("target", "渠系利用系数", 0.58, "", "2029-12-31"),
    ]


def test_yearly_steps_are_all_to_come() -> None:
    found = rows("指标|单位|2024年|2025年", "巡渠次数|次|51|58")
    assert [row[0] for row in found] == ["target", "target"]


def test_a_row_for_each_year_is_due_in_that_year() -> None:
    found = rows("阶段|完成诊断企业（家）|智能化改造项目（个）", "2023年|35|18", "2025年|70|41")
    assert [(row[0], row[2], row[4], row[6]) for row in found] == [
        ("result", "完成诊断企业", 35, ""),
        ("result", "智能化改造项目", 18, ""),
        ("target", "完成诊断企业", 70, "2025-12-31"),
        ("target", "智能化改造项目", 41, "2025-12-31"),
    ]


def test_a_comparison_is_of_the_kind_of_what_it_compares() -> None:
    found = rows("指标|2022年|2023年|同比（%）", "签约泵站（座）|20|23|15")
    assert [(row[0], row[1]) for row in found] == [("result", "level"), ("result", "level"), ("result", "increase")]


def lined(text: str) -> list[tuple[str, int, int, int]]:
    """subject, total, done and pending of the rows that a table of plain lines gives."""
    tallies = convert(f"檀溪县2023年整治进展情况通报\n{text}\n".encode()).tables["tallies"]
    tallies = tallies[tallies["rule"] == "tally-table"]
    counts = [tallies[name].fillna(-1).astype(int) for name in ("total", "done", "pending")]
    return list(zip(tallies["subject"], *counts, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "序号 乡镇 任务数 已完成 滞后 完成率\n1 苇塘镇 12 9 3 75.0%\n2 石笋乡 8 8 0 100%\n合计 20 17 3 85.0%",
            [("苇塘镇任务", 12, 9, 3), ("石笋乡任务", 8, 8, 0), ("任务", 20, 17, 3)],
        ),
        (
            "噪声举报按时段统计\n时段\n受理数\n已办结\n未办结\n昼\n12\n9\n3\n夜间\n8\n6\n2",
            [("昼举报", 12, 9, 3), ("夜间举报", 8, 6, 2)],
        ),
        (
            "举报件办理统计\n\n乡镇\n\n交办件数\n\n办结件数\n\n苇塘镇\n\n12\n\n9\n\n石笋乡\n\n8\n\n8",
            [("苇塘镇举报件", 12, 9, -1), ("石笋乡举报件", 8, 8, -1)],
        ),
        ("单位 隐患总数（个） 已整改（个） 未整改（个）\n县水务局 7 5 2\n合 计 9 6 3", [("县水务局隐患", 7, 5, 2), ("隐患", 9, 6, 3)]),
        ("乡镇 常住人口 学校数\n苇塘镇 320 29\n石笋乡 280 30", []),
        ("乡镇 已完成 完成率\n苇塘镇 32 80%\n石笋乡 28 90%", []),
        ("苇塘镇 12 9\n石笋乡 8 8", []),
    ],
)
def test_tables_of_plain_lines(text: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert lined(text) == expected


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("县区|地方排查出的“占渠”问题数量（个）|地方报送已完成清理整治“占渠”问题数量（个）|整改销号率", "石岭区|23|21|91.3%", ("石岭区“占渠”问题", 23, 21, None, None)),
        ("县区|转办信访件数量|已办结信访件数量|未办结数量|办结率", "石岭区|23|20|3|87%", ("石岭区信访件", 23, 20, None, 3)),
        ("县区|排查出隐患（处）|整改完成（处）|正在整改（处）", "石岭区|23|20|3", ("石岭区隐患", 23, 20, 3, None)),
        ("单位|认领任务（项）|完成（项）|推进中（项）", "水利局|12|7|5", ("水利局任务", 12, 7, 5, None)),
        ("乡镇|应整改问题数|整改到位数|剩余问题数", "柳河镇|12|9|3", ("柳河镇问题", 12, 9, None, 3)),
        ("县区|排污口总数（个）|完成整治（个）", "石岭区|120|90", ("石岭区排污口", 120, 90, None, None)),
    ],
)  # fmt: skip
def test_heads_tell_total_and_parts_in_their_own_words(heads: str, cells: str, expected: tuple[object, ...]) -> None:
    names = heads.split("|")
    lines = [names, ["---"] * len(names), cells.split("|"), cells.replace("石岭区", "青石县").split("|")]
    text = "# 青禾市整治进展\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
    row = convert(text.encode()).tables["tallies"].iloc[0]
    found = (row["subject"], *(None if pd.isna(row[part]) else int(row[part]) for part in ("total", "done", "ongoing", "pending")))
    assert found == expected


@pytest.mark.parametrize(
    "heads", ["县区|整改任务|整改时限", "县区|新建管网（公里）|完成投资（万元）", "县区|计划造林（亩）|完成造林（亩）"]
)
def test_heads_of_works_and_tasks_make_no_tally(heads: str) -> None:
    lines = [heads.split("|"), ["---"] * 3, ["石岭区", "12", "9"], ["青石县", "15", "11"]]
    text = "# 青禾市整治进展\n\n" + "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"
    assert convert(text.encode()).tables["tallies"].empty
