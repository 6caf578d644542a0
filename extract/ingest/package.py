"""Office packages (ECMA-376, OPC): a ZIP of XML parts, opened as what it is, a file from a stranger.

Parts are read straight from the ZIP with lxml: python-docx and openpyxl, which open every part and build objects for all of it, take
several times as long for a notice, and set no limits.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from functools import cached_property
from io import BytesIO

from lxml import etree

from extract.errors import IngestError
from extract.limits import MIB, current

_MOST_MEMBERS = 10_000
_LARGEST_PART = 64 << 20
"""Bytes of one part; the text of a book of a thousand pages takes 10 MB of XML."""
_RATIO, _RATIO_FROM = 300, 8 << 20
"""How far a part of so many bytes may be compressed: tables of a sheet reach 1:60."""

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_BROKEN = (struct.error, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError, OverflowError)
"""What zipfile raises over bytes that are no ZIP, or not all of one."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Package:
    """The parts of an office file. Errors: IngestError with code `damaged`, `too_large`, `encrypted` or `forbidden_xml`.

    `data`: the file's bytes; `source`: its name, for messages.
    """

    def __init__(self, data: bytes, source: str) -> None:
        self.source = source
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise self.damaged(error) from error
        self._members = {member.filename: member for member in self._zip.infolist()}
        expansion = current().expansion
        if len(self._members) > _MOST_MEMBERS or sum(member.file_size for member in self._members.values()) > expansion * MIB:
            raise self._too_large(f"it unpacks to more than {expansion} MiB (--max-expansion) or {_MOST_MEMBERS} parts")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def data(self, name: str) -> bytes:
        """The bytes of a part, namespaces of strict Open XML brought to those that Word writes; none where there is no such part."""
        member = self._members.get(name)
        if member is None:
            return b""
        if member.file_size > _LARGEST_PART or (member.file_size > _RATIO_FROM and member.file_size > _RATIO * member.compress_size):
            raise self._too_large(f"its part {name} unpacks to {member.file_size >> 20} MiB")
        if member.flag_bits & 1:
            raise IngestError(f"{self.source}: it is encrypted; save it without a password", code="encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.damaged("a part is packed in a way that office files never are")
        try:
            with self._zip.open(member) as stream:
                data = stream.read(member.file_size + 1)  # told how much: a size that lies costs no memory
        except _BROKEN as error:
            raise self.damaged(error) from error
        if b"purl.oclc.org" in data[:4096]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return data

    def tree(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where there is no such part. No entity is expanded, nothing is fetched."""
        data = self.data(name)
        return self.parse(data) if data else None

    def parse(self, data: bytes) -> etree._Element:
        """The root of the XML in bytes of a part."""
        plain = data.replace(b"\x00", b"") if b"\x00" in data[:4] else data  # UTF-16
        if any(mark in plain for mark in _DECLARATIONS):
            raise self._forbidden()
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._forbidden()
        return root

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id, the kind (styles, numbering, worksheet …) and the name of the part. Links to elsewhere are left out."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        if root is None:
            return {}
        return {
            one.get("Id", ""): (
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:],
            )
            for one in root.iterfind(_RELATIONSHIP)
            if one.get("TargetMode") != "External"
        }

    def main_part(self, usual: str) -> str:
        """The name of the part that holds the document; `usual`: where it mostly is."""
        if usual in self:
            return usual
        return next((target for kind, target in self.targets("").values() if kind == "officeDocument" and target in self), usual)

    def title(self) -> dict[str, str]:
        """The title of the core properties as `page_title`: mostly that of an older file, so it is not taken for the notice's own."""
        root = self.tree("docProps/core.xml")
        title = " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
        return {"page_title": title} if title else {}

    def damaged(self, reason: object) -> IngestError:
        return IngestError(f"{self.source}: the file is damaged ({reason}); get it again from where it was published", code="damaged")

    def _too_large(self, reason: str) -> IngestError:
        return IngestError(f"{self.source}: {reason}, more than is read; split it, or save it anew", code="too_large")

    def _forbidden(self) -> IngestError:
        return IngestError(
            f"{self.source}: its XML declares a document type or entities, which office files never do", code="forbidden_xml"
        )


class Related:
    """The parts that one part refers to; who they are is looked up when the first is asked for."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return dict(self._package.targets(self._name).values())

    def tree(self, kind: str) -> etree._Element | None:
        """The root of the part of a kind (styles, numbering, sharedStrings …), None where there is none."""
        return self._package.tree(self._kinds.get(kind, ""))
