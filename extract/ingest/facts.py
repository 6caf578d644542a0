"""What a page says of its notice outside the notice's own text, and which of its blocks are the notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.ingest.flow import Part
from extract.ingest.page import Element

# Names that government sites give their meta tags (检查指标 of 政府网站, 2017 and later, and common systems), and our keys.
_META = {
    "articletitle": "title",
    "pubdate": "entered",
    "contentsource": "source_name",
    "sitename": "site",
    "description": "description",
}

# The heads of the table that opens a document in a catalogue of 政府信息公开, and our keys; "" where we keep nothing.
_LABELS = {
    **dict.fromkeys(("索引号", "索引", "信息索引号"), "index_number"),
    **dict.fromkeys(("文号", "发文字号", "发文文号", "文件编号", "公文文号", "文件号"), "doc_number"),
    **dict.fromkeys(
        ("发布机构", "发文机关", "发文机构", "发布单位", "公开单位", "发文单位", "公开责任部门", "制发机关", "来源单位"), "issuer"
    ),
    **dict.fromkeys(("发布日期", "公开日期", "公布日期", "发布时间", "发文日期", "公开时间"), "published"),
    **dict.fromkeys(("成文日期", "生成日期", "成文时间", "印发日期"), "signed"),
    **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "公文名称"), "title"),
    **dict.fromkeys(
        (
            "主题分类",
            "主题词",
            "有效性",
            "效力状态",
            "信息分类",
            "体裁分类",
            "组配分类",
            "服务对象分类",
            "公开方式",
            "公开范围",
            "公开形式",
            "公开程序",
        ),
        "",
    ),
    **dict.fromkeys(
        (
            "统一编号",
            "统一登记号",
            "废止日期",
            "生效日期",
            "失效日期",
            "实施日期",
            "关键词",
            "内容概述",
            "所属主题",
            "公开目录",
            "信息类别",
            "文件类型",
            "体裁",
            "分类",
            "时效",
            "语种",
        ),
        "",
    ),
}
_TELLING = ("index_number", "doc_number", "issuer")
_DAYS = ("published", "signed")
_LABEL_NOISE = re.compile(r"[\s\u3000:：【】\[\]]+")
_PAIR = re.compile(r"^([\u4e00-\u9fff\s\u3000]{2,14})[：:]\s*(.*)$", re.DOTALL)

_SITE_NAME = re.compile(r"(?:政府|局|厅|委|办|网|网站|门户|平台|频道|专栏|栏目|通知|公告|公示|公开|动态|文件|办公室|中心|院|部)$")
_BODY_NAME = re.compile(
    r"(?!.*(?:关于|召开|举行))[\u4e00-\u9fff]{2,20}(?:政府|局|厅|委|委员会|办|网|网站|门户|平台|频道|办公室|中心|院|部)"
)
"""What the name of a site is like, which may be all that the page's head gives."""
_SEPARATORS = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|--+|::)\s*")
_DASH = re.compile(r"\s*[-–—]\s*")

