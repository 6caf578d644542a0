"""The place that a document is about, and the inspection that it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.outline.markers import ordinal_of

_LONGEST = 12
_ENDS = re.compile(r"自治州|自治县|自治旗|自治区|特别行政区|新区|林区|地区|省|市|州|盟|县|旗|区|镇|乡|街道")
_START = re.compile(
    r"(?:关于|印发|公开|公布|公示|公告|发布|转发|涉及|反馈|移交|交办|指出|督[察查]组?|意见|情况|开展|加强|做好|推进|推动|对|向|在|的|"
    r"贯彻落实|落实|整改|责任|我国|\d{4}年(?:度)?|第[一二三四五六七八九十\d]+[轮批项号次]|首[轮批]|[《〈“”（）()，、：:—－\-\s])+"
)
# An invented or ambiguous name is told by its shape: two to four characters and the word for a kind of place, where a name may begin.
_SHAPE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,7}?)(?P<kind>自治州|自治县|自治旗|自治区|地区|省|市|州|盟|县|旗|区|镇|乡|街道)"
    r"(?=$|[人委政府生住水农城交自公贯开落对关第突环“办党督大重整工全信发财教民应文卫市场商审统林气交医202乡镇街审打持深治优推建扬污饮黑河饲畜秸入)）(（《、以创实加县区旗]|[\u4e00-\u9fff]{2,3}(?:市|县|区|旗|镇|乡|街道))"
)
_NOT_NAME = re.compile(
    r"[全我本各该两多有及和与或对至从到被将级第轮批的之等]|^[省市县区州]|(?:城|小|社|景|园|库|山|灾|矿|牧|辖|郊|新|老|校|片|禁|工业|开发|高新|示范|保护|主城|中心城|城镇小|产业|港|度假|功能|水源|居民|"
    r"中央|国家|生态|环境|整改|督察|行动|建设|发展|管理|保护|工作|落实|治理|城乡|城中|自治|直辖)$"
)
_OURS = re.compile(r"我([省市州县区旗])")
_BEFORE, _BEHIND = 44, 12
_ROUND = r"第[一二三四五六七八九\d]轮|首轮"
_LEVEL = r"中央[、和及与]?省(?:级|委)?|中央|国家|省委、省政府|省委省政府|省委|省级|省|自治区党委|自治区|市级|市委|市|县级"
_INSPECTION = re.compile(
    rf"(?:(?P<before>{_ROUND})(?:第?[一二三四五六七八九]批)?)?(?P<level>{_LEVEL})?(?P<between>{_ROUND})?(?:第?[一二三四五六七八九]批)?(?:第[一二三四五六七八九十])?"
    rf"(?:生态环境|生态环保|环境|环)?(?:保护|保)?(?:例行|专项|集中)?督[察查](?:组|办)?(?P<after>{_ROUND})?"
)


def region_of(title: str, issuer: str, site: str, opening: str, regions: Mapping[str, str]) -> str:
    """The place that a document is about, with its suffix (某某市), or an empty string.

    Named in the title, else in the issuer's name; the site's name counts only where the text speaks of 我市, 我县 and the kinds agree.
    """
    for source in (title, issuer):
        place = place_in(source, regions)
        if place:
            return place
    ours = _OURS.search(opening)
    place = place_in(site, regions) if ours else ""
    return place if ours and place.endswith(ours[1]) else ""


def place_in(source: str, regions: Mapping[str, str]) -> str:
    """The first place in a title or a name: a known one, else one that has the shape of a name; of 某省某市 the inner one."""
    known = _known(source, regions)
    for start in _starts(source):
        if known and known[0] <= start:
            break
        match = _SHAPE.match(source, start)
        if match and _is_name(match["name"]):
            return _inner(source, match.end(), match[0], regions)
    return _inner(source, known[1], source[known[0] : known[1]], regions) if known else ""


def _starts(source: str) -> list[int]:
    starts = [match.end() for match in _START.finditer(source)]
    return starts if _START.match(source) else [0, *starts]


def _is_name(name: str) -> bool:
    return 1 < len(name) < 8 and not _NOT_NAME.search(name)


def _known(source: str, regions: Mapping[str, str]) -> tuple[int, int] | None:
    """The first place name of the list that stands in a text; of those that begin together the longest."""
    best: tuple[int, int] | None = None
    for end in _ENDS.finditer(source):
        for start in range(max(0, end.end() - _LONGEST), end.end() - 1):
            if source[start : end.end()] in regions and (best is None or start <= best[0]):
                best = (start, end.end())
                break
    return best


def _inner(source: str, at: int, place: str, regions: Mapping[str, str]) -> str:
    """A place named right behind another lies in it."""
    while True:
        known = next((size for size in range(_LONGEST, 1, -1) if source[at : at + size] in regions), 0)
        if known:
            place, at = source[at : at + known], at + known
            continue
        match = _SHAPE.match(source, at)
        if match is None or not _is_name(match["name"]) or len(match[0]) > 4:
            return place
        place, at = match[0], match.end()


def inspection_of(title: str, opening: str, body: str) -> tuple[str, str]:
    """Level (central, provincial or empty) and round of the inspection that a document answers: by its title, else by its opening, else by the text.

    Where central and provincial stand together it is central. A round counts only where it is said of that inspection or of none in particular.
    """
    level = ""
    for source in (title, opening, body):
        found = _inspections(source)
        if not level:
            level = next((name for name in (_level(match["level"]) for match in found) if name), "")
        for match in found if level else ():
            named = match["before"] or match["between"] or match["after"]
            if named and _level(match["level"]) in ("", level) and not _other_level(match["level"]):
                return level, "1" if named.startswith("首") else str(ordinal_of(named))
    return level, ""


def _inspections(source: str) -> list[re.Match[str]]:
    found, at = [], source.find("督")
    last = 0
    while at >= 0:
        for match in _INSPECTION.finditer(source, max(last, at - _BEFORE), at + _BEHIND):
            last = match.end()
            if match["level"] or match["before"] or match["between"] or match["after"]:
                found.append(match)
        at = source.find("督", max(at + 1, last))
    return found


def _level(word: str | None) -> str:
    if word is None:
        return ""
    if word.startswith(("中央", "国家")):
        return "central"
    return "provincial" if word.startswith(("省", "自治区")) else ""


def _other_level(word: str | None) -> bool:
    return word is not None and word.startswith(("市", "县"))
