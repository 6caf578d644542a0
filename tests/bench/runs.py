"""What a run costs beside the bare function, by CPU time, and what a second worker brings, by the clock."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.calls import ready
from tests.bench.documents import ROOT, usual

if TYPE_CHECKING:
    from extract.batch import Found
    from extract.rulebook import Rulebook

_HERE = "\0"
_FIRST, _SECOND = "青柳云松桐梅竹兰菊枫榆槐", "岭溪湖泉原川"
"""Characters of the counties' names."""
FEW, MANY = 40, 240
"""Documents of the two runs whose difference counts, so that start-up, the same in both, does not."""


def cost() -> dict[str, float]:
    """Seconds of CPU time for each document: of the bare function, and of a worker and of the parent in a run.

    The worker's own call and the bare function take turns over the same documents, so that a noisy moment meets both; each goes first
    with every second document.
    """
    from extract import batch
    from extract.batch.one import convert_file, digest
    from extract.batch.store import Store
    from extract.batch.worker import collect_seldom
    from extract.limits import Limits
    from extract.pipeline import convert

    book, limits, usual_pace = ready(), Limits(), gc.get_threshold()
    with tempfile.TemporaryDirectory() as place:
        found = batch.find_files([_filled(Path(place) / "in", MANY)])
        store = Store(Path(place) / "kept")
        taken = {"bare": 0.0, "worker": 0.0}
        for number, one in enumerate(found):
            content = digest(one, limits)
            for what in ("bare", "worker") if number % 2 else ("worker", "bare"):
                gc.set_threshold(*usual_pace)
                if what == "worker":
                    collect_seldom()
                begun = time.process_time()
                if what == "worker":
                    store.put(content, convert_file(one, content, book, limits))
                else:
                    convert(Path(one.path).read_bytes(), one.source, book)
                taken[what] += time.process_time() - begun
                gc.collect(0)  # none pays for the other's garbage
        gc.set_threshold(*usual_pace)
        few, many = (_by_parent(files, Path(place) / str(len(files)), book) for files in (found[:FEW], found))
    return {name: seconds / MANY for name, seconds in taken.items()} | {"parent": (many - few) / (MANY - FEW)}


def _by_parent(found: list[Found], output: Path, book: Rulebook) -> float:
    """Seconds of CPU time that a run takes from the process that starts it."""
    from extract import batch

    begun = time.process_time()
    batch.run(found, output, book)
    return time.process_time() - begun


def clock() -> dict[str, float]:
    """Seconds by the clock for each further document, with one worker and with two: of use only where nothing else runs."""
    with tempfile.TemporaryDirectory() as place:
        folders = [_filled(Path(place) / str(count), count) for count in (FEW, MANY)]
        found = {}
        for jobs in ("1", "2"):
            few, many = (_seconds(folder, Path(place) / f"out-{jobs}-{folder.name}", jobs) for folder in folders)
            found[jobs] = (many - few) / (MANY - FEW)
        return found


def _filled(folder: Path, count: int) -> Path:
    """A folder of so many documents. Each time that the texts begin again they are of another county: copies that are all of one place would
    be followed up as no harvest of notices is."""
    texts = [_placed(text) for text in usual()]
    folder.mkdir()
    for number in range(count):
        county = f"{_FIRST[number // len(texts) % len(_FIRST)]}{_SECOND[number // len(texts) // len(_FIRST) % len(_SECOND)]}县"
        text = texts[number % len(texts)].replace(_HERE, county)
        (folder / f"{number:04}.txt").write_text(f"第{number}号\n{text}", encoding="utf-8")
    return folder


def _placed(text: str) -> str:
    """A text with a mark where its place is named."""
    from extract.pipeline import convert

    region = convert(text.encode(), "placed.txt", ready()).rows.documents[0].region
    return text.replace(region, _HERE) if region else text


def _seconds(folder: Path, output: Path, jobs: str) -> float:
    begun = time.perf_counter()
    command = [sys.executable, "-m", "extract", "run", "--quiet", "--jobs", jobs, str(folder), "-o", str(output)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begun
