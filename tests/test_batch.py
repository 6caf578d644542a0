"""Folders in, one outcome per file."""

from __future__ import annotations

import csv
import os
import shutil
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from extract import batch, pipeline, rulebook
from extract.batch.manifest import read
from extract.batch.one import PASSING, convert_file
from extract.batch.store import Store
from extract.batch.worker import Done, Settings, Task
from extract.errors import ExtractError, RuleError, WriteError
from extract.limits import Limits
from extract.tables.schema import OutcomeRow
from extract.write import Place, Result, converted, pack, unpack
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extract.batch.run import Engine
    from extract.batch.workers import Take
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


def stamps(output: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its content, its number and the time of its last change: what was not touched has the same."""
    return {
        name: (content, (output / name).stat().st_ino, (output / name).stat().st_mtime_ns)
        for name, content in written(output).items()
        if name != ".taizhang/lock"
    }


def here(book: Rulebook) -> Engine:
    """Convert in this process: most tests are about what is kept, not about processes."""

    def engine(settings: Settings, _jobs: int, take: Take) -> Iterator[Done]:
        store = Store(settings.output)
        while (task := take()) is not None:
            result = convert_file(task.found, task.digest, book, settings.limits)
            size = 0 if result.outcome.code in PASSING else store.put(task.key, result)
            yield Done(task, result, 0.0, size, 0)

    return engine


def convert(inbox: Path, output: Path, book: Rulebook) -> batch.Ran:
    return batch.run(batch.find_files([inbox], output), output, book, engine=here(book))


def test_one_outcome_per_file(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    summary = convert(inbox, tmp_path / "out", book).summary
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
    (inbox / "again.txt").symlink_to(inbox / "a.txt")
    (inbox / "gone.txt").symlink_to(inbox / "nowhere.txt")
    os.mkfifo(inbox / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(inbox / "s.sock"))
        found = dict.fromkeys(_run(inbox, tmp_path, book))
    assert {
        ("out.txt", "skipped", "link"),
        ("loop", "skipped", "link"),
        ("again.txt", "skipped", "link"),
        ("gone.txt", "skipped", "link"),
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
    whole = pipeline.convert

    def broken(data: bytes, source: str, rulebook: Rulebook) -> pipeline.Converted:
        if source == "c.txt":
            raise ZeroDivisionError("\x1b[31mred")
        return whole(data, source, rulebook)

    monkeypatch.setattr(pipeline, "convert", broken)
    assert ("c.txt", "failed", "internal") in _run(inbox, tmp_path, book)
    assert b"\x1b" not in (tmp_path / "out" / "outcomes.csv").read_bytes()


def test_a_broken_word_list_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "rules" / "lookups" / "status.yml").write_text("about: twice\nentries:\n  done: [已完成, 已完成]\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"status.yml:1: 已完成 stands here twice"):
        batch.run(batch.find_files([inbox]), tmp_path / "out", rulebook.load(tmp_path / "rules"))
    assert not (tmp_path / "out" / "outcomes.csv").exists()


def test_names_that_are_spelled_out_alike_are_told_apart(tmp_path: Path) -> None:
    for name in ("a\x1b.txt", "a\\x1b.txt"):
        (tmp_path / name).write_text(NOTICE.format(len(name)), encoding="utf-8")
    assert [found.source for found in batch.find_files([tmp_path])] == ["a\\x1b.txt", "a\\x1b.txt~2"]


def test_a_rerun_reads_nothing_and_touches_nothing(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    first = convert(inbox, tmp_path / "out", book)
    before = stamps(tmp_path / "out")
    again = convert(inbox, tmp_path / "out", book)
    assert (first.read, first.changed, again.read, again.changed) == (4, True, 0, False)
    assert again.summary == first.summary
    assert stamps(tmp_path / "out") == before


def test_only_what_changes_is_read_and_written(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    convert(inbox, tmp_path / "out", book)
    before = stamps(tmp_path / "out")
    (inbox / "a.txt").unlink()
    (inbox / "c.txt").write_text(NOTICE.format(77), encoding="utf-8")
    (inbox / "d.txt").write_text(NOTICE.format(78), encoding="utf-8")
    assert convert(inbox, tmp_path / "out", book).read == 2
    assert [source for source, _, _ in outcomes(tmp_path / "out")] == ["b/2.txt", "b/copy.txt", "c.txt", "d.txt"]
    kept = stamps(tmp_path / "out")
    same = {name for name in kept if before.get(name) == kept[name]}
    assert "participants.csv" in same
    assert sum(name.startswith("texts/") for name in same) == 1
    convert(inbox, tmp_path / "fresh", book)
    assert written(tmp_path / "fresh") == written(tmp_path / "out")


@pytest.mark.parametrize("name", ["targets.csv", "datapackage.json", ".taizhang/manifest.jsonl"])
def test_a_file_that_was_lost_or_spoiled_comes_back(name: str, inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    convert(inbox, tmp_path / "out", book)
    whole = written(tmp_path / "out")
    (tmp_path / "out" / name).write_bytes(b"spoiled")
    assert convert(inbox, tmp_path / "out", book).read == 0
    assert written(tmp_path / "out") == whole


def test_a_kept_result_that_is_cut_off_is_made_again(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    convert(inbox, tmp_path / "out", book)
    whole = written(tmp_path / "out")
    name = next(name for name in whole if "results" in name)
    for spoiled in (b"", whole[name][:-1]):
        (tmp_path / "out" / name).write_bytes(spoiled)
        (tmp_path / "out" / "outcomes.csv").unlink()
        with suppress(WriteError):
            convert(inbox, tmp_path / "out", book)
        convert(inbox, tmp_path / "out", book)
        assert written(tmp_path / "out") == whole


def test_rules_and_limits_are_part_of_what_is_kept(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    convert(inbox, tmp_path / "out", book)
    found = batch.find_files([inbox])
    pages = batch.Options(Limits(pages=7))
    assert batch.run(found, tmp_path / "out", book, pages, engine=here(book)).read == 4
    seconds = batch.Options(Limits(pages=7, seconds=5, memory=500))
    assert batch.run(found, tmp_path / "out", book, seconds, engine=here(book)).read == 0
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    with (tmp_path / "rules" / "dates.yml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert batch.run(found, tmp_path / "out", rulebook.load(tmp_path / "rules"), seconds, engine=here(book)).read == 4


def test_what_has_left_stays_where_a_run_accumulates(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    convert(inbox, tmp_path / "out", book)
    whole = written(tmp_path / "out")
    (inbox / "c.txt").rename(tmp_path / "c.txt")
    options = batch.Options(accumulate=True)
    ran = batch.run(batch.find_files([inbox]), tmp_path / "out", book, options, engine=here(book))
    assert (ran.read, ran.changed) == (0, False)
    assert written(tmp_path / "out") == whole
    (inbox / "d.txt").write_text(NOTICE.format(78), encoding="utf-8")
    batch.run(batch.find_files([inbox]), tmp_path / "out", book, options, engine=here(book))
    assert [source for source, _, _ in outcomes(tmp_path / "out")] == ["a.txt", "b/2.txt", "b/copy.txt", "c.txt", "d.txt"]
    convert(inbox, tmp_path / "out", book)
    assert "c.txt" not in dict.fromkeys(source for source, _, _ in outcomes(tmp_path / "out"))


def test_what_has_left_and_is_damaged_is_told(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    out = tmp_path / "out"
    convert(inbox, out, book)
    kept = next(entry for entry in read(Place(out).manifest).entries if entry.source == "c.txt")
    store = Store(out)
    store.path(kept.key).write_bytes(b"damaged")
    (inbox / "c.txt").unlink()
    (inbox / "d.txt").write_text(NOTICE.format(78), encoding="utf-8")
    found, options = batch.find_files([inbox]), batch.Options(accumulate=True)
    with pytest.raises(WriteError, match=r"c\.txt"):
        batch.run(found, out, book, options, engine=here(book))
    batch.run(found, out, book, options, engine=here(book))
    assert ("c.txt", "failed", "unreadable") in outcomes(out)
    assert ("d.txt", "converted", "") in outcomes(out)


def test_a_passing_failure_is_tried_again(inbox: Path, tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments: object) -> pipeline.Converted:
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "convert", slow)
        assert ("c.txt", "failed", "out_of_time") in _run(inbox, tmp_path, book)
    assert convert(inbox, tmp_path / "out", book).read == 4
    assert ("c.txt", "converted", "") in outcomes(tmp_path / "out")


def test_a_file_that_changes_while_it_is_read(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    def meddling(settings: Settings, jobs: int, take: Take) -> Iterator[Done]:
        def meddled() -> Task | None:
            task = take()
            if task and task.found.source == "c.txt":
                (inbox / "c.txt").write_text("changed", encoding="utf-8")
            return task

        return here(book)(settings, jobs, meddled)

    batch.run(batch.find_files([inbox]), tmp_path / "out", book, engine=meddling)
    assert ("c.txt", "failed", "changed") in outcomes(tmp_path / "out")


def test_a_file_beyond_the_size(inbox: Path, tmp_path: Path, book: Rulebook) -> None:
    (inbox / "large.txt").write_bytes(b"a" * (1 << 20) + b"b")
    batch.run(batch.find_files([inbox]), tmp_path / "out", book, batch.Options(Limits(size=1)), engine=here(book))
    assert ("large.txt", "failed", "too_large") in outcomes(tmp_path / "out")


def test_what_is_packed_comes_back(book: Rulebook, samples: Path) -> None:
    for path in sorted(samples.glob("s[0-9]*.*"))[:3]:
        done = pipeline.convert(path.read_bytes(), "甲.txt", book)
        result = converted("甲.txt", "", done.doc_id, done.text, done.rows)
        assert unpack(pack(result)) == result


def test_results_of_a_container_are_files_of_their_own(tmp_path: Path, book: Rulebook) -> None:
    """An archive's members are read one by one, and leave the tables with it."""
    (tmp_path / "in").mkdir()
    for name in ("a.zip", "b.txt"):
        (tmp_path / "in" / name).write_text(NOTICE.format(5), encoding="utf-8")
    seen: list[str] = []

    def engine(settings: Settings, _jobs: int, take: Take) -> Iterator[Done]:
        while (task := take()) is not None:
            seen.append(task.found.source)
            members = ("x.docx", "y.zip") if task.found.source == "a.zip" else ("z.txt",) if task.found.source.endswith("y.zip") else ()
            result = Result(OutcomeRow(task.found.source, task.found.container, "skipped", "container", "", ""), members=members)
            yield Done(task, result, 0, Store(settings.output).put(task.key, result), 0)

    ran = batch.run(batch.find_files([tmp_path / "in"]), tmp_path / "out", book, engine=engine)
    assert sorted(seen) == ["a.zip", "a.zip!/x.docx", "a.zip!/y.zip", "a.zip!/y.zip!/z.txt", "b.txt"]
    assert ran.summary.rows["outcomes"] == 5
    (tmp_path / "out" / "outcomes.csv").unlink()
    ran = batch.run(batch.find_files([tmp_path / "in"]), tmp_path / "out", book, engine=engine)
    assert (ran.read, ran.summary.rows["outcomes"]) == (0, 5)
    (tmp_path / "in" / "a.zip").write_text("other", encoding="utf-8")
    ran = batch.run(batch.find_files([tmp_path / "in"]), tmp_path / "out", book, batch.Options(accumulate=True), engine=engine)
    assert ran.summary.rows["outcomes"] == 5
    (tmp_path / "in" / "a.zip").unlink()
    ran = batch.run(batch.find_files([tmp_path / "in"]), tmp_path / "out", book, engine=engine)
    assert ran.summary.rows["outcomes"] == 1
