"""PDF: text and rules from PDFium, from pdfplumber where PDFium finds nothing; pages that are pictures are
recognised. Scripts, forms and links are never run."""

from __future__ import annotations

import ctypes
import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extract.errors import IngestError
from extract.ingest import ocr, scan
from extract.ingest.geometry import IDENTITY, Matrix, Rule, Run, is_bold_font, is_sound, product, rules_of
from extract.ingest.overprint import CALL_SIZE, is_legible, without_marks
from extract.ingest.printed import PrintedPage, read_pages
from extract.ingest.signs import with_signs
from extract.limits import current
from extract.model import RawDocument

_MOST_CHARS = 20_000_000
_PAGE_CHARS = 200_000
_MOST_OBJECTS = 50_000
"""Objects of a page that are looked at for rules."""
_MOST_SEGMENTS = 2_000
_CORNERS = 5
"""Segments of a line or rectangle, at most."""
_DEEPEST = 6
_MOST_PIXELS = 3400
"""Pixels of the longer side of a page that is recognised: A3 at 200 dots per inch."""
_OUTLINES = 50
"""Shapes on a page without text from which it is taken for one whose characters are drawn as outlines."""
_NOTHING = 0.01
_THIN = 2.5
"""Points up to which a filled shape is a line."""
_OVERLAP = 2.0
"""Points by which a character may reach over a rule beside it."""
_TWO_LINES = 1.5
"""Times the height of its first character, that of what stands on several lines."""
_QUARTER = 1.5707963
_WIDEST_TURN = 0.06
"""Quarters of a turn by which text may be off and still be straight; watermarks are turned by more."""
_TALLEST = 60.0
"""Points of a character's box from which it is checked against its ink."""
_PALE, _WHITE = 170, 250
"""Shades (0 to 255) of pale print, as watermarks have it."""
_LONGEST_NAME = 200
"""Bytes of a font's name that are looked at."""
_SPACES = (" ", "\u3000", "\xa0")
_QUOTES = "“”‘’"
_CALL = re.compile(r"(?<![\sA-Za-z0-9.,])(?:[\[〔【]\d{1,2}[\]〕】]|[1-9]\d?(?!\d)|[①-⑳])|(?<=\s)[1-9]\d?(?=[，。；：、）])")
_PIECE = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
"""PDFium joins a line that ends with a hyphen, for which it puts one of these signs, with the next."""
_HYPHEN = str.maketrans({"\x02": "-", "\ufffe": "-"})


def read_pdf(data: bytes, source: str, name: str) -> RawDocument:
    """The text layer of a PDF as paragraphs and tables, with pages and the places of lines.

    Raises IngestError with code `encrypted`, `damaged`, `too_many_pages`, `too_large` (characters), `no_text` (empty, or pictures only).
    """
    try:
        return _with_pdfium(data, source, name)
    except IngestError as error:
        if error.code not in ("damaged", "no_text"):
            raise
        return _with_pdfplumber(data, source, name, error)


def _with_pdfplumber(data: bytes, source: str, name: str, first: IngestError) -> RawDocument:
    """What pdfplumber reads where PDFium read nothing; the first error stands where it reads nothing either."""
    try:
        return read_pages(_Second(data).pages(), source, name)
    except IngestError:
        raise first from None


def _with_pdfium(data: bytes, source: str, name: str) -> RawDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            raise IngestError(f"{source}: it is encrypted; save it without a password", code="encrypted") from error
        raise IngestError(f"{source}: not readable as PDF: {error}", code="damaged") from error
    try:
        count = len(document)
        if not count:
            raise IngestError(f"{source}: not readable as PDF: it has no pages", code="damaged")
        if count > current().pages:
            raise IngestError(f"{source}: {count} pages; --max-pages allows {current().pages}", code="too_many_pages")
        return read_pages(_pages(document, data, source), source, name)
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument, data: bytes, source: str) -> Iterator[PrintedPage]:
    left, scans = _MOST_CHARS, 0
    second = _Second(data)
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield second.page(index) or PrintedPage(0.0, 0.0, [], [], broken=True)
            continue
        try:
            printed, count, doubtful = _page(page)
            if (printed.pictures or printed.illegible) and ocr.is_installed():
                scans += 1
                if scans > scan.MOST_PAGES:
                    raise IngestError(f"{source}: more than {scan.MOST_PAGES} pages are pictures; split it", code="too_large")
                recognised = _recognised(page)
                if recognised.runs or printed.pictures:
                    yield recognised
                    continue
        finally:
            page.close()
        left -= count
        if left < 0:
            raise IngestError(f"{source}: more than {_MOST_CHARS} characters", code="too_large")
        other = second.page(index) if doubtful else None
        yield other if other is not None and _characters(other) > _characters(printed) else printed


