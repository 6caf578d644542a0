"""`make bench`: documents of 4,000 characters, the whole path to rows against the usual calls, on the same texts in the same run.

The usual calls are what a script would do by hand and no row comes of: jieba.posseg for words and tags, spaCy's Chinese with the jieba
segmenter, and for HTML a text extraction before them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from rich.console import Console
from rich.table import Table

SAMPLES = Path(__file__).parent.parent / "samples"
LENGTH = 4000
ROUNDS = 3

MENU = "".join(f'<li><a href="/{i}/">栏目{i}</a></li>' for i in range(30))
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title><style>p {{ margin: 0 }}</style></head><body>"
    "<div class='nav'><ul>{menu}</ul></div><div class='content'><h1>{title}</h1>{body}</div>"
    "<div class='footer'>主办单位：某某办公室 版权所有</div></body></html>"
)


def texts() -> list[str]:
    """The samples' own texts, each repeated or cut to the same length at a line's end."""
    from extract import ingest

    found = []
    for path in sorted(SAMPLES.glob("s[0-9]*.*")):
        text = ingest.read(path.read_bytes(), path.name).text
        while len(text) < LENGTH:
            text += "\n" + text
        found.append(text[: text.rfind("\n", 0, LENGTH) if "\n" in text[LENGTH // 2 : LENGTH] else LENGTH])
    return found


def page(text: str) -> bytes:
    """A text as a web page with a menu and a footer."""
    title, *lines = text.split("\n")
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return PAGE.format(title=escape(title), menu=MENU, body=body).encode()


def ours() -> Callable[[bytes], object]:
    """The whole path, from bytes to the rows of all tables."""
    from extract import rulebook
    from extract.pipeline import convert
    from extract.rulebook.where import default_rules

    book = rulebook.load(default_rules())
    return lambda data: convert(data, "bench", book)


def posseg(read: Callable[[bytes], str]) -> Callable[[bytes], object]:
    """Words and tags by jieba."""
    import jieba.posseg

    return lambda data: list(jieba.posseg.cut(read(data)))


def spacy(read: Callable[[bytes], str]) -> Callable[[bytes], object]:
    """A document by spaCy's Chinese with the jieba segmenter."""
    from spacy.lang.zh import Chinese

    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    return lambda data: nlp(read(data))


def selectolax_text(data: bytes) -> str:
    """The text of a page's body, as a script would take it."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(data).body
    return body.text(separator="\n", strip=True) if body else ""


def seconds(call: Callable[[bytes], object], document: bytes) -> float:
    """How long one call takes over one document."""
    begun = time.perf_counter()
    call(document)
    return time.perf_counter() - begun


def compare(documents: Sequence[bytes], calls: dict[str, Callable[[bytes], object]]) -> dict[str, float]:
    """Documents per second for each call, from the median over all documents and rounds.

    The calls take turns, so that a noisy moment meets all; the median keeps one document that a call chokes on (jieba.posseg does
    on Traditional text) from speaking for the others.
    """
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(ROUNDS + 1):
        for document in documents:
            for name, call in calls.items():
                spent = seconds(call, document)
                if turn:  # the first turn warms up
                    taken[name].append(spent)
    return {name: 1 / statistics.median(times) for name, times in taken.items()}


FIRST = r"""
import json, re, sys, time
begun = time.perf_counter()
import extract
data = open(sys.argv[1], "rb").read()
rows = extract.convert(data).rows
first = time.perf_counter() - begun
for _ in range(300):
    extract.convert(data)
peak = re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())  # ru_maxrss would be that of the parent, if it is larger
print(json.dumps([first, int(peak[1]) / 1024]))
"""


def first_result() -> tuple[float, float]:
    """Seconds from the interpreter's start to the first rows (median of three), and the peak memory in MiB after 300 documents."""
    path = next(SAMPLES.glob("s[0-9]*.txt"))
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", FIRST, path], capture_output=True, text=True, check=True).stdout) for _ in range(3)
    ]
    return statistics.median(run[0] for run in runs), max(run[1] for run in runs)


def main() -> None:
    """Print the tables."""
    plain = texts()
    documents = {"TXT": [text.encode() for text in plain], "HTML": [page(text) for text in plain]}
    readers: dict[str, Callable[[bytes], str]] = {"TXT": bytes.decode, "HTML": selectolax_text}
    table = Table("format", "what", "documents/s", "ms/document", "ours is faster by")
    for name, given in documents.items():
        read = readers[name]
        tagged, parsed = posseg(read), spacy(read)
        calls = {
            "Taizhang, whole path to rows": ours(),
            "jieba.posseg": tagged,
            "spaCy with jieba": parsed,
            "both": lambda data, tagged=tagged, parsed=parsed: (tagged(data), parsed(data)),
        }
        rates = compare(given, calls)
        mine = next(iter(rates.values()))
        for what, value in rates.items():
            table.add_row(name, what, f"{value:.0f}", f"{1000 / value:.2f}", f"{mine / value:.1f}×" if value != mine else "")
    console = Console()
    console.print(f"{len(plain)} documents of about {LENGTH} characters, medians over documents and {ROUNDS} rounds, one core")
    console.print(table)
    start_up, memory = first_result()
    console.print(f"start-up to first result: {start_up:.2f} s; peak memory of a process after 300 documents: {memory:.0f} MiB")


if __name__ == "__main__":
    main()
