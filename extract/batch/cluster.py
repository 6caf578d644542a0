"""The same work on a Ray cluster: documents by the shard, results as immutable objects on storage that all machines share.

A shard's results are one object, named by what they were made from and by what they are; a small marker beside it says that it is whole.
Nothing is renamed and nothing appended to, so that object stores serve as well as folders. A machine that is lost costs the shards that it
had in hand, which are made again elsewhere; a shard that is made twice is the same bytes twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.batch.store import Store
from extract.batch.worker import Done, Settings, Task
from extract.batch.workers import Pool, Take
from extract.errors import ExtractError, RuleError, WriteError
from extract.limits import Limits
from extract.write import Place, Result, pack, unpack

if TYPE_CHECKING:
    from extract.batch.run import Engine

SHARD = 200
"""Documents of a shard: some seconds of work, so that starting it costs little, and little is lost with it."""
TRIES = 3
"""How often a shard is made again whose machine or process is lost."""
_HEAD = 72


class Storage:
    """Objects below a folder or an address (s3://, gs://, hdfs://, file://) that all machines can reach."""

    def __init__(self, address: str) -> None:
        from pyarrow import fs

        if "://" not in address:
            address = Path(address).absolute().as_uri()
        try:
            self._files, self._root = fs.FileSystem.from_uri(address)
        except (OSError, ValueError) as error:
            raise WriteError(f"{address}: cannot be used as storage: {error}") from error
        self._info = fs.FileType

    def write(self, name: str, data: bytes) -> None:
        """Write an object, whole or not at all as far as the storage gives that; markers tell for those that do not."""
        path = f"{self._root}/{name}"
        self._files.create_dir(path.rpartition("/")[0], recursive=True)
        with self._files.open_output_stream(path) as stream:
            stream.write(data)

    def read(self, name: str) -> bytes | None:
        """An object's bytes, None where there is none."""
        path = f"{self._root}/{name}"
        if self._files.get_file_info(path).type != self._info.File:
            return None
        with self._files.open_input_stream(path) as stream:
            return bytes(stream.read())


def ray_engine(storage: str, *, shard: int = SHARD) -> Engine:
    """An engine that runs on the Ray cluster of `RAY_ADDRESS`, or on one started here where that is not set.

    `storage`: where shards are kept. The inputs must lie under the same paths on all machines, and Taizhang be installed there.
    Raises ExtractError (code `no_cluster`) where there is no Ray, or none that answers.
    """

    def engine(settings: Settings, _jobs: int, take: Take) -> Iterator[Done]:
        place = Storage(storage)
        ray = _started()
        limits, rules = settings.limits, _contents(settings.rules)
        convert = ray.remote(num_cpus=1, max_retries=TRIES, retry_exceptions=[OSError], scheduling_strategy="SPREAD")(convert_shard)
        most = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))
        book = ray.put(rules)
        running: dict[Any, list[Task]] = {}
        ready: deque[list[Task]] = deque()
        while True:
            while len(running) < most and (tasks := ready.popleft() if ready else _next(take, shard)):
                kept = _kept(place, tasks)
                if kept is None:
                    place.write(f"{_name(tasks)}.manifest", _listed(tasks))
                    running[convert.remote(storage, tasks, book, limits)] = tasks
                    continue
                yield from _settled(tasks, kept, {}, settings)
                if missing := [task for task in tasks if task.key not in kept]:
                    ready.append(missing)
            if not running:
                return
            (first, *_), _ = ray.wait(list(running), num_returns=1)
            tasks = running.pop(first)
            failures = _answer(ray, first)
            yield from _settled(tasks, _kept(place, tasks) or {}, failures, settings)

    return engine


