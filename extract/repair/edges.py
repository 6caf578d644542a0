"""Fixers of a notice's edges on a page: what its site prints above the title and below the end, and facts run together with the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.model import Edit
from extract.repair.draft import Draft

_FRONT, _LONGEST = 40, 200
"""Lines before the first sentence in which a site's words are looked for, and characters of such a line."""
_WIDE_GAP = re.compile(r"[ \u3000\xa0]{3,}|\u3000{2}")
_PROSE = re.compile("[。；]")
_SENTENCE = re.compile("[。；，]")
_EDGES = " \t\u3000\xa0•·*-|｜★☆◆◇■□●○▶►"
_DAY = r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2})?"

# What opens a fact of a page; a day stands behind those of the first group, else they are words of a sentence.
_DATED = "时间|日期|更新于|发布于|发布|更新"
_FACTS = (
    "发布时间|发布日期|发文日期|发文时间|成文日期|公开日期|公开时间|更新时间|更新日期|发表时间|发稿时间|录入时间|添加时间|信息时间|印发日期|"
    "信息来源|文章来源|稿件来源|新闻来源|发布机构|发布单位|发布人|发布者|浏览次数|浏览量|浏览数|阅读次数|阅读量|阅读数|点击次数|点击数|点击量|"
    "发文字号|发文文号|公文字号|公文文号|文件字号|文件编号|发文机关|发文单位|发文机构|主题分类|主题词|生成日期|"
    "访问量|访问次数|点击率|文字大小|字体大小|责任编辑|索引号|文号|来源|作者|编辑|责编|审核|字号|字体|浏览|阅读|点击|人气"
)
_FACT = re.compile(rf"[【\[（(]?(?:(?P<sure>{_FACTS})\s?[：:]|(?:{_DATED})\s?[：:]\s?(?={_DAY}))")
_BARE_DAY = re.compile(rf"(?<=\S)[ \u3000]+(?={_DAY}日?(?:\s\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?\s*[【\[（(]?$)")
"""Before a day without a word, which stands between the title and the first fact: …的通知 2031-05-02 来源：…"""
_THIN = re.compile(r"[A-Za-z] $")
_BEHIND = frozenset(" \t\u3000\xa0【[（(|｜/")
_TITLE_END = re.compile(
    r"(?:通知|意见|方案|公示|公告|通告|通报|报告|汇报|情况|清单|纪要|讲话|决定|办法|计划|会议?|函|批复|工作|要点|总结|召开|举行|[表单）)》”])\s?$"
)
_SHORTEST_TITLE = 8
_VALUES = {
    "day": (re.compile(rf"(?:{_DATED}|[\u4e00-\u9fff]{{2}}(?:时间|日期))"), re.compile(rf"{_DAY}(?:\s?日)?(?:[\sT]{{1,3}}\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?")),
    "number": (re.compile("文号|发文字号|公文文号|文件编号"), re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（](?:19|20)\d\d[〕\]］)）]\s?第?\d{1,4}\s?[号期]")),
    "index": (re.compile("索引号|信息索引号|统一编号|信息编号"), re.compile(r"[\w/-]{6,40}")),
    "body": (re.compile("(?:信息|文章|稿件|新闻)?来源|发布机构|发文机构|发文机关|发布单位|公开单位|作者|发布人"), re.compile(r"[\u4e00-\u9fff]{2,20}")),
}  # fmt: skip
"""Facts whose value may stand in the next line, and what their values look like."""
_LABEL_LINE = re.compile(r"([\u4e00-\u9fff]{2,6})\s?[：:]")
_CATALOGUE = (
    *(
        "索引号",
        "分类",
        "主题分类",
        "主题词",
        "发布机构",
        "发文机关",
        "发文机构",
        "发布日期",
        "发文日期",
        "成文日期",
        "公开日期",
        "上载日期",
    ),
    *("生成日期", "名称", "标题", "文号", "发文字号", "有效性", "关键词"),
)
_LABELS = "|".join("[ \u3000]{0,12}".join(label) for label in _CATALOGUE)
_LABEL = re.compile(rf"(?P<before>[ \u3000]*)(?<![\u4e00-\u9fff])(?P<label>{_LABELS})(?P<gap>[ \u3000]*)(?=[：:]|(?<=[ \u3000])\S)")
_COLUMNS = re.compile(rf"[ \u3000•]*(?:{_LABELS})[ \u3000]+[^ \u3000：:]")

