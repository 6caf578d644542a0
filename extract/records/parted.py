"""Parts: to which whole a count belongs that tells how so many stand, or of what it is a part where no whole is told."""

from __future__ import annotations

import regex

from extract.model import DateMention, Quantity, View
from extract.records.apart import is_apart, is_built, is_done_to
from extract.records.counts import Label
from extract.records.ills import ILLS, is_ill, of_the_ill
from extract.records.plans import Plans
from extract.records.sentences import Sentence
from extract.records.stages import Stages
from extract.records.subjects import Subjects
from extract.records.told import Told
from extract.records.wholes import Whole, fits

_SOLE = regex.compile(r"(?P<noun>\p{Han}{2,12}?)(?:现|均|都)?已")
_OTHER = regex.compile(r"(?!整改|整治|治理|办结|验收|销号|改造|建设|任务|问题|项目|事项|并|且|占|中|的)\p{Han}{5,}")
_EARLY = regex.compile("[提超]前")
_LEFT = ("剩余", "其余", "剩下的", "余下", "余下的")
_NEXT = 6
"""Characters after a count in which its state is told."""
_STATED = 14
"""Characters before a count in which its state is told."""
_FOR_NOW = regex.compile(r"阶段性?(?:已|地)?(?:办[结毕理]|完成|整改|销号|办复|化解|处置)[^，。；、\ue000]{0,4}$")
_FOR_NOW_BEHIND = regex.compile(r"[^，。；、\ue000]{0,6}阶段性?(?:办|完成|整改|销号|化解)")
"""阶段性办结|18件, beside which what is still in hand is not settled at all."""
_DEALT_WITH = regex.compile(r"(?:于?\ue001+)?(?:已|均|全部|统一|整体|逐步)*(?:迁|搬|转|并入|整合|入驻|规范|提升|改造|保留|纳入|实施)")
"""What was done to the others: 其余9户|迁入工业园区."""
_WORK_BEGUN = regex.compile(r"\p{Han}{0,6}?(?:已|均|都|刚)*(?:开工|动工|启动|开建|进场|破土)")
"""2座泵站已完工，5座|泵站已开工: those that are told behind the finished ones are others."""

_UNSETTLED = ("tally-pending-noun-after", "tally-remainder-noun")
"""Rules of matters that are told as not settled, of which some may be settled since."""


def fits_as_part(whole: Whole, quantity: Quantity) -> bool:
    """Whether a count may be some of those that were told as pending, and nothing else of them."""
    return whole.total is None and set(whole.parts) == {"pending"} and fits(quantity, whole.parts["pending"][-1])


