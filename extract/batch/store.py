"""The results of documents, each in a file of its own, by what it depends on."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from extract.write.publish import STATE
from extract.write.result import Result, pack, unpack


def key(content: str, source: str, base: str) -> str:
    """What a result is kept by: the file's digest, its name in the tables, and the digest of rules, options and version."""
    return hashlib.sha256("\0".join((content, source, base)).encode("utf-8", "replace")).hexdigest()


class Store:
    """Results below the state folder of an output. A result is there whole or not at all; what a crash has cut off counts as missing."""

    def __init__(self, output: Path) -> None:
        self._folder = output / STATE / "results"
        self._work = output / STATE / "work"
        self._numbers = itertools.count()

    def __contains__(self, key: str) -> bool:
        return self.path(key).exists()

    def get(self, key: str) -> Result | None:
        """The result kept by a key, None where there is none."""
        try:
            return unpack(self.path(key).read_bytes())
        except FileNotFoundError:
            return None

    def put(self, key: str, result: Result) -> int:
        """Keep a result; it survives the death of this process. Returns its size in bytes. Raises OSError."""
        return self.put_packed(key, pack(result))

    def put_packed(self, key: str, data: bytes) -> int:
        """The same for a result that is packed already."""
        path = self.path(key)
        draft = self._work / f"{os.getpid()}-{next(self._numbers)}"
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except FileNotFoundError:  # a folder is not there yet
            for folder in (self._work, path.parent):
                folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)
        return len(data)

    def drop(self, key: str) -> None:
        """Forget a result."""
        self.path(key).unlink(missing_ok=True)

    def prune(self, kept: Collection[str]) -> None:
        """Remove the results of all other keys."""
        for path in self._all():
            if path.name not in kept:
                path.unlink()

    def _all(self) -> Iterator[Path]:
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                yield from folder.iterdir()

    def path(self, key: str) -> Path:
        """Where the result of a key is kept."""
        return self._folder / key[:2] / key
