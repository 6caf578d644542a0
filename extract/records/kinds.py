"""Kinds of matters: counts told by kind, place or body behind the matters of which they are some (举报64件，其中涉气27件、涉水21件)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import regex

from extract.model import Passage, Quantity, View
from extract.records.received import tells_matters
from extract.records.sentences import GLOSS, QUANTITY, Sentence, Sentences
from extract.records.subjects import Subjects
from extract.records.wholes import Whole, count_of, fits, unit_of

_MARKS = frozenset(f"，；：、（）。{QUANTITY}{GLOSS}")
_OPENING = regex.compile(
    r"^(?:其中|已?(?:交办|转办|分办|分送|转交|移交|分解|下达|交由)(?=\p{Han}{2})[至给到]?|首先|其次|再次|依次|主要|分别|另外|另有|还有|此外|以及|大多|(?:来自|集中|分布)[在于]?|反映|涉及|属于|关于|按[^，]{1,8}分|从[^，]{1,8}看|[是为有在和及与])+(?=.)"
)
_CLOSING = regex.compile(
    r"(?<=.)(?:(?:问题|方面|类型)?的|(?:最多|最高|最大|居首|较多|居多|突出|次之)|合计|共计|共有?|分别|[为是占有达各]|达到)+$"
)
_TOP = r"(?:最多|最高|最大|最为?(?:集中|突出)|居首位?|居第一位?|排名?第一位?|居多|较多|偏多)"
_TOPS = regex.compile(rf"{_TOP}|集中[在于]")
_NOUN = r"(?P<noun>\p{Han}{2,8}?)(?:的?数?量|总[数量]|数)?"
_BY = r"(?:办理|承办|受理|接收|涉及)?的?"
_RANKED = regex.compile(
    rf"(?:\p{{Han}}{{0,8}}?[，：])?(?:{_NOUN}(?:{_TOP}的?[^，。；：]{{0,6}}?(?:首先)?[是为]|(?:主要|大多|多)?集中[在于])(?P<name>[^，。；：（）、\d]{{2,12}})"
    rf"|(?P<name>[^，。；：、\d]{{2,12}}?(?:[县区市州盟旗镇乡局委]|街道|类)){_BY}{_NOUN}{_TOP})"
)
"""The clause that tells of which kind or where there are most: 沙桥区投诉最多，|88件; 投诉量居首的是沙桥区，|88件; 信访件主要集中在沙桥区（46件）."""
_ALONE = regex.compile(rf"(?P<name>[^，。；：、\d]{{2,12}}?){_TOP}")
_HAVING = 3
"""Characters in which a count that stands alone in its clause is led in: 达到88件, 共有43件."""
_REST = ("其余", "剩余", "余下", "其他", "另外", "另")
_KIND_BEHIND = regex.compile(r"(?:均)?(?:为|属于?|系|是|涉及|反映)(?P<kind>[^，。；\ue000\ue001]{2,14}?)(?:问题|件)?(?=[，。；\n]|$)")
_ABOUT = regex.compile(r"涉[^及嫌密案]")
_STATED = regex.compile(r"已|未|正在|完成|办结|销号|整改|整治|到位|落实|解决|化解|尚|仍|要|须|应|将|[“”]|[底月日]前")
"""What tells how matters stand or when they will, not what they are."""
_RULE = "tally-kind"
_LEAST = 2
"""How many kinds add up to their whole other than by chance."""
_WORKS = ("项目", "工程")
"""What is built, whose kinds are results: 重点项目31个，其中工业项目12个."""
_REACH = 400
"""Characters over which sentences go on to tell kinds of the same matters."""
_BEHIND = 8
"""Characters behind a count that tell of what it is."""


class _Kind(NamedTuple):
    """A count of some of the matters of `of`, by a name that is surely one of a place or kind or may be one.   share: the part that it is some of."""

    quantity: Quantity
    start: int
    name: str
    sure: bool
    of: Whole
    share: str


class Kinds:
    """Reads the kinds of matters in one document that no rule took. `wholes`: all that were told, in order; `known`: where counts stand that are read."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, wholes: Sequence[Whole], known: Container[int]) -> None:
        self.view, self.shaded, self.subjects, self.known = view, shaded, subjects, known
        self.ranked = _TOPS.search(view.text) is not None
        self.matters: dict[int, list[Whole]] = {}
        self.named: set[tuple[int, str, int]] = set()
        for whole in wholes:
            if subjects.is_matter(whole.noun) and not whole.noun.endswith(_WORKS):
                self.matters.setdefault(id(whole.passage), []).append(whole)
                if whole.name and whole.total is not None and whole.told:
                    self.named.add((id(whole.passage), whole.name, count_of(whole.total)))

    def read(self, found: Sentences) -> Iterator[Whole]:
        """The tallies of kinds, in order. Their matters are told in the same sentence or the one before, or that one tells kinds of them too; or the
        first of them is told as the one with the most."""
        passage: Passage | None = None
        ranked: list[Whole] = []
        since = 0
        for sentence, quantities, _ in found if self.matters or self.ranked else ():
            if sentence.passage is not passage:
                passage, since = sentence.passage, sentence.start
                matters = sorted(self.matters.get(id(passage), ()), key=attrgetter("start"))
            first, last = (bisect_left(matters, place, key=attrgetter("start")) for place in (since, sentence.end))
            ranked = [whole for whole in ranked if whole.passage is passage and whole.start >= since]
            near = [*ranked, *matters[first:last]]
            top = self.ranked and _TOPS.search(self.view.text, sentence.start, sentence.end) is not None
            kinds = self._kinds(sentence, quantities, near, top=top) if near or top else []
            ranked += near[len(ranked) + last - first :]
            told = [kind for kind in kinds if (kind.sure and kind.of.told) or self._adds_up(kind.of, kinds, near)]
            for kind in told:
                if not kind.of.told:
                    kind.of.bare = True
                    yield kind.of
                yield self._whole(sentence, kind)
            since = max(since, sentence.start - _REACH) if told else sentence.start

    def _kinds(self, sentence: Sentence, quantities: Sequence[Quantity], near: list[Whole], *, top: bool) -> list[_Kind]:
        """The counts of a sentence that may be kinds of the matters `near`; those of which it tells only the kinds with the most (`top`) are added."""
        found: list[_Kind] = []
        made_up = self._made_up(quantities, near)
        for quantity in quantities:
            alone = self._in_brackets(quantity)
            if quantity.start in self.known or not (alone or self.shaded[quantity.start] == QUANTITY):
                continue
            of = made_up or self._of(quantity, near, told=True)
            begin = self._begin(sentence, quantity.start - alone) if near or top else -1
            if begin < 0 or not self._counts(quantity, begin):
                continue
            if of is None and (of := self._most(sentence, begin, quantity)) is not None:
                near.append(of)
            of = of or self._of(quantity, near, told=False)
            if of is None:
                continue
            name, certain = self._name(sentence, begin, quantity, alone=alone)
            if name and (id(sentence.passage), name, count_of(quantity)) not in self.named:
                of = of.of or of
                opened = "其中" in self.view.text[max(sentence.start, of.end) : quantity.start] or self.subjects.is_framed(begin)
                share = self._share(of, quantity)
                if share != "done":
                    found.append(_Kind(quantity, begin, name, certain or opened, of, share))
        return found

    def _of(self, quantity: Quantity, near: Sequence[Whole], *, told: bool) -> Whole | None:
        """The matters told last before a count of which it may be some: such as are `told`, or such as are told only by all their kinds."""
        fit = (w for w in reversed(near) if w.start <= quantity.start and w.told == told and w.total is not quantity)
        return next((w for w in fit if self._holds(w, quantity)), None)

    def _made_up(self, quantities: Sequence[Quantity], near: Sequence[Whole]) -> Whole | None:
        """The matters that the counts of a sentence that nothing else reads add up to: 信访件41件，其中来信11件。青禾|24件，白河|17件."""
        own = [q for q in quantities if q.start not in self.known and self.shaded[q.start] == QUANTITY and q.unit == quantities[0].unit]
        if len(own) <= _LEAST:
            return None
        total = sum(map(count_of, own))
        whole = next((w for w in near if w.total is not None and count_of(w.total) == total), None)
        return whole if whole is not None and whole.start < own[0].start else None

    def _most(self, sentence: Sentence, begin: int, quantity: Quantity) -> Whole | None:
        """The matters of which a count tells the kind or place with the most, as a whole of whose kinds none has more, or None."""
        start = begin if quantity.start - begin > _HAVING else self._begin(sentence, max(sentence.start, begin - 1))
        said = _RANKED.match(self.view.text, start, quantity.start)
        noun = said["noun"].removesuffix("数").removesuffix("量") if said is not None else ""
        if not self.subjects.is_matter(noun):
            return None
        return Whole(sentence.passage, noun, quantity, _RULE, quantity.start, quantity.start, noun=noun, bare=True)

    def _counts(self, quantity: Quantity, begin: int) -> bool:
        """Whether a count is exact and told of matters, nothing that was done."""
        exact = quantity.operator == "=" and quantity.value_high is None and count_of(quantity) > 0
        behind = self.shaded[quantity.end : quantity.end + _BEHIND].partition("，")[0]
        return exact and tells_matters(self.shaded[begin : quantity.start], behind)

    def _in_brackets(self, quantity: Quantity) -> bool:
        """Whether a count alone stands in brackets: 沙桥区（46件）."""
        text = self.view.text
        return text[quantity.start - 1] == "（" and text.startswith("）", quantity.end)

    @staticmethod
    def _holds(whole: Whole, quantity: Quantity) -> bool:
        """Whether a count may be some of a whole: of no more matters, in the same unit."""
        counts = [whole.total] if whole.total is not None else [q for quantities in whole.parts.values() for q in quantities]
        return any(unit_of(q) == unit_of(quantity) and fits(quantity, q) for q in counts)

    def _begin(self, sentence: Sentence, end: int) -> int:
        """Where the words right before a count begin."""
        place = end
        while place > sentence.start and self.shaded[place - 1] not in _MARKS:
            place -= 1
        return place

    def _name(self, sentence: Sentence, begin: int, quantity: Quantity, *, alone: bool) -> tuple[str, bool]:
        """The name of the kind that a count is of, and whether it is surely one; an empty string where there is none."""
        text = self.view.text
        said = text[begin : quantity.start - alone]
        ranked = _RANKED.match(said) if "集中" in said or "最" in said else None
        name = ranked["name"] if ranked is not None else _CLOSING.sub("", _OPENING.sub("", said))
        if name in _REST:
            behind = _KIND_BEHIND.match(self.shaded, quantity.end)
            name = behind["kind"] if behind is not None else ""
        elif not name.strip("有达到共为是占约") and begin > sentence.start and text[begin - 1] == "，":
            start = self._begin(sentence, begin - 1)
            most = _RANKED.fullmatch(text, start, begin - 1) or _ALONE.fullmatch(text, start, begin - 1)
            name = most["name"] if most is not None else ""
        name = "" if name == "其中" else name
        sure = self._is_kind(name)
        return name if sure or not _STATED.search(name) else "", sure

    def _is_kind(self, name: str) -> bool:
        subjects = self.subjects
        named = subjects.is_place(name) or subjects.names_area(name) or subjects.is_known_kind(name)
        return named or name.endswith(("类", "领域", "方面")) or _ABOUT.match(name) is not None

    def _share(self, whole: Whole, quantity: Quantity) -> str:
        """The part of a whole told last, where a count is some of that (还有18项未完成，其中东陵县7项), or an empty string."""
        told = [(counts[-1], part) for part, counts in whole.parts.items() if counts[-1].start < quantity.start]
        last, part = max(told, key=lambda count: count[0].start, default=(None, ""))
        some = last is not None and fits(quantity, last) and (whole.total is None or "其中" in self.view.text[last.end : quantity.start])
        return part if some else ""

    def _adds_up(self, whole: Whole, kinds: Sequence[_Kind], near: Sequence[Whole]) -> bool:
        """Whether the kinds of a whole are all of it: those of one sentence (by place behind by source), or with those that rules took."""
        of = [whole.total] if whole.total is not None else [quantities[-1] for quantities in whole.parts.values()]
        if len(of) != 1:
            return False
        own = [kind.quantity for kind in kinds if kind.of is whole]
        others = [other.total for other in near if other.of is whole and other.total is not None]
        return any(len(counts) >= _LEAST and sum(map(count_of, counts)) == count_of(of[0]) for counts in (own, own + others))

    def _whole(self, sentence: Sentence, kind: _Kind) -> Whole:
        of, quantity = kind.of, kind.quantity
        return Whole(
            sentence.passage, self.subjects.named(kind.name, of.noun), quantity, _RULE, kind.start, quantity.end,
            noun=of.noun, name=kind.name, bare=True, of=of, share=kind.share,
        )  # fmt: skip
