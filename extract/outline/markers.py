"""Flat candidates first: every mark that may begin an item, then those that the numbering around them bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extract.model import Marker
from extract.outline.lines import Line
from extract.outline.scrambled import scrambled_marks
from extract.outline.union import Match, Pattern, union
from extract.rulebook import Rulebook

_HAN = {c: i for digits in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for i, c in enumerate(digits)}
_SINGLE = re.compile("[①-⑳㉑-㉟❶-❿➀-➓⓵-⓾⑴-⒇⒈-⒛Ⅰ-Ⅻ㈠-㈩]")
_RUNS = (
    *((0x2460, 20, 1), (0x3251, 15, 21), (0x2776, 10, 1), (0x2780, 10, 1), (0x278A, 10, 1), (0x24F5, 10, 1)),
    *((0x2474, 20, 1), (0x2488, 20, 1), (0x2160, 12, 1), (0x3220, 10, 1)),
)
"""First sign, how many, the number of the first: ① ㉑ ❶ ➀ ➊ ⓵ ⑴ ⒈ Ⅰ ㈠."""
_ASCII_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_WORDS = re.compile(r"\d+|[零〇一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]+|[A-Za-z]+")

# A mark inside a paragraph stands behind one of these. The look-ahead is the rough shape of every mark that may stand there, so that the rules
# are tried in few places only.
_POINT = re.compile(
    r"[。；;：:！!？?，,、”’」）)》】…\s　](?=[一二三四五六七八九十]{1,4}\s?[是要、．.]|[第其][一二三四五六七八九十]|[（(]\s?[一二三四五六七八九十\d]|"
    r"\d{1,3}\s?[.．、）)]|[①-⑳㉑-㉟❶-❿➀-➓⓵-⓾⑴-⒇⒈-⒛㈠-㈩])"
)
_AFTER_HEADING = re.compile(r"[^。；;：:，,！!？?\n]{3,40}?[，,]?(?=[（(][一二三四五六七八九十]{1,3}[）)]|(?<![\d.])1[.．、](?!\d))")
_AFTER_PAIR = re.compile(r"[\u4e00-\u9fff]{4,8}[,，、 ][\u4e00-\u9fff]{4,8}(?=1[.．、](?!\d))")
"""A heading of two clauses right before the first number (压实分工，严格考评1.设立…)."""
_AFTER_LONG_HEADING = re.compile(r"[^。；;：:！!？?\n]{3,50}?(?=[（(]一[）)]|第一[，,]|(?<![第万统唯])一[是要])")
# A bracketed number is hardly anything but a mark, also behind a comma (会议要求，（一）…；（二）…).
# A number of a list whose sign was lost or misread (…。3,疏浚沟渠…。4修复岸线…).
_UNSIGNED = re.compile(
    r"(?<=[。；;）)”])\s?(?P<label>(?P<number>\d{1,2})\s?[，,]?)(?=[\u4e00-\u9fff])(?![年月日时个项家处条座件万亿倍度号])"
)
_MOST_LOST = 4
_ANNOUNCED = ("如下：", "如下:")
_BRACKETED = frozenset({"circled", "paren", "arabic_paren"})
_WORD_FAMILIES = frozenset({"nth", "among", "is", "must"})
_TRAILING = 2
_ENDED = frozenset("。；;.！!？?：:”’）)…")
_PAUSE = "，,、"
_COUNTED = ("", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十")
_REFERS = "第见按照至同和及与或上前"
_NEAR = 40
_AHEAD = 40
"""Lines in which the second of a doubtful list is looked for."""
# Numbers of these families are headings: one inside a paragraph has lost the line end before it.
BLOCKS = frozenset({"part", "chapter", "section", "article", "comma"})


class Mark(NamedTuple):
    """A mark: its label stands at start:end. `first`: it opens its line. `single`: the line holds no other mark of its list.

    `behind`: the character before it, empty at a line's start.
    """

    start: int
    end: int
    family: str
    ordinal: int
    marker: Marker
    doubtful: bool = False
    first: bool = False
    behind: str = ""


@dataclass(frozen=True)
class Scanner:
    """The numbering rules as two patterns, for a line's start and for a place inside it. `families`: what each group of a pattern is."""

    line: Pattern
    inside: Pattern
    families: dict[str | None, tuple[str, Marker, bool]]
    rank: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=8)
def scanner_of(book: Rulebook) -> Scanner:
    """The scanner of the rules of kind numbering; made once for each set of rules."""
    rules = book.of_kind("numbering")
    return _scanner(
        tuple((rule.source, rule.set["family"], rule.set["marker"], rule.set["place"], rule.set.get("doubtful", "")) for rule in rules)
    )


@lru_cache(maxsize=8)
def _scanner(rules: tuple[tuple[str, str, Marker, str, str], ...]) -> Scanner:
    rank: dict[str, int] = {}
    for _, family, _, _, _ in rules:
        rank.setdefault(family, len(rank))
    return Scanner(
        line=union([(i, rule[0]) for i, rule in enumerate(rules)]),
        inside=union([(i, rule[0]) for i, rule in enumerate(rules) if rule[3] == "any"]),
        families={f"r{i}": (family, marker, bool(doubtful)) for i, (_, family, marker, _, doubtful) in enumerate(rules)},
        rank=rank,
    )


