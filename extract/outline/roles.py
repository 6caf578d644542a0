"""The role of every item: by the name of its section, else by what it does and what kind of document it stands in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from extract.model import DocType, Role
from extract.outline.tree import Draft, Tree
from extract.outline.union import Match, Pattern, number_of, union
from extract.rulebook import Rule, Rulebook

# No section is named at greater length than this, at the top and below.
_LONG, _SHORT = 48, 20
_FIRST = 120
"""Characters in which an item's first words say what it does."""
_MENDING = re.compile("整改|问题|督察|督查|巡察|反馈|隐患|整治|排查")
"""What titles and heads of fields hold where something is put right."""
_OF_MATTERS = frozenset(("problem", "progress", "status", "supervise"))
"""Fields that only a matter has."""
# What a heading may say of when before it says what (2031年工作计划, 今年以来整改进展).
_SPAN = re.compile(
    r"(?:(?:19|20)\d\d(?:年|\s?[-—–至~]\s?(?:20)?\d\d年?)(?:度)?(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?)?|今年|去年|本年度?|年度|[上下]半年|全年|"
    r"[“\"]?十[二三四五六]五[”\"]?|\d{1,2}月份?|[本上](?:周|月|季度|轮|次|阶段)|当前|目前|现阶段)(?:以来|期间|时期)?[，,的、 　]?"
)
_BY_TYPE: dict[DocType, Role] = {"progress": "progress"}
_TELLING = frozenset({"news", "other"})
"""Kinds of documents that tell of what was done as often as of what is to be done."""
_AIMS = frozenset(("guidance", "principle", "objective"))
"""What the points under 总体要求 are."""
_NAMED = 6
"""Characters of such a name behind a word (第一，指导思想。); a longer one tells what is to be done."""
_SAID = re.compile("会议|会上|强调|要求|指出|部署|讲话|提出|明确|印发|发布")
"""What stands before a list that somebody lays down."""
_BY_FIELD: dict[str, Role] = {
    "problem": "problem",
    "objective": "objective",
    "progress": "progress",
    "status": "progress",
    "measure": "measure",
}


class Section(NamedTuple):
    """What a heading's words say: its role, and where it holds (see rules/sections.yml)."""

    role: Role
    over: bool
    last: bool
    alone: Role | None
    types: frozenset[str]
    decided: Role | None
    beside: bool


def default_role(doc_type: DocType) -> Role:
    """The role of an item about which nothing else is known."""
    return _BY_TYPE.get(doc_type, "measure")


def field_role(code: str) -> Role:
    """The role of a field's value."""
    return _BY_FIELD.get(code, "measure")


@dataclass(frozen=True, slots=True)
class Names:
    """The section rules of one place as one pattern, and what each of its groups says. `cue`: without it none of them can match."""

    pattern: Pattern
    meanings: tuple[Section, ...]
    cue: re.Pattern[str]

    def search(self, text: str, start: int, end: int) -> Section | None:
        """What the first place in text[start:end] says where a rule matches; None where none does."""
        match = self.pattern.search(text, start, end) if self.cue.search(text, start, end) else None
        return self.said(match) if match else None

    def opening(self, text: str, start: int, end: int) -> Section | None:
        """What a rule says that matches where text[start:end] begins; None where none does."""
        match = self.pattern.match(text, start, end)
        return self.said(match) if match else None

    def named(self, text: str, start: int, end: int) -> Section | None:
        """What the heading text[start:end] says from its first to its last character, behind what it says of when; None for another one."""
        name = text[start:end]
        pieces = name.split()
        bare = "".join(pieces)
        name = bare if len(bare) == len(pieces) else name  # 总　则
        match = self.pattern.fullmatch(name)
        if match is None and (span := _SPAN.match(name)):
            match = self.pattern.fullmatch(name, span.end())
        return self.said(match) if match else None

    def said(self, match: Match) -> Section:
        """What the rule that matched says."""
        return self.meanings[number_of(match)]


@lru_cache(maxsize=64)
def names_of(book: Rulebook, place: str = "", doc_type: DocType | None = None) -> Names:
    """The section rules that are tried on headings of a kind of document, or in another `place` (lead, decision); made once for each set of rules."""
    rules = [rule for rule in book.of_kind("section") if rule.set.get("place", "") == place and _fits(rule, doc_type)]
    cues = sorted({cue for rule in rules for cue in rule.cues}) if all(rule.cues for rule in rules) else []
    return _names(tuple((rule.source, tuple(sorted(rule.set.items()))) for rule in rules), "|".join(map(re.escape, cues)))


