"""Who is bound by a word of duty (要, 应当, 不得, 负责): bodies, places, and those who are somebody only there (护林员, 快递企业, 土地使用权人)."""

from __future__ import annotations

import regex

from extract.records.duties import Reading
from extract.records.name_lists import BARE, Name, NameList, read_names
from extract.records.names import Names

_BARE_SUBJECTS = frozenset(
    ("企业", "法院", "检察院", "学校", "医院", "幼儿园", "项目部", "施工方", "经营者", "业主", "商户", "驻军", "军队", "办公室")
)
"""Those that are nobody's object where they stand alone before a word of duty (学校应当…)."""
_COUNTED_BODIES = regex.compile(r"\d{1,3}个\p{Han}{0,8}(?:乡镇|县区|区县|镇街|街道|市州|县市|市县|部门|单位|园区|板块|[镇县区])")
"""Bodies by their number that are to do something (9个产粮乡镇要…)."""
_LAST_OF_LIST = regex.compile(r".*[、和及]")
_BETWEEN = regex.compile(r"、|以及|及其|[和及与或]")
_OTHERS = regex.compile(
    r"等(?:各类|中介|服务|金融|医疗|养老|教育|社会|主管|监管|管理|行政|执法|有关|相关|行业|职能)*(?:部门|单位|机构|企业|组织|主体|经营者|场所|人员|地区|城市|地)?$|(?:和|以及|及|或者?)个人$"
)
_BY_CLAUSE = regex.compile(
    r"(?:有条件|条件成熟|条件允许|[具符]\p{Han}{3}|有能力|有需[要求]|被[点挂通]\p{Han}{1,4}|(?:从事|承担|拥有|经营|使用|运输|生产|销售|储存|参与|纳入|取得|获得|持有"
    r"|发生|配备|设[有立置]|开展|实施|提供|收集|接受|利用|排放|产生|处置|涉及|建有|占用|承办|举办|负有|加工|进口|出口|购买|委托|受理|申请)\p{Han}{2,14})的"
)
"""A clause that tells which ones are meant (从事校外供餐的|单位)."""
_MAKES = regex.compile(
    r"设[立置]|成立|开[办设]|举办|创办|选择|引[进入]|增设|聘[用请]|招[聘募引录]|选[派聘]|培[育养]|组建|撤销|注销|处罚|关[闭停]|变更|购买|吊销|查处|取缔|扶持|支持|鼓励|引导|帮助|服务(?!商|机构|单位|企业|队)|整合|整治"
)
"""Verbs whose object the name would be (设立分支机构应当报批)."""
_KIN = regex.compile(r"（\p{Han}{1,6}）$")
_LONGEST, _SHORT = 26, 2


def bound_names(reading: Reading, start: int, end: int, duty: str) -> NameList | None:
    """The names text[start:end] before a word of duty, `duty` being what they are to do; None where they are none."""
    names, text = reading.names, reading.text
    found = read_names(names, text, start, end, loose=reading.fragment("charge").search(duty[:20]) is not None)
    if found is None and names.heads.get(_LAST_OF_LIST.sub("", text[start:end])) == "place":
        found = read_names(names, text, start, end, loose=True)  # 园区要…; 各镇、经开区要…
    if found is None and (text[start:end] in _BARE_SUBJECTS or _COUNTED_BODIES.fullmatch(text, start, end)):
        found = NameList((Name(start, end, "collective"),), False)
    if found is None and text[start:end] in BARE:
        found = NameList((Name(start, end, "organization"),), False)
    return found or _places(reading, start, end) or _bearers(names, text, start, end)


def is_bearer(names: Names, name: str) -> bool:
    """Is this somebody before a word of duty, though its first word may be a verb (报废机动车回收拆解企业)?"""
    name = _KIN.sub("", name)  # 养殖场（户）
    clause = _BY_CLAUSE.match(name)
    head = names.bearer_endings.of(name)
    of_kind = name[clause.end() if clause else 0 : len(name) - len(head)]
    if not head or len(name) > _LONGEST or not (of_kind or clause or len(name) > _SHORT or name in _BARE_SUBJECTS):
        return False
    told = names.patterns
    return not (_MAKES.match(of_kind) or told["not_name_start"].match(of_kind) or told["not_in_name"].search(of_kind))


def _places(reading: Reading, start: int, end: int) -> NameList | None:
    """A list of places of which one at least is known as such (青禾县、王集镇)."""
    listed = read_names(reading.names, reading.text, start, end, trim=False, loose=True)
    if listed is None or any(name.kind != "place" for name in listed.names):
        return None
    return listed if any(reading.names.kind_of(reading.text[name.start : name.end]) == "place" for name in listed.names) else None


def _bearers(names: Names, text: str, start: int, end: int) -> NameList | None:
    """A list of which each is a name or a bearer of a duty; where others of their kind close it, fields stand for offices (铁路、水运等主管部门)."""
    closed = _OTHERS.search(text, start, end)
    if closed is None and not names.bearer_endings.of(_KIN.sub("", text[start:end])):
        return None
    end = closed.start() if closed else end
    found: list[Name] = []
    place = start
    for mark in (*_BETWEEN.finditer(text, start, end), None):
        stop = mark.start() if mark else end
        one = text[place:stop]
        bears = is_bearer(names, one) or (closed is not None and _is_field(names, one))
        kind = names.kind_of(one) or ("collective" if bears else names.kind_of(one, loose=True))
        if kind is not None:
            found.append(Name(place, stop, kind))
            place = mark.end() if mark else end
        elif mark is None or mark[0] == "、":
            return None  # 种植和|养殖企业 goes on
    return NameList(tuple(found), closed is not None) if found else None


def _is_field(names: Names, name: str) -> bool:
    return names.is_stem(name) or name in names.fields
