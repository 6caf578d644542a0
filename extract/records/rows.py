"""Counts told in a row for several places or kinds: 甲县、乙县分别承担12项、11项, then 已完成5项、4项."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

import regex

from extract.model import Quantity, View
from extract.records.sentences import Sentence
from extract.records.subjects import Subjects

_MOST_PLACES = 30
_CLOSED = "，。；、）,;"
_RUN = regex.compile(r"\ue000+(?:[、和]\ue000+)+")
_REST = r"(?:还有|尚有|仍有|还剩|剩余|尚余)"
_SAID = (
    r"分别(?:还|已|仍|共|累计)*(?:(?:承担|负责|涉及|认领|牵头|领办|交办|受理|排查|发现|登记|反馈|为|是|占|有|"
    rf"(?P<rest>剩|{_REST}))的?(?P<noun>\p{{Han}}{{0,8}})|(?P<status>\p{{Han}}{{2,6}}))$"
)
_SHARED_OUT = regex.compile(rf"(?P<names>[^，；。\ue000\ue001]+?){_SAID}")
_PLENTY = regex.compile(
    rf"(?P<names>[^，；。\ue000\ue001]+(?:[县区市州旗镇乡局委]|街道))(?P<noun>\p{{Han}}{{2,6}}?)(?:存量|总量|数量?|量)?(?:[较偏居最]多|[靠居]前|突出|[较最]大|[较偏最]高)，{_SAID}"
)
"""Places named in the clause before 分别: 元山县、红渡县积案较多，|分别剩19件、11件."""
_OF_KIND = regex.compile(r"(?P<name>.+?(?:类|[县区市州旗镇乡局委]|街道))(?:承担|负责|牵头|认领|涉及)?的?(?P<noun>\p{Han}{2,6})")
"""The last of several kinds or places with what they are of: 水、大气、固废类|问题."""
_EACH = regex.compile(r"(?P<names>[^，；。\ue000\ue001]+?)各(?:有|承担|负责|牵头)?$")
_SHARED = regex.compile("分别|各有|各为")
_STATUS_BEFORE = regex.compile(
    r"(?:(?:^|[，；。])(?:目前|现|已?分别|均|已|截至目前)*|(?<=[^，；。\ue000])(?:目前|现|已|均)*分别(?:已|仅)?)(?P<status>[^，；。\ue000\ue001]{2,8})$"
)
_STATUS_AFTER = regex.compile(r"\ue004*(?:项|个|件)?\p{Han}{0,8}?(?P<status>(?:未|没有|尚未|正在|已)\p{Han}{2,6})(?=[，。；\n]|$)")
_COORDINATOR = regex.compile(r"、|和(?![县市区镇乡])")


class Row(NamedTuple):
    """names: the places or kinds, one for each count of `run`, or none where they were told before.   noun: what is counted, where printed.
    part: how they all stand, or an empty string.   took: how many numbers were read."""

    names: list[str]
    noun: str
    part: str
    run: list[Quantity]
    took: int


class Rows:
    """Reads rows of counts in one document."""

    def __init__(self, view: View, shaded: str, subjects: Subjects) -> None:
        self.view, self.shaded, self.subjects = view, shaded, subjects

    def read(self, sentence: Sentence, start: int, inside: list[Quantity], i: int, countable: Container[int]) -> Row | None:
        """The row that begins with a count of a clause, or None. Where 分别 says that there is one but its names are not known, it has neither
        names nor part: nothing else reads its numbers. `countable` holds where the counts stand that may be read."""
        each = _EACH.search(self.shaded, start, inside[i].start) if self.shaded.rfind("各", start, inside[i].start) >= 0 else None
        names = _COORDINATOR.split(self.view.text[slice(*each.span("names"))].removeprefix("其中")) if each else []
        if len(names) > 1 and inside[i].start in countable and all(map(self._is_name, names)):
            return Row(names, "", "", [inside[i]] * len(names), 1)
        if i + 1 == len(inside):
            return None
        row = inside[i : i + _MOST_PLACES]
        match = _RUN.match(self.shaded, row[0].start, row[-1].end)
        run = [q for q in row if match and q.start < match.end() and q.start in countable]
        if match is None or len(run) < len(_COORDINATOR.findall(match[0])) + 1 or len(run) < 2:
            return None
        after = _STATUS_AFTER.match(self.shaded, match.end(), sentence.end)
        closed = match.end() == sentence.end or self.view.text[match.end()] in _CLOSED
        shared = self._shared_out(sentence, start, run, after["status"] if after else "") if closed or after else None
        if shared is not None:
            return shared
        status = _STATUS_BEFORE.search(self.shaded[start : run[0].start])
        part = self.subjects.stages.part_of(status["status"]) if status else ""
        part = part or (self.subjects.stages.shown(after["status"], rest=False) if after is not None else "")
        if part or _SHARED.search(self.view.text, start, run[0].start):
            return Row([], "", part, run, len(run))
        return None

    def _shared_out(self, sentence: Sentence, start: int, run: list[Quantity], after: str) -> Row | None:
        """The row of counts that 分别 shares out over as many names, or None. `after`: what is told of them behind their counts."""
        before = self.shaded.rfind("，", sentence.start, start - 1) + 1 or sentence.start
        alone = self.view.text.startswith("分别", start)
        told = (_PLENTY if alone else _SHARED_OUT).search(self.shaded, before if alone else start, run[0].start)
        if told is None:
            return None
        names = [name.removeprefix("其中") for name in _COORDINATOR.split(self.view.text[slice(*told.span("names"))])]
        noun = next((self.view.text[slice(*span)] for span in told.spans("noun") if span[0] < span[1]), "")
        last = None if self._is_name(names[-1]) else _OF_KIND.fullmatch(names[-1])
        if last is not None and (last["name"].endswith("类") or self.subjects.is_matter(last["noun"])):
            names, noun = [*names[:-1], last["name"]], last["noun"]
        if names[-1].endswith("类"):
            names = [name.removesuffix("类") + "类" for name in names]
        part = self.subjects.stages.shown(after, rest=False) if after else self.subjects.stages.part_of(told["status"] or "")
        part = "pending" if told["rest"] and not part else part
        if len(names) != len(run) or not all(map(self._is_name, names)) or (told["status"] and not part):
            return None
        return Row(names, noun, part, run, len(run))

    def _is_name(self, name: str) -> bool:
        return self.subjects.is_place(name) or name.endswith("类") or self.subjects.is_known_kind(name)
