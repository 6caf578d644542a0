"""What a run writes beside its CSV tables: a workbook, a database, Parquet files. All hold the same rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from extract.errors import ExtractError, WriteError
from extract.tables.schema import Row, Table, tables

Format = Literal["csv", "xlsx", "parquet", "sqlite"]
Language = Literal["zh", "en"]
Rows = Callable[[Table], Iterator[Row]]
"""The rows of a table, typed and in order, one at a time; asked for as often as a file needs them."""

WORKBOOK, DATABASE, METADATA = "taizhang.xlsx", "taizhang.sqlite", "metadata.json"
_LIBRARIES = {"xlsx": "xlsxwriter", "parquet": "pyarrow", "sqlite": "rjieba"}


@dataclass(frozen=True)
class Wanted:
    """What an output is to be like. language: of the heads of the workbook and the titles of the database.   as_of: the day against which
    a matter is overdue, None for none."""

    formats: tuple[Format, ...] = ("csv",)
    language: Language = "zh"
    as_of: date | None = None

    def fingerprint(self) -> str:
        """What the files depend on beside the rows: these wishes, and the libraries that write them."""
        versions = [version(_LIBRARIES[name]) for name in self.formats if name in _LIBRARIES]
        return json.dumps([self.formats, self.language, str(self.as_of), versions, sqlite3.sqlite_version])


def parse(names: str) -> tuple[Format, ...]:
    """The formats of a list such as `csv,xlsx`, in the order above; CSV is always among them.

    Raises ExtractError (`unknown_format`, `missing_extra`) for a name that is none and for a format whose library is not installed.
    """
    known: tuple[Format, ...] = get_args(Format)
    asked = {name.strip().lower() for name in names.split(",") if name.strip()}
    for name in sorted(asked.difference(known)):
        raise ExtractError(f"--to {name}: the formats are {', '.join(known)}", code="unknown_format")
    if "parquet" in asked and find_spec("pyarrow") is None:
        raise ExtractError('--to parquet needs pyarrow: pip install "taizhang[parquet]"', code="missing_extra")
    return tuple(name for name in known if name in asked or name == "csv")


def files(formats: Sequence[Format]) -> list[str]:
    """The files that formats add to an output folder, as paths relative to it."""
    added = {
        "csv": [],
        "xlsx": [WORKBOOK],
        "parquet": [f"{table.name}.parquet" for table in tables()],
        "sqlite": [DATABASE, METADATA],
    }
    return [name for one in formats for name in added[one]]


def export(folder: Path, rows: Rows, wanted: Wanted) -> None:
    """Write the wanted files into a folder. The same rows give the same bytes. Raises WriteError where the folder cannot be written."""
    formats, language = wanted.formats, wanted.language
    try:
        if "xlsx" in formats:
            from extract.write import xlsx_file

            xlsx_file.write(folder / WORKBOOK, rows, language)
        if "parquet" in formats:
            from extract.write import parquet_file

            parquet_file.write(folder, rows)
        if "sqlite" in formats:
            from extract.write import sqlite_file
            from extract.write.metadata import metadata

            sqlite_file.write(folder / DATABASE, rows)
            (folder / METADATA).write_bytes(metadata(language))
    except OSError as error:
        raise WriteError(f"{folder}: cannot write here: {error.strerror or error}") from error
