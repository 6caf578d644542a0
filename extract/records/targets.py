"""Targets: every quantity that is to be reached or was reached, bound to its indicator, verb, change, due date and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import regex

from extract.model import Claim, DateMention, Operator, Outline, Quantity, Target, View
from extract.nlp.words import tag
from extract.records.nouns import nouns_of
from extract.records.sentences import DATE, QUANTITY, Endings, Sentence, clauses
from extract.rulebook import Rule, Rulebook
from extract.rulebook.schema import TIMEOUT

Sentences = Iterable[tuple[Sentence, tuple[Quantity, ...], tuple[DateMention, ...]]]

_COMPARISON = regex.compile(r"(?:较|比|与|同|由|从|相对|相比|对比|自)$")
_COMPARED = regex.compile(r"同比|环比|(?:较|比|与|同)(?:$date|[^，。；、\s]{0,4}?(?:上年|去年|同期|上月|基准年|历史))[^，。；、\s]{0,6}?(?:同期|相比|末|底|年)?".replace("$date", "\ue001+"))
_RUN = regex.compile(r"\ue000+(?:(?:、|和|及|与|以及)\ue000+)+")
_COORDINATOR = regex.compile(r"、|以及|和|及|与")
_TOGETHER = regex.compile(r"(?:均|都|分别)[^，。；、\s]{0,6}$")
_LACKING = regex.compile(r".(?<=未|没有|没|不)[^，。；、\s\ue000\ue001]+")
_REST = ("剩下", "剩余", "其余", "余下")
_DEED_UNITS = ("人", "人次", "名", "次", "场", "场次", "起", "件", "份")
_LIGHT = ("完成", "实施", "开展", "实现", "组织", "推进", "累计完成")
_FORTHCOMING = regex.compile(r"力争|预计|下一步|计划|确保|必须|(?<![主重需必首紧])要(?![求点素件闻])")
_TOLD = regex.compile(r"了$|(?:已|尚有|仍有|现有|目前)(?![^，。；]{0,8}的)")
_LATER = regex.compile(r"(?:较|比|与|同)[^，。；、]{2,10}$")
_SHARES = ("占比", "比例", "比重")
_WORDS = regex.compile(r"[\p{Han}]{3,}")
_CARRIED = regex.compile(r"、|以及|和|及|与")
_PLACE = regex.compile(r"[^，。；、\s的]{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|新区|开发区|高新区|局)")
_ASIDE = regex.compile(r"^(?:其余|其他)[^，。；]*$")
_FORWARD = ("将", "力争", "确保", "预计", "计划", "拟", "争取", "要", "下一步", "目标")
_BACKWARD = ("已", "累计", "目前", "截至", "以来", "现有", "共出动", "先后", "当年")
_MONEY_NOUN = ("费用", "资产", "债务", "损失", "缺口", "资金", "投资", "贷款", "债券", "经费", "项目", "专项", "补助", "收入")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What one rule read around one quantity."""

    rule: Rule
    quantity: Quantity
    indicator: str
    action: str
    scope: str
    change: str
    operator: Operator
    baseline: str
    end: int


@dataclass(slots=True)
class _Memory:
    """What the sentence has said so far and a later clause may leave out."""

    indicators: dict[str, str] = field(default_factory=dict)
    topics: list[tuple[int, int]] = field(default_factory=list)
    indicator: str = ""
    action: str = ""
    change: str = ""

    def keep(self, indicator: str, unit: str) -> None:
        self.indicator = self.indicators[unit] = indicator


def find_targets(found: Sentences, outline: Outline, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]) -> tuple[list[Target], list[Claim]]:
    """The targets of the running text. `claimed` are the quantities that others have taken."""
    reader = _Reader(outline, view, shaded, rulebook, claimed)
    targets: list[Target] = []
    for sentence, quantities, dates in found:
        targets.extend(reader.read(sentence, quantities, dates))
    return targets, reader.claims + [Claim("target", t.quantity.start, t.quantity.end, t.rule) for t in targets]


