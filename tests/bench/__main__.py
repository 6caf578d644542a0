"""`make bench`: documents per second of CPU time, each format and each stage, against the usual calls and other tools.

A round is a process of its own that reads every document once: each call in its turn over one document, then over the next, so that a
noisy moment meets all, and nobody has seen a document before. The median over the documents and over the rounds counts. Documents are
4,000 characters long (see documents.py); memory and start-up are those of the library. `python -m tests.bench runs`: runs alone.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from tests.bench import documents
from tests.bench.calls import OURS, USUAL, calls_for, ours, pdf_tables, pdf_text
from tests.bench.runs import clock, cost
from tests.bench.stages import stages

ROUNDS = 5
DOCUMENTS = 9
"""Documents in a round; the first only warms up."""
SETS = {"usual": documents.usual, "dense": documents.dense}
CASES = [(format_, kind) for kind in SETS for format_ in documents.FILES if kind == "usual" or format_ in ("TXT", "HTML")]

FIRST = r"""
import json, re, sys, time
begun = time.process_time()
import extract
data = open(sys.argv[1], "rb").read()
rows = extract.convert(data).rows
first = time.process_time() - begun
for _ in range(300):
    extract.convert(data)
peak = re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())  # ru_maxrss would be that of the parent, if it is larger
print(json.dumps([first, int(peak[1]) / 1024]))
"""


def one_round(format_: str, kind: str) -> dict[str, float]:
    """Seconds per document, the median over the documents, for each call that reads the format.

    Of the calling thread alone: the threads that markitdown's model starts go on turning while the next call is timed.
    """
    files = [documents.FILES[format_](text) for text in SETS[kind]()[:DOCUMENTS]]
    calls = calls_for(format_)
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for number, file in enumerate(files):
        for name, call in calls.items():
            begun = time.thread_time()
            call(file)
            if number:
                taken[name].append(time.thread_time() - begun)
    return {name: statistics.median(times) for name, times in taken.items()}


def one_round_of_tables() -> dict[str, float]:
    """Seconds per page of ruled tables."""
    pages = 10
    calls = {OURS: ours(), "pdfplumber, extract_tables": pdf_tables, "pdfplumber, extract_text": pdf_text}
    warm, file = documents.table_file(2), documents.table_file(pages)
    found = {}
    for name, call in calls.items():
        call(warm)
        begun = time.process_time()
        call(file)
        found[name] = (time.process_time() - begun) / pages
    return found


def rounds(*task: str) -> Iterator[dict[str, float]]:
    """The results of so many processes."""
    for _ in range(ROUNDS):
        done = subprocess.run([sys.executable, "-m", "tests.bench", *task], capture_output=True, text=True, check=True)
        yield json.loads(done.stdout.splitlines()[-1])


def medians(*task: str) -> dict[str, float]:
    """The median over the rounds, by name."""
    found = list(rounds(*task))
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def first_result() -> tuple[float, float]:
    """Seconds of CPU time from the interpreter's start to the first rows (median), and the peak memory in MiB after 300 documents."""
    path = next(documents.ROOT.glob("samples/s[0-9]*.txt"))
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", FIRST, path], capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    return statistics.median(run[0] for run in runs), max(run[1] for run in runs)


def machine() -> str:
    """What it was measured on."""
    model = re.search(r"model name\s*:\s*(.+)", open("/proc/cpuinfo").read()) if os.path.exists("/proc/cpuinfo") else None  # noqa: PTH110, PTH123, SIM115
    parts = ", ".join(f"{name} {version(name)}" for name in ("jieba", "spacy", "jionlp", "trafilatura", "markitdown", "pdfplumber"))
    return f"{model[1] if model else platform.processor()}, {os.cpu_count()} CPUs, Python {platform.python_version()}; {parts}"


def runs(console: Console) -> None:
    """Print what a run costs beside the bare function, and what a second worker brings."""
    taken = medians("cost")
    more = (taken["worker"] + taken["parent"]) / taken["bare"] - 1
    shown = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in taken.items())
    console.print(f"a run by one worker, CPU time for each document: {shown}; {more:+.0%} against the bare function", highlight=False)
    found = medians("clock")
    console.print(f"two workers by the clock: {found['1'] / found['2']:.2f} times one", highlight=False)


def main() -> None:
    """Print the tables."""
    console = Console(width=120)
    console.print(machine(), highlight=False)
    for kind, texts in SETS.items():
        console.print(f"{kind}: {documents.numerals(texts()[:DOCUMENTS]):.0f} numerals in {documents.LENGTH} characters")
    table = Table("format", "documents", "what", "ms", "per second", "ours is faster by")
    for format_, kind in CASES:
        taken = medians("round", format_, kind)
        for name, seconds in taken.items():
            ratio = "" if name == OURS else f"{seconds / taken[OURS]:.1f}×"
            style = "bold" if name in (OURS, USUAL) else ""
            table.add_row(format_, kind, name, f"{seconds * 1000:.2f}", f"{1 / seconds:.0f}", ratio, style=style)
        table.add_section()
    taken = medians("tables")
    for name, seconds in taken.items():
        ratio = "" if name == OURS else f"{seconds / taken[OURS]:.1f}×"
        table.add_row("PDF", "ruled tables, a page", name, f"{seconds * 1000:.2f}", f"{1 / seconds:.0f}", ratio)
    console.print(table)
    cases = [*((format_, "usual") for format_ in documents.FILES), ("TXT", "dense")]
    by_stage = Table("stage", *(f"{format_} {kind}, ms" for format_, kind in cases))
    columns = [medians("stages", *case) for case in cases]
    for name in columns[0]:
        by_stage.add_row(name, *(f"{column[name] * 1000:.2f}" for column in columns))
    console.print(by_stage)
    start_up, memory = first_result()
    console.print(f"start-up to first result: {start_up:.2f} s; peak memory of a process after 300 documents: {memory:.0f} MiB")
    runs(console)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    elif sys.argv[1] == "runs":
        runs(Console(width=120))
    elif sys.argv[1] in ("cost", "clock"):
        print(json.dumps({"cost": cost, "clock": clock}[sys.argv[1]]()))
    elif sys.argv[1] == "tables":
        print(json.dumps(one_round_of_tables()))
    elif sys.argv[1] == "stages":
        print(json.dumps(stages([documents.FILES[sys.argv[2]](text) for text in SETS[sys.argv[3]]()[:DOCUMENTS]])))
    else:
        print(json.dumps(one_round(*sys.argv[2:])))
