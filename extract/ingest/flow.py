"""The text of a page as a browser would lay it out: blocks, bold stretches, list marks, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.ingest.page import Element, Layout
from extract.model import Block, BlockKind, Cell, Span

_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "address", "blockquote", "center", "form", "pre", "hr"}
) | {
    *("dd", "dl", "dt", "li", "ol", "ul", "fieldset", "legend", "figure", "figcaption", "details", "summary", "option", "aside", "nav"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "body", "title"),
}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:(bold\w*|[6-9]00)|(normal|lighter|[1-5]00))", re.IGNORECASE)
_SPACE = re.compile(r"([ \t\n\r\f]+)")
_FOLDED = " \t\n\r\f"
_WIDE = "\u2e80"
_EDGES = " \t\n\u3000\xa0\u2002\u2003\u2009"

# An item that brings its own mark needs none from its list.
_OWN_MARK = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．]|第[一二三四五六七八九十百\d]+|[①-⑳]|[-–—•●◆■▪·*]")


_LABEL = re.compile(r"[【\[]|[\u4e00-\u9fff]{2,6}[：:]")


@dataclass(slots=True)
class Part:
    """A block before it has its place in the document: offsets count from its own start.

    where: before, main or after, as seen from the article.   linked: how many of its characters are links.   print: of a centred
    paragraph, the size of its print in half points, where the format tells it.
    """

    kind: BlockKind
    text: str
    where: str
    level: int = 0
    bold: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    linked: int = 0
    print: int = 0


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, or None where it is not numbered."""

    number: int | None
    style: str = "1"


