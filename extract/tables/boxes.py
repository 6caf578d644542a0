"""Where rows stand on the printed page: a rectangle for each printed line of the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from extract.model import Document


class Printed:
    """A document's text as it is printed; one without places stands nowhere."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._places = document.places
        self._starts = [place.start for place in document.places]
        self._ends = [*self._starts[1:], len(document.text)]

    def boxes(self, *spans: tuple[int, int]) -> str:
        """The rectangles of stretches of the canonical text, as `page:x0,y0,x1,y1` joined by `;`, in points from the top left of the page.

        A line that is only partly meant is cut by the breadth of its characters: Han and full-width ones are one em wide, others half.
        """
        return ";".join([box for start, end in spans for box in self._stretch(start, end)]) if self._places else ""

    def _stretch(self, start: int, end: int) -> Iterator[str]:
        for i in range(max(0, bisect_right(self._starts, start) - 1), len(self._ends)):
            first, page, (x0, top, x1, bottom) = self._places[i]
            if first >= end:
                return
            line = self._text[first : self._ends[i]].rstrip()
            last = first + len(line)
            if self._text[max(first, start) : min(last, end)].strip():
                em = (x1 - x0) / _breadth(line)
                left = x0 + em * _breadth(self._text[first:start]) if start > first else x0
                right = x0 + em * _breadth(self._text[first:end]) if end < last else x1
                yield f"{page}:{left:.1f},{top:.1f},{right:.1f},{bottom:.1f}"


def _breadth(text: str) -> float:
    return sum(0.5 if char < "\u0300" else 1.0 for char in text)