@lru_cache(maxsize=1024)
def ordinal_of(label: str) -> int:
    """The number that a label bears (（三） → 3, 第十二条 → 12, ④ → 4, B. → 2), 0 where it bears none.

    A decimal label counts by its last part (2.3 → 3).
    """
    single = _SINGLE.search(label)
    if single:
        code = ord(single[0])
        return next(code - first + begin for first, count, begin in _RUNS if first <= code < first + count)
    words = _WORDS.findall(label)
    if not words:
        return 0
    word = words[-1]
    if word.isascii():
        return int(word) if word.isdigit() else _ASCII_ROMAN.get(word, 0) or ord(word[0].lower()) - ord("a") + 1
    return _han(word)


def _han(word: str) -> int:
    total = digit = 0
    for character in word:
        if character in "十拾":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _HAN[character]
    return total + digit


def _mark(scanner: Scanner, match: Match, first: bool, behind: str) -> Mark:
    family, marker, doubtful = scanner.families[match.lastgroup]
    return Mark(match.start(), match.end(), family, ordinal_of(match[0]), marker, doubtful, first, behind)


def candidates(scanner: Scanner, text: str, start: int, end: int) -> list[Mark]:
    """All that looks like a mark in the line text[start:end], in order."""
    marks: list[Mark] = []
    opening = scanner.line.match(text, start, end)
    if opening:
        marks.append(_mark(scanner, opening, True, ""))
    for point in _POINT.finditer(text, start, end):
        place = point.end()
        if marks and place < marks[-1].end:
            continue
        match = scanner.inside.match(text, place, end)
        if match:
            mark = _mark(scanner, match, False, text[place - 1])
            if mark.marker == "word" or mark.family in _BRACKETED or mark.behind not in _PAUSE:
                marks.append(mark)
    counted = [mark for mark in marks if mark.family == "arabic"] if len(marks) > 1 else []
    gaps = ((before, behind) for before, behind in pairwise(counted) if 1 < behind.ordinal - before.ordinal <= _MOST_LOST + 1)
    if lost := [mark for before, behind in gaps for mark in _unsigned(text, before, behind)]:
        marks = sorted(marks + lost)
    if scrambled := scrambled_marks(text, start, end):
        kept = [mark for mark in marks if mark.family not in ("comma", "paren")]
        marks = sorted(
            [*kept, *(Mark(at, stop, "paren" if inner else "comma", number, "number", first=True) for at, stop, number, inner in scrambled)]
        )
    if opening and marks[0].family == "paren":
        glued = list(_glued(scanner, text, marks, end))
        if glued:
            marks = sorted(marks + glued)
    return marks


def _unsigned(text: str, before: Mark, behind: Mark) -> list[Mark]:
    """The marks between two of a list, each without its sign, where all of them stand there in order; else none."""
    found: list[Mark] = []
    for match in _UNSIGNED.finditer(text, before.end, behind.start):
        if int(match["number"]) == before.ordinal + len(found) + 1:
            found.append(Mark(*match.span("label"), "arabic", int(match["number"]), "number", False, False, text[match.start("label") - 1]))
    return found if len(found) == behind.ordinal - before.ordinal - 1 else []


def _glued(scanner: Scanner, text: str, marks: list[Mark], end: int) -> Iterator[Mark]:
    """The next marks of the list that a line opens with, each glued to a short field before it, since the line end is lost (整改时限：年底（二）…)."""
    number, place = marks[0].ordinal + 1, marks[0].end
    taken = {mark.start for mark in marks}
    while number < len(_COUNTED):
        at = max(text.find(f"{opening}{_COUNTED[number]}{closing}", place, end) for opening, closing in ("（）", "()"))
        if at < 0:
            return
        colon = max(text.rfind("：", max(place, at - _NEAR), at), text.rfind(":", max(place, at - _NEAR), at))
        match = scanner.inside.match(text, at, end)
        if match and at not in taken and colon >= 0 and text[at - 1] not in _REFERS and text.find("。", colon, at) < 0:
            yield _mark(scanner, match, False, "")
        number, place = number + 1, at + 1


@dataclass
class Numbering:
    """What was accepted so far: the last number of each family, in this line and before it."""

    last: dict[str, int] = field(default_factory=dict)
    line: dict[str, int] = field(default_factory=dict)

    def take(self, mark: Mark) -> Mark:
        self.last[mark.family] = self.line[mark.family] = mark.ordinal
        return mark


