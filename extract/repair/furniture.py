"""Fixer of what a site prints around a notice: breadcrumbs, counters, font switches, neighbours, footers."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.draft import Draft

_CUES = re.compile(
    "置(?<=位置)|页(?<=首页|一页)|篇(?<=一篇)|条(?<=[上下]一条)|览(?<=浏览)|访(?=问)|击(?<=点击)|阅(?=读)|看(?<=查看)|字(?=[体号])|字(?<=文字)|印(?<=打印)"
    "|闭(?<=关闭)|享(?<=分享)|扫(?=[一码描])|版(?<=手机版)|版(?=权)|藏(?<=收藏)|纠(?=错)|返(?=回)|http|辑(?<=编辑)|备(?=案)|码(?<=标识码)|地(?=图)|相(?=关[阅文链信新推报稿])|无(?=障碍)|免(?=责)"
    "|>|»|＞"
)
"""A line without any of these is left alone before any other pattern is tried. Each begins with its rarest character, so that the scan
seldom stops in vain."""

# Lines that are furniture as a whole.
_LINE = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在|的)*(?:的)?位置\s*[：:>].*"
    r"|(?:网站)?首页\s*(?:[>»＞/|]|&gt;)+.*"
    r"|[【\[(（]?\s*[上下]一(?:篇|条|页)\s*[】\])）]?(?:\s*(?:[：:].*|没有了|无|文章.*|[上下]一(?:篇|条|页).*))?"
    r"|(?:本文|文章|原文|信息)?(?:来源|出处|链接|网址|地址|转载自)?(?:网址|地址|链接)?\s*[：:]\s*https?://\S+"
    r"|[【\[]\s*[\u4e00-\u9fff]{2,8}\s*[】\]]\s*[：:]?\s*https?://\S+"
    r"|https?://\S+"
    r"|(?:微信|手机|用)?(?:扫一扫|扫码|扫描二维码).{0,24}"
    r"|(?:【)?(?:打印|关闭|收藏|返回顶部|返回列表|返回首页|我要纠错|加入收藏|打印本页|打印此页|关闭窗口|关闭本页|手机版|网站地图|联系我们|无障碍浏览|长者模式|繁體|繁体)(?:】)?"
    r"(?:[\s|｜【】\[\]/]*(?:打印|关闭|收藏|返回顶部|返回列表|返回首页|我要纠错|加入收藏|打印本页|打印此页|关闭窗口|关闭本页|手机版|网站地图|联系我们|无障碍浏览|长者模式|繁體|繁体))*[\s|｜【】\[\]/]*"
    r"|(?:分享到?|转发到?|分享至)\s*[：:]?(?:[\s|｜]*(?:微信好友|朋友圈|微信|新浪微博|微博|QQ空间|QQ好友|QQ|人人网|更多|\d+))*"
    r"|(?:\S{0,20}[ \u3000]*)?(?:网站标识码|网站备案号|备案号|公安备案|ICP备|公网安备).{0,200}"
    r"|(?:主办单位|主办|版权所有|技术支持|Copyright|©).{0,60}(?:备案|标识码|网站地图|技术支持|承办|维护|ICP|版权所有).{0,200}"
    r"|版权所有.{0,60}|(?:责任)?编辑\s*[：:]\s*[\u4e00-\u9fff]{2,4}"
    r"|相关(?:阅读|文章|链接|信息|新闻|推荐|文档|报道|稿件)\s*(?:[：:][^。]*)?|免责声明\s*[：:].*",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[>»＞]\s*\S{1,30}(?:\s*[>»＞]\s*\S{1,30})*\s*")
_CRUMB_CHAIN = re.compile(r"(?:[^\s>»＞，。；]{2,20}\s*[>»＞]+\s*){2,}[^\s>»＞，。；]{0,40}")

# Pieces of a line of date and source.
_SIZES = r"(?:特大|超大|大号|大|中号|中|小号|小|默认|[\s|｜【】\[\]/　])+"
_PIECE = re.compile(
    r"(?:浏览|访问|点击|阅读|查看)(?:次数|人数|总?量|数|率)?\s*[：:]\s*(?:[\d,，]+|-+)?\s*(?:人次|次|人)?"
    r"|(?:浏览|访问|点击|阅读)(?:次数|量|数)\s*[\d,]+\s*次?"
    rf"|[【\[(（]?\s*(?:字体|字号|文字)(?:大小|显示)?\s*[：:]?\s*[\[【(（]?{_SIZES}[\]】)）]?\s*[】\])）]?"
    r"|[【\[]?\s*(?:打印(?:本页|此页|文章|正文)?|关闭(?:窗口|本页|页面)?|(?:加入)?收藏(?:本页)?|我要纠错|手机版|保护视力色|视力保护色|返回(?:列表|首页|顶部)?|扫一扫\S{0,12}|分享(?:到|至)?\s*[：:]?)\s*[】\]]?(?![\u4e00-\u9fff])",
)
_INFO = re.compile(
    r"(?:时间|日期|来源|作者|编辑|发布|字体|字号|文字大小|浏览|访问|点击|阅读|信息来源)\s*(?:大小|次数|量|数|机构|单位)?\s*[：:]|(?:19|20)\d\d[-/.年]\d{1,2}"
)
_LONGEST = 200
"""Characters of a line, beyond which it is no line of date and source."""


def drop_furniture(draft: Draft) -> list[Edit]:
    """Breadcrumbs, 上一篇／下一篇, counters of visits, font switches, print and share links, addresses of the page, footers.

    Dates (发布时间, 更新时间) and sources of a notice stay. Only whole lines and pieces of the line of date and source go, nothing
    inside prose.
    """
    text = draft.text
    edits: list[Edit] = []
    done = crumbs_end = 0
    while cue := _CUES.search(text, done):
        start = text.rfind("\n", done, cue.start()) + 1 or done
        done = text.find("\n", cue.end())
        end = done = len(text) if done < 0 else done
        if end - start > _LONGEST or not draft.is_prose(start):
            continue
        body = text[start:end].strip()
        after_crumbs = crumbs_end > 0 and not text[crumbs_end:start].strip()
        crumbs = _CRUMB_CHAIN.fullmatch(body) is not None or (after_crumbs and _CRUMBS.fullmatch(body) is not None)
        edits += _line_edits(text[start:end], start, body, crumbs)
        crumbs_end = end if crumbs or ("位置" in body and _LINE.fullmatch(body) is not None) else 0
    return edits


def _line_edits(old: str, start: int, body: str, crumbs: bool) -> list[Edit]:
    if crumbs or _LINE.fullmatch(body):
        return [Edit(start, old, "")]
    pieces = [Edit(start + m.start(), m[0], "") for m in _PIECE.finditer(old) if m[0].strip() and _stands_free(old, m)]
    rest = _PIECE.sub("", old) if pieces else old
    if pieces and not any(c.isalnum() for c in rest):
        return [Edit(start, old, "")]
    return pieces if _INFO.search(body) else []


def _stands_free(line: str, match: re.Match[str]) -> bool:
    """Whether a piece is set off from what stands before it."""
    before = line[: match.start()]
    return not before or not ("\u4e00" <= before[-1] <= "\u9fff") or match[0][0] in "【[(（ \u3000\t\xa0"
