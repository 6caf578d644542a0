"""Who was there: from lists under a head (出席：…), and from sentences of minutes and news by the rules of kind `participant`.

A rule's groups are roles; each holds a list of persons, of bodies, or of bodies with persons. The group `named` holds one who speaks (市长丁一强调,
他指出): a row only for a person with a post, told here or elsewhere, and only where no other sentence or list tells of the person. The group `leader`
holds who leads a visit, whom a name alone or 他 may mean later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, cast

import regex

from extract.model import Claim, Document, Outline, Participant, View
from extract.nlp.words import tag
from extract.records.attendants import IN_CHARGE, Attendant, as_attendants
from extract.records.name_lists import read_names
from extract.records.names import Names, fold, names_of
from extract.records.people import read_people, read_told, shares_tail
from extract.records.rosters import read_rosters, roster_row
from extract.records.sentences import pieces
from extract.rulebook import Rulebook
from extract.rulebook.kept import compiled

ParticipantRole = Literal["host", "speaker", "present", "observer", "absent", "recorder"]
_NAMED, _LEADER = "named", "leader"
_PRONOUNS = ("他", "她")

_PRONOUN_REACH = 400
_MOST_NAMED = 6
"""Times that a person is looked for by name to learn the post."""
_ANYONE = ("负责人", "负责同志")
_AWAY = regex.compile(
    r"[ 　：]*(?:（[^（）\n]{0,6}(?:请假|缺席|未参[加会]|未到会?|未派员|公假|病假|事假)[^（）\n]{0,10}）|(?:未派员|未到会?|未参会|缺席|请假)(?=[，、；。\s]|$))"
)
"""Said behind one of a list who did not come (县财政局（请假）, 县气象局　未派员)."""
_MEETINGS = frozenset({"minutes", "news", "speech"})
_READ = frozenset({"body", "cell", "info"})
_LONGEST_LIST = 300
_CAME_FOR = "代表"
_MOST_JOINED = 2
_LINE = regex.compile(r"[^\n]+")
_SENTENCE = regex.compile(r"[^。！？\n]++")
_REDACTED = regex.compile(r"(?!乡镇$)[省市县区州盟旗镇乡、]*")
_FIRST = regex.compile(r"\p{Han}{2,4}+(?=[，、；。（\n]|$)")
_PIECE = regex.compile(r"[^、，\s]+")
_NAME = regex.compile(r"[^、，和与\s]+")
_LAST = regex.compile(r"\p{Han}{2,20}+$")
_WORD = regex.compile(r"\p{Han}+")
_LAST_WORD = regex.compile(r"(?<=[，、；：\s　])\p{Han}++$")
_LONGEST_LINE = 30
_GROUP_HEAD = regex.compile(
    r"[\s　]*(?:[省市县区州盟旗](?:委|政府|人大|政协)(?:、(?:政府|人大|政协)){0,3}领导|[省市县区州盟旗镇乡]{1,2}(?:(?:级|直|属)(?:领导|部门|单位|机关)?|领导|部门|单位|机关)|各?[县市镇乡][（(][市区街道、]{1,4}[）)](?:、区)?|(?:公司|集团|机关|职能|业务|基层|直属|下属|所属|权属|二级|外聘|特邀|行业|技术|督[察导]组|领导小组|其他)(?:领导|部门|单位|专家|代表|人员|成员|科室|企业)|各?(?:县市区|市县区|县区|区县|乡镇|镇街|街道|企业|园区|部门|单位|专家|媒体|基层)(?:代表)?|(?:各|有关|相关|牵头|责任|成员|驻[市县区])(?:部门|单位))(?:[（(][\p{Han}、]{1,6}[）)])?[：:]"
)
"""Who a line of a list is of (市级领导：…, 市直单位：…), before their names."""
_GROUP_LINE = regex.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)\p{Han}{2,10}(?:（\d{1,3}人）)?：?[\s　]*"
)
"""A numbered line that says who those below it are (二、县直单位（7人）)."""
_NUMBER = regex.compile(r"[\s　]*\d{1,2}(?:[.、．]|[ 　]+)(?=[\s　]*\p{Han})")
_OPENING = 600
_CONTENT = regex.compile(r"[\s　]*+(?:[一二三]是|第[一二三]|首先|[一二三1-3][、.．）)])")
"""How what was said begins, which forms print under the head of who took it down (会议记录：一是…)."""
_SPOKEN = regex.compile(r"[\s　]*+(?:请|各位|大家|下面|谢谢|感谢|好[，的]|欢迎|女士|同志们)")
"""What one says begins so, behind a head by which a record of words tells who speaks (主持人：请…)."""
_CHARGED = regex.compile("牵头(?!人)|由[^，。；\n]{2,20}(?:负责|承办)")
"""Who is charged with a thing, after which those who take part are at no meeting."""
_JOINED = regex.compile(r"(?:负责人|负责同志|领导)(?:以?及|[和与])")
_GIVEN = regex.compile(
    r"(?m)^(?:[ 　—－（(-]*[^\n。]{0,20}在[^\n，。]{4,60}(?:会议|大会|全会|[一二三四五六七八九十]次会)上|[—－-]+[^\n。]{0,20}在[^\n，。]{4,60}会议)[ 　）)]*$"
)
"""A line that says at which meeting a report was given, behind a dash also without 上; below it stands who gave it."""
_REPORTERS = regex.compile(
    r"(?P<media>等(?:\uE000|[\d多余家])*(?:中央|省市?|市|新闻|主流|驻\p{Han}{1,4})*媒体)?(?:的|(?<=媒体))?记者(?:代表)?$"
)
"""Who comes for papers and stations (某某卫视、某某网等新闻媒体记者), whose names nothing else tells."""
_WIRED = regex.compile("[^，。；\ue001]{0,12}\ue001++[电讯]\\s?")
"""Where and when a story was told, before its first word (某某社白石5月2日电)."""
_ATTENDS = regex.compile(r"参会|参加|出席|列席|主持|到会|(?:汇报|发言|讲话|通报|介绍|说明|表态|点评|总结|部署)$")
_THEN_NAMES = regex.compile(r"(?P<verb>出席|参加|列席)了?(?:此次|本次|这次)?[^，。；\n]{0,12}会议?。(?P<list>[^。\n]{8,300})。")
"""Who was there, and a sentence behind it that may go on with names."""
_FEWEST_NAMES = 3
_CAME = regex.compile("参会|与会|到会")
_ASIDE = regex.compile(r"（以下[^（）\n]{2,14}）")
"""What stands in a list before those of whom it holds: （以下市级河长）."""
_TIME = regex.compile(
    r"^(?:[^（）。，；\n]{0,14}（[^（）\n]{0,10}(?:记者|通讯员)[^（）\n]{0,40}）|[\uE001\s”\"]|今天|昨天|日前|近日|当天|当日|[上下]午|晚上?|刚才|随后|首先|之后|最后|会前|会上|\p{Han}{0,8}(?:会|会议|仪式|活动|约谈|座谈)由|由|委托|(?:责任|牵头|承办|主办)(?:单位|部门)(?=[省市县区乡镇])|据(?![悉说])|\p{Han}{1,3}(?:会上|中(?![心学院省市县区州镇乡])|时(?!代))|(?:会议)?(?:还|并)?(?:特别|专门)?(?:邀请|特邀)了?|(?:会议)?(?:先后|集中)?听取了?)+"
)


def find_participants(document: Document, outline: Outline, view: View, rulebook: Rulebook) -> tuple[list[Participant], list[Claim]]:
    """The participants of minutes, news and speeches in order of place; one row for each role of a person or body."""
    at_meeting = outline.header.doc_type in _MEETINGS
    given = outline.header.doc_type == "speech" or (not at_meeting and _GIVEN.search(document.text, 0, _OPENING) is not None)
    if not (at_meeting or given):
        return [], []
    names = names_of(rulebook)
    text, masked = fold(document.text), fold(view.masked)
    spoken = _speaker(text, outline, names) if given else ()
    if not at_meeting:
        return _rows([*spoken])
    tabled = [(cast(ParticipantRole, role), who, "participant-table") for role, who in read_rosters(document, text, names, rulebook)]
    rolls = list(_listed(text, names, rulebook))
    read = {who.end for _, who, _ in rolls}
    listed = [*spoken, *rolls, *(row for row in tabled if row[1].end not in read), *_going_on(text, names)]
    persons = {who.person for _, who, _ in listed if who.person}
    return _rows([*listed, *_told(outline, text, masked, names, rulebook, persons)])


def _rows(found: list[tuple[str, Attendant, str]]) -> tuple[list[Participant], list[Claim]]:
    """One row for each role of a person or body, with a claim for each time that it is told."""
    rows: dict[tuple[str, str, str], Participant] = {}
    claims = []
    persons = {who.person for role, who, _ in found if role not in (_NAMED, _LEADER)}
    posted = sorted([who for _, who, _ in found if who.person and who.title], key=lambda who: who.start)
    for role, who, rule in found:
        if role == _LEADER:
            continue
        if role == _NAMED:
            who = _with_post_told(who, posted)
            if who.person in persons or not (who.person and who.title):
                continue
            role = "speaker"
        if _REDACTED.fullmatch(who.organization + who.person):
            continue
        key = (role, who.organization, who.person)
        claims.append(Claim("participants", who.start, who.end, rule, key not in rows))
        rows.setdefault(key, Participant(cast(ParticipantRole, role), who.organization, who.person, who.title, who.start, who.end, rule))
    return sorted(rows.values(), key=lambda row: row.start), claims


def _with_post_told(who: Attendant, posted: list[Attendant]) -> Attendant:
    """Who speaks; 他 is the person named last before with a post."""
    if who.organization not in _PRONOUNS:
        return who
    return next((one for one in reversed(posted) if 0 < who.start - one.end < _PRONOUN_REACH), who)


def _listed(text: str, names: Names, rulebook: Rulebook) -> Iterator[tuple[ParticipantRole, Attendant, str]]:
    """Lists under a head; a list goes on over following lines as long as they hold nothing but names."""
    heads = rulebook.lookup("participant_heads")
    marks = list(_head(rulebook.words("participant_heads")).finditer(text))
    roles = _roles(["".join(mark["head"].split()) for mark in marks], heads)
    for number, (mark, role) in enumerate(zip(marks, roles, strict=True)):
        if role == "none" or _SPOKEN.match(text, mark.end()) or (role == "recorder" and _CONTENT.match(text, mark.end())):
            continue
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        for who in _list_after(text, mark.end(), stop, names):
            yield cast(ParticipantRole, "absent" if _AWAY.match(text, who.end) else role), who, "participant-list"


def _roles(printed: Sequence[str], heads: Mapping[str, str]) -> list[str]:
    """The role of each head of a list. Beside guests and others who only sat in, and where nobody else was present, 参会人员 are those who met."""
    roles = [heads[head] for head in printed]
    sat_in = {head for head in printed if heads[head] == "observer"}
    came = {head for head in sat_in if _CAME.match(head)}
    meets = came != sat_in and "present" not in roles
    return ["present" if meets and head in came else role for head, role in zip(printed, roles, strict=True)]


def _speaker(text: str, outline: Outline, names: Names) -> Iterator[tuple[ParticipantRole, Attendant, str]]:
    """Who gives a speech, where a line under its title says so (市长　丁一, or the name alone)."""
    for line in _LINE.finditer(text, 0, min(_OPENING, outline.nodes[0].start if outline.nodes else _OPENING)):
        people = read_people(text, line.start(), line.end(), names) if len(line[0]) <= _LONGEST_LINE else []
        if len(people) == 1 and people[0].person and (people[0].title or line[0].strip(" 　") == text[people[0].start : people[0].end]):
            yield "speaker", people[0], "participant-speech"
            return


def _list_after(text: str, start: int, stop: int, names: Names) -> Iterator[Attendant]:
    place, first, rostered = start, True, False
    while place < stop:
        end = text.find("\n", place, stop)
        end = stop if end < 0 else end
        full = text.find("。", place, end)
        line_end = end if full < 0 else full
        group = _GROUP_HEAD.match(text, place, line_end)
        if group and not IN_CHARGE.fullmatch(text[group.end() : line_end].strip(" 　")):
            place = group.end()
        if number := _NUMBER.match(text, place, line_end):
            place = number.end()
        if text[place:line_end].strip() and not _GROUP_LINE.fullmatch(text, place, line_end):
            torn = set()
            while full < 0 and (_breaks_before_a_person(text, end, stop, names) or _tears_a_name(text, end, stop, names)):
                if _tears_a_name(text, end, stop, names):
                    torn.add(end)
                last, end = end, next_end if (next_end := text.find("\n", end + 1, stop)) >= 0 else stop
                full = text.find("。", last, end)
                line_end = end if full < 0 else full
            kept = [at for at in range(place, line_end) if at not in torn] if torn else range(place, line_end)
            line = ("".join([text[at] for at in kept]) if torn else text[place:line_end]).replace("\n", " ")
            line = _ASIDE.sub(lambda note: " " * len(note[0]), line)
            row = roster_row(line, 0, len(line), names, first=not rostered)
            rostered = row is not None
            people = [row] if row else read_people(line, 0, len(line), names, strict=not first)
            if not people:
                return
            yield from (who._replace(start=kept[who.start], end=kept[who.end - 1] + 1) for who in people)
            first = False
        if full >= 0:
            return
        place = end + 1


def _tears_a_name(text: str, end: int, stop: int, names: Names) -> bool:
    """Does the line that ends at `end` break inside a name (漠松 / 生态环境局, 田 / 野)?"""
    following = _WORD.match(text, end + 1, stop) if end < stop else None
    last = _LAST_WORD.search(text, max(end - _LONGEST_LINE, 0), end)
    if following is None or last is None:
        return False
    if len(last[0]) == 1:
        return last[0] in names.surnames and len(following[0]) <= 2
    if names.is_person(last[0]) or names.is_plain(following[0]) or names.kind_of(last[0], loose=True) is not None:
        return False
    return names.kind_of(last[0] + following[0]) == "organization"


def _breaks_before_a_person(text: str, end: int, stop: int, names: Names) -> bool:
    """Does the line that ends at `end` break between a body or post and the person's name (…，市水利局 / 丁一，…)?"""
    following = _FIRST.match(text, end + 1, stop) if end < stop else None
    if following is None or not names.is_person(following[0]) or names.kind_of(following[0]) is not None:
        return False
    last = _LAST.search(text, max(end - _LONGEST_LINE, 0), end)
    return last is not None and not names.is_person(last[0]) and names.kind_of(last[0], loose=True) is not None


