"""The noun of an indicator, cut free of what stands around it: 全市新改扩建雨污管网 is 雨污管网, done by 新改扩建, over 全市."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extract.nlp.words import tag
from extract.records.acts import Acts
from extract.records.suffixes import Suffixes
from extract.rulebook import Rulebook

_HIDDEN = regex.compile(
    r"连续[一二三四五六七八九十两\d]+个?(?:年|月|天|周|季度)|[\ue000-\ue003]+|[（(][^（）()]*(?:达到|优于|以上|以下|其中|包括|不含|含|占)[^（）()]*[）)]|[（(][^（）()]*\d[\p{Han}%][^（）()]*[）)]|^[（(][^（）()]*[）)]|[（(][^（）()]*$"
)
_HIDING = frozenset("连（(\ue000\ue001\ue002\ue003")
"""What every stretch that is hidden begins with."""
_AIM_IS = regex.compile(r"^.{0,24}?目标(?:任务)?(?:(?:主要|就)?[是为](?=.{2})|(?=[A-Z]))")
"""今年护林工作的目标任务是|造林, 空气质量目标|PM10: what is wanted stands behind."""
_ADVERBED = 4
_SHORT = 4
_OBJECT = 2
_LIGHT = ("完成", "累计完成", "实现")
_OF_DEEDS = ("项目", "工程", "用地", "设施", "任务", "资金", "进度", "工作")
_BARE_RATE = 3
_OWED = ("率", "比例")
_REACHED = ("完成", "推进", "推动", "落实", "组织", "开展", "达到", "提高", "提升", "降低", "实现", "减少", "增加")
_SITES = (
    "厕所",
    "场所",
    "住所",
    "泵站",
    "电站",
    "水站",
    "气站",
    "热站",
    "加油站",
    "中转站",
    "处理站",
    "充电站",
    "车站",
    "收购站",
    "驿站",
    "基站",
)
"""What ends like the name of a body and is built."""
_BODIES = "局委办厅队部院会所站处科组司团导"
_ADVERBS = "共已均拟约将须要应仍"
_EDGES = " 　，、；：。\"'的了"
_TRAILING = r"(?:先后|相应(?:调整|提高|增加|减少)?|务必|必|每[亩户人吨]|最高|最低|最多|(?<=\p{Han}{2})最[大小长短深]|最|一直|长期|常年|连续[\d一二三四五六七八九十]+个?(?:年|月|天|周|季度)|依次|未|尚欠|刚过|只有|还有|仍有|尚有|共有|现有|已有|约有|就有|仅有|都有|还差|还|仍|就|至今|分别|均|都|首次|一共|共计?|合计|累计|约|已|则|将|仅|只|平均|年均|预计|预期|同口径|可比口径|按可比价格?(?:计算)?|同比|目前|实际|总计|全部|一般|原则上|力争|确保|要|(?<!相)应|双双|虽然?|却|反而|暂按|反倒|每学期|没有|(?<![人英高多])才|须|需|总体|基本|持续|始终|稳定|不|中|里|大幅|逐步|由|从|较|与|在|也|数量|等|(?<!纯|洁|干|清)净)"
"""Words of which none is two others, so that a run of them is read in one way only."""
_PER = "按每"
_TAIL = regex.compile(rf"{_TRAILING}*+(?:{_PER}\p{{Han}}{{1,4}}{_TRAILING}*+)?$")
_TAIL_CHARACTERS = _TRAILING + "0123456789"
"""A run of these holds every such tail without 按每: characters of the pattern that are none of its words do no harm."""
_ADVERB = regex.compile(
    r"(?<=.{2})(?:先后|累计|连续|共计?|已经?|陆续|组织|(?<![日月年周人户亩平])均已?|全部|(?<![更创革翻全焕最])新(?!开工|签约|入库|投产|落地|引进|登记|注册|招引|备案))"
)
_FUNDS = ("资金", "基金", "经费", "费用", "专款")
_DOINGS = ("案件", "活动", "会议", "演练", "岗位", "名单", "协议")
"""Nouns that a verb before them names: 招聘|活动."""
_ANDS = ("和", "及", "与", "或", "并")
_NO_OBJECT = frozenset("占与和及、")
_TAKING = ("将", "把")
_OFFICERS = ("将军", "将来", "把手", "把关")
_UNMISTAKEN = ("完成", "新建", "建成", "拆除", "关停", "取缔", "安装", "铺设", "新增", "实施", "开展", "购置", "查处")
"""Verbs that open a phrase whatever words the tagger makes of what follows: 完成|井灌区改造."""
_TIMELY = ("按期", "按时", "如期", "及时", "准时", "提前")
_RATES = (
    "率",
    "比例",
    "占比",
    "比重",
    "系数",
    "指数",
    "浓度",
    "能力",
    "规模",
    "面积",
    "量",
    "能耗",
    "水耗",
    "煤耗",
    "电耗",
    "运能",
    "产能",
)
_GENERAL = frozenset(
    (
        *("设施", "装置", "设备", "机构", "中心", "基地", "网点", "平台", "队伍", "工地", "用地", "用房", "台账", "断面", "手册", "车辆"),
        *("决定书", "通知书", "告知书", "样品", "工具", "窗口", "站点", "场所", "人员", "资质"),
    )
)
"""What is named by what it is for: 收集|设施, 检测|机构."""
_SITES_OF_WORK = ("用地", "工地")
_DONE_TO_ANY = regex.compile(
    r".*(?:[建改修]|建设|改造|整治|清理|更换|更新|新增|增加|[抽检排摸走巡督核]查|走访|约谈|处罚|通报|关停|取缔|查处|查封|涉及|惠及)"
)
"""Verbs that name a deed whatever follows them: 新建改扩建|学校, 抽查|机构."""
_DISPOSED = frozenset(
    (
        *("移交", "移送", "转移", "转运", "运至", "送至", "交由", "纳入", "并入", "接入", "列入", "列为"),
        *("作为", "调整", "改为", "改造", "打造", "划入", "迁入", "搬迁"),
    )
)
"""What is done with things behind 将: 将3枚放射源移交…."""
_LACKS = frozenset(("没有", "未", "无", "不"))
_DISPOSAL = regex.compile(
    r"(?<=.{2})(?:将|把)(?=.{2})|(?:仍|尚|还|现|共|约|均|也|都)(?:有|(?<=[仍尚还])存有?)(?=.{2})|(?<=[内里上中])(?:存在|分布有?|有)(?=.{2})|(?<=.(?<![省市县区乡镇村国民公私自固所持占拥具]{2}|[各全本][市县区乡镇村])[村镇乡])有(?=(?!林|企业|资产|土地|权)\p{Han}{3})|(?<=.)至少(?=.)|(?<=.{2})并处(?:以)?(?=罚款)|(?<=.{2})(?:尚|还|仍|共|约|总|预计|估算)?需(?:要)?(?=资金|投资|经费)|(?<=.{2})每(?:[年月周日天旬]|季度?|半[年月])(?=\p{Han}{2})"
)
_SUFFERED = regex.compile(r"^被.{1,8}?(?=罚款|处罚|通报|约谈|查封|扣押|立案|责令)")
_TREATED = regex.compile(
    r"^[^，。；、]{2,10}[委局厅办府室组队院]对[^，。；、]{2,14}(?=(?:追责问责|问责处理|约谈问责|立案查处|通报批评|追责|问责|约谈|处罚)$)"
)
_HELPED = ("委托", "聘请", "邀请", "引入", "依托")
_COMMISSIONED = regex.compile(rf"^(?:{'|'.join(_HELPED)})[^，。；、]{{0,8}}(?:机构|公司|单位|院所|专家|团队|院)(?=\p{{Han}}{{4,}})")
"""委托检测机构|抽测加油站: by whom it was done for the doer."""
_TURNED = regex.compile(r"^[^，。；、]{2,14}?(?:更换|替换|改造|改建|更新|置换|转换|升级|改|换)[为成](?=\p{Han}{2})")
"""泡沫浮球更换为|环保浮球: what there is now is counted."""
_PLANTS = frozenset("池井站厂点库场房塔罐炉车线管网船机")
"""Things named by what they are for: 收集|池, 巡查|车."""
_BASED = regex.compile(r"(?<=.{2})在[^，。；、]{1,10}基础上(?:再|又|还|继续)?$")
"""办理时限|在法定基础上再|压缩30%: from where it is changed."""
_ASIDE = regex.compile(r"(?:[共已均拟约将须要应仍]|累计|带头|亲自|先后|分别|赴一线|赴现场|到一线|到现场)*")
_JOINED = regex.compile(
    r"^[^，。；、]{2,14}?(?:会同|联合|牵头组织|组织)(?=[省市县区州旗镇][^，。；、]{1,12}?(?:局|委|厅|办|院|队|中心|公司))[^，。；、]{2,14}?(?:局|委|厅|办|院|支队|大队|中心|公司)(?=\p{Han}{2})"
)
"""县水利局会同县生态环境局|夜查: who did it together."""
_OUT_OF = regex.compile(r"从[^，。；、]{2,12}[中里内](?=(?:统筹|调剂)?(?:安排|列支|划拨|筹集|拨付|调剂|切块|拿出))")
_CAUSED = regex.compile(
    r"(?:支持|引导|鼓励|督促|推动|指导|帮助|组织|协调|要求|责令)[^，。；、]{0,8}?(?:企业|农户|合作社|村民|商户|业主|学校|医院|街道|乡镇)"
)
_REGION = regex.compile(r"[^，。；、各全该本每]{1,5}?(?:[县乡旗]|(?<![城乡集])镇)")
_DRAWN = regex.compile(
    r"^从[^，。；、]{2,14}[中里内](?:随机)?(?:抽[取查选测检]|选[取出派]|筛[选出]|挑选|遴选|排查出|梳理出)出?(?=\p{Han}{2,})"
)
"""从全市企业中抽取|在用车辆: out of what those that are counted were taken."""
_FEWER = regex.compile(r"(?<=.{2})[由从](?:每[年月季周日天])?[数几上近百千万十]+[余多来]?[件个起次人吨处家名]$")
"""餐饮类投诉|从每月百余件: a level that is told in no figures."""
_MUST = regex.compile(
    r"^(?=[^，。；、]{0,24}的)[^，。；、]{4,24}?(?<![主重需必首紧])(?:要|应当?|须|需要?|必须)(?:确保|做到|保证|实现|力争)(?=[^，。；、]{3,}(?:率|比例)$)"
)
"""有管网的村庄要确保|污水接入率: whose duty the rate is."""
_MEDIUM = regex.compile(r"^[^，。；、]{0,12}(?:空气|大气)中的?(?=[^，。；、]{2,}(?:浓度|均值|含量)?$)")
"""县城空气中|二氧化硫: in what it is measured."""
_INSIDE = regex.compile(
    r"^[^，。；、]{0,18}(?:区|红线|范围|园|城|带|界线?|圈|流域|大堤|校|境)内的?(?!涝|河|部|陆|外|容|环|需|控|资|湖|港|江|设|置|有|存在|的)(?=\p{Han}{2})"
)
"""核心保护区内|违规建筑: in what ground it lies, which is a place."""
_STAGED = regex.compile(
    r"^(?:“回头看”(?=\p{Han}{2}.{2})|历时(?:\d+|[一二两三四五六七八九十半]+)(?:个?多?[年月周]|天|日)半?|分[一二两三四五六七八九十\d]+(?:年|期|批|步|阶段|年度|批次)|过去[一二两三四五六七八九十]年|[一二两三四五六七八九十]年来|过去一年)"
)
_STAGE = regex.compile(r"(?:[一二三四首]期|第[一二三四五六]批次?|首批)(?=\p{Han}{4})")
"""二期|改造老旧小区: when what is counted was or is to be done."""
AND_ABOVE = regex.compile(r"[及或]?以[上下]")
_LISTED = regex.compile(
    r"^.{2,}等(?![级同候待距额次离])(?:重点|主要|相关|有关)?(?:行业|领域|地区|区域|流域|片区|乡镇|镇街|县区|地|方面)?(?P<kind>.{2,})$"
)
_PLACED = regex.compile(
    r"^(?:在(?![用建产营册线职校岗])|沿|沿着|于|(?:采用|采取|利用|运用|借助|通过)(?![率量水电地效系]|[^，。；、]{0,20}(?:模式|方式|方法|办法|形式|机制|工艺|技术|措施)的)(?=.{6}))(?=.{4})"
)
_DONE_TO = regex.compile(r"(?<=.{2})(?:已经|已|只|再|仅|均|又|共|累计|先后|才|要|须|应|还|实际)+(?P<verb>\p{Han}{2,4})$")
_MANNER = regex.compile(r"^采[取用][^，。；、]{2,14}(?:方式|模式|办法|形式|机制)(?!的)(?=.{2})")
_CHARGES = ("负责", "承担", "牵头")
_CHARGED = regex.compile(r"(?:由(.{2,12})|(.{1,10}[省市县区州盟旗镇乡局委厅办]))(?:具体)?(?:负责|承担|牵头)")
_KEPT = (
    "建成区面积",
    "建成区绿",
    "建成区人口",
    "建成区公",
    "开发区",
    "开发边界",
    "保护区",
    "控制区",
    "整治区",
    "治理区",
    "管理区",
    "投资强度",
    "在用",
    "在建",
    "在产",
    "在营",
    "在册",
    "在线",
    "在途",
    "在岗",
    "在职",
    "规上企业",
    "规上工业",
    "规上服务业",
    "在校",
    "在编",
    "在谈",
    "在运",
    "生产安全",
    "安全生产",
    "到位资金",
    "整改到位资金",
    "涉及金额",
    "涉案金额",
    "到位率",
    "受益群众",
    "受益人口",
    "受益农户",
    "安置房",
    "安置点",
    "安置区",
    "安置小区",
    "注册护士",
    "注册安全",
    "注册会计",
    "注册商标",
    "注册资本",
    "注册志愿",
    "注册消防",
    "注册医师",
    "组成人员",
    "停产半停产",
    "停产企业",
    "半停产企业",
)
_SUBJECTED = regex.compile(r"被\p{Han}{2,4}(?:单位|企业|地区|部门|人员|对象|项目|建议|提案|意见|岸线|水面|土地|耕地|林地)")
_NEW = regex.compile(
    r"新(?:开工|签约|入库|投产|落地|引进|登记|注册|招引|备案)(?=(?:工业|重大|重点|产业|招商|制造业|服务业)*(?:项目|企业|工程|主体))"
)
"""新开工|项目: what is new in what is counted, not what was done to it."""


class Noun(NamedTuple):
    """noun: the indicator.   action: the verb that stood before it.   scope: the place or group named before it."""

    noun: str
    action: str = ""
    scope: str = ""


class Nouns:
    """Cuts nouns free with the words of one rulebook. Phrases recur within a document and between documents, so what was read is kept."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.openers, self.scopes, self.actions = rulebook.words("openers"), rulebook.words("scopes"), rulebook.words("actions")
        self.strong = rulebook.words("strong_verbs")
        self.action_firsts = frozenset(action[0] for action in self.actions)
        self._strong_firsts = frozenset(verb[0] for verb in self.strong)
        self.measurands, self.stops = rulebook.words("measurands"), rulebook.words("not_noun")
        self.leading = self.actions | (self.strong - rulebook.words("kept_verbs"))
        self._ends = self.stops - _LACKS
        self.general = tuple(rulebook.words("general_nouns"))
        self._measures, self._doers = Suffixes(self.measurands), Suffixes(rulebook.words("doers"))
        self.matters = Suffixes(rulebook.words("tally_nouns"))
        self.treatments = rulebook.words("treatments")
        self._acts, self._own = Acts(rulebook), rulebook.words("own_deeds")
        self.lengths = _lengths(self.openers | self.scopes | self.leading)
        self.begins = self.actions | self.openers
        self.trim = lru_cache(maxsize=1 << 13)(self._trim)

    def measured(self, noun: str) -> bool:
        """Whether a phrase ends in something measured: 城市污水处理率, 建设规模."""
        return self._measures.of(noun) != ""

    def kept(self, text: str) -> bool:
        """Whether a phrase opens with words that say what is counted, whatever their parts say elsewhere: 在建|工地, 被审计|单位."""
        return text.startswith(_KEPT) or _SUBJECTED.match(text) is not None

    def measurand(self, noun: str) -> str:
        """The measured thing that a phrase ends in (率 of 处理率 is part of no shorter one), or an empty string."""
        return self._measures.of(noun)

    def _trim(self, text: str, *, verbs: bool = True) -> Noun:
        """Take openers, scopes and leading verbs off a noun phrase, and adverbs off its end.

        A verb stays where what follows it alone would say nothing (建设规模, 处理能力), and where `verbs` is False: after a count a verb
        belongs to the noun (40人次|问责处理). A word is taken off only where a word ends there (集中 is no word of 集中式饮用水).
        """
        rest = _shown(text).strip(_EDGES)
        rest = _untailed(_BASED.sub("", rest) if "基础上" in rest else rest)
        rest = _FEWER.sub("", rest) if rest[-1:] in "件个起次人吨处家名" else rest
        rest = _STAGED.sub("", rest)
        rest = _AIM_IS.sub("", rest) if verbs and "目标" in rest else rest
        rest = _MUST.sub("", rest) if verbs and rest.endswith(_OWED) else rest
        rest = _MEDIUM.sub("", rest) if "气中" in rest else rest
        charged = _CHARGED.fullmatch(rest) if verbs and rest.endswith(_CHARGES) else None
        if charged is not None:
            return Noun("", "", charged[1] or charged[2])
        scope = self._scope(rest)
        if verbs:
            rest = self._after_subject(rest)
            if rest[:1] in _TAKING and len(rest) > _SHORT and rest[:2] not in _OFFICERS:
                rest = rest[1:]
        rest, action, scope = self._opened(rest, "", scope, verbs=verbs)
        if verbs and rest.startswith("采") and (plain := _MANNER.sub("", rest)) != rest:
            return self._trim(plain)
        if verbs and (not action or "涉及" in rest):
            start, end = self._acts.find(rest)
            known = self._begins(rest, start, self.leading)
            if end:
                rest, action, scope = self._opened(rest[start if known else end :], rest[start:end], scope, verbs=verbs)
        rest = _untailed(_shown(_INSIDE.sub("", rest) if "内" in rest and not rest.endswith(_OWED) else rest)).strip(_EDGES)
        done = _DONE_TO.search(rest) if verbs else None
        if done is not None and done["verb"] in self.actions:
            rest, action = rest[: done.start()], done["verb"]
        listed = _LISTED.match(rest) if "等" in rest else None
        if listed is not None and not listed["kind"].startswith(self.general) and not self.measured(rest):
            rest = listed["kind"]  # 免耕播种等|实用技术
        return Noun(rest, action, scope)

    def _opened(self, text: str, action: str, scope: str, *, verbs: bool) -> tuple[str, str, str]:
        """A phrase without the openers, scopes and verbs that it begins with, the last of these verbs and the last scope."""
        ends = {word.end for word in tag(text)} if text[:1] in self.lengths else set()
        taken = 0
        while taken < len(text):
            if action and verbs and self._is_fund(text[taken:]):
                break  # 安排|管护资金, 计提|修复基金
            word = self._prefix(text[taken:], taken, ends, verbs)
            if not word or (action in self.strong and len(text) - taken - len(word) <= _OBJECT and self._says_which(word)):
                break  # 引进|综合利用项目
            if word in self.scopes:
                scope = word
            elif word in self.actions:
                action = word
            taken = len(text) - len(text[taken + len(word) :].lstrip(_EDGES))
            if action and text[taken : taken + 1] in _ANDS:
                taken = self._second(text, taken)  # 恢复和|改善|灌溉面积
        return text[taken:], action, scope

    def _second(self, text: str, place: int) -> int:
        """Where the second of two verbs with one object ends, the word for and standing at a place; the place where none does."""
        verb = next((word for word in tag(text) if word.start == place + 1 and word.tag == "v" and len(text) - word.end >= _OBJECT), None)
        return verb.end if verb is not None else place

    def _says_which(self, verb: str) -> bool:
        """Whether a second verb may only say which things are meant: 收集|管网, but 改扩建|学校."""
        return verb in self.leading and _DONE_TO_ANY.fullmatch(verb) is None

    def _tells_use(self, verb: str, thing: str) -> bool:
        """Whether a verb says what a thing is for, and not how it came to be: 检测机构, but 建设|平台."""
        return verb not in self.strong and (_DONE_TO_ANY.fullmatch(verb) is None or thing in _SITES_OF_WORK)

    def _is_fund(self, text: str) -> bool:
        """Whether a phrase is money by what it is for: 管护资金, 治理恢复基金."""
        if not text.endswith(_FUNDS):
            return False
        deed = next(text.removesuffix(fund) for fund in _FUNDS if text.endswith(fund))
        return deed != "" and all(deed[word.start : word.end] in self.actions for word in tag(deed))

    def _scope(self, text: str) -> str:
        """The scope that a phrase begins with as its first words, or an empty string."""
        if not self._begins(text, 0, self.scopes):
            return ""  # told without the tagger, as most are
        return next((text[: word.end] for word in tag(text) if word.end > 1 and text[: word.end] in self.scopes), "")

    def bearer(self, rate: str) -> str:
        """What a rate is the rate of: 景区污水设施|覆盖率, 锅炉改造|开工率."""
        return rate[: next((word.start for word in reversed(tag(rate)) if word.start < len(rate) - 1), 0)]

    def bare(self, rate: str) -> bool:
        """Whether a rate names nothing that it is the rate of: 联网率, 正常运行率, 夜间达标率."""
        return rate.endswith("率") and not any(word.tag.startswith("n") and word.end < len(rate) for word in tag(rate))

    def head(self, text: str) -> str:
        """The noun after a count, up to the first word that cannot belong to it: 15家企业|因超标被罚."""
        return next((text[: w.start] for w in tag(text) if w.start and self._stops(text, w.start, w.end)), text)

    def _stops(self, text: str, start: int, end: int) -> bool:
        """Whether no word of a noun after a count begins at a place: 因, 逐个, 建成|投产; but 县级|以上 says which."""
        ends = self._ends
        if not (text[start:end] in ends or text[start] == "逐" or (end - start == _ADVERBED and text[start : start + 2] in ends)):
            return False
        return not self.kept(text[start:]) and not (text[start - 1] in "级模县市" and AND_ABOVE.match(text, start))

    def before_deed(self, text: str) -> str:
        """A noun phrase without the verb at its end, whose object is counted next: 固废|清运."""
        last = tag(text)[-1] if text else None
        return text[: last.start] if last is not None and last.start > 1 and text[last.start :] in self.actions else text

    def before_verb(self, text: str) -> str:
        """A noun phrase after 将 without what is done with it: 放射源|安全移交, 企业|纳入名录."""
        words = tag(text)
        verb = next(
            (
                i
                for i, w in enumerate(words)
                if w.start > 1 and (text[w.start : w.end] in _DISPOSED or text[w.start : w.end] in self.strong)
            ),
            0,
        )
        while verb > 1 and words[verb - 1].tag[0] in "ad" and words[verb - 1].start > 1:
            verb -= 1
        return text[: words[verb].start] if verb else text

    def before_treatment(self, text: str) -> str:
        """A noun phrase after 对 without what is done to it: 企业|立案处罚, 责任人|严肃问责."""
        return next(
            (
                text[: word.start]
                for word in tag(text)
                if word.start > 1 and text[word.start : word.end] in self.treatments and text[: word.start] not in self.actions
            ),
            text,
        )

    def _after_subject(self, text: str) -> str:
        """What is counted, cut free of who does it and of what the doing begins with.

        市委主要领导先后作出批示 → 作出批示; 委托第三方开展鸟类调查 → 开展鸟类调查; 合作机构逐步将平均费率 → 平均费率;
        沿河新铺截污管 → 新铺截污管; 被省厅罚款 → 罚款.
        """
        for match in _ADVERB.finditer(text):
            if text[match.end() :] in self.actions and match[0] != "组织":
                before = text[: match.start()]
                named = tag(before.rstrip("”"))[-1].tag.startswith("n") or before[-1] in _PLANTS
                thing = before not in self.scopes and not self._doers.of(before) and named
                text = before + text[match.end() :] if thing else text[match.end() :]  # 商品房|累计|销售
                break
            if self._begins(text, match.end(), self.actions):
                text = text[match.end() :]
                break
        stage = _STAGE.match(text)
        text = text[stage.end() :] if stage is not None and self._begins(text, stage.end(), self.leading) else text
        text = _SUFFERED.sub("", text) if text.startswith("被") else text
        text = _TREATED.sub("", text) if "对" in text else text
        text = _TURNED.sub("", text) if "为" in text or "成" in text else text
        text = _JOINED.sub("", text) if "会同" in text or "联合" in text or "组织" in text else text
        text = _DRAWN.sub("", text) if text.startswith("从") else text
        text = text[self._doer(text) or self._caused(text) or self._region(text) :]
        text = _COMMISSIONED.sub("", text) if text.startswith(_HELPED) else text
        for match in _DISPOSAL.finditer(text):
            if match[0][0] != "每" or self._verb_at(text, match.end()):
                text = text[match.end() :]
                break
        text = text[self._place(text) :]
        shortest = 4 if text.endswith(_RATES) else 1  # 定点采购比例 keeps its verb
        counted = 0
        for word in reversed(tag(text)) if not self._strong_firsts.isdisjoint(text[:-2]) else ():
            if counted and "占" not in text[: word.start] and len(text) - word.end > shortest:
                if (
                    text[word.start : word.end] in self.strong
                    and text[word.end :] not in (*_FUNDS, *_DOINGS)
                    and text[word.end] not in _NO_OBJECT
                    and not _NEW.match(text, word.start - 1)
                    and not self.kept(text[word.start :])
                ):
                    return text[word.start :]
                if (
                    word.end - word.start == _ADVERBED
                    and text[word.end - 2 : word.end] in self.strong
                    and not self.kept(text[word.end - 2 :])
                ):
                    return text[word.end - 2 :]  # 妥善|安置
            counted += not word.tag.startswith("v") or word.tag == "vn"
        return text

    def _verb_at(self, text: str, place: int) -> bool:
        """Whether a verb with an object follows, not a noun (每月平均值)."""
        return self._begins(text, place, self.actions) or any(word.start == place and word.tag == "v" for word in tag(text))

    def _place(self, text: str) -> int:
        """Where a place at the phrase's start ends, when a verb with its object follows: 在泺水干流|建设缓冲带; 0 where there is none."""
        if not _PLACED.match(text):
            return 0
        words = tag(text)
        return next(
            (w.start for w, after in pairwise(words) if w.start > 1 and text[w.start : w.end] in self.actions and after.end - w.end > 0), 0
        )

    def _begins(self, text: str, place: int, words: frozenset[str]) -> bool:
        """Whether a word of two characters or more stands at a place."""
        return any(length > 1 and text[place : place + length] in words for length in self.lengths.get(text[place : place + 1], ()))

    def _doer(self, text: str) -> int:
        """Where the name of a doer at the phrase's start ends, when a verb follows: 县公安局|组织警力; behind a verb that no list knows, where
        its object follows: 县住建局预置|移动泵车. 0 where there is none."""
        if not self._doers.may_end_in(text[2:]):
            return 0
        measured = text.endswith(_RATES)  # 山区小学校车覆盖率 names no doer
        words = tag(text)
        for word, after in zip(reversed(words), (None, *reversed(words)), strict=False):
            if measured and len(text) - word.end <= _SHORT:
                continue  # 餐饮单位|签约率: whose rate it is
            if word.end < 3 or not self._doers.of(text[: word.end]) or text[: word.end].endswith(_SITES):
                continue
            verb = after is not None and (after.tag.startswith("v") if measured else True)  # 工业单位|增加值能耗 names no doer
            aside = word.end + (match.end() - word.end if (match := _ASIDE.match(text, word.end)) else 0)  # 侦支队|已行政拘留
            if verb and self._begins(text, aside, self.strong if measured else self.begins):
                return aside
            if not measured and _PLACED.match(text[word.end :]):
                return word.end  # 县住建局|在库周
            source = _OUT_OF.match(text, word.end)
            if source is not None:
                return source.end()  # 市财政局|从预备费中|安排资金
            body = not measured and text[word.end - 1] in _BODIES
            if body and after is not None and after.tag in ("v", "vn") and after.end - after.start > 1 and len(text) - after.end >= _OBJECT:
                return after.end
        return 0

    def _caused(self, text: str) -> int:
        """Where those end who are brought to do what follows: 支持骨干企业|建设生产线. 0 where no verb with its object follows."""
        caused = _CAUSED.match(text)
        if caused is None or not self._begins(text, caused.end(), self.strong | self.actions):
            return 0
        words = tag(text)
        verb = next((word for word in words if word.start == caused.end()), None)
        return caused.end() if verb is not None and len(text) - verb.end >= _OBJECT else 0

    def _region(self, text: str) -> int:
        """Where a township or county ends that does what follows: 大石乡|盘活冷库. 0 where no verb with its object follows."""
        region = _REGION.match(text)
        if region is None or text.endswith(_RATES):
            return 0
        done = next(
            (
                text[region.end() :][:length]
                for length in self.lengths.get(text[region.end() : region.end() + 1], ())
                if length > 1 and text[region.end() :][:length] in self.actions
            ),
            "",
        )
        left = text[region.end() + len(done) :]
        return region.end() if done and len(left) >= _OBJECT and left not in self.general and not left.startswith(_OF_DEEDS) else 0

    def _prefix(self, text: str, taken: int, ends: set[int], verbs: bool) -> str:
        """The longest scope, opener or verb that the text begins with, ends where a word ends and leaves a noun behind."""
        for length in self.lengths.get(text[0], ()):
            head = text[:length]
            found = head[-1] == "出" and taken + length - 1 in ends  # 排查出|达不到标准的窑炉
            cut = taken + length in ends or found or (length > 1 and taken == 0 and head in _UNMISTAKEN)
            if length <= 3 and not cut and not (head in _ADVERBS and self._begins(text, 1, self.leading)):
                continue
            if head in self.scopes:
                return head
            if text.startswith(_KEPT) or _NEW.match(text):
                return ""
            if head == "实现" and verbs and len(text) > length + 1:
                return head
            if head in self.leading:
                left = text[length:].lstrip(_EDGES)
                if left[:1] in _PLANTS and taken + length + 1 in ends and len(head) > 1 and head not in _UNMISTAKEN:
                    return ""  # 收集池, 巡查车
                if left.endswith("率") and 1 < len(left) <= _BARE_RATE and head not in self.strong and head not in _REACHED:
                    return ""  # 加工|转化率
                if (left in _GENERAL and self._tells_use(head, left)) or (left == "任务" and head in self._own):
                    return ""  # 收集设施, 造林任务 say which
                if verbs and head in _LIGHT and len(left) > _OBJECT:
                    return head  # 完成|治理面积
                if verbs and len(left) > 1 and left not in self.measurands and not (left.startswith(_RATES) and len(left) <= _SHORT):
                    return head
            if head in self.openers:
                left = text[length:].lstrip(_EDGES)
                if head == "有效" and left in self.measurands:
                    return ""  # 有效|容积
                if head in _TIMELY and left.endswith("率") and len(left) <= _BARE_RATE:
                    return ""  # 按期|办结率 is not that of all
                if length > 1 or (len(left) > 1 and left not in self.measurands):
                    return head
        return ""


def _shown(text: str) -> str:
    """A phrase without what is hidden or aside in it."""
    return text if _HIDING.isdisjoint(text) else _HIDDEN.sub("", text)


def _untailed(text: str) -> str:
    """A phrase without the adverbs at its end; most end in no character that these hold."""
    tail = 0 if _PER in text else len(text.rstrip(_TAIL_CHARACTERS))
    found = _TAIL.search(text, tail) if tail < len(text) else None
    return text[: found.start()] if found is not None else text


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that begin with a character, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@lru_cache(maxsize=2)
def nouns_of(rulebook: Rulebook) -> Nouns:
    """What cuts nouns with the words of a rulebook; made once for a rulebook."""
    return Nouns(rulebook)
