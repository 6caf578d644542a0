"""What is fuzzed: each target takes any bytes, and may refuse them by IngestError only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from extract import ingest, outline, repair, rulebook
from extract.errors import IngestError
from extract.model import Document, RawDocument
from extract.pipeline import convert
from extract.rulebook import Rulebook
from extract.values.mask import find_values

ROOT = Path(__file__).parent.parent.parent

READERS = ("txt", "md", "html", "pdf", "ofd", "docx", "xlsx", "xls", "csv")


@cache
def book() -> Rulebook:
    """The project's own rules."""
    return rulebook.load(ROOT / "rules")


def _read(name: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        try:
            ingest.read(data, f"fuzz.{name}")
        except IngestError:
            return

    return target


def _raw(data: bytes) -> RawDocument | None:
    try:
        return ingest.read(data.decode("utf-8", "replace").encode(), "fuzz.txt")
    except IngestError:
        return None


def _repaired(data: bytes) -> Document | None:
    raw = _raw(data)
    return repair.repair(raw) if raw else None


def _outlined(data: bytes) -> None:
    document = _repaired(data)
    if document:
        structure = outline.outline(document, book())
        assert all(0 <= node.start <= node.end <= len(document.text) for node in structure.nodes)


def _values(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    view = find_values(text, None, None, book().lookup("units"))
    assert all(0 <= one.start < one.end <= len(text) for one in (*view.quantities, *view.dates))


def _whole(data: bytes) -> None:
    try:
        done = convert(data, "fuzz.txt", book())
    except IngestError:
        return
    for row in (*done.rows.targets, *done.rows.owners, *done.rows.dates, *done.rows.tallies):
        assert done.text[row.start : row.end] == row.text


TARGETS: Mapping[str, Callable[[bytes], object]] = MappingProxyType(
    {**{f"read_{name}": _read(name) for name in READERS}, "repair": _repaired, "outline": _outlined, "values": _values, "whole": _whole}
)
