"""What became of one file, in the form in which a run keeps it: the bytes of its rows, ready for the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from extract.tables.schema import Cell, OutcomeRow, Table, Tables, tables
from extract.write import csv_file


class Result(NamedTuple):
    """One file's outcome and rows.

    text: the canonical text as `texts/` holds it.   lines: CSV lines by table, for tables that have rows.   counts: rows by table.
    numerals: how many, and how many are accounted for.   members: names of what an archive holds, each to be read as a file of its own.
    """

    outcome: OutcomeRow
    text: bytes = b""
    lines: Mapping[str, bytes] = {}
    counts: Mapping[str, int] = {}
    numerals: tuple[int, int] = (0, 0)
    members: tuple[str, ...] = ()


def converted(source: str, container: str, doc_id: str, text: str, rows: Tables) -> Result:
    """The result of a document that could be read."""
    document = rows.documents[0]
    outcome = OutcomeRow(source, container, "converted", "", "", doc_id)
    numerals = (document.numerals, document.numerals_claimed)
    return with_rows(Result(outcome, text.encode("utf-8", "replace"), numerals=numerals), rows)


def with_rows(result: Result, rows: Tables) -> Result:
    """The same result with other rows."""
    filled: Iterable[tuple[Table, tuple[Iterable[Cell], ...]]] = ((table, getattr(rows, table.name)) for table in tables())
    filled = [(table, content) for table, content in filled if content]
    lines = {table.name: csv_file.lines(table, content) for table, content in filled}
    return result._replace(lines=lines, counts={table.name: len(content) for table, content in filled})


def rows_of(result: Result) -> Tables:
    """The rows of a result, typed."""

    def rows(table: Table) -> tuple[Any, ...]:
        return tuple(csv_file.rows(table, result.lines.get(table.name, b"")))

    return Tables(**{table.name: rows(table) for table in tables()})


def pack(result: Result) -> bytes:
    """A result as bytes, the same for the same result, that show when some of them are missing."""
    facts = [result.outcome, result.counts, result.numerals, result.members, {name: len(lines) for name, lines in result.lines.items()}]
    head = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    body = b"".join((head, b"\n", *result.lines.values(), result.text))
    return hashlib.sha256(body).digest() + body


def unpack(data: bytes) -> Result | None:
    """The result that was packed, None where the bytes are not all that were written."""
    body = data[32:]
    if hashlib.sha256(body).digest() != data[:32]:
        return None
    head, _, rest = body.partition(b"\n")
    outcome, counts, numerals, members, lengths = json.loads(head)
    lines = {}
    place = 0
    for name, length in lengths.items():
        lines[name] = rest[place : place + length]
        place += length
    return Result(OutcomeRow(*outcome), rest[place:], lines, counts, (numerals[0], numerals[1]), tuple(members))
