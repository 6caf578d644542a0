"""Chinese names of the codes, and what readers of each language call a table, a column, a code. English names are the names themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from extract.tables.messages import Lang, message_in
from extract.tables.schema import Column, tables

__all__ = ["CODES", "Lang", "cell_label", "code_label", "code_of", "column_label", "table_label"]

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
    "code": {
        "tally_unbalanced": "合计不符",
        "count_mismatch": "件数不符",
        "number_gap": "编号跳号",
        "number_repeat": "编号重复",
        "date_unresolved": "日期不明",
        "glyph_lost": "缺字",
        "text_elided": "省略",
        "illegible_text": "文字层乱码",
        "low_ocr_confidence": "识别存疑",
        "redacted": "隐去",
        "left_out": "未列入",
        "correction_lost": "更正失效",
        "row_deleted": "已删除",
        "row_read": "已能读出",
        "table_shape": "表格残缺",
        "encoding": "编码",
        "markup": "标记",
        "lookalike": "形近字符",
        "invisible": "不可见字符",
        "width": "全角半角",
        "pinyin_gloss": "拼音注音",
        "stray_comma": "多余逗号",
        "traditional": "繁体",
        "boilerplate": "网页框架",
        "page_number": "页码",
        "hard_wrap": "断行",
        "spacing": "空格",
        "same_content": "内容相同",
        "furniture": "附带文件",
        "link": "符号链接",
        "special": "非普通文件",
        "output": "输出目录",
        "no_access": "无权访问",
        "empty": "空文件",
        "no_text": "没有文字",
        "ocr_missing": "未装文字识别",
        "unknown_format": "格式不明",
        "unsupported_format": "格式不支持",
        "missing_program": "缺少程序",
        "own_table": "本程序的表",
        "damaged": "已损坏",
        "too_large": "过大",
        "too_many_pages": "页数过多",
        "encrypted": "已加密",
        "forbidden_xml": "XML 不合规",
        "too_deep": "嵌套过深",
        "unreadable": "无法打开",
        "changed": "读取时有改动",
        "out_of_time": "超时",
        "out_of_memory": "内存超限",
        "worker_died": "进程意外结束",
        "internal": "程序缺陷",
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
"""By column and code; a code means the same in every table that has the column. `code`: those of diagnostics, repairs and outcomes, which no
type lists."""


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


def cell_label(table: str, column: str, text: str, lang: Lang) -> str:
    """A cell's text as readers of `lang` are told it: codes, lists of codes and of columns, messages. Any other text stays as it is."""
    if column == "message":
        return message_in(text, lang)
    if lang == "en" or not text:
        return text
    if column == "repairs":
        return "；".join(CODES["code"].get(code, code) for code in text.split(";"))
    if column == "corrected":
        return "；".join(_chinese().get((table, name), "人工补充") for name in text.split(";"))
    return CODES.get(column, {}).get(text, text)


def code_of(column: Column, said: str) -> str:
    """The code that a cell of an enumerated column says, by its name in either language; any other text stays as it is."""
    named = {CODES[column.name][code]: code for code in column.codes}
    return named.get(said.strip(), said)
