"""What a document says of itself: title, number, issuer, day, region, the inspection that it answers."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import cast

from extract.model import DocType, Document, Header
from extract.outline.markers import Scanner, ordinal_of, scanner_of
from extract.outline.parts import Part
from extract.outline.places import Gazetteer, gazetteer_of, inspection_of, place_in, region_of
from extract.outline.single_lines import (
    COMPACT,
    DATE,
    NUMBER,
    NUMBER_BEHIND,
    PASSED,
    SERIES,
    SPOKEN,
    Lexicon,
    body_of,
    ends_in_body,
    is_telling,
    lexicon_of,
    segments,
    squeezed,
    undoubled,
    without_mark,
)
from extract.rulebook import Rulebook

_OPENING, _WIDER = 600, 1500
_LONGEST_TITLE = 70
_TITLE_EDGES = " \u3000|｜丨"
_LEAD = 160
_GREETED = 200
_LAST = 80
_GREETING = re.compile(r"(?:^|\n|。)(?:同志们|各位领导|各位同志|各位代表)[^\n。，,]{0,12}[：:！!]")
_REPORTED = re.compile(
    r"(?:记者|通讯员)[^。\n]{0,60}(?:获悉|了解到|报道)|(?:\A|\n)\s*(?:昨[日天]|今[日天]|近日|日前|\d{1,2}日)?[^。，\n]{0,12}从[^。，\n]{2,30}(?:获悉|了解到)|(?:本报|本网|网|日报|晚报|社|台|在线|快)讯[\s(（,，]|(?<![^\n])[\u4e00-\u9fff]{2,10}(?<![通简短音资喜快])讯(?!息|员|问|速)|\d日[电讯]|[(（](?:全媒体|本报|见习|总台\S{0,4})?记者[\s　]?[^）)\n]{2,12}[）)]"
)
_MADE_PUBLIC = re.compile("公开|发布|出台|启动|公布|通报(?=[^（(])")
_SETTLED = re.compile(r"(?:已|累计|全部|阶段性)(?:办结|完成整改|整改完成|完成)\s?\d")
_DEED = re.compile(
    r"(?:^|\n)(?:近日|日前|连日来|近期|今天|昨日|(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:[上下]午)?(?:\d{1,2}[时点]许?)?|\d{1,2}日(?:[上下]午)?)[,，]"
)
_HELD = re.compile(
    r"(?:会议?|大会)(?:于)?(?:近日|日前|今天|昨[天日]|(?:\d{1,2}月)?\d{1,2}日)(?:[上下]午)?(?:在[^，。,\n]{2,20})?(?:召开|举行)"
    r"|(?:近日|日前|今天|昨[天日]|(?:\d{1,2}月)?\d{1,2}日)(?:[上下]午)?[，,]?[^，。,\n]{0,30}(?:召开|举行)"
)
_HEADLINE = re.compile(
    r"见成效|见实效|显成效|成效[显凸]著|成效明显|再上新?台阶|圆满完成|(?:积极|扎实|全力|大力|深入|持续|着力|切实|稳步|加快|强力|有序|纵深|统筹|精准)(?:推进|推动|开展|做好|打好|抓好|落实|实施|部署|提升|整治|打造)|多措并举|"
    r"打响|吹响|迎来|率先|[超近逾][一二三四五六七八九十]成|超额完成"
)
"""What the title of a story about a deed boasts of, and no name of a paper."""
_DOES = re.compile(
    r"(?!关于)[^《》的，。：]{2,14}(?:[局委办厅镇乡县市区旗村院校]|街道|中心|大队|支队|公司|社区|集团|政府)(?:开展|组织|启动|完成|举办|部署|落实|推进|加快|强化|加强|抓好|做好)[^《》]{4,40}(?<![表案单册书法知见要])$"
)
"""A headline of what a body does: 某市水利局开展河道清淤工作."""
_REVIEW = re.compile(r"(?:领导|支持|指导|帮助|关心)下[^。]{0,200}(?:成效|成绩|取得|圆满|较好|进展)")
"""How a review of a year's work begins: 2031年，在县委的正确领导下，…取得明显成效。"""
_DONE = re.compile(
    r"(?:交办|反馈|移交|公开|开展|成立|建立|完成|召开|制定|印发|出台|组织|实施|取得|形成|查处|整改|投入|建成|解决|推动)了|均已|已(?:整改|完成|办结|建成|解决)|累计(?!达到)|取得[^。，]{0,8}(?:进展|成效)"
)
_DUE = re.compile(r"(?<![主重需首紧只])要(?![求点素件闻道害])|必须|应当|务必|力争|确保(?!了)|不得|严禁|[年月]底前")
_DEEDS = 4
"""Deeds told at the opening of an untitled text that gives an account."""
_SAYS: tuple[tuple[DocType, re.Pattern[str]], ...] = (
    ("minutes", re.compile(r"纪要如下|议定(?:如下|以下)?事项(?:如下)?|\A[^。，；：\n《》]{0,40}会议纪要")),
    (
        "progress",
        re.compile(
            r"(?:情况|进展|整改|工作)[^。，]{0,12}(?:报告|汇报|通报|公示|公开|函告|总结)如下|现将[^。；\n]{0,50}(?:情况|进展|成效|结果)(?:予以|进行|向社会)?(?:通报|公示|公开|公布)(?![^。，]{0,8}(?:通知|方案|办法))|(?:情况|进展)作[^。，]{0,4}汇报"
            r"|\A\s*一、(?:(?:19|20)\d\d年度?|今年以来|上半年)?[^。，；\n]{0,14}(?:完成|进展|开展|落实|推进|工作)情况\s*\n"
            r"|(?:^|\n)(?:[一二三四五六七八九十]、|[（(][一二三四五六七八九十][）)])?(?:目前|工作|整改|任务|目标|办理|实施|最新|阶段性?)?(?:完成|进展|落实|推进|办理|整改|执行)(?:落实|进展|完成)?(?:情况|进度)[：:]"
        ),
    ),
    ("plan", re.compile("制[定订](?:本|如下|以下)整改(?:工作)?(?:方案|计划|措施)")),
    (
        "notice",
        re.compile(
            "制[定订](?:本|如下|以下)(?:[^。，]{0,6})(?:方案|计划|意见|办法|措施|细则|规定|规划|预案)|提出(?:如下|以下)[^。，]{0,6}意见|(?:通知|通告|公告|函复|批复)如下|(?:任务|分工|职责|责任|工作|事项|要求|问题)[^。，；]{0,6}(?:作(?:出)?|明确|分解|安排|划分|分工|部署|规定|调整)如下|现就[^。；\n]{2,60}(?:明确|安排|要求|部署)如下"
        ),
    ),
)
"""What an untitled paper says of itself before its first item."""
_ISSUED = re.compile(r"现(?:将[^。\n]{0,80}|予以?)?(?:印发|下发|转发)(?:给)?(?:你们|各|，请|,请)")
"""What hands a paper on to those who are to carry it out, whatever its title is."""
_VISITED = re.compile(
    r"(?!关于)[^《》]{2,40}?(?:下沉|莅临|深入|赴|走进|抵达|来到?)(?!基层|一线|推进|开展|实施|贯彻|学习|落实)(?P<where>[^《》]{2,20}?)(?:督[察导查]|检查|调研|视察|考察|指导|核查|暗访|慰问)"
)
"""A headline of who came where to look: 某督导组赴某县督导整改."""
_MATTER_FIELD = re.compile(r"^(责任单位|牵头单位|整改时限|整改措施|整改目标|完成时限)[：:]", re.MULTILINE)
_TASK_HEAD = re.compile(r"^(?:序号|编号)\s?[|｜\t ].*(?:责任|牵头|承办)(?:单位|部门|人)", re.MULTILINE)
_SEARCHED = 3000
"""Characters in which the fields and the head of an untitled list of tasks are looked for."""
_MET = re.compile(r"(?!关于)[^《》]{2,60}?(?<!关于)(?:召开|举行|赴)[^《》]{2,60}?(?:听取|征求|审议|研究|讨论|部署|学习|传达|贯彻)")
_PAPERS = ("通知", "通报", "纪要", "函", "请示", "报告", "公示", "公告", "的讲话", "通告")
_MINUTES = re.compile(r"(?:会议)?纪要(?:摘要)?[”》]?$")
_SPLITS = re.compile("分解|分工|责任|任务")
_LIST = re.compile("[清名]单|台账|一览表")
_ASIDE = re.compile(r"[（(][^（）()]{1,20}[）)]$")
_MEETING = re.compile(
    r"(?:(?:第[一二三四五六七八九十百\d]{1,5}[次届期])|专题|常务|办公|全体|协调|联席|调度|\d{4}年)*(?:工作)?会议?纪要[”》]?$"
)
_ITEM = re.compile(r"^[一二三四五六七八九十]{1,3}、[^\n。；]{4,60}$", re.MULTILINE)
_IN_BRACKETS = re.compile(
    r"[（(]\s?((?:\d{4}年)?第\s?[\d一二三四五六七八九十百]{1,5}\s?[期号]|[\u4e00-\u9fff]{2,12}[〔\[](?:19|20)\d\d[〕\]]第?\d{1,4}号)\s?[）)]$"
)
_SOURCES = frozenset(("来源", "信息来源", "文章来源", "稿件来源", "来源单位", "稿源"))
_LABELLED = re.compile(r"[\u4e00-\u9fff][：:︰﹕|｜]\s*$|(?:日期|时间)\s*$")
_PIECE = re.compile(r"^第[一二三四五六七八九十\d]{1,3}篇[：:]\s*")
_POSTED = re.compile(r"^[【\[](?:转帖|转载|转发|转贴|原创|分享|精华|置顶|推荐|图文|组图|视频)[】\]]\s*")
_LABEL_OF_TITLE = re.compile(r"^(?:原?标题|原题|题目|文章标题)\s?[：:]\s*")
_SET = re.compile(
    r"[（(]\s?(?:精选|通用|汇总|合集|集锦|锦集|优选|优秀|热门|必备|实用|最新|范文|共|推荐)*\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?篇\s?[）)]$"
    r"|\s?(?:优秀|精选)?(?:范文|模板|样本)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?$|\s?篇\s?\d{1,2}$"
)
"""What a collection of samples prints behind the title of one."""
_DATED = re.compile(r"\s?[（(\[【]\s?((?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))\s?[）)\]】]$")
_SITE_TAIL = re.compile(r"\s*[-－—]{1,2}\s*[\u4e00-\u9fff]{2,16}(?:网站?|平台|门户)$")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|txt|xlsx?|ofd)$", re.IGNORECASE)
_QUOTED = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕第?\d{1,4}号\s*《(.+)》")
_IN_MARKS = re.compile("《([^《》]{8,})》")
_AS_OF = re.compile(r"[（(]截[至止][^（）()]{2,16}[）)]$")
_YEAR = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
# A body and a day behind the end of a sentence, where all lines of a notice were run together.
_SIGNED = re.compile(rf"[。；）)]\s*([\u4e00-\u9fff]{{4,40}})\s*({DATE.pattern})\s*$")
_SIGNATURE = 80
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d\d)(?:\s+\d{1,2}[:：]\d\d)?")
"""A page's line of time with the day first: 02.05.2031 12:30."""
_DATELINE = re.compile(r"(?:网|报|社|台|在线|频道|发布)\s?(?:记者\s?)?([123])月(\d{1,2})日(?:讯|电|消息)")
_YEAR_OVER = re.compile(r"(20\d\d)年(?:12月)?[底末][，,]?[^。，,]{0,10}(?:已|全部|共|累计|均)")
_HANDED_ON = re.compile(
    rf"(?:贯彻|执行|落实|实施|遵照)[^。.，,；;\n]{{0,6}}[。.]\s?(?:[\u4e00-\u9fff]{{4,30}}\s?)?({DATE.pattern})(?=[,，。\s]|[\u4e00-\u9fff]{{6}})"
)
"""The day below the letter that hands a paper on, where all lines were run together: 请认真贯彻执行。2031年5月2日某县…方案。"""
_RELEASED = re.compile(rf"(?:发布|公布|刊发)于\s?({DATE.pattern})\s*[）)]?$|({DATE.pattern})\s*(?:发布|公布|刊发|公开)\s*[）)]?$")
_HEAD_RUN = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{5,}+(?=\s*[：:︰﹕])")
_GLUED = re.compile(r"(?<=[A-Za-z0-9])[\u4e00-\u9fff]{2,8}+(?=\s*[：:︰﹕])")
"""A head behind the letters or figures of the value before it (作者：Admin日期：2031-05-02)."""
_NAME = re.compile(r"[\u4e00-\u9fff]{4,30}")
_SHORTEST_GROUP = 3
_LONGEST_COLUMN = 6
_SURE_HEAD = 4
_SHORTEST, _LONGEST_LEFT, _MOST_LOST = 10, 14, 3
"""Characters of a title, of what a page left above it, and those that one print of a title may have lost."""
_BEGINS = re.compile(
    r"关于|\d年|[轮组次批届期号]|(?:反馈|交办|移交|转办|披露|指出|通报|印发|转发|发布|公布|公开|贯彻|落实|推进|加强|开展|做好|对|和|与|及|暨|的|[、，：:《“—－-])$"
)
"""What a line shows that is the beginning of a title."""
_NO_BODY = re.compile(
    r"默认\S{0,4}|\S{0,4}管理员|本[站网]|\S{0,10}(?:网站|门户|官网|平台)|admin|未知|暂?无|其[他它]|佚名|原创|转载|网络|互联网|不详|-+",
    re.IGNORECASE,
)
"""What a page gives for its issuer where nobody filled it in."""
_FACT = re.compile(
    r"([\u4e00-\u9fff]{2,8})\s*[：:︰﹕|｜]\s*(?![\u4e00-\u9fff]{2,8}[：:])([^\s　：:|｜]+(?:[ 　](?![\u4e00-\u9fff]{2,8}[：:])[^\s　：:|｜]+)*)"
)
_NEWS = re.compile(
    r"(?:^|[，,。\s])(?:近日|日前|今天|昨日)?[，,]?((?:[\u4e00-\u9fff]{2,10}[省市州县区旗盟]|[省市州县区旗盟](?![委直级长政府]))(?:(?!会在)[\u4e00-\u9fff]){1,26}?)(?:党组|党委)?(?:(?:(?:党组|党委)书记、)?(?:主任|局长|厅长|院长|校长|支队长)[\u4e00-\u9fff]{2,3}?)?(?:组织|主持|专题|集中)?(?:召开|举行|举办|(?:通报|公布|发布|印发)了)"
)


