"""PDF files written by hand, without a library, so that tests say exactly what is drawn where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


@dataclass
class Page:
    """What is drawn on a page; places count from the top left, text by its baseline."""

    rotate: int = 0
    width: float = WIDTH
    height: float = HEIGHT
    drawn: list[str] = field(default_factory=list)
    picture: bool = False

    def text(self, x: float, y: float, text: str, size: float = 16, turn: tuple[float, float] = (1, 0)) -> None:
        """Text in a Chinese font; every Han character is `size` wide, every ASCII one half of it. turn: cosine and sine of its direction."""
        cos, sin = turn
        code = text.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F1 {size} Tf {cos} {sin} {-sin} {cos} {x} {self.height - y} Tm <{code}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"{x0} {self.height - y1} {x1 - x0} {y1 - y0} re S")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])


def pdf(*pages: Page) -> bytes:
    """A file of these pages."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>"
        " /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700"
        " /ItalicAngle 0 /StemV 80 >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream",
    ]
    for i, page in enumerate(pages):
        body = "\n".join([*page.drawn, "q 400 0 0 400 50 50 cm /I1 Do Q"] if page.picture else page.drawn)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate} /Contents {8 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(body)} >>\nstream\n{body}\nendstream")
    data = b"%PDF-1.7\n"
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{i} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return data + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
        f"startxref\n{len(data)}\n%%EOF\n"
    ).encode("ascii")


def wrapped(text: str, page: Page, y: float, size: float = 16, left: float = 78, characters: int = 27, step: float = 28) -> float:
    """Print a paragraph as GB/T 9704 sets it: two characters indented, broken at the margin; what follows stands at the height returned."""
    first = True
    while text:
        room = characters - 2 if first else characters
        line, text = text[:room], text[room:]
        page.text(left + 2 * size * first, y, line, size)
        y, first = y + step, False
    return y
