"""Who is to do it: owners from the fields of a matter, from the rules of kind `owner`, and from who is made subject of a duty.

A rule names its stretches by role (lead, responsible, support, supervise); each is a list of names. Other stretches are read here:
subject: names whose role the duty after them tells.   agent, doer: a clause that begins with names and goes on with what they do; a doer is told by nothing else.
partner: what follows begins with those who support somebody named before, or the one who speaks.   named: names whose role the word `label` tells (牵头部门).   first: names of which the first leads, as the document says.
listed: a bracket or sentence that must hold nothing but names.   person: a personal name after a post; organ: a name that the pattern bounds; the rule sets their role.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, cast

import regex

from extract.model import Claim, Document, Node, Outline, Owner, OwnerKind, OwnerRole, Passage, View
from extract.nlp.words import tag
from extract.records.candidates import OWNER_FIELDS, Candidates, Window
from extract.records.duties import Reading, acting, begins_as_phrase, duty_after, duty_role, keeps_in_view, leading_names, own_role
from extract.records.each_place import doers_in_rows
from extract.records.name_lists import Name, NameList, read_names
from extract.records.names import Kind, Names, fold, names_of
from extract.records.obliged import bound_names, is_bearer
from extract.records.owner_fields import read_field
from extract.records.people import belongs_to_next, named_person
from extract.records.sentences import DATE
from extract.rulebook import Rule, Rulebook
from extract.values.quantities import hide

_ROLES: tuple[OwnerRole, ...] = ("lead", "responsible", "supervise", "support")
"""Strongest first: one name with two roles in one item is one row with the stronger."""

_MERGED = "field-merged"
"""The rule of a field whose cell holds for this row of a table and for those above it."""
_LONGEST_LIST = 300
_SHOWN = 8
_RANK = {role: rank for rank, role in enumerate(_ROLES)}
_LONGEST_POST = 8
_BY = "由"
"""A person may be charged without a post (由某某挂帅)."""
_QUOTED = regex.compile(r"[“\"](\p{Han}{2,5})[”\"](?!制)")
_QUOTED_IN_GROUP = regex.compile(r"[“\"](?<=\p{Han}.)(\p{Han}{2,8})[”\"](?=\p{Han}{0,12}?(?:专班|小组|工作组|指挥部|办公室|联席会议))")
_CALLED_TO_ACCOUNT = regex.compile(r"追责|问责|立案|查处|处分")
_EACH = regex.compile(r"\uE001*分别")
"""What places are to do in their turn is the share of each in a target (青石县、白河县分别完成75个、62个)."""
_REPORTS = regex.compile(r"(?:(?!组织|牵头|统筹|制定|汇总|研究|解决|推进)[^，；、并]){1,30}?(?:报送|上报|报告|报至|反馈)[^，；、]{0,20}+")
"""Who only reports leads nobody, whatever its name (各牵头单位要于每月底前报送进展)."""
_GROUP = regex.compile(r"\p{Han}{2,18}(?:组|专班)")
_HEADED_DUTY = regex.compile(
    r"[。：；\s]{1,3}(?:(?:由|从|组织|抽调|成员|组长)[^。；\n]{2,60}，)?(?=(?:主要|具体|全面|统一)?(?:负责(?!人|同志)|承担|牵头(?!单位|部门)))"
)
_OURS, _WILL = "我", "将"
"""A body that tells of itself (我局) is named as the doer of what it did, not of what it means to do (我局将…)."""
_YOURS = "你"
_ASKS = regex.compile(
    r"(?:\uE001|在|来|所|近日|目前|再次|多次)*(?:请求|请示|申请|建议|提[出请]|要求|希望|反映|上报|报送|报[来请]|来[函文电信]|询问|咨询|呈[报请])"
)
"""What those whom a letter answers did before (你省请求加大投入)."""
_IN_OFFICE = "党政"
"""What posts begin with that need not be quoted (党政一把手)."""
_OF_ONE_TASK = "专{}项"
"""Stands for the quotes inside the name of a group (县“无废城市”建设专班)."""
_OF_LATE = regex.compile(r"(?:以来|[近两三几][一-龥]?年来?|期间)，")
_POINTED_OUT = regex.compile(r"会议(?:还|并)?(?:指出|认为)")
_WAS_DONE = regex.compile(r"[^，；。的]{1,30}?\p{Han}了(?!解)")
"""What a meeting points at as done already (省林草厅印发了方案, 县政府同市里立了军令状) is charged to nobody."""
_AT_MEETING = regex.compile(r"[^，。；\n]{0,12}?(?:(?<!社)会[上前]|会议期间|活动[中现]场?)，")
"""What bodies do at a meeting (会上，市水利局通报了进展) is told of those who speak there."""
_ISSUED = regex.compile(
    r"(?:联合|共同|正式)*(?:印发|制发|出台|发布|公布|下发)了?(?:\uE003|[^，。；]{2,40}?(?:通报|通知|公告|方案|办法|意见|规划|名单|报告|数据|结果|计划|指南|清单|范围)(?:[，。；\n]|$))"
)
_LATELY = regex.compile(r"(?:\uE001|近日|日前|近期|今[天日])，?$")
"""News that a paper is out (近日，市水利局印发《…》) names who issued it."""
_OF_THIS_REPORT = regex.compile(r"(?:本[^，。；\n]{0,10}(?:报告|年报)|活动|论坛|[大比竞]赛|仪式|展览|博览会)是?由$")
"""Who wrote the report itself (本报告由市林业局编制) answers for nothing in it, nor does who held an event."""
_TOGETHER = regex.compile(r"[^，。；]{0,6}?协同(?:推[进动]|发力|落实|开展|治理|实施|联动|攻坚|抓好)")
_LED = regex.compile(r"牵头|抓总|统筹|主导|为主")
"""What several do together (水利、住建等部门协同推进) is support only where somebody else leads."""
_LONGEST_REPORT = 16
_INCLUDED = regex.compile(r"不?[包]?含|包括|其中")
"""What begins a bracket that tells what a number counts (（含青石热电厂）)."""
_OF_PLACE = regex.compile(r"(?:地点|位置|地址|场所|区域|范围|对象|来源)\s*：\s*$")
"""Before a value that says where or to whom (建设地点：青石县城关镇)."""
_LONGEST_LABEL = 6
_DURATION = "年"
_LEADS = "牵头"
_OTHERS_SUPPORT = regex.compile(r"(?:其余|其他|其它|剩余|后面)[^，；。]{0,12}(?:配合|协助|协办|参与|参加)")
"""What the others of a list do where the first one leads."""
_NOBODY = "专家"
"""Who goes along with bodies and belongs to none (组织市水利局及专家验收)."""
_COMRADES = "同志"
_NEVER = regex.compile("总书记|习近平|^全[国省市县区州]上下$")
"""Whose words are carried out, and all of a place: no one of them answers for an item."""
_AFTER_NAME = "、，；和及与"
_NO_NAME = ("d", "v", "p", "c", "t")


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
    """The reading of one document. `default_from`: where the clause begins by which the first listed leads, or None.

    others: the role of those listed after the first where that clause holds (其余为配合单位).
    told: where names begin whose role a rule has told already.   each: where sentences begin whose doer is told place by place.
    ends: where the names of fields end that close with that clause, by where the fields begin.
    """

    reading: Reading
    region: str
    told: set[int] = field(default_factory=set)
    ends: dict[int, int] = field(default_factory=dict)
    default_from: int | None = None
    others: OwnerRole = "responsible"
    each: Container[int] = ()
    found: list[Found] = field(default_factory=list)


def find_owners(document: Document, outline: Outline, view: View, rulebook: Rulebook) -> tuple[list[Owner], list[Claim]]:
    """The owners of a document in order of place, one for each name in an item, and a claim for each name that was read."""
    names = names_of(rulebook)
    durations = [(quantity.start, quantity.end) for quantity in view.quantities if quantity.unit == _DURATION]
    masked = hide(fold(view.masked), durations, DATE)
    reading = Reading(_bared(fold(document.text), names), _bared(masked, names), document.text, rulebook, names)
    reader = _Reader(reading, outline.header.region)
    candidates = Candidates(reading, outline.passages, reader.told)
    each = doers_in_rows(candidates.windows, outline.nodes, reading)
    reader.each = each
    for window, name in each.values():
        _append(reader, window.passage.node, name, "responsible", "owner-each-place", "", "")
    _note_first_listed(outline.passages, reader)
    for rule in rulebook.of_kind("owner"):
        _apply(rule, candidates.places(rule), reader)
    for node in outline.nodes:
        _add_headed(node, reader)
    for row in _rows_of_fields(outline.passages):
        _add_row(row, reader)
    for merged in outline.fields:
        if merged.rule == _MERGED and merged.field in OWNER_FIELDS:
            _add_names(reader, merged.node, cast(OwnerRole, merged.field), [(merged.start, merged.end)])
    return _settle(reader.found, outline.header.region, reading.names)


def _bared(text: str, names: Names) -> str:
    """The text, same length, with posts in quotes (各单位“一把手”, 村“两委”) as the names of persons and bodies that they are, and groups' without."""
    text = _QUOTED_IN_GROUP.sub(lambda quoted: _OF_ONE_TASK.format(quoted[1]), text)
    return _QUOTED.sub(lambda quoted: _IN_OFFICE + quoted[1] if quoted[1] in names.posts or quoted[1] in names.heads else quoted[0], text)


