"""Lists of those who were there: 市政府办王晨、倪德，王　莉（第二项） as bodies, persons and titles with their places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import regex

from extract.nlp.words import tag
from extract.records.attendants import (
    HEAD_OF_GOVERNMENT,
    IN_CHARGE,
    LEANS,
    NAME,
    UNKNOWN,
    Attendant,
    Piece,
    alone,
    is_body,
    is_name,
    is_no_word,
    is_noted_body,
    parse,
    with_title,
)
from extract.records.name_lists import SOME_PLACES, Name
from extract.records.names import Names

_REMARK = regex.compile(r"（([^（）\n]*)）$")
_TOKEN = regex.compile(r"(?:(?!以及|(?<=以)及)[^，；、：。\s（）]|（[^（）\n]*+）)++")
_NOTED = regex.compile(r"[^、，；\s]+")
_WITH_NOTE = regex.compile(r"(\p{Han}{2,4})（[^（）\n]{2,30}）")
_LIST_MARK = regex.compile(r"[、，；。\s]")
_HARD = regex.compile(r"[，；。\n]")
_HEADCOUNT = regex.compile(r"(?:等|共|约|近)*[\d\uE000一二三四五六七八九十百]+[余多]?名?人$")
_PAIR = regex.compile(r"\p{Han}{2}")
_LONGEST_PIECE = 200
"""Characters beyond which nothing without a mark is a name: without a bound, what closes a name would cost the square of its length."""
_LONGEST_BESIDE = 5
_PADDING = " 　\t"
_LONGEST_BEGINNING = _PADDED = 2
_NO_NAME = ("v", "d", "p", "c", "u", "m")
_REDACTED = regex.compile(r"[*×＊XＸ]+(?:同志|[省市县区州盟旗镇乡])?")
_ALSO_HELD = regex.compile(r"（(?:兼|代|挂职|主持工作)）(?=\p{Han}{2,3}$)")
_TO_ALSO_HELD = regex.compile(r"(?<=）)\p{Han}{2,3}$|[^（）]+（(?:兼|代|挂职|主持工作)）")
"""A post that is held besides, before the person's name (局长（兼）|某某)."""
_JOINT = regex.compile(r"以及|[和及兼]|与(?!会)")
_COMMITTEE_MEMBER = regex.compile(r"[省市县区州盟旗]委常委")
_MOST_UNKNOWN = 0.4
"""The share of a list's pieces that nothing may tell."""
_EACH = regex.compile(r"\p{Han}{0,3}各\p{Han}")
_OF_A_KIND = regex.compile(rf"(?P<kind>\p{{Han}}*(?:企业|单位|公司|机构|学校|医院|部门|场所|门店|行业))(?:{IN_CHARGE.pattern}|代表$|$)")
_SHORT_NAME = regex.compile(r"\p{Han}{2,4}")
_KINDS = "(?:科室|处室|股室|单位|部门|企业|乡镇|镇街|街道|组织|机构|方面|学校|医院|委办局|成员单位)"
_SHARED_TAIL = regex.compile(
    rf"(?:(?P<places>{SOME_PLACES})(?:\p{{Han}}{{2,8}}(?:局|委)|(?:人民)?政府|党委|(?!领导))的?|(?P<firms>等(?:\d+|[一二三四五六七八九十]+)[余多]?家)?(?(firms)|等)(?:\p{{Han}}|\uE000|\d){{0,8}}?{_KINDS}(?:[、和及与]{_KINDS}|（{_KINDS}）)*的?|(?:[两三四五六七八九十]|\d{{1,2}})个?(?:县区|区县|县市区?|市县|市州|乡镇|镇街|街道|部门|单位)(?:的|(?:人民)?政府|党委)?|的)(?:相关|有关|环保|安全|技术|主要|分管|具体|业务|党政)*"
    r"(?:负责(?:人|同志|人员)|责任人|领导|同志|代表|(?:经办|业务|工作)?人员)(?:(?:以及|及|和)(?P<others>\p{Han}{2,14}(?:企业|单位|部门|公司|代表)))?$"
)
"""What all bodies of a list share: 等股室、站所负责人; 的分管负责同志以及部分施工企业."""
_FOR_OTHERS = "代表"
"""Who came for others (村民代表某某) is of no body that is named before."""
_LEADS_PLACE = regex.compile(rf"(?:{HEAD_OF_GOVERNMENT.pattern})|[省市县区州盟旗镇乡]委")
_AWAY = regex.compile("未派员|未到会?|未参会|未出席|缺席|请假|公假|病假|事假")
_WHOLE = "全体"
_LONGEST_TAIL = 40


