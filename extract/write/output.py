"""A run's output folder: written beside, moved into place when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from extract.errors import WriteError
from extract.tables.schema import tables
from extract.write import csv_file
from extract.write.package import descriptor

_STAGING = ".staging"


class Output:
    """The tables and texts of one run. Used as a context: what was added is moved into the folder at a clean end, and dropped otherwise.

    Until then the tables that were there stay whole. Raises WriteError where the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._staging = folder / _STAGING
        self._files: dict[str, IO[bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        try:
            shutil.rmtree(self._staging, ignore_errors=True)
            (self._staging / "texts").mkdir(parents=True)
            for table in tables():
                self._files[table.name] = self._open.enter_context((self._staging / f"{table.name}.csv").open("wb"))
                self._files[table.name].write(csv_file.header(table))
        except OSError as error:
            raise WriteError(f"{self.folder}: cannot write here: {error.strerror or error}") from error
        return self

    def add(self, lines: Mapping[str, bytes], doc_id: str = "", text: str = "") -> None:
        """Append CSV lines, by table, and the canonical text of their document, if there is one."""
        try:
            for name, content in lines.items():
                self._files[name].write(content)
            if doc_id:
                (self._staging / "texts" / f"{doc_id}.txt").write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            raise WriteError(f"{self.folder}: cannot write here: {error.strerror or error}; what was there is untouched") from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()
        try:
            if kind is None:
                self._publish()
        except OSError as problem:
            raise WriteError(f"{self.folder}: cannot move the tables into place: {problem.strerror or problem}") from problem
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)

    def _publish(self) -> None:
        """Texts first, then tables, the descriptor last; a text that no document has any more goes."""
        (self.folder / "texts").mkdir(exist_ok=True)
        staged = {path.name for path in (self._staging / "texts").iterdir()}
        for name in sorted(staged):
            (self._staging / "texts" / name).replace(self.folder / "texts" / name)
        for table in tables():
            (self._staging / f"{table.name}.csv").replace(self.folder / f"{table.name}.csv")
        (self._staging / "datapackage.json").write_bytes(descriptor())
        (self._staging / "datapackage.json").replace(self.folder / "datapackage.json")
        for path in (self.folder / "texts").glob("*.txt"):
            if path.name not in staged:
                path.unlink()
