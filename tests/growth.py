"""How the time of a call grows with the length of what it reads."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

SQUARE = 30
"""From here on, the growth is rather by the square (100) than in proportion (10), whatever else the machine does."""


def growth(read: Callable[[str], object], unit: str) -> float:
    """How many times longer ten times as much takes: about 10 where time is in proportion, 100 where it is not.

    The least of a few tries counts, without the collection of garbage, since other work on the machine only adds to a measure.
    """
    short, long = (unit * (size // len(unit)) for size in (20_000, 200_000))
    least = float("inf")
    for _ in range(4):
        least = min(least, _seconds(read, long) / max(_seconds(read, short), _seconds(read, short), 0.01))
        if least < SQUARE / 2:
            break
    return least


def _seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()
    begin = time.process_time()
    try:
        read(text)
        return time.process_time() - begin
    finally:
        gc.enable()
