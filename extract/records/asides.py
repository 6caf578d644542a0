"""What stands around a noun phrase and is no part of it: hidden words, adverbs at its end, stages, aims, media and ground."""

from __future__ import annotations

import regex

_HIDDEN = regex.compile(
    r"连续[一二三四五六七八九十两\d]+个?(?:年|月|天|周|季度)|[\ue000-\ue003]+|[（(][^（）()]*(?:达到|优于|以上|以下|其中|包括|不含|含|占)[^（）()]*[）)]|[（(][^（）()]*\d[\p{Han}%][^（）()]*[）)]|^[（(][^（）()]*[）)]|[（(][^（）()]*$"
)
_HIDING = frozenset("连（(\ue000\ue001\ue002\ue003")
"""What every stretch that is hidden begins with."""
_AIM_IS = regex.compile(r"^.{0,24}?目标(?:任务)?(?:(?:主要|就)?[是为](?=.{2})|(?=[A-Z]))")
"""今年护林工作的目标任务是|造林, 空气质量目标|PM10: what is wanted stands behind."""
_MEANS = frozenset("采通以运利借按")
_OWED = ("率", "比例")
EDGES = " 　，、；：。\"'的了"
_TRAILING = r"(?:先后|相应(?:调整|提高|增加|减少)?|务必|必|每[亩户人吨]|最高|最低|最多|(?<=\p{Han}{2})最[大小长短深]|最|一直|长期|常年|连续[\d一二三四五六七八九十]+个?(?:年|月|天|周|季度)|依次|未|尚欠|刚过|只有|还有|仍有|尚有|共有|现有|已有|约有|就有|仅有|都有|还差|还|仍|就|(?<=\p{Han}{2})(?<!完成|推进|实施|开展|抓好|抓紧|加快)剩[余下]?|一度|曾|至今|分别|均|都|首次|一共|共计?|合计|累计|约|已|则|将|仅|只|平均|年均|预计|预期|同口径|可比口径|按可比价格?(?:计算)?|同比|目前|实际|总计|全部|一般|原则上|力争|确保|要|(?<!相)应|双双|虽然?|却|反而|暂按|反倒|每学期|没有|(?<![人英高多])才|须|需|总体|基本|持续|始终|稳定|不|中|里|大幅|逐步|由|从|较|与|在|也|数量|等|(?<!纯|洁|干|清)净)"
"""Words of which none is two others, so that a run of them is read in one way only."""
_PER = "按每"
_TAIL = regex.compile(rf"{_TRAILING}*+(?:{_PER}\p{{Han}}{{1,4}}{_TRAILING}*+)?$")
_TAIL_CHARACTERS = _TRAILING + "0123456789"
"""A run of these holds every such tail without 按每: characters of the pattern that are none of its words do no harm."""
_BASED = regex.compile(r"(?<=.{2})在[^，。；、]{1,10}基础上(?:再|又|还|继续)?$")
"""办理时限|在法定基础上再|压缩30%: from where it is changed."""
_AT_TIMES = regex.compile(r"(?:^\p{Han}{0,2}|(?<=[量荷率度值流位数耗]))(?:高峰|低谷|枯水|丰水|旺季|淡季)[时期]$")
"""用电负荷|高峰时: when it was measured."""
_FEWER = regex.compile(r"(?<=.{2})[由从](?:每[年月季周日天])?[数几上近百千万十]+[余多来]?[件个起次人吨处家名]$")
"""餐饮类投诉|从每月百余件: a level that is told in no figures."""
_MUST = regex.compile(
    r"^(?=[^，。；、]{0,24}的)[^，。；、]{4,24}?(?<![主重需必首紧])(?:要|应当?|须|需要?|必须)(?:确保|做到|保证|实现|力争)(?=[^，。；、]{3,}(?:率|比例)$)"
)
"""有管网的村庄要确保|污水接入率: whose duty the rate is."""
_SEEN_BY = regex.compile(r"^[^，。；、]{2,14}(?:显示|表明)(?=[^，。；、]{2,}$)")
"""监管平台显示|在线率: by what it was seen."""
_MEDIUM = regex.compile(r"^[^，。；、]{0,12}(?:空气|大气)中的?(?=[^，。；、]{2,}(?:浓度|均值|含量)?$)")
"""县城空气中|二氧化硫: in what it is measured."""
_INSIDE = regex.compile(
    r"^[^，。；、]{0,18}(?:区|红线|范围|园|城|带|界线?|圈|流域|大堤|校|境)内的?(?!涝|河|部|陆|外|容|环|需|控|资|湖|港|江|设|置|有|存在|的)(?=\p{Han}{2})"
)
"""核心保护区内|违规建筑: in what ground it lies, which is a place."""
_STAGED = regex.compile(
    r"^(?:(?:减排|停产|限产|整改|检修|汛|高温|冬奥|活动|预警|应急响应|施工|汛期|枯水|丰水|采暖|封控|管控|攻坚|节日|春节|国庆)(?:期间|时段|时)|[一二两三四五六七八九十]年(?:内|间|累计|共|总共|合计)*(?=计划|预计|拟|总?投[入资]|安排|完成|建成|新增|累计)|“回头看”(?=\p{Han}{2}.{2})|扣除价格(?:上涨)?因素(?:影响)?后?|历时(?:\d+|[一二两三四五六七八九十半]+)(?:个?多?[年月周]|天|日)半?|分[一二两三四五六七八九十\d]+(?:年|期|批|步|阶段|年度|批次)|过去[一二两三四五六七八九十]年|[一二两三四五六七八九十]年来|过去一年)"
)


