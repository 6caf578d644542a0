"""Which part of a page is the notice, and which parts are the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from lxml import etree

Element = etree._Element

# Never seen as text, struck out, or never part of a notice, whatever they hold.
_UNSEEN = frozenset(
    {
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "svg",
        "canvas",
        "object",
        "embed",
        "audio",
        "video",
        "map",
        "iframe",
        "frame",
        "frameset",
        "noframes",
        "del",
        "s",
        "strike",
    }
)
_SITE = frozenset({"nav", "footer", "aside", "select", "button", "textarea", "input", "dialog", "menu"})

_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|text-decoration(?:-line)?\s*:[^;]{0,40}line-through"
    r"|mso-(?:foot|end)note-id\s*:|mso-element\s*:\s*(?:(?:foot|end)note-list|comment-list|header|footer))",
    re.IGNORECASE,
)

# What content-management systems call the element that holds an article.
_CONTENT_NAME = re.compile(
    r"(?:^|[\s_-])(?:zoom(?:con)?|ucap[\s_-]?content|trs[\s_-]?(?:editor|ueditor|preappend)|view\s+trs|article(?:s|body|con|content|text|main|detail)?|"
    r"con(?:tent)?[\s_-]?(?:text|txt|main|body|detail|box)?|(?:main|news|text|detail|info|xl|xx|zw|wz|page)[\s_-]?(?:con(?:tent)?|text|txt|body|nr|article)|"
    r"(?:news|detail|zhengwen|neirong|nr|zw|xxgk|pages)[\s_-]?(?:content|nr|con|box)?|easysite[\s_-]news[\s_-]text|bt[\s_-]content|vsb[\s_-]content(?:[\s_-]\d+)?|"
    r"art[\s_-]?(?:con|content|main|text)|entry[\s_-]?content|post[\s_-]?content|mainbody|rich[\s_-]media[\s_-]content)(?:\d*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|location|position|dqwz|weizhi|path|foot\w*|ft|bottom|copyright|side\w*|aside|share\w*|bdshare\w*|print\w*|tools?|toolbar|"
    r"relat\w*|xg(?:wz|xx|lj|yd|bd|zc|jd)|recommend\w*|hot\w*|search\w*|login|top\w*|header|head|banner|pager?|pagination|pagenav|qrcode|ewm|erweima|weixin|wechat|"
    r"friend\w*|links?|yqlj|comment\w*|prev\w*|next\w*|wza\w*|font\w*|logo|lang\w*|left\w*|right\w*|js-share)(?:\d*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FOOT_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot\w*|ft|bottom|copyright|share\w*|bdshare\w*|ewm|qrcode|erweima)(?:\d*)(?:$|[\s_-])", re.IGNORECASE
)
_WAY_NAME = re.compile(r"(?:^|[\s_-])(?:nav\w*|menu\w*|bread\w*|crumbs?|location|position|dqwz|weizhi)(?:\d*)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_WAY = 120
"""Characters of a menu or of the way to a page, by its name, where it has no links."""

_MENUS = frozenset({"div", "ul", "ol", "center", "dl", "section", "header"})
"""Elements that are a menu where they hold nothing but short links."""
_FEWEST_LINKS, _LONGEST_LINK = 3, 8
_LISTING = re.compile("[、，。；]")
"""What stands between the names of a list, never between the links of a menu. Attachments are no menu either."""

_PLAIN = frozenset({"span", "b", "strong", "em", "i", "u", "font", "br", "sub", "sup", "img", "p", "a"})
_HOLDERS = frozenset(
    {"body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr", "td", "font", "span", "html", "dl", "dd"}
)
_MOST = 0.9
"""Share of a container's running text that one child must hold for the search to go on inside it."""
_ENOUGH = 0.5
"""Share of a page's running text that an element with a telling name must hold to be the article."""
_ARTICLE = 200
"""Characters of running text from which an element with a telling name is kept whatever stands around it."""


@dataclass
class Layout:
    """The article's element (None: the whole body), the elements to pass over, and whether they hold text that the page shows."""

    main: Element | None = None
    skipped: set[Element] = field(default_factory=set)
    dropped_text: bool = False


@dataclass(slots=True)
class _Frame:
    """What an open element holds so far, in characters: running text and text of links; and how many links, and whether it lists names."""

    element: Element | None
    name: str = ""
    text: int = 0
    linked: int = 0
    links: int = 0
    listing: bool = False
    heading: bool = False
    content: bool = False
    children: list[tuple[int, Element]] = field(default_factory=list)


def find(root: Element) -> Layout:
    """Tell the article from the site, in one walk over the tree."""
    survey = _Survey()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            survey.close(element)
        elif not survey.open(element):
            walk.skip_subtree()
    total = survey.stack[0].text
    named = _named(survey.candidates, total)
    main = named if named is not None else _dense(survey.holders, root, total)
    table = next(main.iterancestors("table"), None) if main is not None and main.tag in ("thead", "tbody", "tr") else None
    headed = table is not None and next(table.iterdescendants("th", "caption"), None) is not None
    survey.layout.main = table if headed else main  # rows below heads are no article: the table is
    return survey.layout


