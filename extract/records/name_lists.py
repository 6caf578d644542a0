"""Lists of names split into names: 市委、市政府办公室，水利（务）局和有关部门 are bodies each by itself, or one body that two words name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from extract.records.names import LEVELS, Kind, Names

_ASIDE = regex.compile(r"（(?:设在|设于|以下简称|以下统称|简称|联系人|含|包括|(?:联系|咨询)?电话)[^（）]*）$")
_COUNTED = regex.compile(
    r"(?:[两二三四五六七八九十]{1,3}|(?<!\d)\d{1,3})[个家]?(?:部门|单位|乡镇|镇街|街道|县区|区县|县市区?|市县|地市|市州)$"
)
_COUNTED_ENDS = frozenset("门位镇街道区县市州")
_OF_BOTH = regex.compile(r"(?:督查|研究)室$|信访局$")
_SEPARATOR = regex.compile(
    r"（[^（）\n]*）|([，；/|\n\t]|\s{2,}|　|、|以及|及其|特别是|尤其是|(?:[及并]|与(?!会)|或者?|和(?!(?:静|硕|政|顺|平)(?:县|[、，]|$)|平(?:区|街道|镇|乡)|龙市|田[县市地]|林格尔|布克赛尔))(?!\p{P}|$))"
)
"""What parts names; 和 is no link where a place's name begins with it (县水利局、和静县住建局)."""
_OWN_LEVEL = regex.compile(rf"[{LEVELS}](?:直|级(?!市)|委|有关|相关|属|(?:人民)?政府(?=各|有关|相关|所属|直属|组成|办公))")
_ONE_AGENCY = regex.compile(rf"(?![{LEVELS}])\p{{Han}}{{2,8}}(?:局|委|委员会|厅|办|支队|总队|执法大队)")
_LEVEL_START = regex.compile(rf"[{LEVELS}]|自治|直辖|地级|设区")
_LISTED = regex.compile(r"[，；、/|\s和及与并等“”：。\"']")
_SOFT = frozenset(("", "、", "以及", "及其", "及", "与", "并", "和", "或", "或者", "特别是", "尤其是"))
"""The separators within a group; all others open a new one."""
RECURS = 400
"""Characters of the longest list that is remembered: a longer one does not recur, and thousands of such would fill the memory."""
_BLANKS = " 　\t\n\r“”\"'：:、，。；"
_OFFICE_ENDS = frozenset("门位")
_NO_FIELDS: frozenset[str] = frozenset()
OF_WORKS = frozenset(
    ("建设", "施工", "监理", "设计", "勘察", "检测", "代建", "运营", "运维", "管理", "使用", "生产", "经营", "产权", "养护", "管护")
)
_OF_OFFICES = regex.compile(r"等\p{Han}{0,4}(?:部门|单位)$")
"""What closes a list of fields that stand for the offices in charge of them."""
_SHARED_HEAD = regex.compile(r"(\p{Han}{2,8}?)(?:(?:行政)?主管|监管|管理|行政)?部门")
"""An agency's stem with a head that those listed before it share."""
_COUNTED_PLACES = regex.compile(r"(?P<count>[两二三四五六七八九十]|(?<!\d)\d{1,3})个?(?:[市县区州镇乡旗]|市州|县区|区县|市县|地市)$")
"""What follows the bare names of places and tells how many they are (松山、白河两市)."""
SOME_PLACES = r"等(?:[两二三四五六七八九十]{1,3}|\d{1,3})?[余多]?个?(?:[市县区州镇乡旗]|市州|州市|县区|区县|市县|县市区?|地市|镇街道?|乡镇|街道|乡镇街道)(?:（[市县区州镇乡旗街道、]{1,6}）)?"
"""What follows the names of some of many places (松山、白河等4个县（市、区）)."""
_SOME_PLACES = regex.compile(SOME_PLACES + r"(?:(?:人民)?政府|\p{Han}{2,8}(?:局|委))?$")
_MANY_STARTS = frozenset("各有相")
"""What begins the names of many bodies, which share a head with other levels only (各市、县政府), not with what is of a level itself (县直部门)."""
_FIELD = regex.compile(r"\p{Han}{2,6}")
"""What may be a field of work among others that are known as such."""
_FEW = 3
_MUNICIPALITY = "直辖市"
_BARE_PLACE = regex.compile(r"(?![对向给于在由])\p{Han}{1,3}[^省市县区盟旗镇乡等\P{Han}]")
"""The name of a place without its level."""
_CITY_GOVERNMENT = regex.compile(r"\p{Han}{2,3}[市州盟县区旗镇乡](?:（市(?:、区)?）)?(?:委|党委|(?:人民)?政府)")
"""The last of a list of places, with its level and what stands for all of them (白山、松原、长岭市党委和政府)."""
_AROUND = regex.compile(r"\p{Han}{1,12}(?:省|自治区|流域|区域|沿线|沿江)(?=\p{Han}{2,4}$)")
"""What stands around the first of such places (某省某江流域|松山、白河两市)."""
_LONGEST_CITY = 3
_COUNTS = "零一二三四五六七八九十"
_SAYING = regex.compile(
    r"举一反三|齐抓共管|群防群治|多措并举|\p{Han}{2}(?:联动|联治|联防|兼顾|兼治|并举|并重|并进|结合|协同|互补|共治|共管|施策|发力|推进|谋划|治理)"
)
"""How things are done (统筹兼顾, 上下联动), which is no part of a name."""
_PARTY = "党委"
"""Without a place it is a body by itself beside the government (党委、政府), with one they share it (各镇党委、政府)."""
BARE = frozenset(
    (
        *(
            _PARTY,
            "政府",
            "法院",
            "检察院",
            "人大",
            "政协",
            "妇联",
            "团委",
            "工会",
            "纪委",
            "监委",
            "党校",
            "行署",
            "党组",
            "党工委",
            "共青团",
            "学校",
            "医院",
            "社区",
            "乡镇",
            "街道",
        ),
        *("大队", "中队", "林场", "农场", "牧场", "站所", "开发区", "经开区", "高新区", "园区", "管委会", "幼儿园"),
    )
)
"""Bodies that need no level before them in a list of others (公安局、法院、检察院; 各县区、开发区)."""

