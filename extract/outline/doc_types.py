"""The kind of a document, told by its title or, where that tells none, by its first words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from extract.model import DocType

LEAD = 160
"""Characters in which a text begins to tell what it is."""
PAPERS = ("通知", "通报", "纪要", "函", "请示", "报告", "公示", "公告", "的讲话", "通告")
VISITED = re.compile(
    r"(?!关于)[^《》]{2,40}?(?:下沉|莅临|深入|赴|走进|抵达|来到?|(?:带队|率队|一行|[组长]|带队[\u4e00-\u9fff]{1,8}|长[\u4e00-\u9fff]{2,3})到)(?!基层|一线|推进|开展|实施|贯彻|学习|落实)(?P<where>[^《》]{2,20}?)(?:(?:开展|进行)[^《》]{0,24}?)?(?:督[察导查]|检查|调研|视察|考察|指导|核查|暗访|慰问)"
)
"""A headline of who came where to look: 某督导组赴某县督导整改."""
NEWS = re.compile(
    r"(?:^|[，,。\s])(?:近日|日前|今天|昨日)?[，,]?((?:[\u4e00-\u9fff]{2,10}[省市州县区旗盟]|[省市州县区旗盟](?![委直级长政府]))(?:(?!会在)[\u4e00-\u9fff]){1,26}?)(?:党组|党委)?(?:(?:(?:党组|党委)书记、)?(?:主任|局长|厅长|院长|校长|支队长)[\u4e00-\u9fff]{2,3}?)?(?:组织|主持|专题|集中)?(?:召开|举行|举办|(?:通报|公布|发布|印发)了)"
)
"""A story about who held a meeting."""
_GREETED = 200
_GREETING = re.compile(r"(?:^|\n|。)(?:同志们|各位领导|各位同志|各位代表)[^\n。，,]{0,12}[：:！!]")
_REPORTED = re.compile(
    r"(?:记者|通讯员)[^。\n]{0,60}(?:获悉|了解到|报道)|(?:\A|\n)\s*(?:昨[日天]|今[日天]|近日|日前|\d{1,2}日)?[^。，\n]{0,12}从[^。，\n]{2,30}(?:获悉|了解到)|(?:本报|本网|网|日报|晚报|社|台|在线|快)讯[\s(（,，]|(?<![^\n])[\u4e00-\u9fff]{2,10}(?<![通简短音资喜快])讯(?!息|员|问|速)|\d日[电讯]|[(（](?:全媒体|本报|见习|总台\S{0,4})?记者[\s　]?[^）)\n]{2,12}[）)]"
)
_BYLINE = re.compile(
    r"(?:记者|通讯员|特约记者|摄影)[\s　：:/]+[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|(?:来源|稿源|信源)[\s　：:]*[^\n]{0,12}(?:日报|晚报|早报|晨报|时报|商报|新华社|电视台|广播电台|融媒体?中心|新闻网|人民网|新华网)"
)
"""Who wrote a story or which paper printed it, told between its title and its text."""
_ACCOUNT = re.compile("情况|一览|公[示告开]|通报|报告|[清名]单|台账|汇总")
"""What a title of an account holds, which a paper may print whole."""
_MADE_PUBLIC = re.compile("公开|发布|出台|启动|公布|通报(?=[^（(])")
_SETTLED = re.compile(
    r"(?:已|累计|全部|阶段性)(?:办结|完成整改|整改完成|完成)\s?\d|(?:截[至止]|目前)[^。；\n]{0,60}(?:完成整改|整改完成|办结|销号)\s?\d"
)
_DEED = re.compile(
    r"(?:^|\n)(?:近日|日前|连日来|近期|今天|昨日|(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:[上下]午)?(?:\d{1,2}[时点]许?)?|\d{1,2}日(?:[上下]午)?)[,，]"
)
_HELD = re.compile(
    r"(?:会议?|大会)(?:于)?(?:近日|日前|今天|昨[天日]|(?:\d{1,2}月)?\d{1,2}日)(?:[上下]午)?(?:在[^，。,\n]{2,20})?(?:召开|举行)"
    r"|(?:近日|日前|今天|昨[天日]|(?:\d{1,2}月)?\d{1,2}日)(?:[上下]午)?[，,]?[^，。,\n]{0,30}(?:召开|举行)"
)
_HEADLINE = re.compile(
    r"见成效|见实效|显成效|成效[显凸]著|成效明显|再上新?台阶|圆满完成|(?:积极|扎实|全力|大力|深入|持续|着力|切实|稳步|加快|强力|有序|纵深|统筹|精准)(?:推进|推动|开展|做好|打好|抓好|落实|实施|部署|提升|整治|打造)|多措并举|"
    r"打响|吹响|迎来|率先|[超近逾][一二三四五六七八九十]成|超额完成"
)
"""What the title of a story about a deed boasts of, and no name of a paper."""
_DOES = re.compile(
    r"(?!关于)[^《》的，。：]{2,14}(?:[局委办厅镇乡县市区旗村院校]|街道|中心|大队|支队|公司|社区|集团|政府)(?:开展|组织|启动|完成|举办|部署|落实|推进|加快|强化|加强|抓好|做好)[^《》]{4,40}(?<![表案单册书法知见要])$"
)
"""A headline of what a body does: 某市水利局开展河道清淤工作."""
_MAKES_PUBLIC = re.compile(
    r"(?!.{0,20}关于)(?:[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{2,12}(?:[省市县区州旗盟局委办厅]|政府|办公室))(?:联合|日前|近日)?(?:(?:印发|出台|发布|公布)(?=[\d《“\u4e00-\u9fff])|(?:公开)?(?:通报|曝光)(?=[\d一二三四五六七八九十]+[起例个]))(?!.*(?:通知|通告|公告|情况|进展|结果|成效|清单|方案)$)"
)
"""A headline of who made a paper public: 某省印发河湖管护规划."""
_PICTURED = ("一图读懂", "一图看懂", "图解", "图说", "一张图读懂", "一张图看懂")
_OUT = re.compile(
    r"(?!关于).{2,40}(?:方案|计划|意见|规划|办法|条例|清单|政策|措施|名单|要点)[》”]?(?:正式|重磅|即将|今起|今日)*(?:出炉|落地|发布|出台|亮相|敲定|获批|来了|上线)(?:$|[：:，,！!　 ])"
)
"""A headline of a paper that is out: 某市治水方案出炉：18项任务."""
_TOLD = re.compile(
    r"(?!关于)[^《》。：]{2,50}?(?:完成|建成|实现|达到?|突破|超过?|提高到?|下降|增长|查处|整改|办结|投入|改造|新增|新建|拆除|清理|疏浚|治理|处罚|救助|发放)[^《》，。：]{0,16}?\d[\d.,]*[余多]?[%％万亿个家座处件项公里吨亩户所台辆起宗]"
)
"""A headline that is a sentence with its figure: 某县三年完成改厕1.2万座."""
_REVIEW = re.compile(r"(?:领导|支持|指导|帮助|关心)下[^。]{0,200}(?:成效|成绩|取得|圆满|较好|进展)")
"""How a review of a year's work begins: 2031年，在县委的正确领导下，…取得明显成效。"""
_DONE = re.compile(
    r"(?:交办|反馈|移交|公开|开展|成立|建立|完成|召开|制定|印发|出台|组织|实施|取得|形成|查处|整改|投入|建成|解决|推动)了|均已|已(?:整改|完成|办结|建成|解决)|累计(?!达到)|取得[^。，]{0,8}(?:进展|成效)"
)
_DUE = re.compile(r"(?<![主重需首紧只])要(?![求点素件闻道害])|必须|应当|务必|力争|确保(?!了)|不得|严禁|[年月]底前")
_REPLY = ("批复", "函")
_REPLIES = re.compile(r"[函批答回]复如下|(?:请示|报告|来函|来文|的函)[》”]?(?:[（(][^（）()\n]{4,30}[）)])?(?:均?已)?收悉")
"""What answers whoever asked: …的请示收悉。现批复如下."""
_DEEDS = 4
"""Deeds told at the opening of an untitled text that gives an account."""
_SAYS: tuple[tuple[DocType, re.Pattern[str]], ...] = (
    ("minutes", re.compile(r"纪要如下|议定(?:如下|以下)?事项(?:如下)?|\A[^。，；：\n《》]{0,40}会议纪要")),
    (
        "progress",
        re.compile(
            r"(?:情况|进展|整改|工作)[^。，]{0,12}(?:报告|汇报|通报|公示|公开|函告|总结)如下|现将[^。；\n]{0,50}(?:情况|进展|成效|结果)(?:予以|进行|向社会)?(?:通报|公示|公开|公布)(?![^。，]{0,8}(?:通知|方案|办法))|(?:情况|进展)作[^。，]{0,4}汇报"
            r"|\A\s*一、(?:(?:19|20)\d\d年度?|今年以来|上半年)?[^。，；\n]{0,14}(?:完成|进展|开展|落实|推进|工作)情况\s*\n"
            r"|(?:^|\n)(?:[一二三四五六七八九十]、|[（(][一二三四五六七八九十][）)])?(?:目前|工作|整改|任务|目标|办理|实施|最新|阶段性?)?(?:完成|进展|落实|推进|办理|整改|执行)(?:落实|进展|完成)?(?:情况|进度)[：:]"
        ),
    ),
    ("plan", re.compile("制[定订](?:本|如下|以下)整改(?:工作)?(?:方案|计划|措施)")),
    (
        "notice",
        re.compile(
            "制[定订](?:本|如下|以下)(?:[^。，]{0,6})(?:方案|计划|意见|办法|措施|细则|规定|规划|预案)|提出(?:如下|以下)[^。，]{0,6}意见|(?:通知|通告|公告|函复|批复)如下|(?:任务|分工|职责|责任|工作|事项|要求|问题)[^。，；]{0,6}(?:作(?:出)?|明确|分解|安排|划分|分工|部署|规定|调整)如下|现就[^。；\n]{2,60}(?:明确|安排|要求|部署)如下"
        ),
    ),
)
"""What an untitled paper says of itself before its first item."""
_ISSUED = re.compile(r"现(?:将[^。\n]{0,80}|予以?)?(?:印发|下发|转发)(?:给)?(?:你们|各|，请|,请)")
"""What hands a paper on to those who are to carry it out, whatever its title is."""
_MATTER_FIELD = re.compile(r"^(责任单位|牵头单位|整改时限|整改措施|整改目标|完成时限)[：:]", re.MULTILINE)
_TASK_HEAD = re.compile(r"^(?:序号|编号)\s?[|｜\t ].*(?:责任|牵头|承办)(?:单位|部门|人)", re.MULTILINE)
_MET = re.compile(r"(?!关于)[^《》]{2,60}?(?<!关于)(?:召开|举行|赴)[^《》]{2,60}?(?:听取|征求|审议|研究|讨论|部署|学习|传达|贯彻)")
_DONE_OF_PLAN = re.compile("整改(?:任务|问题|事项|阶段|完成|情况|进展)|(?:落实|完成|办理|进展)情况|销号|验收")
_SPLITS = re.compile("分解|分工|责任|任务")
_LIST = re.compile("[清名]单|台账|一览表")
_ASIDE = re.compile(r"[（(][^（）()]{1,20}[）)]$")


