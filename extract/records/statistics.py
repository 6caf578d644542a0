"""Tables of figures: a row of counts is a tally, a cell under the name of an indicator a target or result."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import regex

from extract.model import Claim, DateRow, Outline, Passage, Quantity, Tally, Target, View
from extract.records.figures import Figures, head_of
from extract.rulebook import Rulebook

_AROUND = " \t\n\u3000+-＋－−↑↓[]［］()（）*"
"""What may stand around the number of a cell: a sign, or the brackets of a figure for several years ([13.5])."""
_LEAD = regex.compile(r"(?<=\n)\s*[:：]?(?:下如|表下见|表计统|计统|况情)[^\n。；]{0,60}")
"""A line that leads to a table, read backwards."""
_BRACKETS = regex.compile(r"[（(][^（）()]*[）)]")
_REACH = 2000
SUM = regex.compile(r"^(?:合\s*计|总\s*计|小\s*计|总\s*数|全[市县区省州]|合计数)$")


def read_statistics(
    outline: Outline, view: View, rulebook: Rulebook, told: Sequence[Tally]
) -> tuple[list[Target], list[Tally], list[DateRow], list[Claim]]:
    """The rows of statistic passages, and the cells of a task table that hold but a number: tallies where the heads name total and parts, else one target or result for each number with a unit.
    The dates are those that the heads of columns name.
    `told`: the tallies of the running text, in order; a table without a noun of its own counts what was counted before it."""
    found = list(_tables(outline.passages))
    if not found:
        return [], [], [], []
    nouns = list(rulebook.lookup("table_nouns"))
    parts = parts_of(rulebook)
    figures = Figures(outline, view, rulebook)
    targets: list[Target] = []
    tallies: list[Tally] = []
    claims: list[Claim] = []
    for since, cells in found:
        figures.open(since, cells[0].start)
        before = told[: bisect_left(told, cells[0].start, key=lambda tally: tally.start)]
        said = noun_before(view, cells[0].start, nouns, before)
        for _, group in groupby(cells, key=lambda p: (p.row, p.node)):
            row = list(group)
            values = {p: q for p in row if (q := _only(view, p)) is not None}
            columns = parts.of([head_of(p) for p in values])
            counted = {column.part: q for q, column in zip(values.values(), columns, strict=True) if column.part}
            told_by = [(q, column.part) for q, column in zip(values.values(), columns, strict=True) if column.part in _SUMMED]
            if "total" not in counted and (whole := _whole(row, values, counted)) is not None:
                counted["total"] = whole
            if len(counted) > 1 and not counted.keys() <= {"done", "rate"}:
                label = next((p for p in row if p not in values), None)
                noun = next((column.noun for column in columns if column.part == "total"), "")
                tallies.append(_tally(row, label, counted, view, nouns, noun, said, told_by))
                claims.extend(Claim("tally", q.start, q.end, "tally-table") for q in [*counted.values(), *(q for q, _ in told_by)])
                values = {p: q for p, q in values.items() if q not in counted.values() and (q, "ongoing") not in told_by}
            if values:
                read = figures.read(row, values)
                targets.extend(read)
                claims.extend(Claim("target", t.quantity.start, t.quantity.end, t.rule) for t in read)
    claims.extend(Claim("date", row.start, row.end, row.rule) for row in figures.dates.values())
    return targets, tallies, list(figures.dates.values()), claims


class _Column(NamedTuple):
    """part: total, done, ongoing, pending or rate; empty where the head tells of no tally.   noun: what the head says is counted."""

    part: str
    noun: str


_DEEDS = (
    "整改|办结|销号|清理|整治|治理|处置|化解|解决|验收|落实|完成|处理|查处|推进|办理|修复|拆除|清零|关停|改造|(?<=未)(?:启动|开工|达标)"
)
_WHO = "(?:地方|各地|各级|[省市县区镇乡]级|自查|上报|报送|累计|目前|本[月年]|其中|督[察查]组?)*"
_WORDED = tuple(
    (part, f"{_WHO}(?:{words})")
    for part, words in (
        ("rate", f"(?:问题|任务|事项|信访件|举报件)?(?:{_DEEDS})+(?:到位|完成)?率"),
        (
            "pending",
            f"(?:尚|仍|还)*未(?:按期|按时|如期|达到?序时|全部)*(?:(?:{_DEEDS})+(?:到位|完成|完毕)?|(?<=序时)进度)$noun|(?:剩余|滞后|逾期|超期)(?:未(?:{_DEEDS})+)?$noun",
        ),
        ("ongoing", f"(?:正在|持续|阶段性?|达到序时)(?:(?:{_DEEDS}|实施|建设|核查)+|进度)$noun|(?:{_DEEDS}|实施|建设|核查)+中$noun"),
        ("total", r"应(?!急|用|对)\p{Han}{2,6}?数?|应(?!急|用|对)\p{Han}{2,4}$noun"),
        (
            "total",
            "(?:排查|摸排|发现|查出|交办|转办|移交|受理|接收|收到|反馈|认领|承担|下达|涉及|登记)(?:[出到的]|我[省市县区旗州])*$named",
        ),
        ("done", r"(?:已|按期|按时|如期|实际?(?!有|施|行|验|物))\p{Han}{2,6}?(?<!率)数?"),
        (
            "done",
            f"(?:已经?|按期|按时|如期|实际|全部)*(?=(?:{_DEEDS})*(?:完成|办结|销号|到位|完毕)|(?<=[已期]))(?:{_DEEDS})+(?:到位|完毕)?$noun",
        ),
    )
)
"""Heads of columns by their words, beside those of the list: 应处置数, 按期处置数, 排查出隐患. $noun may name what is counted, $named does."""
_SUMMED = ("ongoing",)
_DEED_OF = regex.compile(r"^已|数$")
"""What the head of what is done has around the deed, whose rate may follow: 已化解, 化解率."""
_OF_COUNT = regex.compile(r"(?:[件个条项处家起宗座]数|数量)$")
"""What a head may have behind the deed: 办结件数, 整改数量."""
_NONE = _Column("", "")


class Parts:
    """Tells by a column's head which part of a tally its counts are."""

    def __init__(self, heads: Mapping[str, str], nouns: Sequence[str]) -> None:
        self._heads, self._nouns = heads, tuple(nouns)
        named = rf"的?(?P<noun>[\p{{Han}}“”]{{0,10}}?(?:{'|'.join(nouns)}))(?:总数|总量|数量|件数|个数|数)?"
        self._worded = [
            (part, regex.compile(words.replace("$named", named).replace("$noun", f"(?:{named}|数量|件数|个数|数)?")))
            for part, words in _WORDED
        ]

    def of(self, heads: Sequence[str]) -> list[_Column]:
        """What each column counts. What is counted may stand before its part: 台账问题（个）总数, or 堆场（个）总数 beside 堆场（个）已完成."""
        found = [self._read(head) for head in heads]
        wholes = {column.noun for column in found if column.part == "total"}
        told = [column.noun for column in found]
        deeds = [_DEED_OF.sub("", _BRACKETS.sub("", head)) for head, column in zip(heads, found, strict=True) if column.part == "done"]
        found = [
            _Column("rate", "") if not column.part and any(deed and head.startswith(deed + "率") for deed in deeds) else column
            for head, column in zip(heads, found, strict=True)
        ]
        return [
            column
            if not column.noun or column.noun.endswith(self._nouns) or (column.noun in wholes and told.count(column.noun) > 1)
            else _NONE
            for column in found
        ]

    def _read(self, head: str) -> _Column:
        if head in self._heads:
            thing = head.removesuffix("总数")
            return _Column(self._heads[head], thing if thing != head and len(thing) > 1 and thing not in self._heads else "")
        plain = _BRACKETS.sub("", head).replace("尚未", "未")
        for part, words in self._worded:
            if worded := words.fullmatch(plain):
                return _Column(part, worded.groupdict().get("noun") or "")
        plain = plain if len(plain) < 3 else _OF_COUNT.sub("", plain)
        known = next((plain[i:] for i in range(len(plain) - 1) if plain[i:] in self._heads), "")
        return _Column(self._heads[known], plain.removesuffix(known).removesuffix("数")) if known else _NONE