def _fits(rule: Rule, doc_type: DocType | None) -> bool:
    """Whether a rule may say something about a kind of document; `alone` says what it means in the kinds it does not name."""
    return doc_type is None or "types" not in rule.set or "alone" in rule.set or doc_type in rule.set["types"].split()


@lru_cache(maxsize=32)
def _names(rules: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], cues: str) -> Names:
    pattern = union([(i, source) for i, (source, _) in enumerate(rules)])
    meanings = []
    for _, constants in rules:
        given = dict(constants)
        role, decided = cast("Role", given["role"]), cast("Role | None", given.get("decided"))
        types = frozenset(given.get("types", "").split())
        alone = cast("Role | None", given.get("alone"))
        meanings.append(Section(role, "over" in given, "last" in given, alone, types, decided, "beside" in given))
    return Names(pattern, tuple(meanings), re.compile(cues))


def assign_roles(tree: Tree, doc_type: DocType, title: str, book: Rulebook) -> None:
    """Give every item its role, parents before their children: by its field, its section's name, its parent, the kind of document."""
    names = _said(tree, doc_type, names_of(book, "", doc_type))
    closing = _closing(tree, names)
    reply = names_of(book, "title").search(title, 0, len(title))
    usual = reply.role if reply else default_role(doc_type)
    planned = names_of(book, "plan").pattern if usual == "progress" and reply else None
    measures = (
        Counter(node.parent for node in tree.nodes if (names[node.index].role if node.index in names else usual) == "measure")
        if names
        else Counter()
    )
    matters = _matters(tree, names, title)
    measured = {drafted.node for drafted in tree.fields if drafted.code == "measure"}
    decision = names_of(book, "decision").pattern
    told = names_of(book, "told") if doc_type == "speech" else None
    articles = names_of(book, "article") if any(node.family == "article" for node in tree.nodes) else None
    recounted = _recounted(tree, names, doc_type, book) if doc_type in _TELLING and usual == "measure" else frozenset()
    for node in tree.nodes:
        parent = tree.nodes[node.parent] if node.parent is not None else None
        section = names.get(node.index)
        if node.head_code:
            node.role = _BY_FIELD.get(node.head_code, "other")
        elif section and node.index not in matters and _holds(section, node, parent, closing):
            decided = section.decided and decision.search(tree.text, node.start, node.end)
            node.role = section.decided if decided else _settle(section, measures[node.parent])
            if parent is None and node.role == "measure" and usual == "progress":
                usual = "measure"  # behind what comes next, a report tells what is to be done
        elif node.cue:
            node.role = node.cue
        elif node.index in matters and not (parent and parent.index in names and parent.role == "progress"):
            node.role = "problem"
        elif node.marker == "row" and node.index in measured and parent and parent.role == "problem":
            node.role = "measure"  # a table of measures below what is wrong
        elif node.marker == "word" and node.label.endswith("要") and parent and parent.role == "problem":
            node.role = "measure"  # 一要…；二要…
        elif parent and parent.role:
            node.role = parent.role
        elif articles and node.family == "article" and (said := articles.opening(tree.text, *_beginning_of(node))):
            node.role = said.role
        elif node.index in recounted:
            node.role = "progress"
        elif told and (past := told.search(tree.text, *_beginning_of(node))):
            node.role = past.role
        else:
            node.role = "measure" if node.marker == "row" or (planned and planned.match(tree.text, *_body_of(node))) else usual


def _recounted(tree: Tree, names: dict[int, Section], doc_type: DocType, book: Rulebook) -> frozenset[int]:
    """The items at the top that tell, list by list, of what was done: most of them by their words, few of what is to be done;
    in the news also those of which nobody has said that they are to be done. Where sections are named among them, they tell what the others are (解读 of a plan), and nothing is told by words.
    """
    lists: dict[str, list[Draft]] = defaultdict(list)
    for node in tree.nodes:
        if node.parent is None and not node.cue:
            lists[node.family].append(node)
    deeds, duties = names_of(book, "deed"), names_of(book, "duty")
    found: set[int] = set()
    for nodes in lists.values():
        done = sum(1 for node in nodes if deeds.search(tree.text, node.start, node.end))
        due = sum(1 for node in nodes if duties.search(tree.text, node.start, node.end))
        untold = doc_type == "news" and not due and _SAID.search(tree.text, 0, nodes[0].start) is None
        if len(nodes) > 1 and ((2 * done >= len(nodes) and done >= 2 * due) or untold) and not any(node.index in names for node in nodes):
            found.update(node.index for node in nodes)
    return frozenset(found)