def read_people(
    text: str, start: int, end: int, names: Names, *, strict: bool = False, mixed: bool = False, places: bool = False
) -> list[Attendant]:
    """Those named in the list text[start:end], in order. A person without a body takes over that of the person before it up to a comma.

    strict: nothing, unless every piece is a known kind of name (for stretches of prose, which may be no list at all).
    places: what nothing tells is a place or a firm (松山、白河|等县区).
    mixed: in a strict list some may be bodies that nothing tells (国土、行政执法、青石街道), as long as the first and most others are known.
    """
    unknown = 0
    rows: list[Attendant] = []
    body = ""
    pending: list[Piece] = []
    tokens = _tokens(text, start, end, names)
    if any(len(token.text) > _LONGEST_PIECE for token in tokens):
        return []
    if text.find("各", start, end) >= 0:
        tokens = _with_kinds_joined(text, tokens, names)
    if text.find("负责", start, end) >= 0 or text.find("领导", start, end) >= 0 or text.find("责任人", start, end) >= 0:
        tokens = _with_bare_bodies(tokens, names)
    if text.find("）", start, end) >= 0:
        tokens = _with_notes_shared(tokens, names)
    if places:
        tokens = [token._replace(bare=_may_be_body(token, names)) for token in tokens]
    of_last = False  # a post just read belongs to the person before it
    for number, token in enumerate(tokens):
        if token.apart:
            rows += [alone(item, names) for item in pending if item.known]
            body, pending = "", []
        of_last = not token.apart and not pending and _is_post_behind(text, token, rows, names, of_last)
        if of_last:
            rows[-1] = _with_post(rows[-1], text[tokens[number - 1].end : token.end], names)
            continue
        noted = _noted_persons(text, token, names)
        if noted:
            rows += [alone(item, names) for item in pending if item.known] + noted
            body, pending = "", []
            continue
        if token.bare:
            parsed: Attendant | None = Attendant(token.text, "", "", token.start, token.end)
        elif _is_one_more(text, token, rows, pending, names):
            parsed = Attendant("", token.text, "", token.start, token.end)
        else:
            parsed = parse(text, token, names, strict)
        if (
            mixed
            and (number or names.is_stem(token.text))
            and (parsed is None or names.is_stem(token.text))
            and UNKNOWN.fullmatch(token.text)
        ):
            unknown += not names.is_stem(token.text)
            parsed = Attendant(token.text, "", "", token.start, token.end)
        told = parsed is not None and (strict or names.kind_of(parsed.organization, loose=True) or token.spaced is False)
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if not told and (_must_be_person(token, rows, pending, names) or (not strict and _opens_persons(text, token, following, names))):
            parsed = Attendant("", token.text, token.note if token.note in names.posts else "", token.start, token.end)
        if _AWAY.fullmatch(token.text) or _is_post_of(text, token, pending, names):
            continue
        if parsed is None:
            if strict and not _REDACTED.fullmatch(token.text):
                if not names.ends_with_post(token.text, 1) or following is None or following.apart:
                    return []
                pending.append(token)  # a post in a body that nobody knows, of the person named after it
            if not strict:
                pending.append(token._replace(known=False))
            continue
        if parsed.person:
            beside = text[pending[-1].end : token.start].isspace() if pending else False
            pending = [item for item in pending if item.known or (beside and item is pending[-1])]
            titles = [item for item in pending if item.known and names.body_and_post(item.text)[1]]
            bodies = [item for item in pending if item not in titles]
            if bodies and not parsed.organization and (not parsed.title or token.note):
                parsed = parsed._replace(organization=bodies[-1].text)
                bodies = bodies[:-1]
            rows += [alone(item, names) for item in bodies]
            if titles:
                parsed = with_title(text, titles, parsed, names)
            body = "" if _is_of_no_body(parsed) else parsed.organization or body
            pending = []
            rows.append(parsed._replace(organization=parsed.organization or body))
        else:
            pending.append(token._replace(text=parsed.organization or parsed.title, end=parsed.end))
    rows += [alone(item, names) for item in pending if item.known]
    return _without_more_posts(text, rows, names) if unknown <= _MOST_UNKNOWN * len(tokens) else []