@lru_cache(maxsize=2)
def parts_of(rulebook: Rulebook) -> Parts:
    """What the heads of tables of counts say by the words of a rulebook."""
    return Parts(rulebook.lookup("tally_heads"), list(rulebook.lookup("table_nouns")))


def _tables(passages: Sequence[Passage]) -> Iterator[tuple[int, list[Passage]]]:
    """The figures of each table: where the text before it ends, and its cells that are no known field."""
    cells: list[Passage] = []
    since, row, end = 0, -1, 0
    for passage in passages:
        if passage.row < 0 or passage.row < row:
            if cells:
                yield since, cells
            cells = []
        if passage.kind in ("statistic", "cell") and passage.start < passage.end:
            since = since if cells else end
            cells.append(passage)
        row, end = passage.row, passage.end
    if cells:
        yield since, cells


def noun_before(view: View, place: int, nouns: list[str], before: Sequence[Tally]) -> str:
    """What a table without a noun of its own counts: what the line that leads to it names, else what was counted last."""
    return _led(view, place, nouns, before) or next((t.noun for t in reversed(before) if t.noun and t.total is not None), nouns[0])


def _led(view: View, place: int, nouns: list[str], before: Sequence[Tally]) -> str:
    """The noun of the line that leads to a table (信访件办理情况如下：), where nothing was counted since; else an empty string."""
    lead = _LEAD.search(view.text[max(0, place - _REACH) : place][::-1])
    if lead is None or (before and before[-1].start >= place - lead.start()):
        return ""
    line = lead[0][::-1]
    found = max(nouns, key=line.rfind)
    return found if found in line else ""


