"""From a raw document to its canonical text: named fixers, one after the other, each of whose edits can be undone."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from extract.model import Diagnostic, Document, Edit, Layer, Place, RawDocument, Repaired, Span
from extract.repair import blocks
from extract.repair.characters import drop_invisible, drop_stray_commas, full_stops, is_private, narrow, private_bullets, replace_lookalikes
from extract.repair.draft import Draft, Fixer
from extract.repair.edges import drop_edges, part_facts, part_lines
from extract.repair.furniture import drop_furniture
from extract.repair.markup import drop_markup
from extract.repair.notices import find_notices, isolate_elisions
from extract.repair.offsets import OffsetMap, Shift, undo
from extract.repair.opening import part_opening
from extract.repair.pages import drop_page_numbers
from extract.repair.scatter import drop_scattered
from extract.repair.script import drop_glosses, to_simplified
from extract.repair.spacing import tidy_spaces, trim
from extract.repair.torn import mend_torn
from extract.repair.wrap import join_lines

__all__ = ["FIXERS", "OffsetMap", "repair", "undo"]

LAYOUT = "layout"
"""The code of edits that only move line ends: kept as a layer, not told as a repair."""

FIXERS: tuple[tuple[str, Fixer], ...] = (
    ("markup", drop_markup),
    ("encoding", mend_torn),
    ("lookalike", private_bullets),
    ("invisible", drop_invisible),
    ("width", narrow),
    ("pinyin_gloss", drop_glosses),
    ("stray_comma", drop_stray_commas),
    ("lookalike", full_stops),
    ("traditional", to_simplified),
    ("lookalike", replace_lookalikes),
    ("boilerplate", drop_scattered),
    (LAYOUT, part_lines),
    (LAYOUT, part_facts),
    ("boilerplate", drop_edges),
    ("boilerplate", drop_furniture),
    (LAYOUT, isolate_elisions),
    ("page_number", drop_page_numbers),
    ("hard_wrap", join_lines),
    (LAYOUT, part_opening),
    ("spacing", tidy_spaces),
    (LAYOUT, trim),
)
"""What is repaired, in this order: markup first, since blocks know where its marks are; lines last, when what lay between them is gone."""


def repair(raw: RawDocument) -> Document:
    """The canonical text of a document, with its blocks, and the edits that led to it; `undo` gives the raw text back.

    No line of the text is empty, and the blocks cover all of it. Diagnostics: those of the reader, and text_elided, redacted,
    glyph_lost with their places.
    """
    draft = Draft.of(raw)
    layers: list[Layer] = []
    shifts: list[Shift] = []
    for code, fixer in FIXERS:
        edits = fixer(draft)
        if edits:
            layers.append(Layer(code, tuple(edits)))
            shifts.append(Shift.of(edits))
            draft = draft.after(edits, shifts[-1])
    repairs = sorted({*raw.repairs, *(layer.code for layer in layers)} - {LAYOUT})
    diagnostics = (*(_told(one, shifts) for one in raw.diagnostics), *find_notices(draft), *_lost_private(layers, shifts))
    return Document(
        source=raw.source,
        format=raw.format,
        text=draft.text,
        blocks=blocks.rebuild(draft, shifts),
        layers=tuple(layers),
        meta=raw.meta,
        repairs=tuple(repairs),
        repaired=_repaired(layers, shifts),
        diagnostics=diagnostics,
        pages=raw.pages,
        places=_moved(raw.places, shifts),
    )


def _repaired(layers: list[Layer], shifts: list[Shift]) -> tuple[Repaired, ...]:
    """Where each edit but those of the layout ended up, in order of place."""
    found: list[Repaired] = []
    for i, layer in enumerate(layers):
        if layer.code == LAYOUT:
            continue
        starts, ends = shifts[i].new_starts, shifts[i].new_ends
        for shift in shifts[i + 1 :]:
            starts, ends = shift.all_starts(starts), shift.all_ends(ends)
        found += [
            Repaired(layer.code, edit.old, start, max(start, end)) for edit, start, end in zip(layer.edits, starts, ends, strict=True)
        ]
    return tuple(sorted(found, key=attrgetter("start", "end")))


def _told(one: Diagnostic, shifts: list[Shift]) -> Diagnostic:
    """What a reader told, at its place in the canonical text."""
    if one.start < 0:
        return one
    span = Span(one.start, one.end)
    for shift in shifts:
        span = shift.span(span)
    return replace(one, start=span.start, end=span.end)


def _moved(places: tuple[Place, ...], shifts: list[Shift]) -> tuple[Place, ...]:
    """Where the printed lines stand in the canonical text."""
    starts = [place.start for place in places]
    for shift in shifts if places else ():
        starts = shift.all_starts(starts)
    return tuple([Place(start, place.page, place.box) for start, place in zip(starts, places, strict=True)])


def _lost_private(layers: list[Layer], shifts: list[Shift]) -> list[Diagnostic]:
    """A character of a private font has no meaning outside it: it is taken out, and its place is told."""
    found: list[Diagnostic] = []
    for i, layer in enumerate(layers):
        if layer.code == "invisible":
            for edit in layer.edits:
                if is_private(edit.old):
                    start, end = _place(edit, shifts[i:])
                    found.append(Diagnostic("glyph_lost", "warning", "a character of a private font is missing here", start, end))
    return found


def _place(edit: Edit, shifts: list[Shift]) -> Span:
    span = Span(edit.start, edit.start + len(edit.old))
    for shift in shifts:
        span = shift.span(span)
    return span
