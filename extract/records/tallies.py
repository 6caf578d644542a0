"""Tallies: how many of how many. A count is labelled by the words around it, then parts are grouped with their whole, and some of a whole with it."""

from __future__ import annotations

from datetime import date

import regex

from extract.model import Claim, DateMention, Quantity, Tally, View
from extract.records.counts import Counts, Label
from extract.records.rows import Rows
from extract.records.sentences import QUANTITY, Sentence, Sentences, clauses, counted
from extract.records.stages import stages_of
from extract.records.subjects import Subjects
from extract.records.sums import Sums, add_up
from extract.records.wholes import PARTS, Whole, count_of, fits, same_unit, unit_of
from extract.rulebook import Rulebook

_GAP = 6
"""Characters before a part within which a ； parts it from its total."""
_SOON = 8
"""Characters between a count and the day by which it is to be settled."""
_AT_ONCE = 3
"""Characters between a part and its day: 剩余6件|限|9月底前办结."""
_NEXT = 6
"""Characters after a count in which its state is told."""
_REACH = 40
"""Characters over which a whole total may be settled by a later clause (259件信访件，…，均已办结)."""
_BESIDE = 16
"""Characters before a count in which a verb says that it is of things done (建成处理中心2个)."""
_ALL = regex.compile(r"(?:(?<![平人年月日亩户])均|都|全部|悉数)(?:已|已经|按期|如期|全部)*")
_RATE = regex.compile(
    r"(?:办结率|整改率|完成率|销号率|占比|占|完成比例|开工率|整治率|化解率|修复率|治理率|竣工率|验收率)(?:达到?|为|逾|超过?|约为?|接近|近)?[\ue000]*$"
)
_CHANGED = regex.compile(r"同比|环比|较(?![大重突多为])|少了|多了|减少|增加|下降|提高|[少降升增减]到|[由从]$")
_ILL = regex.compile(r"未|不|没|无|超标|劣|停[运用产]|问题|隐患|滞后|直排|闲置|违[法规]|破损|堵|漏|缺|反弹|返[黑臭]|黑臭|存在")
_SETTLED = regex.compile(r"已|正|应完成|应整改")
_OWED = regex.compile(r"(?:需要?|计划|应当?|要求)?(?:完成|到期|办结|整改|销号)\p{Han}{0,4}的")
_HANDED = regex.compile(r"反馈|交办|移交|披露|指出|转办|通报|曝光")
_LACKING = regex.compile(r"没|尚未|仍未")
_ORDERED = regex.compile(r"要|须|应|限|务必|确保|力争")
_DIRECTED = regex.compile(r"[底日月]前|要|须|应|确保|力争|必须|将")
_DUE = regex.compile(r"[底日月汛节冬]前|须|应|将|确保|力争|必须")
_TOLD = regex.compile(r"已|完成|正在|未|达到|符合|通过|满足")
_AMONG = ("中", "里", "内")
_LISTED = ("、", "和")
_MARK = regex.compile("[，；。]")
_APART = regex.compile("[；;]")
_BUILT = regex.compile(r"(?:建成|完工|竣工|投运|投用)[^，。；]{0,12}$")


