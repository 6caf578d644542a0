"""The rectification ledger (整改台账): one row per matter, derived from the other tables and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, cast

from extract.model import OwnerRole
from extract.tables.schema import DateRow, FieldRow, LedgerRow, MeasureRow, OwnerRow, Status, Tables

_CLAUSE = re.compile(r"[，,。；;：:！!、\s（）()]+")
_OWNER_FIELDS = ("lead", "responsible", "support", "supervise")
_PROSE_ROLES = ("measure", "objective")
_Row = TypeVar("_Row", OwnerRow, DateRow)


def derive(tables: Tables, statuses: Mapping[str, str]) -> tuple[LedgerRow, ...]:
    """The matters of one document, in document order.

    A matter is an item with fields, or the whole document where the fields belong to it, or in prose a leaf item of role measure
    or objective with an owner, a target or a deadline. Items of role progress are none.
    `statuses` leads from words (已完成) to codes (done).
    """
    if not tables.documents:
        return ()
    shelf = _Shelf(tables, statuses)
    rows = [shelf.row(measure) for measure in shelf.matters()]
    return tuple(row._replace(ledger_id=f"{row.doc_id}-l{number:04}") for number, row in enumerate(rows, 1))


class _Shelf:
    """The rows of a document, laid out by the item that they belong to; the key "" is the document."""

    def __init__(self, tables: Tables, statuses: Mapping[str, str]) -> None:
        self.document = tables.documents[0]
        self.statuses = statuses
        self.measures = tables.measures
        self.by_id = {row.measure_id: row for row in tables.measures}
        self.children: defaultdict[str, list[MeasureRow]] = defaultdict(list)
        for row in tables.measures:
            self.children[row.parent_id].append(row)
        self.fields: defaultdict[str, list[FieldRow]] = defaultdict(list)
        for field in tables.fields:
            self.fields[field.measure_id].append(field)
        self.all_owners = sorted(tables.owners, key=_start)
        self.all_dates = sorted(tables.dates, key=_start)
        self.owners: defaultdict[str, list[OwnerRow]] = defaultdict(list)
        for owner in tables.owners:
            self.owners[owner.measure_id].append(owner)
        self.deadlines: defaultdict[str, list[DateRow]] = defaultdict(list)
        for mention in tables.dates:
            if mention.kind == "deadline":
                self.deadlines[mention.measure_id].append(mention)
        self.targets: defaultdict[str, int] = defaultdict(int)
        for target in tables.targets:
            self.targets[target.measure_id] += target.kind == "target"

    def matters(self) -> list[MeasureRow | None]:
        """The items that are matters; None stands for the document."""
        if self.fields.get(""):
            return [None]
        with_parts = {item for item in self.fields if self._splits(item)}
        found: list[MeasureRow | None] = []
        inside: set[str] = set()
        for row in self.measures:
            if row.parent_id in inside or (row.parent_id in self.fields and row.parent_id not in with_parts):
                inside.add(row.measure_id)
            if row.role == "progress" or row.measure_id in with_parts:
                continue
            if row.measure_id in self.fields or (row.measure_id not in inside and self._is_prose_matter(row)):
                found.append(row)
        return found

    def _splits(self, item: str) -> bool:
        """Whether an item's own parts have fields too: a row of merged cells, whose sub-rows are the matters."""
        return any(child.measure_id in self.fields for child in self.children[item])

    def _is_prose_matter(self, row: MeasureRow) -> bool:
        item = row.measure_id
        if row.role not in _PROSE_ROLES or self.children[item]:
            return False
        return bool(self.owners[item] or self.targets[item] or self.deadlines[item])

    def row(self, measure: MeasureRow | None) -> LedgerRow:
        """The ledger's row of one matter, its id still to be numbered."""
        item = measure.measure_id if measure else ""
        fields = self._fields_of(item)
        text = _texts(fields)
        if measure and measure.role in ("problem", "objective", "measure"):
            text.setdefault(measure.role, _statement(measure, self.fields.get(item, ())))
        owners = self._owners_of(item, fields)
        deadlines = self._deadlines_of(item, fields)
        return LedgerRow(
            ledger_id="",
            doc_id=self.document.doc_id,
            measure_id=item,
            region=self.document.region,
            issuer=self.document.issuer,
            path=measure.path if measure else "",
            problem=text.get("problem", ""),
            objective=text.get("objective", ""),
            measure=text.get("measure", ""),
            lead=owners["lead"],
            responsible=owners["responsible"],
            support=owners["support"],
            supervise=owners["supervise"],
            deadline=_last_day(deadlines),
            deadline_text=text.get("deadline", "；".join(dict.fromkeys(mention.text for mention in deadlines))),
            status=self._status(text),
            progress=text.get("progress", ""),
            target_count=sum(self.targets[one] for one in self._subtree(item)) if item else sum(self.targets.values()),
        )

    def _fields_of(self, item: str) -> list[FieldRow]:
        """The fields of an item, those of the items around it first where it has none of the kind (cells merged downwards)."""
        own = self.fields.get(item, [])
        if not own or item not in self.by_id:
            return own
        kinds = {field.field for field in own}
        inherited: list[FieldRow] = []
        parent = self.by_id[item].parent_id
        while parent:
            above = [field for field in self.fields.get(parent, ()) if field.field not in kinds]
            kinds.update(field.field for field in above)
            inherited = above + inherited
            parent = self.by_id[parent].parent_id
        return inherited + own

    def _owners_of(self, item: str, fields: Iterable[FieldRow]) -> dict[OwnerRole, str]:
        """Names by role: of the item itself, and those that stand in its fields (whose own section may be another item)."""
        found = [*self.owners.get(item, ())] if item else []
        for field in fields:
            if field.field in _OWNER_FIELDS:
                found += _standing_in(self.all_owners, field)
        names: dict[OwnerRole, dict[str, None]] = {"lead": {}, "responsible": {}, "support": {}, "supervise": {}}
        for owner in found:
            names[owner.role][owner.name] = None
        return {role: "；".join(listed) for role, listed in names.items()}

    def _deadlines_of(self, item: str, fields: Iterable[FieldRow]) -> list[DateRow]:
        """The deadlines in the matter's deadline field; without such a field, those of the item's own text."""
        places = [field for field in fields if field.field == "deadline"]
        if not places:
            return self.deadlines.get(item, []) if item else []
        return [mention for place in places for mention in _standing_in(self.all_dates, place) if mention.kind == "deadline"]

    def _status(self, text: Mapping[str, str]) -> Status:
        """The code of the first clause that is, whole, a word for how a matter stands; the field 完成情况 before the account of it."""
        for field in ("status", "progress"):
            for clause in _CLAUSE.split(text.get(field, "")):
                if clause in self.statuses:
                    return cast(Status, self.statuses[clause])
        return "unknown"

    def _subtree(self, item: str) -> list[str]:
        found = [item]
        for one in found:
            found.extend(child.measure_id for child in self.children[one])
        return found


def _statement(measure: MeasureRow, fields: Iterable[FieldRow]) -> str:
    """What an item says itself: its own text without its label, up to the first field that stands in it (整改目标：…)."""
    text = measure.text
    for field in fields:
        cut = field.start - measure.start - (0 if measure.marker == "row" else len(field.head) + 1)
        if 0 < cut < len(text):
            text = text[:cut].rstrip("（(【[《\t\n ")
    return text.removeprefix(measure.label).strip()


def _texts(fields: Iterable[FieldRow]) -> dict[str, str]:
    """The text of each kind of field, several of one kind joined by a line end."""
    text: dict[str, str] = {}
    for field in fields:
        text[field.field] = f"{text[field.field]}\n{field.text}" if field.field in text else field.text
    return text


def _start(row: OwnerRow | DateRow) -> int:
    return row.start


def _standing_in(rows: list[_Row], field: FieldRow) -> list[_Row]:
    """The rows, in order of place, that begin inside a field."""
    return rows[bisect_left(rows, field.start, key=_start) : bisect_left(rows, field.end, key=_start)]


def _last_day(deadlines: Iterable[DateRow]) -> date | None:
    return max((mention.end_date for mention in deadlines if mention.end_date), default=None)