_INFO = re.compile(r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}|来源\s*[：:]|作者\s*[：:]")
_HEAD = re.compile(
    r"(?:19|20)\d{2}\s*(?:[〕\]］】）)]?\s*第?\s*\d{1,4}\s*[号期]|[-/.年]\s*\d{1,2})|(?:文\s*件|纪\s*要|公\s*报|[简专通]\s*报)$"
)
"""What a letterhead above the title shows: a number, a day, the name of a series."""
_DATE = re.compile(r"(?:19|20|二)[\d〇○零一二三四五六七八九]{2,3}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
_LONGEST_OPENING, _MOST_OPENING = 120, 4
"""Characters and number of the blocks that may be an untitled article's opening: its headline, its line of date and source."""
_SHORTEST, _LONGEST_SUFFIX = 6, 40
"""Characters of a title that tells, and of what a page's title may have behind the notice's: its column, its site."""
_TITLE_LINES, _SEARCHED = 4, 60
"""Blocks that a title may be broken over, and among which it is looked for."""
_NOISE = re.compile(r"\W+")
_LONGEST_LINE = 160
"""Characters of a line of the catalogue."""


def page_facts(root: Element) -> dict[str, str]:
    """The facts of a page's head: title, page_title, site, entered (its day), source_name, description, where it gives them."""
    facts: dict[str, str] = {}
    for element in root.iter("meta"):
        key = _META.get((element.get("name") or element.get("property") or "").lower())
        value = " ".join((element.get("content") or "").split())
        if key and value:
            facts.setdefault(key, value)
    head = next(root.iter("title"), None)
    page_title = " ".join((head.text or "").split()) if head is not None else ""
    if page_title:
        facts["page_title"] = page_title
        title, site = split_title(page_title)
        facts.setdefault("title", title)
        if site:
            facts.setdefault("site", site)
    return facts


def split_title(page_title: str) -> tuple[str, str]:
    """The notice's title and the site's name out of a page's title: 某某通知_通知公告_某某市人民政府."""
    pieces = [piece for piece in _SEPARATORS.split(page_title) if piece]
    if len(pieces) > 1:
        return pieces[0], pieces[-1]
    pieces = _DASH.split(page_title)
    if len(pieces) > 1 and _SITE_NAME.search(pieces[-1]) and len(pieces[-1]) <= 20:
        return page_title[: page_title.rfind(pieces[-1])].rstrip(" -–—"), pieces[-1]
    return page_title, ""


def sort_out(parts: list[Part], facts: dict[str, str]) -> list[Part]:
    """The blocks that belong to the notice. Of the catalogue's table only its days stay, the rest goes to `facts`; what the site prints around
    the notice is left out.

    Before the article: its title and what stands between the two. Behind it: a list of attachments, and a signature with its date.
    """
    sure = any(part.where == "before" for part in parts)
    for part in parts[: 0 if sure else _title_of(parts, facts) or 0]:
        part.where = "before"  # all of the page is taken for the article: what stands above its title is not
    parts = list(_with_values(parts))
    taken = [_catalogue(part, facts) for part in parts]
    days = [day for found in taken for day in found or ()]
    parts = [part for part, found in zip(parts, taken, strict=True) if found is None]
    title = _title_of(parts, facts)
    before = [part for part in parts[:title] if part.where == "before"]
    if title is None:
        article = [part for part in parts if part.where == "main"]
        headings = [part for part in (*before, *article) if _is_heading(part) and not _BODY_NAME.fullmatch(part.text)]
        kept = [*_opening([part for part in before if part in headings or not (headings and _is_heading(part))]), *article]
    else:
        above = [part for part in parts[:title] if _HEAD.search(part.text) or (sure and part.where == "main")]
        below = [part for part in parts[title:] if part.where == "main" or (part.where == "before" and _is_opening(part))]
        kept = [*(part for part in above if not part.linked and part.text != facts.get("site")), *below]
    kept += _closing([part for part in parts if part.where == "after"])
    heading = next((part.text for part in kept[:4] if part.kind == "heading" and _same(part.text, facts.get("page_title", ""))), None)
    if heading:
        facts["title"] = heading
    return days + kept


def _title_of(parts: list[Part], facts: dict[str, str]) -> int | None:
    """Where the title stands that the page's head gives: the blocks, one or a few, that make all of it, else one that it begins with.

    None where text stands before it: then it is the title of something inside.
    """
    wanted = {_NOISE.sub("", facts.get(key, "")) for key in ("title", "page_title") if not _BODY_NAME.fullmatch(facts.get(key, ""))}
    if not any(wanted):
        return None
    front: list[str] = []
    for part in parts[:_SEARCHED]:
        if part.kind == "table" or (part.where != "before" and (len(part.text) > _LONGEST_OPENING or "。" in part.text)):
            break
        front.append("" if part.linked else _NOISE.sub("", part.text))
    for suffix in (0, _LONGEST_SUFFIX):
        for at in range(len(front)):
            if any(_makes(front[at : at + _TITLE_LINES], title, suffix) for title in wanted if len(title) > _SHORTEST):
                return at
    return next((at for at in range(len(front)) if _is_named(parts[at], facts)), None)


def _makes(blocks: list[str], title: str, suffix: int) -> bool:
    """Whether the first few of these blocks are the title, or are it but for a suffix (column and site) of so many characters."""
    run = ""
    for block in blocks:
        run += block
        if not block or not title.startswith(run):
            return False
        if len(title) - len(run) <= min(suffix, len(run)):
            return True
    return False


def _opening(before: list[Part]) -> list[Part]:
    """The heading and what follows it; where there is none, what stands without links right before the article."""
    titles = [i for i, part in enumerate(before) if _is_heading(part)]
    if titles:
        return [part for i, part in enumerate(before) if i in titles or (i > titles[0] and _is_opening(part))]
    near: list[Part] = []
    for part in reversed(before):
        if part.linked or len(part.text) > _LONGEST_OPENING or len(near) == _MOST_OPENING:
            break
        near.insert(0, part)
    return near


def _is_opening(part: Part) -> bool:
    return part.linked * 2 < len(part.text) or _INFO.search(part.text) is not None


def _is_heading(part: Part) -> bool:
    return part.kind == "heading" and part.level <= 2 and part.linked == 0


def _is_named(part: Part, facts: dict[str, str]) -> bool:
    """Whether a block is the title that the page's head gives."""
    if part.linked or len(part.text) <= 6:
        return False
    return _same(part.text, facts.get("title", "")) or _same(part.text, facts.get("page_title", ""))


def _same(text: str, title: str) -> bool:
    """Whether a block is the title that the page's head gives, punctuation and spaces aside."""
    bare, wanted = _NOISE.sub("", text), _NOISE.sub("", title)
    return len(bare) > 3 and bool(wanted) and (wanted.startswith(bare) or (bare.startswith(wanted) and len(bare) < 2 * len(wanted)))


def _closing(after: list[Part]) -> Iterator[Part]:
    for i, part in enumerate(after):
        following = after[i + 1].text if i + 1 < len(after) else ""
        if _DATE.fullmatch(part.text) or (_DATE.fullmatch(following) and len(part.text) <= 40) or part.text.startswith("附件"):
            yield part


def _with_values(parts: list[Part]) -> Iterator[Part]:
    """The blocks, a label of the catalogue before the article joined with its value, where that is a block of its own."""
    value: Part | None = None
    for part, following in zip(parts, [*parts[1:], None], strict=False):
        if part is value:
            continue
        pair = _pair(part)
        value = following if pair and not pair[1] and following is not None and _pair(following) is None else None
        yield replace(part, text=f"{part.text}{value.text}") if value is not None and value.where == "before" else part
        if value is not None and value.where != "before":
            value = None


def _pair(part: Part) -> tuple[str, str] | None:
    """Label and value in a block before the article that holds a line of the catalogue."""
    match = (
        _PAIR.match(part.text.removeprefix("• "))
        if part.where == "before" and part.kind != "table" and len(part.text) < _LONGEST_LINE
        else None
    )
    return (_label(match[1]), match[2].strip()) if match and _label(match[1]) in _LABELS else None


def _catalogue(part: Part, facts: dict[str, str]) -> list[Part] | None:
    """The days of the notice in a block that is (a line of) the catalogue's table, whose values are then in `facts`; None of another block."""
    if part.kind == "table":
        pairs = list(_cell_pairs(part))
        if len(pairs) < (2 if len(part.cells) <= 2 * len(pairs) else 3) or not any(_LABELS[label] in _TELLING for label, _ in pairs):
            return None
    else:
        pair = _pair(part)
        if pair is None or pair[0] in ("发布时间", "发布日期", "标题"):
            return None
        pairs = [pair]
    pairs = [(label, value.strip()) for label, value in pairs if _LABELS[label] and value.strip()]
    for label, value in pairs:
        facts.setdefault(_LABELS[label], value)
    return [Part("paragraph", f"{label}：{value}", part.where) for label, value in pairs if _LABELS[label] in _DAYS]


def _cell_pairs(part: Part) -> Iterator[tuple[str, str]]:
    texts = [part.text[cell.start : cell.end] for cell in part.cells]
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        pair = _PAIR.match(text)
        if pair and pair[2] and _label(pair[1]) in _LABELS:
            yield _label(pair[1]), pair[2]
        elif _label(text) in _LABELS:
            yield _label(text), following if _label(following) not in _LABELS else ""


def _label(text: str) -> str:
    return _LABEL_NOISE.sub("", text) if len(text) < 20 else ""