def _is_of_no_body(who: Attendant) -> bool:
    """Is this one who came for others (村民代表) or heads a government, and so is of no body that is named before?"""
    return not who.organization and (who.title.endswith(_FOR_OTHERS) or _LEADS_PLACE.match(who.title) is not None)


def shares_tail(text: str, start: int, end: int) -> regex.Match[str] | None:
    """What all bodies of the list text[start:end] share behind the last (等股室、站所负责人), or None."""
    return _SHARED_TAIL.search(text, max(start, end - _LONGEST_TAIL), end)


def read_told(text: str, start: int, end: int, names: Names) -> list[Attendant]:
    """Those of a list in prose, which may be none at all: persons and bodies that all are known, or most of them."""
    tail = shares_tail(text, start, end)
    if tail and _EACH.match(text, start) and names.kind_of(text[start : text.find("、", start, end)], loose=True) is None:
        tail = None  # they are of one kind
    last = tail.start() if tail else end
    if tail and (tail["places"] or tail["firms"]):
        return read_people(text, start, last, names, strict=True, places=True)
    people = read_people(text, start, last, names, strict=True) or read_people(text, start, last, names, strict=True, mixed=True)
    if people and tail and tail["others"]:
        people.append(Attendant(tail["others"], "", "", *tail.span("others")))
    return people


def _is_one_more(text: str, token: Piece, rows: list[Attendant], pending: list[Piece], names: Names) -> bool:
    """Is this a name of two characters in a row of persons' names, though it might name a body (高远、田园)?"""
    if pending or token.note or not rows or not rows[-1].person or len(token.text) != _PADDED:
        return False
    return text[rows[-1].end : token.start] == "、" and names.is_person(token.text)


def _is_post_of(text: str, token: Piece, pending: list[Piece], names: Names) -> bool:
    """Is this what those are called who came for the body before it (各乡镇：分管负责人)?"""
    if not pending or not pending[-1].known or token.text not in names.posts:
        return False
    return (
        token.start > pending[-1].end
        and text[pending[-1].end : token.start].strip(" 　") in ("：", "")
        and IN_CHARGE.fullmatch(token.text) is not None
    )


def _is_post_behind(text: str, token: Piece, rows: list[Attendant], names: Names, of_last: bool) -> bool:
    """Is this the post of the person named before it (王强 县长、总河长)? `of_last`: so was the word before it."""
    if not rows or not rows[-1].person or names.kind_of(token.text) != "person" or names.is_person(token.text):
        return False
    if not names.body_and_post(token.text)[1]:
        return False
    if of_last:
        return not token.spaced
    return token.spaced and not rows[-1].title and not rows[-1].organization and text[rows[-1].end : token.start].isspace()


def _with_post(row: Attendant, printed: str, names: Names) -> Attendant:
    """The row with the post, or posts, printed behind the person's name."""
    title = f"{row.title}{printed}".strip(" 　")
    return row._replace(organization=row.organization or names.body_and_post(title.split("、")[0])[0], title=title)


def _noted_persons(text: str, token: Piece, names: Names) -> list[Attendant]:
    """The persons in the bracket behind their body (市水务局（王强、李明）)."""
    people = list(_NOTED.finditer(token.note))
    if not people or not is_body(token.text, names) or not all(names.is_person(piece[0]) for piece in people):
        return []
    start = text.index("（", token.end) + 1
    return [Attendant(token.text, piece[0], "", start + piece.start(), start + piece.end()) for piece in people]


def _without_more_posts(text: str, rows: list[Attendant], names: Names) -> list[Attendant]:
    """The rows without further posts in bodies named before them (各县党委书记、县长、分管负责同志), or of one who heads a government (县委常委、县政府|副县长)."""
    kept: list[Attendant] = []
    of_posts = False
    for number, row in enumerate(rows):
        leans = not row.person and (
            (of_posts and row.organization in names.posts and not row.organization.endswith(_FOR_OTHERS))
            or _leans(row.organization, first=not kept)
        )
        following = rows[number + 1] if number + 1 < len(rows) else None
        if following and _COMMITTEE_MEMBER.fullmatch(row.organization) and text[row.end : following.start] == "、":
            leans = leans or (not following.person and HEAD_OF_GOVERNMENT.fullmatch(following.title) is not None)
        if not leans:
            kept.append(row)
            of_posts = not row.person and row.title != ""
    return kept


