"""Printed pages to a raw document: furniture dropped, lines joined to paragraphs, tables joined over page ends. For PDF and OFD alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from extract.errors import IngestError
from extract.ingest import ocr
from extract.ingest.aligned import aligned_tables, continued_table
from extract.ingest.columned import missing_rules
from extract.ingest.geometry import IDENTITY, Line, Matrix, Rule, Run, goes_down, gutter_of, is_sound, ordered_lines, rows_of
from extract.ingest.gridlines import Grid, grids_of, lengthened
from extract.ingest.labelled import continued_fields, labelled_tables
from extract.ingest.overprint import without_calls, without_overprint
from extract.ingest.ruled import PrintedTable, join_tables, table_of
from extract.ingest.setting import Setting, usual_size
from extract.model import Block, Cell, Diagnostic, Place, RawDocument, Span

_PAGE_END = "\f"

_NUMBER = re.compile(
    r"[·・\s]*[—－–―‐‑−一-]{1,2}\s*(\d{1,4})\s*[—－–―‐‑−一-]{1,2}[·・\s]*|[·・~～]\s*(\d{1,4})\s*[·・~～]|[（(]?第?\s*(\d{1,4})\s*页?[）)]?"
    r"|第?\s*(\d{1,4})\s*页?\s*[,，/／]?\s*共?\s*\d{1,4}\s*页?"
)
_SURE_NUMBER = re.compile(r"[·・\s]*[—－–―‐‑−一]{1,2}\s*\d{1,4}\s*[—－–―‐‑−一]{1,2}[·・\s]*|第\s*\d{1,4}\s*页.{0,12}")
_DIGITS = re.compile(r"\d+")
_LEAST_LEAD = 4
_PARTED = re.compile(r"\u3000+")
_OF_PAGES = re.compile(r"(\d{1,4})\s?(?:/|of)\s?(\d{1,4})")
_ADDRESS = re.compile(r"(?:https?|file)://\S{3,}")
_HOUR = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s(?:[上下]午\s?)?\d{1,2}:\d\d")
_EDGE = 0.13
"""Of the page's height, how far from its top and bottom running heads and page numbers stand."""
_SMALL = 0.85
"""Of the usual size, the size up to which print is small."""
_NOTE = re.compile(r"(?:[\[〔【]?\d{1,2}[\]〕】]|\d{1,2}[.、．]?|[①-⑳]|[*＊])\s*[^\s\d.,年月%]")
_NOTE_SIZE = 0.8
"""Of the text's size, that of the largest footnotes."""
_NOTE_GAP = 0.8
_MOST_MARKS = 4
"""Lines of a watermark; where more is the same on every page, it is a form."""
_HALF = 0.53
"""Of the page's width, what a table in one of two columns is narrower than."""
_GUTTER = 20.0
"""Points by which a table may reach over the middle of the gap between two columns."""
_TOP = 0.25
"""Of the page's height, where the rest of a row that a page end cut begins at the latest."""


class Doubt(NamedTuple):
    """A piece of a line that was recognised without certainty (0 to 1); x, y: its middle."""

    text: str
    certainty: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page as a reader found it: runs of characters in drawing order, rules, whether a picture stands in place of its text,
    whether it is broken.

    sideways: runs set across the others, as in narrow cells.   illegible: whether its characters are nonsense.   doubts: of a recognised page.   seen: the way from its places to those of the page as it lies in the file, which may be turned.
    """

    width: float
    height: float
    runs: list[Run]
    rules: list[Rule]
    pictures: bool = False
    broken: bool = False
    sideways: tuple[Run, ...] = ()
    illegible: bool = False
    doubts: tuple[Doubt, ...] = ()
    seen: Matrix = IDENTITY


@dataclass(slots=True)
class _Page:
    """A page's lines and tables in reading order."""

    number: int
    height: float
    items: list[Line | PrintedTable]
    pictures: bool
    broken: bool
    illegible: bool
    doubts: tuple[Doubt, ...]
    seen: Matrix
    gutter: float | None


