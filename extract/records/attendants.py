"""One piece of a list of those who were there, as a person with body and title or as a body (市政府办王晨, 各镇主要负责人)."""

from __future__ import annotations

from typing import NamedTuple

import regex

from extract.model import Span
from extract.nlp.words import is_word, tag
from extract.records.name_lists import Name
from extract.records.names import LEVELS, Names

_CLOSE = regex.compile(
    r"(?:(?<=\p{Han}{2})(?:教授|研究员|院士|博士|先生|女士)|等(?:同志|人|(?:党外|各界|代表|社会|知名|专业)人士|专家(?:学者)?|嘉宾|班子成员|(?:在家的?)?[省市县区州盟旗镇乡]?级?(?:[四五几]?大?套?班子)?(?:领导(?:同志|干部)?|(?:总?[河湖林田]|河湖)长)|(?:有关|相关)?(?:人员|部门|单位)|\p{Han}{2,14}(?:成员|委员))*|同志|(?:等|共|约|近)*[*×＊\d\uE000一二三四五六七八九十百]+[余多]?[个家名位]?(?:单位|部门|同志|人))$"
)
NAME = regex.compile(r"\p{Han}[\p{Han}·]{1,10}")
_DOTTED = regex.compile(r"\p{Han}{1,8}(?:·\p{Han}{1,8}){1,3}")
_NAME_TAGS = ("nr", "ns", "nz", "x", "g", "j")
_REDACTED_BODY = regex.compile(r"[*×＊XＸ]+[省市县区州盟旗镇乡]")
_COUNTS = frozenset("0123456789一二三四五六七八九十两")
_COUNTED_BODIES = regex.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})[余多]?[个家](?:\p{Han}{0,6}(?:单位|部门|企业|公司|科室|学校|医院|园区|街道|社区)|\p{Han}{0,12}(?:局|政府|管委会|河长办)|(?:县（市、区）|县（区）|市（州）|乡镇（街道）|镇（街道）|乡（镇、街道）|镇街（园区）)(?:党委|政府|人民政府)?|乡镇|镇街|镇街道|乡镇街道|县区|区县|县市区|市州|[镇乡村])"
)
"""How many bodies of one kind came, which is all that names them (16个成员单位, 9个乡镇)."""
_OFFICES = frozenset("庭室科处股队所站办部")
_LEVELS = frozenset("省市县区旗乡镇办场")
_INNER_KINDS = ("group", "faint", "office")
_PARTICLE = regex.compile(r"[的了]")
HEAD_OF_GOVERNMENT = regex.compile(r"(?:常务)?副?[省市县区州盟旗镇乡]长|(?:中共)?\p{Han}{0,6}[省市县区州盟旗镇乡]委副?书记")
_ALSO = "兼"
_RANK = regex.compile(
    r"(?:[一二三四正副]?[处科厅县局乡部省市级高职]{1,2}级?|原|现任|时任|新任|挂职|分管|主管|联系|主持|负责|常务|专职|兼职|执行|名誉|高级|中级|首席|资深|著名|知名|第[一二三]|我[省市县区局]|全[省市县区]|的)+"
)
"""What may stand before a post and names no body."""
_OF_A_KIND = ("代表", "专家", "同志", "干部", "人员", "领导")
"""Posts whose holders are told by what kind they are, not by their body (渔民|代表)."""
_OPENS_NO_NAME = frozenset("也都均各就对在并还又再已将向由与和及等于为从把被按经据分先后同共全因受主不")
_OWN_GOVERNMENT = regex.compile(r"^[省市县区州盟旗镇乡]?(?:人民)?政府")
_MEMBERSHIPS = ("常委", "委员", "成员", "代表")
"""Posts by which a person belongs to a body without standing for it (县委常委、县公安局局长)."""
_IN_GROUP = regex.compile(
    r"(?:指挥长|总指挥|指挥部政委|组长|召集人|[总河湖林田路湾]长)$|(?:安|食安|食药安|禁毒|环|生环|爱卫|双拥|防火|森防|减灾|防震|规|国安)委(?:会)?(?:副?主任|秘书长|成员)$"
)
"""Posts in groups that several bodies make up, which come second to a post in a body (副指挥长、应急局局长)."""
_SENT = ("督察组", "督导组", "督查组", "检查组", "核查组", "验收组", "工作组", "专家组", "调研组", "巡察组", "评估组", "审计组")
"""Groups that are sent somewhere, which stand for themselves."""
_SOME = "部分"
_STAFF = "(?:责任人员?|(?:工作|经办|业务|技术|值班|办事|安全|具体)人员|业务(?:骨干|主办|主管)|经办人|骨干|专干|法人(?:代表)?|法定代表人|(?:安全|环保|安环|技术)(?:总监|专员|管理员|员)|经营者|全体(?:班子成员|工作人员|干部职工|干部|职工|同志|人员|成员|党员|委员))"
_IN_CHARGE_OF = r"(?:分管|主管|主抓|联系|负责)\p{Han}{2,8}?(?:工作)?的?(?:负责(?:人|同志|人员)|领导(?:同志|干部)?|同志|人员|副?[省市县区州盟旗镇乡主局书站所][长任记])"
_IN_OFFICE = r"(?:党政)?(?:主要|相关|有关|分管|具体)+(?:负责(?:人|同志)|领导(?:同志)?)"
_HOLDERS = regex.compile(
    rf"(?:的(?:[\d\uE000几两二三四五六七八九十]+[位名个])?(?:党政)?(?:主要|相关|有关|分管|具体)*(?:负责(?:人|同志|人员)|领导|代表|人员|同志|{_STAFF}|(?:党委|党组|党工委|支部)?(?:书记|主任|乡?[省市县区镇乡局厅处科所站队院校部组]长|(?:总?经理|董事长)|一把手))+|(?:主要|相关|有关|分管|具体|部分)*{_STAFF}|{_IN_CHARGE_OF}|{_IN_OFFICE}(?:[和及与或]|以及){_IN_OFFICE}|(?:主要|有关|相关|分管|部分|两委)+(?:干部|专家))$"
)
"""Those who stand for the bodies listed before them (市水利局、青石镇的|负责人, 物业企业|相关责任人), as no list of posts tells them."""
IN_CHARGE = regex.compile(r"(?:党政|主要|相关|有关|分管|具体|技术|业务)*(?:负责(?:人|同志|人员)|责任人|领导)$")
"""Posts that may stand behind any body, also one that nothing tells (各大型商超|负责人)."""
LEANS = regex.compile(
    rf"(?:主要|相关|有关|分管|具体)*(?:{_STAFF}|(?:分管|主管|主抓|联系)\p{{Han}}{{0,8}}[长记任]|(?![各{LEVELS}])\p{{Han}}{{2,4}}(?:科长|总监|专干|专员|骨干|主办|联络员))"
)
"""A post that leans on the bodies before it (各乡镇党委书记、|分管副乡镇长, 业务骨干)."""
_LONGEST_LEVEL = 2
"""Characters of what is no body by itself before such a post (区县|领导)."""
_REST_OF_BODY = regex.compile(r"(?:其他|其余|其它)\p{Han}{0,12}(?:成员|委员|领导|同志)")
_BLANKED = regex.compile(r"(?<=\p{Han})[*×＊XxＸ○某]{1,4}(?:等?同志|等)?$")
"""A name that was made unreadable behind its post (局长××), which leaves the body."""
UNKNOWN = regex.compile(
    r"(?!.*(?:[的了是将已作做]|会议|强调|指出|要求|发言|汇报|讲话|表态|参[加会]|[出列]席|主持|通报|传达|介绍|开展|落实|推进))\p{Han}{2,16}"
)
"""A piece of a list that may be a body though nothing tells so."""
_OF_A_KIND_OF_BODY = regex.compile(
    rf"(?P<kind>{UNKNOWN.pattern}(?<=企业|单位|公司|机构|学校|医院|团队|协会|商会|合作社|工厂|园区|银行))(?P<post>{IN_CHARGE.pattern[:-1]}|代表)"
)
"""Those who came for bodies of a kind (第三方检测机构|负责人)."""
_CAME_FOR = "代表"
_TOWN_PARTY = regex.compile(r"((?:[镇乡村]|街道)(?:党(?:工?委|总?支部)|纪委))副?书记")
_PLACE_PARTY = regex.compile(r"(?:党工?委|党总?支部?|纪工?委|政法委)(?=\p{Han})")
_COMMISSION = regex.compile(r"(\p{Han}+(?:纪委|纪工委|政法委))(副?书记)")
"""The secretary of a commission, whose post is told by its name (镇纪委|书记)."""
_GIVEN_AND_POST = regex.compile(r"(\p{Han}{2})((?:常务)?副?[省市县区州盟旗镇乡]长|书记)")
_OF_BODY = regex.compile(r"(\p{Han}{3,14})的(\p{Han}{2,3}?)同志")
"""A comrade of a body (市水利局的石坚同志)."""
_CUT_HEAD = regex.compile(r"(?<=\p{Han}(\p{Han}))(?!\1)[局所站院队处科校]长$")
"""The post of a body whose last character it shares (派出所长); that of 法院院长 is whole."""
_EACH_HEAD = regex.compile(r"[全省市县区州]{0,2}各(?:乡镇|镇街|县区|区县|县市区|市县|街镇|乡镇场)长")
"""The heads of all places of a kind (各乡镇|长)."""
_BARE_BODY = regex.compile(r"(?:政府|人大|政协|人武部|法院|检察院)(?=\p{Han})")


