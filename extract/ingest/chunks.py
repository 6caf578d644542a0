"""Pages that another program put whole into a Word document (w:altChunk), as exporters of web editors do: read as what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.flow import Part
from extract.ingest.package import Package
from extract.ingest.sniff import sniff
from extract.model import Span

_READ = frozenset({"html", "mht", "txt"})
"""Formats that hold no further files; a document in a document could go on without end."""


class Chunks:
    """The inserted files of a document. `main`: the name of the part that holds it. left_out: how many could not be read."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self.left_out = 0

    def parts(self, name: str) -> list[Part]:
        """The blocks of an inserted file, by the id that the document knows it by; none where it is of a format that is not read here."""
        _, target = self._package.targets(self._main).get(name, ("", ""))
        data = self._package.data(target)
        try:
            if data and sniff(data, target) in _READ:
                return list(_parts(data, target))
        except IngestError:
            pass  # counted as what is left out
        self.left_out += 1
        return []


def _parts(data: bytes, name: str) -> Iterator[Part]:
    raw = read(data, name)
    for block in raw.blocks:
        at = block.start
        bold = tuple([Span(start - at, end - at) for start, end in block.bold])
        cells = tuple([replace(cell, start=cell.start - at, end=cell.end - at) for cell in block.cells])
        yield Part(block.kind, raw.text[at : block.end], "main", block.level, bold, cells)
