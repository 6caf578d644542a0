"""Rows from records: ids, offsets, pages and base values as the contract has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, cast

from extract.model import DateRow as DateRecord
from extract.model import Diagnostic, Document, Field, Header, Node, Outline, Owner, Participant, Records, Repaired, Tally, Target
from extract.tables.account import Numeral
from extract.tables.boxes import Printed
from extract.tables.checks import check, is_balanced
from extract.tables.ledger import derive
from extract.tables.schema import (
    DateRow,
    DiagnosticRow,
    DocumentRow,
    FieldRow,
    MeasureRow,
    OwnerRow,
    ParticipantRow,
    RepairRow,
    Tables,
    TallyRow,
    TargetRow,
)


class _Place:
    """What every row of a document needs to know: its id, its text, the page of an offset."""

    def __init__(self, doc_id: str, document: Document) -> None:
        self.doc_id = doc_id
        self.text = document.text
        self.boxes = Printed(document).boxes
        paged = document.places or [block for block in document.blocks if block.page is not None]
        self._starts = [block.start for block in paged]
        self._pages = [block.page for block in paged]

    def id(self, letter: str, number: int) -> str:
        return f"{self.doc_id}-{letter}{number:04}"

    def measure_id(self, node: int | None) -> str:
        return "" if node is None else self.id("m", node + 1)

    def page(self, offset: int) -> int | None:
        i = bisect_right(self._starts, offset) - 1 if self._starts else -1
        return self._pages[i] if i >= 0 else None


def build(
    doc_id: str, document: Document, outline: Outline, records: Records, numerals: Sequence[Numeral], statuses: Mapping[str, str]
) -> Tables:
    """All rows of one document, the ledger and the checks included.

    `records` and `outline` speak of offsets into `document.text`; `numerals` is what `account` found in it; `statuses` leads from
    the words for how a matter stands (已完成) to the ledger's codes (done).
    Ids are numbered in the order of the records, which is document order.
    """
    place = _Place(doc_id, document)
    tables = Tables(
        documents=(_document(doc_id, document, outline.header, numerals),),
        measures=_measures(place, outline.nodes),
        fields=tuple(_field(place, i, field) for i, field in enumerate(outline.fields, 1)),
        targets=tuple(_target(place, i, target) for i, target in enumerate(records.targets, 1)),
        tallies=tuple(_tally(place, i, tally) for i, tally in enumerate(records.tallies, 1)),
        owners=tuple(_owner(place, i, owner) for i, owner in enumerate(records.owners, 1)),
        participants=tuple(_participant(place, i, one) for i, one in enumerate(records.participants, 1)),
        dates=tuple(_date(place, i, mention) for i, mention in enumerate(records.dates, 1)),
        repairs=tuple(_repair(place, i, one) for i, one in enumerate(document.repaired, 1)),
    )
    found = (*document.diagnostics, *outline.diagnostics, *records.diagnostics, *check(tables))
    return replace(
        tables,
        ledger=derive(tables, statuses),
        diagnostics=tuple(_diagnostic(place, one) for one in sorted(found, key=lambda one: one.start)),
    )


def _document(doc_id: str, document: Document, header: Header, numerals: Sequence[Numeral]) -> DocumentRow:
    return DocumentRow(
        doc_id=doc_id,
        source=document.source,
        format=document.format,
        title=header.title,
        doc_type=header.doc_type,
        issuer=header.issuer,
        doc_number=header.doc_number,
        region=header.region,
        region_code=header.region_code,
        published=header.published,
        inspection_level=cast(Literal["central", "provincial"] | None, header.inspection_level or None),
        inspection_round=int(header.inspection_round) if header.inspection_round else None,
        chars=len(document.text),
        pages=document.pages,
        repairs=";".join(sorted(set(document.repairs))),
        numerals=len(numerals),
        numerals_claimed=sum(numeral.claim != "" for numeral in numerals),
    )


def _measures(place: _Place, nodes: Sequence[Node]) -> tuple[MeasureRow, ...]:
    rows: list[MeasureRow] = []
    for node in nodes:
        path = str(node.ordinal) if node.parent is None else f"{rows[node.parent].path}.{node.ordinal}"
        rows.append(
            MeasureRow(
                measure_id=place.measure_id(node.index),
                doc_id=place.doc_id,
                parent_id=place.measure_id(node.parent),
                seq=node.index + 1,
                level=node.level,
                ordinal=node.ordinal,
                path=path,
                label=node.label,
                marker=node.marker,
                role=node.role,
                heading=place.text[node.heading.start : node.heading.end] if node.heading else "",
                text="\n".join([place.text[start:end] for start, end in node.own]),
                own_spans=";".join([f"{start}-{end}" for start, end in node.own]),
                start=node.start,
                end=node.end,
                page=place.page(node.start),
                boxes=place.boxes(*node.own),
            )
        )
    return tuple(rows)


def _field(place: _Place, number: int, field: Field) -> FieldRow:
    return FieldRow(
        field_id=place.id("f", number),
        doc_id=place.doc_id,
        measure_id=place.measure_id(field.node),
        field=field.field,
        head=field.head,
        text=place.text[field.start : field.end],
        start=field.start,
        end=field.end,
        page=place.page(field.start),
        boxes=place.boxes((field.start, field.end)),
        rule=field.rule,
    )


def _target(place: _Place, number: int, target: Target) -> TargetRow:
    quantity = target.quantity
    return TargetRow(
        target_id=place.id("t", number),
        doc_id=place.doc_id,
        measure_id=place.measure_id(target.node),
        kind=target.kind,
        indicator=target.indicator,
        action=target.action,
        change=target.change,
        operator=target.operator,
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        base_value=quantity.base_value,
        base_value_high=quantity.base_value_high,
        base_unit=quantity.base_unit,
        baseline=target.baseline,
        compared_to=target.compared_to,
        due=target.due,
        due_text=target.due_text,
        due_from=target.due_from or None,
        scope=target.scope,
        text=place.text[target.start : target.end],
        start=target.start,
        end=target.end,
        page=place.page(target.start),
        boxes=place.boxes((target.start, target.end)),
        rule=target.rule,
    )


def _tally(place: _Place, number: int, tally: Tally) -> TallyRow:
    return TallyRow(
        tally_id=place.id("y", number),
        doc_id=place.doc_id,
        measure_id=place.measure_id(tally.node),
        subject=tally.subject,
        total=tally.total,
        done=tally.done,
        ongoing=tally.ongoing,
        pending=tally.pending,
        rate=tally.rate,
        as_of=tally.as_of,
        balanced=is_balanced(tally.total, tally.done, tally.ongoing, tally.pending),
        text=place.text[tally.start : tally.end],
        start=tally.start,
        end=tally.end,
        page=place.page(tally.start),
        boxes=place.boxes((tally.start, tally.end)),
        rule=tally.rule,
    )


def _owner(place: _Place, number: int, owner: Owner) -> OwnerRow:
    return OwnerRow(
        owner_id=place.id("o", number),
        doc_id=place.doc_id,
        measure_id=place.measure_id(owner.node),
        name=owner.name,
        canonical=owner.canonical,
        kind=owner.kind,
        role=owner.role,
        person=owner.person,
        title=owner.title,
        text=place.text[owner.start : owner.end],
        start=owner.start,
        end=owner.end,
        page=place.page(owner.start),
        boxes=place.boxes((owner.start, owner.end)),
        rule=owner.rule,
    )


def _participant(place: _Place, number: int, participant: Participant) -> ParticipantRow:
    return ParticipantRow(
        participant_id=place.id("p", number),
        doc_id=place.doc_id,
        role=participant.role,
        organization=participant.organization,
        person=participant.person,
        title=participant.title,
        text=place.text[participant.start : participant.end],
        start=participant.start,
        end=participant.end,
        page=place.page(participant.start),
        boxes=place.boxes((participant.start, participant.end)),
        rule=participant.rule,
    )


def _date(place: _Place, number: int, record: DateRecord) -> DateRow:
    return DateRow(
        date_id=place.id("d", number),
        doc_id=place.doc_id,
        measure_id=place.measure_id(record.node),
        kind=record.kind,
        start_date=record.mention.first,
        end_date=record.mention.last,
        precision=record.mention.precision,
        anchor=record.mention.anchor,
        text=place.text[record.start : record.end],
        start=record.start,
        end=record.end,
        page=place.page(record.start),
        boxes=place.boxes((record.start, record.end)),
        rule=record.rule,
    )


def _diagnostic(place: _Place, found: Diagnostic) -> DiagnosticRow:
    nowhere = found.start < 0
    return DiagnosticRow(
        doc_id=place.doc_id,
        code=found.code,
        severity=found.severity,
        message=found.message,
        start=None if nowhere else found.start,
        end=None if nowhere else found.end,
        page=None if nowhere else place.page(found.start),
        boxes="" if nowhere else place.boxes((found.start, found.end)),
    )


def _repair(place: _Place, number: int, one: Repaired) -> RepairRow:
    return RepairRow(
        repair_id=place.id("r", number),
        doc_id=place.doc_id,
        code=one.code,
        old=one.old,
        text=place.text[one.start : one.end],
        start=one.start,
        end=one.end,
        page=place.page(one.start),
    )
