"""Runs that are killed, starved of disk, met by another, fed with bad files: the output is as if nothing had been.

`make soak` takes the long form, with the figures printed; the short form is part of every test run.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from extract import batch
from tests.notices import fill
from tests.test_batch import here, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.rulebook import Rulebook

LONG = bool(os.environ.get("TAIZHANG_SOAK"))
MIB = 1 << 20


def command(inbox: Path, output: Path, *more: str | Path) -> list[str]:
    return [sys.executable, "-m", "extract", "run", str(inbox), "-o", str(output), "--jobs", "2", *map(str, more)]


def run(inbox: Path, output: Path, *more: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(inbox, output, *more), capture_output=True, text=True, check=False, timeout=3600)


def converted(inbox: Path, output: Path) -> dict[str, bytes]:
    """What an undisturbed run gives."""
    done = run(inbox, output)
    assert done.returncode in (0, 1), done.stderr
    return written(output)


def report(**figures: object) -> None:
    """Figures of the long form, for a note."""
    if LONG:
        print(json.dumps(figures, ensure_ascii=False), file=sys.__stderr__)


def test_many_files_a_tenth_of_them_bad(tmp_path: Path) -> None:
    count = 2400 if LONG else 60
    expected = fill(tmp_path / "in", count)
    log = tmp_path / "log.jsonl"
    sizes: list[int] = []
    begin = time.monotonic()
    with subprocess.Popen(command(tmp_path / "in", tmp_path / "out", "--log", log, "--quiet"), stderr=subprocess.DEVNULL) as running:
        parent = psutil.Process(running.pid)
        while running.poll() is None:
            try:
                sizes.append(parent.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.2)
    seconds = time.monotonic() - begin
    assert running.returncode == 1
    with (tmp_path / "out" / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        outcomes = {row["source"]: row for row in csv.DictReader(file)}
    assert len(outcomes) == count
    for source, row in outcomes.items():
        assert (row["status"], row["code"]) in [("failed", code) for code in expected.get(source, ())] or (
            source not in expected and row["status"] == "converted"
        ), row
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    peak = max(line["memory_bytes"] for line in lines if line["event"] == "document")
    assert peak < 1536 * MIB
    half = sizes[len(sizes) // 2 : -1]
    growth = max(half) - half[0]
    assert growth < 16 * MIB + 4000 * count
    shutil.copytree(tmp_path / "in", tmp_path / "good")
    for source in expected:
        (tmp_path / "good" / source).unlink()
    assert run(tmp_path / "good", tmp_path / "alone").returncode == 0
    for path in (tmp_path / "alone").iterdir():
        if path.is_file() and path.name != "outcomes.csv":
            assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name
    report(
        test="soak",
        files=count,
        bad=len(expected),
        seconds=round(seconds, 1),
        worker_peak_mib=peak // MIB,
        parent_mib=[size // MIB for size in (half[0], max(half))],
    )


def test_killed_anywhere(tmp_path: Path) -> None:
    """kill -9 of the run or of a worker, then the same command again."""
    fill(tmp_path / "in", 80 if LONG else 20)
    begin = time.monotonic()
    whole = converted(tmp_path / "in", tmp_path / "whole")
    seconds = time.monotonic() - begin
    chance = random.Random(5)  # noqa: S311  no secret
    killed = {"run": 0, "worker": 0, "nobody": 0}
    for number in range(50 if LONG else 2):
        output = tmp_path / f"out{number}"
        with subprocess.Popen(command(tmp_path / "in", output), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            wait = seconds * (chance.random() if number % 2 else 0.7 + 0.4 * chance.random())
            time.sleep(wait)
            killed[_kill(running, chance, worker=number % 3 == 2)] += 1
        assert run(tmp_path / "in", output).returncode == 1
        assert written(output) == whole, number
        shutil.rmtree(output)
    report(test="kill", moments=sum(killed.values()), **killed)


def _kill(running: subprocess.Popen[bytes], chance: random.Random, *, worker: bool) -> str:
    try:
        children = psutil.Process(running.pid).children()
        if worker and children:
            chance.choice(children).kill()
            return "worker"
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            return "run"
    except psutil.NoSuchProcess:
        pass
    return "nobody"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A file system of `size` bytes at a folder."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False)  # noqa: S607
    if done.returncode:
        pytest.skip("a small tmpfs cannot be mounted here: this test needs root and CAP_SYS_ADMIN")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def resize(folder: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)  # noqa: S607


def test_a_full_disk(tmp_path: Path) -> None:
    """The old tables stay whole, the error says what is wrong, and with room the same command ends with the same bytes."""
    fill(tmp_path / "old", 10)
    fill(tmp_path / "new", 60 if LONG else 30)
    whole = converted(tmp_path / "new", tmp_path / "whole")
    needed = sum(-(-len(content) // 4096) * 4096 for content in whole.values())
    failed = 0
    points = 20 if LONG else 2
    disk = tmp_path / "disk"
    for number in range(points):
        with small_disk(disk, 256 * MIB):
            before = converted(tmp_path / "old", disk / "out")
            used = psutil.disk_usage(str(disk)).used
            resize(disk, (used + int(needed * 1.6 * (number + 0.5) / points)) // 4096 * 4096)
            done = run(tmp_path / "new", disk / "out")
            if done.returncode == 1 and not done.stderr:
                assert tables_of(written(disk / "out")) == tables_of(whole)
            else:
                failed += 1
                assert done.returncode == 1
                assert "No space left" in done.stderr
                assert len(done.stderr.splitlines()) == 1
                assert tables_of(written(disk / "out")) == tables_of(before)
            resize(disk, 256 * MIB)
            assert run(tmp_path / "new", disk / "out").returncode == 1
            assert written(disk / "out") == whole
    assert failed >= points // 2
    report(test="full disk", points=points, failed=failed)


def tables_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The output without the state."""
    return {name: content for name, content in files.items() if not name.startswith(".taizhang/")}


