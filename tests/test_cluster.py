"""A run on a Ray cluster of two nodes, one of them lost on the way: the same bytes as here."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest

from extract import batch
from extract.batch.cluster import Storage, ray_engine
from extract.errors import WriteError
from extract.limits import Limits
from tests.notices import fill
from tests.test_batch import here, written
from tests.test_soak import LONG, report

if TYPE_CHECKING:
    from pathlib import Path

    from extract.batch.find import Found
    from extract.batch.worker import Done
    from extract.rulebook import Rulebook

ray = pytest.importorskip("ray", reason="the package ray is not installed")


def test_a_node_is_lost_during_a_run(tmp_path: Path, book: Rulebook) -> None:
    from ray.cluster_utils import Cluster

    count = 400 if LONG else 40
    fill(tmp_path / "in", count)
    found = batch.find_files([tmp_path / "in"])
    batch.run(found, tmp_path / "local", book, batch.Options(), engine=here(book))
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 80 << 20})
    lost = []
    try:
        other = cluster.add_node(num_cpus=1, object_store_memory=80 << 20)
        ray.init(address=cluster.address, log_to_driver=False, logging_level=logging.ERROR)
        seen = 0

        def lose(_found: Found, _done: Done | None) -> None:
            nonlocal seen
            seen += 1
            if seen > count // 4 and not lost:
                lost.append(seen)
                threading.Thread(target=cluster.remove_node, args=(other, False)).start()

        begin = time.monotonic()
        engine = ray_engine(str(tmp_path / "shared"), shard=count // 8)
        ran = batch.run(found, tmp_path / "ray", book, batch.Options(), engine=engine, report=lose)
        seconds = time.monotonic() - begin
        assert lost
        assert ran.read == count
        assert written(tmp_path / "ray") == written(tmp_path / "local")
        done = len(list((tmp_path / "shared").glob("*.done")))
        assert done >= 8
        again = batch.run(found, tmp_path / "again", book, batch.Options(), engine=ray_engine(str(tmp_path / "shared"), shard=count // 8))
        assert again.read == count
        assert written(tmp_path / "again") == written(tmp_path / "local")
        assert len(list((tmp_path / "shared").glob("*.done"))) == done  # nothing was made again
    finally:
        ray.shutdown()
        cluster.shutdown()
    report(test="ray", files=count, lost_after=lost[0], seconds=round(seconds, 1), shards=done)


def test_what_may_pass_is_not_kept(tmp_path: Path, book: Rulebook) -> None:
    """A shard without what failed for the moment; without a cluster, since the function is the same."""
    from extract.batch.base import fingerprint
    from extract.batch.cluster import _contents, _kept, convert_shard
    from extract.batch.one import digest
    from extract.batch.store import key
    from extract.batch.worker import Task

    fill(tmp_path / "in", 3)
    tasks = []
    for one in batch.find_files([tmp_path / "in"]):
        content = digest(one, Limits())
        tasks.append(Task(one, content, key(content, one.source, fingerprint(book.folder, Limits()))))
    tasks[1] = tasks[1]._replace(digest="0" * 64)  # as if it had changed
    passing = convert_shard(str(tmp_path / "shared"), tasks, _contents(book.folder), Limits())
    assert set(passing) == {tasks[1].key}
    kept = _kept(Storage(str(tmp_path / "shared")), tasks)
    assert kept is not None
    assert set(kept) == {tasks[0].key, tasks[2].key}
    (shard,) = (tmp_path / "shared").glob("*.shard")
    shard.write_bytes(shard.read_bytes()[:-1])
    assert _kept(Storage(str(tmp_path / "shared")), tasks) is None


def test_storage_that_cannot_be_used() -> None:
    with pytest.raises(WriteError, match="cannot be used as storage"):
        Storage("nowhere://here")
