"""Workbook, database and Parquet files: the same content as the CSV tables, the same bytes each time, safe to open."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from datasette.app import Datasette
from pyarrow import parquet

from extract.errors import ExtractError
from extract.pipeline import convert
from extract.tables.schema import LedgerRow, OutcomeRow, Row, Table, tables
from extract.write import formats
from extract.write.csv_file import plain
from extract.write.metadata import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extract.rulebook import Rulebook

TABLE = {table.name: table for table in tables()}
HOSTILE = ('=HYPERLINK("http://127.0.0.1/x","y")', "+1", "-1", "@SUM(A1)", "＝1", "'quoted", "_x0041_", "\x0b甲\ufffe", "http://127.0.0.1/")
FILES = formats.files(("csv", "xlsx", "parquet", "sqlite"))


@pytest.fixture(scope="module")
def content(book: Rulebook, samples: Path) -> dict[str, list[Row]]:
    """The rows of three samples and of a document that means harm."""
    made: dict[str, list[Row]] = {table.name: [] for table in tables()}
    for path in (samples / name for name in ("s01_dixiashui_fangan.txt", "s02_anquan_qingdan.html", "s14_daqi_jinzhan.md")):
        done = convert(path.read_bytes(), path.name, book)
        for table in tables():
            made[table.name] += getattr(done.rows, table.name)
        made["outcomes"].append(OutcomeRow(path.name, "", "converted", "", "", done.doc_id))
    first = next(row for row in made["ledger"] if isinstance(row, LedgerRow))
    made["ledger"] += [first._replace(ledger_id=f"{first.doc_id}-l9{i:03}", problem=text) for i, text in enumerate(HOSTILE)]
    made["ledger"].append(
        first._replace(ledger_id=f"{first.doc_id}-l9998", status="overdue", deadline=date(1899, 1, 2), measure="长" * 40_000)
    )
    made["outcomes"].append(OutcomeRow("=bad.txt", "", "failed", "empty", "=bad.txt: the file has no bytes", ""))
    return made


@pytest.fixture(scope="module")
def rows(content: dict[str, list[Row]]) -> formats.Rows:
    return lambda table: iter(content[table.name])


@pytest.fixture(scope="module")
def written(rows: formats.Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with every format, English heads."""
    folder = tmp_path_factory.mktemp("formats")
    formats.export(folder, rows, formats.Wanted(formats.parse("xlsx,sqlite,parquet"), "en"))
    return folder


def told(cell: Any) -> str:
    """A cell as text that does not depend on who wrote it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float | Decimal):
        return plain(Decimal(str(cell)).quantize(Decimal("0.000001")))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def from_workbook(folder: Path, table: Table) -> Iterator[list[Any]]:
    sheet = openpyxl.load_workbook(folder / formats.WORKBOOK)[table.name]
    yield from ([cell.value for cell in row[: len(table.columns)]] for row in sheet.iter_rows(min_row=2))


def from_database(folder: Path, table: Table) -> Iterator[list[Any]]:
    with closing(sqlite3.connect(folder / formats.DATABASE)) as base:
        for row in base.execute(f"SELECT * FROM {table.name} ORDER BY rowid"):  # noqa: S608  names of ours
            yield [
                bool(cell) if column.type == "boolean" and cell is not None else cell
                for column, cell in zip(table.columns, row, strict=True)
            ]


def from_parquet(folder: Path, table: Table) -> Iterator[list[Any]]:
    yield from (list(row.values()) for row in parquet.read_table(folder / f"{table.name}.parquet").to_pylist())


def unescaped(cell: str) -> str:
    """What Excel shows of a string; openpyxl leaves its escapes as they stand in the file."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), cell)


def in_excel(cell: str) -> str:
    """What a sheet of Excel can hold of a cell."""
    cell = cell.replace("\ufffe", "\ufffd")
    return cell[:31_999] + "…" if len(cell) > 32_000 else cell


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_format_has_the_same_content(table: Table, written: Path, content: dict[str, list[Row]]) -> None:
    expected = [[told(cell) for cell in row] for row in content[table.name]]
    assert [[told(cell) for cell in row] for row in from_database(written, table)] == expected
    assert [[told(cell) for cell in row] for row in from_parquet(written, table)] == expected
    in_sheet = [[unescaped(told(cell)) for cell in row] for row in from_workbook(written, table)]
    assert in_sheet == [[in_excel(cell) for cell in row] for row in expected]


def test_the_same_rows_give_the_same_bytes(written: Path, rows: formats.Rows, tmp_path: Path) -> None:
    formats.export(tmp_path, rows, formats.Wanted(formats.parse("sqlite,parquet,xlsx"), "en"))
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == sorted(FILES)
    for name in files:
        assert (tmp_path / name).read_bytes() == (written / name).read_bytes(), name
    with zipfile.ZipFile(tmp_path / formats.WORKBOOK) as book:
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in book.read("docProps/core.xml")