@dataclass(slots=True)
class _Writer:
    """The text as it grows, with its blocks and the places of its lines."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    bold: list[Span] = field(default_factory=list)
    size: int = 0

    def gap(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def put(self, text: str, line: Line) -> None:
        if text:
            self.places.append(Place(self.size, line.page, (line.x0, line.top, line.x1, line.bottom)))
            for start, end in line.bold:
                self._embolden(self.size + start, self.size + end)
            self.gap(text)

    def _embolden(self, start: int, end: int) -> None:
        """Note a stretch in bold print; what a line end cuts inside a paragraph is one."""
        gap = 1 if self.pieces and self.pieces[-1] == " " else 0
        if self.bold and self.bold[-1].end == start - gap:
            start = self.bold.pop().start
        self.bold.append(Span(start, end))


def read_pages(pages: Iterable[PrintedPage], source: str, name: str) -> RawDocument:
    """The document that printed pages hold; `name` is its format. Pages are read one by one and not kept.

    Text: a paragraph a line where the printed indentation tells paragraphs, else a printed line a line, with its indentation; a form feed
    on a line of its own where a page ends. Diagnostics: no_text for pages that hold only a picture, or are broken. Raises IngestError with code
    `no_text` where no page holds text.
    """
    laid: list[_Page] = []
    for number, page in enumerate(pages, 1):
        laid.append(_lay_out(page, number, _unended(laid[-1]) if laid else None, laid[-1].gutter if laid else None))
    if not any(page.items for page in laid):
        scanned = any(page.pictures for page in laid)
        if scanned and not ocr.is_installed():
            raise IngestError(f"{source}: its pages are pictures without a text layer; {ocr.HINT}", code="ocr_missing")
        raise IngestError(f"{source}: {'its pages are pictures that show no text' if scanned else 'no text in it'}", code="no_text")
    bare = tuple(_missing(page) for page in laid if page.pictures or page.illegible or (page.broken and not page.items))
    repairs = _drop_furniture(laid)
    notes = _drop_notes(laid)
    writer = _write(laid)
    text = "".join(writer.pieces)
    if 2 * sum(end - start for start, end in writer.bold) > len(text):
        writer.bold.clear()  # what holds of all text stresses none of it
    if not any(c.isalnum() for c in text):
        raise IngestError(f"{source}: no text in it", code="no_text")
    return RawDocument(
        source,
        name,
        text,
        tuple(_stressed(writer.blocks, writer.bold)),
        repairs=tuple(sorted(repairs)),
        diagnostics=(*bare, *notes, *_doubted(laid, writer.places, text)),
        pages=len(laid),
        places=_as_seen(laid, writer.places),
    )


def _stressed(blocks: list[Block], bold: list[Span]) -> Iterator[Block]:
    """The blocks with the stretches in them that are in bold print."""
    at = 0
    for block in blocks:
        first = at
        while at < len(bold) and bold[at].end <= block.end:
            at += 1
        yield block._replace(bold=tuple(bold[first:at])) if at > first else block


def _doubted(pages: list[_Page], places: list[Place], text: str) -> Iterator[Diagnostic]:
    """The lines that were recognised without certainty, where they stand in the text."""
    unsure = [(page.number, doubt) for page in pages for doubt in page.doubts]
    if not unsure:
        return
    ends = [*(place.start for place in places[1:]), len(text)]
    for number, doubt in unsure:
        for place, end in zip(places, ends, strict=True):
            x0, top, x1, bottom = place.box
            if place.page == number and x0 <= doubt.x <= x1 and top <= doubt.y <= bottom:
                message = f"recognised with a certainty of {doubt.certainty:.0%}: {doubt.text}"
                yield Diagnostic("low_ocr_confidence", "warning", message, place.start, place.start + len(text[place.start : end].rstrip()))
                break


def _as_seen(pages: list[_Page], places: list[Place]) -> tuple[Place, ...]:
    """The places on the pages as they lie in the file: around a line that is printed aslant."""
    turned = {page.number: page.seen for page in pages if page.seen != IDENTITY}
    return tuple([Place(p.start, p.page, _around(p.box, turned[p.page])) if p.page in turned else p for p in places])


def _around(box: tuple[float, float, float, float], m: Matrix) -> tuple[float, float, float, float]:
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [x * m[0] + y * m[2] + m[4] for x, y in corners]
    ys = [x * m[1] + y * m[3] + m[5] for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _missing(page: _Page) -> Diagnostic:
    if page.illegible:
        hint = "" if ocr.is_installed() else f"; {ocr.HINT}"
        return Diagnostic("illegible_text", "warning", f"page {page.number}: its characters are not those that it shows{hint}")
    if page.broken:
        why = "is broken; nothing of it was read"
    elif ocr.is_installed():
        why = "is a picture in which no text was recognised"
    else:
        why = f"is a picture without a text layer; {ocr.HINT}"
    return Diagnostic("no_text", "warning", f"page {page.number} {why}")


def _unended(page: _Page) -> PrintedTable | None:
    """The table that a page ends with, which may go on behind it; None where it ends with text."""
    foot = (1 - _EDGE) * page.height
    last = next((item for item in reversed(page.items) if isinstance(item, PrintedTable) or item.top <= foot), None)
    return last if isinstance(last, PrintedTable) else None


def _lay_out(page: PrintedPage, number: int, before: PrintedTable | None, beside: float | None) -> _Page:
    """A page's lines and tables. `before`: the table that ended the page before.   beside: where the gap between its columns ran."""
    rules = [rule for rule in page.rules if is_sound(rule)]
    runs = without_calls(without_overprint([run for run in page.runs if is_sound(run.box)]))
    rules += missing_rules(rules, runs, goes_on=before is not None)
    grids = [lengthened(grid, runs) for grid in grids_of(rules)] if rules else []
    free, inside = _sort_runs(runs, grids)
    if inside and page.sideways:
        for (_, held), (_, more) in zip(inside, _sort_runs([*page.sideways], grids)[1], strict=True):
            held += more  # outside of tables they are marks beside the text
    tables: list[PrintedTable] = []
    for grid, held in inside:
        table = table_of(grid, held, number)
        if table is None or (table.frame and table.top > _TOP * page.height):
            free += held
        else:
            tables.append(table)
    rows = rows_of(free)
    head, rows, foot = _without_edges(rows)
    if before is not None and before.aligned:
        rest, rows = (continued_fields if before.labelled else continued_table)(rows, before, number)
        tables += [rest] if rest is not None else []
    for find in (aligned_tables, labelled_tables):
        unruled, rows = find(rows, number)
        tables += unruled
    rows = [*head, *rows, *foot]
    gutter = gutter_of(rows, page.width)
    if gutter is None and beside is not None and goes_down(beside, rows):
        gutter = beside
    gutter = gutter if gutter is not None else _beside_tables(tables, rows, page.width)
    items = _in_order(ordered_lines(rows, number, gutter), tables, gutter)
    return _Page(number, page.height, items, page.pictures, page.broken, page.illegible, page.doubts, page.seen, gutter)


