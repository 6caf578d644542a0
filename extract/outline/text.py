"""Lines of text into the tree: marks, bold leads and field heads cut a line, each stretch goes to the item that is open there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from extract.model import FieldCode, Role, Span
from extract.outline.heads import FIELDS, Head, heads_in
from extract.outline.lines import Line
from extract.outline.markers import BLOCKS, Mark
from extract.outline.roles import Names, field_role
from extract.outline.tree import Draft, FieldDraft, Tree

_STOP = re.compile(r"[。！!？?]")
_SENTENCE = re.compile(r"[。！!？?][”’」）)]?")
# What the line before ends in, unless the sentence goes on in the next.
_CLOSED = frozenset("。！!？?；;：:”’）)")
_LEAD_ENDS = "。！!？?"
_BOLD_NAME = re.compile(r"[^，,。；;：:！!？?]{2,24}")
_COLON_NAME = re.compile(r"(?!(?:问题|任务|受理|举报|投诉)?(?:序号|编号)\d)[^，,。；;：:！!？?\s]{2,14}(?=[：:])")
_RUN_ON = "[ 　]|本(?:责任书|方案|通知|办法|意见|细则|制度|规定|计划|清单|协议)"
_SPACED_NAME = re.compile(
    rf"[^，,。；;：:！!？?\s]{{2,3}}(?={_RUN_ON})|[^，,。；;：:！!？?\s]{{4,20}}?(?={_RUN_ON}|(?<!\d)(?:19|20)\d\d年)"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]")
_BEFORE_LEAD = "。！!？?；;”’）)"
# Who says it may stand before the first lead (会议强调，**要先改。**).
_SPEAKER = 16
_NOTES = re.compile(r"(?:附|备)?注[：:]|(?:有关|填表|编制)?说明[：:]")
"""What stands in bold over the notes to a table, colon or not."""
_LONG = 60
_RUN_TOGETHER = 300
"""Characters of a line beyond which its line ends may be lost."""
_LONGEST_RUN_ON = 10
_NOUNS = frozenset(("guidance", "objective", "principle"))
"""Roles of sections whose names are nothing but nouns."""
_OPENS_TEXT = re.compile(r"[,，。.\s]|为|以|按照|根据|坚持|通过|围绕|各[县市区镇乡地级有部单]|本|[12]\d{3}年")
_CLAUSE = re.compile(r"[\u4e00-\u9fff]{4,12}(?=[,，\s])")
_SIGNS_OF_LABEL = "、.．）)章节条篇分"
TEXTUAL = frozenset({"problem", "objective", "measure", "progress", "status"})
_BRACKET = re.compile(r"[（()）]")
_OPENING = "（("
_BACK = 160
"""Characters back to which the bracket that a field stands in may open."""


class Bold(NamedTuple):
    """A bold lead: `whole` where it is all of its line."""

    start: int
    end: int
    whole: bool


@dataclass
class Writer:
    """Puts lines into a tree. `matter`: the item that the field heads last met belong to; `open_field`: the one whose value goes on."""

    tree: Tree
    heads: Mapping[str, str]
    leads: Names
    sections: Names
    matter: Draft | None = None
    matter_line: int = -1
    open_field: FieldDraft | None = None
    seen: set[tuple[int | None, str]] = field(default_factory=set)
    cue: tuple[int | None, Role] | None = None
    base: int = 0

    def line(self, line: Line, marks: Sequence[Mark], *, fields: Collection[FieldCode] = FIELDS) -> None:
        """One line of the body, or of a cell. fields: only a line with the head of one of these has heads."""
        tree = self.tree
        tree.close_inline()
        self.base = len(tree.stack)
        heads = heads_in(tree.text, line.start, line.end, self.heads) if fields else []
        if fields is not FIELDS and not any(head.code in fields for head in heads):
            heads = []
        leads = _leads(tree.text, line, marks, heads) if line.bold and line.kind != "heading" else []
        events: Sequence[Mark | Head | Bold] = marks
        if heads or leads:
            events = sorted([*marks, *heads, *leads], key=_place)
        if line.kind == "heading" and not (events and isinstance(events[0], Mark) and events[0].start == line.start):
            self._end_field()
            tree.open_plain(f"h{line.level}", "heading", line.start, inline=False, base=self.base, heading_level=line.level)
        elif line.kind == "bullet" and not (events and events[0][0] == line.start and isinstance(events[0], Mark)):
            self._end_field()
            tree.open_plain("bullet", "bullet", line.start, inline=False, base=self.base)
        elif not events or events[0][0] > line.start:
            self._go_on(line)
            self._lead_in(line, events[0][0] if events else line.end)
        place = line.start
        for i, event in enumerate(events):
            if event[0] < place:
                continue
            self._text(place, event[0], line)
            if isinstance(event, Mark) and event.ordinal == 1 and place > line.start:
                self._lead_anew(place, event.start)
            place = self._event(event, _next_number(events, i) if i + 1 < len(events) else 0, line)
        self._text(place, line.end, line)
        if self.open_field and self.open_field.code not in TEXTUAL:
            self._end_field()

    def _event(self, event: Mark | Head | Bold, following: int, line: Line) -> int:
        tree = self.tree
        if not isinstance(event, Mark):
            if isinstance(event, Head):
                return self._head(event, line)
            tree.open_plain("bold", "bold", event.start, inline=not event.whole, base=self.base)
            return event.start
        inline = _is_inline(event, following)
        level = line.level if event.first and line.kind == "heading" else 0
        node = tree.open_mark(event, inline=inline, base=self.base, heading_level=level)
        if not inline:
            self.base = len(tree.stack)
        node.listed = event.behind in ("；", ";")
        if self.open_field:
            self._keep_field(node)
        if self.open_field or self.cue:
            self._hint(node)
        node.cue = node.cue or self._of_list(node)
        self._give(event.start, event.end, silent=True)
        return event.end

    def _head(self, head: Head, line: Line) -> int:
        tree = self.tree
        top = tree.top
        named = top is not None and top.label_span is not None and not tree.text[top.label_span.end : head.start].strip()
        self._end_field()
        if named and top is not None:
            top.heading = Span(head.start, head.start + len(head.name))
            top.head_code = head.code
            tree.give(head.start, head.end, silent=True)
            return head.end
        owner = self._owner(head, line)
        tree.close_to(tree.stack.index(owner) + 1 if owner in tree.stack else tree.floor)
        self.matter, self.matter_line = owner, line.start
        if owner is None:  # 整改措施： over a list of the document's own
            below = head.end >= line.end and head.code in TEXTUAL
            self.cue = (None, field_role(head.code)) if below else None
        node = owner.index if owner else None
        self.seen.add((node, head.code))
        self.open_field = FieldDraft(node, head.code, head.name)
        tree.fields.append(self.open_field)
        tree.give(head.start, head.end, silent=True)
        return head.end

    def _owner(self, head: Head, line: Line) -> Draft | None:
        """The item that a field belongs to: the matter whose fields went before, else the innermost item."""
        tree, top = self.tree, self.tree.top
        matter = self.matter
        if matter is None and self.matter_line == line.start and not head.bracket and (None, head.code) not in self.seen:
            return None  # a paragraph that is all of a document's matter: 整改措施：一是…；二是…。完成情况：…
        listed = self.cue is not None and self.cue[0] is None and head.code in TEXTUAL and head.start == line.start
        if matter is None and listed and (None, head.code) not in self.seen:
            return None  # 完成情况： behind a list under 整改措施： of the document's own
        if matter is None or matter not in tree.stack or matter is top:
            return top
        if head.bracket or (matter.index, head.code) in self.seen:
            return top
        return matter if head.start == line.start or self.matter_line == line.start else top

    def _keep_field(self, node: Draft) -> None:
        """A field goes on in the items below the one that it belongs to, and ends where another item begins."""
        current = self.open_field
        if current is None:
            return
        inside = current.code in TEXTUAL and node.parent == current.node and (current.node is not None or node.inline)
        above = [outer.index for outer in self.tree.stack[:-1]]
        if not inside and not (current.code in TEXTUAL and current.node in above):
            self._end_field()

    def _go_on(self, line: Line) -> None:
        """A line without a mark or head at its start: the value of a textual field may go on in it, unless a label of another kind opens it."""
        current = self.open_field
        if current and (
            _LABEL.match(self.tree.text, line.start, line.end)
            or (current.node is not None and current.node not in [node.index for node in self.tree.stack])
        ):
            self._end_field()

    def _lead_in(self, line: Line, end: int) -> None:
        """What a line says before its first item tells what the list is about (下一步，我们将…：一是…)."""
        tree = self.tree
        said = self.leads.search(tree.text, line.start, end)
        if said and said.role == "measure":
            self._end_words()  # 一是…, 二是… in paragraphs of their own end where 下一步 begins
        place = tree.top.index if tree.top else None
        if said:
            self._tell(place, said.role if said.alone is None or tree.nodes else said.alone)
        elif self.cue and self.cue[0] == place and tree.text[line.start - 2 : line.start - 1] in _CLOSED:
            self.cue = None

    def _end_words(self) -> None:
        stack = self.tree.stack
        first = next((i for i in range(self.tree.floor, len(stack)) if stack[i].marker == "word"), len(stack))
        self.tree.close_to(first)

    def _lead_anew(self, start: int, end: int) -> None:
        """The same where a list begins behind another in one line (…三是资金不足。下一步，我们将：一是…)."""
        around = self.tree.stack[: self.base]  # a field's head may have closed some of them
        said = self.leads.search(self.tree.text, start, end)
        if said:
            self._tell(around[-1].index if around else None, said.role)

    def _tell(self, place: int | None, role: Role) -> None:
        self.cue = (place, role)
        if self.open_field and field_role(self.open_field.code) != role:
            self._end_field()

    def _hint(self, node: Draft) -> None:
        """An item in the value of a field, or in a list that its lead tells about, has its role from there."""
        if self.open_field and self.open_field.code in TEXTUAL:
            node.cue = field_role(self.open_field.code)
        elif self.cue and node.marker in ("word", "number") and (self.cue[0] == node.parent or self._anew(node)):
            node.cue = self.cue[1]

    def _anew(self, node: Draft) -> bool:
        """Whether a list begins again behind what its last member told before it (…2.调整学区。下一步，我局将：1.…)."""
        last = self.tree.nodes[self.cue[0]] if self.cue and self.cue[0] is not None else None
        return last is not None and node.ordinal == 1 and last.family == node.family and last.parent == node.parent

    def _of_list(self, node: Draft) -> Role | None:
        """What the member before it in its list was told to be (整改措施：1.…（责任单位：…）。2.…: a field between them ends the first one)."""
        before = self.tree.nodes[node.index - 1] if node.index else None
        while before is not None and before.level > node.level and before.parent is not None:
            before = self.tree.nodes[before.parent]
        goes_on = (
            before is not None and before.parent == node.parent and before.family == node.family and before.ordinal + 1 == node.ordinal
        )
        return before.cue if before is not None and goes_on else None

    def _end_field(self) -> None:
        self.open_field = None

    def end(self) -> None:
        """Something that is no text of the body follows: no field goes on behind it."""
        self.open_field = None
        self.matter = None
        self.cue = None

    def _text(self, start: int, end: int, line: Line) -> None:
        """Give text[start:end] to the open item; the last member of a ；-list ends with its sentence, a bracketed field with its bracket."""
        tree, top = self.tree, self.tree.top
        if start >= end:
            return
        if self.open_field and tree.text[start - 1] in "：:" and self._bracketed(start):
            close = self._closing(start, end)
            if close >= 0:
                self._give(start, close)
                self._end_field()
                tree.give(close, close + 1, silent=True)
                start, top = close + 1, tree.top
        if top and top.inline and top.listed and end == line.end and not self._of_sentences(top):
            stop = _SENTENCE.search(tree.text, start, end)
            if stop and stop.end() < end:
                self._give(start, stop.end())
                tree.close_to(tree.stack.index(top))
                start = stop.end()
                top = tree.top
        if top and top.heading is None and top.marker != "row" and len(top.own) == (top.label_span is not None) and not top.head_code:
            start = self._lead(top, start, end, line)
        self._give(start, end)

    def _of_sentences(self, node: Draft) -> bool:
        """Whether the members of the list are made of sentences, as the one before shows (一要紧盯重点领域。…；二要…): then the last one is too."""
        before = self.tree.nodes[node.index - 1]
        return before.family == node.family and "。" in self.tree.text[before.start : node.start]

    def _bracketed(self, start: int) -> bool:
        """Whether a bracket shortly before `start` is still open there; brackets inside it are passed over (（责任单位：各县（市）；时限：…）)."""
        depth = 0
        for bracket in _BRACKET.finditer(self.tree.text, max(0, start - _BACK), start):
            depth = depth + 1 if bracket[0] in _OPENING else max(depth - 1, 0)
        return depth > 0

    def _closing(self, start: int, end: int) -> int:
        """Where the bracket that is open at `start` ends, or -1."""
        depth = 1
        for bracket in _BRACKET.finditer(self.tree.text, start, end):
            depth += 1 if bracket[0] in _OPENING else -1
            if not depth:
                return bracket.start()
        return -1

    def _lead(self, node: Draft, start: int, end: int, line: Line) -> int:
        """Find the item's name at text[start:end]: the lead sentence, a short name before a colon, or a line without a closing mark."""
        tree = self.tree
        begin = start
        while begin < end and tree.text[begin] in " 　\t":
            begin += 1
        if begin >= end:
            return start
        if node.marker == "bold" and _NOTES.fullmatch(tree.text, begin, end):
            return self._name(node, begin, end - 1, end)
        bold = next((span.end for span in line.bold if span.start <= begin < span.end < end), 0)
        if bold and node.marker == "number" and _BOLD_NAME.fullmatch(tree.text, begin, bold):
            return self._name(node, begin, bold, bold)  # **一、各地自查**各镇要…
        name = _COLON_NAME.match(tree.text, begin, end)
        if name and name.end() + 1 < line.end and node.marker in ("number", "bullet", "heading", "bold"):
            return self._name(node, begin, name.end(), name.end() + 1)
        spaced = _SPACED_NAME.match(tree.text, begin, end) if node.family in BLOCKS else None
        if spaced and self.sections.named(tree.text, begin, spaced.end()):
            return self._name(node, begin, spaced.end(), spaced.end())
        if node.family in BLOCKS or node.family == "paren":
            run_on = self._run_on_name(node, begin, end) if line.end - line.start > _RUN_TOGETHER else 0
            if run_on:
                return self._name(node, begin, run_on, run_on)
        stop = _STOP.search(tree.text, begin, end)
        if stop and stop.start() - begin <= _LONG:
            return self._name(node, begin, stop.start(), stop.end())
        whole = end == line.end or node.family in BLOCKS or node.family == "paren"
        if (
            stop is None
            and whole
            and end - begin <= _LONG
            and tree.text[end - 1] not in "；;，,、：:"
            and (not node.inline or end < line.end)
        ):
            return self._name(node, begin, end - (tree.text[end - 1] in "（("), end)
        return start

    def _run_on_name(self, node: Draft, begin: int, end: int) -> int:
        """Where the name of a section ends whose text follows without a line end (一、工作目标到2031年…, 一,属地管理,以…); 0 where none does."""
        text = self.tree.text
        for past in range(min(begin + _LONGEST_RUN_ON, end), begin + 3, -1):
            section = self.sections.named(text, begin, past)
            if section and (section.role in _NOUNS or _OPENS_TEXT.match(text, past, end)):
                return past
        clause = _CLAUSE.match(text, begin, end) if node.label[-1:] not in _SIGNS_OF_LABEL else None
        return clause.end() if clause else 0

    def _name(self, node: Draft, begin: int, end: int, past: int) -> int:
        node.heading = Span(begin, end)
        self._give(begin, past, lead=True)
        return past

    def _give(self, start: int, end: int, *, silent: bool = False, lead: bool = False) -> None:
        piece = self.tree.give(start, end, silent=silent, lead=lead)
        current = self.open_field
        if piece is None or current is None:
            return
        begin, past = start, end
        while begin < past and self.tree.text[begin].isspace():
            begin += 1
        if current.start < 0:
            current.start = begin
        current.end = past
        if not silent:
            piece.kind, piece.field, piece.head = "field", current.code, current.head


