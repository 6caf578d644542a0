"""What every result depends on beside its file: the version, the rules, the options."""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from functools import cache
from pathlib import Path

import extract
from extract.limits import Limits


def fingerprint(rules: Path, limits: Limits) -> str:
    """A digest of the program, what it is built from, the rules of a folder, and the limits that decide what a document gives."""
    found = hashlib.sha256(_program().encode())
    for path in sorted(rules.rglob("*.yml")):
        found.update(f"\0{path.relative_to(rules).as_posix()}\0".encode())
        found.update(path.read_bytes())
    found.update(repr(limits.reading()).encode())
    return found.hexdigest()


@cache
def _program() -> str:
    """The version, and the code itself: a checkout changes without its version."""
    found = hashlib.sha256(f"{extract.__version__} {sys.version_info[:2]}".encode())
    for path in sorted(Path(extract.__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    for name in _parts():
        try:
            found.update(f"\0{name} {importlib.metadata.version(name)}".encode())
        except importlib.metadata.PackageNotFoundError:
            found.update(f"\0{name}".encode())
    return found.hexdigest()


def _parts() -> tuple[str, ...]:
    """The distributions whose version may change a table."""
    return (
        "chinesecalendar",
        "lxml",
        "opencc",
        "openpyxl",
        "pdfminer.six",
        "pdfplumber",
        "pypdfium2",
        "python-docx",
        "rapidocr",
        "regex",
        "rjieba",
        "spacy",
        "xlrd",
    )