def accepted(scanner: Scanner, text: str, lines: Sequence[Line | None]) -> list[list[Mark]]:
    """For each line the marks that begin items there; none for None, a line that is no text of the body.

    A mark at a line's start counts, unless it is doubtful; one inside a paragraph counts when it begins or goes on with a sequence
    (一是…；二是…). A doubtful one (2.30个小区) counts as the next of its list or as the first, when a second follows.
    """
    found = [candidates(scanner, text, line.start, line.end) if line else [] for line in lines]
    found.append([])
    numbering = Numbering()
    return [accept_line(scanner, text, line.end, found[i], _following(found, i), numbering) if line else [] for i, line in enumerate(lines)]


def _following(found: Sequence[list[Mark]], i: int) -> list[Mark]:
    """The marks of the next line; for a doubtful one (1.1 目的, its text below it) those of the next line that opens with its like."""
    if not found[i] or not found[i][0].doubtful or found[i][0].ordinal != 1:
        return found[i + 1]
    family = found[i][0].family
    return next((marks for marks in found[i + 1 : i + _AHEAD] if marks and marks[0].first and marks[0].family == family), [])


def accept_line(scanner: Scanner, text: str, end: int, marks: list[Mark], following: list[Mark], numbering: Numbering) -> list[Mark]:
    """The marks of one line that count; `following` are those of the next line. Goes on with `numbering`."""
    result: list[Mark] = []
    if not marks:
        return result
    numbering.line = {}
    seconds = {mark.family: mark.start for mark in marks if mark.ordinal == 2}
    thirds = {mark.family: mark.start for mark in marks if mark.ordinal == 3 and mark.marker == "word"}
    if following and following[0].first and following[0].ordinal == 2:
        seconds[following[0].family] = following[0].start
    for mark in marks:
        if result and mark.start < result[-1].end:
            continue
        if mark.marker == "word" and mark.ordinal > 1:
            mark = _in_family(mark, numbering)
        announced = mark.ordinal == 1 and mark.behind != "" and text[mark.start - 4 : mark.start].rstrip().endswith(_ANNOUNCED)
        lost = mark.ordinal == 2 and mark.behind not in _PAUSE and thirds.get(mark.family, -1) > mark.start
        cut = mark.ordinal == 1 and mark.marker == "word" and mark.behind == "。" and _breaks_off(text, end)
        if lost or announced or cut or _counts(mark, seconds.get(mark.family, -1) > mark.start, numbering):
            result.append(numbering.take(mark))
            above: Mark | None = mark
            while above and (above.family in BLOCKS or above.family == "paren"):
                above = _hidden(scanner, text, above, end, numbering) or _opened(scanner, text, above, end, seconds)
                if above:
                    result.append(numbering.take(above))
    return result


def _in_family(mark: Mark, numbering: Numbering) -> Mark:
    """The mark as one of the list it goes on with, where that changed its word (一要…；二要…；三是…)."""
    if mark.family in numbering.line:
        return mark
    goes_on = (family for family, number in numbering.line.items() if number == mark.ordinal - 1 and family in _WORD_FAMILIES)
    family = next(goes_on, "")
    return mark._replace(family=family) if family else mark


def _breaks_off(text: str, end: int) -> bool:
    """Whether a text ends here in the middle of a sentence: the second of a list may have been cut off."""
    return end + _TRAILING >= len(text) and text[end - 1] not in _ENDED


def _counts(mark: Mark, followed: bool, numbering: Numbering) -> bool:
    """Whether a candidate counts; `followed`: a second of its family stands behind it."""
    number, family = mark.ordinal, mark.family
    before = numbering.last.get(family, 0)
    second = number == 1 and followed
    if mark.first:
        return not mark.doubtful or second or before == number - 1 > 0
    if number == 1:
        return second or (mark.marker == "word" and mark.behind in "：:")
    here = numbering.line.get(family)
    if mark.doubtful:
        return here == number - 1
    if here is not None:
        return here < number <= here + 2
    return before == number - 1


def _hidden(scanner: Scanner, text: str, mark: Mark, end: int, numbering: Numbering) -> Mark | None:
    """The mark that follows a heading without any sign between them, where line ends were lost (一、责任不实(一)研究不够。)."""
    last = min(end, mark.end + 60)
    gap = _AFTER_HEADING.match(text, mark.end, last) or _AFTER_PAIR.match(text, mark.end, last)
    match = scanner.inside.match(text, gap.end(), end) if gap else None
    if gap is None or match is None:
        return None
    hidden = _mark(scanner, match, False, "")
    goes_on = hidden.ordinal in (1, numbering.last.get(hidden.family, 0) + 1)
    return hidden if goes_on and hidden.family != mark.family else None


def _opened(scanner: Scanner, text: str, mark: Mark, end: int, seconds: Mapping[str, int]) -> Mark | None:
    """The first mark of a list right behind a heading of two clauses, where line ends were lost and the second stands further on."""
    gap = _AFTER_LONG_HEADING.match(text, mark.end, min(end, mark.end + 60))
    match = scanner.inside.match(text, gap.end(), end) if gap else None
    if match is None:
        return None
    opened = _mark(scanner, match, False, "")
    return opened if opened.family != mark.family and seconds.get(opened.family, -1) > opened.start else None
