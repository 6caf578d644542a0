"""One run at a time for each output."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from extract.errors import WriteError
from extract.write.publish import STATE, Place

_PAUSE = 0.2


@contextmanager
def held(place: Place, *, wait: bool = False, name: str = "lock") -> Iterator[None]:
    """Holds the output's lock, which the system takes back when its holder dies, however it dies.

    name: that of the file that stands for it; a process that watches holds one of its own beside.
    Raises WriteError (code `locked`), which says who holds it, unless it is to `wait` until it is free.
    """
    with place.writing():
        descriptor = os.open(place.state / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while not _taken(descriptor):
            if not wait:
                raise WriteError(f"{place.folder}: in use by {_holder(descriptor)}; give --wait to wait until it is free", code="locked")
            time.sleep(_PAUSE)
        with place.writing():
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps([os.getpid(), socket.gethostname(), datetime.now().isoformat(" ", "seconds")]).encode(), 0)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


@contextmanager
def still(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Keeps runs from changing an output while it is read. One without the state of a run, a copy of the tables say, has no run to keep off.

    Raises WriteError (code `locked`) where a run is at work there, unless it is to `wait` for its end.
    """
    if not (folder / STATE).is_dir():
        yield
        return
    place = Place(folder)
    with held(place, wait=wait):
        place.recover()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> str:
    try:
        process, host, since = json.loads(os.pread(descriptor, 1000, 0))
    except ValueError:
        return "another run that is just starting"
    return f"another run (process {process} on {host}, since {since})"
