"""Frames: how one number is bound to what it counts, by the rules of kind target and by what the sentence has said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

import regex

from extract.model import Claim, Operator, Quantity, View
from extract.nlp.words import tag
from extract.records.counted import counted_of
from extract.records.memory import Change, Memory, Recall
from extract.records.nouns import Noun, nouns_of
from extract.records.sentences import DATE, QUANTITY, Endings
from extract.rulebook import Rule, Rulebook

_LACKING = regex.compile(r".(?<=未|没有|没|不)[^，。；、\s\ue000\ue001]+")
_SETTLING = regex.compile(r"(?<=问题|任务|事项|隐患)的?(?:全部)?(?:整改|整治|办理|销号)(?:工作)?$")
_UNDONE = regex.compile(
    r"(?:未|尚未)(?:开工|完工|竣工|投产|投运|达标|上线|整改|完成|办结|销号|验收|入库|入统|纳统|启动|签约|落地|解决|通过)(?:整改|验收)?的?(?=\p{Han}{2})"
)
"""15个|未开工项目: what those are that are counted, not what they lack."""
_PLACE = regex.compile(r"[^，。；、\s的]{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|新区|开发区|高新区|局)(?:一个?[市县区镇乡村地])?各?")
_LEVELS = frozenset("省市县区州盟旗镇乡村")
_ASIDE = regex.compile(r"^(?:其余|其他)[^，。；]*$")
_RELATIVE = regex.compile(
    r"(?:具有|拥有|在|符合|适合|从事|能够)[^，。；\ue000\ue001]{2,40}的(?P<head>[\p{Han}\p{Latin}“”]{2,12})(?=[，。；]|$)"
)
"""一家|在…方面优势突出的|龙头机构: what stands between a count and its noun."""
_WHICH = regex.compile(
    r"(?P<which>[^，。；：、的是为有由\s\ue000-\ue003][^，。；：、的\s\ue000-\ue003]{1,18}的)"
    r"(?P<head>[\p{Han}\p{Latin}“”]{1,12}?)(?=[，。；]|$|全部|均|都|已|要|须|应|将|\ue001)"
)
"""39台|达不到标准的|锅炉: which of them are counted."""
_FOR_EACH = regex.compile(r"(?<=\p{Han}{2})(?:为|是|约|达)每(?:吨|立方米|平方米|公里|亩|度|千瓦时)$")
"""For how much a price is told: 垃圾处理费|为每吨|60元."""
_SIZES_OF_EACH = ("numeral-size-class", "numeral-size-of-thing")
_SHARES = ("占比", "比例", "比重")
_NO_CUT = ("目标", "能力", "任务", "量", "工程", "项目", "工作", "措施")
_SIZES = (
    "能力",
    "规模",
    "容积",
    "库容",
    "面积",
    "长度",
    "产能",
    "装机",
    "日处理",
    "年处理",
    "投资",
    "容量",
    "高度",
    "深度",
    "总长",
    "全长",
)
_SPENT = regex.compile(r"(?:资金)?(?:全面|集中|大力)?(?:实施|开展|推进|用于)(\p{Han}{2,12})(?=[，。；]|等|$)")
_THING = regex.compile(r"的([^，。；、\ue000\ue001]{2,20})")
_SHORT_VERB = 4
_LONGEST_LIMIT = 30
_ADDED = ("新增", "新增了", "净增", "净增了")
_GROWING = ("target-increase", "target-new")
_MEANS = ("平均值", "均值", "年均值", "月均值", "平均浓度")
_BUILT = regex.compile(r"^(?:设立|新建|改建|扩建|建成|建设|配套|完成|开工|续建|一[套座台条处个项])+")
_OF_THE_PLAN = regex.compile(r"(?:完成|为|是|达到?|相当于)((?:年度|全年|年|季度|阶段|总|计划|序时)*(?:任务|计划|目标|进度)[数量]?)$")
_NOT = ("没有", "未", "没", "不曾", "从未")
_DEGREE = regex.compile(r"(?:超额|仅|只|已|累计|提前|共)*")
_WORKS = regex.compile(r"([^，。；、]{2,}(?:工程|项目))(?:累计|已|共)*完成投资")
_QUALITY = regex.compile(
    r"(?:对|对于|^|(?<=[，、；]))((?:[^，。；、：对\ue000-\ue003]{1,6}(?:不力|不到位|不达标|不合格|不规范|不完善|不健全|不彻底|不符合|超标|靠后|滞后|落后|较差|缓慢|排污|违规|违法)|未[^，。；、：的\ue000-\ue003]{2,10})的)$"
)
"""整改不力的|14个单位: what is wrong with those that are counted."""
_NO_COUNT = ("浓度", "率", "水质", "比例")
_FINISHED = regex.compile(
    r"^(?:的?(?:清运|转运|处置|处理|拆除|清理|整治|修复|治理|改造|安装|建设|收割|播种|消化|化解|清退|腾退|搬迁|关停|销毁|回填|验收)(?:完毕|完成|到位|结束|一空)|(?:全部|全面|基本)\p{Han}{2,4})$"
)
"""存量渗滤液5万吨|处置完毕: what became of what is counted, which is named before it."""
_PART_OF_THEM = regex.compile(r"(\p{Han}{4,})的(?:仅|只|就|还|约|已)*占有?")
"""建立台账的|只占三成: what share of all those are that."""
_COMING_OFF = regex.compile(r"(?<=.{3})(?:已|全面|全部|正式|顺利|如期|按期|建成|完工|竣工|开工|投运|投产|投用|通车|交付).*$")
_LISTING = regex.compile(r"的(?:依次|分别)?(?:有|是|为|包括)")
_BETTERED = ("提升", "改善", "扩容", "提标")
_COUNTED = frozenset("家户座个处条口台套所村")
"""Units of things that are made better one by one, not by so many."""
_BUILDING = ("建设", "改造", "整治", "治理", "修复", "铺设", "清淤")
"""Works told behind the length of what is worked on: 供水管线5公里|建设."""
_WANTING = ("未", "没有", "尚未", "仍未")
_WORK_OF = regex.compile(r"的(?P<deed>[^，。；：、的\s\ue000-\ue003]{2,12}?)(?:任务|工作|申报)?(?=[，。；]|$|和(?=\ue000))")
_COSTS = ("费用", "成本", "造价", "价格", "投资", "支出", "收入")
_OVER = ("超计划", "超额")
"""By how much more than planned is done."""
_NOT_BEGUN = regex.compile(r"(?:至今|尚|仍|还)*(?:未|没有)(?:能|曾|全面|正式)*(?:启动|开工|开建|动工|实施|完成|完工|推进|建成|开展)")
_HEADS = ("人", "名", "位")
"""Units of people: 组成人员|46人出席."""
_LED = regex.compile(
    r"(?:为|给|帮助|指导|督促|责令|要求|支持|推动|组织|引导|鼓励|动员|协助|助力|倒逼|辅导)(?:全[市县区镇]|辖区|其余|首批)?$"
)
"""Words before a count of those who do something or for whom it is done: 为|36所学校, 指导|5家合作社."""
_LINKING = frozenset("于在由将均要须应全按")
_SET_UP = ("组建", "建立", "成立", "配备", "配齐")
_ORDERED = ("责令整改", "责令限期整改", "整改")
_PUNISHING = ("处罚", "立案处罚", "立案查处", "查处")
_LEFT = ("剩余", "其余", "剩下", "余下")
_ATTENDING = ("出席", "参加", "列席", "到会", "参会")
_HELD = ("次", "场", "场次")
"""Units of what is held: 会议6次|研究部署整改."""
_GONE = regex.compile(r"(?:到|赴|深入|前往|带队)(?=(?:现场|一线|基层|实地)\p{Han}{2})")
_CLAUSE = regex.compile(r"[^，。；：、\s\ue000\ue001]+")
_BEHIND = regex.compile(r"[^，。；：、\s\ue000\ue001]{2,}")
_STRATEGY = regex.compile(r"(?<=.{2})“?一\p{Han}一(?:策|案|档|议|表|台账)”?.*$")
_PER_ONE = regex.compile(r"[亩户人村场]均$")
_REWORKED = regex.compile(r"(?:[\ue001，]*(?:已|均|全部|全面|要)?完成)(\p{Han}{2,12}(?:改造|升级|提升))(?=[，。；]|$)")
_DOING = regex.compile(r"(?<=、.{2,})(?:开展|进行|实施|落实|采用|使用|存在|予以|给予|完成|安装|加装|严格|执行|全面|全部).*$")
_MORE = regex.compile(r"(?:、[^，。；：、\s\ue000\ue001]{1,12})+")
_RATIOS = ("率", "比例", "占比", "比重")
_INTENSITIES = ("强度", "单价", "均价", "容积率", "税收")
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
)
_GROUNDS = ("矿区", "火区", "湖区", "库区", "灌区", "景区", "片区", "流域", "滩区", "沙区", "林区", "采空区", "沉陷区")
"""Ground that is worked on, not a place that does the work."""
_ON_AVERAGE = regex.compile(r"(?:平均|均|总体)$")
_LINKS = ("的", "、", "和", "及", "与")
_DIMENSIONLESS = ("（无量纲）", "(无量纲)", "无量纲")
_SHORT_RATE = 3
_SHORT_NOUN = 2


class Window(NamedTuple):
    """The stretch around a number that a rule sees, left to right, and where its clause begins."""

    clause: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What one rule read around one quantity; `end` is where it stops in the text."""

    rule: Rule
    quantity: Quantity
    indicator: str
    action: str
    scope: str
    change: Change
    operator: Operator
    baseline: str
    end: int