_TELLS = re.compile(
    r"(?:[^，,。\n]{2,30}[，,]\s?){0,2}([省市州县区旗盟](?![直长级])(?:(?!会同|联合|对|组织|开展|要求|各)[\u4e00-\u9fff]){2,18}?|(?:(?!会同|联合|对|组织|开展|要求|各)[\u4e00-\u9fff]){2,10}[省市州县区旗盟](?:(?!会同|联合|对|组织|开展|要求|各)[\u4e00-\u9fff]){2,18}?)"
    r"(?:近日|日前|先后|联合|会同)?(?:对|组织|开展|牵头|抽调|派出|成立|组成|组建|选派|抽选|采取|通过|深入|派员|于\d|在\d)[^。]{2,120}。\s?现将[^。\n]{2,50}(?:通报|公示|公布|报告|汇报|公开|公告|反馈|函告)(?:如下|：)"
)
"""Who did what a paper then gives an account of: 日前，县督查室对整治进展开展督查。现将情况通报如下。"""


_GATHERING = re.compile("(?:办公|常务|常委|例|联席|座谈|推进|调度|协调|专题|现场|部署|动员|视频|碰头|工作|全体|主席)会议?$")
"""A meeting whose name ends as those of bodies do."""
_DECIDED = re.compile(
    r"(?:^|[，,。\s])(?:经研究[，,])?((?!根据|按照|依照|依据|遵照|贯彻|落实|执行)(?:[\u4e00-\u9fff]{2,6})?[省市州县区旗镇乡]党?(?:委|人民政府|政府)(?:办公室|办)?)(?:研究)?(?:决定|拟定|定于)(?!的|精神|事项)[^。\n]{2,120}。(?:[^。\n]{2,60}。)?现[将就][^。\n]{2,50}(?:通知|通告|公告)如下"
)
"""Who decides what a notice hands on."""
_HELD_BY = re.compile(r"[，,]([省市县区州旗](?:人民)?政府)(?:组织|主持)?召开")
"""The government that held the meeting of minutes which name it without its place."""


