"""Fixer of what a site prints around a notice: breadcrumbs, counters, font switches, neighbours, footers."""

from __future__ import annotations

import re

from extract.model import Edit
from extract.repair.draft import Draft

_CUES = re.compile(
    "置(?<=位置)|页(?<=首页|一页)|篇(?<=一篇)|条(?<=[上下]一条)|览(?<=浏览)|访(?=问)|击(?<=点击)|阅(?=读)|看(?<=查看)|字(?=[体号])|字(?<=文字)|印(?<=打印)"
    r"|闭(?<=关闭)|享(?<=分享)|扫(?=[一码描])|版(?<=手机版)|版(?=权)|藏(?<=收藏)|纠(?=错)|返(?=回)|http|辑(?<=编辑)|备(?=案|\s?\d)|码(?<=标识码)|地(?=图)|相(?=关[阅文链信新推报稿])|无(?=障碍)|免(?=责)"
    "|侵(?=[权犯])|载(?<=转载|下载)|权(?<=版权)|章(?<=文章)|会员分享|承(?=办[：:单])|Reserved|reserved|GES?(?<=PAGE|AGES)|间是(?<=时间是)|架(?<=嵌入式框架)|真(?<=传真)|IPv6|索(?<=热门搜索)|>|»|＞"
)
"""A line without any of these is left alone before any other pattern is tried. Each begins with its rarest character, so that the scan
seldom stops in vain."""

# Lines that are furniture as a whole.
_LINE = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在|的)*(?:的)?位置\s*[：:>].*"
    r"|(?:网站)?首页\s*(?:[>»＞/|]|&gt;)+.*"
    r"|(?:您|你)?(?:现在|当前|目前)?(?:所在|的)*位置\s*(?:网站)?首页.*"
    r"|(?:网站)?首页(?:[\s|｜•·]+[\u4e00-\u9fffA-Za-z+]{2,8}){2,}|(?:网站)?首页[\u4e00-\u9fff]{0,6}\s*[|｜•·]\s*[\u4e00-\u9fff]{2,8}"
    r"|[【\[(（]?\s*[上下]一(?:篇|条|页)\s*[】\])）]?(?:\s*(?:[：:].*|没有了|无|文章.*|[上下]一(?:篇|条|页).*))?"
    r"|(?:本文|文章|原文|信息)?(?:来源|出处|链接|网址|地址|转载自)?(?:网址|地址|链接)?\s*[：:]\s*https?://\S+"
    r"|[【\[]\s*[\u4e00-\u9fff]{2,8}\s*[】\]]\s*[：:]?\s*https?://\S+"
    r"|https?://\S+"
    r"|(?:微信|手机|用)?(?:扫一扫|扫码|扫描二维码).{0,24}"
    r"|(?:【)?(?:打印|关闭|收藏|返回顶部|返回列表|返回首页|我要纠错|加入收藏|打印本页|打印此页|关闭窗口|关闭本页|手机版|网站地图|联系我们|无障碍浏览|长者模式|繁體|繁体)(?:】)?"
    r"(?:[\s|｜【】\[\]/]*(?:打印|关闭|收藏|返回顶部|返回列表|返回首页|我要纠错|加入收藏|打印本页|打印此页|关闭窗口|关闭本页|手机版|网站地图|联系我们|无障碍浏览|长者模式|繁體|繁体))*[\s|｜【】\[\]/]*"
    r"|[^。；：]{0,30}(?:设为首页|加入收藏)(?:\s*[|｜/ 　].{0,40})?"
    r"|(?:分享到?|转发到?|分享至)\s*[：:]?(?:[\s|｜]*(?:微信好友|朋友圈|微信|新浪微博|微博|QQ空间|QQ好友|QQ|人人网|更多|\d+))*"
    r"|(?:\S{0,20}[ \u3000]*)?(?:网站标识码|网站备案号|备案号|公安备案|ICP备|公网安备).{0,200}"
    r"|[^。；]{0,60}(?:ICP备|公网安备)\s?\d.{0,200}"
    r"|(?:主办单位|主办|版权所有|技术支持|Copyright|©).{0,60}(?:备案|标识码|网站地图|技术支持|承办\s*[：:单].{0,30}(?:电话|联系|ICP|邮编|地址)|维护|ICP|版权所有).{0,200}"
    r"|版权所有.{0,60}|[【\[(（]?(?:责任)?编辑\s*[：:]\s*[\u4e00-\u9fff]{2,4}\s*[】\])）]?"
    r"|(?:本篇|本文|全文)(?:文章)?(?:共|约)*\d+字[，,](?:预计)?(?:读完|阅读)(?:需要|需|大?约|共)*\d+分钟"
    r"|(?:现在|当前|北京)(?:的)?时间是\s*[：:]?\s*(?:19|20)\d\d.{0,40}|(?:NUM)?PAGES?(?:\s*\\?\*\s*MERGEFORMAT)?\s*\d*|(?:Copyright|©)?.{0,80}All Rights Reserved.{0,80}"
    r"|(?:客服|服务|投稿|联系|咨询|新闻)?(?:热线|电话)\s?[：:].{0,40}(?:传真|E-?mail|邮箱|QQ)\s?[：:].{0,60}"
    r"|.{0,6}浏览器不支持嵌入式框架.{0,30}"
    r"|《[^》]{1,60}》由.{0,10}会员分享.*|.{0,20}下载文档前请.*"
    r"|(?:[-•*]\s*)?(?:\d[、.]\s*)?[^。\n]{0,60}(?:版权|侵权|侵犯|转载|本站)[^\n]{0,80}(?:请(?:及时)?(?:告知|联系|与我们联系)|联系(?:我们|本站|客服))[^\n]{0,80}"
    r"|[^。\n]{0,30}转载(?:请|须|需|时)?[^。\n]{0,12}(?:注明|标明)[^。\n]{0,30}。?"
    r"|.{0,8}支持IPv6.{0,10}|热门搜索\s*[：:].{0,60}"
    r"|相关(?:阅读|文章|链接|信息|新闻|推荐|文档|报道|稿件)\s*(?:[：:][^。]*)?|免责声明\s*[：:].*",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[>»＞]\s*\S{1,30}(?:\s*[>»＞]\s*\S{1,30})*\s*")