def _without_edges(rows: list[list[Run]]) -> tuple[list[list[Run]], list[list[Run]], list[list[Run]]]:
    """The rows of a page, parted from its first and last one where these are its number or what a browser prints around it."""
    head = rows[:1] if len(rows) > 1 and _is_edge(rows[0]) else []
    foot = rows[-1:] if len(rows) > 1 and _is_edge(rows[-1]) else []
    return head, rows[len(head) : len(rows) - len(foot)], foot


def _is_edge(row: Sequence[Run]) -> bool:
    text = ordered_lines([[*row]], 0, None)[0].text
    return _ADDRESS.match(text) is not None or _HOUR.match(text) is not None or _NUMBER.fullmatch(text) is not None


def _in_order(lines: list[Line], tables: list[PrintedTable], gutter: float | None) -> list[Line | PrintedTable]:
    """Lines and tables in reading order: column after column between what stands across both."""
    if not tables:
        return [*lines]
    items: list[Line | PrintedTable] = [*lines, *tables]
    columns = [item.column if isinstance(item, Line) else _column_of(item, gutter) for item in items]
    across = sorted(item.top for item, column in zip(items, columns, strict=True) if not column) if gutter is not None else []
    order = sorted(range(len(items)), key=lambda i: (bisect_right(across, items[i].top), columns[i], items[i].top))
    return [items[i] for i in order]


def _beside_tables(tables: Sequence[PrintedTable], rows: Sequence[list[Run]], width: float) -> float | None:
    """Where the gap between two columns runs beside tables that each stand in one of them; None where one is broader than that."""
    left = [table.xs[-1] for table in tables if table.xs[-1] < _HALF * width]
    right = [table.xs[0] for table in tables if table.xs[0] > (1 - _HALF) * width]
    if not tables or len(left) + len(right) < len(tables):
        return None
    start = max(left) if left else max((run.x1 for row in rows for run in row if run.x1 < min(right)), default=0.0)
    end = min(right) if right else min((run.x0 for row in rows for run in row if run.x0 > start), default=width)
    middle = (start + end) / 2
    return middle if start < end and ((left and right) or goes_down(middle, rows)) else None


