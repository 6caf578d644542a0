"""What a line tells by itself, whatever stands around it: a number, a date, the name of a body, facts of a page, the end of a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.rulebook import Rulebook

DATE = re.compile(
    r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九O0]{3})\s{0,3}[年\-./]\s{0,3}(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:\s{0,3}[月\-./]\s{0,3}(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s{0,3}日?)?)?(?!\d)"
)
COMPACT = re.compile(r"(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
"""A day that fills its line without a sign (20310502)."""
DATE_LINE = re.compile(rf"[（(]?\s*{DATE.pattern}\s*(?:[，,　 ]\s*(?:根据|依据)[^）)]{{2,12}}整理)?\s*[）)]?")
_PRINTED_ON = re.compile(rf"{DATE.pattern}\s?(?:印发|印|发布|公布)")
_DATE_END = re.compile(rf"{DATE.pattern}\s*[）)]?(?:\s*(?:印发|印|发布))?(?:\s*[（(]?共印\s?\d+\s?份[）)]?)?$")
NUMBER = re.compile(
    r"[（(]?\s*((?:[\u4e00-\u9fff]{1,12}(?:\s?[（(][\u4e00-\u9fff]{1,4}[）)])?\s{0,2})?[〔\[［【（(]\s{0,2}(?:19|20)\d\d\s{0,2}[〕\]］】）)]\s{0,2}第?\s{0,2}\d{1,4}\s{0,2}[号期]?"
    r"|(?:(?:19|20)\d\d年|总\s?)?第\s{0,2}[\d一二三四五六七八九十百]{1,5}\s{0,2}[号期](?:\s{0,2}[（(]\s{0,2}总第?\s{0,2}\d{1,5}\s{0,2}[号期]\s{0,2}[）)])?"
    r"|[\u4e00-\u9fff]{2,12}(?:19|20)\d\d第?\d{1,4}号)\s*[）)]?"
)
NUMBER_BEHIND = re.compile(
    r"(?:(?<=纪要|通知|意见|方案|办法|通报|报告|决定|公告|通告|规划|计划|批复|清单)\s?|\s?[（(]\s?)[\u4e00-\u9fff]{2,10}[〔\[［【（(]\s?(?:19|20)\d\d\s?[〕\]］】）)]\s?第?\d{1,4}\s?号\s?[）)]?$"
)
"""A document's number right behind its title (…的通知（某政发〔2031〕5号）, …会议纪要某政纪〔2031〕5号)."""
HEADS = re.compile(r"[【\[（(]?\s*([\u4e00-\u9fff]{1,8})\s*[：:︰﹕】\]|｜]")
HEAD_INSIDE = re.compile(r"([\u4e00-\u9fff]{2,8})\s*[：:︰﹕]")
_CLOCK = re.compile(rf"{DATE.pattern}[\sT]{{0,4}}\d{{1,2}}[:：]\d\d")
OPENS_WITH_DATE = re.compile(
    rf"[\s【\[（(]{{0,3}}{DATE.pattern}(?:\s{{0,2}}星期[一二三四五六日天])?(?:[\sT]{{0,4}}\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?[\s】\]）)]*"
)
_BARS = re.compile(r"[|｜丨][^|｜丨]{1,12}[|｜丨]")
_HAN = re.compile("[\u4e00-\u9fff]")
_POINT_MARK = re.compile(r"[-•·*★☆◆◇■●▶►]\s+")
_SITE_AND_DATE = re.compile(rf"\S{{2,20}}(?:\s*[·•|｜]\s*\S{{2,16}})?\s*[·•|｜]\s*{DATE.pattern}")
_SOURCE_AND_DATE = re.compile(rf"(\S{{2,16}})\s+{DATE.pattern}")
_IN_NOTE = re.compile(rf"[（(]([\u4e00-\u9fff]{{1,14}}(?:网|报|社|台|发布|融媒体?|新闻|在线))\s*{DATE.pattern}[）)]")
_LONGEST_SOURCE = 16
_SURE_NAME = 3
_LONGEST_FACT = 40
_SENTENCE_END = frozenset("。；;！!？?，,")
_SHOWN_TO = re.compile(
    r"(?:[（(]?[A-CＡ-Ｃ]\s?类?|签发人|特急|加急|急件|平急|密级|紧急程度|主动公开|依申请公开|不予公开|公开|是否公开).{0,12}"
)
"""What stands beside a document's number by GB/T 9704 or the habit of letters of reply."""
_BETWEEN = re.compile(r"[\s|｜丨/·>＞»【】\[\]（）()：:•◆■-]+")
_INDEX = re.compile(r"(?:信息)?索引号\s?(?=[A-Za-z0-9/_-]*\d)")
_GAP = re.compile(r"\s*[|｜丨]\s*|[ \t]{2,}|\t|　[ \t　]*| (?=签发人|[（(]?[A-CＡ-Ｃ]\s?类?[）)]?$)")
_ISSUE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![年总])\s?(?=(?:(?:19|20)\d\d年)?第\d{1,4}期$)")
"""Before the number of an issue that stands right behind a name: 某某局|2031年第5期."""
_SEAL = re.compile(r"[（(](?:代章|盖章|公章|签章|印章|章)[）)]")
_SEALED = re.compile(r"([\u4e00-\u9fff]{4,40})\s?[（(](?:代章|盖章|公章|签章|印章|章)[）)]")
_MAKER = re.compile(r"\s?(?:[（(](?:盖章|公章|签章|印章|章)[）)]?|文件|整理|印发|印|公报|编印|编发|编制|主办|承办|编)$")
SPOKEN = re.compile(rf"(?:[—－\-（(]*\s?{DATE.pattern}\s?|[—－\-]{{1,2}}\s?)在[^，。；]{{4,60}}(?:上|会议)[）)]?")
"""Where and when a report was given: ——2031年5月2日在某某县第九届人民代表大会第二次会议上."""
_ASIDE = re.compile(
    r"[（(](?:根据|依据)[^（）()]{2,12}整理[）)]|[（(]?(?:本报|本网|本台|全媒体|特约|实习)?(?:记者|通讯员)[\s　：:]+[\u4e00-\u9fff·、\s　]{2,24}[）)]?"
)
"""What a speech was taken down from, and who reports: （根据录音整理）, 本报记者　某某."""
PASSED = re.compile(r"[（(][^（）()，。；]{4,50}(?:通过|批准)[）)]")
"""Who passed a paper and when, below its title: （2031年5月2日县委常委会会议审议通过）."""
_CRUMB = re.compile(
    r"\S{0,12}(?:当前位置|您的位置|您所在的位置|现在位置|您现在的位置)"
    r"|首页\s*[>＞»]|首页\s+[-–—·]\s+\S|首页\s+\S.*[（(](?:19|20)\d\d-\d{1,2}-\d{1,2}[）)]$"
    r"|[\u4e00-\u9fff]{2,20}(?:网站|门户|频道|[\u4e00-\u9fff]网)\s*[>＞»]{1,2}\s*[\u4e00-\u9fff]{2,12}|[>＞»].*[>＞»]|^[>＞»]"
    r"|[^。；]{2,40}第\d{1,3}版(?![\u4e00-\u9fff])"
    r"|[\u4e00-\u9fff]{0,16}\s*(?:https?://|www\.)\S+(?:\s+(?:19|20)\d\d[年\-][^。；]{4,40})?$"
    r"|[\u4e00-\u9fff]{0,6}详情$|(?:[^。；/\s]{2,16}\s*/\s*){1,6}(?:正文|详情|内容)$"
)
SERIES = re.compile(r"[^，。；《》]{2,16}(?:简报|快报|专报|工作动态|工作信息)")
"""The name of a series above the title of one paper in it: 水利建设简报."""
_TWICE = re.compile(r"(\S{6,70}?)[ 　|｜_-]{0,3}\1")
_COLUMNS = re.compile(r"(?:[\u4e00-\u9fff]{2,5}[ 　]{2,}){4,}[\u4e00-\u9fff]{2,6}")
"""The columns of a site in a row: 要闻   街道   部门   专题   视频."""
_BEFORE_ONE = re.compile(r"[ 　]+(?=\S(?:[ 　]|$))")
_SPACED = re.compile(r"(?:\S[ 　]{1,3}){2,}\S")
_TITLE_TAIL = re.compile(r"(?:[（(][^（）()]{1,20}[）)]|[”》]|\s)$")
_BEHIND_TITLE = frozenset("）)”》 　")
_SHEETS = frozenset("稿书表")
_SITES = ("网站", "门户", "官网", "门户网", "政府网")
CLOSING = frozenset("。；;，,！!？?、：:")
TITLE_LIMIT = 70
_INFO_LIMIT = 160