def _known(text: str, start: int, end: int, persons: set[str], names: Names) -> list[Attendant]:
    """Those of a stretch that is nothing but names of persons told of elsewhere, with or without their bodies; else nothing."""
    found = []
    for one in _NAME.finditer(text, start, end):
        size = next((size for size in (3, 2, 4, 5, 6) if size <= len(one[0]) and one[0][-size:] in persons), 0)
        body = one[0][:-size]
        if not size or (body and names.kind_of(body) != "organization"):
            return []
        found.append(Attendant(body, one[0][-size:], "", one.end() - size, one.end()))
    return found


def _told(
    outline: Outline, text: str, masked: str, names: Names, rulebook: Rulebook, persons: set[str]
) -> Iterator[tuple[str, Attendant, str]]:
    """Hosts, speakers and others named in sentences. `persons`: the names of those of whom lists tell."""
    passages = [passage for passage in outline.passages if passage.kind in _READ]
    cues = rulebook.cues("participant")
    cued = cues.scan(masked)
    sentences = [
        (masked[start:end], start, cued.rules(start, end))
        for passage in passages
        if cued.rules(passage.start, passage.end)
        for sentence in _SENTENCE.finditer(masked, passage.start, passage.end)
        for start, end in pieces(*sentence.span(), masked)
    ]
    for number, rule in enumerate(cues.rules):
        for sentence, floor, told in sentences:
            if told >> number & 1:
                for match in rule.finditer(sentence):
                    for group, span in ((role, span) for role in match.re.groupindex for span in match.spans(role)):
                        if group == "observer" and _CHARGED.search(text, floor, span[0] + floor):
                            continue  # 由县信访局牵头，县公安局参加
                        place, end = span[0] + floor, span[1] + floor
                        if wired := _WIRED.match(masked, place, end):
                            place = wired.end()
                        known = _known(text, place, end, persons, names)
                        for who in known or _with_clauses_before(text, masked, place, end, floor, names):
                            if not who.person and names.is_one_post(who.organization):
                                continue  # 县长同志 names nobody
                            if not who.person and who.organization in names.posts and who.organization.endswith(_ANYONE):
                                continue  # …，分管负责同志参加: of the bodies of the clause before
                            if who.person and not (who.organization or who.title) and _is_verb(who.person):
                                continue  # 安排部署了 is no 安某
                            if group in (_NAMED, _LEADER) and who.person and not who.title:
                                who = _as_named_before(who, text, masked, names)
                            persons.add(who.person)
                            yield group, who, rule.id


