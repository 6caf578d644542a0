"""Sheets of any program: each that is shown becomes a table, with its title rows above and its notes below."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from extract.errors import IngestError
from extract.ingest.assemble import Box, document, table_part
from extract.ingest.flow import Part
from extract.ingest.remerge import Place
from extract.ingest.stretches import stretches
from extract.model import Diagnostic, RawDocument

LAST_COLUMN = 16_384
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)
_PUSHED = re.compile(r"[ \u3000\xa0]{8,}")
_LARGEST_GRID = 2_000_000
_EDGES = " \t\n\r\u3000\xa0"

Title = str


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: the texts of its filled cells by row and column, merged ranges by their first shown cell (last row, last column)."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_sheets(sheets: Iterable[tuple[Title, Sheet | None]], source: str, name: str, meta: dict[str, str]) -> RawDocument:
    """The document that sheets hold, None for those that are hidden; what is hidden is left out, and a diagnostic says so.

    Rows above a table's head and notes below it that fill one cell are paragraphs; where several sheets hold anything, the name of one
    without a title is a heading. Raises IngestError: `too_large`, `no_text`.
    """
    notes: list[Diagnostic] = []
    found: list[tuple[str, list[Part]]] = []
    for title, sheet in sheets:
        if sheet is None:
            notes.append(Diagnostic("left_out", "info", f"the sheet {title} is hidden and left out"))
            continue
        notes += _hidden_notes(sheet, title)
        parts = list(_layout(sheet, source))
        if parts:
            found.append((title, parts))
    several = len(found) > 1
    parts = [part for title, own in found for part in (*_heading(title, own, several=several), *own)]
    return document(source, name, parts, meta, (), notes)


def _heading(title: str, parts: list[Part], *, several: bool) -> Iterator[Part]:
    """The name of a sheet that has no title of its own, unless the name says nothing."""
    name = title.strip(_EDGES)
    if several and parts[0].kind == "table" and name and not _DEFAULT_NAME.fullmatch(name):
        yield Part("heading", name, "main", 1)


def _hidden_notes(sheet: Sheet, title: str) -> Iterator[Diagnostic]:
    for kind, count in (("rows", len(sheet.hidden_rows)), ("columns", len(sheet.hidden_columns))):
        if count:
            yield Diagnostic("left_out", "info", f"{count} hidden {kind} of the sheet {title} are left out")


def sheet_of(
    cells: Iterable[tuple[int, int, str]], ranges: Mapping[Place, Place], hidden_rows: set[int], hidden_columns: set[int]
) -> Sheet:
    """The sheet that cells make (row, column, text). ranges: merged ones, from their first cell to their last."""
    sheet = Sheet()
    rows, columns = _next_shown(hidden_rows), _next_shown(hidden_columns)
    for row, column, value in cells:
        text = value.strip(_EDGES)
        if not text:
            continue
        last = ranges.get((row, column))
        place = _first_shown(row, column, last, rows, columns)
        if place is None:
            if row in hidden_rows:
                sheet.hidden_rows.add(row)
            else:
                sheet.hidden_columns.add(column)
            continue
        sheet.rows.setdefault(place[0], {})[place[1]] = _lines(text)
        if last:
            sheet.merged[place] = last
    return sheet


def _next_shown(hidden: set[int]) -> dict[int, int]:
    """For each hidden row or column the next that is not."""
    following: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        following[number] = following.get(number + 1, number + 1)
    return following


def _first_shown(row: int, column: int, last: Place | None, hidden: dict[int, int], columns: dict[int, int]) -> Place | None:
    """Where a cell is shown: a merged one in the first row and column of its range that are not hidden; None where it is not."""
    end_row, end_column = last or (row, column)
    row, column = hidden.get(row, row), columns.get(column, column)
    return (row, column) if row <= end_row and column <= end_column else None


def _lines(text: str) -> str:
    """The lines of a cell that hold anything; many spaces push what follows to the next."""
    if text.isprintable() and "  " not in text:
        return text
    lines = (
        line.strip(_EDGES) for line in _PUSHED.sub("\n", text).replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    return "\n".join(line for line in lines if line)


def _layout(sheet: Sheet, source: str) -> Iterator[Part]:
    """A sheet as blocks: its tables, and lone cells and facts above, between and below them."""
    for is_table, rows in stretches(sheet.rows, sheet.merged):
        columns = sorted({column for row in rows for column in sheet.rows[row]})
        if is_table and len(columns) > 1:
            yield table_part(_grid(sheet, rows, columns, source))
        else:
            for row in rows:
                yield from _paragraphs(sheet.rows[row])


def _paragraphs(row: Mapping[int, str]) -> Iterator[Part]:
    return (Part("paragraph", line, "main") for _, text in sorted(row.items()) for line in text.split("\n"))


def _grid(sheet: Sheet, rows: list[int], columns: list[int], source: str) -> Iterator[list[Box]]:
    """The boxes of the rows and columns that hold anything, each merged range as one."""
    budget = _LARGEST_GRID - len(rows) * len(columns)
    covered: set[Place] = set()
    for y, row in enumerate(rows):
        boxes: list[Box] = []
        texts = sheet.rows[row]
        for x, column in enumerate(columns):
            if budget < 0:
                raise IngestError(f"{source}: a sheet holds more than {_LARGEST_GRID} cells; split it", code="too_large")
            if (y, x) in covered:
                continue
            end_row, end_column = sheet.merged.get((row, column), (row, column))
            high = max(1, bisect_right(rows, end_row) - y)
            wide = max(1, bisect_right(columns, end_column) - x)
            if high * wide > 1:
                budget -= high * wide
                covered.update((y + i, x + k) for i in range(high) for k in range(wide) if budget >= 0)
            boxes.append(Box(y, x, texts.get(column, ""), high, wide))
        yield boxes