def test_the_ledger_comes_first_with_what_an_office_needs(written: Path) -> None:
    book = openpyxl.load_workbook(written / formats.WORKBOOK)
    assert book.sheetnames == ["ledger", *(table.name for table in tables() if table.name != "ledger")]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    ledger = book["ledger"]
    heads = [cell.value for cell in ledger[1]]
    assert heads == [*(column.name for column in TABLE["ledger"].columns), "correction", "comment"]
    deadline = ledger.cell(2, heads.index("deadline") + 1)
    assert deadline.number_format == "yyyy-mm-dd"
    assert isinstance(deadline.value, datetime)
    rules = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for area in ledger.conditional_formatting for rule in area.rules}
    letter = ledger.cell(1, heads.index("status") + 1).column_letter
    assert set(rules) == {f'${letter}2="overdue"', f'${letter}2="done"'}
    assert {sheet.column_dimensions["A"].width for sheet in book} != {8.43}


def test_the_workbook_prints_all_that_a_reader_needs(written: Path) -> None:
    book = openpyxl.load_workbook(written / formats.WORKBOOK)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        heads = [cell.value for cell in sheet[1]]
        printed = sheet.print_area.rpartition("!")[2].split(":")[1].split("$")[1]
        assert heads[openpyxl.utils.column_index_from_string(printed) - 1] == TABLE[sheet.title].columns[-1].name
        hidden = {heads[i - 1] for one in sheet.column_dimensions.values() if one.hidden for i in range(one.min, one.max + 1)}
        assert hidden == {name for name in heads[1:] if name.endswith("_id") or name in ("own_spans", "start", "end", "boxes")}
    ledger = book["ledger"]
    longest = max(range(2, ledger.max_row + 1), key=lambda line: len(str(ledger.cell(line, 9).value or "")))
    assert ledger.cell(longest, 9).alignment.wrap_text
    assert ledger.row_dimensions[longest].height > 100
    assert "add" in ledger.data_validations.dataValidation[0].prompt


def test_evidence_leads_to_the_review_page(written: Path, content: dict[str, list[Row]]) -> None:
    book = openpyxl.load_workbook(written / formats.WORKBOOK)
    targets = book["targets"]
    heads = [cell.value for cell in targets[1]]
    link = targets.cell(2, heads.index("text") + 1).hyperlink
    target_id, doc_id = content["targets"][0][:2]
    assert (link.target, link.location) == (f"review/doc/{doc_id}.html", target_id)
    assert book["ledger"]["A2"].hyperlink.location == content["ledger"][0][0]


def test_nothing_in_the_workbook_is_a_formula(written: Path) -> None:
    for sheet in openpyxl.load_workbook(written / formats.WORKBOOK):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(written / formats.WORKBOOK) as book:
        links = b"".join(book.read(name) for name in book.namelist() if name.endswith(".rels"))
    assert b"127.0.0.1" not in links


def test_heads_in_chinese(rows: formats.Rows, tmp_path: Path) -> None:
    formats.export(tmp_path, rows, formats.Wanted(("csv", "xlsx", "sqlite"), "zh"))
    book = openpyxl.load_workbook(tmp_path / formats.WORKBOOK)
    assert book.sheetnames[0] == "整改台账"
    assert [cell.value for cell in book["整改台账"][1]] == [*(column.chinese for column in TABLE["ledger"].columns), "更正", "备注"]
    metadata = json.loads((tmp_path / formats.METADATA).read_text(encoding="utf-8"))
    assert metadata["databases"]["taizhang"]["tables"]["ledger"]["title"] == "整改台账"
    for table, column, told in (("处理结果", "代码", "空文件"), ("文档", "修复", "标记"), ("提示", "代码", "合计不符")):
        place = [cell.value for cell in book[table][1]].index(column) + 1
        assert any(told in str(cells[place - 1].value) for cells in book[table].iter_rows(min_row=2)), table


