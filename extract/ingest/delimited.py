"""Sheets saved as text (CSV, TSV): cells divided by commas, tabs or semicolons, in any encoding of Chinese text."""

from __future__ import annotations

import csv
import io

from extract.errors import IngestError
from extract.ingest.charset import decode
from extract.ingest.remerge import Row, merged_again
from extract.ingest.sheet import LAST_COLUMN, read_sheets, sheet_of
from extract.model import RawDocument

_DELIMITERS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 40
"""Rows that tell what divides the cells."""


def read_csv(data: bytes, source: str, name: str) -> RawDocument:
    """The rows of a file as a sheet; see `read_sheets`. Raises IngestError: `damaged`, `no_text`, `unknown_format`, and `own_table` for
    a table that this program wrote."""
    text, encoding = decode(data)
    try:
        rows = _rows(text.replace("\x00", ""))
    except csv.Error as error:
        raise IngestError(f"{source}: its cells cannot be told apart ({error}); save it as .xlsx", code="damaged") from error
    if rows and "doc_id" in rows[0] and all(cell.replace("_", "").isascii() for cell in rows[0]):
        raise IngestError(f"{source}: a table of an earlier run, no notice; leave the output folder out of the input", code="own_table")
    rows = [[cell.strip(" \t\u3000\xa0") for cell in row[:LAST_COLUMN]] for row in rows]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    filled = [x for x in range(width) if any(row[x] for row in rows)]  # an empty first column would say that every row goes on
    rows = [[row[x] for x in filled] for row in rows]
    cells = ((y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row))
    found = read_sheets([("", sheet_of(cells, merged_again(rows), set(), set()))], source, name, {})
    return found if encoding == "utf-8" else RawDocument(source, name, found.text, found.blocks, repairs=("encoding",))


def _rows(text: str) -> list[Row]:
    """The rows by the delimiter that gives most rows the same number of cells. Excel may name it in the first line."""
    if text[:5].lower().startswith("sep=") and "\n" in text:
        first, _, text = text.partition("\n")
        return _parsed(text, first[4:5] or ",")
    sample = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    return _parsed(text, max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter)))


def _parsed(text: str, delimiter: str) -> list[Row]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _evenness(sample: str, delimiter: str) -> int:
    try:
        widths = [len(row) for row in _parsed(sample, delimiter) if row]
    except csv.Error:
        return 0
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)
