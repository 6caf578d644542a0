"""Tallies: how many of how many. A count is labelled by the words around it, then parts are grouped with their total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import regex

from extract.model import Claim, DateMention, Outline, Passage, Quantity, Tally, View
from extract.records.nouns import trim_noun
from extract.records.sentences import QUANTITY, Sentence, clauses
from extract.rulebook import Rulebook
from extract.rulebook.schema import TIMEOUT

Sentences = Iterable[tuple[Sentence, tuple[Quantity, ...], tuple[DateMention, ...]]]

_ALL = regex.compile(r"(?:均|都|全部|悉数)(?:已|已经|按期|如期|全部)*")
_RATE = regex.compile(r"(?:办结率|整改率|完成率|销号率|占比|占|完成比例|开工率|整治率|化解率)(?:达到?|为)?$")
_PLACE = regex.compile(r"^[^，。；、\s]{1,10}(?:省|市|县|区|州|盟|旗|镇|乡|街道|园区|新区|局|委|办|公司|集团|中心|院|校|站)$")


@dataclass(slots=True)
class _Group:
    """A tally in the making."""

    subject: str
    total: Quantity | None
    rule: str
    start: int
    end: int
    parts: dict[str, Quantity] = field(default_factory=dict)
    all_of_them: str = ""
    rate: Quantity | None = None
    bare: bool = False


def find_tallies(found: Sentences, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> tuple[list[Tally], list[Claim]]:
    """The tallies of the running text. `taken` holds the starts of quantities that are claimed already; those of tallies are added to the claims."""
    reader = _Reader(view, shaded, rulebook, taken)
    tallies: list[Tally] = []
    claims: list[Claim] = []
    for sentence, quantities, dates in found:
        as_of = next((d.last for d in dates if d.sense == "as_of"), None)
        for group in reader.groups(sentence, quantities, dates):
            tallies.append(_tally(group, sentence.passage, as_of))
            for quantity in (group.total, group.rate, *group.parts.values()):
                if quantity is not None:
                    claims.append(Claim("tally", quantity.start, quantity.end, group.rule))
    return tallies, claims


def _count(quantity: Quantity | None) -> int | None:
    return int(quantity.base_value if quantity.base_value is not None else quantity.value) if quantity is not None else None


def _tally(group: _Group, passage: Passage, as_of: date | None) -> Tally:
    total = _count(group.total)
    counts = {part: _count(quantity) for part, quantity in group.parts.items()}
    if group.all_of_them:
        counts.setdefault(group.all_of_them, total)
    return Tally(
        passage.node, group.subject, total, counts.get("done"), counts.get("ongoing"), counts.get("pending"),
        group.rate.value if group.rate else None, as_of, group.start, group.end, group.rule,
    )  # fmt: skip


class _Reader:
    """The rules and words that grouping needs, looked up once a document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, taken: set[int]) -> None:
        self.view, self.shaded, self.taken = view, shaded, taken
        self.rulebook = rulebook
        self.rules = rulebook.of_kind("tally")
        self.units = rulebook.words("count_units")
        self.done, self.pending = rulebook.words("done"), rulebook.words("pending")
        self.nouns = rulebook.words("tally_nouns")
        self.actions = rulebook.words("actions")

    def groups(self, sentence: Sentence, quantities: tuple[Quantity, ...], dates: tuple[DateMention, ...]) -> list[_Group]:
        """The tallies of one sentence."""
        spans = clauses(sentence, self.shaded)
        open_group: _Group | None = None
        noun = ""
        groups: list[_Group] = []

        def close() -> None:
            nonlocal open_group
            if open_group is not None and (open_group.parts or open_group.all_of_them or open_group.bare):
                groups.append(open_group)
            open_group = None

        for clause_start, clause_end in spans:
            inside = [q for q in quantities if clause_start <= q.start < clause_end and self.shaded[q.start] == QUANTITY]
            if not inside:
                if "；" not in self.view.text[open_group.end : clause_start] if open_group else False:
                    self._all_of_them(open_group, clause_start, clause_end)
                continue
            for i, quantity in enumerate(inside):
                left = inside[i - 1].end if i else clause_start
                right = inside[i + 1].start if i + 1 < len(inside) else clause_end
                if quantity.kind == "percent" and open_group and open_group.parts and _RATE.search(self.shaded[left : quantity.start]):
                    open_group.rate = quantity
                    open_group.end = max(open_group.end, quantity.end)
                    continue
                if quantity.start in self.taken or quantity.unit not in self.units or quantity.operator != "=" or quantity.value_high is not None:
                    continue
                part, subject, rule, end = self._label(left, right, quantity)
                if part == "all":
                    close()
                    open_group = _Group(subject or noun, quantity, rule, clause_start, end, all_of_them="done")
                    continue
                if part in ("done", "ongoing", "pending"):
                    planned = any(d.sense == "by" and clause_start <= d.start < quantity.start for d in dates) and part == "done"
                    if open_group is not None and self._belongs(open_group, quantity) and part not in open_group.parts and not planned:
                        open_group.parts[part] = quantity
                        open_group.end = max(end, quantity.end)
                    elif part != "done" and not planned:
                        close()
                        before = trim_noun(self.shaded[left : quantity.start], self.rulebook).noun
                        open_group = _Group(subject or before or noun, None, rule, clause_start, end, {part: quantity})
                    continue
                if part is None or (part == "total" and open_group is not None and open_group.parts and not subject):
                    continue
                close()
                if subject and _PLACE.match(subject) and noun and part == "total":
                    subject = subject + noun
                elif subject and part in ("total", "bare"):
                    noun = subject
                open_group = _Group(subject or noun, quantity, rule, clause_start, clause_end if part == "bare" else quantity.end, bare=part == "bare")
            self._all_of_them(open_group, inside[-1].end, clause_end)
        close()
        return groups

    def _belongs(self, group: _Group, part: Quantity) -> bool:
        if group.total is None:
            return True
        return part.value <= group.total.value and part.unit in (group.total.unit, "个", "项", "件", "家", "处")

    def _all_of_them(self, group: _Group | None, start: int, end: int) -> None:
        """A clause that settles the whole total: 已全部办结, 均未完成."""
        if group is None or group.total is None or group.parts or group.all_of_them:
            return
        text = self.view.text[start:end]
        match = _ALL.search(text)
        if match is None:
            return
        rest = text[match.end() :]
        if any(word in rest for word in self.pending):
            group.all_of_them = "pending"
        elif any(word in rest[:14] for word in self.done):
            group.all_of_them = "done"
        if group.all_of_them:
            group.end = end

    def _label(self, left: int, right: int, quantity: Quantity) -> tuple[str | None, str, str, int]:
        """What the count is: part, subject, rule and where its statement ends."""
        window = self.shaded[left:right]
        for rule in self.rules:
            match = rule.regex.search(window, timeout=TIMEOUT)
            if match is None or not match.start("value") + left <= quantity.start < match.end("value") + left:
                continue
            subject = ""
            if "subject" in match.groupdict() and match["subject"]:
                start, end = match.span("subject")
                subject = trim_noun(self.view.text[left + start : left + end], self.rulebook).noun
            return rule.set["part"], subject, rule.id, left + match.end()
        return None, "", "", right