_WORD = re.compile(
    r"首页|网站首页|正文|登录|注册|登录/?注册|用户中心|个人中心|搜索|检索|简体|繁体|繁體|简体版|繁体版|English|EN|RSS|RSS订阅|邮箱|邮箱登录|手机版|移动版|移动端(?:应用)?|移动应用|(?:登录|进入)?(?:个人|会员)中心|客户端|小程序|"
    r"(?:政务)?(?:微信|微博|新媒体|头条|邮箱)|(?:进入|开启|切换)(?:关怀版|关怀模式|适老模式|长者模式|老年模式|无障碍)|公众号|支持IPV6|无障碍|无障碍阅读|无障碍浏览|长者版?|长者模式|长者助手|长辈版|老年版|适老版|适老化|关怀版|关怀模式|大字版|智能问答|智能机器人|设为首页|加入收藏|收藏本站|网站地图|站点地图|"
    r"联系我们|关于我们|网站声明|版权声明|免责声明|隐私声明|法律声明|使用帮助|返回顶部|"
    r"(?:走进|魅力|印象|今日|感知|认识|了解|数说|服务|投资|旅游)[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{0,6}(?:概况|之窗|要闻|新闻|资讯|动态|公开|公示|公告|服务|办事|大厅|互动|参与|解读|回应|政策|法规|文件|专题|专栏|"
    r"查询|咨询|信箱|投诉|建议|职能|机构|领导|数据|统计|规划|发布|下载|链接|视频|图片|预警|宣教|建设|党建|人事|财政|招商|民意|征集|业务|许可|指南|网|门户|平台|中心)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[|｜丨/·•]+\s*|\s{1,12}")
