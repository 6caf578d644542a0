"""A whole run with everything it can write: the same bytes, nothing stale, a package that validates, and the questions of docs/analysis.md."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import frictionless
import pandas as pd
import pytest

from extract import batch
from extract.batch import Options, find_files
from extract.tables.schema import tables
from extract.write import Wanted, csv_file
from extract.write.formats import files, parse
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Rulebook

ANALYSIS = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (\d+)\. ([^\n]+)\n\n```(python|sql)\n(.*?)```", ANALYSIS, re.MULTILINE | re.DOTALL)
ALL = Wanted(parse("xlsx,sqlite,parquet"), "zh", date(2023, 10, 1))


def run(output: Path, book: Rulebook, wanted: Wanted) -> bool:
    inputs = [*sorted((ROOT / "samples").glob("s*.*")), *sorted((ROOT / "samples" / "followup").glob("f*.txt"))]
    return batch.run(find_files(inputs, output), output, book, Options(jobs=2, wanted=wanted)).changed


def written(output: Path) -> dict[str, bytes]:
    """The files beside the texts."""
    return {path.name: path.read_bytes() for path in output.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, book: Rulebook) -> Path:
    """All samples in all formats."""
    folder = tmp_path_factory.mktemp("run") / "output"
    assert run(folder, book, ALL)
    return folder


@pytest.fixture
def again(output: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed at will."""
    return shutil.copytree(output, tmp_path / "output")


def test_the_same_wishes_change_nothing(again: Path, book: Rulebook) -> None:
    before = written(again)
    assert set(files(ALL.formats)) <= set(before)
    assert not run(again, book, ALL)
    assert written(again) == before


def test_wishes_come_and_go_without_a_trace(again: Path, book: Rulebook) -> None:
    before = written(again)
    assert run(again, book, Wanted())
    left = written(again)
    assert set(before) - set(left) == set(files(ALL.formats))
    assert b"overdue" in before["ledger.csv"]
    assert b"overdue" not in left["ledger.csv"]
    assert run(again, book, ALL)
    assert written(again) == before


def test_the_package_validates_with_everything_in_it(output: Path) -> None:
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(output / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])


def test_followups_reach_every_table_and_the_ledger(output: Path) -> None:
    by_name = {table.name: table for table in tables()}
    followups: list[Any] = list(csv_file.read(by_name["followups"], output / "followups.csv"))
    assert {row.verdict for row in followups} == {"reached", "not_reached", "open"}
    matters: list[Any] = list(csv_file.read(by_name["ledger"], output / "ledger.csv"))
    statuses = {row.ledger_id: row.status for row in matters}
    problems = {row.verdict: statuses[row.plan_row_id] for row in followups if row.rule == "followup-problem"}
    assert problems == {"reached": "done", "not_reached": "overdue"}
    for row in matters:
        late = row.deadline is not None and row.deadline < date(2023, 10, 1)
        assert row.status in (("overdue", "done", "unknown" if row.progress else "") if late else ("done", "ongoing", "pending", "unknown"))


def test_there_are_ten_questions() -> None:
    assert [number for number, *_ in QUESTIONS] == [str(number) for number in range(1, 11)]
    for _, _, _, lines in QUESTIONS:
        assert len(lines.strip().splitlines()) <= 4


@pytest.mark.parametrize(("number", "title", "language", "lines"), QUESTIONS, ids=[f"question-{one[0]}" for one in QUESTIONS])
def test_a_question_is_answered(number: str, title: str, language: str, lines: str, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(output.parent)
    if language == "sql":
        with closing(sqlite3.connect("output/taizhang.sqlite")) as base:
            answer = pd.read_sql_query(lines, base)
    else:
        names: dict[str, Any] = {}
        exec(re.search(r"```python\n(import.*?)```", ANALYSIS, re.DOTALL)[1] + lines, names)  # noqa: S102  the document's own lines
        answer = names["answer"]
    assert len(answer), title
    answered = [" ".join(map(str, row)) for row in answer.reset_index().itertuples(index=False)]
    assert any(all(part in row for part in EXPECTED.get(number, ())) for row in answered), answered


EXPECTED = {
    "1": ("2023-12-31", "城市生活污水集中处理率", ">=", "95.0"),
    "3": ("问题", "85", "52", "30"),
    "4": ("朔原市", "燃煤锅炉", "80.0", "72.0", "-8.0"),
    "5": ("2023-06-30", "汐林市", "市住建局", "城区雨污分流改造滞后"),
    "7": ("汐林市", "问题", "95.3"),
    "8": ("2024-12-31", "24.7"),
}
"""What one row of the answer holds, by question."""
