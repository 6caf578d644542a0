"""Files to raw documents: the format is told by content, one reader for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import cast

from extract.errors import IngestError
from extract.ingest.sniff import sniff
from extract.model import RawDocument

Ingester = Callable[[bytes, str, str], RawDocument]
"""From a file's bytes, its name and its format to what is in it."""

INGESTERS: Mapping[str, str] = MappingProxyType(
    {
        "txt": "text.read_text",
        "md": "text.read_text",
        "html": "html.read_html",
        "pdf": "pdf.read_pdf",
        "ofd": "ofd.read_ofd",
        "docx": "word.read_docx",
        "xlsx": "xlsx.read_xlsx",
        "xls": "xls.read_xls",
        "csv": "delimited.read_csv",
        "mht": "mail.read_mht",
        "eml": "mail.read_eml",
        **dict.fromkeys(("doc", "wps", "rtf", "odt", "ods", "wordml", "sheetml"), "office.read_by_office"),
        "png": "scan.read_image",
        "jpg": "scan.read_image",
        "tif": "scan.read_image",
    }
)
"""The reader of each format, by its module, which is loaded with the first file of that format: a text needs no PDF library."""

_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "ole": "save it as .docx in Word, WPS or LibreOffice",
        "pptx": "save it as .pdf",
        "ppt": "save it as .pdf",
        "json": "it holds data for programs, no notice",
        "zip": "`taizhang run` reads what is in it",
        **dict.fromkeys(("rar", "7z", "gz", "bz2", "xz"), "unpack it and give the folder, or pack it as .zip"),
    }
)
"""What to do with a format that is not read."""


def read(data: bytes, source: str) -> RawDocument:
    """What a file holds. `data`: its bytes; `source`: its path as given, kept as it is.

    Raises IngestError and nothing else; its code is `empty`, `encrypted`, `unknown_format`, `unsupported_format`, `no_text`, or one that a reader adds.
    """
    name = sniff(data, source)
    if name not in INGESTERS:
        advice = _ADVICE.get(name, f"read are {', '.join(INGESTERS)}")
        raise IngestError(f"{source}: {name} files are not read; {advice}", code="unsupported_format")
    return _ingester(name)(data, source, name)


@cache
def _ingester(name: str) -> Ingester:
    module, reader = INGESTERS[name].split(".")
    return cast("Ingester", getattr(import_module(f"extract.ingest.{module}"), reader))
