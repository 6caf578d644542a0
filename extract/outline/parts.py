"""What each line of a document is: its front (title, number, facts of the page), its body, what closes it (signature, attachments, notes)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from extract.model import Document
from extract.outline.lines import Line
from extract.outline.markers import Scanner, ordinal_of
from extract.outline.navigation import lines_above
from extract.outline.single_lines import (
    CLOSING,
    DATE_LINE,
    HEAD_INSIDE,
    HEADS,
    NUMBER_BEHIND,
    OPENS_WITH_DATE,
    SERIES,
    SPOKEN,
    TITLE_LIMIT,
    Lexicon,
    drawn_together,
    ends_in_body,
    is_addressee,
    is_body_and_date,
    is_fact_like,
    is_facts,
    is_info,
    is_letterhead,
    is_menu,
    is_number,
    is_row_of_facts,
    is_signature,
    is_telling,
    lexicon_of,
    squeezed,
    undoubled,
    without_mark,
)
from extract.rulebook import Rulebook

PartKind = Literal[
    "title", "number", "letterhead", "info", "addressee", "signature", "attachment", "annex", "elision", "outside", "body", "table"
]
_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,16}(?:长|主任|书记|主席)[\s　]{0,4}[\u4e00-\u9fff]{1,2}[\s　]{0,3}[\u4e00-\u9fff]{1,2}")
_ANSWERED = ("反馈意见", "督察意见", "巡视意见", "反馈问题", "反馈问题清单")
_WHICH = re.compile(r"[（(](?:第|序号|编号)[^（()）]{1,8}[）)]\S{2,}")
_SUBTITLE = re.compile(r"—|[（(][^，。；：:]{1,24}[）)]$")
_ANNEX = re.compile(r"附\s?[件表录]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:．.]?")
_ATTACHMENTS = re.compile(r"附\s?[件表]?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:]\s?\S")
_FILES = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".ofd", ".zip", ".rar")
"""How the name of a file ends that a page lets load."""
_LONGEST_FILES = 160
_LISTED = re.compile(r"(?:附\s?件\s?)?\d{1,2}\s?[.．、：:]")
_ELISION = re.compile(r"\W{0,8}此处(?:已)?(?:隐藏|省略|删节|略去)\s?\d*\s?字?.{0,20}$")
_NOTE = re.compile(
    r"[（(](?:此件|本文|联系|信息公开|主动公开|公开|依申请|注|此页|此复|盖章|加盖|校对|供稿|记者|通讯员|来源|摄影)[^。]{0,60}[）)]$|此件[^。]{0,20}公开|信息公开选项"
)
_LETTERHEAD = re.compile(r"(\S{3,30}?)\s{0,8}(?:文件|公报)$")
_TITLE_GOES_ON = ("关于", "印发", "转发", "批转")
"""How the line of a title begins above which those that issue it stand."""
_PAPER_OF_MEETING = re.compile(r"[^，。；：\n]{6,40}会议?文件\s?[（(]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[）)]")
"""What stands above a report to an assembly: 某某县八届人大二次会议文件（3）."""
_COMPILED = re.compile(r"第[一二三四五六七八九十\d]{1,3}篇[：:]|[（(]\s?(?:精选|通用|共|推荐)?\s?\d{1,3}\s?篇\s?[）)]")
_RUN_ON = re.compile(r"[^。；;：:！？\n]{4,70}?(?=(?<![一二三四五六七八九十第、])一、(?![一二三四五六七八九十]))")
_RUN_INTO_TEXT = re.compile(
    r"(?:[^。；;：:！？，,\n]{2,60}?关于)?[^。；;：:！？，,\n]{4,60}?(?:方案|通知|意见|计划|办法|要点|细则|通报|公告|通告|规划|措施|决定|预案)(?:[（(](?:试行|暂行|草案|征求意见稿)[）)])?\s?"
    r"(?=(?:为(?:了|进一步|切实|深入|全面|贯彻|认真|加强|加快|扎实|推进|推动|做好|有效|确保|落实|规范|巩固|持续|坚决|打好|打赢|保障|改善|提升|着力|严格)"
    r"|根据|按照|依据|(?<=通知|通报|意见|公告|通告|决定)\s?各[省市县区州旗镇乡地有部单直])[^\n]{60})"
)
"""The title of a paper whose line ends were lost, before the words that its text begins with: …方案为加强…, …的通知各县（区）…."""
# What a line that tells of text left out begins with is 此 or a sign; nearly all others begin with one of these.
_ORDINARY = frozenset("一二三四五六七八九十第（(123456789各会市县省区")
# What a line of a signature begins with whose body's name began in the line above (某某县督察整改 / 工作领导小组办公室).
_NAME_GOES_ON = re.compile(
    r"(?:(?:整改|保护|治理|协调|督察|督查|工作)*(?:领导小组|委员会|联席会议|指挥部|专班))?(?:办公室)?\s?(?:[（(][代盖公签印]?章[）)])?$"
)
_NAME_BEGINS = re.compile(r"(?!特此|此致|此复|专此|请|附)[\u4e00-\u9fff]{4,30}(?<!通知|公告|公示|报告|通报)")
_TIME_HEADS = ("时限", "期限", "时间", "日期", "节点")
_FACTS_OF_MEETING = ("会议时间", "会议地点", "会议议题", "会议内容")
# The names of facts that a notice itself tells, never its page.
_OWN_FACT = re.compile(
    r"^[^：:]{0,8}(?:单位|部门|任务|目标|措施|时限|问题|责任|内容|地点|人员|主持|情况|事项|标准|范围|依据|电话|成员|议题)\S{0,2}\s?[：:]"
)
_CATALOGUE = re.compile(
    r"(?:索引号|[发颁公]布(?:单位|机构|机关|日期|文号)|发文(?:机关|字号|日期)|成文日期|生效日期|废止日期|有效性)(?=[\s：:])"
)
_SAMPLE = re.compile(r"([^，。；：\n]{4,40}?)\s?(?:优秀|精选|最新)?(?:范文|篇|模板|样本)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})")
_SAMPLE_LINES = 12
"""Lines in which the first sample of a collection begins."""
_PREDICATE = re.compile(
    r"^(?:为|根据|按照|依据|经|现|本|该|此|请|近日|日前|今年|目前|同时|我[省市县区])|制[定订](?!.{0,4}的)|出台|已|了|均|并(?!.{0,12}的通知)|将|(?<!关于)(?<!批转)印发(?!.{2,50}的通知)"
)
"""What a sentence holds and no title."""
_PLACE = 3
"""Characters of a place's name and its kind."""
_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?[省市州盟县旗区镇乡](?!人民政府|委|[\u4e00-\u9fff]{0,8}(?:局|厅|办公室|委员会))")
_ANSWERER = re.compile(r"[\u4e00-\u9fff]{4,20}[局委办厅会]对")
"""How the title of an answer begins: 某县水利局|对…."""
_SHORTEST_NAME = 6
_BEFORE_TITLE = frozenset({"annex", "signature", "title", "attachment"})
_GREETS = re.compile(r"(?:各位|尊敬的)?[^，。；：:\n]{0,12}(?:同志们?|代表|委员|领导|来宾|朋友们?)[：:]")
_OPENERS = ("引言", "前言", "导言")
_DATELINE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}[社网报台])?[\u4e00-\u9fff]{0,6}(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日[电讯](?:[（(][^（）()]{2,20}[）)])?"
)
"""A line that says who told a story where and when: 某某社白石2031年5月2日电."""
_IN_LATIN = re.compile(r"\s*[A-Z][A-Za-z .,'’&\-]{7,}$")
"""A site's name in English behind it."""
_STROKES = re.compile("[-—–―－~～]+")
_LINES_OF_TITLE = 5
_FRONT_LIMIT = 24
_SHORTEST_TITLE = 8


