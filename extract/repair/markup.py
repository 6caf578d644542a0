"""Fixer of markup that was left in a text: Markdown, stray tags, entities."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from extract.model import Block, Edit
from extract.repair.characters import in_order
from extract.repair.draft import Draft

_HEADING_MARK = re.compile(r"#{1,6}[ \t\u3000]*")
_HEADING_TAIL = re.compile(r"[ \t]+#+$")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+(?=\S|$)", re.MULTILINE)
_RULE_LINE = re.compile(r"^[ \t]*(?:([-_=])[ \t]?)(?:\1[ \t]?){2,}$", re.MULTILINE)
_RULE_CUE = re.compile(r"[-_=][ \t]?[-_=][ \t]?[-_=]")
_STAR_RULE = re.compile(r"^[ \t]*\*(?:[ \t]?\*){2,}[ \t]*$", re.MULTILINE)
_LAST_BAR = re.compile(r"\|[ \t]*$", re.MULTILINE)
_LONE_BAR = re.compile(r"^[^|\n]*?(?<![ \t])(?P<bar>(?:^!\[\]\(\))?[ \t]*\|[ \t]*)$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*```+[a-z]*[ \t]*$", re.MULTILINE)
_ITALIC = re.compile(r"(?<![*\\A-Za-z0-9])\*(?![\s*])([^*\n]+)(?<![\s\\])\*(?![*A-Za-z0-9])")
_TELLING = re.compile(r"\d|[^，。；、：]{4}")
_STRUCK = frozenset("市县区州省镇乡村局委同公单年月日某和与及")
"""What stands behind a name or figure that was struck out: *市和*县 are two redactions and no emphasis."""
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?:|/|\.|#|mailto:|javascript:)[^()\s]{0,500}\)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>~|<&])")
_ENTITY = re.compile(
    r"&(?:nbsp|emsp|ensp|thinsp|lt|gt|amp|quot|apos|[lr][ds]quo|middot|bull|[mn]dash|hellip|times|deg|sup[123]|plusmn|permil|le|ge|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|label|li|ol|p|s|section|small|span|strong|strike|sub|sup|table|tbody|td|th|thead|tr|u|ul|o:p|st1:\w+)"
    r"(?:[ \t][^<>\n]{0,400})?[ \t]?/?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:br|p|div|li|tr|h[1-6]|hr|section|table|ul|ol|dl|dt|dd)\b", re.IGNORECASE)


def drop_markup(draft: Draft) -> list[Edit]:
    """Markdown's marks (# ** * > | \\ links, rules), bars of frames, tags such as <sub>, and entities. A tag that ends a line in a browser ends one here.

    A # or * that is no markup stays: 1#机组, and the redactions *市 and **县. So does the mark of a list item: the label as printed.
    """
    text = draft.text
    edits: list[Edit] = []
    for block in draft.blocks:
        if block.kind == "table" and block.cells and draft.format in ("txt", "md"):
            edits += _table(text, block)
        elif block.kind == "heading" and text[block.start] == "#":
            edits += _heading(text, block)
        for start, end in block.bold:
            edits += _emphasis(text, start, end)
    if "<" in text:
        edits += [Edit(m.start(), m[0], "\n" if _BREAKING.match(m[0]) else "") for m in _TAG.finditer(text)]
    if "&" in text:
        edits += [Edit(m.start(), m[0], _unescape(m[0])) for m in _ENTITY.finditer(text)]
    if "](" in text:
        for link in _LINK.finditer(text):
            shown = "" if link[0].startswith("!") else link[1]
            edits.append(Edit(link.start(), link[0], shown))
    if "\\" in text:
        edits += [Edit(m.start(), "\\", "") for m in _ESCAPE.finditer(text)]
    if "*" in text:
        edits += _stars(draft)
    if draft.format in ("txt", "md") and "|" in text:
        edits += _lone_bars(draft)
    if draft.format == "md" and ">" in text:
        edits += [Edit(m.start(), m[0], "") for m in _QUOTE.finditer(text)]
    if draft.has_any("-_=") and _RULE_CUE.search(text):
        edits += [Edit(m.start(), m[0], "") for m in _RULE_LINE.finditer(text)]
    if "`" in text:
        edits += [Edit(m.start(), m[0], "") for m in _FENCE.finditer(text)]
    return in_order(edits)


def _heading(text: str, block: Block) -> Iterator[Edit]:
    mark = _HEADING_MARK.match(text, block.start, block.end)
    if mark:
        yield Edit(block.start, mark[0], "")
    tail = _HEADING_TAIL.search(text, max(block.start, block.end - 20), block.end)
    if tail:
        yield Edit(tail.start(), tail[0], "")


def _emphasis(text: str, start: int, end: int) -> Iterator[Edit]:
    for mark in ("***", "**", "__"):
        if text.startswith(mark, start - len(mark)) and text.startswith(mark, end):
            yield Edit(start - len(mark), mark, "")
            yield Edit(end, mark, "")
            return


def _stars(draft: Draft) -> Iterator[Edit]:
    for match in _ITALIC.finditer(draft.text):
        if _is_italic(draft.text, match):
            yield Edit(match.start(), "*", "")
            yield Edit(match.end(1), "*", "")
    if draft.format == "md":
        for rule in _STAR_RULE.finditer(draft.text):
            yield Edit(rule.start(), rule[0], "")


def _is_italic(text: str, match: re.Match[str]) -> bool:
    """Whether a pair of single stars stresses what stands between them: all of a line, or words that are set off by marks, or on one side
    at least and say something by themselves (会议*12次*，). Stars in the place of names (*市和*县, 张*和李*，) are none."""
    before, inner, after = text[match.start() - 1 : match.start()], match[1], text[match.end() : match.end() + 1]
    if not before.strip() and not after.strip():
        return True
    if inner[0] in _STRUCK or inner[0] in "，。；、：）》" or inner[-1] in "，；、（《" or after in _STRUCK:
        return False
    if before.isalnum() or after.isalnum():
        return before.isalnum() != after.isalnum() and _TELLING.search(inner) is not None
    return True


def _lone_bars(draft: Draft) -> Iterator[Edit]:
    """The bar that is all of a line or ends it, where the frame that a page's text stood in was a table."""
    for bar in _LAST_BAR.finditer(draft.text):
        line = _LONE_BAR.match(draft.text, draft.text.rfind("\n", 0, bar.start()) + 1)
        if line is not None and draft.is_prose(line.start()):
            yield Edit(line.start("bar"), line["bar"], "")


def _unescape(entity: str) -> str:
    char = html.unescape(entity)
    return " " if char == "\xa0" else char


def _table(text: str, block: Block) -> Iterator[Edit]:
    """Pipes to tabs, the ruling row out."""
    done, row = block.start, 0
    for cell in block.cells:
        gap = text[done : cell.start]
        new = "" if cell.start == block.start or done == block.start else "\t" if cell.row == row else "\n"
        yield Edit(done, gap, new)
        done, row = cell.end, cell.row
    yield Edit(done, text[done : block.end], "")