def _going_on(text: str, names: Names) -> Iterator[tuple[ParticipantRole, Attendant, str]]:
    """Those of a sentence of nothing but names, right behind one that tells who was there (…出席会议。县水利局局长，县林业局局长。)."""
    for told in _THEN_NAMES.finditer(text):
        if not _ATTENDS.search(told["list"]):
            people = read_people(text, *told.span("list"), names, strict=True)
            role: ParticipantRole = "present" if told["verb"] == "出席" else "observer"
            kept = [who for who in people if who.person or not names.is_one_post(who.organization)]
            yield from ((role, who, "participant-list") for who in kept if len(kept) >= _FEWEST_NAMES)


def _as_named_before(who: Attendant, text: str, masked: str, names: Names) -> Attendant:
    """Who is named alone with the body and post that stand before the name elsewhere in the document, as persons are told once."""
    place = -1
    for _ in range(_MOST_NAMED):
        place = text.find(who.person, place + 1)
        if place < 0:
            break
        opens = max(text.rfind(mark, max(place - _LONGEST_LINE, 0), place) for mark in "，。；：（\n") + 1
        told = _those(text, masked, opens, place + len(who.person), names) if 0 < place - opens < _LONGEST_LINE else []
        if told and told[-1].person == who.person and told[-1].title:
            return who._replace(organization=told[-1].organization, title=told[-1].title)
    return who