class Part(NamedTuple):
    """A line and what it is."""

    line: Line
    kind: PartKind
    level: int = 0


def parts_of(document: Document, lines: Sequence[Line], book: Rulebook, scanner: Scanner) -> list[Part]:
    """What each line is. A title that runs on into its first item (…清单一、…) is parted from it."""
    text, words = document.text, lexicon_of(book)
    parts = _front(text, lines, words, scanner)
    taken = parts[-1].line if parts else None
    rest = list(lines[len(parts) :])
    if taken is not None and len(parts) <= len(lines) and taken.end != lines[len(parts) - 1].end:
        split = lines[len(parts) - 1]
        rest.insert(0, split._replace(start=taken.end, bold=()))
    return parts + _rest(text, rest, words, scanner)


def _opens_sample(content: str, words: Lexicon) -> bool:
    """Whether a line is the title of a sample in a collection of them (某某工作方案范文1, 某某会议纪要 篇一)."""
    sample = _SAMPLE.fullmatch(content)
    return sample is not None and is_telling(sample[1], words)


def _front(text: str, lines: Sequence[Line], words: Lexicon, scanner: Scanner) -> list[Part]:
    furniture = lines_above(text, lines[:_FRONT_LIMIT], words)
    sample = next((i for i, line in enumerate(lines[:_SAMPLE_LINES]) if _opens_sample(text[line.start : line.end], words)), 0)
    if sample and any(text[line.end - 1] in CLOSING for line in lines[furniture:sample]):
        furniture = sample  # what a collection says of itself before its first sample
    parts: list[Part] = [Part(line, "info") for line in lines[:furniture]]
    for i, line in enumerate(lines[furniture:_FRONT_LIMIT], furniture):
        content = text[line.start : line.end]
        if line.table is not None:
            if not is_facts(content, words):
                break
            parts.append(Part(line, "info"))
            continue
        if _opens_roll(text, lines, i, parts, words):
            break
        titled = any(part.kind == "title" for part in parts)
        if not titled and _is_masthead(content, text, lines, i, words):
            parts.append(Part(line, "info"))
            continue
        following = text[lines[i + 1].start : lines[i + 1].end] if i + 1 < len(lines) else ""
        if not titled and _heads_own_title(content, following, words):
            below = text[lines[i + 2].start : lines[i + 2].end] if i + 2 < len(lines) else ""
            of_page = (
                _ANSWERER.match(following) is not None
                or any(part.kind == "info" for part in parts)
                or (below != "" and is_info(below, words))
            )
            parts.append(Part(line, "info" if of_page else "letterhead"))
            continue
        kind = _front_kind(content, line, parts, words, scanner, text, following)
        if kind is None and _is_among_facts(text, lines, i, parts, words):
            kind = "info"
        if kind is None and titled and parts[-1].kind == "info" and _leads_to_address(text, lines[i : i + _LINES_OF_TITLE], words, scanner):
            kind = None if _told(text, parts, words) else "title"
        if kind is None:
            run_on = None if len(content) < 12 else _RUN_ON.match(content) or (None if titled else _run_into_text(content))
            if (
                run_on
                and is_telling(run_on[0].rstrip(), words)
                and (not titled or any(_COMPILED.search(text, p.line.start, p.line.end) for p in parts))
            ):
                parts.append(Part(Line(line.start, line.start + run_on.end(), line.kind), "title", line.level))
            break
        parts.append(Part(line, kind, line.level))
        if kind == "addressee":
            break
    return parts


