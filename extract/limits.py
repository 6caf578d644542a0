"""What one document may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document; a document beyond one of them fails, and no other does.

    seconds: time to convert it.   memory: MiB that its process may have resident.   size: MiB of the file.   pages: pages of it.
    expansion: MiB that a packed file may unpack to.   nesting: archives within archives.
    """

    seconds: float = 120.0
    memory: int = 1400
    size: int = 256
    pages: int = 3000
    expansion: int = 1024
    nesting: int = 3

    def reading(self) -> tuple[int, ...]:
        """Those that decide what a document gives, whatever machine reads it: they are part of what a result is kept by."""
        return self.size, self.pages, self.expansion, self.nesting
