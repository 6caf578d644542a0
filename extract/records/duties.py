"""Who does what in a clause: the names that it begins with, whether they are the doers, and the role that their duty gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import regex

from extract.model import OwnerRole
from extract.nlp.subjects import begins_deed
from extract.nlp.words import tag
from extract.records.name_lists import OF_WORKS, Name, NameList, read_names
from extract.records.names import LEVELS, Kind, Names
from extract.records.sentences import DATE, ORDINAL, QUANTITY, TITLE
from extract.rulebook import Rulebook

_CLAUSE = regex.compile(r"[，；]")
_ABOUT = regex.compile(r"^对[^，；。]{2,24}?[要应须](?=牵头|统筹)")
"""对领办的任务要牵头抓总: what the duty is about."""
_TAKEN, _TILL_NOW = frozenset("将把"), frozenset("均都已")
_ALREADY = regex.compile(r"^(?:均|都)?已经?(?=督|指导|约谈|通报)")
_TAKES_UP = regex.compile(r"[将把][^，；]{2,40}(?:纳入|列入|作为|写入)")
"""What is made part of something is work of one's own, whatever its name (将督察整改纳入年度考核)."""
_DONE = regex.compile(
    r"^[均都现]?已经?(?=[对将把]|于\uE001|完成(?=[^，；。\uE000]{2,16}\uE000)|落实(?!到位)|责令|要求|约谈|立案|督促|行政拘留|组织|制定|印发|启动|派出|下[发达拨]|协调|移交|建立|开展|出台|查[处封扣]|处罚|拆除|清[理运淘除]|整治|封堵|取缔|关[停闭]|修[复建订]|投入|争取|排查|巡查|检查|清淤|补[植种栽]|复绿|实施|配[备齐]|增设|设[立置]|安装|改造|筹[措集]|拨付|安排|签订|召开|聘请|委托|邀请|发[放布出]|张贴|收集|解决|化解|办[理结])"
)
_ESTEEMED = "高度重视，"
"""What is told before the deeds of who takes a matter seriously (市委高度重视，立即成立专班)."""
_A_DEED = "责令"
"""Stands for 已 before a deed that was done (已要求, 已立案), so that it is read as one."""
_DUTY = regex.compile(r"(?:[^；（）\n]++|（[^（）\n]*+）)*+")
"""A duty ends with a semicolon or the bracket that it stands in; brackets of its own are passed over."""
_SHARED = regex.compile(r"(?:负责|承办|主办|实施|落实)、")
"""What follows is somebody else's duty (由各街道负责、市住建局指导)."""
_PHRASE_TAGS = ("v", "d", "p", "c", "ad")
_DO_ANYTHING = ("person", "group")
_OFFICE = "办公室"
_OFFICES = ("办公室", "委员会")
_LEADERS = ("委", "政府", "行署", "管委会", "党组")
_OFTEN = regex.compile(r"(?:先后|多次|及时|专题|再次|第一时间|迅速|立即)")
"""Those who lead a place and meet over a matter again and again do something for it (县委先后12次召开专题会议)."""
_CALLS = frozenset(("召开", "听取"))
"""Who calls a meeting or hears a report again and again does something; who does so once is in the news."""
_NO_DEED = frozenset("的人率者")
_SENDS = regex.compile(r"(?:组织|抽调|抽派|派出|选派|增派|调派|调集|调配|安排|出动|发动|动员|投入|召集)人[员手力](?![的是为]|参[加与])")
"""What a body does with people (组织人员清淤), where others only say who they are (监管人员)."""
_NAMES_WHICH = regex.compile(r"\p{Han}{0,3}的[\uE000“]")
"""A deed that only says which ones are counted or named (挂牌督办的5处)."""
_STAND_INS = {ord(QUANTITY): "9", ord(DATE): "9", ord(ORDINAL): "9", ord(TITLE): "《"}
_MEMBERS = "成员单位"
_JOINING = re.compile("会同|商|联合")
"""What those are named by who join somebody; the cheapest test of it."""
_SHORT_OFFICE = 3
"""Characters of an office named by what it does (治超办), which would begin as a phrase."""
_SHOWN = 10
"""Characters after a name that tell whether it does something."""
_MARK = regex.compile(r"[，；。：（）\n]")
_BY_WHAT = regex.compile(r"(?:按照?|根据|对照)[^，；]{0,40}(?:要求|原则|规定|部署|标准|方案|清单)$")
_COUNTED_LEVELS = regex.compile(r"[两二三四五](?:级|[套大]班子|[办委])")
_LONGEST_ROLE = 8
_CHECKS = ("验收", "销号", "督导", "督办", "核查")
"""What bodies are named by that only look at others' work (验收责任单位); 监管部门 has work of its own."""
_NO_HANDING = frozenset("于此主分专")
"""What stands behind 由 where it hands the duty to nobody else (由于, 由此; 由分管负责人带队)."""
_OWN_OFFICES = frozenset("局委厅")
"""What the offices of a body itself begin with (局办公室)."""
_LONGER = 6
"""Characters by which a longer name ends after a shorter one that it refutes."""
_LONGEST_GROUP = 12
"""The same for a group (某某市|整改工作领导小组)."""
_LONGEST_LIST = 90
_LONGEST_PLACE = 6
_SHORT_PLACE = 4
_WILLING = regex.compile(r"率先|带头|主动|积极|坚持|切实|认真|扎实|分别")
_PLACES = ("镇", "乡", "街道", "县", "旗", "苏木")
"""Places that do something where a verb alone tells it; a 区 may be any area (城市建成区)."""
_EACH = "各"
"""Said of the first of a list (各村、社区) it holds for all of them."""
_LOWEST = regex.compile(r"(?:[镇乡村所站]|街道|社区|苏木|嘎查|镇街)(?:（[^（）]*）)?$")
_GOVERNMENTS = frozenset("院府")
_FIELD = regex.compile(r"(\p{Han}{2,8}?)(?:(?:行政)?主管|监管|管理|行政)?(?:部门|、)")
_OTHER_SUBJECT = regex.compile(
    r"(?:各级|分管|主管|主要|常务|党委|县委|市委|区委|党政)?(?:副?[省市县区州旗镇乡]长|副?书记|负责人|负责同志|领导)(?=\uE001|[^，；。、的]{4})"
    r"|\p{Han}{3,16}?[为是](?:第一|直接|主要)?责任(?:人|主体|单位)"
    r"|(\p{Han}{2,10}?(?:部门|机关))(?=[^的、，；。和及\uE000]{2})"
    r"|(\p{Han}{3,16}?)(?:(?<![主重需必只])要(?![求素点])|应当|必须|不得)"
)
"""Who else does or owes something in the next clause (分管副县长|驻点督战; 物业服务企业|应当配合)."""
_URGES = regex.compile(r"(?:负责)?(?:督促|指导|监督|责令)")
"""What stands after it is done by those who are urged (督促企业签订协议，年内消纳秸秆3万吨)."""
_URGES_BODIES = regex.compile(r"(?:并|负责)?(?:督促|督导|指导)(?=[各有相属省市县区州镇乡村])")
"""What bodies are urged to do in one clause they do in the next ones too (督促市县制定方案，细化任务)."""
_VISITS = regex.compile(
    r"(?P<name>\p{Han}{2,3}?)(?:同志)?(?:一行)?(?:先后|分别|专程|多次|再次|实地|率队|带队)*(?:深入|到|赴|前往|来到|走进|率|带|督[导查]|检查|调研|走访|[察查]看|视察|慰问|指出|强调|要求|表示|介绍|主持|出席|参加|列席|参会|陪同|汇报|发言|应邀|受邀|等|作(?!为|业|风)|就|通报|总结|宣读|传达|部署)"
)
"""The name of who holds a post, and what the news tells of a visit (区长石坚深入白石镇)."""
_IN_VIEW = regex.compile(r"(?:\p{Han}{0,2}?[要应须将])?统筹(?:推[进动]|做好|开展|建设|抓好)")
_STEERING = ("办公室", "办", "委员会", "小组", "专班", "指挥部", "联席会议")
"""Those whose work is to lead others, so that they lead also what they 统筹推进."""
_NAME_AND_DEED = regex.compile(r"(?:局|委|厅|办|府|组|部|会|院|司|中心)(?:委托|向|邀请|聘请)|(?<=[局委厅队部院])[查侦]办$")
"""州生态环境局|委托省环科院, 市生态环境局|查办: a body and what it does."""
_HOLDS = regex.compile(r"\uE001+(?:举办|组织|编制|制定|印发)")
"""What an office does by itself by a day (负责技术指导，年内举办训练营5期); of what is settled by then others are told."""
_LONGEST_DUTY = 300
_LONGEST_VERB = 64


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as owners are read in it: text and masked text with marks of one width, the text as printed, and what is known of names."""

    text: str
    masked: str
    printed: str
    rulebook: Rulebook
    names: Names

    def fragment(self, name: str) -> regex.Pattern[str]:
        """The compiled pattern of a fragment of the rulebook."""
        return self.names.patterns[name]


def acting(reading: Reading, start: int, end: int, stop: int, *, charged: bool = False, done: bool = False) -> tuple[NameList | None, int]:
    """The names that text[start:end] begins with, if what follows them acts, and where that begins; nothing after `stop` is read.

    charged: a word before says that somebody is charged (责成城关镇做好…), so that any place alone may be one and any verb will do.
    done: it is told what was done, so that 已责令 is a deed.
    The longest name counts: 市委宣传部加大 is no 市委 that 宣传, and where the longer one does not act, the shorter does not either.
    """
    best: NameList | None = None
    ends = end
    text, names = reading.text, reading.names
    pairs, ones = names.last_pairs, names.last_ones
    for tail in endings(reading).finditer(reading.masked, start, min(end, start + _LONGEST_LIST)):
        place = tail.end()
        if best is not None and place - ends > _LONGER:
            if place - ends > _LONGEST_GROUP:
                break
            if names.kind_of(text[start:place]) != "group" and not text.endswith(_OFFICES, start, place):
                continue
        goes_on = text[place : place + 1] in _LIST_GOES_ON and text[place : place + 2] != "及时"
        if place - start < 2 or (goes_on and best is None):
            continue
        if text[place - 2 : place] not in pairs and text[place - 1] not in ones and place - tail.start() == 1:
            continue  # no name ends so, and neither a bracket nor 等 closes it
        if best is not None and not names.is_agency(text[start:place]) and tag(text[ends : ends + _SHOWN])[0].end > place - ends:
            continue  # the longer name would cut a word in two (县林业局组|织复绿)
        if (
            names.cut_at(text, place)
            or names.goes_on(text, place)
            or (text[place - 1] in _GOVERNMENTS and _of_government(names, text, place))
        ):
            continue
        doers = _doers(reading, start, place, charged)
        if doers is None:
            continue
        if goes_on:
            best = None
            continue
        last = text[start + doers.names[-1].start : start + doers.names[-1].end]
        kind = doers.names[-1].kind
        told = reading.masked[place : min(stop, place + _LONGEST_VERB)]
        told = _DONE.sub(_A_DEED, told.removeprefix(_ESTEEMED), count=1) if done else told
        if kind == "place" and not charged and not _place_acts(names, told, last, counted=doers.more and text[place - 1] in LEVELS):
            continue
        if kind == "person" and not charged and _is_named(names, told):
            continue
        free = charged or kind in _DO_ANYTHING or kind == "place" or names.is_plain(last) or names.is_known(last)
        meets = (
            kind in _DO_ANYTHING
            or last.endswith(_OFFICE)
            or (done and last.endswith(_LEADERS) and _OFTEN.match(reading.masked, place) is not None)
        )
        if _acts(names, told, meets, free, charged):
            best, ends = doers, place
        elif best is not None and names.is_agency(last):
            best = None
    if best is not None and opens_as_phrase(names, text, start) and not names.begins_with_office(text, start):
        return None, end
    return best and best.shifted(start), ends


def _of_government(names: Names, text: str, place: int) -> bool:
    """Does a government's name that ends at `place` go on with the field of its offices (国务院|发展改革、财政主管部门)?"""
    field = _FIELD.match(text, place)
    return field is not None and (names.is_stem(field[1]) or field[1] in names.fields)