def _whole(row: list[Passage], values: dict[Passage, Quantity], counted: dict[str, Quantity]) -> Quantity | None:
    """The count that stands right before the parts and is not smaller than they are, under whatever head: 点位 34 | 已整治 34 | 整治中 0."""
    parts = [q for part, q in counted.items() if part != "rate"]
    before = [] if not parts else [q for p in row if (q := values.get(p)) is not None and q.start < parts[0].start]
    return before[-1] if before and before[-1].value >= sum(q.value for q in parts) else None


def _only(view: View, passage: Passage) -> Quantity | None:
    """The quantity that is all of a cell, or None."""
    found = view.quantities_in(passage.start, passage.end)
    text = view.text[passage.start : passage.end].strip(_AROUND)
    return found[0] if len(found) == 1 and found[0].end - found[0].start >= len(text) and head_of(passage) not in ("序号", "编号") else None


def _tally(
    row: list[Passage],
    label: Passage | None,
    counted: dict[str, Quantity],
    view: View,
    nouns: list[str],
    named: str,
    said: str,
    told_by: Sequence[tuple[Quantity, str]] = (),
) -> Tally:
    """The tally of a row: `nouns` are those that a head may hold, `named` what the head of the total names, `said` what was counted before the table,
    `told_by` the counts of parts that several columns may tell (阶段性办结, 在办), which are added up where the whole holds them."""
    name = view.text[label.start : label.end] if label is not None else ""
    noun = next((word for word in nouns if label is not None and word in label.head), "") or named
    noun = noun or next((word for word in nouns for p in row if word in p.head), said)
    subject = noun if SUM.match(name) or not name else name if name.endswith(noun) else name + noun
    count = {part: int(q.value) for part, q in counted.items() if part != "rate"}
    added = count | {part: sum(int(q.value) for q, told in told_by if told == part) for part in _SUMMED if part in count}
    if "total" in count and sum(added.values()) <= 2 * count["total"]:
        count = added
    rate = counted["rate"].value if "rate" in counted else None
    return Tally(
        row[0].node, subject, count.get("total"), count.get("done"), count.get("ongoing"), count.get("pending"), rate, None,
        row[0].start, row[-1].end, "tally-table",
    )  # fmt: skip
