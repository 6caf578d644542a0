"""Ruled tables with their text: lines of a cell to paragraphs, tables that a page end cuts to one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.ingest.geometry import NEVER_FIRST, Line, Run, lines_of, moved_width
from extract.ingest.gridlines import Grid

_ALIGNED = 4.0
"""Points by which the columns of a table may shift from page to page."""
_LEAST_SHARED = 3
"""Columns by which the rest of a table is known that lacks the last ones."""
_PAD = 6.0
"""Points, the widest space between a rule and the text beside it that is taken for padding."""
_SLACK = 0.1
"""Han characters by which a measured room may be too small, where nothing says that lines were wrapped."""
_FULL_LINES = 3
_BEHIND = 0.3
"""Han characters for which there may be room behind the longest of many wrapped lines."""
_LONG = 8
"""Characters from which a cell's text is prose."""
_CLOSED = frozenset("。！？；!?;")
_ITEM_ENDS = _CLOSED | {"”", "）", ")"}
_ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、.．](?!\d)|[.．](?=(?:19|20)\d\d年|\d{1,2}月))|[①-⑳⑴-⒇㈠-㈩●•◆■□▲★]|第[一二三四五六七八九十\d]{1,3}[，、]"
)

_LEAST_DOWN = 3
"""Characters below one another that are a text set downwards."""
_CLOSE_DOWN = 1.25
"""Times the size of such characters, how far apart they begin at most."""
_BESIDE = 0.4
"""Of its height, the gap between a figure and the text beside it on one line."""
_MARK = re.compile(r"[，。；、：\d]")
_FIELD = re.compile(r"[\u4e00-\u9fff]{3,8}[：:]")

