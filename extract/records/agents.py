"""Who does what a noun phrase tells, where, and by whom it was done, none of which is part of what is counted: 市财政局从预备费中|安排资金."""

from __future__ import annotations

from itertools import pairwise

import regex

from extract.nlp.words import tag
from extract.records.suffixes import Suffixes
from extract.records.which import FUNDS, PLANTS, RATES, is_new, kept
from extract.rulebook import Rulebook

_ADVERBED = 4
_SHORT = 4
_OBJECT = 2
_OF_DEEDS = ("项目", "工程", "用地", "设施", "任务", "资金", "进度", "工作")
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
_BUILT = ("建成", "建设", "新建", "改建", "扩建", "开工", "竣工", "投用", "投运", "挂牌", "设立", "建立", "改造", "布设", "设置")
_BUILT_ONES = ("中心", "站", "所", "学校", "医院", "卫生院", "工作组", "服务队")
"""配送中心|建成: what ends like a doer and is built."""
_BODIES = "局委办厅队部院会所站处科组司团导"
_ADVERB = regex.compile(
    r"(?<=.{2})(?:先后|累计|连续|共计?|已经?|陆续|组织|(?<![日月年周人户亩平])均已?|全部|(?<![更创革翻全焕最])新(?!开工|签约|入库|投产|落地|引进|登记|注册|招引|备案))"
)
_DOINGS = ("案件", "活动", "会议", "演练", "岗位", "名单", "协议")
"""Nouns that a verb before them names: 招聘|活动."""
_NO_OBJECT = frozenset("占与和及、")
_DISPOSAL = regex.compile(
    r"(?<=.{2})(?:将|把)(?=.{2})|(?:仍|尚|还|现|共|约|均|也|都)(?:有(?![效关机害色限毒序线])|(?<=[仍尚还])存有?)(?=.{2})|(?<=[内里上中])(?:存在|分布有?|有)(?=.{2})|(?<=.(?<![省市县区乡镇村国民公私自固所持占拥具]{2}|[各全本][市县区乡镇村])[村镇乡])有(?=(?!林|企业|资产|土地|权)\p{Han}{3})|(?<=.)至少(?=.)|(?<=\p{Han}{2})每[车船站班](?:配备?|设|安排)?(?=\p{Han}{3})|(?<=(?:项目|工程|厂|站|场|生产线|基地|企业))(?:可|预计|能够?)?(?=[年日月]均?(?:消纳|处理|利用|焚烧|加工|处置|转运|清运|屠宰|发电)\p{Han}{2})(?!\p{Han}*(?:能力|规模|量)$)|(?<=.{2})并处(?:以)?(?=罚款)|(?<=.{2})(?:尚|还|仍|共|约|总|预计|估算)?需(?:要)?(?=资金|投资|经费)|(?<=.{2})每(?:[年月周日天旬]|季度?|半[年月])(?=\p{Han}{2})"
)
_SUFFERED = regex.compile(r"^被.{1,8}?(?=罚款|处罚|通报|约谈|查封|扣押|立案|责令)")
_TREATED = regex.compile(
    r"^[^，。；、]{2,10}[委局厅办府室组队院]对[^，。；、]{2,14}(?=(?:追责问责|问责处理|约谈问责|立案查处|立案处罚|立案调查|通报批评|诫勉谈话|批评教育|提醒谈话|行政处罚|追责|问责|约谈|处罚|罚款|立案)$)"
)
_HELPED = ("委托", "聘请", "邀请", "引入", "依托")
_COMMISSIONED = regex.compile(rf"^(?:{'|'.join(_HELPED)})[^，。；、]{{0,8}}(?:机构|公司|单位|院所|专家|团队|院)(?=\p{{Han}}{{4,}})")
"""委托检测机构|抽测加油站: by whom it was done for the doer."""
_TURNED = regex.compile(r"^[^，。；、]{2,14}?(?:更换|替换|改造|改建|更新|置换|转换|升级|改|换)[为成](?=\p{Han}{2})")
"""泡沫浮球更换为|环保浮球: what there is now is counted."""
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
_STAGE = regex.compile(r"(?:[一二三四首]期|第[一二三四五六]批次?|首批)(?=\p{Han}{4})")
"""二期|改造老旧小区: when what is counted was or is to be done."""
_PLACED = regex.compile(
    r"^(?:在(?![用建产营册线职校岗])|沿|沿着|于|(?:采用|采取|利用|运用|借助|通过)(?![率量水电地效系]|[^，。；、]{0,20}(?:模式|方式|方法|办法|形式|机制|工艺|技术|措施)的)(?=.{6}))(?=.{4})"
)