@dataclass(frozen=True)
class Lexicon:
    """The word lists that tell parts, as sets."""

    info: frozenset[str]
    roll: frozenset[str]
    note: frozenset[str]
    page: frozenset[str]
    endings: tuple[str, ...]
    types: frozenset[str]
    longest: int


@lru_cache(maxsize=8)
def lexicon_of(book: Rulebook) -> Lexicon:
    """The word lists of a rulebook that tell parts; made once for each rulebook."""
    return _lexicon(*(book.words(name) for name in ("info_heads", "roll_heads", "note_heads", "page_words", "body_endings", "doc_types")))


@lru_cache(maxsize=8)
def _lexicon(
    info: frozenset[str], roll: frozenset[str], note: frozenset[str], page: frozenset[str], endings: frozenset[str], types: frozenset[str]
) -> Lexicon:
    return Lexicon(info, roll, note, page, tuple(sorted(endings)), types, max(map(len, types), default=0))


def is_telling(title: str, words: Lexicon) -> bool:
    """Whether a line ends as titles do (…的通知, …整改方案（试行）, …讲话稿)."""
    while title and title[-1] in _BEHIND_TITLE:
        shorter = _TITLE_TAIL.sub("", title)
        if shorter == title:
            break
        title = shorter
    return any(
        title[-size:] in words.types or (title[-1:] in _SHEETS and title[-size - 1 : -1] in words.types)
        for size in range(1, words.longest + 1)
    )


