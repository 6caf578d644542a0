"""Whose rates and sizes they are that a text tells by a bare word: 铁路专用线4条、接入率80%, 厂房9家、面积3.4万平方米."""

from __future__ import annotations

import regex

from extract.model import View
from extract.nlp.words import tag
from extract.records.memory import Memory
from extract.records.nouns import Noun, Nouns
from extract.records.sources import SENTENCE, Sources
from extract.rulebook import Rulebook

_REST_OF_CLAUSE = regex.compile(r"[^，。；、\ue000\ue001]{2,30}(?=，)")
_PAIRED = regex.compile(r"(?<=\ue000)\ue000、[^，。；、\ue000\ue001]{1,14}\ue000+$")
_EFFORT = regex.compile(r"(?<=.{2})(?:办理|整改|整治|推进|管控|执法|监管)*(?:力度|进度|工作|措施|水平|责任)$")
_SHORT_RATE = 3
_SHORT_NAME = 4


class Bearers:
    """Names the bearers of bare rates and sizes in one document, and shortened indicators by the fuller ones told before."""

    def __init__(self, view: View, shaded: str, nouns: Nouns, sources: Sources, rulebook: Rulebook) -> None:
        self.view, self.shaded, self.nouns, self.sources = view, shaded, nouns, sources
        self.actions, self.sizes = rulebook.words("actions"), rulebook.words("sizes")
        self.full: dict[tuple[str, str], str] = {}

    def named(self, name: str, place: int, memory: Memory) -> str:
        """A bare rate or size with its bearer: 铁路专用线4条、接入率80% → 专用线接入率; 厂房9家、面积3.4万平方米 → 厂房面积."""
        if name in self.sizes:
            bearer = self._bearer(memory)
            words = tag(bearer) if bearer else ()
            if len(words) > 1 and words[-1].start > 1 and bearer[words[-1].start :] in self.actions:
                bearer = bearer[: words[-1].start]  # 收集池|扩容，有效容积…
            return name if not bearer or bearer.endswith(name) or self.nouns.measured(bearer) else bearer + name
        if not name.endswith("率") or name.endswith(("效率", "频率")) or len(name) > _SHORT_RATE:
            return name
        pair = _PAIRED.search(self.shaded[max(place - SENTENCE, 0) : memory.behind])
        if (
            pair is not None
            and len(set(memory.told[-2:])) > 1
            and self.view.text[memory.behind - 1] == self.view.text[memory.behind - len(pair[0])]
        ):
            return name  # 建议87件、提案102件，满意率…: of both
        bearer = self.sources.last(memory)
        if bearer.find(name[:-1]) > 0:
            bearer = bearer[: bearer.index(name[:-1])].removesuffix("综合")  # 污水|治理村庄25个，治理率41%
        if bearer.endswith("率"):
            tight = self.shaded[memory.place : place].count("、") == 1 and "，" not in self.shaded[memory.place : place]
            return self.nouns.bearer(bearer) + name if tight and self.nouns.bare(name) else name
        bearer = _EFFORT.sub("", bearer).removesuffix(name[:-1])
        if not bearer or self.nouns.measured(bearer):
            whose = bearer.removesuffix(self.nouns.measurand(bearer)) if bearer else ""
            tight = self.shaded[memory.behind : place - len(name)] == "、"
            return whose + name if tight and len(whose) >= _SHORT_NAME else name  # 林权抵押贷款|余额增长、不良率低于2%
        words = tag(bearer)
        start = next((word.start for word in reversed(words) if len(bearer) - word.start > 1), 0)
        return name if words[-1].tag == "v" else bearer[start:] + name

    def _bearer(self, memory: Memory) -> str:
        """What a size is the size of: the matter of a clause since the last number, else what that number counted."""
        since = [place for place in memory.topics if place[0] > memory.place]
        rest = _REST_OF_CLAUSE.match(self.shaded, memory.behind)  # 3家企业|建成收集池，总容积3600立方米
        built = self.nouns.trim(rest[0]) if rest is not None and not since else Noun("")
        if built.action and built.noun and not self.nouns.measured(built.noun):
            return built.noun
        return (
            next(filter(None, (self.sources.topic(*place) for place in reversed(since))), "") or memory.counted or self.sources.last(memory)
        )

    def fuller(self, name: str, unit: str) -> str:
        """A shortened indicator (完好比例) told by the fuller one that stood before (护栏木桩完好比例)."""
        known = self.full.get((name[-4:], unit))
        if known and known.endswith(name) and len(name) <= 4:
            return known
        self.full[name[-4:], unit] = name
        return name
