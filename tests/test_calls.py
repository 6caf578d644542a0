"""A document does not become more work unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.calls import ALLOWED, RECORD, ROOT, version


def test_calls_in_a_thousand_characters() -> None:
    recorded = json.loads(RECORD.read_text()).get(version())
    if recorded is None:
        pytest.skip(f"no count is recorded for Python {version()}: make calls")
    done = subprocess.run([sys.executable, "-m", "tests.calls"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = int(done.stdout)
    assert found <= recorded * ALLOWED, (
        f"{found} calls in 1,000 characters, {recorded} are recorded: look at the profile (docs/performance.md); "
        "if the gain is worth it, record the new count by `make calls`"
    )