def header_of(document: Document, parts: Sequence[Part], book: Rulebook) -> Header:
    """The header of a document whose lines are known; `meta` of the reader serves where the text itself says nothing."""
    text, words = document.text, lexicon_of(book)
    places = gazetteer_of(book)
    facts = _facts(text, parts, book)
    printed = (
        _title(text, parts, words, places)
        or facts.get("title", "")
        or _page_title(document.meta, words)
        or _later_title(text, parts, words, scanner_of(book))
    )
    title = NUMBER_BEHIND.sub("", printed)
    opening = next((part.line.start for part in parts if part.kind == "body"), 0)
    start = text[opening : opening + _OPENING]
    doc_type = doc_type_of(title or start[:120], book.lookup("doc_types"), titled=bool(title))
    if doc_type == "other" and any(SERIES.fullmatch(squeezed(text[p.line.start : p.line.end].strip())) for p in parts[:3]):
        doc_type = "progress"
    doc_type = _type_by_opening(doc_type, title, start, text[-_LAST:], book.lookup("doc_types"))
    if not title and doc_type == "other" and _lists_tasks(text[:_SEARCHED]):
        doc_type = "task_list"
    issuer = _issuer(text, parts, words, facts | {"meta": document.meta.get("issuer", "")}, title, doc_type)
    published = _published(text, parts, words, facts | {"catalogue": document.meta.get("published", "")})
    published = published or _day_text(document.meta.get("signed", "")) or _day_text(document.meta.get("entered", ""))
    given = _spoken(text, parts)
    site = document.meta.get("site", "") or _masthead(text, parts, words) or facts.get("source", "")
    front = [text[part.line.start : part.line.end] for part in parts if part.kind in ("info", "letterhead") and part.line.end <= opening]
    printed_by = "\n".join([*front, start[:_LEAD]])
    visited = _VISITED.match(title) if doc_type == "news" and not title.endswith(_PAPERS) else None
    where = visited["where"] if visited and place_in(visited["where"], places) else title
    region = region_of(where, issuer or given, site, start, places, text[opening : opening + _WIDER], printed_by)
    # Minutes and news deal with many matters: what is said in passing far down is not what they are about, unless with its round; the name of an item is.
    passing = doc_type in ("minutes", "news")
    told = "\n".join([start, *_ITEM.findall(text, opening)]) if passing else start
    level, turn = inspection_of(title, told, text[opening:], passing=passing)
    return Header(
        title=title,
        doc_type=doc_type,
        issuer=issuer,
        doc_number=_number(text, parts, facts) or _numbered(printed) or _normal_number(document.meta.get("doc_number", "")),
        region=region,
        region_code=places.codes.get(region, ""),
        published=published,
        inspection_level=level,
        inspection_round=turn,
        anchor=_anchor(_day_text(given) or published),
    )


