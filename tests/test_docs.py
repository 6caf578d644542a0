"""Every table, column, command, option and code is documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

import extract
from extract import rulebook
from extract.batch.find import SKIPPED
from extract.cli import app
from extract.tables.schema import Table, tables
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}


def section(table: str) -> str:
    """The part of docs/tables.md about one table."""
    return TABLES.split(f"\n## {table}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_is_documented(table: Table) -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (string|integer|number|date|boolean) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", section(table.name), re.MULTILINE
    )
    assert [row[:3] for row in rows] == [(column.name, column.type, column.chinese) for column in table.columns]
    assert all(example.strip() for *_, example in rows)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_code_is_documented(table: Table) -> None:
    lines = {line.split("`")[1]: line for line in section(table.name).splitlines() if line.startswith("| `")}
    for column in table.columns:
        missing = [code for code in column.codes if f"`{code}`" not in lines[column.name]]
        assert not missing, (table.name, column.name)


def _commands() -> Iterator[tuple[str, object]]:
    top = typer.main.get_command(app)
    for name, command in top.commands.items():
        subcommands = getattr(command, "commands", None)
        if subcommands:
            yield from ((f"{name} {inner}", one) for inner, one in subcommands.items())
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), list(_commands()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_documented(name: str, command: object) -> None:
    usage = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
    part = usage.split(f"\n## taizhang {name}\n", 1)[1].split("\n## ", 1)[0]
    assert getattr(command, "help", "")
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in part, (name, option)


def _codes_given(folder: str, call: str, position: int, keyword: str) -> set[str]:
    """The literal codes given to calls of one name anywhere under a folder of the package."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.Call) and call in (getattr(one.func, "id", ""), getattr(one.func, "attr", "")):
                given = [*one.args[position : position + 1], *(word.value for word in one.keywords if word.arg == keyword)]
                found |= {value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return found


def test_every_diagnostic_is_documented() -> None:
    codes = _codes_given("extract", "Diagnostic", 0, "code") | _codes_given("extract/outline", "_note", 0, "code")
    assert {"tally_unbalanced", "count_mismatch", "number_gap"} <= codes
    assert {code for code in codes if f"| `{code}` |" not in TABLES} == set()


def test_every_outcome_code_is_documented() -> None:
    codes = _codes_given("extract", "IngestError", 99, "code") | _codes_given("extract", "failed", 1, "code")
    codes |= {"same_content", "out_of_memory", "worker_died", *SKIPPED}
    assert {code for code in codes if f"| `{code}` |" not in TABLES} == set()


@pytest.mark.parametrize("name", READMES)
def test_readmes_lead_to_what_exists(name: str) -> None:
    for target in re.findall(r"\]\((?!http|#)([^)]+)\)", READMES[name]):
        assert (ROOT / target).exists(), target
    for command in ("make run", "make test"):
        assert command in READMES[name]


@pytest.mark.parametrize("name", READMES)
def test_the_notice_followed_in_the_readme_is_true(name: str) -> None:
    done = extract.convert(ROOT / "samples" / "s02_anquan_qingdan.html")
    block = READMES[name].split("```")[1]
    for line in block.strip().splitlines():
        table, *cells = line.split()
        shown = dict(cell.split("=", 1) for cell in cells)
        rows = [{column: str(value) for column, value in row._asdict().items()} for row in getattr(done.rows, table)]
        assert any(shown.items() <= row.items() for row in rows), line


def test_every_file_of_rules_is_documented() -> None:
    listed = dict(
        re.findall(r"^\| `(\w+\.yml)` \| (?:`(\w+)`)? ?\|", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    kinds = {Path(rule.file).name: rule.kind for rule in rulebook.load(ROOT / "rules").rules}
    assert listed == {**kinds, "fragments.yml": ""}


def test_the_changelog_knows_the_version() -> None:
    assert f"## {extract.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
