"""Some of a whole: counts told of a place, a body, a kind or a batch alone (其中临江市19项, 属实28件, 第一批15件)."""

from __future__ import annotations

from collections.abc import Container

import regex

from extract.model import Quantity, View
from extract.records.counts import Label
from extract.records.rows import Rows
from extract.records.sentences import Sentence
from extract.records.stages import Stages
from extract.records.subjects import Subjects
from extract.records.told import APART, LISTED, Told
from extract.records.wholes import PARTS, Whole, count_of, fits

_REST = ("其他", "其它")
_SETTLED_NOUN = regex.compile(r"(?P<noun>\p{Han}{2,8}?)(?:均|都|全部|现)*(?:已|完成)")
"""第一批18个|村庄|已完成治理."""
_BODIES = ("局", "委", "公司", "集团", "部门", "单位", "中心", "办", "组")
_FOUND_BY = regex.compile(r"(?:受理|接收|接报|收到|接到|登记|排查|摸排|查出|发现|反馈|交办|转办|移交)")
"""What a body does with matters that are not its own: 县水务局受理投诉46件, but 县水务局承担任务12项."""


def _holds(whole: Whole, quantity: Quantity) -> bool:
    """Whether a count may be some of a whole."""
    return whole.total is None or fits(quantity, whole.total)


