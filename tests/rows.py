"""The rows of a document as they must be in every format it is saved in: without ids, offsets, pages and what names the file."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.pipeline import Converted

_TABLES = ("documents", "measures", "fields", "targets", "tallies", "owners", "participants", "dates")
_OWN = frozenset({"source", "format", "doc_id", "chars", "pages", "page", "boxes", "repairs", "start", "end", "own_spans"})


def bare_rows(document: Converted) -> dict[str, list[dict[str, object]]]:
    """By table, its rows by column; ids only as the number that they end with."""
    return {
        table: [
            {
                column.name: str(value).rpartition("-")[2] if column.name.endswith("_id") else value
                for column in fields(row)
                if column.name not in _OWN
                for value in (getattr(row, column.name),)
            }
            for row in getattr(document.rows, table)
        ]
        for table in _TABLES
    }