_BAR = re.compile("[|｜丨]")
_FIELDS = re.compile("单位|时限|措施|目标|问题|责任|进展|情况|序号")
"""What stands in the head of a table, never in a menu."""
_FEWEST, _SURE, _LONGEST_WORD = 4, 2, 8
"""Words of a line that is a menu, words of a menu that stand nowhere else, and characters of the longest."""
_ONLY_MENU = re.compile(
    r"首页|网站首页|登录|注册|微信|微博|[简繁][体體][字版]?|English|EN|RSS.*|手机版|移动客户端|无障碍.*|(?:进入|开启|切换).{2,6}|政务(?:微信|微博|新媒体|头条|邮箱)|长.模式|长者.*|长辈版|设为首页|加入收藏|网站地图|联系我们|关于我们|.{0,2}政务?公开|信息公开|政府信息公开|"
    r"互动交流|政民互动|交流互动|公众参与|机构职能|办事大厅|办事服务|政务服务|网上办事|在线服务|新闻中心|走进.*|通知公告|专题专栏|(?:本网站)?(?:现?已经?)?(?:全面)?支持IPV6|用户中心|.{0,4}网站声明|政策法规|数据开放|政策解读|解读回应",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"[点↑↓▲]?\s?点击(?:上方|下方)?.{0,4}(?:蓝字|关注).{0,12}|"
    r"(?:您好[，,！!]\s?)?(?:热烈)?欢迎(?:您)?(?:访问|光临|来到|登录)[^。]{0,40}"
    rf"|(?:今天|现在|今日)(?:是|时间)?\s?[：:]?\s?(?:{_DAY}日?)?[^。]{{0,4}}(?:星期|周)[一二三四五六日天][^。]{{0,60}}|(?:今天|现在|今日)是\s?[：:]?\s?{_DAY}日?[^，。]{{0,30}}"
    rf"|{_DAY}日?\s?(?:星期|周)[一二三四五六日天][^。]{{0,40}}(?:登录|注册|℃|欢迎|设为首页|收藏|天气|搜索)[^。]{{0,40}}"
)
_WEATHER = re.compile(
    r"[\u4e00-\u9fff]{2,6}\s?[：:]?\s?(?:今[天日]|明天)?\s?(?:晴|多云|阴|[小中大暴阵雷雨夹]{1,4}雨|[小中大暴阵雨夹]{1,4}雪|霾|雾)\S{0,6}\s{0,3}-?\d{1,2}\s?(?:℃|°C?)?\s?[~～/至-]\s?-?\d{1,2}\s?(?:℃|°).{0,20}"
)
_SPAM = re.compile(
    "无码|一区二区|[三四]区|久久|精品|国产|亚洲|日韩|欧美|成人|午夜|福利|在线观看|免费观看|免费视频|乱码|时时彩|[一三五十]分彩|快三|百家乐|棋牌|彩票|博彩|真人|开奖|赌场|娱乐城"
)
_LEAST_SPAM = 3
"""Words that are written into the pages of sites that were broken into, and how many of them tell such a line."""
_TOOLS = re.compile(
    r"(?:用户名|密码|验证码|[帐账]号)\s?(?:[：:].{0,20})?|登录\s.{0,16}|(?:信息|站内|全文|高级)?(?:搜索|检索)|请输入关键[字词].{0,10}|第\s?[A-Z]?\d{1,2}\s?版[：:].{0,40}|"
    r"\d{1,2}px|(?:返回|回到)顶部|回顶部|(?:视力)?保护色|视力保护色|背景颜色|浏览(?:量|次数|数|次)?|阅读(?:量|次数|数)?|点击(?:量|次数|数|率)?|访问(?:量|次数)?|"
    r"(?:一键)?分享(?:到|至)?|字号|字体|字体大小|文字大小|朗读|语音播报|打印|收藏|纠错|A|下载Word(?:\s*下载PDF)?|下载PDF"
)
_TRAIL = re.compile(
    r"(?:您|你)?(?:现在|当前|目前)?(?:所在)?(?:的)?位置.*|(?:网站)?首\s?页\s*(?:[>»＞/|｜→\\]|->|::|&gt;|&raquo;).*|[>»＞].*"
    r"|[^\s>＞»，。；：]{2,20}(?:\s*(?:[>»＞→]+|->)\s*[^\s>＞»→，。；]{2,20}){2,}"
)
_ARROWS = re.compile(
    r"\d\.\s(?:(?:当前|您的)位置\s?[：:]?|首页\s?>.*|>\s?\S.*)|(?:网站)?首\s?页\s*(?:→|->|/|\\|::)\s*\S.*|[^\s→，。；：]{2,20}(?:\s*(?:→|->)\s*[^\s→，。；]{2,20}){2,}"
)
_BEHIND_TITLE = re.compile(
    r"[\s　]+(?:(?:您|你)?(?:现在|当前)?(?:所在)?(?:的)?位置\s?[：:]\s?)?(?:网站)?首页\s*(?:[>»＞→]|->)\s*[^\s，。]{2,20}(?:\s*(?:[>»＞→]|->)\s*[^\s，。]{2,20})*$"
)
_BEFORE_TITLE = re.compile(r"(?:\S{0,8}位置\s?[：:]\s?)?(?:网站)?首页(?:\s*[>»＞→]\s*[^\s>»＞→]{2,14})+\s+(?=[^\s>»＞→]{8,}$)")
_SITE = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:(?:政府|新闻|信息|政务|党建|发展)网|网站|门户|信息公开平台)"
    r"|[\u4e00-\u9fff]{2,12}(?:网|在线|热线|资讯|传媒)\s?[-_—|,，:：]{1,2}[^。；]{2,30}(?:门户|媒体|网站|平台|窗口|资讯|新闻网)"
)
_SUFFIX = re.compile(r"\s?(?:[-_|｜]|——?|--)\s?[^\n。；]{2,50}")
_LOGO = re.compile(r"[\u4e00-\u9fff]{2,16}(?:政府|局|委|委员会|厅|办公室|网|网站|门户网站|管委会|办事处|中心|平台|在线)")
_COLUMN = re.compile(
    r"(?:今日|魅力|聚焦|走进|关注)[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,4}(?:动态|要闻|新闻|资讯|快讯|信息|公告|公示|时政|之窗|在线|速递|传真|播报)"
)
_SERIES = re.compile(r"\d\s?[期号]|[：:]")
_LONGEST_COLUMN = 6
_LONGEST_SITE = 30

