"""Words with which a noun phrase says which things are meant, though they are verbs elsewhere: 在建|工地, 检测|机构."""

from __future__ import annotations

import regex

FUNDS = ("资金", "基金", "经费", "费用", "专款", "补贴", "补助", "补偿款", "保证金")
RATES = (
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
PLANTS = frozenset("池井站厂点库场房塔罐炉车线管网船机")
"""Things named by what they are for: 收集|池, 巡查|车."""
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
    "新增劳动力",
    "严格管控",
    "在逃",
    "建档立卡",
    "入网主体",
    "入网用户",
    "入驻企业",
    "入驻商户",
    "入驻机构",
    "入园企业",
    "入园项目",
    "入库项目",
    "入库企业",
    "入统企业",
    "入统项目",
    "入统单位",
    "参保人",
    "参保职工",
    "落地项目",
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
    *(
        deed + "对象"
        for deed in ("帮扶", "扶贫", "服务", "补助", "补贴", "保障", "救助", "培训", "检查", "监测", "管控", "整治", "资助", "慰问", "供养")
    ),
    "停产企业",
    "半停产企业",
)
_SUBJECTED = regex.compile(r"被\p{Han}{2,4}(?:单位|企业|地区|部门|人员|对象|项目|建议|提案|意见|岸线|水面|土地|耕地|林地)")
_NEW = regex.compile(
    r"新(?:开工|签约|入库|投产|落地|引进|登记|注册|招引|备案)(?=(?:工业|重大|重点|产业|招商|制造业|服务业)*(?:项目|企业|工程|主体))"
)
"""新开工|项目: what is new in what is counted, not what was done to it."""
OPENS_KEPT = regex.compile("|".join(_KEPT) + "|" + _NEW.pattern)
"""What phrases open with off which no verb is taken: 在用|锅炉, 新开工|项目."""


def kept(text: str) -> bool:
    """Whether a phrase opens with words that say what is counted, whatever their parts say elsewhere: 在建|工地, 被审计|单位."""
    return text.startswith(_KEPT) or _SUBJECTED.match(text) is not None


def is_new(text: str, place: int) -> bool:
    """Whether at a place stands what is new in what is counted: 新开工|项目."""
    return _NEW.match(text, place) is not None


def is_named_by_use(thing: str) -> bool:
    """Whether things of a kind are named by what they are for: 设施, 机构."""
    return thing in _GENERAL


def may_say_which(verb: str, thing: str = "") -> bool:
    """Whether a verb may only say which things are meant, and not how they came to be: 检测|机构, but 建设|平台."""
    return _DONE_TO_ANY.fullmatch(verb) is None or thing in _SITES_OF_WORK