def _masthead(text: str, parts: Sequence[Part], words: Lexicon) -> str:
    """The body whose name a site prints above everything."""
    first = text[parts[0].line.start : parts[0].line.end] if parts and parts[0].kind == "info" else ""
    return first if ends_in_body(first, words) else ""


def _title(text: str, parts: Sequence[Part], words: Lexicon, places: Gazetteer) -> str:
    """The last group of title lines before the body, or an earlier one that alone reads like a title."""
    groups: list[list[str]] = []
    previous: Part | None = None
    for part in parts:
        if part.kind == "title":
            content = squeezed(without_mark(text[part.line.start : part.line.end]).strip(_TITLE_EDGES))
            if groups and content in (groups[-1][-1], groups[-1][-1] + "表"):
                continue  # the page's head and the notice's own, or the form's, are the same
            if groups and content.startswith(groups[-1][-1]):
                groups[-1] = [content]  # the site's name, and a title that begins with it
                continue
            if (
                previous is not None
                and previous.kind == "title"
                and not _PIECE.match(content)
                and not _PIECE.match(groups[-1][0])
                and not _begins_anew(content, part, previous, groups[-1], words, places)
            ):
                groups[-1].append(content)
            else:
                groups.append([content])
        elif part.kind not in ("info", "number", "letterhead", "annex"):
            break
        previous = part
    titles = [_clean_title("".join(group)) for group in groups]
    titles = [title for title in titles if title == titles[-1] or not SERIES.fullmatch(title)]
    telling = [title for title in titles if is_telling(title, words)]
    minutes = [title for title in titles if _MINUTES.search(title)]
    # The last line that ends so is the title of minutes; one above it is their mark by GB/T 9704.
    return _fuller((minutes or telling or titles or [""])[-1], titles, words)


