"""Which files there are to read, and under which names the tables know them."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extract.errors import ExtractError
from extract.printable import printable
from extract.write.publish import STATE

_FURNITURE = re.compile(r"~\$|\._|\.DS_Store$|Thumbs\.db$|\.taizhang$", re.IGNORECASE)


class Found(NamedTuple):
    """A file that the inputs hold.

    path: where it is.   source: its name in the tables.   skip: why it is not to be read, empty where it is.
    container: for a member of an archive or mail, the source of that.   member: its name there.   named: whether the user named it himself.
    """

    path: str
    source: str
    skip: str = ""
    container: str = ""
    member: str = ""
    named: bool = False


SKIPPED = {
    "furniture": "a file that an office program or a desktop leaves behind",
    "link": "a symbolic link; its target is read where it stands, if that is inside the input",
    "special": "neither a file nor a folder",
    "output": "a folder of tables that a run wrote",
    "no_access": "a folder that may not be opened; what is in it is not known",
}
"""Why a file may be passed over, and what its outcome says."""


def find_files(inputs: Sequence[Path], output: Path | None = None) -> list[Found]:
    """Every file of the inputs in the order of the tables, which is that of their sources. The output folder is never an input.

    Raises ExtractError (code `no_input`) for a path that is not there, or where there is no file at all.
    """
    found: list[Found] = []
    for path, name in zip(inputs, _names(inputs), strict=True):
        if not path.exists():
            raise ExtractError(f"{path}: no such file or folder", code="no_input")
        if path.is_dir():
            found += _walk(path, name if len(inputs) > 1 else "", output)
        else:
            found.append(Found(str(path), name, _reason(path, followed=True), named=True))
    if not found:
        raise ExtractError(f"{', '.join(map(str, inputs))}: no files here", code="no_input")
    return _distinct(sorted(found, key=lambda one: (one.source, os.fsencode(one.path))))


def _names(inputs: Sequence[Path]) -> list[str]:
    """A name for each input, told apart by a number where two are called the same."""
    seen: Counter[str] = Counter()
    names = []
    for path in inputs:
        name = printable(path.resolve().name)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return names


def _distinct(found: list[Found]) -> list[Found]:
    """The same files, a number at names that are the same once they are spelled out: an escape character, and the letters that spell it."""
    seen: Counter[str] = Counter()
    for place, one in enumerate(found):
        seen[one.source] += 1
        if seen[one.source] > 1:
            found[place] = one._replace(source=f"{one.source}~{seen[one.source]}")
    return found


def _walk(folder: Path, prefix: str, output: Path | None) -> Iterator[Found]:
    hidden = output.resolve() if output else None
    closed: list[str] = []
    for base, folders, files in os.walk(folder, onerror=lambda error: closed.append(str(error.filename))):
        here = Path(base)
        folders[:] = sorted(name for name in folders if (here / name).is_symlink() or (here / name).resolve() != hidden)
        aside = [name for name in folders if (here / name).is_symlink() or _FURNITURE.match(name) or (here / name / STATE).is_dir()]
        folders[:] = [name for name in folders if name not in aside]
        for name in (*aside, *files):
            path = here / name
            yield Found(str(path), _source(path, folder, prefix), _reason(path))
    for name in closed:
        yield Found(name, _source(Path(name), folder, prefix), "no_access")


def _source(path: Path, folder: Path, prefix: str) -> str:
    return "/".join(part for part in (prefix, printable(path.relative_to(folder).as_posix())) if part)


def _reason(path: Path, *, followed: bool = False) -> str:
    """Why a path is not to be read, empty where it is a plain file. A link that the user names is followed."""
    if _FURNITURE.match(path.name):
        return "furniture"
    try:
        mode = path.stat().st_mode if followed else path.lstat().st_mode
    except OSError:
        return ""  # gone or not permitted: reading it says so
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode) and (path / STATE).is_dir():
        return "output"
    return "" if stat.S_ISREG(mode) else "special"


def reason_of_member(name: str) -> str:
    """Why a member of an archive or mail is not to be read, empty where it is; `name`: its path there."""
    folder, _, base = name.rpartition("/")
    return "furniture" if _FURNITURE.match(base) or folder.startswith("__MACOSX") else ""
