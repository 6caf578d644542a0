"""Nouns with the words that qualify them (新改扩建|项目), and without clauses that say which ones are meant (应建未建的|充电站)."""

from __future__ import annotations

from collections.abc import Set

from extract.nlp.words import tag

_SHORT = 4
_LONGEST = 16
_ONES = frozenset("镇乡村县区市户河湖库井桥路")
_TASKS = ("任务", "事项")
_QUALIFIES = "navbjlstz"
"""Tags of words that may stand before a noun as part of its name, by their first letter."""
_FIELDS = ("领域", "方面", "系统", "行业", "环节", "类")


def modified(named: str, noun: str, scopes: Set[str], *, verbs: bool) -> str:
    """A short noun with the words that qualify it (新改扩建|项目, 年度重点|任务), cut free of `scopes`, and before a count of leading verbs."""
    rest = named.rstrip("共计有达等")
    if len(noun) == 1 and noun in _ONES and 1 < len(rest) <= _SHORT:
        return rest  # 重点|镇
    if noun in _TASKS and rest.endswith("整改" + noun):
        return "整改" + noun
    if not 1 < len(noun) <= _SHORT or not rest.endswith(noun):
        return noun
    begin = len(rest) - len(noun)
    for word in reversed(tag(rest)):
        if word.end > begin:
            continue
        said = rest[word.start : word.end]
        if word.end < begin or word.tag[0] not in _QUALIFIES or said in scopes or len(rest) - word.start > _LONGEST:
            break
        begin = word.start
    for word in tag(rest) if verbs else ():
        if word.start == begin and word.end <= len(rest) - len(noun) and word.tag == "v":
            begin = word.end
    return rest[begin:]


def without_clause(noun: str) -> str:
    """A noun without a clause before it that says which ones: 应建未建的|充电站."""
    clause, _, head = noun.rpartition("的")
    return head if len(head) > 1 and not clause.endswith(_FIELDS) else noun.removeprefix("涉及")
