"""Pictures of printed pages, drawn from the files that a run read: PDF by PDFium, OFD from its texts and lines, scans as they are.

A file is hostile: each is drawn by a process of its own, bounded in time and memory, so that one that breaks it costs its pictures only.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.ingest.printed import PrintedPage
from extract.review.read import Row

if TYPE_CHECKING:
    from PIL.Image import Image

Sources = Callable[[str], Path | None]
"""From a document's source, as the tables have it, to the file, or None where it is not at hand."""

FORMATS = frozenset({"pdf", "ofd", "png", "jpg", "tif", "bmp"})
_LIST = "pictures.json"
_SECONDS = 180
_MEMORY = 3 << 30
_DPI = 110
_A4 = 8.27, 11.69
_PLAUSIBLE = 100, 1300
"""Dots per inch that a scanner gives; a picture that says less is taken for a sheet of A4."""
_COLOURS = 24
"""Colours of a picture: print is black, grey and red, and few colours make small files."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one page. width, height: of the page in points, which boxes count in."""

    page: int
    name: str
    width: float
    height: float


class Gallery:
    """The pictures of a site: those that the last one had are taken over, the others drawn into `folder`.

    undrawn: sources of printed documents of which no picture could be drawn, because their file is not at hand, is another one by now,
    or breaks its drawing.
    """

    def __init__(self, sources: Sources | None, last: Path, folder: Path) -> None:
        self.undrawn: list[str] = []
        self._sources = sources
        self._last = last
        self._folder = folder
        self._list: dict[str, list[Picture]] = {}
        try:
            known = json.loads((last / _LIST).read_bytes())
            self._known = {doc_id: [Picture(*one) for one in listed] for doc_id, listed in known.items()}
        except (OSError, ValueError):
            self._known = {}

    def of(self, document: Row, pages: Sequence[int]) -> Sequence[Picture]:
        """The pictures of these pages of a document; none where it is not printed or pictures are not asked for."""
        if self._sources is None or document["format"] not in FORMATS or not pages:
            return ()
        doc_id = document["doc_id"]
        pictures = self._taken_over(doc_id, pages)
        file = None if pictures else self._sources(document["source"])
        if file:
            pictures = _draw(file, document["format"], doc_id, pages, self._folder)
        if pictures:
            self._list[doc_id] = pictures
        else:
            self.undrawn.append(document["source"])
        return pictures

    def _taken_over(self, doc_id: str, pages: Sequence[int]) -> list[Picture]:
        """The pictures of the last site, where it has all of them: the same bytes look the same."""
        known = [one for one in self._known.get(doc_id, ()) if one.page in pages and (self._last / one.name).is_file()]
        if len(known) < len(pages):
            return []
        for one in known:
            shutil.copyfile(self._last / one.name, self._folder / one.name)
        return known

    def close(self) -> None:
        """Note what was drawn, for the next time."""
        listed = {doc_id: [(one.page, one.name, one.width, one.height) for one in pictures] for doc_id, pictures in self._list.items()}
        (self._folder / _LIST).write_text(json.dumps(listed), encoding="utf-8")


def _draw(file: Path, form: str, doc_id: str, pages: Sequence[int], folder: Path) -> list[Picture]:
    """Draw pages (1-based) of a file; none where it is not the file that the document was read from, or cannot be drawn."""
    command = [sys.executable, "-m", "extract.review.pictures", str(file), form, doc_id, str(folder), ",".join(map(str, pages))]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  our own module; no shell
    except subprocess.TimeoutExpired:
        return []
    return [Picture(*one) for one in json.loads(done.stdout)] if done.returncode == 0 else []


def in_folder(folder: Path) -> Sources:
    """Sources under a folder, as a run over that folder names them; nothing outside of it."""
    top = folder.resolve()

    def find(source: str) -> Path | None:
        path = (top / source).resolve()
        return path if path.is_relative_to(top) and path.is_file() else None

    return find


def _main(file: str, form: str, doc_id: str, folder: str, pages: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    data = Path(file).read_bytes()
    if not hashlib.sha256(data).hexdigest().startswith(doc_id):
        raise SystemExit(1)
    wanted = {int(page) for page in pages.split(",")}
    drawer = {"pdf": _pdf, "ofd": _ofd}.get(form, _scan)
    made = []
    for page, ending, content, width, height in drawer(data, wanted):
        name = f"{doc_id}-{page}.{ending}"
        (Path(folder) / name).write_bytes(content)
        made.append((page, name, round(width, 2), round(height, 2)))
    os.write(1, json.dumps(made).encode())


_Drawn = Iterator[tuple[int, str, bytes, float, float]]
"""Of each page: its number, the ending of its file, the file, width and height in points."""


def _pdf(data: bytes, wanted: set[int]) -> _Drawn:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    for index in range(len(document)):
        if index + 1 in wanted:
            page = document[index]
            width, height = page.get_size()
            scale = min(_DPI / 72, 4000 / max(width, height, 1))
            yield index + 1, "png", _png(page.render(scale=scale, may_draw_forms=False).to_pil()), width, height


def _scan(data: bytes, wanted: set[int]) -> _Drawn:
    from PIL import Image, ImageOps, ImageSequence

    for number, frame in enumerate(ImageSequence.Iterator(Image.open(io.BytesIO(data))), 1):
        if number in wanted:
            said, (short, long) = float(frame.info.get("dpi", (0, 0))[0]), sorted(frame.size)
            sheet = max(short / _A4[0], long / _A4[1]) if long < 2 * short else frame.width / _A4[0]
            dpi = said if _PLAUSIBLE[0] < said < _PLAUSIBLE[1] else sheet
            picture = ImageOps.exif_transpose(frame).convert("RGB")
            width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
            picture.thumbnail((1400, 2000))
            yield number, "png", _png(picture), width, height


def _ofd(data: bytes, wanted: set[int]) -> _Drawn:
    from extract.ingest.ofd import ofd_pages

    for number, page in enumerate(ofd_pages(data, ""), 1):
        if number in wanted:
            yield number, "svg", _svg(page).encode(), page.width, page.height


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").quantize(_COLOURS).save(out, "png", optimize=True)
    return out.getvalue()


def _svg(page: PrintedPage) -> str:
    """A page's texts and lines where they are printed; its fonts are the reader's own, fitted to the room that the text takes."""
    from xml.sax.saxutils import escape

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {page.width:.1f} {page.height:.1f}" width="{page.width:.0f}" height="{page.height:.0f}">'
    ]
    drawn.append('<rect width="100%" height="100%" fill="#fff"/>')
    drawn += [f'<path d="M{one.x0:.1f} {one.y0:.1f}L{one.x1:.1f} {one.y1:.1f}" stroke="#000" stroke-width=".6"/>' for one in page.rules]
    for run in page.runs:
        size = run.bottom - run.top
        place = f'x="{run.x0:.1f}" y="{run.bottom - 0.15 * size:.1f}" textLength="{run.x1 - run.x0:.1f}" font-size="{size:.1f}"'
        text = "".join(char if char.isprintable() else " " for char in run.text.rstrip())
        drawn.append(f'<text {place} lengthAdjust="spacingAndGlyphs" font-family="serif">{escape(text)}</text>')
    return "\n".join([*drawn, "</svg>"])


if __name__ == "__main__":
    _main(*sys.argv[1:])
