"""What is made of the rules, kept from one process to the next, as Python keeps its modules: compiling the patterns that a document needs takes
half a second, reading the files a tenth.

It is kept where Python keeps the bytecode of this package, by the same rights and switches (PYTHONDONTWRITEBYTECODE, PYTHONPYCACHEPREFIX): who
may write there may change our code as well. Where nothing can be read or kept, all is made as ever.
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

_PLACE = Path(cache_from_source(str(Path(__file__).with_name("rules.py")))).with_suffix(".pickle")
_MADE_BY = f"{regex.__version__} {sys.version} {sys.byteorder}".encode()
_DIGEST = 32
_MOST = 8 << 20
"""Bytes above which what is kept is thrown away: what was made of rules that have changed stays in it."""

_new: dict[str, Any] = {}
"""What this process has made since it kept anything last, by key."""


def compiled(source: str, lists: Mapping[str, frozenset[str]]) -> regex.Pattern[str]:
    """The pattern of a rule, or of words of the rules, with the named lists that it uses. Raises regex.error where it is none."""
    pattern: regex.Pattern[str] | None = recalled(source)
    if pattern is None or pattern.named_lists != lists:
        named: dict[str, Any] = dict(lists)
        pattern = regex.compile(source, regex.VERSION1, **named)
        remember(source, pattern)
    return pattern


def recalled(key: str) -> Any:
    """What is kept by a key, made anew for each who asks; None where there is nothing. A key tells all that its value is made of."""
    kept = _kept().get(key)
    return None if kept is None else pickle.loads(kept)  # noqa: S301  our own, see above


def remember(key: str, value: Any) -> None:
    """Hold a value, which must not change any more, until `keep` is called."""
    if not sys.dont_write_bytecode:
        _new[key] = value


def keep() -> None:
    """Keep what was made since this was called last, for other processes; to be called when a document is done."""
    if not _new:
        return
    made = {key: pickle.dumps(value) for key, value in _new.copy().items()}
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
    """What is kept, each value for itself; nothing where another version made it or it is damaged."""
    try:
        data = _PLACE.read_bytes()
    except OSError:
        return {}
    digest, content = data[:_DIGEST], data[_DIGEST:]
    return pickle.loads(content) if digest == _digest(content) else {}  # noqa: S301  our own, see above


def _digest(content: bytes) -> bytes:
    return blake2b(content, key=blake2b(_MADE_BY).digest(), digest_size=_DIGEST).digest()
