"""What a tally counts: the noun of a count, and the place or kind of which it is told."""

from __future__ import annotations

import regex

from extract.model import Quantity, View
from extract.nlp.words import tag
from extract.records.modified import modified, plain, without_clause
from extract.records.nouns import nouns_of
from extract.records.places_named import Places
from extract.records.said import PERSONS, Said
from extract.records.sentences import DATE, QUANTITY
from extract.records.stages import Stages
from extract.rulebook import Rulebook

_FINDING = regex.compile(
    r"排查登记|清查出?|核查出|查出|梳理形成|形成|列出|梳理出?|排查出?|摸排|发现|登记|受理|承办|收到|接到|转办|转来|转交|交办|移交|反馈|指出|涉及(?:我[省市县区州盟旗局委])?|包案(?:化解|督办|办理)?|确定|认定|抽样调查|抽查|检查(?!井|站|口|点|发|组|卡)|列入|纳入|应修复|应整改|应完成"
)
_FOUND = regex.compile(rf"(?:累计|先后|全[省市县区]|共|总计|现|已)*(?:{_FINDING.pattern})(?:出|到)?(?:有|共|共计)*")
_FOUND_LAST = regex.compile(r"(?<=\p{Han}{3})(?:累计|共|已)(?:排查|摸排|核查|登记|受理|发现|查)(?:出|到)?(?:共|共计|有)?$")
_TIMES = ("期间", "以来", "年来", "之后", "之前", "过程中", "方面", "情况")
_HAVING = regex.compile(r"(?:(?:尚|仍|现|还|共|(?<![国自占私所特公]))有|仅|只)+$")
_WORK = regex.compile(
    r"^(?:关于|截至|在)|[从按分]\p{Han}{1,8}[看分]$|情况看$|(?:如下|完成|办理|整改|整治|建设|改造|推进|工作|方面|情况|进展|进度|总体|落实)+$"
)
_LONGEST_TOPIC = 16
_LONGEST_KIND = 8
_LONGEST_CLAUSE = 400
_REACH = 120
"""Characters before 该县 in which the county is named."""
_NUMERAL = regex.compile(r"\d")
_SHORT_NOUN = 4
_LONG_NOUN = 10
AMONG = ("中", "里", "内")
_LINKS = "、和及与"
_IN_ALL = ("共", "共计", "合计", "总计", "、", "、共", "、共计")
_SAID_OF_ALL = regex.compile(
    r"^(?:因(?!病|灾)|由于|受(?![灾损益害助训检托聘污纳理])).*$|(?<=.{2})(?:经(?![济营])|(?<![拆清消铲解排废剪免扫根驱删破])除(?=.|$)(?![尘险草])|参与|依[法规纪]|逐\p{Han}|“?一\p{Han}一(?:策|案|档)|应\p{Han}尽\p{Han}|分类(?:施策|处置|管理|整治|治理|整改|推进|实施|$)|全面推行).*$"
)
"""13件不满意件|经复核后, 126座小水电|一站一策: what is said of those that are counted."""
_STATUS_ON = regex.compile(r"(?:已|均|都|全部|现已|目前|仍|尚|还|正|未|没有).*$")
_INSIDE = regex.compile(
    r"^\p{Han}{0,16}(?:区|地|流域|园|库|范围|境|线|湖|台账|清单|名录|名单|沿岸|两岸|两侧|周边)(?:内的?|(?=[原现存]有))(?:[原现存]有)?(?=\p{Han}{2})"
)
"""一级保护区内原有|违建: where those are that are counted."""
_LATELY = regex.compile(r"^(?:现有|现存|[该本此]批|近[一二两三四五六七八九十几]年来?|第?[一二三四五六七八九十]{1,3}[批轮次])(?=.)")
_LISTING = regex.compile(r"（[^）]{6,}）$|共?[\d一二三四五六七八九十]+个?(?:大?类|方面|批次?)$")
_WORKS = ("改造", "整治", "治理", "修复", "建设", "加固")
_BARE_MATTERS = ("问题", "案件", "事项")
_ORIGIN = regex.compile(
    r"(?P<verb>反馈|交办|移交|转办|披露|督办|巡察|审计|督察)(?:的|出|涉及的?|我[省市县区州盟旗]|涉及我[省市县区州盟旗]的?|全[省市县区]的?)*(?:问题|案件|事项)$"
)
_REPORTING = ("汇报", "通报", "指出", "强调", "要求", "介绍", "明确", "发现", "认为", "显示", "表明", "统计")
"""How a clause ends that only says who tells something."""
_NUMBERED = regex.compile(r"[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)]")
_LONGEST_HEAD = 8
"""Characters up to which a heading without a number may name what is counted below it."""
_TOLD_OF = regex.compile(r"(?<=.{2})(?:清理|处置|整改|整治|办理|推进|建设|治理|落实|实施)*(?:情况|进展)的?(?:汇报|报告|通报|说明)?$")
"""听取48个“僵尸项目”|处置情况的汇报."""
_UNSAID = ("", "、", "其中", "有", "其中有")
_INCLUDING = ("包括", "包含", "含", "其中包括")
_WAY_WANTED = regex.compile(r"^.*(?:要求|责令|督促)(?=.)")
_PROVED = regex.compile(r"(?:为|系|属)?(?P<name>(?:基本|部分|不|均)?属实)(?=[，。；、\n]|$)")
_DOERS = ("属地", "各地", "各方", "当地", "责任单位", "相关部门", "有关部门")
_HEADLESS = ("的", "为", "后", "是")
_NAME_LEAD = regex.compile(
    r"^(?:(?:我|全|本)[省市县区州盟旗局委办](?=.)|截至目前|目前|当前|现在|至今|迄今|[今去上]年|全年|上半年|其中|另外?|此外|和|及|与|[从按分][^，]{1,6}[看分]|经?(?:调查|现场|逐[一件条个户项处家])*核[实查](?:后)?(?:认定)?|确认|经查|反映|涉及|剔除|扣除|属于|为|分布[在于])+(?=.)"
)
_NAME_TAIL = regex.compile(
    r"(?<=.)(?:(?:计划|任务|年度任务|应)(?:完成|实施|改造|整改|治理|[建拆]|数)?|(?:承担|负责|涉及|牵头|认领|上报|办理|受理|接收|接到|承办)?的?|(?:共|共有|共计|有|还有|尚有|仍有|为|占|达)?)$"
)
_KIND_TAIL = regex.compile(r"(?<=.)(?:环境|生态)?(?:污染|类|型|方面|领域|的|件)++$")
_OF_INSPECTION = regex.compile(
    r"^(?:第.轮)?(?:中央|国家|省|自治区|市)?(?:第.)?(?:生态环境保护|环境保护|环保|生态环保|生态环境)督察(?=\p{Han}{4}$)"
)
_BEHIND = regex.compile(rf"\p{{Han}}[^，。；：、\s{QUANTITY}{DATE}]{{1,14}}(?=[，。；\n]|$)")
_ALREADY = regex.compile(r"(?<=[\p{Han}”]{2})(?:均|共|累计)?已(?:经)?\p{Han}{2,6}$")
_PEOPLE = ("户", "人", "村")
_RANKS = ("级", "级以上", "级以下", "级及以上", "级及以下", "干部", "人员", "其他")
"""问责41人，其中县处级|8人: shares of those called to account are results."""
_CAME = ("来电", "来信", "来访")
"""How matters came, which names them alone: 来电|19件."""
_LED = regex.compile(
    r"(?P<noun>[^，。；、\ue000\ue001]{1,14}?)(?P<done>整改完成|完成整改|整改|办结|销号)?(?:数量?|总[数量])?"
    r"(?:[中里](?:[，：])?|(?:较多|最多|较集中|居前|靠前)的(?:县区|地区|市州|地方|市县|县市|乡镇|单位|部门|类型|领域)?(?:依次|分别)?(?:[有为是]|包括))(?=\p{Han})"
)
_LISTING_NEXT = regex.compile(r"[：。；\n]|$|，(?:主要|包括|分别|即|具体)")
_AMONG_MATTERS = regex.compile(r"(?P<noun>[^，。；：\ue000]{2,24})[中里][，：]")
_ABOUT = regex.compile(r"(?:反映|涉及|关于|属于)(?P<kind>[^，。；、]{1,10}?)(?:问题)?的(?:有|共|共有)?")
_HANDED_OVER = ("转办", "交办", "移交", "反馈")
_JUDGED = regex.compile("为|存在|[判鉴]")
"""What was found of those counted: 鉴定为D级的|1346户."""
_JUDGED_KIND = regex.compile(r"(?:判定|认定|核定|核实|确认|属于?)(?P<kind>违法|违规|属实|有效|非法|合法)")
"""下发疑似图斑83个，判定违法|12个: of what kind those are."""
_COMPLAINED = regex.compile(r"(?:近?[一二三两几半]个?[月年][内来]|多次|先后|累计|仍|又|也|曾)*被\p{Han}{0,6}?(?=(?:投诉|举报)$)")
"""料场一个月内被群众|举报: complaints are named by what is complained of."""
_LOOKED_AT = regex.compile(r"(?<=.{2})(?:总体|整改|办理)?情况来?看$")
_QUOTED = regex.compile(r"“[^“”\n]{2,24}”类?")
_DOES = regex.compile(r"(?<=.{2})(?:完成|建成|实现|通过|达到|开展|配[备套]|安装|接入|落实|建立).*$")
_BATCH = regex.compile(r"^(?:第[一二三四五六七八九十\d]{1,3}|[首二三四])[批轮]$")
_OF_PLACE = regex.compile(
    r"(?P<place>[^，。；、的]{2,10}?)(?:(?:负责|牵头|承担|涉及|上报)?(?:负责|整改|办理|落实|推进)?的(?!所有|全部)|(?:共|累计)?(?:接收|受理|承办|收到|认领|承担|涉及|负责|牵头))\p{Han}{2,8}$"
)

