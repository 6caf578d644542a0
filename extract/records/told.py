"""The wholes told so far in a document, and to which of them a count may still belong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from extract.model import DateMention, Quantity, View
from extract.records.counts import Label
from extract.records.sentences import QUANTITY, Sentence
from extract.records.subjects import Subjects
from extract.records.sums import Sums, add_up
from extract.records.wholes import Whole, count_of, fits, same_unit

_GAP = 6
"""Characters before a part within which a ； parts it from its total."""
_ENDS_OF_DAYS = "底末日月"
_COUNTED_BY = regex.compile(
    r"(?:[，、]?(?![^，。；]{0,30}(?:[要须应将]|力争|确保|达到|以上|左右|必须))[^，。；]{0,24}?(?:已|只|仅|累计|共|还有|尚有|仍有)|，?[^，。；要须应将]{0,6}\ue000+，(?:还|尚|仍|其余|剩))"
)
_TOLD_BY = regex.compile(
    r"，?(?![^。；]*(?:须|将|应(?![急完整])|(?<![主重需])要(?![求素点])|力争|确保|必须))[^。；]{2,60}?(?:完成|办结|销号|全部|均|正在|通过)"
)
"""至12月20日，|退出类电站38座全部拆除: in a report, what had been done by then."""
_LEFT = regex.compile(r"(?:其中|目前|另)?，?(?:未|尚|仍|还|正|其余|剩|余下|没有|滞后|另外|另有|另(?=\ue000))")
"""How what is left of a whole begins to be told."""
LISTED = ("、", "和")
APART = regex.compile("[；;]")


class Told:
    """What was told up to a place: `whole` is the one that a part may still belong to, `some` those of its members told last (缺口25条，其中重大隐患3条),
    `open` all wholes of the sentence, `sums` what its counts add up to, `as_of` the days up to which they hold."""

    def __init__(self, view: View, shaded: str, subjects: Subjects) -> None:
        self.view, self.shaded, self.subjects = view, shaded, subjects
        self.wholes: list[Whole] = []
        self.whole: Whole | None = None
        self.some: Whole | None = None
        self.open: list[Whole] = []
        self.as_of: list[DateMention] = []
        self.sums = Sums()
        self.since = 0
        self.ahead = self.reports = False

    def begin(self, sentence: Sentence, counts: Sequence[Quantity], shares: Sequence[Quantity], dates: Sequence[DateMention]) -> None:
        """Go on to a sentence with its counts and percentages; parts told in it after a bare total (共56项。已完成45项) are that one's own."""
        before, self.since = self.since, sentence.start
        self.reports = sentence.passage.role == "progress"
        self.ahead = sentence.passage.role in ("measure", "objective")
        self.as_of = [d for d in dates if d.sense == "as_of" or self._counts_up_to(d)]
        self.open = [w for w in self.open if w.passage is sentence.passage and (self._waits(w, before) or self._lacks(w, before, counts))]
        if self.whole not in self.open:
            self.whole = None
        self.some = None
        self.sums = add_up(sentence, counts, shares, self.subjects, self.as_of)

    @staticmethod
    def _waits(whole: Whole, before: int) -> bool:
        """Whether a whole was told in the sentence before without its parts."""
        return whole.start >= before and not whole.parts and not whole.settled

    def _lacks(self, whole: Whole, before: int, counts: Sequence[Quantity]) -> bool:
        """Whether a sentence opens with just what the sentence before left of a whole (共37项。达到目标29项。未达到目标|8项), or tells only how some of it stand."""
        if whole.end < before or whole.total is None or not whole.parts or not counts or not same_unit(counts[0], whole.total):
            return False
        told = sum(count_of(quantity) for quantities in whole.parts.values() for quantity in quantities)
        opens = _LEFT.match(self.view.text, self.since, counts[0].start) is not None
        rest = count_of(whole.total) - told
        return (opens and count_of(counts[0]) == rest) or (count_of(counts[0]) <= rest and self._goes_on(counts[0]))

    def _goes_on(self, quantity: Quantity) -> bool:
        """Whether a sentence tells but how so many stand, not what they are: 正在办理|21件."""
        said, stages = self.view.text[self.since : quantity.start], self.subjects.stages
        return said in stages.ongoing or said in stages.pending or said.removeprefix("尚") in stages.pending

    def _counts_up_to(self, day: DateMention) -> bool:
        """Whether what is told behind a day had been counted by then: 到7月底完成45项，还有…, 至6月25日，…已销号24项, 年底已完成19项."""
        text = self.view.text
        if text[day.core.end - 1] == "底" and text.startswith("已", day.end):
            return True
        if self.ahead or text[day.core.end - 1] not in _ENDS_OF_DAYS:
            return False
        counted = _COUNTED_BY.match(self.shaded, day.end) is not None
        if not counted and self.reports and text[day.core.end - 1] == "日":
            counted = _TOLD_BY.match(self.shaded, day.end) is not None
        return counted and day.sense == "by" and text[day.start] in "至到"

    def start(self, whole: Whole) -> None:
        """A new whole, to which the parts told next belong."""
        self.wholes.append(whole)
        self.open.append(whole)
        self.whole, self.some = whole, None

    def add(self, whole: Whole, part: str, quantity: Quantity, rule: str, end: int) -> None:
        """Give a whole a part; parts told next are its own too, or where it is some of another those of that one."""
        more = part != "done" or (quantity.start in self.sums.parts and quantity.start not in self.sums.rated)
        whole.add(part, quantity, rule, end, more=more)
        whole.as_of = whole.as_of or self.day(quantity)
        if whole.of is not None and whole is self.some and self.subjects.is_found(self.view.text, whole.of.start, whole.of.end):
            whole.of.bare = True  # 排查入河排污口9个，其中需整治的7个已完成整治4个
        if whole is not self.some:
            self.whole, self.some = whole, None

    def day(self, quantity: Quantity) -> date | None:
        """The day up to which a count holds: the last one told in the sentence before it."""
        return next((d.last for d in reversed(self.as_of) if d.start < quantity.start), None)

    def day_between(self, start: int, end: int) -> date | None:
        """The day told in a stretch up to which all are settled: 39项问题，截至2031年底|已全部销号."""
        return next((d.last for d in reversed(self.as_of) if start <= d.start < end), None)

    def home(self, label: Label, quantity: Quantity) -> Whole | None:
        """The tally that a part belongs to: the whole that it adds up to with others, some of a whole told right before it, the one told last,
        or where that counts other things (案件3宗，…拘留29人，已移送2宗) one before it."""
        total = self.sums.parts[quantity.start][1] if quantity.start in self.sums.parts else None
        past = self.some is not None and self._past(self.some, quantity)
        near = [w for w in (None if past else self.some, self.whole) if w is not None]
        if total is not None:
            near = [w for w in self.open if w.total is total] or ([] if self.is_shared(quantity) else near)
        if self.whole is not None and self.whole.total is not None and self.whole.total.unit != quantity.unit and not label.noun:
            near = [
                w for w in reversed(self.open) if w.total is not None and w.total.unit == quantity.unit and not (w.parts or w.name)
            ] + near
        other = [] if self.whole is not None and self.whole.total is None else [w for w in reversed(self.open) if self._alike(w, quantity)]
        return next((w for w in (*near, *other) if self._takes(w, label, quantity)), None)

    def is_shared(self, quantity: Quantity) -> bool:
        """Whether a count adds up with others to a part that is told: 已整治20个，立行立改17个，长期整治3个."""
        if quantity.start not in self.sums.parts:
            return False
        total = self.sums.parts[quantity.start][1]
        part = any(counts[-1] is total for whole in self.open for counts in whole.parts.values())
        return part and not APART.search(self.view.text, total.end, quantity.start)

    def _past(self, some: Whole, quantity: Quantity) -> bool:
        """Whether some of a whole have been told of to the end: they stand in a list (其中甲类3个、乙类5个，其余…) or in brackets that are closed."""
        if some.total is None:
            return False
        between = self.view.text[some.total.end : quantity.start]
        listed = some.beside is not None and not some.parts and "，" in between
        follows = between.startswith(LISTED) and QUANTITY in self.shaded[some.total.end : quantity.start]
        return listed or follows or "）" in between

    def _alike(self, whole: Whole, quantity: Quantity) -> bool:
        """Whether a count may be some of a whole told before the last one, which counts other things or fewer (点位236个，涉及28个县，已整治182个)."""
        current = self.whole is not None and self.whole.total is not None and fits(quantity, self.whole.total)
        return whole.total is not None and not current and whole.total.unit == quantity.unit

    def _takes(self, whole: Whole, label: Label, quantity: Quantity) -> bool:
        summed = not label.noun and quantity.start in self.sums.parts and self.sums.parts[quantity.start][1] is whole.total
        listed = self.view.text.startswith("等", quantity.start - 1)  # 甲工程等8项已完成；乙工程等6项正常推进
        begun = label.rule == "tally-ongoing-begun-of" and whole is self.whole  # 完成整治96个，占总数的2成；已经开工整治的有151个
        apart = (
            whole.parts
            and not (summed or listed or begun)
            and APART.search(self.view.text, whole.end, max(whole.end, quantity.start - _GAP))
        )
        return not apart and whole.takes(label.part, quantity, label.noun)

    def adds_up(self, quantity: Quantity) -> bool:
        """Whether a count adds up with others to a whole that is told."""
        return quantity.start in self.sums.parts and any(w.total is self.sums.parts[quantity.start][1] for w in self.open)

    def is_planned(self, quantity: Quantity) -> bool:
        """Whether a count is the share of a whole that is planned for some time."""
        whole = self.sums.shares.get(quantity.start)
        return whole is not None and whole.start in self.sums.planned

    def among(self, start: int) -> bool:
        """Whether a clause says that it tells of some of a whole: 其中重大隐患3处, 其中，临江市9项."""
        return self.view.text.startswith("其中", start) or self.view.text.endswith("其中，", 0, start)
