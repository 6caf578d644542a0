"""CSV as the contract has it: UTF-8 with a byte-order mark, RFC 4180 quoting, `\\n` line ends.

No cell begins as a formula does: a spreadsheet would run it.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from extract.tables.schema import Cell, Column, Row, Table

BOM = b"\xef\xbb\xbf"

_FORMULA = frozenset(("=", "+", "-", "@", "＝", "＋", "－", "＠", "'", "\t", "\r"))

_PLACES = 6


def header(table: Table) -> bytes:
    """The byte-order mark and the header line of a table."""
    return BOM + (",".join(column.name for column in table.columns) + "\n").encode()


def lines(table: Table, content: Iterable[Iterable[Cell]]) -> bytes:
    """The lines of some rows, without header. NUL and lone surrogates, which no table may hold, become U+FFFD and a question mark."""
    texts, others = _to_convert(table)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_written(list(row), texts, others) for row in content)
    return out.getvalue().replace("\0", "\ufffd").encode("utf-8", "replace")


def read(table: Table, path: Path) -> Iterator[Row]:
    """The rows of a table that was written here, in order, one at a time, their cells typed as they were."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        next(file)
        yield from _typed(table, file)


def rows(table: Table, content: bytes) -> Iterator[Row]:
    """The rows of some lines without header, typed: the inverse of `lines`."""
    return _typed(table, io.StringIO(content.decode(), newline=""))


def _typed(table: Table, text: Iterable[str]) -> Iterator[Row]:
    csv.field_size_limit(sys.maxsize)  # the text of one item may be longer than the module's own limit
    texts, _ = _to_convert(table)
    readers = _readers(table)
    for row in csv.reader(text):
        for i in texts:
            if row[i][:1] == "'":
                row[i] = row[i][1:]
        typed: list[Cell] = [*row]
        for i, reader in readers:
            typed[i] = reader(row[i]) if row[i] else None
        yield table.row(*typed)


@cache
def _readers(table: Table) -> list[tuple[int, Callable[[str], Cell]]]:
    """The columns whose cells are not the text that stands there, with what makes them of it."""
    return [(i, reader) for i, column in enumerate(table.columns) if (reader := _reader(column))]


def _reader(column: Column) -> Callable[[str], Cell] | None:
    """What makes a cell of its text, which is not empty; None for text that stays as it is, even where it is empty."""
    if column.type == "string":
        return str if column.codes and not column.required else None
    return _READERS[column.type]


_READERS: dict[str, Callable[[str], Cell]] = {
    "integer": int,
    "number": Decimal,
    "date": date.fromisoformat,
    "boolean": "true".__eq__,
}


@cache
def _to_convert(table: Table) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns of free text, and those whose values the csv module would not write as the contract does.

    Ids and codes are ours, not the document's: the operator `=` alone is no formula.
    """
    columns = list(enumerate(table.columns))
    texts = tuple(i for i, column in columns if column.type == "string" and not column.codes and not column.name.endswith("_id"))
    return texts, tuple(i for i, column in columns if column.type in ("number", "boolean"))


def _written(cells: list[Cell], texts: tuple[int, ...], others: tuple[int, ...]) -> list[Cell]:
    for i in texts:
        cell = cells[i]
        if isinstance(cell, str) and cell[:1] in _FORMULA:
            cells[i] = f"'{cell}"
    for i in others:
        cell = cells[i]
        if isinstance(cell, Decimal):
            cells[i] = plain(cell)
        elif isinstance(cell, bool):
            cells[i] = "true" if cell else "false"
    return cells


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: 16600, 4.14, 0.666667 (thirds end after six places)."""
    text = str(number)
    if "E" in text:
        text = f"{number:f}"
    whole, point, fraction = text.partition(".")
    if len(fraction) > _PLACES:
        whole, point, fraction = f"{number:.{_PLACES}f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole + point + fraction if fraction else whole
