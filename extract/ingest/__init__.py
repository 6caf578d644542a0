"""Files to raw documents: the format is told by content, one reader for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from extract.errors import IngestError
from extract.ingest.html import read_html
from extract.ingest.ofd import read_ofd
from extract.ingest.pdf import read_pdf
from extract.ingest.sheet import read_xlsx
from extract.ingest.sniff import sniff
from extract.ingest.text import read_text
from extract.ingest.word import read_docx
from extract.model import RawDocument

Ingester = Callable[[bytes, str, str], RawDocument]
"""From a file's bytes, its name and its format to what is in it."""

INGESTERS: Mapping[str, Ingester] = MappingProxyType(
    {
        "txt": read_text,
        "md": read_text,
        "html": read_html,
        "pdf": read_pdf,
        "ofd": read_ofd,
        "docx": read_docx,
        "xlsx": read_xlsx,
    }
)

_NEWER: Mapping[str, str] = MappingProxyType({"doc": "docx", "rtf": "docx", "odt": "docx", "ole": "docx", "xls": "xlsx"})
"""For formats of older programs (.wps is one of Word's own), the one to save them in."""


def read(data: bytes, source: str) -> RawDocument:
    """What a file holds. `data`: its bytes; `source`: its path as given, kept as it is.

    Raises IngestError and nothing else; its code is `empty`, `encrypted`, `unknown_format`, `unsupported_format`, `no_text`, or one that a reader adds.
    """
    name = sniff(data, source)
    if name not in INGESTERS:
        newer = f"save it as .{_NEWER[name]} in Word, WPS or LibreOffice" if name in _NEWER else f"read are {', '.join(INGESTERS)}"
        raise IngestError(f"{source}: {name} files are not read; {newer}", code="unsupported_format")
    return INGESTERS[name](data, source, name)
