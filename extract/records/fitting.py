"""Fitting: whether a rule of kind target may read a number, by what kind of number it is and by what stands around it."""

from __future__ import annotations

from collections.abc import Callable

import regex

from extract.model import Quantity, View
from extract.nlp.words import tag
from extract.records.counted import Counted
from extract.records.nouns import Nouns
from extract.records.which import PLANTS, kept
from extract.records.wording import BEHIND, GONE, HELD, PAPER, Wording, told
from extract.rulebook import Rule

_UNDONE = regex.compile(
    r"(?:未|尚未)(?:开工|完工|竣工|投产|投运|达标|上线|整改|完成|办结|销号|验收|入库|入统|纳统|启动|签约|落地|解决|通过)(?:整改|验收)?的?(?=\p{Han}{2})"
)
"""15个|未开工项目: what those are that are counted, not what they lack."""
_RELATIVE = regex.compile(
    r"(?:具有|拥有|在|符合|适合|从事|能够)[^，。；\ue000\ue001]{2,40}的(?P<head>[\p{Han}\p{Latin}“”]{2,12})(?=[，。；]|$)"
)
"""一处|在…方面条件较好的|示范基地: what stands between a count and its noun."""
_WHICH = regex.compile(
    r"(?P<which>[^，。；：、的是为有由\s\ue000-\ue003][^，。；：、的\s\ue000-\ue003]{1,18}的)"
    r"(?P<head>[\p{Han}\p{Latin}“”]{1,12}?)(?=[，。；]|$|全部|均|都|已|要|须|应|将|经(?![济营])|\ue001)"
)
"""39台|达不到标准的|锅炉: which of them are counted."""
_NO_CUT = ("目标", "能力", "任务", "量", "工程", "项目", "工作", "措施")
_NO_COUNT = ("浓度", "率", "水质", "比例")
_FINISHED = regex.compile(
    r"^(?:的?(?:清运|转运|处置|处理|拆除|清理|整治|修复|治理|改造|安装|建设|收割|播种|消化|化解|清退|腾退|搬迁|关停|销毁|回填|验收)(?:完毕|完成|到位|结束|一空)|(?:全部|全面|基本)\p{Han}{2,4})$"
)
"""存量渗滤液5万吨|处置完毕: what became of what is counted, which is named before it."""
_BETTERED = ("提升", "改善", "扩容", "提标")
_COUNTED = frozenset("家户座个处条口台套所村")
"""Units of things that are made better one by one, not by so many."""
_BUILDING = ("建设", "改造", "整治", "治理", "修复", "铺设", "清淤")
"""Works told behind the length of what is worked on: 供水管线5公里|建设."""
_WANTING = ("未", "没", "尚未", "仍未")
_COSTS = ("费用", "成本", "造价", "价格", "投资", "支出", "收入")
_NOT_BEGUN = regex.compile(r"(?:至今|尚|仍|还)*(?:未|没有)(?:能|曾|全面|正式)*(?:启动|开工|开建|动工|实施|完成|完工|推进|建成|开展)")
_HEADS = ("人", "名", "位")
"""Units of people: 组成人员|46人出席."""
_MANY = ("万", "亿")
"""What is printed alone for so many people or things, too: 完成80万|居民参保登记."""
_LINKING = frozenset("于在由将均要须应全按")
_WHERE = regex.compile(
    r"(?:沿|在|于|位于)\p{Han}{2,}|对\p{Han}+(?:片区|县|市|镇|乡|村|河|溪|湖|江|库|段|区|沿线|周边|境内|内|岸|路|街道|社区)"
)
"""对青石片区|17处|废弃采坑: where those are that are counted."""
_LEADING_TO = ("被", "为", "给", "帮", "替")
"""What leads to those that are counted behind it: 免费为|36户|家庭."""
_SHORT_VERB = 2
_SET_UP = ("组建", "建立", "成立", "配备", "配齐", "充实", "选聘")
_TURNS = ("次", "轮", "轮次", "场", "场次", "期")
_HELD_BY = ("开展", "组织", "进行", "实施", "举办", "召开")
_LEFT = ("剩余", "其余", "剩下", "余下")
_FINISHING = ("完成", "实现", "达到", "纳入", "接入", "启动", "开工", "签订")
_ATTENDING = ("出席", "参加", "列席", "到会", "参会")
_UNITLESS = (
    "系数",
    "指数",
    "收入比",
    "郁闭度",
    "倍率",
    "盖度",
    "贡献度",
    "倍差",
    "师生比",
    "容积率",
    "pH值",
    "pH",
    "比值",
    "值",
    "倍差",
    "之比",
    "性别比",
    "死亡率",
    "事故率",
    "发生率",
)
_COUNTS = ("天数", "次数", "起数", "人数", "户数", "件数", "个数", "数量", "断面数", "站点数", "面积")
"""What may be told as nought without a unit: 重污染天数为|0."""
_ON_AVERAGE = regex.compile(r"(?:平均|均|总体)$")
_DIMENSIONLESS = ("（无量纲）", "(无量纲)", "无量纲")


