"""What the stages hand to one another: frozen records with offsets. Imports nothing of this package.

What a document holds by the hundred is a named tuple, which is made in a third of the time that a frozen dataclass takes.

All offsets are 0-based, half-open and count Unicode code points. Offsets of a `RawDocument` point into `RawDocument.text`;
all later ones into the canonical text, `Document.text`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

BlockKind = Literal["paragraph", "heading", "bullet", "table"]
Severity = Literal["info", "warning"]


class Span(NamedTuple):
    """A half-open stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `start` and `end` are where its text stands (equal where it is empty).

    A merged cell stands once, at its first row and column, with the spans it covers.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int


class Block(NamedTuple):
    """A stretch of text that its format sets apart: a paragraph, a heading, a bulleted line or a table.

    level: of a heading, 1 to 6; else 0.   bold: the emphasised stretches inside.   cells: of a table, row by row.
    page: 1-based, None where the format has no pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    bold: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    page: int | None = None


class Place(NamedTuple):
    """Where a printed line stands: its text begins at `start` and reaches to the next place.

    box: left, top, right, bottom in points from the top left of the page.
    """

    start: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something a reader should know; offsets are -1 where it belongs to no place."""

    code: str
    severity: Severity
    message: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader found in a file: its text, block after block in reading order, one `\\n` between two of them.

    source: the path as given.   format: txt, md, html …   meta: facts that stand outside the text, such as `title` (the page's
    own), `site`, `published`, `doc_number`, `source_name`.   repairs: codes of what the reader itself mended (encoding, boilerplate).
    places: of printed formats, the lines in order of text; a table cut by a page end goes back and forth between pages.
    """

    source: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    meta: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None
    places: tuple[Place, ...] = ()


class Edit(NamedTuple):
    """Text taken out and put in: `old` stood at `start` of a layer's input, `new` stands in its output."""

    start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Layer:
    """All that one fixer changed, in order of place; `code` is its name in `repairs`."""

    code: str
    edits: tuple[Edit, ...]