def _leans(post: str, *, first: bool) -> bool:
    """Is this a post of bodies named before it? All of a body that nobody names (全体班子成员) may open a list."""
    return LEANS.fullmatch(post) is not None and not (first and post.startswith(_WHOLE))


def named_person(text: str, name: Name, names: Names) -> tuple[Name, str, str]:
    """The personal name in 副市长某某同志 or 某某副市长 with its title; where none is in it, the name of the office as it stands."""
    printed = text[name.start : name.end]
    if printed not in names.posts:
        rows = read_people(text, name.start, name.end, names, strict=True)
        if len(rows) == 1 and rows[0].person and not names.is_stem(rows[0].person):
            return name._replace(start=rows[0].start, end=rows[0].end), rows[0].person, rows[0].title
    return name, "", names.body_and_post(printed)[1]


def belongs_to_next(text: str, post: Name, following: Name, names: Names) -> bool:
    """Is this one more post of the person named after it (县委常委、副县长某某), not the post of somebody else?"""
    printed, between = text[post.start : post.end], text[post.end : following.start]
    single = any(names.is_one_post(printed[place:]) for place in range(len(printed)))
    return single and between[:1] == "、" and _LIST_MARK.search(between, 1) is None


def _must_be_person(token: Piece, rows: list[Attendant], pending: list[Piece], names: Names) -> bool:
    """Is a word that begins with no surname a name all the same: after a body or post and a blank, or in a list of persons (斯琴, 吉日嘎拉)?"""
    if (
        token.apart
        or not NAME.fullmatch(token.text)
        or _AWAY.fullmatch(token.text)
        or names.kind_of(token.text, loose=True)
        or token.text[-1] in names.heads
    ):
        return False
    if token.spaced:
        return bool(pending) and pending[-1].known and pending[-1].end < token.start
    beside = bool(rows) and bool(rows[-1].person) and not pending
    if beside and "·" in token.text:
        return True
    return beside and len(token.text) <= _LONGEST_BESIDE and not any(word.tag.startswith(_NO_NAME) for word in tag(token.text))


def _opens_persons(text: str, token: Piece, following: Piece | None, names: Names) -> bool:
    """Is a word that begins with no surname the first of a list of persons (侬山川、岑远舟)?"""
    if following is None or text[token.end : following.start] != "、" or not names.is_person(following.text):
        return False
    return len(token.text) <= _LONGEST_BESIDE and bool(NAME.fullmatch(token.text)) and names.kind_of(token.text, loose=True) is None


def _tokens(text: str, start: int, end: int, names: Names) -> list[Piece]:
    """The pieces between marks and blanks; a padded name (王　莉) is one, a bracket goes with what it follows."""
    tokens: list[Piece] = []
    place = start
    pieces = list(_pieces(text, start, end, names))
    for match, following in zip_longest(pieces, pieces[1:]):
        gap = text[place : match.start()]
        remark = _REMARK.search(match[0])
        note = remark[1] if remark else ""
        plain = match[0][: remark.start()] if remark else match[0]
        cut = match.start() + len(plain)
        last = tokens[-1] if tokens else None
        if (
            last
            and len(plain) == 1
            and gap.strip(_PADDING) == "" != gap
            and not last.note
            and _is_begun(last, plain, names, alone=following is None or len(following[0]) > 1)
        ):
            tokens[-1] = last._replace(end=cut, text=last.text + plain, note=note)
        elif plain:
            tokens.append(Piece(match.start(), cut, plain, note, _HARD.search(gap) is not None, gap.isspace()))
        place = match.end()
    return tokens


def _is_begun(last: Piece, following: str, names: Names, *, alone: bool) -> bool:
    """Is this the beginning of a padded name that goes on (王|　莉, 王　玉|　莉), not a body before one (县林业局|　王　莉)?

    alone: no other single character follows, with which this one might be a name.
    """
    goes_on = following not in names.surnames
    if names.is_person(last.text):
        return (goes_on or alone) and len(last.text) == _LONGEST_BEGINNING < last.end - last.start
    return goes_on or len(last.text) <= _LONGEST_BEGINNING