Paragraph = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a printed table with the paragraphs in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]
    room: float = 0.0
    """Of its last line: the Han characters for which there is room behind it."""

    @property
    def text(self) -> str:
        return "".join(line.text for paragraph in self.paragraphs for line in paragraph)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table; `cells` row by row. page, last_page: where it begins and ends. top: on its first page."""

    xs: tuple[float, ...]
    rows: int
    cells: tuple[PrintedCell, ...]
    page: int
    last_page: int
    top: float
    frame: bool = False
    """Whether it holds text in one cell only: the rest of a row, if a table ended the page before, else a frame around text."""
    right: float = 0.0
    """Where it ends at the right on its last page, if that is another than its first."""
    aligned: bool = False
    """Whether its columns are told by the places of its texts, not by rules."""
    labelled: bool = False
    """Whether it holds labels and their values, without a head."""

    @property
    def last_x(self) -> float:
        """Where it ends at the right on its last page."""
        return self.right or self.xs[-1]

    def lines(self) -> list[Line]:
        """The lines in its cells."""
        return [line for cell in self.cells for paragraph in cell.paragraphs for line in paragraph]


def table_of(grid: Grid, runs: Iterable[Run], page: int) -> PrintedTable | None:
    """The table that a grid and the runs in it make; None where it holds no text."""
    owners = grid.cell_at()
    held: list[list[Run]] = [[] for _ in grid.cells]
    for run in runs:
        place = grid.place((run.x0 + run.x1) / 2, (run.top + run.bottom) / 2)
        if place is not None:
            held[owners[place]].append(run)
    filled = sum(map(bool, held))
    if not filled:
        return None
    lines = [[line for line in lines_of(_read_down(group), page) if line.text] for group in held]
    ends = _ends(grid, lines)
    prose = {cell.column for cell, found in zip(grid.cells, lines, strict=True) if any(_MARK.search(line.text) for line in found)}
    cells = []
    for cell, found in zip(grid.cells, lines, strict=True):
        left, right = grid.xs[cell.column], grid.xs[cell.column + cell.column_span]
        pad = min([_PAD, *(line.x0 - left for line in found)])
        end = ends.get((cell.column, cell.column_span), right)
        edges = left + pad, max([min(end, right - max(pad, 0.0)), *(line.x1 for line in found)])
        paragraphs = tuple(_paragraphs(found, edges, prose=cell.column in prose))
        room = _room(found[-1], edges) if found else 0.0
        cells.append(PrintedCell(cell.row, cell.column, cell.row_span, cell.column_span, paragraphs, room))
    return PrintedTable(grid.xs, len(grid.ys) - 1, tuple(cells), page, page, grid.ys[0], filled < 2)


def _read_down(runs: list[Run]) -> list[Run]:
    """The runs of a cell; those of one that is set downwards, from the right to the left, as one."""
    texts = [run.text.rstrip() for run in runs]
    if len(runs) < _LEAST_DOWN or any(len(text.rstrip(NEVER_FIRST)) > 1 and not text.isascii() for text in texts):
        return runs
    columns: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.x0 - run.x1):
        if columns and run.x1 > columns[-1][0].x0:
            columns[-1].append(run)
        else:
            columns.append([run])
    for column in columns:
        column.sort(key=lambda run: run.top)
    size = max(run.x1 - run.x0 for run in runs)
    close = all(b.top - a.top < _CLOSE_DOWN * size for column in columns for a, b in pairwise(column))
    if not close or any(len(column) < max(_LEAST_DOWN, len(columns)) for column in columns[:-1] or columns) or _reads_across(columns):
        return runs
    box = min(r.x0 for r in runs), min(r.top for r in runs), max(r.x1 for r in runs), max(r.bottom for r in runs)
    return [Run("".join([run.text.rstrip() for column in columns for run in column]), *box, em=size)]


def _reads_across(columns: Sequence[Sequence[Run]]) -> bool:
    """Whether a figure of several digits and a text touch on one line of characters that stand in columns: 2031年 above 12月."""
    return any(
        (len(left.text.rstrip()) > 1 or len(right.text.rstrip()) > 1)
        and right.x0 - left.x1 < _BESIDE * (high := left.bottom - left.top)
        and abs(left.top + left.bottom - right.top - right.bottom) < high
        for after, before in pairwise(columns)
        for left in before
        for right in after
    )


def _ends(grid: Grid, lines: Sequence[Sequence[Line]]) -> dict[tuple[int, int], float]:
    """Where lines end in columns of wrapped text, by first column and span: there, lines other than the last of their cell reach equally far."""
    columns: dict[tuple[int, int], list[Sequence[Line]]] = defaultdict(list)
    for cell, found in zip(grid.cells, lines, strict=True):
        if len(found) > 1:
            columns[cell.column, cell.column_span].append(found)
    ends = {}
    for place, cells in columns.items():
        furthest = max(line.x1 for found in cells for line in found)
        full = [line for found in cells for line in found[:-1] if line.x1 > furthest - line.size]
        shorter = any(found[-1].x1 < furthest - found[-1].size for found in cells)
        if len(full) >= _FULL_LINES and shorter:  # lists of names of the same length have no shorter last line
            ends[place] = furthest + _BEHIND * full[0].size
    return ends


def _paragraphs(lines: Sequence[Line], edges: tuple[float, float], *, prose: bool) -> list[Paragraph]:
    """The lines of a cell as paragraphs: a line goes on where the first word of the next had no room in it. prose: its column holds text
    that was wrapped, no lists of names, as marks in it tell."""
    paragraphs: list[Paragraph] = []
    wraps = _wraps(lines, edges, 0.0 if prose or _ends_short(lines) else _SLACK)
    if any(wraps):
        wraps = _wraps(lines, edges, 0.0)  # a line that had no room by far tells that all were wrapped
    for i, line in enumerate(lines):
        whole = line.text + (lines[i + 1].text if wraps[i] else "")
        if i and wraps[i - 1] and not _is_next_field(paragraphs[-1], whole):
            paragraphs[-1] += (line,)
        else:
            paragraphs.append((line,))
    return paragraphs


def _wraps(lines: Sequence[Line], edges: tuple[float, float], slack: float) -> list[bool]:
    """For each line whether it goes on in the next."""
    found = []
    for i, (above, below) in enumerate(pairwise(lines)):
        rest = lines[i + 2].text if i + 2 < len(lines) else ""
        text = below.text + (rest if rest[:1] in NEVER_FIRST + "”’" else "")  # what was too long for any line is broken before a mark
        found.append(_goes_on(above, below, text, edges, slack))
    return [*found, False]


def _ends_short(lines: Sequence[Line]) -> bool:
    """Whether the last of several lines is shorter than the others, as that of a text that was wrapped."""
    return len(lines) > 1 and all(line.x1 - line.x0 > lines[-1].x1 - lines[-1].x0 + 0.5 * line.size for line in lines[:-1])


def _is_next_field(above: Paragraph, below: str) -> bool:
    """Whether a text begins with the name of a field, as the paragraph above it does: 牵头单位：…, 配合单位：…"""
    return _FIELD.match(below) is not None and _FIELD.match(_whole(above)) is not None


def _whole(lines: Sequence[Line]) -> str:
    return "".join([line.text for line in lines])


def _goes_on(above: Line, below: Line, text: str, edges: tuple[float, float], slack: float) -> bool:
    """Whether a line goes on in the one below it, whose lead is found in `text`."""
    closed = above.text[-1:] in _CLOSED
    if closed and (_ITEM.match(below.text) or below.x0 - above.x0 > 1.2 * below.size):
        return False  # the first line of a paragraph has a mark, or is indented
    if below.text[:1] in NEVER_FIRST or _is_one_bracket(above.text, below.text):
        return True
    return _room(above, edges) < moved_width(above.text, text) - (0.0 if below.text[:1] in "（(" else slack)


def _is_one_bracket(above: str, below: str) -> bool:
    """Whether a bracket that one line opens is closed in the next."""
    opened = max(above.rfind("（"), above.rfind("("))
    closed = min((at for at in (below.find("）"), below.find(")")) if at >= 0), default=-1)
    return opened > max(above.rfind("）"), above.rfind(")")) and closed >= 0 and not {"（", "("} & set(below[:closed])


def _room(line: Line, edges: tuple[float, float]) -> float:
    """The Han characters for which there is room beside a line; a centred one leaves it on both sides."""
    before, after = line.x0 - edges[0], edges[1] - line.x1
    centred = before > 0.3 * line.size and abs(before - after) < 0.4 * line.size
    return (before + after if centred else after) / line.size


# --- over page ends ----------------------------------------------------------------------------------------------------------


def join_tables(items: Sequence[Line | PrintedTable]) -> list[Line | PrintedTable]:
    """Tables that go on behind a page end are one: the same columns, nothing between them, no new head. Repeated heads are dropped, and
    the lines of a frame stand free."""
    joined: list[Line | PrintedTable] = []
    for item in items:
        last = joined[-1] if joined else None
        if isinstance(item, PrintedTable) and isinstance(last, PrintedTable) and _follows(last, item):
            whole = _join(last, item)
            if whole is not None:
                joined[-1] = whole
                continue
        if isinstance(item, PrintedTable) and item.frame:
            joined += item.lines()
            continue
        joined.append(item)
    return joined


def _follows(first: PrintedTable, second: PrintedTable) -> bool:
    """Whether a table stands on the page, or in the column, behind that of another."""
    beside = second.xs[0] > first.last_x and second.page == first.last_page
    return second.page == first.last_page + 1 or beside


def _join(first: PrintedTable, second: PrintedTable) -> PrintedTable | None:
    second = _with_edge(first.xs, second)
    xs = _common_columns(first.xs, second.xs)
    if xs is None:
        return None
    above, below = _placed(first, xs), _placed(second, xs)
    head = _repeated_rows(above, below)
    if head:
        below = _without_rows(below, head)
    elif _is_new_head(above, below):
        return None
    cells = _stitch(above, below)
    rows = max(cell.row + cell.row_span for cell in cells)
    whole = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return PrintedTable(xs, rows, whole, first.page, second.last_page, first.top, right=second.last_x)


def _with_edge(xs: tuple[float, ...], table: PrintedTable) -> PrintedTable:
    """The rest of a table with its last columns, where they are only a merged cell without text, around which some programs draw nothing
    behind a page end."""
    known = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in table.xs]
    last = known[-1]
    if (
        last == len(xs) - 1
        or last < _LEAST_SHARED
        or known[0]
        or any(abs(xs[i] - x) > _ALIGNED for i, x in zip(known, table.xs, strict=True))
    ):
        return table
    columns = len(table.xs) - 1
    gone = PrintedCell(0, columns, table.rows, 1, ())
    return replace(table, xs=(*table.xs, xs[-1]), cells=tuple(sorted((*table.cells, gone), key=lambda cell: (cell.row, cell.column))))


def _common_columns(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...] | None:
    """The divisions of both tables, where they have the same edges and most divisions of one are also the other's; else None. A page
    shifted as a whole holds the same table."""
    moved = [x + a[0] - b[0] for x in b]
    if abs(a[-1] - moved[-1]) > 2 * _ALIGNED:
        return None
    extra = [x for x in moved[1:-1] if all(abs(x - y) > _ALIGNED for y in a)]
    shared = len(b) - 2 - len(extra)
    if 2 * shared < min(len(a), len(b)) - 2:
        return None
    return tuple(sorted([*a, *extra]))


def _placed(table: PrintedTable, xs: tuple[float, ...]) -> PrintedTable:
    """The table with its columns counted by the divisions `xs`."""
    if table.xs == xs:
        return table
    shift = xs[0] - table.xs[0]
    index = [min(range(len(xs)), key=lambda i: abs(xs[i] - x - shift)) for x in table.xs]
    cells = tuple(
        replace(cell, column=index[cell.column], column_span=index[cell.column + cell.column_span] - index[cell.column])
        for cell in table.cells
    )
    return replace(table, xs=xs, cells=cells)


def _row_texts(table: PrintedTable, row: int) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.row_span, cell.text.replace(" ", "")) for cell in table.cells if cell.row == row]


def _repeated_rows(above: PrintedTable, below: PrintedTable) -> int:
    """How many rows at the top of both tables are the same: a head printed again."""
    count = 0
    while count < min(above.rows, below.rows - 1) and count < 6:
        texts = _row_texts(below, count)
        if texts != _row_texts(above, count) or (count == 0 and not any(text for *_, text in texts)):
            break
        count += 1
    return count


def _without_rows(table: PrintedTable, count: int) -> PrintedTable:
    cells = tuple(replace(cell, row=cell.row - count) for cell in table.cells if cell.row >= count)
    return replace(table, rows=table.rows - count, cells=cells)


def _is_new_head(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether the second table begins with a head of its own: a filled row of short words where the first table has figures below its head."""
    if below.rows < 2 or above.rows < 2:
        return False
    first = [cell for cell in below.cells if cell.row == 0]
    numbered = any(cell.column == 0 and cell.text.strip().isdigit() for cell in above.cells)
    lead = first[0].text.strip() if first else ""
    return numbered and len(first) > 2 and all(0 < len(cell.text) <= _LONG for cell in first) and not any(c.isdigit() for c in lead)