def _column_of(table: PrintedTable, gutter: float | None) -> int:
    """The column of a page that a table stands in, 1 or 2; 0 for one across both."""
    if gutter is None:
        return 0
    return 1 if table.xs[-1] < gutter + _GUTTER else 2 if table.xs[0] > gutter - _GUTTER else 0


def _sort_runs(runs: list[Run], grids: list[Grid]) -> tuple[list[Run], list[tuple[Grid, list[Run]]]]:
    """The runs outside all tables, and each table with its own."""
    free: list[Run] = []
    inside: list[tuple[Grid, list[Run]]] = [(grid, []) for grid in grids]
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        next((held for grid, held in inside if grid.place(x, y) is not None), free).append(run)
    return free, inside


# --- furniture -----------------------------------------------------------------------------------------------------------


def _drop_furniture(pages: list[_Page]) -> set[str]:
    """Take page numbers and what is repeated at the same place on most pages (running heads, watermarks) out of the pages."""
    numbers = _page_numbers(pages)
    repeated = _repeated(pages, numbers) | {one for page in pages for one in _by_browser(page)}
    for page in pages:
        page.items = [item for item in page.items if id(item) not in numbers and id(item) not in repeated]
    return {code for code, found in (("page_number", numbers), ("boilerplate", repeated)) if found}


def _drop_notes(pages: list[_Page]) -> tuple[Diagnostic, ...]:
    """Take footnotes out of the pages: numbered lines in small print that end a page, apart from what stands above them."""
    small = _NOTE_SIZE * usual_size([item for page in pages for item in page.items if isinstance(item, Line)])
    count = 0
    for page in pages:
        first = len(page.items)
        while first and isinstance(line := page.items[first - 1], Line) and line.size < small and line.top > page.height / 2:
            first -= 1
        notes = [item for item in page.items[first:] if isinstance(item, Line)]
        if first and notes and _NOTE.match(notes[0].text) and _is_apart(page.items[first - 1], notes[0]):
            count += sum(1 for line in notes if _NOTE.match(line.text))
            del page.items[first:]
    return (Diagnostic("left_out", "info", f"{count} footnotes or endnotes are not part of the text"),) if count else ()


def _is_apart(above: Line | PrintedTable, below: Line) -> bool:
    """Whether a line stands at some distance from what is above it; of a table the last line tells."""
    ends = [line.bottom for line in above.lines() if line.page == below.page] if isinstance(above, PrintedTable) else [above.bottom]
    return below.top - max(ends, default=0.0) > _NOTE_GAP * below.size


def _outermost(page: _Page) -> Iterator[Line]:
    """The lines near the page's upper and lower edge that nothing but such lines separates from it."""
    for item in page.items:
        if isinstance(item, Line) and (item.bottom < _EDGE * page.height or item.top > (1 - _EDGE) * page.height):
            yield item


def _by_browser(page: _Page) -> set[int]:
    """The lines that a browser prints around a page: its title and the hour above, its address and its number (2/7) below, or the like."""
    parts = [(line, [part for part in _PARTED.split(line.text) if part]) for line in _outermost(page)]
    told = {_printed_by_browser(part, page.number) for _, held in parts for part in held}
    if not {"address", "number"} <= told:
        return set()
    return {id(line) for line, held in parts if any(_printed_by_browser(part, page.number) for part in (held[0], held[-1]))}


def _printed_by_browser(part: str, number: int) -> str:
    """What a part of a line is of what a browser prints around a page, "" where it is none of it."""
    count = _OF_PAGES.fullmatch(part)
    if count and int(count[1]) == number <= int(count[2]):
        return "number"
    return "address" if _ADDRESS.fullmatch(part) else "hour" if _HOUR.match(part) else ""


def _page_numbers(pages: list[_Page]) -> set[int]:
    sure: set[int] = set()
    counted: dict[int, list[int]] = defaultdict(list)
    for page in pages:
        for line in _outermost(page):
            if len(line.text) > 24 or not (match := _NUMBER.fullmatch(line.text.strip())):
                continue
            figure = next((group for group in match.groups() if group), None)
            if _SURE_NUMBER.fullmatch(line.text.strip()):
                sure.add(id(line))
            elif figure is not None:
                counted[int(figure) - page.number].append(id(line))
    for lines in counted.values():
        if len(lines) > 1 or len(pages) == 1:
            sure.update(lines)
    return sure


