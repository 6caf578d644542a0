"""Tallies: how many of how many. A count is labelled by the words around it, then parts are grouped with their whole, and some of a whole with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from operator import attrgetter

import regex

from extract.model import Claim, DateMention, Quantity, Tally, View
from extract.records.companions import pass_over_sizes
from extract.records.counts import Counts, Label
from extract.records.kinds import Kinds
from extract.records.members import Members
from extract.records.outcomes import Outcomes, add_outcomes, outcomes_of
from extract.records.parted import Parted
from extract.records.plans import Plans
from extract.records.rates import Rates, in_brackets
from extract.records.received import read_received
from extract.records.sentences import QUANTITY, Sentence, Sentences, counted
from extract.records.settling import ALL, DIRECTED, Settling
from extract.records.stages import BY_THEN, TO_COME, stages_of
from extract.records.subjects import Subjects
from extract.records.told import LISTED, Told
from extract.records.wholes import PARTS, Whole, count_of, fits, tell_by_kinds, unit_of
from extract.rulebook import Rulebook

_BEFORE = 60
"""Counts before a sentence among which stands how many there are of which it tells what became."""
_IN_LIST = regex.compile(r"[^，。；：、\ue000\ue001]{0,8}[、和][^，。；：、\ue000\ue001]{0,12}")
"""What stands between two counts of a list: 4个|小区、|3所学校."""
_ILL = regex.compile(r"未|不|没|无|超标|劣|停[运用产]|问题|隐患|滞后|直排|闲置|违[法规]|破损|堵|漏|缺|反弹|返[黑臭]|黑臭|存在")
_TOLD = regex.compile(r"已|办结|化解|销号|到位|建成|完成|正在|推进|未|达到|符合|通过|满足")
_PUNISHED = ("问责", "追责", "约谈", "拘留", "处罚", "处分", "诫勉", "谈话")
"""What is done to people: 问责21人 is no whole of which some were detained."""
_PEOPLE = ("人", "名", "人次")
_TAKEN_UP = regex.compile(r"(?:认领|承接|领办|分解|交办|转办|移交|下达)$")
_GROWN = regex.compile(r"(?:^|[，、])(?:比|较|与|同比|环比)[^，。；\ue000]*(?:多|少|增加|减少|增长|下降)(?:出|了)?$")
"""比首次排查多出|340个: how much more were counted."""
_REST_UNDER_WAY = regex.compile(
    r"(?P<noun>[^，。；、\ue000\ue001]{0,12})，(?:目前|总体|整体|均|都|也|已|全部)*(?:按照?(?:序时|时序|计划|时间|节点|进度)(?:(?![的要须应])\p{Han}){0,8}|正(?:(?![的要须应])\p{Han}){2,12}|(?:有序|加快|稳步|持续)推进中?|推进中)(?=[，。；\n]|$)"
)
"""How the rest of a whole stands in the clause behind it: 其余|27项|养护任务，整体按序时推进."""
_BATCHED = ("、", "共计", "、共计")
_SENT = ("件", "个", "项", "条", "起", "宗")
"""Units of what is sent in batches: 九批、|302件."""
_IN_ALL_NEXT = regex.compile(r"\p{Han}{0,10}，(?:一?共计?|合计|总计|累计|计)\ue000")
_SENT_IN_ALL = regex.compile(
    r"(?<=[，。；：\n]|^)(?P<before>[^，。；\ue000]{0,40})\ue000+(?P<noun>\p{Han}{0,10})，(?:一?共计?|合计|总计|累计|计)$"
)
"""The clause before that tells in how many batches came what is counted: 转办十九批信访件，共|2230件."""
_SIZED = regex.compile(r"的?(?P<noun>\p{Han}{2,10}?)(?:[中里]|已|均|全部|仅|完成|$)")
_EXTENTS = ("公里", "千米", "米", "亩", "万亩", "公顷", "万公顷", "平方米", "万平方米")
"""Units of how long or large those counted are in all, which is a result beside them: 14条|98.3公里|黑臭沟渠."""
_HOLDERS = frozenset("家户人名座所")
"""Units of those who settle matters: 33家|企业解决治理难题98个."""
_SAMPLES = ("样品", "样本", "水样", "土样", "煤样", "油样")
"""抽检样品|45个，不合格9个: what is tested is no matter to be settled."""
_GRADES = ("等级", "等次", "档次", "级别", "类别")
"""“不合格”等次|12个: how those counted were graded."""
_CHECKED = regex.compile(r"(?P<settled>已(?:经)?(?:销号|办结|验收|整改))(?:的|\d|问题)")
_LACKS = regex.compile(r"(?<=\p{Han}{2})(?:未|没有|尚未|仍未)\p{Han}")
"""尚有12个|行政村未通自来水: a state of those counted, no whole."""
_TIMES, _COMPLAINTS = "次", ("投诉", "举报")
"""被投诉|31次: how often others complained counts matters, how often offices did something does not."""
_PART_FOLLOWS = regex.compile(r"\p{Han}{0,8}，(?:目前|现|其中|截至\ue001+，?)?(?:已|完成|办结|整改|化解)\p{Han}{0,6}\ue000")
"""处置问题1.9万处，完成|1.8万处: a rounded total that has parts is one all the same."""


def find_tallies(found: Sentences, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the running text. `taken` holds the starts of quantities that are claimed already; those of tallies are added to the claims."""
    counts, bare = pass_over_sizes(found, shaded, rulebook.words("companion_units"))
    reader = _Reader(view, bare, rulebook, taken)
    before: deque[Quantity] = deque(maxlen=_BEFORE)
    outcomes: list[Outcomes] = []
    for (sentence, quantities, dates), counted_here in zip(found, counts, strict=True):
        own = outcomes_of(sentence, quantities, before, view, shaded)
        outcomes += [own] if own is not None else []
        hidden = own.hidden if own is not None else ()
        reader.read(sentence, [q for q in counted_here if q.start not in hidden] if hidden else counted_here, dates)
        before.extend(quantities)
    tell_by_kinds(reader.told.wholes)
    told = sorted((whole for whole in reader.told.wholes if whole.told), key=attrgetter("start"))
    for whole in told:
        if whole.total is not None and not whole.name:
            whole.subject = reader.subjects.with_origin(whole.subject, whole.total, whole.start)
    hidden_all = {start for own in outcomes for start in own.hidden}
    known = taken.union((claim.start for claim in reader.rests), hidden_all, (q.start for whole in told for q, _ in whole.counts))
    kinds = list(Kinds(view, shaded, reader.subjects, reader.told.wholes, known).read(found))
    told += kinds
    received, shares = read_received(found, view, shaded, told, known)
    told += received
    by_total = {whole.total.start: whole for whole in told if whole.total is not None} if outcomes else {}
    told += [new for own in outcomes if (new := add_outcomes(own, by_total, view)) is not None]
    told.sort(key=attrgetter("start"))
    reader.rests += (
        [reader.sized[w.total.start] for w in told if w.total is not None and w.total.start in reader.sized] if reader.sized else []
    )
    claims = {q.start: Claim("tally", q.start, q.end, rule) for whole in told for q, rule in whole.counts}
    rests = [Claim("tally", q.start, q.end, "tally-outcomes") for own in outcomes for q in own.others if q.start not in claims]
    bracketed = in_brackets(found, view.text, frozenset(claim.end for claim in claims.values()))
    return [whole.tally() for whole in told], [*claims.values(), *reader.rests, *shares, *rests, *bracketed]