def _stitch(above: PrintedTable, below: PrintedTable) -> list[PrintedCell]:
    """The cells of both; what the page end cut is put together."""
    owners = {
        column: cell
        for cell in above.cells
        if cell.row + cell.row_span == above.rows
        for column in range(cell.column, cell.column + cell.column_span)
    }
    first = [cell for cell in below.cells if cell.row == 0]
    same_shape = all(_is_same_column(owners.get(cell.column), cell) for cell in first)
    open_row = same_shape and bool(first) and any(cell.text for cell in owners.values())
    going_on = _merged_over(owners, first) if open_row and not below.labelled else []
    if going_on:
        return _begin_row(above, below, owners, going_on)
    if open_row and (below.labelled or _is_cut_row(owners, first) if not first[0].text else _is_cut_whole(owners, first)):
        return _continue_row(above, below, owners, first)
    moved = [replace(cell, row=cell.row + above.rows) for cell in below.cells]
    return _extend_merged(above, moved, owners, first) if same_shape else [*above.cells, *moved]


def _is_same_column(cell: PrintedCell | None, other: PrintedCell) -> bool:
    return cell is not None and cell.column == other.column and cell.column_span == other.column_span


def _is_cut_row(owners: dict[int, PrintedCell], first: Sequence[PrintedCell]) -> bool:
    """Whether the first row behind a page end is the rest of the row before it: its filled cells go on with text left open, that of a
    sentence, or most of what was left open."""
    filled = [cell for cell in first if cell.text]
    if not filled or any(not owners[cell.column].text for cell in filled):
        return False
    left = [(owners[cell.column], cell) for cell in filled if owners[cell.column].text[-1] not in _CLOSED]
    open_ones = [above for above, cell in left if _fills(above, cell) and not _ITEM.match(cell.text)]
    if 2 * len(open_ones) > len(left) or any(len(cell.text) > 2 * _LONG for cell in open_ones):
        return True
    return all(len(owners[cell.column].text) > 2 * _LONG for cell in filled) and 2 * len(filled) <= len(first)