class Attendant(NamedTuple):
    """One who was there: the place of the person's name, or of the body where no person is named."""

    organization: str
    person: str
    title: str
    start: int
    end: int


class Piece(NamedTuple):
    """What stands between two marks or blanks of a list: where, its words, and what a bracket behind them says."""

    start: int
    end: int
    text: str
    note: str
    apart: bool
    """Does a comma, semicolon or line end stand before it, so that it takes no body over?"""
    spaced: bool = False
    """Does nothing but blanks stand before it?"""
    bare: bool = False
    """Is it a body's name that nothing but its list tells (青石、王集|有关负责同志)?"""
    known: bool = True
    """Is it the name of a body or a post? What is not known is a body only if a person's name follows after a blank."""


def is_name(text: str, names: Names) -> bool:
    """Whether a piece of a list is the name of a body or person, or of those who hold a post in a body."""
    text = _HOLDERS.sub("", text)
    if (
        _REDACTED_BODY.fullmatch(text)
        or names.is_person(text)
        or (text[:1] in _COUNTS and _counted_bodies(text, names))
        or LEANS.fullmatch(text)
    ):
        return True
    closed = _CLOSE.search(text)
    return any(
        names.kind_of(name, loose=True) is not None
        or _held_in_group(name, names) != ""
        or ((person := _split(name, names, strict=True)) is not None and person[1] != "")
        for name in {text, text[: closed.start()] if closed else text}
    )


