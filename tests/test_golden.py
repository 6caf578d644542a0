"""The samples' tables against the expected ones: a failure shows the rows gained (+) and lost (-)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.goldens import FOLDER, golden_of, lines, sample_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sample", sample_files(), ids=lambda path: path.name)
def test_no_row_is_gained_or_lost(sample: Path) -> None:
    expected, found = Counter(golden_of(sample).read_text(encoding="utf-8").splitlines()), Counter(lines(sample))
    changes = [f"- {line}" for line in (expected - found).elements()] + [f"+ {line}" for line in (found - expected).elements()]
    assert not changes, "\n" + "\n".join(changes) + "\nif this is right: make golden"


def test_no_expectation_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == {golden_of(sample).name for sample in sample_files()}
