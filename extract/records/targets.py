"""Targets: every quantity that is to be reached or was reached, with its indicator, verb, change, due date and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import regex

from extract.model import Claim, DateMention, Outline, Passage, Quantity, Target, View
from extract.records.coordination import Coordination, Dated
from extract.records.frames import Frame, Frames
from extract.records.memory import Change, Memory
from extract.records.nouns import AND_ABOVE
from extract.records.sentences import GLOSS, QUANTITY, Sentence, Sentences, counted
from extract.records.sizes import SIZED, Size, sized_things
from extract.records.standing import Standing
from extract.records.wording import Window
from extract.rulebook import Rulebook

_LINK = regex.compile(r"[、和及与并]")
_PLACES = regex.compile(
    r"(?:重点|中心|示范|偏远|涉农)?(?:行政村|自然村|村民小组|村组|村屯|村|乡镇|镇街|街道|社区|嘎查|港区|园区|片区|灌区|矿区|库区)(?=\p{Han}{3,})(?!.*[，。；])"
)
_SORTS = ("行业", "重点行业", "领域", "重点领域")
_CONTROLLED = regex.compile(r"(?<=^[国省市县])控?、(?=[省市县区乡]控)")
_CARRIED = regex.compile(r"、|以及|和|及|与")
_ALL = regex.compile(r"(?:均|都|全部|平均|共|合计)+$")
_REACHED = regex.compile(r"(?:达到?|为|控制在|稳定在|水质)$")
_FILLED = regex.compile(r"[（(][^（(）)]+[）)]")
_MARKS = "，；：、" + GLOSS
_RAISED = regex.compile(r"[到至在]$")
_OF_WHICH = regex.compile(
    r"(?P<whole>[^，。；、\ue000]{1,20}?)(?:(?:[中里]|里头|里面|当中|之中)(?:，[^，。；\ue000]{0,12}|(?:仍|尚|还|只|仅|已|约|就)?有?)|(?P<same>(?:仍|尚|还|只|仅|就)?(?<![没原])有))\ue000"
)
"""9家养殖场中，|4家搬迁, 18个村有|7个村污水直排: of how many is told."""
_LIMIT_BEFORE = regex.compile(r"^[^，。；、]{0,12}?以[上下]的?")
_RANKING = frozenset("最位名前后")
"""Characters of which a clause that ranks some holds one."""
_LIMITS = (">=", "<=")
_FEW = 6
_INSIDE = ("内的", "中的", "里的", "范围内", "区内")
_SIZED = frozenset("台座艘套家个辆条户口处孔")
"""Units of things that have a size of their own."""
_TIMES = ("次", "轮次", "场次")
_TALLIED = regex.compile(
    r"(\p{Han}{0,6}(?:任务|问题|项目|事项|隐患|工程|企业|举报件|信访件|线索|点位|用地|图斑|排污口|排口|水体))(?=[，。；、已均全未中]|整改|推进|办理|$)"
)
_TALLY_LEAD = regex.compile(r"^.*(?:涉及|反馈|交办|移交|指出|披露|发现|形成)(?:我[省市县区州盟旗局委]|全[省市县区])?的?(?=\p{Han}{2})")
_OF_TASKS = regex.compile(r"(?:目标|计划|年度|全年)*(?:任务|计划|目标|指标)(?:总?[数量])(?:为|是|有|共)?")
"""任务数为|260户: what names nothing that a later number counts."""
_CARRYING = ("target-new", "target-cut", "target-noun-count")


def find_targets(
    found: Sentences, outline: Outline, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]
) -> tuple[list[Target], list[Claim]]:
    """The targets of the running text, in order, with the claims of their quantities. `claimed` are the quantities that others have taken."""
    reader = _Reader(outline, view, shaded, rulebook, list(claimed))
    targets = [target for sentence, quantities, dates in found for target in reader.read(sentence, quantities, dates)]
    return targets, reader.claims + [Claim("target", t.quantity.start, t.quantity.end, t.rule) for t in targets]


_PAIRED = regex.compile(r"[（(][次艘辆座个处家条户人段台套眼口起宗幢栋件项][）)]")
"""The other unit of a pair: 收缴抽沙泵9台|（艘）."""


class _Reader:
    """Goes through the sentences, clause by clause and number by number."""

    def __init__(self, outline: Outline, view: View, shaded: str, rulebook: Rulebook, claimed: list[Claim]) -> None:
        self.view, self.shaded, self.nodes = view, shaded, outline.nodes
        self.taken = {claim.start for claim in claimed}
        self.settled = {claim.start for claim in claimed if claim.kind not in ("bound", "word")}
        self.worded = {claim.start for claim in claimed if claim.kind == "word"}
        self.bases = {claim.start for claim in claimed if claim.kind == "base"}
        self.tallied = {claim.start for claim in claimed if claim.kind == "tally"}
        self.frames = Frames(view, shaded, rulebook, claimed)
        self.coordination = Coordination(self.frames)
        self.standing = Standing(outline, view, shaded, rulebook)
        self.claims: list[Claim] = []
        self.unread = 0
        """Up to where a long list of values has been found to be none: its parts are not tried again."""
        self.sized: list[Size] = []
        """Things told with their sizes, which clauses behind them may leave out."""
        self.memory = Memory()
        self.passage: Passage | None = None

    def read(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> Iterator[Target]:
        """The targets of one sentence, in order."""
        self.sized.clear()
        memory = self.memory.next() if sentence.passage is self.passage else Memory(head=self._head(sentence.passage))
        self.memory, self.passage = memory, sentence.passage
        if SIZED.search(self.shaded, sentence.start, sentence.end):
            yield from self._sized_things(sentence, quantities, dates, memory)
        outer = memory
        for start, end, inside in counted(sentence, quantities, self.shaded):
            while self.sized and self.sized[0].quantity.start < start:
                thing = self.sized.pop(0)
                memory.keep(thing.indicator, thing.quantity)
            if start and self.shaded[start - 1] == "（":
                memory = outer.aside()
            elif memory is not outer and "）" in self.shaded[start - 2 : start]:
                memory = outer
            if not inside or all(q.start in self.taken for q in inside):
                told = self.view.text[start:end]
                ranked = self.frames.recall.sources.ranked(start, end) if "的" in told and not _RANKING.isdisjoint(told) else ""
                if ranked:
                    memory.tell_of(ranked, end)
                else:
                    memory.topics.append((inside[-1].end if inside else start, end))
                if inside:
                    list(self._clause(start, end, inside, memory))
                continue
            for frame, due in self._clause(start, end, inside, memory):
                if not frame.indicator:
                    continue  # nothing that is counted is left of a torn text
                self.coordination.recent.append(frame.indicator)
                memory.told.append(frame.indicator)
                yield self._target(sentence, start, end, frame, dates, due, memory)
        for frame in self._bracketed(sentence, quantities, memory):
            yield self._target(sentence, frame.end, frame.quantity.end + 1, frame, dates, None, memory)

    def _sized_things(
        self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...], memory: Memory
    ) -> Iterator[Target]:
        """The rows of what is told with its sizes (一条长86米、高3米的护坡), which other rules take for bounds or for words."""
        rule = self.frames.bare
        shown = [quantity for quantity in quantities if self.shaded[quantity.start] == QUANTITY or quantity.start in self.worded]
        for thing in sized_things(self.view, self.shaded, self.frames.nouns, sentence.start, shown):
            if rule is None or any(size.quantity.start in self.settled for size in thing):
                continue
            for size in thing:
                self.taken.add(size.quantity.start)
                quantity = size.quantity
                change: Change = "increase" if self.view.text.endswith("新增", 0, quantity.start) else "level"
                frame = Frame(rule, quantity, size.indicator, "", "", change, quantity.operator, "", size.end)
                yield self._target(sentence, size.start, size.end, frame, dates, None, memory)
            self.sized.append(thing[0])

    def _head(self, passage: Passage) -> str:
        """The thing that an item's name tells right before a colon and the passage; nothing where the name is a phrase of another kind."""
        heading = self.nodes[passage.node].heading if passage.node is not None else None
        if heading is None or not heading.end <= passage.start <= heading.end + 1 or self.view.text[heading.end] not in "：:":
            return ""
        noun = self.frames.nouns.trim(self.view.text[heading.start : heading.end])
        return noun.noun if not noun.action and len(noun.noun) > 1 else ""

    def _clause(self, start: int, end: int, inside: list[Quantity], memory: Memory) -> Iterator[Dated]:
        """The frames of one clause, each with the date that its list of values gives it, if any."""
        left, i = start, 0
        while i < len(inside):
            if inside[i].start in self.bases:
                left, i = inside[i].end, i + 1
                continue
            if inside[i].start in self.taken:
                if inside[i].kind == "percent" and (rate := self._rate(left, inside[i].start)):
                    memory.keep(rate, inside[i])  # 整改完成率68.7%，较上期提高6.2个百分点
                else:
                    self._remember(inside[i], left, inside[i + 1].start if i + 1 < len(inside) else end, memory)
                left, i = inside[i].end, i + 1
                continue
            if not inside[i].unit and inside[i].kind == "cardinal":
                inside[i] = self.coordination.in_shared_unit(inside, i)
            known, change, whole = memory.indicator, memory.change, memory.indicators.get(inside[i].unit or inside[-1].unit)
            members, read = self._members(Window(start, left, end), inside, i, memory)
            if len(members) > 1:
                members = [member for member in members if member[0].quantity.start not in self.taken]
            if change != "level" and self.shaded[start - 1] == "（" and whole is not None:
                members = [(replace(frame, change=change), day) for frame, day in members]  # 压减取水量1650万立方米（深层1240万立方米…）
            parts = (
                change != "level"
                and whole in (known, None)
                and self.view.text.startswith(("其中", "其中："), start - 3 if self.view.text[start - 1] == "：" else start)
            )
            if parts and all(_of_those(frame, known) for frame, _ in members):
                members = [(replace(frame, change=change), day) for frame, day in members]  # 调减玉米9万亩，其中青石县3万亩、坡地2万亩
            if (
                members
                and i
                and members[0][0].rule.id == "target-noun-count"
                and not members[0][0].action
                and members[0][0].quantity.kind != "percent"
                and _CARRIED.match(self.shaded, left)
            ):
                members = [(replace(frame, change=memory.change, action=memory.action), day) for frame, day in members]
            if members:
                last = members[-1][0]
                if len(members) > 1:
                    memory.keep(last.indicator, last.quantity)
                memory.change, memory.action = last.change if parts or last.rule.id in _CARRYING else "level", last.action
            yield from members
            left = max((frame.end for frame, _ in members), default=inside[i + read - 1].end)
            i += read

    def _bracketed(self, sentence: Sentence, quantities: tuple[Quantity, ...], memory: Memory) -> Iterator[Frame]:
        """Sizes and rates that fill a bracket behind what has them: 水厂二期（3万吨/日）, 达标的有青石县（96%）; `end` is where the noun's clause begins."""
        for quantity in quantities:
            if (
                self.shaded[quantity.start] != GLOSS
                or quantity.start in self.tallied
                or not (quantity.kind == "percent" or "/" in quantity.unit)
                or not _FILLED.fullmatch(self.view.text, quantity.start - 1, quantity.end + 1)
            ):
                continue
            start = max(self.shaded.rfind(mark, sentence.start, quantity.start - 1) for mark in _MARKS) + 1
            frame = self.frames.beside(max(start, sentence.start), quantity, memory)
            if frame is not None:
                yield frame

    def _members(self, window: Window, inside: list[Quantity], i: int, memory: Memory) -> tuple[list[Dated], int]:
        """The frames that begin with the i-th number, and how many numbers they use."""
        if i + 1 < len(inside) and inside[i].end == inside[i + 1].start and inside[i].operator in _LIMITS:
            limited = self._limited(inside[i], inside[i + 1], _upto(window, inside, i + 2), memory)
            if limited is not None:
                return [(limited, None)], 2
        own, run = _upto(window, inside, i + 1), self.coordination.run(inside, i)
        if i + 3 < len(inside) and (raised := self.coordination.raised(window, inside, i)):
            firsts = inside[i : i + len(raised)]
            self.claims.extend(Claim("target", q.start, q.end, raised[0][0].rule.id) for q in firsts)
            return raised, 2 * len(firsts)
        if len(run) > 1 and inside[i].start >= self.unread:
            spread = self.coordination.distribute(_upto(window, inside, i + len(run)), run, memory)
            if spread:
                return spread, len(run)
            self.unread = run[-1].start if len(run) > _FEW else 0
        if each := self.coordination.each(own, inside[i], memory):
            return each, 1
        if changes := self.coordination.changes(window, inside, i, memory):
            return changes, len(changes)
        if i + 1 < len(inside):
            pair = self.frames.pair(_upto(window, inside, i + 2), inside[i], inside[i + 1], memory)
            if pair is not None:
                self.claims.append(Claim("target", inside[i].start, inside[i].end, pair.rule.id))
                return [(pair, None)], 2
            if (sized := self._sized(inside[i], inside[i + 1], _upto(window, inside, i + 2), memory)) is not None:
                return [(sized, None)], 2
            if self._modifies(inside[i], inside[i + 1]):
                self.claims.append(Claim("bound", inside[i].start, inside[i].end, "numeral-of-how-many"))
                return [], 1
        frame = self.frames.single(own, inside[i], memory)
        if frame is None:
            return [], 1
        named = self.view.text[inside[i].start - 1] == "的"  # 抽查的42户企业中: what was done is told
        whole = _OF_WHICH.match(self.shaded, inside[i].end) if frame.rule.id == "target-count-noun" and not named else None
        if whole is not None and (whole["same"] is None or (i + 1 < len(inside) and inside[i + 1].unit == inside[i].unit)):
            self.claims.append(Claim("bound", inside[i].start, inside[i].end, "numeral-of-how-many"))
            memory.keep(self.frames.nouns.trim(whole["whole"], verbs=False).noun, inside[i])
            return [], 1
        if (
            frame.indicator in self.frames.words.actions
            and i + 1 < len(inside)
            and (noun := self._noun_of_next(_upto(window, inside, i + 2), inside[i], inside[i + 1], memory))
        ):
            frame = replace(frame, indicator=noun)
        if frame.rule.id == "target-count-noun" and i + 1 < len(inside):
            tail = self.coordination.shared_tail(frame.indicator, inside[i + 1], window.right)
            frame = replace(frame, indicator=frame.indicator + tail)
        return [(member, None) for member in self.coordination.split(frame, window.left)], 1

    def _noun_of_next(self, window: Window, quantity: Quantity, following: Quantity, memory: Memory) -> str:
        """The noun that only the next of two counts prints: 完成30个、力争40个|小区试点; else nothing."""
        if quantity.unit != following.unit or self.shaded[quantity.end] not in "、，":
            return ""
        frame = self.frames.single(window._replace(left=quantity.end), following, memory)
        return frame.indicator if frame is not None and frame.rule.id == "target-count-noun" else ""

    def _sized(self, count: Quantity, size: Quantity, window: Window, memory: Memory) -> Frame | None:
        """A count whose noun has its size printed between: 2台|30万千瓦|煤电机组; else None."""
        sized = count.end == size.start and count.kind == "cardinal" and count.unit in _SIZED and size.unit in self.frames.words.size_units
        if not sized or not self.shaded[size.end : size.end + 2].isalnum():
            return None
        frame = self.frames.single(window, count._replace(end=size.end), memory)
        if frame is None or frame.rule.id != "target-count-noun":
            return None
        self.claims.append(Claim("bound", size.start, size.end, "numeral-size-of-thing"))
        return replace(frame, quantity=count)

    def _limited(self, limit: Quantity, count: Quantity, window: Window, memory: Memory) -> Frame | None:
        """Some of what was counted before, told by a limit right before their number: 亿元以上项目42个，其中|10亿元以上|5个; else None."""
        known = memory.indicators.get(count.unit, "")
        counted = count.kind == "cardinal" and limit.unit != count.unit and not self.shaded[count.end : count.end + 1].isalnum()
        if not counted or not known:
            return None
        frame = self.frames.single(window._replace(left=count.start), count, memory)
        if frame is None:
            return None
        self.claims.append(Claim("bound", limit.start, limit.end, "numeral-threshold"))
        noun = self.view.text[limit.start : limit.end] + _LIMIT_BEFORE.sub("", known).rpartition("的")[2]
        memory.keep(known, count)
        return replace(frame, indicator=noun)

    def _rate(self, start: int, end: int) -> str:
        """What a percentage that a tally or a bound has taken is the rate of: 开工率|达到90%以上的有青石县（96%）."""
        told = _REACHED.sub("", self.view.text[start:end])
        return self.frames.nouns.trim(told).noun if told else ""

    def _remember(self, quantity: Quantity, start: int, end: int, memory: Memory) -> None:
        """What a tally counts (未完成的7项|任务, 受理噪声投诉|45件) may be counted again by number alone (年底前完成5项, 同比下降两成)."""
        before = self.frames.nouns.trim(self.view.text[start : quantity.start]).noun if quantity.start in self.tallied else ""
        before = "" if _OF_TASKS.fullmatch(before) else _TALLY_LEAD.sub("", before)
        memory.counted = before
        if len(before) > 1 and not self.shaded[quantity.end : quantity.end + 1].isalnum() and not self.frames.words.is_place(before):
            memory.indicators.setdefault(quantity.unit, before)
        if before.endswith(self.frames.words.matters):
            memory.keep(before, quantity)
        noun = _TALLIED.match(self.shaded, quantity.end, end)
        if quantity.kind == "cardinal" and noun is not None:
            memory.indicators.setdefault(quantity.unit, noun[1])

    def _modifies(self, quantity: Quantity, following: Quantity) -> bool:
        """18个考核断面水质优良比例达到72%: the count only says of how many; the clause's number is the next one."""
        between = self.shaded[quantity.end : following.start]
        if not between:
            return quantity.unit in ("批", "批次", "轮", "期")
        if (
            _PLACES.match(between)
            and _LINK.search(between) is None
            and following.kind == "cardinal"
            and not between.endswith(("村", "镇", "乡"))
        ):
            return True  # 6个行政村供水管线4.5公里
        if between in _SORTS and following.kind == "cardinal":
            return True  # 对6个行业|162家企业
        if between.endswith(_INSIDE):
            return True  # 三处水源地保护区内的|17处违规建筑
        if following.unit in _TIMES and self.view.text[quantity.start - 1] == "对":
            return True  # 对两条水体连续监测12次
        if _LINK.search(_CONTROLLED.sub("", AND_ABOVE.sub("", between))) or quantity.kind in ("percent", "class"):
            return False
        told = _ALL.sub("", between)
        told = next((told[: -len(word)] for word in self.frames.words.changes if told.endswith(word)), told)
        measured = following.kind in ("percent", "class") or self.frames.nouns.measured(_ALL.sub("", told))
        return measured or _REACHED.search(between) is not None

    def _as_printed(self, quantity: Quantity) -> Quantity:
        """A count with both units where a pair is printed: 7台（艘）."""
        pair = _PAIRED.match(self.view.text, quantity.end)
        return quantity._replace(unit=quantity.unit + pair[0]) if pair is not None and quantity.kind == "cardinal" else quantity

    def _target(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        frame: Frame,
        dates: tuple[DateMention, ...],
        day: DateMention | None,
        memory: Memory,
    ) -> Target:
        governing = day or self.standing.governing(sentence, frame.quantity, dates, memory.given)
        if day is not None:
            memory.given.add(day.start)
        counted = frame.rule.id == "target-noun-count" and not frame.action and frame.quantity.kind == "cardinal"
        kind = self.standing.kind(
            sentence,
            start,
            frame.quantity,
            governing,
            bare="share" if frame.rule.id == "target-share" and not _RAISED.search(frame.action) else "count" if counted else "",
        )
        due = governing if kind == "target" else None
        origin: Literal["", "item", "sentence"] = "" if due is None else "item" if self.standing.of_before(sentence, due) else "sentence"
        return Target(
            node=sentence.passage.node, kind=kind, indicator=frame.indicator, action=frame.action, change=frame.change,
            quantity=self._as_printed(frame.quantity), start=start, end=end, rule=frame.rule.id, operator=frame.operator, baseline=frame.baseline,
            compared_to=self.standing.compared_to(start, frame.quantity), scope=frame.scope, due=due.last if due else None,
            due_text=self.view.text[due.start : due.end] if due else "", due_at=due.start if due else -1, due_from=origin,
        )  # fmt: skip


def _of_those(frame: Frame, known: str) -> bool:
    """Whether a number only tells a kind of what was counted before, or over which place it is counted."""
    return (frame.scope != "" and frame.indicator == known) or (frame.rule.id == "target-noun-count" and not frame.action)


def _upto(window: Window, inside: list[Quantity], i: int) -> Window:
    """A window up to the i-th number of its clause, where there is one."""
    return Window(window.clause, window.left, inside[i].start) if i < len(inside) else window
