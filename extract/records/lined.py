"""Tables of counts that plain text keeps as lines: a row on each line, or each cell on a line of its own, a head above them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extract.model import Claim, Outline, Tally, View
from extract.records.statistics import SUM, noun_before, parts_of
from extract.rulebook import Rulebook

_CELL = r"\d{1,6}(?:\.\d{1,2})?[%％]?"
_NAME = r"(?P<name>[\p{Han}“（(][\p{Han}、（）()“”·]{1,19}|\p{Han}(?:[ \u3000]\p{Han})?)"
_ROWS = (
    regex.compile(
        rf"(?m)^[ \t\u3000]*(?:\d{{1,3}}[ \t\u3000.、]+)?{_NAME}[ \t\u3000]*(?P<cell>{_CELL})(?:[ \t\u3000]+(?P<cell>{_CELL}))+[ \t\u3000]*$"
    ),
    regex.compile(rf"(?m)^{_NAME}\n+(?P<cell>{_CELL})(?:\n+(?P<cell>{_CELL}))+$"),
)
"""A row on one line, with its number or without; a row whose cells stand below each other."""
_CUE = re.compile(r"[\d%％][ \t\u3000\n]+\d{1,6}(?:\.\d{1,2})?[%％]?[ \t\u3000]*$", re.MULTILINE)
"""What every row ends in, two cells: a text without any is not looked through."""
_HEAD = regex.compile(r"[^\s。；，：:\d]{1,14}")
_GAP = regex.compile(r"[ \t\u3000]+|(?<=[）)])(?=\p{Han})")
"""What stands between heads: 问题总数（个）|已整改（个）."""
_LINES, _SHORT = 8, 30
"""Lines above the first row among which the table's caption stands, and how long they are."""
_ABOVE = 200
"""Characters above the first row in which the head stands."""


class _Row(NamedTuple):
    """start, end: of the row.   name: of the place or body.   cells: where its numbers stand, and what they are."""

    start: int
    end: int
    name: str
    cells: tuple[tuple[int, int, str], ...]


def read_lined(outline: Outline, view: View, rulebook: Rulebook, told: Sequence[Tally]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the rows whose head names a whole and how some of it stand. `told`: the tallies of the running text, in order."""
    if _CUE.search(view.text) is None:
        return [], []
    nouns = list(rulebook.lookup("table_nouns"))
    parts = parts_of(rulebook)
    starts = [passage.start for passage in outline.passages]
    tallies: list[Tally] = []
    claims: list[Claim] = []
    for rows, stacked in _blocks(view.text):
        at = bisect_right(starts, rows[0].cells[0][0]) - 1
        heads = _heads(view.text, rows[0].start, len(rows[0].cells), stacked=stacked)
        if at < 0 or outline.passages[at].row >= 0 or not heads:
            continue
        columns = _columns(parts.of(heads), rows)
        if "total" not in columns or not {"done", "ongoing", "pending"}.intersection(columns):
            continue
        whole = heads[columns.index("total")]
        before = [tally for tally in told if tally.start < rows[0].start]
        noun = (
            next((word for word in nouns if word in whole), "")
            or _caption(view.text, rows[0].start, nouns)
            or noun_before(view, rows[0].start, nouns, before)
        )
        for row in rows:
            at = max(0, bisect_right(starts, row.cells[0][0]) - 1)
            count = {part: float(cell.rstrip("%％")) for part, (_, _, cell) in zip(columns, row.cells, strict=True) if part}
            total, done, ongoing, pending = (
                int(count[part]) if part in count else None for part in ("total", "done", "ongoing", "pending")
            )
            name = row.name.replace(" ", "").replace("\u3000", "")
            subject = noun if SUM.match(name) else name if name.endswith(noun) else name + noun
            rate = next((q.value for q in view.quantities_in(row.start, row.end) if q.kind == "percent"), None) if "rate" in count else None
            node = outline.passages[at].node
            tallies.append(Tally(node, subject, total, done, ongoing, pending, rate, None, row.start, row.end, "tally-table"))
            claims += [Claim("tally", start, end, "tally-table") for part, (start, end, _) in zip(columns, row.cells, strict=True) if part]
    return tallies, claims


def _blocks(text: str) -> Iterator[tuple[list[_Row], bool]]:
    """Rows of as many cells each that follow upon each other, and whether their cells stand below each other."""
    for pattern in _ROWS:
        rows: list[_Row] = []
        for match in pattern.finditer(text):
            spans = zip(match.spans("cell"), match.captures("cell"), strict=True)
            row = _Row(match.start(), match.end(), match["name"], tuple((start, end, cell) for (start, end), cell in spans))
            if rows and (text[rows[-1].end : row.start].strip() or len(row.cells) != len(rows[-1].cells)):
                if len(rows) > 1:
                    yield rows, pattern is _ROWS[1]
                rows = []
            rows.append(row)
        if len(rows) > 1:
            yield rows, pattern is _ROWS[1]


def _heads(text: str, start: int, width: int, *, stacked: bool) -> list[str]:
    """The heads of the columns of numbers: the last words of the line above, or as many lines above; none where there are not enough."""
    lines = text[max(0, start - _ABOVE) : start].split("\n")
    lines = [line.strip() for line in lines if line.strip()]
    words = lines if stacked else [word for word in _GAP.split(lines[-1]) if word] if lines else []
    found = words[-width:]
    enough = len(words) > width or (len(words) == width and not stacked)
    return found if enough and all(_HEAD.fullmatch(word) for word in found) else []


def _caption(text: str, start: int, nouns: list[str]) -> str:
    """The noun that the short lines above a table name last, the longest of those that end there; else an empty string."""
    lines = text[max(0, start - _ABOVE) : start].split("\n")[-_LINES:]
    said = "\n".join(line for line in lines if len(line) <= _SHORT and not line.endswith(("。", "；")))
    found = max(nouns, key=lambda noun: (said.rfind(noun) + len(noun) if noun in said else -1, len(noun)))
    return found if found in said else ""


def _columns(read: Sequence[tuple[str, str]], rows: list[_Row]) -> list[str]:
    """What each column counts; of two columns of things done the first is the whole, where no other is and it is never smaller."""
    columns = [part for part, _ in read]
    twice = [i for i, part in enumerate(columns) if part == "done"][:2]
    if "total" not in columns and twice and columns[0] in ("", "done"):
        second = twice[1] if twice[0] == 0 and len(twice) > 1 else twice[0]
        if (
            second > 0
            and all("%" not in row.cells[0][2] and "." not in row.cells[0][2] for row in rows)
            and all(float(row.cells[0][2]) >= float(row.cells[second][2].rstrip("%％")) for row in rows)
        ):
            columns[0] = "total"
    for (i, one), (_, other) in pairwise(enumerate(columns)):
        if one and one == other:
            columns[i + 1] = ""
    return columns
