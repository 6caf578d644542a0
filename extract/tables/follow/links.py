"""What a followup is made of, and how the rows of plans and reports are joined: by a hash, or by a walk over sorted rows."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeVar

from extract.tables.follow.moments import Span, published
from extract.tables.follow.verdicts import Verdict
from extract.tables.schema import DocumentRow, TallyRow, TargetRow


class Source(Protocol):
    """The rows of a table by its name, in the order of the tables, anew at each call: all, or those of some documents by their ids."""

    def __call__(self, name: str, documents: Container[str] | None = None, /) -> Iterable[Any]: ...


GRACE = timedelta(days=184)
"""A report this long after the due day still tells whether it was kept."""
_PLANS, _REPORTS = 8, 12
"""The latest plans that one result is held against, and the reports nearest to its due day that one target gets."""
Figure = TypeVar("Figure", bound=TargetRow | TallyRow)


class Side(NamedTuple):
    """A row of one side of a link, with its document and the days that it speaks of (of a plan: those of its publication)."""

    row: Any
    document: DocumentRow
    span: Span


class Link(NamedTuple):
    """A plan's row and a report's. found: what the report gives of what the plan wants, where its row does not say it as one value."""

    plan: Side
    report: Side
    verdict: Verdict
    found: Decimal | None = None


def on_both_sides(
    source: Source,
    names: Sequence[str],
    documents: Container[str],
    key: Callable[[Figure], Hashable],
    is_plan: Callable[[Figure], bool],
    is_result: Callable[[Figure], bool],
) -> tuple[dict[Hashable, list[Figure]], dict[Hashable, list[Figure]]]:
    """The rows of plans and of reports in some tables by key, for keys that both have. The first pass keeps hashes only, the second reads the
    documents that have one of those keys."""
    seen: tuple[set[int], set[int]] = (set(), set())
    by_document: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
    for row in _rows(source, names, documents):
        shared = key(row) if is_plan(row) or is_result(row) else None
        if shared is not None:
            by_document[row.doc_id].append(hash(shared))
            seen[is_result(row)].add(hash(shared))
    both = seen[0] & seen[1]
    plans: defaultdict[Hashable, list[Figure]] = defaultdict(list)
    results: defaultdict[Hashable, list[Figure]] = defaultdict(list)
    for row in _rows(source, names, {doc_id for doc_id, hashes in by_document.items() if not both.isdisjoint(hashes)}):
        shared = key(row) if is_plan(row) or is_result(row) else None
        if shared is not None and hash(shared) in both:
            (results if is_result(row) else plans)[shared].append(row)
    return plans, results


def _rows(source: Source, names: Sequence[str], documents: Container[str]) -> Iterator[Any]:
    return (row for name in names for row in source(name, documents))


def paired(plans: list[Side], reports: list[Side], says: Callable[[Any], Hashable]) -> Iterator[tuple[Side, Side]]:
    """The plans' rows with the reports' rows that follow them up; all have one key. `says`: what a plan's row says."""
    by_plan: defaultdict[str, list[Side]] = defaultdict(list)
    for side in _unambiguous(plans, lambda side: (side.document.doc_id, getattr(side.row, "due", None)), says):
        by_plan[side.document.doc_id].append(side)
    latest = sorted(by_plan.values(), key=lambda sides: (sides[0].span.last, sides[0].document.source))
    days = [sides[0].span.last for sides in latest]
    kept = _unambiguous(reports, lambda side: (side.document.doc_id, side.span.last), lambda row: _value(row))
    found: defaultdict[str, list[tuple[Side, Side]]] = defaultdict(list)
    for report in sorted(kept, key=lambda side: (side.span.last, side.document.source)):
        out = published(report.document)
        earlier = bisect_left(days, min(out.first, report.span.last)) if out and out.first else 0
        for sides in latest[max(earlier - _PLANS, 0) : earlier]:
            plan = _due_nearest(sides, report)
            if plan is not None and plan.document.doc_id != report.document.doc_id:
                found[row_id(plan.row)].append((plan, report))
    for pairs in found.values():
        yield from sorted(pairs, key=lambda pair: _distance(*pair))[:_REPORTS]


def _unambiguous(sides: Iterable[Side], group: Callable[[Side], Hashable], says: Callable[[Any], Hashable]) -> list[Side]:
    """One side for each group, none where a group says two things."""
    groups: defaultdict[Hashable, list[Side]] = defaultdict(list)
    for side in sides:
        groups[group(side)].append(side)
    return [sides[0] for sides in groups.values() if len({says(side.row) for side in sides}) == 1]


def _due_nearest(sides: list[Side], report: Side) -> Side | None:
    """Of a plan's targets for one thing (2023年80个, 2024年120个) the one that a report's day belongs to."""
    told = [side for side in sides if _due(side) is None or _within(report, _due(side))]
    return min(told, key=lambda side: _distance(side, report), default=None)


def _within(report: Side, due: date) -> bool:
    """Whether a report may tell of a due day: it does not count from later on, and is not too long after."""
    return report.span.last <= due + GRACE and not (report.span.first and report.span.first > due)


def _due(side: Side) -> Any:
    return getattr(side.row, "due", None)


def _distance(plan: Side, report: Side) -> int:
    due = _due(plan)
    return abs((report.span.last - due).days) if due else -report.span.last.toordinal()


def _value(row: TargetRow | TallyRow) -> Hashable:
    return (row.base_value, row.operator) if isinstance(row, TargetRow) else (row.done, row.ongoing, row.pending)


def row_id(row: Any) -> str:
    """A row's own id: the first of its columns."""
    return str(row[0])
