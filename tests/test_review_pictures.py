"""Pictures of printed pages: drawn from the run's own files, boxes where the print is, and nothing worse than no picture for a hostile file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from extract.review import build, in_folder
from extract.rulebook import Rulebook
from tests import sites
from tests.ofd_writer import Page as OfdPage
from tests.ofd_writer import ofd
from tests.pdf_writer import Page, pdf
from tests.test_cli import taizhang

LINES = ["青禾市水污染治理方案", "一、主要目标", "到2031年，新建泵站12座。"]
TARGET = "新建泵站12座"


def printed(rotate: int = 0) -> bytes:
    """A PDF of three lines that is read upright when it is turned by `rotate` degrees."""
    page = Page(rotate=rotate)
    turn = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotate]
    for i, line in enumerate(LINES):
        x, y = {0: (100, 100 + 30 * i), 90: (100 + 30 * i, 500), 180: (500, 400 - 30 * i), 270: (500 - 30 * i, 100)}[rotate]
        page.text(x, y, line, turn=turn)
    return pdf(page)


def package() -> bytes:
    """The same as OFD."""
    page = OfdPage()
    for i, line in enumerate(LINES):
        page.text(30, 40 + 12 * i, line)
    return ofd([page])


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    """Pages of a run over files, drawn from them."""

    def made(**files: bytes) -> Path:
        inbox = tmp_path / "in"
        inbox.mkdir()
        for name, data in files.items():
            (inbox / name.replace("_", ".")).write_bytes(data)
        assert taizhang("run", inbox, "-o", tmp_path / "out", "-q").returncode == 0
        done = taizhang("review", tmp_path / "out", "--sources", inbox)
        assert (done.returncode, done.stderr) == (0, "")
        return tmp_path / "out" / "review"

    return made


def boxes(site: Path, text: str) -> list[tuple[int, list[float]]]:
    """Where the targets with this text are printed."""
    with (site.parent / "targets.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["boxes"] for row in csv.DictReader(file) if text in row["text"]]
    return [(int(page), [float(edge) for edge in place.split(",")]) for one in found for page, place in re.findall(r"(\d+):([\d.,]+)", one)]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_box_lies_on_its_print(rotate: int, site: Callable[..., Path]) -> None:
    pages = site(a_pdf=printed(rotate))
    ((page, place),) = boxes(pages, TARGET)
    (listed,) = json.loads((pages / "pages" / "pictures.json").read_text(encoding="utf-8")).values()
    ((number, name, width, height),) = listed
    assert number == page
    picture = Image.open(pages / "pages" / name).convert("L")
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.01)
    scale = picture.width / width
    left, top, right, bottom = (edge * scale for edge in place)
    inside = picture.crop((round(left) + 1, round(top) + 2, round(right) - 1, round(bottom) - 2))
    assert sum(value < 128 for value in inside.tobytes()) > 0.9 * inside.width * inside.height, "every character is a black box"
    after = picture.crop((round(right + 30 * scale), round(top), round(right + 60 * scale), round(bottom)))
    assert min(after.tobytes()) > 200, "behind the line's end nothing is printed"


def test_an_ofd_page_is_drawn_with_its_texts(site: Callable[..., Path]) -> None:
    pages = site(a_ofd=package())
    assert boxes(pages, TARGET)
    (drawn,) = (pages / "pages").glob("*.svg")
    assert all(line in drawn.read_text(encoding="utf-8") for line in LINES)


def test_texts_of_an_ofd_page_are_no_markup(site: Callable[..., Path]) -> None:
    page = OfdPage()
    for i, line in enumerate([*LINES, '</text><script>alert("1")</script>']):
        page.text(30, 40 + 12 * i, line)
    pages = site(a_ofd=ofd([page]))
    (drawn,) = (pages / "pages").glob("*.svg")
    assert "<script" not in drawn.read_text(encoding="utf-8")


def test_a_file_that_changed_or_went_is_named(tmp_path: Path, site: Callable[..., Path]) -> None:
    pages = site(a_pdf=printed(), b_pdf=printed(90))
    (tmp_path / "in" / "a.pdf").write_bytes(printed(180))
    for kept in (pages / "pages").iterdir():
        kept.unlink()
    done = taizhang("review", pages.parent, "--sources", tmp_path / "in")
    assert done.returncode == 0
    assert "a.pdf" in done.stderr
    assert "b.pdf" not in done.stderr
    assert len(list((pages / "pages").glob("*.png"))) == 1


def test_pictures_are_taken_over_from_the_last_time(tmp_path: Path, site: Callable[..., Path]) -> None:
    pages = site(a_pdf=printed())
    before = {path.name: path.read_bytes() for path in (pages / "pages").iterdir()}
    (tmp_path / "in" / "a.pdf").unlink()
    assert taizhang("review", pages.parent, "--sources", tmp_path / "in").stderr == ""
    assert {path.name: path.read_bytes() for path in (pages / "pages").iterdir()} == before


@pytest.mark.parametrize(("size", "dpi", "width"), [((1654, 2339), 200, 595.4), ((1000, 1414), 72, 595.3), ((500, 3000), None, 595.4)])
def test_a_scan_is_measured_as_it_says_or_as_a_sheet(
    size: tuple[int, int], dpi: int | None, width: float, tmp_path: Path, book: Rulebook
) -> None:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "png", **({"dpi": (dpi, dpi)} if dpi else {}))
    doc_id = hashlib.sha256(out.getvalue()).hexdigest()[:16]
    own = {"doc_id": doc_id, "format": "png", "source": "a.png", "title": "通知"}
    date = own | {"date_id": f"{doc_id}-d0001", "start": "0", "end": "4", "text": "2031", "boxes": "1:10,10,90,20", "measure_id": ""}
    folder = sites.write(tmp_path / "out", {"documents": [own], "dates": [date]}, {doc_id: "2031年"})
    (tmp_path / "a.png").write_bytes(out.getvalue())
    assert build(folder, book, sources=in_folder(tmp_path)).undrawn == []
    listed = json.loads((folder / "review" / "pages" / "pictures.json").read_text(encoding="utf-8"))
    assert listed[doc_id][0][2] == pytest.approx(width, abs=1)


@pytest.mark.parametrize(
    ("name", "data"), [("pdf", b"%PDF-1.7\nnothing"), ("ofd", b"PK\x03\x04 broken"), ("png", b"\x89PNG no more"), ("pdf", b"")]
)
def test_a_file_that_breaks_its_drawing_costs_its_pictures_only(name: str, data: bytes, tmp_path: Path, book: Rulebook) -> None:
    doc_id = hashlib.sha256(data).hexdigest()[:16]
    own = {"doc_id": doc_id, "format": name, "source": f"a.{name}", "title": "通知"}
    date = own | {"date_id": f"{doc_id}-d0001", "start": "0", "end": "4", "text": "2031", "boxes": "1:10,10,90,20", "measure_id": ""}
    folder = sites.write(tmp_path / "out", {"documents": [own], "dates": [date]}, {doc_id: "2031年"})
    (tmp_path / f"a.{name}").write_bytes(data)
    site = build(folder, book, sources=in_folder(tmp_path))
    assert site.undrawn == [f"a.{name}"]
    assert "通知" in (folder / "review" / "doc" / f"{doc_id}.html").read_text(encoding="utf-8")


def test_a_source_leads_to_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    (tmp_path / "in" / "a.pdf").write_bytes(b"x")
    (tmp_path / "in" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    find = in_folder(tmp_path / "in")
    assert find("a.pdf") == (tmp_path / "in" / "a.pdf").resolve()
    assert [find(name) for name in ("../secret.pdf", str(tmp_path / "secret.pdf"), "link.pdf", "gone.pdf", "", ".")] == [None] * 6