_CRUMB_CHAIN = re.compile(r"(?:[^\s>»＞，。；]{2,20}\s*[>»＞]+\s*){2,}[^\s>»＞，。；]{0,40}")

# What a page prints by itself in a line around an article: its buttons, and the heads of its lists of other pages.
_BUTTONS = re.compile(
    "收藏|举报|点赞|赞|踩|评论|我要评论|发表评论|发布评论|写评论|网友评论|最新评论|热门评论|全部评论|暂无评论|"
    "广告|查看原文|阅读原文|查看详情|查看更多|展开全文|点击展开|返回栏目|返回列表|返回目录|返回搜狐|关于我们|"
    "联系我们|站点地图|隐私政策|网站声明|会议文件及解读|EN|A\\+|字体|字号|热度|人气|浏览|点击|阅读|"
    "浏览次数|点击次数|阅读次数|下载本文|我要投稿|复制链接|分享文章|打印文章|您可能也对以下帖子感兴趣|"
    "(?:直接)?跳[到至转过]{1,2}(?:网站|页面)?(?:主要|主体|正文)?(?:内容|导航|正文|视窗)(?:区域?)?|(?:进入|切换|打开)?(?:老年|长者|关怀|无障碍|适老化?|辅助)(?:模式|版|浏览|阅读|工具条?)|"
    "(?:THE )?END"
)
_LISTS = re.compile(
    "相关阅读|相关文件|相关解读|关联文件|关联解读|相关稿件|相关文章|相关新闻|相关推荐|相关链接|相关文档|相关资讯|相关内容|相关专题|推荐阅读|推荐文章|推荐新闻|"
    "编辑推荐|精品推荐|精彩推荐|热门推荐|热点推荐|今日推荐|站长推荐|延伸阅读|猜你喜欢|为你推荐|大家都在看|"
    "你可能感兴趣|您可能感兴趣|热门文章|热门资讯|热门新闻|热门标签|热点新闻|热点排行|热点资讯|点击排行|阅读排行|"
    "点击榜|排行榜|新闻排行|最新更新|最新消息|最新文章|最新资讯|最新新闻|最新加入|最新发布|即时新闻|滚动新闻|"
    "图片新闻|友情链接|相关热词搜索"
)
_BARS = re.compile("[|｜]")
_EDITORS = re.compile("(?:责任|网络)?编辑|责编")
_LONGEST_NAME = 4
_AROUND = " \t\u3000\xa0•·-—*|｜>》»：:【】[]()（）/"
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff])[/ ]*[A-Za-z ]+$")
_LONGEST_BUTTON = 24
_LONGEST_BAR = 60
"""Characters of a bar of buttons: 跳到主要内容区 | 打开辅助浏览 | 进入老年模式."""
_LONGEST_LINK = 45
_HEADLINE = re.compile(
    r"^[-•·*\s]*(?![^：:]*(?:单位|责任|时限|措施|目标|问题|电话|联系|附件|编辑|来源|时间|日期|部门|作者|审核))[\u4e00-\u9fff“”]{2,12}[：:](?=\S{6})"
)
"""What a headline has before its colon (某省：某事提速), which is no name of a fact."""
_NO_LINK = re.compile(
    r"[。；：:]|^附|^[（(]?[一二三四五六七八九十]+[、）)]|[年月]\d{1,2}[月日]|人民政府|办公室$|(?:[局委厅部院]|(?<![进谈员报度表题布论讨察大])会)$"
)

