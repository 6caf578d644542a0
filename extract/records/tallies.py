"""Tallies: how many of how many. A count is labelled by the words around it, then parts are grouped with their total."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from extract.model import Claim, DateMention, Passage, Quantity, Tally, View
from extract.records.counts import Counts, Label
from extract.records.sentences import QUANTITY, Sentence, Sentences, clauses, counted
from extract.rulebook import Rulebook

_GENERAL = frozenset(("个", "项", "件", "处", "条"))
_GAP = 6
"""Characters before a part within which a ； parts it from its total."""
_SOON = 8
"""Characters between a count and the day by which it is to be settled."""
_AT_ONCE = 1
"""Characters between a part and its day: 剩余6件|限|9月底前办结."""
_REACH = 40
"""Characters over which a whole total may be settled by a later clause (259件信访件，…，均已办结)."""
_BESIDE = 16
"""Characters before a count in which a verb says that it is of things done (建成处理中心2个)."""
_MOST_PARTS = 5
"""How many parts are tried whether they add up to a total."""
_NEAR = 8
"""Counts after a total among which its parts are looked for."""
_FEW = 2
"""A total up to which parts add up by chance."""
_PARTS = ("done", "ongoing", "pending")
_ALL = regex.compile(r"(?:(?<![平人年月日亩户])均|都|全部|悉数)(?:已|已经|按期|如期|全部)*")
_RATE = regex.compile(
    r"(?:办结率|整改率|完成率|销号率|占比|占|完成比例|开工率|整治率|化解率|修复率|治理率|竣工率|验收率)(?:达到?|为|逾|超过?|约为?|接近|近)?[\ue000]*$"
)
_CHANGED = regex.compile(r"同比|环比|较(?![大重突多为])|少了|多了|减少|增加|下降|提高|[少降升增减]到|[由从]$")
_ILL = regex.compile(r"未|不|超标|劣|停运|问题|隐患|滞后")
_SETTLED = regex.compile(r"已|正|应完成|应整改")
_DIRECTED = regex.compile(r"[底日月]前|要|须|应|确保|力争|必须|将")
_MOST_PLACES = 30
_DUE = regex.compile(r"[底日月汛节冬]前|须|应|将|确保|力争|必须")
_LISTED = ("、", "和")
_CLOSED = "，。；、）,;"
_APART = regex.compile("[；;]")
_DATES = regex.compile(r"\ue001+")
_RUN = regex.compile(r"\ue000+(?:[、和]\ue000+)+")
_SHARED_OUT = regex.compile(
    r"(?P<names>[^，；。\ue000\ue001]+?)分别(?:承担|负责|涉及|认领|牵头|领办|交办|受理|排查|发现|登记|反馈|为|有)的?(?P<noun>\p{Han}{0,8})$"
)
_SHARED = regex.compile("分别|各有|各为")
_STATUS_OF_ALL = regex.compile(r"(?:^|[，；。])(?:目前|现|分别|均|已|截至目前)*(?P<status>[^，；。\ue000\ue001]{2,8})$")
_BUILT = regex.compile(r"(?:建成|完工|竣工|投运|投用)[^，。；]{0,12}$")
_COORDINATOR = regex.compile(r"、|和(?![县市区镇乡])")


@dataclass(slots=True)
class _Group:
    """A tally in the making. noun: what is counted, without the place it is counted in.   beside: the whole told with it in one list (来信47件、来电62件)."""

    passage: Passage
    subject: str
    total: Quantity | None
    rule: str
    start: int
    end: int
    parts: dict[str, list[Quantity]] = field(default_factory=dict)
    all_of_them: str = ""
    rate: Quantity | None = None
    bare: bool = False
    as_of: date | None = None
    told_by: dict[int, str] = field(default_factory=dict)
    last: str = "total"
    noun: str = ""
    beside: _Group | None = None

    @property
    def told(self) -> bool:
        """Whether enough is said to make a row: what was done of an unknown whole is no tally."""
        parts = bool(self.parts) if self.total is not None else self.bare or any(part != "done" for part in self.parts)
        return bool(parts or self.all_of_them or self.bare)

    def rule_of(self, quantity: Quantity) -> str:
        """The rule that labelled a count of this tally."""
        return self.told_by.get(quantity.start, self.rule)

    def add(self, part: str, quantity: Quantity, rule: str, end: int, *, more: bool = False) -> None:
        """Take a count as a part; the last one told holds, or with `more` the sum of those told."""
        self.parts[part] = [*self.parts.get(part, ()), quantity] if more else [quantity]
        self.told_by[quantity.start] = rule
        self.end = max(end, quantity.end)
        self.last = part
        self.all_of_them = ""


def find_tallies(found: Sentences, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the running text. `taken` holds the starts of quantities that are claimed already; those of tallies are added to the claims."""
    reader = _Reader(view, shaded, rulebook, taken)
    for sentence, quantities, dates in found:
        reader.read(sentence, quantities, dates)
    told = sorted((g for g in reader.groups if g.told), key=lambda g: g.start)
    counted = [(g, q) for g in told for q in (g.total, g.rate, *(q for part in g.parts.values() for q in part)) if q is not None]
    return [_tally(group) for group in told], [Claim("tally", q.start, q.end, g.rule_of(q)) for g, q in counted]


