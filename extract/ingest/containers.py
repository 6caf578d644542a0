"""Files that hold files: ZIP archives, mails and OFD packages with attachments. Names of members are labels, made safe to show, and never paths."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from typing import NamedTuple

from extract.errors import IngestError
from extract.ingest.mail import attachments
from extract.ingest.ofd import ofd_attachments
from extract.ingest.sniff import sniff

JOINT = "!/"
"""What stands between the source of a container and the name of a member."""
_MOST_MEMBERS = 10_000
_SHARE = 8
"""An archive within an archive may unpack to so much less than the one around it."""
_LONGEST_NAME = 400
_UNICODE_NAME = 0x7075
_UTF8 = 0x800
_BROKEN = (struct.error, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError)


class Container(NamedTuple):
    """What a file holds: the names of its members, in order and each once, and the way to their bytes, which raises IngestError."""

    names: tuple[str, ...]
    data: Callable[[str], bytes]


def contents(data: bytes, source: str, most: int, depth: int = 0) -> Container | None:
    """The members of an archive or mail, or what hangs on an OFD package; None where a file holds no others. most: bytes it may unpack to; depth: the containers around it.

    Raises IngestError: `damaged`, `too_large`, `encrypted`, and what `sniff` raises.
    """
    kind = sniff(data, source)
    if kind == "zip":
        return _archive(data, source, most // _SHARE**depth)
    if kind == "eml":
        return _named(((name, partial(bytes, held)) for name, held in attachments(data)), source)
    hanging = ofd_attachments(data, source) if kind == "ofd" else []
    return _named(((name, partial(bytes, held)) for name, held in hanging), source) if hanging else None


def member(data: bytes, source: str, path: str, most: int, nesting: int) -> bytes:
    """The bytes of a member by its path of names, `b.zip!/c.docx`, in the container `data`. nesting: how deep containers may lie in one another.

    Raises IngestError: what `contents` raises, and `too_deep`.
    """
    for depth, name in enumerate(path.split(JOINT)):
        if depth >= nesting:
            raise IngestError(f"{source}: archives in archives, deeper than {nesting}; unpack it first", code="too_deep")
        found = contents(data, source, most, depth)
        if found is None or name not in found.names:
            raise IngestError(f"{source}: {name} is no longer in it", code="damaged")
        data = found.data(name)
    return data


def _named(members: Iterable[tuple[str, Callable[[], bytes]]], source: str) -> Container:
    """The container of these members, told apart by a number where two are called the same."""
    seen: Counter[str] = Counter()
    found: dict[str, Callable[[], bytes]] = {}
    for name, read in members:
        plain = _safe(name)
        seen[plain] += 1
        found[plain if seen[plain] == 1 else f"{plain}~{seen[plain]}"] = read
        if len(found) > _MOST_MEMBERS:
            raise IngestError(f"{source}: it holds more than {_MOST_MEMBERS} files; split it", code="too_large")
    return Container(tuple(found), lambda name: found[name]())


def _safe(name: str) -> str:
    """A name as a path below its container: no drive, no root, no way up, nothing that acts on a terminal, no sign of a deeper member."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..") and not part.endswith(":")]
    return ("/".join(parts)[:_LONGEST_NAME] or "unnamed").replace(JOINT, "! /")


# --- archives ------------------------------------------------------------------------------------------------------------


def _archive(data: bytes, source: str, most: int) -> Container:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise _damaged(source, error) from error
    infos = [info for info in archive.infolist() if not info.is_dir() and not info.filename.endswith("\\")]
    if not infos:
        raise IngestError(f"{source}: an archive without files", code="empty")
    if sum(info.file_size for info in infos) > most:
        raise IngestError(f"{source}: it unpacks to more than {most >> 20} MiB; split it", code="too_large")
    return _named(((_name(info), partial(_unpacked, archive, info, source)) for info in infos), source)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name: as Unicode where it says so, else UTF-8 or, as Windows writes it in China, GBK."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    unicode_name = _extra(info.extra, _UNICODE_NAME)[5:]
    try:
        raw = unicode_name or info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _extra(fields: bytes, kind: int) -> bytes:
    """An extra field of a member, empty where it has none of that kind."""
    while len(fields) >= 4:
        found, size = struct.unpack("<HH", fields[:4])
        if found == kind:
            return fields[4 : 4 + size]
        fields = fields[4 + size :]
    return b""


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> bytes:
    where = f"{source}{JOINT}{_safe(_name(info))}"
    if info.flag_bits & 1:
        raise IngestError(f"{where}: it is encrypted; unpack it with its password", code="encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise IngestError(f"{where}: a link in an archive is not followed", code="unsupported_format")
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)  # told how much: a size that lies costs no memory
    except (NotImplementedError, RuntimeError) as error:
        raise IngestError(f"{where}: packed in a way that is not read ({error}); unpack it first", code="unsupported_format") from error
    except _BROKEN as error:
        raise _damaged(where, error) from error
    if len(data) != info.file_size:
        raise _damaged(where, "it is not of the size that the archive says")
    return data


def _damaged(source: str, reason: object) -> IngestError:
    return IngestError(f"{source}: the archive is damaged ({reason}); get it again from where it was published", code="damaged")
