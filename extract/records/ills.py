"""What is wrong with some of those that are counted (27个工地中有11个裸土未覆盖), and what became of just those."""

from __future__ import annotations

import regex

from extract.model import Quantity, View
from extract.records.subjects import Subjects
from extract.records.wholes import Whole, count_of

ILLS = frozenset(("tally-pending-of", "tally-pending-not-yet", "tally-pending-not-yet-before"))
"""Rules of what is wrong with some of those counted, who may be counted again for what else is."""
_MENDED = regex.compile(r"整改|整治|治理|修复|改造|处置|纠正|恢复|销号|化解|拆除|更换|完善|到位")
"""现已|整改28家: what is done about what was wrong."""


def is_ill(whole: Whole, part: str) -> bool:
    """Whether a part of a whole was told as those with which something is wrong."""
    counts = whole.parts.get(part)
    return counts is not None and whole.told_by.get(counts[-1].start, "") in ILLS


def of_the_ill(whole: Whole, quantity: Quantity | None, said: str, subjects: Subjects, view: View) -> Whole | None:
    """Those of a whole told last with which something is wrong, as a whole of their own, where words tell what was done about it for a count
    (检查医院58家，其中32家管理不规范，现已整改|28家) or, without one, for all of them; else None."""
    if whole.last != "pending" or whole.total is None or not is_ill(whole, "pending") or len(whole.parts["pending"]) > 1:
        return None
    ill = whole.parts["pending"][-1]
    if _MENDED.search(said) is None or (quantity is not None and count_of(quantity) > count_of(ill)):
        return None
    begin = subjects.clause_of(ill.start)
    found = subjects.found(view.text[begin : ill.start])
    noun = found if subjects.is_matter(found) else whole.noun
    return Whole(whole.passage, noun, ill, "tally-of-the-ill", begin, ill.end, noun=noun)
