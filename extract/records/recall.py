"""What a number counts whose own clause does not say it: a verb alone, a bare rate or size, nothing. What was said before tells it."""

from __future__ import annotations

import regex

from extract.model import Quantity, View
from extract.nlp.words import tag
from extract.records.bearers import Bearers
from extract.records.memory import Memory
from extract.records.nouns import Noun, Nouns
from extract.records.sources import DEED, DEED_UNITS, HELD_UNITS, Sources
from extract.rulebook import Rule, Rulebook

_REST = ("剩下", "剩余", "其余", "余下", "尚余", "尚剩", "还剩", "仍剩", "仅剩", "只剩", "还余")
_LIGHT = ("完成", "实施", "开展", "实现", "组织", "推进", "累计完成", "新增")
_PUNISHED = ("立案", "处罚", "行政处罚", "约谈", "问责", "追责", "查处")
_SETTLED = ("整改", "整改完成", "完成整改", "办结", "销号", "验收销号", "解决")
"""Deeds by which a problem is no more: what is counted are the problems."""
_MADE = (
    "建成",
    "新建",
    "建设",
    "改建",
    "扩建",
    "续建",
    "配建",
    "购置",
    "购买",
    "采购",
    "安装",
    "配备",
    "设立",
    "安排",
    "拨付",
    "下达",
    "筹集",
)
"""Deeds by which there is what is counted."""
_PEOPLE = ("人", "万人", "户", "万户", "名", "人口")
_REACHING = ("惠及", "覆盖", "受益", "带动", "服务", "涉及")
_PARTS = ("率", "比例", "占比", "比重", "指数", "浓度", "系数", "量")
"""What is a part or a level itself, of which no share is told."""
_OF_PLANNED = regex.compile(r"(?<=.{2})(?:占|完成|为)[^占，]{0,14}(?:任务|计划|目标|进度|预算)[数量]?$")
"""收入占年度预算102%，同比增长|6%: what has grown is the income."""
_OTHERS = ("其他", "其它", "其余")
_SHARES = ("占比", "比重")
_YARDSTICK = regex.compile(r"(?:设计|标准|规定|核定|许可|批复|额定|目标|计划|控制)(?:值|限值|要求|上限|标准)")
_LIMITS = ("标准", "限值", "标准值", "设计值", "上限")
_RATIOS = ("倍", "成", "%")
_LIKENED = ("是", "相当于", "接近", "约为", "约是", "近乎", "将近")
"""What likens a number to another: 是上年的1.9倍."""
_EACH = regex.compile(
    r"每个?(?:乡镇|乡|镇|村|行政村|县|区|市|县区|县（市、区）|社区|街道|园区|学校|企业|小区|班|组)|第[一二三四五]批|首批|\ue002+"
)
_OF_EACH = frozenset("每第首\ue002")
_PER_ONE = regex.compile(r"^每(?:平方公里|公顷|公里|万元|[亩户人吨村校年])(?=\p{Han}{2})")
_EACH_AT_END = regex.compile(
    r"平均(?P<one>每个?(?:[家户人村镇乡亩名所座处件]|项目|企业|乡镇|行政村))$|(?<=\p{Han}{3})(?P<one>每个?(?:[座处家户件]|乡镇|[村镇乡县]|行政村|县区|街道|社区|学校))$"
)
_SIZE_OF_EACH = regex.compile(
    r"(?:平均)?(?P<one>每个?[户家村座处所栋亩人])(?P<what>(?:占地|建筑|种植|养殖)?(?:面积)|占地|投资|用地|造价|成本|用水|用电|补助|欠款)"
)
"""平均每户|占地: a size that each of several has."""
_EACH_ONE = regex.compile(r"每(?P<unit>[支个所家座处班条户名口台辆艘项])")
_MOST = regex.compile(
    r"(?P<how>最[长短久多少高低大小深浅])(?:$|的)(?:一[处个家起件宗条段])?(?:已|也|仅|则|达|有|为|就|竟|甚至|可)*(?P<what>\p{Han}{0,6}?)(?:已|达|了|长达|有)*"
)
_EXTREME = regex.compile(r"最[高低大小长短]")
_LASTING = regex.compile(r"滞留|超期|逾期|拖欠|拖延|闲置|停工|停产|停用|停摆|等待|积压|办理|审批")
_ONE_OF = ("每名", "每位", "每个")
_WITHIN = regex.compile(r"[^，；。、]*")
_ONE_DEED = regex.compile(
    r"(?P<where>\p{Han}{1,4}[省市县区州旗镇乡村线段侧岸边部期])?(?:再|另|又|拟|计划|预计|只|仅|先|才|实|已|共|现)[建修改购增种清拆铺栽治管换装批挖采用报]"
)
_ANEW = regex.compile(r"(?:经|实地|现场|卫星|遥感|实际)*(?:测量|丈量|实测|核实|核定|核查|勘测|认定|测算|清点|统计)")
"""实地丈量|才630亩: what was told is counted anew."""
_LONG_DEED = 8
_SPANS = ("天", "日", "个月", "年", "小时", "个工作日", "分钟")
_OF_ONE = regex.compile(r"(?P<who>每[名位个]\p{Han}{1,6}[员长师者])(?P<what>\p{Han}{4,})")
_PER_PERSON = regex.compile(r"(?P<who>[^，。；、]{2,10}每[人名位])(?P<what>\p{Han}{2,})")
_GRADES = ("级", "优", "良", "优良", "达标")
_WORK_TASK = regex.compile(r"(?:建设|改造|整治|治理|修复|安装)任务")
_RANKED = regex.compile(
    r"(?:.*各(?:市州|州市|市县|县区|区县|县市|乡镇|镇街|设区市|地市?|市|县|区))?(?P<what>.*?)(?:最|较|相对|偏|排名)(?:[高低多少好差大小快慢]|靠前|靠后|末位)的(?:分别|依次)?(?:为|是|有)?(?P<who>[^，。；、的]{1,5}[省市县区州盟旗镇乡])"
)
"""完成率较高的为|青石县, 最低的|白沙镇: over which place the number is counted."""
_PLACED_DEED = regex.compile(r"(?P<place>\p{Han}{1,5}[省市县区州旗镇乡期批])(?P<deed>\p{Han}{2})")
_PLACES = frozenset("省市县区州旗镇乡期批")
"""Ends of places and of stages, over which what was counted before is counted again: 白沙镇|整治9处, 二期|改造26个."""
_BUILT_UP = ("棚户区", "小区", "居民小区", "老旧小区", "住宅小区", "街区", "老旧街区", "校区", "灌区")
"""What is worked on, and no place where that is done: 棚户区改造|190套."""
_BEARERS = (
    "企业",
    "单位",
    "学校",
    "机构",
    "医院",
    "城市",
    "乡镇",
    "小区",
    "园区",
    "村",
    "县",
    "市",
    "区",
    "镇",
    "养殖场",
    "养殖户",
    "景区",
    "工厂",
    "门店",
)
_BORNE = regex.compile(r"^.*(?:[市县区镇乡村](?![城级域庄屯居内属])|企业|单位|学校|机构|医院|养殖场|养殖户|景区|工厂|门店)(?=.{3,}$)")
_HOW = regex.compile(
    r"(?:安全|规范|妥善|集中|有效|分类|及时|就地|就近|科学|依法|全部|初步|实际|自行|统一|协同|异地|定点|无害化|资源化)+(?=\p{Han}{2})"
)
"""安全|处置: how a deed is done."""
_GOING = ("入园", "进园", "上岸", "上楼", "达产", "退捕")
"""What is done by those that are counted."""
_HANDED = ("移送", "移交", "通报", "抄送")
_OFFICES = ("机关", "部门", "法院", "检察院", "监委")
_BEYOND = ("超标", "超出", "超过标准", "超标倍数", "最高超标", "最大超标", "最多超标", "超过限值", "超限值")
_AT_MOST = regex.compile(r"最[高大多](?=超标$)")
_TASK = regex.compile(r"(?<=.{2})(?:建设|改造|整治|治理|修复)?任务$")
_AREAS = (
    "乡镇",
    "农村",
    "城区",
    "城镇",
    "县城",
    "园区",
    "城市",
    "乡村",
    "山区",
    "平原",
    "市区",
    "主城区",
    "中心城区",
    "县域",
    "市本级",
    "县本级",
    "市级",
    "县级",
    "乡镇级",
    "乡级",
    "镇级",
    "村级",
    "县级城市",
    "地级城市",
    "设区市",
    "建制镇",
    "城中村",
)
_LEVELS = frozenset(
    level + "级" for level in ("省", "市", "县", "区", "州", "乡镇", "乡", "镇", "村", "中央", "国家", "旗县", "市县", "街道")
)
_AREA = regex.compile("(?:城市|县城|乡镇|城镇|城区|市区|县级)?(?:建成区)?(?<=.)(?=.{4})")
_BRANCHES = ("行业", "领域", "片区", "区内", "境内")
"""Parts of a whole that are no kinds of what is counted."""
_STRETCHES = ("区域", "范围", "范围内")
_LISTED_AS = regex.compile(
    r"(?:(?:列入|计划|要求|应|需)+于?(?:完成|到期|办结)的?|(?:(?:立行立改|立整立改|立即整改|即知即改|长期坚持|持续推进|完成|到期|办结)[、和及]?)+的有?)有?"
)
_STATING = ("target-reach", "target-noun-count")
_PHASE = regex.compile(r"[一二三四首]期")
_OPPOSITES = {"夜间": "昼间", "昼间": "夜间"}
_OF_WORK = 2
"""Words of a measure with the work that it measures: 播种面积."""
_COUNTED_IN = frozenset("天件起个家户人次处条宗项吨")
_AS_PART = regex.compile(r"^(?:仅|只|约)?(?:为|是|达到?|相当于)(?=\p{Han}*(?:任务|计划|目标|进度)[数量]?$)")
"""污水管网9公里，为年度任务的|58%: so large a part of what is planned."""
_HOLDING = ("能力", "规模", "库容", "容量", "容积")
"""How much may be held or done, which no deed brings about."""
_EXTENTS = ("面积", "产量", "总产")
_WHICH = ("落后", "过剩", "低效", "先进", "老旧")
"""What may stand before the first of several kinds and holds of all: 落后炼铁产能、炼钢."""
_BY_PRODUCT = ("产能", "产量", "种植面积", "播种面积", "养殖面积")
_CAPACITIES = ("产能", "生产能力")
_PIECES = frozenset("台座家个条户处口辆艘套眼孔")
_SHORT_NAME = 4
_LONGEST_KIND = 6
_WATER = regex.compile(
    r"(?!出水|进水|尾水|排水|废水|污水)(?:[^，。；、]{1,4}(?:[河江湖溪涌库港湾沟渠]|干流|支流|流域|片区)|[^，。；、]水|[^，。；、]{1,4}级)"
)
"""A stretch of water or ground, over which what was counted before is counted again."""


