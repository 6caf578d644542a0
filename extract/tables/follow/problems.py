"""Numbered problems (第26项): the matter of a plan or task list with the later notice about the same number of the same inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import regex

from extract.rulebook import Rulebook
from extract.tables.follow.indicators import Words
from extract.tables.follow.links import GRACE, Link, Side, Source
from extract.tables.follow.moments import published
from extract.tables.follow.verdicts import Verdict
from extract.tables.schema import DocumentRow, LedgerRow
from extract.values.numerals import parse_numeral

_HEAD = 60
"""Characters of a problem's text in which its number may stand."""
_ALIKE = 0.25
"""Share of the shorter text's pairs of characters that the longer one must have: the same number of another list is about something else."""
_LISTS = ("plan", "task_list")

Inspection = tuple[str, str, int | None]
"""A place, whose inspection, which round: what a number belongs to."""


class Matter(NamedTuple):
    """A matter of the ledger with its number. text: what is wrong, or what is to be done."""

    ledger_id: str
    doc_id: str
    name: str
    due: date | None
    text: str
    told: str
    status: str


def link_problems(source: Source, documents: Mapping[str, DocumentRow], words: Words, book: Rulebook) -> Iterator[Link]:
    """Links between matters of lists and the notices that name their number. Where two matters of a list bear one number, none counts."""
    pattern = regex.compile(book.fragments["problem_number"].source, regex.VERSION1)
    inspections = {doc_id: found for doc_id, document in documents.items() if (found := _inspection(document, words))}
    reports: defaultdict[tuple[Inspection, int], list[Matter]] = defaultdict(list)
    for row in source("ledger"):
        if row.doc_id in inspections and documents[row.doc_id].doc_type not in _LISTS:
            number = _number_in(_says(row, documents[row.doc_id]), documents[row.doc_id].region, pattern)
            if number:
                reports[inspections[row.doc_id], number].append(_matter(row, number))
    if not reports:
        return
    for key, plan in _listed(source, documents, inspections, dict.fromkeys(reports)):
        for report in reports[key]:
            link = _link(plan, report, documents)
            if link:
                yield link


def _inspection(document: DocumentRow, words: Words) -> Inspection | None:
    place = words.place(document)
    return (place, document.inspection_level, document.inspection_round) if place and document.inspection_level else None


def _says(row: LedgerRow, document: DocumentRow) -> str:
    """Where a report would name the number: the title of a notice about one matter, the head of a matter's own text."""
    own = row.problem or row.measure
    return own[:_HEAD] if row.measure_id else f"{document.title}\n{own[:_HEAD]}"


def _number_in(text: str, region: str, pattern: regex.Pattern[str]) -> int | None:
    """The one number that a text names; None where it names several, or one of a cited plan of another place (《省…方案》第26项)."""
    found = set()
    for match in pattern.finditer(text, timeout=2.0):
        cited = regex.search(r"《([^》]*)》[^，。；]{0,4}$", text[: match.start()])
        if cited and region not in cited[1]:
            return None
        value = parse_numeral(match["number"])
        if value is not None:
            found.add(int(value))
    return found.pop() if len(found) == 1 else None


def _matter(row: LedgerRow, number: int) -> Matter:
    text = row.problem or row.measure
    return Matter(row.ledger_id, row.doc_id, f"第{number}项", row.deadline, text, row.progress or text, row.status)


def _listed(
    source: Source,
    documents: Mapping[str, DocumentRow],
    inspections: Mapping[str, Inspection],
    wanted: Mapping[tuple[Inspection, int], None],
) -> Iterator[tuple[tuple[Inspection, int], Matter]]:
    """The matters of lists that bear a wanted number, each the only one of its document that does."""
    bases = {inspection for inspection, _ in wanted}
    rows = {
        row.measure_id: row
        for row in source("ledger")
        if row.measure_id and inspections.get(row.doc_id) in bases and documents[row.doc_id].doc_type in _LISTS
    }
    found: defaultdict[tuple[str, tuple[Inspection, int]], list[LedgerRow]] = defaultdict(list)
    for item in source("measures") if rows else ():
        row = rows.get(item.measure_id)
        if row is not None and item.label and item.marker in ("number", "row"):
            key = (inspections[row.doc_id], item.ordinal)
            if key in wanted:
                found[row.doc_id, key].append(row)
    for (_, key), listed in found.items():
        if len(listed) == 1:
            yield key, _matter(listed[0], key[1])


def _link(plan: Matter, report: Matter, documents: Mapping[str, DocumentRow]) -> Link | None:
    before, after = published(documents[plan.doc_id]), published(documents[report.doc_id])
    if before is None or after is None or after.first is None or after.first <= before.last or not _alike(plan.text, report.text):
        return None
    if plan.due and after.last > plan.due + 4 * GRACE:
        return None
    sides = Side(plan, documents[plan.doc_id], before), Side(report, documents[report.doc_id], after)
    return Link(*sides, _verdict(plan, report.status, after.last))


def _verdict(plan: Matter, status: str, day: date) -> Verdict:
    if status == "done":
        return "reached"
    late = plan.due is not None and day >= plan.due and status in ("ongoing", "pending")
    return "not_reached" if late else "open"


def _alike(one: str, other: str) -> bool:
    """Whether two texts can be about one matter: they share enough pairs of characters."""
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other)]
    shorter = min(map(len, pairs))
    return shorter > 0 and len(pairs[0] & pairs[1]) >= _ALIKE * shorter
