"""The view that the rules have of a text: its values found, and masked by stand-ins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.model import Quantity, Span, View
from extract.values.dates import find_dates
from extract.values.quantities import find_quantities, hide
from extract.values.terms import with_terms
from extract.values.units import UnitTable

QUANTITY, DATE, ORDINAL, TITLE = "\ue000", "\ue001", "\ue002", "\ue003"

_TITLE = re.compile("《[^《》\n]{1,80}》")


def find_values(
    text: str,
    anchor: date | None = None,
    year: int | None = None,
    units: UnitTable | None = None,
    labels: Sequence[int] = (),
    terms: Sequence[Span] = (),
) -> View:
    """The text with its dates, then its quantities found; no two of them overlap.

    anchor: the day that relative dates count from.   year: the document's own year where it has no such day.   units: see `find_quantities`.
    labels: where labels of items end; a point that ends one is no decimal point (2.13家企业 of the second item are 13).
    terms: where the values of deadline fields stand, in which 2024.12 is a month.
    Dates inside a 《title》 stay in `dates`, quantities inside one are dropped; in `masked` a title hides what stands in it.
    """
    dates = with_terms(find_dates(text, anchor, year=year), text, terms, anchor, year)
    titles = [match.span() for match in _TITLE.finditer(text)] if "《" in text else []
    points = [(end - 1, end) for end in labels if text[end - 1 : end] == "." and text[end : end + 1].isdigit()]
    unread = hide(hide(text, points, ORDINAL), titles, TITLE)
    open_dates = [(d.start, d.end) for d in dates if not titles or TITLE not in (unread[d.start], unread[d.end - 1])]
    unread = hide(unread, open_dates, DATE)
    numbers = find_quantities(unread, units, dates=())
    quantities = tuple([q for q in numbers if q.kind != "ordinal"])
    ordinals = tuple([q for q in numbers if q.kind == "ordinal"])
    return View(text, _masked(unread, numbers), quantities, ordinals, tuple(dates))


def _masked(text: str, numbers: list[Quantity]) -> str:
    """The text with its numbers hidden, each by the mark of its kind."""
    parts: list[str] = []
    at = 0
    for number in numbers:
        start, end = number.start, number.end
        parts += text[at:start], (ORDINAL if number.kind == "ordinal" else QUANTITY) * (end - start)
        at = end
    parts.append(text[at:])
    return "".join(parts)