@dataclass(slots=True)
class Flow:
    """One walk over a page or a cell. `layout`: what to pass over, and where the article is."""

    layout: Layout
    in_cell: bool = False
    parts: list[Part] = field(default_factory=list)
    _where: str = "before"
    _pieces: list[str] = field(default_factory=list)
    _size: int = 0
    _gap: str = ""
    _weights: list[bool] = field(default_factory=list)
    _bold: list[list[int]] = field(default_factory=list)
    _open: bool = False
    _links: int = 0
    _linked: int = 0
    _heading: int = 0
    _lists: list[_List] = field(default_factory=list)
    _label: str = ""
    _pre: int = 0
    _parted: bool = False

    def read(self, root: Element) -> list[Part]:
        """The blocks under `root`, in the order of the page."""
        from extract.ingest.grid import caption_of, cells_of, is_data  # cells are read by a flow of their own

        skipped, main = self.layout.skipped, self.layout.main
        if main is None:
            self._where = "main"
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                self._leave(tag, element in skipped)
                if element is main:
                    self._where = "after"
                if element.tail and element is not root:
                    self._add(element.tail)
            elif element in skipped:
                walk.skip_subtree()
            elif tag == "table" and not self.in_cell and is_data(element, self.layout):
                if element is main:
                    self._where = "main"
                self._enter(element, tag)
                self.parts += caption_of(element, self.layout, self._where)
                self.parts.append(cells_of(element, self.layout, self._where))
                walk.skip_subtree()
            else:
                if element is main:
                    self._flush()
                    self._where = "main"
                self._enter(element, tag)
                if element.text:
                    self._add(element.text)
        self._flush()
        return self.parts

    def _enter(self, element: Element, tag: str) -> None:
        if tag == "br":
            self._flush()
            return
        if tag in _BLOCKS:
            self._flush()
            if tag in _HEADINGS:
                self._heading = int(tag[1])
            elif tag == "ol":
                start = element.get("start", "1")
                self._lists.append(
                    _List(int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1, element.get("type", "1"))
                )
            elif tag == "ul":
                self._lists.append(_List(None))
            elif tag == "li":
                self._label = self._next_label()
            elif tag == "pre":
                self._pre += 1
        elif tag == "a":
            self._links += 1
        self._weights.append(self._is_bold(element, tag))

    def _leave(self, tag: str, was_skipped: bool) -> None:
        if was_skipped or tag == "br":
            return
        if tag in _BLOCKS:
            self._flush()
            if tag in _HEADINGS:
                self._heading = 0
            elif tag in ("ol", "ul") and self._lists:
                self._lists.pop()
            elif tag == "li":
                self._label = ""
            elif tag == "pre":
                self._pre -= 1
        else:
            self._parted = True
            self._links -= tag == "a"
        self._weights.pop()

    def _is_bold(self, element: Element, tag: str) -> bool:
        bold = tag in ("b", "strong") or (bool(self._weights) and self._weights[-1])
        style = element.get("style")
        weight = _weight(style) if style else None
        return bold if weight is None else weight

    def _next_label(self) -> str:
        if not self._lists:
            return ""
        current = self._lists[-1]
        if current.number is None:
            return "• "
        label = _numeral(current.number, current.style)
        current.number += 1
        return label + "."

    def _add(self, text: str) -> None:
        if self._pre:
            for i, line in enumerate(text.split("\n")):
                if i:
                    self._flush()
                self._fold(line)
        else:
            self._fold(text)

    def _fold(self, text: str) -> None:
        """Put text behind what the block holds, white space folded as in a browser; a line end between two wide characters is none."""
        if not text.strip(_FOLDED):
            self._gap = "\n" if "\n" in text or self._gap == "\n" else " "
            return
        pieces = _SPACE.split(text)
        if pieces[0]:
            self._put(pieces[0])
        for i in range(1, len(pieces), 2):
            self._gap = "\n" if "\n" in pieces[i] or self._gap == "\n" else " "
            if pieces[i + 1]:
                self._put(pieces[i + 1])

    def _put(self, piece: str) -> None:
        if self._parted and self._where == "before" and _LABEL.match(piece):
            self._gap = " "  # 日期：… 来源：… stand apart by style alone
        self._parted = False
        if self._gap:
            if self._pieces and not (self._gap == "\n" and self._pieces[-1][-1] > _WIDE and piece[0] > _WIDE):
                self._write(" ")
            self._gap = ""
        self._write(piece)
        if self._links:
            self._linked += len(piece)

    def _write(self, piece: str) -> None:
        bold = bool(self._weights) and self._weights[-1]
        if bold and not self._open:
            self._bold.append([self._size, self._size])
        self._open = bold
        self._pieces.append(piece)
        self._size += len(piece)
        if bold:
            self._bold[-1][1] = self._size

    def _flush(self) -> None:
        """Close the block."""
        self._gap = ""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        body = text.strip(_EDGES)
        if body:
            label = "" if not self._label or _OWN_MARK.match(body) else self._label
            shift = len(label) - (len(text) - len(text.lstrip(_EDGES)))
            bold = [Span(max(s + shift, len(label)), min(e + shift, len(label) + len(body))) for s, e in self._bold]
            kind: BlockKind = "heading" if self._heading else "bullet" if label == "• " else "paragraph"
            spans = tuple([span for span in bold if span.start < span.end]) if bold else ()
            self.parts.append(Part(kind, label + body, self._where, self._heading, spans, (), self._linked))
            self._label = ""
        self._pieces, self._size, self._bold, self._open, self._linked = [], 0, [], False, 0


@lru_cache(maxsize=4096)
def _weight(style: str) -> bool | None:
    """Whether a style makes text bold; None where it says nothing. Pages repeat a few styles hundreds of times."""
    weight = _BOLD_STYLE.search(style)
    return None if weight is None else weight[1] is not None


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _numeral(number: int, style: str) -> str:
    """A list's number as the browser prints it, for the types 1, a, A, i and I."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number <= 39:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if style == "I" else roman.lower()
    return str(number)


def block_of(part: Part, start: int) -> Block:
    """The part as a block of a document in which it stands at `start`."""
    bold = tuple([Span(start + s, start + e) for s, e in part.bold]) if part.bold else ()
    cells = (
        tuple([Cell(c.row, c.column, c.row_span, c.column_span, start + c.start, start + c.end) for c in part.cells]) if part.cells else ()
    )
    return Block(part.kind, start, start + len(part.text), part.level, bold, cells)