def _is_named(names: Names, following: str) -> bool:
    """Does the name of one person follow a post, who went to see something?"""
    visit = _VISITS.match(following)
    return visit is not None and names.is_person(visit["name"])


def leading_names(reading: Reading, start: int, end: int, stop: int) -> NameList | None:
    """The names that text[start:end] begins with, whatever follows them: those that act, else all of it, else the longest list."""
    found, _ = acting(reading, start, end, stop, charged=True)
    found = found or read_names(reading.names, reading.text, start, end, trim=False)
    if found is not None:
        return found
    best, ends = None, end
    for tail in endings(reading, listed=False).finditer(reading.masked, start, min(end, start + _LONGEST_LIST)):
        place = tail.end()
        if best is not None and (place - ends > _LONGER or tag(reading.text[ends : ends + _SHOWN])[0].end > place - ends):
            break
        if place - start < 2 or reading.names.cut_at(reading.text, place):
            continue
        doers = _doers(reading, start, place, True)
        if doers is not None:
            best, ends = doers, place
    return best and best.shifted(start)


_LIST_GOES_ON = frozenset("、和及等")


def _doers(reading: Reading, start: int, end: int, charged: bool) -> NameList | None:
    """The names text[start:end], if all are of a kind that does things: no enterprise, no single place, none that begins as a phrase.

    Their places count from `start`.
    """
    text, masked = reading.text[start:end], reading.masked[start:end]
    if "级" in text or "班子" in text or "两" in text:  # 市、县两级, 四套班子 and 两办 count nothing
        for levels in _COUNTED_LEVELS.finditer(text):
            masked = masked[: levels.start()] + levels[0] + masked[levels.end() :]
    return _doers_of(reading.names, text, masked, charged)