class Recall:
    """Tells the indicators that a text leaves out, by the words of one rulebook."""

    def __init__(self, view: View, shaded: str, nouns: Nouns, rulebook: Rulebook) -> None:
        self.view, self.shaded, self.nouns = view, shaded, nouns
        self.sources = Sources(view, shaded, nouns, rulebook)
        self.bearers = Bearers(view, shaded, nouns, self.sources, rulebook)
        self.actions, self.reach = rulebook.words("actions"), rulebook.words("reach")
        self.changes = rulebook.words("increase") | rulebook.words("decrease")
        self.own, self.again = rulebook.words("own_deeds"), rulebook.words("same_again")
        self.matters, self.treatments = tuple(rulebook.words("tally_nouns")), tuple(nouns.treatments)

    def told(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun:
        """The indicator where the match has only a verb, a remainder, a share or nothing: told by what was said before."""
        name = noun.noun
        if name.startswith(("占", "完成", "为", "达", "相当于")) and not name.startswith("占比") and rule.id == "target-share":
            return noun._replace(noun=_done(memory.indicator) + _AS_PART.sub("占", name))
        over = self._over(noun, quantity, memory)
        if over is not None:
            return over
        noun = self._of_one(noun)
        each = self._each(noun, rule, quantity, memory) or self._as_share(noun, rule, quantity, memory)
        if each is not None:
            return each
        if (
            _YARDSTICK.fullmatch(noun.noun)
            or (quantity.unit == "倍" and (noun.noun.endswith(_LIMITS) or noun.noun.startswith("为")))
            or _LISTED_AS.fullmatch(noun.noun)
        ):
            noun = noun._replace(noun="")  # 措施15条，其中列入年底前完成的|8条
        return (
            self._again(noun, rule, quantity, memory) or self._by_deed(noun, quantity, memory) or self._part(noun, rule, quantity, memory)
        )

    def _over(self, noun: Noun, quantity: Quantity, memory: Memory) -> Noun | None:
        """What was told before and is counted again: for each of some, by rank, as what the item is about; None where nothing of that is said."""
        name = noun.noun
        if name[:1] in _OF_EACH and _EACH.fullmatch(name) and (known := self.sources.last(memory, quantity.unit, quantity.start)):
            return noun._replace(noun=known, scope=name)  # 新建凉亭40座，每个村不少于2座
        if quantity.unit in HELD_UNITS and name.endswith(_BEARERS) and (held := memory.indicators.get(quantity.unit)):
            return noun._replace(noun=held, scope=name)  # 重点企业每半年检测1次，一般企业|每年1次
        if quantity.unit == "天" and name.endswith(_GRADES):
            return noun._replace(noun=name + "天数")  # 达到一级|257天
        if _WORK_TASK.fullmatch(name) and (named := self.sources.named(quantity.unit, memory)):
            return noun._replace(noun=named)  # 公共厕所：6月底前建成2座，9月底前完成5座|建设任务
        if len(name) > 1 and memory.head.endswith(name) and not self.nouns.measured(name):
            return noun._replace(noun=memory.head)  # 社区助餐点：3月底前新增8处
        ranked = _RANKED.fullmatch(name) if "的" in name else None
        if ranked is not None:
            what = self.nouns.trim(ranked["what"]).noun
            what = what if len(what) > 1 and what not in self.reach else self.sources.last(memory, quantity.unit)
            return noun._replace(noun=what, scope=ranked["who"])  # 办结率较高的为|青石县96%
        return None

    def _of_one(self, noun: Noun) -> Noun:
        """A phrase without those of whom each one does or has so much."""
        per = _PER_PERSON.fullmatch(noun.noun) if "每" in noun.noun else None
        if per is not None:
            noun = noun._replace(noun=per["what"], scope=per["who"])  # 县级领导每人|包抓问题
        if noun.noun[:2] in _ONE_OF and (single := _OF_ONE.fullmatch(noun.noun)) is not None:
            noun = self.nouns.trim(single["what"])._replace(scope=single["who"])  # 每名网格员|联系商户30户
        sized = _SIZE_OF_EACH.fullmatch(noun.noun) if "每" in noun.noun[:3] else None
        if sized is not None:
            return noun._replace(noun=sized["what"], scope=sized["one"])
        if noun.noun.startswith("每") and self._is_deed(done := _PER_ONE.sub("", noun.noun)):
            noun = noun._replace(noun=done)
        return noun

    def _each(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun | None:
        """What was told before, of each one of some or of what a place does; None where neither is named."""
        name = noun.noun
        one = _EACH_AT_END.search(name) if "每" in name else None
        if one is not None and (known := name[: one.start()] or self.sources.last(memory, quantity.unit)):
            return noun._replace(noun=known, scope=one["one"])  # 河长制经费|每个乡镇|不低于6万元, 罚款58万元，|平均每家|4.1万元
        each = _EACH_ONE.fullmatch(name) if name.startswith("每") else None
        if each is not None and (counted := memory.indicators.get(each["unit"], "")):
            return noun._replace(noun=counted, scope=name)  # 组建专业队4支，每支不少于20人
        behind = rule.id == "target-count-noun"  # 9个老旧小区|改造 are no deed of a place
        placed = _PLACED_DEED.fullmatch(name) if name[-3:-2] in _PLACES and name[:-2] not in _BUILT_UP and not behind else None
        if placed is not None and self._is_deed(placed["deed"]):
            return self.told(noun._replace(noun=placed["deed"], scope=placed["place"]), rule, quantity, memory)
        return None

    def _as_share(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun | None:
        """A share, a comparison or the rate of one part, named by what was told before; None where it is none of these."""
        name = noun.noun
        if not name and noun.scope in _OTHERS and self.shaded[quantity.number.start - 1] == "占":
            return noun._replace(noun=noun.scope + "占比", scope="")
        if not name and self.shaded[quantity.number.start - 1] == "占" and memory.indicator:
            return noun._replace(noun=memory.indicator.removesuffix("占比") + "占比")
        if name in _SHARES and memory.indicator and not memory.indicator.endswith(_PARTS):
            return noun._replace(noun=memory.indicator + name)  # 优质断面8个，占比六成
        if name == "占" and noun.scope:
            return noun._replace(noun=noun.scope + "占比", scope="")  # 干渣、湿渣分别占|64%、25%
        if quantity.unit in _RATIOS and name.startswith(_LIKENED) and memory.indicator:
            return noun._replace(noun=memory.indicator)  # 降尘量9.5吨，是城区的|1.8倍
        if name.endswith(("占", "占到")) and len(name.removesuffix("到")) > 1:
            return noun._replace(noun=name.removesuffix("到") + "比")
        whole = memory.indicators.get(quantity.unit, "")
        if rule.id in _STATING and quantity.kind == "percent" and not self.nouns.measured(name) and self.nouns.measured(whole):
            borne = _BORNE.match(whole) or (_AREA.match(whole) if name in _AREAS else None)
            if borne is not None and name.endswith(_BEARERS):
                return noun._replace(noun=name + whole[borne.end() :])  # 企业达标率不低于八成，其中|危化企业|达到100%
        if rule.id in _STATING and quantity.kind == "percent" and name.endswith(_BEARERS) and (rate := self._rate_of(memory)):
            return noun._replace(noun=rate, scope=name)  # 抽查合格率，|产废单位|达到95%
        if name in _OPPOSITES and memory.indicator.endswith(_OPPOSITES[name]):
            return noun._replace(noun=memory.indicator.removesuffix(_OPPOSITES[name]) + name)  # 噪声昼间57分贝、|夜间46分贝
        return None

    def _rate_of(self, memory: Memory) -> str:
        """The rate that the clause before names without a number, of which some are told; nothing where it names none."""
        topic = memory.topics[-1] if memory.topics else (0, 0)
        named = self.view.text[slice(*topic)]
        return self.sources.topic(*topic) if named.endswith(("率", "比例")) else ""

    def _again(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun | None:
        """What was told before and is counted again, by a stage, as the most of it, or where nothing is said; None where a noun or deed is."""
        name = noun.noun
        if _PHASE.fullmatch(name) and (whole := self.sources.last(memory, quantity.unit)):
            return noun._replace(noun=whole, scope=name)  # 设计处理能力60万吨/年，其中|一期|40万吨/年
        if name == "总数" and (whole := memory.indicators.get(quantity.unit, "")):
            return noun._replace(noun=whole)
        one = _ONE_DEED.fullmatch(name) if len(name) < _LONG_DEED else None
        if one is not None and (known := self.sources.last(memory, quantity.unit)):
            return noun._replace(
                noun=known, action=name[one.end("where") :] if one["where"] else name, scope=one["where"] or noun.scope
            )  # 已建成充电桩210个，年底前|再建90个
        if _ANEW.fullmatch(name) and (known := memory.indicators.get(quantity.unit, "")):
            return noun._replace(noun=known, action=name)
        if "最" in name and (most := _MOST.fullmatch(name)) is not None:
            return noun._replace(noun=self._most(most["how"], most["what"], quantity, memory))
        if name in self.again and (known := self.sources.last(memory)):
            return noun._replace(noun=known)
        if name in self.changes or name.endswith(("同比", "环比")):
            return noun._replace(noun=self._compared(quantity, memory), action=name)
        if not name and quantity.start == memory.behind:
            return noun._replace(noun=memory.indicator)  # 监测户12户|31人
        if not name and quantity.unit in _PEOPLE and memory.action in _REACHING and memory.indicators.get(quantity.unit) is None:
            return noun._replace(noun=memory.action)  # 惠及24个村、3.6万人
        if quantity.kind == "class" and (not name or name in self.reach) and (water := self.sources.water(quantity.start)):
            return noun._replace(noun=water)  # 柳溪口断面消除Ⅳ类，2032年达到|Ⅲ类
        if not name:
            level = rule.set.get("change", "level") == "level"
            changed = "" if level else self._compared(quantity, memory)
            if level and quantity.unit == "%" and memory.indicators.get("个百分点") == memory.indicator:
                changed = memory.indicator  # 覆盖率提高2个百分点，达到|86%
            known = changed or self.sources.last(memory, quantity.unit, quantity.start) or memory.indicators.get(quantity.unit, "")
            return noun._replace(noun=_done(known) if rule.id == "target-over-plan" else _in_area(known, noun.scope))
        if quantity.kind == "percent" and name in _LIGHT and (known := memory.indicator or self.sources.topic_of(memory)):
            return noun._replace(noun=known, action=name)  # 3月底前完成清查，6月底前|完成40%
        return None

    def _compared(self, quantity: Quantity, memory: Memory) -> str:
        """What is said to have grown or fallen: what was counted last in the unit of a count, else what was told last."""
        counted = memory.indicators.get(quantity.unit, "") if quantity.kind == "cardinal" and quantity.unit in _COUNTED_IN else ""
        known = counted or self.sources.last(memory)
        return _OF_PLANNED.sub("", known) if quantity.unit == "%" else known

    def _by_deed(self, noun: Noun, quantity: Quantity, memory: Memory) -> Noun | None:
        """What a deed, or what is left of something, counts; None where neither is told."""
        name, action = noun.noun, noun.action
        deed = self._is_deed(name) or (action not in _LIGHT and action + name in self.actions)
        if deed and action and action not in _LIGHT:
            return noun._replace(
                noun=self._done_to(action + name, quantity.unit, quantity.start, memory)
            )  # 查封扣押9起: the deeds are counted
        if action in _HANDED and name.endswith(_OFFICES):
            return noun._replace(noun=action + name)  # 移送公安机关4起
        if name in _BEYOND:
            return noun._replace(noun=self.sources.last(memory).removesuffix("超标") + _AT_MOST.sub("", name))
        if quantity.unit == "倍" and name.endswith("超标"):
            return noun._replace(noun=_AT_MOST.sub("", name))
        if name in _REST or (name + action in self.reach):
            return noun._replace(noun=self.sources.last(memory, quantity.unit) or name, action=name)
        if deed:
            return noun._replace(noun=self._done_to(name, quantity.unit, quantity.start, memory), action=name)
        return None

    def _part(self, noun: Noun, rule: Rule, quantity: Quantity, memory: Memory) -> Noun:
        """A noun as a kind or part of what was told before, which completes it; else as it is."""
        name = noun.noun
        if shared := self._shared_head(name, quantity, memory):
            return noun._replace(noun=shared)
        if measured := self._among_measured(name, quantity, memory):
            return noun._replace(noun=measured)
        counted = memory.indicators.get(quantity.unit, "")
        if counted and not noun.action and name.endswith(_BRANCHES) and not counted.endswith(name) and rule.id != "target-count-noun":
            return noun._replace(noun=counted, scope=name)  # 压减用煤68万吨，其中|建材行业|21万吨
        if not counted and name in _LEVELS and not noun.action and (topic := self.sources.topic_of(memory)):
            return noun._replace(noun=topic, scope=name)  # 落实护林经费，市级|不低于60万元
        if counted and (name in _AREAS or (noun.scope and name in _STRETCHES)) and rule.id != "target-count-noun":
            name = noun.scope + name if name in _STRETCHES else name
            return noun._replace(noun=counted, scope=name)  # 充电桩3270个，其中乡镇640个
        if (
            counted
            and not counted.startswith(self.treatments)
            and _WATER.fullmatch(name)
            and not self.nouns.measured(name)
            and not counted.startswith(name)
        ):
            whole = memory.wholes.get(counted, counted)
            memory.wholes[name + whole] = whole
            return noun._replace(noun=name + whole)  # 截污管14公里，其中主涌8公里
        return noun._replace(noun=self.bearers.fuller(self.bearers.named(name, quantity.start, memory), quantity.unit))

    def _most(self, how: str, what: str, quantity: Quantity, memory: Memory) -> str:
        """What is the most of those told: 最长的|滞留|217天 → 最长滞留时间, 浓度最高值86微克，最低的|31微克 → 浓度最低值."""
        if quantity.unit in _SPANS and how[1] in "长短久多":
            lasting = _LASTING.findall(self.view.text, self.sources.since(quantity.start, "。\n"), quantity.start)
            return how + (what.removesuffix("时间") or (lasting[-1] if lasting else "")) + "时间"
        known = self.sources.last(memory, quantity.unit)
        return how + what if what else _EXTREME.sub(how, known)

    def _among_measured(self, name: str, quantity: Quantity, memory: Memory) -> str:
        """A kind of what was measured, with what that was measured by: 粮食播种面积5万亩，其中早稻|2万亩 → 早稻播种面积; else nothing."""
        whole, start = memory.indicators.get(quantity.unit, ""), quantity.start - len(name)
        if not whole.endswith(_EXTENTS) or not self.view.text.startswith("其中" + name, max(start - 2, 0)):
            return ""
        if len(name) > _SHORT_NAME or self.nouns.measured(name) or self._is_deed(name) or name in _AREAS:
            return ""
        words = tag(whole)
        worked = len(words) > _OF_WORK or whole[: words[0].end] in self.actions  # 粮食|播种面积, 治理面积
        worked = worked and (words[-2].tag[0] == "v" or whole[words[-2].start : words[-2].end] in self.actions)
        shared = whole[words[-2 if worked else -1].start :]
        return name + (shared.removeprefix(name[-DEED:]) or shared)  # 造林面积, 其中人工|造林

    def _shared_head(self, name: str, quantity: Quantity, memory: Memory) -> str:
        """A short name with the head that only the first of a list prints: 小麦播种面积3万亩、玉米2万亩; else nothing."""
        known, start = memory.indicator, quantity.start - len(name)
        follows = known != "" and self.shaded.startswith(name, start) and start - 1 == memory.behind
        if not follows or len(name) > _LONGEST_KIND:
            return ""
        if self.shaded[start - 1] in "、，" and (of_kind := self._of_such_capacity(name, known, quantity.unit)):
            return of_kind
        listed = self.shaded[start - 1] == "、" and len(name) <= _SHORT_NAME
        if not listed or memory.indicators.get(quantity.unit) != known or quantity.unit.endswith("元"):
            return ""
        words = tag(known)
        kept = words[0].end if known.startswith(_WHICH) and len(words) > _OF_WORK else 0  # 落后|炼铁|产能
        first = words[1].end if kept else words[0].end
        by_product = known.endswith(_BY_PRODUCT) and not self._is_deed(name)
        alike = first < len(known) and self.nouns.measured(known) and not self.nouns.measured(name) and (by_product or len(tag(name)) == 1)
        return known[:kept] + name + known[first:] if alike else ""

    def _of_such_capacity(self, name: str, known: str, unit: str) -> str:
        """A kind with what the kinds before it have of capacity: 水泥落后产能210万吨、造纸|8万吨 → 造纸落后产能; else nothing."""
        if unit in _PIECES or unit.endswith("元") or not known.endswith(_CAPACITIES) or self.nouns.measured(name) or self._is_deed(name):
            return ""
        tail = next(tail for tail in _CAPACITIES if known.endswith(tail))
        before = next((which for which in _WHICH if known.startswith(which)), "")
        behind = next((which for which in _WHICH if known.endswith(which + tail)), "")
        kind = len(known) > len(before + behind + tail) and (before or behind)
        return before + name + behind + tail if kind else ""

    def _is_deed(self, name: str) -> bool:
        """Whether a phrase is but what is done, one verb or several: 清退, 搬迁关停."""
        name = name[how.end() :] if (how := _HOW.match(name)) is not None else name
        if name in _GOING:
            return True
        if self.nouns.measured(name) or name[:1] not in self.nouns.action_firsts:
            return False
        return name in self.actions or all(name[word.start : word.end] in self.actions for word in tag(name))

    def _done_to(self, deed: str, unit: str, place: int, memory: Memory) -> str:
        """What a deed without an object is done to: what was counted in the same unit, here or in a sentence before."""
        known = memory.indicators.get(unit, "")
        apart = not _WITHIN.fullmatch(self.view.text, memory.behind, max(place, memory.behind))
        if known and deed == memory.action and unit not in DEED_UNITS and apart:
            return known  # 上半年清退网箱32口，下半年|清退18口
        counted = (
            "" if unit in DEED_UNITS or deed in self.own else known or self.sources.classified(unit, place) or memory.earlier.get(unit, "")
        )
        if not counted and (money := self.sources.entered(memory, unit)):
            return money
        counted = (
            memory.wholes.get(counted, counted) or self.sources.object_of(deed, unit, place, memory) or self.sources.named(unit, memory)
        )
        counted = _TASK.sub("", counted)
        if not counted or self._is_deed(counted):
            return deed
        if deed.startswith(_PUNISHED) and not counted.endswith(self.matters):
            return deed  # 检查企业30家，立案处罚|5家
        if counted.endswith(_HOLDING):
            return deed  # 设计库容18万立方米，已填埋|6万立方米
        if deed in counted or deed in _SETTLED or deed in _MADE or len(deed) > len(counted):
            return counted  # the deed is the row's action
        if counted[tag(counted)[-1].start :] in self.actions or self.nouns.measured(counted):
            return deed + (
                "面积" if counted.endswith("面积") and unit not in DEED_UNITS else ""
            )  # 园区规划面积18平方公里，已|开发6平方公里
        memory.wholes[counted + deed] = counted
        return counted + deed


def _done(known: str) -> str:
    """What a share is told of, where a share of it, or that it is done, was told before: 投资占年度计划, 完成投资."""
    whole = _OF_PLANNED.sub("", known).partition("占")[0]
    return whole.removeprefix("完成") if whole == "完成投资" else whole


def _in_area(known: str, area: str) -> str:
    """What is measured in the towns as it is measured in another area: 城市道路清扫率达到90%，|县城|达到80%."""
    lead = _AREA.match(known) if area in _AREAS else None
    return area + known[lead.end() :] if lead is not None else known
