"""Taizhang: Chinese government notices and minutes to normalized tables.

convert(path or bytes) reads one document; find_quantities(text) and find_dates(text) read values alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["convert", "find_dates", "find_quantities"]

if TYPE_CHECKING:
    from extract.api import convert
    from extract.values import find_dates, find_quantities

_HOMES = {"convert": "extract.api", "find_dates": "extract.values", "find_quantities": "extract.values"}


def __getattr__(name: str) -> Any:
    """The public functions, loaded when they are first asked for: `import extract` itself costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