def _run_into_text(content: str) -> re.Match[str] | None:
    """The title that a line begins with whose text follows without a sign, unless it is a sentence (某县印发实施方案为…)."""
    run_on = _RUN_INTO_TEXT.match(content)
    return run_on if run_on and not _PREDICATE.search(run_on[0]) else None


def _is_among_facts(text: str, lines: Sequence[Line], i: int, parts: Sequence[Part], words: Lexicon) -> bool:
    """Whether a line with a name that no list knows (公文时效：) stands in the points of a catalogue, or between two facts of the page."""
    if not _is_fact_like(text, lines[i]):
        return False
    if lines[i].kind != "bullet":
        return (
            parts[-1:] != []
            and parts[-1].kind == "info"
            and i + 1 < len(lines)
            and is_info(text[lines[i + 1].start : lines[i + 1].end], words)
        )
    if parts and parts[-1].kind == "info" and parts[-1].line.kind == "bullet":
        return True
    run = takewhile(lambda line: line.kind == "bullet" and _is_fact_like(text, line), lines[i + 1 : _FRONT_LIMIT])
    return any(is_info(text[line.start : line.end], words) for line in run)


def _is_fact_like(text: str, line: Line) -> bool:
    content = text[line.start : line.end]
    return line.table is None and is_fact_like(content) and not _OWN_FACT.search(content)


