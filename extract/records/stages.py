"""How the matters of a count stand: the words for settled, under way and not begun."""

from __future__ import annotations

from functools import lru_cache

import regex

from extract.nlp.words import tag
from extract.records.nouns import nouns_of
from extract.records.suffixes import Suffixes
from extract.rulebook import Rulebook

_SAID = regex.compile(r"^(?:现|目前|当月|本月|本周|本季度|均|都|也|已经?|全部)+")
TO_COME = regex.compile(r"(?:预计|计划|拟|将|力争|确保|争取)|(?![已列纳])\p{Han}{1,6}(?:预计|力争|确保|争取)")
"""How those that are left are told to be settled later: 其他2个|预计6月底前完成."""
_KEPT_UP = regex.compile(r"(?:均|都)?已?完成(?:整改|销号|整治|治理)?(?:且|并)(?:需|要|须)?(?:长期|持续)坚持")
BY_THEN = regex.compile(r"(?:限期?|须|应|要)?[于在]?(?:\ue001|\d{1,4}[年月日]|[今明下]年|[本下]月|年[内底]|[春夏秋冬]季)")
_PARTLY = regex.compile(
    r"完成(?:总?工程量|投资|总?进度|主体|基础|前期|设计|可研|初设|勘[察测]|招标|招投标|方案|立项|选址|征地|土建|施工图)"
)
"""What is done of the work on each, not all of it: 其余6条|完成工程量的七成."""
_INTERIM = regex.compile(
    rf"{_PARTLY.pattern}|(?:停用|停产|停业|停运|停工|封存(?!处置)|封[控停闭]|查封|管控|监[测控]|围挡|警示|撤离|转移(?!安置)|人员\p{{Han}}{{0,4}}|清人|纳入|列入|建档|明确|制定|落实(?!到位|完))"
)
"""What is done for those that are left until they are settled: 其余19栋|已全部停用并清人封房."""
_OWED = regex.compile(r"^[应需须拟]\p{Han}{1,2}$")
_UNDER_WAY = ("正在", "未", "尚未", "已")
_REACHED = regex.compile(
    r"(?:稳定|基本)?(?:达到|符合|满足|具备|实现)(?!序时|时序|计划|时间|进度)[^，。；]{0,14}(?:标准|要求|条件|目标|限值|化|以上)(?!.*推进)"
)
"""What is reached: 达到|不黑不臭标准."""
_UNDONE = regex.compile(
    r"(?:尚|仍|还)?(?:未|没有)(?:按|建|完成|开展|落实|安装|配[套备]|办理|取得|设[置立]|编制|制定|采取|履行|实施|执行|通过|接[入通]|启[动用]|建立|达到)"
)
"""均|未按要求建设: nothing of what was owed is done."""
_LACKING = ("不", "未", "超", "缺", "滞后", "逾期")
_NAMED = 5
"""Characters from which a phrase with 未 may name things."""
_PLACES = "县村镇乡市区州旗"


class Stages:
    """The words of the rulebook that tell how matters stand."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.done, self.pending, self.ongoing = rulebook.words("done"), rulebook.words("pending"), rulebook.words("ongoing")
        self._ends = frozenset(word[-2:] for word in self.done) - rulebook.words("tally_nouns")
        self._defects = Suffixes(rulebook.words("defects"))
        self._measurands = nouns_of(rulebook).measurands
        self._begun = regex.compile(rulebook.fragments["begun"].source)
        self._signs = {part: regex.compile(rulebook.fragments[f"{part}_sign"].source) for part in ("pending", "ongoing", "done")}

    def part_of(self, status: str) -> str:
        """The part that a status tells (已完成 → done), or an empty string."""
        status = _SAID.sub("", status)
        return "done" if status in self.done else "ongoing" if status in self.ongoing else "pending" if status in self.pending else ""

    def shown(self, words: str, *, rest: bool) -> str:
        """The part that the words of a count show, or an empty string; the rest of a whole is pending where it is but begun (其余8条|明确了时限)."""
        if rest and BY_THEN.match(words):
            return "pending"  # 剩余97处限期今年暑假前整改到位
        if words in self.ongoing:
            return "ongoing"  # 未到时限
        if _KEPT_UP.match(words):
            return "done"
        begun = self._begun.match(words.removeprefix("已")) is not None
        signs = self._signs if not begun or rest else {}
        other = "ongoing" if begun else self.part_of(words) or self._deed(words)
        found = next((part for part, sign in signs.items() if sign.search(words)), other)
        if not rest or (found == "ongoing" and not begun):
            return found
        done = _SAID.sub("", words)
        if interim := self.interim(words):
            return interim
        return "done" if any(done[:length] in self.done for length in range(2, 7)) and self._begun.match(done) is None else "pending"

    @staticmethod
    def interim(words: str) -> str:
        """The part that those left of a whole are in while what is told of them settles nothing, or an empty string."""
        said = _SAID.sub("", words)
        return "" if _INTERIM.match(said) is None else "ongoing" if _PARTLY.match(said) else "pending"

    def _deed(self, words: str) -> str:
        """Done, where words end in a deed (提升改造); pending, where they end in what is wrong (粪污直排)."""
        return "done" if words[-2:] in self.done else "pending" if self._defects.of(words) else ""

    def of_all(self, said: str, *, after_already: bool) -> str:
        """The part that what is said of all matters tells: pending by any word for it; ongoing where work goes on (均|达到时序要求) before an end is
        told of (均|完成整改并长期坚持); done by a word for it, or after 已 by any deed that is more than begun (均已|签订协议, but 均已|纳入计划)."""
        if _REACHED.match(said):
            return "done"
        if _UNDONE.match(said) or any(word in said for word in self.pending):
            return "pending"
        if self._begun.match(said) and "并" not in said and not said.endswith(("完毕", "到位", "完成")):
            return ""  # 均已交办属地整改
        settled = next((i for i in range(5) if any(said[i : i + length] in self.done for length in range(2, 7))), None)
        ongoing = self._signs["ongoing"].search(said)
        if ongoing is not None and (settled is None or ongoing.start() < settled):
            return "ongoing"
        begun = self._begun.match(said) or ongoing or self._signs["pending"].search(said)
        return "done" if settled is not None or (after_already and not begun) else ""

    def of_excepted(self, words: str) -> str:
        """How those stand that are excepted from what is settled: 除2件|正在办理外."""
        return "ongoing" if self._signs["ongoing"].search(words) and self._signs["pending"].search(words) is None else "pending"

    def is_status(self, noun: str) -> bool:
        """Whether a phrase tells how matters stand, not what they are: 正在施工, 整治."""
        noun = _SAID.sub("", noun) or noun
        if len(noun) < 2:
            return noun not in _PLACES
        if noun.startswith("未") and len(noun) >= _NAMED and tag(noun)[-1].tag[0] == "n":
            return False  # 未达标水体
        known = any(noun in words for words in (self.done, self._ends, self.pending, self.ongoing))
        return known or noun.endswith("进度") or noun.startswith((*_UNDER_WAY, "符合", "达到")) or _OWED.match(noun) is not None

    def is_ill(self, noun: str) -> bool:
        """Whether a phrase says only what is wrong with those that are counted: 不达标|23家."""
        return noun.startswith(_LACKING) and self._defects.of(noun) == noun

    def is_deed(self, noun: str) -> bool:
        """Whether a phrase is but what is done to what is counted (2020年|整治31处)."""
        return noun in self.done and noun not in self._measurands


@lru_cache(maxsize=2)
def stages_of(rulebook: Rulebook) -> Stages:
    """The words of a rulebook; read once."""
    return Stages(rulebook)
