"""The command: what it prints, and its exit status."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import extract
from tests.conftest import ROOT

NOTICE = "青禾市水污染治理任务清单\n一、新建泵站\n2031年底前，新建泵站12座。由市水务局牵头。\n"


def taizhang(*arguments: str | Path, folder: Path | None = None, system: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract", *map(str, arguments)]
    env = os.environ | {"COLUMNS": "160", "LC_ALL": system}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, timeout=60, env=env)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "notice.txt"
    path.parent.mkdir()
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_version() -> None:
    assert taizhang("--version").stdout == f"taizhang {extract.__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("run",),
        ("explain",),
        ("correct",),
        ("corrections",),
        ("corrections", "export"),
        ("rules",),
        ("rules", "check"),
        ("rules", "try"),
    ],
)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    done = taizhang(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage" in done.stdout


def test_run_ends_with_a_summary(notice: Path, tmp_path: Path) -> None:
    done = taizhang("run", notice.parent, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert "converted" in done.stdout
    assert "numerals accounted for" in done.stdout
    assert str(tmp_path / "out") in done.stdout
    assert (tmp_path / "out" / "targets.csv").is_file()


@pytest.mark.parametrize(("system", "options"), [("zh_CN.UTF-8", ()), ("C.UTF-8", ("--lang", "zh"))])
def test_the_command_speaks_chinese_where_its_reader_does(system: str, options: tuple[str, ...], notice: Path, tmp_path: Path) -> None:
    (notice.parent / "empty.txt").write_bytes(b"")
    done = taizhang("run", notice.parent, "-o", tmp_path / "out", *options, system=system)
    assert (done.returncode, done.stderr) == (1, "")
    for said in ("已转换", "失败", "空文件", "指标 targets", "已识别的数字：", "共 2 个文件，本次读取 2 个", f"表格在 {tmp_path / 'out'}"):
        assert said in done.stdout, said
    assert not re.search("converted|numerals|files", done.stdout)
    wrong = taizhang("run", notice, "-o", tmp_path / "out", "--to", "pdf", *options, system=system)
    assert wrong.stderr == "taizhang: --to pdf：可选的格式是 csv, xlsx, parquet, sqlite\n"
    english = taizhang("run", notice.parent, "-o", tmp_path / "out", "--lang", "en", system=system)
    assert "2 files" in english.stdout
    assert not re.search("[已本]", english.stdout)


def test_a_file_without_corrections_is_named(notice: Path, tmp_path: Path) -> None:
    taizhang("run", notice, "-o", "out", "--to", "xlsx", folder=tmp_path)
    done = taizhang("correct", "out/taizhang.xlsx", "-o", "out", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "nothing to correct: the column correction of out/taizhang.xlsx is empty\n",
    )


def test_edits_that_cannot_be_understood_are_told_in_chinese(notice: Path, tmp_path: Path) -> None:
    taizhang("run", notice, "-o", tmp_path / "out")
    (tmp_path / "a.csv").write_text("row_id,correction\n0123456789abcdef-t0001,value=viel\n0123456789abcdef,colour=1\n", encoding="utf-8")
    done = taizhang("correct", "a.csv", "-o", "out", folder=tmp_path, system="zh_CN.UTF-8")
    assert done.returncode == 2
    assert [line.partition("：")[0] for line in done.stderr.splitlines()] == ["taizhang: a.csv:2", "taizhang: a.csv:3"]
    assert "“viel”不是数值" in done.stderr


def test_a_format_that_is_none_stops_before_any_document(notice: Path, tmp_path: Path) -> None:
    done = taizhang("run", notice, "-o", tmp_path / "out", "--to", "csv,pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "taizhang: --to pdf: the formats are csv, xlsx, parquet, sqlite\n"
    assert not (tmp_path / "out").exists()


def test_a_correction_from_workbook_to_table(notice: Path, tmp_path: Path) -> None:
    import openpyxl

    out = tmp_path / "out"
    taizhang("run", notice, "-o", out, "--to", "xlsx", "--as-of", "2032-01-01")
    book = openpyxl.load_workbook(out / "taizhang.xlsx")
    assert "逾期" in [cell.value for cell in book["整改台账"][2]]
    sheet = book["指标"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("更正") + 1).value = "数值=13"
    sheet.cell(2, heads.index("单位") + 1).value = "处"
    book.save(out / "taizhang.xlsx")
    done = taizhang("correct", out / "taizhang.xlsx", "-o", out)
    assert done.returncode == 0
    assert "corrections kept: 1;" in done.stdout
    assert "cells typed over in place: 1;" in done.stderr
    taizhang("run", notice, "-o", out, "--to", "xlsx")
    assert ",13,,座," in (out / "targets.csv").read_text(encoding="utf-8-sig")
    assert "更正" in [cell.value for cell in openpyxl.load_workbook(out / "taizhang.xlsx")["指标"][1]]


def test_quiet_says_nothing(notice: Path, tmp_path: Path) -> None:
    done = taizhang("run", notice, "-o", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_failed_file_shows_in_the_status(notice: Path, tmp_path: Path) -> None:
    (notice.parent / "empty.txt").write_bytes(b"")
    done = taizhang("run", notice.parent, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "empty" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "nowhere", "-o", "out"), "nowhere: no such file or folder"),
        (("run", "void", "-o", "out"), "void: no files here"),
        (("run", "in"), "--output"),
        (("run", "in", "-o", "out", "--rules", "void"), "fragments.yml"),
        (("run", "in", "-o", "out", "--jobs", "-1"), "--jobs"),
        (("walk",), "walk"),
        (("rules", "try", "no-such-rule", "in"), "no rule no-such-rule"),
        (("rules", "check", "--rules", "nowhere"), "nowhere"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, notice: Path, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    done = taizhang(*arguments, folder=notice.parent.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x02\x01\x01" + b"\0" * 300])
def test_explain_of_what_cannot_be_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    done = taizhang("explain", tmp_path / "bad.txt")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert taizhang("explain", tmp_path / "none.txt").returncode == 1


def test_explain_in_a_pipe_is_plain(notice: Path) -> None:
    done = taizhang("explain", notice)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "新建泵站12座" in done.stdout
    assert "target-" in done.stdout
    assert "numerals: " in done.stdout


def test_explain_on_a_terminal_is_coloured_and_safe(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE + "甲\x1b]0;owned\x07乙 \u202e12\n", encoding="utf-8")
    inner, outer = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "extract", "explain", str(path)], stdout=outer, stderr=outer, env=os.environ | {"TERM": "xterm-256color"}
    ) as running:
        os.close(outer)
        shown = _all_of(inner)
        assert running.wait(30) == 0
    assert "\x1b[" in shown
    assert "\x1b]0" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def _all_of(descriptor: int) -> str:
    chunks = []
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # the other end has closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(descriptor)
    return b"".join(chunks).decode()


def test_rules_try_shows_what_a_rule_gives(notice: Path) -> None:
    done = taizhang("explain", notice)
    rule = next(word for line in done.stdout.splitlines() for word in line.split() if word.startswith("target-"))
    without = taizhang("rules", "try", rule, notice.parent)
    assert without.returncode == 0
    assert "+ targets  notice.txt" in without.stdout
    assert without.stdout.splitlines()[-1].endswith("over 1 files")


def test_rules_try_of_an_unchanged_rule_shows_nothing(notice: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    rule = _first_rule()
    done = taizhang("rules", "try", rule, notice.parent, "--rules", tmp_path / "rules")
    assert done.stdout == "0 rows gained, 0 lost, over 1 files\n"


def _first_rule() -> str:
    from extract import rulebook

    return rulebook.load(ROOT / "rules").of_kind("target")[0].id


def test_rules_check_names_file_and_line(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "lookups").mkdir(parents=True)
    (rules / "fragments.yml").write_text("quantity:\n  pattern: '\\uE000+'\n  note: a number\n  examples: [甲]\n", encoding="utf-8")
    done = taizhang("rules", "check", "--rules", rules)
    assert done.returncode == 1
    assert f"{rules / 'fragments.yml'}:2: fragment quantity does not match its example 甲" in done.stdout


def test_rules_check_stops_at_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "fragments.yml").write_text("a: [", encoding="utf-8")
    done = taizhang("rules", "check", "--rules", tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'fragments.yml'}:" in done.stderr