# Pieces of a line of date and source.
_SIZES = r"(?:特大|超大|大号|大|中号|中|小号|小|默认|[\s|｜【】\[\]/　])+"
_PIECE = re.compile(
    r"(?:浏览|访问|点击|阅读|查看)(?:次数|人数|总?量|数|率)?\s*[：:]\s*(?:[\[【]\s*[\d,，]*\s*[\]】]|[\d,，]+(?: \d{3})*|-+)?\s*(?:人次|次|人)?"
    r"|(?:浏览|访问|点击|阅读)(?:次数|量|数)\s*[\d,]+\s*次?"
    rf"|[【\[(（]?\s*(?:字体|字号|文字)(?:大小|显示)?\s*[：:]?\s*[\[【(（]?{_SIZES}[\]】)）]?\s*[】\])）]?"
    r"|[【\[]?\s*(?:打印(?:本页|此页|文章|正文)?|关闭(?:窗口|本页|页面)?|(?:加入)?收藏(?:本页)?|我要纠错|手机版|保护视力色|视力保护色|返回(?:列表|首页|顶部)?|扫一扫\S{0,12}|分享(?:到|至)?\s*[：:]?)\s*[】\]]?(?![\u4e00-\u9fff])",
)
_INFO = re.compile(
    r"(?:时间|日期|来源|作者|编辑|发布|字体|字号|文字大小|浏览|访问|点击|阅读|信息来源)\s*(?:大小|次数|量|数|机构|单位)?\s*[：:]|(?:19|20)\d\d[-/.年]\d{1,2}"
)
_POINTS = "-•·*●▪ "
"""What the points of a page's list begin with (- 上一篇：…)."""
_LONGEST = 200
"""Characters of a line, beyond which it is no line of date and source."""


