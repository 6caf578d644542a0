"""What a reader should know of the tables: sums that do not add up, counts that are not met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extract.model import Diagnostic
from extract.tables.schema import Tables


def is_balanced(total: int | None, *parts: int | None) -> bool | None:
    """Whether the parts of a tally add up to its total; None where they cannot be added up.

    One part alone says nothing about the others, unless it is all there is, or more than that.
    """
    stated = [part for part in parts if part is not None]
    if total is None or not stated:
        return None
    if len(stated) == 1 and stated[0] < total:
        return None
    return sum(stated) == total


def check(tables: Tables) -> tuple[Diagnostic, ...]:
    """The diagnostics that the rows of one document give rise to."""
    return (*_unbalanced(tables), *_miscounted(tables))


def _unbalanced(tables: Tables) -> Iterator[Diagnostic]:
    for row in tables.tallies:
        if row.balanced is False:
            parts = [str(part) for part in (row.done, row.ongoing, row.pending) if part is not None]
            message = f"{row.subject}: the total is {row.total}, the parts are {' + '.join(parts)}"
            yield Diagnostic("tally_unbalanced", "warning", message, row.start, row.end)


def _miscounted(tables: Tables) -> Iterator[Diagnostic]:
    """A bare total that opens a list (存在以下5个问题), against the items that the list has.

    Only a total in an item whose children are numbered is held against them: elsewhere it may count what another document lists.
    """
    children = Counter(row.parent_id for row in tables.measures if row.marker in ("number", "word"))
    heads = {row.measure_id: row for row in tables.measures if row.role == "problem"}
    for tally in tables.tallies:
        bare = tally.done is None and tally.ongoing is None and tally.pending is None
        listed = children.get(tally.measure_id, 0)
        if bare and tally.total and tally.measure_id in heads and listed >= 2 and listed != tally.total:
            message = f"{tally.subject}: the text says {tally.total}, the list has {listed}"
            yield Diagnostic("count_mismatch", "warning", message, tally.start, tally.end)