_WHERE_WE_ARE = regex.compile(
    r"^[^，。；、]{0,10}?(?:我们|咱们|[来到在]|(?<=[^，。；、]))(?:这里|这儿|这边|我[县市区镇乡]|(?<=[我咱]们)[县市区镇乡村省])(?=\p{Han}{2}|PM)"
)
"""去年入冬后我们这里|PM2.5, 来这里|越冬的候鸟."""
_FOR_THEM = regex.compile(
    r"^(?:给|向|为)(?:全[县市镇村])?(?:村民|群众|农户|困难群众|职工|农民|居民|村集体|牧民|渔民|学生|患者|社会|市场|上级|企业)(?=\p{Han}{2})"
)
"""给村民|分红: for whom it was done."""
_BY_MEANS = regex.compile(
    r"^(?:[^，。；]{0,30}?等(?:多种)?|(?:采[取用]|通过|以|运用|利用|借助|按照?)[^，。；、]{2,14}?)(?:方式|形式|办法|途径|手段|渠道|举措|模式|方法)(?!的)(?=\p{Han}{4})"
)
"""定向培养等方式|补充教师: by what means it was done."""
_OF_ALL_KINDS = regex.compile(r"^[^，。；]{2,}?(?:各类|各种|各式|各色)(?=\p{Han}{2})")
"""打非收缴各类|爆竹: what stands before is done to them."""


def shown(text: str) -> str:
    """A phrase without what is hidden or aside in it."""
    return text if _HIDING.isdisjoint(text) else _HIDDEN.sub("", text)


def untailed(text: str) -> str:
    """A phrase without the adverbs at its end; most end in no character that these hold."""
    tail = 0 if _PER in text else len(text.rstrip(_TAIL_CHARACTERS))
    found = _TAIL.search(text, tail) if tail < len(text) else None
    return text[: found.start()] if found is not None else text


def without_asides(text: str, *, verbs: bool) -> str:
    """A phrase without what tells from where, in what stage, to what aim or in what medium something is counted; `verbs` as for nouns."""
    rest = shown(text).strip(EDGES).lstrip("”")
    rest = untailed(_BASED.sub("", rest) if "基础上" in rest else rest)
    rest = _FEWER.sub("", rest) if rest[-1:] in "件个起次人吨处家名" else rest
    rest = _AT_TIMES.sub("", rest) if rest[-1:] in "时期" else rest
    rest = _STAGED.sub("", rest)
    if verbs:
        owed = rest[-1:] == "率" or rest[-2:] == "比例"
        rest = _MUST.sub("", rest) if owed else _without_means(rest)
        rest = _AIM_IS.sub("", rest) if "目标" in rest else rest
    rest = _SEEN_BY.sub("", rest) if "显示" in rest or "表明" in rest else rest
    return _MEDIUM.sub("", rest) if "气中" in rest else rest


def _without_means(rest: str) -> str:
    """A phrase that tells no rate, without who speaks, by what means it was done, and what is done to all kinds of a thing."""
    rest = _WHERE_WE_ARE.sub("", rest) if "这" in rest or "我" in rest or "咱" in rest else rest
    rest = _BY_MEANS.sub("", rest) if "等" in rest or rest[:1] in _MEANS else rest
    rest = _FOR_THEM.sub("", rest) if rest[:1] in "给向为" else rest
    return _OF_ALL_KINDS.sub("", rest) if "各" in rest[2:] else rest


def without_ground(text: str) -> str:
    """A phrase without the ground in which its thing lies, where nothing is measured by a rate: 核心保护区内|违规建筑."""
    return text if text.endswith(_OWED) else _INSIDE.sub("", text)
