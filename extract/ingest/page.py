"""Which part of a page is the notice, and which parts are the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element

# Never seen as text, or never part of a notice, whatever they hold.
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "canvas", "object", "embed", "audio", "video", "map", "iframe", "frame", "frameset", "noframes"})
_SITE = frozenset({"nav", "footer", "aside", "select", "button", "textarea", "input", "dialog", "menu"})

_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE)

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
_FOOT_NAME = re.compile(r"(?:^|[\s_-])(?:foot\w*|ft|bottom|copyright|share\w*|bdshare\w*|ewm|qrcode|erweima)(?:\d*)(?:$|[\s_-])", re.IGNORECASE)

_HOLDERS = frozenset({"body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr", "td", "font", "span", "html", "dl", "dd"})
_MOST = 0.9
"""Share of a container's running text that one child must hold for the search to go on inside it."""
_ENOUGH = 0.3
"""Share of a page's running text that an element with a telling name must hold to be the article."""


@dataclass
class Layout:
    """The article's element (None: the whole body), the elements to pass over, and whether a reader of the page would miss any text of them."""

    main: Element | None = None
    skipped: set[Element] = field(default_factory=set)
    dropped_text: bool = False


@dataclass(slots=True)
class _Frame:
    """What an open element holds so far, in characters: running text and text of links."""

    text: int = 0
    linked: int = 0
    heading: bool = False
    content: bool = False
    children: list[tuple[int, Element]] = field(default_factory=list)


def find(root: Element) -> Layout:
    """Tell the article from the site, in one walk over the tree."""
    layout = Layout()
    candidates: list[tuple[int, Element]] = []
    heavy: dict[Element, list[tuple[int, Element]]] = {}
    stack = [_Frame()]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN or _is_hidden(element):
                layout.skipped.add(element)
                walk.skip_subtree()
                stack.append(_Frame())
                continue
            links += tag == "a"
            frame = _Frame(heading=tag in ("h1", "h2"))
            stack.append(frame)
            _count(frame, element.text, links)
            continue
        frame = stack.pop()
        parent = stack[-1]
        name = _name(element) if element not in layout.skipped else ""
        links -= tag == "a" and element not in layout.skipped
        if _is_site(element, name, frame):
            layout.skipped.add(element)
            layout.dropped_text |= frame.text + frame.linked > 0
        else:
            if name and tag in _HOLDERS | {"p"} and frame.text > 0 and _CONTENT_NAME.search(name) or tag in ("article", "main"):
                candidates.append((frame.text, element))
                frame.content = True
            if frame.children and tag in _HOLDERS:
                heavy[element] = frame.children
            if frame.text and tag in _HOLDERS:
                parent.children.append((frame.text, element))
            parent.text += frame.text
            parent.linked += frame.linked
            parent.heading |= frame.heading
            parent.content |= frame.content and frame.text > 200
        _count(parent, element.tail, links)
    total = stack[0].text
    named = _named(candidates, total)
    layout.main = named if named is not None else _dense(heavy, root, total)
    return layout


def _name(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".strip()


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    if style and _HIDING.search(style):
        return True
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _count(frame: _Frame, text: str | None, links: int) -> None:
    if text:
        size = len(text.strip())
        if links:
            frame.linked += size
        else:
            frame.text += size


def _is_site(element: Element, name: str, frame: _Frame) -> bool:
    """Navigation, tools, footers: by their tag, or by their name where they hold mostly links or little text."""
    tag = element.tag
    if tag in _SITE:
        return not (frame.content or frame.text > 1000)
    if tag == "header":
        return not frame.heading and not frame.content and frame.text < 200
    if not name or tag in ("html", "body") or not _FURNITURE_NAME.search(name):
        return False
    if frame.content or frame.heading:
        return False
    return frame.linked > frame.text or (frame.text < 300 and (_FOOT_NAME.search(name) is not None or 0 < frame.linked * 3 > frame.text))


def _named(candidates: list[tuple[int, Element]], total: int) -> Element | None:
    """The innermost element with a telling name that holds nearly as much as the largest of them."""
    if not candidates:
        return None
    largest = max(size for size, _ in candidates)
    if largest < total * _ENOUGH:
        return None
    return next(element for size, element in candidates if size >= largest * _MOST)


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
