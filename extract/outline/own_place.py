"""The place of whoever writes 我市 or 全县, where neither title nor issuer names it: in the text, or in the name of the paper that prints it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.outline.places import Gazetteer

_KINDS = "[省市州盟县旗区]"
_OURS = re.compile(f"我({_KINDS})")
_WHOLE = re.compile(f"全({_KINDS})(?![委直长])")
_RULING = re.compile(f"(?<![\u4e00-\u9fff])({_KINDS})(?:委(?!员)|人?民?政府|[长直]|政协|人大)")
_REGION = re.compile("自治区(?:党委|人民政府|政府|级)|全自治区")
_FREE_REGION = re.compile("(?<![\u4e00-\u9fff])(?<!省、)自治区(?!成立|[、和及]?(?:直辖)?市)")
_PAPER = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,5}?)(?:日报|晚报|晨报|早报|时报|政报|网讯|新闻网|广播电视台|电视台|融媒体?|发布|政府网|在线)"
)
_HEARD = re.compile(r"从([\u4e00-\u9fff]{4,30}?)(?:了解到|获悉|召开的[^，。]{2,24}(?:获悉|了解到))")
_OPENING = re.compile(
    r"(?<![\u4e00-\u9fff])(?![一二三四五六七八九十]是|[已未须应请可需由报并就因凡每该其此据]|经(?!开|济)|中共|政协|按照|根据|依照|围绕|落实|近[日年]|日前|今年|目前|同时|其中|此外|对|为)[\u4e00-\u9fff]{3,5}$"
)
_BODY = re.compile(r"委|人民政府|政府|(?!长)[\u4e00-\u9fff]{1,8}(?:局|委|办|厅|中心)")
_SHORT_COUNTY = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]县$")
"""A county whose name has one character (沛县), where a clause begins with it."""
_OTHERS = re.compile("(?:学习|借鉴|赴|对标|[较比与同如像到])$")
"""What stands before a place that is held up against the own one."""
_BEFORE, _LONGEST, _SHORTEST, _LONGEST_UNKNOWN = 2, 12, 3, 6
_CITY_NAME = 2
"""Characters of a city's name that are no short name with 市."""
_CITY_LIKE = "(?:经济|发展|城区|实际|特色|境内|人民|全域|大地|高质量|生态|建设|段|投资)"
_CLEAR = 3
"""How often a place is named that counts among several."""
_CITY = 4
"""Digits of a code that all places inside a city share."""


def heard_from(text: str) -> str:
    """The body that a reporter heard it from (记者从某省水利厅获悉), or an empty string."""
    match = _HEARD.search(text)
    return match[1] if match else ""


def own_place(text: str, sources: str, places: Gazetteer, is_name: Callable[[str], bool]) -> str:
    """The place that a text calls its own. `sources`: the lines that say where it was printed; `places`: those that are known."""
    codes = places.codes
    for pattern in (_OURS, _WHOLE, _RULING):
        kinds = dict.fromkeys(told[1] for told in pattern.finditer(text))
        of_region = ("区" in kinds or (pattern is _RULING and not kinds)) and _FREE_REGION.search(text) is not None
        if of_region or ("区" in kinds and _REGION.search(text)):
            kinds = {"自治区": None}
        for kind in kinds:
            if kind in ("省", "自治区"):
                found = _province(text, kind, places.provinces)
            else:
                found = (
                    _printed(sources, kind, codes, places.provinces)
                    or _named(text, kind, codes, is_name)
                    or _short_city(text, kind, places)
                )
            if found:
                return found
        if kinds:
            return ""
    return ""


def _province(text: str, kind: str, provinces: Mapping[str, str]) -> str:
    """The one province that a text names, by its whole name or else by its short one."""
    for names in ({full for full in provinces.values() if full in text}, {full for short, full in provinces.items() if short in text}):
        fitting = [name for name in names if name.endswith(kind)]
        if len(fitting) == 1:
            return fitting[0]
    return ""


def _printed(sources: str, kind: str, codes: Mapping[str, str], provinces: Mapping[str, str]) -> str:
    """The place in the name of a paper or station, where a place of that kind bears it (滨江日报 of 滨江市), unless it is a province's."""
    for paper in _PAPER.finditer(sources):
        if paper[1] in provinces and not provinces[paper[1]].endswith("市"):
            continue  # 吉林日报 is the province's, 北京日报 the city's
        name = paper[1] if paper[1].endswith(kind) else paper[1] + kind
        if name in codes:
            return name
        if kind == "县" and any(place.startswith(paper[1]) and place.endswith("自治县") for place in codes):
            return name  # a county of several peoples, by its short name
    return ""


def _named(text: str, kind: str, codes: Mapping[str, str], is_name: Callable[[str], bool]) -> str:
    """The one place of a kind that a text names, of several the one that holds the others or is named far more often.

    A place that no list knows counts where there is no known one, if a body of its own is named where a clause begins.
    """
    mentions = [mention.end() for mention in re.finditer(kind, text)]
    counts = Counter(filter(None, (_known(text, end, codes) for end in mentions)))
    counts = counts or Counter(filter(None, (_unknown(text, end, is_name) for end in mentions)))
    if len(counts) < 2:
        return next(iter(counts), "")
    for place in counts:
        code = codes.get(place, "")
        if code.endswith("00") and all(codes.get(other, "").startswith(code[:_CITY]) for other in counts):
            return place
    (first, most), (_, second) = counts.most_common(2)
    return first if most >= _CLEAR and most >= 2 * second else ""


def _short_city(text: str, kind: str, places: Gazetteer) -> str:
    """The one city whose name a text gives without 市, more than once or with what belongs to a city (滨江经济); two cities so named are none."""
    if kind != "市":
        return ""
    counts: Counter[str] = Counter()
    for city in places.cities.finditer(text):
        if not _OTHERS.search(text, max(0, city.start() - _BEFORE), city.start()):
            counts[city[1]] += 1
    if len(counts) != 1:
        return ""
    (name, times), *_ = counts.items()
    return name + kind if times > 1 or re.search(name + _CITY_LIKE, text) else ""


def short_cities(codes: Mapping[str, str]) -> re.Pattern[str]:
    """Short names of the cities among places with their codes, not inside those of roads, waters and places that begin with them."""
    cities = (place for place, code in codes.items() if code.endswith("00") and place.endswith("市") and len(place) > _CITY_NAME)
    names = "|".join(sorted(re.escape(place[:-1]) for place in cities))
    return re.compile(rf"(?<!长)({names or '(?!)'})(?![省州县区旗盟路街道桥站山港港湾江河湖海大小镇乡村])")


def _known(text: str, end: int, codes: Mapping[str, str]) -> str:
    """The known place whose name ends here, unless the own place is held up against it."""
    start = next((at for at in range(max(0, end - _LONGEST), end - _SHORTEST + 1) if text[at:end] in codes), -1)
    if start < 0 and _SHORT_COUNTY.search(text, max(0, end - _SHORTEST), end) and text[end - 2 : end] in codes:
        start = end - 2
    return text[start:end] if start >= 0 and not _OTHERS.search(text, max(0, start - _BEFORE), start) else ""


def _unknown(text: str, end: int, is_name: Callable[[str], bool]) -> str:
    opening = _OPENING.search(text, max(0, end - _LONGEST_UNKNOWN), end)
    return opening[0] if opening and _BODY.match(text, end) and is_name(opening[0][:-1]) else ""
