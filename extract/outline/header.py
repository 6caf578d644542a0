"""What a document says of itself: title, number, issuer, day, region, the inspection that it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from extract.model import DocType, Document, Header
from extract.outline.days import SIGNATURE, anchor_of, datelined, day_text, released, unlabelled
from extract.outline.doc_types import LEAD, NEWS, PAPERS, VISITED, doc_type_of, lists_tasks, type_by_opening
from extract.outline.lines import Part
from extract.outline.markers import Scanner, scanner_of
from extract.outline.places import Gazetteer, acting_in, gazetteer_of, inspection_of, place_in, region_of
from extract.outline.single_lines import (
    DATE,
    NUMBER,
    NUMBER_BEHIND,
    SERIES,
    SPOKEN,
    Lexicon,
    body_of,
    drawn_together,
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
_LAST = 80
_SEARCHED = 3000
"""Characters in which the fields and the head of an untitled list of tasks are looked for."""
_MINUTES = re.compile(r"(?:会议)?纪要(?:摘要)?[”》]?$")
_MEETING = re.compile(
    r"(?:(?:第[一二三四五六七八九十百\d]{1,5}[次届期])|专题|常务|办公|全体|协调|联席|调度|\d{4}年)*(?:工作)?会议?纪要[”》]?$"
)
_ITEM = re.compile(r"^[一二三四五六七八九十]{1,3}、[^\n。；]{4,60}$", re.MULTILINE)
_IN_BRACKETS = re.compile(
    r"[（(]\s?((?:\d{4}年)?第\s?[\d一二三四五六七八九十百]{1,5}\s?[期号]|[\u4e00-\u9fff]{2,12}[〔\[](?:19|20)\d\d[〕\]]第?\d{1,4}号)\s?[）)]$"
)
_SOURCES = frozenset(("来源", "信息来源", "文章来源", "稿件来源", "来源单位", "稿源"))
_PIECE = re.compile(r"^第[一二三四五六七八九十\d]{1,3}篇[：:]\s*")
_POSTED = re.compile(r"^[【\[](?:转帖|转载|转发|转贴|原创|分享|精华|置顶|推荐|图文|组图|视频)[】\]]\s*")
_LABEL_OF_TITLE = re.compile(r"^(?:(?:原?标题|原题|题目|文章标题)\s?[：:]\s*|(?:信息|文件|公文)?(?:名称|标题)\s*(?:[：:]\s*|\s(?=\S{6})))")
_SET = re.compile(
    r"[（(]\s?(?:精选|通用|汇总|合集|集锦|锦集|优选|优秀|热门|必备|实用|最新|范文|共|推荐)*\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?篇\s?[）)]$"
    r"|\s?(?:优秀|精选)?(?:范文|模板|样本)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?$|\s?篇\s?\d{1,2}$|\s?(?:精选|通用|汇总|集锦)(?:\d{1,2}|[一二三四五六七八九十]{1,2})篇$"
)
"""What a collection of samples prints behind the title of one."""
_DATED = re.compile(
    r"\s?[（(\[【]\s?((?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}))\s?[）)\]】]$|\s(?:19|20)\d\d-\d{1,2}-\d{1,2}$"
)
_SITE_TAIL = re.compile(r"\s*[-－—]{1,2}\s*[\u4e00-\u9fff]{2,16}(?:网站?|平台|门户)$")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|txt|xlsx?|ofd)$", re.IGNORECASE)
_QUOTED = re.compile(r"[\u4e00-\u9fff]{1,12}〔(?:19|20)\d\d〕第?\d{1,4}号\s*(?:《(.+)》|[（(](.{8,})[）)])")
_IN_MARKS = re.compile("《([^《》]{8,})》")
_AS_OF = re.compile(r"[（(]截[至止][^（）()]{2,16}[）)]$")
# A body and a day behind the end of a sentence, where all lines of a notice were run together.
_SIGNED = re.compile(rf"[。；）)]\s*([\u4e00-\u9fff]{{4,40}})\s*({DATE.pattern})\s*$")
_HANDED_ON = re.compile(
    rf"(?:贯彻|执行|落实|实施|遵照)[^。.，,；;\n]{{0,6}}[。.]\s?(?P<body>[\u4e00-\u9fff]{{4,30}}\s?)?(?P<day>{DATE.pattern})(?=[,，。\s]|[\u4e00-\u9fff]{{6}})"
)
"""The body and the day below the letter that hands a paper on, where all lines were run together: 请认真贯彻执行。2031年5月2日某县…方案。"""
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
    r"([\u4e00-\u9fff]{2,8})\s*[：:︰﹕|｜】]\s*(?![\u4e00-\u9fff]{2,8}[：:])([^\s　：:|｜【】]+(?:[ 　](?![\u4e00-\u9fff]{2,8}[：:])[^\s　：:|｜【】]+)*)"
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
_ORDER = re.compile(r"([\u4e00-\u9fff]{2,20}(?:政府|委员会|[部厅局]))令")
"""The title of an order, which is its issuer's: 某某市人民政府令."""
_DRAWN_UP = re.compile(r"本(?:年度)?报告(?:[^。]{0,60}?)由([\u4e00-\u9fff]{4,24}?)(?:负责)?(?:编制|编写|撰写)")
"""Who drew up a yearly report that says so itself."""
_ASKED = re.compile(
    r"(?<=关于).{4,}的(?:批复|复函|函)$|(?<=向)[\u4e00-\u9fff]{2,9}[市县区州旗盟](?=(?:委|党委|人民政府|政府)?(?:、[\u4e00-\u9fff]{2,6})?(?:反馈|移交|交办))"
)
"""What a title of a letter or reply says that it is about, and whom an inspection told what it found."""
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
    doc_type = type_by_opening(doc_type, title, text[:opening], start, text[-_LAST:], book.lookup("doc_types"))
    if not title and doc_type == "other" and lists_tasks(text[:_SEARCHED]):
        doc_type = "task_list"
    issuer = _issuer(text, parts, words, facts | {"meta": document.meta.get("issuer", "")}, title, doc_type)
    published = _published(text, parts, words, facts | {"catalogue": document.meta.get("published", "")})
    published = published or day_text(document.meta.get("signed", "")) or day_text(document.meta.get("entered", ""))
    given = _spoken(text, parts)
    site = document.meta.get("site", "") or _masthead(text, parts, words) or facts.get("source", "")
    front = [text[part.line.start : part.line.end] for part in parts if part.kind in ("info", "letterhead") and part.line.end <= opening]
    printed_by = "\n".join([*front, start[:LEAD]])
    visited = VISITED.match(title) if doc_type == "news" and not title.endswith(PAPERS) else None
    where = visited["where"] if visited and place_in(visited["where"], places) else title
    if asked := _ASKED.search(title):
        where = asked[0] if place_in(asked[0], places) else title  # 某省人民政府关于某市…的批复 is about the city
    region = region_of(where, issuer or given, site, start, places, text[opening : opening + _WIDER], printed_by)
    if not region and doc_type != "speech":
        region = acting_in(title, start, places)
    # Minutes and news deal with many matters: what is said in passing far down is not what they are about, unless with its round; the name of an item is.
    passing = doc_type in ("minutes", "news")
    told = "\n".join([start, *_ITEM.findall(text, opening)]) if passing else start
    level, turn = inspection_of(title, told, text[opening:], places.codes.get(region, ""), passing=passing)
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
        anchor=anchor_of(day_text(given) or published),
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
            if quoted := _QUOTED.fullmatch(content):
                content = quoted[1] or quoted[2]
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
        of_body = content.partition("关于")[0]
        return content.startswith(place_in(content, places) or " ") or (of_body != content and ends_in_body(of_body, words))
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
    if quoted := _QUOTED.fullmatch(title):
        return quoted[1] or quoted[2]
    named = _IN_MARKS.fullmatch(title)
    return named[1] if named else title


