"""Worker processes: what kills, hangs or swells one costs its own document."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest

from extract import batch
from extract.batch import workers
from extract.errors import ExtractError, WriteError
from extract.limits import Limits
from tests.test_batch import NOTICE, outcomes, written

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Rulebook

SABOTAGED = "import sys; from tests.saboteur import main; main(int(sys.argv[1]), int(sys.argv[2]))"
LIMITS = Limits(seconds=8, memory=600)


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names, 2):
        (folder / name).write_text(NOTICE.format(number), encoding="utf-8")
    return folder


def test_what_kills_hangs_or_swells_a_worker_costs_itself(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    good = [f"good{number}.txt" for number in range(12)]
    bad = {"kill.txt": "worker_died", "hang.txt": "out_of_time", "swell.txt": "out_of_memory", "alloc.txt": "out_of_memory"}
    inbox = fill(tmp_path / "in", *good, "once.txt", "fat.txt", *bad)
    monkeypatch.setattr(workers, "_BEGIN", SABOTAGED)
    options = batch.Options(LIMITS, jobs=2)
    batch.run(batch.find_files([inbox]), tmp_path / "out", book, options)
    found = {source: (status, code) for source, status, code in outcomes(tmp_path / "out")}
    assert found == dict.fromkeys([*good, "once.txt", "fat.txt"], ("converted", "")) | {
        name: ("failed", code) for name, code in bad.items()
    }
    assert not [child for child in psutil.Process().children() if "extract.batch" in " ".join(child.cmdline())]
    monkeypatch.undo()
    ran = batch.run(batch.find_files([inbox]), tmp_path / "out", book, options)
    assert ran.read == len(bad)
    batch.run(batch.find_files([inbox]), tmp_path / "fresh", book)
    assert written(tmp_path / "fresh") == written(tmp_path / "out")


def test_workers_that_cannot_start_are_told(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_BEGIN", "import sys; sys.stderr.write('one line\\nno\\x1bsuch library\\n'); raise SystemExit(7)")
    with pytest.raises(ExtractError, match=r"\(exit status 7: no.{1,6}such library\)$") as caught:
        batch.run(batch.find_files([fill(tmp_path / "in", "a.txt")]), tmp_path / "out", book)
    assert caught.value.code == "no_workers"


def test_a_worker_dies_with_its_parent(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_BEGIN", SABOTAGED)
    inbox = fill(tmp_path / "in", "hang.txt")
    child = os.fork()
    if not child:
        try:
            batch.run(batch.find_files([inbox]), tmp_path / "out", book, batch.Options(Limits(seconds=500)))
        finally:
            os._exit(1)
    parent = psutil.Process(child)
    while not (workers_of := parent.children()):
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert psutil.wait_procs(workers_of, timeout=30)[1] == []


@pytest.mark.parametrize("who", ["worker", "run"])
def test_what_a_worker_starts_ends_with_it(who: str, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that a document starts, as LibreOffice is, ends when its worker is killed by somebody, or the whole run."""
    monkeypatch.setattr(workers, "_BEGIN", SABOTAGED)
    inbox = fill(tmp_path / "in", "start.txt")
    child = os.fork()
    if not child:
        try:
            batch.run(batch.find_files([inbox]), tmp_path / "out", book, batch.Options(Limits(seconds=500)))
        finally:
            os._exit(1)
    started = _started(tmp_path / "start.txt.started")
    os.kill(started.ppid() if who == "worker" else child, signal.SIGKILL)
    assert psutil.wait_procs([started], timeout=30)[1] == []
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_memory_of_what_a_worker_starts_counts(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_BEGIN", SABOTAGED)
    inbox = fill(tmp_path / "in", "start.txt")
    batch.run(batch.find_files([inbox]), tmp_path / "out", book, batch.Options(Limits(seconds=100, memory=350)))
    assert outcomes(tmp_path / "out") == [("start.txt", "failed", "out_of_memory")]
    with suppress(psutil.NoSuchProcess):  # gone already
        psutil.Process(int((tmp_path / "start.txt.started").read_text())).wait(30)


def _started(note: Path) -> psutil.Process:
    while not (note.exists() and note.read_text()):
        time.sleep(0.05)
    return psutil.Process(int(note.read_text()))


def test_two_runs_on_one_output(tmp_path: Path, book: Rulebook) -> None:
    inbox = fill(tmp_path / "in", "a.txt")
    found = batch.find_files([inbox])

    def second(_found: object, _done: object) -> None:
        with pytest.raises(WriteError, match=rf"in use by another run \(process {os.getpid()} on .*--wait") as caught:
            batch.run(found, tmp_path / "out", book)
        assert caught.value.code == "locked"

    batch.run(found, tmp_path / "out", book, report=second)
    assert (tmp_path / "out" / ".taizhang" / "lock").read_bytes() == b""


def test_an_output_stands_still_while_it_is_read(tmp_path: Path, book: Rulebook) -> None:
    found = batch.find_files([fill(tmp_path / "in", "a.txt")])

    def reader(_found: object, _done: object) -> None:
        with pytest.raises(WriteError, match="in use by another run"), batch.still(tmp_path / "out"):
            pytest.fail("read while a run was at work")

    batch.run(found, tmp_path / "out", book, report=reader)
    with batch.still(tmp_path / "out"), pytest.raises(WriteError, match="in use"):
        batch.run(found, tmp_path / "out", book)


def test_a_copy_of_tables_is_read_without_a_lock(tmp_path: Path) -> None:
    with batch.still(tmp_path):
        assert list(tmp_path.iterdir()) == []
