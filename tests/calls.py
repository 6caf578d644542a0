"""How much work a document is, as a count that no machine changes: the calls of Python and C functions while our samples are converted.

Seconds wobble, and instructions as valgrind counts them depend on the C library and take minutes for the start alone; calls are the same
on every machine with the same Python, and count in seconds. What they do not see, a pattern that runs long inside one call, the tests of
growth do.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
RECORD = Path(__file__).parent / "calls.json"
"""Calls in 1,000 characters, by the version of Python."""
ALLOWED = 1.15


def calls() -> float:
    """Calls in 1,000 characters of the samples, once all patterns are compiled and other documents have been read."""
    from extract import rulebook
    from extract.pipeline import convert
    from extract.rulebook.where import default_rules

    def files(pattern: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted(ROOT.glob(pattern)) if path.suffix in (".txt", ".md", ".html")]

    book = rulebook.load(default_rules())
    for rule in book.rules:
        assert rule.pattern
    for data in files("tests/development/docs/*"):
        convert(data, "before", book)
    counted: Counter[str] = Counter()
    size = 0
    for data in files("samples/s[0-9]*.*"):
        sys.setprofile(lambda _frame, event, _argument: counted.update((event,)))
        read = convert(data, "counted", book)
        sys.setprofile(None)
        size += len(read.text)
    return 1000 * (counted["call"] + counted["c_call"]) / size


def version() -> str:
    """The version of Python, as far as it decides what is a call."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


if __name__ == "__main__":
    found = round(calls())
    if "--write" in sys.argv:
        recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
        RECORD.write_text(json.dumps(recorded | {version(): found}, indent=2, sort_keys=True) + "\n")
    print(found)