class _Survey:
    """The walk's memory: open elements, elements with a telling name and how much text they hold, and who holds whom."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.candidates: list[tuple[int, Element]] = []
        self.holders: dict[Element, list[tuple[int, Element]]] = {}
        self.stack = [_Frame(None)]
        self._links = 0

    def open(self, element: Element) -> bool:
        """Enter an element; False where nobody sees what it holds."""
        tag = element.tag
        given = cast("dict[str, str]", dict(element.items()))  # asked for once: most elements have none
        if tag in _UNSEEN or (given and _is_hidden(given)):
            self.layout.skipped.add(element)
            return False
        if tag == "a":
            self._links += 1
            self.stack[-1].links += 1
        name = _name(given) if given else ""
        if name or tag not in _PLAIN:
            self.stack.append(_Frame(element, name, heading=tag in ("h1", "h2")))
        self._count(element.text)
        return True

    def close(self, element: Element) -> None:
        """Leave an element, and hand what it holds to the one around it."""
        tag = element.tag
        if tag == "a" and element not in self.layout.skipped:
            self._links -= 1
        if self.stack[-1].element is element:
            frame = self.stack.pop()
            name = frame.name
            if ((name or tag in _SITE or tag == "header") and _is_site(tag, name, frame)) or (frame.links and _is_menu(tag, frame)):
                self.layout.skipped.add(element)
                self.layout.dropped_text |= frame.text + frame.linked > 0
            else:
                self._hand_on(element, tag, name, frame)
        self._count(element.tail)

    def _hand_on(self, element: Element, tag: str, name: str, frame: _Frame) -> None:
        parent = self.stack[-1]
        if tag in _HOLDERS and frame.text:
            if tag in ("article", "main") or (name and _is_content_name(name)):
                self.candidates.append((frame.text, element))
                frame.content = True
            if frame.children:
                self.holders[element] = frame.children
            parent.children.append((frame.text, element))
        parent.text += frame.text
        parent.linked += frame.linked
        parent.links += frame.links
        parent.listing |= frame.listing
        parent.heading |= frame.heading
        parent.content |= frame.content and frame.text > _ARTICLE

    def _count(self, text: str | None) -> None:
        size = len(text.strip()) if text else 0
        if size and self._links:
            self.stack[-1].linked += size
            self.stack[-1].listing |= text is not None and "附" in text
        elif size:
            top = self.stack[-1]
            top.text += size
            top.listing = top.listing or (text is not None and _LISTING.search(text) is not None)


def _name(given: dict[str, str]) -> str:
    kind, own = given.get("class"), given.get("id")
    return f"{kind or ''} {own or ''}".strip() if kind or own else ""


@lru_cache(maxsize=4096)
def _is_content_name(name: str) -> bool:
    return _CONTENT_NAME.search(name) is not None


@lru_cache(maxsize=4096)
def _is_furniture_name(name: str) -> bool:
    return _FURNITURE_NAME.search(name) is not None


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return _HIDING.search(style) is not None


def _is_hidden(given: dict[str, str]) -> bool:
    style = given.get("style")
    if style and _hides(style):
        return True
    return "hidden" in given or given.get("aria-hidden") == "true"


def _is_site(tag: str, name: str, frame: _Frame) -> bool:
    """Navigation, tools, footers: by their tag, or by their name where they hold mostly links or little text."""
    if tag in _SITE:
        return not (frame.content or frame.text > 1000)
    if tag == "header":
        return not frame.heading and not frame.content and frame.text < 200
    if not name or tag in ("html", "body") or not _is_furniture_name(name):
        return False
    if frame.content or frame.heading:
        return False
    if frame.text < _LONGEST_WAY and not frame.listing and _WAY_NAME.search(name):
        return True
    return frame.linked > frame.text or (frame.text < 300 and (_FOOT_NAME.search(name) is not None or 0 < frame.linked * 3 > frame.text))


def _is_menu(tag: str, frame: _Frame) -> bool:
    """Three or more short links with next to nothing between them, whatever the element is called; a list of names (甲局、乙局) is none."""
    if tag not in _MENUS or frame.links < _FEWEST_LINKS or frame.content or frame.heading or frame.listing:
        return False
    return frame.linked <= frame.links * _LONGEST_LINK and 2 * frame.text <= frame.linked


def _named(candidates: list[tuple[int, Element]], total: int) -> Element | None:
    """The innermost element with a telling name that holds nearly as much as the largest; of several alike, what holds them all."""
    largest = max((size for size, _ in candidates), default=0)
    if largest < max(1, total * _ENOUGH):
        return None
    found = next(element for size, element in candidates if size >= largest * _MOST)
    parent, kind = found.getparent(), found.get("class")
    alike = parent is not None and kind and sum(1 for child in parent if child.get("class") == kind) > 1
    return parent if alike else found


def _dense(heavy: dict[Element, list[tuple[int, Element]]], root: Element, total: int) -> Element | None:
    """The innermost element that, step by step, holds nearly all running text."""
    place: Element | None = None
    at, size = root, total
    while at in heavy:
        most, child = max(heavy[at], key=lambda pair: pair[0])
        if most < size * _MOST:
            break
        place, at, size = child, child, most
    return place
