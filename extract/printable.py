"""Text that a terminal or a table may show: what would act on it is spelled out."""

from __future__ import annotations

import re

_ACTS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Control characters (escapes, line ends), marks that turn the direction of writing and lone surrogates as backslash escapes."""
    return _ACTS.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