_MARK_OF_SITE = re.compile("标识码|备案号|公安备案|ICP备|公网安备")
_KEEPER = re.compile(r"[ \t\u3000]*(?:(?:网站)?(?:主办|承办|协办|运维|维护|管理|建设)(?:单位)?|技术支持|版权所有)\s?[：:].{2,80}")
"""Who keeps the site that a page is of."""


def drop_furniture(draft: Draft) -> list[Edit]:
    """Breadcrumbs, 上一篇／下一篇, counters of visits, font switches, print and share links, addresses of the page, footers.

    Dates (发布时间, 更新时间) and sources of a notice stay. Only whole lines and pieces of the line of date and source go, nothing
    inside prose.
    """
    text = draft.text
    edits: list[Edit] = _alone(draft)
    taken = {edit.start for edit in edits}
    done = crumbs_end = 0
    while cue := _CUES.search(text, done):
        start = text.rfind("\n", done, cue.start()) + 1 or done
        done = text.find("\n", cue.end())
        end = done = len(text) if done < 0 else done
        if end - start > _LONGEST or start in taken or not draft.is_prose(start):
            continue
        body = text[start:end].strip()
        after_crumbs = crumbs_end > 0 and not text[crumbs_end:start].strip()
        crumbs = _CRUMB_CHAIN.fullmatch(body) is not None or (after_crumbs and _CRUMBS.fullmatch(body) is not None)
        found = _line_edits(text[start:end], start, body, crumbs)
        if found and _MARK_OF_SITE.search(body):
            edits += _keepers_above(text, start, taken)
        edits += found
        crumbs_end = end if crumbs or ("位置" in body and _LINE.fullmatch(body) is not None) else 0
    return sorted(edits, key=lambda edit: edit.start) if taken else edits


def _keepers_above(text: str, start: int, taken: set[int]) -> list[Edit]:
    """The lines right above the number of a site that say who keeps it (主办单位：…)."""
    edits: list[Edit] = []
    while start > 0:
        end = start - 1
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip() and not _KEEPER.fullmatch(text, start, end):
            break
        if start < end and start not in taken:
            edits.append(Edit(start, text[start:end], ""))
            taken.add(start)
    return edits


def _alone(draft: Draft) -> list[Edit]:
    """Lines that are a button of the page or the head of a list of other pages; with it the list, where it goes on to the end."""
    text = draft.text
    edits: list[Edit] = []
    links = editor = False
    lines = [(start, end) for start, end in draft.lines if start < end]
    only_links = len(lines)  # from this line on all might be titles of other pages
    while only_links and (_may_be_link(line := text[slice(*lines[only_links - 1])]) or _is_footer(line)):
        only_links -= 1
    for number, (start, end) in enumerate(lines):
        if links or (editor and end - start <= _LONGEST_NAME):
            edits.append(Edit(start, text[start:end], ""))
            editor = False
        elif (end - start <= _LONGEST_BUTTON or (end - start <= _LONGEST_BAR and _BARS.search(text, start, end))) and draft.is_prose(start):
            word = _FOREIGN.sub("", text[start:end].strip(_AROUND))
            listed = _LISTS.fullmatch(word) is not None
            if listed:
                links = number + 1 >= only_links
            editor = _EDITORS.fullmatch(word) is not None
            if listed or editor or all(_BUTTONS.fullmatch(one.strip(_AROUND)) for one in _BARS.split(word)):
                edits.append(Edit(start, text[start:end], ""))
    return edits


def _may_be_link(line: str) -> bool:
    return len(line) <= _LONGEST_LINK and _NO_LINK.search(_HEADLINE.sub("", line.strip())) is None


def _is_footer(line: str) -> bool:
    return len(line) <= _LONGEST and _CUES.search(line) is not None and _LINE.fullmatch(line.strip().lstrip(_POINTS)) is not None


def _line_edits(old: str, start: int, body: str, crumbs: bool) -> list[Edit]:
    if crumbs or _LINE.fullmatch(body.lstrip(_POINTS)):
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