def _lead(text: str) -> str:
    """What a running head begins with: the title of the chapter may stand at its other end."""
    lead = _PARTED.split(text, maxsplit=1)[0]
    return lead if len(lead) >= _LEAST_LEAD else text


def _repeated(pages: list[_Page], numbers: set[int]) -> set[int]:
    """Lines with the same words at the same height on most pages, near the edge or, at exactly the same place, anywhere; of small print
    near the edge two that are the same are enough."""
    if len(pages) < 2:
        return set()
    small = _SMALL * usual_size([item for page in pages for item in page.items if isinstance(item, Line)])
    twice: dict[tuple[str, int], list[int]] = defaultdict(list)
    heads: dict[tuple[str, int], list[int]] = defaultdict(list)
    marks: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for page in pages:
        outer = {id(line) for line in _outermost(page)}
        for item in page.items:
            if not isinstance(item, Line) or id(item) in numbers:
                continue
            if id(item) in outer and item.size < small:
                twice[(_lead(item.text), round(item.top / 6))].append(id(item))
            if id(item) in outer and len(item.text) <= 60:
                heads[(_DIGITS.sub("0", item.text), round(item.top / 6))].append(id(item))
            elif len(item.text) <= 30:
                marks[(item.text, round(item.x0 / 2), round(item.top / 2))].append(id(item))
    least = max(3, len(pages) // 3)
    found = {one for lines in heads.values() if len(lines) >= least for one in lines}
    found |= {one for lines in twice.values() if len(lines) > 1 for one in lines}
    printed_over = [lines for lines in marks.values() if len(lines) >= max(3, 0.7 * len(pages))]
    if len(printed_over) <= _MOST_MARKS:
        found.update(one for lines in printed_over for one in lines)
    return found


# --- paragraphs ------------------------------------------------------------------------------------------------------------


def _write(pages: list[_Page]) -> _Writer:
    setting = Setting([item for held in pages for item in held.items if isinstance(item, Line)])
    writer = _Writer()
    before: Line | None = None
    page = 1
    for item in join_tables([item for page in pages for item in page.items]):
        if isinstance(item, PrintedTable):
            _end_line(writer, item.page, page)
            page = item.last_page
            before = None
            _put_table(writer, item)
            continue
        line = replace(item, bold=(Span(0, len(item.text)),)) if setting.is_large(item) else item  # as stressed as bold print is
        if before is not None and setting.joins(before, line):
            if setting.ends_a_word(before, line):
                writer.gap(" ")
            writer.put(line.text, line)
            writer.blocks[-1] = writer.blocks[-1]._replace(end=writer.size)
        else:
            _end_line(writer, line.page, page)
            if setting.is_indented(line):
                writer.gap("\u3000\u3000")
            start = writer.size
            writer.put(line.text, line)
            writer.blocks.append(Block("paragraph", start, writer.size, page=line.page))
        page = max(page, line.page)
        before = line
    return writer


def _end_line(writer: _Writer, page: int, last: int) -> None:
    if writer.size:
        writer.gap("\n" if page <= last else f"\n{_PAGE_END}\n")


# --- tables ----------------------------------------------------------------------------------------------------------------


def _put_table(writer: _Writer, table: PrintedTable) -> None:
    """The table as a block: cells of a row divided by tabs, rows by line ends, each cell once; paragraphs in a cell by line ends."""
    start = writer.size
    cells: list[Cell] = []
    for _, row in groupby(table.cells, key=lambda cell: cell.row):
        if writer.size > start or cells:
            writer.gap("\n")
        for i, cell in enumerate(row):
            if i:
                writer.gap("\t")
            at = writer.size
            for paragraph in cell.paragraphs:
                if writer.size > at:
                    writer.gap("\n")
                for line in paragraph:
                    writer.put(line.text.replace("\t", " "), line)
            cells.append(Cell(cell.row, cell.column, cell.row_span, cell.column_span, at, writer.size))
    writer.blocks.append(Block("table", start, writer.size, cells=tuple(cells), page=table.page))