def doc_type_of(title: str, types: Mapping[str, str], *, titled: bool = True) -> DocType:
    """The kind of document that a title tells: its longest telling word counts, of two as long the later one.

    Without a title only the opening can tell of a meeting.
    """
    if not titled:
        return "news" if NEWS.search(title) or "召开" in title else "other"
    if ((_MET.match(title) or VISITED.match(title)) and not title.endswith(PAPERS)) or _MAKES_PUBLIC.match(title) or _OUT.match(title):
        return "news"  # 某县召开会议审议整改方案, 某督导组赴某县督导整改情况, 某省发布年度报告
    if title.startswith(_PICTURED):
        return "other"
    best, kind, told = (0, -1), "other", ""
    last, closing = 0, ""
    bare = _ASIDE.sub("", title)
    for word in [word for word in types if word in title]:
        place, type_ = title.rfind(word), types[word]
        if (len(word), place) > best:
            best, kind, told = (len(word), place), type_, word
        if bare.endswith(word) and len(word) > last:
            last, closing = len(word), type_
    if kind in ("plan", "task_list") and bare.endswith(PAPERS) and _DONE_OF_PLAN.search(title, title.rfind(told) + len(told)):
        return "progress"  # 整改方案第9条任务销号的公示
    if closing == "other" and bare.endswith(_REPLY):
        return "other"  # 关于县水网实施方案的批复
    # 关于召开会议的通知, 学习讲话精神的通知 印发任务分工方案的通知 and 报送进展情况的通知 are notices: a meeting, a speech, who does what or what was done is only what they are about.
    # 政府工作报告任务分解 and 政府工作报告任务完成情况 are what their last word says.
    about = (
        kind in ("news", "speech")
        or (kind == "other" and closing in ("task_list", "progress"))
        or (kind == "other" and closing == "notice" and _SPLITS.search(title))
        or (closing == "progress" and "》" in told)
        or bare.endswith(("决议", "纪要"))
        or (kind in ("task_list", "progress") and title.endswith("通知") and not _LIST.search(title))
    )
    return cast("DocType", closing if closing and about else kind)