@lru_cache(maxsize=1 << 14)
def _doers_of(names: Names, text: str, masked: str, charged: bool) -> NameList | None:
    if "、" in text or "和" in text or "及" in text:  # a list is read with some effort; most clauses fall here
        tail = text[max(text.rfind("、"), text.rfind("和"), text.rfind("及")) + 1 :]
        if "）" not in tail and "等" not in tail and names.kind_of(tail, loose=charged) is None and tail not in names.heads:
            return None
    found = read_names(names, text, 0, len(text), trim=False, loose=charged)
    if found is None:
        return None
    each = _EACH if text.startswith(_EACH, found.names[0].start) else ""
    for name in found.names:
        printed = text[name.start : name.end]
        if name.kind == "place" and not charged and len(printed) > _LONGEST_PLACE:
            return None
        if _NAME_AND_DEED.search(printed):
            return None
        told = masked[name.start : name.end] if name is found.names[0] else each + masked[name.start : name.end]
        idle = names.patterns["not_doer"].search(told) and not names.is_stem(printed)
        if idle or begins_as_phrase(names, printed, name.kind):
            return None
    return found


def begins_as_phrase(names: Names, name: str, kind: Kind) -> bool:
    """Is the first word of what might be a name a verb, adverb, preposition or conjunction (构建政府性担保机构)?"""
    if (
        kind in ("group", "person")
        or names.is_known(name)
        or name in OF_WORKS
        or name.endswith(_MEMBERS)
        or (len(name) == _SHORT_OFFICE and name[-1] == "办")
        or not opens_as_phrase(names, name, 0)
    ):
        return False
    return not names.is_office(name)


