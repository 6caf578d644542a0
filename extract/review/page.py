"""One document as its page shows it: the text in pieces, the tree, the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.review import segments
from extract.review.entries import Entry, counts, entries, facts
from extract.review.read import Found, Row
from extract.review.words import name_of_code
from extract.tables.labels import Lang

_UNSAID = {"source", "title", "chars", "numerals", "numerals_claimed", "repairs"}
_BOX = re.compile(r"(?<![^;])(\d{1,6}):[\d.]+(?:,[\d.]+){3}(?![^;])")
_CLIP = 40
_SHORT = 10
"""Dashes up to which a line may be more than a rule across the page."""
_OPENING = 400
"""Characters at a document's start in which its title stands."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of the text: its style classes, the numbers of the rows that cover it, the item that begins with it."""

    start: int
    text: str
    classes: str
    covers: str
    item: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text. kind: `title` for the document's title, `rule` for one of dashes only, else empty."""

    kind: Literal["", "title", "rule"]
    pieces: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the tree."""

    id: str
    label: str
    name: str
    role: str
    start: int
    end: int
    children: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of one document shows. facts: what the document says of itself.   lanes: of each entry, in their order."""

    document: Row
    facts: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    tree: Sequence[Item]
    entries: Sequence[Entry]
    lanes: Sequence[int]
    counts: Mapping[str, int]
    roles: Mapping[str, Sequence[str]]

    @property
    def printed(self) -> list[int]:
        """The pages on which its rows are printed."""
        return sorted({int(page) for one in self.entries for page in _BOX.findall(one.boxes)})


def page(found: Found, document: Row, lang: Lang) -> Page:
    """The page of one document."""
    doc_id = document["doc_id"]
    text = found.text(doc_id)
    items = found.rows("measures", doc_id)
    listed = entries(found, doc_id, lang)
    placed = [_within(one, len(text)) for one in listed]
    lane = _lanes(listed, placed)
    return Page(
        document=document,
        facts=facts("documents", {name: value for name, value in document.items() if name not in _UNSAID}, "doc_id", lang),
        lines=_lines(text, document["title"], items, listed, placed, lane),
        tree=_tree(items, lang),
        entries=listed,
        lanes=lane,
        counts=counts(listed),
        roles=_roles(items, listed),
    )


def _lanes(listed: Sequence[Entry], placed: Sequence[tuple[int, int]]) -> list[int]:
    """A lane for each entry; repaired places, which are shown on demand, have the last one to themselves or share it."""
    found = [segments.LANES - 1] * len(listed)
    rows = [i for i, one in enumerate(listed) if one.table != "repairs"]
    for i, lane in zip(rows, segments.lanes([placed[i] for i in rows]), strict=True):
        found[i] = lane
    return found


def _within(entry: Entry, length: int) -> tuple[int, int]:
    """Where an entry is drawn: its place, or an empty one at the end of the text for what has none."""
    if entry.start < 0 or not entry.marked:
        return length + 1, length + 1
    return min(entry.start, length), min(max(entry.start, entry.end), length)


def _lines(
    text: str, title: str, items: Sequence[Row], listed: Sequence[Entry], placed: Sequence[tuple[int, int]], lane: Sequence[int]
) -> list[Line]:
    begins = {int(row["start"]): row["measure_id"] for row in reversed(items)}
    heads = [span for row in items if (span := _heading(text, row))]
    bold = {place for start, end in heads for place in range(start, end)}
    cuts = [*begins, *(place for head in heads for place in head)]
    shown = []
    for begin, pieces in segments.lines(text, placed, cuts):
        line = "".join(piece.text for piece in pieces).strip()
        is_title = begin < _OPENING and len(line) > 1 and line in title
        is_rule = len(line) > _SHORT and not line.strip("─━—＿_-=")
        shown.append(
            Line(
                "title" if is_title else "rule" if is_rule else "",
                [
                    Shown(
                        piece.start,
                        piece.text,
                        _classes(listed, lane, piece),
                        " ".join(map(str, piece.covers)),
                        begins.pop(piece.start, "") if piece.text else "",
                        piece.start in bold and bool(piece.text),
                    )
                    for piece in pieces
                ],
            )
        )
    return shown


def _classes(listed: Sequence[Entry], lane: Sequence[int], piece: segments.Piece) -> str:
    """A class for each lane that is taken below a piece, naming the table of what lies there; `gap` for a place without text.

    Repaired places are drawn when they are asked for.
    """
    drawn = [f"l{lane[i]}-{listed[i].table}" for i in piece.covers if listed[i].table != "repairs"]
    return " ".join((["s"] if drawn else []) + drawn + ([] if piece.text else ["gap"]))


def _heading(text: str, row: Row) -> tuple[int, int] | None:
    """Where the name of an item stands, its label included."""
    if not row["heading"]:
        return None
    start = int(row["start"])
    place = text.find(row["heading"], start, start + len(row["label"]) + len(row["heading"]) + 4)
    return None if place < 0 else (start, place + len(row["heading"]))


def _tree(items: Sequence[Row], lang: Lang) -> list[Item]:
    made: dict[str, Item] = {}
    top: list[Item] = []
    for row in items:
        name = row["heading"] or " ".join(row["text"].removeprefix(row["label"]).split())
        clipped = name if len(name) <= _CLIP else f"{name[: _CLIP - 1]}…"
        role = name_of_code("role", row["role"], lang)
        item = Item(row["measure_id"], row["label"], clipped, role, int(row["start"]), int(row["end"]))
        made[item.id] = item
        parent = made.get(row["parent_id"])
        (parent.children if parent else top).append(item)
    return top


def _roles(items: Sequence[Row], listed: Sequence[Entry]) -> dict[str, list[str]]:
    """The codes that the filter by role offers: of sections, and of owners and participants."""
    sections = dict.fromkeys(row["role"] for row in items)
    used = dict.fromkeys(role for one in listed for role in one.roles)
    return {"section_roles": [role for role in used if role in sections], "owner_roles": [role for role in used if role not in sections]}
