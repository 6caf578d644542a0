"""Pictures of pages: straightened, seals taken off, rules and lines found, so that they are read as printed pages are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extract.errors import IngestError
from extract.ingest import ocr
from extract.ingest.geometry import Rule, Run, rows_of
from extract.ingest.gridlines import Grid, grids_of
from extract.ingest.printed import Doubt, PrintedPage, read_pages
from extract.model import RawDocument

if TYPE_CHECKING:
    from numpy import ndarray
    from PIL.Image import Image

    from extract.ingest.raster import Box

DPI = 200
"""Dots per inch in which pages are read."""
MOST_PAGES = 300
"""Pages of a document that are recognised."""
_MOST_PIXELS = 120_000_000
_LONGEST = 8000
"""Pixels of a page's longer side."""
_A4 = 8.27, 11.69
_PLAUSIBLE = (100, 1300)
"""Dots per inch that a scanner gives; a file that says 72 or 96 knows nothing."""
_UNSURE = 0.8
"""Certainty below which a line is told as doubtful."""
_WORTHLESS = 0.4
"""Certainty below which it is no text: stains, seals, photographs."""
_COVERED, _ALONE = 0.6, 0.1
_FEW = 30
"""Characters beside a picture that are no text of their own."""
_NEIGHBOURS = 200
_LEAST = 5
"""Pixels of the smallest print."""
_EDGE = 4
"""Pixels beside a rule that are no print."""
_GAP = 1.2
"""Of a line's height, the gap from which two pieces of it stand apart."""


def read_image(data: bytes, source: str, name: str) -> RawDocument:
    """The text of a picture file (PNG, JPEG, TIFF of several pages) by character recognition.

    Raises IngestError with code `ocr_missing` (the extra is not installed), `damaged`, `too_large`, or `no_text`.
    """
    if not ocr.is_installed():
        raise IngestError(f"{source}: a picture; {ocr.HINT}", code="ocr_missing")
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            return read_pages(_frames(picture, source), source, name)
    except IngestError:
        raise
    except Exception as error:  # Pillow raises anything on broken files
        raise IngestError(f"{source}: not readable as a picture: {error}", code="damaged") from error


def _frames(picture: Image, source: str) -> Iterator[PrintedPage]:
    from PIL import ImageOps

    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if count > MOST_PAGES:
        raise IngestError(f"{source}: {count} pictures; at most {MOST_PAGES} are read", code="too_large")
    for index in range(count):
        picture.seek(index)
        if picture.width * picture.height > _MOST_PIXELS:
            raise IngestError(f"{source}: {picture.width} × {picture.height} pixels are too many", code="too_large")
        dpi = _dpi(picture)
        yield scanned_page(ImageOps.exif_transpose(picture), dpi)


def _dpi(picture: Image) -> float:
    """As the file says, else such that the picture is a sheet of A4; of a very long one the width is that of A4."""
    said = picture.info.get("dpi", (0, 0))[0]
    if _PLAUSIBLE[0] < said < _PLAUSIBLE[1]:
        return float(said)
    short, long = sorted(picture.size)
    return max(short / _A4[0], long / _A4[1]) if long < 2 * short else picture.width / _A4[0]


def is_scan(page: PrintedPage, covered: float) -> bool:
    """Whether a page is a picture: one that covers most of it, with no more text beside it than a number or a stamp, or one without any.

    covered: the share of the page that pictures take.
    """
    return covered > (_COVERED if page.runs else _ALONE) and sum(len(run.text) for run in page.runs) < _FEW


def mounted_page(pictures: Sequence[bytes], places: Sequence[tuple[int, ...]], width: int, height: int) -> PrintedPage:
    """A page on which pictures lie; places (left, top, right, bottom) and size in pixels at `DPI`. One that cannot be read is left out."""
    from PIL import Image

    width, height = min(width, _LONGEST), min(height, _LONGEST)
    sheet = Image.new("RGB", (max(1, width), max(1, height)), "white")
    for data, (left, top, right, bottom) in zip(pictures, places, strict=True):
        size = right - left, bottom - top
        if not all(0 < side <= _LONGEST for side in size):
            continue
        try:
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height <= _MOST_PIXELS:
                    sheet.paste(picture.convert("RGB").resize(size), (left, top))
        except Exception:  # noqa: BLE001, S112 - Pillow raises anything on broken files; the page is told where nothing is recognised
            continue
    return scanned_page(sheet, DPI)