def opens_as_phrase(names: Names, text: str, place: int) -> bool:
    """Does a phrase begin at `place` rather than a name, as its first word tells?"""
    return _opens_as_phrase(names, text[place : place + 6])


@lru_cache(maxsize=1 << 14)
def _opens_as_phrase(names: Names, opening: str) -> bool:
    if names.is_plain(opening) or names.begins_with_stem(opening):
        return False
    words = tag(opening)
    return words[0].end > 1 and words[0].tag.startswith(_PHRASE_TAGS) and words[0].tag != "vn"


def _place_acts(names: Names, following: str, place: str, *, counted: bool) -> bool:
    """May what follows a place alone be what its government does? Of a city or district only what it does at a time, again and again or of its own.

    counted: it is the last of several behind which stands how many they are (松山、白河两市).
    """
    circumstance = _end_of(names.patterns["circumstances"], following)
    if names.patterns["of_place"].match(following, circumstance):
        return False
    return (
        counted
        or place.endswith(_PLACES)
        or (len(place) <= _SHORT_PLACE and (DATE in following[:circumstance] or _WILLING.match(following) is not None))
    )


@lru_cache(maxsize=1 << 14)
def _acts(names: Names, following: str, meets: bool, any_verb: bool, charged: bool) -> bool:
    """Does a verb open what follows a name that makes it the doer: one of duty, or, with `any_verb`, any that the tagger tells?

    meets: it is a person, a group or its office, who may meet or hear something as a duty.   charged: somebody is charged, so that a verb that could be a noun is none (由水务公司运营). Who does something at a time or again and
    again (学院每年培养…) does it whatever the name.
    """
    circumstance = _end_of(names.patterns["circumstances"], following)
    degree = _end_of(names.patterns["degrees"], following) if circumstance else 0  # what tells a degree is a circumstance too
    often = meets and degree > 0
    if often and following[degree : degree + 1] in (QUANTITY, "、") and following[degree - 1] == DATE:
        return True  # 县级河长每月不少于2次; 县级河长每季度、乡级河长每月巡河
    dated = len(following) - len(following.lstrip(DATE))
    openings = sorted({0, dated, degree, circumstance}) if circumstance else [0]  # 12月20日前|将经费拨付到位
    if not _does(names, following, openings, circumstance, any_verb, charged):
        return False
    for start in openings:  # last, as nothing takes longer to rule out
        idle = names.patterns["idle"].match(following, start)
        if idle and not (often and idle[0] in _CALLS):
            return False
    return True


