"""Every table, column, type and code of the output contract, once.

A table is a row type: a column's Python type is its type in every output, `Literal` lists its codes, the strings beside it are
its Chinese name and what it means. Writers, checks, the package descriptor and the documentation's test all read `tables()`.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from extract.model import Anchor, DateKind, DocType, FieldCode, Marker, Operator, OwnerKind, OwnerRole, Precision, Role, Severity

CONTRACT_VERSION = 1

DocId = Annotated[str, "文档编号", "the document: first 16 hex digits of the SHA-256 of the file's bytes"]
MeasureId = Annotated[str, "事项编号", "the innermost item that holds it; empty where none does"]
Text = Annotated[str, "原文", "the evidence, exactly canonical[start:end]"]
Start = Annotated[int, "起", "where the evidence begins in the canonical text, in code points from 0"]
End = Annotated[int, "止", "where it ends, exclusive"]
Page = Annotated[int | None, "页", "1-based; empty where the format has no pages"]
Boxes = Annotated[
    str,
    "版面位置",
    "rectangles of its printed lines, page:x0,y0,x1,y1;… in points from the page's top left; empty where the format has none",
]
RuleId = Annotated[str, "规则", "the rule that made the row"]
Corrected = Annotated[str, "已更正", "what a reader corrected: columns, joined by ;, or `added` for the whole row"]
Cell = str | int | bool | Decimal | date | None
Row = tuple[Cell, ...]
Status = Literal["done", "ongoing", "pending", "overdue", "unknown"]
OutcomeStatus = Literal["converted", "failed", "skipped", "duplicate"]


class DocumentRow(NamedTuple):
    """One row per converted document."""

    doc_id: DocId
    source: Annotated[str, "文件", "path relative to the input folder, with / separators"]
    format: Annotated[str, "格式", "what the content is: txt, md, html, docx, xlsx, pdf, ofd"]
    title: Annotated[str, "标题", "the document's own title, not the site's name"]
    doc_type: Annotated[DocType, "文种", "the kind of document"]
    issuer: Annotated[str, "发布机关", "the body that issues it, as printed"]
    doc_number: Annotated[str, "文号", "document number as printed, brackets as 〔〕"]
    region: Annotated[str, "地区", "the place that it is about, with its suffix"]
    region_code: Annotated[str, "行政区划代码", "its GB/T 2260 code; empty where the name is ambiguous"]
    published: Annotated[str, "发布日期", "publication or signing date as precise as printed: YYYY-MM-DD, YYYY-MM or YYYY"]
    inspection_level: Annotated[Literal["central", "provincial"] | None, "督察层级", "whose inspection it is about"]
    inspection_round: Annotated[int | None, "督察轮次", "which round of it"]
    chars: Annotated[int, "字数", "length of the canonical text in code points"]
    pages: Annotated[int | None, "页数", "number of pages; empty where the format has none"]
    repairs: Annotated[str, "修复", "codes of what was repaired, in alphabetical order, joined by ;"]
    numerals: Annotated[int, "数字", "numerals in the canonical text"]
    numerals_claimed: Annotated[int, "已识别数字", "how many of them a marker, a row or a rule accounts for"]
    corrected: Corrected = ""


class MeasureRow(NamedTuple):
    """The tree of numbered items: one row for each item with a marker of its own."""

    measure_id: Annotated[str, "事项编号", "the item"]
    doc_id: DocId
    parent_id: Annotated[str, "上级事项", "the item around it; empty at the top"]
    seq: Annotated[int, "顺序", "place in document order, from 1"]
    level: Annotated[int, "层级", "depth in the tree, from 1"]
    ordinal: Annotated[int, "序号", "the item's own number (（三） → 3); place among its siblings where it has none"]
    path: Annotated[str, "路径", "ordinals from the top: 4.2.6"]
    label: Annotated[str, "标号", "the marker as printed; empty for a heading or bold lead without number"]
    marker: Annotated[Marker, "标号类型", "what kind of marker it is"]
    role: Annotated[Role, "类别", "what the section is"]
    heading: Annotated[str, "标题", "the item's name; empty where it has none"]
    text: Annotated[str, "正文", "the item's own text, label included, children excluded; segments joined by a line end"]
    own_spans: Annotated[str, "正文位置", "offsets of these segments: start-end;start-end"]
    start: Annotated[int, "起", "where the item begins, children included"]
    end: Annotated[int, "止", "where it ends, children included, exclusive"]
    page: Page
    boxes: Boxes
    corrected: Corrected = ""


class FieldRow(NamedTuple):
    """The parts of a matter: 整改目标, 责任单位, 整改时限 and their like, whether columns, sections or inline."""

    field_id: Annotated[str, "字段编号", "the field"]
    doc_id: DocId
    measure_id: Annotated[str, "事项编号", "the item that the field belongs to; empty where the whole document is the matter"]
    field: Annotated[FieldCode, "字段", "which part it is"]
    head: Annotated[str, "字段名", "its name as printed"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class TargetRow(NamedTuple):
    """Quantified commitments and results."""

    target_id: Annotated[str, "指标编号", "the target or result"]
    doc_id: DocId
    measure_id: MeasureId
    kind: Annotated[Literal["target", "result"], "性质", "to be reached, or reached and reported"]
    indicator: Annotated[str, "指标", "what is counted or measured, without verb, place and time"]
    action: Annotated[str, "动作", "the verb as printed"]
    change: Annotated[Literal["level", "increase", "decrease"], "变化方式", "an absolute level or count, or a change by that much"]
    operator: Annotated[Operator, "界限", "how the value is bounded"]
    value: Annotated[Decimal, "数值", "as printed: 1.66 of 1.66万亩"]
    value_high: Annotated[Decimal | None, "数值上限", "the upper end of a range"]
    unit: Annotated[str, "单位", "as printed: 万亩"]
    base_value: Annotated[Decimal | None, "基本单位数值", "in the base unit: 16600"]
    base_value_high: Annotated[Decimal | None, "基本单位数值上限", "the upper end of a range in the base unit"]
    base_unit: Annotated[str, "基本单位", "the base unit: 亩"]
    baseline: Annotated[str, "基数", "the value that it comes from, as printed"]
    compared_to: Annotated[str, "比较对象", "同比, 较上年同期 … as printed"]
    due: Annotated[date | None, "期限", "the day by which (targets only)"]
    due_text: Annotated[str, "期限原文", "the same as printed"]
    due_from: Annotated[Literal["sentence", "item", "section", "document"] | None, "期限来源", "where the due date stands"]
    scope: Annotated[str, "范围", "the place or group that it is counted over"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class TallyRow(NamedTuple):
    """How many of how many."""

    tally_id: Annotated[str, "计数编号", "the tally"]
    doc_id: DocId
    measure_id: MeasureId
    subject: Annotated[str, "对象", "what is counted"]
    total: Annotated[int | None, "总数", "all of them"]
    done: Annotated[int | None, "已完成", "how many are done"]
    ongoing: Annotated[int | None, "正在推进", "how many are under way"]
    pending: Annotated[int | None, "未完成", "how many are not begun or not done"]
    rate: Annotated[Decimal | None, "完成率", "percent done where printed"]
    as_of: Annotated[date | None, "截至", "day of the count"]
    balanced: Annotated[bool | None, "是否相符", "whether the parts add up to the total; empty where they cannot be added up"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class OwnerRow(NamedTuple):
    """Who is to do it: one row per name."""

    owner_id: Annotated[str, "责任编号", "the owner"]
    doc_id: DocId
    measure_id: MeasureId
    name: Annotated[str, "名称", "as printed"]
    canonical: Annotated[str, "全称", "the full name where it can be told, else the name"]
    kind: Annotated[OwnerKind, "类型", "what kind of owner it is"]
    role: Annotated[OwnerRole, "责任", "what it answers for"]
    person: Annotated[str, "姓名", "the person named"]
    title: Annotated[str, "职务", "the person's post"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class ParticipantRow(NamedTuple):
    """Who was there: minutes and meeting news."""

    participant_id: Annotated[str, "参会编号", "the participant"]
    doc_id: DocId
    role: Annotated[Literal["host", "speaker", "present", "observer", "absent", "recorder"], "身份", "as what"]
    organization: Annotated[str, "单位", "as printed"]
    person: Annotated[str, "姓名", "as printed"]
    title: Annotated[str, "职务", "the person's post"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class DateRow(NamedTuple):
    """Every date and period."""

    date_id: Annotated[str, "日期编号", "the date"]
    doc_id: DocId
    measure_id: MeasureId
    kind: Annotated[DateKind, "性质", "what the date does"]
    start_date: Annotated[date | None, "开始日期", "first day"]
    end_date: Annotated[date | None, "结束日期", "last day, the same for a point"]
    precision: Annotated[Precision, "精度", "how precise it is"]
    anchor: Annotated[Anchor, "推算依据", "what an incomplete date was resolved by"]
    text: Text
    start: Start
    end: End
    page: Page
    boxes: Boxes
    rule: RuleId
    corrected: Corrected = ""


class FollowupRow(NamedTuple):
    """Plan against report."""

    followup_id: Annotated[str, "跟踪编号", "the link"]
    plan_doc_id: Annotated[str, "计划文档", "the plan's document"]
    plan_row_id: Annotated[str, "计划行", "its target, tally or matter"]
    report_doc_id: Annotated[str, "报告文档", "the later report's document"]
    report_row_id: Annotated[str, "报告行", "its target, tally or matter"]
    region: Annotated[str, "地区", "the place of both"]
    indicator: Annotated[str, "指标", "the indicator of both"]
    plan_value: Annotated[Decimal | None, "计划值", "value in the plan"]
    plan_unit: Annotated[str, "计划单位", "unit in the plan"]
    plan_base_value: Annotated[Decimal | None, "计划值（基本单位）", "value in the plan, in the base unit"]
    report_value: Annotated[Decimal | None, "完成值", "value in the report"]
    report_unit: Annotated[str, "完成单位", "unit in the report"]
    report_base_value: Annotated[Decimal | None, "完成值（基本单位）", "value in the report, in the base unit"]
    plan_due: Annotated[date | None, "期限", "day by which the plan wants it"]
    report_as_of: Annotated[date | None, "截至", "day that the report speaks of"]
    verdict: Annotated[Literal["reached", "not_reached", "open"], "结论", "what the comparison says; open where units or dates allow none"]
    plan_text: Annotated[str, "计划原文", "the evidence in the plan"]
    report_text: Annotated[str, "报告原文", "the evidence in the report"]
    rule: RuleId


class LedgerRow(NamedTuple):
    """The rectification ledger (整改台账): one row per matter, derived from the other tables."""

    ledger_id: Annotated[str, "台账编号", "the matter"]
    doc_id: DocId
    measure_id: Annotated[str, "事项编号", "the item; empty where the whole document is the matter"]
    region: Annotated[str, "地区", "the document's place"]
    issuer: Annotated[str, "发布机关", "the document's issuer"]
    path: Annotated[str, "路径", "the item's path in the tree"]
    problem: Annotated[str, "问题", "what is wrong"]
    objective: Annotated[str, "整改目标", "what is to be reached"]
    measure: Annotated[str, "整改措施", "what is to be done"]
    lead: Annotated[str, "牵头单位", "names joined by ；"]
    responsible: Annotated[str, "责任单位", "names joined by ；"]
    support: Annotated[str, "配合单位", "names joined by ；"]
    supervise: Annotated[str, "督导单位", "names joined by ；"]
    deadline: Annotated[date | None, "整改时限", "the last day"]
    deadline_text: Annotated[str, "时限原文", "the deadline as printed"]
    status: Annotated[Status, "状态", "how it stands; overdue only against a date given to the run"]
    progress: Annotated[str, "整改情况", "what was done, as printed"]
    target_count: Annotated[int, "指标数", "targets of the matter"]
    corrected: Corrected = ""


class DiagnosticRow(NamedTuple):
    """What a reader should know."""

    doc_id: DocId
    code: Annotated[str, "代码", "a stable word for the kind of finding"]
    severity: Annotated[Severity, "程度", "how much it matters"]
    message: Annotated[str, "说明", "the finding in words"]
    start: Annotated[int | None, "起", "where it begins; empty where it belongs to no place"]
    end: Annotated[int | None, "止", "where it ends, exclusive"]
    page: Page
    boxes: Boxes = ""


class RepairRow(NamedTuple):
    """What was repaired, place by place: how the file's own text became the canonical one."""

    repair_id: Annotated[str, "修复编号", "the repaired place"]
    doc_id: DocId
    code: Annotated[str, "代码", "what was repaired; docs/repair.md lists the codes"]
    old: Annotated[str, "原为", "what stood there"]
    text: Annotated[str, "今为", "what stands there now, exactly canonical[start:end]; empty where something was taken out"]
    start: Start
    end: End
    page: Page