def _fuller(title: str, titles: Sequence[str], words: Lexicon) -> str:
    """Of a title printed twice, by the page and by the notice, the one that lost nothing: no issuer and no character."""
    bare = "".join(title.split())
    for other in titles:
        whole = "".join(other.split())
        more = len(whole) - len(bare)
        if (more > 0 and whole.endswith(bare) and ends_in_body(whole[:more], words)) or (0 < more <= _MOST_LOST and _holds(whole, bare)):
            return other
    return title


def _holds(whole: str, bare: str) -> bool:
    """Whether a title is another one of which some characters were lost."""
    letters = iter(whole)
    return all(letter in letters for letter in bare)


def _begins_anew(content: str, part: Part, previous: Part, above: Sequence[str], words: Lexicon, places: Gazetteer) -> bool:
    """Whether a line below a page's heading that says little (考核依据) is a title of its own, since it begins as titles do and tells what it is.

    So is one that begins with its place below what the page left there (订阅本刊, a column's name).
    """
    if len(content) >= _SHORTEST and all(_may_be_left(line, words) for line in above) and is_telling(content, words):
        return content.startswith(place_in(content, places) or " ")
    if (
        previous.line.kind != "heading"
        or part.line.kind == "heading"
        or len(above) > 1
        or "关于" in above[0]
        or not is_telling(content, words)
    ):
        return False
    place = place_in(content, places)
    opens = content.startswith("关于") or (place != "" and content.startswith(place))
    return opens and not is_telling(above[0], words) and not ends_in_body(above[0], words)


def _may_be_left(line: str, words: Lexicon) -> bool:
    """Whether a short line may be no part of a title: it names no body, tells nothing, and no title goes on behind it."""
    return len(line) <= _LONGEST_LEFT and not _BEGINS.search(line) and not ends_in_body(line, words) and not is_telling(line, words)


def _later_title(text: str, parts: Sequence[Part], words: Lexicon, scanner: Scanner) -> str:
    """The title of what a letter or a report without one hands on: behind its signature, or behind 全文如下："""
    handed_on = False
    for part in parts:
        content = squeezed(text[part.line.start : part.line.end].strip())
        if handed_on and scanner.line.match(text, part.line.start, part.line.end):
            return ""  # …情况通报如下： / 一、总体进展情况
        if part.kind == "title" or (handed_on and part.kind == "body" and len(content) <= _LONGEST_TITLE and is_telling(content, words)):
            return _clean_title(content)
        handed_on = part.kind == "body" and content.endswith(("如下：", "如下:"))
    return ""


def _page_title(meta: Mapping[str, str], words: Lexicon) -> str:
    """The title in a page's head, unless it is only the name of a column (通知公告)."""
    title = _clean_title(meta.get("title", ""))
    return "" if title in words.page else title


def _clean_title(title: str) -> str:
    title = _SITE_TAIL.sub("", _DATED.sub("", title))
    title = undoubled(title.strip())
    title = _LABEL_OF_TITLE.sub("", title)
    title = _AS_OF.sub("", _FILE.sub("", _SET.sub("", _PIECE.sub("", _POSTED.sub("", title.strip())))))
    first = re.split(r"\s*[_|]\s*", title)[0].strip()
    title = first if len(first) > _LONGEST_COLUMN or "_" in title else title  # 聚焦治水 | 某某县：… keeps the name of its column
    quoted = _QUOTED.fullmatch(title) or _IN_MARKS.fullmatch(title)
    return quoted[1] if quoted else title


