"""When two documents speak of the same thing: indicators, places and comparisons brought to one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

import regex

from extract.rulebook import Rulebook
from extract.tables.schema import DocumentRow, TallyRow, TargetRow

_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_MARKS = re.compile(r"[\s“”\"'‘’《》·、，,]+")
_YEAR = re.compile(r"\d{4}(?=年)")


class Key(NamedTuple):
    """What must agree before two rows are compared: place, part of the place, indicator, deed, direction, comparison and unit."""

    region: str
    scope: str
    indicator: str
    deed: str
    change: str
    compared_to: str
    unit: str


@dataclass(frozen=True)
class Words:
    """The word lists that indicators are compared by."""

    names: Mapping[str, str]
    openers: frozenset[str]
    deeds: Mapping[str, str]
    neutral: frozenset[str]
    measurands: frozenset[str]
    vague: frozenset[str]
    whole: frozenset[str]
    comparisons: Mapping[str, str]
    recurrences: frozenset[str]
    regions: Mapping[str, str] = field(repr=False)
    handed_over: frozenset[str]
    done: frozenset[str]
    sub_place: regex.Pattern[str]

    @classmethod
    def of(cls, book: Rulebook) -> Words:
        """The lists of a rulebook."""
        names = dict(book.lookup("indicator_names"))
        return cls(
            names=names | {name: name for name in names.values()},
            openers=book.words("indicator_openers"),
            deeds=book.lookup("deeds"),
            neutral=book.words("reach") | book.words("neutral_deeds"),
            measurands=book.words("measurands"),
            vague=book.words("vague_indicators"),
            whole=book.words("whole_scopes"),
            comparisons=book.lookup("comparisons"),
            recurrences=book.words("recurrences"),
            regions=book.lookup("regions"),
            handed_over=book.words("handed_over"),
            done=book.words("done"),
            sub_place=regex.compile(book.fragments["sub_place"].source, regex.VERSION1),
        )

    def key(self, row: TargetRow, document: DocumentRow) -> Key | None:
        """What a target or result is about; None where that cannot be told well enough to compare it with another document's.

        A bare 任务 or 完成率 names nothing; what recurs (每月不少于2次) has no state that a report could give.
        """
        place = self.place(document)
        if not place or any(word in row.text for word in self.recurrences):
            return None
        noun = self._noun(row.indicator, document.region)
        noun, deed = self._deed(noun, row.action)
        if len(noun) < 2 or noun in self.vague:
            return None
        return Key(
            place,
            self.scope(row.scope, document.region),
            noun,
            deed,
            row.change,
            self._comparison(row.compared_to),
            row.base_unit or row.unit,
        )

    def place(self, document: DocumentRow) -> str:
        """The document's place, by its code where it has one; empty where several places bear the name.

        A title that goes on with a smaller place (汐林市港区2023年…) is about that one.
        """
        name = document.region
        after = document.title.partition(name)[2]
        smaller = self.sub_place.match(after, timeout=2.0) if document.title.startswith((name, f"关于{name}")) else None
        if smaller:
            return name + smaller[0]
        return document.region_code or ("" if name in self._borne_by_many else name)

    def scope(self, scope: str, region: str) -> str:
        """The part of a place that a number is counted over; empty for all of it (全市 in a document of a city)."""
        if scope in ("", region) or (scope in self.whole and (scope[0] not in "全我本" or scope[-1] == region[-1:])):
            return ""
        return scope

    def counted(self, row: TargetRow | TallyRow, region: str) -> tuple[str, str]:
        """What is counted, and what is to be done to it: 泵站, 改造 of 完成泵站改造43座; 问题 of 督察反馈问题整改率, and no deed, since a 问题 can
        only be settled. No noun for a rate that is none of what is settled."""
        if isinstance(row, TallyRow):
            name, action = self._noun(row.subject, region), ""
        else:
            name, action = self._noun(row.indicator, region), row.action
            if row.base_unit == "%":
                settled = self._settled_rate.search(name) if name.endswith("率") else None
                if settled is None:
                    return "", ""
                name, action = name[: settled.start()], settled[1]
        task = self._task.search(name) if name.endswith(self._tasks) else None
        noun, deed = self._deed(name[: task.end(1)] if task and task.start() >= 2 else name, action)
        bare = self._handed_over.sub("", noun)
        if bare in self.vague:
            return bare, ""
        return noun, deed

    def _noun(self, indicator: str, region: str) -> str:
        noun = _MARKS.sub("", _BRACKETED.sub("", indicator) or indicator)
        return self._named.sub(lambda match: self.names[match[0]], self._opening(region).sub("", noun))

    def _deed(self, noun: str, action: str) -> tuple[str, str]:
        """The bare noun and what is done to it: 泵站改造 that is 完成 is the 改造 of 泵站. For what is measured the verb does not matter."""
        if noun in self.measurands or self._measured.search(noun):
            return noun, ""
        if action and action not in self.neutral:
            return noun, self.deeds.get(action, action)
        match = self._done.search(noun)
        if match and match.start() >= 2:
            return noun[: match.start()], self.deeds[match[0]]
        match = self._doing.match(noun)
        if match and len(noun) - match.end() >= 2:
            return noun[match.end() :], self.deeds[match[0]]
        return noun, ""

    def _comparison(self, text: str) -> str:
        if not text:
            return ""
        year = _YEAR.search(text)
        return year[0] if year else self.comparisons.get(text, text)

    @cached_property
    def _opening(self) -> Callable[[str], re.Pattern[str]]:
        """By the name of a place, what stands before a noun: that name, and words behind which two characters are left at least."""

        @cache
        def opening(region: str) -> re.Pattern[str]:
            words = self.openers | {word for word in self.whole if word[0] in "全我本" and word[-1] == region[-1:]}
            place = f"{re.escape(region)}|" if region else ""
            return re.compile(rf"\A(?:{place}(?:{_any(words).pattern})(?=..))++")

        return opening

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return _any(self.names)

    @cached_property
    def _measured(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_any(self.measurands).pattern})$")

    @cached_property
    def _done(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_any(self.deeds).pattern})$")

    @cached_property
    def _doing(self) -> re.Pattern[str]:
        return _any(self.deeds)

    @cached_property
    def _settled_rate(self) -> re.Pattern[str]:
        return re.compile(f"(?<=..)({_any(self.done).pattern})率$")

    @cached_property
    def _tasks(self) -> tuple[str, ...]:
        return tuple(self.vague)

    @cached_property
    def _task(self) -> re.Pattern[str]:
        """A deed that is called a task: 生活污水治理任务."""
        return re.compile(f"({_any(self.deeds).pattern})(?:{_any(self.vague).pattern})$")

    @cached_property
    def _handed_over(self) -> re.Pattern[str]:
        return re.compile(rf"\A(?:{_any(self.handed_over).pattern})+的?")

    @cached_property
    def _borne_by_many(self) -> frozenset[str]:
        """Names that stand in the list of places only behind a larger place's: several bear them (城关区)."""
        ends = {name[place:] for name in self.regions for place in range(2, len(name) - 1) if name[place - 1] in "省市州盟区"}
        return frozenset(ends.difference(self.regions))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
