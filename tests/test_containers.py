"""Archives and mails: their members by name, within limits, each with an outcome of its own."""

from __future__ import annotations

import csv
import zipfile
from base64 import b64encode
from email.message import EmailMessage
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from extract import batch
from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.containers import contents, member
from extract.ingest.sniff import sniff
from tests.office import packed, word_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from extract.rulebook import Rulebook

NOTICE = "青禾市水污染治理任务清单\n\n一、新建泵站\n2031年底前，新建泵站{}座。由市水务局牵头。\n"
MOST = 64 << 20


def gbk_archive(names: Iterable[str]) -> bytes:
    """An archive as Windows writes it in China: names in GBK, no word of it."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr("_" * len(name.encode("gbk")), name)
    data = stream.getvalue()
    for name in names:
        raw = name.encode("gbk")
        data = data.replace(b"_" * len(raw), raw)
    return data


def mail(subject: str = "转发", body: str = NOTICE.format(3), **attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", subject
    if body:
        message.set_content(body, charset="gb18030")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("__", "."))
    return message.as_bytes()


def test_an_archive_is_told_from_office_files_also_when_it_holds_some_whole() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/通知.docx", word_file("<w:p><w:r><w:t>一、建设泵站</w:t></w:r></w:p>"))
    assert sniff(stream.getvalue(), "a.zip") == "zip"
    assert sniff(word_file("<w:p/>"), "a.zip") == "docx"


def test_names_of_members_are_read_and_harmless() -> None:
    assert contents(gbk_archive(["整改/方案.txt", "清单.docx"]), "a.zip", MOST).names == ("整改/方案.txt", "清单.docx")  # type: ignore[union-attr]
    wild = {"../../etc/passwd": "a", "/root/x.txt": "b", "C:\\y.txt": "c", "a!/b.txt": "d", "..": "e"}
    found = contents(packed(wild), "a.zip", MOST)
    assert found is not None
    assert found.names == ("etc/passwd", "root/x.txt", "y.txt", "a! /b.txt", "unnamed")
    assert [found.data(name) for name in found.names] == [b"a", b"b", b"c", b"d", b"e"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_the_same_name_are_told_apart() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for text in ("a", "b"):
            archive.writestr("x.txt", text)
    found = contents(stream.getvalue(), "a.zip", MOST)
    assert found is not None
    assert [found.data(name) for name in found.names] == [b"a", b"b"]


def test_what_is_no_container_is_none() -> None:
    assert contents("一、建设泵站".encode(), "a.txt", MOST) is None
    assert contents(word_file("<w:p/>"), "a.docx", MOST) is None


def test_limits_of_archives() -> None:
    bomb = packed({"a.txt": bytes(2 << 20)})
    with pytest.raises(IngestError) as caught:
        contents(bomb, "a.zip", 1 << 20)
    assert caught.value.code == "too_large"
    nested = bomb
    for _ in range(3):
        nested = packed({"a.zip": nested})
    with pytest.raises(IngestError) as caught:
        member(nested, "a.zip", "a.zip!/a.zip!/a.zip!/a.txt", MOST, 3)
    assert caught.value.code == "too_deep"


def test_a_broken_member_costs_itself_only() -> None:
    data = bytearray(packed({"a.txt": "甲" * 50, "b.txt": "乙"}))
    data[37] ^= 0xFF
    found = contents(bytes(data), "a.zip", MOST)
    assert found is not None
    assert found.data("b.txt") == "乙".encode()
    with pytest.raises(IngestError) as caught:
        found.data("a.txt")
    assert caught.value.code == "damaged"


def test_a_mail_has_a_body_and_attachments() -> None:
    data = mail(方案__docx=b"PK", 清单__txt=b"1")
    raw = read(data, "a.eml")
    assert (raw.text.split("\n")[0], raw.format) == ("青禾市水污染治理任务清单", "eml")
    found = contents(data, "a.eml", MOST)
    assert found is not None
    assert [(name, found.data(name)) for name in found.names] == [("方案.docx", b"PK"), ("清单.txt", b"1")]


NAME = "附件1：清单.txt"
ENCODED = NAME.encode("gb2312")


@pytest.mark.parametrize(
    "field",
    [
        b'attachment; filename="=?gb2312?B?' + b64encode(ENCODED) + b'?="',
        b"attachment; filename*=gb2312''" + quote(ENCODED).encode(),
        b"attachment; filename*0*=gb2312''" + quote(ENCODED[:6]).encode() + b"; filename*1*=" + quote(ENCODED[6:]).encode(),
        b'attachment; filename="' + ENCODED + b'"',
    ],
    ids=["RFC 2047", "RFC 2231", "RFC 2231 in pieces", "bytes as they are"],
)
def test_names_of_attachments_in_every_way_that_mailers_write_them(field: bytes) -> None:
    data = b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    data += b"Content-Type: application/octet-stream\r\nContent-Disposition: " + field + b"\r\n\r\n1\r\n--b--\r\n"
    found = contents(data, "a.eml", MOST)
    assert found is not None
    assert found.names == (NAME,)


def test_a_saved_page_is_one_document() -> None:
    page = "<html><body><h1>关于治理的通知</h1><p>一、建设泵站3座。</p></body></html>"
    data = (
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: http://example.org/\r\n\r\n"
    ) + page.encode("gbk")
    data += b"\r\n--b\r\nContent-Type: image/png\r\nContent-Location: http://example.org/a.png\r\n\r\nx\r\n--b--\r\n"
    for name in ("a.mht", "a.doc"):
        raw = read(data, name)
        assert (raw.text, raw.format) == ("关于治理的通知\n一、建设泵站3座。", "mht")


@pytest.mark.parametrize(("magic", "kind"), [(b"Rar!\x1a\x07\x01\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z")])
def test_other_archives_say_what_to_do(magic: bytes, kind: str) -> None:
    with pytest.raises(IngestError, match=rf"{kind} files are not read; unpack it") as caught:
        read(magic + bytes(100), f"a.{kind}")
    assert caught.value.code == "unsupported_format"


def test_every_member_has_an_outcome(tmp_path: Path, book: Rulebook) -> None:
    inner = packed({"三.txt": NOTICE.format(5), "坏.docx": "PK\x03\x04"})
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.zip").write_bytes(
        packed({"一.txt": NOTICE.format(3), "b.zip": inner, "__MACOSX/._一.txt": "x", "m.eml": mail(一__txt=NOTICE.format(3).encode())})
    )
    (inbox / "e.zip").write_bytes(packed({"b/": ""}))
    for _ in range(2):
        batch.run(batch.find_files([inbox], tmp_path / "out"), tmp_path / "out", book)
        with (tmp_path / "out" / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = {row["source"]: (row["container"], row["status"], row["code"]) for row in csv.DictReader(file)}
        assert rows == {
            "a.zip": ("", "converted", ""),
            "a.zip!/一.txt": ("a.zip", "duplicate", "same_content"),
            "a.zip!/b.zip": ("a.zip", "converted", ""),
            "a.zip!/b.zip!/三.txt": ("a.zip!/b.zip", "converted", ""),
            "a.zip!/b.zip!/坏.docx": ("a.zip!/b.zip", "failed", "damaged"),
            "a.zip!/__MACOSX/._一.txt": ("a.zip", "skipped", "furniture"),
            "a.zip!/m.eml": ("a.zip", "converted", ""),
            "a.zip!/m.eml!/一.txt": ("a.zip!/m.eml", "converted", ""),
            "e.zip": ("", "failed", "empty"),
        }


def test_the_tables_of_another_run_are_no_input(tmp_path: Path, book: Rulebook) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "a.txt").write_text(NOTICE.format(3), encoding="utf-8")
    batch.run(batch.find_files([inbox]), inbox / "old", book)
    found = batch.find_files([inbox], tmp_path / "new")
    assert [(one.source, one.skip) for one in found] == [("a.txt", ""), ("old", "output")]
    with pytest.raises(IngestError) as caught:
        read((inbox / "old" / "owners.csv").read_bytes(), "owners.csv")
    assert caught.value.code == "own_table"
