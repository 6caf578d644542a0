"""A reader's corrections: read, kept, put into every later run, lost with notice, given out again."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import yaml

from extract import batch
from extract.batch import Options, find_files
from extract.corrections import export, load, typed_over
from extract.errors import ExtractError
from extract.pipeline import convert
from extract.review import build
from extract.tables.mended import corrected
from extract.write import Wanted
from extract.write.publish import STATE
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from extract.rulebook import Rulebook
    from extract.tables.corrections import Correction

NOTICE = """青禾市水污染治理任务清单

一、新建泵站
2031年底前，新建泵站12座、改造闸门3座。由市水务局牵头，市财政局配合。

二、修复湿地
2031年底前，修复湿地1.2万亩。责任单位：市林业局
督察反馈的9个问题已完成整改4个，正在整改3个。
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, book: Rulebook) -> Path:
    """A folder with two documents and the output of a run over them."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "list.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "inbox" / "other.txt").write_text("青禾市工作总结\n一、工作进展\n全市新建泵站7座。\n", encoding="utf-8")
    run_in(folder, book)
    return folder


def run_in(folder: Path, book: Rulebook) -> bool:
    """Run over a folder's inbox, and say whether the output changed."""
    found = find_files([folder / "inbox"], folder / "out")
    return batch.run(found, folder / "out", book, Options(wanted=Wanted(("csv", "xlsx"), "en"))).changed


@pytest.fixture
def out(first: Path, tmp_path: Path) -> Path:
    """The output, to be changed at will."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"


@pytest.fixture
def run(tmp_path: Path, book: Rulebook) -> Callable[[], bool]:
    """Run again."""
    return lambda: run_in(tmp_path, book)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row(folder: Path, table: str, **known: str) -> dict[str, str]:
    (found,) = [one for one in rows(folder, table) if known.items() <= one.items()]
    return found


def edit(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A CSV file of edits: row_id, correction, comment."""
    path = folder / "edits.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("row_id", "correction", "comment"), *edits])
    return path