_FORM = re.compile(
    r"(?:文章)?(?:标签|关键[词字]|Tags?)\s?[：:].{0,60}|\d{0,5}\s?条评论|正文\s?[：:]|(?:昵称|验证码)\s?[：:].{0,16}|请输入验证码.{0,10}|(?:网友)?评论(?:列表|区)?|暂无(?:网友)?评论|(?:我要|发表|提交)评论|关联文件(?:\s+相关解读)?|"
    r"(?:下载\s?(?:Word|PDF|文档)\s*)+|"
    r"(?:当前|在线|总|累计|今日|本站)?访问(?:人数|量|人次).{0,40}|阅读\s?\d[\d.,万+]*|(?:分享|收藏|点赞|在看|赞|喜欢此内容的人还喜欢|预览时标签不可点|继续滑动看下一个|轻触阅读原文|阅读原文)+|"
    r"(?:相关|友情)链接\s?[|｜:：].{0,80}|(?:回复|支持|反对|举报|点评)(?:[\s\d]*\s(?:回复|支持|反对|举报|点评))+.{0,40}|"
    r"郑重声明\s?[：:].*|(?:特别)?声明\s?[：:].{0,40}(?:转载|本网|本站|版权).*|您是第.{0,12}(?:访|位).{0,8}|(?:累计|总)?访问(?:量|人数)?\s?[：:]?\s?\d*\s?(?:人次|次)?|建议使用.{0,30}(?:分辨率|浏览).{0,20}|网站支持IPV6.{0,20}|"
    r".{0,8}为您推荐.{0,8}|大家都在看.{0,8}|回到顶部|返回顶部",
    re.IGNORECASE,
)
_FRIENDS = re.compile("友情链接|快速链接|站群导航|网站导航|常用链接")
_LONGEST_END = 120


def part_facts(draft: Draft) -> list[Edit]:
    """Facts of a page that run on behind its title (…的通知发布时间：2031-05-02来源：…) begin a line, and are set apart from one another;
    a label above its value (发布时间： / 2031-05-02) is joined to it; a label set wide (索   引   号) is drawn together."""
    edits: list[Edit] = []
    lines = list(_front(draft))
    for number, (start, end) in enumerate(lines):
        line = draft.text[start:end]
        if "：" in line or ":" in line:
            edits += _apart(line, start)
            edits += _joined(draft.text, lines, number)
        if " " in line or "\u3000" in line:
            edits += _drawn_together(line, start)
    return sorted(edits, key=lambda edit: edit.start)


def part_lines(draft: Draft) -> list[Edit]:
    """A text that lost all its line ends, where wide gaps still stand between what were lines: each gap is a line end."""
    if draft.format != "txt" or len(draft.bodies) != 1 or len(draft.text) < _LONGEST:
        return []
    start, end = draft.bodies[0]
    gaps = list(_WIDE_GAP.finditer(draft.text, start, end))
    return [Edit(gap.start(), gap[0], "\n") for gap in gaps] if len(gaps) >= _FEWEST else []


def _apart(line: str, start: int) -> Iterator[Edit]:
    facts = list(_FACT.finditer(line))
    if not facts or _SENTENCE.search(line, facts[0].start()):
        return
    front = line[: facts[0].start()]
    day = _BARE_DAY.search(front)
    if day and _TITLE_END.search(front[: day.start()]) and day.start() >= _SHORTEST_TITLE:
        yield Edit(start + day.start(), day[0], "\n")
    elif len(facts) == 1 and not re.search(_DAY, line[facts[0].end() :]):
        return
    for fact in facts:
        before = line[: fact.start()]
        if not before or (before[-1] in _BEHIND and not _THIN.search(before)):
            continue
        told = _TITLE_END.search(before) is not None
        if fact is facts[0] and len(before) >= _SHORTEST_TITLE and not re.search("[：:]", before):
            if told or (fact["sure"] and len(facts) > 1):
                yield Edit(start + fact.start(), "", "\n")
        elif fact["sure"] and (fact is not facts[0] or told):
            yield Edit(start + fact.start(), "", "  ")