_OTHERS = ("部门", "单位")
_CONGRESS, _CONSULTS = "人大", "政协"
"""Two bodies, whatever stands before the first."""
_EACH_PLACE = regex.compile(r"各\p{Han}{0,4}(?:[省市县区州盟旗镇乡街]|街道|园区)")
"""Places before bare bodies that stand for themselves (各乡镇、部门、单位)."""

_Piece = tuple[int, int, str]
"""Where a piece of a list begins and ends, and the separator before it."""


class Name(NamedTuple):
    """One name with its place, and its kind as the records tell it; `place` is the name of a place that stands for its government."""

    start: int
    end: int
    kind: Kind


class NameList(NamedTuple):
    """Names that stand together. `more`: the list is closed by 等有关部门 or the like, so that there are others."""

    names: tuple[Name, ...]
    more: bool

    def shifted(self, start: int) -> NameList:
        """The same names in a text in which theirs stands at `start`."""
        if not start:
            return self
        return NameList(tuple([Name(name.start + start, name.end + start, name.kind) for name in self.names]), self.more)


def read_names(
    names: Names, text: str, start: int, end: int, *, trim: bool = True, merge_heads: bool = True, loose: bool = False
) -> NameList | None:
    """The names of the list text[start:end], or None where it is none.

    trim: what stands before the first name may be cut off (具体工作由市住建局); without it all must be names.
    merge_heads: 各镇（街道）、各部门主要负责人 is one name; without it the bodies are told apart, the head with the last.
    Commas divide groups: with `trim` groups before the first whole one are left out.
    """
    read = _read if end - start <= RECURS else _read.__wrapped__
    found = read(names, text[start:end], trim, merge_heads, loose)
    return found and found.shifted(start)


@lru_cache(maxsize=1 << 14)
def _read(names: Names, text: str, trim: bool, merge_heads: bool, loose: bool) -> NameList | None:
    """The same for a text by itself: lists recur in a document and from one to the next."""
    aside = _ASIDE.search(text) if text[-1:] == "）" else None
    end = aside.start() if aside else len(text)
    if _LISTED.search(text, 0, end) is None:
        kind = names.kind_of(text[:end], loose=loose)
        if kind is not None:
            return NameList((Name(0, end, kind),), False)
        if not trim:
            return None
    found: list[Name] = []
    more = False
    for number, group in enumerate(reversed(_groups(text, 0, end))):
        told = _fold(names, text, group, merge_heads, loose)
        if told is None and trim:
            lead = names.patterns["name_lead"].match(text, group[0][0], group[-1][1])
            if lead:
                cut = _groups(text, lead.end(), group[-1][1])
                told = _fold(names, text, cut[-1], merge_heads, loose) if cut else None
                if told is not None:
                    return NameList((*told[0], *found), more or told[1])
        if told is None:
            if number == 0 or not trim:
                return None
            break
        found = [*told[0], *found]
        more = more or told[1]
    return NameList(tuple(found), more) if found else None


def _groups(text: str, start: int, end: int) -> list[list[_Piece]]:
    """The pieces between separators as (start, end, separator before), in groups divided by hard separators."""
    groups: list[list[_Piece]] = [[]]
    place, before = start, ""
    for match in _SEPARATOR.finditer(text, start, end):
        if match[1] is None:
            continue
        _add(groups, text, place, match.start(), before)
        place, before = match.end(), match[1]
    _add(groups, text, place, end, before)
    return [group for group in groups if group]