def _recognised(page: pdfium.PdfPage) -> PrintedPage:
    """A page by what it shows."""
    scale = min(scan.DPI / 72, _MOST_PIXELS / max(page.get_size()))
    return scan.scanned_page(page.render(scale=scale).to_pil(), 72 * scale)


def _characters(page: PrintedPage) -> int:
    return sum(len(run.text.rstrip()) for run in page.runs)


def _page(page: pdfium.PdfPage) -> tuple[PrintedPage, int, bool]:
    """The page, how many characters it has, and whether some of them may be missing."""
    drawn = _Drawn()
    raw = page.raw
    for i in range(min(c.FPDFPage_CountObjects(raw), _MOST_OBJECTS)):
        drawn.add(c.FPDFPage_GetObject(raw, i), IDENTITY, 0)
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return PrintedPage(0.0, 0.0, [], [], broken=True), 0, True
    try:
        count = min(text.count_chars(), _PAGE_CHARS)
        dividers = sorted({round(rule.x0, 1) for rule in drawn.rules if rule.x0 == rule.x1 and is_sound(rule)})
        by_turn, pale = _runs(text.raw, count, dividers, drawn)
    finally:
        text.close()
    turn = max(by_turn, key=lambda turn: len(by_turn[turn]))  # a page is read as its text runs, whichever way it is turned on the screen
    placed = _Placed(page.get_cropbox(), turn)
    runs, rules = [placed.run(run) for run in by_turn[turn]], [placed.rule(rule) for rule in drawn.rules]
    if pale[turn]:
        runs += without_marks([placed.run(run) for run in pale[turn]], runs)
    width, height = placed.size
    sideways = tuple(placed.run(run) for other in by_turn if (other - turn) % 180 for run in by_turn[other])
    printed = PrintedPage(width, height, runs, rules, sideways=sideways, illegible=not is_legible("".join([run.text for run in runs])))
    if scan.is_scan(printed, drawn.covered / max(1.0, width * height)) or (not runs and drawn.shapes > _OUTLINES):
        printed = replace(printed, pictures=True)
    return printed, count, drawn.doubtful and not printed.pictures


class _Placed:
    """From a page's own coordinates, up from the bottom left, to those of the page as it is seen, down from the top left."""

    def __init__(self, box: tuple[float, float, float, float], turn: int) -> None:
        self._left, self._bottom, self._right, self._top = box
        self._turn = turn
        size = self._right - self._left, self._top - self._bottom
        self.size = size if turn % 180 == 0 else size[::-1]

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def run(self, run: Run) -> Run:
        xa, ya = self._point(run.x0, run.top)
        xb, yb = self._point(run.x1, run.bottom)
        return Run(run.text, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), run.bold, run.em)

    def rule(self, rule: Rule) -> Rule:
        xa, ya = self._point(rule.x0, rule.y0)
        xb, yb = self._point(rule.x1, rule.y1)
        return Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


_Turned = dict[int, list[Run]]
Box = tuple[float, float, float, float]
_PieceOf = tuple[int, int, bool]
"""The first and last character of a piece of text, and whether it is bold."""