def _drawn_together(line: str, start: int) -> Iterator[Edit]:
    """Labels set wide; in a line that begins with one and has no colon behind it, each label stands apart from the values."""
    labels = list(_LABEL.finditer(line))
    columns = len(labels) > 1 and _COLUMNS.match(line) is not None
    for match in labels:
        label = "".join(match["label"].split())
        if columns or label != match["label"]:
            new = f"{'  ' if match.start() else ''}{label}{'  ' if match['gap'] else ''}"
            if new != match[0]:
                yield Edit(start + match.start(), match[0], new)


def _joined(text: str, lines: list[tuple[int, int]], number: int) -> Iterator[Edit]:
    start, end = lines[number]
    label = _LABEL_LINE.fullmatch(text[start:end].strip(_EDGES))
    if label is None or number + 1 == len(lines):
        return
    begin, stop = lines[number + 1]
    value = text[begin:stop].strip()
    if any(head.fullmatch(label[1]) and kind.fullmatch(value) for head, kind in _VALUES.values()):
        begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        yield Edit(end, text[end:begin], "")


def _front(draft: Draft) -> Iterator[tuple[int, int]]:
    """The lines before the first sentence that are no table."""
    count = 0
    for start, end in draft.lines:
        if start == end or not draft.text[start:end].strip():
            continue
        count += 1
        if count > _FRONT or end - start > _LONGEST or not draft.is_prose(start) or _PROSE.search(draft.text, start, end):
            return
        yield start, end


def drop_edges(draft: Draft) -> list[Edit]:
    """Menus, logos, greetings, today's day, columns and breadcrumbs above the title; forms, statements and links of the site below the end.

    Above the title all of a line must be the site's; a title, a letterhead, a fact of the notice stay, and so does every line from the first
    sentence on up to the last one.
    """
    text = draft.text
    front = list(_front(draft))
    gone = _above(text, front)
    whole = {text[start:end].strip() for start, end in front}
    edits = [Edit(start, text[start:end], "") for start, end in gone]
    for start, end in front:
        trail = _BEFORE_TITLE.match(text, start, end) if "首页" in text[start:end] else None
        if trail and _TITLE_END.search(text, trail.end(), end) and text[trail.end() : end] not in whole:
            edits.append(Edit(start, trail[0], ""))
        crumbs = (
            _BEHIND_TITLE.search(text, start, end) if ">" in text[start:end] or "＞" in text[start:end] or "»" in text[start:end] else None
        )
        if crumbs and crumbs.start() - start >= _SHORTEST_TITLE and (start, end) not in gone:
            edits.append(Edit(crumbs.start(), crumbs[0], ""))
    edits += [Edit(start, text[start:end], "") for start, end in _below(draft)]
    return sorted({edit.start: edit for edit in edits}.values(), key=lambda edit: edit.start)


