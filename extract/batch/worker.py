"""A worker process: converts the files that it is told of, keeps their results, reports each."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from extract.batch.find import Found
from extract.limits import MIB, Limits
from extract.write import Result

_FUSE = 4096
"""MiB of address space above four times the memory allowed: far from what honest work maps, near enough to stop a runaway allocation."""
_PR_SET_PDEATHSIG = 1
_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"})


class Settings(NamedTuple):
    """What a worker needs to know: the folder of the rules, the limits, the output in which results are kept."""

    rules: Path
    limits: Limits
    output: Path


class Task(NamedTuple):
    """A file to convert: its content's digest, and the key to keep the result by."""

    found: Found
    digest: str
    key: str


class Done(NamedTuple):
    """What a worker reports of a task: the result without text and rows, which are kept, and what it took.

    size: bytes of the result as kept.   memory: the most bytes resident that were seen.   read: bytes of the file.
    retires: whether the process ends after it.
    """

    task: Task
    result: Result
    seconds: float
    size: int
    memory: int
    read: int = 0
    retires: bool = False


class Stop(NamedTuple):
    """Why a worker cannot go on: the name of an error class, its message and its code."""

    error: str
    message: str
    code: str


READY = "ready"


def main(descriptor: int, parent: int) -> None:
    """Serve until the parent closes its end or is no more. `descriptor`: that of a socket to it; `parent`: its process id."""
    _live_with(parent)
    _guard_group()
    connection: Connection = Connection(descriptor)
    settings: Settings = connection.recv()
    for name, most in ((resource.RLIMIT_AS, (4 * settings.limits.memory + _FUSE) * MIB), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(name, (most, resource.getrlimit(name)[1]))
    try:
        _serve(connection, settings)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _live_with(parent: int) -> None:
    """Ctrl-C and the end of a service are for the parent, which stops the others; its death is theirs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _guard_group() -> None:
    """See to it that whatever this process starts, such as LibreOffice, ends with it, however it ends: a shell waits for the end of a pipe
    that only this process holds open, and then kills the group."""
    if os.getpgid(0) != os.getpid():
        return  # the group is somebody else's
    theirs, _ours = os.pipe()
    subprocess.Popen(["/bin/sh", "-c", "read _; kill -9 0"], stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)


def _refuse_network() -> None:
    """From here on nothing in this process reaches the network, whatever asks for it: a library over a hostile file, or a defect."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in _NETWORK:
            raise RuntimeError(f"a worker has no network ({event})")

    sys.addaudithook(refuse)


def _hush() -> None:
    """From here on nothing is told on stderr: libraries print there what documents say."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _serve(connection: Connection, settings: Settings) -> None:
    from extract import pipeline, rulebook  # noqa: F401  loaded before the first document, whose time is watched
    from extract.batch.one import PASSING, convert_file
    from extract.batch.store import Store
    from extract.errors import RuleError
    from extract.rulebook.kept import keep

    try:
        book = rulebook.load(settings.rules)
    except RuleError as error:
        connection.send(Stop("RuleError", str(error), error.code))
        return
    store = Store(settings.output)
    gc.freeze()
    collect_seldom()
    _hush()
    _refuse_network()
    connection.send(READY)
    while True:
        task: Task = connection.recv()
        begin = time.perf_counter()
        try:
            result = convert_file(task.found, task.digest, book, settings.limits)
            size = 0 if result.outcome.code in PASSING else store.put(task.key, result)
        except RuleError as error:
            connection.send(Stop("RuleError", str(error), error.code))
            return
        except OSError as error:
            connection.send(Stop("WriteError", error.strerror or str(error), "cannot_write"))
            return
        memory = resident()
        # What one document left behind must not count against the next.
        retires = memory > settings.limits.memory * MIB // 2 or result.outcome.code == "out_of_memory"
        keep()
        brief = result._replace(text=b"", lines={})
        connection.send(Done(task, brief, time.perf_counter() - begin, size, memory, _size(task.found.path), retires))
        if retires:
            return


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def collect_seldom() -> None:
    """Look for garbage seldom: documents leave few cycles, and looking for them at the usual pace takes a tenth of a worker's time."""
    gc.set_threshold(20_000, 50, 100)


def resident() -> int:
    """Bytes that this process has resident."""
    import psutil

    return int(psutil.Process().memory_info().rss)