_CLAUSE_MARK = regex.compile("[，：]")
_HANDED_BY = regex.compile(
    r"\p{Han}{0,10}(?:上级|督察|巡视|巡察|[组省市县区州厅局委部]|部门|热线|平台|电话|信箱)(?:交办|转办|移交|反馈|受理|督办|指出|通报)的?"
)
"""A kind told by who handed it over: 省级督察交办|58件."""
_GROUP = regex.compile(
    r"\p{Han}{0,6}(?:污染|防治|治理|保护|水务|工业|城乡|住建|交通|农业|生态|土壤|执法|工作|专项|整改|协调|攻坚|推进)\p{Han}{0,4}(?:组|专班)"
)
_OWN_STATE = regex.compile(r"(?:均|都|全部)?(?:已|完成|正在)")
"""How those stand that are told by how they are to be settled: 立行立改11项|已全部完成."""
_FRAME = regex.compile(r"[从按分]\p{Han}{1,10}(?:来看|看|分|划分|统计|分类)$")
_IN_CHARGE = regex.compile(r"由(?P<body>[^，。；、\ue000\ue001]{2,12}?)(?:负责|牵头|承担|承办|办理)")
_MARKS = "，；：。）\n"
_MARK = regex.compile(f"[{_MARKS}]|$")


