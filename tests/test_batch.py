"""Folders in, one outcome per file."""

from __future__ import annotations

import csv
import os
import shutil
import socket
from typing import TYPE_CHECKING

import pytest

from extract import batch, rulebook
from extract.errors import ExtractError, RuleError, WriteError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Rulebook

NOTICE = "青禾市水污染治理任务清单\n\n一、新建泵站\n2031年底前，新建泵站{}座。由市水务局牵头。\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Four notices in two folders, one of them twice."""
    folder = tmp_path / "inbox"
    (folder / "b").mkdir(parents=True)
    for number, name in enumerate(("b/2.txt", "a.txt", "c.txt"), 3):
        (folder / name).write_text(NOTICE.format(number), encoding="utf-8")
    (folder / "b" / "copy.txt").write_bytes((folder / "b" / "2.txt").read_bytes())
    return folder


def outcomes(output: Path) -> list[tuple[str, str, str]]:
    with (output / "outcomes.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["source"], row["status"], row["code"]) for row in csv.DictReader(file)]


def written(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def convert(inbox: Path, output: Path, book: Rulebook, **more: int) -> batch.Summary:
    return batch.run(batch.find_files([inbox], output), output, book, **more)


def test_one_outcome_per_file(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    summary = convert(inbox, tmp_path / "out", book)
    assert outcomes(tmp_path / "out") == [
        ("a.txt", "converted", ""),
        ("b/2.txt", "converted", ""),
        ("b/copy.txt", "duplicate", "same_content"),
        ("c.txt", "converted", ""),
    ]
    assert summary.rows["documents"] == 3
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 3


def test_bad_files_cost_themselves_only(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (inbox / "noise.bin").write_bytes(b"\x7fELF\x02\x01\x01" + b"\0" * 300)
    found = {source: (status, code) for source, status, code in _run(inbox, tmp_path, book)}
    assert found["empty.txt"] == ("failed", "empty")
    assert found["noise.txt"][0] == found["noise.bin"][0] == "failed"
    assert found["a.txt"] == ("converted", "")
    assert {code for status, code in found.values() if status == "failed"}.isdisjoint({"", "internal"})


def _run(inbox: Path, tmp_path: Path, book: Rulebook) -> list[tuple[str, str, str]]:
    convert(inbox, tmp_path / "out", book)
    return outcomes(tmp_path / "out")


@pytest.mark.parametrize("name", ["~$report.docx", ".DS_Store", "Thumbs.db", "._a.txt"])
def test_furniture_is_skipped(name: str, inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (inbox / name).write_text(NOTICE, encoding="utf-8")
    assert (name, "skipped", "furniture") in _run(inbox, tmp_path, book)


def test_links_and_special_files_are_skipped(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (inbox / "out.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(inbox / "s.sock"))
        found = dict.fromkeys(_run(inbox, tmp_path, book))
    assert {
        ("out.txt", "skipped", "link"),
        ("loop", "skipped", "link"),
        ("pipe.txt", "skipped", "special"),
        ("s.sock", "skipped", "special"),
    } <= set(found)
    assert b"secret" not in b"".join(written(tmp_path / "out").values())


def test_names_cannot_act_on_a_terminal(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (inbox / "a\x1b[31m\n.txt").write_text(NOTICE, encoding="utf-8")
    (inbox / "b").joinpath(os.fsdecode(b"bad\xff.txt")).write_text("一、甲", encoding="utf-8")
    sources = [source for source, _, _ in _run(inbox, tmp_path, book)]
    assert "a\\x1b[31m\\n.txt" in sources
    assert "b/bad\\udcff.txt" in sources


def test_several_inputs_are_told_apart(inbox: Path, tmp_path: Path) -> None:
    twin = tmp_path / "other" / "inbox"
    twin.mkdir(parents=True)
    (twin / "a.txt").write_text("甲", encoding="utf-8")
    sources = [found.source for found in batch.find_files([inbox / "b", twin, inbox, inbox / "c.txt"])]
    assert sources == [
        "b/2.txt",
        "b/copy.txt",
        "c.txt",
        "inbox/a.txt",
        "inbox~2/a.txt",
        "inbox~2/b/2.txt",
        "inbox~2/b/copy.txt",
        "inbox~2/c.txt",
    ]


def test_the_output_is_never_an_input(inbox: Path, book: Rulebook) -> None:
    for _ in range(2):
        convert(inbox, inbox / "out", book)
        assert len(outcomes(inbox / "out")) == 4


@pytest.mark.parametrize("missing", [True, False])
def test_nothing_to_read_is_an_error(missing: bool, tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as caught:
        batch.find_files([tmp_path / "nowhere" if missing else tmp_path])
    assert caught.value.code == "no_input"


def test_an_output_that_cannot_be_written(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WriteError):
        convert(inbox, tmp_path / "file", book)


def test_a_defect_of_ours_costs_one_document(inbox: Path, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract import pipeline

    whole = pipeline.convert

    def broken(data: bytes, source: str, rulebook: Rulebook) -> pipeline.Converted:
        if source == "c.txt":
            raise ZeroDivisionError("\x1b[31mred")
        return whole(data, source, rulebook)

    monkeypatch.setattr(pipeline, "convert", broken)
    assert ("c.txt", "failed", "internal") in _run(inbox, tmp_path, book)
    assert b"\x1b" not in (tmp_path / "out" / "outcomes.csv").read_bytes()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_word_list_stops_the_run(jobs: int, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "IN_PROCESS", 0)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "rules" / "lookups" / "status.yml").write_text("about: twice\nentries:\n  done: [已完成, 已完成]\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"status.yml:1: 已完成 stands here twice"):
        convert(inbox, tmp_path / "out", rulebook.load(tmp_path / "rules"), jobs=jobs)
    assert not (tmp_path / "out" / "outcomes.csv").exists()


def test_jobs_and_reruns_give_the_same_bytes(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "IN_PROCESS", 0)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(20):
        (inbox / f"{number}.txt").write_text(NOTICE.format(number % 15 + 2), encoding="utf-8")
    (inbox / "empty.txt").write_bytes(b"")
    convert(inbox, tmp_path / "one", book)
    convert(inbox, tmp_path / "two", book, jobs=2)
    assert written(tmp_path / "one") == written(tmp_path / "two")
    convert(inbox, tmp_path / "two", book)
    assert written(tmp_path / "one") == written(tmp_path / "two")
