"""SQLite: the tables with keys, indexes and views, and a full-text search over the items."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.tables.schema import CONTRACT_VERSION, Cell, Row, Table, tables

if TYPE_CHECKING:
    from extract.write.formats import Rows

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "date": "TEXT", "boolean": "INTEGER"}
_INDEXES = (
    ("ledger", "deadline"),
    ("ledger", "status"),
    ("ledger", "region"),
    ("targets", "indicator"),
    ("targets", "due"),
    ("owners", "canonical"),
    ("dates", "end_date"),
    ("followups", "verdict"),
)

_VIEWS = """
CREATE VIEW ledger_sources AS
  SELECT documents.title AS document, documents.source, documents.published, ledger.*
  FROM ledger JOIN documents USING (doc_id);
CREATE VIEW targets_by_indicator AS
  SELECT indicator, base_unit, sum(kind = 'target') AS targets, sum(kind = 'result') AS results,
    count(DISTINCT doc_id) AS documents, min(base_value) AS lowest, max(base_value) AS highest, min(due) AS first_due, max(due) AS last_due
  FROM targets GROUP BY indicator, base_unit ORDER BY count(*) DESC, indicator, base_unit;
CREATE VIEW deadlines_by_month AS
  SELECT substr(deadline, 1, 7) AS month, count(*) AS matters, sum(status = 'done') AS done, sum(status = 'overdue') AS overdue,
    sum(status NOT IN ('done', 'overdue')) AS open
  FROM ledger WHERE deadline IS NOT NULL GROUP BY month ORDER BY month;
"""

_SEARCH = """
CREATE VIRTUAL TABLE measures_fts USING fts5(heading, text, content="measures", tokenize="unicode61");
"""


def write(path: Path, rows: Rows) -> None:
    """Build the database anew in one transaction, then vacuum it: the same rows give the same bytes.

    `measures_fts` holds the items' words as jieba cuts them, long words and the words inside them, so that a search is for words set apart
    by spaces: `measures_fts MATCH '污水 处理'`.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {CONTRACT_VERSION}; BEGIN;")
        for table in tables():
            base.execute(_declaration(table))
            base.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", _cells(table, rows(table)))  # noqa: S608  names of ours
        for name, column in _index_columns():
            base.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
        for statement in (_VIEWS + _SEARCH).split(";")[:-1]:
            base.execute(statement)
        base.executemany("INSERT INTO measures_fts (rowid, heading, text) VALUES (?, ?, ?)", _segmented(base))
        base.execute("INSERT INTO measures_fts (measures_fts) VALUES ('optimize')")
        base.execute("COMMIT")
        base.execute("VACUUM")


def _declaration(table: Table) -> str:
    parts = [f"{column.name} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}" for column in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({table.key})")
    for column, target in table.foreign:
        key = next(one.key for one in tables() if one.name == target)
        parts.append(f"FOREIGN KEY ({column}) REFERENCES {target} ({key})")
    return f"CREATE TABLE {table.name} ({', '.join(parts)})"


def _index_columns() -> Iterable[tuple[str, str]]:
    return [*((table.name, column) for table in tables() for column, _ in table.foreign), *_INDEXES]


def _cells(table: Table, rows: Iterator[Row]) -> Iterator[list[Any]]:
    """Cells as SQLite holds them: days as ISO text, numbers as floats, and no reference where the row belongs to nothing."""
    foreign = [i for i, column in enumerate(table.columns) if column.name in dict(table.foreign)]
    for row in rows:
        cells = [_cell(cell) for cell in row]
        for i in foreign:
            cells[i] = cells[i] or None
        yield cells


def _cell(cell: Cell) -> str | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _segmented(base: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    from extract.nlp.words import search_words

    for number, heading, text in base.execute("SELECT rowid, heading, text FROM measures ORDER BY rowid"):
        yield number, " ".join(search_words(heading)), " ".join(search_words(text))
