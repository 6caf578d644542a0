"""Messages of the Internet (RFC 5322, MIME): mails with attachments (EML), and pages that a browser or Word saved in one file (MHT)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import unquote_to_bytes

from extract.errors import IngestError
from extract.ingest.html import read_html
from extract.ingest.text import read_text
from extract.model import RawDocument

_MOST_PARTS = 1000
_NAME_PIECE = re.compile(r'name\*\d{1,3}\*?="?([^";\r\n]+)')
_RAW_NAME = re.compile(r'name="?([^";\r\n]+)')
_PICTURES = ("image", "audio", "video")


def read_mht(data: bytes, source: str, name: str) -> RawDocument:
    """The page of a saved page, without its pictures and frames. Raises IngestError: `damaged`, and what the reader of HTML raises."""
    parts = list(_leaves(_message(data, source)))
    page = next((part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
    if page is not None:
        return read_html(_bytes(page), source, name)
    text = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    if text is None:
        raise IngestError(f"{source}: it holds no page; save it as .html", code="no_text")
    return read_text(_bytes(text), source, name)


def read_eml(data: bytes, source: str, name: str) -> RawDocument:
    """The body of a mail, as a page where it has that form, else as text; its attachments are files of their own (`attachments`).

    Raises IngestError: `damaged`, `no_text`, and what the readers of HTML and text raise.
    """
    message = _message(data, source)
    bodies = [part for part in _leaves(message) if not _is_attached(part)]
    for kind, read in (("text/html", read_html), ("text/plain", read_text)):
        part = next((part for part in bodies if part.get_content_type() == kind), None)
        if part is not None and _bytes(part).strip():
            return read(_bytes(part), source, name)
    raise IngestError(f"{source}: the mail has no text of its own", code="no_text")


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that hang on a mail, with their names; pictures that its body shows are none."""
    try:
        message = _message(data, "")
    except IngestError:
        return
    for part in _leaves(message):
        if _is_attached(part):
            yield _file_name(part), _bytes(part)


def _message(data: bytes, source: str) -> EmailMessage:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = sum(1 for _ in message.walk())
    except Exception as error:
        raise IngestError(f"{source}: not readable as a message ({type(error).__name__}); save it again", code="damaged") from error
    if parts > _MOST_PARTS:
        raise IngestError(f"{source}: it has more than {_MOST_PARTS} parts; split it", code="too_large")
    return message


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no other parts; a mail in a mail is one, with all that is in it."""
    if message.get_content_type() == "message/rfc822":
        yield message
    elif message.is_multipart():
        for part in message.iter_parts():
            if isinstance(part, EmailMessage):
                yield from _leaves(part)
    else:
        yield message


def _is_attached(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return True
    disposition = str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()
    if disposition == "attachment":
        return True
    shown = part.get_content_maintype() in _PICTURES and (disposition == "inline" or "Content-ID" in part)
    return not shown and (bool(_given_name(part)) or part.get_content_maintype() != "text")


def _given_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001 - as above
        return ""
    raw = name.encode("utf-8", "surrogateescape")
    if "\ufffd" in name:  # the parser has given up: bytes of no declared encoding, or a character cut between two pieces of the name
        raw = next(filter(None, (_raw_name(value) for _, value in part.raw_items())), raw)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _raw_name(field: str) -> bytes:
    """The name in a field of a message, as the bytes that it is written in; empty where there is none."""
    pieces = "".join(_NAME_PIECE.findall(field))
    if pieces:
        return unquote_to_bytes(pieces.rpartition("'")[2])
    whole = _RAW_NAME.search(field)
    return whole[1].encode("utf-8", "surrogateescape") if whole else b""


def _file_name(part: EmailMessage) -> str:
    endings = {"message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
    return _given_name(part) or "attachment" + endings.get(part.get_content_type(), "")


def _bytes(part: EmailMessage) -> bytes:
    """The bytes of a part as they were before they were encoded for the way."""
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(part.iter_parts()), None)
        return inner.as_bytes() if inner is not None else b""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - as above
        return b""
    return payload if isinstance(payload, bytes) else b""