def _printed(text: str, token: Piece, first: int, last: int) -> Span:
    """Where the characters [first:last] of a piece stand; a padded name (王　莉) is longer in the text than in the piece."""
    if token.end - token.start == len(token.text):
        return Span(token.start + first, token.start + last)
    places = [place for place in range(token.start, token.end) if not text[place].isspace()]
    return Span(places[first], places[last - 1] + 1)


def parse(text: str, token: Piece, names: Names, strict: bool) -> Attendant | None:
    """One piece: a person with or without body and title, a body, or a post alone; None where it is neither."""
    some = token.text.removeprefix(_SOME)
    if some != token.text and names.patterns["and_others"].sub("", some) in names.collectives:
        token = token._replace(start=token.start + len(_SOME), text=some)
    name = token.text
    if name[:1] in _COUNTS and (counted := _counted_bodies(name, names)):
        return Attendant(counted, "", name[len(counted) :].removeprefix("的"), token.start, token.start + len(counted))
    if _REST_OF_BODY.fullmatch(name):
        return Attendant(name, "", "", token.start, token.end)
    if LEANS.fullmatch(name):
        return Attendant("", "", name, token.start, token.end)
    of_body = _OF_BODY.fullmatch(name)
    if of_body and names.is_person(of_body[2]) and names.kind_of(of_body[1]) == "organization":
        return Attendant(of_body[1], of_body[2], "", *_printed(text, token, *of_body.span(2)))
    if (given := _given_name(name, names)) is not None:
        return given._replace(start=token.start, end=token.start + given.end)
    closed = _CLOSE.search(name)
    if closed and closed.start() and not names.is_person(name) and not names.ends_with_post(name, len(closed[0])):
        name = name[: closed.start()]
    holders = _HOLDERS.search(name)
    if holders and holders.start() > 1 and (holders[0][0] == "的" or not names.ends_with_post(name, 1)):
        name = names.patterns["and_others"].sub("", name[: holders.start()])
    blanked = _BLANKED.search(name)
    if blanked and names.ends_with_post(name[: blanked.start()], 1):
        name = name[: blanked.start()]
    note = token.note.partition("，")[0]  # 石坚（县水利局，因公出差）
    note_body, note_post = names.body_and_post(note) if note else ("", "")
    noted = note_body if note_post else note if is_noted_body(note, names) else ""
    if is_body(name, names):
        return Attendant(_whole(name, token.note, names), "", "", *_printed(text, token, 0, len(name)))
    if names.is_person(name) and names.kind_of(name) in (None, "person"):
        return Attendant(noted, name, note_post, *_printed(text, token, 0, len(name)))
    found = _split(name, names, strict) if name not in names.posts else None
    if found is not None:
        body, title, person, offset = found
        return Attendant(body, person, title, *_printed(text, token, offset, offset + len(person)))
    if (titled := _surname_and_post(name, names)) is not None:
        return titled._replace(start=token.start, end=token.start + titled.end)
    whole = _whole(name, token.note, names)
    kind = names.kind_of(whole, loose=True)
    if kind is None and _held_in_group(name, names):
        kind = "person"
    if kind is None and (came := _OF_A_KIND_OF_BODY.fullmatch(name)):
        return Attendant(came["kind"], "", came["post"], token.start, token.start + came.end("kind"))
    if kind is None and name.endswith(_CAME_FOR) and UNKNOWN.fullmatch(name):
        return Attendant(name, "", "", token.start, token.end)
    if kind is None and (strict or not names.is_agency(whole)):
        return None
    end = _printed(text, token, 0, len(name)).end if whole == name else token.end + len(token.note) + 2
    if kind == "person":
        return Attendant("", "", whole, token.start, end)
    return Attendant(whole, "", "", token.start, end)