def _facts(text: str, parts: Sequence[Part], book: Rulebook) -> dict[str, str]:
    """What the lines of facts give: published, signed, issuer, number, and a source that names a place."""
    meaning, places = book.lookup("info_heads"), gazetteer_of(book)
    facts: dict[str, str] = {}
    published = ""
    for number, part in enumerate(parts):
        if part.kind in ("info", "letterhead"):
            content = _unfused(text[part.line.start : part.line.end], meaning)
            if content in meaning and number + 1 < len(parts):
                below = text[parts[number + 1].line.start : parts[number + 1].line.end]
                content = f"{content}：{below}" if below not in meaning else ""  # 文号 / 某政发〔2031〕5号
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
    if not signed and (handed_on := _handed_on(text, parts)) and handed_on["body"]:
        signed = body_of(handed_on["body"], words)
    named = signed or facts.get("issuer", "") or facts["meta"]
    if named:
        return named
    by_title = re.match(
        r"([\u4e00-\u9fff]{2,30}?(?:[ 、]{1,3}[\u4e00-\u9fff]{2,30}?){0,5})(?: ?关于|通报(?=[\d一二三四五六七八九十]+起))", title
    )
    if ordered := _ORDER.fullmatch(title):
        return ordered[1]
    if by_title and all(ends_in_body(name, words) for name in re.split("[ 、]+", by_title[1])):
        return re.sub(" +", " ", by_title[1])
    heads = (
        [title, *(text[part.line.start : part.line.end] for part in parts[:front] if part.kind == "title")] if doc_type == "minutes" else []
    )
    for head in heads:
        group = _MEETING.sub("", head).strip()
        if group != head and len(group) >= _SHORTEST_GROUP and ends_in_body(group, words) and not _GATHERING.search(group):
            return group
    drawn_up = _DRAWN_UP.search(text[:_OPENING])
    if drawn_up and ends_in_body(drawn_up[1], words):
        return drawn_up[1]
    if doc_type == "notice" and (decided := _DECIDED.search(text[: _OPENING * 2])):
        return decided[1]
    if doc_type in ("news", "progress", "minutes"):
        front_text = text[: parts[front].line.end] if front < len(parts) else ""
        held = _HELD_BY.search(front_text) if doc_type == "minutes" else None
        if held:
            return held[1]
        body = next((text[p.line.start : p.line.end] for p in parts if p.kind == "body"), "")
        acted = NEWS.search(body[:200])
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
            for piece in re.split(r"[ 　]+", drawn_together(text[part.line.start : part.line.end])):
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
    signed = _SIGNED.search(text, max(last.start, last.end - SIGNATURE), last.end) if last else None
    name = body_of(signed[1], words) if signed else ""
    return (name, signed[2]) if signed and name else None


