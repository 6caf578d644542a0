"""The front of a document: what each line is before its text begins (title, number, letterhead, facts of the page, addressee)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extract.outline.lines import Line, Part, PartKind
from extract.outline.markers import Scanner
from extract.outline.mastheads import ANSWERER, heads_own_title, is_masthead, issues_too, named_by_letterhead
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
    ends_in_body,
    is_addressee,
    is_body_and_date,
    is_fact_like,
    is_facts,
    is_info,
    is_letterhead,
    is_number,
    is_telling,
    squeezed,
    without_mark,
)

_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,16}(?:长|主任|书记|主席)[\s　]{0,4}[\u4e00-\u9fff]{1,2}[\s　]{0,3}[\u4e00-\u9fff]{1,2}")
_ANSWERED = ("反馈意见", "督察意见", "巡视意见", "反馈问题", "反馈问题清单")
_WHICH = re.compile(r"[（(](?:第|序号|编号)[^（()）]{1,8}[）)]\S{2,}")
_SUBTITLE = re.compile(r"—|[（(][^，。；：:]{1,24}[）)]$")
ANNEX = re.compile(r"附\s?[件表录]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:．.]?")
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
_FACTS_OF_MEETING = ("会议时间", "会议地点", "会议议题", "会议内容")
# The names of facts that a notice itself tells, never its page.
_OWN_FACT = re.compile(
    r"^[^：:]{0,8}(?:单位|部门|任务|目标|措施|时限|问题|责任|内容|地点|人员|主持|情况|事项|标准|范围|依据|电话|成员|议题)\S{0,2}\s?[：:]"
)
_SAMPLE = re.compile(r"([^，。；：\n]{4,40}?)\s?(?:优秀|精选|最新)?(?:范文|篇|模板|样本)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})")
_SAMPLE_LINES = 12
"""Lines in which the first sample of a collection begins."""
_PREDICATE = re.compile(
    r"^(?:为|根据|按照|依据|经|现|本|该|此|请|近日|日前|今年|目前|同时|我[省市县区])|制[定订](?!.{0,4}的)|出台|已|了|均|并(?!.{0,12}的通知)|将|(?<!关于)(?<!批转)印发(?!.{2,50}的通知)"
)
"""What a sentence holds and no title."""
_GREETS = re.compile(r"(?:各位|尊敬的)?[^，。；：:\n]{0,12}(?:同志们?|代表|委员|领导|来宾|朋友们?)[：:]")
_OPENERS = ("引言", "前言", "导言")
_DATELINE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,8}[社网报台])?[\u4e00-\u9fff]{0,6}(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日[电讯](?:[（(][^（）()]{2,20}[）)])?"
)
"""A line that says who told a story where and when: 某某社白石2031年5月2日电."""
_STROKES = re.compile("[-—–―－~～]+")
_LINES_OF_TITLE = 5
_FRONT_LIMIT = 24
_SHORTEST_TITLE = 8


def _opens_sample(content: str, words: Lexicon) -> bool:
    """Whether a line is the title of a sample in a collection of them (某某工作方案范文1, 某某会议纪要 篇一)."""
    sample = _SAMPLE.fullmatch(content)
    return sample is not None and is_telling(sample[1], words)


def front_of(text: str, lines: Sequence[Line], words: Lexicon, scanner: Scanner) -> list[Part]:
    """What each of the first lines is, up to where the text begins. The last is shorter than its line where a title runs on into its first item."""
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
        if not titled and is_masthead(content, text, lines, i, words):
            parts.append(Part(line, "info"))
            continue
        following = text[lines[i + 1].start : lines[i + 1].end] if i + 1 < len(lines) else ""
        if not titled and heads_own_title(content, following, words):
            below = text[lines[i + 2].start : lines[i + 2].end] if i + 2 < len(lines) else ""
            of_page = (
                ANSWERER.match(following) is not None
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
    if ANNEX.fullmatch(content):
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
    if named_by_letterhead(content, words) and (not titled or (parts[-1].kind == "info" and is_number(following))):
        return "letterhead"
    if not titled:
        return "letterhead" if issues_too(content, parts, words, text, following) else "title"
    above = titled[-1].line
    if parts[-1].kind != "title" and SERIES.fullmatch(squeezed(text[above.start : above.end].strip())):
        return "title"  # what one paper of the series is about
    kind = _more_title(content, line, parts, titled, words, text, following)
    if kind is None and OPENS_WITH_DATE.match(following) and is_info(following, words):
        return "info"  # a line between the title and the facts of the page (某某讲话　某某主持)
    return kind


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
