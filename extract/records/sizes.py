"""Things that are told with their sizes: 一条长86米、高3米的护坡, 村道长3.2公里、宽4.5米."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extract.model import Quantity, View
from extract.records.nouns import Nouns

_COUNTED = frozenset("条个座处栋幢口眼套台间所道块段孔")
"""Units of things that are built one by one."""
_MEASURED = frozenset(
    ("米", "公里", "平方米", "立方米", "亩", "公顷", "平方公里", "万平方米", "万立方米", "吨", "吨/日", "立方米/日", "万吨/日", "吨/天")
)
_DIMENSION = (
    r"全长|总长|总?面积|建筑面积|占地面积|占地|库容|总?容[积量]|日?处理(?:能力|量|规模)?|日?供水(?:能力|量)?|日?产|规模|直径|[长宽高深厚]"
)
_FIRST = regex.compile(rf"(?P<named>{_DIMENSION})?(?:约|为|达|共)*")
_FURTHER = regex.compile(rf"[、，和]?(?P<named>{_DIMENSION})(?:约|为|达|共)*")
_NAMED = regex.compile(rf"(?:{_DIMENSION})$")
_LONGEST = 4
"""Characters of the longest name of a dimension."""
_BEHIND = regex.compile("[长宽高深厚]")
_THING = regex.compile(
    r"的(?P<noun>[^，。；：、的及与（）\s\ue000-\ue003]{2,14}?)(?=[，。；：、及与（）\s]|和|已|均|全部|正在|将|现|\ue001|$)"
)
_BUILT = regex.compile(r"(?:新建|修建|建设|修筑|铺设|硬化|改造|拓宽|扩建|砌筑|开挖)(?:完成|成)?$")
_SIDES = ("长", "宽", "高", "深", "厚", "全长", "总长")
_BARE_SIDE = regex.compile(r"[、，]?(?P<named>[宽高深厚长])(?:约|为|达|共)*")
SIZED = regex.compile(r"\ue000[长宽高深厚]?的\p{Han}|[长宽高深厚](?:约|为|达|共)*\ue000|(?<=[建设筑化造宽砌挖])(?:全长|总长)\ue000")
"""What a sentence that tells a thing with its sizes holds."""
_BEFORE = 30
"""Characters before a size in which the name of what has it begins."""


class Size(NamedTuple):
    """One number of a thing: what it is of, and where the words about it begin and end."""

    quantity: Quantity
    indicator: str
    start: int
    end: int


def sized_things(view: View, shaded: str, nouns: Nouns, start: int, quantities: Sequence[Quantity]) -> Iterator[list[Size]]:
    """The things that a sentence from `start` on tells with their sizes, each by its count, if any, and its sizes."""
    i = 0
    while i < len(quantities):
        found = _described(view, shaded, nouns, start, quantities[i:]) or _sides(view, nouns, start, quantities[i:])
        if found:
            yield found
        i += max(len(found), 1)


def _opened(view: View, start: int, quantity: Quantity) -> int:
    """Where the dimension right before a number begins: 修建|长750米."""
    named = _NAMED.search(view.text, max(quantity.start - _LONGEST, start), quantity.start)
    return named.start() if named else quantity.start


def _described(view: View, shaded: str, nouns: Nouns, start: int, quantities: Sequence[Quantity]) -> list[Size]:
    """A thing with its sizes before it, counted (一条|长86米、高3米的|护坡) or not (铺设|长260米，宽3米的|栈道)."""
    count = quantities[0]
    counted = count.kind == "cardinal" and count.unit in _COUNTED
    opened = count.start if counted else _opened(view, start, count)
    if not counted and (opened == count.start or not _BUILT.search(view.text, start, opened)):
        return []
    place = count.end if counted else opened
    told: list[tuple[str, Quantity]] = []
    for quantity in quantities[counted:]:
        match = (_FURTHER if told else _FIRST).fullmatch(view.text, place, quantity.start)
        if match is None or quantity.unit not in _MEASURED:
            break
        behind = _BEHIND.match(view.text, quantity.end)
        told.append((match["named"] or (behind[0] if behind else ""), quantity))
        place = behind.end() if behind else quantity.end
    thing = _THING.match(shaded, place) if told else None
    if thing is None:
        return []
    noun = nouns.before_verb(nouns.head(nouns.trim(view.text[slice(*thing.span("noun"))], verbs=False).noun))  # 蓄水池|投入使用
    if not noun:
        return []
    whole = [Size(count, noun, opened, thing.end())] if counted else []
    return whole + [Size(quantity, noun + named, opened, thing.end()) for named, quantity in told]


def _sides(view: View, nouns: Nouns, start: int, quantities: Sequence[Quantity]) -> list[Size]:
    """A thing whose sides are told behind its name: 村道|长3.2公里、宽4.5米."""
    first = quantities[0]
    opened = _opened(view, start, first)
    side = view.text[opened : first.start]
    if side not in _SIDES:
        return []
    told, place = [(side, first)], first.end
    for quantity in quantities[1:]:
        match = _BARE_SIDE.fullmatch(view.text, place, quantity.start)
        if match is None or quantity.unit not in _MEASURED:
            break
        told.append((match["named"], quantity))
        place = quantity.end
    begin = max(start, opened - _BEFORE, *(view.text.rfind(mark, start, opened) + 1 for mark in "，、；：。（）"))
    noun = nouns.trim(view.text[begin:opened]).noun
    if len(told) < 2 or len(noun) < 2 or noun.startswith("每") or view.text.startswith("的", place):
        return []
    return [Size(quantity, noun + named, begin, place) for named, quantity in told]