def _note_first_listed(passages: Iterable[Passage], reader: _Reader) -> None:
    """Note the fields that say that the first listed leads (责任单位：甲局、乙局，列第一位的为牵头单位，下同), which holds from there on."""
    reading = reader.reading
    for one in passages:
        if one.field not in OWNER_FIELDS or one.kind != "field" or _LEADS not in reading.text[one.start : one.end]:
            continue
        clause = reading.fragment("first_listed").search(reading.text, one.start, one.end)
        if clause is not None:
            opens = reading.text[clause.start() - 1] == "（"
            reader.ends[one.start] = clause.start() - opens
            reader.default_from = one.start if reader.default_from is None else reader.default_from
            reader.others = "support" if _OTHERS_SUPPORT.search(reading.text, clause.end(), one.end) else reader.others


def _apply(rule: Rule, places: list[tuple[Window, int]], reader: _Reader) -> None:
    """Try one rule: on clauses from their beginning, or anywhere in sentences."""
    masked = reader.reading.masked
    from_start = rule.set.get("at") == "clause" or not rule.cues
    for window, start in places:
        if from_start and start in reader.each:
            continue
        text = masked[start : window.end]
        if not from_start:
            for match in rule.finditer(text):
                _take(rule, window, start, match, reader)
        elif (found := rule.match(text, 0, len(text))) is not None:
            _take(rule, window, start, found, reader)


