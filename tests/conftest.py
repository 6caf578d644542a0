"""What tests of several parts share: the project's rules, and a document read from a few lines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from extract import rulebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.pipeline import Converted
    from extract.rulebook import Rulebook

# A property is no timed test: on a busy machine a first example takes as long as it takes.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
ROOT = Path(__file__).resolve().parent.parent
os.environ["LC_ALL"] = "C.UTF-8"  # the command speaks the language of the system: here English


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The project's own rules."""
    return rulebook.load(ROOT / "rules")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The documents written for the project."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def read(book: Rulebook) -> Callable[[str], Converted]:
    """Convert a text as if it stood in a TXT file."""
    from extract.pipeline import convert

    return lambda text: convert(text.encode(), "notice.txt", book)