def find_tallies(found: Sentences, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the running text. `taken` holds the starts of quantities that are claimed already; those of tallies are added to the claims."""
    reader = _Reader(view, shaded, rulebook, taken)
    for sentence, quantities, dates in found:
        reader.read(sentence, quantities, dates)
    told = sorted((whole for whole in reader.wholes if whole.told), key=lambda whole: whole.start)
    claims = [Claim("tally", q.start, q.end, rule) for whole in told for q, rule in whole.counts]
    return [whole.tally() for whole in told], [*claims, *reader.rests]


class _Reader:
    """Goes through the sentences, clause by clause and count by count; `whole` is the one that a part may still belong to, `some` those of
    its members told last (隐患47条，其中重大隐患3条), `open` all wholes of the sentence."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> None:
        self.view, self.shaded, self.taken = view, shaded, taken
        self.stages = stages_of(rulebook)
        self.subjects = Subjects(view, shaded, rulebook, self.stages)
        self.counts = Counts(view, shaded, rulebook, self.subjects)
        self.rows = Rows(view, shaded, self.subjects)
        self.units, self.batches = rulebook.words("count_units"), rulebook.words("batch_units")
        self.wholes: list[Whole] = []
        self.whole: Whole | None = None
        self.some: Whole | None = None
        self.open: list[Whole] = []
        self.as_of: list[DateMention] = []
        self.sums = Sums()
        self.rests: list[Claim] = []
        self.since = 0

    def read(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> None:
        """Add the tallies of one sentence; parts told in the sentence after a bare total (共56项。已完成45项) are its own."""
        before, self.since = self.since, sentence.start
        self.as_of = [d for d in dates if d.sense == "as_of"]
        self.open = [w for w in self.open if w.start >= before and w.passage is sentence.passage and not w.parts and not w.settled]
        if self.whole not in self.open:
            self.whole = None
        self.some = None
        countable = [q for q in quantities if self.shaded[q.start] == QUANTITY and self._countable(q)]
        self.sums = add_up(sentence, countable, self.subjects)
        for start, end in clauses(sentence, self.shaded):
            inside = counted(quantities, start, end, self.shaded)
            i = 0
            while i < len(inside):
                many = self._in_a_row(sentence, start, inside, i)
                if not many:
                    self._read_one(sentence, start, end, inside, i, dates)
                i += many or 1
            self._settle(start, end)

    def _settle(self, start: int, end: int) -> None:
        """Let a clause settle the whole told last; where that has parts already, those told among it (已整改98处，其中重大隐患3处，已全部整改)."""
        said = self.view.text[start:end]
        named = next((w for w in self.open if w.name and w.total is not None and said.startswith((w.name, w.subject))), None)
        some = named or self.some
        here = named is not None or (some is not None and some.total is not None and start <= some.total.start < end)
        whole = some if some is not None and (here or self.whole is None or self.whole.parts) else self.whole
        if whole is not None and start - whole.end < _REACH and not _APART.search(self.view.text, whole.end, start):
            self._all_of_them(whole, max(start, whole.end), end)

    def _read_one(self, sentence: Sentence, start: int, end: int, inside: list[Quantity], i: int, dates: tuple[DateMention, ...]) -> None:
        quantity, whole = inside[i], self.whole
        if self._batch(inside, i):
            return
        first = i - self._batch(inside, i - 1)
        left = inside[first - 1].end if first else start
        right = inside[i + 1].start if i + 1 < len(inside) else end
        if self.view.text.startswith(_LISTED, quantity.end):
            right = quantity.end  # 一般隐患88条、重大隐患5条
        share = quantity.kind == "percent" and quantity.operator == "=" and whole is not None and bool(whole.parts or whole.bare)
        if share and whole is not None and _RATE.search(self.shaded[left : quantity.number.start]):
            whole.rate, whole.end = quantity, quantity.end
            return
        if quantity.start in self.sums.rests:
            self.rests.append(Claim("tally", quantity.start, quantity.end, "tally-sum"))
            return
        if not self._countable(quantity):
            return
        left = max([left, *(d.end for d in self.as_of if left <= d.start < quantity.start)])
        of_total = (whole is not None and whole.total is not None and fits(quantity, whole.total)) or self._of_sum(quantity)
        label = self.counts.label(left, right, quantity, more=i + 1 < len(inside), of_total=of_total)
        if self._named(label, left, quantity, start, dates):
            return
        label = self._due(self._reckoned(label, start, left, quantity, of_total=of_total), start, quantity, dates, of_total=of_total)
        if label is not None and self._no_part(label, start, left, quantity, dates):
            return
        name = self._name(label, start, left, quantity)
        if (name and self._some(sentence, label, name, start, left, quantity)) or label is None:
            return
        if label.part in PARTS:
            self._part(sentence, label, start, left, quantity)
        else:
            self._total(sentence, label, start, left, right, quantity)

    def _of_sum(self, quantity: Quantity) -> bool:
        """Whether a count adds up with others to a whole that is told."""
        return quantity.start in self.sums.parts and any(w.total is self.sums.parts[quantity.start][1] for w in self.open)

    def _reckoned(self, label: Label | None, start: int, left: int, quantity: Quantity, *, of_total: bool) -> Label | None:
        """The label of a count in the light of what the counts around it add up to."""
        summed = self.sums.parts[quantity.start][0] if quantity.start in self.sums.parts and of_total else ""
        rest = label is not None and label.part == "bare" and self.view.text[left : quantity.start].startswith("剩")
        if summed and (label is None or label.part == "total" or rest or ("loose" in label.set and label.part != summed)):
            inner = label is not None and label.rule == "tally-total-plain"  # 建成的15个里
            return label if inner else Label(summed, "", "tally-sum", {}, quantity.end)
        if quantity.start in self.sums.shares and label is not None and self._is_share(label, left, quantity):
            label = None
        if quantity.start in self.sums.planned and (label is None or label.part == "total"):
            label = self.counts.planned(label, start, left, quantity)
        exact = quantity.unit in self.units or label is None or label.part not in ("bare", "all")
        return label if exact else None  # 1.9万个问题 is no count of matters

    def _due(self, label: Label | None, start: int, quantity: Quantity, dates: tuple[DateMention, ...], *, of_total: bool) -> Label | None:
        """The label of a count whose settling is still to come: the rest of a whole is pending (其余11处年底前全部拆除); of a whole that all are to be
        settled by a day only the number is told, and that only where somebody handed it over or a part follows."""
        if label is None or label.part == "bare" or "已" in self.view.text[quantity.end : max(label.end, quantity.end)]:
            return label
        told = max(label.end, quantity.end)
        after = any(
            d.sense == "by" and quantity.end <= d.start < told + _SOON and not _MARK.search(self.view.text, told, d.start) for d in dates
        )
        said = self.view.text[start : quantity.start]
        if after and of_total and (self.subjects.rest.match(said) or _LACKING.search(said)):
            return Label("pending", "", label.rule, {}, told)
        if label.part != "all" or not (after or self._to_come(label, quantity, dates)):
            return label
        handed = _HANDED.search(self.view.text, start, quantity.start)
        return Label("bare" if handed else "total", label.noun, label.rule, {"due": "yes"}, told)

    def _is_share(self, label: Label, left: int, quantity: Quantity) -> bool:
        """Whether a count that adds up with others tells neither of a group of its own nor how matters stand, only how they are dealt with."""
        if label.part == "total":
            return not (self.subjects.is_place(label.noun) or self.subjects.is_matter(label.noun) or label.noun.endswith("类"))
        return label.part in PARTS and not self._planned(quantity) and _TOLD.search(self.view.text, left, label.end) is None

    def _planned(self, quantity: Quantity) -> bool:
        """Whether a count is the share of a whole that is planned for some time."""
        whole = self.sums.shares.get(quantity.start)
        return whole is not None and whole.start in self.sums.planned

    def _countable(self, quantity: Quantity) -> bool:
        plain = quantity.kind == "cardinal" and quantity.operator == "=" and quantity.value_high is None
        whole = quantity.unit in self.units or (unit_of(quantity) in self.units and count_of(quantity) % 100 == 0)
        return plain and whole and quantity.start not in self.taken

    def _batch(self, inside: list[Quantity], i: int) -> bool:
        """Whether a count is but of the batches in which the next one came (五批|126件)."""
        if not 0 <= i < len(inside) - 1 or unit_of(inside[i]) not in self.batches:
            return False
        return self.view.text[inside[i].end : inside[i + 1].start] in ("", "、共", "共")

    def _no_part(self, label: Label, start: int, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count compares or is still to be reached: by a date of its own that is a target."""
        if label.part == "all" and _DUE.search(self.shaded, quantity.end, label.end):
            return True
        already = "已" in self.view.text[quantity.end : max(label.end, quantity.end)]
        if label.part == "all" and not already and any(d.sense == "by" and quantity.end <= d.start < label.end for d in dates):
            return True
        if not already and self._to_come(label, quantity, dates):
            return True
        if label.part == "total" and (_CHANGED.search(self.shaded, left, quantity.start) or self.stages.is_deed(label.noun)):
            return True
        settled = label.part == "bare" or _SETTLED.search(self.view.text, start, quantity.end + _NEXT)
        told = max(label.end, quantity.end)
        due = next((d for d in dates if d.sense == "by" and quantity.end <= d.start < told + _SOON), None)
        if due is None:
            return False
        if (
            label.part == "bare"
            and _ORDERED.search(self.view.text, quantity.end, due.start)
            and not _HANDED.search(self.view.text, start, told)
        ):
            return True  # 上述12项任务须于3月31日前完成
        over = self.subjects.rest.match(self.view.text[start : quantity.start]) or _LACKING.search(self.view.text, start, quantity.start)
        ordered = not over and _ORDERED.search(self.view.text, quantity.end, due.start)
        return "plan" in label.set or bool(label.part in PARTS and not settled and ordered and due.start - quantity.end <= _AT_ONCE)

    def _to_come(self, label: Label, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count is to be reached by a day told before it (到2026年底，…完成33个). A whole of matters that somebody handed over is told
        all the same (2026年底前完成督察反馈的34个问题), and one that only had to be settled by that day is not to come (年底前应完成的34项)."""
        if label.part == "total":
            return False
        begin = max(self.view.text.rfind("；", self.since, quantity.start), self.since)
        day = next((d for d in reversed(dates) if d.sense == "by" and begin <= d.start < quantity.start), None)
        if day is None or _SETTLED.search(self.view.text, max(begin, day.start - 2), quantity.end + _NEXT):
            return False
        if _OWED.fullmatch(self.view.text, day.end, quantity.start) or self.view.text[max(day.start - 2, 0) : day.start].endswith(
            ("应", "应于")
        ):
            return False
        known = label.part == "bare" and _HANDED.search(self.view.text, begin, quantity.start)
        stated = (
            label.part in PARTS and quantity.start in self.sums.parts and _LACKING.search(self.view.text, day.end, quantity.end + _NEXT)
        )
        return not known and not stated

    def _part(self, sentence: Sentence, label: Label, start: int, left: int, quantity: Quantity) -> None:
        whole, part = self.whole, label.part
        fresh = whole is not None and not whole.parts and not whole.bare
        if whole is not None and whole.total is not None and part != "done" and fresh and self._built(whole.total):
            whole.add("done", whole.total, whole.rule, whole.end)  # 建成处理中心2个，在建3个
            whole.total = None
        home = self._home(label, quantity)
        if home is not None and part in home.parts and self._within_part(home.parts[part][-1], start, quantity):
            return
        if home is not None:
            self._add(home, part, quantity, label.rule, label.end)
            return
        if "loose" in label.set or label.rule == "tally-sum":
            return
        noun = self.subjects.of_part(label.noun, start, left, label.end, quantity)
        if not noun:
            return
        new = Whole(sentence.passage, noun, None, label.rule, start, max(label.end, quantity.end), noun=noun)
        self._open(new)
        self._add(new, part, quantity, label.rule, label.end)

    def _within_part(self, told: Quantity, start: int, quantity: Quantity) -> bool:
        """Whether a count is some of a part told before: 已完成整改29个（其中提前完成4个）, but not 已开工15个，其中竣工6个."""
        deed = self.view.text[quantity.start - 2 : quantity.start]
        return self._among(start) and deed in self.view.text[max(self.since, told.start - _NEXT) : told.start]

    def _open(self, whole: Whole) -> None:
        self.wholes.append(whole)
        self.open.append(whole)
        self.whole, self.some = whole, None

    def _add(self, whole: Whole, part: str, quantity: Quantity, rule: str, end: int) -> None:
        whole.add(part, quantity, rule, end, more=part != "done" or quantity.start in self.sums.parts)
        whole.as_of = whole.as_of or self._day(quantity)
        if whole.of is not None and whole is self.some and self.subjects.is_found(self.view.text, whole.of.start, whole.of.end):
            whole.of.bare = True  # 排查入河排污口9个，其中需整治的7个已完成整治4个
        if whole is not self.some:
            self.whole, self.some = whole, None

    def _day(self, quantity: Quantity) -> date | None:
        """The day up to which a count holds: the last one told in the sentence before it."""
        return next((d.last for d in reversed(self.as_of) if d.start < quantity.start), None)

    def _home(self, label: Label, quantity: Quantity) -> Whole | None:
        """The tally that a part belongs to: the whole that it adds up to with others, some of a whole told right before it, the one told last,
        or where that counts other things (案件3宗，…拘留29人，已移送2宗) one before it."""
        total = self.sums.parts[quantity.start][1] if quantity.start in self.sums.parts else None
        past = self.some is not None and self._past(self.some, quantity)
        near = [w for w in (None if past else self.some, self.whole) if w is not None]
        if total is not None:
            near = [w for w in self.open if w.total is total] or near
        other = [] if self.whole is not None and self.whole.total is None else [w for w in reversed(self.open) if self._alike(w, quantity)]
        return next((w for w in (*near, *other) if self._takes(w, label, quantity)), None)

    def _past(self, some: Whole, quantity: Quantity) -> bool:
        """Whether some of a whole have been told of to the end: they stand in a list (其中甲类3个、乙类5个，其余…) or in brackets that are closed."""
        if some.total is None:
            return False
        between = self.view.text[some.total.end : quantity.start]
        listed = some.beside is not None and not some.parts and "，" in between
        follows = between.startswith(_LISTED) and QUANTITY in self.shaded[some.total.end : quantity.start]
        return listed or follows or "）" in between

    def _alike(self, whole: Whole, quantity: Quantity) -> bool:
        current = self.whole is not None and self.whole.total is not None and same_unit(self.whole.total, quantity)
        return whole.total is not None and not current and whole.total.unit == quantity.unit

    def _takes(self, whole: Whole, label: Label, quantity: Quantity) -> bool:
        summed = not label.noun and quantity.start in self.sums.parts and self.sums.parts[quantity.start][1] is whole.total
        apart = whole.parts and not summed and _APART.search(self.view.text, whole.end, max(whole.end, quantity.start - _GAP))
        return not apart and whole.takes(label.part, quantity, label.noun)

    def _named(self, label: Label | None, left: int, quantity: Quantity, start: int, dates: tuple[DateMention, ...]) -> bool:
        """Take a part told with the noun of its whole before it (一般隐患503处、重大隐患9处；一般隐患整改437处)."""
        said = self.view.text[left : quantity.start].removeprefix("其中")
        whole = next((w for w in reversed(self.open) if w.total is not None and w.subject and said.startswith(w.subject)), None)
        part = self.stages.part_of(said.removeprefix(whole.subject)) if whole is not None else ""
        if whole is None or not part or (whole is self.whole and label is not None and label.part in PARTS):
            return False
        label = Label(part, "", "tally-named", {}, quantity.end)
        if self._no_part(label, start, left, quantity, dates) or not whole.takes(part, quantity, ""):
            return False
        self.whole = whole
        self._add(whole, part, quantity, label.rule, quantity.end)
        return True

    def _built(self, quantity: Quantity) -> bool:
        """Whether a count is of things done: 建成处理中心2个."""
        before = _BUILT.search(self.shaded, max(0, quantity.start - _BESIDE), quantity.start)
        return before is not None and not self.view.text.startswith(_AMONG, quantity.end)

    def _name(self, label: Label | None, start: int, left: int, quantity: Quantity) -> str:
        """The place or kind of which alone a count is told, or an empty string: it is named as such (临江市19项, 属实28件), it is a kind of the
        whole (其中重大隐患3处), or it adds up to the whole with others (工业排污口7个、生活污水排口9个)."""
        name = self.subjects.name(start, left, quantity)
        if name or (label is not None and label.part in PARTS):
            return name
        among = self._among(start) or self._listed(left)
        if label is not None and among and self.whole is not None and self.subjects.is_kind(label.noun, self.whole.noun):
            return label.noun
        shared = quantity.start in self.sums.shares and not self._planned(quantity)
        return self.subjects.kind(left, quantity) if shared else ""

    def _among(self, start: int) -> bool:
        """Whether a clause says that it tells of some of a whole: 其中重大隐患3处, 其中，临江市9项."""
        return self.view.text.startswith("其中", start) or self.view.text.endswith("其中，", 0, start)

    def _listed(self, left: int) -> bool:
        """Whether a count follows some of a whole in a list: 来电举报25件、|来信举报13件."""
        some = self.some
        return (
            some is not None
            and some.total is not None
            and not some.parts
            and self.view.text[some.total.end : left + 1].strip("、，和及与；") in ("", self.view.text[left])
        )

    def _some(self, sentence: Sentence, label: Label | None, name: str, start: int, left: int, quantity: Quantity) -> bool:
        """Take a count as that of some of a whole, or of a place or kind whose whole is not told."""
        placed = self.subjects.is_place(name) or self.subjects.names_area(name)
        beside = self.some if self._listed(left) else None
        of = self._whole_of(sentence, start, quantity, placed=placed)
        known = self.subjects.is_known_kind(name) or (self.subjects.is_framed(start) and not placed)
        printed = label.noun if label is not None and name not in label.noun and label.noun not in name else ""
        printed = "" if self.stages.is_status(printed) else printed
        alone = of is None and beside is None and not self.view.text.startswith(_LISTED, quantity.end)
        if alone and printed and self.subjects.is_batch(name) and (label is None or label.part not in PARTS):
            return False
        self.subjects.said.keep(printed, quantity.unit, matter=self.subjects.is_matter(printed))
        matter = (
            ""
            if of is not None or placed or not known
            else printed or self.subjects.matter(start) or (beside.noun if beside is not None else "")
        )
        if of is None and known and not (placed or matter or name.endswith(("类", "领域")) or self.subjects.is_batch(name)):
            return False
        if of is not None and printed and not (printed[-2:] in of.noun or of.noun[-2:] in printed):
            of = None  # 应修复矿山图斑412个；石渡县6处采坑积水
        noun = printed or matter or (of.noun if of is not None else self.subjects.known(start, quantity))
        new = Whole(
            sentence.passage, self.subjects.named(name, noun), quantity, label.rule if label is not None else "tally-sum", start, quantity.end,
            noun=noun, name=name, of=of, beside=beside, as_of=self._day(quantity),
        )  # fmt: skip
        among = self._among(start) or (beside is not None and beside.share) or (of is not None and of.total is None)
        if of is not None and among and of.last in PARTS and fits(quantity, of.parts[of.last][-1]):
            new.share = of.last
        if of is None and known:
            new.bare = beside is not None or self.view.text.startswith(("、", "，"), quantity.end)
        elif of is None:
            new.bare = not printed and any(w.told and w.passage is sentence.passage and w.start >= sentence.start for w in self.wholes[-6:])
        self.wholes.append(new)
        self.open.append(new)
        self.whole, self.some = of or new, new
        for listed in new.siblings() if printed else ():
            listed.subject, listed.noun = self.subjects.named(listed.name, printed), printed  # 第一批15件、第二批22件|转办件
        if label is not None and (placed or label.end > quantity.end):
            self._stand(new, label)
        return True

    def _stand(self, new: Whole, label: Label) -> None:
        """Note how some of a whole stand by the words around their count, and with them those listed before (甲县5项、乙县4项任务未启动)."""
        if label.part == "all":
            for whole in new.siblings():
                whole.settled = label.set["all"]
            new.end = label.end
        elif label.part in PARTS and label.rule != "tally-remainder":
            for whole in new.siblings():
                if whole.total is not None and label.part == "done":
                    whole.settled = "done"
                elif whole.total is not None and not whole.parts:
                    whole.add(label.part, whole.total, label.rule, label.end)
                    whole.total = None

    def _whole_of(self, sentence: Sentence, start: int, quantity: Quantity, *, placed: bool) -> Whole | None:
        """The whole that a count is some of: one told in the sentence or right before it, in the same unit, and not of a name of the same sort."""
        total = self.sums.shares.get(quantity.start)
        among = self._among(start)
        for whole in reversed(self.wholes):
            if whole.passage is not sentence.passage or not (among or whole in self.open):
                return None
            if whole.name and (whole.beside is not None or any(w.beside is whole for w in self.open)):
                continue  # one of a list of kinds holds no places
            told = whole.total or whole.parts[whole.last][-1]
            if not fits(quantity, told) or (whole.total is None and not among and told is not total):
                continue
            if whole.name and (self.subjects.is_place(whole.name) or self.subjects.names_area(whole.name)) == placed and total is not told:
                continue
            return whole
        return None

    def _total(self, sentence: Sentence, label: Label, start: int, left: int, right: int, quantity: Quantity) -> None:
        whole, part = self.whole, label.part
        if whole is not None and not whole.parts and part == "total" and self._within(whole, left, quantity):
            ill = _ILL.search(label.noun + self.shaded[quantity.end : right])
            whole.add("pending" if ill else "done", quantity, label.rule, quantity.end)
            return
        among = self._among(start)
        if (
            whole is not None
            and whole.total is not None
            and fits(quantity, whole.total)
            and part == "total"
            and self.subjects.is_finding(label.noun)
        ):
            return  # 移交线索11条，已立案9条
        if whole is not None and whole.total is not None and not whole.parts and part == "total" and self._again(whole.total, quantity):
            return  # 发现问题41个，移交属地41个
        if whole is not None and whole.parts and part == "total" and among:
            return  # 其中立行立改20项 tells of the parts, it opens no tally of its own
        subject = self.subjects.of_whole(label.noun, start, left, quantity, all_of_them=part == "all")
        batch = not label.noun and QUANTITY in self.shaded[start : quantity.start] and self.subjects.is_matter(subject)
        bare = part == "bare" or (batch and self.subjects.is_found(self.view.text, start, quantity.start))  # 接收转办件十六批、共302件
        new = Whole(
            sentence.passage, subject, quantity, label.rule, start, quantity.end, noun=subject, bare=bare, as_of=self._day(quantity)
        )
        if whole is not None and whole.total is not None and whole.start == start and self.view.text.startswith(_LISTED, left):
            new.beside = whole
        some = whole is not None and whole.total is not None and among and fits(quantity, whole.total)
        self._open(new)
        if some:
            new.of = whole
            self.whole, self.some = whole, new  # 发现隐患47条，其中重大隐患3条，已整改40条: the parts are those of the whole
        if part == "all":
            new.settled, new.end = label.set["all"], label.end
        elif part == "bare" or "due" in label.set:
            new.end = max(label.end, quantity.end)

    def _again(self, total: Quantity, quantity: Quantity) -> bool:
        """Whether a count only says again how many a whole are."""
        return count_of(total) == count_of(quantity) and total.unit == quantity.unit

    def _in_a_row(self, sentence: Sentence, start: int, inside: list[Quantity], i: int) -> int:
        """Take counts told in a row for several places or kinds (甲县、乙县分别承担18项、16项, then 已完成9项、7项): how many numbers it took."""
        row = self.rows.read(sentence, start, inside, i, self._countable)
        if row is None:
            return 0
        listed = self.some.siblings() if self.some is not None else []
        if not row.names and row.part and len(row.run) == len(listed):
            for whole, quantity in zip(listed, row.run, strict=True):
                whole.add(row.part, quantity, "tally-shared-out", row.run[-1].end)
            return row.took
        beside: Whole | None = None
        of = next((w for w in reversed(self.open) if w.total is not None and not w.name and all(fits(q, w.total) for q in row.run)), None)
        each = row.took < len(row.run)  # 甲镇、乙镇各3项
        bare = not each or (self.subjects.is_matter(of.noun) if of is not None else False)
        for name, quantity in zip(row.names, row.run, strict=False):
            noun = row.noun or (of.noun if of is not None else self.subjects.known(start, quantity))
            beside = Whole(
                sentence.passage, self.subjects.named(name, noun), quantity, "tally-shared-out", start, row.run[-1].end,
                noun=noun, name=name, of=of, bare=bare, beside=beside, as_of=self._day(quantity),
            )  # fmt: skip
            if row.part:
                beside.parts, beside.total = {row.part: [quantity]}, None
            elif of is not None and of.last in PARTS and fits(quantity, of.parts[of.last][-1]):
                beside.share = of.last
            self.wholes.append(beside)
            self.open.append(beside)
        if beside is not None:
            if of is not None and bare:
                of.bare = True  # 任务34项，其中甲县、乙县分别承担18项、16项
            self.whole, self.some = of, beside
        return row.took

    def _within(self, whole: Whole, left: int, quantity: Quantity) -> bool:
        """Whether the total was told as what others are counted in: 20个断面中，优良断面19个."""
        return (
            whole.total is not None
            and fits(quantity, whole.total)
            and not whole.settled
            and not self.subjects.is_matter(whole.subject)
            and self.view.text[whole.total.end : left].rstrip("，").endswith(("中", "里"))
        )

    def _all_of_them(self, whole: Whole, start: int, end: int) -> None:
        """A clause that settles the whole total: 已全部办结, 均未完成."""
        if whole.total is None or whole.parts or whole.settled:
            return
        text = self.view.text[start:end]
        match = _ALL.search(text)
        if match is None:
            return
        said = text[: match.start()]
        if not said.startswith("已") and _DIRECTED.search(self.view.text, whole.end, start + match.start()):
            return
        if not self.subjects.is_matter(whole.subject) and self.subjects.is_other(said, whole.subject):
            return
        settled = self.stages.of_all(text[match.end() :], after_already=match[0].endswith(("已", "已经")) or said.endswith("已"))
        if settled:
            whole.end = end
            named = bool(whole.name) and self.view.text.startswith((whole.name, whole.subject), start)
            for listed in (whole,) if named else whole.siblings():
                if not listed.parts and not listed.settled:
                    listed.settled = settled
