"""Where the rules for owners are tried: sentences and clauses that hold a cue, and clauses that may begin with who does something."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import repeat, zip_longest
from operator import itemgetter
from typing import NamedTuple, cast

from extract.model import Passage
from extract.records.duties import Reading, endings
from extract.records.names import Names
from extract.records.sentences import DATE, LONGEST, pieces
from extract.rulebook import Rule, Rulebook
from extract.rulebook.cues import Cues

OWNER_FIELDS = frozenset({"lead", "responsible", "supervise", "support"})

_READ = frozenset({"body", "cell"})
_READ_FIELDS = frozenset({"objective", "measure", "progress", "status"})
_DUTIFUL = frozenset({"measure", "guarantee", "objective", "principle", "guidance", "other"})
_LONGEST_SUBJECT = 90
_WINDOW = re.compile(r"(?:[^。！？\n（]++|（[^（）\n]*+）|（)++")
_MARKS = frozenset("、，；：。（\n\t 　")
_LEADS_IN = re.compile("现将?[^。；]{2,40}(?:[函批答回]复|报告|汇报|通报|公示|公布|函告|说明)如下")
_BINDS = frozenset("应必须不要")
"""What a word of duty begins with that stands behind a clause telling when it binds (医院接到报告后，|应当核实)."""
_AND_OTHERS = "等"
_OPENING = re.compile(r"\s*(?:(?:下一?(?:步|阶段)|现阶段|目前|当前|近期|日前|近日|此外|同时|另外)(?=[省市县区州盟旗各有相我全]))?")
"""What may stand before the subject of a sentence, without a mark behind it (下阶段市水利局将…)."""


class Window(NamedTuple):
    """A sentence of one passage; brackets are never divided."""

    start: int
    end: int
    passage: Passage


Clause = tuple[int, int, Window]
"""Where a clause begins and where the next one does, and the sentence that it belongs to; a plain tuple, as a document has hundreds."""


class Candidates:
    """The sentences of a document that rules read, with the beginnings of their clauses.

    told: where names begin whose role a rule has told; it grows while the rules are tried.
    """

    def __init__(self, reading: Reading, passages: Iterable[Passage], told: Container[int]) -> None:
        self.reading = reading
        self._told = told
        passages = list(passages)
        self.windows = list(_windows(passages, reading))
        self._first_item = next((passage.start for passage in passages if passage.node is not None), 0)
        self._lately = reading.fragment("lately")
        self._name_end = _name_end(reading.names)
        self._clauses = _clauses(self.windows, _edge(reading.rulebook.fragments["clause_edge"].source), reading.masked)
        self._cued = self._places_of_cues()

    def places(self, rule: Rule) -> list[tuple[Window, int]]:
        """Where a rule is tried, as a window and the place in it, in order.

        By `set: {at: …}`: each clause that holds a cue (clause), the last sentence of each item (end), else each window that holds one;
        without cues each clause that may begin with names and go on with a verb.
        """
        if rule.set.get("at") == "end":
            return [(one, one.start) for one in self._last_of_items()]
        if not rule.cues:
            return list(self._subjects())
        return [(window, start) for start, window in sorted(self._cued[rule.id].items(), key=_place)]

    def _places_of_cues(self) -> dict[str, dict[int, Window]]:
        """For each rule that has cues the places of their windows or clauses, from one scan for the cues of all rules."""
        masked = self.reading.masked
        cues, by_clause = _cues(self.reading.rulebook)
        places: dict[str, dict[int, Window]] = {rule.id: {} for rule in cues.rules}
        starts = [start for start, _, _ in self._clauses]
        start = end = named = opens = -1
        for place, rules in cues.scan(masked).hits() if starts else ():
            if not start <= place < end:
                number = bisect_right(starts, place) - 1
                start, end, window = self._clauses[number]
                if not start <= place < end:
                    continue  # no rule reads what stands here
                opens = start
                if place == start and start > window.start and masked[start - 1] == "，" and masked[start] in _BINDS:
                    opens = self._clauses[number - 1][0]
                name = self._name_end.search(masked, opens, end)
                named = name.start() if name else end
            if anywhere := rules & ~by_clause:
                for _, rule in cues.numbered(anywhere):
                    places[rule.id][window.start] = window
            if (in_clause := rules & by_clause) and named < place:
                for _, rule in cues.numbered(in_clause):
                    places[rule.id][opens] = window
                    if opens != start:
                        places[rule.id][start] = window
        return places

    def _last_of_items(self) -> Iterator[Window]:
        """The last sentence of each item that has more than one."""
        for number, (one, following) in enumerate(zip_longest(self.windows, self.windows[1:])):
            node = one.passage.node
            last = following is None or following.passage.node != node
            if last and node is not None and number and self.windows[number - 1].passage.node == node:
                yield one

    def _subjects(self) -> Iterator[tuple[Window, int]]:
        """Clauses in which a name ends where a verb may follow, all before it being names as far as its last piece tells."""
        text, names = self.reading.text, self.reading.names
        pairs, ones = names.last_pairs, names.last_ones
        clauses, at, last = self._clauses, -1, len(self._clauses) - 1
        start = end = -1
        asked = True  # has it been settled whether the clause has a subject?
        for ending in endings(self.reading, listed=False).finditer(self.reading.masked):
            place = ending.start() + 1
            if text[place] == _AND_OTHERS and ending.end() > place + 1:
                place = ending.end()  # 应急管理|等部门
            elif text[place - 2 : place] not in pairs and text[place - 1] not in ones:
                continue
            if place > end:  # the last name stood in a clause before
                while at < last and end < place:
                    at += 1
                    start, end, window = clauses[at]
                asked = start in self._told or place > end
            if asked or not 2 <= place - start <= _LONGEST_SUBJECT:
                continue
            subject = cast("re.Match[str]", _OPENING.match(text, start)).end()
            tail = text[min(subject, place) : place]
            if "、" in tail or "和" in tail or "及" in tail:
                tail = tail[max(tail.rfind("、"), tail.rfind("和"), tail.rfind("及")) + 1 :]
            if names.kind_of(tail) is None and tail not in names.heads and "（" not in tail:
                continue
            asked = True
            if self._may_tell(window) and self._opens(start, window.start):
                yield window, subject

    def _may_tell(self, window: Window) -> bool:
        """May a sentence tell by a verb alone who is to do something? Not where it says what was done of late."""
        if window.passage.node is None and _LEADS_IN.search(self.reading.masked, window.start, window.end):
            return False  # 有关部门逐条核过，现将结果函告如下
        told_before = window.passage.role != "progress" and self._lately.match(self.reading.masked, window.start)
        return not told_before and _may_tell_doers(window.passage, self._first_item)

    def _opens(self, start: int, floor: int) -> bool:
        """Does a subject begin here: at the sentence's begin or after a mark, a date between them or not?"""
        masked, place = self.reading.masked, start
        while place > floor and masked[place - 1] == DATE:
            place -= 1
        return place == floor or masked[place - 1] in _MARKS


