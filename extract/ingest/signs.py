"""The signs of fonts that have signs in place of letters, which stand in the private area of Unicode: list marks, boxes to tick, circled numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_WINGDINGS: Mapping[int, str] = MappingProxyType(
    {
        **dict(zip((0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x75, 0x77, 0x9E, 0x9F, 0xA7, 0xA8, 0xD8, 0xDC), "●■□❑❒◆⬥·•▪□➢➲", strict=True)),
        **dict(zip((0xFB, 0xFC, 0xFD, 0xFE, 0x52, 0xE0, 0xE8, 0xF0, 0xAB), "✗✓☒☑☑→➔⇨★", strict=True)),
        **{0x80 + number: sign for number, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
    }
)
_SYMBOL: Mapping[int, str] = MappingProxyType(
    dict(
        zip(
            (0x2D, 0x61, 0x62, 0x67, 0x6D, 0xA2, 0xA3, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xCE, 0xD7, 0xDE),
            "−αβγμ′≤°±″≥×•÷≠≈…∈⋅⇒",
            strict=True,
        )
    )
)
_ANY = MappingProxyType({**_SYMBOL, **_WINGDINGS})
PRIVATE = 0xF000
"""Where a font's places begin in the private area."""
_PLACED = re.compile("[\uf020-\uf0ff]")


def sign_of(font: str, place: int) -> str:
    """The sign at a place (0 to 255) of a font of signs, "" where none is known. Programs may put a font of their own for Wingdings and
    Symbol alike; then both are looked through, the list marks of Wingdings first."""
    name = font.lower()
    return (_WINGDINGS if name.startswith("wingdings") else _SYMBOL if name.startswith("symbol") else _ANY).get(place, "")


def with_signs(text: str, font_at: Callable[[int], str]) -> str:
    """A text with the signs in place of the characters of the private area that stand for them. `font_at`: the font of the character at an
    index."""
    return _PLACED.sub(lambda found: sign_of(font_at(found.start()), ord(found[0]) - PRIVATE) or found[0], text)
