"""What a file is, by its content; its name only settles what the bytes leave open."""

from __future__ import annotations

import json
import re
import struct
from posixpath import splitext

from extract.errors import IngestError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"RIFF", "riff"),
    (b"\x7fELF", "binary"),
    (b"MZ", "binary"),
)
_ZIP = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"OFD.xml", "ofd"), (b"Doc_0/", "ofd"), (b"content.xml", "odt"))
_PACKAGES = {
    "docx": b"[Content_Types].xml",
    "xlsx": b"[Content_Types].xml",
    "pptx": b"[Content_Types].xml",
    "ofd": b"OFD.xml",
    "odt": b"META-INF/",
}
"""What else the directory of an office file names: a folder may be called word too."""
_OPEN_DOCUMENT = ((b"opendocument.spreadsheet", "ods"), (b"opendocument.text", "odt"))
_OLE = ((b"W\x00o\x00r\x00d\x00D\x00o\x00c", "doc"), (b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k", "xls"), (b"P\x00o\x00w\x00e\x00r", "ppt"))
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
_LONGEST_END = 22 + 65_535
"""Bytes of the end of a ZIP's directory, with its comment."""
_FLAT = ((b'progid="Word.Document"', "wordml"), (b'progid="Excel.Sheet"', "sheetml"))
"""Office files of 2003 in one XML file; offices also call them .doc and .xls."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BINARY = {"BM", "MZ", "RIFF"}

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|article|p|h[1-6])[\s>/]", re.IGNORECASE)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[{\["\d])')
_HEAD = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x1a\x00")


def sniff(data: bytes, source: str) -> str:
    """The format of a file's bytes: txt, md, html, docx, doc, pdf …; `source` is its name.

    Raises IngestError: `empty` where there are no bytes, `encrypted` for an office file with a password, `unknown_format` where
    they are neither text nor a format known here.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise IngestError(f"{source}: the file is empty", code="empty")
    head = data[:_HEAD]
    suffix = splitext(source)[1].lower()
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data, suffix[1:])
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _ENCRYPTED in data:
            raise IngestError(f"{source}: an office file with a password; save it without", code="encrypted")
        kind = next((name for mark, name in _OLE if mark in data), "ole")
        return "wps" if kind == "doc" and suffix == ".wps" else kind
    for magic, name in _MAGIC:
        if data.startswith(magic) and not (magic.decode("latin-1") in _BINARY and _is_ascii_text(head)):
            return name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    plain = head.replace(b"\x00", b"")
    for mark, name in _FLAT:
        if mark in plain:
            return name
    kind = _message(plain, suffix)
    if kind:
        return kind
    if _is_html(plain, suffix):
        return "html"
    if _JSON.match(plain) and _is_json(data):
        return "json"
    return {".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv"}.get(suffix, "txt")


def _is_json(data: bytes) -> bool:
    """Whether a text is data for programs from its first to its last character; [2031]5号 only begins like it."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _zipped(data: bytes, suffix: str) -> str:
    """What a ZIP is, by the names in its directory; by those anywhere in it where it has lost that. An archive may hold office files whole.

    An office file that lacks the part which tells what it is, is taken for what it is called.
    """
    end = data.rfind(b"PK\x05\x06", -_LONGEST_END)
    size, start = struct.unpack("<II", data[end + 12 : end + 20]) if 0 <= end <= len(data) - 20 else (0, len(data))
    names = data[start : start + size] if 0 < start + size <= end else b""
    kind = next((name for mark, name in _OPEN_DOCUMENT if mark in data[:120]), "")
    if kind:
        return kind
    if names:
        return next((name for mark, name in _ZIP if mark in names and (_PACKAGES[name] in names or suffix == name)), "zip")
    return next((name for mark, name in _ZIP if mark in data), "zip")


def _message(head: bytes, suffix: str) -> str:
    """eml for a mail, mht for a page that was saved as one message, "" for neither."""
    fields = {match[1].lower() for match in _FIELD.finditer(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])}
    first = _FIELD.match(head)
    if not first or not (b"mime-version" in fields or suffix in {".mht", ".mhtml", ".eml"}):
        return ""
    if suffix in {".mht", ".mhtml"}:
        return "mht"
    mailed = suffix == ".eml" or not fields.isdisjoint({b"to", b"received", b"message-id"})
    return "eml" if mailed else "mht"


def _is_ascii_text(head: bytes) -> bool:
    return b"\x00" not in head and sum(1 for b in head if b < 32 and b not in _TEXT_CONTROLS) == 0


def _is_html(head: bytes, suffix: str) -> bool:
    """A page begins with a tag, or is named as one and holds tags; Markdown that holds `<sub>` or `<table>` is none."""
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _HTML.search(head):
        return suffix not in {".md", ".markdown"} or b"<html" in head.lower() or b"<!doctype" in head.lower()
    return suffix in {".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp"} and _HTML.search(head) is not None