def is_noted_body(note: str, names: Names) -> bool:
    """Is what a bracket behind a person says a body, or an office of a body that is known (市法院环资庭)?"""
    if names.kind_of(note) not in (None, "person"):
        return True
    return note[-1:] in _OFFICES and any(names.kind_of(note[:end]) == "organization" for end in range(3, len(note) - 1))


def _counted_bodies(name: str, names: Names) -> str:
    """So many bodies of one kind (15个乡镇), with nothing behind them but those who stand for them (的乡镇长, 主要负责人), or nothing."""
    counted = _COUNTED_BODIES.match(name)
    holders = name[counted.end() :].removeprefix("的") if counted else ""
    told = counted and (not holders or holders in names.posts or _HOLDERS.fullmatch(holders) or IN_CHARGE.fullmatch(holders))
    return counted[0] if counted and told else ""


def _given_name(name: str, names: Names) -> Attendant | None:
    """One who is told of by the given name alone before the post (志远市长), as speeches do."""
    told = _GIVEN_AND_POST.fullmatch(name)
    if told is None or names.is_person(told[1]) or not tag(told[1])[0].tag.startswith("nr"):
        return None
    return Attendant("", told[1], told[2], 0, len(told[1]))


def _surname_and_post(name: str, names: Names) -> Attendant | None:
    """The body of one who is told of by the surname and post (县水利局|石局长)."""
    post = names.post_endings.of(name)
    body = name[: len(name) - len(post) - 1]
    told = post and len(body) > _LONGEST_LEVEL and name[len(body)] in names.surnames and names.kind_of(body) == "organization"
    return Attendant(body, "", post, 0, len(body)) if told else None