def squeezed(text: str) -> str:
    """A line without the spaces that set it wide (会 议 纪 要 → 会议纪要); other spaces stay."""
    if " " not in text and "　" not in text:
        return text
    return re.sub(r"[ 　]+", "", text) if _SPACED.fullmatch(text) else text


def drawn_together(content: str) -> str:
    """A line whose last word alone is set wide (某某委员会 办 公 室 文 件) without those spaces; names side by side stay apart."""
    return _BEFORE_ONE.sub("", content)


def undoubled(content: str) -> str:
    """A line that a page printed twice over, by its picture's name and as text, once; any other line as it is."""
    twice = _TWICE.fullmatch(content)
    return twice[1] if twice else content


def is_number(content: str) -> bool:
    """Whether a line gives the number of the document, and beside it at most how far it may be shown (某函〔2031〕58号　　A类（公开）)."""
    number, *beside = segments(content) or [""]
    return (
        NUMBER.fullmatch(number) is not None
        and (NUMBER_BEHIND.search(number, 2) is None)
        and all(_SHOWN_TO.fullmatch(piece) for piece in beside)
    )


def is_info(content: str, words: Lexicon) -> bool:
    """Whether a line gives facts of a page: 发布时间：2031-05-02 来源：…, 2031-05-02 10:15 来源：…, 当前位置：首页 > …, 打印 收藏."""
    if len(content) > _INFO_LIMIT:
        return _CRUMB.match(content) is not None
    if mark := _POINT_MARK.match(content):
        content = content[mark.end() :]
    if (
        _is_labelled(content, words)
        or _CRUMB.match(content)
        or _INDEX.match(content)
        or not _HAN.search(content)
        or PASSED.fullmatch(content)
        or _ASIDE.fullmatch(content)
    ):
        return True
    pieces = content.split()
    if pieces[0] in words.info and _pairs_with(pieces, content, words):
        return True  # 发文机关 某某局 成文日期 2031-05-02
    dated = OPENS_WITH_DATE.match(content)
    if dated and (dated.end() == len(content) or any(name in words.info for name in HEAD_INSIDE.findall(content, dated.end()))):
        return True
    if (
        dated
        and ("年" not in dated[0] or _CLOCK.match(content))
        and len(content) - dated.end() <= _LONGEST_SOURCE
        and content[-1] not in CLOSING
    ):
        return True  # 2031-05-02 某某日报
    if _SITE_AND_DATE.fullmatch(content):
        return True  # 某某县人民政府网 · 部门动态 · 2031-05-02
    sourced = _SOURCE_AND_DATE.fullmatch(content) or _IN_NOTE.fullmatch(content)
    if sourced and not is_telling(sourced[1], words) and not body_of(sourced[1], words):
        return True  # 某某日报 2031-05-02
    if content[-1] in CLOSING or any(sign in content for sign in "，。；"):
        return False
    if DATE.search(content) and any(name in words.info for name in HEAD_INSIDE.findall(content)) and not is_letterhead(content, words):
        return True  # 某某省水利厅 时间：2031-05-02
    if (
        ("|" in content or "｜" in content)
        and not is_letterhead(content, words)
        and any(OPENS_WITH_DATE.fullmatch(p) for p in segments(content))
    ):
        return True  # 某某县水利局 | 2031-05-02 | 浏览 33
    if _CLOCK.search(content) or (len(_BARS.findall(content)) > 1 and not is_letterhead(content, words)):
        return True
    if _COLUMNS.fullmatch(content):
        return True
    return len(content) <= TITLE_LIMIT and all(word in words.page or word.isdigit() for word in _BETWEEN.split(content) if word)


def _pairs_with(pieces: list[str], content: str, words: Lexicon) -> bool:
    """Whether the name of a fact has its value behind it without a sign: another name follows, or the name is one that no sentence begins with."""
    if any(piece in words.info for piece in pieces[1:]):
        return True
    return len(pieces) > 1 and len(pieces[0]) >= _SURE_NAME and len(content) <= TITLE_LIMIT and content[-1] not in CLOSING


