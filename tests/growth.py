"""How the time of a call grows with the length of what it reads; `make growth`: the whole path up to 10 million characters, and runs
over up to 10,000 documents."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

SQUARE = 30
"""From here on, the growth is rather by the square (100) than in proportion (10), whatever else the machine does."""


def growth(read: Callable[[str], object], unit: str, sizes: tuple[int, int] = (20_000, 200_000), enough: float = SQUARE / 2) -> float:
    """How many times longer ten times as much takes: about 10 where time is in proportion, 100 where it is not.

    sizes: the lengths, in characters.   enough: from below which no further try is made.

    The least of a few tries counts, without the collection of garbage, since other work on the machine only adds to a measure.
    """
    short, long = (unit * (size // len(unit)) for size in sizes)
    least = float("inf")
    for _ in range(4):
        least = min(least, _seconds(read, long) / max(_seconds(read, short), _seconds(read, short), 0.01))
        if least < enough:
            break
    return least


def _seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()
    begin = time.process_time()
    try:
        read(text)
        return time.process_time() - begin
    finally:
        gc.enable()


STEPS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
FOLDERS = (10, 100, 1_000, 10_000)


def of_length(sizes: Iterable[int]) -> Iterator[tuple[int, float, float]]:
    """Characters, seconds of CPU time for the whole path, and the peak memory of the process in MiB, size after size.

    The texts are those of our samples one behind the other, again and again.
    """
    from extract import rulebook
    from extract.pipeline import convert
    from extract.rulebook.where import default_rules
    from tests.bench.documents import dense

    book = rulebook.load(default_rules())
    source = "\n".join(dense())
    for rule in book.rules:
        assert rule.pattern
    convert(source.encode(), "before", book)
    for size in sizes:
        text = (source * (size // len(source) + 1))[:size]
        yield size, _seconds(lambda text: convert(text.encode(), "growth", book), text), peak_memory()


def of_folder(count: int) -> tuple[float, float]:
    """Seconds of a run over so many documents, and the peak memory of its parent process in MiB."""
    from tests.bench.documents import dense

    texts = dense()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:06}.txt").write_text(f"第{number}号\n{texts[number % len(texts)]}", encoding="utf-8")
        begun = time.perf_counter()
        script = f"from tests.growth import run; run({str(folder)!r}, {str(Path(place) / 'out')!r})"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return time.perf_counter() - begun, float(done.stdout.splitlines()[-1])


def run(folder: str, output: str) -> None:
    """One run, and the memory that its own process took at most."""
    from extract.cli import app

    app(["run", folder, "-o", output, "--quiet"], standalone_mode=False)
    print(peak_memory())


def peak_memory() -> float:
    """The most that this process has held, in MiB (Linux)."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(list(of_length(map(int, sys.argv[1:])))))
        sys.exit()
    for size, seconds, memory in of_length(STEPS):
        print(f"{size:>10} characters  {seconds:8.2f} s  {seconds * 1e6 / size:6.2f} ms per 1,000  peak {memory:6.0f} MiB", flush=True)
    for count in FOLDERS:
        seconds, memory = of_folder(count)
        print(f"{count:>10} documents   {seconds:8.2f} s  {seconds * 1000 / count:6.2f} ms each       parent {memory:4.0f} MiB", flush=True)