class Repaired(NamedTuple):
    """A repaired place of the canonical text: `old` stood where text[start:end] stands now, which may be nothing."""

    code: str
    old: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The repaired document. `layers` lead from the raw text to `text`; undone in reverse they give the raw text back.

    The blocks cover every line of `text` that is not empty; offsets in blocks and cells point into `text`.
    """

    source: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    layers: tuple[Layer, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    repaired: tuple[Repaired, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None
    places: tuple[Place, ...] = ()


# --- outline -------------------------------------------------------------------------------------------------------------

Marker = Literal["number", "word", "heading", "bold", "bullet", "row"]
Role = Literal["guidance", "principle", "objective", "problem", "measure", "guarantee", "progress", "other"]
FieldCode = Literal["problem", "objective", "measure", "lead", "responsible", "support", "supervise", "deadline", "progress", "status"]
DocType = Literal["plan", "task_list", "progress", "minutes", "news", "speech", "notice", "other"]
PassageKind = Literal["title", "number", "addressee", "info", "signature", "attachment", "body", "field", "cell", "statistic"]


@dataclass(frozen=True, slots=True)
class Header:
    """What the document says of itself; an empty string where it does not say.

    `published` is as precise as printed (2023-06-21, 2023-07, 2023); `inspection_level` is central, provincial or empty;
    `inspection_round` is 1, 2, 3 … as text, or empty.   `anchor` is the day that relative dates count from, None where unknown.
    """

    title: str = ""
    doc_type: DocType = "other"
    issuer: str = ""
    doc_number: str = ""
    region: str = ""
    region_code: str = ""
    published: str = ""
    inspection_level: str = ""
    inspection_round: str = ""
    anchor: date | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One item of the tree. `index` is its place in `Outline.nodes` (document order), `parent` that of the item around it.

    label: as printed, without emphasis marks; empty where there is none.   label_span: where it stands.   heading: the item's name
    as a span, or None.   own: the item's own text, label included, children excluded.   start, end: the whole extent, children included.
    """

    index: int
    parent: int | None
    level: int
    ordinal: int
    label: str
    marker: Marker
    role: Role
    heading: Span | None
    label_span: Span | None
    own: tuple[Span, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a matter: the value stands at start:end, `head` is the field's name as printed, `node` the item it belongs to (None: the document)."""

    node: int | None
    field: FieldCode
    head: str
    start: int
    end: int
    rule: str


class Passage(NamedTuple):
    """A stretch that is read as one: a paragraph's part that belongs to one item, the value of a field, a table's cell.

    The passages of an outline are in document order, do not overlap and cover all text but markers, field heads and table heads.
    kind: title, number (文号), addressee, info (发布时间, 来源 …), signature, attachment (the list of attachments, notes), body,
    field (the value of a field; `field` says which), cell (of a task table without a known field), statistic (a cell or row of a table
    of figures; `head` holds the column's head).   node: the innermost item, or None.   lead: True for the item's heading, when a body follows.
    """

    kind: PassageKind
    start: int
    end: int
    node: int | None
    role: Role
    field: FieldCode | None = None
    head: str = ""
    row: int = -1
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's header, its tree and the passages that the finders read."""

    header: Header
    nodes: tuple[Node, ...]
    fields: tuple[Field, ...]
    passages: tuple[Passage, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


# --- values --------------------------------------------------------------------------------------------------------------

Operator = Literal["=", ">=", "<=", ">", "<", "~"]
QuantityKind = Literal["cardinal", "percent", "class", "fraction", "multiple", "ordinal"]
Precision = Literal["day", "month", "quarter", "half", "year", "plan", "period", "open"]
Sense = Literal["point", "by", "as_of", "since", "from", "within", "recurrence", "open"]
Anchor = Literal["none", "published", "previous", "document"]


class Quantity(NamedTuple):
    """A number as printed with its unit and the words that bound it.

    start, end: the whole expression, bounding words included (不低于98%, 约58万户, 12%以下).   number: the numerals alone.
    value, value_high: as printed (1.66 of 1.66万亩; high only for ranges).   unit: as printed (万亩), "" for a bare number.
    base_value, base_value_high, base_unit: in the base unit (16600 亩; percent stays %; 三成 is 30 %).
    """

    start: int
    end: int
    number: Span
    kind: QuantityKind
    value: Decimal
    unit: str
    operator: Operator = "="
    value_high: Decimal | None = None
    base_value: Decimal | None = None
    base_value_high: Decimal | None = None
    base_unit: str = ""


class DateMention(NamedTuple):
    """A date or period as printed, with its governing words (截至2023年10月底, 到2025年, 2023年12月底前, 自2019年1月1日起).

    core: the date alone, without governing words.   first, last: the first and last day, None where open or unresolved.
    sense: by (底前、到…、前、内), as_of (截至), since (以来), from (自…起), within (两年内 counted from an anchor), recurrence (每月),
    open (长期坚持), else point.   anchor: what an incomplete date was resolved by.
    """

    start: int
    end: int
    core: Span
    first: date | None
    last: date | None
    precision: Precision
    sense: Sense = "point"
    anchor: Anchor = "none"


@dataclass(frozen=True, slots=True)
class View:
    """The canonical text with its values found, as the rules see it.

    masked: the text, same length, every character of a quantity replaced by U+E000, of a date by U+E001, of an ordinal by U+E002,
    of a 《title》 by U+E003; a value inside a title stays hidden under the title.   quantities, dates: in document order.
    """

    text: str
    masked: str
    quantities: tuple[Quantity, ...]
    ordinals: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The quantities that begin in text[start:end]."""
        return self.quantities[bisect_left(self.quantities, (start,)) : bisect_left(self.quantities, (end,))]

    def dates_in(self, start: int, end: int) -> tuple[DateMention, ...]:
        """The dates that begin in text[start:end]."""
        return self.dates[bisect_left(self.dates, (start,)) : bisect_left(self.dates, (end,))]


# --- mentions and records -------------------------------------------------------------------------------------------------


class Claim(NamedTuple):
    """A stretch that a rule took: what `explain` shows. kind: a table's name, or the class of a numeral that is no row (name, bound, position …)."""

    kind: str
    start: int
    end: int
    rule: str
    won: bool = True


class Target(NamedTuple):
    """What a number says of an indicator: a target to be reached, or a result; start:end is what was read of it."""

    node: int | None
    kind: Literal["target", "result"]
    indicator: str
    action: str
    change: Literal["level", "increase", "decrease"]
    quantity: Quantity
    start: int
    end: int
    rule: str
    operator: Operator = "="
    baseline: str = ""
    compared_to: str = ""
    due: date | None = None
    due_text: str = ""
    due_at: int = -1
    due_from: Literal["", "sentence", "item", "section", "document"] = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a kind of matters there are, and how many of them are done, ongoing and pending; start:end is where it is told."""

    node: int | None
    subject: str
    total: int | None
    done: int | None
    ongoing: int | None
    pending: int | None
    rate: Decimal | None
    as_of: date | None
    start: int
    end: int
    rule: str
    noun: str = ""


OwnerKind = Literal["organization", "collective", "group", "person"]
OwnerRole = Literal["lead", "responsible", "support", "supervise"]


class Owner(NamedTuple):
    """Who is to do it; start:end is where the name stands."""

    node: int | None
    name: str
    canonical: str
    kind: OwnerKind
    role: OwnerRole
    start: int
    end: int
    rule: str
    person: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part in a meeting, and as what; start:end is where the name stands."""

    role: Literal["host", "speaker", "present", "observer", "absent", "recorder"]
    organization: str
    person: str
    title: str
    start: int
    end: int
    rule: str


DateKind = Literal["published", "signed", "meeting", "deadline", "as_of", "period", "event", "recurrence"]


class DateRow(NamedTuple):
    """What a date stands for in its sentence; start:end is where it stands."""

    node: int | None
    kind: DateKind
    mention: DateMention
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read in one document, in document order."""

    targets: tuple[Target, ...] = ()
    tallies: tuple[Tally, ...] = ()
    owners: tuple[Owner, ...] = ()
    participants: tuple[Participant, ...] = ()
    dates: tuple[DateRow, ...] = ()
    claims: tuple[Claim, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def passage_at(passages: tuple[Passage, ...], place: int) -> Passage | None:
    """The passage that holds `place`, or None."""
    i = bisect_right(passages, place, key=lambda p: p.start) - 1
    return passages[i] if i >= 0 and place < passages[i].end else None
