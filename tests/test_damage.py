"""Files damaged at random in every format: a run ends, each file has an outcome with a code or a text, and no defect of ours shows.

TAIZHANG_SOAK=1 damages 200 files of each format, also of those that LibreOffice reads.
"""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract import batch
from extract.pipeline import Converted, convert
from tests.conftest import ROOT
from tests.office import needs_office, packed
from tests.render import render
from tests.test_containers import mail

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

SOAK = bool(os.environ.get("TAIZHANG_SOAK"))
COUNT = 200 if SOAK else 24
PLAIN = ("html", "docx", "ofd", "xlsx", "csv", "zip", "eml")
BY_OFFICE = ("pdf", "xls", "doc", "rtf", "odt") if SOAK else ("pdf", "xls")


@pytest.fixture(scope="module")
def originals(book: Rulebook) -> dict[str, Converted]:
    name = "s02_anquan_qingdan.html"
    return {"a": convert((ROOT / "samples" / name).read_bytes(), name, book)}


def whole(suffix: str, originals: dict[str, Converted]) -> bytes:
    if suffix == "zip":
        return packed({f"{kind}.{kind}": whole(kind, originals) for kind in ("docx", "html")})
    if suffix == "eml":
        return mail(a__docx=whole("docx", originals))
    return render(originals, suffix)["a"]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut off somewhere, or some of their bits turned, or both."""
    changed = bytearray(data)
    kind = chance.randrange(3)
    if kind != 1:
        del changed[chance.randrange(len(changed)) :]
    if kind and changed:
        for _ in range(chance.choice((1, 8, 64))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("suffix", [*PLAIN, *(pytest.param(suffix, marks=needs_office) for suffix in BY_OFFICE)])
def test_damaged_files_have_an_outcome(suffix: str, originals: dict[str, Converted], tmp_path: Path, book: Rulebook) -> None:
    data, chance = whole(suffix, originals), random.Random(11)  # noqa: S311 - damage, no secret
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    for number in range(COUNT):
        (inbox / f"{number:03}.{suffix}").write_bytes(damaged(data, chance))
    batch.run(batch.find_files([inbox]), out, book)
    with (out / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["source"] for row in rows if not row["container"]}) == COUNT
    for row in rows:
        assert row["code"] not in ("internal", "worker_died", "out_of_time", "out_of_memory"), row
        assert (row["status"] == "converted") == (not row["code"]), row
        if row["doc_id"]:
            assert any(map(str.isalnum, (out / "texts" / f"{row['doc_id']}.txt").read_text(encoding="utf-8"))), row
        elif row["status"] == "converted":
            assert any(one["container"] == row["source"] for one in rows), row
