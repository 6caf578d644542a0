"""Nouns with the words that qualify them (新改扩建|项目), and without clauses that say which ones are meant (应建未建的|充电站)."""

from __future__ import annotations

from collections.abc import Set

import regex

from extract.nlp.words import tag

_SHORT = 4
_LONGEST = 16
_ONES = frozenset("镇乡村县区市户河湖库井桥路")
_TASKS = ("任务", "事项")
_QUALIFIES = "navbjlstz"
"""Tags of words that may stand before a noun as part of its name, by their first letter."""
_FIELDS = ("领域", "方面", "系统", "行业", "环节", "类")
_EXAMPLES = regex.compile(r"^.{2,}等(?=(?:突出|具体|环境|生态环境)?(?:问题|隐患|案件|事项)$)")
"""采石采砂、工矿用地等|问题46处."""
_EXISTING = regex.compile(r"^.{2,}存在(?=\p{Han}{2})(?!\p{Han}{2,12}的)")
"""雨水管网|存在|混错接点451处: the place before, what is counted behind."""
_COPULA = regex.compile(r"(?<=\p{Han}{3})(?<![定分列评作成认判视记转升降改调].?)(?:总[数量]|数[量目])?[为是]$")
"""需化解的大班额班级|为318个."""


def plain(named: str, *, before: bool) -> str:
    """The words printed `before` a count or behind it, without what only joins them to it, says where those are that are counted, or gives examples."""
    named = _EXAMPLES.sub("", named)
    return _EXISTING.sub("", _COPULA.sub("", named)) if before else named.removeprefix("为").removeprefix("属于")


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