class Parted:
    """Gives the parts told in one document to what was told before them."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, stages: Stages, told: Told, plans: Plans) -> None:
        self.view, self.shaded, self.subjects, self.stages, self.told, self.plans = view, shaded, subjects, stages, told, plans

    def take(self, sentence: Sentence, label: Label, start: int, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> None:
        """Take a part told in the clause from `start` on, in the words from `left` on: of a whole told before, or by itself."""
        whole = self.told.whole
        fresh = whole is not None and whole.total is not None and not (whole.parts or whole.bare)
        if fresh and whole is not None and self._is_apart(whole, label, left, quantity, dates):
            return
        if whole is not None and label.part != "pending" and whole.rule in _UNSETTLED and fits_as_part(whole, quantity):
            whole.total = whole.parts.pop("pending")[-1]  # 9个未整改问题，已整改7个
        home = self.told.home(label, quantity)
        if home is None:
            self._alone(sentence, label, start, left, quantity)
        elif not self._is_told(home, label, start, left, quantity):
            home = self._of_the_ill(home, label, start, quantity) or home
            self.told.add(home, self._part(home, label, left, quantity), quantity, label.rule, label.end)

    def _part(self, home: Whole, label: Label, left: int, quantity: Quantity) -> str:
        """The part that a count is of its whole. Beside what is settled for now, what is still in hand is pending: 阶段性办结18件，其余8件仍在办理."""
        if label.part != "ongoing" or "ongoing" not in home.parts:
            return label.part
        for_now, before = self._is_for_now(quantity), self._is_for_now(home.parts["ongoing"][-1])
        if for_now and not before and "pending" not in home.parts:
            home.parts["pending"] = home.parts.pop("ongoing")  # 正在办理8件，阶段性办结18件
        rest = self.subjects.rest.match(self.view.text[left : quantity.start]) is not None
        return "pending" if rest or (before and not for_now) else "ongoing"

    def _is_for_now(self, quantity: Quantity) -> bool:
        """Whether a count is of what is settled for the time being: 阶段性办结18件."""
        before = _FOR_NOW.search(self.shaded, max(0, quantity.start - _STATED), quantity.start)
        return before is not None or _FOR_NOW_BEHIND.match(self.shaded, quantity.end) is not None

    def _is_apart(self, whole: Whole, label: Label, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count told behind one of things done is no part at all; where the two are told beside each other, that one becomes a part."""
        if whole.total is None or quantity.start in self.told.sums.parts:
            return False
        if label.part == "done":
            return is_done_to(self.shaded, whole.total)  # 关停取缔码头71处，规范提升22处
        if is_done_to(self.shaded, whole.total) and label.rule == "tally-remainder" and _DEALT_WITH.match(self.shaded, quantity.end):
            return True  # 关停作坊17户，其余9户迁入园区
        if is_built(self.shaded, whole.total):
            if self.plans.owed(label, quantity, dates):
                return True  # 拆除矿热炉3台，余下2台计划年底前停产
            whole.make_done()  # 建成泵站6个，在建7个
        elif not whole.settled and is_apart(self.shaded, whole, left, quantity):
            whole.make_done()  # 26个乡镇完成体系建设，尚有5个乡镇正在建设
        return False

    def _is_told(self, home: Whole, label: Label, start: int, left: int, quantity: Quantity) -> bool:
        """Whether a count tells nothing new of its whole: some of a part, or what else is wrong with others of them."""
        part, sums = label.part, self.told.sums
        if part == "done" and self._counts_other(home, quantity):
            return True
        if part == "done" and home.total is None and part in home.parts and _WORK_BEGUN.match(self.shaded, quantity.end):
            return True
        if part == home.settled == "done" and _EARLY.search(self.view.text, left, quantity.start):
            return True  # 26项任务已全部完成，提前完成4项
        if part not in home.parts:
            return False
        if self._within_part(home.parts[part][-1], start, quantity) or quantity.start in sums.ills:
            return True  # 21家料场中，13家未建料棚，8家敞开堆放
        ill = part == "pending" and label.rule in ILLS and is_ill(home, part)
        return ill and quantity.start not in sums.parts  # 27个工地中有11个裸土未覆盖，8个未设冲洗设施

    def _of_the_ill(self, home: Whole, label: Label, start: int, quantity: Quantity) -> Whole | None:
        """Those with which something is wrong, as a whole of their own, where a count tells what became of them."""
        if label.part != "done" or quantity.start in self.told.sums.parts:
            return None
        ill = of_the_ill(home, quantity, self.view.text[start : max(label.end, quantity.end)], self.subjects, self.view)
        if ill is not None:
            self.told.start(ill)
        return ill

    def _alone(self, sentence: Sentence, label: Label, start: int, left: int, quantity: Quantity) -> None:
        """Take a part whose whole is not told: 尚有7处还没整治."""
        whole, part = self.told.whole, label.part
        within = whole is not None and part in whole.parts and self.told.among(start)  # 正在办理21件，其中按期推进17件
        if within or "loose" in label.set or label.rule == "tally-sum" or self.told.is_shared(quantity):
            return
        noun = self.subjects.of_part(label.noun, start, left, label.end, quantity)
        if not noun:
            return
        if label.rule == "tally-remainder-noun" and self.view.text.endswith(_LEFT, left, quantity.start):
            self.told.start(Whole(sentence.passage, "剩余" + noun, quantity, label.rule, start, label.end, noun=noun, bare=True))
            return  # 剩余5项任务实行领导包案
        new = Whole(sentence.passage, noun, None, label.rule, start, max(label.end, quantity.end), noun=noun)
        sole = self._sole(quantity) if part == "done" and label.rule == "tally-done-after" else ""
        if sole:
            new.sole, new.subject, new.noun = True, sole, sole
        self.told.start(new)
        self.told.add(new, part, quantity, label.rule, label.end)

    def _sole(self, quantity: Quantity) -> str:
        """The noun of matters behind a count of which all are settled (移送的|9条|违规线索|已核查完毕), or an empty string."""
        behind = _SOLE.match(self.shaded, quantity.end)
        return behind["noun"] if behind is not None and self.subjects.is_matter(behind["noun"]) else ""

    def _counts_other(self, whole: Whole, quantity: Quantity) -> bool:
        """Whether a count of things done has a noun of its own behind it that is not the whole's: 已溯源排口328个；完成7个|水源地规范化建设."""
        behind = _OTHER.match(self.shaded, quantity.end)
        if behind is None or "；" not in self.view.text[whole.end : quantity.start] or self.stages.is_status(behind[0]):
            return False
        return not any(behind[0][i : i + 2] in whole.noun for i in range(len(behind[0]) - 1))

    def _within_part(self, told: Quantity, start: int, quantity: Quantity) -> bool:
        """Whether a count is some of a part told before: 已完成整改29个（其中提前完成4个）, but not 已开工15个，其中竣工6个."""
        deed = self.view.text[quantity.start - 2 : quantity.start]
        return self.told.among(start) and deed in self.view.text[max(self.told.since, told.start - _NEXT) : told.start]
