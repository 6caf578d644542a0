"""Files that would have their reader fetch, open, run or unpack something: they are read for what they show, in a worker, and nothing else happens."""

from __future__ import annotations

import copy
import socket
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from extract import batch
from extract.batch import workers
from extract.limits import Limits
from tests import ofd_writer, pdf_writer
from tests.office import KINDS, needs_office, packed, word_file
from tests.test_batch import outcomes
from tests.test_workers import SABOTAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from extract.rulebook import Rulebook

SHOWN = "青禾市2031年底前新建泵站12座。"
HIDDEN = "MARKOFWHATISNOTSHOWN"


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A port of this machine at which somebody would be heard who calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture
def url(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}/x"


def nobody_called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return True
    return False


def added(data: bytes, parts: Mapping[str, str | bytes], relations: Mapping[str, str]) -> bytes:
    """A package with more parts, and with relations added to the lists of relations that it has."""
    with zipfile.ZipFile(BytesIO(data)) as old:
        held: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    for name, more in relations.items():
        before = held[name]
        assert isinstance(before, bytes)
        held[name] = before.replace(b"</Relationships>", more.encode() + b"</Relationships>")
        assert held[name] != before
    return packed(held | parts)


def external(url: str, *kinds: str) -> str:
    return "".join(f'<Relationship Id="x{kind}" Type="{KINDS}/{kind}" Target="{url}" TargetMode="External"/>' for kind in kinds)