def convert_shard(storage: str, tasks: Sequence[Task], rules: Mapping[str, bytes], limits: Limits) -> dict[str, bytes]:
    """Convert the documents of a shard on the machine where this is called, and write their results to the storage.

    Returns, packed by key, the failures that may pass, of which nothing is kept. The documents run in a worker process of their own, with
    the limits of any run.
    """
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        here = Path(folder)
        for name, content in rules.items():
            path = here / "rules" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        place = Place(here / "out")
        store = Store(place.folder)
        waiting = deque(tasks)
        pool = Pool(Settings(here / "rules", limits, place.folder), 1, lambda: waiting.popleft() if waiting else None)
        passing = {done.task.key: pack(done.result) for done in pool.results() if not done.size}
        kept = [(task.key, store.path(task.key).read_bytes()) for task in tasks if task.key not in passing]
    data = b"".join(key.encode() + len(packed).to_bytes(8) + packed for key, packed in kept)
    digest = hashlib.sha256(data).hexdigest()
    objects = Storage(storage)
    objects.write(f"{_name(tasks)}-{digest}.shard", data)
    objects.write(f"{_name(tasks)}.done", digest.encode())
    return passing


def _started() -> Any:
    try:
        import ray
    except ImportError as error:
        raise ExtractError("--engine ray needs Ray: pip install 'taizhang[ray]'", code="no_cluster") from error
    if not ray.is_initialized():
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise ExtractError(
                f"the Ray cluster at {os.environ.get('RAY_ADDRESS', 'this machine')} does not answer: {error}", code="no_cluster"
            ) from error
    return ray


def _answer(ray: Any, running: Any) -> dict[str, bytes]:
    try:
        passing: dict[str, bytes] = ray.get(running)
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        if isinstance(cause, RuleError | WriteError):
            raise cause from error
        raise ExtractError(f"a shard failed on the cluster: {cause}", code="no_cluster") from error
    except ray.exceptions.RayError as error:
        raise ExtractError(f"a shard was lost {TRIES + 1} times on the cluster: {error}", code="no_cluster") from error
    return passing


def _next(take: Take, shard: int) -> list[Task]:
    tasks: list[Task] = []
    while len(tasks) < shard and (task := take()) is not None:
        found = task.found._replace(path=str(Path(task.found.path).absolute()))
        tasks.append(task._replace(found=found))
    return tasks


def _name(tasks: Sequence[Task]) -> str:
    """What a shard is called: by the keys of its documents, which say all that its results depend on."""
    return hashlib.sha256("".join(task.key for task in tasks).encode()).hexdigest()


def _listed(tasks: Sequence[Task]) -> bytes:
    lines = (json.dumps([task.key, task.digest, task.found.source, task.found.path], ensure_ascii=False) + "\n" for task in tasks)
    return "".join(lines).encode("utf-8", "replace")


def _kept(storage: Storage, tasks: Sequence[Task]) -> dict[str, bytes] | None:
    """The packed results of a shard by key, None where it is not there or not whole."""
    digest = storage.read(f"{_name(tasks)}.done")
    data = storage.read(f"{_name(tasks)}-{digest.decode()}.shard") if digest else None
    if data is None or digest is None or hashlib.sha256(data).hexdigest().encode() != digest:
        return None
    found = {}
    place = 0
    while place < len(data):
        start = place + _HEAD
        end = start + int.from_bytes(data[place + 64 : start])
        found[data[place : place + 64].decode()] = data[start:end]
        place = end
    return found


def _settled(tasks: Sequence[Task], kept: Mapping[str, bytes], failures: Mapping[str, bytes], settings: Settings) -> Iterator[Done]:
    """The results of a shard, taken into the output's own store."""
    store = Store(settings.output)
    for task in tasks:
        packed = kept.get(task.key) or failures.get(task.key)
        result: Result | None = unpack(packed) if packed else None
        if packed is None or result is None:
            continue
        size = store.put_packed(task.key, packed) if task.key in kept else 0
        yield Done(task, result._replace(text=b"", lines={}), 0.0, size, 0)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yml"))}
