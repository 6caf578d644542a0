"""The rows of a document as they must be in every format it is saved in: without ids, offsets, pages and what names the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.pipeline import Converted

_TABLES = ("documents", "measures", "fields", "targets", "tallies", "owners", "participants", "dates")
_OWN = frozenset({"source", "format", "doc_id", "chars", "pages", "page", "boxes", "repairs", "start", "end", "own_spans"})


def bare_rows(document: Converted, *, without: Iterable[str] = ()) -> dict[str, list[dict[str, object]]]:
    """By table, its rows by column; ids only as the number that they end with. `without`: more columns that are left out, such as those
    that a page states outside its text."""
    out = _OWN.union(without)
    return {table: [_bare(row._asdict(), out) for row in getattr(document.rows, table)] for table in _TABLES}


def _bare(row: dict[str, object], out: frozenset[str]) -> dict[str, object]:
    return {key: str(value).rpartition("-")[2] if key.endswith("_id") else value for key, value in row.items() if key not in out}
