"""OFD (GB/T 33190): text and path objects of pages, their templates and composite objects, placed as they are printed."""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import NamedTuple

from lxml import etree

from extract.errors import IngestError
from extract.ingest import ocr, scan
from extract.ingest.geometry import IDENTITY, Matrix, Rule, Run, breadth, is_bold_font, product, rules_of
from extract.ingest.printed import PrintedPage, read_pages
from extract.ingest.signs import with_signs
from extract.limits import MIB, current
from extract.model import Diagnostic, RawDocument

_POINTS = 72 / 25.4
"""Points in a millimetre, OFD's unit."""
_MOST_MEMBERS = 20_000
_MOST_BYTES = 64 << 20
"""Bytes of one part of the package, unpacked."""
_PAGE_OBJECTS = 50_000
_MOST_CHARS = 200_000
"""Characters of one text object."""
_MOST_PATH = 1_000_000
"""Characters of one path that are read."""
_DEEPEST = 12
_TURNED = 0.1
"""Radians by which text may be turned and still be level."""
_BOLD_WEIGHT = 600
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What zipfile raises for archives that are not whole."""
_PATH_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")

Element = etree._Element


def read_ofd(data: bytes, source: str, name: str) -> RawDocument:
    """The text of an OFD package, document after document, as paragraphs and tables with pages and the places of lines.

    Raises IngestError with code `damaged`, `encrypted`, `too_large`, `too_many_pages`, or `no_text` (empty, or pictures only).
    """
    raw = read_pages(ofd_pages(data, source), source, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        count = _Package(archive, source).annotations()
    if not count:
        return raw
    note = Diagnostic("left_out", "info", f"{count} annotations with text are not part of the text")
    return replace(raw, diagnostics=(*raw.diagnostics, note))


def ofd_attachments(data: bytes, source: str) -> list[tuple[str, bytes]]:
    """The files that hang on an OFD package, with their names. Raises IngestError with code `damaged`, `encrypted` or `too_large`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_Package(archive, source).attachments())
    except _BROKEN as error:
        raise IngestError(f"{source}: not readable as OFD: {error}", code="damaged") from error


