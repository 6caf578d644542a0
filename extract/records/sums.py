"""Counts of a sentence that add up to one told before them (162户，出清140户，正在处置22户): its parts, however their state is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extract.model import DateMention, Quantity
from extract.records.sentences import DATE, Sentence
from extract.records.stages import TO_COME
from extract.records.subjects import AMONG, Subjects
from extract.records.wholes import count_of, is_exact, same_unit

_MOST_PARTS = 6
"""How many parts are tried whether they add up to a total."""
_NEAR = 9
"""Counts after a total among which its parts are looked for."""
_FEW = 2
"""A total up to which parts add up by chance."""
_DATES = regex.compile(rf"{DATE}+")
_AFTER = regex.compile(r"[^，。；：、,;:()（）\ue000]*")
_BUT = regex.compile(r"(?<![拆清消铲解排废剪免扫根驱删破])除了?$")
_STILL = regex.compile(r"，(?:正在|仍在)\p{Han}{2}")
_GIVEN_UP = ("报废", "核减", "撤销", "核销")
"""What is no longer counted as settled or not: 修复41座，在建4座，撤并报废2座."""
_TAKEN_OFF = ("剔除", "扣除", "除去", "剔去")
"""What is counted but not dealt with: 剔除重复件9件."""
_IN_USE = ("在用", "在产", "在营", "备用", "在册")
"""What things are that nobody has to settle: 封场31座、|在用|26座."""
_GRADED = regex.compile(
    r"(?:达到|评为|评定为?|被评为|获评|获)?“?(?:优秀|优良|良好|较好|中等|一般|较差|[A-E甲乙丙丁优良中差][级等]|[一二三四五][级等类])”?(?:等[次级])?的?有?$"
)
_RATED = regex.compile(r"\p{Han}{0,8}，(?P<name>\p{Han}{2,10})率(?:已|均|达到?|为|占)*")
_COMPLETED = regex.compile(r"(?:已|累计|共|目前)*完成")
_OF_ALL = regex.compile(r"\p{Han}{0,8}，占\p{Han}{0,8}(?:总数|总量|总任务|任务|计划|目标)的?")
_ILL_RATE = regex.compile(
    "不|未|超标|违|问题|发生|[降增]|隐患|死亡|检出|反弹|重复|投诉|空置|闲置|缺|差|逾期|失|[属查]实|立案|满意|受理|抽[查检]|处罚"
)
"""Rates of which a high one is no deed of those who settle matters: 属实率, 超标率."""
_GRADE = 12
"""Characters before a count in which its grade is told."""
"""Grades by which those counted are sorted: 优秀|31个、良好|21个."""
_MARKS = "，；：、（）,;:()\ue000"
_STATED = regex.compile(r"已|完成|正在|未|办结|化解|销号|到位|建成|达标|竣工|完工")
_STANDING = regex.compile(
    r"跨[月年]|已|完[成毕工]|到位|结|销号|竣工|验收|通过|合格|达标|按[期时要序计]|达到|符合|满足|消除|解决|化解|出清|正|建成|现场|当场|立即|立行|仍|还|尚|未|没|剩|余|滞后|在[建办治整施推]|推进|阶段|序时|时序|中$"
)
"""What tells how matters stand, not only how they are dealt with (责令停业6家、关闭5家、迁走11家)."""


@dataclass(slots=True)
class Sums:
    """What adds up in a sentence, by the start of each count.

    parts: how a count stands, and the whole that it adds up to with others.   shares: the whole of a count that is told by place, kind, year or deed.
    planned: wholes that are shared out over days to come.   rests: counts that are but the sum of parts told after them (剩余17座中，正在治理11座，未启动6座).
    rated: parts known by the rate told behind them, of which the last one holds.   bases: the wholes of these rates.   ills: parts of a whole of which only what is wrong is told.
    """

    parts: dict[int, tuple[str, Quantity]] = field(default_factory=dict)
    shares: dict[int, Quantity] = field(default_factory=dict)
    planned: set[int] = field(default_factory=set)
    rests: set[int] = field(default_factory=set)
    rated: set[int] = field(default_factory=set)
    bases: set[int] = field(default_factory=set)
    ills: set[int] = field(default_factory=set)


def add_up(
    sentence: Sentence, counts: Sequence[Quantity], shares: Sequence[Quantity], subjects: Subjects, as_of: Sequence[DateMention]
) -> Sums:
    """The sums among the counts of a sentence, in order. `shares`: its percentages.   `as_of`: the days up to which they were counted."""
    sums = Sums()
    for i, total in enumerate(counts):
        alike = [q for q in counts[i + 1 : i + 1 + _NEAR] if same_unit(q, total)]
        for many in range(2, min(len(alike), _MOST_PARTS) + 1):
            if sum(map(count_of, alike[:many])) == count_of(total) > _FEW:
                _note(sums, sentence, total, alike[:many], subjects, as_of)
                break
    for share in shares:
        _note_rate(sums, [q for q in counts if q.start < share.start], share, subjects)
    return sums


def _note_rate(sums: Sums, counts: Sequence[Quantity], share: Quantity, subjects: Subjects) -> None:
    """Note that the last of some counts is done, where a rate right behind it is that of its share (共342个，落实要求的318个，达标率93%)."""
    part = counts[-1] if counts else None
    if part is None or part.start in sums.parts or part.start in sums.shares:
        return
    said = _RATED.fullmatch(subjects.shaded, part.end, share.number.start)
    of_all = said is None and _OF_ALL.fullmatch(subjects.shaded, part.end, share.number.start) is not None
    if (said is None and not of_all) or (said is not None and _ILL_RATE.search(said["name"])):
        return
    total = next(
        (q for q in reversed(counts[:-1]) if same_unit(q, part) and count_of(q) > count_of(part) and is_exact(part, q, share)), None
    )
    if total is not None:
        words = subjects.lead.sub("", subjects.view.text[subjects.clause_of(part.start) : part.start])
        words = words if len(words) > 1 else subjects.view.text[part.end : share.start].partition("，")[0]
        stands = subjects.stages.shown(words, rest=False)
        if of_all and _COMPLETED.match(words) is None:
            return
        sums.rated.add(part.start)
        sums.bases.add(total.start)
        sums.parts[part.start] = (stands or "done", total)


def _note(
    sums: Sums, sentence: Sentence, total: Quantity, found: Sequence[Quantity], subjects: Subjects, as_of: Sequence[DateMention]
) -> None:
    """Note that some counts add up to one before them."""
    if _graded(subjects, sentence, found):
        return
    stands = _stand(sentence, found, subjects, as_of)
    if len(_DATES.findall(subjects.shaded, total.end, found[-1].start)) >= max(2, len(found) - 1):
        sums.planned.add(total.start)
    if not stands or total.start in sums.planned:
        sums.shares.update({q.start: total for q in found})
    if stands:
        whole = total
        if total.start in sums.parts:
            part, whole = sums.parts[total.start]
            if part == "done":
                return
            sums.rests.add(total.start)
        if set(stands) == {"pending"}:
            sums.ills.update(q.start for q in found)
        sums.parts.update({q.start: (part, whole) for q, part in zip(found, stands, strict=True)})


def _graded(subjects: Subjects, sentence: Sentence, parts: Sequence[Quantity]) -> bool:
    """Whether counts are sorted by grades: 优秀|31个、良好|21个."""
    return any(_GRADED.search(subjects.view.text, max(sentence.start, part.start - _GRADE), part.start) for part in parts[:2])


def _stand(sentence: Sentence, parts: Sequence[Quantity], subjects: Subjects, as_of: Sequence[DateMention]) -> list[str]:
    """How the parts of a whole stand that they add up to, each told before its count or after it. Where no word tells how one of them
    stands, or where they are told by place, kind or deed, the list is empty; a part that no word tells of is done when it comes first, else ongoing."""
    told, standing = [], False
    for i, quantity in enumerate(parts):
        left = max(subjects.shaded.rfind(mark, sentence.start, quantity.start) for mark in _MARKS) + 1 or sentence.start
        said = subjects.view.text[left : quantity.start]
        if said.startswith("除") or _BUT.search(said):  # 除2项暂缓实施外, 除3件正在办理外
            told.append(subjects.stages.of_excepted(_AFTER.match(subjects.shaded, quantity.end)[0]))  # type: ignore[index]
            continue
        before = subjects.lead.sub("", said)
        before = "" if before.endswith(AMONG) else before
        right = parts[i + 1].start if i + 1 < len(parts) else sentence.end
        after = _AFTER.match(subjects.shaded, quantity.end, right)[0]  # type: ignore[index]
        more = _STILL.match(subjects.shaded, quantity.end + len(after), right)
        after += more[0] if more else ""  # 其余8条落实了措施，正在整改
        words = before if len(before) > 1 else after
        if (
            subjects.is_place(before)
            or (before != "查实" and subjects.is_known_kind(before))
            or words.endswith("类")
            or words.startswith(_IN_USE)
            or before.startswith(_TAKEN_OFF)
            or words.endswith(_GIVEN_UP)
            or any(day.sense != "since" and day not in as_of for day in subjects.view.dates_in(left, quantity.start))
            or (said.startswith("其中") and not _STATED.search(words))
        ):
            return []
        shown = subjects.stages.shown(words, rest=subjects.rest.match(said) is not None)
        shown = "pending" if len(before) < 2 and TO_COME.match(after) else shown  # 另外3个预计月底完成
        shown = "ongoing" if shown == "done" in told and words.startswith("主体") else shown  # 49处完工，4处主体完工
        told.append("pending" if "前期" in words and "ongoing" in told else shown)  # 17座在建，12座处于前期阶段
        standing = standing or _STANDING.search(said + after) is not None
    if not any(told) or not (standing or "pending" in told):
        return []
    untold = "pending" if set(told) <= {"pending", ""} and told[0] else "done"
    return [part or ("ongoing" if "done" in told[:i] else untold) for i, part in enumerate(told)]
