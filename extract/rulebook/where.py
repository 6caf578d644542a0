"""Where the project's own rules are."""

from __future__ import annotations

from pathlib import Path


def default_rules() -> Path:
    """The folder of the rules: `rules/` beside the package in a checkout, `extract/_rules` in an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "_rules"
    return packaged if packaged.is_dir() else package.parent / "rules"