class Words:
    """The rules of kind target and the words that binding needs."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.cues = rulebook.cues("target")
        self.endings = Endings(rulebook, self.cues)
        self.pairs = self.cues.mask(lambda rule: "?P<baseline>" in rule.source)
        self.multiples = self.cues.mask(lambda rule: rule.id == "target-multiple")
        self.counts_behind = self.cues.mask(lambda rule: rule.id in ("target-count-noun", "target-count-listed"))
        self.parts_behind = self.cues.mask(lambda rule: rule.id == "target-part-of")
        self.actions, self.reach = rulebook.words("actions"), rulebook.words("reach")
        self.changes = rulebook.words("increase") | rulebook.words("decrease")
        self.no_opening = rulebook.words("not_noun") | rulebook.words("strong_verbs")
        self.money, self.money_nouns = rulebook.words("money_units"), tuple(rulebook.words("money_nouns"))
        self.matters = (*rulebook.words("tally_nouns"), "类")
        self.size_units = rulebook.words("size_units")
        self.areas = rulebook.words("functional_areas")
        self.doers = (*rulebook.words("doers"), "长", "人", "员", "同志", "组", "队")
        self.bounds = rulebook.lookup("bounds")
        self.ills = ("指数", *rulebook.words("lower_is_better"))
        self.predicates = tuple(word for word, kind in rulebook.lookup("predicates").items() if kind in ("deed", "act") and len(word) > 1)
        self.stops = tuple(rulebook.words("not_noun"))


@lru_cache(maxsize=2)
def words_of(rulebook: Rulebook) -> Words:
    """What a rulebook knows of targets; made once for a rulebook."""
    return Words(rulebook)


class Frames:
    """Binds the numbers of one document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, claimed: Iterable[Claim]) -> None:
        self.view, self.shaded = view, shaded
        self.sizes = {claim.start for claim in claimed if claim.rule in _SIZES_OF_EACH}
        self.bounded = {claim.end - 1 for claim in claimed if claim.kind == "bound"}
        self.words = words_of(rulebook)
        self.bare = next((rule for rule in self.words.cues.rules if rule.id == "target-bare"), None)
        self.cued = self.words.cues.scan(shaded)
        self.nouns, self.counted = nouns_of(rulebook), counted_of(rulebook)
        self.recall = Recall(view, shaded, self.nouns, rulebook)

    def pair(self, window: Window, first: Quantity, second: Quantity, memory: Memory) -> Frame | None:
        """The second number read as the level that is reached from the first (由14扩大至1500平方公里), or None."""
        text = self.shaded[window.left : window.right]
        for _, rule in self.words.cues.numbered(self.cued.rules(window.left, window.right) & self.words.pairs):
            match = _match(rule, text, second.start - window.left)
            if match is not None and match.start("baseline") + window.left == first.start:
                return self._frame(rule, match, window, _in_unit_of(first, second), memory)
        return None

    def single(self, window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        """The number read by the first rule that fits, or None."""
        text = self.shaded[window.left : window.right]
        rules = self.cued.rules(window.left, window.right) & self.words.endings.rules(self.shaded, quantity.start, window.left)
        for _, rule in self.words.cues.numbered(rules & ~self._barred(quantity, window.right)):
            match = _match(rule, text, quantity.start - window.left)
            if match is not None and self._fits(rule, match, quantity):
                frame = self._frame(rule, match, window, quantity, memory)
                if frame is not None:
                    return frame
        return None

    def beside(self, start: int, quantity: Quantity, memory: Memory) -> Frame | None:
        """A number in brackets of its own, bound to the noun before the bracket, or to the last indicator where that is a place."""
        listed = _LISTING.search(self.shaded, start, quantity.start - 1)
        noun = self.nouns.trim(self.view.text[listed.end() if listed is not None else start : quantity.start - 1])
        if self.is_place(noun.noun):
            noun = Noun(memory.indicator, noun.action, noun.noun)
        if len(noun.noun) < _SHORT_NOUN or self.bare is None:
            return None
        return Frame(self.bare, quantity, noun.noun, noun.action, noun.scope, "level", quantity.operator, "", start)

    def is_place(self, noun: str) -> bool:
        """Whether a phrase only says where: 泽南县, 其余各镇."""
        return bool(noun in _LEVELS or _ASIDE.match(noun) or _PLACE.fullmatch(noun)) and not any(
            noun[-length:] in self.words.areas for length in (2, 3, 4)
        )

    def after_place(self, phrase: str) -> str:
        """What follows the name of a place, where more than the name stands: 临河县水质优良率 → 水质优良率."""
        match = _PLACE.match(phrase)
        return phrase[match.end() :] if match and not self.is_place(phrase) else ""

    # --- does a rule fit ----------------------------------------------------------------------------------------------

    def _barred(self, quantity: Quantity, right: int) -> int:
        """The set of the rules that need not be tried alone or for this kind of number: 翻番 is for multiples, counts have something behind them."""
        words = self.words
        barred = words.pairs if quantity.kind == "multiple" or self._halves(quantity) else words.pairs | words.multiples
        follows = quantity.end < right and (self.shaded[quantity.end].isalnum() or self.shaded[quantity.end] == "“")
        if not follows:
            return barred | words.counts_behind | words.parts_behind
        return barred | (words.parts_behind if quantity.kind == "cardinal" else words.counts_behind)

    def _fits(self, rule: Rule, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a quantity can be read so: 30% of what follows is no count, money counts only money."""
        indicator = _told(match, "indicator")
        if rule.id == "target-water-class":
            return quantity.kind == "class"
        if rule.id == "target-lies-at":
            told = self.nouns.trim(_ON_AVERAGE.sub("", indicator)).noun
            return quantity.operator != "=" and (self.nouns.measured(told) or told.endswith(_COSTS))
        if rule.id in ("target-at-rate", "target-weight", "target-people"):
            return True
        if rule.id == "target-share" and not indicator.startswith("占") and _OF_THE_PLAN.search(indicator):
            return quantity.kind in ("percent", "fraction") or quantity.unit in ("成", "倍")
        if rule.id == "target-increase" and _told(match, "action") in _BETTERED and quantity.unit in _COUNTED:
            return False  # 规范提升|22处
        if (
            rule.id in _GROWING
            and _told(match, "action").startswith("新增")
            and (indicator in ("", "了") or indicator in self.words.actions)
        ):
            behind = _BEHIND.match(self.shaded, quantity.end)
            if behind is not None and self._counts(quantity, behind[0]):
                return False  # 方案在规划基础上新增了|28个|治水项目
        if rule.id == "target-part-of":
            printed = self.shaded.startswith("的", quantity.end)
            part = quantity.unit == "成" or (quantity.kind == "fraction" and "分之" in self.view.text[quantity.start : quantity.end])
            return part or (printed and (quantity.unit == "%" or quantity.kind == "fraction"))
        if rule.id == "target-of-yardstick":
            return quantity.kind in ("percent", "fraction") or quantity.unit in ("成", "倍")
        if rule.id == "target-cut" and indicator.startswith(_NO_CUT):
            return False
        if rule.id == "target-count-noun" and self._is_told_before(match, quantity):
            return False
        if rule.id == "target-count-noun" and quantity.kind == "cardinal" and self._comes_to_nothing(match):
            return False  # 推动步道建设|2公里|未启动
        if rule.id == "target-count-noun" and quantity.kind == "cardinal":
            before = _told(match, "before")
            if (before.endswith(_LEFT) and indicator[0] not in _LINKING) or (before.endswith(_SET_UP) and indicator.startswith("的")):
                return True  # 完成剩余27户|签约搬迁, 组建15人的|巡查队伍
        if indicator and match.start("indicator") >= match.end("value"):
            return self._counts(quantity, indicator) or (
                quantity.kind == "cardinal"
                and quantity.unit != ""
                and (_RELATIVE.match(self.shaded, quantity.end) is not None or self._told_apart(quantity.end, quantity.unit) is not None)
            )
        if self.view.text.startswith(_DIMENSIONLESS, quantity.end):
            return True
        return bool(quantity.unit) or quantity.kind == "fraction" or _ON_AVERAGE.sub("", indicator).endswith(_UNITLESS)

    def _is_told_before(self, match: regex.Match[str], quantity: Quantity) -> bool:
        """Whether a count has its noun right before it, and behind it what those that are counted do: 业务骨干26名|集中办公."""
        before, after = _told(match, "before"), tag(_told(match, "indicator"))
        told = match["indicator"]
        deed = told in _BUILDING or told in self.words.actions or told.startswith(_ATTENDING)
        if not before or _told(match, "action") or (len(after) < 2 and not deed):
            return False
        lacking = match["indicator"].startswith(_WANTING) and not _UNDONE.match(match["indicator"])
        if (
            after[0].tag != "v"
            and not deed
            and not lacking
            and not (quantity.unit in _HELD and after[0].tag == "vn")
            and not match["indicator"].startswith("专题")
        ):
            return False
        noun = self.nouns.trim(before).noun
        named = noun.endswith("会") or (len(noun) > 1 and tag(noun)[-1].tag.startswith("n"))
        named = named or (len(noun) > 1 and deed)
        doer = (noun.endswith(self.words.doers) and quantity.unit not in _HEADS) or noun in _LEFT
        return named and not self.is_place(noun) and not doer

    def _comes_to_nothing(self, match: regex.Match[str]) -> bool:
        """Whether a size has its works named right before it and only that they are not begun behind it: 步道建设|2公里|未启动."""
        told = _told(match, "indicator")
        return _told(match, "action") in _BUILDING and _told(match, "before") != "" and _NOT_BEGUN.fullmatch(told) is not None

    def _counts(self, quantity: Quantity, noun: str) -> bool:
        """Whether the noun that follows can be what a quantity counts."""
        if (
            quantity.kind != "cardinal"
            or not quantity.unit
            or noun.endswith(_NO_COUNT)
            or _FINISHED.search(noun) is not None
            or (
                noun[: tag(noun)[0].end] in self.words.no_opening
                and not (quantity.unit in _HELD and _GONE.match(noun))
                and not self.nouns.kept(noun)
                and not _UNDONE.match(noun)
            )
        ):
            return False
        noun = self._head(noun)
        return quantity.unit not in self.words.money or noun.endswith(self.words.money_nouns)

    def _head(self, text: str) -> str:
        """The noun after a count; 未开工|项目 names those that are not begun."""
        undone = _UNDONE.match(text)
        return self.nouns.head(text) if undone is None else undone[0] + self.nouns.head(text[undone.end() :])

    # --- what a match says --------------------------------------------------------------------------------------------

    def _frame(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity, memory: Memory) -> Frame | None:
        groups = match.groupdict()
        noun = self._noun(rule, match, window, quantity)
        if groups.get("before"):
            noun = noun._replace(scope=self.nouns.trim(self._printed(match, "before", window)).scope or noun.scope)
        behind = _BEHIND.match(self.shaded, quantity.end, window.right) if self._may_stand_behind(rule, noun, match) else None
        if behind is not None and self._counts(quantity, behind[0]):
            return None  # 全面完成|12家企业改造: what is counted stands behind
        noun = self._sized(noun, match, window)
        if noun.noun and match.end("indicator") <= match.start("value") and (len(noun.noun) == 1 or self.is_place(noun.noun)):
            noun = Noun("", noun.action, noun.noun if self.is_place(noun.noun) else noun.scope)
        per_one = _PER_ONE.search(groups["indicator"]) if (groups.get("indicator") or "").endswith("均") else None
        if per_one is not None:
            whose = noun.noun.removesuffix(per_one[0][0])
            noun = noun._replace(noun=whose + per_one[0] + groups.get("action", ""))  # 亩均|增产, 农户户均|增收
        if groups.get("action"):
            noun = noun._replace(action=groups["action"])
        over = quantity.kind == "percent" and noun.noun in _OVER and noun.action == "完成"
        noun = noun._replace(noun="", action=noun.noun + noun.action) if over else noun
        noun = self._of_what_follows(noun, quantity, window)
        if rule.id == "target-noun-count" and noun.noun.endswith("有") and quantity.kind == "cardinal":
            noun = noun._replace(noun=self._of_some(noun.noun[:-1], quantity, window))
        noun = self._those(noun, quantity, window, memory) if rule.id == "target-noun-count" else noun
        noun = self._spent_on(self._before_date(noun, match, window), quantity, window)
        if noun.action in _ORDERED and noun.noun in ("企业", "单位"):
            noun = noun._replace(noun="整改" + noun.noun)  # 责令整改|企业17家
        if noun.action in _PUNISHING and noun.noun in ("企业", "单位"):
            noun = noun._replace(noun=noun.action + noun.noun)  # 立案处罚|企业17家
        if not noun.noun and noun.scope.endswith(_GROUNDS) and self.view.text.endswith(noun.scope, window.left, quantity.start):
            noun = noun._replace(noun=noun.scope, scope="")  # 治理火区|9处
        noun = self.recall.told(noun, rule, quantity, memory)
        if noun.scope.endswith(_GROUNDS) and noun.noun == noun.action:
            noun = noun._replace(noun=noun.scope + noun.noun, scope="")  # 霍勒矿区|2031年治理12平方公里
        if not noun.noun:
            return None
        memory.keep(noun.noun, quantity)
        operator = self.words.bounds.get(groups.get("bound") or "", quantity.operator)
        if self.view.text.endswith(_NOT, 0, quantity.start):
            operator = {">": "<=", "<": ">="}.get(operator, operator)  # 没有|超过0.15毫克
        if operator == "=" and "至少" in self.view.text[window.left : quantity.start]:
            operator = ">="
        return Frame(
            rule, quantity, noun.noun, noun.action, noun.scope, self._change(rule, quantity, noun), cast("Operator", operator),
            self._printed(match, "baseline", window) if groups.get("baseline") else "", self._end(rule, match, window, noun.noun),
        )  # fmt: skip

    def _end(self, rule: Rule, match: regex.Match[str], window: Window, noun: str) -> int:
        """Where what a rule took ends: behind a count that is its noun, so that what those do is left for the next number (11家矿山|缴存基金1.2亿元)."""
        end = window.left + match.start("indicator") + len(noun) if rule.id == "target-count-noun" else -1
        more = self.words.stops + self.words.predicates
        cut = end > 0 and self.view.text.startswith(noun, end - len(noun)) and self.view.text.startswith(more, end)
        return end if cut else window.left + match.end()

    def _may_stand_behind(self, rule: Rule, noun: Noun, match: regex.Match[str]) -> bool:
        """Whether what is counted may follow its number, though words stand before that: 县城管局要于9月底前|完成|3个渡口改造."""
        return rule.id == "target-reach" and (not noun.noun or _told(match, "action") == "完成")

    def _printed(self, match: regex.Match[str], group: str, window: Window) -> str:
        return self.view.text[window.left + match.start(group) : window.left + match.end(group)]

    def _noun(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity) -> Noun:
        """The indicator of a match, cut free; after a count it ends where another clause's verb begins, but keeps what is lacking (未建立台账)."""
        if not _told(match, "indicator"):
            return Noun("")
        named = self._printed(match, "indicator", window)
        relative = (
            _RELATIVE.match(self.shaded, window.left + match.end("value")) if match.start("indicator") > match.start("value") else None
        )
        apart = (
            self._told_apart(window.left + match.end("value"), quantity.unit) if match.start("indicator") == match.end("value") else None
        )
        if apart is not None:
            return Noun(apart)
        if relative is not None:
            return Noun(self.view.text[relative.start("head") : relative.end("head")])
        if match.start("indicator") <= match.start("value"):
            share = _OF_THE_PLAN.search(named) if rule.id == "target-share" else None
            if share is not None and not _DEGREE.fullmatch(named, 0, share.start()):
                return self.nouns.trim(named[: share.start()] + share[1])  # 利润总额|完成|年度目标
            part = _PART_OF_THEM.fullmatch(named) if named.endswith(("占", "占有")) else None
            if part is not None:
                return Noun(part[1] + "占比")
            named = _FOR_EACH.sub("", named)
            works = _WORKS.fullmatch(named) if named.endswith("完成投资") else None
            return Noun(share[0]) if share is not None else self.nouns.trim(works[1] + "投资" if works else named)
        if rule.id in ("target-count-listed", "target-at-rate", "target-weight"):
            return self.nouns.trim(named, verbs=False)
        lacking = _LACKING.match(self.shaded, window.left + match.end("indicator") - 1)
        if lacking is not None:
            return self.nouns.trim(self.view.text[window.left + match.start("indicator") : lacking.end()], verbs=False)
        if self.shaded.startswith("、", window.left + match.end("indicator")):
            more = _MORE.match(self.shaded, window.left + match.end("indicator"), window.right)
            named = _DOING.sub("", named + self.view.text[more.start() : more.end()]) if more is not None else named  # 14家印染|、漂洗企业
        named = _STRATEGY.sub("", _SETTLING.sub("", self._head(named)))
        if self.shaded[window.right : window.right + 1] == QUANTITY and window.left + match.end("indicator") == window.right:
            named = self.nouns.before_deed(named)  # 36万立方米|固废|清运29.5万立方米
        if self.shaded.startswith("对", window.clause) or self.shaded[window.left + match.start("value") - 1] == "对":
            named = self.nouns.before_treatment(named)
        if self.view.text[window.left + match.start("value") - 1] in "将把":
            named = self.nouns.before_verb(named)  # 将3台|锅炉移交热力公司
        if quantity.unit in _HELD and (gone := _GONE.match(named)):
            named = named[gone.end() :]  # 主要负责同志6次|到|现场督导
        noun = self.nouns.trim(named, verbs=False)
        clause = _CLAUSE.match(self.shaded, window.left + match.start("indicator"), window.right)
        if clause is not None and noun.noun:
            whole = self.shaded[clause.end() : clause.end() + 1] not in (QUANTITY, DATE)
            printed = self.view.text[clause.start() : clause.end()]
            led = _LED.search(self.shaded, window.left, window.left + match.start("value")) is not None
            noun = noun._replace(noun=self.counted.noun(noun.noun, printed, quantity.unit, whole=whole, led=led))
        reworked = _REWORKED.match(self.shaded, window.left + match.start("indicator") + len(noun.noun))
        if noun.noun and reworked is not None and self.view.text.startswith(noun.noun, window.left + match.start("indicator")):
            noun = noun._replace(noun=noun.noun + reworked[1])  # 7家水泥企业|年底前完成超低排放改造
        if noun.noun and _told(match, "action").endswith("完成"):
            noun = noun._replace(noun=noun.noun + self._work_of(noun.noun, window.left + match.start("indicator")))
        quality = _QUALITY.search(self.shaded, window.left, window.left + match.start("value"))
        return noun._replace(noun=quality[1] + noun.noun) if quality is not None and noun.noun else noun

    def _work_of(self, noun: str, place: int) -> str:
        """What is to be finished of those that are counted: 完成16个村庄|的垃圾治理任务; nothing where no deed is named."""
        end = place + len(noun)
        work = _WORK_OF.match(self.shaded, end) if self.view.text.startswith(noun, place) else None
        if work is None or not (work["deed"] in self.words.actions or work["deed"][-_SHORT_NOUN:] in self.words.actions):
            return ""
        return self.view.text[end : work.end()]

    def _told_apart(self, place: int, unit: str) -> str | None:
        """The noun behind a count with what tells those from others, where the unit counts such nouns: 3个|影响水质的排污口整治; else None."""
        which = _WHICH.match(self.shaded, place)
        if which is None or not self.counted.counts(which["head"], unit):
            return None
        printed = self.view.text[which.start("head") : which.end()]
        head = self.counted.noun(self.nouns.head(printed), printed, unit, whole=False)
        return head if which["which"][0] == "已" else self.view.text[place : which.start("head")] + head

    def _sized(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A size printed right before the noun stays with it: 10蒸吨以下|燃煤锅炉; so does what bounds a share: 单户500万元以下的|占比."""
        indicator = _told(match, "indicator")
        if not noun.noun or window.left == window.clause or self.shaded[window.left - 1] != QUANTITY or match.start("indicator") != 0:
            return noun
        if indicator.startswith("的") and (
            noun.noun.endswith(_SHARES) or (len(noun.noun) <= _SHORT_NOUN and window.left - 1 in self.bounded)
        ):
            start = max(window.clause, *(self.shaded.rfind(mark, window.clause, window.left) + 1 for mark in "、和及与"))
            return noun._replace(
                noun=self.nouns.trim(self.view.text[start : window.left]).noun + ("" if noun.noun in _SHARES else "的") + noun.noun
            )
        size = next((q for q in self.view.quantities_in(window.clause, window.left) if q.end == window.left), None)
        if size is None or size.start not in self.sizes or indicator.startswith(_LINKS):
            return noun
        return noun._replace(noun=self.view.text[size.start : window.left] + noun.noun)

    def _of_what_follows(self, noun: Noun, quantity: Quantity, window: Window) -> Noun:
        """A size told before the thing that has it: 建成日处理能力60吨的|餐厨垃圾处理站 → 餐厨垃圾处理站日处理能力."""
        size = self.nouns.measurand(noun.noun)
        if not size.endswith(_SIZES) or len(noun.noun) - len(size) > _SHORT_VERB:
            return noun
        thing = _THING.match(self.shaded, quantity.end, window.right)
        if thing is None:
            return noun
        bearer = self.nouns.trim(_COMING_OFF.sub("", thing[1]), verbs=False).noun
        return noun._replace(noun=bearer + _BUILT.sub("", noun.noun)) if bearer else noun

    def _of_some(self, named: str, quantity: Quantity, window: Window) -> str:
        """What is counted of things named before, with what is said of them behind the count: 水库有|3座|没有放空设施."""
        noun = self.nouns.trim(named).noun
        said = _CLAUSE.match(self.shaded, quantity.end, window.right)
        behind = self.view.text[quantity.end : said.end()] if said is not None else ""
        return self.counted.noun(noun, noun + behind, quantity.unit, whole=True) if noun else named

    def _those(self, noun: Noun, quantity: Quantity, window: Window, memory: Memory) -> Noun:
        """Some of what was counted before, told by a limit: 显示屏103块，其中亮度超过300坎德拉/平方米的|37块."""
        known = memory.indicators.get(quantity.unit, "")
        limit = self.shaded.rfind(QUANTITY, window.clause, window.left) + 1 or window.left
        behind = self.shaded[window.left : quantity.start]
        if (
            not known
            or quantity.kind != "cardinal"
            or self.shaded[window.left - 1] != QUANTITY
            or limit != window.left
            or not behind.endswith("的")
            or len(behind) > _SHORT_VERB
        ):
            return noun
        named = self.view.text[window.clause : quantity.start].removeprefix("其中").lstrip("，、")
        return noun if len(named) > _LONGEST_LIMIT else noun._replace(noun=named + known)

    def _spent_on(self, noun: Noun, quantity: Quantity, window: Window) -> Noun:
        """Money put in with what it is put into, told behind it: 投入9.3亿元|实施雨污分流 → 雨污分流投入."""
        spent = _SPENT.match(self.shaded, quantity.end, window.right) if noun.noun == "投入" else None
        return noun._replace(noun=self.view.text[spent.start(1) : spent.end(1)] + noun.noun) if spent is not None else noun

    def _before_date(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A bare rate or deed with the noun that a date parts from it: 缺陷点位|年底前|修复率, 市政管网|去年|排查."""
        place = window.left + match.start("indicator") if _told(match, "indicator") else window.left
        rate = noun.noun.endswith("率") and len(noun.noun) <= _SHORT_RATE
        if place <= window.left or self.shaded[place - 1] != DATE:
            return noun
        dates = self.view.dates_in(window.left, place)
        if not dates:
            return noun
        often = dates[0].sense == "recurrence"
        if not (
            not noun.noun
            or rate
            or noun.noun in self.words.actions
            or noun.noun in _MEANS
            or (often and noun.noun in self.nouns.measurands)
        ):
            return noun
        lead = self.nouns.trim(self.view.text[window.left : dates[0].start]).noun
        doer = lead.endswith(self.words.doers)  # 县级河长|每月|巡河, 州财政局|自2026年起|安排
        return noun._replace(noun=lead + noun.noun) if lead and not doer else noun

    def _change(self, rule: Rule, quantity: Quantity, noun: Noun) -> Change:
        """翻一番 is a growth, 减半 a fall, and so is a concentration's 改善 or 好于; else the rule says what the number is."""
        if noun.action.endswith(("改善", "好于", "优于")) and noun.noun.endswith(self.words.ills):
            return "decrease"
        if noun.action.startswith(_OVER):
            return "increase"  # 造林9万亩，超计划完成|28%
        added = rule.id == "target-count-noun" and noun.action and self.view.text.endswith(_ADDED, 0, quantity.start - len(noun.action))
        if added or quantity.unit == "番" or self.view.text.endswith(_ADDED, 0, quantity.start):
            return "increase"  # 新增|28个项目, 新增安装|28台水泵
        if rule.id == "target-new" and ((quantity.kind == "percent" and noun.noun.endswith(_RATIOS)) or noun.noun.endswith(_INTENSITIES)):
            return "level"  # 新增用地的出让比例不低于六成, 新增用地亩均投资强度不低于200万元
        return "decrease" if self._halves(quantity) else cast("Change", rule.set.get("change", "level"))

    def _halves(self, quantity: Quantity) -> bool:
        return self.view.text[quantity.start] == "减"


def _in_unit_of(first: Quantity, second: Quantity) -> Quantity:
    """The level that is reached in the unit of the level before it, where it prints none: 由4.2%降到|0."""
    return second._replace(unit=first.unit, base_unit=first.base_unit) if second.value == 0 and not second.unit else second


def _match(rule: Rule, text: str, place: int) -> regex.Match[str] | None:
    """The rule's match in the text of a window that has the quantity at a place as its value."""
    match = rule.search(text)
    while match is not None and not match.start("value") <= place < match.end("value"):
        match = rule.search(text, match.start() + 1)
    return match


def _told(match: regex.Match[str], group: str) -> str:
    """What a group of a match holds; nothing where its rule has no such group."""
    return (match[group] or "") if group in match.re.groupindex else ""
