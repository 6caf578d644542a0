"""Pages as a scanner gives them: text set by Pillow at 200 dpi, turned a little, with a seal printed over it."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 200
WIDTH, HEIGHT = 1654, 2339
"""Pixels of A4 at 200 dpi."""
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
"""The font of Debian's fonts-noto-cjk."""
_LEFT, _TOP, _ROOM = 200, 200, 1254
_NEVER_FIRST = "，。；：、！？）》」』】〕”’%％"


def _font(points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), round(points * DPI / 72), index=2)


def wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """The printed lines of a paragraph; marks that may not open a line hang in the margin of the one before."""
    lines = [""]
    for char in text:
        if lines[-1] and font.getlength(lines[-1] + char) > room and char not in _NEVER_FIRST:
            lines.append("")
        lines[-1] += char
    return lines


class Sheet:
    """One page while it is printed."""

    def __init__(self, points: float = 14) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.draw = ImageDraw.Draw(self.image)
        self.y = _TOP
        self._font = _font(points)
        self._step = round(1.75 * points * DPI / 72)

    def title(self, text: str, points: float = 22, ink: str = "black") -> None:
        font = _font(points)
        self.draw.text(((WIDTH - font.getlength(text)) / 2, self.y), text, ink, font)
        self.y += round(2.2 * points * DPI / 72)

    def paragraph(self, text: str) -> bool:
        """Print a paragraph; False where the page has no room for it."""
        lines = wrapped("\u3000\u3000" + text, self._font, _ROOM)
        if self.y + len(lines) * self._step > HEIGHT - 200:
            return False
        for line in lines:
            self.draw.text((_LEFT, self.y), line, (20, 20, 20), self._font)
            self.y += self._step
        return True

    def table(self, widths: Sequence[int], rows: Sequence[Sequence[str]], points: float = 11) -> None:
        """A ruled table; `widths` are those of its columns, in pixels."""
        font, step, pad = _font(points), round(1.5 * points * DPI / 72), 12
        xs = [_LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        top = self.y
        for row in rows:
            cells = [wrapped(text, font, width - 2 * pad) for text, width in zip(row, widths, strict=True)]
            self.draw.line((xs[0], self.y, xs[-1], self.y), "black", 3)
            for x, lines in zip(xs, cells, strict=False):
                for i, line in enumerate(lines):
                    self.draw.text((x + pad, self.y + pad + i * step), line, "black", font)
            self.y += max(map(len, cells)) * step + 2 * pad
        self.draw.line((xs[0], self.y, xs[-1], self.y), "black", 3)
        for x in xs:
            self.draw.line((x, top, x, self.y), "black", 3)
        self.y += step

    def seal(self, x: int, y: int, name: str) -> None:
        """A round red seal of 42 mm about a place, as on signatures (GB/T 9704); what is under it stays dark."""
        size = round(42 / 25.4 * DPI)
        ink = Image.new("RGB", (size, size), "white")
        draw = ImageDraw.Draw(ink)
        red = (214, 36, 40)
        draw.ellipse((4, 4, size - 4, size - 4), outline=red, width=9)
        star = [
            (size / 2 + r * math.sin(i * math.pi / 5), size / 2 - r * math.cos(i * math.pi / 5))
            for i in range(10)
            for r in [0.2 * size if i % 2 == 0 else 0.08 * size]
        ]
        draw.polygon(star, fill=red)
        font = _font(13)
        for i, char in enumerate(name):
            turn = (i - (len(name) - 1) / 2) * 28
            one = Image.new("L", (60, 60))
            ImageDraw.Draw(one).text((12, 6), char, 255, font)
            angle = math.radians(turn)
            at = (round(size / 2 + 0.38 * size * math.sin(angle)) - 30, round(size / 2 - 0.38 * size * math.cos(angle)) - 30)
            ink.paste(red, at, one.rotate(-turn))
        corner = (x - size // 2, y - size // 2)
        under = self.image.crop((*corner, corner[0] + size, corner[1] + size))
        self.image.paste(Image.composite(under, ink, under.convert("L").point(lambda level: 255 if level < 128 else 0)), corner)

    def scanned(self, degrees: float = 0.0) -> Image.Image:
        """The page as it comes from the glass: turned, grey where the paper is."""
        return self.image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white").point(lambda level: min(level, 246))


def saved(images: Sequence[Image.Image], kind: str = "PNG") -> bytes:
    """The file that holds the images, as PNG, JPEG, TIFF or PDF; the last two hold several."""
    stream = io.BytesIO()
    images = [image.copy() for image in images]  # Pillow keeps what one encoder was told for the next
    more: dict[str, object] = {"save_all": True, "append_images": images[1:]} if kind in ("TIFF", "PDF") else {}
    more |= {"resolution": DPI} if kind == "PDF" else {"dpi": (DPI, DPI)}
    images[0].save(stream, kind, **more)
    return stream.getvalue()
