"""What each line of a document is: its front, its body, what closes it (signature, attachments, notes)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Document
from extract.outline.front import ANNEX, front_of
from extract.outline.lines import Line, Part, PartKind
from extract.outline.markers import Scanner, ordinal_of
from extract.outline.single_lines import (
    CLOSING,
    HEADS,
    TITLE_LIMIT,
    Lexicon,
    ends_in_body,
    is_facts,
    is_row_of_facts,
    is_signature,
    is_telling,
    lexicon_of,
    squeezed,
    without_mark,
)
from extract.rulebook import Rulebook

_ATTACHMENTS = re.compile(r"附\s?[件表]?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[：:]\s?\S")
_FILES = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".ofd", ".zip", ".rar")
"""How the name of a file ends that a page lets load."""
_LONGEST_FILES = 160
_LISTED = re.compile(r"(?:附\s?件\s?)?\d{1,2}\s?[.．、：:]")
_ELISION = re.compile(r"\W{0,8}此处(?:已)?(?:隐藏|省略|删节|略去)\s?\d*\s?字?.{0,20}$")
_NOTE = re.compile(
    r"[（(](?:此件|本文|联系|信息公开|主动公开|公开|依申请|注|此页|此复|盖章|加盖|校对|供稿|记者|通讯员|来源|摄影)[^。]{0,60}[）)]$|此件[^。]{0,20}公开|信息公开选项"
)
# What a line that tells of text left out begins with is 此 or a sign; nearly all others begin with one of these.
_ORDINARY = frozenset("一二三四五六七八九十第（(123456789各会市县省区")
# What a line of a signature begins with whose body's name began in the line above (某某县督察整改 / 工作领导小组办公室).
_NAME_GOES_ON = re.compile(
    r"(?:(?:整改|保护|治理|协调|督察|督查|工作)*(?:领导小组|委员会|联席会议|指挥部|专班))?(?:办公室)?\s?(?:[（(][代盖公签印]?章[）)])?$"
)
_NAME_BEGINS = re.compile(r"(?!特此|此致|此复|专此|请|附)[\u4e00-\u9fff]{4,30}(?<!通知|公告|公示|报告|通报)")
_TIME_HEADS = ("时限", "期限", "时间", "日期", "节点")
_CATALOGUE = re.compile(
    r"(?:索引号|[发颁公]布(?:单位|机构|机关|日期|文号)|发文(?:机关|字号|日期)|成文日期|生效日期|废止日期|有效性)(?=[\s：:])"
)
_SHORTEST_NAME = 6
_BEFORE_TITLE = frozenset({"annex", "signature", "title", "attachment"})


def parts_of(document: Document, lines: Sequence[Line], book: Rulebook, scanner: Scanner) -> list[Part]:
    """What each line is. A title that runs on into its first item (…清单一、…) is parted from it."""
    text, words = document.text, lexicon_of(book)
    parts = front_of(text, lines, words, scanner)
    taken = parts[-1].line if parts else None
    rest = list(lines[len(parts) :])
    if taken is not None and len(parts) <= len(lines) and taken.end != lines[len(parts) - 1].end:
        split = lines[len(parts) - 1]
        rest.insert(0, split._replace(start=taken.end, bold=()))
    return parts + _rest(text, rest, words, scanner)


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
        return "annex" if ANNEX.fullmatch(content) else "body"
    if len(content) <= 60:
        if content[-1] not in CLOSING and is_signature(content, words):
            return "signature"
        if content[0] not in _ORDINARY and _ELISION.match(content):
            return "elision"
        if _NOTE.match(content):
            return "attachment"
    if len(content) <= _LONGEST_FILES and content.lower().endswith(_FILES) and "。" not in content:
        return "attachment"  # 附件下载：1.某某意见.pdf　2.某某表.docx
    if content[0] == "附" and (ANNEX.fullmatch(content) or _ATTACHMENTS.match(content)):
        return "annex" if ANNEX.fullmatch(content) else "attachment"
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
