"""Chinese names of the codes, and what readers of each language call a table, a column, a code. English names are the names themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from extract.tables.schema import Column, tables

Lang = Literal["zh", "en"]

CODES: Mapping[str, Mapping[str, str]] = {
    "anchor": {"none": "无", "published": "发布日期", "previous": "前一日期", "document": "文件年份"},
    "change": {"level": "水平", "increase": "增加", "decrease": "减少"},
    "doc_type": {
        "plan": "整改方案",
        "task_list": "任务清单",
        "progress": "整改落实情况",
        "minutes": "会议纪要",
        "news": "会议报道",
        "speech": "讲话",
        "notice": "通知",
        "other": "其他",
    },
    "due_from": {"sentence": "本句", "item": "本项", "section": "本节", "document": "全文"},
    "field": {
        "objective": "整改目标",
        "problem": "存在问题",
        "measure": "整改措施",
        "lead": "牵头单位",
        "responsible": "责任单位",
        "support": "配合单位",
        "supervise": "督导单位",
        "deadline": "整改时限",
        "progress": "进展情况",
        "status": "完成情况",
    },
    "inspection_level": {"central": "中央", "provincial": "省级"},
    "kind": {
        "target": "目标",
        "result": "结果",
        "organization": "单位",
        "collective": "统称",
        "group": "专班",
        "person": "个人",
        "published": "发布",
        "signed": "成文",
        "meeting": "会议",
        "deadline": "时限",
        "as_of": "截至",
        "period": "期间",
        "event": "事件",
        "recurrence": "周期",
    },
    "marker": {"number": "编号", "word": "序词", "heading": "标题", "bold": "加粗", "bullet": "项目符号", "row": "表格行"},
    "operator": {"=": "＝", ">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "约"},
    "precision": {
        "day": "日",
        "month": "月",
        "quarter": "季度",
        "half": "半年",
        "year": "年",
        "plan": "五年规划",
        "period": "区间",
        "open": "长期",
    },
    "role": {
        "guidance": "总体要求",
        "principle": "原则",
        "objective": "目标",
        "problem": "问题",
        "measure": "措施",
        "guarantee": "保障",
        "progress": "进展",
        "other": "其他",
        "lead": "牵头",
        "responsible": "责任",
        "support": "配合",
        "supervise": "督导",
        "host": "主持",
        "speaker": "讲话",
        "present": "出席",
        "observer": "列席",
        "absent": "缺席",
        "recorder": "记录",
    },
    "severity": {"info": "提示", "warning": "警告"},
    "status": {
        "done": "已完成",
        "ongoing": "推进中",
        "pending": "未开始",
        "overdue": "逾期",
        "unknown": "不明",
        "converted": "已转换",
        "failed": "失败",
        "skipped": "跳过",
        "duplicate": "重复",
    },
    "verdict": {"reached": "达到", "not_reached": "未达到", "open": "待定"},
}
"""By column and code; a code means the same in every table that has the column."""


@cache
def _chinese() -> Mapping[tuple[str, str], str]:
    """Chinese names by table and column, the table's own under an empty column."""
    names = {(table.name, column.name): column.chinese for table in tables() for column in table.columns}
    return names | {(table.name, ""): table.chinese for table in tables()}


def table_label(name: str, lang: Lang) -> str:
    """What readers of `lang` call a table: `targets` is 指标."""
    return _chinese()[name, ""] if lang == "zh" else name


def column_label(table: str, column: str, lang: Lang) -> str:
    """What readers of `lang` call a column: `owners.title` is 职务, `documents.title` is 标题."""
    return _chinese()[table, column] if lang == "zh" else column


def code_label(column: str, code: str, lang: Lang) -> str:
    """What readers of `lang` call the code of an enumerated column: role `lead` is 牵头. An empty code stays empty."""
    return CODES[column][code] if lang == "zh" and code else code


def code_of(column: Column, said: str) -> str:
    """The code that a cell of an enumerated column says, by its name in either language; any other text stays as it is."""
    named = {CODES[column.name][code]: code for code in column.codes}
    return named.get(said.strip(), said)
