"""An output folder read back: its tables by document, and its texts."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ExtractError
from extract.tables.schema import Table, tables

Row = Mapping[str, str]

_DOC_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Found:
    """What an output folder holds: its documents and outcomes, and the cells of every other table by document, in order."""

    folder: Path
    documents: Sequence[Row]
    outcomes: Sequence[Row]
    followups: Sequence[Row]
    cells: Mapping[str, Mapping[str, Sequence[Sequence[str]]]]

    def rows(self, table: str, doc_id: str) -> list[Row]:
        """The rows that one document has in a table."""
        names = [column.name for column in _table(table).columns]
        return [dict(zip(names, cells, strict=True)) for cells in self.cells[table].get(doc_id, ())]

    def text(self, doc_id: str) -> str:
        """The canonical text of a document. Raises ExtractError where it is not there."""
        path = self.folder / "texts" / f"{doc_id}.txt"
        try:
            return path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise ExtractError(f"{path}: the text of a document cannot be read; run again", code="no_output") from error


def read(folder: Path) -> Found:
    """Read the tables of an output folder. Raises ExtractError (code `no_output`) where it holds none, or others than this version's."""
    whole = {"documents", "outcomes", "followups"}
    cells: dict[str, dict[str, list[Sequence[str]]]] = {table.name: defaultdict(list) for table in tables() if table.name not in whole}
    for name, by_document in cells.items():
        table = _table(name)
        place = [column.name for column in table.columns].index("doc_id")
        for line in _lines(folder, table):
            by_document[line[place]].append(line)
    documents = _dicts(folder, _table("documents"))
    for row in documents:
        if not _DOC_ID.fullmatch(row["doc_id"]):
            raise ExtractError(f"{folder / 'documents.csv'}: {row['doc_id']} is no document id", code="no_output")
    return Found(folder, documents, _dicts(folder, _table("outcomes")), _dicts(folder, _table("followups")), cells)


def _table(name: str) -> Table:
    return next(table for table in tables() if table.name == name)


def _dicts(folder: Path, table: Table) -> list[Row]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, cells, strict=True)) for cells in _lines(folder, table)]


def _lines(folder: Path, table: Table) -> Iterator[list[str]]:
    """The rows of a table as they were before `'` was put before what a spreadsheet would run."""
    path = folder / f"{table.name}.csv"
    names = [column.name for column in table.columns]
    texts = [
        i for i, column in enumerate(table.columns) if column.type == "string" and not column.codes and not column.name.endswith("_id")
    ]
    csv.field_size_limit(sys.maxsize)  # a cell holds an item's text, however long; the module's own limit is 128 KiB
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != names:
                raise ExtractError(f"{path}: not a table of this version; run again into this folder", code="no_output")
            for cells in reader:
                for i in texts:
                    cells[i] = cells[i].removeprefix("'")
                yield cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExtractError(f"{path}: no table to read here; `taizhang run INPUT -o {folder}` writes one", code="no_output") from error
