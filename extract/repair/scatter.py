"""Fixer of the signs that forums scatter over a text so that it cannot be copied: % A# l6 z7 Q+ |# l! y2."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.draft import Draft

_SIGNS = "#$&^~|{}`@"
"""Signs of which a scattered run holds one at least; few texts hold any of them."""
_RUN = re.compile(r"(?<![!-~])(?:[!-~]{1,2} ){5,}[!-~]{0,2}(?![!-~])")
_SCRAPS = re.compile(" (?:[!-~]{1,2} ){4}")
"""What every run holds; it begins with one sign, so that a text is soon passed over."""
_MIXED = re.compile(r"(?<![!-~])(?:[A-Za-z][!#$%&'+;<=?@\\^_`{|}~\"\[\]:*(-]|[!#$&;?@\\^_`{|}~\"\[\]][A-Za-z0-9])(?![!-~])")
_ENOUGH = 3


def drop_scattered(draft: Draft) -> list[Edit]:
    """Runs of six or more scraps of one or two letters and signs, three of which mix both. 5% 6% 7%, A B C D, 1. 2. 3. stay."""
    if not draft.has_any(_SIGNS) or not _SCRAPS.search(draft.text):
        return []
    return [
        Edit(m.start(), m[0], "") for m in _RUN.finditer(draft.text) if len(_MIXED.findall(m[0])) >= _ENOUGH and draft.is_prose(m.start())
    ]