def _is_verb(name: str) -> bool:
    words = tag(name)
    return len(words) == 1 and words[0].tag.startswith("v")


def _with_clauses_before(text: str, masked: str, start: int, end: int, floor: int, names: Names) -> list[Attendant]:
    """Those of a stretch, and of the clauses before it as long as they are nothing but names (市长丁一，副市长卢二、贾三出席)."""
    floor = max(floor, start - _LONGEST_LIST)
    people: list[Attendant] = []
    if start > floor and text[start - 1] == "、":  # a list longer than the pattern looks back
        opens = max(floor, *(text.rfind(mark, floor, start) + 1 for mark in "，；：。"))
        people = _those(text, masked, opens, end, names)
        start = opens if people else start
    people = people or _those(text, masked, start, end, names)
    while people and start > floor and text[start - 1] in "，；":
        opens = max(text.rfind("，", floor, start - 1) + 1, text.rfind("；", floor, start - 1) + 1, floor)
        before = () if _ATTENDS.search(text, opens, start - 1) else _those(text, masked, opens, start - 1, names)
        if not before:
            break
        people, start = [*before, *people], opens
    return people


def _those(text: str, masked: str, start: int, end: int, names: Names) -> list[Attendant]:
    """Bodies or persons of a stretch of prose; nothing where it is no list of names."""
    lead = _TIME.match(masked[start:end])
    start += lead.end() if lead else 0
    if text[start:end] in _PRONOUNS:
        return [Attendant(text[start:end], "", "", start, end)]
    reporters = _REPORTERS.search(text, start, end)
    end = reporters.start() if reporters else end
    if reporters and reporters["media"]:
        return [Attendant(one[0], "", "", *one.span()) for one in _PIECE.finditer(text, start, end)]
    listed = None if shares_tail(text, start, end) else read_names(names, text, start, end, trim=False, merge_heads=False, loose=True)
    if listed and any(_is_run(text[name.start : name.end], names) for name in listed.names):
        listed = None
    if listed is not None and all(name.kind != "person" and not _JOINED.search(text, name.start, name.end) for name in listed.names):
        return as_attendants(text, listed.names, names)
    people = read_told(text, start, end, names)
    if not people and listed is None and text.endswith(_CAME_FOR, start, end):
        return _those(text, masked, start, end - len(_CAME_FOR), names)  # 施工、监理单位代表
    return people if people or listed is None else as_attendants(text, listed.names, names)