def _windows(passages: Iterable[Passage], reading: Reading) -> Iterator[Window]:
    """The sentences that rules read: running text and fields that say what to do, and owner fields that say it by verbs (X牵头，Y配合)."""
    said, masked = reading.fragment("said_role"), reading.masked
    for passage in passages:
        if passage.role == "problem" and passage.field not in ("objective", "measure"):
            continue
        owned = passage.field in OWNER_FIELDS and said.search(masked, passage.start, passage.end) is not None
        if passage.kind in _READ or (passage.kind == "field" and (passage.field in _READ_FIELDS or owned)):
            for match in _WINDOW.finditer(masked, passage.start, passage.end):
                start, end = match.span()
                for piece in pieces(start, end, masked) if end - start > LONGEST else ((start, end),):
                    yield Window(*piece, passage)


def _clauses(windows: Iterable[Window], edge: re.Pattern[str], masked: str) -> list[Clause]:
    """The clauses of the windows, in order."""
    edges = [mark.end() for mark in edge.finditer(masked)]
    clauses: list[Clause] = []
    for window in windows:
        inside = edges[bisect_right(edges, window.start) : bisect_left(edges, window.end)]
        clauses += zip([window.start, *inside], [*inside, window.end], repeat(window))
    return clauses


def _may_tell_doers(passage: Passage, first_item: int) -> bool:
    """Is this text in which a verb alone makes a body answer for something? Not what lies before the first item of a report, nor an owner field."""
    if passage.field in OWNER_FIELDS:
        return False
    return passage.role in _DUTIFUL or (passage.role == "progress" and passage.start >= first_item)


@lru_cache(maxsize=4)
def _name_end(names: Names) -> re.Pattern[str]:
    """What a name may end with; a cheap test."""
    words = (*names.heads, *names.posts, *names.collectives, *names.agencies)
    lasts = {word[-1] for word in words} | names.bearer_endings.lasts
    return re.compile("[" + re.escape("".join(sorted(lasts))) + "等）]")


@lru_cache(maxsize=4)
def _cues(rulebook: Rulebook) -> tuple[Cues, int]:
    """The cues of the rules for owners, and the set of the rules that are tried by clause."""
    cues = rulebook.cues("owner")
    return cues, cues.mask(lambda rule: rule.set.get("at") == "clause")


_place = itemgetter(0)


@lru_cache(maxsize=4)
def _edge(source: str) -> re.Pattern[str]:
    return re.compile(f"(?:{source})+")