def _runs(page: Any, count: int, dividers: list[float], drawn: _Drawn) -> tuple[_Turned, _Turned]:
    """The runs of text by the degrees that the page must be turned to read them, in the page's own coordinates, and those in pale print;
    slanted text is left out."""
    text = _text(page, count)
    angle = c.FPDFText_GetCharAngle
    box_of = _boxes(page)
    found: _Turned = {0: [], 90: [], 180: [], 270: []}
    pale: _Turned = {0: [], 90: [], 180: [], 270: []}
    shade = [ctypes.c_uint() for _ in range(4)]
    pointers = [ctypes.byref(part) for part in shade]
    pieces: Iterable[_PieceOf] = [*_pieces(text)]
    if any(_is_aslant(angle(page, i)) for first, last, _ in pieces for i in (first, last)):
        pieces = (part for first, last, _ in pieces for part in _straight(page, first, last))
    calls = [match.span() for match in _CALL.finditer(text) if _is_small(page, text, *match.span())]
    if calls:
        pieces = _with_calls(pieces, calls)
    if drawn.bold:
        pieces = (part for first, last, _ in pieces for part in _by_weight(page, first, last, drawn))
    for first, last, bold in pieces:
        turned = angle(page, first) / _QUARTER
        quarter = round(turned)
        if abs(turned - quarter) > _WIDEST_TURN:
            continue
        x0, y0, x1, y1 = box_of(first)
        high = y1 - y0
        em = ((y1 - y0) if quarter % 2 else (x1 - x0)) if _is_han(text[first]) else 0.0
        if last > first:
            xa, ya, xb, yb = box_of(last)
            if _is_han(text[last]):
                em = max(em, (yb - ya) if quarter % 2 else (xb - xa))  # some fonts give the ink of single characters
            x0, y0, x1, y1 = min(x0, xa), min(y0, ya), max(x1, xb), max(y1, yb)
        is_pale = drawn.pale and c.FPDFText_GetFillColor(page, first, *pointers) and _is_pale(*(part.value for part in shade))
        runs = (pale if is_pale else found)[-quarter % 4 * 90]  # angles count down the page
        crossing = dividers[bisect_right(dividers, x0 + _OVERLAP) : bisect_left(dividers, x1 - _OVERLAP)]
        level = not quarter % 2
        if crossing or (level and y1 - y0 > _TWO_LINES * high):
            runs += _cut(
                [Run(text[i].translate(_HYPHEN), *_upward(box_of(i)), bold, em) for i in range(first, last + 1)], crossing, level=level
            )
        else:
            spaced = text[last + 1 : last + 2] in _SPACES and not c.FPDFText_IsGenerated(page, last + 1)
            runs.append(Run(text[first : last + 1].translate(_HYPHEN) + " " * spaced, x0, y1, x1, y0, bold, em))
    return found, pale


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """The first and last characters of what stands between spaces. A quote at the end is a piece of its own: it may come of another font,
    whose characters some programs draw after the others of a line, wherever they stand."""
    for match in _PIECE.finditer(text):
        first, last = match.start(), match.end() - 1
        if last > first and text[last] in _QUOTES:
            yield first, last - 1, False
            first = last
        yield first, last, False


def _is_aslant(angle: float) -> bool:
    """Whether text is neither level nor upright."""
    return abs(angle / _QUARTER - round(angle / _QUARTER)) > _WIDEST_TURN