class Agents:
    """Takes those off a phrase who do what it tells, by the words of one rulebook. `lengths`: of the words that begin with a character."""

    def __init__(self, rulebook: Rulebook, leading: frozenset[str], lengths: dict[str, tuple[int, ...]]) -> None:
        self.scopes, self.actions, self.strong = rulebook.words("scopes"), rulebook.words("actions"), rulebook.words("strong_verbs")
        self.leading, self.lengths = leading, lengths
        self.general = tuple(rulebook.words("general_nouns"))
        self._verbs = self.actions | rulebook.words("openers")
        self._strong_firsts = frozenset(verb[0] for verb in self.strong)
        self._doers = Suffixes(rulebook.words("doers"))

    def without(self, text: str) -> str:
        """What is counted, cut free of who does it and of what the doing begins with.

        镇里主要领导相继作出批示 → 作出批示; 委托农学会开展蜂种调查 → 开展蜂种调查; 各渡口分批将平均票价 → 平均票价;
        沿河新铺截污管 → 新铺截污管; 被省厅罚款 → 罚款.
        """
        for match in _ADVERB.finditer(text):
            if text[match.end() :] in self.actions and match[0] != "组织":
                before = text[: match.start()]
                named = tag(before.rstrip("”"))[-1].tag.startswith("n") or before[-1] in PLANTS
                thing = before not in self.scopes and (before.endswith(_SITES) or not self._doers.of(before)) and named
                text = before + text[match.end() :] if thing else text[match.end() :]  # 商品房|累计|销售
                break
            if self.begins(text, match.end(), self.actions):
                text = text[match.end() :]
                break
        stage = _STAGE.match(text)
        text = text[stage.end() :] if stage is not None and self.begins(text, stage.end(), self.leading) else text
        text = _SUFFERED.sub("", text) if text.startswith("被") else text
        text = _TREATED.sub("", text) if "对" in text else text
        text = _TURNED.sub("", text) if "为" in text or "成" in text else text
        text = _JOINED.sub("", text) if "会同" in text or "联合" in text or "组织" in text else text
        text = _DRAWN.sub("", text) if text.startswith("从") else text
        text = text[self._doer(text) or self._caused(text) or self._region(text) :]
        text = _COMMISSIONED.sub("", text) if text.startswith(_HELPED) else text
        for match in _DISPOSAL.finditer(text):
            if not match[0].startswith("每") or self._verb_at(text, match.end()):
                text = text[match.end() :]
                break
        text = text[self._place(text) :]
        shortest = 4 if text.endswith(RATES) else 1  # 定点采购比例 keeps its verb
        counted = 0
        for word in reversed(tag(text)) if not self._strong_firsts.isdisjoint(text[:-2]) else ():
            if counted and "占" not in text[: word.start] and len(text) - word.end > shortest:
                if (
                    text[word.start : word.end] in self.strong
                    and text[word.end :] not in (*FUNDS, *_DOINGS)
                    and text[word.end] not in _NO_OBJECT
                    and not is_new(text, word.start - 1)
                    and not kept(text[word.start :])
                ):
                    return text[word.start :]
                if word.end - word.start == _ADVERBED and text[word.end - 2 : word.end] in self.strong and not kept(text[word.end - 2 :]):
                    return text[word.end - 2 :]  # 妥善|安置
            counted += not word.tag.startswith("v") or word.tag == "vn"
        return text

    def _verb_at(self, text: str, place: int) -> bool:
        """Whether a verb with an object follows, not a noun (每月平均值)."""
        return self.begins(text, place, self.actions) or any(word.start == place and word.tag == "v" for word in tag(text))

    def _place(self, text: str) -> int:
        """Where a place at the phrase's start ends, when a verb with its object follows: 在泺水干流|建设缓冲带; 0 where there is none."""
        if not _PLACED.match(text):
            return 0
        words = tag(text)
        return next(
            (w.start for w, after in pairwise(words) if w.start > 1 and text[w.start : w.end] in self.actions and after.end - w.end > 0), 0
        )

    def begins(self, text: str, place: int, words: frozenset[str]) -> bool:
        """Whether a word of two characters or more stands at a place."""
        return any(length > 1 and text[place : place + length] in words for length in self.lengths.get(text[place : place + 1], ()))

    def _doer(self, text: str) -> int:
        """Where the name of a doer at the phrase's start ends, when a verb follows: 县公安局|组织警力; behind a verb that no list knows, where
        its object follows: 县住建局预置|移动泵车. 0 where there is none."""
        if not self._doers.may_end_in(text[2:]):
            return 0
        measured = text.endswith(RATES)  # 山区小学校车覆盖率 names no doer
        words = tag(text)
        for word, after in zip(reversed(words), (None, *reversed(words)), strict=False):
            if measured and len(text) - word.end <= _SHORT:
                continue  # 餐饮单位|签约率: whose rate it is
            if word.end < 3 or not self._doers.of(text[: word.end]) or text[: word.end].endswith(_SITES):
                continue
            verb = after is not None and (after.tag.startswith("v") if measured else True)  # 工业单位|增加值能耗 names no doer
            aside = word.end + (match.end() - word.end if (match := _ASIDE.match(text, word.end)) else 0)  # 侦支队|已行政拘留
            if verb and self.begins(text, aside, self.strong if measured else self._verbs):
                return 0 if text[aside:] in _BUILT and text[: word.end].endswith(_BUILT_ONES) else aside
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
        if caused is None or not self.begins(text, caused.end(), self.strong | self.actions):
            return 0
        words = tag(text)
        verb = next((word for word in words if word.start == caused.end()), None)
        return caused.end() if verb is not None and len(text) - verb.end >= _OBJECT else 0

    def _region(self, text: str) -> int:
        """Where a township or county ends that does what follows: 大石乡|盘活冷库. 0 where no verb with its object follows."""
        region = _REGION.match(text)
        if region is None or text.endswith(RATES):
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
        acts = done in self.strong or (left not in self.general and not left.startswith(_OF_DEEDS))  # 襄河县|投入资金
        return region.end() if done and len(left) >= _OBJECT and acts else 0
