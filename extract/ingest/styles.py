"""What the styles of a Word document say of their paragraphs and runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree

from extract.ingest.package import Related

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc(?: ?\d| heading)|(?:WPSOffice手动)?目录 ?\d|table of figures", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level of paragraphs that are no headings."""
_DEEPEST = 6
_LONGEST_CHAIN = 20
_DEFAULT_SIZE = 20
"""Half points of print where a document says nothing of its size (17.3.2.38)."""


def child_of(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a name of WordprocessingML; None where there is none. `find` would take twice the time."""
    return next(parent.iterchildren(W + name), None) if parent is not None else None


def properties_of(parent: etree._Element, name: str) -> dict[str, etree._Element]:
    """The children of an element's w:pPr, w:rPr …, by tag: asked several times, looked through once."""
    found = child_of(parent, name)
    return {str(one.tag): one for one in found} if found is not None else {}


def value_in(element: etree._Element | None) -> str:
    """The w:val of an element; "" where there is none."""
    return element.get(_VAL, "") if element is not None else ""


def value_of(parent: etree._Element, name: str) -> str:
    """The w:val of a child; "" where there is none."""
    return value_in(child_of(parent, name))


def number_in(element: etree._Element | None) -> int | None:
    """The w:val of an element as a number; None where it is none."""
    value = value_in(element)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else None


def number_of(parent: etree._Element, name: str) -> int | None:
    """The w:val of a child as a number; None where it is none."""
    return number_in(child_of(parent, name))


def switch(element: etree._Element | None) -> bool | None:
    """A property that is on or off, such as w:b; None where nothing is said."""
    return None if element is None else element.get(_VAL) not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits. level: of a heading, 1 to 6, else 0.   number, number_level: its list, "" and None for none.
    size: of its print in half points, 0 where it does not say.
    """

    bold: bool = False
    hidden: bool = False
    level: int = 0
    number: str = ""
    number_level: int | None = None
    contents: bool = False
    centred: bool = False
    size: int = 0


_PLAIN = Style()


class Styles:
    """The styles of a document; their part is opened when the first is asked for, since many notices use none."""

    def __init__(self, related: Related) -> None:
        self._related = related
        self._read: dict[str, Style] = {"": _PLAIN}  # what holds of all text stresses none of it

    @cached_property
    def _elements(self) -> dict[str, etree._Element]:
        root = self._related.tree("styles")
        return {one.get(W + "styleId", ""): one for one in root.iterfind(W + "style")} if root is not None else {}

    @cached_property
    def usual_size(self) -> int:
        """The size of print of paragraphs that say nothing of it, in half points."""
        root = self._related.tree("styles")
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz") if root is not None else None
        normal = next(
            (name for name, one in self._elements.items() if one.get(W + "default") == "1" and one.get(W + "type") == "paragraph"), ""
        )
        return self._resolve(normal).size or number_in(default) or _DEFAULT_SIZE

    def style(self, name: str) -> Style:
        """The style of a paragraph or run by its id; a plain one where that is "" or unknown."""
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = self._resolve(name)
        return found

    def numbering(self, name: str) -> tuple[str, int | None]:
        """The list that a paragraph style belongs to, and its level there where it says."""
        style = self.style(name)
        return style.number, style.number_level

    def _resolve(self, name: str) -> Style:
        chain: list[etree._Element] = []
        while name in self._elements and len(chain) < _LONGEST_CHAIN:
            chain.append(self._elements[name])
            name = value_of(chain[-1], "basedOn")
        style = _PLAIN
        for element in reversed(chain):
            style = _refined(style, element)
        return style


def _refined(base: Style, element: etree._Element) -> Style:
    """What a style makes of the one that it is based on."""
    bold, hidden, level, number, number_level = base.bold, base.hidden, base.level, base.number, base.number_level
    centred, size = base.centred, base.size
    run = child_of(element, "rPr")
    if run is not None:
        own = switch(child_of(run, "b"))
        bold = bold if own is None else own
        own = switch(child_of(run, "vanish"))
        hidden = hidden if own is None else own
        size = number_of(run, "sz") or size
    name = value_of(element, "name")
    level = _named_level(name) or level
    properties = child_of(element, "pPr")
    if properties is not None:
        level = outline_level(child_of(properties, "outlineLvl"), level)
        centred = (value_of(properties, "jc") or ("center" if centred else "")) == "center"
        reference = child_of(properties, "numPr")
        if reference is not None:
            number = value_of(reference, "numId") or number
            own_level = number_of(reference, "ilvl")
            number_level = number_level if own_level is None else own_level
    contents = base.contents or _CONTENTS.fullmatch(name) is not None
    return Style(bold, hidden, level, number, number_level, contents, centred, size)


@lru_cache(maxsize=1024)
def _named_level(name: str) -> int:
    heading = _HEADING.fullmatch(name)
    if heading:
        return min(int(heading[1]), _DEEPEST)
    return 1 if name in ("Title", "标题", "標題") else 0


def outline_level(element: etree._Element | None, inherited: int) -> int:
    """The level of a heading by its own w:outlineLvl, else the style's."""
    own = number_in(element)
    if own is None:
        return inherited
    return 0 if own >= _BODY_TEXT else min(own + 1, _DEEPEST)