def test_a_sheet_that_is_full_goes_on_in_another(rows: formats.Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Any) -> None:
    from extract.write import xlsx_file

    monkeypatch.setattr(xlsx_file, "_ROWS", 40)
    monkeypatch.setattr(xlsx_file, "_LINKS", 5)
    xlsx_file.write(tmp_path / "a.xlsx", rows, "en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    parts = [sheet for sheet in book if sheet.title.split()[0] == "targets"]
    assert len(parts) == -(-len(content["targets"]) // 40) > 1
    assert sum(sheet.max_row - 1 for sheet in parts) == len(content["targets"])
    assert sum(cell.hyperlink is not None for row in parts[0].iter_rows() for cell in row) == 5


def test_libreoffice_opens_and_prints_the_workbook(written: Path, content: dict[str, list[Row]], tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs LibreOffice (Debian: libreoffice-calc)")
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [
        soffice,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*command, written / formats.WORKBOOK], check=True, capture_output=True, timeout=180)
    command[command.index(kind)] = "pdf"
    subprocess.run([*command, written / formats.WORKBOOK], check=True, capture_output=True, timeout=180)
    assert (tmp_path / "taizhang.pdf").stat().st_size > 10_000
    with (tmp_path / "taizhang-ledger.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(content["ledger"])
    problems = [row["problem"] for row in found]
    assert set(HOSTILE[:6]) <= set(problems)
    assert [row["deadline"] for row in found[:3]] == [told(row[13]) for row in content["ledger"][:3]]
    assert (tmp_path / "taizhang-outcomes.csv").is_file()


def test_parquet_is_typed(written: Path) -> None:
    schema = parquet.read_schema(written / "targets.parquet")
    assert {name: str(schema.field(name).type) for name in ("value", "due", "start", "text")} == {
        "value": "double",
        "due": "date32[day]",
        "start": "int64",
        "text": "string",
    }
    assert not schema.field("value").nullable


@pytest.fixture
def database(written: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(written / formats.DATABASE)) as base:
        yield base


def test_database_has_keys_and_indexes(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {row[2:5] for row in database.execute("PRAGMA foreign_key_list(targets)")} == {
        ("documents", "doc_id", "doc_id"),
        ("measures", "measure_id", "measure_id"),
    }
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM ledger WHERE deadline < '2031-01-01'").fetchall()
    assert "ledger_deadline" in plan[0][-1]


def test_views_answer(database: sqlite3.Connection, content: dict[str, list[Row]]) -> None:
    assert database.execute("SELECT count(*) FROM ledger_sources").fetchone() == (len(content["ledger"]),)
    assert database.execute("SELECT sum(targets + results) FROM targets_by_indicator").fetchone() == (len(content["targets"]),)
    months = database.execute("SELECT month, matters, done + overdue + open FROM deadlines_by_month").fetchall()
    assert months
    assert all(matters == parts for _, matters, parts in months)


def test_items_are_found_by_their_words(database: sqlite3.Connection) -> None:
    search = "SELECT measures.text FROM measures_fts JOIN measures ON measures.rowid = measures_fts.rowid WHERE measures_fts MATCH ?"
    for words in ("地下水", "机械化 清扫", "自动 OR 燃气"):
        found = [text for (text,) in database.execute(search, [words])]
        assert found, words
        assert all(any(word in text for word in words.split() if word != "OR") for text in found)
    assert database.execute(search, ["宇宙飞船"]).fetchall() == []


def ask(folder: Path, *paths: str) -> list[Any]:
    """What Datasette answers, asked within the process; no port is opened."""
    metadata = json.loads((folder / formats.METADATA).read_text(encoding="utf-8"))

    async def answers() -> list[Any]:
        server = Datasette([str(folder / formats.DATABASE)], metadata=metadata)
        return [await server.client.get(path) for path in paths]

    return asyncio.run(answers())


def test_datasette_serves_it_as_it_is(written: Path) -> None:
    pages = ["/taizhang/ledger.json?_size=5", "/taizhang/measures.json?_search=地下水", "/taizhang", "/taizhang/ledger"]
    ledger, search, database, page = ask(written, *pages)
    assert set(ledger.json()["facet_results"]) >= {"status", "region"}
    assert search.json()["filtered_table_rows_count"] > 0
    assert "Who leads most" in database.text
    assert page.status_code == 200


@pytest.mark.parametrize("name", QUESTIONS)
def test_datasette_answers_the_ready_questions(name: str, written: Path) -> None:
    (answer,) = ask(written, f"/taizhang/{name}.json?_shape=array&first=2000-01-01&last=2040-01-01&words=地下水")
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json(), list)
    assert answer.json() or name == "plan_against_report"


def test_a_search_for_no_word_finds_nothing(written: Path) -> None:
    (answer,) = ask(written, "/taizhang/search_items.json?_shape=array&words=")
    assert (answer.status_code, answer.json()) == (200, [])


def test_unknown_formats_and_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert formats.parse("XLSX, csv") == ("csv", "xlsx")
    assert formats.parse("") == ("csv",)
    with pytest.raises(ExtractError, match="--to pdf: the formats are csv, xlsx, parquet, sqlite"):
        formats.parse("pdf")
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    assert formats.parse("xlsx") == ("csv", "xlsx")
    with pytest.raises(ExtractError, match=r"taizhang\[parquet\]") as caught:
        formats.parse("parquet")
    assert caught.value.code == "missing_extra"
