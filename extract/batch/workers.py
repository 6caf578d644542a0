"""Worker processes: fed, watched, replaced. One that dies, hangs or swells costs the document that it had in hand, and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import wait
from pathlib import Path

import psutil

import extract
from extract.batch.one import failed
from extract.batch.worker import READY, Done, Settings, Stop, Task
from extract.errors import ExtractError, RuleError, WriteError
from extract.limits import MIB
from extract.printable import printable

_BEGIN = "import sys; from extract.batch.worker import main; main(int(sys.argv[1]), int(sys.argv[2]))"
_AHEAD = 2
"""Documents that a worker knows of: the one in hand, and the next, so that it need not wait to be told."""
_GLANCE = 0.1
"""Seconds between two looks at the workers' memory and time."""
_START = 300.0
"""Seconds that a worker may take to load, on a machine however busy."""
_LONG = 1.0
"""Seconds after which a document takes long; as often is looked what its process has started."""
_TRIES = 2
"""How often a document is tried whose worker died of itself: it may have been killed by someone who meant another."""
_STILLBORN = 3

Take = Callable[[], Task | None]
"""Gives the next task, None where there is none now."""


class _Worker:
    """One process with its tasks; the first of them is the one in hand."""

    def __init__(self, settings: Settings) -> None:
        self.connection, theirs = Pipe()
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115  of use until it is ready; closed with it
        place = str(Path(extract.__file__).parent.parent)
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-c", _BEGIN, str(theirs.fileno()), str(os.getpid())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._last_words,
            start_new_session=True,  # Ctrl-C does not reach it, and what it starts can be ended with it
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (place, os.environ.get("PYTHONPATH", ""))))},
        )
        theirs.close()
        self._seen = psutil.Process(self.process.pid)
        self._family: list[psutil.Process] = []
        self._looked = 0.0
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.retires = False
        self.since = time.monotonic()
        self.peak = 0
        with suppress(OSError):  # dead before it could read, as its silence will show
            self.connection.send(settings)

    def give(self, task: Task) -> None:
        if not self.tasks and self.ready:
            self.since = time.monotonic()
        self.tasks.append(task)
        with suppress(OSError):  # dead, as its silence will show
            self.connection.send(task)

    def memory(self) -> int:
        """Bytes resident now, by it and by what it has started; also kept as `peak` of the document in hand."""
        now = _resident(self._seen) + sum(map(_resident, self._others()))
        self.peak = max(self.peak, now)
        return now

    def _others(self) -> list[psutil.Process]:
        """The processes that it has started, looked for now and then while a document takes long: only such a document starts any."""
        now = time.monotonic()
        if now - self.since < _LONG:
            return []
        if now - self._looked > _LONG:
            self._looked = now
            with suppress(psutil.Error):
                self._family = self._seen.children(recursive=True)
        return self._family

    def end(self) -> None:
        """Kill it, and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def last_words(self) -> str:
        """How it ended, and the last line that it said of that where it could not even begin."""
        self._last_words.seek(0)
        said = self._last_words.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return _how(self.process.returncode) + (f": {printable(said)}" if said else "")

    def close(self) -> None:
        """Let go of what it was spoken to by. To be called once it has ended."""
        self.connection.close()
        self._last_words.close()


class Pool:
    """Up to `jobs` workers for the tasks that `take` gives."""

    def __init__(self, settings: Settings, jobs: int, take: Take) -> None:
        self._settings = settings
        self._jobs = jobs
        self._take = take
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._tries: Counter[str] = Counter()
        self._stillborn = 0

    def results(self) -> Iterator[Done]:
        """What becomes of each task, as it comes. Raises RuleError and WriteError, which are no document's fault."""
        try:
            while self._feed():
                for connection in wait([worker.connection for worker in self._workers], _GLANCE):
                    yield from self._hear(next(worker for worker in self._workers if worker.connection is connection))
                for worker in list(self._workers):
                    yield from self._look_at(worker)
        finally:
            for worker in self._workers:
                worker.end()
                worker.close()

    def _next(self) -> Task | None:
        return self._again.popleft() if self._again else self._take()

    def _feed(self) -> bool:
        """Give every worker what it can take, start one more where all have enough, and say whether there is anything to wait for."""
        for ahead in range(1, _AHEAD + 1):
            for worker in self._workers:
                if len(worker.tasks) < ahead and not worker.retires:
                    task = self._next()
                    if task is None:
                        return self._busy()
                    worker.give(task)
        if len(self._workers) < self._jobs:
            task = self._next()
            if task is not None:
                self._workers.append(_Worker(self._settings))
                self._workers[-1].give(task)
        return self._busy()

    def _busy(self) -> bool:
        return any(worker.tasks or worker.retires for worker in self._workers)

    def _hear(self, worker: _Worker) -> Iterator[Done]:
        """What a worker says, or that it is silent for ever."""
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(worker)
            return
        if isinstance(said, Stop):
            raise {"RuleError": RuleError, "WriteError": WriteError}[said.error](said.message, code=said.code)
        worker.since = time.monotonic()
        if said == READY:
            worker.ready = True
            self._stillborn = 0
            return
        worker.tasks.popleft()
        worker.retires = said.retires
        yield said._replace(memory=max(said.memory, worker.peak))
        worker.peak = 0

    def _look_at(self, worker: _Worker) -> Iterator[Done]:
        """End a worker that takes too long or too much; its document fails."""
        limits = self._settings.limits
        seconds = time.monotonic() - worker.since
        if not worker.ready:
            if seconds > _START:
                worker.end()
            return
        if not worker.tasks:
            return
        if worker.memory() > limits.memory * MIB:
            code, what = "out_of_memory", f"it needs more than {limits.memory} MiB of memory; --max-memory sets the limit"
        elif seconds > limits.seconds:
            code, what = "out_of_time", f"it takes more than {limits.seconds:g} seconds; --max-seconds sets the limit"
        else:
            return
        task = worker.tasks[0]
        worker.end()
        while worker.tasks and worker.tasks[0] is task and worker.connection.poll():  # it may have been about to say that it is done
            try:
                said = worker.connection.recv()
            except (EOFError, OSError):
                break
            if isinstance(said, Done):
                worker.tasks.popleft()
                yield said
        if worker.tasks and worker.tasks[0] is task:
            worker.tasks.popleft()
            yield Done(task, failed(task.found, code, f"{task.found.source}: {what}; the next run tries again"), seconds, 0, worker.peak)
        self._drop(worker)

    def _lose(self, worker: _Worker) -> Iterator[Done]:
        """A worker is dead: the document in hand is tried once more, or has failed."""
        worker.end()
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise ExtractError(f"worker processes die while they load ({worker.last_words()})", code="no_workers")
        elif worker.tasks and not worker.retires:
            task = worker.tasks.popleft()
            self._tries[task.key] += 1
            if self._tries[task.key] < _TRIES:
                self._again.append(task)
            else:
                message = (
                    f"{task.found.source}: the process that read it died ({_how(worker.process.returncode)}); the next run tries again"
                )
                yield Done(task, failed(task.found, "worker_died", message), time.monotonic() - worker.since, 0, worker.peak)
        self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        """Take a dead worker out; what it had not begun goes to others."""
        self._again.extendleft(reversed(worker.tasks))
        worker.tasks.clear()
        worker.close()
        self._workers.remove(worker)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # gone


def _how(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return printable(f"exit status {status}")