def _merged_over(owners: dict[int, PrintedCell], first: Sequence[PrintedCell]) -> list[PrintedCell]:
    """The cells of the first row behind a page end that go on from above while the others begin a row: merged ones, where of the others one
    opens with an item behind a finished one, or several begin anew."""
    if first[0].text:
        return []
    least = min(cell.row_span for cell in first)
    merged = [cell for cell in first if cell.row_span > least]
    told_by_spans = bool(merged)
    if not told_by_spans:
        merged = [cell for cell in first if not cell.text or not owners[cell.column].text or _is_open(owners[cell.column], cell)]
        told = next((cell.column for cell in first if cell.text and owners[cell.column].text[-1:] in _ITEM_ENDS), 0)
        merged = [cell for cell in merged if not cell.text or cell.column < told]
    new = [cell for cell in first if cell.text and cell not in merged and owners[cell.column].text]
    if len(new) < 2 and not told_by_spans:
        return []  # an item of the same cell
    opens = any(_ITEM.match(cell.text) and owners[cell.column].text[-1] in _ITEM_ENDS for cell in new)
    ended = any(owners[cell.column].text[-1] in _CLOSED for cell in new)
    anew = len(new) > 1 and ended and not any(_is_open(owners[cell.column], cell) for cell in new)
    return merged if (opens or anew) and first[0] in merged else []


