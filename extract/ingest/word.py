"""Word documents (DOCX, DOCM, DOTX; ECMA-376 part 1): paragraphs with the numbers that Word sets, headings, tables, text boxes.

The parts are read with zipfile and lxml; python-docx takes seven times as long for the paragraphs of a notice alone, so it is only
what the tests write with. Macros, pictures, comments, headers and footers are other parts of the file, which are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from extract.ingest.assemble import Box, document, table_part
from extract.ingest.centred import Prints
from extract.ingest.chunks import Chunks
from extract.ingest.flow import Part
from extract.ingest.numbering import BULLET, Numbering
from extract.ingest.package import Package, Related
from extract.ingest.rejoined import rejoined
from extract.ingest.runs import ALTERNATIVES, CONTAINERS, Runs, Text, choice, content_of
from extract.ingest.styles import Style, Styles, W, child_of, number_in, outline_level, properties_of, switch, value_in, value_of
from extract.model import BlockKind, Diagnostic, RawDocument, Span

_PARAGRAPH, _TABLE, _ROW, _CELL, _BLOCK = W + "p", W + "tbl", W + "tr", W + "tc", W + "sdt"
_STYLE, _NUMBER, _LEVEL, _MARK = W + "pStyle", W + "numPr", W + "outlineLvl", W + "rPr"
_FRAME = W + "framePr"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ENTRY = re.compile(r"[ .…·\t]\d{1,4}\s*\Z|\A\s*\Z")
"""A line of a table of contents; what a field that is not ended takes in besides is text."""
_EDGES = " \t\n\u3000\xa0\u2002\u2003\u2009"
_WIDEST = 200
"""Columns that one cell may span; beyond it a file is broken or hostile."""
_LEAST_COLUMNS = 5
"""Cells that a single row must fill to be a table of data; with fewer it is a letterhead (who, number, day, who signed), or tells who printed when."""
_BESIDE = "\u3000\u3000"
_PAPER = "文件"
"""What stands beside the bodies that issue together, in a cell of its own."""
_LONGEST_HEADING = 150
_STOPS = "。！？；"


def read_docx(data: bytes, source: str, name: str) -> RawDocument:
    """What a Word document shows, block after block: changes as accepted, hidden text, notes, headers and footers left out.

    The numbers of lists stand in the text as Word shows them; a tab or line end inside a paragraph is a space or ends the block.
    A paragraph of a heading's style that holds whole sentences is a paragraph. Raises IngestError: `damaged`, `too_large`,
    `encrypted`, `forbidden_xml` (see Package), `no_text`.
    """
    package = Package(data, source)
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise package.damaged("it holds no document")
    story = _Story(Related(package, main), Chunks(package, main))
    parts = rejoined(story.prints.joined(_Flow(story).read(body)))
    notes = []
    if story.notes:
        notes.append(Diagnostic("left_out", "info", f"{story.notes} footnotes or endnotes are not part of the text"))
    if story.chunks.left_out:
        notes.append(Diagnostic("left_out", "warning", f"{story.chunks.left_out} inserted files are not part of the text"))
    return document(source, name, parts, package.title(), (), notes)


class _Story:
    """What all of a document shares: styles, the counters of its lists, sizes of print, inserted files, how many notes were left out."""

    def __init__(self, related: Related, chunks: Chunks) -> None:
        self.styles = Styles(related)
        self.numbering = Numbering(related, self.styles)
        self.prints = Prints(self.styles)
        self.notes = 0
        self.chunks = chunks


class _Flow:
    """One walk over the body, a cell or a text box."""

    def __init__(self, story: _Story, *, in_cell: bool = False) -> None:
        self._story = story
        self._in_cell = in_cell
        self._runs = Runs(story.styles)
        self._parts: list[Part] = []
        self._open: tuple[Text, str] | None = None  # a paragraph whose end is deleted or hidden, and its label

    def read(self, parent: etree._Element) -> list[Part]:
        """The blocks under an element, in order."""
        self._walk(parent)
        if self._open:
            text, label = self._open
            self._close(text, label, 0)
        return self._parts

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _PARAGRAPH:
                self._paragraph(child)
            elif tag == _TABLE:
                self._table(child)
            elif tag == _BLOCK:
                content = content_of(child)
                if content is not None and not _is_contents(child):
                    self._walk(content)
            elif tag in CONTAINERS:
                self._walk(child)
            elif tag == ALTERNATIVES:
                chosen = choice(child)
                if chosen is not None:
                    self._walk(chosen)
            elif tag == W + "altChunk":
                self._parts += self._story.chunks.parts(child.get(_ID, ""))

    def _paragraph(self, element: etree._Element) -> None:
        given = properties_of(element, "pPr")
        name = value_in(given.get(_STYLE))
        style = self._story.styles.style(name)
        if style.contents:
            return  # the table of contents says again what follows
        text, label = self._open or (Text(), "")
        self._open = None
        self._runs.read(element, style, text)
        mark = given.get(_MARK)
        hidden = _is_hidden(mark, style)
        if (style.number or _NUMBER in given) and not (hidden and not text.size):
            label = label or self._story.numbering.label(given.get(_NUMBER), name)
        if self._runs.in_contents:
            if _ENTRY.search("".join(text.pieces)):
                return
            self._runs.leave_contents()
        dropped = given.get(_FRAME)
        initial = dropped is not None and dropped.get(W + "dropCap", "none") != "none"  # its paragraph is the next one
        if child_of(mark, "del") is not None or (hidden and child_of(mark, "specVanish") is not None) or initial:
            self._open = text, label
            return
        size = 0 if self._in_cell else self._story.prints.look(element, given, style, text.size)
        self._close(text, label, outline_level(given.get(_LEVEL), style.level), size)

    def _close(self, text: Text, label: str, level: int, size: int = 0) -> None:
        """End a paragraph: its text boxes first, then each of its lines as a block. size: of its print, where it is centred."""
        self._story.notes += text.notes
        for box in text.boxes:
            self._parts += _Flow(self._story, in_cell=self._in_cell).read(box)
        whole = "".join(text.pieces)
        if not whole.strip(_EDGES):
            if label and self._in_cell:
                self._parts.append(Part("paragraph", label.strip(), "main"))  # rows are numbered so
            return
        kind: BlockKind = "heading" if level and not _is_prose(whole) else "bullet" if label == BULLET else "paragraph"
        at = stretch = 0
        for line in whole.split("\n"):
            body = line.strip(_EDGES)
            if body:
                label += _gap(label, body)
                start = at + line.index(body)
                while stretch < len(text.bold) and text.bold[stretch][1] <= start:
                    stretch += 1
                bold = _moved(text.bold, stretch, start, start + len(body), len(label) - start) if text.bold else ()
                self._parts.append(Part(kind, label + body, "main", level if kind == "heading" else 0, bold, print=size))
                label, kind = "", "heading" if kind == "heading" else "paragraph"
            at += len(line) + 1

    def _table(self, table: etree._Element) -> None:
        """A table of data as one block; one that only frames or places text as the paragraphs in it."""
        if self._open:
            text, label = self._open
            self._open = None
            self._close(text, label, 0)
        rows: list[list[tuple[Box, list[Part]]]] = []
        above: dict[int, Box] = {}
        for row in _children(table, _ROW):
            if not _is_gone(row):
                rows.append(list(self._row(row, len(rows), above)))
        filled = [sum(1 for _, parts in row if parts) for row in rows]
        nested = next(table.iterdescendants(_TABLE), None) is not None
        columned = sum(1 for count in filled if count > 1)
        if (columned < 2 and max(filled, default=0) < (2 if self._in_cell else _LEAST_COLUMNS)) or (nested and sum(filled) <= 3):
            self._parts += [part for row in rows for part in _side_by_side([parts for _, parts in row if parts])]
            return
        for row_boxes in rows:
            for box, parts in row_boxes:
                box.text, box.bold = _cell_text(parts)
        self._parts.append(table_part([[box for box, _ in row_boxes] for row_boxes in rows]))

    def _row(self, row: etree._Element, y: int, above: dict[int, Box]) -> Iterator[tuple[Box, list[Part]]]:
        """The cells of a row that begin in it. `above`: by column, the cell that may reach down; kept up here."""
        properties = child_of(row, "trPr")
        column = min(number_in(child_of(properties, "gridBefore")) or 0, _WIDEST)
        last: Box | None = None
        for cell in _children(row, _CELL):
            if child_of(child_of(cell, "tcPr"), "cellDel") is not None:
                continue
            wide, across, down = _merging(cell)
            reaching = above.get(column)
            if across == "continue" and last is not None:
                last.column_span += wide
            elif down == "continue" and reaching is not None and reaching.row + reaching.row_span == y:
                reaching.row_span += 1
                last = None
            else:
                last = Box(y, column, "", 1, wide)
                above[column] = last
                yield last, _Flow(self._story, in_cell=True).read(cell)
            column += wide


def _side_by_side(cells: list[list[Part]]) -> list[Part]:
    """The cells of a row that only places text, such as a letterhead or the line that tells the printer: as one line where each holds one."""
    if len(cells) == 2 and [part.text for part in cells[1]] == [_PAPER]:
        first, *others = cells[0]
        return [replace(first, text=first.text + _BESIDE + _PAPER), *others]
    if len(cells) < 2 or any(len(parts) > 1 or parts[0].kind != "paragraph" for parts in cells):
        return [part for parts in cells for part in parts]
    text, bold = "", []
    for (part,) in cells:
        start = len(text) + len(_BESIDE) if text else 0
        text += (_BESIDE if text else "") + part.text
        bold += [Span(start + s, start + e) for s, e in part.bold]
    return [Part("paragraph", text, "main", 0, tuple(bold))]


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those that a content control or a change holds."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == _BLOCK:
            content = content_of(child)
            if content is not None:
                yield from _children(content, tag)
        elif child.tag in CONTAINERS:
            yield from _children(child, tag)


def _is_gone(row: etree._Element) -> bool:
    """Whether a row is deleted or hidden."""
    properties = child_of(row, "trPr")
    return child_of(properties, "del") is not None or switch(child_of(properties, "hidden")) is True


def _merging(cell: etree._Element) -> tuple[int, str, str]:
    """How many columns a cell takes, and whether it begins or goes on with one merged across or down ("", restart, continue)."""
    given = properties_of(cell, "tcPr")
    wide = max(1, min(number_in(given.get(W + "gridSpan")) or 1, _WIDEST))
    return wide, _merge(given.get(W + "hMerge")), _merge(given.get(W + "vMerge"))


def _merge(element: etree._Element | None) -> str:
    return "" if element is None else element.get(W + "val", "continue")


def _cell_text(parts: list[Part]) -> tuple[str, tuple[Span, ...]]:
    """The blocks of a cell as lines; the cells of a table inside it by spaces."""
    text, bold = "", []
    for part in parts:
        start = len(text) + 1 if text else 0
        text += ("\n" if text else "") + part.text.replace("\t", " ")
        bold += [Span(start + s, start + e) for s, e in part.bold]
    return text, tuple(bold)


def _moved(bold: list[list[int]], first: int, start: int, end: int, shift: int) -> tuple[Span, ...]:
    """The bold stretches, from the first on, inside a line that stood at start:end, as they stand in its block."""
    spans: list[Span] = []
    while first < len(bold) and bold[first][0] < end:
        spans.append(Span(max(bold[first][0], start) + shift, min(bold[first][1], end) + shift))
        first += 1
    return tuple(spans)


def _gap(label: str, body: str) -> str:
    """Word sets a tab behind a number; a space stands for it only where number and text would run together."""
    if not label or label == BULLET:
        return ""
    return " " if label[-1].isalnum() or (label[-1] == "." and body[0].isdigit()) else ""


def _is_prose(text: str) -> bool:
    """Whether a paragraph with a heading's style is more than a heading: offices set whole items in it."""
    bare = text.strip(_EDGES)
    return len(bare) > _LONGEST_HEADING or any(stop in bare[:-1] for stop in _STOPS)


def _is_hidden(mark: etree._Element | None, style: Style) -> bool:
    """Whether a paragraph's end is hidden."""
    own = switch(child_of(mark, "vanish"))
    return style.hidden if own is None else own


def _is_contents(block: etree._Element) -> bool:
    """Whether a content control is Word's table of contents."""
    part = child_of(child_of(block, "sdtPr"), "docPartObj")
    return part is not None and value_of(part, "docPartGallery") == "Table of Contents"