def _beginning_of(node: Draft) -> tuple[int, int]:
    """The first words of an item, those of its children included, behind its name or else its label."""
    start = node.heading.end if node.heading else node.label_span.end if node.label_span else node.start
    return start, min(start + _FIRST, node.end)


def _body_of(node: Draft) -> tuple[int, int]:
    """Where an item's text begins, behind its label and name, and ends."""
    start, end = next((span for span in node.own if not node.heading or span[0] >= node.heading.end), (node.end, node.end))
    return start, end


def _said(tree: Tree, doc_type: DocType, names: Names) -> dict[int, Section]:
    """What the headings say, by the index of their item."""
    result = {}
    tabled = {node.parent for node in tree.nodes if node.marker == "row"} if doc_type == "task_list" else set()
    for node in tree.nodes:
        if node.heading is None or node.marker == "row" or node.heading.end - node.heading.start > (_LONG if node.level == 1 else _SHORT):
            continue
        section = names.named(tree.text, *node.heading)
        if node.marker == "word" and not (section and section.role in _AIMS and node.heading.end - node.heading.start <= _NAMED):
            continue  # 第一，指导思想。… is named as a section is, 一是公开曝光。… is not
        if section and section.alone and doc_type not in section.types:
            section = section._replace(role=section.alone)
        if section and not (section.role == "guarantee" and node.index in tabled):  # 要素保障 over a table of tasks
            result[node.index] = section
    tasked = {tree.nodes[index].parent for index, section in result.items() if section.role == "measure"}
    return {index: section for index, section in result.items() if not section.beside or tree.nodes[index].parent in tasked}


def _closing(tree: Tree, names: dict[int, Section]) -> int:
    """The index from which on the items at the top are sections that close a document (guarantees and others).

    Where such a one stands also before another, the list is made of them (落实责任, 细化方案, 强化督导): none closes it.
    """
    tops = [node.index for node in tree.nodes if node.parent is None]
    first = len(tree.nodes)
    for index in reversed(tops[1:]):
        if index not in names or names[index].role not in ("guarantee", "other"):
            break
        first = index
    amid = any(index in names and names[index].last for index in tops if index < first)
    return len(tree.nodes) if amid else first


def _holds(section: Section, node: Draft, parent: Draft | None, closing: int) -> bool:
    """Whether a section word counts where it stands: below another section only a word that says `over`, or the measures of a problem; the parts of a document (第一部分) hold sections as it does."""
    if parent is not None and parent.family != "part":
        return section.over or (parent.role == "problem" and section.role == "measure")
    return not section.last or (node.index >= closing and node.family != "chapter")  # 第四章 监督检查 of a rule binds as its others do


def _settle(section: Section, measures: int) -> Role:
    """The role of a section; `measures`: how many sections beside it are named as measures."""
    return section.role if section.alone is None or measures else section.alone


def _matters(tree: Tree, names: dict[int, Section], title: str) -> set[int]:
    """The items that state a problem, since fields for its objective or its measures follow, and the sections named for problems that hold nothing but such ones."""
    result: set[int] = set()
    mended = _MENDING.search(title) or any(drafted.code in _OF_MATTERS or _MENDING.search(drafted.head) for drafted in tree.fields)
    if not mended:
        return result  # 主要任务：, 牵头单位： of a plan: nothing is wrong there
    aimed = Counter(drafted.node for drafted in tree.fields)
    for drafted in tree.fields:
        if (
            (drafted.code == "measure" or (drafted.code in ("objective", "progress") and aimed[drafted.node] > 1))
            and drafted.rule in ("field-inline", "field-section", "field-pair")
            and drafted.node is not None
        ):
            place: int | None = drafted.node
            while place is not None and place not in names and tree.nodes[place].marker != "row" and tree.nodes[place].family != "part":
                result.add(place)
                place = tree.nodes[place].parent
    parents = {tree.nodes[index].parent for index in result} - {None}
    for node in tree.nodes:
        if node.parent in parents and node.index not in result:
            parents.discard(node.parent)
    return result | {index for index in parents if index is not None and index in names and _names_problems(tree, tree.nodes[index])}


def _names_problems(tree: Tree, node: Draft) -> bool:
    """Whether a section of matters is named for what is wrong (主要问题及整改措施), not only for what is to be done (整改任务)."""
    return node.heading is not None and "问题" in tree.text[node.heading.start : node.heading.end]
