"""Work by several processes."""

from __future__ import annotations

import os
import signal

from extract.workers import spread

_begun: list[int] = []


def begin(number: int) -> None:
    _begun.append(number)


def double(item: int) -> int:
    if item in (5, 11):
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2 + _begun[0]


def test_results_come_in_order_and_a_dead_process_costs_its_item() -> None:
    assert list(spread(range(20), double, 2, begin, (100,))) == [None if item in (5, 11) else item * 2 + 100 for item in range(20)]
