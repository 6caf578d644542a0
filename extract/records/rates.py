"""Rates and shares told beside counts (办结率100%, 占总任务数71项的81.7%), which may tell the whole, or that all of it is settled."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.model import Claim, Quantity, View
from extract.records.sentences import Sentence, Sentences
from extract.records.settling import DIRECTED, Settling
from extract.records.subjects import Subjects
from extract.records.told import Told
from extract.records.wholes import Whole, fits, is_exact

_RATE = regex.compile(
    r"(?:办结率|整改率|完成率|销号率|占比|占|完成比例|开工率|整治率|化解率|修复率|治理率|竣工率|验收率|占总[数量]的?)(?:达到?|为|逾|超过?|约为?|接近|近)?[\ue000]*$"
)
_ANY_RATE = regex.compile(r"\p{Han}{2}率(?:达到?|为)?$")
_SETTLED_RATE = regex.compile(r"(?:办结|办复|答复|回复|销号|整改|整治|完成|化解|处置|落实)率(?:均?达到?|为)?$")
_WHOLE = 100
_CAME_IN = regex.compile("收到|接到|受理|接收|承办|接报|登记")
_SHARES = ("占", "占比", "占比为", "占总数", "占总数的")
_PLANNED = regex.compile(r"\p{Han}{0,6}(?:任务|计划|目标|总数|总量|应完成数)的?")
_IN_ALL = regex.compile(r"占\p{Han}{0,10}(?:总数|总量|总任务|任务|计划)")
"""占全县应治理总数|39处的66.7%."""
_OF_ALL = regex.compile(r"占\p{Han}{0,10}?(?P<noun>任务|问题|事项|项目)?(?:总?数|总量|计划|目标)?的?")
_BEHIND = regex.compile(r"\p{Han}{0,8}?的?")


def in_brackets(found: Sentences, text: str, counts: frozenset[int]) -> list[Claim]:
    """Claims for the shares that stand in brackets behind a count of a tally (已完成30个（65%）): no targets. `counts`: where such counts end."""
    return [
        Claim("tally", quantity.start, quantity.end, "tally-share")
        for _, quantities, _ in found
        for quantity in quantities
        if quantity.kind == "percent"
        and text[quantity.start - 1] == "（"
        and quantity.start - 1 in counts
        and text.startswith("）", quantity.end)
    ]


class Rates:
    """Reads the rates and shares that are told beside the counts of one document."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, settling: Settling, told: Told) -> None:
        self.view, self.shaded, self.subjects, self.settling, self.told = view, shaded, subjects, settling, told

    def take(self, whole: Whole, left: int, quantity: Quantity) -> list[Claim] | None:
        """Give a percentage to the whole that it is told of, or None where it is none of its; one more share (17项，占74%；6项，占26%) is but claimed."""
        if self._is_all(whole, left, quantity):
            whole.rate, whole.settled, whole.end = quantity, "done", quantity.end
            return []
        if quantity.operator != "=" or not (whole.parts or whole.bare or whole.name) or not self._is_rate(whole, left, quantity):
            return None
        if whole.rate is None or not self.shaded[left : quantity.number.start].endswith(_SHARES):
            whole.rate, whole.end = quantity, quantity.end
            return []
        return [Claim("tally", quantity.start, quantity.end, "tally-rate")]

    def whole_behind(self, sentence: Sentence, start: int, inside: Sequence[Quantity], i: int, done: Quantity | None) -> bool:
        """Take a whole told behind 占 after those of it that are done: 关停砖窑18家，占全年32家任务的56%; 完成销号58项，占总任务数71项的81.7%. `done`: the count
        told before in the sentence."""
        quantity, whole = inside[i], self.told.whole
        share = next((q for q in inside[i + 1 :] if q.kind == "percent"), None)
        if share is None:
            return False
        if whole is not None and whole.total is not None and not (whole.parts or whole.settled) and fits(whole.total, quantity):
            if self._is_plan(start, quantity, share):
                whole.add("done", whole.total, whole.rule, share.end)
                whole.total, whole.rate = quantity, share
                return True
            return False
        alone = whole is None or (whole.total is None and done in whole.parts.get("done", ()))
        return done is not None and alone and self._of_deeds(sentence, start, quantity, share, done)

    def _is_plan(self, start: int, quantity: Quantity, share: Quantity) -> bool:
        """Whether a count is that of a plan of which a share is told."""
        if _PLANNED.fullmatch(self.shaded, quantity.end, share.start) is not None:
            return True
        return self.view.text[quantity.end : share.start] == "的" and _IN_ALL.fullmatch(self.shaded, start, quantity.start) is not None

    def _of_deeds(self, sentence: Sentence, start: int, quantity: Quantity, share: Quantity, done: Quantity) -> bool:
        """Take a count and a whole told behind it, where the share is right and the words around the count say that so many are done."""
        said = _OF_ALL.fullmatch(self.shaded, start, quantity.start)
        if said is None or _BEHIND.fullmatch(self.shaded, quantity.end, share.start) is None or not is_exact(done, quantity, share):
            return False
        if self.told.whole is not None:
            self.told.whole.total, self.told.whole.rate, self.told.whole.end = quantity, share, share.end
            return True
        begin = self.subjects.clause_of(done.start)
        deed = self.subjects.stages.shown(self.view.text[begin : done.start], rest=False)
        noun = self.subjects.behind(done.end) or said["noun"] or self.subjects.known(start, quantity)
        if deed != "done" or not noun:
            return False
        whole = Whole(sentence.passage, noun, quantity, "tally-whole-behind", begin, share.end, noun=noun, rate=share)
        self.told.start(whole)
        whole.add("done", done, whole.rule, share.end)
        return True

    def _is_all(self, whole: Whole, left: int, quantity: Quantity) -> bool:
        """Whether a percentage says that all of a whole are settled: 受理投诉53件，…，办结率100%."""
        settled = whole.total is not None and not whole.parts and not whole.settled
        settled = settled and (self.settling.of_matters(whole) or self._received(whole))
        settled = settled and whole.passage.role != "objective" and DIRECTED.search(self.view.text, left, quantity.start) is None
        return (
            settled
            and quantity.value == _WHOLE
            and quantity.operator == "="
            and _SETTLED_RATE.search(self.shaded[left : quantity.number.start]) is not None
        )

    def _received(self, whole: Whole) -> bool:
        """Whether a whole came in to be dealt with: 收到公开申请|319件，答复率100%."""
        return whole.total is not None and _CAME_IN.search(self.view.text, whole.start, whole.total.start) is not None

    def _is_rate(self, whole: Whole, left: int, quantity: Quantity) -> bool:
        """Whether a percentage is that of a whole: by its name, or a rate that is right for the counts told."""
        said = self.shaded[left : quantity.number.start]
        if _RATE.search(said):
            return True
        done = whole.parts.get("done", ())
        exact = whole.total is not None and len(done) == 1 and is_exact(done[0], whole.total, quantity)
        return exact and _ANY_RATE.search(said) is not None