def doc_type_of(title: str, types: Mapping[str, str], *, titled: bool = True) -> DocType:
    """The kind of document that a title tells: its longest telling word counts, of two as long the later one.

    Without a title only the opening can tell of a meeting.
    """
    if not titled:
        return "news" if _NEWS.search(title) or "召开" in title else "other"
    if (_MET.match(title) or _VISITED.match(title)) and not title.endswith(_PAPERS):
        return "news"  # 某县召开会议审议整改方案, 某督导组赴某县督导整改情况
    best, kind, told = (0, -1), "other", ""
    last, closing = 0, ""
    bare = _ASIDE.sub("", title)
    for word in [word for word in types if word in title]:
        place, type_ = title.rfind(word), types[word]
        if (len(word), place) > best:
            best, kind, told = (len(word), place), type_, word
        if bare.endswith(word) and len(word) > last:
            last, closing = len(word), type_
    # 关于召开会议的通知, 学习讲话精神的通知 印发任务分工方案的通知 and 报送进展情况的通知 are notices: a meeting, a speech, who does what or what was done is only what they are about.
    # 政府工作报告任务分解 and 政府工作报告任务完成情况 are what their last word says.
    about = (
        kind in ("news", "speech")
        or (kind == "other" and closing in ("task_list", "progress"))
        or (kind == "other" and closing == "notice" and _SPLITS.search(title))
        or (closing == "progress" and "》" in told)
        or (kind in ("task_list", "progress") and title.endswith("通知") and not _LIST.search(title))
    )
    return cast("DocType", closing if closing and about else kind)


def _ends_in(title: str, types: Mapping[str, str]) -> bool:
    """Whether a title ends in a word that names a paper, as a headline that only holds one (反馈意见整改提速) does not."""
    bare = _ASIDE.sub("", title)
    return any(bare.endswith(word) for word in types)


def _lists_tasks(text: str) -> bool:
    """Whether an untitled text goes through matters one by one (责任单位：… 整改时限：…), or begins with the head of a table of tasks."""
    fields = _MATTER_FIELD.findall(text)
    return len(fields) > len(set(fields)) or _TASK_HEAD.search(text) is not None


def _type_by_opening(told: DocType, title: str, start: str, end: str, types: Mapping[str, str]) -> DocType:
    """The kind of document, where the title tells none, by its first words: a speech greets, a reporter heard or a body did something, a year is looked back on.

    A reporter's story about a plan made public (某县公开整改方案) is news too.
    """
    lead = start[:_LEAD]
    if (_REPORTED.search(lead) and (told == "other" or _MADE_PUBLIC.search(title) or not _ends_in(title, types))) or (
        told == "progress" and _MADE_PUBLIC.search(title) and _REPORTED.search(end)
    ):
        return "news"
    if not title and (said := next((kind for kind, pattern in _SAYS if pattern.search(start)), None)):
        return said
    if told not in ("other", "news") or any(word in title for word in types):
        return told
    if _GREETING.search(start[:_GREETED]):
        return "speech"
    if told == "other" and _ISSUED.search(start):
        return "notice"
    if told == "other" and (_SETTLED.search(start) or title.endswith("情况")):
        return "progress"
    if _DEED.search(lead) or _HELD.search(lead) or _HEADLINE.search(title) or _DOES.match(title):
        return "news"
    if not title and told == "other" and len(_DONE.findall(start)) >= _DEEDS > 2 * len(_DUE.findall(start)):
        return "progress"
    return "progress" if _REVIEW.search(lead) else told


def _facts(text: str, parts: Sequence[Part], book: Rulebook) -> dict[str, str]:
    """What the lines of facts give: published, signed, issuer, number, and a source that names a place."""
    meaning, places = book.lookup("info_heads"), gazetteer_of(book)
    facts: dict[str, str] = {}
    published = ""
    for part in parts:
        if part.kind in ("info", "letterhead"):
            content = _unfused(text[part.line.start : part.line.end], meaning)
            beside = _cell_facts(content, meaning) if part.line.table is not None else []
            for head, value in beside or _FACT.findall(content) or _spaced_facts(content.split(), meaning):
                if head in _SOURCES and place_in(value, places):
                    facts["source"] = value  # whose page it is
                name = meaning.get(head) or next((meaning[head[k:]] for k in range(1, len(head) - 1) if head[k:] in meaning), "")
                if name == "issuer" and _NO_BODY.fullmatch(value):
                    continue
                if name == "published" and head.startswith(("发布", "公开", "公布")) and not published:
                    facts[name] = published = value  # 生成日期：…　发布日期：…: the latter is the day
                elif name and name != "source":
                    facts.setdefault(name, value)
    return facts


def _unfused(content: str, meaning: Mapping[str, str]) -> str:
    """A line of facts whose values run into the next head (来源：办公室发布时间：2031-05-02), with a space before each head."""

    def parted(run: re.Match[str]) -> str:
        name = run[0]
        at = next((k for k in range(1, len(name) - _SURE_HEAD + 1) if name[k:] in meaning), 0) if name not in meaning else 0
        return f"{name[:at]} {name[at:]}" if at else name

    content = _HEAD_RUN.sub(parted, content)
    return _GLUED.sub(lambda head: f" {head[0]}" if head[0] in meaning else head[0], content)


