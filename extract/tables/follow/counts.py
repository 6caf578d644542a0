"""How many matters of how many: totals of plans, and what plans want done of them, with the tallies of later reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extract.tables.follow.figures import Documents, Nature, in_time, moments_of, plan_sides, report_sides, reports
from extract.tables.follow.indicators import Words
from extract.tables.follow.links import Link, Side, Source, on_both_sides, paired
from extract.tables.follow.verdicts import compare
from extract.tables.schema import DocumentRow, TallyRow, TargetRow

_LASTING = Nature(adds_up=False, lasts=True, of_one_year=False)
_PASSING = Nature(adds_up=False, lasts=False, of_one_year=False)
_HUNDRED = Decimal(100)
Row = TargetRow | TallyRow


class Share(NamedTuple):
    """What a plan wants done of `total` matters by a target's day. earlier: what it wants done of them before, by other targets."""

    target: TargetRow
    total: int
    earlier: Decimal


def link_counts(source: Source, documents: Documents, words: Words) -> Iterator[Link]:
    """The links of plans' totals (43个问题), of numbers to be done (完成整改43个) and of shares (整改率达到100%) with tallies (已完成41个).

    Place and noun must agree, and the inspection where the noun is a bare 问题 or 任务; the totals of both sides must be the same, except
    for a share of what has a name of its own; and the report must say what the plan wants done.
    """

    def key(row: Row) -> Hashable:
        document = documents[row.doc_id]
        if isinstance(row, TargetRow) and words.scope(row.scope, document.region):
            return None
        place, noun = words.place(document), words.counted(row, document.region)[0]
        inspection = (document.inspection_level, document.inspection_round) if noun in words.vague else None
        return (place, noun, inspection) if place and noun and (inspection is None or inspection[0]) else None

    plans, results = on_both_sides(
        source,
        ("targets", "tallies"),
        documents,
        key,
        lambda row: _wanted(row) if isinstance(row, TargetRow) else _planned(row, documents[row.doc_id]),
        lambda row: isinstance(row, TallyRow) and row.total is not None and row.done is not None and reports(documents[row.doc_id]),
    )
    moments = moments_of(results, source)
    for shared, wanted in plans.items():
        found = report_sides(results.get(shared, ()), documents, moments)
        yield from _totals([row for row in wanted if isinstance(row, TallyRow)], found, documents)
        yield from _numbers(wanted, found, documents, words)
        yield from _rates(wanted, found, documents, words)


def _wanted(row: TargetRow) -> bool:
    return row.kind == "target" and row.change == "level" and row.operator in ("=", ">=") and row.value_high is None


def _planned(row: TallyRow, document: DocumentRow) -> bool:
    """Whether a tally is a plan's total: nothing of it is told as done, unless a plan wants all of it done."""
    if not row.total or document.doc_type in ("progress", "news"):
        return False
    return row.done is None or (document.doc_type == "plan" and row.done == row.total and row.as_of is None)


def _totals(wanted: list[TallyRow], found: list[Side], documents: Documents) -> Iterator[Link]:
    for total, sides in _by_total(found).items():
        same = [row for row in wanted if row.total == total]
        for plan, report in paired(plan_sides(same, documents), sides, lambda row: row.total):
            yield Link(plan, report, "reached" if report.row.done >= total else "open", Decimal(report.row.done))


def _numbers(wanted: list[Row], found: list[Side], documents: Documents, words: Words) -> Iterator[Link]:
    """Numbers to be done, with the tallies whose total the plan tells too."""
    shares = {share.target.target_id: share for share in _of_totals(wanted)}
    for total, sides in _by_total(found).items():
        targets = [share.target for share in shares.values() if share.total == total]
        for plan, report in paired(plan_sides(targets, documents), sides, lambda row: (row.due, row.base_value, row.unit)):
            if f"{total}{plan.row.unit}" in report.row.text and _says_deed(plan, report, words):
                yield _linked(plan, report, report.row.done - shares[plan.row.target_id].earlier, _LASTING)


def _rates(wanted: list[Row], found: list[Side], documents: Documents, words: Words) -> Iterator[Link]:
    """Shares to be done, with the tallies of the same matters: of a bare 问题 or 信访件 only where the plan tells their number too."""
    rates = [row for row in wanted if isinstance(row, TargetRow) and row.base_unit == "%"]
    totals = {(row.doc_id, row.total) for row in wanted if isinstance(row, TallyRow)}
    for plan, report in paired(plan_sides(rates, documents), found, lambda row: (row.due, row.base_value, row.operator)):
        noun, _ = words.counted(plan.row, plan.document.region)
        told = noun not in words.vague or (plan.row.doc_id, report.row.total) in totals
        if told and _says_deed(plan, report, words):
            yield _linked(plan, report, Decimal(report.row.done) / report.row.total * _HUNDRED, _PASSING)


def _by_total(found: Iterable[Side]) -> dict[int, list[Side]]:
    by_total: defaultdict[int, list[Side]] = defaultdict(list)
    for side in found:
        by_total[side.row.total].append(side)
    return by_total


def _of_totals(wanted: list[Row]) -> Iterator[Share]:
    """Each number that a plan wants done with the total it is of: one that the plan tells, or itself.

    Several numbers of one total are shares of it by their days (2031年45项, 2032年13项 of 58项), or lead up to it (30项, then 43项).
    """
    by_plan: defaultdict[str, list[Row]] = defaultdict(list)
    for row in wanted:
        by_plan[row.doc_id].append(row)
    for rows in by_plan.values():
        targets = [row for row in rows if isinstance(row, TargetRow) and row.base_unit != "%" and row.base_value == row.value]
        totals = {row.total for row in rows if isinstance(row, TallyRow) and row.total}
        if not targets:
            continue
        if len(targets) == 1 and len(totals) <= 1:
            total = next(iter(totals), None) or int(targets[0].value)
            if total >= targets[0].value:
                yield Share(targets[0], total, Decimal(0))
        elif len(totals) == 1 and len({row.due for row in targets}) == len(targets) and all(row.due for row in targets):
            yield from _in_turn(sorted(targets, key=lambda row: str(row.due)), totals.pop())


def _in_turn(targets: list[TargetRow], total: int) -> Iterator[Share]:
    values = [row.value for row in targets]
    if sum(values) == total:
        yield from (Share(row, total, sum(values[:i], Decimal(0))) for i, row in enumerate(targets))
    elif values == sorted(values) and values[-1] <= total:
        yield from (Share(row, total, Decimal(0)) for row in targets)


def _says_deed(plan: Side, report: Side, words: Words) -> bool:
    """Whether a tally says that what the plan wants done was done, and not something else; 整改 is what is done to any matter."""
    deed = words.counted(plan.row, plan.document.region)[1]
    return deed in report.row.text or any(said == deed and word in report.row.text for word, said in words.deeds.items())


def _linked(plan: Side, report: Side, found: Decimal, nature: Nature) -> Link:
    said = compare(plan.row, plan.row._replace(base_value=found, operator="="), lower_is_better=False, graded=False)
    return Link(plan, report, in_time(said, plan, report, nature), found.quantize(Decimal("0.1")) if nature is _PASSING else found)