_place = itemgetter(0)


def _next_number(events: Sequence[Mark | Head | Bold], i: int) -> int:
    """For the mark that opens a line, the number of the next mark of its family there; 0 for none."""
    mark = events[i]
    if not isinstance(mark, Mark) or not mark.first:
        return 0
    return next((event.ordinal for event in events[i + 1 :] if isinstance(event, Mark) and event.family == mark.family), 0)


def _is_inline(mark: Mark, following: int) -> bool:
    """Whether an item ends with its paragraph: it began inside, or the next of its list follows in the line."""
    if mark.family in BLOCKS:
        return False
    if mark.first:
        return mark.family != "paren" and following == mark.ordinal + 1
    return mark.family != "paren" or mark.behind in ("；", ";", "：", ":")


def _leads(text: str, line: Line, marks: Sequence[Mark], heads: Sequence[Head]) -> list[Bold]:
    """The bold leads of a line: a bold sentence where a sentence may begin, or a short line that is bold altogether."""
    result: list[Bold] = []
    taken = [(mark.start, mark.end) for mark in marks] + [(head.start, head.end) for head in heads]
    taken.sort()
    for bold in line.bold:
        start, end = max(bold.start, line.start), min(bold.end, line.end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start < 2 or end - start > _LONG or _touches(taken, start, end):
            continue
        whole = start == line.start and end == line.end
        closed = text[end - 1] in _LEAD_ENDS or (end < line.end and text[end] in _LEAD_ENDS)
        opened = (
            start == line.start
            or text[start - 1] in _BEFORE_LEAD
            or (closed and start - line.start <= _SPEAKER and text[start - 1] in "，,：:")
        )
        if text[end - 1] in _LEAD_ENDS and end == line.end and not result and start - line.start > _SPEAKER:
            continue  # the last sentence of a paragraph leads nothing
        if opened and (closed or whole) and (text[end - 1] not in "，,：:；;、" or (whole and _NOTES.fullmatch(text, start, end))):
            result.append(Bold(start, end, whole))
    return result


def _touches(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether text[start:end] meets one of the stretches taken, which are in order and apart."""
    i = bisect_right(taken, (end, end))
    return i > 0 and taken[i - 1][1] >= start
