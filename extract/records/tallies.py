"""Tallies: how many of how many. A count is labelled by the words around it, then parts are grouped with their total."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import regex

from extract.model import Claim, DateMention, Passage, Quantity, Tally, View
from extract.nlp.words import tag
from extract.records.nouns import nouns_of
from extract.records.sentences import QUANTITY, Endings, Sentence, Sentences, clauses
from extract.rulebook import Rule, Rulebook
from extract.rulebook.cues import Cues
from extract.rulebook.schema import TIMEOUT

_GENERAL = frozenset(("个", "项", "件", "处", "条"))
_NEXT = 6
"""Characters between a status and the next count of which it is said."""
_SOON = 8
"""Characters between a count and the day by which it is to be settled."""
_REACH = 40
"""Characters over which a whole total may be settled by a later clause (259件信访件，…，均已办结)."""
_PARTS = ("done", "ongoing", "pending")
_ALL = regex.compile(r"(?:(?<![平人年月日亩户])均|都|全部|悉数)(?:已|已经|按期|如期|全部)*")
_RATE = regex.compile(
    r"(?:办结率|整改率|完成率|销号率|占比|占|完成比例|开工率|整治率|化解率|修复率|治理率|竣工率|验收率)(?:达到?|为|逾|超过?|约为?|接近|近)?[\ue000]*$"
)
_FINDING = regex.compile(r"排查登记|排查|摸排|发现|登记|受理|收到|接到|转办|交办|移交|反馈|确定|列入|纳入|应修复|应整改|应完成")
_CHARGED = regex.compile(r"^(?:其中|从[^，]{1,4}看|分[^，]{1,4}看)|(?:承担|负责|涉及|牵头|认领|上报)?的?$")
_CHANGED = regex.compile(r"同比|环比|较(?![大重突多为])|少了|多了|减少|增加|下降|提高|[少降升增减]到|[由从]$")
_ILL = regex.compile(r"未|不|超标|劣|停运|问题|隐患|滞后")
_SETTLED = regex.compile(r"已|应完成|应整改")
_DIRECTED = regex.compile(r"[底日月]前|要|须|应|确保|力争|必须|将")
_HAVING = regex.compile(r"(?:尚|仍|现|还|共|(?<![国自占私所特公]))有$")
_PLACE = regex.compile(
    r"^(?![全各本对])(?!.*(?:督察|交办|反馈|涉及|转办|指出))\p{Han}{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|公司|集团|部门|单位)$"
)


@dataclass(slots=True)
class _Group:
    """A tally in the making."""

    passage: Passage
    subject: str
    total: Quantity | None
    rule: str
    start: int
    end: int
    parts: dict[str, Quantity] = field(default_factory=dict)
    all_of_them: str = ""
    rate: Quantity | None = None
    bare: bool = False
    as_of: date | None = None
    told_by: dict[int, str] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Whether enough is said to make a row."""
        return bool(self.parts or self.all_of_them or self.bare)

    def rule_of(self, quantity: Quantity) -> str:
        """The rule that labelled a count of this tally."""
        return self.told_by.get(quantity.start, self.rule)

    def add(self, part: str, quantity: Quantity, rule: Rule, end: int) -> None:
        self.parts[part] = quantity
        self.told_by[quantity.start] = rule.id
        self.end = max(end, quantity.end)


