"""Plain text and Markdown. One reader for both: scrapers leave Markdown in .txt, and .md files hold plain notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extract.errors import IngestError
from extract.ingest.charset import decode
from extract.ingest.piped import piped_tables
from extract.ingest.spaced import spaced_table
from extract.ingest.stacked import OPENING, stacked_table
from extract.ingest.tabbed import tabbed_table
from extract.model import Block, Cell, RawDocument, Span

_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+(?=[^\s#])|(?<=##)(?=[\u4e00-\u9fff（(]))")
_BULLET = re.compile(r"[-*+•●◆■▪·][ \t\u3000]+(?=\S)|[•●◆■▪](?=\S)")
_EMPHASIS = re.compile(r"(\*{2,3}|__)([^*_\n]+)\1|<(b|strong)>([^<\n]+)</\3>", re.IGNORECASE)
_TABLE, _TABLE_END = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)

# The facts that static site generators keep above the text of a page, and our keys.
_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_FACT = re.compile(r"[ \t]*(?:(?P<key>[\w-]+)[ \t]*:(?P<value>.*)|-.*)?")
_LONGEST_FRONT = 4000
_KEYS = {"title": "title", "site": "site", "date": "entered", "pubdate": "entered", "published": "entered"}

# What follows a redacted name (某某 printed as ** or *): a mark before one of these, in the middle of a clause, is no emphasis.
_AFTER_REDACTION = frozenset("市县区州省镇乡村局委同志公司单位年月日万亿个家项条处座河湖江站站厂园名位起件次、，,。；和与及")

_LOOKED_AT = 12
"""Rows that tell whether there is a table, so that many lines with gaps cost no more than they are."""
_GAPS = (re.compile("[ \u3000]{3,}"), re.compile("[ \u3000]{2,}"))
"""What parts the columns of a table of figures in plain text."""
_COLUMNS = 3
_FIGURE = re.compile(r"[\d.,，%％+\-—–/]+[\u4e00-\u9fff]{0,2}")

_EDGES = " \t\u3000\xa0"
_BODY = re.compile(f"[^\n{_EDGES}](?:[^\n]*[^\n{_EDGES}])?")


def read_text(data: bytes, source: str, name: str) -> RawDocument:
    """The lines of a text or Markdown file (`name`: txt or md) as blocks; the marks of Markdown stay in the raw text.

    Offsets of bold stretches and cells point at what the marks enclose. A table in HTML stands in the raw text without its tags; facts
    between two lines of --- above the text are in `meta`. Raises IngestError with code `no_text` where there is nothing to read.
    """
    text, encoding = decode(data)
    facts, end = _front(text)
    text, blocks = _read(text[end:], source)
    if not any(c.isalnum() for c in text):
        raise IngestError(f"{source}: no text in it", code="no_text")
    repairs = (("boilerplate",) if end else ()) + (() if encoding == "utf-8" else ("encoding",))
    return RawDocument(source, name, text, tuple(blocks), meta=facts, repairs=repairs)


def _front(text: str) -> tuple[dict[str, str], int]:
    """The facts between two lines of --- at the start, and where the text begins behind them; no facts and 0 where none stand there."""
    fence = _FENCE.match(text)
    last = text.find("\n---", fence.end() - 1, _LONGEST_FRONT) if fence else -1
    closing = _FENCE.match(text, last + 1) if last >= 0 else None
    if fence is None or closing is None:
        return {}, 0
    lines = [_FACT.fullmatch(line) for line in text[fence.end() : last].split("\n")]
    if not all(lines) or not any(line["key"] for line in lines if line):
        return {}, 0
    return {_KEYS[line["key"]]: line["value"].strip(" \t\"'") for line in lines if line and line["key"] in _KEYS}, closing.end()


def _read(text: str, source: str) -> tuple[str, list[Block]]:
    """The raw text and its blocks."""
    if _TABLE.search(text) is None:
        return text, list(_blocks(text))
    from extract.ingest.flow import block_of
    from extract.ingest.html import parts_of  # with the parser of pages, which plain text seldom needs

    pieces: list[str] = []
    tables: list[list[Block]] = []
    at = size = 0
    while (opening := _TABLE.search(text, at)) and (closing := _TABLE_END.search(text, opening.end())):
        pieces.append(text[at : opening.start()] + "\n")
        size += len(pieces[-1])
        tables.append([])
        for part in parts_of(text[opening.start() : closing.end()], source):
            tables[-1].append(block_of(part, size))
            pieces.append(part.text + "\n")
            size += len(pieces[-1])
        at = closing.end()
    raw = "".join([*pieces, text[at:]])
    blocks: list[Block] = []
    at = 0
    for found in filter(None, tables):
        blocks += [*_blocks(raw, at, found[0].start), *found]
        at = found[-1].end
    return raw, [*blocks, *_blocks(raw, at)]


def _blocks(text: str, since: int = 0, until: int | None = None) -> Iterator[Block]:
    """The blocks of text[since:until], by their place in the text."""
    lines = _lines(text, since, len(text) if until is None else until)
    marked = "**" in text or "__" in text or "</" in text
    spaced = "\t" in text or "   " in text or "\u3000\u3000\u3000" in text
    counted = OPENING.search(text) is not None
    if "|" not in text and not spaced and not counted:
        for start, end in lines:
            yield _line(text, start, end, marked)
        return
    at = 0
    while at < len(lines):
        start, end = lines[at]
        tables, last = tabbed_table(text, lines, at) if "\t" in text[start:end] else ([], at)
        if not tables and "|" in text[start:end]:
            tables, last = piped_tables(text, lines, at)
        if not tables and last == at and counted:
            tables, last = spaced_table(text, lines, at)
            if not tables:
                tables, last = stacked_table(text, lines, at)
        figures = _figures(text, lines, at) if last == at and spaced else []
        if last > at:
            yield from (table._replace(bold=_bold(text, table.start, table.end)) for table in tables)
            at = last
        elif figures:
            cells = tuple(Cell(r, c, 1, 1, *span) for r, row in enumerate(figures) for c, span in enumerate(row))
            yield Block("table", start, cells[-1].end, 0, (), cells)
            at += len(figures)
        else:
            yield _line(text, start, end, marked)
            at += 1


def _lines(text: str, since: int, until: int) -> list[tuple[int, int]]:
    """Start and end of the lines that are not empty, white space around them left out."""
    return [line.span() for line in _BODY.finditer(text, since, until)]


def _line(text: str, start: int, end: int, marked: bool) -> Block:
    bold = _bold(text, start, end) if marked else ()
    first = text[start]
    if first.isalnum():
        return Block("paragraph", start, end, 0, bold)
    if first == "#":
        mark = _HEADING.match(text, start, end)
        if mark:
            return Block("heading", start, end, len(mark[1]), bold)
    return Block("bullet" if _BULLET.match(text, start, end) else "paragraph", start, end, 0, bold)


def _bold(text: str, start: int, end: int) -> tuple[Span, ...]:
    body = text[start:end]
    if "**" not in body and "__" not in body and "</" not in body:
        return ()
    return tuple(
        Span(start + match.start(2 if match[2] else 4), start + match.end(2 if match[2] else 4))
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


def _figures(text: str, lines: list[tuple[int, int]], at: int) -> list[list[tuple[int, int]]]:
    """The cells of a table of figures that begins at the line `at`, its columns set apart by tabs or wide spaces: a row of heads over two
    rows or more with as many cells, most of them figures. Empty where none begins there."""
    if _GAPS[-1].search(text, *lines[at]) is None:
        return []
    for gap in _GAPS:
        heads = _spans(text, lines[at], gap)
        if len(heads) < _COLUMNS or any(text[end - 1].isdigit() for _, end in heads):
            continue
        first = list(islice(_even_rows(text, lines, at + 1, gap, len(heads)), _LOOKED_AT))
        told = [_FIGURE.fullmatch(text, *span) is not None for row in first for span in row[1:]]
        if len(first) > 1 and sum(told) * 3 >= len(told) * 2:
            return [heads, *_even_rows(text, lines, at + 1, gap, len(heads))]
    return []


def _even_rows(text: str, lines: list[tuple[int, int]], at: int, gap: re.Pattern[str], width: int) -> Iterator[list[tuple[int, int]]]:
    """The cells of the lines from `at` on that follow without an empty one and have `width` of them."""
    for number in range(at, len(lines)):
        row = _spans(text, lines[number], gap)
        if len(row) != width or text.count("\n", lines[number - 1][1], lines[number][0]) != 1:
            return
        yield row


def _spans(text: str, line: tuple[int, int], gap: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of a line between its gaps."""
    edges = [line[0], *(place for match in gap.finditer(text, *line) for place in match.span()), line[1]]
    return list(zip(edges[::2], edges[1::2], strict=True))