def test_a_row_is_mended_in_every_later_run(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    pump = row(out, "targets", indicator="泵站", value="12")
    gate = row(out, "targets", indicator="闸门")
    owner = row(out, "owners", name="市财政局")
    edits = [
        (pump["target_id"], "指标=排涝泵站；value=1.5；unit=万座", "看原文"),
        (gate["target_id"], "delete", "不是指标"),
        (owner["owner_id"], "role=responsible", ""),
    ]
    assert batch.correct(edit(tmp_path, *edits), out) == 3
    assert run()
    mended = row(out, "targets", target_id=pump["target_id"])
    assert (mended["indicator"], mended["value"], mended["base_value"], mended["base_unit"]) == ("排涝泵站", "1.5", "15000", "座")
    assert mended["corrected"] == "indicator;value;unit"
    assert not [one for one in rows(out, "targets") if one["indicator"] == "闸门"]
    assert row(out, "diagnostics", code="row_deleted")["message"].endswith("(不是指标)")
    assert row(out, "ledger", path="1")["responsible"] == "市财政局"
    assert row(out, "ledger", path="1")["support"] == ""
    assert not run()
    (tmp_path / "inbox" / "new.txt").write_text("青禾市工作总结二\n一、甲\n新建泵站8座。\n", encoding="utf-8")
    assert run()
    assert row(out, "targets", indicator="排涝泵站")["corrected"] == "indicator;value;unit"


def test_a_chinese_workbook_names_the_codes_and_takes_them_in_either_language(
    run: Callable[[], bool], out: Path, tmp_path: Path, book: Rulebook
) -> None:
    found = find_files([tmp_path / "inbox"], out)
    batch.run(found, out, book, Options(wanted=Wanted(("csv", "xlsx"), "zh")))
    assert typed_over(out, out / "taizhang.xlsx") == []
    workbook = openpyxl.load_workbook(out / "taizhang.xlsx")
    sheet = workbook["整改台账"]
    heads = [cell.value for cell in sheet[1]]
    path, status, mend = (heads.index(head) for head in ("路径", "状态", "更正"))
    lines = {cells[path].value: cells for cells in sheet.iter_rows(min_row=2)}
    assert {cells[status].value for cells in lines.values()} <= {"不明", "已完成", "推进中", "未开始", "逾期"}
    lines["1"][mend].value, lines["2"][mend].value = "状态=推进中", "status=pending"
    workbook.save(tmp_path / "edited.xlsx")
    assert batch.correct(tmp_path / "edited.xlsx", out) == 2
    assert run()
    assert [row(out, "ledger", path=path)["status"] for path in ("1", "2")] == ["ongoing", "pending"]


def test_edits_are_read_from_the_workbook(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(out / "taizhang.xlsx")
    for table, column, text, correction in (
        ("tallies", "subject", "反馈问题", "pending=2"),
        ("ledger", "path", "2", "responsible=市林业局；市水务局；status=ongoing"),
        ("documents", "source", "list.txt", "region=青禾县"),
    ):
        sheet = book[table]
        heads = [cell.value for cell in sheet[1]]
        line = next(cells for cells in sheet.iter_rows(min_row=2) if cells[heads.index(column)].value == text)
        line[heads.index("correction")].value = correction
        line[heads.index("comment")].value = "seen"
    book.save(tmp_path / "edited.xlsx")
    assert batch.correct(tmp_path / "edited.xlsx", out) == 3
    assert run()
    tally = row(out, "tallies", subject="反馈问题")
    assert (tally["pending"], tally["balanced"], tally["corrected"]) == ("2", "true", "pending")
    assert not [one for one in rows(out, "diagnostics") if one["code"] == "tally_unbalanced"]
    ledger = row(out, "ledger", path="2")
    assert (ledger["responsible"], ledger["status"], ledger["corrected"]) == ("市林业局；市水务局", "ongoing", "responsible;status")
    assert ledger["region"] == "青禾县"
    assert row(out, "documents", source="list.txt")["corrected"] == "region"


def test_a_second_correction_adds_to_the_first_and_undo_takes_both_back(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    before = {name: (out / name).read_bytes() for name in ("targets.csv", "owners.csv", "ledger.csv")}
    pump = row(out, "targets", indicator="泵站", value="12")["target_id"]
    for said in ("value=13", "unit=处"):
        batch.correct(edit(tmp_path, (pump, said, "")), out)
        run()
    mended = row(out, "targets", target_id=pump)
    assert (mended["value"], mended["unit"], mended["corrected"]) == ("13", "处", "value;unit")
    (kept,) = load(out)
    assert (kept.before["value"], kept.change) == ("12", {"value": "13", "unit": "处"})
    batch.correct(edit(tmp_path, (pump, "undo", "")), out)
    run()
    assert load(out) == []
    assert {name: (out / name).read_bytes() for name in before} == before


def text_of(folder: Path) -> str:
    """The canonical text of list.txt."""
    return (folder / "texts" / f"{row(folder, 'documents', source='list.txt')['doc_id']}.txt").read_text(encoding="utf-8")


ADD = ("table", "doc_id", "text", "correction", "comment")


def addition(folder: Path, text: str, table: str = "targets", more: dict[str, str] | None = None, source: str = "list.txt") -> Path:
    """A CSV file that adds one row."""
    cells = dict(zip(ADD, (table, source, text, "add", "漏读"), strict=True)) | (more or {})
    path = folder / "add.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["row_id", *cells], ["", *cells.values()]])
    return path


LEVEE = {"kind": "target", "indicator": "堤防", "value": "3.0", "unit": "万亩", "due": "2031-12-31"}


def test_a_row_that_was_missed_is_added_in_every_later_run(run: Callable[[], bool], out: Path, tmp_path: Path, book: Rulebook) -> None:
    before = {name: (out / f"{name}.csv").read_bytes() for name in ("targets", "owners", "ledger", "diagnostics")}
    assert batch.correct(addition(tmp_path, "修复湿地1.2万亩", more=LEVEE), out) == 1
    assert batch.correct(addition(tmp_path, "市林业局", "责任单位", {"名称": "市林业局", "责任": "督导"}), out) == 1
    assert run()
    doc_id = row(out, "documents", source="list.txt")["doc_id"]
    added = row(out, "targets", indicator="堤防")
    assert (added["target_id"], added["rule"], added["corrected"]) == (f"{doc_id}-ta0001", "reader", "added")
    assert (added["value"], added["base_value"], added["base_unit"], added["operator"]) == ("3", "30000", "亩", "=")
    assert text_of(out)[int(added["start"]) : int(added["end"])] == added["text"] == "修复湿地1.2万亩"
    assert added["measure_id"] == row(out, "measures", label="二、")["measure_id"]
    starts = [int(one["start"]) for one in rows(out, "targets") if one["doc_id"] == doc_id]
    assert starts == sorted(starts)
    assert row(out, "owners", corrected="added")["kind"] == "organization"
    ledger = row(out, "ledger", path="2")
    assert (ledger["supervise"], ledger["target_count"]) == ("市林业局", "2")
    assert not run()
    page = build(out, book, lang="zh").index.parent / "doc" / f"{doc_id}.html"
    shown = page.read_text(encoding="utf-8")
    assert shown.count("人工补充</") >= 2
    assert "人工补充的行：规则没有读出" in shown
    batch.correct(addition(tmp_path, "修复湿地1.2万亩", more=LEVEE), out)
    assert len(load(out)) == 2
    batch.correct(edit(tmp_path, (added["target_id"], "value=4", "")), out)
    run()
    assert (row(out, "targets", indicator="堤防")["value"], row(out, "targets", indicator="堤防")["corrected"]) == ("4", "added")
    batch.correct(edit(tmp_path, (added["target_id"], "undo", ""), (row(out, "owners", corrected="added")["owner_id"], "delete", "")), out)
    run()
    assert load(out) == []
    assert {name: (out / f"{name}.csv").read_bytes() for name in before} == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_line_of_the_workbook_adds_a_row(language: Any, run: Callable[[], bool], out: Path, tmp_path: Path, book: Rulebook) -> None:
    batch.run(find_files([tmp_path / "inbox"], out), out, book, Options(wanted=Wanted(("csv", "xlsx"), language)))
    workbook = openpyxl.load_workbook(out / "taizhang.xlsx")
    sheet = workbook["计数" if language == "zh" else "tallies"]
    heads = [cell.value for cell in sheet[1]]
    doc_id, chinese = row(out, "documents", source="list.txt")["doc_id"], language == "zh"
    line = dict(zip(("文档编号", "对象", "总数", "已完成", "原文", "更正"), (doc_id, "闸门", 3, 1, "改造闸门3座", "新增"), strict=True))
    english = ("doc_id", "subject", "total", "done", "text", "correction")
    for (head, cell), name in zip(line.items(), english, strict=True):
        sheet.cell(sheet.max_row + (head == "文档编号"), heads.index(head if chinese else name) + 1).value = cell
    workbook["指标" if chinese else "targets"].append([None, doc_id, "没有写新增"])
    workbook.save(tmp_path / "edited.xlsx")
    assert batch.correct(tmp_path / "edited.xlsx", out) == 1
    assert [said.rpartition(": ")[2] for said in typed_over(out, tmp_path / "edited.xlsx")] == [
        "a new line without add in its column correction"
    ]
    assert run()
    tally = row(out, "tallies", subject="闸门")
    assert (tally["total"], tally["done"], tally["corrected"], tally["text"]) == ("3", "1", "added", "改造闸门3座")


@pytest.mark.parametrize("by", ["id", "line of the diagnostics"])
def test_a_row_that_was_taken_out_comes_back(by: str, run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    before = (out / "targets.csv").read_bytes()
    gate = row(out, "targets", indicator="闸门")["target_id"]
    batch.correct(edit(tmp_path, (gate, "delete", "")), out)
    run()
    assert not [one for one in rows(out, "targets") if one["indicator"] == "闸门"]
    if by == "id":
        batch.correct(edit(tmp_path, (gate, "undo", "")), out)
    else:
        workbook = openpyxl.load_workbook(out / "taizhang.xlsx")
        sheet = workbook["diagnostics"]
        heads = [cell.value for cell in sheet[1]]
        line = next(cells for cells in sheet.iter_rows(min_row=2) if cells[heads.index("code")].value == "row_deleted")
        line[heads.index("correction")].value = "undo"
        workbook.save(tmp_path / "edited.xlsx")
        batch.correct(tmp_path / "edited.xlsx", out)
    assert load(out) == []
    run()
    assert (out / "targets.csv").read_bytes() == before


def test_an_added_row_goes_with_its_text_and_is_reported_when_that_has_gone(out: Path, tmp_path: Path, book: Rulebook) -> None:
    batch.correct(addition(tmp_path, "改造闸门3座", more=LEVEE), out)
    (kept,) = load(out)
    done = convert(NOTICE.encode(), "list.txt", book)

    def after(text: str, *corrections: Correction) -> tuple[list[Any], list[str]]:
        rows = corrected(done.rows, text, corrections, {})
        return [one for one in rows.targets if one.corrected], [
            one.code for one in rows.diagnostics if one.code.startswith(("corr", "row"))
        ]

    (here,), notes = after(done.text, kept)
    (moved,), _ = after(f"（转发）{done.text}", kept)
    assert (moved.start - here.start, notes) == (len("（转发）"), [])
    assert after(done.text.replace("改造闸门3座", "改造闸门4座"), kept) == ([], ["correction_lost"])
    assert after(f"（改造闸门3座，改造闸门3座）{done.text}", kept) == ([], ["correction_lost"])
    read = kept._replace(change={"kind": "target", "indicator": "闸门", "value": "3"})
    assert after(done.text, read) == ([], ["row_read"])
    (tmp_path / "inbox" / "list.txt").write_text(NOTICE.replace("湿地", "草地"), encoding="utf-8")
    run_in(tmp_path, book)
    assert row(out, "diagnostics", code="correction_lost")["message"] == (
        f"targets {kept.row_id} 改造闸门3座: the document has changed; mend the row again where it is still wrong (漏读)"
    )
    batch.correct(edit(tmp_path, (kept.row_id, "undo", "")), out)
    assert load(out) == []


@pytest.mark.parametrize(
    ("text", "table", "more", "source", "message"),
    [
        (
            "新建泵站",
            "targets",
            LEVEE,
            "list.txt",
            r"the text 新建泵站 stands at 2 places of list.txt \(15, 28\); write one of them into start",
        ),
        ("新建电站", "targets", LEVEE, "list.txt", "the text 新建电站 does not stand in list.txt"),
        ("", "targets", LEVEE, "list.txt", "the text nothing does not stand in list.txt"),
        ("市林业局", "targets", LEVEE, "gone.txt", "needs its document in doc_id, by id or file name: gone.txt is none"),
        ("市林业局", "targets", {"value": "1"}, "list.txt", r"a row of targets needs kind \(target, result\)"),
        ("市林业局", "tallies", {}, "list.txt", "a row of tallies needs at least one of subject, total"),
        ("市林业局", "targets", LEVEE | {"value": "viel"}, "list.txt", "value: viel is no number"),
        ("市林业局", "ledger", {}, "list.txt", "no row can be added to ledger, which follows from other tables; add to fields, targets"),
    ],
)
def test_an_addition_that_cannot_be_is_named(
    text: str, table: str, more: dict[str, str], source: str, message: str, out: Path, tmp_path: Path
) -> None:
    with pytest.raises(ExtractError, match=rf"add\.csv:2: .*{message}"):
        batch.correct(addition(tmp_path, text, table, more, source), out)
    assert load(out) == []


def test_a_text_that_stands_twice_is_told_apart(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    item = row(out, "measures", label="二、")
    batch.correct(addition(tmp_path, "修复湿地", more=LEVEE | {"start": str(text_of(out).rindex("修复湿地"))}), out)
    batch.correct(addition(tmp_path, "2031年底前", "dates", {"measure_id": item["measure_id"], "kind": "event"}), out)
    run()
    assert int(row(out, "targets", indicator="堤防")["start"]) == text_of(out).rindex("修复湿地")
    assert int(row(out, "dates", corrected="added")["start"]) == text_of(out).rindex("2031年底前")


def test_a_correction_whose_text_has_gone_is_reported(out: Path, tmp_path: Path, book: Rulebook) -> None:
    pump = row(out, "targets", indicator="泵站", value="12")["target_id"]
    batch.correct(edit(tmp_path, (pump, "value=13", "")), out)
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    (rules / "targets.yml").write_text("kind: target\nrules: []\n", encoding="utf-8")
    from extract import rulebook

    batch.run(find_files([tmp_path / "inbox"], out), out, rulebook.load(rules))
    lost = row(out, "diagnostics", code="correction_lost")
    assert "targets" in lost["message"]
    assert NOTICE[int(lost["start"]) : int(lost["end"])] in NOTICE
    (tmp_path / "inbox" / "list.txt").write_text(NOTICE.replace("湿地", "草地"), encoding="utf-8")
    batch.run(find_files([tmp_path / "inbox"], out), out, book)
    lost = row(out, "diagnostics", code="correction_lost")
    assert lost["message"].endswith("the document has changed; mend the row again where it is still wrong")
    assert lost["doc_id"] == row(out, "documents", source="list.txt")["doc_id"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("value=viel", r"edits\.csv:2: value: viel is no number"),
        ("kind=wish", r"edits\.csv:2: kind takes target, result"),
        ("colour=red", r"edits\.csv:2: colour=red: write column=value with one of kind, indicator"),
        ("start=3", r"edits\.csv:2: the column start cannot be corrected"),
        ("value=", r"edits\.csv:2: value cannot be empty"),
        ("due=2031年", r"edits\.csv:2: due: 2031年 is no date \(YYYY-MM-DD\)"),
        ("add", r"edits\.csv:2: a row that is added needs its table: nothing is none"),
        ("undo", r"edits\.csv:2: .* was never corrected"),
        ("", r"edits\.csv:2: a comment without a correction"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_kept(said: str, message: str, out: Path, tmp_path: Path) -> None:
    pump = row(out, "targets", indicator="泵站", value="12")["target_id"]
    owner = row(out, "owners", name="市财政局")["owner_id"]
    with pytest.raises(ExtractError, match=message):
        batch.correct(edit(tmp_path, (pump, said, "why"), (owner, "role=lead", "")), out)
    assert load(out) == []


def test_rows_of_another_run_are_refused(out: Path, tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="0123456789abcdef-t0001 is no row of"):
        batch.correct(edit(tmp_path, ("0123456789abcdef-t0001", "value=1", "")), out)
    path = tmp_path / "stale.csv"
    pump = row(out, "targets", indicator="泵站", value="12")["target_id"]
    path.write_text(f"row_id,correction\nx{pump},value=1\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="no id of a row"):
        batch.correct(path, out)
    path.write_text("row,correction\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="the columns row_id and correction are needed"):
        batch.correct(path, out)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(ExtractError, match="not readable as a workbook"):
        batch.correct(tmp_path / "broken.xlsx", out)


def test_a_workbook_whose_rows_have_moved_is_refused(out: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(out / "taizhang.xlsx")
    sheet = book["targets"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("start") + 1).value += 1
    sheet.cell(2, heads.index("correction") + 1).value = "value=1"
    book.save(tmp_path / "edited.xlsx")
    with pytest.raises(ExtractError, match=r"edited\.xlsx, targets, row 2: .* is another row by now \(start\)"):
        batch.correct(tmp_path / "edited.xlsx", out)


def test_cells_typed_over_in_place_are_named(out: Path, tmp_path: Path) -> None:
    assert typed_over(out, out / "taizhang.xlsx") == []
    book = openpyxl.load_workbook(out / "taizhang.xlsx")
    sheet = book["targets"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("value") + 1).value = 14.5
    sheet.cell(2, heads.index("due") + 1).value = None
    book.save(tmp_path / "edited.xlsx")
    said = typed_over(out, tmp_path / "edited.xlsx")
    assert [line.rpartition("row 2: ")[2] for line in said] == ["value says 14.5, the table 12", "due says nothing, the table 2031-12-31"]


def test_damaged_state_is_named(run: Callable[[], bool], out: Path) -> None:
    (out / STATE / "corrections.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(ExtractError, match=r"corrections\.jsonl:1: no correction"):
        run()


def test_corrections_go_out_as_gold_and_as_examples(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    pump = row(out, "targets", indicator="泵站", value="12")
    bank = row(out, "targets", indicator="湿地")
    batch.correct(edit(tmp_path, (pump["target_id"], "indicator=排涝泵站", ""), (bank["target_id"], "delete", "只是背景")), out)
    run()
    written = export(out, load(out), tmp_path / "given")
    assert [path.relative_to(tmp_path).as_posix() for path in written] == ["given/gold/list.json", "given/examples.yml"]
    gold: dict[str, Any] = json.loads(written[0].read_text(encoding="utf-8"))
    assert gold["source"] == "list.txt"
    assert gold["document"]["region"] == "青禾市"
    assert [one["indicator"] for one in gold["targets"]] == ["排涝泵站", "闸门"]
    assert gold["targets"][0] | {"text": ""} == {
        "measure": "m1",
        "kind": "target",
        "indicator": "排涝泵站",
        "change": "level",
        "operator": "=",
        "value": 12,
        "value_high": None,
        "unit": "座",
        "due": "2031-12-31",
        "text": "",
    }
    assert gold["measures"][0]["begins"] == "新建泵站\n2031年底前"
    cases = {one["id"]: one for one in yaml.safe_load(written[1].read_text(encoding="utf-8"))}
    example = cases[pump["rule"]]["examples"][0]
    assert example["text"] == "2031年底前，新建泵站12座、改造闸门3座。"
    assert [found["indicator"] for found in example["find"]] == ["排涝泵站", "闸门"]
    assert {"text": "2031年底前，修复湿地1.2万亩。", "why": "只是背景"} in cases[bank["rule"]]["not"]


def test_added_rows_go_out_too(run: Callable[[], bool], out: Path, tmp_path: Path) -> None:
    batch.correct(addition(tmp_path, "修复湿地1.2万亩", more=LEVEE), out)
    run()
    gold, examples = export(out, load(out), tmp_path / "given")
    assert [one["indicator"] for one in json.loads(gold.read_text(encoding="utf-8"))["targets"]] == ["泵站", "闸门", "湿地", "堤防"]
    (case,) = yaml.safe_load(examples.read_text(encoding="utf-8"))
    assert case["id"] == "reader-targets"
    assert case["examples"][0]["text"] == "2031年底前，修复湿地1.2万亩。"
    assert [found["indicator"] for found in case["examples"][0]["find"]] == ["堤防"]
