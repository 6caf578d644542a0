"""A TrueType font written by hand, in which every character is a box: to embed in files as office programs do."""

from __future__ import annotations

import struct
from collections.abc import Sequence

ASCENT, DESCENT = 880, -120


def box_font(widths: Sequence[int]) -> bytes:
    """The font program of a font with glyphs of these widths, in thousandths of an em."""
    glyphs = [_box(width) for width in widths]
    places = [sum(map(len, glyphs[:1])) * i for i in range(len(glyphs) + 1)]
    tables = {
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, DESCENT, 1000, ASCENT, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, len(glyphs)),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in widths),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, len(glyphs), 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    place = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) % (1 << 32)
        directory += tag + struct.pack(">III", total, place + len(body), len(table))
        body += padded
    return directory + body


def _box(width: int) -> bytes:
    """A glyph of four corners; every one takes as many bytes."""
    outline = struct.pack(">hhhhhHH", 1, 0, DESCENT, width, ASCENT, 3, 0)
    corners = bytes([1, 1, 1, 1]) + struct.pack(">8h", 0, width, 0, -width, DESCENT, 0, ASCENT - DESCENT, 0)
    return outline + corners + bytes(-len(outline + corners) % 4)