def _take(rule: Rule, window: Window, offset: int, match: regex.Match[str], reader: _Reader) -> None:
    """Read the groups of one match."""
    reading = reader.reading
    groups = match.re.groupindex
    if "clause" in groups:
        place = offset + match.start("clause")
        inside = _in_brackets(reading.text, window.start, place) or "下同" in reading.text[place : window.end]
        since = window.start if inside else 0  # a sentence of its own holds for all of the document
        reader.default_from = min(since, since if reader.default_from is None else reader.default_from)
        reader.others = "support" if match["others"] else reader.others
    for group, first, last in [(name, *span) for name in groups for span in match.spans(name)]:
        start, end = first + offset, last + offset
        if group in _ROLES:
            names = read_names(reading.names, reading.text, start, end, loose=True)
            told = _told_role(reading, window, names, end, group) if group in ("lead", "support") else group
            _add(reader, window, names, told, rule)
        elif group == "person" and _is_person(reading, start, end):
            _add_person(reader, window, start, end, rule)
        elif group == "first":
            _add(reader, window, read_names(reading.names, reading.text, start, end, loose=True), "responsible", rule, first=True)
        elif group in ("listed", "subject") and _add_marked(reader, window, start, end, rule):
            continue
        elif (
            group == "listed"
            and _INCLUDED.match(reading.text, start) is None
            and _OF_PLACE.search(reading.text, max(start - _LONGEST_LABEL, 0), start) is None
        ):
            listed = read_names(reading.names, reading.text, start, end, trim=False)
            if listed is not None and any(name.kind != "person" for name in listed.names):
                _add(reader, window, listed, "responsible", rule)
        elif group == "subject":
            _add_subject(reader, window, start, end, rule)
        elif group == "agent":
            _add_acting(reader, window, start, end, rule, charged=True)
        elif group == "doer" and start not in reader.told:
            _add_acting(reader, window, start, end, rule, charged=False)
        elif group == "named":
            role = cast(OwnerRole, reading.rulebook.lookup("owner_heads").get(match["label"], "responsible"))
            _add(reader, window, read_names(reading.names, reading.text, start, end, loose=True), role, rule)
        elif group == "organ":
            _append(reader, window.passage.node, Name(start, end, "group"), cast(OwnerRole, rule.set["role"]), rule.id, "", "")
        elif group == "held":
            held = read_names(reading.names, reading.text, start, end, trim=False)
            _add(reader, window, held or leading_names(reading, start, end, window.end), "responsible", rule)
        elif group == "partner":
            _add(reader, window, leading_names(reading, start, end, window.end), "support", rule)


