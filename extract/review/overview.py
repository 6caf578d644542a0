"""The whole output as its overview shows it: figures and charts for the template, lists for the script to page through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.review.charts import Timeline, timeline
from extract.review.entries import matter, target
from extract.review.read import Found, Row
from extract.review.words import name_of_code
from extract.tables.labels import Lang, table_label
from extract.tables.messages import message_in
from extract.tables.schema import tables

Cell = str | int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows. lists: by name, rows of cells in the order that overview.js names them."""

    outcomes: Sequence[tuple[str, str, int]]
    tables: Sequence[tuple[str, int]]
    numerals: tuple[int, int]
    timeline: Timeline
    diagnostics: Sequence[tuple[str, str, int]]
    not_converted: Sequence[tuple[str, str, str, str]]
    lists: Mapping[str, Sequence[Sequence[Cell]]]


def overview(found: Found, lang: Lang) -> Overview:
    """The overview of an output folder."""
    place = {row["doc_id"]: i for i, row in enumerate(found.documents)}
    rows = {name: [row for doc_id in place for row in found.rows(name, doc_id)] for name in ("ledger", "targets", "tallies", "diagnostics")}
    due = [row for row in rows["targets"] if row["kind"] == "target" and row["due"]]
    codes = Counter((row["severity"], row["code"]) for row in rows["diagnostics"])
    return Overview(
        outcomes=_outcomes(found.outcomes, lang),
        tables=[(table_label(name, lang), total) for name, total in _totals(found)],
        numerals=(sum(int(row["numerals"]) for row in found.documents), sum(int(row["numerals_claimed"]) for row in found.documents)),
        timeline=timeline((row["deadline"] for row in rows["ledger"]), (row["due"] for row in due)),
        diagnostics=[(code, name_of_code("code", code, lang), total) for (_, code), total in codes.most_common()],
        not_converted=[
            (
                row["source"],
                name_of_code("status", row["status"], lang),
                name_of_code("code", row["code"], lang),
                message_in(row["message"], lang),
            )
            for row in found.outcomes
            if row["status"] != "converted"
        ],
        lists={
            "documents": [_document(found, row, lang) for row in found.documents],
            "due": _due(found, place, rows["ledger"], due, lang),
            "tallies": [_tally(place, row) for row in rows["tallies"] if row["total"] or row["rate"]],
            "diagnostics": _diagnostics(found, place, lang),
        },
    )


def _outcomes(outcomes: Sequence[Row], lang: Lang) -> list[tuple[str, str, int]]:
    codes = next(column.codes for table in tables() if table.name == "outcomes" for column in table.columns if column.name == "status")
    totals = Counter(row["status"] for row in outcomes)
    return [(code, name_of_code("status", code, lang), totals[code]) for code in codes]


def _totals(found: Found) -> Iterable[tuple[str, int]]:
    """How many rows each table has."""
    own = {"documents": found.documents, "outcomes": found.outcomes, "followups": found.followups}
    for table in tables():
        if table.name in own:
            yield table.name, len(own[table.name])
        else:
            yield table.name, sum(map(len, found.cells[table.name].values()))


def _document(found: Found, row: Row, lang: Lang) -> list[Cell]:
    doc_id = row["doc_id"]
    totals = [len(found.cells[name].get(doc_id, ())) for name in ("ledger", "targets", "tallies", "diagnostics")]
    kind = name_of_code("doc_type", row["doc_type"], lang)
    return [doc_id, row["title"] or row["source"], row["source"], kind, row["region"], row["issuer"], row["published"], *totals]


def _due(found: Found, place: Mapping[str, int], ledger: Iterable[Row], due: Iterable[Row], lang: Lang) -> list[list[Cell]]:
    """Matters and targets that have a day, the earliest first; `done` where the ledger or a later report says so, `told` where a matter's
    progress is told in words that give no status: it may be done, and is not called overdue."""
    reached = {row["plan_row_id"] for row in found.followups if row["verdict"] == "reached"}
    owners = {row["measure_id"]: row["lead"] or row["responsible"] for row in ledger if row["measure_id"]}
    listed: list[list[Cell]] = []
    for row in ledger:
        if row["deadline"]:
            state = "done" if row["status"] == "done" else "told" if row["status"] == "unknown" and row["progress"] else ""
            who = row["lead"] or row["responsible"]
            listed.append([row["deadline"], "m", place[row["doc_id"]], row["ledger_id"], matter(row, lang)[0], who, state])
    for row in due:
        state = "done" if row["target_id"] in reached else ""
        name = target(row, lang)[0]
        listed.append([row["due"], "t", place[row["doc_id"]], row["target_id"], name, owners.get(row["measure_id"], ""), state])
    return sorted(listed, key=lambda one: (one[0], one[2], one[3]))


def _tally(place: Mapping[str, int], row: Row) -> list[Cell]:
    figures: list[Cell] = [int(row[name]) if row[name] else -1 for name in ("total", "done", "ongoing", "pending")]
    return [place[row["doc_id"]], row["tally_id"], row["subject"], *figures, row["rate"], row["as_of"], row["balanced"]]


def _diagnostics(found: Found, place: Mapping[str, int], lang: Lang) -> list[list[Cell]]:
    return [
        [i, f"{doc_id}-x{n:04}", row["code"], name_of_code("code", row["code"], lang), message_in(row["message"], lang), row["severity"]]
        for doc_id, i in place.items()
        for n, row in enumerate(found.rows("diagnostics", doc_id), 1)
    ]