class OutcomeRow(NamedTuple):
    """Exactly one row for every input file."""

    source: Annotated[str, "文件", "path relative to the input folder, with / separators"]
    container: Annotated[str, "所在压缩包", "the archive or mail that holds it; empty for a plain file"]
    status: Annotated[OutcomeStatus, "结果", "what became of it"]
    code: Annotated[str, "代码", "a stable word for the reason; empty for converted"]
    message: Annotated[str, "说明", "the reason in words, and what to do"]
    doc_id: Annotated[str, "文档编号", "the document, where it could be read"]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one document, a field per table with its Chinese name; outcomes and followups belong to a run and stay empty here."""

    documents: Annotated[tuple[DocumentRow, ...], "文档"] = ()
    measures: Annotated[tuple[MeasureRow, ...], "事项"] = ()
    fields: Annotated[tuple[FieldRow, ...], "字段"] = ()
    targets: Annotated[tuple[TargetRow, ...], "指标"] = ()
    tallies: Annotated[tuple[TallyRow, ...], "计数"] = ()
    owners: Annotated[tuple[OwnerRow, ...], "责任单位"] = ()
    participants: Annotated[tuple[ParticipantRow, ...], "参会人员"] = ()
    dates: Annotated[tuple[DateRow, ...], "日期"] = ()
    followups: Annotated[tuple[FollowupRow, ...], "跟踪"] = ()
    ledger: Annotated[tuple[LedgerRow, ...], "整改台账"] = ()
    diagnostics: Annotated[tuple[DiagnosticRow, ...], "提示"] = ()
    repairs: Annotated[tuple[RepairRow, ...], "修复"] = ()
    outcomes: Annotated[tuple[OutcomeRow, ...], "处理结果"] = ()


ColumnType = Literal["string", "integer", "number", "date", "boolean"]
_TYPES: dict[Any, ColumnType] = {str: "string", int: "integer", Decimal: "number", date: "date", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `chinese` is its Chinese name; `codes` are the values that an enumerated one may have; `required` ones are never empty."""

    name: str
    chinese: str
    type: ColumnType
    about: str
    codes: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table. `row` makes a row of it; `key` is its primary key, empty where it has none; `foreign` leads from a column to the table
    whose key it holds."""

    name: str
    chinese: str
    about: str
    columns: tuple[Column, ...]
    key: str
    foreign: tuple[tuple[str, str], ...]
    row: Callable[..., Row]


def _column(name: str, hint: Any) -> Column:
    """A column from its annotation. Text may be empty, codes and numbers only where their type allows None."""
    inner, chinese, about = get_args(hint)
    optional = get_origin(inner) in (Union, types.UnionType) and type(None) in get_args(inner)
    if optional:
        inner = next(part for part in get_args(inner) if part is not type(None))
    codes = tuple(get_args(inner)) if get_origin(inner) is Literal else ()
    kind: ColumnType = "string" if codes else _TYPES[inner]
    return Column(name, chinese, kind, about, codes, required=not optional and (bool(codes) or kind != "string"))


_KEYS = {
    "documents": "doc_id",
    "measures": "measure_id",
    "fields": "field_id",
    "targets": "target_id",
    "tallies": "tally_id",
    "owners": "owner_id",
    "participants": "participant_id",
    "dates": "date_id",
    "followups": "followup_id",
    "ledger": "ledger_id",
    "repairs": "repair_id",
    "outcomes": "source",
}
_OWNERS_OF = {
    "doc_id": "documents",
    "plan_doc_id": "documents",
    "report_doc_id": "documents",
    "measure_id": "measures",
    "parent_id": "measures",
}


def _table(name: str, chinese: str, row: Any) -> Table:
    hints = get_type_hints(row, include_extras=True)
    key = _KEYS.get(name, "")
    foreign = tuple((column, table) for column, table in _OWNERS_OF.items() if column in hints and column != key)
    columns = tuple(_column(column, hint) for column, hint in hints.items())
    return Table(name, chinese, row.__doc__, columns, key, foreign, row)


@cache
def tables() -> tuple[Table, ...]:
    """All tables in the order of the contract."""
    hints = get_type_hints(Tables, include_extras=True)
    return tuple(
        _table(name, chinese, get_args(rows)[0]) for name, (rows, chinese) in ((name, get_args(hint)) for name, hint in hints.items())
    )
