"""Patterns of the rules, kept compiled from one process to the next, as Python keeps its modules: a document needs half a second of compiling.

They are kept where Python keeps the bytecode of this module, by the same rights and switches (PYTHONDONTWRITEBYTECODE, PYTHONPYCACHEPREFIX): who
may write there may change our code as well. Where nothing can be read or kept, patterns are compiled as ever.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import regex

_PLACE = Path(cache_from_source(str(Path(__file__).with_name("patterns.py")))).with_suffix(".pickle")
_MADE_BY = f"{regex.__version__} {sys.version} {sys.byteorder}".encode()
_DIGEST = 32
_MOST = 8 << 20
"""Bytes above which what is kept is thrown away: patterns of rules that were changed stay in it."""

_new: dict[str, regex.Pattern[str]] = {}
"""What this process has compiled since it kept patterns last, by source."""


def compiled(source: str, lists: Mapping[str, frozenset[str]]) -> regex.Pattern[str]:
    """The pattern of a rule, or of words of the rules, with the named lists that it uses. Raises regex.error where it is none."""
    kept = _kept().get(source)
    pattern: regex.Pattern[str] | None = pickle.loads(kept) if kept else None  # noqa: S301  our own, see above
    if pattern is None or pattern.named_lists != lists:
        named: dict[str, Any] = dict(lists)
        pattern = _new[source] = regex.compile(source, regex.VERSION1, **named)
    return pattern


def keep() -> None:
    """Keep what was compiled since this was called last, for other processes; to be called when a document is done."""
    if not _new or sys.dont_write_bytecode:
        return
    made = {source: pickle.dumps(pattern) for source, pattern in _new.copy().items()}
    _new.clear()
    content = pickle.dumps(_read() | made)  # others may have kept theirs meanwhile
    if len(content) > _MOST:
        content = pickle.dumps(made)
    beside = _PLACE.with_name(f"{_PLACE.name}.{os.getpid()}")
    with suppress(OSError):
        _PLACE.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(_digest(content) + content)
            beside.replace(_PLACE)
        finally:
            beside.unlink(missing_ok=True)  # the disk may be full


@cache
def _kept() -> Mapping[str, bytes]:
    return _read()


def _read() -> dict[str, bytes]:
    """What is kept, each pattern for itself; nothing where another version made it or it is damaged."""
    try:
        data = _PLACE.read_bytes()
    except OSError:
        return {}
    digest, content = data[:_DIGEST], data[_DIGEST:]
    return pickle.loads(content) if digest == _digest(content) else {}  # noqa: S301  our own, see above


def _digest(content: bytes) -> bytes:
    return blake2b(content, key=blake2b(_MADE_BY).digest(), digest_size=_DIGEST).digest()
