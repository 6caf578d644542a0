"""Which day a row of a report speaks of."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from extract.tables.schema import DateRow, DocumentRow, TallyRow, TargetRow

_OPENING = 80
"""Characters at a document's start in which its title stands, and with it the year that the document is about."""
_NUMBER_YEAR = re.compile(r"〔((?:19|20)\d\d)〕")
_LATE = timedelta(days=31)
"""A report may be published before the period that it counts to the end has quite ended; more than this, and the date is a plan's."""


class Span(NamedTuple):
    """A stretch of days; `first` is None where a count begins nobody says when."""

    first: date | None
    last: date


def published(document: DocumentRow) -> Span | None:
    """The days on which a document may have been published: one, or all of the month or year that is all it says."""
    year, month, day = ([int(part) for part in document.published.split("-") if part.isdigit()] + [0, 0, 0])[:3]
    try:
        if day:
            return Span(date(year, month, day), date(year, month, day))
        if month:
            return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Span(date(year, 1, 1), date(year, 12, 31)) if year else None
    except ValueError:
        return None


def dated(documents: Mapping[str, DocumentRow], dates: Iterable[DateRow]) -> dict[str, DocumentRow]:
    """The documents whose time can be told, each with a `published`.

    One that does not say when it was published is dated by its signature or its meeting, else by the year of its number, else by the year
    that its title reports on: a report on 2031 is written in 2032.
    """
    missing = {doc_id for doc_id, document in documents.items() if not document.published}
    days: dict[str, str] = {}
    years: dict[str, str] = {}
    for one in dates if missing else ():
        if one.doc_id in missing and one.end_date:
            if one.kind in ("signed", "meeting"):
                days.setdefault(one.doc_id, one.end_date.isoformat())
            elif one.kind == "period" and one.precision == "year" and one.start < _OPENING:
                years.setdefault(one.doc_id, str(one.end_date.year))
    found = {}
    for doc_id, document in documents.items():
        told = document.published or days.get(doc_id) or _year_of_number(document) or _after(years.get(doc_id), document)
        if told:
            found[doc_id] = document._replace(published=told)
    return found


def _year_of_number(document: DocumentRow) -> str:
    match = _NUMBER_YEAR.search(document.doc_number)
    return match[1] if match else ""


def _after(year: str | None, document: DocumentRow) -> str:
    if not year:
        return ""
    return str(int(year) + 1) if document.doc_type == "progress" else year


class Moments:
    """The dates of some reports, and what of their text only compares (较2020年)."""

    def __init__(self, dates: Iterable[DateRow], compared: Iterable[TargetRow]) -> None:
        aside: defaultdict[tuple[str, str], list[TargetRow]] = defaultdict(list)
        for row in compared:
            aside[row.doc_id, row.measure_id].append(row)
        self._in_item: defaultdict[tuple[str, str], list[DateRow]] = defaultdict(list)
        self._of_document: defaultdict[str, list[DateRow]] = defaultdict(list)
        for one in dates:
            counts = one.kind in ("as_of", "period") and one.end_date and one.precision != "plan"
            if counts and not any(_inside(one, row) for row in aside[one.doc_id, one.measure_id]):
                self._in_item[one.doc_id, one.measure_id].append(one)
                if one.kind == "as_of" or one.start < _OPENING:
                    self._of_document[one.doc_id].append(one)

    def of(self, row: TargetRow | TallyRow, document: DocumentRow) -> Span | None:
        """The days that a result is about: by the nearest date before it in its item, else by the date that the document counts to, else by
        the period in its title, else by its publication. None where the document has no date of publication."""
        out = published(document)
        if out is None:
            return None
        if isinstance(row, TallyRow) and row.as_of:
            return Span(None, row.as_of)
        latest = out.last + _LATE
        near = [one for one in self._in_item[row.doc_id, row.measure_id] if one.start < row.end and _last(one) <= latest]
        whole = [one for one in self._of_document[row.doc_id] if _last(one) <= latest]
        told = max(near, key=lambda one: one.start, default=None)
        told = told or next((one for one in whole if one.kind == "as_of"), None) or next(iter(whole), None)
        if told is None:
            return Span(None, out.last)
        return Span(told.start_date if told.kind == "period" else None, _last(told))


def _last(one: DateRow) -> date:
    return one.end_date or date.max


def _inside(one: DateRow, row: TargetRow) -> bool:
    """Whether a date stands in what a row is only compared with, or comes from."""
    return row.start <= one.start < row.end and (one.text in row.compared_to or one.text in row.baseline or bool(row.baseline))