def _cell_facts(table: str, meaning: Mapping[str, str]) -> list[tuple[str, str]]:
    """Heads and values in the cells of a table of facts, a value in the cell behind its head or in the same one (发布日期：2031-05-02)."""
    found: list[tuple[str, str]] = []
    for row in table.split("\n"):
        cells = [cell.strip() for cell in row.split("\t")]
        whole = [_FACT.fullmatch(cell) for cell in cells]
        found += [(fact[1], fact[2]) for fact in whole if fact and fact[1] in meaning]
        heads = [re.sub(r"\s+", "", name) for name in cells[:-1]]
        found += [
            (head, value)
            for head, value, fact in zip(heads, cells[1:], whole[1:], strict=True)
            if value and head in meaning and not (fact and fact[1] in meaning)
        ]
    return found


def _spaced_facts(pieces: list[str], meaning: Mapping[str, str]) -> list[tuple[str, str]]:
    """Heads and values of a line without colons (发文机关 某某局 成文日期 2031-05-02)."""
    heads = [place for place, piece in enumerate(pieces) if piece in meaning]
    return [(pieces[place], " ".join(pieces[place + 1 : end])) for place, end in pairwise([*heads, len(pieces)])]


def _number(text: str, parts: Sequence[Part], facts: Mapping[str, str]) -> str:
    for part in parts:
        if part.kind in ("number", "letterhead"):
            content = text[part.line.start : part.line.end]
            pieces = [content, *segments(content)] if part.kind == "number" else segments(content)
            match = next((found for piece in pieces if (found := NUMBER.fullmatch(piece))), None)
            if match:
                return _normal_number(match[1])
        if part.kind == "body":
            break
    named = facts.get("number", "")
    return _normal_number(named) if any(map(str.isdigit, named)) else ""  # 文号：无


def _numbered(title: str) -> str:
    """The number in brackets behind a title: …会议纪要（第6期）."""
    if match := _IN_BRACKETS.search(title):
        return _normal_number(match[1])
    behind = NUMBER_BEHIND.search(title)
    return _normal_number(behind[0].strip("（） ()")) if behind else ""


def _normal_number(number: str) -> str:
    """A document number without spaces, its year in 〔〕."""
    if not number:
        return ""
    number = re.sub(r"\s+|[（(]总第?\d+[号期][）)]", "", number)
    return re.sub(r"[\[［【（(〔]((?:19|20)\d\d)[\]］】）)〕]", r"〔\1〕", number)


def _issuer(text: str, parts: Sequence[Part], words: Lexicon, facts: Mapping[str, str], title: str, doc_type: DocType) -> str:
    front = next((number for number, part in enumerate(parts) if part.kind in ("body", "table")), len(parts))
    issuers = _bodies_in(text, parts[:front], "letterhead", words)
    if issuers:
        return " ".join(issuers)
    signed = " ".join(_bodies_in(text, parts, "signature", words))
    if not signed and (run_on := _run_on(text, parts, words)):
        signed = run_on[0]
    named = signed or facts.get("issuer", "") or facts["meta"]
    if named:
        return named
    by_title = re.match(r"([\u4e00-\u9fff]{2,30}?(?:[ 、][\u4e00-\u9fff]{2,30}?){0,5})(?:关于|通报(?=[\d一二三四五六七八九十]+起))", title)
    if by_title and all(ends_in_body(name, words) for name in re.split("[ 、]", by_title[1])):
        return by_title[1]
    heads = (
        [title, *(text[part.line.start : part.line.end] for part in parts[:front] if part.kind == "title")] if doc_type == "minutes" else []
    )
    for head in heads:
        group = _MEETING.sub("", head).strip()
        if group != head and len(group) >= _SHORTEST_GROUP and ends_in_body(group, words) and not _GATHERING.search(group):
            return group
    if doc_type == "notice" and (decided := _DECIDED.search(text[: _OPENING * 2])):
        return decided[1]
    if doc_type in ("news", "progress", "minutes"):
        front_text = text[: parts[front].line.end] if front < len(parts) else ""
        held = _HELD_BY.search(front_text) if doc_type == "minutes" else None
        if held:
            return held[1]
        body = next((text[p.line.start : p.line.end] for p in parts if p.kind == "body"), "")
        acted = _NEWS.search(body[:200])
        if acted and ends_in_body(acted[1], words):
            return acted[1]
        told = _TELLS.match(body[:_OPENING])
        if told and ends_in_body(told[1], words):
            return told[1]
    return ""


def _bodies_in(text: str, parts: Sequence[Part], kind: str, words: Lexicon) -> list[str]:
    """The bodies of the first letterhead or signature that names any: several in a line, or on lines that follow one another, issue together.

    A body and its own office (某县人民政府, 某县人民政府办公室) are not two: the first counts.
    """
    found: list[str] = []
    begun = ""
    for part in parts:
        if part.kind == kind:
            for piece in re.split(r"[ 　]+", squeezed(text[part.line.start : part.line.end])):
                if found and piece.startswith("代表"):
                    return found  # a deed is its first party's
                name = body_of(begun + piece, words)
                begun = piece if not name and _NAME.fullmatch(piece) else ""  # 某某县督察整改 / 工作领导小组办公室
                if name and not any(name.startswith(one) or one.startswith(name) for one in found):
                    found.append(name)
        elif found:
            break
    return found


