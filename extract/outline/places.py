"""The place that a document is about, and the inspection that it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extract.outline.markers import ordinal_of
from extract.outline.own_place import heard_from, own_place, short_cities
from extract.rulebook import Rulebook

_LONGEST = 12
_SHORT = 2
_GREATER = frozenset("省市州区盟县")
_SIDE = re.compile("[东西南北中]?[路街道岸部段侧线麓坡]|大[道街]")
_WATERS = frozenset("山江河湖海")
_ENDS = re.compile(r"自治州|自治县|自治旗|自治区|特别行政区|新区|林区|地区|省|市|州|盟|县|旗|区|镇|乡|街道")
# An invented or ambiguous name is told by its shape: two to four characters and the word for a kind of place, where a name may begin.
_SHAPE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,7}?)(?P<kind>(?:经济技术|高新技术产业|经济)?开发区|高新区|自治州|自治县|自治旗|自治区|省|市|州|盟|县|旗|区|镇|乡|街道)"
    r"(?:(?<=[市县州旗盟])(?!群(?!众)|圈|[级域场民际容辖直属城内外长上下市县区])|(?<=区)(?![域块位间划段分级县市内外别长])|(?=$|[人委政府生住水农城交自公贯开落对关第突环“办党督大重整工全信发财教民应文卫市场商审统林气交医202乡镇街审打持深治优推建扬污饮黑河饲畜秸入)）(（《、以创实加县区旗]|[\u4e00-\u9fff]{2,3}(?:市|县|区|旗|镇|乡|街道)))"
)
_NOT_NAME = re.compile(r"[在委报由全我本各该两多有及和与或对至从到被将级第轮批的之等]|^[省市县区州委]|[一二三四五六七八九十两多百]城$")
_OURS = re.compile(
    r"我([省市州县区旗])|(?<![\u4e00-\u9fff])([省市州县区旗])(?:委(?!员)|人?民?政府|[长直]|政协|人大|[\u4e00-\u9fff]{1,8}(?:局|厅|委|办(?![理法结好])|中心))"
)
# Where nothing else tells, the place whose party committee or government acts at the head of a sentence.
_RULED = re.compile(
    r"(?<![^。；，\s])(?:中共)?((?!中共)[\u4e00-\u9fff]{2,4}[市县区州旗盟])(?:委(?:、|常委|书记|高度)|人民政府|政府(?=[高认坚印制])|(?:[^，。；]{2,24}[会动])?(?:在[^，。；]{2,16})?(?:组织|主持)?(?:召开|举行|举办))"
)
# A decision of the place's own committee that a notice without a letterhead rests on; for whom a report is given.
_RESTS_ON = re.compile(r"(?:《中共|代表(?:中共|中国共产党)?)([\u4e00-\u9fff]{2,6}?[省市县区州旗盟])(?:委|第|人民政府)")
# Whose head speaks, below the title of a speech.
_INSPECTED = re.compile(
    r"(?:对|向|进驻)(?:中共)?([\u4e00-\u9fff]{2,6}?(?:自治[州县旗区]|地区|[省市县区州旗盟]))(?:委、[^，。]{2,8})?(?:开展|进行|实施|反馈|移交|交办|下发|转办)"
)
"""Whom an inspection looked into or told what it found."""
_HEADED = re.compile(
    r"(?:^|\n)(?:中共)?((?!中共)[\u4e00-\u9fff]{2,5}[省市县区州旗盟])(?:委|人民政府|政府)(?:[^\n]{0,10})(?:书记|[省市县区州旗盟]长|主席)[ 　]"
)
_ANSWERS = re.compile(r"(?:责任|牵头|承办)(?:单位|部门)[^\n：:|｜\t]{0,8}?\s?[：:|｜\t]\s?([\u4e00-\u9fff]{4,30})")
_WHOLE = re.compile("全([市县区州旗盟])(?![委直长])")
_SUBJECT = re.compile(r"(?<=[，。；\n])([\u4e00-\u9fff]{2,3}[市县区州旗盟])(?![级域场民际容辖直属城内外长上下市县区])")
_ACTING = re.compile(
    r"(?:(?<=[，。；\n])|^|(?<=现将)|(?<=年来)|(?<=日前)|(?<=近日))((?![本我全该各]|按照|根据|依照|围绕|对照|落实|今[天年日]|目前|同时|其中|此外|通过|结合|针对)[\u4e00-\u9fff]{2,3}(?:[市县旗盟]|(?<!地)区))(?![级域场民际容辖直属城内外长上下市县区的])"
)
"""A place that opens a clause, or of which something is made public (现将某县…情况公示如下)."""
_VENUE = re.compile(r"(?<=^全[省市州])(?!县)([^，。]{2,60})在[^，。]{2,12}(?:召开|举行)")
"""Where a meeting of all the province (全省…推进会在某县召开) was held."""
_SMALL = ("镇", "乡", "街道")
_NEAR = 32
_BEFORE = 8
_COMPARED = re.compile(r"[较比与同](?:\d{4}年)?$")
_ROUND = r"第[一二三四五六七八九\d]轮|首轮"
_LEVEL = r"中央[、和及与]?省(?:级|委)?(?:[两二]级)?|中央|国家|省委、省政府|省委省政府|省委|省级|省|自治区党委|自治区|市级|市委|市|县级"
_INSPECTION = re.compile(
    rf"(?:(?P<before>{_ROUND})(?:第?[一二三四五六七八九]批)?)?(?P<level>{_LEVEL})?(?:[、和及与]市(?:级|委)?)?(?P<between>{_ROUND})?(?:第?[一二三四五六七八九]批)?(?:第[一二三四五六七八九十])?"
    rf"(?:[\u4e00-\u9fff]{{0,4}}(?:生态|环境|环保)(?:保护|环境|安全)?(?:突出)?问题(?=专项督))?"
    rf"(?:生态环境|生态环保|环境|环)?(?:保护|保)?(?P<amid>{_ROUND})?(?:例行|专项|集中)?督[察查](?:组|办)?(?P<after>{_ROUND})?"
)
_MUNICIPALITIES = ("11", "12", "31", "50")
_OF_CITY = re.compile("市(?=级|委|第[一二三四五六七八九]|(?:生态)?(?:环境保护|环保)督)")
_OFFICE = re.compile("(?:反馈(?:意见|问题)?)?(?:整改|工作|落实)*(?:领导小组|协调小组|办公室|办(?![理法结]))")


@dataclass(frozen=True)
class Gazetteer:
    """Known places with their codes, provinces' short names, and the words that tell where a name may begin and what is none."""

    codes: Mapping[str, str]
    provinces: Mapping[str, str]
    start: re.Pattern[str]
    not_names: tuple[str, ...]

    @cached_property
    def cities(self) -> re.Pattern[str]:
        """The short names of cities, which few documents need."""
        return short_cities(self.codes)


