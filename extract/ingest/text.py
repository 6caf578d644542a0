"""Plain text and Markdown. One reader for both: scrapers leave Markdown in .txt, and .md files hold plain notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.errors import IngestError
from extract.ingest.charset import decode
from extract.model import Block, Cell, RawDocument, Span

_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+(?=[^\s#])|(?<=##)(?=[\u4e00-\u9fff（(]))")
_BULLET = re.compile(r"[-*+•●◆■▪·][ \t\u3000]+(?=\S)|[•●◆■▪](?=\S)")
_RULE_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_EMPHASIS = re.compile(r"(\*{2,3}|__)([^*_\n]+)\1|<(b|strong)>([^<\n]+)</\3>", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")

# What follows a redacted name (某某 printed as ** or *): a mark before one of these, in the middle of a clause, is no emphasis.
_AFTER_REDACTION = frozenset("市县区州省镇乡村局委同志公司单位年月日万亿个家项条处座河湖江站站厂园名位起件次、，,。；和与及")

_EDGES = " \t\u3000\xa0"


def read_text(data: bytes, source: str, name: str) -> RawDocument:
    """The lines of a text or Markdown file (`name`: txt or md) as blocks; the marks of Markdown stay in the raw text.

    Offsets of bold stretches and cells point at what the marks enclose. Raises IngestError with code `no_text` where there is nothing
    to read.
    """
    text, encoding = decode(data)
    blocks = tuple(_blocks(text))
    if not any(c.isalnum() for c in text):
        raise IngestError(f"{source}: no text in it", code="no_text")
    return RawDocument(source, name, text, blocks, repairs=() if encoding == "utf-8" else ("encoding",))


def _blocks(text: str) -> Iterator[Block]:
    lines = list(_lines(text))
    at = 0
    while at < len(lines):
        last = _table_end(text, lines, at) if "|" in text[lines[at].start : lines[at].end] else at
        if last > at:
            yield _table(text, lines[at:last])
            at = last
        else:
            yield _line(text, lines[at])
            at += 1


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        body = line.strip(_EDGES)
        if body:
            lead = start + len(line) - len(line.lstrip(_EDGES))
            yield Span(lead, lead + len(body))
        start += len(line) + 1


def _line(text: str, line: Span) -> Block:
    bold = _bold(text, line)
    first = text[line.start]
    if first == "#":
        mark = _HEADING.match(text, line.start, line.end)
        if mark:
            return Block("heading", line.start, line.end, level=len(mark[1]), bold=bold)
    elif not first.isalnum() and _BULLET.match(text, line.start, line.end):
        return Block("bullet", line.start, line.end, bold=bold)
    return Block("paragraph", line.start, line.end, bold=bold)


def _bold(text: str, line: Span) -> tuple[Span, ...]:
    body = text[line.start : line.end]
    if "**" not in body and "__" not in body and "</" not in body:
        return ()
    return tuple(
        Span(line.start + match.start(2 if match[2] else 4), line.start + match.end(2 if match[2] else 4))
        for match in _EMPHASIS.finditer(body)
        if match[4] or _is_emphasis(body, match)
    )


def _is_emphasis(body: str, match: re.Match[str]) -> bool:
    """Whether a pair of marks stresses what it encloses, or is two redactions: 在**县和**镇."""
    if not match[2].strip():
        return False
    before, after = body[match.start() - 1 : match.start()], body[match.end() : match.end() + 1]
    inside = "\u4e00" <= before <= "\u9fff"
    return not (inside and match[2][0] in _AFTER_REDACTION and after[:1] in _AFTER_REDACTION)


def _table_end(text: str, lines: list[Span], at: int) -> int:
    """The index behind the last row of a pipe table that begins at `at`, or `at` where none does."""
    rows = [text[line.start : line.end] for i, line in enumerate(lines[at : at + 3], at) if _is_row(text, lines, at, i)]
    if len(rows) < 2 or not (_RULE_ROW.fullmatch(rows[1]) or all(map(_is_framed, rows))):
        return at  # told by the first rows, so that many lines with a pipe cost no more than they are
    end = at
    while end < len(lines) and _is_row(text, lines, at, end):
        end += 1
    return end


def _is_framed(row: str) -> bool:
    return row.startswith("|") and row.endswith("|") and row.count("|") > 2


def _is_row(text: str, lines: list[Span], first: int, at: int) -> bool:
    return "|" in text[lines[at].start : lines[at].end] and _adjacent(text, lines, first, at)


def _adjacent(text: str, lines: list[Span], first: int, at: int) -> bool:
    return at == first or "\n" not in text[lines[at - 1].end : lines[at].start].replace("\n", "", 1)


def _table(text: str, lines: list[Span]) -> Block:
    cells: list[Cell] = []
    row = 0
    for line in lines:
        if _RULE_ROW.fullmatch(text, line.start, line.end):
            continue
        cells += _row(text, line, row)
        row += 1
    bold = tuple(span for line in lines for span in _bold(text, line))
    return Block("table", lines[0].start, lines[-1].end, bold=bold, cells=tuple(cells))


def _row(text: str, line: Span, row: int) -> Iterator[Cell]:
    edges = [match.start() for match in _PIPE.finditer(text, line.start, line.end)]
    if not edges or edges[0] != line.start:
        edges.insert(0, line.start - 1)
    if edges[-1] != line.end - 1 or len(edges) == 1:
        edges.append(line.end)
    for column, (left, right) in enumerate(pairwise(edges)):
        body = text[left + 1 : right]
        start = left + 1 + len(body) - len(body.lstrip(_EDGES)) if body.strip(_EDGES) else left + 1
        yield Cell(row, column, 1, 1, start, start + len(body.strip(_EDGES)))
