"""OFD packages (GB/T 33190) written by hand, so that tests say exactly what is drawn where. Places are in millimetres."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
EM = 5.6


@dataclass
class Page:
    """What is drawn on a page, as elements."""

    template: str = ""
    drawn: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = EM, matrix: str = "", deltas: str | None = None, look: str = "") -> None:
        """Text at its baseline. deltas: as written to DeltaX; else every Han character takes `size`, every ASCII one half of it.   look:
        more attributes, such as `Weight="700"`."""
        steps = deltas if deltas is not None else " ".join(str(size / 2 if char.isascii() else size) for char in text[:-1])
        font = "" if "Font=" in look else 'Font="3" '
        ctm = f' CTM="{matrix}"' if matrix else ""
        self.drawn.append(
            f'<ofd:TextObject Boundary="{x} {y - size} 150 {2 * size}" {font}Size="{size}"{ctm} {look}>'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        width, height = xs[-1] - xs[0], ys[-1] - ys[0]
        lines = [f"M 0 {y - ys[0]} L {width} {y - ys[0]}" for y in ys] + [f"M {x - xs[0]} 0 L {x - xs[0]} {height}" for x in xs]
        self.drawn += [
            f'<ofd:PathObject Boundary="{xs[0]} {ys[0]} {width} {height}"><ofd:AbbreviatedData>{line}</ofd:AbbreviatedData></ofd:PathObject>'
            for line in lines
        ]

    def frame(self, left: float, top: float, right: float, bottom: float, look: str = "") -> None:
        """A frame. look: attributes, such as `Stroke="false" Fill="true"` for a ground without an outline."""
        width, height = right - left, bottom - top
        self.drawn.append(
            f'<ofd:PathObject Boundary="{left} {top} {width} {height}" {look}><ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C'
            "</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def picture(self, name: str = "9", x: float = 0, y: float = 0, width: float = 210, height: float = 297) -> None:
        """A picture of the package, by its number."""
        self.drawn.append(f'<ofd:ImageObject Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" ResourceID="{name}"/>')


def ofd(
    *documents: Sequence[Page],
    templates: dict[str, Page] | None = None,
    units: dict[str, Page] | None = None,
    pictures: dict[str, bytes] | None = None,
    fonts: str = "",
) -> bytes:
    """A package of these documents. templates: pages that others name; units, pictures: composite objects and PNG files by their number.
    fonts: elements that declare some."""
    parts: dict[str, str | bytes] = {}
    bodies = []
    for n, pages in enumerate(documents):
        folder = f"Doc_{n}"
        bodies.append(f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>")
        listed = []
        for i, page in enumerate(pages):
            listed.append(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>')
            ground = f'<ofd:Template TemplateID="{page.template}"/>' if page.template else ""
            parts[f"{folder}/Pages/Page_{i}/Content.xml"] = _page(page, ground)
        grounds = ""
        for name, page in (templates or {}).items():
            parts[f"{folder}/Tpls/{name}.xml"] = _page(page, "")
            grounds += f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}.xml"/>'
        composites = "".join(
            f'<ofd:CompositeGraphicUnit ID="{name}" Width="100" Height="100"><ofd:Content>{"".join(page.drawn)}</ofd:Content>'
            "</ofd:CompositeGraphicUnit>"
            for name, page in (units or {}).items()
        )
        media = ""
        for name, data in (pictures or {}).items():
            parts[f"{folder}/Res/{name}.png"] = data
            media += f'<ofd:MultiMedia ID="{name}" Type="Image"><ofd:MediaFile>{name}.png</ofd:MediaFile></ofd:MultiMedia>'
        resources = f"<ofd:Fonts>{fonts}</ofd:Fonts><ofd:CompositeGraphicUnits>{composites}</ofd:CompositeGraphicUnits><ofd:MultiMedias>{media}</ofd:MultiMedias>"
        parts[f"{folder}/Res.xml"] = f'<ofd:Res {NAMESPACE} BaseLoc="Res">{resources}</ofd:Res>'
        parts[f"{folder}/Document.xml"] = (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:DocumentRes>Res.xml</ofd:DocumentRes>{grounds}</ofd:CommonData><ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>"
        )
    parts["OFD.xml"] = f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">{"".join(bodies)}</ofd:OFD>'
    return package(parts)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()


def _page(page: Page, ground: str) -> str:
    body = "".join(page.drawn)
    return f'<ofd:Page {NAMESPACE}>{ground}<ofd:Content><ofd:Layer ID="2">{body}</ofd:Layer></ofd:Content></ofd:Page>'