def _with_kinds_joined(text: str, tokens: list[Piece], names: Names) -> list[Piece]:
    """The pieces with those made one that tell together what kind of bodies came (各供水、供气、供热等企业|负责人)."""
    joined: list[Piece] = []
    for group in _groups(tokens):
        kind = _OF_A_KIND.search(_HEADCOUNT.sub("", group[-1].text)) if len(group) > 1 and _EACH.match(group[0].text) else None
        if kind and not any(names.kind_of(token.text, loose=True) for token in group[:-1]):
            whole = text[group[0].start : group[-1].start + kind.end("kind")]
            joined.append(group[0]._replace(end=group[0].start + len(whole), text=whole, bare=True))
        else:
            joined += group
    return joined


def _groups(tokens: list[Piece]) -> list[list[Piece]]:
    """The pieces between commas."""
    groups: list[list[Piece]] = []
    for token in tokens:
        if token.apart or not groups:
            groups.append([])
        groups[-1].append(token)
    return groups


def _with_bare_bodies(tokens: list[Piece], names: Names) -> list[Piece]:
    """The pieces with those marked that only the last of their list tells to be bodies: one named without what kind it is, with who answers for it
    (县水务局、青石、王集、柳河|有关负责同志), where what might be persons' names are none."""
    told: list[Piece] = []
    for group in _groups(tokens):
        first = 0
        for place, token in enumerate(group):
            post = IN_CHARGE.search(_HEADCOUNT.sub("", token.text))
            if post is None:
                continue
            body = token.text[: post.start()].removesuffix("等")
            if place > first and _SHORT_NAME.fullmatch(body) and names.kind_of(body, loose=True) is None:
                group[first:place] = [one._replace(bare=_may_be_body(one, names)) for one in group[first:place]]
                group[place] = token._replace(text=body, end=token.start + len(body), bare=True)
            first = place + 1
        told += group
    return told


def _with_notes_shared(tokens: list[Piece], names: Names) -> list[Piece]:
    """The pieces where persons named before one whose bracket tells the body are of it too (江涛（县水利局）、田野、卢山（县林业局）)."""
    told = list(tokens)
    for place, token in enumerate(tokens):
        first = place
        while first and not tokens[first].apart and names.is_person(tokens[first - 1].text) and not tokens[first - 1].note:
            first -= 1
        if first < place and is_noted_body(token.note, names) and names.is_person(token.text) and (not first or tokens[first - 1].note):
            told[first:place] = [one._replace(note=token.note) for one in tokens[first:place]]
    return told


def _may_be_body(token: Piece, names: Names) -> bool:
    """Is this a short name of which nothing tells whose it is?"""
    return _SHORT_NAME.fullmatch(token.text) is not None and names.kind_of(token.text, loose=True) is None


def _pieces(text: str, start: int, end: int, names: Names) -> Iterator[regex.Match[str]]:
    """The pieces of a list; one that joins two names (县政协主要负责同志和县林业局, *县和白石镇) is two."""
    for match in _TOKEN.finditer(text, start, end):
        noted = list(_WITH_NOTE.finditer(text, *match.span())) if match[0].count("）") > 1 and match[0][-1] == "）" else []
        if sum(len(one[0]) for one in noted) == len(match[0]) and all(names.is_person(one[1]) for one in noted):
            yield from noted  # 王晨（市水利局）李安（市林业局）, between which no blank is left
            continue
        joint = next(
            (one for one in _JOINT.finditer(match[0]) if is_name(match[0][: one.start()], names) and is_name(match[0][one.end() :], names)),
            None,
        )
        if joint is None and "）" in match[0] and _ALSO_HELD.search(match[0]):
            yield from _TO_ALSO_HELD.finditer(text, *match.span())
        elif joint is None and _is_run_of_names(match[0], names):
            yield from _PAIR.finditer(text, match.start(), match.end())
        elif joint is None:
            yield match
        else:
            yield from _pieces(text, match.start(), match.start() + joint.start(), names)
            yield from _pieces(text, match.start() + joint.end(), match.end(), names)


def _is_run_of_names(text: str, names: Names) -> bool:
    """Are these padded names of two characters each, between which no blanks are left (方怡江涛丁岚)?"""
    if len(text) < 4 or len(text) % 2 or text[0] not in names.surnames:
        return False
    pairs = [text[place : place + 2] for place in range(0, len(text), 2)]
    return all(names.is_person(pair) and is_no_word(pair, names) for pair in pairs)