def ofd_pages(data: bytes, source: str) -> Iterator[PrintedPage]:
    """The pages of an OFD package as they are printed. Raises IngestError with code `damaged`, `encrypted` or `too_large`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _Package(archive, source).pages()
    except _BROKEN as error:
        raise IngestError(f"{source}: not readable as OFD: {error}", code="damaged") from error


class _Package:
    """The parts of a package by name. Names are only looked up in the archive, never used as paths."""

    def __init__(self, archive: zipfile.ZipFile, source: str) -> None:
        infos = archive.infolist()
        if len(infos) > _MOST_MEMBERS:
            raise IngestError(f"{source}: {len(infos)} parts; at most {_MOST_MEMBERS} are read", code="too_large")
        self._archive = archive
        self._source = source
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        self._left = current().expansion * MIB
        self._scans = 0
        self._parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)

    def pages(self) -> Iterator[PrintedPage]:
        """The pages of all documents of the package."""
        root = self._part("OFD.xml")
        if root is None:
            raise IngestError(f"{self._source}: not readable as OFD: OFD.xml is missing or broken", code="damaged")
        count = 0
        roots = [(element.text or "").strip() for element in _below(root, "DocRoot")]
        for path in roots:
            place = _resolve("", path)
            document = self._part(place)
            if document is None:
                if len(roots) == 1:
                    raise IngestError(f"{self._source}: not readable as OFD: {place} is missing or broken", code="damaged")
                continue
            for page in self._document(document, dirname(place)):
                count += 1
                if count > current().pages:
                    raise IngestError(f"{self._source}: more pages than --max-pages allows ({current().pages})", code="too_many_pages")
                yield page

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """The files that the documents of the package list as attached (GB/T 33190, 20)."""
        for entry, folder in self._entries("Attachments", "Attachment"):
            place = next(_children(entry, "FileLoc"), None)
            data = self._bytes(_resolve(folder, (place.text or "").strip())) if place is not None else None
            if data is not None:
                yield _file_name(entry.get("Name", ""), entry.get("Format", "")), data

    def annotations(self) -> int:
        """How many annotations of pages hold text; watermarks are none."""
        count = 0
        for entry, folder in self._entries("Annotations", "Page"):
            place = next(_children(entry, "FileLoc"), None)
            part = self._part(_resolve(folder, (place.text or "").strip())) if place is not None else None
            notes = _below(part, "Annot") if part is not None else ()
            count += sum(1 for note in notes if note.get("Type") != "Watermark" and next(_below(note, "TextCode"), None) is not None)
        return count

    def _entries(self, listed: str, tag: str) -> Iterator[tuple[Element, str]]:
        """The entries of a list that documents refer to, each with the folder that its locations count from."""
        root = self._part("OFD.xml")
        for element in _below(root, "DocRoot") if root is not None else ():
            place = _resolve("", (element.text or "").strip())
            document = self._part(place)
            for location in _children(document, listed) if document is not None else ():
                target = _resolve(dirname(place), (location.text or "").strip())
                part = self._part(target)
                for entry in _below(part, tag) if part is not None else ():
                    yield entry, dirname(target)

    def _document(self, document: Element, folder: str) -> Iterator[PrintedPage]:
        usual = _box(next(_below(document, "PhysicalBox"), None)) or (0.0, 0.0, 210.0, 297.0)
        shared = self._resources(document, folder)
        templates = {t.get("ID", ""): _resolve(folder, t.get("BaseLoc", "")) for t in _below(document, "TemplatePage")}
        listed = next(_children(document, "Pages"), None)
        for entry in _children(listed, "Page") if listed is not None else ():
            place = _resolve(folder, entry.get("BaseLoc", ""))
            page = self._part(place)
            if page is None:
                yield PrintedPage(0.0, 0.0, [], [], broken=True)
                continue
            area = next(_below(page, "PhysicalBox"), None)
            box = _box(area) or usual
            own = self._resources(page, dirname(place))
            drawing = _Drawing(shared.composites | own.composites, shared.fonts | own.fonts)
            for template in _children(page, "Template"):
                ground = self._part(templates.get(template.get("TemplateID", ""), ""))
                if ground is not None:
                    drawing.content(ground)
            drawing.content(page)
            yield self._recognised(drawing, box, shared.media | own.media)

    def _resources(self, document: Element, folder: str) -> _Resources:
        """What a document or page names as its resources."""
        found = _Resources({}, {}, {})
        for tag in ("PublicRes", "DocumentRes", "PageRes"):
            for entry in _below(document, tag):
                name = _resolve(folder, (entry.text or "").strip())
                part = self._part(name)
                if part is None:
                    continue
                found.composites.update((unit.get("ID", ""), unit) for unit in _below(part, "CompositeGraphicUnit"))
                found.fonts.update((font.get("ID", ""), _font(font)) for font in _below(part, "Font"))
                base = _resolve(dirname(name), part.get("BaseLoc", ""))
                for one in _below(part, "MultiMedia"):
                    found.media.update(
                        (one.get("ID", ""), _resolve(base, (file.text or "").strip())) for file in _children(one, "MediaFile")
                    )
        return found

    def _recognised(self, drawing: _Drawing, box: tuple[float, float, float, float], media: dict[str, str]) -> PrintedPage:
        """The page; one that is a picture by what that shows."""
        x, y, width, height = box
        page = drawing.page(box)
        if not scan.is_scan(page, sum((p.x1 - p.x0) * (p.bottom - p.top) for p in drawing.pictures) / (width * height)):
            return page
        shown = [(data, p) for p in drawing.pictures if (data := self._bytes(media.get(p.text, ""))) is not None]
        if not shown or not ocr.is_installed():
            return replace(page, pictures=True)
        self._scans += 1
        if self._scans > scan.MOST_PAGES:
            raise IngestError(f"{self._source}: more than {scan.MOST_PAGES} pages are pictures; split it", code="too_large")
        dots = scan.DPI / 25.4
        places = [tuple(round(edge * dots) for edge in (p.x0 - x, p.top - y, p.x1 - x, p.bottom - y)) for _, p in shown]
        return scan.mounted_page([data for data, _ in shown], places, round(width * dots), round(height * dots))

    def _part(self, name: str) -> Element | None:
        """A part as a tree; None where it is missing or broken."""
        data = self._bytes(name)
        try:
            root = etree.fromstring(data, self._parser) if data else None
        except etree.XMLSyntaxError:
            return None
        if root is not None and root.getroottree().docinfo.internalDTD is not None:
            raise IngestError(f"{self._source}: {name} declares a document type, which OFD files never do", code="forbidden_xml")
        return root

    def _bytes(self, name: str) -> bytes | None:
        """The bytes of a part; None where it is missing or broken."""
        info = self._infos.get(name.lower())
        if info is None:
            return None
        if info.file_size > min(_MOST_BYTES, self._left):
            raise IngestError(f"{self._source}: {name} unpacks to {info.file_size} bytes, which is too much", code="too_large")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except _BROKEN:
            return None
        except RuntimeError as error:  # what zipfile raises for a part with a password
            raise IngestError(f"{self._source}: it is encrypted; save it without a password", code="encrypted") from error
        self._left -= len(data)
        return data


class _Font(NamedTuple):
    """What matters of a font: its name, and whether it is bold."""

    name: str
    bold: bool


class _Resources(NamedTuple):
    """By their ids: composite objects, the names of picture files, fonts."""

    composites: dict[str, Element]
    media: dict[str, str]
    fonts: dict[str, _Font]


def _font(element: Element) -> _Font:
    name = element.get("FontName", "")
    return _Font(name, element.get("Bold") == "true" or is_bold_font(f"{name} {element.get('FamilyName')}"))


def _file_name(name: str, ending: str) -> str:
    """The name of an attachment; its ending may be told apart."""
    return name if not ending or name.lower().endswith("." + ending.lower()) else f"{name}.{ending}"


def _resolve(folder: str, path: str) -> str:
    """A location (ST_Loc) as a name in the package: absolute from its root, else from the folder of the part that names it."""
    path = path.replace("\\", "/")
    return path.lstrip("/") if path.startswith("/") else normpath(join(folder, path))


def _children(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element if _tag(child) == tag)


def _below(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element.iter() if _tag(child) == tag)


def _tag(element: Element) -> str:
    """The local name; OFD writers differ in namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _numbers(text: str | None) -> list[float]:
    found = []
    for piece in (text or "").split():
        try:
            number = float(piece)
        except ValueError:
            return []
        if not math.isfinite(number) or abs(number) > 1e7:
            return []
        found.append(number)
    return found


