"""Counts of a tally: what one count is, by the rules of kind tally: the whole, or a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from extract.model import Quantity, View
from extract.records.sentences import QUANTITY, Endings
from extract.records.subjects import Subjects
from extract.records.wholes import GENERAL
from extract.rulebook import Rulebook
from extract.rulebook.cues import Cues

_NEXT = 6
"""Characters between a status and the next count of which it is said."""
_TO_DO = regex.compile(r"^对|[需应待](?:整治|整改|治理|处置|化解|销号|修复|拆除|搬迁|改造|退出|办理)")


@dataclass(slots=True)
class Label:
    """What one count is: its part, the noun printed with it, the rule that told with what it sets, and where its statement ends."""

    part: str
    noun: str
    rule: str
    set: Mapping[str, str]
    end: int


@lru_cache(maxsize=2)
def cues_of(rulebook: Rulebook) -> tuple[Cues, Endings]:
    """The rules of kind tally by their cues; made once for a rulebook."""
    cues = rulebook.cues("tally")
    return cues, Endings(rulebook, cues)


class Counts:
    """Labels the counts of one document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, subjects: Subjects) -> None:
        self.view, self.shaded, self.subjects = view, shaded, subjects
        self.cues, self.endings = cues_of(rulebook)
        self.cued = self.cues.scan(shaded)

    def label(self, left: int, right: int, quantity: Quantity, *, more: bool, of_total: bool, alike: bool) -> Label | None:
        """What the count is, by the first rule that fits the window from `left` to `right`. `more`: another count of the clause follows it;
        `of_total`: a total was told before, without which no loose rule holds; `alike`: it is in the same unit."""
        sees = self.shaded[left - 1] == QUANTITY  # $begin sees the value before
        left -= sees
        window = self.shaded[left:right]
        rules = self.cued.rules(left, right) & self.endings.rules(self.shaded, quantity.start, left)
        for _, rule in self.cues.numbered(rules):
            if "loose" in rule.set and not of_total:
                continue
            if "unit" in rule.set and not (alike and (rule.set["unit"] == "same" or quantity.unit not in GENERAL)):
                continue  # 设置界桩312个，安装摄像头19处
            match = rule.search(window, int(sees))
            if match is None or not match.start("value") + left <= quantity.start < match.end("value") + left:
                continue
            if (more and self._status_of_next(match, right, left)) or self._qualified(match, window, more=more):
                continue
            return Label(rule.set["part"], self.subjects.printed(match, left), rule.id, rule.set, left + match.end())
        return None

    def planned(self, label: Label | None, start: int, left: int, quantity: Quantity) -> Label | None:
        """The label of a whole of matters that is shared out over years (整改任务58项：2031年完成45项，2032年完成13项), or the label it has."""
        said = self.view.text[start : quantity.start]
        noun = label.noun if label is not None else self.subjects.nouns.trim(self.view.text[left : quantity.start]).noun
        owed = noun and (_TO_DO.search(said) is not None or self.subjects.is_matter(noun))
        return Label("bare", noun, "tally-planned", {}, quantity.end) if owed else label

    def _status_of_next(self, match: regex.Match[str], right: int, left: int) -> bool:
        """Whether the words after a count are said of the next one: 32个问题|已完成整改24个, 17个码头|已建成岸电5个."""
        if "status" not in match.re.groupindex or match.start("status") < match.end("value"):
            return False
        rest = self.shaded[left + match.end() : right]
        return len(rest) <= _NEXT and "、" not in rest

    def _qualified(self, match: regex.Match[str], window: str, *, more: bool) -> bool:
        """Whether the words before a count only say which of a whole it counts, as the next count tells how they stand: 限期整改的|19个问题完成13个,
        办结的|58件信访件中，有6件…."""
        if "status" not in match.re.groupindex or not match["status"] or match.end("status") > match.start("value"):
            return False
        return (
            window[match.end("status") : match.start("value")] == "的"
            and not window.startswith(("、", "，"), match.end("value"))
            and (more or window.endswith(("中", "里")))
            and match.end("value") < len(window)
        )
