"""The library's front door."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from extract import rulebook
from extract.errors import IngestError
from extract.pipeline import Converted
from extract.pipeline import convert as convert_bytes
from extract.rulebook import Rulebook
from extract.rulebook.kept import keep
from extract.rulebook.where import default_rules


def convert(document: Path | str | bytes, *, rules: Path | str | None = None) -> Converted:
    """Read one document, given as a path or as its bytes, with the packaged rules or those of a folder.

    The result has `.text` (canonical text), `.outline`, `.tables` (pandas frames by name) and `.diagnostics`; all offsets count code
    points of `.text`. Raises IngestError where the file cannot be read, RuleError where a rule is wrong.
    """
    book = _book(Path(rules) if rules else default_rules())
    data, name = (document, "") if isinstance(document, bytes) else _file(Path(document))
    converted = convert_bytes(data, name, book)
    keep()
    return converted


def _file(path: Path) -> tuple[bytes, str]:
    """The bytes and the name of a file."""
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise IngestError(f"{path}: {error.strerror or error}") from error


@lru_cache(maxsize=4)
def _book(folder: Path) -> Rulebook:
    """Rules are read once per folder: a program that converts a thousand documents pays for them once."""
    return rulebook.load(folder)
