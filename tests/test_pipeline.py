"""The whole path: bytes in, rows out; and the library's front door."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import extract
from extract.errors import IngestError
from extract.tables import tables
from tests.goldens import sample_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from extract.pipeline import Converted

NOTICE = """青禾市水污染治理任务清单
一、新建泵站
2031年底前，新建泵站12座，污水处理率达到96%以上。由市水务局牵头。
二、清淤河道
2031年6月底前完成清淤35公里。
"""
LETTERS = {"measures": "m", "fields": "f", "targets": "t", "tallies": "y", "owners": "o", "participants": "p", "dates": "d", "ledger": "l"}


@pytest.fixture(scope="module")
def notice(read: Callable[[str], Converted]) -> Converted:
    return read(NOTICE)


def test_a_notice_becomes_rows(notice: Converted) -> None:
    assert [(row.indicator, str(row.value), row.unit, str(row.due)) for row in notice.rows.targets] == [
        ("泵站", "12", "座", "2031-12-31"),
        ("污水处理率", "96", "%", "2031-12-31"),
        ("清淤", "35", "公里", "2031-06-30"),
    ]
    assert [(row.name, row.role, row.measure_id[-5:]) for row in notice.rows.owners] == [("市水务局", "lead", "m0001")]
    assert [row.lead for row in notice.rows.ledger] == ["市水务局", ""]


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_every_row_shows_its_source(path: Path) -> None:
    done = extract.convert(path)
    text, doc_id = done.text, done.doc_id
    known = {row.measure_id for row in done.rows.measures} | {""}
    for name, letter in LETTERS.items():
        rows = getattr(done.rows, name)
        assert [row[0] for row in rows] == [f"{doc_id}-{letter}{number:04}" for number in range(1, len(rows) + 1)]
        if name != "participants":
            assert {row.measure_id for row in rows} <= known
        if name not in ("measures", "ledger"):
            assert all(row.text == text[row.start : row.end] != "" for row in rows)
    for row in done.rows.measures:
        spans = [tuple(map(int, span.split("-"))) for span in row.own_spans.split(";")]
        assert row.text == "\n".join(text[start:end] for start, end in spans)
        assert row.start <= spans[0][0]
        assert spans[-1][1] <= row.end


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_cells_are_what_the_schema_says(path: Path) -> None:
    done = extract.convert(path)
    for table in tables():
        for row in getattr(done.rows, table.name):
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is not None or not column.required, (table.name, column.name)
                assert not column.codes or cell is None or cell in column.codes, (table.name, column.name, cell)


def test_convert_takes_paths_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    by_path, by_bytes, by_name = extract.convert(path), extract.convert(NOTICE.encode()), extract.convert(str(path))
    assert by_path.text == by_bytes.text == by_name.text
    assert by_path.tables["documents"]["source"].tolist() == ["notice.txt"]
    assert list(by_path.tables["targets"]["value"]) == [12.0, 96.0, 35.0]
    assert [node.label for node in by_path.outline.nodes] == ["一、", "二、"]
    assert by_path.diagnostics == by_path.rows.diagnostics


def test_convert_of_what_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(IngestError):
        extract.convert(b"")
    with pytest.raises(IngestError):
        extract.convert(tmp_path / "nowhere.txt")


def test_a_document_leaves_the_collector_nothing(read: Callable[[str], Converted]) -> None:
    read(NOTICE)  # what is loaded with the first document is another matter
    gc.collect()
    gc.disable()
    try:
        read(NOTICE)
        assert gc.collect() == 0, "what was read of a document is freed with it: nothing in it may lead back to what holds it"
    finally:
        gc.enable()


def test_values_alone() -> None:
    (quantity,) = extract.find_quantities("约1.66万亩")
    assert (quantity.operator, str(quantity.value), quantity.unit, quantity.base_unit) == ("~", "1.66", "万亩", "亩")
    (mention,) = extract.find_dates("2031年底前")
    assert str(mention.last) == "2031-12-31"


def test_importing_the_package_loads_nothing() -> None:
    script = (
        "import sys, extract; print(sorted(set(sys.modules) & {'pandas', 'spacy', 'jieba', 'rjieba', 'regex', 'lxml', 'typer', 'rich'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_run_needs_no_pandas() -> None:
    script = "import sys, extract; extract.convert('一、新建泵站12座。'.encode()); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_unknown_names_are_no_part_of_the_package() -> None:
    with pytest.raises(AttributeError):
        extract.find_everything  # noqa: B018  asking is the test
