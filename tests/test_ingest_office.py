"""Files that LibreOffice brings to Open XML: alone, for a limited time, without macros, links and network."""

from __future__ import annotations

import http.server
import os
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from extract.errors import IngestError
from extract.ingest import office, read
from tests.office import needs_office, packed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRAWING = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
RTF = r"{\rtf1\ansi\ansicpg936 \'d2\'bb\'a1\'a2\'bd\'a8\'c9\'e8\'b1\'c3\'d5\'be\par}".encode("ascii")


def open_document(body: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return packed(
        {
            "mimetype": kind,
            "content.xml": f'<office:document-content {DRAWING} office:version="1.2"><office:body><office:text>{body}</office:text>'
            "</office:body></office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        }
    )


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """The port of a server on this machine, and what it is asked for."""
    found: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            found.append(str(self.client_address))

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, found
        server.shutdown()
        thread.join()


@needs_office
def test_rich_text_is_read_through_office() -> None:
    raw = read(RTF, "a.doc")
    assert (raw.text, raw.format) == ("一、建设泵站", "rtf")


@needs_office
def test_nothing_is_fetched_and_no_other_file_is_read(asked: tuple[int, list[str]], tmp_path: Path) -> None:
    port, requests = asked
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    body = (
        '<text:p>一、建设泵站<draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm">'
        f'<draw:image xlink:href="http://127.0.0.1:{port}/a.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{(tmp_path / "secret.txt").as_uri()}"/><text:p>二、</text:p></text:section>'
    )
    assert read(open_document(body), "a.odt").text == "一、建设泵站\n二、"
    assert not requests


@needs_office
def test_a_file_that_is_none_is_told() -> None:
    with pytest.raises(IngestError) as caught:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"), "a.doc")
    assert caught.value.code in ("damaged", "no_text")


def test_without_libreoffice_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(IngestError, match="install libreoffice-writer") as caught:
        read(RTF, "a.rtf")
    assert caught.value.code == "missing_program"


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 600 &\necho $! > "{tmp_path}/child"\nsleep 600\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(subprocess.TimeoutExpired):
        office.save_as("docx", [tmp_path / "a.doc"], tmp_path / "out", seconds=2)
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    for _ in range(50):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("the child lives on")


def test_time_run_out_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object) -> None:
        raise subprocess.TimeoutExpired("soffice", 90)

    monkeypatch.setattr(office, "save_as", hang)
    with pytest.raises(IngestError, match=r"save it as \.docx") as caught:
        read(RTF, "a.rtf")
    assert caught.value.code == "out_of_time"