def _held_in_group(name: str, names: Names) -> str:
    """The group or office, named by any work, that the holders of a post belong to (案件查处组|负责人), or nothing."""
    group = name[: len(name) - len(names.post_endings.of(name))]
    told = 2 < len(group) < len(name) and names.heads.get(names.head_endings.of(group)) in _INNER_KINDS and not _PARTICLE.search(group)
    return group if told else ""


def is_body(name: str, names: Names) -> bool:
    """Does this end with a head that ends nothing else, so that no person's name is sought in it (市审计局)?"""
    for size in (6, 5, 4, 3, 2, 1):
        head = name[-size:]
        if head in names.heads:
            plain = names.heads[head] in ("organization", "collective", "group") and (len(head) > 2 or names.kind_of(name) is not None)
            return plain and names.patterns["not_in_name"].search(name) is None
    return False


def _whole(name: str, note: str, names: Names) -> str:
    """The name with the bracket that belongs to it (各镇区（街道）), without one that is a remark."""
    whole = f"{name}（{note}）"
    kinds = all(part in names.heads or part in _LEVELS for part in note.split("、"))
    return whole if kinds and names.kind_of(whole) is not None else name


def _split(name: str, names: Names, strict: bool) -> tuple[str, str, str, int] | None:
    """(body, title, person, where the person's name begins) of 市政府办王晨, 分局局长田野, 胡江市长, or None."""
    if "·" in name:
        return _dotted(name, names)
    best: tuple[str, str, str, int] | None = None
    for length in (3, 2, 4):
        person, after = name[:length], name[length:]
        if after in names.posts and (names.is_person(person) or _is_given_name(person, names)):
            return "", after, person, 0
    for length in (3, 2, 4):
        person, before = name[-length:], name[:-length]
        if not before or not names.is_person(person) or _cuts_post(before, person, names) or names.ends_with_post(name, length):
            continue
        _, post = _body_and_post(before, names)
        if post:
            return _body_before_name(before, names), post, person, len(before)
        if names.kind_of(before, loose=True) is not None or (not strict and names.is_agency(before)) or before in names.agencies:
            return before, "", person, len(before)
        best = best or (before, "", person, len(before))
    post = names.post_endings.of(name)
    for length in (3, 2, 4) if post else ():  # 县林业局王强局长
        person, before = name[-len(post) - length : -len(post)], name[: -len(post) - length]
        if names.is_person(person) and names.kind_of(before) == "organization" and names.kind_of(before + person) is None:
            return before, post, person, len(before)
    for length in (2, 3, 4, 5, 6) if not strict else ():
        person, before = name[-length:], name[:-length]
        if names.is_agency(before) and names.kind_of(before) == "organization" and is_no_word(person, names):
            return before, "", person, len(before)  # 县发改委帕提古丽
    for length in (3, 2, 4):
        person, before = name[-length:], name[:-length]
        if before and _is_strange_name(person, before, names):
            return _body_before_name(before, names), names.body_and_post(before)[1], person, len(before)
    if best is not None and not strict and len(best[0]) > 1 and not names.patterns["not_in_name"].search(best[0]):
        return best
    return None


