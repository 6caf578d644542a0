"""Corrections put into the results of the documents that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extract.rulebook import Rulebook
from extract.tables.corrections import Correction
from extract.tables.mended import corrected, replaced
from extract.write.result import Result, rows_of, with_rows


class Mender:
    """Called with each result, gives it back with its corrections in it; results without any pass through unread."""

    def __init__(self, corrections: Iterable[Correction], book: Rulebook) -> None:
        self._book = book
        self._by_document: defaultdict[str, list[Correction]] = defaultdict(list)
        self._by_source: defaultdict[str, list[Correction]] = defaultdict(list)
        for one in corrections:
            self._by_document[one.doc_id].append(one)
            self._by_source[one.source].append(one)

    def __call__(self, result: Result) -> Result:
        """The corrected result. A document in the place of one that was corrected gets a diagnostic for each correction lost with it."""
        doc_id = result.outcome.doc_id
        if result.outcome.status != "converted" or not doc_id:
            return result
        mine = self._by_document.get(doc_id, [])
        lost = [one for one in self._by_source.get(result.outcome.source, ()) if one.doc_id != doc_id]
        if not mine and not lost:
            return result
        rows = rows_of(result)
        if mine:
            rows = corrected(rows, result.text.decode(), mine, self._book.lookup("status"))
        return with_rows(result, replaced(rows, lost) if lost else rows)
