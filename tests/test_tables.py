"""Rows, ledger, checks, and the files that hold them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import rulebook
from extract.model import (
    Block,
    Claim,
    DateMention,
    DateRow,
    Diagnostic,
    Document,
    Field,
    Header,
    Node,
    Outline,
    Owner,
    Passage,
    Quantity,
    Records,
    Span,
    Tally,
    Target,
    View,
)
from extract.tables import build, tables
from extract.tables.account import account
from extract.tables.checks import is_balanced
from extract.tables.frames import frames
from extract.tables.schema import Column, Table
from extract.write import assemble, converted, csv_file
from extract.write.package import descriptor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from extract.tables import Tables

TEXT = "一、整改任务\n1.新建泵站3座。\n责任单位：青禾市水务局\n整改时限：2031年底前\n完成情况：已完成，已验收。"
STATUSES = {"已完成": "done", "正在推进": "ongoing"}


def place(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


def node(index: int, parent: int | None, role: str, own: tuple[Span, ...], **more: Any) -> Node:
    facts: dict[str, Any] = {
        "level": 1 if parent is None else 2,
        "ordinal": 1,
        "label": "",
        "marker": "number",
        "heading": None,
        "label_span": None,
        "start": own[0].start,
        "end": own[-1].end,
    }
    return Node(index=index, parent=parent, role=role, own=own, **(facts | more))


def quantity(start: int, end: int, value: str, **more: Any) -> Quantity:
    return Quantity(start, end, Span(start, start + 1), "cardinal", Decimal(value), more.pop("unit", "座"), **more)


def day(part: str, last: date | None, kind: str = "deadline", at: int | None = 1) -> DateRow:
    start, end = place(part)
    mention = DateMention(start, end, Span(start, end), last, last, "year", "by")
    return DateRow(at, kind, mention, start, end, "date-by")


@pytest.fixture
def made() -> Tables:
    """One item with two fields, an owner, a target and a deadline."""
    nodes = (
        node(0, None, "measure", (Span(0, 6),), label="一、", label_span=Span(0, 2), heading=Span(2, 6), end=len(TEXT)),
        node(1, 0, "measure", (Span(7, 16),), label="1.", label_span=Span(7, 9), end=len(TEXT)),
    )
    fields = (
        Field(1, "responsible", "责任单位", *place("青禾市水务局"), "field-head"),
        Field(1, "deadline", "整改时限", *place("2031年底前"), "field-head"),
        Field(1, "status", "完成情况", *place("已完成，已验收。"), "field-head"),
    )
    outline = Outline(Header(title="青禾市整改清单", doc_type="task_list", region="青禾市"), nodes, fields, ())
    start, end = place("新建泵站3座")
    records = Records(
        targets=(
            Target(
                1, "target", "泵站", "新建", "level", quantity(end - 2, end, "3", base_value=Decimal("3"), base_unit="座"), start, end, "t"
            ),
        ),
        owners=(Owner(1, "青禾市水务局", "青禾市水务局", "organization", "responsible", *place("青禾市水务局"), "o"),),
        dates=(day("2031年底前", date(2031, 12, 31)),),
        tallies=(Tally(1, "任务", 9, 4, 3, None, None, None, start, end, "y"),),
        diagnostics=(Diagnostic("redacted", "info", "nowhere"),),
    )
    document = Document("list.txt", "txt", TEXT, (Block("paragraph", 0, len(TEXT)),), repairs=("width", "encoding", "width"))
    return build("0123456789abcdef", document, outline, records, (), STATUSES)


def test_ids_follow_the_contract(made: Tables) -> None:
    assert [row.measure_id for row in made.measures] == ["0123456789abcdef-m0001", "0123456789abcdef-m0002"]
    assert made.measures[1].parent_id == "0123456789abcdef-m0001"
    assert made.targets[0].target_id == "0123456789abcdef-t0001"
    assert made.tallies[0].tally_id == "0123456789abcdef-y0001"
    assert [row.field_id[-5:] for row in made.fields] == ["f0001", "f0002", "f0003"]


def test_rows_show_their_place(made: Tables) -> None:
    for name in ("fields", "targets", "tallies", "owners", "dates"):
        for row in getattr(made, name):
            assert row.text == TEXT[row.start : row.end]
    assert [row.path for row in made.measures] == ["1", "1.1"]
    assert made.measures[1].own_spans == "7-16"
    assert made.measures[0].heading == "整改任务"


def test_documents_row(made: Tables) -> None:
    (row,) = made.documents
    assert (row.repairs, row.chars, row.pages, row.inspection_level) == ("encoding;width", len(TEXT), None, None)


def test_pages_come_from_blocks() -> None:
    document = Document("a.pdf", "pdf", "甲\n乙", (Block("paragraph", 0, 1, page=1), Block("paragraph", 2, 3, page=2)), pages=2)
    outline = Outline(Header(), (node(0, None, "other", (Span(2, 3),)),), (), ())
    assert build("d", document, outline, Records(), (), {}).measures[0].page == 2


def test_ledger_gathers_a_matter(made: Tables) -> None:
    (row,) = made.ledger
    assert (row.measure_id, row.path, row.region) == ("0123456789abcdef-m0002", "1.1", "青禾市")
    assert (row.responsible, row.lead) == ("青禾市水务局", "")
    assert (row.deadline, row.deadline_text) == (date(2031, 12, 31), "2031年底前")
    assert (row.status, row.target_count) == ("done", 1)
    assert row.measure == "新建泵站3座。"


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        ("measure", "deadline", 1),
        ("objective", "deadline", 1),
        ("progress", "deadline", 0),
        ("guidance", "deadline", 0),
        ("measure", "event", 0),
    ],
)
def test_ledger_of_prose(role: str, kind: str, expected: int) -> None:
    outline = Outline(Header(), (node(0, None, role, (Span(7, 16),)),), (), ())
    document = Document("a.txt", "txt", TEXT, ())
    made = build("d", document, outline, Records(dates=(day("2031年底前", date(2031, 12, 31), kind, 0),)), (), STATUSES)
    assert len(made.ledger) == expected


def test_ledger_of_a_document_about_one_matter() -> None:
    fields = (
        Field(None, "responsible", "责任单位", *place("青禾市水务局"), "f"),
        Field(None, "progress", "完成情况", *place("已完成，已验收。"), "f"),
    )
    owner = Owner(0, "青禾市水务局", "青禾市水务局", "organization", "responsible", *place("青禾市水务局"), "o")
    outline = Outline(Header(), (node(0, None, "measure", (Span(0, 20),)),), fields, ())
    (row,) = build("d", Document("a.txt", "txt", TEXT, ()), outline, Records(owners=(owner,)), (), STATUSES).ledger
    assert (row.measure_id, row.responsible, row.status, row.progress) == ("", "青禾市水务局", "done", "已完成，已验收。")


@pytest.mark.parametrize(
    ("status", "expected"),
    [("已完成", "done"), ("正在推进。", "ongoing"), ("（已完成）", "done"), ("已完成3家企业", "unknown"), ("", "unknown")],
)
def test_status_is_a_whole_clause(status: str, expected: str) -> None:
    text = f"完成情况：{status}"
    outline = Outline(Header(), (), (Field(None, "status", "完成情况", 5, len(text), "f"),), ())
    (row,) = build("d", Document("a.txt", "txt", text, ()), outline, Records(), (), STATUSES).ledger
    assert row.status == expected


def test_merged_cells_hand_down_their_fields() -> None:
    text = "问题\n措施一\n措施二"
    nodes = (
        node(0, None, "problem", (Span(0, 2),), end=len(text)),
        node(1, 0, "problem", (Span(3, 6),)),
        node(2, 0, "problem", (Span(7, 10),), ordinal=2),
    )
    fields = (Field(0, "problem", "问题", 0, 2, "f"), Field(1, "measure", "措施", 3, 6, "f"), Field(2, "measure", "措施", 7, 10, "f"))
    rows = build("d", Document("a.txt", "txt", text, ()), Outline(Header(), nodes, fields, ()), Records(), (), {}).ledger
    assert [(row.problem, row.measure, row.ledger_id) for row in rows] == [("问题", "措施一", "d-l0001"), ("问题", "措施二", "d-l0002")]


def test_the_statement_of_a_matter_ends_where_its_fields_begin() -> None:
    text = "2.管住取水。总量不超过3亿立方米。（责任单位：水务局）"
    item = node(0, None, "measure", (Span(0, len(text)),), label="2.")
    field = Field(0, "responsible", "责任单位", text.index("水务局"), len(text) - 1, "f")
    (row,) = build("d", Document("a.txt", "txt", text, ()), Outline(Header(), (item,), (field,), ()), Records(), (), {}).ledger
    assert row.measure == "管住取水。总量不超过3亿立方米。"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((43, 32, 11, None), True),
        ((43, 32, 10, None), False),
        ((43, 32, None, None), None),
        ((43, None, None, None), None),
        ((None, 32, 11, None), None),
        ((26, 26, None, None), True),
        ((26, 27, None, None), False),
        ((10, 5, 3, 2), True),
    ],
)
def test_balance(counts: tuple[int | None, ...], expected: bool | None) -> None:
    assert is_balanced(*counts) is expected


def test_checks_become_diagnostics(made: Tables) -> None:
    codes = {row.code: row for row in made.diagnostics}
    assert codes["tally_unbalanced"].message == "任务: the total is 9, the parts are 4 + 3"
    assert (codes["redacted"].start, codes["redacted"].end) == (None, None)


@pytest.mark.parametrize(("listed", "found"), [(2, ["count_mismatch"]), (3, [])])
def test_a_list_is_held_against_its_count(listed: int, found: list[str]) -> None:
    text = "存在以下3个问题：" + "甲" * listed
    nodes = [node(0, None, "problem", (Span(0, 9),))] + [
        node(i, 0, "problem", (Span(8 + i, 9 + i),), ordinal=i) for i in range(1, listed + 1)
    ]
    tally = Tally(0, "问题", 3, None, None, None, None, None, 0, 9, "y")
    made = build("d", Document("a.txt", "txt", text, ()), Outline(Header(), tuple(nodes), (), ()), Records(tallies=(tally,)), (), {})
    assert [row.code for row in made.diagnostics] == found


def test_every_numeral_is_accounted_for_by_the_narrowest_claim() -> None:
    text = "1.建成12座，3人，三十二项"
    outline = Outline(
        Header(), (node(0, None, "measure", (Span(0, 5),), label_span=Span(0, 2)),), (), (Passage("body", 2, 99, 0, "measure"),)
    )
    words = Quantity(11, 15, Span(11, 14), "cardinal", Decimal(32), "项")
    claims = (Claim("target", 2, 7, "wide"), Claim("target", 4, 7, "narrow"), Claim("tally", 8, 10, "lost", won=False))
    found = account(outline, View(text, text, (words,), (), ()), claims)
    assert [(text[n.start : n.end], n.claim, n.rule) for n in found] == [
        ("1", "marker", ""),
        ("12", "target", "narrow"),
        ("3", "", ""),
        ("三十二", "", ""),
    ]


# --- files


TABLE = {table.name: table for table in tables()}


def _of(*types: str) -> Table:
    return Table("t", "", "", tuple(Column(kind, kind, kind, "", (), required=False) for kind in types), "", (), lambda *cells: cells)


def test_a_code_is_no_formula(made: Tables) -> None:
    (row,) = csv.DictReader(
        io.StringIO((csv_file.header(TABLE["targets"]) + csv_file.lines(TABLE["targets"], made.targets)).decode("utf-8-sig"))
    )
    assert row["operator"] == "="


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"))))


@pytest.mark.parametrize(
    ("kind", "cell", "written"),
    [
        ("string", "=1+1", "'=1+1"),
        ("string", "＝1", "'＝1"),
        ("string", "-", "'-"),
        ("string", "－甲", "'－甲"),
        ("string", "+86", "'+86"),
        ("string", "@甲", "'@甲"),
        ("string", "'甲", "''甲"),
        ("string", "\t甲", "'\t甲"),
        ("string", "甲=1", "甲=1"),
        ("string", "", ""),
        ("string", "甲\0乙", "甲\ufffd乙"),
        ("string", "甲\ud800乙", "甲?乙"),
        ("boolean", True, "true"),
        ("boolean", False, "false"),
        ("boolean", None, ""),
        ("integer", -5, "-5"),
        ("date", date(2031, 3, 1), "2031-03-01"),
        ("date", None, ""),
        ("number", Decimal("16600.00"), "16600"),
        ("number", Decimal("1.66E+4"), "16600"),
        ("number", Decimal("4.14"), "4.14"),
        ("number", Decimal(2) / Decimal(3), "0.666667"),
        ("number", Decimal("-0.5"), "-0.5"),
        ("number", Decimal(0), "0"),
    ],
)
def test_cells(kind: str, cell: csv_file.Cell, written: str) -> None:
    assert _rows(csv_file.lines(_of(kind, "string"), [[cell, "x"]])) == [[written, "x"]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=2, max_size=4))
def test_csv_gives_the_text_back(cells: list[str]) -> None:
    (back,) = _rows(csv_file.lines(_of(*["string"] * len(cells)), [cells]))
    assert [cell.removeprefix("'") for cell in back] == cells


def test_csv_gives_typed_rows_back(made: Tables, tmp_path: Path) -> None:
    formula = made.targets[0]._replace(indicator="=1+1", unit="'+", value_high=Decimal("0.5"), due=date(2031, 2, 3), compared_to="甲\n乙")
    for table in tables():
        rows = [formula, *made.targets] if table.name == "targets" else list(getattr(made, table.name))
        path = tmp_path / "table.csv"
        path.write_bytes(csv_file.header(table) + csv_file.lines(table, rows))
        assert list(csv_file.read(table, path)) == rows


def test_names_are_told_apart_in_both_languages() -> None:
    assert len({table.chinese for table in tables()}) == len(tables())
    for table in tables():
        assert len({column.chinese for column in table.columns}) == len(table.columns)


def test_header_opens_in_a_spreadsheet() -> None:
    table = next(table for table in tables() if table.name == "outcomes")
    assert csv_file.header(table) == "\ufeffsource,container,status,code,message,doc_id\n".encode()


def written(rows: Tables, folder: Path) -> None:
    """Write the tables of one document into a folder."""
    (folder / "texts").mkdir()
    assemble([converted("list.txt", "", "0123456789abcdef", TEXT, rows)], folder, folder, rulebook.load(ROOT / "rules"))


def test_package_validates(made: Tables, tmp_path: Path) -> None:
    written(made, tmp_path)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert json.loads(descriptor())["contract_version"] == 1


def test_package_refuses_what_the_contract_forbids(made: Tables, tmp_path: Path) -> None:
    wrong = made.targets[0]._replace(change=cast(Any, "sideways"), measure_id="0123456789abcdef-m0099")
    written(replace(made, targets=(wrong,)), tmp_path)
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert {kind for (kind,) in report.flatten(["type"])} == {"constraint-error", "foreign-key"}


def test_frames_are_typed(made: Tables) -> None:
    made_frames = frames(made)
    assert str(made_frames["targets"]["value"].dtype) == "Float64"
    assert made_frames["dates"]["end_date"].dt.year.tolist() == [2031]
    assert made_frames["followups"].empty
    assert list(made_frames["followups"].columns)[:2] == ["followup_id", "plan_doc_id"]
