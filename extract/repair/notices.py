"""What a reader should know of the repaired text: parts left out, names struck out, glyphs lost. Nothing is mended here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Diagnostic, Edit
from extract.repair.draft import Draft

ELIDED = re.compile(
    r"[-—–.…·*=]{0,12}[（(\[【]?(?:此处|以下|中间|下文|后文)?(?:已)?(?:隐藏|省略|略去)(?:了)?(?:约)?\d+(?:个)?字[^\n]{0,20}?(?:[-—–.…·*=]{2,12}|[）)\]】]|(?=\n)|$)"
    r"|(?:剩余|其余|部分|以下|后续|更多)内容(?:已|被)*(?:隐藏|省略|折叠)[^\n]{0,24}"
)
_STARS = re.compile(r"\*{1,12}")
_CROSSES = re.compile(r"[×✕○XxＸ](?:(?<=[×✕])[×✕]{1,7}|(?<=○)○{1,5}|(?<=[XxＸ])[XxＸ]{1,5}(?=[市县区州省镇乡村局委同公单年月]))")
_CLASS = re.compile(r"类(?=及|或|以|标准|水质|水体|[，。；,;])")
_BEFORE_CLASS = ("在", "达到", "达", "优于", "劣于", "不低于", "改善到", "改善至", "提升到", "提升至", "为")
_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d{3,7}号")
_EMPTY = re.compile("《》|“”|（）")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS_END = re.compile(rf"\??[a-z{_TONES}]{{1,6}}\)")
_TONED = re.compile(f"[{_TONES}]")
_QUESTION = re.compile(r"[?？\ufffd](?:(?<=[?？])[?？]+(?=[\u4e00-\u9fff])|(?<=\ufffd)\ufffd*)")


def isolate_elisions(draft: Draft) -> list[Edit]:
    """A notice that text was left out (---此处隐藏…字---) stands on a line of its own."""
    if not _may_be_elided(draft.text):
        return []
    edits = []
    for match in ELIDED.finditer(draft.text):
        if match.start() and draft.text[match.start() - 1] != "\n":
            edits.append(Edit(match.start(), "", "\n"))
        if match.end() < len(draft.text) and draft.text[match.end()] != "\n":
            edits.append(Edit(match.end(), "", "\n"))
    return edits


def find_notices(draft: Draft) -> Iterator[Diagnostic]:
    """Diagnostics of the canonical text: text_elided, redacted, glyph_lost, each with its place."""
    text = draft.text
    if _may_be_elided(text):
        for match in ELIDED.finditer(text):
            yield Diagnostic("text_elided", "warning", f"text was left out here: {match[0].strip()}", match.start(), match.end())
    for match in _redacted(draft):
        yield Diagnostic("redacted", "info", f"a name was struck out: {_around(text, match)}", match.start(), match.end())
    for match in _lost(draft):
        yield Diagnostic("glyph_lost", "warning", f"a character is missing: {_around(text, match)}", match.start(), match.end())


def _may_be_elided(text: str) -> bool:
    """Whether one of the words for it occurs; a single character is looked up many times faster than a word."""
    return ("隐" in text and "隐藏" in text) or ("略" in text and ("省略" in text or "略去" in text))


def _redacted(draft: Draft) -> Iterator[re.Match[str]]:
    """Marks in the place of a name or figure: *市, **同志, ××县. A star that opens a list item or multiplies is none."""
    text = draft.text
    if "*" in text:
        yield from (m for m in _STARS.finditer(text) if not text[m.start() - 1 : m.start()].isdigit() and not _opens_item(text, m))
    if draft.has_any("×✕○XxＸ"):
        yield from (m for m in _CROSSES.finditer(text) if not _is_latin(text[m.start() - 1 : m.start()]))


def _opens_item(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 1] in (" ", "\u3000", "\t", "") and (match.start() == 0 or text[match.start() - 1] == "\n")


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _lost(draft: Draft) -> Iterator[re.Match[str]]:
    text = draft.text
    if "类" in text:
        yield from (m for m in _CLASS.finditer(text) if text.endswith(_BEFORE_CLASS, max(0, m.start() - 3), m.start()))
    if "号" in text:
        yield from _NUMBER.finditer(text)
    if "《》" in text or "“”" in text or "（）" in text:
        yield from _EMPTY.finditer(text)
    if draft.has_rare(_TONED):
        yield from (m for m in _GLOSS_END.finditer(text) if not m[0].isascii())
    if draft.has_any("?？\ufffd"):
        yield from _QUESTION.finditer(text)


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 6) : match.end() + 6].replace("\n", " ").strip()
