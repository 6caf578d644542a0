"""Who is to do it: owners from the fields of a matter, from the rules of kind `owner`, and from who is made subject of a duty.

A rule names its stretches by role (lead, responsible, support, supervise); each is a list of names. Other stretches are read here:
subject: names whose role their `duty` tells.   doer: a clause that may begin with names and go on with what they do.
partner: a clause that begins with those who support.   first: names of which the first leads, as the document says (列第一位者为牵头单位，下同).
listed: a bracket that must hold nothing but names.   label, named: names under a head (责任单位：…), whose role rules/lookups/owner_heads.yml tells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, cast

import regex

from extract.model import Claim, Document, Outline, Owner, OwnerKind, OwnerRole, Passage, View
from extract.nlp.words import tag
from extract.records.names import Kind, Name, NameList, Names, names_of, pattern
from extract.records.owner_fields import read_field
from extract.rulebook import Rule, Rulebook

_ROLES: tuple[OwnerRole, ...] = ("lead", "responsible", "supervise", "support")
"""Strongest first: one name with two roles in one item is one row with the stronger."""

_READ = frozenset({"body", "cell"})
_READ_FIELDS = frozenset({"objective", "measure", "progress", "status"})
_OWNER_FIELDS: frozenset[str] = frozenset(_ROLES)
_DUTIFUL = frozenset({"measure", "guarantee", "objective", "principle", "guidance", "other"})
_WINDOW = regex.compile(r"(?:[^。！？!?\n（(]++|（[^（）\n]*+）|\([^()\n]*+\)|[（(])++")
_CLAUSE = regex.compile(r"[，,；;]")
_DUTY_END = regex.compile(r"[；;）)\n]")


class Window(NamedTuple):
    """A sentence of one passage; brackets are never divided."""

    start: int
    end: int
    passage: Passage


class Found(NamedTuple):
    """One name with its role, before rows of one item are settled."""

    node: int | None
    start: int
    end: int
    name: str
    kind: Kind
    role: OwnerRole
    rule: str
    person: str = ""
    title: str = ""


@dataclass(slots=True)
class _Reader:
    """What the reading of one document needs; `default_from` is where the clause that makes the first of a list lead begins."""

    document: Document
    view: View
    rulebook: Rulebook
    names: Names
    windows: list[Window]
    default_from: int | None = None
    found: list[Found] = field(default_factory=list)

    def fragment(self, name: str) -> regex.Pattern[str]:
        return pattern(self.rulebook.fragments[name].source)


def find_owners(document: Document, outline: Outline, view: View, rulebook: Rulebook) -> tuple[list[Owner], list[Claim]]:
    """The owners of a document in order of place, one for each name in an item, and a claim for each name that was read."""
    reader = _Reader(document, view, rulebook, names_of(rulebook), list(_windows(outline.passages, view.masked)))
    for rule in rulebook.of_kind("owner"):
        for window in _cued(rule, reader):
            _apply(rule, window, reader)
    for passage in outline.passages:
        if passage.kind == "field" and passage.field in _OWNER_FIELDS:
            _apply_field(passage, reader)
    return _settle(reader, outline)


def _windows(passages: Iterable[Passage], masked: str) -> Iterator[Window]:
    for passage in passages:
        if passage.role == "problem" and passage.field != "objective" and passage.field != "measure":
            continue
        if passage.kind in _READ or passage.kind == "field" and (passage.field in _READ_FIELDS or passage.field in _OWNER_FIELDS):
            for match in _WINDOW.finditer(masked, passage.start, passage.end):
                yield Window(match.start(), match.end(), passage)


def _cued(rule: Rule, reader: _Reader) -> list[Window]:
    """The windows that hold a cue of the rule, in order."""
    masked, windows = reader.view.masked, reader.windows
    hit: set[int] = set()
    for cue in rule.cues:
        place = masked.find(cue)
        while place >= 0:
            index = bisect_right(windows, place, key=lambda window: window.start) - 1
            end = place + 1
            if index >= 0 and place < windows[index].end:
                hit.add(index)
                end = windows[index].end
            place = masked.find(cue, end)
    return [windows[index] for index in sorted(hit)]


def _apply(rule: Rule, window: Window, reader: _Reader) -> None:
    """Run one rule over one window."""
    text = reader.view.masked[window.start : window.end]
    for match in rule.finditer(text):
        groups = match.groupdict()
        if groups.get("clause") or groups.get("first"):
            reader.default_from = min(window.start, reader.default_from if reader.default_from is not None else window.start)
        for group in match.re.groupindex:
            if groups[group] is None:
                continue
            start, end = (place + window.start for place in match.span(group))
            if group in _ROLES:
                _add(reader, window, reader.names.read(reader.view.text, start, end, loose=True), cast(OwnerRole, group), rule)
            elif group == "first":
                _add(reader, window, reader.names.read(reader.view.text, start, end, loose=True), "responsible", rule, first=True)
            elif group == "listed":
                _add(reader, window, reader.names.read(reader.view.text, start, end, trim=False), "responsible", rule)
            elif group == "subject":
                _add_subject(reader, window, start, end, rule)
            elif group == "doer":
                _add_doer(reader, window, start, end, rule)
            elif group == "partner" and reader.found and reader.found[-1].end <= start:
                partner, _ = _acting(reader, start, end, window.end)
                _add(reader, window, partner or reader.names.read(reader.view.text, start, end), "support", rule)
            elif group == "named":
                role = cast(OwnerRole, reader.rulebook.lookup("owner_heads")[groups["label"]])
                _add_labelled(reader, window, start, end, role, rule)


def _add(reader: _Reader, window: Window, names: NameList | None, role: OwnerRole, rule: Rule, *, first: bool = False) -> None:
    """Rows for a list of names of one role; the first of a list leads where the document says so (`first`: says so right here)."""
    if names is None:
        return
    names = _with_clause_before(reader, names, window.start)
    listed = len(names.names) > 1 or names.more
    first = listed and role == "responsible" and (first or _is_bracketed(reader.view.text, names) and _default_holds(reader, names))
    for number, name in enumerate(names.names):
        leads = first and number == 0 and name.kind != "collective"
        _add_name(reader, window.passage.node, name, "lead" if leads else _own_role(reader, name, role), rule.id)


def _with_clause_before(reader: _Reader, names: NameList, floor: int) -> NameList:
    """A list may go on over a comma (财政部、民政部，各省级人民政府): clauses before it that hold nothing but names belong to it."""
    text = reader.view.text
    start = names.names[0].start
    while start > floor and text[start - 1] in "，,":
        opens = max(text.rfind(mark, floor, start - 1) for mark in "，,；;（(。：:\n") + 1
        before = reader.names.read(text, max(opens, floor), start - 1, trim=False)
        if before is None:
            break
        names = NameList((*before.names, *names.names), names.more or before.more)
        start = names.names[0].start
    return names


def _add_name(reader: _Reader, node: int | None, name: Name, role: OwnerRole, rule: str) -> None:
    text = "".join(reader.view.text[name.start : name.end].split())
    title = reader.names.body_and_post(text)[1] if name.kind == "person" else ""
    reader.found.append(Found(node, name.start, name.end, text, name.kind, role, rule, title=title))


def _is_bracketed(text: str, names: NameList) -> bool:
    return names.names[0].start > 0 and text[names.names[0].start - 1] in "（("


def _default_holds(reader: _Reader, names: NameList) -> bool:
    return reader.default_from is not None and names.names[0].start >= reader.default_from


def _add_subject(reader: _Reader, window: Window, start: int, end: int, rule: Rule) -> None:
    """Names before a word of duty (要, 应当, 负责): what follows tells their role."""
    duty = _duty(reader, end, window.end)
    names = reader.names.read(reader.view.text, start, end, loose=reader.fragment("charge").search(duty[:20]) is not None)
    _add(reader, window, names, _duty_role(reader, duty), rule)


def _add_doer(reader: _Reader, window: Window, start: int, end: int, rule: Rule) -> None:
    """A clause that begins with names and goes on with what they do (各区县落实属地责任)."""
    passage = window.passage
    if passage.role not in _DUTIFUL and not (passage.role == "progress" and passage.node is not None):
        return
    names, place = _acting(reader, start, end, window.end)
    if names is None or passage.role == "progress" and any(name.kind == "place" for name in names.names):
        return
    _add(reader, window, names, _duty_role(reader, _duty(reader, place, window.end)), rule)


def _own_role(reader: _Reader, name: Name, role: OwnerRole) -> OwnerRole:
    """A body that is named by its role has it (市直牵头部门, 各配合单位)."""
    text = reader.view.text[name.start : name.end]
    heads = reader.rulebook.lookup("owner_heads")
    named = next((heads[text[-size:]] for size in (4, 5, 6) if text[-size:] in heads), None)
    return cast(OwnerRole, named) if named in ("lead", "support") else role


def _acting(reader: _Reader, start: int, end: int, stop: int) -> tuple[NameList | None, int]:
    """The names that text[start:end] begins with, if what follows them acts, and where that begins."""
    text = reader.view.text
    for head in _head_end(reader.rulebook.words("heads"), reader.names.posts).finditer(text, start, min(end, start + 90)):
        place = head.end()
        if place - start < 2 or text[place : place + 1] in ("、", "和", "及"):
            continue
        if _acts(reader, place, stop):
            names = reader.names.read(text, start, place, trim=False)
            if names is not None:
                return names, place
    return None, end


def _acts(reader: _Reader, place: int, stop: int) -> bool:
    """Does a verb follow here that makes what stands before it the doer?"""
    masked = reader.view.masked
    degree = reader.fragment("degrees").match(masked, place, stop)
    verb = degree.end() if degree else place
    if reader.fragment("idle").match(masked, verb, stop):
        return False
    deed = reader.fragment("deed").match(masked, verb, stop)
    if deed:
        return masked[deed.end() : deed.end() + 1] not in ("的", "人")
    words = tag(masked[verb : min(verb + 8, stop)])
    return bool(words) and words[0].tag.startswith("v") and words[0].end > 1 and not (len(words) > 1 and words[1].tag.startswith("u"))


def _duty(reader: _Reader, place: int, stop: int) -> str:
    """What the names that end at `place` are to do: up to a semicolon or the end of the sentence or bracket."""
    end = _DUTY_END.search(reader.view.masked, place, stop)
    return reader.view.masked[place : end.start() if end else stop]


def _duty_role(reader: _Reader, duty: str) -> OwnerRole:
    """The role that a duty gives: lead (牵头, 统筹协调), support (参与 and nothing else), supervise (only others' work), else responsible."""
    degree = reader.fragment("degrees").match(duty)
    act = duty[degree.end() :] if degree else duty
    if reader.fragment("leading").match(act) or reader.fragment("with_others").match(act):
        return "lead"
    clauses = [clause for clause in _CLAUSE.split(act) if clause and not reader.fragment("outcome").match(clause)]
    if len(clauses) < 2 and reader.fragment("supporting").match(act):
        return "support"
    if clauses and all(reader.fragment("watching_clause").match(clause) for clause in clauses):
        return "supervise"
    return "responsible"


def _add_labelled(reader: _Reader, window: Window, start: int, end: int, role: OwnerRole, rule: Rule) -> None:
    """Names under a head inside a sentence (责任单位：市住建局)."""
    for name, marked, person, title in read_field(reader.view.text, start, end, reader.names, reader.rulebook):
        _append_field(reader, window.passage.node, name, marked or role, rule.id, person, title)


def _apply_field(passage: Passage, reader: _Reader) -> None:
    """The value of an owner field: one row for each name; where the first listed leads, it leads."""
    role = cast(OwnerRole, passage.field)
    rows = read_field(reader.view.text, passage.start, passage.end, reader.names, reader.rulebook)
    first_leads = role == "responsible" and len(rows) > 1 and reader.default_from is not None and not any(row[1] for row in rows)
    for number, (name, marked, person, title) in enumerate(rows):
        leads = first_leads and number == 0 and name.kind not in ("collective", "person")
        _append_field(reader, passage.node, name, marked or ("lead" if leads else role), "owner-field", person, title)


def _append_field(reader: _Reader, node: int | None, name: Name, role: OwnerRole, rule: str, person: str, title: str) -> None:
    text = "".join(reader.view.text[name.start : name.end].split())
    reader.found.append(Found(node, name.start, name.end, text, name.kind, role, rule, person, title))


def _settle(reader: _Reader, outline: Outline) -> tuple[list[Owner], list[Claim]]:
    """One row for each name in an item, with its strongest role, where it first has it."""
    best: dict[tuple[int | None, str], Found] = {}
    for found in sorted(reader.found, key=lambda row: (_ROLES.index(row.role), row.start)):
        best.setdefault((found.node, found.name), found)
    kept = {id(found) for found in best.values()}
    claims = [Claim("owners", row.start, row.end, row.rule, id(row) in kept) for row in reader.found]
    region = outline.header.region
    owners = [_owner(row, region, reader.names) for row in sorted(best.values(), key=lambda row: row.start)]
    return owners, claims


def _owner(row: Found, region: str, names: Names) -> Owner:
    kind: OwnerKind = "organization" if row.kind == "place" else row.kind
    return Owner(row.node, row.name, names.canonical(row.name, kind, region), kind, row.role, row.start, row.end, row.rule, row.person, row.title)


@lru_cache(maxsize=4)
def _head_end(heads: frozenset[str], posts: frozenset[str]) -> regex.Pattern[str]:
    """Where a name may end: after a last character of a head or post, and a bracket that belongs to it (各镇（街道）)."""
    last = "".join(sorted({word[-1] for word in heads | posts} | {"地", "级", "方"}))
    return regex.compile(rf"[{last}](?:（[^（）\n]{{1,12}}）|\([^()\n]{{1,12}}\))?")
