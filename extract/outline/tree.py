"""From a chain of marks to the tree of items: the level of an item follows the order in which the families of marks appear in this document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.model import Diagnostic, FieldCode, Marker, PassageKind, Role, Span
from extract.outline.markers import Mark

_BAR = "bar"
"""Bars stand before headings, so points end above the next one."""


@dataclass(slots=True)
class Draft:
    """An item while the tree grows. `inline`: it ends with its paragraph. `heading_level`: of a heading of the format, else 0.

    `listed`: a member of a list parted by semicolons. `own`: its own text so far. `head_code`: the field that its heading names.
    """

    index: int
    parent: int | None
    level: int
    ordinal: int
    label: str
    marker: Marker
    family: str
    label_span: Span | None
    start: int
    end: int
    inline: bool = False
    heading_level: int = 0
    listed: bool = False
    heading: Span | None = None
    head_code: str = ""
    role: Role | None = None
    cue: Role | None = None
    own: list[tuple[int, int]] = field(default_factory=list)
    children: int = 0


@dataclass(slots=True)
class Piece:
    """A stretch of text given to one item (or to none); what a passage is made of. `silent`: a mark or a head, which no passage holds."""

    start: int
    end: int
    node: int | None
    kind: PassageKind = "body"
    field: FieldCode | None = None
    head: str = ""
    row: int = -1
    lead: bool = False
    silent: bool = False


@dataclass(slots=True)
class FieldDraft:
    """A field while its value grows; start is -1 as long as it has none."""

    node: int | None
    code: FieldCode
    head: str
    start: int = -1
    end: int = -1
    rule: str = "field-inline"


class Tree:
    """The growing tree: `stack` holds the open items from the top down; `floor` is how many of them a table's cell may not close."""

    def __init__(self, text: str, rank: Mapping[str, int]) -> None:
        self.text = text
        self.rank = rank
        self.nodes: list[Draft] = []
        self.pieces: list[Piece] = []
        self.fields: list[FieldDraft] = []
        self.diagnostics: list[Diagnostic] = []
        self.stack: list[Draft] = []
        self.floor = 0
        self._lost: list[Draft] = []
        self._tops = 0
        self._above: set[tuple[str, str]] = set()
        self._numbers: dict[tuple[int | None, str], int] = {}
        self._running: dict[str, int] = {}

    @property
    def top(self) -> Draft | None:
        """The innermost open item."""
        return self.stack[-1] if self.stack else None

    def give(self, start: int, end: int, kind: PassageKind = "body", silent: bool = False, lead: bool = False) -> Piece | None:
        """Give text[start:end] to the innermost open item; None where it is only white space."""
        text = self.text
        if start >= end or (text[start].isspace() and text[start:end].isspace()):
            return None
        if not self.stack:
            piece = Piece(start, end, None, kind, None, "", -1, lead, silent)
        else:
            node = self.stack[-1]
            piece = Piece(start, end, node.index, kind, None, "", -1, lead, silent)
            node.own.append((start, end))
            node.end = end
        self.pieces.append(piece)
        return piece

    def give_to(
        self, node: Draft | None, start: int, end: int, kind: PassageKind = "body", *, silent: bool = False, head: str = "", row: int = -1
    ) -> None:
        """Give text[start:end] to one item, or to none, unless it is only white space."""
        if start < end and not self.text[start:end].isspace():
            self.pieces.append(Piece(start, end, node.index if node else None, kind, None, head, row, False, silent))
            if node:
                node.own.append((start, end))
                node.end = max(node.end, end)

    def open_mark(self, mark: Mark, *, inline: bool, base: int, heading_level: int = 0) -> Draft:
        """Open the item of a mark. `base`: how many items were open when its line began; a list inside a line looks no further up."""
        if self._lost:
            self._resume(mark)
        cut = self._place(mark.family, mark.ordinal, heading_level, base if inline and mark.ordinal == 1 else self.floor)
        label = self.text[mark.start : mark.end].strip()
        parent = self.stack[cut - 1] if cut else None
        if mark.ordinal:
            self._check(mark, parent)
        return self._push(
            cut, mark.family, mark.marker, mark.ordinal, label, Span(mark.start, mark.start + len(label)), mark.start, inline, heading_level
        )

    def open_plain(self, family: str, marker: Marker, start: int, *, inline: bool, base: int, heading_level: int = 0) -> Draft:
        """Open an item without a label: a heading, a bold lead, a row."""
        cut = self._place(family, 1, heading_level, base if inline else self.floor)
        return self._push(cut, family, marker, 0, "", None, start, inline, heading_level)

    def close_to(self, size: int) -> None:
        """Close items until `size` are left open."""
        del self.stack[size:]

    def close_inline(self) -> None:
        """A line has ended: close the items that end with it."""
        for i in range(self.floor, len(self.stack)):
            if self.stack[i].inline:
                del self.stack[i:]
                break

    def reset(self) -> None:
        """An attachment begins: what follows is at the top again."""
        self.stack.clear()
        self._lost.clear()
        self._numbers.clear()
        self._running.clear()

    def elide(self) -> None:
        """Text was left out: what follows is at the top again, unless its number goes on with a list from before."""
        self._lost = self.stack.copy()
        self.stack.clear()

    def _resume(self, mark: Mark) -> None:
        """The first mark behind what was left out: go on with its list, where one of lower number was open."""
        lost, self._lost = self._lost, []
        for i, node in enumerate(lost):
            if node.family == mark.family and node.ordinal < mark.ordinal:
                self.stack = lost[: i + 1]
                return
        self._numbers.clear()
        self._running.clear()

    def _push(
        self, cut: int, family: str, marker: Marker, ordinal: int, label: str, span: Span | None, start: int, inline: bool, level: int
    ) -> Draft:
        self.close_to(cut)
        parent = self.top
        self._above.update([(outer.family, family) for outer in self.stack if outer.family != family])
        if parent:
            parent.children += 1
        else:
            self._tops += 1
        place = parent.children if parent else self._tops
        above = parent.index if parent else None
        node = Draft(
            len(self.nodes), above, len(self.stack) + 1, ordinal or place, label, marker, family, span, start, start, inline, level
        )
        self.nodes.append(node)
        self.stack.append(node)
        return node

    def _place(self, family: str, ordinal: int, heading_level: int, low: int) -> int:
        """How many of the open items stay open around a new one of this family."""
        stack = self.stack
        for i in range(len(stack) - 1, low - 1, -1):
            if stack[i].family == family:
                return i
        cut = len(stack)
        if heading_level:
            # A heading ends what hangs below the heading before it, and a heading of its own or a lower rank.
            while cut > low and (not stack[cut - 1].heading_level or stack[cut - 1].heading_level > heading_level):
                cut -= 1
            if family.startswith("h"):
                while cut > low and stack[cut - 1].heading_level >= heading_level:
                    cut -= 1
        while cut > low and self._outranks(family, ordinal, stack[cut - 1].family):
            cut -= 1
        return cut

    def _outranks(self, family: str, ordinal: int, other: str) -> bool:
        """Whether a family stands above another: so it was seen here, or a list is met in its middle and the usual order says so."""
        above, below = (family, other) in self._above, (other, family) in self._above
        if above or below:
            return above and not below
        told = ordinal > 1 or family == _BAR
        return told and family in self.rank and other in self.rank and self.rank[family] < self.rank[other]

    def _check(self, mark: Mark, parent: Draft | None) -> None:
        """Note a number that is missing or stands twice."""
        key = (parent.index if parent else None, mark.family)
        before = self._numbers.get(key)
        number = mark.ordinal
        expected = before + 1 if before is not None else 1
        running = self._running.get(mark.family, 0) + 1
        self._numbers[key] = self._running[mark.family] = number
        label = self.text[mark.start : mark.end].strip()
        if before is not None and number == before and number != 1:
            self._note("number_repeat", f"{label} stands twice", mark)
        elif number not in (expected, running, 1):
            self._note("number_gap", f"{label} follows {before if before is not None else running - 1}", mark)

    def _note(self, code: str, message: str, mark: Mark) -> None:
        self.diagnostics.append(Diagnostic(code, "warning", message, mark.start, mark.end))
