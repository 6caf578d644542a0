"""Work shared out to processes, its results in the order of the items; a worker that dies costs one item."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Done = TypeVar("Done")

_CHUNK = 8


def spread(
    items: Sequence[Item], work: Callable[[Item], Done], jobs: int, start: Callable[..., None], arguments: tuple[Any, ...]
) -> Iterator[Done | None]:
    """`work(item)` for each item by `jobs` processes, each of which has called `start(*arguments)` first.

    The results come in the order of the items; None where the process died over that item.
    """
    place = 0
    while place < len(items):
        try:
            for done in _pooled(items[place:], work, jobs, _CHUNK, start, arguments):
                yield done
                place += 1
        except BrokenProcessPool:
            # One of the items in hand killed its process. One process that takes them singly shows which.
            in_hand = items[place : place + 2 * jobs * _CHUNK]
            try:
                for done in _pooled(in_hand, work, 1, 1, start, arguments):
                    yield done
                    place += 1
            except BrokenProcessPool:
                yield None
                place += 1


def _pooled(
    items: Sequence[Item], work: Callable[[Item], Done], jobs: int, chunk: int, start: Callable[..., None], arguments: tuple[Any, ...]
) -> Iterator[Done]:
    # Spawned, not forked: a fork copies whatever threads of the parent held at that moment.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(start, arguments)) as pool:
        yield from pool.map(work, items, chunksize=chunk)


def _begin(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which stops the others
    start(*arguments)