def _run_on(text: str, parts: Sequence[Part], words: Lexicon) -> tuple[str, str] | None:
    """The body that signs in the last line of the text itself and the day (…公示期10天。某县水利局 2031年5月2日), or None."""
    last = next((part.line for part in reversed(parts) if part.kind == "body"), None)
    signed = _SIGNED.search(text, max(last.start, last.end - _SIGNATURE), last.end) if last else None
    name = body_of(signed[1], words) if signed else ""
    return (name, signed[2]) if signed and name else None


def _published(text: str, parts: Sequence[Part], words: Lexicon, facts: Mapping[str, str]) -> str:
    printed = (
        _day_text(facts.get("published", "")) or _day_text(facts.get("updated", "")) or _unlabelled(text, parts) or _released(text, parts)
    )
    if fact := printed or _day_text(facts["catalogue"]) or _day_text(facts.get("signed", "")):
        return fact
    front, last = True, ""
    for part in parts:
        front = front and part.kind not in ("body", "table")
        content = text[part.line.start : part.line.end]
        if part.kind in ("letterhead", "signature") or (part.kind == "title" and _DATED.search(content)):
            day = _day_text(content)
            if day and front:
                return day
            last = last or day
    run_on = _run_on(text, parts, words) if not last else None
    if run_on or last:
        return _day_text(run_on[1]) if run_on else last
    opening = next((part.line for part in parts if part.kind == "body"), None)
    handed_on = _HANDED_ON.search(text, opening.start, min(opening.end, opening.start + _OPENING)) if opening else None
    return _day_text(handed_on[1]) if handed_on else _datelined(text, opening.start) if opening else ""


def _unlabelled(text: str, parts: Sequence[Part]) -> str:
    """The day in a line of facts before the body that stands there without a word before it (2031-05-02 10:15 来源：…)."""
    for part in parts:
        if part.kind == "info" and not PASSED.fullmatch(text, part.line.start, part.line.end):
            match = DATE.search(text, part.line.start, part.line.end) or COMPACT.fullmatch(text, part.line.start, part.line.end)
            turned = _DAY_FIRST.fullmatch(text, part.line.start, part.line.end) if match is None else None
            if turned:
                return _day_text(f"{turned[3]}-{turned[2]}-{turned[1]}")
            if match and not _LABELLED.search(text, max(part.line.start, match.start() - 4), match.start()):
                return _day_text(match[0])
        elif part.kind in ("body", "table"):
            break
    return ""


def _datelined(text: str, start: int) -> str:
    """The day of a dateline at the beginning of a year, where the story looks back on the end of the year before (某报1月7日讯…到2031年底，已办结…)."""
    line = _DATELINE.search(text, start, start + _SIGNATURE)
    over = _YEAR_OVER.search(text, line.end(), start + _WIDER) if line else None
    if line is None or over is None or str(int(over[1]) + 1) in text[: start + _WIDER]:
        return ""
    return _day_text(f"{int(over[1]) + 1}-{line[1]}-{line[2]}")


def _released(text: str, parts: Sequence[Part]) -> str:
    """The day that the last line says the text was made public on: （稿件来源：某局　2031年5月2日发布）."""
    last = parts[-1].line if parts else None
    match = _RELEASED.search(text, max(last.start, last.end - _SIGNATURE), last.end) if last else None
    return _day_text(match[1] or match[2]) if match else ""


def _spoken(text: str, parts: Sequence[Part]) -> str:
    """The line that says where a report was given, and on which day, from which it counts: 2031年5月2日在…会议上."""
    letterheads = (text[part.line.start : part.line.end] for part in parts if part.kind == "letterhead")
    return next((content for content in letterheads if SPOKEN.fullmatch(content)), "")


def _day_text(content: str) -> str:
    """The date in a line, as precise as printed: 2031-06-21, 2031-07."""
    match = DATE.search(content)
    if match is None:
        compact = COMPACT.fullmatch(content)
        return "-".join(compact.groups()) if compact else ""
    numbers = re.findall(r"[0-9]+|[〇○零O一二三四五六七八九十]+", match[0])
    year = int(numbers[0].translate(_YEAR))
    month = _small(numbers[1])
    day = _small(numbers[2]) if len(numbers) > 2 else 0
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"


def _small(word: str) -> int:
    return int(word) if word.isascii() else ordinal_of(word)


def _anchor(published: str) -> date | None:
    """The published day; of a month the last day."""
    numbers = [int(part) for part in published.split("-")] if published else []
    if len(numbers) == 3:
        return date(numbers[0], numbers[1], numbers[2])
    if len(numbers) == 2:
        return date(numbers[0], numbers[1], monthrange(numbers[0], numbers[1])[1])
    return None