def _straight(page: Any, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """The stretches of a piece that are not aslant: PDFium mixes the characters of a mark that lies over a line with those of the line."""
    start = -1
    for i in range(first, last + 1):
        straight = not _is_aslant(c.FPDFText_GetCharAngle(page, i))
        if straight and start < 0:
            start = i
        elif not straight and start >= 0:
            yield start, i - 1, False
            start = -1
    if start >= 0:
        yield start, last, False


def _is_small(page: Any, text: str, at: int, end: int) -> bool:
    """Whether figures are smaller than what stands before them, or, where a line begins, behind them."""
    beside = at - 1 if at and not text[at - 1].isspace() else end
    size, usual = c.FPDFText_GetFontSize(page, at), c.FPDFText_GetFontSize(page, beside)
    if size == usual == 1.0:  # the size is told by a matrix
        box_of = _boxes(page)
        (_, bottom, _, top), (_, low, _, high) = box_of(at), box_of(beside)
        size, usual = top - bottom, high - low
    return bool(size < CALL_SIZE * usual)


def _with_calls(pieces: Iterable[_PieceOf], calls: Sequence[tuple[int, int]]) -> Iterator[_PieceOf]:
    """The pieces, with what may call a footnote as pieces of their own."""
    for first, last, bold in pieces:
        for at, end in calls[bisect_left(calls, (first, 0)) : bisect_left(calls, (last + 1, 0))]:
            if at > first:
                yield first, at - 1, bold
            yield at, end - 1, bold
            first = end
        if first <= last:
            yield first, last, bold


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _by_weight(page: Any, first: int, last: int, drawn: _Drawn) -> Iterator[tuple[int, int, bool]]:
    """A piece of a line as its stretches in bold and in other print: the first and last character of each, and whether it is bold."""
    one, other = c.FPDFText_GetTextObject(page, first), c.FPDFText_GetTextObject(page, last)
    if first == last or (one and other and ctypes.addressof(one.contents) == ctypes.addressof(other.contents)):
        yield first, last, bool(one) and drawn.is_bold(one)
        return
    middle = (first + last) // 2
    before = [*_by_weight(page, first, middle, drawn)]
    after = [*_by_weight(page, middle + 1, last, drawn)]
    if before[-1][2] == after[0][2]:
        after[0] = before.pop()[0], after[0][1], after[0][2]
    yield from (*before, *after)


def _boxes(page: Any) -> Callable[[int], Box]:
    """The way from a character's index to its box (left, bottom, right, top): its place in the line, or, where a font gives nonsense, its ink."""
    rect = c.FS_RECTF()
    place = ctypes.byref(rect)
    edges = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = edges
    pointers = [ctypes.byref(edge) for edge in edges]

    def box_of(index: int) -> Box:
        c.FPDFText_GetLooseCharBox(page, index, place)
        if rect.top - rect.bottom < _TALLEST:
            return rect.left, rect.bottom, rect.right, rect.top
        c.FPDFText_GetCharBox(page, index, *pointers)
        if 3 * (top.value - bottom.value) > rect.top - rect.bottom:
            return rect.left, rect.bottom, rect.right, rect.top
        return left.value, bottom.value, right.value, top.value

    return box_of


def _upward(box: Box) -> Box:
    return box[0], box[3], box[2], box[1]


def _text(page: Any, count: int) -> str:
    """The page's characters, one for each that PDFium counts."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    got = c.FPDFText_GetText(page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
    if len(text) != count:
        text = "".join([chr(u) if 0 < (u := c.FPDFText_GetUnicode(page, i)) < 0x110000 else "\ufffd" for i in range(count)])
    return with_signs(text, lambda index: _font_at(page, index))


def _font_at(page: Any, index: int) -> str:
    """The name of the font that a character is drawn in."""
    item = c.FPDFText_GetTextObject(page, index)
    font = c.FPDFTextObj_GetFont(item) if item else None
    return _font_name(font).rpartition("+")[2] if font else ""


def _cut(chars: Sequence[Run], dividers: Sequence[float], *, level: bool) -> Iterator[Run]:
    """Characters as runs, parted where a rule stands between two (text of neighbouring cells that stands close together) and where one stands
    above the next: PDFium takes a page of narrow columns for one that is set downwards."""
    run = chars[0]
    for char in chars[1:]:
        middle = (char.x0 + char.x1) / 2
        shared = min(run.top, char.top) - max(run.bottom, char.bottom)  # places count up the page here
        below = level and 2 * shared < min(run.top - run.bottom, char.top - char.bottom)
        parted = any((run.x0 + run.x1) / 2 < x < middle and char.x0 > x - _OVERLAP and run.x1 < x + _OVERLAP for x in dividers)
        if below or parted:
            yield run
            run = char
        else:
            top, bottom = max(run.top, char.top), min(run.bottom, char.bottom)
            run = Run(run.text + char.text, min(run.x0, char.x0), top, max(run.x1, char.x1), bottom, run.bold, run.em)
    yield run


# --- rules -----------------------------------------------------------------------------------------------------------------


class _Font(NamedTuple):
    """What matters of a font: whether it is in the file, and whether it is bold."""

    embedded: bool
    bold: bool


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page beside its text. covered: square points of pictures.   shapes: how many are drawn.   pale, bold: some text is
    in such print.   doubtful: a text has no outlines, since its font is neither embedded nor installed; of such text PDFium leaves out
    single characters and lines that are alike."""

    rules: list[Rule] = field(default_factory=list)
    covered: float = 0.0
    shapes: int = 0
    doubtful: bool = False
    pale: bool = False
    bold: bool = False
    fonts: dict[int, _Font] = field(default_factory=dict)
    shade: list[ctypes.c_uint] = field(default_factory=lambda: [ctypes.c_uint() for _ in range(4)])
    pointers: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.pointers = [ctypes.byref(part) for part in self.shade]

    def _font(self, item: Any) -> _Font:
        """The font of a text; a page has few fonts and many texts."""
        font = c.FPDFTextObj_GetFont(item)
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self.fonts:
            self.fonts[address] = _Font(c.FPDFFont_GetIsEmbedded(font) != 0, is_bold_font(_font_name(font))) if font else _Font(True, False)
        return self.fonts[address]

    def is_bold(self, item: Any) -> bool:
        """Whether a text is in a bold font, or made bold by drawing the outlines of its characters too."""
        return self._font(item).bold or c.FPDFTextObj_GetTextRenderMode(item) == c.FPDF_TEXTRENDERMODE_FILL_STROKE

    def add(self, item: Any, around: Matrix, depth: int) -> None:
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            self.doubtful = self.doubtful or (not self._font(item).embedded and _has_no_outlines(item))
            self.bold = self.bold or self.is_bold(item)
            self.pale = self.pale or (
                bool(c.FPDFPageObj_GetFillColor(item, *self.pointers)) and _is_pale(*(part.value for part in self.shade))
            )
        elif kind == c.FPDF_PAGEOBJ_PATH:
            self.shapes += 1
            _path(item, around, self.rules)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            a, b, c_, d, *_ = product(_matrix(item), around)  # a picture fills the unit square
            self.covered += abs(a * d - b * c_)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            matrix = product(_matrix(item), around)
            for i in range(min(c.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                self.add(c.FPDFFormObj_GetObject(item, i), matrix, depth + 1)


def _font_name(font: Any) -> str:
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    size = c.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    if not 0 < size <= _LONGEST_NAME:
        return ""
    try:
        return name.value.decode("utf-8")
    except UnicodeDecodeError:
        return name.value.decode("gb18030", "replace")  # as office programs in China write them


def _is_pale(red: int, green: int, blue: int, opaque: int) -> bool:
    """Whether print is nearly as light as paper, or shines through; white is the print of dark heads of tables."""
    return _PALE <= min(red, green, blue) < _WHITE or 0 < opaque < 255 - _PALE // 2


def _has_no_outlines(item: Any) -> bool:
    box = _bounds(item)
    return box is not None and min(box[2] - box[0], box[3] - box[1]) <= _NOTHING


def _bounds(item: Any) -> Box | None:
    """Left, bottom, right, top of an object; None where it has none."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not c.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _moved(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _matrix(item: Any) -> Matrix:
    m = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return m.a, m.b, m.c, m.d, m.e, m.f


def _path(item: Any, around: Matrix, rules: list[Rule]) -> None:
    count = c.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    box = _bounds(item) if count <= _CORNERS else None
    if box is not None and min(box[2] - box[0], box[3] - box[1]) <= _THIN:  # most are, and need no look at their corners
        rules += rules_of([_moved(box[0], box[1], around), _moved(box[2], box[3], around)], _THIN, outlined=False)
        return
    matrix = product(_matrix(item), around)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    ground = c.FPDFPath_GetDrawMode(item, ctypes.byref(filled), ctypes.byref(stroked)) and not stroked.value
    x, y = ctypes.c_float(), ctypes.c_float()
    px, py = ctypes.byref(x), ctypes.byref(y)
    drawn: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = c.FPDFPath_GetPathSegment(item, i)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind not in (c.FPDF_SEGMENT_LINETO, c.FPDF_SEGMENT_MOVETO) or not c.FPDFPathSegment_GetPoint(segment, px, py):
            return  # curves: no ruled line
        point = _moved(x.value, y.value, matrix)
        if kind == c.FPDF_SEGMENT_MOVETO or not drawn:
            drawn.append([point])
        else:
            drawn[-1].append(point)
        if c.FPDFPathSegment_GetClose(segment):
            drawn[-1].append(drawn[-1][0])
    for points in drawn:
        rules += rules_of(points, _THIN, outlined=not ground)


# --- the second reader ---------------------------------------------------------------------------------------------------


class _Second:
    """pdfplumber, opened when it is first asked; a page that it cannot read is None."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _listed(self) -> list[Any]:
        import pdfplumber  # takes a quarter of a second to load, and is seldom needed

        try:
            return list(pdfplumber.open(io.BytesIO(self._data)).pages)
        except Exception:  # noqa: BLE001 - pdfminer raises anything on broken files; what PDFium found stands
            return []

    def page(self, index: int) -> PrintedPage | None:
        if index >= len(self._listed):
            return None
        page = self._listed[index]
        try:
            printed = _plumbed(page)
            page.close()
        except Exception:  # noqa: BLE001 - as above
            return None
        return printed if printed.runs else None

    def pages(self) -> Iterator[PrintedPage]:
        """All pages, up to the limit; none where the file cannot be read."""
        for index in range(min(len(self._listed), current().pages)):
            yield self.page(index) or PrintedPage(0.0, 0.0, [], [], broken=True)


def _plumbed(page: Any) -> PrintedPage:
    words = page.extract_words(use_text_flow=True, keep_blank_chars=False, extra_attrs=["fontname"])
    runs = [Run(w["text"], w["x0"], w["top"], w["x1"], w["bottom"], is_bold_font(w["fontname"])) for w in words if w.get("upright", True)]
    shapes = (*page.lines, *page.rects, *page.curves)
    rules = [rule for shape in shapes for rule in rules_of(shape["pts"], _THIN, outlined=bool(shape["stroke"]))]
    illegible = not is_legible("".join([run.text for run in runs]))
    return PrintedPage(float(page.width), float(page.height), runs, rules, bool(page.images) and not runs, illegible=illegible)
