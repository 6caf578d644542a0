"""Watching a folder: what arrives is converted when it is complete, and stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from extract.batch.watch import Inbox
from tests.test_batch import NOTICE, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTLE = 0.4


def watching(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "extract", "watch", str(folder / "in"), "-o", str(folder / "out"), "--settle", str(SETTLE), "-j", "1"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(output: Path, *sources: str) -> None:
    """Wait until the tables hold just these files."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if (output / "outcomes.csv").exists() and [source for source, *_ in outcomes(output)] == list(sources):
            return
        time.sleep(0.1)
    raise AssertionError([source for source, *_ in outcomes(output)])


def stop(running: subprocess.Popen[str]) -> str:
    running.send_signal(signal.SIGTERM)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 128 + signal.SIGTERM, said
    assert "Traceback" not in said
    return said


def test_what_arrives_is_converted_and_stays(tmp_path: Path) -> None:
    inbox, output = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.txt").write_text(NOTICE.format(3), encoding="utf-8")
    running = watching(tmp_path)
    until(output, "a.txt")
    (inbox / "a.txt").unlink()
    (inbox / "b.txt").write_text(NOTICE.format(4), encoding="utf-8")
    until(output, "a.txt", "b.txt")
    second = watching(tmp_path)
    assert second.wait(60) == 1
    assert second.stderr is not None
    assert "in use by another run" in second.stderr.read()
    stop(running)
    (inbox / "c.txt").write_text(NOTICE.format(5), encoding="utf-8")
    running = watching(tmp_path)
    until(output, "a.txt", "b.txt", "c.txt")
    running.kill()
    running.wait()
    (inbox / "d.txt").write_text(NOTICE.format(6), encoding="utf-8")
    running = watching(tmp_path)
    until(output, "a.txt", "b.txt", "c.txt", "d.txt")
    stop(running)
    assert all(status == "converted" for _, status, _ in outcomes(output))


def complete(inbox: Inbox) -> list[str]:
    return [found.source for found in inbox.complete()]


def settled(inbox: Inbox) -> Iterator[str]:
    """What is complete after a look, the time to settle, and another look."""
    inbox.complete()
    time.sleep(SETTLE * 1.5)
    yield from complete(inbox)


def test_a_file_that_is_being_written_is_not_complete(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, tmp_path / "out", SETTLE)
    assert complete(inbox) == []
    (tmp_path / "whole.txt").write_text("一", encoding="utf-8")
    (tmp_path / "half.txt.part").write_text("一", encoding="utf-8")
    assert complete(inbox) == []
    assert inbox.waiting
    assert list(settled(inbox)) == ["whole.txt"]
    with (tmp_path / "slow.txt").open("w", encoding="utf-8") as file:
        file.write("一")
        file.flush()
        if sys.platform == "linux" and os.geteuid() == 0:
            assert list(settled(inbox)) == ["whole.txt"]  # the writer has stopped, and still holds it
    assert list(settled(inbox)) == ["slow.txt", "whole.txt"]
    with (tmp_path / "whole.txt").open("a", encoding="utf-8") as file:
        file.write("二")
    assert complete(inbox) == ["slow.txt"]
    (tmp_path / "half.txt.part").rename(tmp_path / "half.txt")
    assert list(settled(inbox)) == ["half.txt", "slow.txt", "whole.txt"]
    assert not inbox.waiting
