"""`metadata.json`: what makes Datasette serve the database as it is, with facets, descriptions and ready questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from extract.tables.schema import Table, tables

if TYPE_CHECKING:
    from extract.write.formats import Language

_FACETS = {
    "documents": ("doc_type", "region", "format"),
    "measures": ("role", "marker"),
    "fields": ("field",),
    "targets": ("kind", "change", "base_unit"),
    "tallies": ("balanced",),
    "owners": ("role", "kind"),
    "participants": ("role",),
    "dates": ("kind", "precision"),
    "followups": ("verdict", "region"),
    "ledger": ("status", "region"),
    "diagnostics": ("code", "severity"),
    "repairs": ("code",),
    "outcomes": ("status", "code"),
}
_SORTED = {"ledger": "deadline", "targets": "due"}


class Question(NamedTuple):
    """A question of an analyst: its name in both languages and its SQL; `:name` is asked for."""

    english: str
    chinese: str
    sql: str


QUESTIONS = {
    "due_between": Question(
        "Matters due between two days",
        "某段时间内到期的事项",
        "SELECT deadline, status, region, coalesce(nullif(lead, ''), responsible) AS who, measure, ledger_id FROM ledger"
        " WHERE deadline BETWEEN :first AND :last ORDER BY deadline, ledger_id",
    ),
    "who_leads_most": Question(
        "Who leads most",
        "谁牵头最多",
        "SELECT canonical, count(*) AS items, count(DISTINCT doc_id) AS documents FROM owners WHERE role = 'lead'"
        " GROUP BY canonical ORDER BY items DESC, canonical",
    ),
    "unbalanced_tallies": Question(
        "Tallies that do not add up",
        "分项与总数不符的计数",
        "SELECT subject, total, done, ongoing, pending, text, tally_id FROM tallies WHERE balanced = 0 ORDER BY tally_id",
    ),
    "plan_against_report": Question(
        "What was planned, and what was reported",
        "计划与完成情况对照",
        "SELECT region, indicator, plan_due, plan_value, plan_unit, report_as_of, report_value, report_unit, verdict FROM followups"
        " ORDER BY verdict, plan_due, followup_id",
    ),
    "search_items": Question(
        "Items with these words, set apart by spaces",
        "含有这些词的事项（词间用空格）",
        "SELECT measures.measure_id, documents.title, measures.heading, measures.text FROM measures_fts"
        " JOIN measures ON measures.rowid = measures_fts.rowid JOIN documents USING (doc_id)"
        " WHERE measures_fts MATCH coalesce(nullif(trim(:words), ''), '\"\"') ORDER BY rank LIMIT 200",
    ),
}


def metadata(language: Language) -> bytes:
    """The file's content, titles and column names in one of the two languages."""
    chinese = language == "zh"
    content = {
        "title": "台账" if chinese else "Taizhang",
        "databases": {
            "taizhang": {
                "tables": {table.name: _table(table, chinese=chinese) for table in tables()},
                "queries": {
                    name: {"title": question.chinese if chinese else question.english, "sql": question.sql}
                    for name, question in QUESTIONS.items()
                },
            }
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _table(table: Table, *, chinese: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": table.chinese if chinese else table.name,
        "description": table.about,
        "facets": list(_FACETS[table.name]),
        "columns": {column.name: f"{column.chinese}: {column.about}" if chinese else column.about for column in table.columns},
    }
    if table.name in _SORTED:
        found["sort"] = _SORTED[table.name]
    return found
