"""Sheets saved as text (CSV, TSV): cells divided by commas, tabs or semicolons, in any encoding of Chinese text.

What a merged cell covered is empty in such a file. Where the rows tell it, it is merged again: heads of two lines, rows of one cell, and
rows that go on with the one above, whose first cell is empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import pairwise

from extract.errors import IngestError
from extract.ingest.charset import decode
from extract.ingest.sheet import LAST_COLUMN, Place, is_aside, read_sheets, sheet_of
from extract.model import RawDocument

_DELIMITERS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 40
"""Rows that tell what divides the cells."""
_LEAST_WIDTH = 3

Row = list[str]


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
    cells = ((y, x, cell) for y, row in enumerate(rows) for x, cell in enumerate(row))
    found = read_sheets([("", sheet_of(cells, _merged(rows), set(), set()))], source, name, {})
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


def _merged(rows: Sequence[Row]) -> dict[Place, Place]:
    """The ranges that were merged, from their first cell to their last, by row and column."""
    width = len(rows[0]) if rows else 0
    ranges: dict[Place, Place] = {}
    if width < _LEAST_WIDTH:
        return ranges
    head = next((y for y, row in enumerate(rows) if sum(map(bool, row)) > 1 and not is_aside([*filter(None, row)], width)), len(rows))
    body = head + 1
    if body < len(rows) and _goes_on(rows[head], rows[body]):
        ranges |= _head_ranges(rows[head], rows[body], head)
        body += 1
    sections = _sections(rows, body)
    ranges |= {(y, 0): (y, width - 1) for y in range(body, len(rows)) if not any(y in section for section in sections)}
    grouped = {x for x in range(1, width) if len(sections) > 1 and all(_is_grouped(rows, x, section) for section in sections)}
    for section in sections:
        ranges |= _continued(rows, section, grouped)
    return ranges


def _sections(rows: Sequence[Row], body: int) -> list[range]:
    """The stretches of rows that rows of one cell, which are titles of sections, divide."""
    titles = [y for y in range(body, len(rows)) if rows[y][0] and not any(rows[y][1:])]
    edges = [body - 1, *titles, len(rows)]
    return [range(above + 1, below) for above, below in pairwise(edges) if below - above > 1]


def _is_grouped(rows: Sequence[Row], x: int, section: range) -> bool:
    """Whether a column is filled in the first row of a section alone, as one that is merged over the section."""
    return bool(rows[section[0]][x]) and not any(rows[y][x] for y in section[1:])


def _continued(rows: Sequence[Row], section: range, grouped: set[int]) -> dict[Place, Place]:
    """The cells of a section that go on in rows whose first cell is empty, or, in grouped columns, in all of it."""
    ranges: dict[Place, Place] = {}
    for x in range(len(rows[section[0]])):
        owner = -1
        for y in section:
            if rows[y][x] or (rows[y][0] and x not in grouped):
                owner = y
            elif owner >= 0 and rows[owner][x]:
                ranges[owner, x] = (y, x)
    return ranges


def _goes_on(head: Row, below: Row) -> bool:
    """Whether a row is the second line of a head: it fills what the first leaves empty, and little else."""
    filled = [x for x, cell in enumerate(below) if cell]
    empty = [x for x, cell in enumerate(head) if not cell]
    return bool(empty) and not below[0] and all(below[x] for x in empty) and len(filled) <= 2 * len(empty)


def _head_ranges(head: Row, below: Row, y: int) -> dict[Place, Place]:
    ranges: dict[Place, Place] = {}
    for x, cell in enumerate(head):
        if cell and not below[x]:
            ranges[y, x] = (y + 1, x)
        elif cell:
            end = x
            while end + 1 < len(head) and not head[end + 1]:
                end += 1
            ranges[y, x] = (y, end)
    return ranges
