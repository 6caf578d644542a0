"""CSV as the contract has it: UTF-8 with a byte-order mark, RFC 4180 quoting, `\\n` line ends.

No cell begins as a formula does: a spreadsheet would run it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from extract.tables.schema import Table

BOM = b"\xef\xbb\xbf"

Cell = str | int | bool | Decimal | date | None

_FORMULA = frozenset("=+-@＝＋－＠'\t\r")


def header(table: Table) -> bytes:
    """The byte-order mark and the header line of a table."""
    return BOM + (",".join(column.name for column in table.columns) + "\n").encode()


def lines(table: Table, rows: Iterable[Iterable[Cell]]) -> bytes:
    """The lines of some rows, without header. NUL and lone surrogates, which no table may hold, become U+FFFD and a question mark."""
    out = io.StringIO()
    writers = [_code if column.codes else _cell for column in table.columns]
    csv.writer(out, lineterminator="\n").writerows([write(cell) for write, cell in zip(writers, row, strict=True)] for row in rows)
    return out.getvalue().replace("\0", "\ufffd").encode("utf-8", "replace")


def _code(cell: Cell) -> Cell:
    """A code is ours, not the document's: the operator `=` alone is no formula."""
    return "" if cell is None else cell


def _cell(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in _FORMULA else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def plain(number: Decimal) -> str:
    """A number without exponent and without zeros that say nothing: 16600, 4.14, 0.666667 (thirds end after six places)."""
    text = f"{number:f}" if -int(number.as_tuple().exponent) <= 6 else f"{number:.6f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
