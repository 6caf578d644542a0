"""Counts of what is done, behind which others are told that are not: 建成泵站6个，在建7个; 26个乡镇完成体系建设，尚有5个乡镇正在建设."""

from __future__ import annotations

import regex

from extract.model import Quantity
from extract.records.wholes import Whole

_BESIDE = 24
"""Characters before a count in which a verb says that it is of things done (建成处理中心2个)."""
_BUILT = regex.compile(r"(?<!已)(?:建成|完工|竣工|投运|投用)(?!的)[^，。；]{0,12}$|(?:建成|完工|竣工|投运|投用)(?!的)[^，。；]{1,12}$")
_DONE_TO = regex.compile(
    r"(?:^|(?<=[，。；：\n\ue001]))(?:目前|现|已|累计|共|依法|依规|集中|强制|主动|全面|先后|陆续|全[省市县区州]|我[省市县区州])*(?:拆除|关停|关闭|改造|淘汰|取缔|清退|搬迁|拆改|封堵|封停|报废|整治|治理|修复)(?!的|任务|项目)[\p{Han}“”]{1,16}$"
    r"|完成(?!了?对)[\p{Han}“”]{2,12}(?:修复|整治|治理|改造|建设|清理|清淤|搬迁|签约)$"
)
"""拆除矿热炉|3台: what was done to those that are counted, who are not all there are."""
_AMONG_THEM = regex.compile(r"[^，。；、\ue000\ue001]{0,16}[中里内](?=[^，。；\ue000]{0,8}\ue000)")
_OTHERS = regex.compile(r"(?:目前)?(?:尚有|还有|仍有|另有|另外|另|还剩|仍剩)$")
_DEED_NEXT = regex.compile(
    r"(?:已经?|均已?|率先|全面|基本)*(?:完成|建成|实现|通过|达到|开展|配备|安装|接入|办结|整改到位|建立|落实|投[用运])(?!\p{Han}{0,8}(?:中|的)$)"
)
"""26个乡镇|完成体系建设: what so many have done."""


def is_built(shaded: str, quantity: Quantity) -> bool:
    """Whether a count is of things done: 建成处理中心2个."""
    before = _BUILT.search(shaded, max(0, quantity.start - _BESIDE), quantity.start) is not None
    return (before or is_done_to(shaded, quantity)) and _AMONG_THEM.match(shaded, quantity.end) is None


def is_done_to(shaded: str, quantity: Quantity) -> bool:
    """Whether a count tells to how many something was done, who are not all there are: 关停砂石码头|31处."""
    return _DONE_TO.search(shaded, max(0, quantity.start - _BESIDE), quantity.start) is not None


def is_apart(shaded: str, whole: Whole, left: int, quantity: Quantity) -> bool:
    """Whether a clause says that those counted in it are done, and the next one, from `left` on, opens with others that are not."""
    if whole.total is None or _OTHERS.match(shaded, left, quantity.start) is None:
        return False
    said = shaded[whole.total.end : left].partition("，")[0].removeprefix(whole.noun)
    return _DEED_NEXT.match(said) is not None