def _told_role(reading: Reading, window: Window, names: NameList | None, end: int, role: OwnerRole) -> OwnerRole:
    """The role that a rule gives, unless what is told is done by all of the names together, or with everything in view (县水利局|统筹推进清淤)."""
    if role == "support":
        return "responsible" if _is_joint(reading, window, names, end) else role
    return (
        "responsible" if role == "lead" and names is not None and keeps_in_view(reading, names, reading.text[end : end + _SHOWN]) else role
    )


def _is_joint(reading: Reading, window: Window, names: NameList | None, end: int) -> bool:
    """Do all of a list that ends at a place do a thing together, with nobody named before them who leads?"""
    several = names is not None and (len(names.names) > 1 or names.names[0].kind == "collective")
    return several and _TOGETHER.match(reading.text, end) is not None and _LED.search(reading.text, window.start, end) is None


def _in_brackets(text: str, start: int, place: int) -> bool:
    """Whether a bracket that was opened behind a start is open at a place."""
    return text.count("（", start, place) > text.count("）", start, place)


def _add(
    reader: _Reader,
    window: Window,
    names: NameList | None,
    role: OwnerRole,
    rule: Rule,
    *,
    first: bool = False,
    by_name: bool = True,
    bound: bool = False,
) -> None:
    """Rows for a list of names of one role; the first of a list leads where the document says so (`first`: says so right here).

    by_name: a body that is named by its role (各牵头单位) has it.   bound: a word of duty stands behind them.
    """
    if names is None:
        return
    opener = names.names[0]
    if opener.kind == "place" and len(names.names) == 1 and _is_here(reader, opener):
        return
    called = reader.reading.text[opener.start : opener.end]
    if begins_as_phrase(reader.reading.names, called, opener.kind) and not (
        bound and (names.more or is_bearer(reader.reading.names, called))
    ):
        return
    text, place = reader.reading.text, opener.start
    if text[place - 1] == _BY and _OF_THIS_REPORT.search(text, max(place - _LONGEST_REPORT, window.start), place):
        return
    names = _with_clause_before(reader.reading, names, window.start)
    bracketed = reader.reading.text[names.names[0].start - 1 : names.names[0].start] == "（"
    default = bracketed and reader.default_from is not None and names.names[0].start >= reader.default_from
    leads = role == "responsible" and (first or default) and (len(names.names) > 1 or names.more)
    text, post = reader.reading.text, None
    for number, name in enumerate(names.names):
        if number and text[name.start : name.end] == _NOBODY:
            continue
        leading = leads and number == 0 and name.kind != "collective"
        other = reader.others if leads and number else role
        told = "lead" if leading else own_role(reader.reading, name, other) if by_name else other
        person, title = "", ""
        if name.kind == "person":
            name, person, title = named_person(text, name, reader.reading.names)
        if post is not None and person and belongs_to_next(text, post, name, reader.reading.names):
            reader.found.pop()
        _append(reader, window.passage.node, name, told, rule.id, person, title)
        post = name if name.kind == "person" and not person else None


def _is_here(reader: _Reader, place: Name) -> bool:
    """Is this the place that the document is about, which says so instead of 我县 (青禾县将做到…)?"""
    return reader.region.endswith(reader.reading.text[place.start : place.end])


def _add_marked(reader: _Reader, window: Window, start: int, end: int, rule: Rule) -> bool:
    """Rows for a list in which brackets tell who leads or supports (县水务局（牵头）、县住建局), read as in a field; False for any other."""
    reading = reader.reading
    marks = reading.fragment("role_mark").finditer(reading.text, start, end)
    if not any(mark.end() == end or reading.text[mark.end()] in _AFTER_NAME for mark in marks):
        return False  # 各责任（配合）单位
    if read_names(reading.names, reading.text, start, end, trim=False) is None:
        return False
    for row in read_field(reading.text, start, end, reading.names, reading.rulebook):
        _append(reader, window.passage.node, row.name, row.role or "responsible", rule.id, row.person, row.title)
    return True