def _count(quantity: Quantity) -> int:
    return int(quantity.base_value if quantity.base_value is not None else quantity.value)


def _unit(quantity: Quantity) -> str:
    return quantity.base_unit or quantity.unit


def _tally(group: _Group) -> Tally:
    total = _count(group.total) if group.total is not None else None
    counts: dict[str, int | None] = {part: sum(map(_count, quantities)) for part, quantities in group.parts.items()}
    if group.all_of_them:
        counts.setdefault(group.all_of_them, total)
    return Tally(
        group.passage.node, group.subject, total, counts.get("done"), counts.get("ongoing"), counts.get("pending"),
        group.rate.value if group.rate else None, group.as_of, group.start, group.end, group.rule, group.noun,
    )  # fmt: skip


class _Reader:
    """Goes through the sentences, clause by clause and count by count; `group` is the tally that a part may still belong to, `among` one of some
    of those that it counts (隐患47条，其中重大隐患3条), `open` all those of the sentence."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> None:
        self.view, self.shaded, self.taken = view, shaded, taken
        self.counts = Counts(view, shaded, rulebook)
        self.units, self.batches = rulebook.words("count_units"), rulebook.words("batch_units")
        self.groups: list[_Group] = []
        self.group: _Group | None = None
        self.among: _Group | None = None
        self.open: list[_Group] = []
        self.shared: list[_Group] = []
        self.as_of: list[DateMention] = []
        self.summed: dict[int, tuple[str, Quantity]] = {}
        self.planned: set[int] = set()
        self.shares: set[int] = set()
        self.since = 0

    def read(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> None:
        """Add the tallies of one sentence; parts told in the sentence after a bare total (共56项。已完成45项) are its own."""
        before, self.since = self.since, sentence.start
        self.as_of = [d for d in dates if d.sense == "as_of"]
        self.open = [g for g in self.open if g.start >= before and g.passage is sentence.passage and not g.parts and not g.all_of_them]
        if self.group not in self.open:
            self.group = None
        self.among, self.shared = None, []
        self._add_up(sentence, quantities)
        for start, end in clauses(sentence, self.shaded):
            inside = counted(quantities, start, end, self.shaded)
            i = 0
            while i < len(inside):
                shared = self._shared_out(sentence, start, inside, i)
                if not shared:
                    self._read_one(sentence, start, end, inside, i, dates)
                i += shared or 1
            self._settle(start, end)

    def _settle(self, start: int, end: int) -> None:
        """Let a clause settle the whole told last; where that has parts already, those told among it (已整改98处，其中重大隐患3处，已全部整改)."""
        group = self.among if self.group is not None and self.group.parts and self.among is not None else self.group
        if group is not None and start - group.end < _REACH and not _APART.search(self.view.text, group.end, start):
            self._all_of_them(group, max(start, group.end), end)

    def _read_one(self, sentence: Sentence, start: int, end: int, inside: list[Quantity], i: int, dates: tuple[DateMention, ...]) -> None:
        quantity, group = inside[i], self.group
        if self._batch(inside, i):
            return
        first = i - self._batch(inside, i - 1)
        left = inside[first - 1].end if first else start
        right = inside[i + 1].start if i + 1 < len(inside) else end
        if i + 1 < len(inside) and inside[i + 1].unit == quantity.unit and self.view.text.startswith(_LISTED, quantity.end):
            right = quantity.end  # 一般隐患88条、重大隐患5条
        share = quantity.kind == "percent" and quantity.operator == "=" and group is not None and bool(group.parts or group.bare)
        if share and group is not None and _RATE.search(self.shaded[left : quantity.number.start]):
            group.rate, group.end = quantity, quantity.end
            return
        if not self._countable(quantity):
            return
        left = max([left, *(d.end for d in self.as_of if left <= d.start < quantity.start)])
        of_total = group is not None and group.total is not None and self._fits(quantity, group.total)
        label = self.counts.label(left, right, quantity, more=i + 1 < len(inside), of_total=of_total)
        if self._named(label, left, quantity, start, dates):
            return
        label = self._reckoned(label, start, left, quantity, of_total=of_total)
        if label is None or self._no_part(label, start, left, quantity, dates):
            return
        if label.part in _PARTS:
            self._part(sentence, label, start, left, quantity)
        else:
            self._total(sentence, label, start, left, right, quantity)

    def _reckoned(self, label: Label | None, start: int, left: int, quantity: Quantity, *, of_total: bool) -> Label | None:
        """The label of a count in the light of what the counts around it add up to."""
        summed = self.summed[quantity.start][0] if quantity.start in self.summed and of_total else ""
        if summed and (label is None or label.part == "total" or ("loose" in label.set and label.part != summed)):
            inner = label is not None and label.rule == "tally-total-plain"  # 建成的15个里
            return label if inner else self.counts.summand(summed, quantity)
        if quantity.start in self.shares and label is not None and label.part == "total" and not self.counts.is_group(label.noun):
            label = None
        if quantity.start in self.planned and (label is None or label.part == "total"):
            label = self.counts.planned(label, start, left, quantity)
        exact = quantity.unit in self.units or label is None or label.part not in ("bare", "all")
        return label if exact else None  # 1.9万个问题 is no count of matters

    def _countable(self, quantity: Quantity) -> bool:
        plain = quantity.kind == "cardinal" and quantity.operator == "=" and quantity.value_high is None
        whole = quantity.unit in self.units or (_unit(quantity) in self.units and _count(quantity) % 100 == 0)
        return plain and whole and quantity.start not in self.taken

    def _batch(self, inside: list[Quantity], i: int) -> bool:
        """Whether a count is but of the batches in which the next one came (五批|126件)."""
        return 0 <= i < len(inside) - 1 and inside[i].unit in self.batches and inside[i].end == inside[i + 1].start

    def _add_up(self, sentence: Sentence, quantities: tuple[Quantity, ...]) -> None:
        """Find counts that add up to one before them (162户，出清140户，正在处置22户): they are its parts, however their state is told."""
        self.summed, self.planned, self.shares = {}, set(), set()
        counts = [q for q in quantities if self.shaded[q.start] == QUANTITY and self._countable(q)]
        for i, total in enumerate(counts):
            alike = [q for q in counts[i + 1 : i + 1 + _NEAR] if self._same_unit(q, total)]
            for many in range(2, min(len(alike), _MOST_PARTS) + 1):
                if sum(map(_count, alike[:many])) == _count(total) > _FEW and total.start not in self.summed:
                    parts = self.counts.stands(sentence, alike[:many])
                    self.summed.update({q.start: (part, total) for q, part in zip(alike, parts, strict=False)})
                    if not parts:
                        self.shares.update(q.start for q in alike[:many])
                    if len(_DATES.findall(self.shaded, total.end, alike[many - 1].start)) >= max(2, many - 1):
                        self.planned.add(total.start)
                        self.shares.update(q.start for q in alike[:many])
                    break

    def _same_unit(self, a: Quantity, b: Quantity) -> bool:
        return _unit(a) == _unit(b) or {_unit(a), _unit(b)} <= _GENERAL

    def _no_part(self, label: Label, start: int, left: int, quantity: Quantity, dates: tuple[DateMention, ...]) -> bool:
        """Whether a count compares or is still to be reached: by a date of its own that is a target."""
        if label.part == "all" and _DUE.search(self.shaded, quantity.end, label.end):
            return True
        already = "已" in self.view.text[quantity.end : max(label.end, quantity.end)]
        if label.part == "all" and not already and any(d.sense == "by" and quantity.end <= d.start < label.end for d in dates):
            return True
        if label.part == "total" and (_CHANGED.search(self.shaded, left, quantity.start) or self.counts.is_deed(label.noun)):
            return True
        settled = label.part == "bare" or _SETTLED.search(self.view.text, start, quantity.end + 6)
        if not settled and any(d.sense == "by" and start <= d.start < quantity.start for d in dates):
            return True
        told = max(label.end, quantity.end)
        due = next((d for d in dates if d.sense == "by" and quantity.end <= d.start < told + _SOON), None)
        if due is None:
            return False
        return "plan" in label.set or (label.part in _PARTS and not settled and due.start - quantity.end <= _AT_ONCE)

    def _part(self, sentence: Sentence, label: Label, start: int, left: int, quantity: Quantity) -> None:
        group, part = self.group, label.part
        if (
            group is not None
            and group.total is not None
            and part != "done"
            and not group.parts
            and not group.bare
            and self._built(group.total)
        ):
            group.add("done", group.total, group.rule, group.end)  # 建成处理中心2个，在建3个
            group.total = None
        group = self._home(label, quantity)
        if group is not None:
            self._add(group, part, quantity, label.rule, label.end)
            return
        if "loose" in label.set or label.rule == "tally-sum":
            return
        noun = self.counts.of_part(label, left, quantity)
        group = _Group(sentence.passage, noun, None, label.rule, start, max(label.end, quantity.end), noun=noun)
        self._open(group)
        self._add(group, part, quantity, label.rule, label.end)

    def _open(self, group: _Group) -> None:
        self.groups.append(group)
        self.open.append(group)
        self.group, self.among = group, None

    def _add(self, group: _Group, part: str, quantity: Quantity, rule: str, end: int) -> None:
        group.add(part, quantity, rule, end, more=part != "done" or quantity.start in self.summed)
        group.as_of = group.as_of or self._day(quantity)
        if group is not self.among:
            self.group, self.among = group, None

    def _day(self, quantity: Quantity) -> date | None:
        """The day up to which a count holds: the last one told in the sentence before it."""
        return next((d.last for d in reversed(self.as_of) if d.start < quantity.start), None)

    def _home(self, label: Label, quantity: Quantity) -> _Group | None:
        """The tally that a part belongs to: the whole that it adds up to with others, some of a whole told right before it, the one told last,
        or where that counts other things (案件3宗，…拘留29人，已移送2宗) one before it."""
        whole = self.summed[quantity.start][1] if quantity.start in self.summed else None
        past = self.among is not None and self.among.total is not None and self._past(self.among.total, quantity)
        near = [g for g in (None if past else self.among, self.group) if g is not None]
        if whole is not None:
            near = [g for g in self.open if g.total is whole] or near
        other = [] if self.group is not None and self.group.total is None else [g for g in reversed(self.open) if self._alike(g, quantity)]
        return next((g for g in (*near, *other) if self._takes(g, label, quantity)), None)

    def _past(self, some: Quantity, quantity: Quantity) -> bool:
        """Whether some of a whole have been told of to the end: they stand in a list (其中甲类3个、…) or in brackets that are closed."""
        return self.view.text.startswith(_LISTED, some.end) or "）" in self.view.text[some.end : quantity.start]

    def _alike(self, group: _Group, quantity: Quantity) -> bool:
        current = self.group is not None and self.group.total is not None and self._same_unit(self.group.total, quantity)
        return group.total is not None and not current and group.total.unit == quantity.unit

    def _takes(self, group: _Group, label: Label, quantity: Quantity) -> bool:
        apart = group.parts and _APART.search(self.view.text, group.end, max(group.end, quantity.start - _GAP))
        return not apart and self._belongs(group, label, quantity) and self._told_once(group, label.part, quantity)

    def _named(self, label: Label | None, left: int, quantity: Quantity, start: int, dates: tuple[DateMention, ...]) -> bool:
        """Take a part told with the noun of its whole before it (一般隐患503处、重大隐患9处；一般隐患整改437处)."""
        said = self.view.text[left : quantity.start].removeprefix("其中")
        group = next((g for g in reversed(self.open) if g.total is not None and g.subject and said.startswith(g.subject)), None)
        part = self.counts.part_of(said.removeprefix(group.subject)) if group is not None else ""
        if group is None or not part or (group is self.group and label is not None and label.part in _PARTS):
            return False
        label = Label(part, "", "tally-named", {}, quantity.end)
        if self._no_part(label, start, left, quantity, dates) or not self._belongs(group, label, quantity):
            return False
        if not self._told_once(group, part, quantity):
            return False
        self.group = group
        self._add(group, part, quantity, label.rule, label.end)
        return True

    def _told_once(self, group: _Group, part: str, quantity: Quantity) -> bool:
        """Whether a group has no such part yet, or one that this count replaces (of several done) or goes with (待验收9条，正在整改7条)."""
        if part not in group.parts or part == "done":
            return True
        told = sum(_count(q) for quantities in group.parts.values() for q in quantities)
        return group.total is not None and told + _count(quantity) <= _count(group.total)

    def _built(self, quantity: Quantity) -> bool:
        """Whether a count is of things done: 建成处理中心2个."""
        return _BUILT.search(self.shaded, max(0, quantity.start - _BESIDE), quantity.start) is not None

    def _total(self, sentence: Sentence, label: Label, start: int, left: int, right: int, quantity: Quantity) -> None:
        group, part = self.group, label.part
        placed = part == "total" and self.counts.is_place(label.noun)
        if group is not None and not group.parts and part == "total" and not placed and self._within(group, left):
            ill = _ILL.search(label.noun + self.shaded[quantity.end : right])
            group.add("pending" if ill else "done", quantity, label.rule, quantity.end)
            return
        among = self.view.text.startswith("其中", start)
        some = group is not None and group.total is not None and among and not placed and self._fits(quantity, group.total)
        kind = some and group is not None and self.counts.is_kind(label.noun, group.subject)
        if group is not None and group.parts and part == "total" and among and not placed and not kind:
            return  # 其中立行立改20项 tells of the parts, it opens no tally of its own
        subject = self.counts.subject(label, start, left, quantity)
        new = _Group(
            sentence.passage, subject, quantity, label.rule, start, quantity.end, as_of=self._day(quantity), noun=self.counts.said.noun
        )  # fmt: skip
        if placed and group is not None and group.last in _PARTS and (among or group.rule == "placed"):
            new.total, new.parts, new.last = None, {group.last: [quantity]}, group.last  # 还有9项没有销号，其中东山区3项
        told = any(g.told and g.passage is sentence.passage and g.start >= sentence.start for g in self.groups[-6:])
        new.bare = part == "bare" or (placed and told) or kind
        if group is not None and group.total is not None and group.start == start and self.view.text.startswith(_LISTED, left):
            new.beside = group
        self._open(new)
        if some:
            self.group, self.among = group, new  # 发现隐患47条，其中重大隐患3条，已整改40条: the parts are those of the whole
        if part == "all":
            new.all_of_them, new.end = label.set["all"], label.end
        elif part == "bare":
            new.end = max(label.end, quantity.end)

    def _shared_out(self, sentence: Sentence, start: int, inside: list[Quantity], i: int) -> int:
        """Totals told in a row for several places (甲县、乙县分别承担18项、16项), then their parts (已完成9项、7项): how many numbers it took."""
        row = inside[i : i + _MOST_PLACES]
        match = _RUN.match(self.shaded, row[0].start, row[-1].end)
        run = [q for q in row if match and q.start < match.end() and self._countable(q)]
        if match is None or len(run) < len(_COORDINATOR.findall(match[0])) + 1 or len(run) < 2:
            return 0
        shared = _SHARED_OUT.search(self.shaded, start, run[0].start)
        names = _COORDINATOR.split(self.view.text[shared.start("names") : shared.end("names")]) if shared else []
        names = [name.removeprefix("其中") for name in names]
        noun = self.view.text[shared.start("noun") : shared.end("noun")] if shared else ""
        ends = match.end() == sentence.end or self.view.text[match.end()] in _CLOSED
        if ends and len(names) == len(run) and all(self.counts.is_place(name) or name.endswith("类") for name in names):
            for name, quantity in zip(names, run, strict=True):
                noun = noun or self.counts.said.by_unit.get(quantity.unit) or self.counts.said.noun or "问题"
                group = _Group(
                    sentence.passage, name + noun, quantity, "tally-shared-out", start, run[-1].end, bare=True, as_of=self._day(quantity), noun=noun
                )  # fmt: skip
                self.groups.append(group)
            if self.group is not None:
                self.group.bare = True  # 任务34项，其中甲县、乙县分别承担18项、16项
            self.shared, self.group = self.groups[-len(run) :], None
            return len(run)
        status = _STATUS_OF_ALL.search(self.shaded[start : run[0].start])
        part = self.counts.part_of(status["status"]) if status else ""
        if not part or len(run) != len(self.shared):
            return len(run) if _SHARED.search(self.view.text, start, run[0].start) else 0
        for group, quantity in zip(self.shared, run, strict=True):
            group.add(part, quantity, "tally-shared-out", run[-1].end)
        return len(run)

    def _within(self, group: _Group, left: int) -> bool:
        """Whether the total was told as what others are counted in: 20个断面中，优良断面19个."""
        return (
            group.total is not None
            and not group.all_of_them
            and not self.counts.is_matter(group.subject)
            and self.view.text[group.total.end : left].rstrip("，").endswith(("中", "里"))
        )

    def _belongs(self, group: _Group, label: Label, part: Quantity) -> bool:
        """Whether a part may be one of a group's; parts told after 全部完成 take its place (28个全部溯源，整治完成26个)."""
        if group.total is None:
            return all(_unit(part) == _unit(q) for quantities in group.parts.values() for q in quantities)
        if group.all_of_them and label.noun:
            return False
        return self._fits(part, group.total)

    def _fits(self, part: Quantity, total: Quantity) -> bool:
        return _count(part) <= _count(total) and self._same_unit(part, total)

    def _all_of_them(self, group: _Group, start: int, end: int) -> None:
        """A clause that settles the whole total: 已全部办结, 均未完成."""
        if group.total is None or group.parts or group.all_of_them:
            return
        text = self.view.text[start:end]
        match = _ALL.search(text)
        if match is None or (
            not text[: match.start()].startswith("已") and _DIRECTED.search(self.view.text, group.end, start + match.start())
        ):
            return
        said = text[: match.start()]
        if not self.counts.is_matter(group.subject) and self.counts.is_other(said, group.subject):
            return
        rest = text[match.end() :]
        if any(word in rest for word in self.counts.pending):
            group.all_of_them = "pending"
        elif self.counts.goes_on(rest):
            group.all_of_them = "ongoing"
        elif self.counts.is_settled(rest, after_already=match[0].endswith(("已", "已经")) or text[: match.start()].endswith("已")):
            group.all_of_them = "done"
        if group.all_of_them:
            group.end = end
            beside = group.beside
            while beside is not None and not beside.parts and not beside.all_of_them:
                beside.all_of_them = group.all_of_them
                beside = beside.beside