def _told(text: str, parts: Sequence[Part], words: Lexicon) -> bool:
    """Whether a title line so far tells what the paper is."""
    return any(part.kind == "title" and is_telling(squeezed(text[part.line.start : part.line.end]), words) for part in parts)


def _leads_to_address(text: str, lines: Sequence[Line], words: Lexicon, scanner: Scanner) -> bool:
    """Whether only short lines without an end stand before the line that addresses somebody (同志们：): the title that the page's heading (每周一学) is none of."""
    for number, line in enumerate(lines):
        content = text[line.start : line.end]
        if line.table is None and (is_addressee(content, words) or _GREETS.fullmatch(content)):
            return number > 0
        if line.table is not None or len(content) > TITLE_LIMIT or content[-1] in CLOSING or scanner.line.match(content):
            return False
    return False


def _is_masthead(content: str, text: str, lines: Sequence[Line], i: int, words: Lexicon) -> bool:
    """Whether a body's name by itself is that of the site, not the first line of a title: a menu of the page follows, or a title that names it again.

    So is any name printed twice over.
    """
    if i + 1 >= len(lines) or len(content) > TITLE_LIMIT:
        return False
    once = undoubled(content)
    if once != content and not is_telling(once, words) and is_telling(text[lines[i + 1].start : lines[i + 1].end], words):
        return True  # the site's name beside its picture's
    if (name := _IN_LATIN.sub("", content)) != content and ends_in_body(name, words):
        return True  # 某某县人民政府 Somewhere County People's Government
    if not ends_in_body(content, words):
        return False
    following = text[lines[i + 1].start : lines[i + 1].end]
    if following[:1] in "省市县区州盟旗" and (following[:4] in content or (lines[i].kind == "heading" and "关于" not in following)):
        return True  # 某某市水利局 above 市水利局召开会议
    return is_menu(following, words)


def _heads_own_title(content: str, following: str, words: Lexicon) -> bool:
    """Whether a body's name stands above a whole title that begins with the body's place (某县人民政府 / 某县2031年…工作总结)."""
    return (
        len(content) <= TITLE_LIMIT
        and ends_in_body(content, words)
        and following[:_PLACE] == content[:_PLACE]
        and "关于" not in following
        and is_telling(squeezed(following), words)
        and not following.startswith(content)
        and (_OF_PLACE.match(following) is not None or _ANSWERER.match(following) is not None)
    )


def _opens_roll(text: str, lines: Sequence[Line], i: int, parts: Sequence[Part], words: Lexicon) -> bool:
    """Whether a line (时间：…) opens the facts of a meeting: where it was, who was there, below a title of minutes or above such a line."""
    head = HEADS.match(text, lines[i].start, lines[i].end)
    if head is None or head[1] not in words.info:
        return False
    if any(inside in words.info for inside in HEAD_INSIDE.findall(text, head.end(), lines[i].end)):
        return False  # 日期：2031-05-02　来源：…
    if head[1] in ("时间", "日期") and any(
        "纪要" in squeezed(text[part.line.start : part.line.end]) for part in parts if part.kind == "title"
    ):
        return True
    following = HEADS.match(text, lines[i + 1].start, lines[i + 1].end) if i + 1 < len(lines) else None
    return following is not None and (following[1] in words.roll or following[1].endswith("地点"))