def _above(text: str, front: list[tuple[int, int]]) -> list[tuple[int, int]]:
    bodies = [text[start:end].strip(_EDGES) for start, end in front]
    trails = [_TRAIL.fullmatch(body) is not None for body in bodies]
    sites = [_is_site(body) for body in bodies]
    lone = [_ONLY_MENU.fullmatch(body) is not None for body in bodies]
    beside = [a or b or c for a, b, c in zip(lone, sites, trails, strict=True)]
    sites = [site or (lone[i] and any(beside[j] for j in (i - 1, i + 1) if 0 <= j < len(bodies))) for i, site in enumerate(sites)]
    for i, body in enumerate(bodies[:-1]):
        if sites[i] or trails[i]:
            continue
        upper = all(sites[:i])
        longer = len(bodies[i + 1]) >= _SHORTEST_TITLE and not _SERIES.search(bodies[i + 1])
        if upper and (
            (sites[i + 1] and _menu_words(body)[0])
            or (_LOGO.fullmatch(body) and (sites[i + 1] or trails[i + 1]) and i + 2 < len(bodies))
            or _SITE.fullmatch(body)
            or any(_is_suffixed(body, other) for other in bodies[i + 1 :])
            or (len(body) <= _LONGEST_COLUMN and _COLUMN.fullmatch(body) and longer)
        ):
            sites[i] = True
    for i, body in enumerate(bodies):  # the title of the page's head with the site's name, and the notice's own further down
        again = next((j for j in range(i + 2, len(bodies)) if _is_suffixed(body, bodies[j])), i)
        between = bodies[i + 1 : again]
        if again > i and not any(_SENTENCE.search(line) or len(line) > _LONGEST_SITE for line in between):
            sites[i:again] = [True] * (again - i)
    return [line for line, site in zip(front, sites, strict=True) if site]


def _is_suffixed(body: str, title: str) -> bool:
    """Whether a line is the title of the page's head: the notice's own, which follows, and the site's name (…的通知-某某政府网)."""
    return len(title) >= _SHORTEST_TITLE and body.startswith(title) and _SUFFIX.fullmatch(body, len(title)) is not None


def _is_site(body: str) -> bool:
    if (
        _GREETING.fullmatch(body)
        or _WEATHER.fullmatch(body)
        or len(_SPAM.findall(body)) >= _LEAST_SPAM
        or _TOOLS.fullmatch(body.strip(" ：:【】[]"))
        or _ARROWS.fullmatch(body)
    ):
        return True
    bars = [word.strip() for word in _BAR.split(body)]
    if (
        len(bars) > _FEWEST
        and all(0 < len(word) <= _LONGEST_COLUMN for word in bars)
        and any(map(_WORD.fullmatch, bars))
        and not _FIELDS.search(body)
    ):
        return True
    words = _BETWEEN.split(body)
    if len(words) > 1 and all(_ONLY_MENU.fullmatch(word) for word in words):
        return True
    known, sure = _menu_words(body)
    return known > 0 and sure >= _SURE - (known > _FEWEST)


def _menu_words(body: str) -> tuple[int, int]:
    """How many words of a line a menu may hold, 0 where they are few or less than half, and how many stand nowhere else."""
    words = [word for word in _BETWEEN.split(re.sub("首[ \u3000]+页", "首页", _drawn(body))) if word]
    if len(words) < _FEWEST - (words[:1] in (["首页"], ["网站首页"])) or any(len(word) > _LONGEST_WORD + 4 for word in words):
        return 0, 0
    known = sum(1 for word in words if _WORD.fullmatch(word))
    return (known if 2 * known >= len(words) else 0), sum(1 for word in words if _ONLY_MENU.fullmatch(word))


def _drawn(body: str) -> str:
    """A menu whose words are set wide (政 务 公 开 网 上 办 事), parted into words of four."""
    letters = body.split()
    if len(letters) < 2 * _FEWEST or any(len(letter) > 1 for letter in letters):
        return body
    joined = "".join(letters)
    first = 2 if joined.startswith("首页") else 0
    return " ".join([joined[:first], *(joined[i : i + 4] for i in range(first, len(joined), 4))])


def _below(draft: Draft) -> list[tuple[int, int]]:
    """The lines behind the last sentence that are the site's; all that follow the head of its links."""
    text = draft.text
    lines = [line for line in draft.lines if text[slice(*line)].strip()]
    found: list[tuple[int, int]] = []
    links = len(lines)
    for number, (start, end) in reversed(list(enumerate(lines))):
        body = text[start:end].strip(_EDGES)
        formed = end - start <= _LONGEST_END and _FORM.fullmatch(body) is not None
        if not draft.is_prose(start) or end - start > _LONGEST_END or ("。" in body and not formed):
            break
        if _FRIENDS.fullmatch(body.strip("：:【】[] ")):
            found, links = [], number
        elif formed or _is_site(body):
            found.append((start, end))
    return lines[links:] + found
