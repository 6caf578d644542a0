"""One document with every span and the rule that took it, the rules that lost, and the numerals that nobody claims."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.text import Text

from extract.pipeline import Converted
from extract.printable import printable

STYLES = {
    "marker": "bold",
    "field": "magenta",
    "target": "green",
    "targets": "green",
    "tally": "cyan",
    "tallies": "cyan",
    "owners": "yellow",
    "participants": "yellow",
    "date": "blue",
    "dates": "blue",
}
"""Colours by kind of span; a numeral that is claimed as no row (a name, a bound) is dim, one that nobody claims is red."""

_DIM = "dim"
_UNCLAIMED = "bold red reverse"
_CONTEXT = 12


class Mark(NamedTuple):
    """A stretch of the text with what is to be said of it."""

    start: int
    end: int
    kind: str
    rule: str
    won: bool = True


def explain(done: Converted) -> Iterator[Text]:
    """The lines to print: the document's facts, its text with the marks of each line below it, and the numerals that nobody claims.

    Everything is safe for a terminal: control characters of the document are spelled out.
    """
    yield from _facts(done)
    marks = _marks(done)
    lines = list(_lines(done.text))
    waiting = 0
    for (start, end), styles in zip(lines, _by_line(_styles(done, marks), lines), strict=True):
        yield Text.assemble((f"{start:>6}  ", _DIM)) + _painted(done.text, start, end, styles)
        while waiting < len(marks) and marks[waiting].start < end:
            yield _said(done.text, marks[waiting])
            waiting += 1
    yield from _account(done)


def _facts(done: Converted) -> Iterator[Text]:
    row = done.rows.documents[0]
    for name in ("source", "doc_id", "format", "title", "doc_type", "issuer", "doc_number", "region", "published", "repairs"):
        value = getattr(row, name)
        if value:
            yield Text(f"{name}: {printable(value)}")
    yield Text("")


def _marks(done: Converted) -> list[Mark]:
    """Fields, and the claims of all rules; where two rules want the same words, the one that took them first."""
    fields = [Mark(field.start, field.end, "field", f"{field.rule} ({field.field})") for field in done.outline.fields]
    claims = [Mark(claim.start, claim.end, claim.kind, claim.rule, claim.won) for claim in done.records.claims]
    return sorted(fields + claims, key=lambda mark: (mark.start, not mark.won, -mark.end))


def _said(text: str, mark: Mark) -> Text:
    shown = printable(text[mark.start : mark.end])
    verdict = "" if mark.won else "  (lost)"
    style = STYLES.get(mark.kind, _DIM) if mark.won else _DIM
    return Text(f"        {mark.start}-{mark.end}  {mark.kind}  {mark.rule or '-'}  {shown}{verdict}", style=style)


def _styles(done: Converted, marks: Sequence[Mark]) -> list[tuple[int, int, str]]:
    """What to colour, later entries above earlier ones."""
    labels = [(*node.label_span, STYLES["marker"]) for node in done.outline.nodes if node.label_span]
    taken = [(mark.start, mark.end, STYLES.get(mark.kind, _DIM)) for mark in marks if mark.won and mark.kind != "field"]
    loose = [(numeral.start, numeral.end, _UNCLAIMED) for numeral in done.numerals if not numeral.claim]
    return labels + taken + loose


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _by_line(styles: Sequence[tuple[int, int, str]], lines: Sequence[tuple[int, int]]) -> list[list[tuple[int, int, str]]]:
    """The colours of each line, in their order."""
    starts = [start for start, _ in lines]
    shelves: list[list[tuple[int, int, str]]] = [[] for _ in lines]
    for style in styles:
        for line in range(bisect_right(starts, style[0]) - 1, bisect_left(starts, style[1])):
            shelves[line].append(style)
    return shelves


def _painted(text: str, start: int, end: int, styles: Sequence[tuple[int, int, str]]) -> Text:
    """A line of the text with its colours; cut where a colour begins or ends, since spelling out changes lengths."""
    inside = [(max(a, start), min(b, end), style) for a, b, style in styles if a < end and b > start]
    cuts = sorted({start, end, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    line = Text()
    for a, b in pairwise(cuts):
        covering = [style for first, last, style in inside if first <= a and b <= last]
        line.append(printable(text[a:b]), style=covering[-1] if covering else None)
    return line


def _account(done: Converted) -> Iterator[Text]:
    """How the numerals are accounted for, by class, and those that are not, with the words around them."""
    classes = Counter(numeral.claim for numeral in done.numerals)
    claimed = len(done.numerals) - classes.pop("", 0)
    yield Text("")
    yield Text(f"numerals: {len(done.numerals)}, accounted for: {claimed}")
    for name, count in sorted(classes.items()):
        yield Text(f"  {name}: {count}")
    loose = [numeral for numeral in done.numerals if not numeral.claim]
    if loose:
        yield Text("nobody claims:")
    for numeral in loose:
        before = printable(done.text[max(0, numeral.start - _CONTEXT) : numeral.start])
        after = printable(done.text[numeral.end : numeral.end + _CONTEXT])
        line = Text(f"  {numeral.start}-{numeral.end}  …{before}")
        yield line.append(printable(done.text[numeral.start : numeral.end]), style=_UNCLAIMED).append(f"{after}…")