def _fold(names: Names, text: str, pieces: list[_Piece], merge_heads: bool, loose: bool) -> tuple[list[Name], bool] | None:
    """The names of one group: pieces that are no name alone (住房|和|城乡建设局) are joined with what follows."""
    if places := _counted_places(names, text, pieces):
        return places, True
    if cities := _cities_before_government(names, text, pieces):
        rest = _fold(names, text, pieces[len(cities) :], merge_heads, loose)
        return ([*cities, *rest[0]], rest[1]) if rest else None
    found: list[Name] = []
    more = False
    start, end, _ = pieces[0]
    several = len(pieces) > 1
    shared = several and _has_shared_head(names, text, pieces[-1][0], pieces[-1][1])
    fields = _fields(names, text, pieces, shared) if several and text[pieces[-1][1] - 1] in _OFFICE_ENDS else _NO_FIELDS
    for following in (*pieces[1:], None):
        if following is not None and _joined(names, text, start, end, following):
            end = following[1]
            continue
        short, closed = _without_others(names, text, start, end)
        one = text[start:short]
        kind = names.kind_of(one, loose=loose)
        if kind is None and (closed or more or following is not None or shared) and names.is_stem(one):
            kind = "organization"
        if kind is None and one in fields:
            kind = "organization"
        if kind is None and several and (one in BARE or (found and one in _OTHERS)):
            kind = names.kind_of(one, loose=True) or "organization"
        if kind is None:
            if following is None or (following[2] == "、" and (names.head_endings.of(one) or _SAYING.fullmatch(one))):
                return None
            end = following[1]
            continue
        found.append(Name(start, short, kind))
        more = more or closed
        if following is not None:
            start, end, _ = following
    if several and merge_heads:
        found = _one_head(names, text, _one_government(names, text, found))
    return found, more


def _fields(names: Names, text: str, pieces: list[_Piece], shared: bool) -> frozenset[str]:
    """What names bodies in a list by how it is closed: fields before 部门, parts in a building before 单位 (建设、施工、监理单位)."""
    start, end, _ = pieces[-1]
    if text.endswith("单位", start, end) and text[start : end - 2].removesuffix("等") in OF_WORKS:
        return OF_WORKS
    if not (shared or _OF_OFFICES.search(text, start, end)):
        return _NO_FIELDS
    others = [text[first:last] for first, last, _ in pieces[:-1]]
    known = [one for one in others if one in names.fields or names.is_stem(one)]
    if _FEW * len(known) < len(others):
        return names.fields
    return names.fields.union(one for one in others if _FIELD.fullmatch(one) and not names.patterns["not_in_name"].search(one))


def _has_shared_head(names: Names, text: str, start: int, end: int) -> bool:
    """Is text[start:end] an agency's stem with 部门, which in a list of stems is the head of all (自然资源、水务部门)?"""
    if not text.endswith("部门", start, end):
        return False
    match = _SHARED_HEAD.fullmatch(text, start, end)
    return match is not None and (names.is_stem(match[1]) or match[1] in names.fields)


def _counted_places(names: Names, text: str, pieces: list[_Piece]) -> list[Name]:
    """Places named without their level, where it stands behind them with how many they are (松山、白河两市) or that they are some of many."""
    start, end, _ = pieces[-1]
    if len(pieces) > 1 and (some := _SOME_PLACES.search(text, start, end)):
        places = [Name(first, min(last, some.start()), "place") for first, last, _ in pieces]
        return places if all(_is_bare_or_place(text[place.start : place.end], names) for place in places) else []
    counted = _COUNTED_PLACES.search(text, start, end) if len(pieces) > 1 and text[end - 1] in LEVELS else None
    if counted is None:
        return []
    count = int(counted["count"]) if counted["count"].isdecimal() else _COUNTS.find(counted["count"].replace("两", "二"))
    places = [Name(first, min(last, counted.start()), "place") for first, last, _ in pieces]
    if around := _AROUND.match(text, places[0].start, places[0].end):
        places[0] = places[0]._replace(start=around.end())
    bare = all(_BARE_PLACE.fullmatch(text, name.start, name.end) for name in places)
    return places if bare and count == len(pieces) else []


def _is_bare_or_place(name: str, names: Names) -> bool:
    return _BARE_PLACE.fullmatch(name) is not None or names.kind_of(name) == "place"


def _cities_before_government(names: Names, text: str, pieces: list[_Piece]) -> list[Name]:
    """Places named without their level before one that has it and its government."""
    if not pieces[1:] or not ("政府" in text or "委" in text) or not _BARE_PLACE.fullmatch(text, pieces[0][0], pieces[0][1]):
        return []
    cities: list[Name] = []
    for start, end, _ in pieces:
        if _CITY_GOVERNMENT.fullmatch(text, start, end):
            return cities
        one = text[start:end]
        if not _BARE_PLACE.fullmatch(one) or len(one) > _LONGEST_CITY or names.is_stem(one) or names.kind_of(one) not in (None, "place"):
            return []
        cities.append(Name(start, end, "place"))
    return []


