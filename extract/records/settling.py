"""Clauses that tell how all of a whole stand that was told before them: 已全部办结, 正在推进, 均未完成, or into what classes they are sorted."""

from __future__ import annotations

from itertools import chain

import regex

from extract.model import View
from extract.records.ills import of_the_ill
from extract.records.sentences import DATE
from extract.records.stages import Stages
from extract.records.subjects import Subjects
from extract.records.told import APART, Told
from extract.records.wholes import Whole, count_of

_REACH = 40
"""Characters over which a whole total may be settled by a later clause (259件信访件，…，均已办结)."""
_NEAR = 16
"""Characters behind a count up to which its noun may reach."""
_ALL_SIGNS = frozenset("均都全悉")
ALL = regex.compile(r"(?:(?<![平人年月日亩户])均|都|全部|悉数|全数)(?:已|已经|按期|如期|全部)*")
_NOW_ALL = regex.compile("(?:现|目前|现在|截至目前)(?:均已|已全部|全部已?)")
_DATED = regex.compile(f"[于在]?{DATE}+")
DIRECTED = regex.compile(r"[底日月汛节冬春夏秋]前|年内|要|须|应|确保|力争|必须|将")
_ALREADY = regex.compile(
    r"(?:目前|现|现在|至今)?已(?:于[\d年月日底前]{2,12})?(?:按期|如期)?(?P<deed>\p{Han}{0,6}(?:完毕|完成|到位|完结|销号|办结|解决|化解|办复|结案))"
)
"""梳理裂缝83处，已修复完毕: all of them, though no word says so."""
_NOUN = regex.compile(r"[^，。；\ue000\ue001]{0,14}+，")
_SORTED = regex.compile(
    r"(?:逐[座个处家]|按照?|根据|划?分|实行|拟)[^，。；\ue000]{0,24}?[两二三四五六]类(?:进行|予以|实施)?(?:分类)?(?:管理|处置|整改|推进|治理|施策|整治|处理|清理)"
)
"""How those told before are sorted: 小水电站46座，|按退出、整改、保留三类处置."""
_UNDER_WAY = regex.compile(r"(?:目前|现)?(?:均|都)?(正[^，。；]{2,12}|[^，。；]{0,3}推进)(?=[，。；\n]|$)")
_STILL = regex.compile(r"^(?:目前|现|至今|截至目前|均|都|也|却)+")