def _is_person(reading: Reading, start: int, end: int) -> bool:
    """Is this a personal name, not a verb or adverb that begins as surnames do (全程)?"""
    name = reading.text[start:end]
    words = tag(name)
    if reading.text[start - 1] != _BY and not reading.names.body_and_post(reading.text[max(start - _LONGEST_POST, 0) : start])[1]:
        return False
    return (
        reading.names.kind_of(name) is None
        and not reading.names.is_stem(name)
        and reading.names.is_person(name)
        and not (len(words) == 1 and words[0].tag.startswith(_NO_NAME))
    )


def _add_person(reader: _Reader, window: Window, start: int, end: int, rule: Rule) -> None:
    """A person named after a post (副县长某某)."""
    name = Name(start, end, "person")
    _append(reader, window.passage.node, name, cast(OwnerRole, rule.set["role"]), rule.id, reader.reading.text[start:end], "")


def _append(reader: _Reader, node: int | None, name: Name, role: OwnerRole, rule: str, person: str, title: str) -> None:
    text = "".join(reader.reading.printed[name.start : name.end].split())
    if _NEVER.search(text):
        return
    comrades = text.removesuffix(_COMRADES).split("、") if text.endswith(_COMRADES) else []
    if len(comrades) > 1 and all(map(reader.reading.names.is_person, comrades)):
        for comrade in comrades:  # 石坚、丁岚同志
            start = reader.reading.text.index(comrade, name.start)
            one = name._replace(start=start, end=start + len(comrade))
            _append(reader, node, one, role, rule, comrade, title)
        return
    reader.told.add(name.start)
    reader.found.append(Found(node, name.start, name.end, text, name.kind, role, rule, person, title))


def _with_clause_before(reading: Reading, names: NameList, floor: int) -> NameList:
    """A list may go on over a comma (财政部、民政部，各省级人民政府): clauses before it that hold nothing but names belong to it."""
    text = reading.text
    start = names.names[0].start
    floor = max(floor, start - _LONGEST_LIST)
    while start > floor and text[start - 1] == "，":
        opens = _opening(text, floor, start - 1)
        before = read_names(reading.names, text, max(opens, floor), start - 1, trim=False)
        if before is None:
            break
        names = NameList((*before.names, *names.names), names.more or before.more)
        start = names.names[0].start
    return names


def _opening(text: str, floor: int, end: int) -> int:
    """Where the clause that ends at `end` begins; brackets within it are passed over (（各市、县（区）教育局，…）)."""
    depth = 0
    for place in range(end - 1, floor - 1, -1):
        mark = text[place]
        depth += (mark == "）") - (mark == "（")
        if depth < 0 or (depth == 0 and mark in "，；。：\n"):
            return place + 1
    return floor


def _add_subject(reader: _Reader, window: Window, start: int, end: int, rule: Rule) -> None:
    """Names before a word of duty (要, 应当, 负责): what follows tells their role."""
    reading = reader.reading
    duty = duty_after(reading, end, window.end)
    names = bound_names(reading, start, end, duty)
    if names is not None:
        _add(reader, window, names, duty_role(reading, names, duty), rule, by_name=_REPORTS.fullmatch(duty) is None, bound=True)


def _add_acting(reader: _Reader, window: Window, start: int, end: int, rule: Rule, *, charged: bool) -> None:
    """A clause that begins with names and goes on with what they do (各区县落实属地责任)."""
    reading = reader.reading
    names, place = acting(reading, start, end, window.end, charged=charged, done=window.passage.role == "progress")
    if names is not None:
        duty = duty_after(reading, place, window.end)
        first = reading.text[names.names[0].start]
        if not charged and first == _OURS and duty.startswith(_WILL):
            return
        if not charged and first == _YOURS and (window.passage.role == "progress" or _ASKS.match(duty)):
            return  # a letter tells whom it answers what they asked for or did
        if not charged and _is_news(reading, window, start, duty):
            return
        if window.passage.role != "progress" and names.names[-1].kind == "place" and _EACH.match(duty):
            return
        role = duty_role(reading, names, duty)
        if role == "supervise" and window.passage.role == "progress" and _calls_to_account(reading, duty):
            role = "responsible"  # it is told as done, by those whose work it is
        _add(reader, window, names, role, rule, by_name=_REPORTS.fullmatch(duty) is None)