def _front_kind(
    content: str, line: Line, parts: list[Part], words: Lexicon, scanner: Scanner, text: str, following: str
) -> PartKind | None:
    if is_info(content, words) or (parts and parts[-1].kind == "info" and content.split()[0] in words.info):
        return "info"
    if is_number(content):
        return "number"
    if DATE_LINE.fullmatch(content):
        return "letterhead"
    if _ANNEX.fullmatch(content):
        return "annex"
    if _PAPER_OF_MEETING.fullmatch(content) or _DATELINE.fullmatch(content):
        return "info"
    short = len(content) <= TITLE_LIMIT
    if short and (is_body_and_date(content, words) or is_letterhead(content, words)):
        return "letterhead"
    titled = [part for part in parts if part.kind == "title"]
    if short and SPOKEN.fullmatch(content):
        return "letterhead"
    if not titled and short and ends_in_body(content, words) and is_number(following):
        return "letterhead"
    if parts and len(content) <= _FRONT_LIMIT and _SPEAKER.fullmatch(content) and _spoken(parts, text):
        return "letterhead"
    if titled and is_addressee(content, words):
        return "addressee"
    if content.startswith("关于") and content.endswith("、") and is_telling(following, words):
        return "title"  # a title that goes on behind 、
    if not short or (content[-1] in CLOSING and line.kind != "heading"):
        return None
    if titled and (content in words.info or content in words.roll or content.endswith(_FACTS_OF_MEETING)):
        return None  # 会议时间, its value in the next line
    if (titled and squeezed(content) == "目录") or "".join(content.split()) in _OPENERS:
        return None  # a list of contents and a preface begin the body
    if parts and parts[-1].kind == "title" and _WHICH.match(content) and is_telling(content, words):
        return "title"  # （第二十一项）验收公示 below what it is of
    if short and (numbered := NUMBER_BEHIND.search(content)) and is_telling(squeezed(content[: numbered.start()]), words):
        return "title"
    if titled and line.kind == "bullet" and parts[-1].line.kind == "bullet" and is_telling(squeezed(without_mark(content)), words):
        return "title"  # the last point of a catalogue
    if scanner.line.match(text, line.start, line.end) and not content.startswith(("—", "－")):
        return "title" if _COMPILED.match(content) else None
    if _named_by_letterhead(content, words) and (not titled or (parts[-1].kind == "info" and is_number(following))):
        return "letterhead"
    if not titled:
        return "letterhead" if _issues_too(content, parts, words, text, following) else "title"
    above = titled[-1].line
    if parts[-1].kind != "title" and SERIES.fullmatch(squeezed(text[above.start : above.end].strip())):
        return "title"  # what one paper of the series is about
    kind = _more_title(content, line, parts, titled, words, text, following)
    if kind is None and OPENS_WITH_DATE.match(following) and is_info(following, words):
        return "info"  # a line between the title and the facts of the page (某某讲话　某某主持)
    return kind


def _named_by_letterhead(content: str, words: Lexicon) -> str:
    """The body that a line such as 某某县水利局　　文件 names; "" where it is none."""
    head = _LETTERHEAD.match(drawn_together(content))
    return head[1] if head and head[1].endswith(words.endings) else ""


def _issues_too(content: str, parts: Sequence[Part], words: Lexicon, text: str, following: str) -> bool:
    """Whether a line of the letterhead names a body that issues together with the one above or below it, and begins no title."""
    if not ends_in_body(content, words) or following.startswith(_TITLE_GOES_ON):
        return False
    if _named_by_letterhead(following, words):
        return True
    above = text[parts[-1].line.start : parts[-1].line.end] if parts and parts[-1].kind == "letterhead" else ""
    named = _named_by_letterhead(above, words) or above
    return ends_in_body(named, words) and not named.startswith(content)


def _spoken(parts: Sequence[Part], text: str) -> bool:
    """Whether the line above is the title of a speech, or tells where a report was given."""
    above = text[parts[-1].line.start : parts[-1].line.end]
    return (parts[-1].kind == "letterhead" and SPOKEN.fullmatch(above) is not None) or (
        parts[-1].kind == "title" and above.endswith(("讲话", "发言", "致辞"))
    )


