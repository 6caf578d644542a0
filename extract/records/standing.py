"""What a number stands for: a target or a result, and the day by which it is to be reached."""

from __future__ import annotations

from typing import Literal

import regex

from extract.model import DateMention, Header, Quantity, View
from extract.records.sentences import DATE, QUANTITY, Sentence, clauses
from extract.rulebook import Rulebook

_COMPARISON = regex.compile(r"(?:较|比|与|同|由|从|相对|相比|对比|自)$")
_COMPARED = regex.compile(
    r"同比|环比|(?:较|比|与|同)(?:\ue001+|[^，。；、\s]{0,4}?(?:上年|去年|同期|上月|基准年|历史))[^，。；、\s]{0,6}?(?:同期|相比|末|底|年)?"
)
_NO_DUE_BEFORE = ("的" + QUANTITY, "相比", "同期", "基准", "基础", "以来", "数据", "水平")
_WORDS = regex.compile(r"[\p{Han}]{3,}")
_REPORTED = regex.compile(r"(?:会议|会上|报告|全会)[^，。；]{0,6}(?:指出|强调|认为|听取|通报)[，：]|")
"""会议指出，|今年前十个月，…: who says it does not stand before a date in its sentence."""
_WILL = regex.compile(r"(?<![主重需必首紧])要(?![求点素件闻])")
_TOLD = regex.compile(r"了$|(?:已|尚有|仍有|现有|目前)(?![^，。；]{0,8}的)")


class Standing:
    """Reads the words, dates and sections around a number. Offsets point into the view's text."""

    def __init__(self, header: Header, view: View, shaded: str, rulebook: Rulebook) -> None:
        self.header, self.view, self.shaded = header, view, shaded
        self.forward = rulebook.words("forthcoming")
        self.backward = tuple(rulebook.words("so_far"))

    def compared_to(self, start: int, quantity: Quantity) -> str:
        """The words of comparison between a clause's start and its number (较2020年, 同比), or an empty string."""
        match = _COMPARED.search(self.shaded, start, quantity.start)
        return self.view.text[match.start() : match.end()] if match else ""

    def governing(self, sentence: Sentence, quantity: Quantity, dates: tuple[DateMention, ...]) -> DateMention | None:
        """The date that the number is to be reached by: the nearest before it that is no comparison, else a deadline after it."""
        beside = next((d for d in dates if d.start == quantity.end and self._may_be_due(sentence, d)), None)
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
            said = _REPORTED.match(self.shaded, sentence.start)
            opens = not _WORDS.search(self.shaded, said.end() if said else sentence.start, mention.start)
            if self._may_be_due(sentence, mention) and (opens or "；" not in self.view.text[mention.end : quantity.start]):
                found = mention
        if found is not None:
            return found
        if any(d.sense == "recurrence" and d.start < quantity.start for d in dates):
            return None
        clause_end = next((end for start, end in clauses(sentence, self.shaded) if start <= quantity.start < end), sentence.end)
        for mention in dates:
            if (
                mention.start > quantity.start
                and self._may_be_due(sentence, mention)
                and (mention.sense == "by" or mention.end <= clause_end)
            ):
                return mention
        return None

    def _may_be_due(self, sentence: Sentence, mention: DateMention) -> bool:
        if mention.last is None or mention.sense not in ("by", "point", "within") or self.shaded[mention.start] != DATE:
            return False
        before = self.shaded[max(sentence.start, mention.start - 2) : mention.start]
        if _COMPARISON.search(before):
            return False
        after = self.shaded[mention.end : mention.end + 3]
        if mention.precision == "plan" and mention.sense == "point" and not after.startswith(("，", ",", "期间", "时期")):
            return False  # 十四五减排目标 names the plan
        return not after.startswith(_NO_DUE_BEFORE)

    def kind(self, sentence: Sentence, start: int, quantity: Quantity, governing: DateMention | None) -> Literal["target", "result"]:
        """Whether the number of the clause that begins at `start` is to be reached or was reached: by its section, its words and its date."""
        passage = sentence.passage
        clause = self.view.text[start : quantity.start]
        opening = self.view.text[sentence.start : quantity.start]
        loose = passage.node is None and passage.field is None
        if passage.role == "objective":
            return "result" if clause.startswith(("目前", "截至", "已")) else "target"
        if passage.role == "problem":
            return "result"
        if passage.role == "progress" or (loose and self.header.doc_type in ("progress", "news")):
            return "target" if self._ahead(governing) or self._forthcoming(opening) else "result"
        if quantity.operator in (">=", "<=") and "已" not in clause:
            return "target"
        if self._so_far(opening, clause):
            return "result"
        past = governing is not None and governing.sense == "point" and self._before_publication(governing)
        unplanned = not self._forthcoming(opening)
        return "result" if unplanned and ((past and passage.field is None) or (loose and governing is None)) else "target"

    def _ahead(self, governing: DateMention | None) -> bool:
        return (
            governing is not None and governing.sense == "by" and not self._before_publication(governing) and self.header.anchor is not None
        )

    def _before_publication(self, mention: DateMention) -> bool:
        return self.header.anchor is not None and mention.last is not None and mention.last < self.header.anchor

    def _forthcoming(self, text: str) -> bool:
        return _WILL.search(text) is not None or any(word in text for word in self.forward)

    def _so_far(self, opening: str, clause: str) -> bool:
        """Whether the words before a number tell what is or was, and nothing after them what will be."""
        if any(word in opening for word in ("目前", "截至", "以来")) or clause.startswith(self.backward):
            return True
        told = _TOLD.search(opening)
        return told is not None and not self._forthcoming(opening[told.end() :])