def _number(element: Element, name: str, default: float) -> float:
    found = _numbers(element.get(name))
    return found[0] if found else default


def _box(element: Element | None) -> tuple[float, float, float, float] | None:
    found = _numbers(element.text) if element is not None else []
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 and found[2] > 0 and found[3] > 0 else None


@dataclass(slots=True)
class _Drawing:
    """What is drawn on a page, in millimetres until the page is made. pictures: their resources' ids, where they lie.   left: the objects
    that may still be drawn; open: the composite objects that are being drawn."""

    composites: dict[str, Element]
    fonts: dict[str, _Font]
    runs: list[Run] = field(default_factory=list)
    sideways: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Run] = field(default_factory=list)
    left: int = _PAGE_OBJECTS
    open: set[str] = field(default_factory=set)

    def content(self, page: Element) -> None:
        """Draw a page's or template's layers."""
        for content in _children(page, "Content"):
            self._draw(content, IDENTITY, 0)

    def page(self, box: tuple[float, float, float, float]) -> PrintedPage:
        """The page, in points from the top left of its box."""
        x, y, width, height = box
        runs, sideways = ([Run(r.text, *_scaled(r.box, x, y), r.bold, r.em * _POINTS) for r in held] for held in (self.runs, self.sideways))
        rules = [Rule(*_scaled(r, x, y)) for r in self.rules]
        return PrintedPage(width * _POINTS, height * _POINTS, runs, rules, sideways=tuple(sideways))

    def _draw(self, holder: Element, around: Matrix, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for item in holder:
            self.left -= 1
            if self.left < 0:
                return
            tag = _tag(item)
            if item.get("Visible") == "false":
                continue
            if tag == "TextObject":
                self._text(item, _placed(item, around))
            elif tag == "PathObject":
                self._path(item, _placed(item, around))
            elif tag == "ImageObject":
                self._picture(item, around)
            elif tag == "CompositeObject":
                self._composite(item, around, depth)
            elif tag in ("Layer", "PageBlock"):
                self._draw(item, around, depth + 1)

    def _picture(self, item: Element, around: Matrix) -> None:
        box = _numbers(item.get("Boundary"))
        matrix = _placed(item, around)
        if item.get("CTM") is None and len(box) == 4:
            matrix = product((box[2], 0.0, 0.0, box[3], 0.0, 0.0), matrix)  # a picture fills the unit square
        corners = [_point(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.pictures.append(Run(item.get("ResourceID", ""), min(xs), min(ys), max(xs), max(ys)))

    def _composite(self, item: Element, around: Matrix, depth: int) -> None:
        name = item.get("ResourceID", "")
        if name not in self.composites or name in self.open:
            return  # one that holds itself has no end
        self.open.add(name)
        for content in _children(self.composites[name], "Content"):
            self._draw(content, _placed(item, around), depth + 1)
        self.open.remove(name)

    def _text(self, item: Element, matrix: Matrix) -> None:
        angle = math.atan2(matrix[1], matrix[0])
        sideways = abs(abs(angle) - math.pi / 2) < _TURNED
        if abs(angle) > _TURNED and not sideways:
            return  # watermarks
        outlined = item.get("Stroke") == "true" and item.get("Fill") != "false"
        font = self.fonts.get(item.get("Font", ""), _Font("", False))
        bold = outlined or font.bold or _number(item, "Weight", 0.0) >= _BOLD_WEIGHT
        size = _number(item, "Size", 3.5)
        x = y = 0.0
        for code in _children(item, "TextCode"):
            x, y = _number(code, "X", x), _number(code, "Y", y)
            text = with_signs((code.text or "")[:_MOST_CHARS], lambda _: font.name)
            runs = _runs(text, x, y, code, size, _number(item, "HScale", 1.0) or 1.0, matrix)
            held = self.sideways if sideways else self.runs
            held += [run._replace(bold=True) for run in runs] if bold else runs

    def _path(self, item: Element, matrix: Matrix) -> None:
        for data in _children(item, "AbbreviatedData"):
            for points in _shapes(data.text or ""):
                self.rules += rules_of([_point(matrix, x, y) for x, y in points], 0.8, outlined=item.get("Stroke") != "false")


def _scaled(box: tuple[float, ...], x: float, y: float) -> tuple[float, float, float, float]:
    return (box[0] - x) * _POINTS, (box[1] - y) * _POINTS, (box[2] - x) * _POINTS, (box[3] - y) * _POINTS


def _placed(item: Element, around: Matrix) -> Matrix:
    """The way from an object's own coordinates to the page: its CTM, then its place."""
    found = _numbers(item.get("CTM"))
    ctm: Matrix = (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY
    box = _numbers(item.get("Boundary"))
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    return product(product(ctm, (1.0, 0.0, 0.0, 1.0, x, y)), around)


def _point(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _deltas(text: str | None, count: int) -> list[float]:
    """Steps from each character to the next; `g n d` stands for n steps of d."""
    found: list[float] = []
    pieces = (text or "").split()
    if "g" not in pieces:
        return _numbers(" ".join(pieces[:count]))
    at = 0
    while at < len(pieces) and len(found) < count:
        if pieces[at] == "g" and at + 2 < len(pieces):
            times, step = _numbers(pieces[at + 1]), _numbers(pieces[at + 2])
            if not times or not step:
                break
            found += [step[0]] * max(0, min(int(times[0]), count - len(found)))
            at += 3
        else:
            step = _numbers(pieces[at])
            if not step:
                break
            found.append(step[0])
            at += 1
    return found


_width = lru_cache(maxsize=8192)(breadth)


def _runs(text: str, x: float, y: float, code: Element, size: float, stretch: float, matrix: Matrix) -> Iterator[Run]:
    """The characters of one text code as runs, cut where they stand apart; `x`, `y`: the first one's baseline origin."""
    across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
    open_text, start, end, base = "", x, x, y
    for i, char in enumerate(text):
        wide = _width(char) * size * stretch
        moved = i > 0 and (abs(y - base) > 0.3 * size or x > end + 0.25 * size or x < end - size)
        if char.isspace() or moved:
            if open_text:
                yield _run(open_text + " " * char.isspace(), start, end, base, size, stretch, matrix)
            open_text = ""
        if not char.isspace():
            if not open_text:
                start, base = x, y
            open_text += char
            end = x + wide
        step = across[i] if i < len(across) else (0.0 if down and not across else wide)
        if 0 < step < wide and open_text:
            end = x + step
        x += step
        y += down[i] if i < len(down) else 0.0
    if open_text:
        yield _run(open_text, start, end, base, size, stretch, matrix)


def _run(text: str, start: float, end: float, base: float, size: float, stretch: float, matrix: Matrix) -> Run:
    xa, ya = _point(matrix, start, base - 0.85 * size)
    xb, yb = _point(matrix, end, base + 0.15 * size)
    em = size * stretch * math.hypot(matrix[0], matrix[1])
    return Run(text, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb), em=em)


def _shapes(data: str) -> Iterator[list[tuple[float, float]]]:
    """The straight-sided shapes of an abbreviated path (M, S: begin, L: line, C: close); shapes with curves are left out."""
    points: list[tuple[float, float]] = []
    operator, straight = "", True
    operands: list[float] = []
    for piece in _PATH_TOKEN.findall(data[:_MOST_PATH]):
        if not piece.isalpha():
            operands.append(float(piece))
            if len(operands) == 2 and operator in ("M", "S", "L"):
                points.append((operands[0], operands[1]))
                operands = []
            continue
        if piece in ("M", "S"):
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        elif piece == "C" and points:
            points.append(points[0])
        elif piece in ("Q", "B", "A"):
            straight = False
        operator, operands = piece, []
    if straight and len(points) > 1:
        yield points
