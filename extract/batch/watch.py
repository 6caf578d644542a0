"""What arrives in a folder is converted, and stays in the tables when it leaves."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from extract.batch.find import Found, find_files
from extract.batch.lock import held
from extract.batch.run import Options, Ran
from extract.errors import ExtractError
from extract.write import Place

_UNFINISHED = re.compile(r".*\.(?:part|partial|tmp|temp|crdownload|download|filepart|!ut|aria2)$|\..*\.\w{6}$", re.IGNORECASE)
"""Names that browsers, rsync and their like give a file until it is whole."""
_EVERY = 60.0
"""Seconds after which the folder is looked through even if no change was told: network file systems tell none."""

Convert = Callable[[Sequence[Found], Options], Ran]


class _State(NamedTuple):
    """How a file is: while any of it changes, somebody is writing."""

    size: int
    changed: int
    number: int


class Inbox:
    """The files of a folder, and which of them are complete: unchanged for `settle` seconds, and open for writing nowhere."""

    def __init__(self, folder: Path, output: Path, settle: float) -> None:
        self._folder, self._output, self._settle = folder, output, settle
        self._since: dict[str, tuple[_State, float]] = {}
        self.waiting = False

    def complete(self) -> dict[Found, _State | None]:
        """The files that may be read now, each with its state. `waiting` tells afterwards whether there are others."""
        try:
            found = find_files([self._folder], self._output)
        except ExtractError:
            if not self._folder.is_dir():
                raise
            found = []  # nothing there yet
        now = time.monotonic()
        before, self._since, self.waiting = self._since, {}, False
        whole: dict[Found, _State | None] = {}
        for one in found:
            if one.skip:
                whole[one] = None
                continue
            state = _state(one.path)
            if state is None or _UNFINISHED.match(Path(one.path).name):
                continue
            seen = before.get(one.path)
            since = seen[1] if seen and seen[0] == state else now
            self._since[one.path] = state, since
            if now - since >= self._settle and not _being_written(one.path):
                whole[one] = state
            else:
                self.waiting = True
        return whole


def watch(inbox: Path, output: Path, options: Options, convert: Convert, *, settle: float = 2.0) -> None:
    """Convert what is in the folder `inbox` and what arrives in it, until interrupted.

    `convert` is called with all complete files whenever there is a new or a changed one; it runs with options that accumulate and wait.
    What came while nobody watched is found at the start. Raises WriteError (code `locked`) where another process watches for this output.
    """
    from watchfiles import watch as changes

    if hasattr(signal, "SIGIO"):
        signal.signal(signal.SIGIO, signal.SIG_IGN)  # sent when somebody opens a file to write while it is asked whether anybody does
    options = replace(options, accumulate=True, wait=True)
    folder = Inbox(inbox, output, settle)
    with held(Place(output), name="watch"):
        done: dict[Found, _State | None] = {}
        looked, rest = -_EVERY, 0.0
        for changed in changes(
            inbox, watch_filter=None, rust_timeout=max(100, int(settle * 500)), yield_on_timeout=True, ignore_permission_denied=True
        ):
            now = time.monotonic()
            if not changed and not folder.waiting and now - looked < _EVERY:
                continue
            looked = now
            whole = folder.complete()
            if whole.items() <= done.items():
                continue
            if now < rest:
                folder.waiting = True  # tables that take long to write are not written for every file
                continue
            convert(list(whole), options)
            done = whole
            rest = time.monotonic() + (time.monotonic() - now)


def _state(path: str) -> _State | None:
    try:
        facts = Path(path).lstat()
    except OSError:
        return None
    return _State(facts.st_size, facts.st_mtime_ns, facts.st_ino)


def _being_written(path: str) -> bool:
    """Whether a process has the file open for writing, as far as the system tells: a lease for reading is then refused."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False