class Subjects:
    """Reads what is counted, with the words of one rulebook and the nouns said so far in one document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook, stages: Stages) -> None:
        self.view, self.shaded, self.stages = view, shaded, stages
        self.nouns = nouns_of(rulebook)
        places = Places(rulebook)
        self.is_place, self.names_area = places.is_place, places.names_area
        self.kinds, self.ways = rulebook.words("tally_kinds"), rulebook.words("tally_ways")
        rest = rulebook.fragments["rest"].source
        self.rest = regex.compile(f"^(?:其中)?(?:{rest}|其他|另有)的?")
        self.lead = regex.compile(f"^(?:{rest}|其中|另外|另有|此外|和|及|有)*的?(?:有|共)?")
        self.said = Said()
        self.led = -1
        self.led_done = False
        """The clause that told last of what it lists the shares (信访件较多的为甲县34件、乙县28件), and whether those are settled (办结较多的)."""

    def is_matter(self, noun: str) -> bool:
        """Whether a noun ends in what offices count as matters to be settled: 重大隐患, 信访积案."""
        return self.nouns.matters.of(noun) != ""

    def is_treatment(self, noun: str) -> bool:
        """Whether a phrase names but what was done to those that are counted: 停产整治, 责令整改."""
        treatments = self.nouns.treatments
        return noun in treatments or (len(noun) == len("责令整改") and noun[:2] in treatments and not self.is_matter(noun))

    def is_kind(self, noun: str, whole: str) -> bool:
        """Whether matters are a kind of those of a whole: 重大隐患 of 隐患, “头顶库” of 尾矿库."""
        quoted = noun.startswith("“") and noun.strip("”")[-1:] == whole.strip("”")[-1:]
        noun, whole = noun.strip("“”"), whole.strip("“”")
        return (
            len(noun) > 1
            and noun != whole
            and (noun[-2:] in whole or noun[-1:] == whole[-1:] == "件" or quoted)
            and (self.is_matter(noun) or noun[-1] == "件" or quoted)
        )

    def name(self, start: int, left: int, quantity: Quantity) -> str:
        """The place, body or kind right before a count, of which alone it is told (临江市|19项, 涉及大气|163件, 大气类。受理|171件), or an empty string."""
        said = self.view.text[left : quantity.start]
        if _FOUND.fullmatch(said) is not None:
            return self._headed(start)
        if not said and self.view.text[left - 1 : left] == "）":
            left = self._since("、" + _MARKS, max(self._since("（", left) - 1, 0))
            said = self.view.text[left : quantity.start]
        if said in _UNSAID and (proved := _PROVED.match(self.shaded, quantity.end)) is not None and self.said.matter:
            return proved["name"]  # 3个|属实，2个部分属实
        said = _NAME_LEAD.sub("", said.lstrip("、，和及与"))
        way = _WAY_WANTED.sub("", said).removesuffix("的")
        if way in self.ways and (said.endswith("的") or _OWN_STATE.match(self.shaded, quantity.end)):
            return way
        said = _NAME_TAIL.sub("", said)
        if self.view.text.startswith("由", start):
            return ""
        about = _ABOUT.fullmatch(self.view.text, left, quantity.start)
        matters = self._among_matters(start) if about is not None else ""
        if matters and about is not None:
            self.said.keep(matters, quantity.unit, matter=True)
            self.led, self.led_done = start, False
            return about["kind"]
        led = _LED.match(said) if "中" in said or "的" in said else None
        if led is not None and self.is_matter(led["noun"]):
            self.said.keep(self.nouns.trim(led["noun"]).noun, quantity.unit, matter=True)
            self.led, self.led_done, said = start, led["done"] is not None, said[led.end() :]
        if said.startswith("该") and len(said) == len("该县"):
            return self._last_place(said[1], left)
        if self.is_framed(start) and self._is_thing(said):
            return said
        if QUANTITY in self.shaded[left : quantity.start]:
            return ""
        if said.endswith("类") and (_QUOTED.fullmatch(said) or said.endswith("完成类")):
            return said  # “2031年6月底前完成”类|24个, 2031年底前完成类|24个
        placed = _OF_PLACE.match(said)
        if placed is not None and self.is_place(placed["place"]):
            return placed["place"]
        if self.is_field(said, quantity):
            return said
        if said.endswith(("组", "专班")) and _OWN_STATE.match(self.shaded, quantity.end) and _GROUP.fullmatch(said) is not None:
            return said
        if said in self.nouns.scopes and said.startswith(("各", "市本级", "县本级", "省本级", "区本级")):
            return said
        if (
            self.is_place(said)
            or self.names_area(said)
            or (said.endswith(("类", "领域")) and len(said) <= _LONGEST_KIND and not _NUMERAL.search(said))
            or self.is_known_kind(said)
        ):
            return said
        body = _IN_CHARGE.match(self.view.text, quantity.end) if said in ("其余", "其他", "其它") else None
        return body["body"] if body is not None else ""

    def kind(self, left: int, quantity: Quantity) -> str:
        """The kind of things named before a count that is one share of a whole (核心区|34个), or an empty string where a deed or date stands there."""
        said = _NAME_LEAD.sub("", self.view.text[left : quantity.start].lstrip("、，和及与"))
        if (
            not said
            or said.startswith("由")
            or (quantity.unit in PERSONS and said.endswith(_RANKS))
            or self.rest.match(said)
            or DATE in self.shaded[left : quantity.start]
            or QUANTITY in self.shaded[left : quantity.start]
        ):
            return ""
        if said.startswith(_INCLUDING) and self.nouns.trim(said.removeprefix("其中").lstrip("包括含")).action:
            return ""  # 新增公厕46座，包括新建公厕19座、开放单位厕所27座
        return said if self._is_thing(said) or self._is_work(said) else ""

    def _is_work(self, said: str) -> bool:
        """Whether a phrase names work by when or where it is done (夜间施工), which alone would say how something stands."""
        words = tag(said)
        named = words[0].tag[0] in "nts" and words[0].tag != "ns" and words[-1].tag == "vn"
        return len(words) > 1 and len(said) <= _LONGEST_KIND and named and said[words[-1].start :] not in self.stages.done

    def is_framed(self, start: int) -> bool:
        """Whether a clause stands in a list that says by what it sorts: 按行业分，化工36件、养殖58件."""
        begin = self._since("。；\n", start)
        opening = self.view.text[begin:start].lstrip("●•·■◆▪ \u3000")
        return any(_FRAME.match(clause) for clause in _CLAUSE_MARK.split(opening, maxsplit=2)[:2])

    def _is_thing(self, said: str) -> bool:
        """Whether a short phrase names things, not what is done to them."""
        if not 1 < len(said) <= _LONGEST_TOPIC:
            return False
        word = tag(said)[-1]
        last = said[word.start :]
        if _HANDED_BY.fullmatch(said):
            return True
        if said[: tag(said)[0].end] in self.stages.done and not self.is_matter(said):
            return False  # 搬迁入园
        deed = word.tag.startswith(("v", "d", "p")) or self.stages.is_status(last) or self.stages.is_status(said)
        return not deed and last not in self.nouns.treatments

    def _last_place(self, kind: str, before: int) -> str:
        """The place of a kind (县) named last before one that says 该县."""
        said = self.view.text[max(0, before - _REACH) : before]
        return next(
            (said[w.start : w.end] for w in reversed(tag(said)) if w.tag == "ns" and w.end - w.start > 1 and said[w.end - 1] == kind), ""
        )

    def is_field(self, name: str, quantity: Quantity) -> bool:
        """Whether a count is all that is said of a field of matters whose number was told (人才服务方面|6项：一是…)."""
        text, end = self.view.text, quantity.end
        alone = _LISTING_NEXT.match(text, end) is not None or any(text.startswith(noun, end) for noun in _BARE_MATTERS)
        return alone and bool(self.said.matter) and name.endswith(("方面", "领域")) and len(name) <= _LONGEST_TOPIC

    def is_batch(self, name: str) -> bool:
        """Whether a name is that of a batch: 第二批."""
        return _BATCH.match(name) is not None

    def is_found(self, text: str, start: int, end: int) -> bool:
        """Whether a clause says that what it counts was found or handed over, not made."""
        return _FINDING.search(text, start, end) is not None

    def is_known_kind(self, name: str) -> bool:
        """Whether a word tells a kind of what offices count: 属实, 大气污染, 第二批."""
        name = name.partition("（")[0]
        return name in self.kinds or _KIND_TAIL.sub("", name) in self.kinds or self.is_batch(name)

    def named(self, name: str, noun: str) -> str:
        """The subject of what is told of a place or kind: 临江市|整改任务, 工业排污口."""
        placed = self.is_place(name)
        if name in _CAME:
            return name
        if not placed and (name.endswith(("件", noun, noun[-2:], noun[-1:])) or self.is_matter(name)):
            return name
        if name in self.kinds and name in noun:
            words = tag(noun)  # 来信来访举报件36件，其中来信|12件
            return name + noun[next((word.start for word in reversed(words) if len(noun) - word.start > 1), 0) :]
        if name.endswith("类") and len(head := noun.rpartition("类")[2]) in range(1, _SHORT_NOUN):
            return name + head  # 噪声类投诉, 异味类|投诉
        if "、" in noun:
            return name + noun  # 教育类|建议、批评和意见
        return name + (noun if len(noun) <= (_LONG_NOUN if placed else _SHORT_NOUN) else self._head(noun))

    def of_whole(self, noun: str, start: int, left: int, quantity: Quantity, *, all_of_them: bool) -> str:
        """What a whole counts, in the clause from `start` on; nothing for the same again. A count told in batches (举报分25批共338件) has its noun
        before them."""
        left += self.view.text[left] in _LINKS
        before = self.view.text[left : quantity.start]
        headless = self._headless(left, quantity) if not noun and before.endswith("的") else ""
        if headless and (head := self.known(start, quantity)):
            return headless if headless.endswith(head[-2:]) else headless + head
        batch = self.shaded.find(QUANTITY, start, quantity.start)
        if not noun and batch >= 0 and (batch >= left or before in _IN_ALL):
            noun = self.found(self.view.text[start:batch].rstrip("分共计有"))
        elif not noun and all_of_them:
            noun = self.nouns.trim("".join(c for c, s in zip(before, self.shaded[left : quantity.start], strict=True) if s != DATE)).noun
        judged = _JUDGED_KIND.fullmatch(noun)
        if judged is not None and (head := self.known(start, quantity)):
            noun = judged["kind"] + self._head(head)[-2:]
        noun = "" if self.stages.is_status(noun) or self.stages.is_ill(noun) else noun
        works = before.endswith(_WORKS) and not self.stages.is_status(before)  # 应整治|190个
        if not noun and not all_of_them and len(before) <= _LONGEST_TOPIC and (self.is_matter(before) or works):
            noun = self.found(before)  # 水类问题|8个已整改7个, 危桥改造|12座完成9座
        self._keep(noun, quantity)
        if not noun and quantity.unit == "件" and before.endswith(("转办", "交办")):
            return before[-2:] + "件"  # 受理来电83个、来信26个，转办|92件
        found = not noun and _FOUND.fullmatch(before) is not None
        return noun or (found and self._topic(start)) or self.known(start, quantity)

    def _headless(self, left: int, quantity: Quantity) -> str:
        """What tells some of those counted before from the others, where no noun follows their count (保留的|29座, 未装净化器的|6户), or an empty string."""
        said = _NAME_LEAD.sub("", self.view.text[left : quantity.start])[:-1]
        named = 1 < len(said) <= _LONG_NOUN and not _JUDGED.search(said) and DATE not in self.shaded[left : quantity.start]
        return said if named and _FINDING.search(said) is None and (said[0] in "应未" or not self.stages.is_status(said)) else ""

    def _keep(self, noun: str, quantity: Quantity) -> None:
        """Remember what was counted, but not what was done to somebody (立案侦查4件)."""
        if noun[:2] not in self.nouns.treatments:
            self.said.keep(noun, quantity.unit, matter=self.is_matter(noun))

    def known(self, start: int, quantity: Quantity) -> str:
        """What a count without a noun counts, in the clause from `start` on: what was counted before in its unit, or what the clause before names."""
        if quantity.unit not in self.said.by_unit:
            self.said.keep(self._framed(start), quantity.unit)
        return self.said.of(quantity.unit) or self._topic(start) or (quantity.unit if quantity.unit in _PEOPLE else "")

    def matter(self, start: int) -> str:
        """The matters that kinds told without their whole are kinds of: those said last, or those that the clause before names."""
        topic = self._topic(start)
        return self.said.matter or (topic if self.is_matter(topic) else "")

    def is_finding(self, noun: str) -> bool:
        """Whether a phrase only tells that matters were taken up: 立案, 查实."""
        return _FINDING.fullmatch(noun) is not None or noun.endswith(("立案", "查实"))

    def of_part(self, noun: str, start: int, left: int, end: int, quantity: Quantity) -> str:
        """What a part is a part of whose whole is not told: its own noun, the noun around it, what was counted before."""
        said = _ALREADY.sub("", self.rest.sub("", self.shaded[left : quantity.start]))
        if not noun and "的" in (self.view.text[quantity.start - 1], self.view.text[end : end + 1]):
            noun = self.behind(end + 1 if self.view.text.startswith("的", end) else quantity.end)
        noun = noun or _HAVING.sub("", self.nouns.trim(said).noun)
        if not noun or self._is_stage(noun):
            noun = self.nouns.trim(_STATUS_ON.sub("", self.shaded[quantity.end : end]), verbs=False).noun
        if not noun and self.view.text.endswith("已有", left, quantity.start):  # 已有26个|乡镇|建成处理厂
            noun = _DOES.sub("", self.nouns.head(self.view.text[quantity.end : self._until_mark(quantity.end)]))
        if self._is_stage(noun) or self.nouns.measured(noun) or noun.endswith("的") or noun in _DOERS or noun.startswith(("待", "正在")):
            noun = ""  # 次数未达标 says nothing of those 12 who are counted
        noun = _SAID_OF_ALL.sub("", noun)
        self.said.keep(noun, quantity.unit)
        return noun or self.known(start, quantity)

    def behind(self, place: int) -> str:
        """The noun that ends a clause right behind a place: 已完成整改的34个|点位, 6项长期坚持的|任务正在推进."""
        behind = _BEHIND.match(self.shaded, place)
        noun = without_clause(self.nouns.trim(_STATUS_ON.sub("", behind[0]), verbs=False).noun) if behind is not None else ""
        return "" if self._is_stage(noun) else noun

    def _is_stage(self, noun: str) -> bool:
        """Whether a phrase tells only how matters stand; 未完成事项 names them too."""
        return self.stages.is_status(noun) and not self.is_matter(noun)

    def with_origin(self, noun: str, total: Quantity, start: int) -> str:
        """A bare 问题 or 任务 with the word that says whence it is, where its count says so: 警示片披露我市|问题14个 → 披露问题."""
        if noun not in _BARE_MATTERS:
            return noun
        before = self.shaded[max(start, total.start - _LONGEST_TOPIC) : total.start].rstrip("共合总计有")
        origin = _ORIGIN.search(before + noun if not before.endswith(noun) else before)
        return origin["verb"] + noun if origin is not None else noun

    def is_other(self, said: str, subject: str) -> bool:
        """Whether what stands before 全部 names something else than the whole: 发电项目2个，积存渗滤液|全部处理完毕."""
        noun = self.nouns.trim(said).noun
        own = (
            noun[-2:] in subject
            or subject[-2:] in noun
            or noun.startswith(("所有", "上述", "这", "以上", "其"))
            or self.stages.is_status(noun)
        )
        return len(noun) > 1 and not own

    def printed(self, match: regex.Match[str], left: int) -> str:
        """The noun of a rule's match, without how it was found and how it stands; for a count told in batches (分25批共338件) what stands before them."""
        if "subject" not in match.re.groupindex or not match["subject"]:
            return ""
        start, end = match.span("subject")
        said = self.view.text[left + start : left + end]
        said = _COMPLAINED.sub("", said) if "被" in said else said
        said = said[1:] if said.startswith("出") and self.view.text[left + start - 1] in "查摸现" else said  # 排查|出重大隐患
        named = _LOOKED_AT.sub("", _SAID_OF_ALL.sub("", said))
        found = [
            m.start() if named[m.end() :] in (*_BARE_MATTERS, "意见") and m[0] in _HANDED_OVER else m.end()
            for m in _FINDING.finditer(named)
            if len(named) - m.end() > 1
        ]
        before = start < match.start("value")
        named = _TOLD_OF.sub("", named) if not before and ("情况" in named or "进展" in named) else named
        done = _FOUND_LAST.search(named) if before else None
        if done is not None:
            named, found = named[: done.start()], []
        named = plain(named, before=before)
        if before and named.endswith(_HEADLESS):
            return ""  # 鉴定为D级的|1346户 are some of what was counted before
        named = _LISTING.sub("", _OF_INSPECTION.sub("", _LATELY.sub("", named))).removesuffix("一共")
        noun = self.nouns.trim(named[found[-1] :] if found and before else named, verbs=before).noun
        noun = without_clause(modified(named[found[-1] :] if found and before else named, noun, self.nouns.scopes, verbs=before))
        noun = _HAVING.sub("", _INSIDE.sub("", noun) if before and ("内" in noun or "有" in noun) else noun)
        noun = "新增" + noun if before and named == "新增" + noun else noun
        if not before and len(noun) > _SHORT_NOUN and _FINDING.fullmatch(noun[-2:]) is not None:
            noun = noun[:-2]  # 35个|园区管网排查|已完成33个
        told = (
            _FINDING.fullmatch(noun) is not None
            or noun in self.stages.done
            or noun in self.stages.pending
            or noun in ("中", "里", "内", "以上", "上述")
            or noun.endswith(("到", "至"))
            or _FINDING.fullmatch(noun[-2:]) is not None
        )
        return "" if told else noun

    def found(self, said: str) -> str:
        """The noun of a phrase, without how it was found."""
        found = [m.end() for m in _FINDING.finditer(said) if len(said) - m.end() > 1]
        noun = self.nouns.trim(said[found[-1] :] if found else said).noun
        return "" if self.is_finding(noun[-2:]) else noun

    def _head(self, noun: str) -> str:
        """The last word of a noun with the one that qualifies it: 突出环境|信访问题; a noun with words in quotes is left whole."""
        return noun if "“" in noun else noun[tag(noun)[-2:][0].start :]

    def headed(self, end: int, quantity: Quantity) -> str:
        """What a count in brackets counts by the words before them: 推广的举措（共18项）, or of what was so counted those of a field (人才服务方面（共6项）)."""
        said = self.view.text[self._since(_MARKS + "、", end) : end]
        if said.endswith(("方面", "领域", "类")) and self.said.matter:
            return self.named(said, self.said.matter)
        noun = without_clause(self.nouns.trim(said).noun)
        if not 1 < len(noun) <= _LONGEST_TOPIC or self.nouns.measured(noun):
            return ""
        self.said.keep(noun, quantity.unit, matter=True)
        return noun

    def _among_matters(self, start: int) -> str:
        """The matters among which a sentence tells of some, clause by clause (信访件中，反映大气污染的42件；…), or an empty string."""
        begin = self._since("。\n", start)
        among = _AMONG_MATTERS.match(self.view.text, begin, start)
        noun = without_clause(self.nouns.trim(among["noun"]).noun) if among is not None else ""
        return noun if self.is_matter(noun) else ""

    def _headed(self, start: int) -> str:
        """The kind that a heading right before names (大气类。受理171件), or an empty string."""
        said = self._before(start).strip()
        return said if said.endswith("类") and len(said) <= _LONGEST_TOPIC else ""

    def _framed(self, start: int) -> str:
        """The noun of a clause before that says among which (列入名单的闸站中，退出类12座), or an empty string."""
        said = self._before(start)
        noun = without_clause(self.nouns.trim(said[:-1]).noun) if said.endswith(AMONG) else ""
        return "" if self.stages.is_status(noun) else noun

    def _topic(self, start: int) -> str:
        """The noun of the clause before (乡镇应急站点建设，应建19个), or an empty string."""
        said = self._before(start)
        if self.view.text[start - 1 : start] == "\n" and (_NUMBERED.match(said) or len(said) > _LONGEST_HEAD):
            return ""
        shaded = self.shaded[start - 1 - len(said) : start - 1]
        if QUANTITY in shaded:
            return ""
        said = said[shaded.rfind(DATE) + 1 :]
        noun = self.nouns.trim(_WORK.sub("", said)).noun
        return (
            "" if len(noun) > _LONGEST_TOPIC or said.endswith(_REPORTING) or self.stages.is_status(noun) or noun.endswith(_TIMES) else noun
        )

    def clause_of(self, place: int) -> int:
        """Where the clause begins in which a place stands."""
        return self._since(_MARKS, place)

    def _before(self, start: int) -> str:
        """The clause before one, without its mark."""
        end = max(start - 1, 0)
        return self.view.text[self._since(_MARKS, end) : end]

    def _until_mark(self, place: int) -> int:
        """Where the clause ends in which a place stands."""
        end = _MARK.search(self.view.text, place, place + _LONGEST_CLAUSE)
        return end.start() if end is not None else place

    def _since(self, marks: str, end: int) -> int:
        """Where the text behind the last of some marks before `end` begins; a clause of hundreds of characters is not looked through."""
        least = max(end - _LONGEST_CLAUSE, 0)
        return max(least, *(self.view.text.rfind(mark, least, end) + 1 for mark in marks))