@lru_cache(maxsize=8)
def gazetteer_of(book: Rulebook) -> Gazetteer:
    """The places of a rulebook; its list of regions may be missing."""
    start, not_names = _words(book.words("place_openers"), book.words("not_places"))
    provinces = book.lookup("provinces") if "provinces" in book.lookups else {}
    return Gazetteer(book.lookup("regions") if "regions" in book.lookups else {}, provinces, start, not_names)


@lru_cache(maxsize=8)
def _words(openers: frozenset[str], not_names: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    words = "|".join(re.escape(word) for word in sorted(openers, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:{words}|\d{{4}}年(?:度)?|第[一二三四五六七八九十\d]+[轮批项号次]|首[轮批]|[《〈“”（）()【】，、：:！!—－\-\s])+"
    ), tuple(sorted(not_names))


def region_of(title: str, issuer: str, site: str, opening: str, places: Gazetteer, wider: str = "", sources: str = "") -> str:
    """The place that a document is about, with its suffix (某某市), or an empty string. `wider`: the opening and what follows; `sources`: who printed it.

    Named in the title, else in the issuer's name; of a county's notice about something in one of its towns the county. The site's name counts only where the text speaks of 我市, 县政府 and the like and the kinds agree.
    """
    named = place_in(_VENUE.sub("", title), places)
    # 某省督察某市协调组 is the city's
    of_issuer = place_in(issuer.partition("督察")[2], places) or place_in(issuer, places) if not named or named.endswith(_SMALL) else ""
    if of_issuer and not of_issuer.endswith(_SMALL):
        return of_issuer  # a county's notice about something in one of its towns
    if named or of_issuer:
        return named or of_issuer
    ours = {told[1] or told[2] for source in (title, opening) for told in _OURS.finditer(source)}
    own = title.removeprefix("全")[:1]  # 县水利局召开会议; 省督察办通报…, 全省…会召开: no smaller place
    own = own if own in _GREATER else ""
    place = place_in(site, places) if ours or own else ""
    if place.endswith((*ours, own) if own else tuple(ours)) and place:
        return place
    told = [match[1] for pattern in (_RULED, _RESTS_ON) for match in pattern.finditer(opening) if _is_name(match[1][:-1], places)]
    told += [match[1] for match in _HEADED.finditer(sources) if _is_name(match[1][:-1], places)]
    ruled = next((place for place in told if place.endswith(own)), "")
    return (
        ruled
        or _inspected(title, opening, places)
        or _province_in(title, opening, places)
        or _only_place(title, opening, places)
        or place_in(heard_from(opening), places)
        or _answering(wider, places)
        or own_place(wider, sources, places, lambda name: _is_name(name, places))
    )


def acting_in(title: str, opening: str, places: Gazetteer) -> str:
    """The one place that opens clauses of an opening, which is what a report is about whose writer speaks of no place as his own."""
    if title.startswith(("省", "全")) or _OURS.search(opening):
        return ""
    named = {match[1] for match in _ACTING.finditer(opening) if _is_name(match[1][:-1], places)}
    return named.pop() if len(named) == 1 else ""


def _inspected(title: str, opening: str, places: Gazetteer) -> str:
    """The one place that an inspection came to, where an untitled text opens with that."""
    found = (
        {match[1] for match in _INSPECTED.finditer(opening) if "督" in opening and _is_name(match[1][:-1], places)} if not title else set()
    )
    return found.pop() if len(found) == 1 else ""


def _answering(text: str, places: Gazetteer) -> str:
    """The place of the one body that answers for a matter (责任单位：某县水利局)."""
    bodies = {place for match in _ANSWERS.finditer(text) if (place := place_in(match[1], places)) and match[1].startswith(place)}
    return bodies.pop() if len(bodies) == 1 else ""


def _only_place(title: str, opening: str, places: Gazetteer) -> str:
    """The one place of its kind that an opening names, where the title speaks of all of it (全市…会议上的讲话)."""
    whole = _WHOLE.search(title)
    named = (
        {match[1] for match in _SUBJECT.finditer(opening) if match[1][-1] == whole[1] and _is_name(match[1][:-1], places)}
        if whole
        else set()
    )
    return named.pop() if len(named) == 1 else ""


def _province_in(title: str, opening: str, places: Gazetteer) -> str:
    """The province whose short name stands in a title (山东…), or the one that an opening names where the title speaks of its province."""
    place, short = min((place, name) for name in (*places.provinces, "") if (place := _stands(title, name)) >= 0)
    if short and title.startswith(tuple(places.provinces), place + len(short) + 1) and title[place + len(short)] in "、和与":
        return ""  # 云南、青海等4省公布修渠情况
    if short:
        return places.provinces[short]
    named = {name for name in places.provinces.values() if name in opening} if title.startswith("省") or "全省" in title else set()
    return named.pop() if len(named) == 1 else ""


def _stands(title: str, name: str) -> int:
    """Where a short name stands as one, not inside 黄河北岸 or 泰山东路; -1 for nowhere, the end for no name."""
    place = title.find(name) if name else len(title)
    glued = place > 0 and name[:1] in _WATERS and "\u4e00" <= title[place - 1] <= "\u9fff"
    return -1 if glued or _SIDE.match(title, place + len(name)) else place


def place_in(source: str, places: Gazetteer) -> str:
    """The first place in a title or a name: a known one, else one that has the shape of a name; of 某省某市 the inner one."""
    known = _known(source, places)
    for start in _starts(source, places):
        if known and known[0] <= start:
            break
        match = _SHAPE.match(source, start)
        if match and match[0] not in places.codes and (within := _known_end(match[0], places)):
            return _inner(source, match.end(), within, places)
        if match and (_is_name(match["name"], places) or _is_ruled(match, source)):
            return _inner(source, match.end(), match[0], places)
    return _inner(source, known[1], source[known[0] : known[1]], places) if known else ""


def _known_end(name: str, places: Gazetteer) -> str:
    """The known place whose name ends this one, behind the short name of a city (某某|仓山区); else nothing."""
    cities = (at for at in range(2, len(name) - _SHORT) if name[:at] + "市" in places.codes)
    return next((name[at:] for at in cities if name[at:] in places.codes), "")


def _starts(source: str, places: Gazetteer) -> list[int]:
    starts = [match.end() for match in places.start.finditer(source)]
    return starts if places.start.match(source) else [0, *starts]


def _is_name(name: str, places: Gazetteer) -> bool:
    return 1 < len(name) < 8 and not _NOT_NAME.search(name) and not name.endswith(places.not_names)


def _is_ruled(match: re.Match[str], source: str) -> bool:
    """Whether a place has a government of its own: a name then, whatever its last characters mean (某水源区人民政府)."""
    return source.startswith("人民政府", match.end()) and len(match["name"]) > 1 and not _NOT_NAME.search(match["name"])


def _known(source: str, places: Gazetteer) -> tuple[int, int] | None:
    """The first place name of the list that stands in a text; of those that begin together the longest."""
    best: tuple[int, int] | None = None
    for end in _ENDS.finditer(source):
        for start in range(max(0, end.end() - _LONGEST), end.end() - 1):
            if source[start : end.end()] in places.codes and (best is None or start <= best[0]):
                if end.end() - start > _SHORT or _may_begin(source, start, places):
                    best = (start, end.end())
                break
    return best


def _may_begin(source: str, start: int, places: Gazetteer) -> bool:
    """Whether a name of two characters may begin here, not inside words (召开县委, 治理县域): behind a mark, a greater place or its short name."""
    before = source[start - 1 : start]
    return not ("\u4e00" <= before <= "\u9fff") or before in _GREATER or source.endswith(tuple(places.provinces), 0, start)


def _inner(source: str, at: int, place: str, places: Gazetteer) -> str:
    """A place named right behind another lies in it."""
    while True:
        known = next((size for size in range(_LONGEST, 1, -1) if source[at : at + size] in places.codes), 0)
        if known:
            place, at = source[at : at + known], at + known
            continue
        match = _SHAPE.match(source, at)
        if match is None or not _is_name(match["name"], places) or len(match[0]) > 4 or match["kind"] in ("省", "自治区"):
            return place  # no province lies in another place (某某市公开省督察反馈意见…)
        place, at = match[0], match.end()


def inspection_of(title: str, opening: str, body: str, code: str, *, passing: bool = False) -> tuple[str, str]:
    """Level (central, provincial or empty) and round of the inspection that a document answers: by its title, else by its opening, else by the text.

    `code`: that of the region by GB/T 2260; the inspections of a municipality (市级) are those of a province. `passing`: what is only named in the text further down is not what the document is about. Where central and provincial stand together it is central. A round counts only where it is said of that inspection or of none in particular.
    """
    sources = (title, opening, body)
    if code.startswith(_MUNICIPALITIES):
        sources = (_OF_CITY.sub("省", title), _OF_CITY.sub("省", opening), _OF_CITY.sub("省", body))
    level = next((name for source in sources[: 3 - passing] if (name := _level_in(source))), "")
    if not level and passing:
        level = next((name for match in _mentions(body, "督") if _round(match) and (name := _level(match["level"]))), "")
    if not level:
        return "", ""
    for source in sources:
        for match in _mentions(source, "轮"):
            if _COMPARED.search(source, max(0, match.start() - _BEFORE), match.start()):
                continue  # 较2021年首轮省级督察下降: what it is measured by is not what it answers
            named = _round(match)
            if named and source is sources[1] and _several_rounds(source[: source.find("。", match.end())], level):
                return level, ""  # 第一轮…第二轮…: it answers several
            if named and _level(match["level"]) in ("", level) and not (match["level"] or "").startswith(("市", "县")):
                return level, "1" if named.startswith("首") else str(ordinal_of(named))
    return level, ""


def _several_rounds(source: str, level: str) -> bool:
    """Whether the first sentence that names a round names others of that inspection too."""
    ordinals = {
        1 if named.startswith("首") else ordinal_of(named)
        for match in _mentions(source, "轮")
        if (named := _round(match))
        and _level(match["level"]) == level
        and not _COMPARED.search(source, max(0, match.start() - _BEFORE), match.start())
    }
    return len(ordinals) > 1


def _level_in(source: str) -> str:
    """The level of the first inspection that a text speaks of; one that only names an office (省督察整改办) counts where no other is named."""
    of_office = ""
    for match in _mentions(source, "督"):
        if name := _level(match["level"]):
            if _OFFICE.match(source, match.end()) is None:
                return name
            of_office = of_office or name
    return of_office


def _round(match: re.Match[str]) -> str | None:
    return match["before"] or match["between"] or match["amid"] or match["after"]


def _mentions(source: str, sign: str) -> Iterator[re.Match[str]]:
    """The inspections spoken of near each place of a sign, in order; those with neither level nor round are left out."""
    at, last = source.find(sign), 0
    while at >= 0:
        for match in _INSPECTION.finditer(source, max(last, at - _NEAR), at + _NEAR):
            last = match.end()
            if any(match.groups()):
                yield match
        at = source.find(sign, max(at + 1, last))


def _level(word: str | None) -> str:
    if word is None:
        return ""
    if word.startswith(("中央", "国家")):
        return "central"
    return "provincial" if word.startswith(("省", "自治区")) else ""
