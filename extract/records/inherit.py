"""Due dates that a target's own sentence does not give: from its item, from the section around it, from the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from extract.model import DateRow, Field, Outline, Span, Target

_AIMS = re.compile("(?:度)?(?:主要|预期|总体|工作|具体|奋斗|发展|经济社会)*(?:目标|指标|任务)")
_BRACKET = re.compile(r"[^\n（(]{0,300}?[。；]\s?[（(]([^（）()\n]{2,120})[）)]")
_OPENS_A_LIST = ("：", ":")
_SENTENCE_LEAD = re.compile(r"(?:[。；：）]|^)\s*(?:力争|确保|总体目标是?)?[，,：]?$")
_LEAD = 8
_PARAGRAPH = 3000
_AHEAD = ("到", "至")


class _Due(NamedTuple):
    day: date
    text: str
    origin: Literal["item", "section", "document"]


def inherit_due(targets: Sequence[Target], dates: Sequence[DateRow], outline: Outline, text: str) -> list[Target]:
    """The targets in their order, those of kind `target` without a due date given the nearest one that holds for them.

    item: the 整改时限 of the item, of its row or of the matter that it is part of, or the time that a sentence before it in its
    paragraph looks ahead to (到2025年，绿色转型取得进展。能耗下降…).   section: the time in its heading or that of an item around it
    or a deadline in the words that open its list (2025年底前达到下列目标：).   document: a 整改时限 of the whole document, or the years
    that its title names (2023—2025年), unless they were over when it was written (2024年1—8月进展). Offsets of `dates` and `outline` point into `text`, the canonical text.
    """
    if all(target.due or target.kind != "target" for target in targets):
        return list(targets)
    heirs = _Heirs(dates, outline, text)
    return [heirs.settle(target) for target in targets]


class _Heirs:
    """What each item hands down, read once per item."""

    def __init__(self, dates: Sequence[DateRow], outline: Outline, text: str) -> None:
        self._text = text
        self._nodes, self._anchor = outline.nodes, outline.header.anchor
        self._dates = sorted(dates, key=attrgetter("start"))
        self._starts = [row.start for row in self._dates]
        self._fields = {field.node: field for field in outline.fields if field.field == "deadline"}
        reports = outline.header.doc_type == "progress"  # its title names what it looks back on
        self._titles = [Span(passage.start, passage.end) for passage in outline.passages if passage.kind == "title" and not reports]
        self._known: dict[int | None, _Due | None] = {None: self._of_document()}

    def settle(self, target: Target) -> Target:
        if target.kind != "target" or target.due or target.due_text:
            return target
        field = self._fields.get(target.node) if target.node is not None else None
        due = self._of_bracket(target) or self._of_field(field) or self._of_paragraph(target) or self._of_node(target.node, own=True)
        return target._replace(due=due.day, due_text=due.text, due_from=due.origin) if due else target

    def _of_node(self, index: int | None, *, own: bool = False) -> _Due | None:
        """What holds in an item. A deadline in its own prose holds for its children, not for the sentences beside it."""
        if index is None:
            return self._known[None]
        if own:
            return self._of_field(self._fields.get(index)) or self._of_heading(index) or self._of_node(self._nodes[index].parent)
        if index not in self._known:
            self._known[index] = (
                self._of_field(self._fields.get(index))
                or self._of_opening(index)
                or self._of_heading(index)
                or self._of_node(self._nodes[index].parent)
            )
        return self._known[index]

    def _of_bracket(self, target: Target) -> _Due | None:
        """The deadline in the bracket that closes a target's sentence or its paragraph (…36个。（县工信局牵头，9月底前完成）)."""
        bracket = _BRACKET.match(self._text, target.end)
        rows = [row for row in self._within(*bracket.span(1)) if row.kind == "deadline"] if bracket else []
        return _last(rows, "item", self._text)

    def _of_paragraph(self, target: Target) -> _Due | None:
        """The time that a sentence before the target's own, in the same paragraph, looks ahead to (到2025年); 2025年底前 is but its own."""
        start = self._text.rfind("\n", max(target.start - _PARAGRAPH, 0), target.start) + 1
        if not start and target.start > _PARAGRAPH:
            return None  # a paragraph of thousands of characters looks ahead to nothing
        opening = [row for row in self._within(start, target.start) if row.kind == "deadline" and self._opens_sentence(row, start)]
        return _last([row for row in opening[-1:] if not self._over(row)], "item", self._text)

    def _opens_sentence(self, row: DateRow, start: int) -> bool:
        before = self._text[max(start, row.start - _LEAD) : row.start]
        return self._text.startswith(_AHEAD, row.start) and _SENTENCE_LEAD.search(before) is not None

    def _of_field(self, field: Field | None, origin: Literal["item", "document"] = "item") -> _Due | None:
        if field is None:
            return None
        return _last([row for row in self._within(field.start, field.end) if row.kind == "deadline"], origin, self._text)

    def _of_heading(self, index: int) -> _Due | None:
        """The time that an item's heading names for all that stands under it (2026年：…; 集中整治（2026年3月至9月）), where it is to come."""
        heading = self._nodes[index].heading
        if heading is None:
            return None
        rows = [row for row in self._within(*heading) if row.kind in ("deadline", "period")]
        apart = [row for row in rows if self._stands_apart(heading, row)]
        return _last([row for row in apart if not self._over(row)], "section", self._text)

    def _stands_apart(self, heading: Span, row: DateRow) -> bool:
        """Whether a heading opens with a time, has it in brackets or names the aims of it (工作目标2031年主要指标)."""
        opens = not any(map(str.isalnum, self._text[heading[0] : row.start])) or self._text[row.start - 1] in "（("
        return opens or _AIMS.match(self._text, row.end) is not None

    def _over(self, row: DateRow) -> bool:
        """Whether a time was over when the document was written."""
        return self._anchor is not None and row.mention.last is not None and row.mention.last < self._anchor

    def _of_opening(self, index: int) -> _Due | None:
        """The deadline in an item's heading, or in the sentence with which it opens the list of its children."""
        node = self._nodes[index]
        places = [node.heading] if node.heading else []
        if node.own:
            start, end = node.own[0]
            line = self._text[start:end].rstrip()
            if line.endswith(_OPENS_A_LIST):
                places.append(Span(max(start, start + line.rfind("。") + 1), end))
        rows = [row for place in places for row in self._within(*place) if row.kind == "deadline"]
        return _last(rows, "section", self._text)

    def _of_document(self) -> _Due | None:
        stated = self._of_field(self._fields.get(None), "document")
        spans = [row for title in self._titles for row in self._within(*title) if row.mention.precision == "period" and not self._over(row)]
        return stated or _last(spans, "document", self._text)

    def _within(self, start: int, end: int) -> list[DateRow]:
        return self._dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _last(rows: Sequence[DateRow], origin: Literal["item", "section", "document"], text: str) -> _Due | None:
    """The last day of some dates, with its words; None where none of them has a day."""
    found = [_Due(row.mention.last, text[row.start : row.end], origin) for row in rows if row.mention.last]
    return max(found, key=lambda due: due.day, default=None)
