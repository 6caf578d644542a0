"""Every table, column, type and code of the output contract, once.

A table is a row type: a column's Python type is its type in every output, `Literal` lists its codes, the string beside it says what
it means. Writers, checks, the package descriptor and the documentation's test all read `tables()`.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from extract.model import Anchor, DateKind, DocType, FieldCode, Marker, Operator, OwnerKind, OwnerRole, Precision, Role, Severity

CONTRACT_VERSION = 1

DocId = Annotated[str, "the document: first 16 hex digits of the SHA-256 of the file's bytes"]
MeasureId = Annotated[str, "the innermost item that holds it; empty where none does"]
Text = Annotated[str, "the evidence, exactly canonical[start:end]"]
Start = Annotated[int, "where the evidence begins in the canonical text, in code points from 0"]
End = Annotated[int, "where it ends, exclusive"]
Page = Annotated[int | None, "1-based; empty where the format has no pages"]
RuleId = Annotated[str, "the rule that made the row"]
Status = Literal["done", "ongoing", "pending", "overdue", "unknown"]
OutcomeStatus = Literal["converted", "failed", "skipped", "duplicate"]


class DocumentRow(NamedTuple):
    """One row per converted document."""

    doc_id: DocId
    source: Annotated[str, "path relative to the input folder, with / separators"]
    format: Annotated[str, "what the content is: txt, md, html, docx, xlsx, pdf, ofd"]
    title: Annotated[str, "the document's own title, not the site's name"]
    doc_type: Annotated[DocType, "the kind of document"]
    issuer: Annotated[str, "the body that issues it, as printed"]
    doc_number: Annotated[str, "document number as printed, brackets as 〔〕"]
    region: Annotated[str, "the place that it is about, with its suffix"]
    region_code: Annotated[str, "its GB/T 2260 code; empty where the name is ambiguous"]
    published: Annotated[str, "publication or signing date as precise as printed: YYYY-MM-DD, YYYY-MM or YYYY"]
    inspection_level: Annotated[Literal["central", "provincial"] | None, "whose inspection it is about"]
    inspection_round: Annotated[int | None, "which round of it"]
    chars: Annotated[int, "length of the canonical text in code points"]
    pages: Annotated[int | None, "number of pages; empty where the format has none"]
    repairs: Annotated[str, "codes of what was repaired, in alphabetical order, joined by ;"]
    numerals: Annotated[int, "numerals in the canonical text"]
    numerals_claimed: Annotated[int, "how many of them a marker, a row or a rule accounts for"]


class MeasureRow(NamedTuple):
    """The tree of numbered items: one row for each item with a marker of its own."""

    measure_id: Annotated[str, "the item"]
    doc_id: DocId
    parent_id: Annotated[str, "the item around it; empty at the top"]
    seq: Annotated[int, "place in document order, from 1"]
    level: Annotated[int, "depth in the tree, from 1"]
    ordinal: Annotated[int, "the item's own number (（三） → 3); place among its siblings where it has none"]
    path: Annotated[str, "ordinals from the top: 4.2.6"]
    label: Annotated[str, "the marker as printed; empty for a heading or bold lead without number"]
    marker: Annotated[Marker, "what kind of marker it is"]
    role: Annotated[Role, "what the section is"]
    heading: Annotated[str, "the item's name; empty where it has none"]
    text: Annotated[str, "the item's own text, label included, children excluded; segments joined by a line end"]
    own_spans: Annotated[str, "offsets of these segments: start-end;start-end"]
    start: Annotated[int, "where the item begins, children included"]
    end: Annotated[int, "where it ends, children included, exclusive"]
    page: Page


class FieldRow(NamedTuple):
    """The parts of a matter: 整改目标, 责任单位, 整改时限 and their like, whether columns, sections or inline."""

    field_id: Annotated[str, "the field"]
    doc_id: DocId
    measure_id: Annotated[str, "the item that the field belongs to; empty where the whole document is the matter"]
    field: Annotated[FieldCode, "which part it is"]
    head: Annotated[str, "its name as printed"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class TargetRow(NamedTuple):
    """Quantified commitments and results."""

    target_id: Annotated[str, "the target or result"]
    doc_id: DocId
    measure_id: MeasureId
    kind: Annotated[Literal["target", "result"], "to be reached, or reached and reported"]
    indicator: Annotated[str, "what is counted or measured, without verb, place and time"]
    action: Annotated[str, "the verb as printed"]
    change: Annotated[Literal["level", "increase", "decrease"], "an absolute level or count, or a change by that much"]
    operator: Annotated[Operator, "how the value is bounded"]
    value: Annotated[Decimal, "as printed: 1.66 of 1.66万亩"]
    value_high: Annotated[Decimal | None, "the upper end of a range"]
    unit: Annotated[str, "as printed: 万亩"]
    base_value: Annotated[Decimal | None, "in the base unit: 16600"]
    base_value_high: Annotated[Decimal | None, "the upper end of a range in the base unit"]
    base_unit: Annotated[str, "the base unit: 亩"]
    baseline: Annotated[str, "the value that it comes from, as printed"]
    compared_to: Annotated[str, "同比, 较上年同期 … as printed"]
    due: Annotated[date | None, "the day by which (targets only)"]
    due_text: Annotated[str, "the same as printed"]
    due_from: Annotated[Literal["sentence", "item", "section", "document"] | None, "where the due date stands"]
    scope: Annotated[str, "the place or group that it is counted over"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class TallyRow(NamedTuple):
    """How many of how many."""

    tally_id: Annotated[str, "the tally"]
    doc_id: DocId
    measure_id: MeasureId
    subject: Annotated[str, "what is counted"]
    total: Annotated[int | None, "all of them"]
    done: Annotated[int | None, "how many are done"]
    ongoing: Annotated[int | None, "how many are under way"]
    pending: Annotated[int | None, "how many are not begun or not done"]
    rate: Annotated[Decimal | None, "percent done where printed"]
    as_of: Annotated[date | None, "day of the count"]
    balanced: Annotated[bool | None, "whether the parts add up to the total; empty where they cannot be added up"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class OwnerRow(NamedTuple):
    """Who is to do it: one row per name."""

    owner_id: Annotated[str, "the owner"]
    doc_id: DocId
    measure_id: MeasureId
    name: Annotated[str, "as printed"]
    canonical: Annotated[str, "the full name where it can be told, else the name"]
    kind: Annotated[OwnerKind, "what kind of owner it is"]
    role: Annotated[OwnerRole, "what it answers for"]
    person: Annotated[str, "the person named"]
    title: Annotated[str, "the person's post"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class ParticipantRow(NamedTuple):
    """Who was there: minutes and meeting news."""

    participant_id: Annotated[str, "the participant"]
    doc_id: DocId
    role: Annotated[Literal["host", "speaker", "present", "observer", "absent", "recorder"], "as what"]
    organization: Annotated[str, "as printed"]
    person: Annotated[str, "as printed"]
    title: Annotated[str, "the person's post"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class DateRow(NamedTuple):
    """Every date and period."""

    date_id: Annotated[str, "the date"]
    doc_id: DocId
    measure_id: MeasureId
    kind: Annotated[DateKind, "what the date does"]
    start_date: Annotated[date | None, "first day"]
    end_date: Annotated[date | None, "last day, the same for a point"]
    precision: Annotated[Precision, "how precise it is"]
    anchor: Annotated[Anchor, "what an incomplete date was resolved by"]
    text: Text
    start: Start
    end: End
    page: Page
    rule: RuleId


class FollowupRow(NamedTuple):
    """Plan against report."""

    followup_id: Annotated[str, "the link"]
    plan_doc_id: Annotated[str, "the plan's document"]
    plan_row_id: Annotated[str, "its target, tally or matter"]
    report_doc_id: Annotated[str, "the later report's document"]
    report_row_id: Annotated[str, "its target, tally or matter"]
    region: Annotated[str, "the place of both"]
    indicator: Annotated[str, "the indicator of both"]
    plan_value: Annotated[Decimal | None, "value in the plan"]
    plan_unit: Annotated[str, "unit in the plan"]
    plan_base_value: Annotated[Decimal | None, "value in the plan, in the base unit"]
    report_value: Annotated[Decimal | None, "value in the report"]
    report_unit: Annotated[str, "unit in the report"]
    report_base_value: Annotated[Decimal | None, "value in the report, in the base unit"]
    verdict: Annotated[Literal["reached", "not_reached", "open"], "what the comparison says"]
    rule: RuleId


class LedgerRow(NamedTuple):
    """The rectification ledger (整改台账): one row per matter, derived from the other tables."""

    ledger_id: Annotated[str, "the matter"]
    doc_id: DocId
    measure_id: Annotated[str, "the item; empty where the whole document is the matter"]
    region: Annotated[str, "the document's place"]
    issuer: Annotated[str, "the document's issuer"]
    path: Annotated[str, "the item's path in the tree"]
    problem: Annotated[str, "what is wrong"]
    objective: Annotated[str, "what is to be reached"]
    measure: Annotated[str, "what is to be done"]
    lead: Annotated[str, "names joined by ；"]
    responsible: Annotated[str, "names joined by ；"]
    support: Annotated[str, "names joined by ；"]
    supervise: Annotated[str, "names joined by ；"]
    deadline: Annotated[date | None, "the last day"]
    deadline_text: Annotated[str, "the deadline as printed"]
    status: Annotated[Status, "how it stands; overdue only against a date given to the run"]
    progress: Annotated[str, "what was done, as printed"]
    target_count: Annotated[int, "targets of the matter"]


class DiagnosticRow(NamedTuple):
    """What a reader should know."""

    doc_id: DocId
    code: Annotated[str, "a stable word for the kind of finding"]
    severity: Annotated[Severity, "how much it matters"]
    message: Annotated[str, "the finding in words"]
    start: Annotated[int | None, "where it begins; empty where it belongs to no place"]
    end: Annotated[int | None, "where it ends, exclusive"]
    page: Page


class OutcomeRow(NamedTuple):
    """Exactly one row for every input file."""

    source: Annotated[str, "path relative to the input folder, with / separators"]
    container: Annotated[str, "the archive or mail that holds it; empty for a plain file"]
    status: Annotated[OutcomeStatus, "what became of it"]
    code: Annotated[str, "a stable word for the reason; empty for converted"]
    message: Annotated[str, "the reason in words, and what to do"]
    doc_id: Annotated[str, "the document, where it could be read"]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of one document, a field per table; outcomes and followups belong to a run and stay empty here."""

    documents: tuple[DocumentRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    fields: tuple[FieldRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    tallies: tuple[TallyRow, ...] = ()
    owners: tuple[OwnerRow, ...] = ()
    participants: tuple[ParticipantRow, ...] = ()
    dates: tuple[DateRow, ...] = ()
    followups: tuple[FollowupRow, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    diagnostics: tuple[DiagnosticRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()


ColumnType = Literal["string", "integer", "number", "date", "boolean"]
_TYPES: dict[Any, ColumnType] = {str: "string", int: "integer", Decimal: "number", date: "date", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `codes` are the values that an enumerated one may have; `required` ones are never empty."""

    name: str
    type: ColumnType
    about: str
    codes: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table. `key` is its primary key, empty where it has none; `foreign` leads from a column to the table whose key it holds."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: str
    foreign: tuple[tuple[str, str], ...]


def _column(name: str, hint: Any) -> Column:
    """A column from its annotation. Text may be empty, codes and numbers only where their type allows None."""
    inner, about = get_args(hint)
    optional = get_origin(inner) in (Union, types.UnionType) and type(None) in get_args(inner)
    if optional:
        inner = next(part for part in get_args(inner) if part is not type(None))
    codes = tuple(get_args(inner)) if get_origin(inner) is Literal else ()
    kind: ColumnType = "string" if codes else _TYPES[inner]
    return Column(name, kind, about, codes, required=not optional and (bool(codes) or kind != "string"))


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
    "outcomes": "source",
}
_OWNERS_OF = {
    "doc_id": "documents",
    "plan_doc_id": "documents",
    "report_doc_id": "documents",
    "measure_id": "measures",
    "parent_id": "measures",
}


def _table(name: str, row: Any) -> Table:
    hints = get_type_hints(row, include_extras=True)
    key = _KEYS.get(name, "")
    foreign = tuple((column, table) for column, table in _OWNERS_OF.items() if column in hints and column != key)
    return Table(name, row.__doc__, tuple(_column(column, hint) for column, hint in hints.items()), key, foreign)


@cache
def tables() -> tuple[Table, ...]:
    """All tables in the order of the contract."""
    return tuple(_table(name, get_args(hint)[0]) for name, hint in get_type_hints(Tables).items())
