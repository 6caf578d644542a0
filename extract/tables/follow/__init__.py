"""Plan against report: targets, tallies and numbered problems of a plan with what later documents say of them.

A wrong link is worse than none: place, indicator, deed, direction, comparison and unit must all agree, the report must be later than the
plan, and where a document gives two values for one thing, neither counts. Every step is a join by a hash or a walk over sorted rows, and
only rows whose key stands on both sides are held.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from extract.rulebook import Rulebook
from extract.tables.follow.counts import link_counts
from extract.tables.follow.figures import link_targets
from extract.tables.follow.indicators import Words
from extract.tables.follow.links import Link, Source, row_id
from extract.tables.follow.moments import dated
from extract.tables.follow.problems import link_problems
from extract.tables.follow.settle import settled, standings
from extract.tables.schema import DocumentRow, FollowupRow, TallyRow, TargetRow

__all__ = ["follow", "settled", "standings"]


def follow(source: Source, book: Rulebook) -> list[FollowupRow]:
    """All followups of a run, in the order of the plans' rows, then of the reports' days. `source` gives the tables' rows."""
    words = Words.of(book)
    placed = _of_one_place(source("documents"), words)
    documents = dated(placed, source("dates", {doc_id for doc_id, document in placed.items() if not document.published}))
    links = [
        *link_targets(source, documents, words, book),
        *link_counts(source, documents, words),
        *link_problems(source, documents, words, book),
    ]
    return _numbered(links, {doc_id: place for place, doc_id in enumerate(documents)})


def _of_one_place(documents: Iterable[DocumentRow], words: Words) -> dict[str, DocumentRow]:
    """The documents that can follow each other up: there are others about their place."""
    places = {row: place for row in documents if row.region and (place := words.place(row))}
    count = Counter(places.values())
    return {row.doc_id: row for row, place in places.items() if count[place] > 1}


def _numbered(links: list[Link], order: dict[str, int]) -> list[FollowupRow]:
    """Links as rows, numbered within the plan's document."""
    numbers: defaultdict[str, int] = defaultdict(int)
    rows = []
    for link in sorted(
        links, key=lambda link: (order[link.plan.row.doc_id], row_id(link.plan.row), link.report.span.last, row_id(link.report.row))
    ):
        doc_id = link.plan.row.doc_id
        numbers[doc_id] += 1
        rows.append(_row(f"{doc_id}-u{numbers[doc_id]:04}", link))
    return rows


def _row(followup_id: str, link: Link) -> FollowupRow:
    plan, report = link.plan.row, link.report.row
    return FollowupRow(
        followup_id=followup_id,
        plan_doc_id=plan.doc_id,
        plan_row_id=row_id(plan),
        report_doc_id=report.doc_id,
        report_row_id=row_id(report),
        region=link.plan.document.region,
        report_as_of=link.report.span.last,
        verdict=link.verdict,
        plan_text=plan.text,
        report_text=report.text,
        **_figures(link),
    )


def _figures(link: Link) -> dict[str, Any]:
    """What the two sides say: values against values, numbers against tallies, or no values at all for a numbered problem."""
    plan, report = link.plan.row, link.report.row
    if isinstance(plan, TargetRow):
        counted = isinstance(report, TallyRow)
        return {
            "indicator": plan.indicator,
            "plan_value": plan.value,
            "plan_unit": plan.unit,
            "plan_base_value": plan.base_value,
            "report_value": link.found if counted else report.value,
            "report_unit": plan.unit if counted else report.unit,
            "report_base_value": link.found if counted else report.base_value,
            "plan_due": plan.due,
            "rule": "followup-count" if counted else "followup-target",
        }
    tally = isinstance(plan, TallyRow)
    total, done = (Decimal(plan.total), link.found) if tally else (None, None)
    return {
        "indicator": plan.subject if tally else plan.name,
        "plan_value": total,
        "plan_unit": "",
        "plan_base_value": total,
        "report_value": done,
        "report_unit": "",
        "report_base_value": done,
        "plan_due": None if tally else plan.due,
        "rule": "followup-tally" if tally else "followup-problem",
    }
