"""Pages as scanners give them: askew, upside down, under a seal, with ruled tables; in pictures, PDF and OFD."""

from __future__ import annotations

import re
import socket
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import extract
from extract.errors import IngestError
from extract.ingest import ocr, read
from extract.pipeline import convert
from tests import pdf_writer
from tests.conftest import ROOT
from tests.ofd_writer import Page as OfdPage
from tests.ofd_writer import ofd
from tests.rows import bare_rows
from tests.scan_writer import DPI, FONT, HEIGHT, WIDTH, Sheet, saved

if TYPE_CHECKING:
    from extract.model import RawDocument
    from extract.rulebook import Rulebook

needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="needs the extra ocr: pip install 'taizhang[ocr]'")
needs_font = pytest.mark.skipif(not FONT.is_file(), reason="needs Debian's fonts-noto-cjk")
SAMPLE = ROOT / "samples" / "s08_shian_jiyao.txt"
HEAD = ["序号", "整改任务", "牵头单位", "整改时限"]
ROWS = [
    ["1", "对全县管网开展排查并建立问题台账，限期完成改造。", "县水务局", "2026年6月底前"],
    ["2", "清淤河道5公里，新建泵站3座。", "县住房和城乡建设局", "长期坚持"],
]
LISTED = "\n".join("\t".join(row) for row in [HEAD, *ROWS])


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a scan is read without the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def table_page() -> Sheet:
    sheet = Sheet()
    sheet.title("某某县整改任务清单")
    sheet.table([90, 480, 330, 354], [HEAD, *ROWS])
    return sheet


def table_of(document: RawDocument) -> str:
    return next(document.text[block.start : block.end] for block in document.blocks if block.kind == "table")


@needs_ocr
@needs_font
def test_a_sample_scanned_askew_and_under_a_seal_gives_its_rows(book: Rulebook) -> None:
    written = extract.convert(SAMPLE)
    sheets = [Sheet()]
    for i, line in enumerate(written.text.split("\n")):
        if i == 0:
            sheets[-1].title(line, ink="#d02020")
        elif not sheets[-1].paragraph(line):
            sheets.append(Sheet())
            sheets[-1].paragraph(line)
    sheets[-1].seal(1000, sheets[-1].y - 100, "沧渡市人民政府办")
    pages = [sheet.scanned(turn) for sheet, turn in zip(sheets, (1.4, -1.1), strict=True)]
    scanned = convert(saved(pages, "PDF"), "a.pdf", book)
    assert (scanned.document.format, scanned.document.pages) == ("pdf", 2)
    assert scanned.rows.documents[0].title == written.rows.documents[0].title
    assert SequenceMatcher(None, re.sub(r"[\s─]", "", written.text), re.sub(r"\s", "", scanned.text), autojunk=False).ratio() > 0.985
    before, after = bare_rows(written, without=("text",)), bare_rows(scanned, without=("text",))  # the evidence differs by its spaces
    for table in ("measures", "targets", "tallies", "owners", "participants", "dates"):
        rows = [[{key: "".join(str(value).split()) for key, value in row.items()} for row in found[table]] for found in (before, after)]
        same = sum(1 for row in rows[0] if row in rows[1])
        assert same >= 0.8 * max(map(len, rows)), table
    assert all(row.boxes for row in scanned.rows.owners)


@needs_ocr
@needs_font
@pytest.mark.parametrize(("turn", "kind", "name"), [(1.5, "PNG", "png"), (90, "TIFF", "tif"), (181, "JPEG", "jpg")])
def test_a_ruled_table_is_read_by_cell_whichever_way_it_lies(turn: float, kind: str, name: str) -> None:
    image = table_page().scanned(turn if turn < 2 else turn % 90)
    image = image.rotate(turn - turn % 90, expand=True) if turn > 2 else image
    document = read(saved([image], kind), f"a.{name}")
    assert document.format == name
    assert table_of(document) == LISTED
    assert document.pages == 1
    place = next(place for place in document.places if document.text[place.start :].startswith("长期坚持"))
    left, top, right, bottom = (round(edge * DPI / 72) for edge in place.box)
    shown = image.convert("L").crop((left, top, right, bottom)).getextrema()
    assert shown[0] < 100, "there is print where the place says"
    long, short = (bottom - top, right - left) if turn == 90 else (right - left, bottom - top)
    assert long > 2 * short