def _is_news(reading: Reading, window: Window, start: int, duty: str) -> bool:
    """Is a deed only told: pointed at by a meeting as done, done at one, or that a paper was issued, in a text without items?"""
    told = _WAS_DONE.match(duty) or _OF_LATE.search(reading.text, window.start, start)
    if told and _POINTED_OUT.search(reading.text, window.start, start):
        return True
    if (
        window.passage.node is None
        and _ISSUED.match(duty)
        and _LATELY.search(reading.masked, max(window.start, start - _LONGEST_POST), start)
    ):
        return True
    return _AT_MEETING.match(reading.text, window.start, start) is not None


def _calls_to_account(reading: Reading, duty: str) -> bool:
    """Is calling to account what is told first, with no clause of urging or checking before it (下发督办函19份，对3人问责)?"""
    told = _CALLED_TO_ACCOUNT.search(duty)
    return told is not None and reading.fragment("watching").search(duty, 0, duty.rfind("，", 0, told.start()) + 1) is None


def _add_headed(node: Node, reader: _Reader) -> None:
    """Bodies or a group whose names are an item's heading, with their duty behind it (监督组。负责…)."""
    if node.heading is None:
        return
    reading = reader.reading
    start, end = node.heading.start, node.heading.end
    end -= reading.text[end - 1] in "。：；"
    duty = _HEADED_DUTY.match(reading.masked, end, node.end)
    if duty is None:
        return
    group = _GROUP.fullmatch(reading.text, start, end)
    names = NameList((Name(start, end, "group"),), False) if group else read_names(reading.names, reading.text, start, end, trim=False)
    if names is None or any(name.kind == "place" for name in names.names):
        return
    role = duty_role(reading, names, duty_after(reading, duty.end(), node.end))
    for name in names.names:
        _append(reader, node.index, name, role, "owner-headed", "", "")


def _rows_of_fields(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """The values of owner fields; those of one field of one item that stand together (lines of a cell) make one list."""
    owned = (passage for passage in passages if passage.kind == "field" and passage.field in OWNER_FIELDS)
    for _, row in groupby(owned, key=lambda one: (one.node, one.field, one.row, one.head)):
        yield list(row)


def _add_row(passages: list[Passage], reader: _Reader) -> None:
    """The value of an owner field, which may stand on several lines."""
    _add_names(
        reader, passages[0].node, cast(OwnerRole, passages[0].field), [(one.start, reader.ends.get(one.start, one.end)) for one in passages]
    )


def _add_names(reader: _Reader, node: int | None, role: OwnerRole, values: list[tuple[int, int]]) -> None:
    """One row for each name of a field; where the first listed leads and nothing else is marked, it leads."""
    names, rulebook = reader.reading.names, reader.reading.rulebook
    rows = [row for start, end in values for row in read_field(reader.reading.text, start, end, names, rulebook)]
    if role == "lead" and any(row.role == "lead" for row in rows):
        role = "responsible"  # the one marked so leads, the others of 牵头部门 answer with it
    default = reader.default_from is not None and values[0][0] >= reader.default_from
    leads = role == "responsible" and len(rows) > 1 and default and not any(row.role for row in rows)
    for number, row in enumerate(rows):
        leading = leads and number == 0 and row.name.kind not in ("collective", "person")
        other = reader.others if leads and number else role
        _append(reader, node, row.name, row.role or ("lead" if leading else other), "owner-field", row.person, row.title)


def _settle(found: list[Found], region: str, names: Names) -> tuple[list[Owner], list[Claim]]:
    """One row for each name in an item, with its strongest role, where it first has it."""
    best: dict[tuple[int | None, str], Found] = {}
    for row in sorted(found, key=lambda row: (_RANK[row.role], row.start)):
        best.setdefault((row.node, row.name), row)
    claims = [Claim("owners", row.start, row.end, row.rule, row.role == best[row.node, row.name].role) for row in found]
    return [_owner(row, region, names) for row in sorted(best.values(), key=attrgetter("start"))], claims


def _owner(row: Found, region: str, names: Names) -> Owner:
    kind: OwnerKind = "organization" if row.kind == "place" else row.kind
    full = names.canonical(row.name, kind, region)
    return Owner(row.node, row.name, full, kind, row.role, row.start, row.end, row.rule, row.person, row.title)