def _is_open(cell: PrintedCell, rest: PrintedCell) -> bool:
    """Whether the text behind the page end goes on with the one before it, which fills its last line and is not closed."""
    return cell.text[-1] not in _CLOSED and _fills(cell, rest) and not _ITEM.match(rest.text)


def _begin_row(
    above: PrintedTable, below: PrintedTable, owners: dict[int, PrintedCell], going_on: Sequence[PrintedCell]
) -> list[PrintedCell]:
    """The cells of both tables, where a row begins behind the page end beside merged cells that go on."""
    rest = {id(owners[cell.column]): cell for cell in going_on}
    cells = []
    for cell in above.cells:
        more = rest.get(id(cell))
        cells.append(replace(_continued(cell, more), row_span=cell.row_span + more.row_span) if more is not None else cell)
    return [*cells, *(replace(cell, row=cell.row + above.rows) for cell in below.cells if cell not in going_on)]


def _is_cut_whole(owners: dict[int, PrintedCell], first: Sequence[PrintedCell]) -> bool:
    """Whether the text of the row behind a page end goes on with that of the row before it in every cell, also the first."""
    filled = [cell for cell in first if cell.text]
    return len(filled) > 2 and all(owners[cell.column].text and _is_open(owners[cell.column], cell) for cell in filled)


def _fills(cell: PrintedCell, rest: PrintedCell, slack: float = _SLACK) -> bool:
    """Whether the text behind the page end had no room in the last line before it."""
    return cell.room < moved_width(cell.text, rest.text) - (0.0 if _MARK.search(cell.text + rest.text) else slack)


def _continue_row(
    above: PrintedTable, below: PrintedTable, owners: dict[int, PrintedCell], first: Sequence[PrintedCell]
) -> list[PrintedCell]:
    rest = {id(owners[cell.column]): cell for cell in first}
    cells = [_continued(cell, rest[id(cell)]) if id(cell) in rest else cell for cell in above.cells]
    return [*cells, *(replace(cell, row=cell.row + above.rows - 1) for cell in below.cells if cell.row > 0)]


def _continued(cell: PrintedCell, rest: PrintedCell) -> PrintedCell:
    paragraphs = cell.paragraphs
    if paragraphs and rest.paragraphs and _fills(cell, rest, 0.0) and not _opens(cell, rest):
        paragraphs = (*paragraphs[:-1], paragraphs[-1] + rest.paragraphs[0], *rest.paragraphs[1:])
    else:
        paragraphs = (*paragraphs, *rest.paragraphs)
    return replace(cell, paragraphs=paragraphs, row_span=cell.row_span + rest.row_span - 1, room=rest.room if rest.text else cell.room)


def _opens(cell: PrintedCell, rest: PrintedCell) -> bool:
    """Whether the text behind the page end begins an item or a field of its own."""
    item = cell.text[-1] in _CLOSED and _ITEM.match(rest.text) is not None
    return item or _is_next_field(cell.paragraphs[-1], _whole(rest.paragraphs[0]))


def _extend_merged(
    above: PrintedTable, moved: list[PrintedCell], owners: dict[int, PrintedCell], first: Sequence[PrintedCell]
) -> list[PrintedCell]:
    """Merged cells go on behind the page end: the empty ones that open its first row, and others that are merged on either side; where the
    row begins behind the page end, only those of columns without empty cells."""
    is_open = bool(first) and not first[0].text
    longer: dict[int, int] = {}
    gone: set[tuple[int, int]] = set()
    leading = True
    for cell in first:
        owner = owners[cell.column]
        leading = leading and not cell.text
        merged = owner.row_span > 1 or cell.row_span > 1
        if not cell.text and owner.text and (leading or (merged and (is_open or _is_filled(above, moved, cell)))):
            longer[id(owner)] = cell.row_span
            gone.add((cell.row + above.rows, cell.column))
    kept = [cell for cell in moved if (cell.row, cell.column) not in gone]
    return [*(replace(cell, row_span=cell.row_span + longer[id(cell)]) if id(cell) in longer else cell for cell in above.cells), *kept]


def _is_filled(above: PrintedTable, moved: Sequence[PrintedCell], empty: PrintedCell) -> bool:
    """Whether a column has no other empty cell."""
    column = [cell for cell in (*above.cells, *moved) if cell.column <= empty.column < cell.column + cell.column_span]
    return sum(1 for cell in column if not cell.text) == 1