def _published(text: str, parts: Sequence[Part], words: Lexicon, facts: Mapping[str, str]) -> str:
    printed = day_text(facts.get("published", "")) or day_text(facts.get("updated", "")) or unlabelled(text, parts) or released(text, parts)
    if fact := printed or day_text(facts["catalogue"]) or day_text(facts.get("signed", "")):
        return fact
    front, last = True, ""
    for part in parts:
        front = front and part.kind not in ("body", "table")
        content = text[part.line.start : part.line.end]
        if part.kind in ("letterhead", "signature") or (part.kind == "title" and _DATED.search(content)):
            day = day_text(content)
            if day and front:
                return day
            last = last or day
    run_on = _run_on(text, parts, words) if not last else None
    if run_on or last:
        return day_text(run_on[1]) if run_on else last
    if handed_on := _handed_on(text, parts):
        return day_text(handed_on["day"])
    opening = next((part.line for part in parts if part.kind == "body"), None)
    return datelined(text, opening.start) if opening else ""


def _handed_on(text: str, parts: Sequence[Part]) -> re.Match[str] | None:
    """The signature of the letter that hands a paper on, in the first line of the text itself."""
    opening = next((part.line for part in parts if part.kind == "body"), None)
    return _HANDED_ON.search(text, opening.start, min(opening.end, opening.start + _OPENING)) if opening else None


def _spoken(text: str, parts: Sequence[Part]) -> str:
    """The line that says where a report was given, and on which day, from which it counts: 2031年5月2日在…会议上."""
    letterheads = (text[part.line.start : part.line.end] for part in parts if part.kind == "letterhead")
    return next((content for content in letterheads if SPOKEN.fullmatch(content)), "")
