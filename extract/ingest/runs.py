"""The text of one paragraph of a Word document as Word shows it: runs, fields, signs; what is hidden or deleted left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from extract.ingest.numbering import circled
from extract.ingest.signs import PRIVATE, sign_of
from extract.ingest.styles import Style, Styles, W, child_of, switch, value_in

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


_RUN_STYLE, _BOLD = W + "rStyle", W + "b"
_GONE = (W + "vanish", W + "strike", W + "dstrike")
"""What hides a run, and what strikes it out."""
RUN, TEXT, RUN_PROPERTIES = W + "r", W + "t", W + "rPr"
ALTERNATIVES = _COMPATIBLE + "AlternateContent"
TEXT_BOX = W + "txbxContent"
CONTAINERS = frozenset(
    {W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "rubyBase")}
)
"""Elements that only hold others; changes are read as accepted, so w:del and w:moveFrom are none of them."""
_FORMULAS = frozenset({_MATH + "oMath", _MATH + "oMathPara"})
_PICTURES = frozenset({W + "drawing", W + "pict", W + "object"})
_NOTES = frozenset({W + "footnoteReference", W + "endnoteReference"})
_SIGNS: Mapping[str, str] = MappingProxyType(
    {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}  # w:softHyphen shows nothing
)

_PAGE_BREAKS = frozenset({"page", "column"})
_OPEN_SENTENCE = re.compile(r"[，；：。、].*[^\s。！？；：!?;:”）)]\Z", re.DOTALL)
_CONTENTS_FIELD = re.compile(r"\s*TOC\b")
_DROPPED_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_LONGEST_INSTRUCTION = 200
"""Characters of a field's instruction that tell what it is."""
_CIRCLE_FIELD = re.compile(r"\s*EQ\s+\\o\s*(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;；]\s*(\d{1,2})\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class Text:
    """The text of a paragraph while it grows. boxes: the text boxes that hang on it.   notes: how many notes it refers to."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    bold: list[list[int]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: int = 0

    def is_open(self) -> bool:
        """Whether it ends in the midst of a sentence, as prose does that a page break cuts."""
        return _OPEN_SENTENCE.search("".join(self.pieces)) is not None

    def put(self, piece: str, bold: bool) -> None:
        """Append a piece; bold pieces that touch become one stretch."""
        if not piece:
            return
        end = self.size + len(piece)
        if bold and self.bold and self.bold[-1][1] == self.size:
            self.bold[-1][1] = end
        elif bold:
            self.bold.append([self.size, end])
        self.pieces.append(piece)
        self.size = end


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and whether its result is shown, which follows when the instruction has ended.

    outside: whether what stands around it is shown.
    """

    outside: bool
    instruction: str = ""
    shown: bool = False


class Runs:
    """Reads the runs of one paragraph after the other into texts."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._style = Style()
        self._text = Text()
        self._fields: list[_Field] = []
        self._silent = False
        self.in_contents = False
        """Whether the paragraph read last stands in a field that makes a table of contents."""

    def read(self, paragraph: etree._Element, style: Style, text: Text) -> None:
        """Append what a paragraph shows to `text`. A field that does not end in it is taken for broken, and what follows is shown."""
        self._style, self._text, self._silent = style, text, False
        going_on = [one for one in self._fields if self.in_contents and _CONTENTS_FIELD.match(one.instruction)]
        self._fields = going_on[:1]
        self._inline(paragraph)
        self.in_contents = bool(going_on) or any(_CONTENTS_FIELD.match(one.instruction) for one in self._fields)

    def leave_contents(self) -> None:
        """Take the open table of contents for broken: what follows is text."""
        self._fields.clear()
        self.in_contents = False

    def _inline(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child)
            elif tag in CONTAINERS:
                self._inline(child)
            elif tag == W + "sdt":
                self._inline_of(content_of(child))
            elif tag == ALTERNATIVES:
                self._inline_of(choice(child))
            elif tag == W + "fldSimple":
                if not _DROPPED_FIELD.match(child.get(W + "instr", "")):
                    self._inline(child)
            elif tag in _FORMULAS and not self._silent:
                self._text.put(_formula(child), False)

    def _inline_of(self, parent: etree._Element | None) -> None:
        if parent is not None:
            self._inline(parent)

    def _run(self, run: etree._Element) -> None:
        bold, hidden = self._style.bold, self._style.hidden
        for child in run:
            tag = child.tag
            if tag == TEXT:
                if not (hidden or self._silent):
                    self._text.put(_shown(child), bold)
            elif tag == RUN_PROPERTIES:
                bold, hidden = self._look(child)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType", ""), bold)
            elif tag == W + "instrText":
                if self._fields and len(self._fields[-1].instruction) < _LONGEST_INSTRUCTION:
                    self._fields[-1].instruction += child.text or ""
            elif not (hidden or self._silent):
                self._special(child, bold)

    def _look(self, properties: etree._Element) -> tuple[bool, bool]:
        """Whether a run is bold, and whether it is hidden or struck out. Bold in the styles of both paragraph and run cancels out (17.7.3)."""
        bold, hidden = self._style.bold, self._style.hidden
        given = {one.tag: one for one in properties}
        if _RUN_STYLE in given:
            style = self._styles.style(value_in(given[_RUN_STYLE]))
            bold, hidden = bold != style.bold, hidden or style.hidden
        own_bold = switch(given.get(_BOLD))
        gone = [own for name in _GONE if (own := switch(given.get(name))) is not None]
        return bold if own_bold is None else own_bold, any(gone) if gone else hidden

    def _special(self, child: etree._Element, bold: bool) -> None:
        """What stands in a run besides plain text."""
        tag = child.tag
        sign = _SIGNS.get(tag)
        if sign is not None:
            if not (tag == W + "br" and child.get(W + "type") in _PAGE_BREAKS and self._text.is_open()):
                self._text.put(sign, bold)
        elif tag == W + "sym":
            self._text.put(_symbol(child), bold)
        elif tag in _PICTURES:
            self._text.boxes += boxes_in(child)
        elif tag == ALTERNATIVES:
            chosen = choice(child)
            for one in chosen if chosen is not None else ():
                self._special(one, bold)
        elif tag == W + "ruby":
            self._inline_of(child_of(child, "rubyBase"))  # the gloss above it is none of the text
        elif tag in _NOTES:
            self._text.notes += 1

    def _field(self, kind: str, bold: bool) -> None:
        if kind == "begin":
            self._fields.append(_Field(not self._silent))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = not _DROPPED_FIELD.match(self._fields[-1].instruction)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            circle = _CIRCLE_FIELD.match(ended.instruction)
            if circle and ended.outside:
                self._text.put(circled(int(circle[1])), bold)
        self._silent = bool(self._fields) and not (self._fields[-1].shown and self._fields[-1].outside)


def _shown(element: etree._Element) -> str:
    """The text of a w:t: white space at its ends counts only where it says so."""
    text = element.text or ""
    if text and (text[0] <= " " or text[-1] <= " ") and element.get(_PRESERVE) != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("\xad", "") if not text.isprintable() else text


def _symbol(element: etree._Element) -> str:
    """The sign of a w:sym; one that is not known stays in the private area of its font."""
    code = element.get(W + "char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    number = int(code, 16)
    font = element.get(W + "font", "")
    known = sign_of(font, number % PRIVATE) if font.lower().startswith(("wingdings", "symbol")) else ""
    return known or (chr(number) if number >= 32 and not 0xD800 <= number < 0xE000 else "")


def _formula(element: etree._Element) -> str:
    """The letters and figures of a formula in a row, fractions with a stroke."""
    return "".join(["/" if one.tag == _MATH + "den" else one.text or "" for one in element.iter(_MATH + "t", _MATH + "den")])


def content_of(control: etree._Element) -> etree._Element | None:
    """What a content control holds; None while it shows only what may be filled in."""
    unfilled = child_of(child_of(control, "sdtPr"), "showingPlcHdr")
    return child_of(control, "sdtContent") if switch(unfilled) is not True else None


def choice(alternatives: etree._Element) -> etree._Element | None:
    """Of the forms that the same content has for newer and older programs, the newest; None where there is none."""
    found = alternatives.find(_COMPATIBLE + "Choice")
    return found if found is not None else alternatives.find(_COMPATIBLE + "Fallback")


def boxes_in(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, in order; those inside another are found when that is read."""
    for child in element:
        if child.tag == TEXT_BOX:
            yield child
        elif child.tag == ALTERNATIVES:
            chosen = choice(child)
            if chosen is not None:
                yield from boxes_in(chosen)
        else:
            yield from boxes_in(child)