def _joined(names: Names, text: str, start: int, end: int, following: _Piece) -> bool:
    """Do these two pieces make one name (市、县人民政府; 县委和政府; 自然资源和规划局; 有关部门和单位)?"""
    next_start, next_end, separator = following
    one, two = text[start:end], text[next_start:next_end]
    told = names.patterns
    if separator in ("和", "与"):
        rest = _without(told["and_others"], text[start:next_end])
        post = names.post_endings.of(rest)
        rest = rest[: len(rest) - len(post)]
        if any(rest[i:] in names.agencies or rest[i:] in names.stems for i in range(min(len(one), 10))):
            return True
        if one[0] in LEVELS and names.is_stem(one) and names.kind_of(one) is None and _ONE_AGENCY.fullmatch(two):
            return True  # 州农牧和科技局
        inside = text.startswith("、", next_end) or (start == 0 and next_end == len(text))
        if inside and names.is_stem(one.removeprefix("由")) and names.kind_of(one) is None and _ONE_AGENCY.fullmatch(two):
            return True  # 生态环境和应急管理局、经济发展局: 和 would stand before the last of a list
    rest = _without(told["and_others"], two)
    if len(one) == 2 and one[1] == "委" and rest.startswith(f"{one[0]}政府") and _OF_BOTH.search(rest):
        return True  # 市委、市政府督查室
    if one == _PARTY or (separator == "、" and rest in _OTHERS and (one in _OTHERS or _EACH_PLACE.fullmatch(one))):
        return False
    if rest == _CONSULTS and one.endswith(_CONGRESS):
        return False
    if told["bare_rest"].fullmatch(rest):
        return told["before_bare_rest"].search(one) is not None
    if two[:1] not in ("各", "有", "相") and (two == _MUNICIPALITY or two not in names.collectives) and told["level_only"].fullmatch(one):
        if one[0] in _MANY_STARTS:
            return _LEVEL_START.match(rest) is not None and _OWN_LEVEL.match(rest) is None
        return _LEVEL_START.match(rest) is not None or names.kind_of(rest) is not None
    return False


def _without(others: regex.Pattern[str], text: str) -> str:
    """A text without 等有关部门 at its end."""
    return others.sub("", text) if "等" in text else text


def _without_others(names: Names, text: str, start: int, end: int) -> tuple[int, bool]:
    """Where a name ends without 等有关部门, and whether that stood there."""
    if text[end - 1] == "）":
        aside = _ASIDE.search(text, start, end)
        end = aside.start() if aside else end
    match = names.patterns["and_others"].search(text, start, end) if text.find("等", start, end) >= 0 else None
    if match is None and text[end - 1] in _COUNTED_ENDS:
        match = _COUNTED.search(text, start, end)  # 住建、城管、水务三部门; 白石镇、王集镇2个乡镇
        before = text[start : match.start()] if match else ""
        match = match if names.is_stem(before) or names.kind_of(before) == "place" else None
    return (match.start(), True) if match and match.start() > start else (end, False)


def _one_government(names: Names, text: str, found: list[Name]) -> list[Name]:
    """Places that share the government of the last (青石县、白河市人民政府) as one name."""
    merged: list[Name] = []
    for name in found:
        if (
            merged
            and merged[-1].kind == "place"
            and name.kind == "organization"
            and names.patterns["place_government"].fullmatch(text, name.start, name.end)
        ):
            while merged and merged[-1].kind == "place":
                name = name._replace(start=merged.pop().start)
        merged.append(name)
    return merged


def _one_head(names: Names, text: str, found: list[Name]) -> list[Name]:
    """Bodies that share the post of the last one (市委、市政府主要领导) as one name."""
    if len(found) < 2 or found[-1].kind != "person" or any(name.kind == "person" for name in found[:-1]):
        return found
    last = text[found[-1].start : found[-1].end]
    body = last[: len(last) - len(names.post_endings.of(last))].removesuffix("的")  # 各级政府及其部门的|主要负责同志
    if names.kind_of(body) is None and not names.patterns["bare_rest"].fullmatch(body):
        return found
    return [Name(found[0].start, found[-1].end, "person")]


def _add(groups: list[list[_Piece]], text: str, start: int, end: int, before: str) -> None:
    """Add a piece without its blanks; a hard separator before it opens a group."""
    if before not in _SOFT:
        groups.append([])
    while start < end and text[start] in _BLANKS:
        start += 1
    while start < end and text[end - 1] in _BLANKS:
        end -= 1
    if start < end:
        groups[-1].append((start, end, before))
