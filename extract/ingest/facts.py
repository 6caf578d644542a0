"""What a page says of its notice outside the notice's own text."""

from __future__ import annotations

import re

from extract.ingest.flow import Part
from extract.ingest.page import Element

# Names that government sites give their meta tags (site-wide norm of 2017 for 政府网站 and common systems) to our keys.
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source_name",
    "source": "source_name",
    "sitename": "site",
    "description": "description",
}
_SITE_NAME = re.compile(r"(?:政府|局|厅|委|办|网|网站|门户|平台|频道|专栏|栏目|通知|公告|公示|公开|动态|文件|办公室|中心|院|部)$")
_SEPARATORS = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|--+|::)\s*")
_DASH = re.compile(r"\s*[-–—]\s*")


def facts_of(root: Element, parts: list[Part]) -> dict[str, str]:
    """The facts of a page: title, page_title, site, published, source_name, doc_number, issuer, index_number, where it gives them."""
    facts: dict[str, str] = {}
    for element in root.iter("meta"):
        key = _META.get((element.get("name") or element.get("property") or "").lower())
        value = " ".join((element.get("content") or "").split())
        if key and value:
            facts.setdefault(key, value)
    page_title = " ".join("".join(next(root.iter("title")).itertext()).split()) if next(root.iter("title"), None) is not None else ""
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