def _dotted(name: str, names: Names) -> tuple[str, str, str, int] | None:
    """As `_split`, of a name of several parts with dots between (县水利局局长买买提·艾力, 买买提·艾力县长); one that nothing goes before is whole."""
    post = names.post_endings.of(name)
    person, dot = name[: len(name) - len(post)], name.find("·")
    for place in range(dot - 2, max(dot - 7, 1), -1):
        office = person[:place]
        if NAME.fullmatch(person[place:]) and (names.ends_with_post(office, 1) or names.kind_of(office, loose=True) is not None):
            return *_office(office, names), person[place:], place
    return ("", post, person, 0) if _DOTTED.fullmatch(person) else None


def _is_given_name(name: str, names: Names) -> bool:
    """Is this a name without its surname, by which one of the same rank is told of (志远|市长)?"""
    return len(name) == 2 and names.kind_of(name) is None and [word.tag[:2] for word in tag(name)] == ["nr"]


def _cuts_post(before: str, person: str, names: Names) -> bool:
    """Does the post go on with the first character of what might be a name (副局|长孙丽)?"""
    return any(before[-size:] + person[0] in names.posts for size in (1, 2, 3))


def _is_strange_name(person: str, before: str, names: Names) -> bool:
    """Is this a name though it begins with no surname known: right behind a post (县长|侬山川), and no word of another kind?"""
    if (
        not names.ends_with_post(before, 1)
        or names.post_endings.of(before + person)
        or _cuts_post(before, person, names)
        or not NAME.fullmatch(person)
        or person[-1] in names.heads
    ):
        return False
    return is_no_word(person, names) or (len(person) < 4 and person[0] not in _OPENS_NO_NAME and not is_word(person))


def is_no_word(person: str, names: Names) -> bool:
    """Is this made of nothing but names and single characters, as strange names are cut by the tagger?"""
    if not NAME.fullmatch(person) or person[-1] in names.heads or _PARTICLE.search(person) or names.kind_of(person) is not None:
        return False
    return not any(word.end - word.start > 1 and not word.tag.startswith(_NAME_TAGS) for word in tag(person))


def _body_before_name(office: str, names: Names) -> str:
    """The body of an office that a person's name follows: as it is known, a group by its work, or what nothing but its post tells (金沙药业|董事长)."""
    known, post = _body_and_post(office, names)
    if known:
        heads = _OWN_GOVERNMENT.fullmatch(known) and HEAD_OF_GOVERNMENT.fullmatch(post)
        return "" if heads or HEAD_OF_GOVERNMENT.fullmatch(office) else _body_of(office, names)
    body = office[: len(office) - len(names.post_endings.of(office))]
    told = body != office and len(body) > _LONGEST_LEVEL and UNKNOWN.fullmatch(body) is not None and _RANK.fullmatch(body) is None
    return _held_in_group(office, names) or (body if told and not office.endswith(_OF_A_KIND) else "")


def _office(before: str, names: Names) -> tuple[str, str]:
    """Body and post of what stands before a person's name; a body alone has no post."""
    return names.body_and_post(before) if names.kind_of(before) == "person" else (before, "")


def with_title(text: str, titles: list[Piece], parsed: Attendant, names: Names) -> Attendant:
    """市委副书记、市长何群: the posts before belong to the person; a body printed with the first of them is the person's.

    Who heads a government stands for no other body (副市长、市食安委副主任), and what is held besides (兼) does not count.
    """
    standing = [item for item in titles if not item.text.endswith(_MEMBERSHIPS) and not _IN_GROUP.search(item.text)]
    body = _body_of((standing or titles)[0].text, names)
    title = text[titles[0].start : parsed.start].strip() if parsed.start > titles[0].start else parsed.title
    posts = [item.text for item in titles] + ([] if parsed.organization else [parsed.title])
    heads = any(HEAD_OF_GOVERNMENT.fullmatch(_OWN_GOVERNMENT.sub("", post, 1)) for post in posts)
    body = "" if heads else body
    second = standing and (body or _IN_GROUP.search(parsed.organization + parsed.title))
    if not heads and _ALSO not in title and parsed.organization and not second:
        body = parsed.organization
    return parsed._replace(organization=body, title=title)


