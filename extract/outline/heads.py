"""The heads of fields in running text: 整改目标：…责任单位：…整改时限：…"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, cast, get_args

from extract.model import FieldCode

_COLON = re.compile(r"[：:]")
_BRACKETED = re.compile(r"[【\[]\s*([\u4e00-\u9fff/、]{2,12})\s*[】\]]\s*[：:]?")
_BARE = re.compile(r"(?:^|(?<=[。；;）)\n]))\s*([\u4e00-\u9fff]{4,8})(?=[\s　])")
_WHEN = re.compile(r"^(?:截[至止]|截止到)?(?:(?:19|20)\d\d年?度?)?(?:\d{1,2}月)?(?:\d{1,2}日|底|份)?(?=[\u4e00-\u9fff]{4})")
"""The time that a column is of: 2031年度工作任务, 截至11月30日完成情况."""
_LEVEL = re.compile(r"(?:[省市县区州盟旗乡镇村]级|[省市县区州]直)$")
"""What tells of which level a head is, also in the midst of a line (；县级责任单位：)."""
_HAN = re.compile(r"[\u4e00-\u9fff/]{1,12}$")
_SIGN = re.compile(r"[：:【 　]")
_SIGNS = (("【", _BRACKETED), (" ", _BARE), ("　", _BARE))
_LONGEST = 12
_SURE = 4
_LABEL = 10
FIELDS = frozenset(get_args(FieldCode))
# Before a short head (目标：, 问题：) something must have ended; before a longer one the value of the last field may run on.
_ENDED = "。；;，,！!？?、”’）)（(【] 　\t\n"


class Head(NamedTuple):
    """A head at start:end (its colon included); `name` is the head as printed. `bracket`: it stands in （责任单位：…）."""

    start: int
    end: int
    code: FieldCode
    name: str
    bracket: bool = False


def code_of(name: str, heads: Mapping[str, str]) -> str:
    """The field that a column, row or section of this name holds, `sequence` for running numbers, empty for another name.

    The name counts with or without a bracket behind it (整改时限（年月）) or a time before it, or when it ends in a head of four characters or more.
    """
    name = re.sub(r"[\s　：:*]+", "", name)
    name = _WHEN.sub("", re.sub(r"[（(][^）)]*[）)]$", "", name))
    if name in heads:
        return heads[name]
    first = re.split("[及和与、/]", name, maxsplit=1)[0]
    if first != name and first in heads:
        return heads[first]  # 工作内容及目标
    if len(name) > _LONGEST:
        return ""
    for size in range(len(name) - 1, _SURE - 1, -1):
        if name[-size:] in heads:
            return heads[name[-size:]]
    return ""


def heads_in(text: str, start: int, end: int, heads: Mapping[str, str]) -> list[Head]:
    """The heads in the line text[start:end], in order."""
    found: list[Head] = []
    if not _SIGN.search(text, start, end):
        return found
    last = start
    for colon in _COLON.finditer(text, start, end):
        head = _before(text, last, colon.start(), start, heads, _SURE - bool(found))
        if head:
            found.append(Head(head[0], colon.end(), head[1], head[2], head[0] > start and text[head[0] - 1] in "（("))
            last = colon.end()
    patterns = [pattern for sign, pattern in _SIGNS if text.find(sign, start, end) >= 0]
    for pattern in patterns:
        for match in pattern.finditer(text, start, end):
            code = heads.get(match[1], "")
            if code in FIELDS and not any(head.start <= match.start(1) < head.end for head in found):
                found.append(
                    Head(match.start() if pattern is _BRACKETED else match.start(1), match.end(), cast("FieldCode", code), match[1])
                )
    return sorted(found) if patterns else found


def _before(text: str, low: int, colon: int, line: int, heads: Mapping[str, str], sure: int) -> tuple[int, FieldCode, str] | None:
    """The longest head that ends at `colon`, if it may stand there; one of `sure` characters may stand anywhere."""
    run = _HAN.search(text[max(low, colon - _LONGEST) : colon].rstrip())
    if run is None:
        return None
    word = run[0]
    end = colon - (len(text[low:colon]) - len(text[low:colon].rstrip()))
    for size in range(len(word), 1, -1):
        name = word[-size:]
        code = heads.get(name)
        if code is None or code not in FIELDS:
            continue
        first, place = end - len(word), end - size
        if name != word and (level := _LEVEL.search(word, 0, place - first)):
            name, place = word[level.start() :], first + level.start()
        opens = size >= _SURE if first == line else size >= sure and text[first - 1].isspace()
        if opens and len(word) <= _LABEL:
            # The first words of a line, or behind a blank, up to their colon are one label: 市级牵头单位：, 责任人被处理情况：
            return first, cast("FieldCode", code), word
        ended = place in (line, low) or text[place - 1] in _ENDED
        if ended or size >= sure:
            return place, cast("FieldCode", code), name
        return None
    return None