def _does(names: Names, following: str, openings: list[int], circumstance: int, any_verb: bool, charged: bool) -> bool:
    """Does a word of the rules for deeds open what follows a name, or, with `any_verb`, a verb?"""
    for start in openings:
        deed = names.patterns["deed"].match(following, start)
        if deed:
            which = (following[deed.end() : deed.end() + 1] in _NO_DEED and not _SENDS.match(following, start)) or (
                deed.end() - start > 1 and _NAMES_WHICH.match(following, deed.end())
            )
            return not which and begins_deed(_shown(following, start), names.compounds, known=True)
    if not (any_verb or DATE in following[:circumstance]):
        return False
    shown = _shown(following, circumstance)
    return begins_deed(shown, names.compounds) or (charged and shown != "" and tag(shown)[0].tag == "vn")


def _end_of(told: regex.Pattern[str], following: str) -> int:
    found = told.match(following)
    return found.end() if found else 0


def _shown(following: str, start: int) -> str:
    """What follows a name up to a mark, as far as it tells a deed; the tagger is shown numbers where values are hidden."""
    shown = following[start : start + _SHOWN]
    mark = _MARK.search(shown)
    return (shown[: mark.start()] if mark else shown).translate(_STAND_INS)


def duty_after(reading: Reading, place: int, stop: int) -> str:
    """What the names that end at `place` are to do: up to a semicolon, the end of the sentence or bracket, or the next who does something."""
    masked = reading.masked
    duty = cast("regex.Match[str]", _DUTY.match(masked, place, min(stop, place + _LONGEST_DUTY)))
    stop = duty.end()
    if shared := _SHARED.match(masked, place, stop):
        return masked[place : shared.end() - 1]
    comma = masked.find("，", place, stop)
    while comma >= 0:
        handed = masked[comma + 1 : comma + 2] == "由" and masked[comma + 2 : comma + 3] not in _NO_HANDING
        if handed or masked[comma + 1 : comma + 4] == "建议由":
            return masked[place:comma]  # …，由县水利局牵头 is somebody else's
        other = _OTHER_SUBJECT.match(masked, comma + 1, stop)
        if other is not None and _is_somebody(reading.names, other[1] or other[2]):
            return masked[place:comma]
        if (masked[comma + 1 : comma + 2] in _OWN_OFFICES or reading.names.is_plain(masked[comma + 1 : comma + 7])) and acting(
            reading, comma + 1, stop, stop
        )[0] is not None:
            return masked[place:comma]
        comma = masked.find("，", comma + 1, stop)
    return masked[place:stop]


def _is_somebody(names: Names, called: str | None) -> bool:
    """Is this the name of who does something in a clause of their own? A post and a body told by its role (None) need not be asked."""
    return called is None or bool(names.bearer_endings.of(called) and len(called) > _SHORT_OFFICE) or names.kind_of(called) is not None


def duty_role(reading: Reading, names: NameList, duty: str) -> OwnerRole:
    """The role that a duty gives: lead (牵头, 会同…), support (参与 and no more), supervise (only others' work), else responsible."""
    last = names.names[-1]
    name = reading.text[last.start : last.end]
    if _LOWEST.search(name) and reading.fragment("own_check").search(duty):
        return "responsible"
    if name.startswith("各") and reading.fragment("own_matters").match(duty):
        return "responsible"
    if "统筹" in duty and keeps_in_view(reading, names, duty):
        return "responsible"
    return _duty_role(reading.names, duty, reading.names.is_overseer(name), last.kind == "person")


def keeps_in_view(reading: Reading, names: NameList, duty: str) -> bool:
    """Is a thing done with everything in view (县水利局|统筹推进清淤) by those who lead nobody?"""
    last = names.names[-1]
    return _IN_VIEW.match(duty) is not None and last.kind != "group" and not reading.text.endswith(_STEERING, last.start, last.end)


