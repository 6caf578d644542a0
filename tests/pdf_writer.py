"""PDF files written by hand, without a library, so that tests say exactly what is drawn where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.box_font import box_font

WIDTH, HEIGHT = 595.0, 842.0
_FIRST = 13
"""The number of the first page's object."""


@dataclass(frozen=True)
class _Text:
    """Text that waits for its codes: those of the embedded font are given out when the file is made."""

    before: str
    text: str
    coded: bool

    def show(self, codes: dict[str, int]) -> str:
        code = self.text if self.coded else "".join(f"{codes.setdefault(char, len(codes) + 1):04x}" for char in self.text)
        return f"{self.before} <{code}> Tj ET"


@dataclass
class Page:
    """What is drawn on a page; places count from the top left, text by its baseline."""

    rotate: int = 0
    width: float = WIDTH
    height: float = HEIGHT
    drawn: list[str | _Text] = field(default_factory=list)
    picture: bool = False

    def text(
        self, x: float, y: float, text: str, size: float = 16, turn: tuple[float, float] = (1, 0), font: str = "F1", mode: int = 0
    ) -> None:
        """Text in a font of the file; every Han character is `size` wide, every ASCII one half of it. turn: cosine and sine of its
        direction.   font: F0 for one that is not embedded, F2 for a bold one.   mode: 2 to draw the outlines of characters too."""
        cos, sin = turn
        coded = font == "F0"
        code = text.encode("utf-16-be").hex() if coded else text
        self.drawn.append(_Text(f"BT /{font} {size} Tf {mode} Tr {cos} {sin} {-sin} {cos} {x} {self.height - y} Tm", code, coded))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"{x0} {self.height - y1} {x1 - x0} {y1 - y0} re S")

    def ground(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A white ground without an outline, as Word draws behind shaded text."""
        self.drawn.append(f"q 1 1 1 rg {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f Q")

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])


def pdf(*pages: Page, catalog: str = "") -> bytes:
    """A file of these pages. catalog: more entries of its catalog. Its embedded font has a box for every character."""
    codes: dict[str, int] = {}
    bodies = []
    for page in pages:
        drawn = [item if isinstance(item, str) else item.show(codes) for item in page.drawn]
        bodies.append("\n".join([*drawn, "q 400 0 0 400 50 50 cm /I1 Do Q"] if page.picture else drawn))
    widths = [500 if char.isascii() else 1000 for char in codes]
    unicodes = "\n".join(f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items())
    cmap = f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar {unicodes} endbfchar endcmap"
    font = box_font([0, *widths]).hex()
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{_FIRST + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>"
        " /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700"
        " /ItalicAngle 0 /StemV 80 >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Boxes /Encoding /Identity-H /DescendantFonts [8 0 R] /ToUnicode 11 0 R >>",
        _boxes("AAAAAA+Boxes", widths),
        "<< /Type /FontDescriptor /FontName /AAAAAA+Boxes /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /CapHeight 700"
        " /ItalicAngle 0 /StemV 80 /FontFile2 10 0 R >>",
        _stream(font, f"/Filter /ASCIIHexDecode /Length1 {len(font) // 2}"),
        _stream(cmap),
        "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Boxes-Bold /Encoding /Identity-H /ToUnicode 11 0 R"
        f" /DescendantFonts [{_boxes('AAAAAA+Boxes-Bold', widths)}] >>",
    ]
    for i, (page, body) in enumerate(zip(pages, bodies, strict=True)):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate} /Contents {_FIRST + 1 + 2 * i} 0 R"
            " /Resources << /Font << /F0 3 0 R /F1 7 0 R /F2 12 0 R >> /XObject << /I1 6 0 R >> >> >>"
        )
        objects.append(_stream(body))
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


def _boxes(name: str, widths: Sequence[int]) -> str:
    """The font program of the file under a name."""
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /CIDToGIDMap /Identity /DW 1000 /W [1 [{' '.join(map(str, widths))}]] /FontDescriptor 9 0 R >>"
    )


def _stream(body: str, facts: str = "") -> str:
    return f"<< {facts} /Length {len(body)} >>\nstream\n{body}\nendstream"


def wrapped(text: str, page: Page, y: float, size: float = 16, left: float = 78, characters: int = 27, step: float = 28) -> float:
    """Print a paragraph as GB/T 9704 sets it: two characters indented, broken at the margin; what follows stands at the height returned."""
    first = True
    while text:
        room = characters - 2 if first else characters
        line, text = text[:room], text[room:]
        page.text(left + 2 * size * first, y, line, size)
        y, first = y + step, False
    return y