def _more_title(
    content: str, line: Line, parts: list[Part], titled: list[Part], words: Lexicon, text: str, following: str
) -> PartKind | None:
    """Whether a line after a title line goes on with it, names the issuer, or begins the body."""
    last = parts[-1]
    same = _STROKES.sub("-", content)
    heads = (_STROKES.sub("-", text[part.line.start : part.line.end]) for part in titled)
    if any(head == same or head.endswith(f"《{same}》") for head in heads):
        return "title"  # the page's head (also 某水函〔2031〕5号《…的意见》) and the notice's own
    if last.kind == "title":
        if content in words.types and len(content) < _SHORTEST_TITLE // 2:
            return "title"  # 通报 by itself, what is left of a title that was cut
        above = [squeezed(text[part.line.start : part.line.end]) for part in titled]
        complete = is_telling(above[-1], words) or (_SUBTITLE.match(above[-1]) is not None and is_telling(above[0], words))
        if above[-1].endswith(_ANSWERED) and is_telling(squeezed(content), words):
            return "title"  # …督察反馈意见|整改落实情况的报告
        if ends_in_body(content, words) and not is_telling(following, words) and not all(ends_in_body(one, words) for one in above):
            return "letterhead"  # the issuer under its title
        if line.kind == "heading" and last.line.kind == "heading":
            goes_on = content.startswith(("—", "－")) or (line.level == last.level and not complete)
            return "title" if goes_on else None
        if line.kind == "heading":
            return None if complete else "title"
        # …反馈意见 /（第二项）/ 整改情况的公示
        split = len(above) > 1 and _SUBTITLE.fullmatch(above[-1]) is not None and is_telling(squeezed(content), words)
        if _SUBTITLE.match(content) or content.startswith("的") or split or not (complete or content.startswith(("（", "("))):
            return "title"
    if ends_in_body(content, words):
        return "letterhead"
    if any(_COMPILED.search(text, part.line.start, part.line.end) for part in titled) or (
        last.kind != "title" and (is_telling(squeezed(content), words) or (content.startswith("关于") and is_telling(following, words)))
    ):
        return "title"
    return None


def _rest(text: str, lines: Sequence[Line], words: Lexicon, scanner: Scanner) -> list[Part]:
    parts: list[Part] = []
    listing = False
    for line in lines:
        content = text[line.start : line.end]
        if line.table is not None:
            parts.append(Part(line, "info" if _is_catalogue(content, words) else "table"))
            continue
        goes_on = content[-1] not in CLOSING or (listing and text[parts[-1].line.end - 1] in "；;" and len(content) <= TITLE_LIMIT)
        listing = listing and goes_on and _LISTED.match(content) is not None
        kind: PartKind = "attachment" if listing else _rest_kind(content, line, words)
        if kind == "attachment" and not listing:
            listing = content.startswith("附")
        if (
            kind == "signature"
            and parts
            and parts[-1].kind == "body"
            and text.endswith(_TIME_HEADS, parts[-1].line.start, parts[-1].line.end)
        ):
            kind = "body"  # the value of a section 整改时限
        if kind == "signature":
            _sign(text, parts, line, words)
        if kind == "body" and parts and parts[-1].kind in _BEFORE_TITLE and _is_annex_title(content, line, parts, words, scanner, text):
            kind = "title"
        parts.append(Part(line, kind, line.level))
    _annexes(text, parts, scanner)
    return _close(text, parts, words)


def _annexes(text: str, parts: list[Part], scanner: Scanner) -> None:
    """A line 附件：某某清单 right above its first item or its table is no list of attachments: the attachment begins there."""
    for i, part in enumerate(parts[:-1]):
        if part.kind != "attachment" or not text.startswith("附", part.line.start) or (i and parts[i - 1].kind == "attachment"):
            continue
        following = parts[i + 1]
        mark = scanner.line.match(text, following.line.start, following.line.end) if following.kind == "body" else None
        if following.kind == "table" or (mark and ordinal_of(mark[0]) == 1):
            parts[i] = part._replace(kind="annex")


def _rest_kind(content: str, line: Line, words: Lexicon) -> PartKind:
    if line.kind == "heading":
        return "annex" if _ANNEX.fullmatch(content) else "body"
    if len(content) <= 60:
        if content[-1] not in CLOSING and is_signature(content, words):
            return "signature"
        if content[0] not in _ORDINARY and _ELISION.match(content):
            return "elision"
        if _NOTE.match(content):
            return "attachment"
    if len(content) <= _LONGEST_FILES and content.lower().endswith(_FILES) and "。" not in content:
        return "attachment"  # 附件下载：1.某某意见.pdf　2.某某表.docx
    if content[0] == "附" and (_ANNEX.fullmatch(content) or _ATTACHMENTS.match(content)):
        return "annex" if _ANNEX.fullmatch(content) else "attachment"
    head = HEADS.match(without_mark(content))
    if head is None:
        return "body"
    word = head[1]
    if word in words.roll:
        return "outside"
    if word in words.note:
        return "body" if line.bold and head.end() == len(content) else "attachment"  # in bold it heads the notes below it
    return "info" if word in words.info and len(content) <= 160 else "body"


