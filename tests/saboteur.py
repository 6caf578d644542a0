"""A worker process that meets documents which kill, hang or swell it: `main` in place of the worker's own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from extract import pipeline
from extract.batch import one, worker

if TYPE_CHECKING:
    from extract.batch.find import Found
    from extract.limits import Limits
    from extract.rulebook import Rulebook
    from extract.write import Result

_read = pipeline.convert
_whole = one.convert_file
_kept: list[bytes] = []


def _convert(found: Found, expected: str, book: Rulebook, limits: Limits) -> Result:
    name = Path(found.path).name
    if name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("once"):
        mark = Path(found.path).parent.parent / f"{name}.mark"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("start"):
        with subprocess.Popen([sys.executable, "-c", "import time; x = b'x' * (300 << 20); time.sleep(600)"]) as started:
            (Path(found.path).parent.parent / f"{name}.started").write_text(str(started.pid))
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("swell"):
        _kept.append(b"x" * (limits.memory << 20))
        time.sleep(600)
    if name.startswith("fat"):
        _kept.append(b"x" * (limits.memory * 6 // 10 << 20))
    return _whole(found, expected, book, limits)


def _allocate(data: bytes, source: str, rulebook: Rulebook) -> pipeline.Converted:
    if source.startswith("call"):
        socket.create_connection(("127.0.0.1", int(data)), timeout=5).close()
    if source.startswith("alloc"):
        bytearray(1 << 45)
    return _read(data, source, rulebook)


def main(descriptor: int, parent: int) -> None:
    """Serve as a worker does, but for some names."""
    one.convert_file = _convert
    pipeline.convert = _allocate
    worker.main(descriptor, parent)