@lru_cache(maxsize=1 << 13)
def _duty_role(names: Names, duty: str, overseer: bool, person: bool) -> OwnerRole:
    told = names.patterns
    if duty[:1] in _TAKEN and not overseer and _TAKES_UP.match(duty):
        return "responsible"
    duty = _ALREADY.sub("", duty, count=1) if duty[:1] in _TILL_NOW else duty
    duty = _ABOUT.sub("", duty, count=1) if duty[:1] == "对" else duty
    degree = told["degrees"].match(duty)
    act = duty[degree.end() :] if degree else duty
    first, *others = _CLAUSE.split(act)
    if told["leading"].match(act):
        return "lead"
    if _JOINING.search(act) and any(_joins(told, clause) for clause in (first, *others)):
        return "supervise" if told["watched_with"].match(first) else "lead"
    if others and _BY_WHAT.match(first):
        first, *others = others  # 按照“管行业必须管安全”要求，督促…
    supports = told["supporting"].match(act)
    if first and not (supports or overseer or told["watching_clause"].match(first)):
        return "responsible"  # most duties are so plainly their own that nothing else need be asked
    clauses = [clause for clause in (first, *others) if clause and (clause is first or not told["outcome"].match(clause))]
    if supports and (len(clauses) < 2 or act[supports.end() : supports.end() + 1] in ("，", "、", "")):
        return "support"
    if overseer:
        return "supervise" if any(told["watching"].search(clause) for clause in clauses[:2]) else "responsible"
    in_person = person and told["in_person"].search(duty) is not None
    return "supervise" if clauses and not in_person and _watches(names, clauses) else "responsible"


def _joins(told: Mapping[str, regex.Pattern[str]], clause: str) -> bool:
    """Does a clause begin by naming those who support (立即会同县财政局)?"""
    return told["with_others"].match(clause, _end_of(told["degrees"], clause)) is not None


def _watches(names: Names, clauses: list[str]) -> bool:
    """Is this only about others' work? After a clause that is plainly so, clauses that tell no deed (3家均已关停) do not count."""
    told = names.patterns
    if not told["watching_clause"].match(clauses[0]):
        return False
    plainly = told["watching_all"].search(clauses[0]) is not None or _URGES.match(told["degrees"].sub("", clauses[0], count=1)) is not None
    for one in clauses[1:]:
        if not (told["watching_clause"].match(one) or (plainly and not told["deed"].match(one) and not _HOLDS.match(one))):
            return False
        if plainly and _URGES_BODIES.match(one):
            return True
    return True


def own_role(reading: Reading, name: Name, role: OwnerRole) -> OwnerRole:
    """A body that is named by its role has it (市直牵头部门, 各配合单位) where the duty tells no other; else the role that is given."""
    if role != "responsible":
        return role
    return _named_role(reading.rulebook, reading.text[name.end - _LONGEST_ROLE : name.end]) or role


@lru_cache(maxsize=1 << 12)
def _named_role(rulebook: Rulebook, ending: str) -> OwnerRole | None:
    heads = rulebook.lookup("owner_heads")
    head = next((ending[-size:] for size in (8, 6, 5, 4) if ending[-size:] in heads), "")
    named = heads.get(head)
    return cast(OwnerRole, named) if named in ("lead", "support") or (named == "supervise" and head.startswith(_CHECKS)) else None


def endings(reading: Reading, *, listed: bool = True) -> re.Pattern[str]:
    """Where a name may end and a verb or, with `listed`, a further name follow; tried on the masked text."""
    return _endings(reading.names, reading.rulebook.fragments["deed_start"].source, listed)


@lru_cache(maxsize=4)
def _endings(names: Names, deed_start: str, listed: bool) -> re.Pattern[str]:
    """A head's, post's or collective's last character, with what closes the list. A bracket may belong to the name (各镇（街道）)."""
    last = "".join(sorted({word[-1] for word in (*names.heads, *names.posts, *names.collectives)}))
    closing = r"等(?:\uE000+|有关|相关|责任|职能|成员)*(?:部门|单位|地区|地)?(?:和单位)?|（[^（）\n]{1,12}）"
    following = rf"[、和等]|及(?!时)|{deed_start}" if listed else deed_start
    return re.compile(rf"[{last}](?:{closing})?(?={following})")