@needs_ocr
@needs_font
def test_pictures_of_an_ofd_page_are_laid_together() -> None:
    image = table_page().scanned()
    halves = [image.crop((0, 0, WIDTH, 500)), image.crop((0, 500, WIDTH, HEIGHT))]
    mm = 25.4 / DPI
    page = OfdPage()
    page.picture("7", 0, 0, WIDTH * mm, 500 * mm)
    page.picture("8", 0, 500 * mm, WIDTH * mm, (HEIGHT - 500) * mm)
    pictures = {name: saved([half]) for name, half in zip(("7", "8"), halves, strict=True)}
    document = read(ofd([page], pictures=pictures), "a.ofd")
    assert document.format == "ofd"
    assert table_of(document) == LISTED


@needs_ocr
@needs_font
def test_what_is_hard_to_read_is_told_with_its_place(book: Rulebook) -> None:
    sheet = Sheet()
    sheet.paragraph("各县区政府要对照清单逐项销号。")
    sheet.image = sheet.image.resize((WIDTH // 9, HEIGHT // 9)).resize((WIDTH, HEIGHT))
    clear = Sheet()
    clear.paragraph("全县要完成管网改造12公里。")
    clear.image.paste(sheet.image.crop((0, 180, WIDTH, 300)), (0, 700))
    converted = convert(saved([clear.scanned()]), "a.png", book)
    found = [row for row in converted.rows.diagnostics if row.code == "low_ocr_confidence"]
    assert len(found) == 1
    assert converted.text[found[0].start : found[0].end] in found[0].message
    assert found[0].boxes.startswith("1:")
    assert [(row.value, row.unit) for row in converted.rows.targets] == [(12, "公里")]


@needs_ocr
def test_a_picture_without_text_is_told() -> None:
    with pytest.raises(IngestError) as caught:
        read(saved([Image.new("RGB", (800, 1100), "white")]), "a.png")
    assert caught.value.code == "no_text"


def test_a_broken_picture_is_told() -> None:
    whole = saved([Image.new("RGB", (800, 1100), "white")], "JPEG")
    with pytest.raises(IngestError) as caught:
        read(whole[:200], "a.jpg")
    assert caught.value.code == ("damaged" if ocr.is_installed() else "ocr_missing")


@needs_ocr
def test_too_many_pixels_or_pages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.ingest.scan._MOST_PIXELS", 10_000)
    monkeypatch.setattr("extract.ingest.scan.MOST_PAGES", 1)
    small = Image.new("RGB", (50, 80), "white")
    for data, name in ((saved([Image.new("L", (200, 100))]), "a.png"), (saved([small, small], "TIFF"), "a.tif")):
        with pytest.raises(IngestError) as caught:
            read(data, name)
        assert caught.value.code == "too_large"


def test_without_the_extra_the_outcome_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    scanned = pdf_writer.Page(picture=True)
    for data, name in ((pdf_writer.pdf(scanned), "a.pdf"), (saved([Image.new("L", (200, 300))]), "a.png")):
        with pytest.raises(IngestError) as caught:
            read(data, name)
        assert caught.value.code == "ocr_missing"
        assert "taizhang[ocr]" in str(caught.value)
    page = pdf_writer.Page()
    page.text(78, 100, "第二页是一张图片。")
    (told,) = read(pdf_writer.pdf(page, scanned), "a.pdf").diagnostics
    assert told.code == "no_text"
    assert "page 2" in told.message
    assert "taizhang[ocr]" in told.message
