"""What became of proposals: their answers counted by how far what they ask is settled (已解决的（A类）64件，正在解决的（B类）38件)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from extract.model import Quantity, View
from extract.records.sentences import QUANTITY, Sentence
from extract.records.wholes import Whole, count_of, fits, same_unit

_UNITS = ("件", "条", "个", "项")
_MATTER = regex.compile(r"(?:(?:人大|政协|代表|委员)*(?:意见)?建议|(?:人大|政协|委员)*提案|议案)(?!\p{Han}{0,4}(?:机关|委员会))")
_ASKED = regex.compile(r"(?:代表|委员|提案|建议)?所(?:提|反映)的?(?:意见|建议|问题|事项)")
"""What the answers are about: 代表所提问题."""
_SHARE = regex.compile(r"[，（、]?(?:占|占比|比例)[^，。；（\ue000]{0,12}$")
_LETTER = regex.compile(r"(?<![A-Z])(?P<letter>[A-D])类")
_CLASSES = {"A": "done", "B": "ongoing", "C": "pending", "D": "none"}
_NOT = regex.compile(
    r"解释|说明|参考|不可行|(?:难以|无法|不能|未能|不宜)(?:马上|立即)?(?:解决|采纳|落实|办理)|条件(?:不|尚未|限制|制约|所限)|向上(?:级)?反映"
)
_NOW = regex.compile(r"正在|正抓紧|着手|启动|抓紧")
_LATER = regex.compile(r"(?:列入|纳入)[^，。；]{0,10}(?:计划|规划)|(?:计划|规划|逐步|准备|拟)(?:逐步|分步|予以)?(?:解决|采纳|落实)")
_SETTLED = regex.compile(r"解决|采纳|落实|吸收|办成")
_OTHERWISE = regex.compile(r"(?:未|没有|不予?)(?:得到|予以)?(?:解决|采纳|落实|办)|同比|环比|[比较](?!例|为)|增加|减少|率")
"""Counts that are not told by what the answers say: 未采纳23条, 同比增加4件."""
_LONGEST, _BACK = 60, 200
"""Characters in which an outcome is told, and before the first one in which proposals are named."""


class Outcome(NamedTuple):
    """A count of answers, what became of them, and the share told beside it."""

    quantity: Quantity
    told: str
    share: Quantity | None


class Outcomes(NamedTuple):
    """The outcomes of one account, and of how many they are, where that is told."""

    sentence: Sentence
    found: tuple[Outcome, ...]
    total: Quantity | None

    @property
    def hidden(self) -> set[int]:
        """Where the counts and shares stand that no other reader may take."""
        return {q.start for q in self.others}

    @property
    def others(self) -> list[Quantity]:
        """All counts and shares of the outcomes."""
        return [q for outcome in self.found for q in (outcome.quantity, outcome.share) if q is not None]


def outcomes_of(sentence: Sentence, quantities: Sequence[Quantity], before: Sequence[Quantity], view: View, shaded: str) -> Outcomes | None:
    """The outcomes that a sentence tells, or None: at least what was settled and what was not, of proposals. `before`: the counts told before it."""
    found = tuple(_run(sentence, quantities, view, shaded))
    if len(found) < 2 or "done" not in {o.told for o in found} or {o.told for o in found} == {"done"}:
        return None
    first = found[0].quantity
    if _MATTER.search(view.text, max(sentence.passage.start, sentence.start - _BACK), first.start) is None:
        return None
    many = sum(count_of(o.quantity) for o in found)
    here = [q for q in quantities if q.start < first.start and _is_count(q, shaded)]
    told = [q for q in (*before, *here) if same_unit(q, first)]
    total = next((q for q in reversed(told) if count_of(q) == many), None) or next(
        (q for q in reversed(here) if count_of(q) > many and fits(first, q)), None
    )
    return Outcomes(sentence, found, total)


def _is_count(quantity: Quantity, shaded: str) -> bool:
    plain = quantity.unit in _UNITS and quantity.operator == "=" and quantity.value_high is None
    return plain and shaded[quantity.start] == QUANTITY and count_of(quantity) > 0


def _run(sentence: Sentence, quantities: Sequence[Quantity], view: View, shaded: str) -> Iterator[Outcome]:
    """The counts of a sentence that follow each other and tell outcomes, from the first one on."""
    begin, begun = sentence.start, False
    for i, quantity in enumerate(quantities):
        if not _is_count(quantity, shaded):
            begin = quantity.end
            continue
        told = _told(view.text[max(begin, quantity.start - _LONGEST) : quantity.start])
        begin = quantity.end
        if not told and begun:
            return
        if told:
            begun = True
            share = quantities[i + 1] if i + 1 < len(quantities) else None
            beside = share is not None and share.kind == "percent" and _SHARE.match(shaded, quantity.end, share.number.start)
            yield Outcome(quantity, told, share if beside else None)


def _told(said: str) -> str:
    """What became of those that the words before a count tell of, or an empty string. `later` is pending, where others are under way."""
    words = _SETTLED.search(said) or _NOT.search(said)
    if words is None or _OTHERWISE.search(said.rpartition("，")[2]):
        return ""
    letter = _LETTER.search(said)
    if letter is not None:
        return _CLASSES[letter["letter"]]
    return "none" if _NOT.search(said) else "ongoing" if _NOW.search(said) else "later" if _LATER.search(said) else "done"


def add_outcomes(outcomes: Outcomes, told: Mapping[int, Whole], view: View) -> Whole | None:
    """Give the parts to the whole of the same sentence that they are told of, or make a whole of them, which is returned. `told`: the wholes by
    the place of their total."""
    first, total = outcomes.found[0].quantity, outcomes.total
    text, sentence = view.text, outcomes.sentence
    asked = _ASKED.search(text, max(sentence.start, first.start - _LONGEST), first.start)
    here = told.get(total.start) if total is not None and total.start >= sentence.start else None
    here = None if here is not None and (here.parts or here.settled) else here
    matters = _MATTER.findall(text, max(sentence.passage.start, sentence.start - _BACK), first.start)
    noun = asked[0] if asked is not None else matters[-1]
    start = asked.start() if asked is not None else max(sentence.start, first.start - _LONGEST)
    if text[start - 1] == "（":  # A类（所提问题已经解决）50件
        start = max(sentence.start, *(text.rfind(mark, sentence.start, start) + 1 for mark in "，；："))
    whole = here or Whole(sentence.passage, noun, total, "tally-outcomes", start, first.end, noun=noun)
    kinds = {outcome.told for outcome in outcomes.found}
    for quantity, kind, share in outcomes.found:
        part = ("pending" if "ongoing" in kinds else "ongoing") if kind == "later" else kind
        if kind == "none":
            part = "" if "pending" in whole.parts or ("later" in kinds and "ongoing" in kinds) else "pending"
        if part:
            whole.add(part, quantity, "tally-outcomes", quantity.end, more=True)
        whole.rate = whole.rate or share
    return whole if here is None else None
