"""Patterns that are kept compiled: read back they find what they found, and where nothing can be read back they are compiled as ever."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.rulebook import kept
from extract.rulebook.kept import compiled, keep
from extract.rulebook.load import _read_yaml
from tests.conftest import ROOT

SOURCE = r"(?P<verb>\L<verbs>)(?P<what>\p{Han}+)"
VERBS = {"verbs": frozenset({"新建", "修复"})}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where patterns are kept, with one in it; nothing of it is known to this process yet."""
    place = tmp_path / "cache" / "patterns.pickle"
    monkeypatch.setattr(kept, "_PLACE", place)
    monkeypatch.setattr(kept, "_new", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept._kept.cache_clear()
    compiled(SOURCE, VERBS)
    keep()
    kept._kept.cache_clear()
    yield place
    kept._kept.cache_clear()


def test_what_is_kept_is_not_compiled_again(place: Path) -> None:
    pattern = compiled(SOURCE, VERBS)
    found = pattern.search("拟修复管网")
    assert found is not None
    assert found.groupdict() == {"verb": "修复", "what": "管网"}
    assert not kept._new
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.usefixtures("place")
def test_other_words_make_another_pattern() -> None:
    assert compiled(SOURCE, {"verbs": frozenset({"拆除"})}).search("拆除围挡")
    assert SOURCE in kept._new


@pytest.mark.usefixtures("place")
def test_what_others_have_kept_meanwhile_stays() -> None:
    compiled(r"\p{Han}", {})
    keep()
    kept._kept.cache_clear()
    assert set(kept._kept()) == {SOURCE, r"\p{Han}"}


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data[:50] + b"?" + data[51:], lambda _: b""])
def test_what_is_damaged_is_compiled_anew(place: Path, harm: Callable[[bytes], bytes]) -> None:
    place.write_bytes(harm(place.read_bytes()))
    assert compiled(SOURCE, VERBS).search("拟修复管网")
    keep()
    kept._kept.cache_clear()
    assert set(kept._kept()) == {SOURCE}


@pytest.mark.usefixtures("place")
def test_what_another_version_kept_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MADE_BY", b"another")
    assert not kept._kept()


def test_nothing_is_kept_where_bytecode_is_not_either(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = place.read_bytes()
    compiled(r"\p{Han}", {})
    keep()
    assert place.read_bytes() == before


def test_a_place_that_cannot_be_written_costs_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_PLACE", place / "no" / "folder")
    compiled(r"\p{Han}", {})
    keep()
    assert not kept._new


def test_a_full_disk_leaves_what_was_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "no space left on device")

    before = place.read_bytes()
    monkeypatch.setattr(Path, "write_bytes", full)
    compiled(r"\p{Han}", {})
    keep()
    assert list(place.parent.iterdir()) == [place]
    assert place.read_bytes() == before


@pytest.mark.usefixtures("place")
def test_what_grew_too_large_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 100)
    compiled(r"\p{Han}", {})
    keep()
    kept._kept.cache_clear()
    assert set(kept._kept()) == {r"\p{Han}"}


def test_processes_that_keep_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    """One may lose what another keeps, but none reads half of it or finds what it did not make."""
    script = (
        "import sys; from extract.rulebook.kept import _kept, compiled, keep\n"
        "for number in range(40):\n"
        "    source = f'{sys.argv[1]}{number}'; compiled(source, {}); keep(); _kept.cache_clear()\n"
        "    assert _kept(), number\n"
        "    assert all(compiled(key, {}).fullmatch(key) for key in _kept())\n"
    )
    env = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    writers = [subprocess.Popen([sys.executable, "-c", script, name], env=env) for name in "abc"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    (left,) = tmp_path.rglob("rules.*pickle*")
    assert left.suffix == ".pickle"


def test_changed_rules_are_read_anew(place: Path, tmp_path: Path) -> None:
    lookup = tmp_path / "verbs.yml"
    for words in ("[新建]", "[新建, 修复]"):
        lookup.write_text(f"about: verbs\nentries: {words}\n", encoding="utf-8")
        read = [_read_yaml(lookup)["entries"]]
        keep()
        kept._kept.cache_clear()
        read.append(_read_yaml(lookup)["entries"])
        assert read == [words.strip("[]").split(", ")] * 2
    assert list(place.parent.iterdir()) == [place]


def test_a_second_process_compiles_nothing_anew(tmp_path: Path) -> None:
    """Sources may not depend on the order of sets, which differs from process to process."""
    script = (
        "import sys; from pathlib import Path; import extract; from extract.rulebook import kept\n"
        "known = len(kept._kept()); extract.convert(Path(sys.argv[1])); print(known, len(kept._read()))"
    )
    sample = ROOT / "samples" / "s09_hedao_jiyao.txt"

    def run(seed: str) -> list[int]:
        env = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "", "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", script, str(sample)], capture_output=True, text=True, check=True, env=env)
        return [int(number) for number in done.stdout.split()]

    (none, kept_first), (known, kept_then) = run("1"), run("2")
    assert none == 0 < kept_first == known == kept_then
