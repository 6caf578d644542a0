"""Files of an output into their place: all of them or none, whatever happens in between.

New files are staged beside the old ones. A journal then says what is to be moved and removed; from the moment that it stands, the
output is the new one, and who finds the journal finishes what it says. Until then the old files are whole, and staging is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extract.errors import WriteError

STATE = ".taizhang"
"""The folder inside an output in which a run keeps what it needs next time."""

_MANY = 50
"""Files from which on one call that flushes everything is cheaper than one for each."""
_TEXT = re.compile(r"[0-9a-f]{16}\.txt")
_LAST = ("datapackage.json", f"{STATE}/manifest.jsonl")


class Place:
    """An output folder and the state inside it. Raises WriteError where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / STATE
        self.staging = self.state / "staging"
        self.work = self.state / "work"
        self.manifest = self.state / "manifest.jsonl"
        self._journal = self.state / "journal.json"
        with self.writing():
            self.state.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turns errors of the file system into WriteError."""
        try:
            yield
        except OSError as error:
            raise WriteError(
                f"{self.folder}: cannot write here: {error.strerror or error}; the tables that were there are whole. "
                "Mend that and give the same command again: it goes on from here"
            ) from error

    def recover(self) -> None:
        """Finish, or throw away, what a run that was stopped has begun. To be called by whoever holds the lock."""
        with self.writing():
            if self._journal.exists():
                self._finish()
            self.clean()

    def clean(self) -> None:
        """Remove whatever is of use to a running run only."""
        for folder in (self.staging, self.work):
            shutil.rmtree(folder, ignore_errors=True)

    def begin(self) -> Path:
        """An empty staging folder."""
        shutil.rmtree(self.staging, ignore_errors=True)
        (self.staging / "texts").mkdir(parents=True)
        (self.staging / STATE).mkdir()
        return self.staging

    def commit(self, texts: Iterable[str], before: Sequence[str], kept: Sequence[Path] = ()) -> None:
        """Move what is staged into place.

        `texts`: names of all texts that there are to be; `before`: files of the last run beside them; `kept`: files of the state that the
        staged manifest counts on.
        """
        staged = [path.relative_to(self.staging).as_posix() for path in self.staging.rglob("*") if path.is_file()]
        for name in [name for name in staged if _same(self.staging / name, self.folder / name)]:
            if name not in _LAST:
                (self.staging / name).unlink()
        gone = [name for name in before if name not in staged]
        wanted = set(texts)
        gone += [f"texts/{name}" for name in _names(self.folder / "texts") if _TEXT.fullmatch(name) and name not in wanted]
        moved = sorted(name for name in staged if name not in _LAST and (self.staging / name).exists())
        _flush([*kept, *(self.staging / name for name in (*moved, *_LAST))], [self.staging, self.staging / "texts", self.staging / STATE])
        draft = self.staging / "journal.json"
        draft.write_text(json.dumps({"move": [*moved, *_LAST], "remove": sorted(gone)}), encoding="utf-8")
        _flush([draft], [])
        draft.replace(self._journal)
        _flush([], [self.state])
        self._finish()

    def _finish(self) -> None:
        """Do what the journal says, or the rest of it."""
        journal = json.loads(self._journal.read_text(encoding="utf-8"))
        (self.folder / "texts").mkdir(exist_ok=True)
        for name in journal["move"]:
            if (self.staging / name).exists():
                (self.staging / name).replace(self.folder / name)
        for name in journal["remove"]:
            (self.folder / name).unlink(missing_ok=True)
        _flush([], [self.folder, self.folder / "texts", self.state])
        self._journal.unlink()
        self.clean()


def digest(path: Path) -> str:
    """The SHA-256 of a file, empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _same(new: Path, old: Path) -> bool:
    try:
        return new.stat().st_size == old.stat().st_size and digest(new) == digest(old)
    except OSError:
        return False


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _flush(files: Sequence[Path], folders: Sequence[Path]) -> None:
    """See to it that a loss of power loses none of these."""
    if len(files) > _MANY:
        os.sync()
        return
    for path in (*files, *folders):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