class _Reader:
    """Goes through the sentences, clause by clause and count by count."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> None:
        self.view, self.shaded, self.taken = view, shaded, taken
        self.stages = stages_of(rulebook)
        self.subjects = Subjects(view, shaded, rulebook, self.stages)
        self.counts = Counts(view, shaded, rulebook, self.subjects)
        self.units, self.batches = rulebook.words("count_units"), rulebook.words("batch_units")
        self.sizes = rulebook.words("size_units")
        self.told = Told(view, shaded, self.subjects)
        self.members = Members(view, shaded, self.subjects, self.stages, self.told)
        self.plans = Plans(view, shaded, self.subjects, self.stages, self.told)
        self.parted = Parted(view, shaded, self.subjects, self.stages, self.told, self.plans)
        self.settling = Settling(view, shaded, self.subjects, self.stages, self.told)
        self.rates = Rates(view, shaded, self.subjects, self.settling, self.told)
        self.rests: list[Claim] = []
        self.sized: dict[int, Claim] = {}
        """By the start of a count the size of what it counts."""
        self.last: Quantity | None = None
        """The count read last in the sentence."""
        self.named_part = ""
        """How those stand that a list goes on to tell of by their names."""
        self.countable: frozenset[int] = frozenset()
        """Where the counts of the sentence stand that may be of matters."""

    def read(self, sentence: Sentence, quantities: Sequence[Quantity], dates: tuple[DateMention, ...]) -> None:
        """Add the tallies of one sentence."""
        countable = [q for q in quantities if self.shaded[q.start] == QUANTITY and self._countable(q)]
        self.countable = frozenset([q.start for q in countable])
        self.last, self.named_part = None, ""
        self.told.begin(sentence, countable, [q for q in quantities if q.kind == "percent"], dates)
        for start, end, inside in counted(sentence, quantities, self.shaded):
            i = 0
            while i < len(inside):
                many = self.members.take_row(sentence, start, inside, i, self.countable)
                if not many:
                    self._read_one(sentence, start, end, inside, i, dates)
                i += many or 1
            self.settling.read(start, end)

    def _read_one(self, sentence: Sentence, start: int, end: int, inside: list[Quantity], i: int, dates: tuple[DateMention, ...]) -> None:
        quantity, whole = inside[i], self.told.whole
        if self._batch(inside, i) or self._batches_before_all(inside, i):
            self.rests.append(Claim("tally", quantity.start, quantity.end, "tally-batch"))
            return
        if self._is_all_in_brackets(sentence, start, end, quantity):
            return
        if self.view.text[start] == "占" and self.rates.whole_behind(sentence, start, inside, i, self.last):
            return
        first = i - self._batch(inside, i - 1)
        left = inside[first - 1].end if first else start
        right = inside[i + 1].start if i + 1 < len(inside) else end
        if self.shaded.startswith(LISTED, quantity.end):
            right = quantity.end  # 一般隐患88条、重大隐患5条
        if whole is not None and (whole.rate is quantity or (quantity.kind == "percent" and self._rated(whole, left, quantity, dates))):
            return
        if quantity.start in self.told.sums.rests:
            self.rests.append(Claim("tally", quantity.start, quantity.end, "tally-sum"))
            return
        if quantity.start not in self.countable or _GROWN.search(self.shaded[start : quantity.start]):
            return
        self.last = quantity
        left = max([left, *(d.end for d in self.told.as_of if left <= d.start < quantity.start)])
        label = self._label(sentence, end, left, right, inside, i)
        if self._named(label, left, quantity, start, dates):
            return
        of_total = self._of_total(quantity)
        label = self.plans.due(self._reckoned(label, start, left, quantity, of_total=of_total), start, quantity, dates, of_total=of_total)
        if label is not None and self.plans.bars(label, start, left, quantity, dates):
            return
        if label is not None and label.part == "total" and self._taken_up(quantity, start):
            self.rests.append(Claim("tally", quantity.start, quantity.end, "tally-taken-up"))
            return
        summed = label is not None and label.rule == "tally-sum" and label.part in PARTS  # 已销号55个，青石县3个|尚未开工
        name = "" if summed else self.members.name(label, start, left, quantity)
        if (name and self.members.take(sentence, label, name, start, left, quantity)) or label is None:
            return
        if self._some_named(label, quantity):
            label = Label(label.set["all"], "", label.rule, {}, label.end)
        if label.part in PARTS:
            self.parted.take(sentence, label, start, left, quantity, dates)
        else:
            self._total(sentence, label, start, left, right, quantity)

    def _rated(self, whole: Whole, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Take a percentage as the rate of the whole told last, unless it is still to be reached."""
        if any(day.sense == "by" and left <= day.start < quantity.start for day in dates):
            return False
        claims = self.rates.take(whole, left, quantity)
        self.rests += claims or ()
        return claims is not None

    def _of_total(self, quantity: Quantity) -> bool:
        """Whether a count may be some of those told before."""
        whole = self.told.whole
        if whole is not None and whole.total is None and len(whole.parts) > 1:  # 办理完毕的64项，正在办理的9项，尚未达到条件的|4项
            return unit_of(next(iter(whole.parts.values()))[-1]) == unit_of(quantity)
        return (whole is not None and whole.total is not None and fits(quantity, whole.total)) or self.told.adds_up(quantity)

    def _label(self, sentence: Sentence, end: int, left: int, right: int, inside: list[Quantity], i: int) -> Label | None:
        """What a count is by the words around it, which stand between `left` and `right` in a clause that goes on to `end`."""
        quantity, whole = inside[i], self.told.whole
        alike = whole is not None and whole.total is not None and whole.total.unit == quantity.unit
        label = self.counts.label(left, right, quantity, more=i + 1 < len(inside), of_total=self._of_total(quantity), alike=alike)
        if label is None and i and self._batch(inside, i - 1):
            label = Label("total", "", "tally-batch", {}, quantity.end)
        if not i and (sent := _SENT_IN_ALL.search(self.shaded, sentence.start, quantity.start)) and quantity.unit in _SENT:
            noun = sent["noun"] or self.subjects.found(sent["before"].rstrip("分共计有"))
            label = Label("bare", noun, "tally-batch", {}, quantity.end) if self.subjects.is_matter(noun) else label
        if label is None and i and self._also(inside[i - 1], quantity, right):
            label = Label("total", "", "tally-also", {}, quantity.end)
        if (label is None or label.part == "total") and right == quantity.end and i + 1 < len(inside):
            label = self._sized(inside, i, end) or label
        return self._of_rest(label, sentence, left, right, quantity)

    def _of_rest(self, label: Label | None, sentence: Sentence, left: int, right: int, quantity: Quantity) -> Label | None:
        """The label of the rest of a whole where the next clause says that work on it goes on, or where what was done for it settles nothing."""
        if self.subjects.rest.match(self.view.text[left : quantity.start]) is None:
            return label
        if label is not None and label.part in PARTS:
            said = self.view.text[quantity.end : right]
            if label.part == "ongoing" and BY_THEN.match(said):
                return Label("pending", "", label.rule, {}, label.end)  # 剩余97处限期今年暑假前整改到位
            interim = label.part == "done" and self.stages.interim(said)
            every = ALL.search(said) if label.rule == "tally-remainder" else None
            if (
                every is not None
                and not DIRECTED.search(said[: every.start()])
                and self.stages.of_all(said[every.end() :], after_already=every[0].endswith("已")) == "done"
            ):
                return Label("done", "", label.rule, {}, right)  # 其余6个断面均达到考核目标
            return Label(interim, "", label.rule, {}, label.end) if interim else label
        whole = self.told.whole
        if (
            label is None
            and whole is not None
            and whole.total is not None
            and self._of_total(quantity)
            and (TO_COME.match(self.shaded, quantity.end) or self.shaded[quantity.end] in "需待因由")
        ):
            return Label("pending", "", "tally-rest-to-come", {}, right)
        on = _REST_UNDER_WAY.match(self.shaded, quantity.end, sentence.end)
        return Label("ongoing", on["noun"], "tally-rest-under-way", {}, on.end()) if on is not None else label

    def _is_all_in_brackets(self, sentence: Sentence, start: int, end: int, quantity: Quantity) -> bool:
        """Take a count that stands alone in brackets behind what it counts: 推广的举措（共18项）, 人才服务方面（共6项）."""
        text = self.view.text
        if text[start : quantity.start] != "共" or text[start - 1] != "（" or quantity.end != end or quantity.start not in self.countable:
            return False
        noun = self.subjects.headed(start - 1, quantity)
        if noun:
            self.told.start(Whole(sentence.passage, noun, quantity, "tally-in-brackets", start - 1, end + 1, noun=noun, bare=True))
        return bool(noun)

    def _some_named(self, label: Label, quantity: Quantity) -> bool:
        """Whether all of a count are but some of a whole, told with their names: 共涉及14项工程，…、南渠护岸等|9项工程已全部完成."""
        whole = self.told.whole
        return (
            label.part == "all"
            and self.view.text.startswith("等", quantity.start - 1)
            and whole is not None
            and whole.total is not None
            and whole.takes(label.set["all"], quantity, label.noun[-2:] if label.noun[-2:] not in whole.noun else "")
            and count_of(quantity) < count_of(whole.total)
        )

    def _reckoned(self, label: Label | None, start: int, left: int, quantity: Quantity, *, of_total: bool) -> Label | None:
        """The label of a count in the light of what the counts around it add up to."""
        whole = self.told.whole
        summed = self.told.sums.parts[quantity.start][0] if quantity.start in self.told.sums.parts and of_total else ""
        if label is not None and label.part == "done" and quantity.start in self.told.sums.bases:
            return Label("total", "", label.rule, {}, label.end)  # 纳入评估的180家，达标174家，达标率96.7%
        if summed == "pending" and label is not None and label.part == "ongoing" and "前期" in self.view.text[quantity.end : label.end]:
            return Label(summed, "", label.rule, {}, label.end)  # 12座处于前期阶段, where others are under way
        same = label is not None and label.part == "bare" and whole is not None and label.noun == whole.noun
        if summed and same:
            return Label(summed, "", "tally-sum", {}, quantity.end)  # 56个问题，已整改51个，5个问题不再整改
        rest = label is not None and label.part == "bare" and self.view.text[left : quantity.start].startswith("剩")
        if summed and (label is None or label.part == "total" or rest or ("loose" in label.set and label.part != summed)):
            inner = label is not None and label.rule == "tally-total-plain"  # 建成的15个里
            return label if inner else Label(summed, "", "tally-sum", {}, quantity.end)
        if quantity.start in self.told.sums.shares and label is not None and self._is_share(label, left, quantity):
            label = None
        if quantity.start in self.told.sums.planned and (label is None or label.part == "total"):
            label = self.counts.planned(label, start, left, quantity)
        if label is not None and label.rule == "tally-bare-noun-after" and quantity.unit in _HOLDERS:
            summed_up = any(total is quantity for _, total in self.told.sums.parts.values())
            return Label("total", label.noun, label.rule, {}, label.end) if summed_up else None  # 46座中转站改造任务完成40座，未完成6座
        if label is not None and label.part == "bare" and unit_of(quantity) in self.batches and quantity.unit != _TIMES:
            return None  # 两批次信访件
        exact = quantity.unit in self.units or quantity.unit == _TIMES or label is None or label.part not in ("bare", "all")
        return label if exact or _PART_FOLLOWS.match(self.shaded, quantity.end) else None  # 1.9万个问题 alone is no count of matters

    def _is_share(self, label: Label, left: int, quantity: Quantity) -> bool:
        """Whether a count that adds up with others tells neither of a group of its own nor how matters stand, only how they are dealt with."""
        if label.part == "total":
            return not (self.subjects.is_place(label.noun) or self.subjects.is_matter(label.noun) or label.noun.endswith("类"))
        untold = _TOLD.search(self.view.text, left, label.end) is None
        return label.part in PARTS and untold and (label.part == "ongoing" or not self.told.is_planned(quantity))

    def _countable(self, quantity: Quantity) -> bool:
        plain = quantity.kind == "cardinal" and quantity.operator == "=" and quantity.value_high is None
        times = quantity.unit == _TIMES and self.view.text.endswith(_COMPLAINTS, 0, quantity.start)
        whole = times or quantity.unit in self.units or (unit_of(quantity) in self.units and count_of(quantity) % 100 == 0)
        return plain and whole and quantity.start not in self.taken

    def _also(self, before: Quantity, quantity: Quantity, right: int) -> bool:
        """Whether a count tells in another unit of what the one before counts: 排查项目31个、|2047栋."""
        whole = self.told.whole
        told = whole is not None and whole.total is before and not whole.parts
        return told and self.view.text[before.end : quantity.start] == "、" and right == quantity.end and before.unit != quantity.unit

    def _sized(self, inside: list[Quantity], i: int, end: int) -> Label | None:
        """The label of a whole whose noun stands behind its size: 214台|35蒸吨以下|燃煤锅炉."""
        size, right = inside[i + 1], inside[i + 2].start if i + 2 < len(inside) else end
        extent = size.unit in _EXTENTS and size.start == inside[i].end
        if not (extent or size.unit in self.sizes) or self.shaded[size.start] != QUANTITY:
            return None
        noun = _SIZED.match(self.shaded, size.end, right)
        if noun is None:
            return None
        if not extent:
            self.sized[inside[i].start] = Claim("tally", size.start, size.end, "tally-sized")
        return Label("total", noun["noun"], "tally-sized", {}, size.end)

    def _batch(self, inside: list[Quantity], i: int) -> bool:
        """Whether a count is but of the batches in which the next one came (五批|126件)."""
        if not 0 <= i < len(inside) - 1 or unit_of(inside[i]) not in self.batches:
            return False
        between = self.view.text[inside[i].end : inside[i + 1].start]
        return between in ("", "、共", "共") or (between in _BATCHED and inside[i].unit.startswith("批") and inside[i + 1].unit in _SENT)

    def _batches_before_all(self, inside: list[Quantity], i: int) -> bool:
        """Whether a count is but of the batches of what the next clause counts: 转办信访件|十九批|，共2230件."""
        batches = i == len(inside) - 1 and unit_of(inside[i]) in self.batches
        return batches and _IN_ALL_NEXT.match(self.shaded, inside[i].end) is not None

    def _named(self, label: Label | None, left: int, quantity: Quantity, start: int, dates: tuple[DateMention, ...]) -> bool:
        """Take a part told with the noun of its whole before it (一般缺口210处、重大缺口7处；一般缺口整改150处) or behind what was done
        (已完成一般缺口150处、重大缺口5处)."""
        said = self.view.text[left : quantity.start].removeprefix("其中").lstrip("、和")
        wholes = (w for w in reversed(self.told.open) if w.total is not None and w.subject)
        whole, part = next(((w, part) for w in wholes if (part := self._part_named(w, said))), (None, ""))
        self.named_part = part if self.shaded.startswith(LISTED, quantity.end) else ""
        if whole is None or (whole is self.told.whole and label is not None and label.part in PARTS):
            return False
        label = Label(part, "", "tally-named", {}, quantity.end)
        if self.plans.bars(label, start, left, quantity, dates) or not whole.takes(part, quantity, ""):
            return False
        self.told.whole = whole
        self.told.add(whole, part, quantity, label.rule, quantity.end)
        return True

    def _part_named(self, whole: Whole, said: str) -> str:
        """The part of a whole that words before a count tell with its noun, or an empty string; a list goes on with the part told first."""
        if said.startswith((whole.subject, whole.name or whole.subject)):
            status = said.removeprefix(whole.subject).removeprefix(whole.name)
        else:
            status = said.removesuffix(whole.subject)
            if status == said:
                return ""
        return self.stages.part_of(status) if status else self.named_part

    def _total(self, sentence: Sentence, label: Label, start: int, left: int, right: int, quantity: Quantity) -> None:
        whole, part = self.told.whole, label.part
        if whole is not None and not whole.parts and part == "total" and self._within(whole, left, quantity):
            ill = _ILL.search(label.noun + self.shaded[quantity.end : right])
            whole.add("pending" if ill else "done", quantity, label.rule, quantity.end)
            return
        among = self.told.among(start)
        if (
            whole is not None
            and whole.total is not None
            and fits(quantity, whole.total)
            and part == "total"
            and self.subjects.is_finding(label.noun)
        ):
            return  # 移交线索11条，已立案9条
        if whole is not None and whole.total is not None and not whole.parts and self._again(whole, label, quantity):
            whole.as_of = whole.as_of or self.told.day(quantity)
            if part == "bare":
                self.rests.append(Claim("tally", quantity.start, quantity.end, label.rule))
            return
        if whole is not None and whole.parts and part == "total" and among:
            return  # 其中立行立改20项 tells of the parts, it opens no tally of its own
        subject = self.subjects.of_whole(label.noun, start, left, quantity, all_of_them=part == "all")
        if not subject and whole is not None and quantity.start in self.told.sums.bases:
            subject = whole.noun  # 立案482件；应处置469件，按期处置453件，按期处置率96.6%
        if (
            not subject
            or (part == "total" and (subject.endswith((*_SAMPLES, *_GRADES)) or quantity.unit == "批次"))
            or (
                part == "total"
                and ("未" in label.noun or "没" in label.noun)
                and _LACKS.search(label.noun)
                and self.subjects.rest.match(self.view.text[left : quantity.start])
            )
            or (label.rule != "tally-total-verb" and self.subjects.is_treatment(label.noun))
            or (part == "total" and subject.endswith(_PUNISHED) and unit_of(quantity) in _PEOPLE)
        ):
            return
        checked = (
            _CHECKED.search(self.view.text, start, quantity.end) if label.rule.startswith("tally-checked") and subject == "问题" else None
        )
        if checked is not None:
            subject = checked["settled"] + subject  # 抽查已销号问题|46个
        batch = not label.noun and QUANTITY in self.shaded[start : quantity.start] and self.subjects.is_matter(subject)
        bare = part == "bare" or (batch and self.subjects.is_found(self.view.text, start, quantity.start))  # 收到信件九批、共302件
        new = Whole(
            sentence.passage, subject, quantity, label.rule, start, quantity.end, noun=subject, bare=bare, as_of=self.told.day(quantity)
        )
        beside = whole is not None and whole.total is not None and whole.start == start
        if beside and whole is not None and _IN_LIST.fullmatch(self.shaded, left, quantity.start):
            new.beside = whole
            new.bare = bare or (whole.bare and (whole.rule == "tally-bare-proposals" or self.subjects.is_matter(subject)))
        some = whole is not None and whole.total is not None and among and fits(quantity, whole.total)
        self.told.start(new)
        if some:
            new.of = whole
            self.told.whole, self.told.some = whole, new  # 发现缺口25条，其中大缺口6条，已整改18条: the parts are those of the whole
        if part == "all":
            for listed in new.siblings():
                if not listed.parts:
                    listed.settled = label.set["all"]  # 4个小区、3所学校|全部完成整改
            new.end = label.end
        elif part == "bare" or "due" in label.set:
            new.end = max(label.end, quantity.end)

    def _taken_up(self, quantity: Quantity, start: int) -> bool:
        """Whether a count says by whom a whole told just before was taken up, all of it: 反馈问题26个，责任单位|认领26个."""
        whole = self.told.whole
        same = whole is not None and whole.total is not None and not whole.parts and whole.total.unit == quantity.unit
        taken = same and _TAKEN_UP.search(self.shaded, start, quantity.start) is not None
        return taken and whole is not None and whole.total is not None and count_of(whole.total) == count_of(quantity)

    def _again(self, whole: Whole, label: Label, quantity: Quantity) -> bool:
        """Whether a count only says again how many a whole are: 发现问题41个，移交属地41个; 共52项任务，截至8月底，52项任务完成30项."""
        same = label.part == "total" or (label.part == "bare" and label.noun[-2:] == whole.subject[-2:])
        return same and whole.total is not None and count_of(whole.total) == count_of(quantity) and whole.total.unit == quantity.unit

    def _within(self, whole: Whole, left: int, quantity: Quantity) -> bool:
        """Whether the total was told as what others are counted in: 20个断面中，优良断面19个."""
        return (
            whole.total is not None
            and fits(quantity, whole.total)
            and not whole.settled
            and not self.subjects.is_matter(whole.subject)
            and self.view.text[whole.total.end : left].rstrip("，").endswith(("中", "里"))
            and not self.told.among(left)
        )