def _sign(text: str, parts: list[Part], below: Line, words: Lexicon) -> None:
    """The bodies that sign stand in the lines before the date, or before the rest of a name that is torn; `below` is that line."""
    i = len(parts) - 1
    while i >= 0 and parts[i].kind == "body" and parts[i].line.kind == "paragraph":
        line = parts[i].line
        content = text[line.start : line.end]
        torn = _NAME_BEGINS.fullmatch(content) and _NAME_GOES_ON.match(text, below.start, below.end)
        if not (torn or ends_in_body(content, words)):
            break
        parts[i], below = Part(line, "signature"), line
        i -= 1


def _is_annex_title(content: str, line: Line, parts: list[Part], words: Lexicon, scanner: Scanner, text: str) -> bool:
    """Whether a line is the title of what follows an attachment's mark or a signature (notes may stand between)."""
    listed = parts[-1].line
    if parts[-1].kind == "attachment" and len(content) > _SHORTEST_NAME and squeezed(content) in squeezed(text[listed.start : listed.end]):
        return True  # 附件：某某分解表, and 某某分解表 below it
    last = next((part for part in reversed(parts) if part.kind != "attachment"), None)
    if last is None or last.kind not in ("annex", "signature", "title") or len(content) > TITLE_LIMIT:
        return False
    if content[-1] in CLOSING or scanner.line.match(text, line.start, line.end):
        return False
    if last.kind == "title":
        return last is parts[-1] and not is_telling(squeezed(text[last.line.start : last.line.end]), words)
    bold = any(span.start <= line.start and span.end >= line.end for span in line.bold)
    return last.kind == "annex" or bold or line.kind == "heading" or is_telling(squeezed(content), words)


def _close(text: str, parts: list[Part], words: Lexicon) -> list[Part]:
    """Facts of a page and notes count only where nothing but such lines follows, up to an attachment; elsewhere they are body."""
    tail = True
    for i in range(len(parts) - 1, -1, -1):
        part = parts[i]
        if part.kind in ("title", "annex", "signature"):
            tail = True
        elif part.kind in ("body", "table", "elision") and not (part.kind == "body" and tail and _is_tail(text, part)):
            tail = False
        elif not tail and (
            (part.kind == "info" and not _stays(text, part, words)) or (part.kind == "attachment" and _is_note(text, parts, i))
        ):
            parts[i] = part._replace(kind="body")
    for i in range(len(parts) - 1, -1, -1):
        if parts[i].kind != "body":
            continue
        line = parts[i].line
        if (
            line.kind == "paragraph"
            and i == len(parts) - 1
            and ends_in_body(text[line.start : line.end], words)
            and len(parts) > 1
            and line.end - line.start < 30
        ):
            parts[i] = Part(line, "signature")
        break
    return parts


def _stays(text: str, part: Part, words: Lexicon) -> bool:
    """Whether facts of a page are told by their form, wherever they stand: a catalogue's table, a row of it between bars."""
    return part.line.table is not None or is_row_of_facts(text[part.line.start : part.line.end], words)


def _is_catalogue(table: str, words: Lexicon) -> bool:
    """Whether a table below a page's summary holds the page's facts: no word of a matter, and the names of publishing and validity."""
    return is_facts(table, words) and len(set(_CATALOGUE.findall(table))) > 1


def _is_note(text: str, parts: Sequence[Part], i: int) -> bool:
    """Whether a line is a note by its first word alone, and stands below no table."""
    return text[parts[i].line.start] not in "附（(" and (i == 0 or parts[i - 1].kind != "table")


def _is_tail(text: str, part: Part) -> bool:
    return text.startswith(("【", "http"), part.line.start)