def is_fact_like(content: str) -> bool:
    """Whether a line has the shape of one fact of a page (来源专题：水体治理), whatever its name."""
    mark = _POINT_MARK.match(content)
    head = HEADS.match(content, mark.end() if mark else 0)
    return head is not None and len(content) <= _LONGEST_FACT and content[-1] not in _SENTENCE_END


def is_row_of_facts(content: str, words: Lexicon) -> bool:
    """Whether a line is a row of a catalogue whose cells are parted by bars (发布日期 | 2031-05-02 | 生效日期 | 2031-06-01 |)."""
    if "|" not in content and "｜" not in content:
        return False
    names = [cell.strip(" 　：:【】") for cell in re.split("[|｜]", content)][::2]
    return names[0] in words.info and len(names[0]) >= _SURE_NAME and all(not name or name in words.info for name in names)


def without_mark(content: str) -> str:
    """A line without the point or dash that it begins with."""
    mark = _POINT_MARK.match(content)
    return content[mark.end() :] if mark else content


def is_menu(content: str, words: Lexicon) -> bool:
    """Whether a line is the way to a page (首页 > 政务公开) or a menu of it between bars."""
    return _CRUMB.match(content) is not None or (len(_BARS.findall(content)) > 1 and is_info(content, words))


def segments(content: str) -> list[str]:
    """What stands apart in one line, set off by wide spaces, and the number of an issue."""
    return [piece for part in _GAP.split(content) for piece in _ISSUE.split(part, 1) if piece]


def is_letterhead(content: str, words: Lexicon) -> bool:
    """Whether a line holds a body's name, a number and a date, two of them or all, set apart (某某办公室　第3期　2031年5月2日)."""
    pieces = segments(content)
    if not 1 < len(pieces) < 5:
        return False
    facts = [
        piece
        for piece in pieces
        if NUMBER.fullmatch(piece) or DATE_LINE.fullmatch(piece) or _PRINTED_ON.fullmatch(piece) or _is_labelled(piece, words)
    ]
    return bool(facts) and all(piece in facts or body_of(piece, words) for piece in pieces)


def is_facts(table: str, words: Lexicon) -> bool:
    """Whether most rows of a table begin with the name of a fact (索引号, 发布日期), the first one among them."""
    told = [_names_fact(row, words) for row in table.split("\n") if row.strip()]
    return told[:1] == [True] and sum(told) * 2 > len(told)


def _names_fact(row: str, words: Lexicon) -> bool:
    cell = row.strip().split("\t", 1)[0]
    heads = re.split(r"[\s：:]", cell, maxsplit=1)[0], re.sub(r"[\s　]+", "", re.split("[：:]", cell, maxsplit=1)[0])
    return any(head.strip("【】[]") in words.info for head in heads)


def _is_labelled(content: str, words: Lexicon) -> bool:
    head = HEADS.match(content)
    return head is not None and head[1] in words.info


def body_of(content: str, words: Lexicon) -> str:
    """The body that a letterhead or a signature names, without 文件, 编印, the date and the like; empty where it names none."""
    name = _MAKER.sub("", _ISSUE.split(DATE.sub("", _SEAL.sub("", content)).strip("（）() 　"), 1)[0])
    return name if ends_in_body(name, words) and not name.endswith(_SITES) else ""


def is_addressee(content: str, words: Lexicon) -> bool:
    """Whether a line names those to whom a notice goes: 各乡镇人民政府，县直各单位："""
    if not content.endswith(("：", ":")) or "。" in content or len(content) > 400:
        return False
    name = re.sub(r"[（(][^）)]*[）)]", "", content[:-1])
    return content.startswith(("各", "有关", "全")) or name.endswith(
        (*words.endings, "单位", "部门", "机构", "企业", "代表", "委员", "同志", "先生", "女士")
    )


def ends_in_body(content: str, words: Lexicon) -> bool:
    """Whether a line is the name of one public body or of several (国务院, 某某县人民政府办公室)."""
    name = squeezed(content).strip("（）() 　")
    return 2 <= len(name) <= 60 and not re.search(r"[，。；：:！？《\t]|召开|举行|举办", name) and name.endswith(words.endings)


def is_body_and_date(content: str, words: Lexicon) -> bool:
    """Whether a line holds a body's name and a date and nothing else, as under a title or at the end."""
    date = _DATE_END.search(content.strip("（）() 　"))
    return date is not None and date.start() > 0 and body_of(content.strip("（）() 　")[: date.start()].rstrip(), words) != ""


def is_signature(content: str, words: Lexicon) -> bool:
    """Whether a short line is a date, a body with a date or its seal, or the body that took the minutes."""
    if content.endswith("整理"):
        return ends_in_body(content[:-2].strip(), words)
    if (sealed := _SEALED.match(content)) and ends_in_body(sealed[1], words):
        return True
    return (DATE_LINE.fullmatch(content) or COMPACT.fullmatch(content)) is not None or is_body_and_date(content, words)