def find_tallies(found: Sentences, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the running text. `taken` holds the starts of quantities that are claimed already; those of tallies are added to the claims."""
    reader = _Reader(view, shaded, rulebook, taken)
    groups: list[_Group] = []
    for sentence, quantities, dates in found:
        reader.read(sentence, quantities, dates, groups)
    told = sorted((g for g in groups if g.told), key=lambda g: g.start)
    counted = [(g, q) for g in told for q in (g.total, g.rate, *g.parts.values()) if q is not None]
    return [_tally(group) for group in told], [Claim("tally", q.start, q.end, g.rule_of(q)) for g, q in counted]


def _count(quantity: Quantity | None) -> int | None:
    return int(quantity.base_value if quantity.base_value is not None else quantity.value) if quantity is not None else None


def _tally(group: _Group) -> Tally:
    total = _count(group.total)
    counts = {part: _count(quantity) for part, quantity in group.parts.items()}
    if group.all_of_them:
        counts.setdefault(group.all_of_them, total)
    return Tally(
        group.passage.node, group.subject, total, counts.get("done"), counts.get("ongoing"), counts.get("pending"),
        group.rate.value if group.rate else None, group.as_of, group.start, group.end, group.rule,
    )  # fmt: skip


@lru_cache(maxsize=2)
def cues_of(rulebook: Rulebook) -> tuple[Cues, Endings]:
    """The rules of kind tally by their cues; made once for a rulebook."""
    cues = Cues(rulebook.of_kind("tally"))
    return cues, Endings(rulebook, cues)


class _Reader:
    """The rules and words that grouping needs, looked up once a document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> None:
        self.view, self.shaded, self.taken = view, shaded, taken
        self.nouns = nouns_of(rulebook)
        self.cues, self.endings = cues_of(rulebook)
        self.cued = self.cues.scan(shaded)
        self.units = rulebook.words("count_units")
        self.done, self.pending = rulebook.words("done"), rulebook.words("pending")
        self.areas = rulebook.words("functional_areas")
        self.noun = ""

    def _status_of_next(self, match: regex.Match[str], right: int, left: int, more: bool) -> bool:
        """Whether the words after a count are said of the next one: 32个问题|已完成整改24个, 17个码头|已建成岸电5个."""
        if not more or "status" not in match.groupdict() or match.start("status") < match.end("value"):
            return False
        rest = self.shaded[left + match.end() : right]
        return len(rest) <= _NEXT and "、" not in rest

    def read(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...], groups: list[_Group]) -> None:
        """Add the tallies of one sentence to `groups`; parts told in the sentence after a bare total (共56项。已完成45项) are its own."""
        as_of = next((d.last for d in dates if d.sense == "as_of"), None)
        before = groups[-1] if groups and groups[-1].passage is sentence.passage else None
        group = before if before is not None and not before.parts and not before.all_of_them else None
        for start, end in clauses(sentence, self.shaded):
            inside = [q for q in quantities if start <= q.start < end and self.shaded[q.start] == QUANTITY]
            for i, quantity in enumerate(inside):
                left = inside[i - 1].end if i else start
                right = inside[i + 1].start if i + 1 < len(inside) else end
                if (
                    quantity.kind == "percent"
                    and quantity.operator == "="
                    and group
                    and group.parts
                    and _RATE.search(self.shaded[left : quantity.number.start])
                ):
                    group.rate, group.end = quantity, quantity.end
                    continue
                if (
                    quantity.start in self.taken
                    or quantity.kind != "cardinal"
                    or quantity.unit not in self.units
                    or quantity.operator != "="
                    or quantity.value_high is not None
                ):
                    continue
                part, subject, rule, stop = self._label(left, right, quantity, i + 1 < len(inside))
                if part == "total" and _CHANGED.search(self.shaded, left, quantity.start):
                    continue
                if (
                    rule is None
                    or part is None
                    or self._planned(dates, start, quantity, part)
                    or ("plan" in rule.set and self._due_after(dates, quantity))
                ):
                    continue
                if part in _PARTS:
                    apart = group is not None and group.parts and "；" in self.view.text[group.end : quantity.start - _NEXT]
                    if group is not None and not apart and self._belongs(group, quantity) and (part not in group.parts or part == "done"):
                        group.add(part, quantity, rule, stop)
                        group.as_of = group.as_of or as_of
                    elif part != "done" and "loose" not in rule.set:
                        noun = subject or self.nouns.trim(self.shaded[left : quantity.start]).noun or self.noun
                        group = _Group(sentence.passage, noun, None, rule.id, start, max(stop, quantity.end), {part: quantity}, as_of=as_of)
                        groups.append(group)
                    continue
                placed = part == "total" and self._place(subject)
                if group is not None and not group.parts and part == "total" and not placed and self._within(group, left):
                    group.add(
                        "pending" if _ILL.search(subject + self.shaded[quantity.end : right]) else "done", quantity, rule, quantity.end
                    )
                    continue
                if group is not None and group.parts and part == "total" and self.view.text.startswith("其中", start) and not placed:
                    continue  # 其中立行立改20项 tells of the parts, it opens no tally of its own
                group = _Group(
                    sentence.passage,
                    self._subject(subject, self.view.text[left : quantity.start]),
                    quantity,
                    rule.id,
                    start,
                    quantity.end,
                    as_of=as_of,
                )
                group.bare = part == "bare" or (
                    placed and any(g.told and g.passage is sentence.passage and g.start >= sentence.start for g in groups[-6:])
                )
                groups.append(group)
                if part == "all":
                    group.all_of_them, group.end = rule.set["all"], stop
                elif part == "bare":
                    group.end = max(stop, quantity.end)
            if group is not None and start - group.end < _REACH and "；" not in self.view.text[group.end : start]:
                self._all_of_them(group, max(start, group.end), end)

    def _within(self, group: _Group, left: int) -> bool:
        """Whether the total was told as what others are counted in: 20个断面中，优良断面19个."""
        return (
            group.total is not None and not group.all_of_them and self.view.text[group.total.end : left].rstrip("，").endswith(("中", "里"))
        )

    def _planned(self, dates: tuple[DateMention, ...], start: int, quantity: Quantity, part: str) -> bool:
        """Whether a part is still to be done, by a date of its own: that is a target."""
        if part == "bare" or _SETTLED.search(self.view.text, start, quantity.end + 6):
            return False
        return any(d.sense == "by" and start <= d.start < quantity.start for d in dates)

    def _due_after(self, dates: tuple[DateMention, ...], quantity: Quantity) -> bool:
        """Whether a day by which it is to be done follows the count: 未完成的3个问题2025年6月底前全部整改到位 is a target."""
        return any(d.sense == "by" and 0 <= d.start - quantity.end < _SOON for d in dates)

    def _subject(self, subject: str, before: str) -> str:
        """What is counted; a place alone stands for what was counted before (东湖区24个), and nothing for the same again."""
        place = _CHARGED.sub("", before)
        if subject == place or not subject:
            subject = ""
        else:
            self.noun = subject
        noun = subject or self.noun
        if self._place(place) or place.startswith("其余") or place.endswith("类"):
            told = subject if subject.endswith(noun) else noun[tag(noun)[-1].start :] if noun else "问题"
            return place + told
        return noun

    def _place(self, name: str) -> bool:
        """Whether a name is that of a place or a body, not of a kind of area (居民小区)."""
        return _PLACE.match(name) is not None and not any(name[-length:] in self.areas for length in (2, 3, 4))

    def _belongs(self, group: _Group, part: Quantity) -> bool:
        if group.total is None or group.all_of_them:
            return group.total is None
        return part.value <= group.total.value and (part.unit == group.total.unit or {part.unit, group.total.unit} <= _GENERAL)

    def _all_of_them(self, group: _Group, start: int, end: int) -> None:
        """A clause that settles the whole total: 已全部办结, 均未完成."""
        if group.total is None or group.parts or group.all_of_them:
            return
        text = self.view.text[start:end]
        match = _ALL.search(text)
        if match is None or _DIRECTED.search(self.view.text, group.end, start + match.start()):
            return
        rest = text[match.end() :]
        if any(word in rest for word in self.pending):
            group.all_of_them = "pending"
        elif any(rest[place : place + length] in self.done for place in range(5) for length in range(2, 7)):
            group.all_of_them = "done"
        if group.all_of_them:
            group.end = end

    def _label(self, left: int, right: int, quantity: Quantity, more: bool) -> tuple[str | None, str, Rule | None, int]:
        """What the count is: part, subject, rule and where its statement ends."""
        left -= self.shaded[left - 1] == QUANTITY  # $begin sees the value before
        window = self.shaded[left:right]
        rules = self.cued.rules(left, right) & self.endings.rules(self.shaded, quantity.start, left)
        for _, rule in self.cues.numbered(rules):
            match = rule.pattern.search(window, timeout=TIMEOUT)
            if match is None or not match.start("value") + left <= quantity.start < match.end("value") + left:
                continue
            if self._status_of_next(match, right, left, more):
                continue
            subject = ""
            if "subject" in match.groupdict() and match["subject"]:
                start, end = match.span("subject")
                named = self.view.text[left + start : left + end]
                found = [m.end() for m in _FINDING.finditer(named) if len(named) - m.end() > 1]
                subject = self.nouns.trim(named[found[-1] :] if found else named).noun
                subject = _HAVING.sub("", subject)
                subject = (
                    ""
                    if subject in self.done or subject in self.pending or subject in ("中", "里", "内") or subject.endswith(("到", "至"))
                    else subject
                )
            return rule.set["part"], subject, rule, left + match.end()
        return None, "", None, right