def _body_of(office: str, names: Names) -> str:
    """The body of an office; the group that a meeting is of (领导小组组长) has no name of its own."""
    body, _ = _body_and_post(office, names)
    return "" if names.heads.get(body) == "group" and not body.endswith(_SENT) else body


def _body_and_post(office: str, names: Names) -> tuple[str, str]:
    """As the names tell it, and also where the post shares a character with its body (派出所长), is of a party's committee (各镇党委|书记), or is in a body
    that is named without its place (政府|副县长)."""
    body, post = names.body_and_post(office)
    if body:
        place = body.partition("（")[0]
        party = _PLACE_PARTY.match(post) if names.heads.get(names.head_endings.of(place)) == "place" else None
        cut = party.end() if party and post[party.end() :] in names.posts else 0
        return body + post[:cut], post[cut:]
    if _EACH_HEAD.fullmatch(office):
        return office[:-1], office[-1]
    if held := _COMMISSION.fullmatch(office):
        return held[1], held[2]
    if _CUT_HEAD.search(office) and names.kind_of(office[:-1], loose=True) == "organization":
        return office[:-1], office[-1]
    bare = _BARE_BODY.match(office)
    if bare and office[bare.end() :] in names.posts:
        return bare[0], office[bare.end() :]
    return body, post


def alone(token: Piece, names: Names) -> Attendant:
    """A body, or those who hold a post in one (各直属单位主要负责人), without a person's name."""
    if token.bare:
        return Attendant(token.text, "", "", token.start, token.end)
    text = names.patterns["and_others"].sub("", token.text)
    holders = _HOLDERS.search(text)
    if holders and names.kind_of(text[: holders.start()], loose=True) is not None:
        text = text[: holders.start()]
    if LEANS.fullmatch(text) or text.removesuffix(_CAME_FOR) in names.posts:
        return Attendant(text, "", "", token.start, token.end)
    if text in names.collectives or _REST_OF_BODY.fullmatch(text):
        return Attendant(text, "", "", token.start, token.end)
    party = _TOWN_PARTY.fullmatch(text)
    if party:
        return Attendant(party[1], "", text[party.end(1) :], token.start, token.start + party.end(1))
    body = _body_and_post(text, names)[0] or _held_in_group(text, names) or _before_others(text, names) or _in_charge_of(text, names)
    body = names.patterns["and_others"].sub("", body)
    if body:
        return Attendant(body, "", text[len(body) :], token.start, token.start + len(body))
    return Attendant(text, "", "", token.start, token.end)


def _before_others(text: str, names: Names) -> str:
    """The body named before 等 and a post (青石镇|等负责人), or nothing."""
    body = text[: len(text) - len(names.post_endings.of(text))].removesuffix("等")
    return body if body + "等" == text[: len(body) + 1] and names.kind_of(body, loose=True) is not None else ""


def _in_charge_of(text: str, names: Names) -> str:
    """Any noun before the post of one who answers for it (各大型商超|负责人), or nothing."""
    post = IN_CHARGE.search(text) if text not in names.posts else None
    return text[: post.start()] if post and UNKNOWN.fullmatch(text, 0, post.start()) and post.start() > _LONGEST_LEVEL else ""


def as_attendants(text: str, listed: tuple[Name, ...], names: Names) -> list[Attendant]:
    """Names of a list in prose as attendants."""
    return [alone(Piece(name.start, name.end, text[name.start : name.end], "", False), names) for name in listed]