def a_word_file(url: str, secret: str) -> bytes:
    """External pictures, templates and frames, fields that fetch, an OLE object, macros."""
    fields = "".join(
        f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>-</w:t></w:r></w:fldSimple></w:p>'
        for code in (f"INCLUDETEXT {secret}", f"INCLUDEPICTURE {url}", "DDEAUTO cmd /c x")
    )
    body = f'<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>{fields}<w:altChunk r:id="xaFChunk" xmlns:r="{KINDS}"/>'
    more = external(url, "image", "attachedTemplate", "frame", "oleObject") + external(f"file://{secret}", "aFChunk", "subDocument")
    parts = {"word/vbaProject.bin": HIDDEN.encode() * 40, "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + HIDDEN.encode() * 40}
    return added(word_file(body), parts, {"word/_rels/document.xml.rels": more})


def a_workbook(url: str, secret: str) -> bytes:
    """Formulas that fetch, links to other books, connections, macros."""
    book = openpyxl.Workbook()
    for row in ([SHOWN], [f'=WEBSERVICE("{url}")'], [f"='file://{secret}'!A1"], ["=cmd|' /c x'!A1"], [f'=IMAGE("{url}")']):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    linked = (
        f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="{HIDDEN}"/></externalLink>'
    )
    parts = {
        "xl/externalLinks/externalLink1.xml": linked,
        "xl/connections.xml": f'<connections><connection id="1"><webPr url="{url}"/></connection></connections>',
        "xl/vbaProject.bin": HIDDEN.encode() * 40,
    }
    return added(stream.getvalue(), parts, {"xl/_rels/workbook.xml.rels": external(url, "externalLink", "connections")})


def a_page(url: str, secret: str) -> bytes:
    """Whatever a browser would fetch or run."""
    return (
        f"<html><head><meta charset='utf-8'><base href='{url}'><meta http-equiv='refresh' content='0;url={url}'>"
        f"<link rel='stylesheet' href='{url}'><script src='{url}'></script><script>document.write('{HIDDEN}')</script>"
        f"<style>@import '{url}';</style></head><body><p>{SHOWN}</p><img src='{url}' onerror='x()'><iframe src='file://{secret}'></iframe>"
        f"<object data='{url}'></object><embed src='{url}'><video src='{url}'></video><svg><image href='{url}'/></svg></body></html>"
    ).encode()


def a_pdf(url: str, secret: str) -> bytes:
    """JavaScript, a form in XFA, programs to launch, files and addresses to open."""
    page = pdf_writer.Page()
    page.text(72, 100, SHOWN, 10)
    form = f"<xdp:xdp><template><script>{HIDDEN}</script><image href='{url}'/></template></xdp:xdp>"
    return pdf_writer.pdf(
        page,
        catalog=f"/OpenAction << /S /JavaScript /JS (app.launchURL\\('{url}'\\); {HIDDEN}) /Next << /S /Launch /F ({secret}) >> >>"
        f" /AA << /WC << /S /URI /URI ({url}) >> /DP << /S /ImportData /F << /FS /URL /F ({url}) >> >> >>"
        f" /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (this.submitForm\\('{url}'\\)) >>] >> >>"
        f" /AcroForm << /Fields [] /XFA ({form}) >>",
    )


def an_ofd(url: str, secret: str) -> bytes:
    """Places of parts that lie outside the package."""
    page = ofd_writer.Page()
    page.text(20, 20, SHOWN, 4)
    with zipfile.ZipFile(BytesIO(ofd_writer.ofd([page]))) as old:
        parts: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    document = parts["Doc_0/Document.xml"]
    assert isinstance(document, bytes)
    more = f"<ofd:PublicRes>{url}</ofd:PublicRes><ofd:PublicRes>../../../../../..{secret}</ofd:PublicRes><ofd:DocumentRes>"
    parts["Doc_0/Document.xml"] = document.replace(b"<ofd:DocumentRes>", more.encode(), 1)
    return ofd_writer.package(parts)


FILES = {"a.docx": a_word_file, "a.xlsx": a_workbook, "a.html": a_page, "a.pdf": a_pdf, "a.ofd": an_ofd}


def run(inbox: Path, output: Path, book: Rulebook, limits: Limits | None = None) -> list[tuple[str, str, str]]:
    batch.run(batch.find_files([inbox]), output, book, batch.Options(limits or Limits()))
    return outcomes(output)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_fetched_opened_or_run(name: str, tmp_path: Path, book: Rulebook, server: socket.socket, url: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(HIDDEN, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(FILES[name](url, str(secret)))
    assert run(tmp_path / "in", tmp_path / "out", book) == [(name, "converted", "")]
    (text,) = (tmp_path / "out" / "texts").iterdir()
    assert SHOWN in text.read_text(encoding="utf-8")
    assert HIDDEN not in text.read_text(encoding="utf-8")
    assert nobody_called(server)


@needs_office
def test_libreoffice_fetches_nothing(tmp_path: Path, book: Rulebook, server: socket.socket, url: str) -> None:
    (tmp_path / "in").mkdir()
    rich = rf'{{\rtf1\ansi Qinghe 12 stations{{\field{{\*\fldinst INCLUDEPICTURE "{url}"}}{{\fldrslt -}}}}{{\*\template {url}}}\par}}'
    (tmp_path / "in" / "a.rtf").write_text(rich, encoding="ascii")
    assert run(tmp_path / "in", tmp_path / "out", book) == [("a.rtf", "converted", "")]
    assert nobody_called(server)


def test_a_worker_has_no_network(tmp_path: Path, book: Rulebook, server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for it, a library over a hostile file or a defect of ours."""
    monkeypatch.setattr(workers, "_BEGIN", SABOTAGED)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "call.txt").write_text(str(server.getsockname()[1]), encoding="utf-8")
    assert run(tmp_path / "in", tmp_path / "out", book) == [("call.txt", "failed", "internal")]
    assert "a worker has no network" in (tmp_path / "out" / "outcomes.csv").read_text(encoding="utf-8-sig")
    assert nobody_called(server)


def overlapping(name: str, size: int, count: int) -> bytes:
    """An archive of a few thousand bytes, whose entries are all the same stretch of it."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size))
        for number in range(count):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{number}-{name}"
            archive.filelist.append(again)
    return stream.getvalue()


def nested(depth: int, width: int) -> bytes:
    """Archives in archives, of zeros at last."""
    held = packed({f"{number}.txt": bytes(32 << 20) for number in range(width)}) if not depth else nested(depth - 1, width)
    return packed({f"{number}.zip": held for number in range(width)}) if depth else held


def test_bombs_are_not_unpacked(tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "in").mkdir()
    files = {
        "many.zip": overlapping("a.txt", 8 << 20, 200),
        "many.docx": overlapping("word/document.xml", 8 << 20, 200),
        "twice.zip": overlapping("a.txt", 8 << 20, 2),
        "deep.zip": nested(4, 2),
    }
    for name, data in files.items():
        assert len(data) < 1 << 20
        (tmp_path / "in" / name).write_bytes(data)
    found = {source: (status, code) for source, status, code in run(tmp_path / "in", tmp_path / "out", book, Limits(memory=600))}
    assert found["many.zip"] == found["many.docx"] == ("failed", "too_large")
    assert {found[f"twice.zip!/{number}-a.txt"] for number in range(2)} == {("failed", "damaged")}
    deep = {source: outcome for source, outcome in found.items() if source.startswith("deep")}
    assert {outcome for source, outcome in deep.items() if source.count(".zip") > 3} == {("failed", "too_deep")}
    assert len(deep) <= 1 + 2 + 4 + 8
    assert not [source for source in deep if source.endswith(".txt")]
