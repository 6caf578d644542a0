"""Time and memory of the whole path grow in proportion to a document's length."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

from tests.calls import ROOT
from tests.growth import SQUARE

SIZES = ("1000", "10000", "100000", "1000000")
SPARE = 20.0
"""MiB that a process takes whatever it reads."""


def test_from_a_thousand_to_a_million_characters() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.growth", *SIZES], cwd=ROOT, capture_output=True, text=True, check=True)
    steps = json.loads(done.stdout)
    assert [size for size, _, _ in steps] == [int(size) for size in SIZES]
    for (_, before, _), (size, after, _) in pairwise(steps[1:]):
        assert after < before * SQUARE, f"{size} characters take {after / before:.0f} times as long as a tenth of them"
    start, tenth, whole = (memory for _, _, memory in steps[1:])
    assert whole - start < SQUARE * max(tenth - start, SPARE), "memory does not grow in proportion"
