"""How the matters of a ledger stand once later reports are known, and what is overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from extract.tables.follow.links import Source
from extract.tables.schema import FollowupRow, LedgerRow, Status


def standings(source: Source, followups: Iterable[FollowupRow]) -> dict[str, Status]:
    """By ledger id, how a plan's matters stand: done where the notice about it says so or all its targets were reached, else ongoing."""
    latest: dict[str, FollowupRow] = {}
    for row in followups:  # in the order of the reports' days
        latest[row.plan_row_id] = row
    found: dict[str, Status] = {}
    reached: defaultdict[str, int] = defaultdict(int)
    plans = {row.plan_doc_id for row in latest.values() if row.rule in ("followup-target", "followup-count")}
    matters = _matters(source, plans)
    for target in source("targets", plans) if matters else ():
        link = latest.get(target.target_id)
        matter = matters.get(target.measure_id) if link else None
        if link is not None and matter is not None:
            reached[matter.ledger_id] += link.verdict == "reached"
            found[matter.ledger_id] = "done" if reached[matter.ledger_id] == matter.target_count else "ongoing"
    for row in latest.values():
        if row.rule == "followup-problem":
            found[row.plan_row_id] = "done" if row.verdict == "reached" else "ongoing"
    return found


def _matters(source: Source, documents: set[str]) -> dict[str, LedgerRow]:
    """By item, the matter that it belongs to: its own, or that of the nearest item around it that is one."""
    if not documents:
        return {}
    found = {row.measure_id: row for row in source("ledger", documents) if row.measure_id}
    for item in source("measures", documents):  # parents come before their children
        if item.measure_id not in found and item.parent_id in found:
            found[item.measure_id] = found[item.parent_id]
    return found


def settled(rows: Iterable[LedgerRow], standing: Mapping[str, Status], as_of: date | None) -> Iterator[LedgerRow]:
    """The ledger with what later reports say, and with what was not done by its last day and before `as_of` as overdue.

    What a document itself says of a matter stays, unless a later report says that it is done. A matter whose progress is told in words that
    give no status may be done: it is not called overdue.
    """
    for row in rows:
        status = row.status
        later = standing.get(row.ledger_id)
        if later and (status == "unknown" or later == "done") and "status" not in row.corrected.split(";"):
            status = later
        told = status != "done" and not (status == "unknown" and row.progress)
        if as_of and row.deadline and row.deadline < as_of and told:
            status = "overdue"
        yield row if status == row.status else row._replace(status=status)