def scanned_page(picture: Image, dpi: float) -> PrintedPage:
    """A page from its picture: runs of characters and rules as printed pages have them, in points of the straightened page.

    dpi: the picture's own dots per inch.
    """
    import numpy as np

    from extract.ingest import raster

    scale = 1.0 if 0.75 < DPI / dpi < 1.34 else DPI / dpi
    if scale != 1.0:
        picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    point = 72 / (dpi * scale)
    grey = raster.seals_off(np.asarray(picture.convert("RGB")), dpi * scale)
    found = [np.add(ocr.find_lines(raster.coloured(grey[top:end])), (0, top)) for top, end in raster.strips(len(grey))]
    grey, quads, back = raster.straightened(grey, np.concatenate(found))
    lines, drawn = raster.rules(grey, dpi * scale)
    rules = [Rule(*(edge * point for edge in line)) for line in lines]
    grids = grids_of(rules)
    for grid in grids:
        raster.wipe(grey, drawn, *(round(edge / point) for edge in (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])))
    ink = raster.ink_of(grey)
    boxes = _boxes([raster.level_bounds(quad) for quad in quads], grids, point, ink)
    texts = ocr.read_lines([raster.coloured(raster.crop(grey, box)) for box in boxes])
    runs: list[Run] = []
    doubts: list[Doubt] = []
    for box, (text, certainty) in zip(boxes, texts, strict=True):
        if not text or certainty < _WORTHLESS:
            continue
        left, top, right, bottom = (edge * point for edge in box)
        run = Run(text, left, top, right, bottom)
        runs.append(run)
        if certainty < _UNSURE:
            doubts.append(Doubt(text, certainty, (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2))
    height, width = grey.shape
    seen = (*back[:4], back[4] * point, back[5] * point)
    return PrintedPage(width * point, height * point, _joined(runs, grids), rules, pictures=not runs, doubts=tuple(doubts), seen=seen)


def _boxes(lines: Sequence[Box], grids: Sequence[Grid], point: float, ink: ndarray) -> list[Box]:
    """Where each line of each cell stands: the lines found, parted where they reach over a rule of a table, drawn in to their ink, each
    once; and what stands in a cell without having been found, such as a single figure."""
    from extract.ingest import raster

    cells = [cell for grid in grids for cell in _cells(grid, point)]
    parted: list[Box] = []
    for line in lines:
        shares = [share for cell in cells if (share := _common(line, cell)) is not None]
        parted += shares or [line]
    boxes: list[Box] = []
    for box in parted:
        inked = raster.shrunk(ink, box)
        if inked is not None and not any(_is_same(inked, other) for other in boxes[-_NEIGHBOURS:]):
            boxes.append(inked)
    for cell in cells:
        if not any(_common(box, cell) for box in boxes):
            inked = raster.shrunk(ink, _inside(cell))
            if inked is not None and min(inked[2] - inked[0], inked[3] - inked[1]) >= _LEAST:
                boxes.append(inked)
    return boxes


def _cells(grid: Grid, point: float) -> list[Box]:
    xs, ys = [round(x / point) for x in grid.xs], [round(y / point) for y in grid.ys]
    return [(xs[c.column], ys[c.row], xs[c.column + c.column_span], ys[c.row + c.row_span]) for c in grid.cells]


def _common(line: Box, cell: Box) -> Box | None:
    """The part of a line in a cell, None where it is no more than a touch; a line belongs to the row of its middle."""
    if not cell[1] <= (line[1] + line[3]) / 2 < cell[3]:
        return None
    left, right = max(line[0], cell[0]), min(line[2], cell[2])
    return (left, line[1], right, line[3]) if right - left >= _LEAST else None


def _inside(cell: Box) -> Box:
    return cell[0] + _EDGE, cell[1] + _EDGE, cell[2] - _EDGE, cell[3] - _EDGE


def _is_same(a: Box, b: Box) -> bool:
    """Whether two boxes hold the same line, found in two strips."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return wide > 0.6 * min(a[2] - a[0], b[2] - b[0]) and high > 0.6 * min(a[3] - a[1], b[3] - b[1])


def _joined(runs: list[Run], grids: Sequence[Grid]) -> list[Run]:
    """Pieces of one line made one: a detector parts lines at wide marks, whose ink fills half of their room."""
    joined: list[Run] = []
    for row in rows_of(runs):
        for i, run in enumerate(row):
            before = joined[-1] if i else None
            if before is not None and run.x0 - before.x1 < _GAP * (run.bottom - run.top) and _cell(before, grids) == _cell(run, grids):
                joined[-1] = Run(before.text + run.text, before.x0, min(before.top, run.top), run.x1, max(before.bottom, run.bottom))
            else:
                joined.append(run)
    return joined


def _cell(run: Run, grids: Sequence[Grid]) -> tuple[int, tuple[int, int]] | None:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return next(((i, place) for i, grid in enumerate(grids) if (place := grid.place(x, y)) is not None), None)
