"""Numbered problems (第26项): the matter of a plan or task list with the later notice about the same number of the same inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import regex

from extract.rulebook import Rulebook
from extract.tables.follow.indicators import Words
from extract.tables.follow.links import GRACE, Link, Side, Source
from extract.tables.follow.moments import published
from extract.tables.follow.verdicts import Verdict
from extract.tables.schema import DocumentRow, LedgerRow

_HEAD = 60
"""Characters of a problem's text in which its number may stand."""
_CELL = 8
"""Characters of a row without label in which its first cell may name the number."""
_ALIKE, _SAME = 0.25, 0.6
"""Share of the shorter text's pairs of characters that the longer one must have: the same number of another list is about something else. More
of them where the report only numbers its rows, or one of the two does not say which round it is about."""
_LISTS = ("plan", "task_list")
_NUMBERED = ("number", "row")

Key = tuple[str, str, int]
"""A place, whose inspection, and the number."""


class Matter(NamedTuple):
    """A matter of the ledger with its number. text: what is wrong, or what is to be done.   named: the document calls it by its number
    (第26项), and does not only number its rows."""

    ledger_id: str
    doc_id: str
    name: str
    due: date | None
    text: str
    told: str
    status: str
    named: bool


def link_problems(source: Source, documents: Mapping[str, DocumentRow], words: Words, book: Rulebook) -> Iterator[Link]:
    """Links between matters of lists and the notices that name their number. Where two matters of a list bear one number, none counts."""
    pattern = regex.compile(book.fragments["problem_number"].source, regex.VERSION1)
    inspections = {doc_id: (place, found.inspection_level) for doc_id, found in documents.items() if (place := words.place(found))}
    inspections = {doc_id: found for doc_id, found in inspections.items() if found[1]}
    reports = _reported(source, documents, inspections, pattern)
    for key, plan in _listed(source, documents, inspections, reports.keys()) if reports else ():
        for report in reports[key]:
            link = _link(plan, report, documents)
            if link:
                yield link


def _reported(
    source: Source,
    documents: Mapping[str, DocumentRow],
    inspections: Mapping[str, tuple[str, str | None]],
    pattern: regex.Pattern[str],
) -> dict[Key, list[Matter]]:
    """The matters of later documents by their number: as the text names it, else as the row or item is labelled."""
    found: defaultdict[Key, list[Matter]] = defaultdict(list)
    unnamed: dict[str, LedgerRow] = {}
    for row in source("ledger", {doc_id for doc_id in inspections if documents[doc_id].doc_type not in _LISTS}):
        document = documents[row.doc_id]
        number = _number_in(_says(row, document), document.region, pattern)
        if number:
            found[_key(inspections, row, number)].append(_matter(row, number, named=True))
        elif row.measure_id and row.status != "unknown":
            unnamed[row.measure_id] = row
    for item in source("measures", {row.doc_id for row in unnamed.values()}) if unnamed else ():
        row = unnamed.get(item.measure_id)
        if row is not None and item.marker in _NUMBERED:
            named = _number_in(item.label or item.text[:_CELL], "", pattern)
            number = named or (item.ordinal if item.label else 0)
            found[_key(inspections, row, number)].append(_matter(row, number, named=bool(named)))
    return found


def _key(inspections: Mapping[str, tuple[str, str | None]], row: LedgerRow, number: int) -> Key:
    place, level = inspections[row.doc_id]
    return place, level or "", number


def _says(row: LedgerRow, document: DocumentRow) -> str:
    """Where a report would name the number: the title of a notice about one matter, the head of a matter's own text."""
    own = row.problem or row.measure
    return own[:_HEAD] if row.measure_id else f"{document.title}\n{own[:_HEAD]}"


def _number_in(text: str, region: str, pattern: regex.Pattern[str]) -> int | None:
    """The one number that a text names; None where it names several, or one of a cited plan of another place (《省…方案》第26项)."""
    from extract.values import parse_numeral  # takes longer to load than a run that finds nothing new takes altogether

    found = set()
    for match in pattern.finditer(text, timeout=2.0):
        cited = regex.search(r"《([^》]*)》[^，。；]{0,4}$", text[: match.start()])
        if cited and region not in cited[1]:
            return None
        value = parse_numeral(match["number"])
        if value is not None:
            found.add(int(value))
    return found.pop() if len(found) == 1 else None


def _matter(row: LedgerRow, number: int, *, named: bool) -> Matter:
    text = row.problem or row.measure
    return Matter(row.ledger_id, row.doc_id, f"第{number}项", row.deadline, text, row.progress or text, row.status, named)


def _listed(
    source: Source,
    documents: Mapping[str, DocumentRow],
    inspections: Mapping[str, tuple[str, str | None]],
    wanted: Collection[Key],
) -> Iterator[tuple[Key, Matter]]:
    """The matters of lists that bear a wanted number, each the only one of its document that does."""
    bases = {key[:2] for key in wanted}
    lists = {doc_id for doc_id, base in inspections.items() if base in bases and documents[doc_id].doc_type in _LISTS}
    rows = {row.measure_id: row for row in source("ledger", lists) if row.measure_id}
    found: defaultdict[tuple[str, Key], list[LedgerRow]] = defaultdict(list)
    for item in source("measures", lists) if rows else ():
        row = rows.get(item.measure_id)
        if row is not None and item.label and item.marker in _NUMBERED:
            key = _key(inspections, row, item.ordinal)
            if key in wanted:
                found[row.doc_id, key].append(row)
    for (_, key), listed in found.items():
        if len(listed) == 1:
            yield key, _matter(listed[0], key[2], named=True)


def _link(plan: Matter, report: Matter, documents: Mapping[str, DocumentRow]) -> Link | None:
    listed, told = documents[plan.doc_id], documents[report.doc_id]
    before, after = published(listed), published(told)
    if before is None or after is None or after.first is None or after.first <= before.last:
        return None
    rounds = {listed.inspection_round, told.inspection_round}
    if len(rounds) > 1 and None not in rounds:
        return None
    if not _alike(plan.text, report.text, _ALIKE if report.named and len(rounds) == 1 else _SAME):
        return None
    if plan.due and after.last > plan.due + 4 * GRACE:
        return None
    return Link(Side(plan, listed, before), Side(report, told, after), _verdict(plan, report.status, after.last))


def _verdict(plan: Matter, status: str, day: date) -> Verdict:
    if status == "done":
        return "reached"
    late = plan.due is not None and day >= plan.due and status in ("ongoing", "pending")
    return "not_reached" if late else "open"


def _alike(one: str, other: str, share: float) -> bool:
    """Whether two texts can be about one matter: of the shorter one's pairs of characters the longer one has that share."""
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other)]
    shorter = min(map(len, pairs))
    return shorter > 0 and len(pairs[0] & pairs[1]) >= share * shorter