def _ends_in(title: str, types: Mapping[str, str]) -> bool:
    """Whether a title ends in a word that names a paper, as a headline that only holds one (反馈意见整改提速) does not."""
    return _ASIDE.sub("", title).endswith(tuple(types))


def lists_tasks(text: str) -> bool:
    """Whether an untitled text goes through matters one by one (责任单位：… 整改时限：…), or begins with the head of a table of tasks."""
    fields = _MATTER_FIELD.findall(text)
    return len(fields) > len(set(fields)) or _TASK_HEAD.search(text) is not None


_PAPER = re.compile(
    r"(?:报告|[书复录表案单问信令]|要点|总结|指引|说明|材料|职责|职能|制度|机制|规范|预算|决算|公报|批示|承诺|倡议|协议|合同)\s?(?:[（(][^（）()]*[）)])?$"
)
"""How the titles of papers end beside the words for kinds of papers; another one is a headline that says what happened (某县渠道管护提速)."""


def type_by_opening(told: DocType, title: str, front: str, start: str, end: str, types: Mapping[str, str]) -> DocType:
    """The kind of document, where the title tells none, by its first words: a speech greets, a reporter heard or a body did something, a year is looked back on.

    front: what stands before the text.   start, end: how the text begins and ends.
    A reporter's story about a plan made public (某县公开整改方案) is news too.
    """
    lead = start[:LEAD]
    if (_REPORTED.search(lead) and (told == "other" or _MADE_PUBLIC.search(title) or not _ends_in(title, types))) or (
        told == "progress" and _MADE_PUBLIC.search(title) and _REPORTED.search(end)
    ):
        return "news"
    if not title and (said := next((kind for kind, pattern in _SAYS if pattern.search(start)), None)):
        return said
    if title.endswith(_REPLY) and _REPLIES.search(start):
        return "other"
    if told == "progress" and not _ends_in(title, types) and _DOES.match(title):
        return "news"  # 某县开展校车运行情况“回头看”核查
    if title and told in ("other", "progress") and not _ACCOUNT.search(title) and not _ends_in(title, types) and _BYLINE.search(front):
        return "news"
    if told not in ("other", "news") or any(word in title for word in types):
        return told
    if _GREETING.search(start[:_GREETED]):
        return "speech"
    if told == "other" and _ISSUED.search(start):
        return "notice"
    if told == "other" and (_SETTLED.search(start) or title.endswith("情况")):
        return "progress"
    if _DEED.search(lead) or _HELD.search(lead) or _HEADLINE.search(title) or _DOES.match(title) or _TOLD.match(title):
        return "news"
    if not title and told == "other" and len(_DONE.findall(start)) >= _DEEDS > 2 * len(_DUE.findall(start)):
        return "progress"
    if _REVIEW.search(lead):
        return "progress"
    return "news" if told == "other" and title and not _PAPER.search(title) else told