class Fitting:
    """Tells which rules may read a number of one document. `shaded` is its text with the numbers and dates hidden."""

    def __init__(self, view: View, shaded: str, words: Wording, nouns: Nouns, counted: Counted) -> None:
        self.view, self.shaded, self.words, self.nouns, self.counted = view, shaded, words, nouns, counted

    def barred(self, quantity: Quantity, right: int) -> int:
        """The set of the rules that need not be tried alone or for this kind of number: 翻番 is for multiples, counts have something behind them."""
        words = self.words
        barred = words.pairs if quantity.kind == "multiple" or self.halves(quantity) else words.pairs | words.multiples
        follows = quantity.end < right and (self.shaded[quantity.end].isalnum() or self.shaded[quantity.end] == "“")
        if not follows:
            return barred | words.counts_behind | words.parts_behind
        return barred | (words.parts_behind if quantity.kind == "cardinal" else words.counts_behind)

    def halves(self, quantity: Quantity) -> bool:
        """Whether a quantity is told by 减半."""
        return self.view.text[quantity.start] == "减"

    def fits(self, rule: Rule, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a quantity can be read so: 30% of what follows is no count, money counts only money."""
        asked = _OF_RULE.get(rule.id)
        settled = asked(self, match, quantity) if asked is not None else None
        if settled is not None:
            return settled
        indicator = told(match, "indicator")
        if indicator and match.start("indicator") >= match.end("value"):
            return self.counts(quantity, indicator) or (
                quantity.kind == "cardinal"
                and quantity.unit != ""
                and (self.relative(quantity.end) is not None or self.told_apart(quantity.end, quantity.unit) is not None)
            )
        if self.view.text.startswith(_DIMENSIONLESS, quantity.end):
            return True
        unitless = (*_UNITLESS, *_COUNTS) if quantity.value == 0 else _UNITLESS
        return bool(quantity.unit) or quantity.kind == "fraction" or _ON_AVERAGE.sub("", indicator).endswith(unitless)

    def counts(self, quantity: Quantity, noun: str) -> bool:
        """Whether the noun that follows can be what a quantity counts."""
        if quantity.kind != "cardinal" or not quantity.unit or noun.endswith(_NO_COUNT) or _FINISHED.search(noun) is not None:
            return False
        if noun[: tag(noun)[0].end] in self.words.no_opening and not (
            (quantity.unit in HELD and GONE.match(noun)) or kept(noun) or _UNDONE.match(noun)
        ):
            return False
        return quantity.unit not in self.words.money or quantity.unit in _MANY or self.head(noun).endswith(self.words.money_nouns)

    def head(self, text: str) -> str:
        """The noun after a count; 未开工|项目 names those that are not begun."""
        undone = _UNDONE.match(text)
        return self.nouns.head(text) if undone is None else undone[0] + self.nouns.head(text[undone.end() :])

    def relative(self, place: int) -> regex.Match[str] | None:
        """What stands between a count that ends at a place and its noun, with that as `head`: 一处|在…方面条件较好的|示范基地."""
        return _RELATIVE.match(self.shaded, place)

    def told_apart(self, place: int, unit: str) -> str | None:
        """The noun behind a count with what tells those from others, where the unit counts such nouns: 3个|影响水质的排污口整治; else None."""
        which = _WHICH.match(self.shaded, place)
        if which is None or "存在" in which["which"] or not self.counted.counts(which["head"], unit):
            return None
        printed = self.view.text[which.start("head") : which.end()]
        head = self.counted.noun(self.nouns.head(printed), printed, unit, whole=False)
        return head if which["which"][0] == "已" else self.view.text[place : which.start("head")] + head

    def _lies_at(self, match: regex.Match[str], quantity: Quantity) -> bool:
        measured = self.nouns.trim(_ON_AVERAGE.sub("", told(match, "indicator"))).noun
        return quantity.operator != "=" and (self.nouns.measured(measured) or measured.endswith(_COSTS))

    def _is_share(self, match: regex.Match[str], quantity: Quantity) -> bool | None:
        indicator = told(match, "indicator")
        return _is_proportion(quantity) if not indicator.startswith("占") and self.words.of_the_plan.search(indicator) else None

    def _grows(self, match: regex.Match[str], quantity: Quantity) -> bool | None:
        """False where things are made better one by one (规范提升|22处), or the noun of what is new stands behind (新增了|28个|治水项目)."""
        action, indicator = told(match, "action"), told(match, "indicator")
        if action in _BETTERED and quantity.unit in _COUNTED:
            return False
        behind = BEHIND.match(self.shaded, quantity.end) if action.startswith("新增") else None
        if behind is None or not self.counts(quantity, behind[0]):
            return None
        unnamed = indicator in ("", "了") or indicator in self.words.actions or indicator.endswith("关于")
        return False if unnamed or (behind[0][0].isalnum() and self.counted.counts(behind[0], quantity.unit)) else None

    def _is_part(self, _: regex.Match[str], quantity: Quantity) -> bool:
        fraction = quantity.kind == "fraction"
        if quantity.unit == "成" or (fraction and "分之" in self.view.text[quantity.start : quantity.end]):
            return True
        return self.shaded.startswith("的", quantity.end) and (quantity.unit == "%" or fraction)

    def _counts_behind(self, match: regex.Match[str], quantity: Quantity) -> bool | None:
        if self._is_told_before(match, quantity):
            return False
        if quantity.kind != "cardinal":
            return None
        if self._comes_to_nothing(match):
            return False  # 推动步道建设|2公里|未启动
        before, indicator = told(match, "before"), match["indicator"]
        left = before.endswith(_LEFT) and indicator[0] not in _LINKING and not indicator.startswith(_FINISHING)
        return True if left or (indicator[0] == "的" and self._brought_about(before + told(match, "action"), quantity)) else None

    def _brought_about(self, done: str, quantity: Quantity) -> bool:
        """Whether what was done before a count is done to what follows it: 组建15人的|巡查队伍, 开展3轮次的|互查, 解决4万人的|用水问题."""
        done = done.rstrip("了的")
        if done.endswith(_SET_UP) or (quantity.unit in _TURNS and done.endswith(_HELD_BY)):
            return True
        sized = done[-_SHORT_VERB - 1 : -_SHORT_VERB] in ("日", "年") or self.nouns.measured(done)  # 日处理500吨的|焚烧厂
        return done[-_SHORT_VERB:] in self.words.actions and not sized

    def _is_told_before(self, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a count has its noun right before it, and behind it what those that are counted do: 业务骨干26名|集中办公."""
        behind, before = match["indicator"], told(match, "before")
        behind = PAPER.sub("", behind) if "的" in behind else behind
        if self.counted.counts(behind, quantity.unit):
            return False  # 园区|27家|涉水企业
        after = tag(behind)
        deed = behind in _BUILDING or behind in self.words.actions or behind.startswith(_ATTENDING)
        lacking = behind.startswith(_WANTING) and not _UNDONE.match(behind)
        if (
            not before
            or told(match, "action")
            or (len(after) < 2 and not (deed or lacking))
            or before.endswith(_LEADING_TO)
            or _WHERE.fullmatch(before)
        ):
            return False
        held = quantity.unit in HELD and after[0].tag == "vn"
        done_how = after[0].tag in ("d", "ad") and after[-1].tag[0] == "v"  # 堆场7座|就地封存
        if not (after[0].tag == "v" or done_how or deed or lacking or held or behind.startswith("专题")):
            return False
        noun = self.nouns.trim(before).noun
        named = noun.endswith("会") or (len(noun) > 1 and (deed or noun[-1] in PLANTS or tag(noun)[-1].tag.startswith("n")))
        doer = (noun.endswith(self.words.doers) and quantity.unit not in _HEADS) or noun in _LEFT
        return named and not self.words.is_place(noun) and not doer

    def _comes_to_nothing(self, match: regex.Match[str]) -> bool:
        """Whether a size has its works named right before it and only that they are not begun behind it: 步道建设|2公里|未启动."""
        built = told(match, "action") in _BUILDING and told(match, "before") != ""
        return built and _NOT_BEGUN.fullmatch(told(match, "indicator")) is not None


def _is_proportion(quantity: Quantity) -> bool:
    """Whether a quantity is so large a part, or so many times, of another one."""
    return quantity.kind in ("percent", "fraction") or quantity.unit in ("成", "倍")


_OF_RULE: dict[str, Callable[[Fitting, regex.Match[str], Quantity], bool | None]] = {
    "target-water-class": lambda _, __, quantity: quantity.kind == "class",
    "target-lies-at": Fitting._lies_at,
    **dict.fromkeys(("target-at-rate", "target-weight", "target-people", "target-people-met", "target-share-done"), lambda *_: True),
    "target-share": Fitting._is_share,
    "target-increase": Fitting._grows,
    "target-new": Fitting._grows,
    "target-part-of": Fitting._is_part,
    "target-of-yardstick": lambda _, __, quantity: _is_proportion(quantity),
    "target-cut": lambda _, match, __: False if told(match, "indicator").startswith(_NO_CUT) else None,
    "target-count-noun": Fitting._counts_behind,
}
"""What the rules ask beside what all do: true or false, or None where that decides. No document's reader holds it, so that it leads back to none."""