def _is_run(name: str, names: Names) -> bool:
    """Is this more than one name: deeds in a row before a body, or bodies that nothing tells (行政执法、青石街道)?"""
    first = name.partition("、")[0]
    joins = names.patterns["level_only"].fullmatch(first) or names.patterns["before_bare_rest"].search(first) or "（" in first
    return name.count("、") > (_MOST_JOINED if joins else 0)


@lru_cache(maxsize=4)
def _head(words: frozenset[str]) -> regex.Pattern[str]:
    """A head at the start of a line (出　席：, 列席人员　…, 记录:) or, with a colon, of a sentence."""
    spaced = {word: "[ 　]*".join(word) for word in sorted(words, key=lambda word: (-len(word), word))}
    of_items = r"(?:第[^：\n]{1,16}?(?:议题|议程|事项|项)|议题|[主分]会场|[线网]上|线下|视频|现场|固定|[应受]邀|其他)"  # 参加第二至第四项议题：, 第五议题列席：
    all_heads, long_heads = "|".join(spaced.values()), "|".join(head for word, head in spaced.items() if len(word) > 1)
    return compiled(
        rf"(?m)^[ 　\t]*(?:{of_items}?(?P<head>{all_heads}){of_items}?[ 　]*：|(?P<head>{long_heads})(?:[ 　]|\t(?=[^\t\n]*$)|$))|(?<=[。；　）]|  )[ 　]*(?P<head>{all_heads})[ 　]*：|(?<=\p{{Han}} )(?P<head>{long_heads})：",
        {},
    )
