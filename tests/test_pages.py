"""Pages as they are scraped: what a site prints around a notice reaches neither its header nor its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.pipeline import convert
from extract.rulebook import Rulebook

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "pages.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_page(case: dict[str, Any], book: Rulebook) -> None:
    made = convert(case["text"].encode(), f"a.{case.get('format', 'txt')}", book)
    header = case.get("header", {})
    assert {name: getattr(made.outline.header, name) for name in header} == header
    assert [text for text in case.get("gone", []) if text in made.text] == []
    assert [text for text in case.get("kept", []) if text not in made.text] == []
