"""Titles of Word documents that stand in several lines: centred one below the other, in print of one size that is larger than the text's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lxml import etree

from extract.ingest.flow import Part
from extract.ingest.runs import RUN, RUN_PROPERTIES, TEXT
from extract.ingest.styles import Style, Styles, W, number_in, value_in
from extract.model import Span

_ALIGNED, _SIZE, _RUN_STYLE = W + "jc", W + "sz", W + "rStyle"
_LARGER = 1.1
"""Times the size of the text from which print is a title's."""
_LONG = 30
"""Characters from which a paragraph is one of the text."""
_LONGEST = 70
_ENDS = tuple("。；;：:！!？?")
_OF_ITS_OWN = re.compile(
    r"[（(【〔\[—－-]|附\s?件|第[一二三四五六七八九十百\d]{1,4}[章节部分编篇条期号]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]"
    r"|(?:[12]\d{3}|[二一][〇○零一二三四五六七八九O0]{3})\s?[年/.-]\s?[\d一二三四五六七八九十]{1,3}\s?(?:[月/.-]|$)"
)
"""How lines begin that no title goes on with: subtitles in brackets or behind a dash, names of chapters, numbers, days."""
_IS_NAME = re.compile(r"\S{3,30}?\s{0,8}(?:文件|公报|简报|会\s{0,4}议\s{0,4}纪\s{0,4}要)$")
"""A letterhead: the title below it is another."""


class Prints:
    """The sizes of print in a document: that of its text, and those of its centred paragraphs. In half points, 0 where none is told."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._text = 0

    def look(self, element: etree._Element, given: dict[str, etree._Element], style: Style, length: int) -> int:
        """The size of a centred paragraph of some characters, 0 of any other. `given`: its own properties by tag."""
        aligned = value_in(given[_ALIGNED]) == "center" if _ALIGNED in given else style.centred
        if aligned:
            return self._size(element, style)
        if not self._text and length > _LONG:
            self._text = self._size(element, style)
        return 0

    def _size(self, element: etree._Element, style: Style) -> int:
        """The size of the first run that shows any text."""
        run = next((run for run in element.iter(RUN) if (run.findtext(TEXT) or "").strip()), None)
        properties = run.find(RUN_PROPERTIES) if run is not None else None
        told = {str(one.tag): one for one in properties} if properties is not None else {}
        return (
            number_in(told.get(_SIZE)) or self._styles.style(value_in(told.get(_RUN_STYLE))).size or style.size or self._styles.usual_size
        )

    def joined(self, parts: Iterable[Part]) -> list[Part]:
        """The parts, with the lines of a title as one."""
        found: list[Part] = []
        for part in parts:
            if found and self._goes_on(found[-1], part):
                found[-1] = _together(found[-1], part)
            else:
                found.append(part)
        return found

    def _goes_on(self, above: Part, below: Part) -> bool:
        large = self._text and above.print == below.print > _LARGER * self._text
        if not large or (above.kind, above.level) != (below.kind, below.level) or len(above.text) + len(below.text) > _LONGEST:
            return False
        ended = above.text.endswith(_ENDS) or _OF_ITS_OWN.match(above.text) or _IS_NAME.match(above.text)
        return not (ended or below.text.endswith(_ENDS) or _OF_ITS_OWN.match(below.text))


def _together(above: Part, below: Part) -> Part:
    shift = len(above.text)
    return replace(above, text=above.text + below.text, bold=_touching((*above.bold, *(Span(s + shift, e + shift) for s, e in below.bold))))


def _touching(bold: Sequence[Span]) -> tuple[Span, ...]:
    """Bold stretches, those that touch as one."""
    spans: list[Span] = []
    for span in bold:
        if spans and spans[-1].end == span.start:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)
