"""The path of a document, from bytes to rows: read, repair, outline, find the values, read the records, make the tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from extract import ingest, outline, records, repair, tables
from extract.model import Document, Outline, Records, Span, View
from extract.rulebook import Rulebook
from extract.tables.account import Numeral, account
from extract.tables.schema import DiagnosticRow, Tables
from extract.values import find_dates
from extract.values.mask import find_values

if TYPE_CHECKING:
    import pandas


_OPENING = 800
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$)")
_YEAR_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年(?![^，。；\n]{0,2}(?:以来|起|颁布|修订))")
_OTHER_PAPER = re.compile("《[^《》]*》")
_OF_REPORT = re.compile(r"^[\s　]*((?:19|20)\d\d)年[，,]|现将((?:19|20)\d\d)年", re.MULTILINE)
"""The year of which a report without a day of its own tells: 2031年，…, 现将2031年一季度进展通报如下."""
_OF_PLAN = re.compile(r"^[^《。\n]{0,60}?((?:19|20)\d\d)年度?(?:重点)?(?:工作|行动|实施|整治)?(?:方案|计划|要点)", re.MULTILINE)
"""The year of a plan that is named before it begins, where it has no title of its own (某县治污2031年度工作方案，供参考)."""
_OF_CHECK = re.compile(
    r"^[^《。，；\n]{0,12}?[，,]?[^《。，；\n]{0,16}?(?:对|就)((?:19|20)\d\d)年[^。\n]{2,50}?情况[^。，；\n]{0,12}(?:督查|检查|督导|核查|调研|通报|抽查|评估)",
    re.MULTILINE,
)
"""The year of what a report without a title looked into (县督查室对2031年实事项目进展情况进行督查)."""
_OF_WORK = re.compile(r"对((?:19|20)\d\d)年(?:度)?的?[^，。；\n]{0,16}工作[^，。；\n]{0,4}(?:部署|安排)")
"""The year whose work a meeting in the news laid down (对2031年的护林工作做了部署)."""
_OF_MEETING = re.compile(
    r"(?:召开|举行)了?[^，。；\d\n]{0,16}((?:19|20)\d\d)年(?!\d)|月\d{1,2}日[^，。；\d\n]{0,10}((?:19|20)\d\d)年(?!\d)[^，。；\n]{0,24}召开"
)
"""The year that the name of a meeting tells: 召开2031年总河长会."""
_CITED = re.compile(r"[〔\[（(]((?:19|20)\d\d)[〕\]）)]\s?第?\d{1,4}号")
"""Characters at a document's start in which its own day is looked for."""


@dataclass(frozen=True)
class Converted:
    """One document with all that was read in it.

    text: the canonical text, into which every offset points.   rows: its tables as typed rows.   tables: the same as pandas frames.
    """

    doc_id: str
    document: Document
    outline: Outline
    view: View
    records: Records
    numerals: tuple[Numeral, ...]
    rows: Tables

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def diagnostics(self) -> tuple[DiagnosticRow, ...]:
        return self.rows.diagnostics

    @cached_property
    def tables(self) -> Mapping[str, pandas.DataFrame]:
        """A frame per table, by its name."""
        from extract.tables.frames import frames  # pandas takes half a second to load, which a run does not need

        return frames(self.rows)


def convert(data: bytes, source: str, rulebook: Rulebook) -> Converted:
    """Read one file's bytes; `source` is its name in the tables. Raises IngestError where the bytes are no document."""
    doc_id = hashlib.sha256(data).hexdigest()[:16]
    raw = ingest.read(data, source)
    document = repair.repair(raw)
    structure = outline.outline(document, rulebook)
    structure = _anchored(structure, document.text)
    labels = [node.label_span.end for node in structure.nodes if node.label_span is not None]
    terms = [Span(field.start, field.end) for field in structure.fields if field.field == "deadline"]
    view = find_values(document.text, *_anchor(structure, document.text), rulebook.lookup("units"), labels, terms)
    structure = _opened(structure, document.text)
    found = records.read(document, structure, view, rulebook)
    numerals = account(structure, view, found.claims)
    rows = tables.build(doc_id, document, structure, found, numerals, rulebook.lookup("status"))
    return Converted(doc_id, document, structure, view, found, numerals, rows)


def _anchored(structure: Outline, text: str) -> Outline:
    """A document that says nowhere when it was published counts relative dates from the first full day that it names, as news of a meeting do.

    A report says later up to when it counts (截至2031年6月底); it was not written before.
    """
    header = structure.header
    if header.anchor or header.published:
        return structure
    named = find_dates(text[:_OPENING])
    day = next(
        (mention.first for mention in named if mention.precision == "day" and mention.first and mention.sense not in ("by", "within")), None
    )
    told = next((mention.last for mention in named if mention.sense == "as_of" and mention.last), None)
    if day is not None and day.year < _year_of_meeting(text[:_OPENING]):
        day = None
    return replace(structure, header=replace(header, anchor=told if told and (day is None or told > day) else day))


def _opened(structure: Outline, text: str) -> Outline:
    """A text without any day that lays down a year's work was written as that year began: what it tells of the years before is over."""
    header = structure.header
    work = _OF_WORK.search(text[:_OPENING]) if not (header.anchor or header.published or header.title) else None
    return replace(structure, header=replace(header, anchor=date(int(work[1]), 1, 1))) if work is not None else structure


def _year_of_meeting(opening: str) -> int:
    """The year in the name of the meeting that a document's opening tells of, or 0."""
    found = _OF_MEETING.search(opening)
    return int(found[1] or found[2]) if found else 0


def _only_year(text: str) -> str:
    """The one year that a text names anywhere outside other papers' titles (2031年技能大赛), which is the year of its days; of several none."""
    named = set(_YEAR_NAMED.findall(_OTHER_PAPER.sub("", text)))
    return named.pop() if len(named) == 1 else ""


def _anchor(structure: Outline, text: str) -> tuple[date | None, int | None]:
    """What relative dates count from: the document's day, else its year: that of publication, of its title, of the papers that it hands on, or the only one that it names."""
    header = structure.header
    if header.anchor:
        return header.anchor, header.anchor.year
    opening = text[:_OPENING]
    reported = _OF_REPORT.search(opening)
    told = next(iter(_YEAR.findall(header.title)), "") or (reported and (reported[1] or reported[2]))
    if not told and not header.title:
        told = next(iter(_OF_PLAN.findall(opening) or _OF_CHECK.findall(opening) or _OF_WORK.findall(opening)), "")
    year = header.published[:4] or told or str(_year_of_meeting(opening) or max(_CITED.findall(opening), default="")) or _only_year(text)
    return None, int(year) if year.isdigit() else None
