"""Files into their place: all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.errors import WriteError
from extract.write import Place
from extract.write.publish import STATE

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = {"a.csv": b"1", "b.csv": b"1", "extra.csv": b"1", "texts/" + "0" * 16 + ".txt": b"1", "texts/" + "1" * 16 + ".txt": b"1"}
NEW = {"a.csv": b"2", "b.csv": b"1", "c.csv": b"2", "texts/" + "1" * 16 + ".txt": b"2", "texts/" + "2" * 16 + ".txt": b"2"}


def publish(folder: Path, content: dict[str, bytes], before: dict[str, bytes]) -> None:
    place = Place(folder)
    place.recover()
    staging = place.begin()
    for name, data in content.items():
        (staging / name).write_bytes(data)
    for name in ("datapackage.json", f"{STATE}/manifest.jsonl"):
        (staging / name).write_bytes(content["a.csv"])
    texts = [Path(name).name for name in content if "/" in name]
    place.commit(texts, [name for name in before if "/" not in name])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def whole(content: dict[str, bytes]) -> dict[str, bytes]:
    return content | {"datapackage.json": content["a.csv"], f"{STATE}/manifest.jsonl": content["a.csv"]}


class Crash(BaseException):
    """The end of a process, at an operation on a file."""


def test_what_is_published_is_all_there_is(tmp_path: Path) -> None:
    publish(tmp_path, OLD, {})
    assert files(tmp_path) == whole(OLD)
    kept = (tmp_path / "b.csv").stat()
    publish(tmp_path, NEW, OLD)
    assert files(tmp_path) == whole(NEW)
    assert (tmp_path / "b.csv").stat().st_ino == kept.st_ino


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    publish(tmp_path, OLD, {})
    for name in ("mine.csv", "texts/notes.txt"):
        (tmp_path / name).write_bytes(b"mine")
    publish(tmp_path, NEW, OLD)
    assert files(tmp_path) == whole(NEW) | {"mine.csv": b"mine", "texts/notes.txt": b"mine"}


def test_a_crash_anywhere_leaves_the_old_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for operation in range(100):
        folder = tmp_path / str(operation)
        publish(folder, OLD, {})
        left = operation

        def counted(method: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **more: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    raise Crash
                return method(*arguments, **more)

            return call

        with monkeypatch.context() as patched:
            for name in ("replace", "unlink", "write_bytes", "write_text", "mkdir"):
                patched.setattr(Path, name, counted(getattr(Path, name)))
            try:
                publish(folder, NEW, OLD)
                assert operation > 10
                break
            except Crash:
                pass
        Place(folder).recover()
        state = files(folder)
        assert state in (whole(OLD), whole(NEW)), operation
        seen.add(state["a.csv"])
        publish(folder, NEW, OLD)
        assert files(folder) == whole(NEW)
    else:
        pytest.fail("it never came to an end")
    assert seen == {b"1", b"2"}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="file: cannot write here"):
        Place(tmp_path / "file")
