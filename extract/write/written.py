"""The CSV tables of an output in the making, and where in them the rows of each document stand."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.tables.schema import tables
from extract.write import csv_file


class Written:
    """All tables, written to a folder document by document. What only the documents together tell is read from them again, most of it of few
    documents, whose rows are found without reading those of the others."""

    def __init__(self, folder: Path) -> None:
        self._tables = {table.name: table for table in tables()}
        self._paths = {name: folder / f"{name}.csv" for name in self._tables}
        self._files = {name: path.open("wb") for name, path in self._paths.items()}
        self._ends = {name: array("Q", [file.write(csv_file.header(self._tables[name]))]) for name, file in self._files.items()}
        self._documents: list[str] = []

    def add(self, doc_id: str, lines: Mapping[str, bytes]) -> None:
        """Write what one file gave: its CSV lines by table."""
        self._documents.append(doc_id)
        for name, file in self._files.items():
            self._ends[name].append(self._ends[name][-1] + file.write(lines.get(name, b"")))

    def close(self) -> None:
        """No more files. To be called before the rows are read."""
        for file in self._files.values():
            file.close()

    def rows(self, name: str, documents: Container[str] | None = None) -> Iterator[Any]:
        """The rows of a table, typed and in order: all, or those of some documents by their ids."""
        table, path = self._tables[name], self._paths[name]
        if documents is None:
            yield from csv_file.read(table, path)
            return
        ends = self._ends[name]
        with path.open("rb") as file:
            for number, doc_id in enumerate(self._documents):
                size = ends[number + 1] - ends[number]
                if size and doc_id in documents:
                    file.seek(ends[number])
                    yield from csv_file.rows(table, file.read(size))