class _Reader:
    """The rules and words that binding needs, looked up once a document."""

    def __init__(self, outline: Outline, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]) -> None:
        self.header, self.view, self.shaded = outline.header, view, shaded
        self.taken = {claim.start for claim in claimed}
        self.sizes = {claim.start for claim in claimed if claim.rule == "numeral-size-class"}
        self.rules = rulebook.of_kind("target")
        self.pairs = [rule for rule in self.rules if "?P<baseline>" in rule.source]
        self.singles = [rule for rule in self.rules if "?P<baseline>" not in rule.source]
        self.endings = Endings(rulebook, {name for rule in self.rules for name in rule.before})
        self.count_units = rulebook.words("count_units")
        self.money = rulebook.words("money_units")
        self.scopes = rulebook.words("scopes")
        self.nouns = nouns_of(rulebook)
        self.bare = self.nouns.measurands
        self.actions, self.reach = rulebook.words("actions"), rulebook.words("reach")
        self.changes = rulebook.words("increase") | rulebook.words("decrease")
        self.bounds = rulebook.lookup("bounds")
        self.recent: list[str] = []
        self.strong = rulebook.words("strong_verbs")
        self.not_noun = rulebook.words("not_noun")
        self.areas = rulebook.words("functional_areas")
        self.full: dict[tuple[str, str], str] = {}
        self.clause_start = 0
        self.claims: list[Claim] = []

    def read(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> Iterator[Target]:
        """The targets of one sentence, in order."""
        memory = _Memory()
        for start, end in clauses(sentence, self.shaded):
            inside = [q for q in quantities if start <= q.start < end and self.shaded[q.start] == QUANTITY]
            free = [q for q in inside if q.start not in self.taken]
            if not free:
                memory.topics.append((inside[-1].end if inside else start, end))
                continue
            for frame, due in self._clause(start, end, inside, memory):
                self.recent.append(frame.indicator)
                yield self._target(sentence, start, end, frame, dates, due)

    def _recall(self, memory: _Memory, unit: str = "") -> str:
        """What a number without a noun counts: what was counted in this unit, else the last indicator, else what the clause before was about."""
        told = memory.indicators.get(unit) or memory.indicator
        return told or next(filter(None, (self._topic(*place) for place in reversed(memory.topics))), "")

    def _topic(self, start: int, end: int) -> str:
        """What a clause without a number of its own is about; nothing where it tells when something happened."""
        if DATE in self.shaded[start:end] and self.view.text[end : end + 1] != "：":
            return ""
        noun = self.nouns.trim("".join(c for c, s in zip(self.view.text[start:end], self.shaded[start:end], strict=True) if s != DATE)).noun
        return noun if len(noun) > 1 else ""

    # --- one clause ---------------------------------------------------------------------------------------------------

    def _clause(self, start: int, end: int, inside: list[Quantity], memory: _Memory) -> Iterator[tuple[_Frame, DateMention | None]]:
        self.clause_start = left = start
        i = 0
        while i < len(inside):
            quantity = inside[i]
            if quantity.start in self.taken:
                left, i = quantity.end, i + 1
                continue
            run = self._run(inside, i)
            right = inside[i + len(run)].start if i + len(run) < len(inside) else end
            frames: list[tuple[_Frame, DateMention | None]] = []
            if len(run) > 1:
                frames = self._distributed(left, right, run, memory)
            if not frames:
                run = [quantity]
                right = inside[i + 1].start if i + 1 < len(inside) else end
                after = inside[i + 2].start if i + 2 < len(inside) else end
                frame = self._pair(left, after, quantity, inside[i + 1], memory) if i + 1 < len(inside) else None
                if frame is not None:
                    run = [quantity, inside[i + 1]]
                    frames = [(frame, None)]
                else:
                    modifies = i + 1 < len(inside) and self._modifies_next(quantity, inside[i + 1])
                    if modifies:
                        self.claims.append(Claim("bound", quantity.start, quantity.end, "numeral-of-how-many"))
                    single = None if modifies else self._single(left, right, quantity, memory)
                    frames = [(member, None) for member in self._coordinated(single, start, left)] if single else []
            if len(frames) == 1 and frames[0][0].rule.id == "target-count-noun" and i + 1 < len(inside):
                tail = self._shared_tail(frames[0][0].indicator, inside[i + 1], end)
                frames = [(replace(frames[0][0], indicator=frames[0][0].indicator + tail), None)]
            if frames and i and frames[0][0].rule.id == "target-noun-count" and not frames[0][0].action and _CARRIED.match(self.shaded, left):
                frames = [(replace(f, change=memory.change, action=memory.action), d) for f, d in frames]
            if frames:
                memory.change, memory.action = (frames[-1][0].change if frames[-1][0].rule.id in ("target-new", "target-cut", "target-noun-count") else "level"), frames[-1][0].action
            yield from frames
            left = max([frame.end for frame, _ in frames], default=run[-1].end)
            i += len(run)

    def _shared_tail(self, noun: str, following: Quantity, end: int) -> str:
        """What two parallel counts share, printed with the second only: 30个居民小区、6个商贸街区|污水零直排区."""
        match = regex.compile(r"、|和|及|与").search(self.shaded, following.start - 1, following.start)
        after = self.view.text[following.end : end]
        place = after.find(noun[-1])
        whole = match is not None and 0 < place < len(after) - 2 and self.shaded[following.end : end].isalnum() and after[place - 1 : place + 1] != noun[-2:]
        return after[place + 1 :] if whole else ""

    def _run(self, inside: list[Quantity], i: int) -> list[Quantity]:
        """The values that stand in a row from the i-th on: 90%、85%和80%."""
        match = _RUN.match(self.shaded, inside[i].start)
        return [q for q in inside[i:] if q.start < match.end()] if match else [inside[i]]

    def _modifies_next(self, quantity: Quantity, following: Quantity) -> bool:
        """18个考核断面水质优良比例达到72%: the count only says of how many; the clause's number is the next one."""
        between = self.shaded[quantity.end : following.start]
        if not between or regex.search(r"[、和及与并]", between) or quantity.kind in ("percent", "class"):
            return False
        if following.kind in ("percent", "class") or self.nouns.measured(regex.sub(r"(?:均|都|全部)+$", "", between)):
            return True
        return bool(regex.search(r"(?:达到?|为|控制在|稳定在|水质)$", between))

    def _match(self, rule: Rule, left: int, right: int, quantity: Quantity) -> regex.Match[str] | None:
        if not rule.cued(self.shaded, left, right):
            return None
        match = rule.regex.search(self.shaded[left:right], timeout=TIMEOUT)
        while match is not None and not match.start("value") + left <= quantity.start < match.end("value") + left:
            match = rule.regex.search(self.shaded[left:right], match.start() + 1, timeout=TIMEOUT)
        return match

    def _pair(self, left: int, right: int, first: Quantity, second: Quantity, memory: _Memory) -> _Frame | None:
        for rule in self.pairs:
            match = self._match(rule, left, right, second)
            if match is not None and match.start("baseline") + left == first.start:
                return self._frame(rule, match, left, second, memory)
        return None

    def _single(self, left: int, right: int, quantity: Quantity, memory: _Memory) -> _Frame | None:
        if quantity.kind == "ordinal":
            return None
        ended = self.endings.before(self.shaded, quantity.start, left)
        for rule in self.singles:
            if (rule.before and ended.isdisjoint(rule.before)) or not self._opens(rule, quantity, right):
                continue
            match = self._match(rule, left, right, quantity)
            if match is None or not self._fits(rule, match, quantity):
                continue
            frame = self._frame(rule, match, left, quantity, memory)
            if frame is not None:
                return frame
        return None

    def _opens(self, rule: Rule, quantity: Quantity, right: int) -> bool:
        """Whether a rule for what follows a count need be tried: something must follow, and the count must be one."""
        if rule.id == "target-multiple":
            return quantity.kind == "multiple" or quantity.unit == "番" or self.view.text[quantity.start] == "减"
        if rule.id not in ("target-count-noun", "target-part-of"):
            return True
        return quantity.end < right and self.shaded[quantity.end].isalnum() and (quantity.kind == "cardinal") == (rule.id == "target-count-noun")

    def _fits(self, rule: Rule, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a quantity can be read so: 30% of what follows is no count, money counts only money."""
        groups = match.groupdict()
        after = groups.get("indicator") and match.start("indicator") >= match.end("value")
        if "quantity" in rule.set:
            return quantity.kind in rule.set["quantity"].split() and (quantity.kind == "fraction" or quantity.unit == "成")
        if after:
            noun = match["indicator"]
            first = noun[: tag(noun)[0].end]
            if first in self.not_noun or first in self.strong:
                return False
            if quantity.kind != "cardinal" or not quantity.unit or noun.endswith(("浓度", "率", "水质", "比例")):
                return False
            if quantity.unit in self.money:
                return bool(match["indicator"].endswith(_MONEY_NOUN))
        if rule.id == "target-cut" and self.nouns.trim(groups["indicator"], verbs=False).noun.rstrip("的") in self.bare:
            return False
        return bool(quantity.unit) or quantity.kind == "fraction" or (rule.id in ("target-reach", "target-from-to", "target-noun-count") and _index(groups["indicator"]))

    def _frame(self, rule: Rule, match: regex.Match[str], left: int, quantity: Quantity, memory: _Memory) -> _Frame | None:
        groups = match.groupdict()
        noun = action = scope = ""
        if groups.get("indicator"):
            first, last = match.span("indicator")
            named = self.view.text[left + first : left + last]
            after = first > match.start("value")
            if after and (lacking := _LACKING.match(self.shaded, left + last - 1)) is not None:
                named = self.view.text[left + first : lacking.end()]  # 2个乡镇未建立台账: what is lacking belongs to the name
            elif after:
                named = self.nouns.head(named)
            trimmed = self.nouns.trim(named, verbs=not after)
            noun, action, scope = trimmed.noun, trimmed.action, trimmed.scope
        if groups.get("before"):
            first, last = match.span("before")
            lead = self.nouns.trim(self.view.text[left + first : left + last])
            scope = lead.scope or scope
        if noun.startswith("占") and not noun.startswith("占比"):
            noun = memory.indicator + noun
        if noun and self._place(noun) and match.end("indicator") <= match.start("value"):
            noun, scope = "", noun
        action = groups.get("action") or action
        if noun and left > self.clause_start and self.shaded[left - 1] == QUANTITY and match.start("indicator") == 0 and not groups["indicator"].startswith(("的", "、", "和", "及", "与")):
            noun = self._sized(left, noun)
        bounded = left > self.clause_start and self.shaded[left - 1] == QUANTITY and (groups.get("indicator") or "").startswith("的") and noun in _SHARES
        if bounded:
            noun = self.view.text[self.clause_start : left] + noun  # 单户金额500万元以下的|占比: the share of what is bounded
        elif noun in self.changes or noun.endswith(("同比", "环比")):
            noun, action = self._recall(memory), noun
        elif noun in self.actions and noun not in self.bare and action and action not in _LIGHT:
            noun = action + noun  # 查封扣押9起: the deeds are counted
        elif (noun in self.actions and noun not in self.bare) or noun + action in self.reach or noun in _REST:
            told = self._recall(memory, quantity.unit) if noun in _REST or noun in self.reach else memory.indicators.get(quantity.unit, "")
            noun, action = (told if quantity.unit not in _DEED_UNITS else "") or noun, noun
        elif not noun:
            noun = self._recall(memory, quantity.unit) if rule.set.get("change", "level") == "level" else self._recall(memory)
        if not noun:
            return None
        noun = self._resolve(noun, quantity.unit)
        baseline = ""
        if groups.get("baseline"):
            first, last = match.span("baseline")
            baseline = self.view.text[left + first : left + last]
        memory.keep(noun, quantity.unit)
        operator = self.bounds.get(groups.get("bound") or "", quantity.operator)
        if operator == "=" and "至少" in self.view.text[left : quantity.start]:
            operator = ">="
        change = rule.set.get("change") or self._change_of(quantity)
        return _Frame(rule, quantity, noun, action or "", scope, change, operator, baseline, left + match.end())  # type: ignore[arg-type]

    def _change_of(self, quantity: Quantity) -> str:
        """翻一番 is a growth, 减半 a fall; every other number is a level."""
        if quantity.unit == "番":
            return "increase"
        return "decrease" if self.view.text[quantity.start] == "减" else "level"

    def _sized(self, left: int, noun: str) -> str:
        """A size printed right before the noun stays with it: 10蒸吨以下|燃煤锅炉, 亿元以上|项目."""
        size = next((q for q in self.view.quantities_in(self.clause_start, left) if q.end == left), None)
        return self.view.text[size.start : left] + noun if size is not None and size.start in self.sizes else noun

    def _place(self, noun: str) -> bool:
        """Whether a phrase only says where: 泽南县, 其余各镇."""
        return bool(len(noun) == 1 or _ASIDE.match(noun) or _PLACE.fullmatch(noun)) and not any(noun[-length:] in self.areas for length in (2, 3, 4))

    def _resolve(self, noun: str, unit: str) -> str:
        """A shortened indicator (优良比例) told by the fuller one that stood before (断面水质优良比例)."""
        known = self.full.get((noun[-4:], unit))
        if known and known.endswith(noun) and len(noun) <= 4:
            return known
        self.full[noun[-4:], unit] = noun
        return noun

    # --- coordination -------------------------------------------------------------------------------------------------

    def _coordinated(self, frame: _Frame, clause_start: int, left: int) -> list[_Frame]:
        """A率和B率达到90% is two rows, A区、B区均为85%以上 as well; a sum of things is one."""
        before = self.view.text[max(clause_start, left) : frame.quantity.start]
        together = _TOGETHER.search(self.shaded[max(clause_start, left) : frame.quantity.start]) is not None or frame.action.startswith(("均", "都", "分别"))
        if _COORDINATOR.search(before) is None:
            return [frame]
        parts = [self.nouns.trim(part) for part in _COORDINATOR.split(before)]
        head = frame.indicator
        earlier = [part.noun for part in parts[:-1]]
        if frame.scope and together and all(self._place(name) for name in earlier if name):
            return [replace(frame, scope=name) for name in (*earlier, frame.scope)]
        last = self.nouns.measurand(head)
        if last and all(name.endswith(last[-1:]) and self.nouns.measured(name) for name in earlier if name):
            first = [_COORDINATOR.split(head)[-1]] if _COORDINATOR.search(head) else [head]
            return [replace(frame, indicator=name) for name in (*[n for n in earlier if n], *first)]
        if together and last:
            tail = _COORDINATOR.split(head)[-1]
            shared = tail[tail.find("的") - 2 :] if "的" in tail[2:] else last
            return [replace(frame, indicator=_join(name, tail, shared)) for name in earlier if name] + [replace(frame, indicator=tail)]
        return [frame]

    def _distributed(self, left: int, right: int, run: list[Quantity], memory: _Memory) -> list[tuple[_Frame, DateMention | None]]:
        """A、B分别达到90%、85%; 2022年、2023年分别完成3处、4处; A区、B区分别有3家、2家某企业."""
        after = self._single(run[-1].start, right, run[-1], memory)
        behind = after is not None and after.rule.id == "target-count-noun"
        frame = after if behind else next(filter(None, (self._single(left, q.end, q, memory) for q in run)), None)
        if frame is None:
            return []
        end = max(frame.end, run[-1].end)
        if run[-1].unit and not any(q.unit for q in run[:-1]):  # 39、37、36微克/立方米
            run = [replace(q, unit=run[-1].unit, base_value=q.value, base_unit=run[-1].base_unit) for q in run]
        operators = _shared_operators(run)
        frames = [replace(frame, quantity=q, operator=operator, end=end) for q, operator in zip(run, operators, strict=True)]
        text = self.view.text[left : run[0].start]
        dates = list(self.view.dates_in(left, run[0].start))
        if len(dates) >= len(run):
            named = self.nouns.trim(self.view.text[left : dates[-len(run)].start]).noun
            noun = named or frame.indicator
            return [(replace(f, indicator=noun), d) for f, d in zip(frames, dates[-len(run) :], strict=True)]
        years = _years(dates, len(run))
        if years:
            noun = self.nouns.trim(self.view.text[left : dates[-1].start]).noun or frame.indicator
            return [(replace(f, indicator=noun), d) for f, d in zip(frames, years, strict=True)]
        shared, apart, done = text.replace("依次", "分别").partition("分别")
        shared = _LATER.sub("", shared)
        if not apart and not behind and frame.indicator in shared:
            shared = shared[: shared.rindex(frame.indicator) + len(frame.indicator)]
        names = [self.nouns.trim(part) for part in _COORDINATOR.split(shared)]
        nouns = [name.noun or name.scope for name in names][-len(run) :]
        if len(names) < len(run):
            if regex.match(r"(?:上述|前述|以上)", nouns[-1] if nouns else "") and len(self.recent) >= len(run):
                return [(replace(f, indicator=noun), None) for f, noun in zip(frames, self.recent[-len(run) :], strict=True)]
            return [(f, None) for f in frames]
        verb = done.strip() in self.changes | self.reach | self.actions
        counted = "" if behind or verb else self.nouns.trim(done).noun
        if behind or all(self._place(noun) for noun in nouns[:-1]) or (memory.indicator and done in self.actions):
            noun = frame.indicator if behind else counted or self._after_place(nouns[-1]) or memory.indicator or frame.indicator
            return [(replace(f, scope=place, indicator=noun), None) for f, place in zip(frames, nouns, strict=True)]
        last = nouns[-1]
        opening = tag(last)[0].end if last else 0
        tail = last[opening:].removeprefix("以上") if self.nouns.measured(last[opening:]) and last[opening:] != last else self.nouns.measurand(last)
        spread = [*[noun if self.nouns.measured(noun) else noun + tail for noun in nouns[:-1]], last]
        return [(replace(f, indicator=noun), None) for f, noun in zip(frames, spread, strict=True)]

    def _after_place(self, phrase: str) -> str:
        """What follows the name of a place, where more than the name stands: 临河县水质优良率 → 水质优良率."""
        match = _PLACE.match(phrase)
        return phrase[match.end() :] if match and not self._place(phrase) else ""

    # --- the row ------------------------------------------------------------------------------------------------------

    def _target(self, sentence: Sentence, start: int, end: int, frame: _Frame, dates: tuple[DateMention, ...], due: DateMention | None) -> Target:
        quantity = frame.quantity
        governing = due or self._governing(sentence, quantity, dates)
        kind = self._kind(sentence, start, quantity, governing)
        target = Target(
            node=sentence.passage.node, kind=kind, indicator=frame.indicator, action=frame.action, change=frame.change,  # type: ignore[arg-type]
            quantity=quantity, start=start, end=end, rule=frame.rule.id, operator=frame.operator, baseline=frame.baseline,
            compared_to=self._compared(start, quantity), scope=frame.scope,
        )  # fmt: skip
        if kind == "target" and governing is not None:
            return replace(target, due=governing.last, due_text=self.view.text[governing.start : governing.end], due_from="sentence")
        return target

    def _compared(self, start: int, quantity: Quantity) -> str:
        match = _COMPARED.search(self.shaded, start, quantity.start)
        return self.view.text[match.start() : match.end()] if match else ""

    def _governing(self, sentence: Sentence, quantity: Quantity, dates: tuple[DateMention, ...]) -> DateMention | None:
        """The date that the number is to be reached by: the nearest before it that is no comparison, else a deadline after it."""
        beside = next((d for d in dates if d.start == quantity.end and self._is_date_of_reaching(sentence, d)), None)
        if beside is not None:
            return beside
        found: DateMention | None = None
        for mention in dates:
            if mention.start >= quantity.start:
                break
            if mention.sense == "recurrence":
                found = None if self.shaded.find("；", found.end if found else 0, mention.start) >= 0 or found is None else found
                if "；" not in self.view.text[mention.end : quantity.start]:
                    found = None
                continue
            opens = not _WORDS.search(self.shaded, sentence.start, mention.start)
            if self._is_date_of_reaching(sentence, mention) and (opens or "；" not in self.view.text[mention.end : quantity.start]):
                found = mention
        if found is not None:
            return found
        if any(d.sense == "recurrence" and d.start < quantity.start for d in dates):
            return None
        clause_end = next((end for start, end in clauses(sentence, self.shaded) if start <= quantity.start < end), sentence.end)
        for mention in dates:
            if mention.start > quantity.start and self._is_date_of_reaching(sentence, mention) and (mention.sense == "by" or mention.end <= clause_end):
                return mention
        return None

    def _is_date_of_reaching(self, sentence: Sentence, mention: DateMention) -> bool:
        if mention.last is None or mention.sense not in ("by", "point", "within") or self.shaded[mention.start] != DATE:
            return False
        before = self.shaded[max(sentence.start, mention.start - 2) : mention.start]
        if _COMPARISON.search(before):
            return False
        after = self.shaded[mention.end : mention.end + 3]
        if mention.precision == "plan" and mention.sense == "point" and not after.startswith(("，", ",", "期间", "时期")):
            return False  # 十四五减排目标 names the plan
        return not after.startswith(("的" + QUANTITY, "相比", "同期", "基准", "基础", "以来", "数据", "水平"))

    def _kind(self, sentence: Sentence, start: int, quantity: Quantity, governing: DateMention | None) -> str:
        passage = sentence.passage
        clause = self.view.text[start : quantity.start]
        anchor = self.header.anchor
        if passage.role == "objective":
            return "result" if clause.startswith(("目前", "截至", "已")) else "target"
        opening = self.view.text[sentence.start : quantity.start]
        planned = governing is not None and governing.last is not None and anchor is not None and governing.last >= anchor
        if passage.role in ("progress", "problem") or (passage.node is None and passage.field is None and self.header.doc_type in ("progress", "news")):
            ahead = passage.role != "problem" and planned and governing is not None and governing.sense == "by"
            return "target" if ahead or _FORTHCOMING.search(opening) and passage.role != "problem" else "result"
        if quantity.operator in (">=", "<=") and "已" not in clause:
            return "target"
        if any(word in opening for word in ("目前", "截至", "以来")) or any(clause.startswith(word) or f"，{word}" in clause for word in _BACKWARD):
            return "result"
        told = _TOLD.search(opening)
        if told is not None and not _FORTHCOMING.search(opening, told.end()):
            return "result"
        past = governing is not None and governing.sense == "point" and anchor is not None and governing.last is not None and governing.last < anchor
        if past and passage.field is None and not any(word in opening for word in _FORWARD):
            return "result"
        if passage.node is None and passage.field is None and governing is None and not any(word in opening for word in _FORWARD):
            return "result"
        return "target"


def _years(dates: list[DateMention], count: int) -> list[DateMention]:
    """The single years of a span of just so many: 2023—2025年依次不少于30、50、80万吨."""
    if not dates or dates[-1].first is None or dates[-1].last is None or dates[-1].last.year - dates[-1].first.year + 1 != count:
        return []
    return [replace(dates[-1], first=date(year, 1, 1), last=date(year, 12, 31)) for year in range(dates[-1].first.year, dates[-1].last.year + 1)]


def _shared_operators(run: list[Quantity]) -> list[Operator]:
    """The operators of values in a row: a bound before the first (不少于45公里、38公里) or behind the last (45、38公里以上) holds for all."""
    first, last = run[0], run[-1]
    if first.operator != "=" and first.start < first.number.start:
        return [first.operator if q.operator == "=" else q.operator for q in run]
    if all(q.operator == "=" for q in run[:-1]):
        return [last.operator] * len(run)
    return [q.operator for q in run]


def _index(noun: str | None) -> bool:
    """Whether an indicator is told without a unit: a coefficient, an index, a pH value."""
    return noun is not None and noun.endswith(("系数", "指数", "pH值", "pH", "比值", "值"))


def _join(name: str, tail: str, shared: str) -> str:
    return name if name.endswith(shared) else name + shared
