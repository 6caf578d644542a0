"""What the text around a number tells of it: its sections, its paragraph and the words of time before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from extract.model import Node

_ACCOUNTED = regex.compile(
    r"(?<!(?:要|力争|确保|必须|达到)[^，；。]{0,20})(?:完成|占)(?:全年|年度|当年|目标|计划|工作)*(?:任务|计划|目标)(?:总?[数量])?的?\d[\d.]*%(?!以上)"
)
"""What share of a plan is done, which only an account tells: 清淤32公里，完成年度任务102%."""
_OPENING = 16
"""Characters of an item in which its opening words say what it is about."""
_TO_COME = regex.compile(
    r"下一?步|下一?阶段|要求|打算|安排|目标|建议|措施|任务|力争|今后|展望|明年|思路|谋划|重点工作|工作重点|坚决|加快|抓好|打好"
)
_PARAGRAPH = 3000
"""Characters of a paragraph that is looked through from its end."""
NEXT = regex.compile(
    r"[^，。：；\n]{0,4}?(?:下一?步|下一?阶段|今后一个时期|今后一段时期)|20\d\d年(?:度)?[^，。：；\n]{0,8}?(?:预算(?:草案|安排)|工作(?:计划|安排|打算|思路|重点|要点|任务)|工作目标)"
    r"|[^，。：；\n]{0,10}?(?:抓好|做好|办好|办成|推进|落实好?|实施好?|突出)(?:以下|下列|如下)[^，。；：\n]{0,12}(?:工作|任务|方面|实事|举措)[：。]"
)
"""下一步，我市将重点抓好…: a paragraph of what is to come, wherever it stands."""
RETOLD = regex.compile(
    r"(?![^，。]{0,20}(?:任务|要求|下一?步|今后))[^，。；\n]{0,14}(?:成绩|成效|回顾|现状|差距|怎么看|家底)|(?:关于)?(?:过去的?[一五]年|[一五]年来)(?:政府|主要)?的?工作"
)
"""家底要算清，短板要认清: a section of a speech that looks back."""
_AROUND = 700
"""Characters before and behind a sentence that are looked through for that."""
_TELLS = re.compile(
    r"(?<![对将把就从按])已(?![^，。；]{1,8}的)|取得了?|得到|成效|[截至止]止?20\d\d年|截[至止]|以来|累计|一年来|同比|环比|较上年|较去年"
    r"|共(?!同|建|享|治)[\u4e00-\u9fff]{1,8}\d|顺利通过|成功|圆满|目前|[\u4e00-\u9fff]了(?=[\u4e00-\u9fff\d])|有序推进"
)
_ORDERS = re.compile(
    r"(?<![主重需必首紧])要(?!求?[点素件闻])|要求|务必|力争|确保|必须|[底日月]前|不得|不[少低高超][于过]|应当|将(?:于|在|对|会|继续|进一步)|下一步|计划"
)
_TIMES = re.compile(
    r"(?P<past>过去的?[一两三五]?年|(?<![今未])[一两三五]年来|这[一三五]年，|回顾|去年(?!以来的|同期)|近年来|上届政府|本届政府(?:任期|以来))"
    r"|今后|未来[一二三五十]|下一?[步年]|下一?阶段|新的一年|明年|(?<![比较与])今年(?!以来|上半年|[前一二三1-9])|总体要求|主要目标|预期目标|工作任务|重点(?:抓好|做好|工作[是：])|力争|(?<!为)(?<!为了)确保"
)
_YEARS = re.compile("(?<![今未])[一两三五]年来")
_FAR_MORE = 3
_PARTS = regex.compile(
    r"^[ 　]*(?:第[一二三四五六七]部分[：:、 　]*)?"
    r"(?:(?P<ahead>(?:20\d\d年(?:度|下半年)?|[明来]年|下半年|下一?步|下一?阶段|今后[^，。；：\n]{0,5})[^，。；：\n]{0,10}"
    r"(?:要点|计划|安排|打算|思路|重点|任务|目标|部署|举措|预算(?:草案)?|建议))"
    r"|(?:20\d\d年(?:度|上半年)?|过去[一五]年|[一五]年来|上半年|去年|前三季度)[^，。；：\n]{0,10}(?:总结|回顾|情况|成效|成绩|进展))[ 　]*$",
    regex.MULTILINE,
)
"""A line that names a part of a text without a number of its own: 2031年工作要点, 2030年工作回顾."""
_SETTLES = regex.compile(
    r"(?:批复|核准)(?:的通知)?(?:（[^（）]*）)?$|(?<!执行情况的?)(?:采购|招标|磋商|询价|遴选|比选|出让|拍卖)(?:文件|公告|公示|需求|方案|邀请函?)|20\d\d年[^，。\n]{0,16}预算(?!执行)(?:公开|说明|草案|编制|安排|情况)*(?:的?说明)?$"
)


def recalls(nodes: Sequence[Node], text: str, node: int | None, sentence: int) -> bool:
    """Whether the words of time last told in an item up to the sentence that begins at a place, or that open it, look back: 过去五年."""
    told = _times(text, sentence, 0 if node is None else nodes[node].start)
    return bool(told) and told[-1]


def tells_of_years(text: str, sentence: int) -> bool:
    """Whether the words of time last told in the paragraph of a sentence, before it, look back: 五年来，…呈现三个特点：一是…."""
    start = text.rfind("\n", max(sentence - _AROUND, 0), sentence) + 1
    return _YEARS.search(text, start, sentence) is not None and _times(text, sentence, start)[-1]


def foretells(text: str, sentence: int) -> bool:
    """Whether the words of time last told before the sentence that begins at a place, or that open it, look ahead: 今年主要目标."""
    told = _times(text, sentence, 0)
    return bool(told) and not told[-1]


def _times(text: str, sentence: int, floor: int) -> list[bool]:
    """The words of time told before a sentence and in its opening, each by whether it looks back."""
    return [match["past"] is not None for match in _TIMES.finditer(text, max(sentence - _AROUND, floor), sentence + _OPENING)]


def parts_of(text: str) -> list[tuple[int, bool]]:
    """The lines that name parts of a text without a number of their own: where each begins, and whether it names what is to come."""
    return [(part.start(), part["ahead"] is not None) for part in _PARTS.finditer(text)]


def settles(title: str) -> bool:
    """Whether a title is that of a paper that lays down what is to be built or bought, as replies that approve and calls for tenders do."""
    return _SETTLES.search(title) is not None


def accounts(text: str, start: int, end: int) -> bool:
    """Whether a sentence tells what share of a plan is done."""
    return _ACCOUNTED.search(text, start, end) is not None


def looks_back(text: str, sentence: int) -> bool:
    """Whether the text around the sentence that begins at a place tells what was done, and hardly what is to be done."""
    around = text[max(sentence - _AROUND, 0) : sentence + _AROUND]
    told = len(_TELLS.findall(around))
    return told >= _FAR_MORE and told >= _FAR_MORE * len(_ORDERS.findall(around))


def is_planned(nodes: Sequence[Node], text: str, node: int | None) -> bool:
    """Whether an item, or one around it, tells in its opening words what is to come: 下一步打算, 工作要求."""
    while node is not None:
        item = nodes[node]
        opening = item.heading or (item.start, min(item.start + _OPENING, item.end))
        if _TO_COME.search(text, *opening):
            return True
        node = nodes[node].parent
    return False


def around(nodes: Sequence[Node], text: str, words: regex.Pattern[str], node: int | None) -> bool:
    """Whether an item, or one around it, opens with words of a kind."""
    while node is not None:
        item = nodes[node]
        if item.heading is not None and words.match(text, *item.heading):
            return True
        node = item.parent
    return False


def paragraph_to_come(text: str, sentence: int) -> bool:
    """Whether the paragraph of the sentence that begins at a place opens with 下一步."""
    start = text.rfind("\n", max(sentence - _PARAGRAPH, 0), sentence) + 1
    return (start > 0 or sentence <= _PARAGRAPH) and NEXT.match(text, start) is not None