class Settling:
    """Reads what the clauses of one document tell of all those that were counted before."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, stages: Stages, told: Told) -> None:
        self.view, self.shaded, self.subjects, self.stages, self.told = view, shaded, subjects, stages, told

    def read(self, start: int, end: int) -> None:
        """Let a clause settle the whole told last; where that has parts already, those told among it (已整改98处，其中重大隐患3处，已全部整改)."""
        said, last = self.view.text[start:end], self.told.some or self.told.whole
        near = last is not None and last.total is not None and 0 < start - last.total.end < _NEAR and not (last.parts or last.settled)
        if near and last is not None and self._of_the_last(last, said, start):
            last.end = end
            return
        if _ALL_SIGNS.isdisjoint(said):
            return
        named = next((w for w in self.told.open if w.name and w.total is not None and said.startswith((w.name, w.subject))), None)
        some = named or self.told.some
        if some is not None and named is None and some.of is not None and some.name.endswith("属实"):
            some = None  # 3个属实，2个部分属实，均已整改完毕
        here = named is not None or (some is not None and some.total is not None and start <= some.total.start < end)
        next_to = some is not None and bool(some.name) and not some.parts and self._follows(some, start)
        here = here or (next_to and some is not None and (not self.told.among(some.start) or self._goes_on(some)))
        whole = some if some is not None and (here or self.told.whole is None or self.told.whole.parts) else self.told.whole
        if whole is not None and start - whole.end < _REACH and not APART.search(self.view.text, whole.end, start):
            self._all(whole, max(start, whole.end), end)

    def _goes_on(self, some: Whole) -> bool:
        """Whether more kinds follow one that is told first (其中一般隐患87处，|均已整改；重大隐患9处，…): what is said behind it is said of it alone."""
        total = some.total
        shares = self.told.sums.shares
        return (
            total is not None
            and total.start in shares
            and any(start > total.start and of is shares[total.start] for start, of in shares.items())
        )

    def of_matters(self, whole: Whole) -> bool:
        """Whether a whole counts what is to be settled."""
        return bool(whole.name) or whole.bare or self.subjects.is_matter(whole.subject)

    def _follows(self, whole: Whole, start: int) -> bool:
        """Whether a clause follows right behind the count of a whole and its noun."""
        return whole.total is not None and _NOUN.fullmatch(self.shaded, whole.total.end, start) is not None

    def _of_the_last(self, last: Whole, said: str, start: int) -> bool:
        """Note what a clause says, though no word tells that it is said of all of them: 长期坚持类7个，|正在持续推进; 裂缝83处，|已修复完毕; 9个问题，|至今未整改."""
        if not self._follows(last, start):
            return False
        if _SORTED.match(said):
            last.bare = True
            return True
        already = _ALREADY.fullmatch(said)
        if (last.name or last.bare) and _UNDER_WAY.fullmatch(said):
            last.settled = "ongoing"
        elif already is not None and already["deed"] in self.stages.done and self.of_matters(last):
            last.settled = "done"
        elif self.of_matters(last) and _STILL.sub("", said) in self.stages.pending:
            last.settled = "pending"
        if last.settled and ("均" in said or "都" in said):
            for other in self._told_with(last, each=True):
                other.settled = other.settled or ("" if other.parts else last.settled)
        return bool(last.settled)

    def _all(self, whole: Whole, start: int, end: int) -> None:
        """Settle a whole by a clause that says so of all: 已全部办结, 均未完成."""
        text = self.view.text[start:end]
        if (
            whole.total is not None
            and whole.parts
            and _NOW_ALL.match(text)
            and sum(map(count_of, chain(*whole.parts.values()))) == count_of(whole.total)
        ):
            whole.parts = {}  # 立行立改31条，限期整改5条，现均已整改
        match = ALL.search(text)
        ill = of_the_ill(whole, None, text, self.subjects, self.view) if match is not None and whole.parts else None
        if ill is not None:
            self.told.start(ill)
            whole = ill  # 其中32家管理不规范，现已全部整改
        if match is None or whole.total is None or whole.parts or whole.settled:
            return
        said = text[: match.start()]
        if not said.startswith("已") and DIRECTED.search(self.view.text, whole.end, start + match.start()):
            return
        if self.told.ahead and DATE in self.shaded[whole.total.end : start + match.start()] and not match[0].endswith("已"):
            return  # 52条河流，2034年完成30条，2035年全部完成
        undated = _DATED.sub("", self.shaded[start : start + match.start()])
        if not self.subjects.is_matter(whole.subject) and self.subjects.is_other(undated, whole.subject):
            return
        settled = self.stages.of_all(text[match.end() :], after_already=match[0].endswith(("已", "已经")) or said.endswith("已"))
        if settled:
            whole.end = end
            whole.as_of = whole.as_of or self.told.day_between(start, end)
            named = bool(whole.name) and self.view.text.startswith((whole.name, whole.subject), start)
            for listed in (whole,) if named else (*whole.siblings(), *self._told_with(whole, each=match[0][0] in "均都")):
                if not listed.parts and not listed.settled:
                    listed.settled = settled

    def _told_with(self, whole: Whole, *, each: bool) -> list[Whole]:
        """The bare wholes told before one in its clause, or with `each` of the same matters in its sentence: 牵头承担任务|5项，配合承担任务9项，均已完成."""
        same = (w for w in self.told.open if w.bare and not w.name and w is not whole.of)
        return [w for w in same if w.start == whole.start or (each and w.subject == whole.subject and w.start >= self.told.since)]
