"""What one document may cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; a document beyond one of them fails, and no other does.

    seconds: time to convert it.   memory: MiB that its process may have resident.   size: MiB of the file.   pages: pages of it.
    expansion: MiB that a packed file may unpack to.   nesting: archives within archives.
    """

    seconds: float = 300.0
    memory: int = 1400
    size: int = 256
    pages: int = 3000
    expansion: int = 1024
    nesting: int = 3

    def reading(self) -> tuple[int, ...]:
        """Those that decide what a document gives, whatever machine reads it: they are part of what a result is kept by."""
        return self.size, self.pages, self.expansion, self.nesting


_DEFAULT = Limits()
_CURRENT = ContextVar("limits", default=_DEFAULT)


def current() -> Limits:
    """The limits of the document that is being read: whatever opens pages, parts or archives asks here, and hands nothing on."""
    return _CURRENT.get()


@contextmanager
def applied(limits: Limits) -> Iterator[None]:
    """Reads documents with these limits."""
    token = _CURRENT.set(limits)
    try:
        yield
    finally:
        _CURRENT.reset(token)