def test_two_runs_one_waits(tmp_path: Path) -> None:
    fill(tmp_path / "in", 20)
    whole = converted(tmp_path / "in", tmp_path / "whole")
    with subprocess.Popen(command(tmp_path / "in", tmp_path / "out"), stdout=subprocess.DEVNULL) as first:
        lock = tmp_path / "out" / ".taizhang" / "lock"
        while not lock.exists() or not lock.read_bytes():
            time.sleep(0.01)
        second = run(tmp_path / "in", tmp_path / "out")
        assert second.returncode == 1
        assert f"in use by another run (process {first.pid}" in second.stderr
        third = run(tmp_path / "in", tmp_path / "out", "--wait")
        assert first.wait() == third.returncode == 1
        assert "0 of them read; nothing has changed" in third.stdout
    assert written(tmp_path / "out") == whole
    with subprocess.Popen(command(tmp_path / "in", tmp_path / "dead"), stdout=subprocess.DEVNULL) as dead:
        time.sleep(1)
        dead.kill()
    assert run(tmp_path / "in", tmp_path / "dead").returncode == 1
    assert written(tmp_path / "dead") == whole


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What a shell starts with & ignores Ctrl-C, and so would the runs started from here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(tmp_path: Path) -> None:
    fill(tmp_path / "in", 40)
    whole = converted(tmp_path / "in", tmp_path / "whole")
    for number, how in enumerate((signal.SIGINT, signal.SIGTERM)):
        output = tmp_path / f"out{number}"
        with subprocess.Popen(command(tmp_path / "in", output), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
            while not (output / ".taizhang" / "results").is_dir():
                time.sleep(0.01)
            running.send_signal(how)
            said = running.communicate()[1]
        assert running.returncode == 128 + how
        assert "the same command goes on from here" in said
        assert "Traceback" not in said
        assert not (output / "targets.csv").exists()
        assert not (output / ".taizhang" / "work").exists()
        assert run(tmp_path / "in", output).returncode == 1
        assert written(output) == whole


def test_any_number_of_workers_and_any_order(tmp_path: Path, book: Rulebook) -> None:
    fill(tmp_path / "in", 200 if LONG else 30)
    found = batch.find_files([tmp_path / "in"])
    for jobs in (1, 2):
        batch.run(found, tmp_path / str(jobs), book, batch.Options(jobs=jobs))
    shuffled = list(found)
    random.Random(3).shuffle(shuffled)  # noqa: S311
    batch.run(shuffled, tmp_path / "shuffled", book, batch.Options(jobs=2))
    batch.run(found, tmp_path / "here", book, engine=here(book))
    whole = written(tmp_path / "1")
    for other in ("2", "shuffled", "here"):
        assert written(tmp_path / other) == whole, other
