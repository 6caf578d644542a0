"""The header: title, number, issuer, day, region, inspection, of documents with many kinds of fronts and ends."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.outline import outline
from extract.rulebook import Rulebook
from tests.outlines import document

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "outline_headers.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_header(case: dict[str, Any], book: Rulebook) -> None:
    header = outline(document(case["text"], meta=case.get("meta")), book).header
    wanted = case["header"]
    assert {key: getattr(header, key).replace(" ", "") for key in wanted} == {key: value.replace(" ", "") for key, value in wanted.items()}


@pytest.mark.parametrize(
    ("line", "day"),
    [("时间：2031-06-21", date(2031, 6, 21)), ("时间：2031-02", date(2031, 2, 28)), ("时间：不详", None)],
)
def test_anchor(line: str, day: date | None, book: Rulebook) -> None:
    assert outline(document(f"青禾县整改方案\n{line}\n一、清淤"), book).header.anchor == day
