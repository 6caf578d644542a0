"""Targets of plans with the results that later reports give for them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from extract.rulebook import Rulebook
from extract.tables.follow.indicators import Words
from extract.tables.follow.links import Link, Side, Source, on_both_sides, paired
from extract.tables.follow.moments import Moments, published
from extract.tables.follow.verdicts import Verdict, compare
from extract.tables.schema import DocumentRow, TargetRow

_REPORTING = frozenset({"task_list", "progress", "minutes", "news", "speech", "notice", "other"})
_NO_RESULT = frozenset({"problem", "objective", "guidance", "principle"})
Documents = Mapping[str, DocumentRow]


class Nature(NamedTuple):
    """How a target's figure comes about. adds_up: year by year, as what is built does, and not a rate.   lasts: once reached, reached for
    good.   of_one_year: the target is what is to be done in its due year alone."""

    adds_up: bool
    lasts: bool
    of_one_year: bool


class _Kinds:
    """Tells of a target what decides its verdict."""

    def __init__(self, words: Words, book: Rulebook) -> None:
        self._measurands = tuple(words.measurands)
        self._lower = book.words("lower_is_better")
        self._grades = book.words("class_units")
        self._rates = book.words("rate_units")
        self._marks = book.words("deadline_marks")

    def lower_is_better(self, target: TargetRow) -> bool:
        return any(word in target.indicator for word in self._lower)

    def graded(self, target: TargetRow) -> bool:
        return target.base_unit in self._grades

    def nature(self, target: TargetRow) -> Nature:
        upwards = target.operator not in ("<", "<=") and target.change != "decrease" and not self.lower_is_better(target)
        rate = not target.base_unit or target.base_unit in self._rates or "/" in target.base_unit
        lasts = upwards and not rate and target.change == "level" and not target.indicator.endswith(self._measurands)
        return Nature(upwards and not rate, lasts, not any(mark in target.due_text for mark in self._marks))


def link_targets(source: Source, documents: Documents, words: Words, book: Rulebook) -> Iterator[Link]:
    """Targets of plans with the results about the same indicator in later reports."""

    def key(row: TargetRow) -> Hashable:
        return words.key(row, documents[row.doc_id])

    plans, results = on_both_sides(
        source,
        ("targets",),
        documents,
        key,
        lambda row: row.kind == "target",
        lambda row: row.kind == "result" and reports(documents[row.doc_id]),
    )
    results = _without_problems(results, source)
    moments = moments_of(results, source)
    kinds = _Kinds(words, book)
    for shared, targets in plans.items():
        found = report_sides(results.get(shared, ()), documents, moments)
        for plan, report in paired(plan_sides(targets, documents), found, lambda row: (row.due, row.base_value, row.operator, row.unit)):
            target, result = plan.row, report.row
            said = compare(target, result, lower_is_better=kinds.lower_is_better(target), graded=kinds.graded(target))
            yield Link(plan, report, in_time(said, plan, report, kinds.nature(target)))


def in_time(said: Verdict, plan: Side, report: Side, nature: Nature) -> Verdict:
    """The verdict that the dates allow: before the due day only what is done for good can be reached, and nothing can be missed.

    What was done in one year of several does not show that the whole was missed, unless the target is for that one year.
    """
    due = plan.row.due
    final = due is not None and report.span.last >= due
    if said == "reached":
        return "reached" if final or nature.lasts else "open"
    if said == "not_reached" and final:
        later = report.span.first is not None and report.span.first > plan.span.last
        return "open" if nature.adds_up and later and not nature.of_one_year else "not_reached"
    return "open"


def reports(document: DocumentRow) -> bool:
    """Whether a document of its kind tells what was reached."""
    return document.doc_type in _REPORTING


def _without_problems(results: dict[Hashable, list[TargetRow]], source: Source) -> dict[Hashable, list[TargetRow]]:
    """Without the figures of stated problems and aims: those tell how it was."""
    items = {row.measure_id for rows in results.values() for row in rows}
    told = {row.doc_id for rows in results.values() for row in rows}
    bad = {row.measure_id for row in source("measures", told) if row.measure_id in items and row.role in _NO_RESULT} if items else set()
    return {key: [row for row in rows if row.measure_id not in bad] for key, rows in results.items()}


def moments_of(results: Mapping[Hashable, list[Any]], source: Source) -> Moments:
    """The dates of the documents that results stand in."""
    told = {row.doc_id for rows in results.values() for row in rows}
    if not told:
        return Moments((), ())
    return Moments(source("dates", told), (row for row in source("targets", told) if row.compared_to or row.baseline))


def plan_sides(rows: Iterable[Any], documents: Documents) -> list[Side]:
    """Rows of plans with the days of their publication."""
    return [Side(row, documents[row.doc_id], out) for row in rows if (out := published(documents[row.doc_id]))]


def report_sides(rows: Iterable[Any], documents: Documents, moments: Moments) -> list[Side]:
    """Rows of reports with the days that they speak of."""
    return [Side(row, documents[row.doc_id], span) for row in rows if (span := moments.of(row, documents[row.doc_id]))]