class Members:
    """Reads the counts of one document that are some of a whole, and adds them to what was told."""

    def __init__(self, view: View, shaded: str, subjects: Subjects, stages: Stages, told: Told) -> None:
        self.view, self.subjects, self.stages, self.told = view, subjects, stages, told
        self.rows = Rows(view, shaded, subjects)

    def name(self, label: Label | None, start: int, left: int, quantity: Quantity) -> str:
        """The place or kind of which alone a count is told, or an empty string: it is named as such (临江市19项, 属实28件), it is a kind of the
        whole (其中重大隐患3处), or it adds up to the whole with others (工业排污口7个、生活污水排口9个)."""
        name = self.subjects.name(start, left, quantity)
        if name in _REST and label is not None and (label.part in PARTS or label.rule == "tally-rest-to-come") and not self._listed(left):
            return ""  # 其他5项正常推进: the rest of a whole
        if name or (label is not None and label.part in PARTS):
            return name
        among = self.told.among(start) or self._listed(left)
        if label is not None and among and self.told.whole is not None and self.subjects.is_kind(label.noun, self.told.whole.noun):
            return label.noun
        shared = quantity.start in self.told.sums.shares and not self.told.is_planned(quantity)
        return self.subjects.kind(left, quantity) if shared else ""

    def _listed(self, left: int) -> bool:
        """Whether a count follows some of a whole in a list: 来电举报25件、|来信举报13件."""
        some = self.told.some
        return (
            some is not None
            and some.total is not None
            and not some.parts
            and self.view.text[some.total.end : left + 1].strip("、，和及与；") in ("", self.view.text[left])
        )

    def take(self, sentence: Sentence, label: Label | None, name: str, start: int, left: int, quantity: Quantity) -> bool:
        """Take a count as that of some of a whole, or of a place or kind whose whole is not told."""
        placed = self.subjects.is_place(name) or self.subjects.names_area(name)
        if label is not None and label.part == "all" and (again := self._told_before(name, quantity)) is not None:
            self._stand(again, label, placed=placed)  # 查实26条，…；查实的26条已全部处置
            return True
        beside = self.told.some if self._listed(left) else None
        of = self._whole_of(sentence, start, quantity, placed=placed)
        known = self.subjects.is_known_kind(name) or (self.subjects.is_framed(start) and not placed)
        printed = label.noun if label is not None and name not in label.noun and label.noun not in name else ""
        batch = not printed and label is not None and self.subjects.is_batch(name) and _SETTLED_NOUN.match(self.view.text, quantity.end)
        printed = batch["noun"] if batch else printed
        printed = "" if self.stages.is_status(printed) or self.subjects.led == start else printed
        alone = of is None and beside is None and not self.view.text.startswith(LISTED, quantity.end)
        if alone and printed and self.subjects.is_batch(name) and (label is None or label.part not in PARTS):
            return False
        other = of is not None and bool(printed) and not (printed[-2:] in of.noun or of.noun[-2:] in printed)
        free = (of is None or other) and beside is None and not self.view.text.startswith(LISTED, quantity.end)
        bare = free and bool(printed) and placed and label is not None and label.rule == "tally-bare-noun-before"
        if bare and name.endswith(_BODIES) and _FOUND_BY.search(self.view.text, start, quantity.start):
            return False
        self.subjects.said.keep(printed, quantity.unit, matter=self.subjects.is_matter(printed))
        matter = (
            ""
            if of is not None or placed or not known
            else printed or self.subjects.matter(start) or (beside.noun if beside is not None else "")
        )
        if of is None and known and not (placed or matter or name.endswith(("类", "领域")) or self.subjects.is_batch(name)):
            return False
        if other:
            of = None  # 应修复矿山图斑412个；石渡县6处采坑积水
        if of is None and self.subjects.is_field(name, quantity):
            printed, matter = "", self.subjects.said.matter
        noun = printed or matter or (of.noun if of is not None else self.subjects.known(start, quantity))
        new = Whole(
            sentence.passage, self.subjects.named(name, noun), quantity, label.rule if label is not None else "tally-sum", start, quantity.end,
            noun=noun, name=name, of=of, beside=beside, as_of=self.told.day(quantity),
        )  # fmt: skip
        new.share = self._share(new)
        if self.subjects.led == start:
            new.bare = True
            if self.subjects.led_done:
                new.add("done", quantity, new.rule, quantity.end)
                new.total = None
        elif of is None:
            new.bare = self.subjects.is_field(name, quantity) or self._is_bare(new, sentence, bare=bare, known=known, printed=bool(printed))
        self.told.wholes.append(new)
        self.told.open.append(new)
        self.told.whole, self.told.some = of or new, new
        for listed in new.siblings() if printed else ():
            listed.subject, listed.noun = self.subjects.named(listed.name, printed), printed  # 第一批15件、第二批22件|转办件
        if label is not None and (placed or label.end > quantity.end):
            self._stand(new, label, placed=placed)
        return True

    def _told_before(self, name: str, quantity: Quantity) -> Whole | None:
        """Some of a whole that were told before by the same name and count."""
        alike = (w for w in self.told.open if w.name == name and not w.parts and w.total is not None)
        return next((w for w in alike if w.total is not None and count_of(w.total) == count_of(quantity)), None)

    def _share(self, new: Whole) -> str:
        """The part of its whole of which a count tells some (已整改98处，其中重大隐患3处); empty where it tells of no part."""
        of, beside, quantity = new.of, new.beside, new.total
        if of is None or quantity is None or of.last not in PARTS or self.subjects.is_batch(new.name):
            return ""
        among = self.told.among(new.start) or (beside is not None and beside.share) or of.total is None
        apart = of.last == "done" and APART.search(self.view.text, of.end, new.start) is not None
        return of.last if among and not apart and fits(quantity, of.parts[of.last][-1]) else ""

    def _is_bare(self, new: Whole, sentence: Sentence, *, bare: bool, known: bool, printed: bool) -> bool:
        """Whether a count of no whole is told by itself: in a list, or where it is known what is counted."""
        if known:
            return new.beside is not None or self.view.text.startswith(("、", "，"), new.end)
        if bare or self.subjects.is_framed(new.start):
            return True
        return not printed and any(w.told and w.passage is new.passage and w.start >= sentence.start for w in self.told.wholes[-6:])

    def _stand(self, new: Whole, label: Label, *, placed: bool) -> None:
        """Note how some of a whole stand by the words around their count, and with them those listed before (甲县5项、乙县4项任务未启动); a kind
        is told whole (“长期坚持”类9个正在整改)."""
        if label.part == "all":
            for whole in new.siblings():
                whole.settled = label.set["all"]
            new.end = label.end
        elif label.part in PARTS and label.rule != "tally-remainder":
            for whole in new.siblings():
                if whole.total is not None and (label.part == "done" or (not placed and not whole.parts)):
                    whole.settled = label.part
                elif whole.total is not None and not whole.parts:
                    whole.add(label.part, whole.total, label.rule, label.end)
                    whole.total = None

    def _whole_of(self, sentence: Sentence, start: int, quantity: Quantity, *, placed: bool) -> Whole | None:
        """The whole that a count is some of: one told in the sentence or right before it, in the same unit, and not of a name of the same sort."""
        total = self.told.sums.shares.get(quantity.start)
        among = self.told.among(start)
        for whole in reversed(self.told.wholes):
            if whole.passage is not sentence.passage or not (among or whole in self.told.open):
                return None
            if whole.name and (whole.beside is not None or any(w.beside is whole for w in self.told.open)):
                continue  # one of a list of kinds holds no places
            told = whole.total or whole.parts[whole.last][-1]
            if not fits(quantity, told) or (whole.total is None and not among and told is not total):
                continue
            if whole.name and (self.subjects.is_place(whole.name) or self.subjects.names_area(whole.name)) == placed and total is not told:
                continue
            return whole
        return None

    def take_row(self, sentence: Sentence, start: int, inside: list[Quantity], i: int, countable: Container[int]) -> int:
        """Take counts told in a row for several places or kinds (甲县、乙县分别承担12项、11项, then 已完成5项、4项): how many numbers it took."""
        row = self.rows.read(sentence, start, inside, i, countable)
        if row is None:
            return 0
        last = self.told.some or self.told.whole
        listed = last.siblings() if last is not None else []
        if not row.names and row.part and len(row.run) != len(listed):
            open_ = [w for w in self.told.open if w.start >= self.told.since and w.total is not None and not (w.parts or w.settled)]
            listed = open_[-len(row.run) :]  # 中央反馈问题23个，省级反馈问题41个，分别完成20个、36个
        if not row.names and row.part and len(row.run) == len(listed) and all(map(_holds, listed, row.run)):
            for whole, quantity in zip(listed, row.run, strict=True):
                whole.add(row.part, quantity, "tally-shared-out", row.run[-1].end)
            return row.took
        beside: Whole | None = None
        of = next(
            (w for w in reversed(self.told.open) if w.total is not None and not w.name and all(fits(q, w.total) for q in row.run)), None
        )
        each = row.took < len(row.run)  # 甲镇、乙镇各3项
        bare = not (each or (row.part == "done" and of is None)) or (self.subjects.is_matter(of.noun) if of is not None else False)
        for name, quantity in zip(row.names, row.run, strict=False):
            noun = row.noun or (of.noun if of is not None else self.subjects.known(start, quantity))
            beside = Whole(
                sentence.passage, self.subjects.named(name, noun), quantity, "tally-shared-out", start, row.run[-1].end,
                noun=noun, name=name, of=of, bare=bare, beside=beside, as_of=self.told.day(quantity),
            )  # fmt: skip
            if row.part:
                beside.parts, beside.total = {row.part: [quantity]}, None
            elif of is not None and of.last in PARTS and fits(quantity, of.parts[of.last][-1]):
                beside.share = of.last
            self.told.wholes.append(beside)
            self.told.open.append(beside)
        if beside is not None:
            if of is not None and bare:
                of.bare = True  # 任务23项，其中甲县、乙县分别承担12项、11项
            self.told.whole, self.told.some = of, beside
        return row.took
