"""Indicators: what the number of a rule's match counts or measures, by the words of the match and those around it."""

from __future__ import annotations

import regex

from extract.model import Quantity, View
from extract.nlp.words import tag
from extract.records.counted import Counted
from extract.records.fitting import Fitting
from extract.records.memory import Memory
from extract.records.nouns import Noun, Nouns
from extract.records.sentences import DATE, QUANTITY
from extract.records.wording import GONE, HELD, PAPER, Window, Wording, told
from extract.rulebook import Rule

_LACKING = regex.compile(r".(?<=未|没有|没|不)[^，。；、\s\ue000\ue001]+")
_SETTLING = regex.compile(r"(?<=问题|任务|事项|隐患)的?(?:全部)?(?:整改|整治|办理|销号)(?:工作)?$")
_FOR_EACH = regex.compile(r"(?<=\p{Han}{2})(?:为|是|约|达)每(?:吨|立方米|平方米|公里|亩|度|千瓦时)$")
"""For how much a price is told: 垃圾处理费|为每吨|60元."""
_SHARES = ("占比", "比例", "比重")
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
_ABOUT = regex.compile(r"(?:大约|大概|约|接近|超过|不足)(?=占)")
_BEHIND = ("target-count-noun", "target-part-of")
_REACHED_BY = regex.compile(r"(?P<what>[^，。；：、\s\ue000-\ue003]{3,16})(?:已|可|基本|全面)*覆盖(?:到|了)?(?:全[省市县区州])?$")
_SHORT_VERB = 4
_LONGEST_LIMIT = 30
_LONGEST_SAID = 18
_AMONG = regex.compile(r"(.{2,}?)(?:[中里]|里头|里面|当中|之中)(?:仍|尚|还|只|仅|就|约|已)*有?")
_AND = regex.compile(
    r"(?:其中|另外|另|且|和|仍|还|尚|有|发现|查出|包括|约|近)*|.*(?:[中里]|里头|里面|当中|之中)(?:仍|尚|还|只|仅|就|约|已)*有?"
)
"""What may stand before the count of some of those told before."""
_MEANS = ("平均值", "均值", "年均值", "月均值", "平均浓度")
_BUILT = regex.compile(r"^(?:设立|新建|改建|扩建|建成|建设|配套|完成|开工|续建|一[套座台条处个项])+")
_DEGREE = regex.compile(r"(?:超额|仅|只|已|累计|提前|共)*")
_WORKS = regex.compile(r"([^，。；、]{2,}(?:工程|项目))(?:累计|已|共)*完成投资")
_QUALITY = regex.compile(r"(?:对于?|^|(?<=[，、；。：\s]))(?P<which>[^，。；、：对的\ue000-\ue003]{2,14}的)$")
"""整改不力的|14个单位: what is wrong with those that are counted."""
_HAVING = regex.compile(r"^.*(?:(?<!没)有|发现|[查理排选]出)")
_WRONG = ("超标的", "靠后的", "滞后的", "落后的", "较差的", "缓慢的", "排污的", "违规的", "违法的")
_WHICH_OF_THEM = regex.compile(
    r"(?:，|、|其中|另有|对|将|把)*(?P<which>(?!最|剩|其|余|另|新)(?:[^，；：、的\ue000-\ue003]|(?<=[A-Z])、(?=[A-Z])){2,16}的)(?:仅|只|就|还|约|已|有|为|达|共)*"
)
"""正常运行的|仅5座: what is said of some of those that were counted."""
_COUNTING = ("target-noun-count", "target-reach")
_PART_OF_THEM = regex.compile(r"(\p{Han}{4,})的(?:仅|只|就|还|约|已)*占有?")
"""建立台账的|只占三成: what share of all those are that."""
_COMING_OFF = regex.compile(r"(?<=.{3})(?:已|全面|全部|正式|顺利|如期|按期|建成|完工|竣工|开工|投运|投产|投用|通车|交付).*$")
_WORK_OF = regex.compile(r"的(?P<deed>[^，。；：、的\s\ue000-\ue003]{2,12}?)(?:任务|工作|申报)?(?=[，。；]|$|和(?=\ue000))")
_LED = regex.compile(
    r"(?:为|给|帮助|指导|督促|责令|要求|支持|推动|组织|引导|鼓励|动员|协助|助力|倒逼|辅导)(?:全[市县区镇]|辖区|其余|首批)?$"
)
"""Words before a count of those who do something or for whom it is done: 为|36所学校, 指导|5家合作社."""
_ORDERED = ("责令整改", "责令限期整改", "整改")
_PUNISHING = ("处罚", "立案处罚", "立案查处", "查处")
_CLAUSE = regex.compile(r"[^，。；：、\s\ue000\ue001]+")
_SAID = regex.compile(r"[^，。；：\s\ue000\ue001]+")
_STRATEGY = regex.compile(r"(?<=.{2})“?一\p{Han}一(?:策|案|档|议|表|台账)”?.*$")
_PER_ONE = regex.compile(r"[亩户人村场]均[年月日]?$")
_REWORKED = regex.compile(r"(?:[\ue001，]*(?:已|均|全部|全面|要)?完成)(\p{Han}{2,12}(?:改造|升级|提升))(?=[，。；]|$)")
_DOING = regex.compile(r"(?<=、.{2,})(?:开展|进行|实施|落实|采用|使用|存在|予以|给予|完成|安装|加装|严格|执行|全面|全部).*$")
_MORE = regex.compile(r"(?:、[^，。；：、\s\ue000\ue001]{1,12})+")
_CHIEFS = regex.compile(r"(?:苏木|嘎查|[省市州县区旗乡镇村])+级[河湖林田湾滩]+长")
"""Whose rounds they are tells them from those of other chiefs: 村级河长|每周|巡河."""
_CAPACITIES = ("蒸吨", "蒸吨/小时", "千伏安")
"""Units of the size that bounds which furnaces are meant: 10蒸吨以下|燃煤锅炉."""
_GROUNDS = ("矿区", "火区", "湖区", "建成区", "库区", "灌区", "景区", "片区", "流域", "滩区", "沙区", "林区", "采空区", "沉陷区")
"""Ground that is worked on, not a place that does the work."""
_LINKS = ("的", "、", "和", "及", "与")
_SHORT_RATE = 3
_SHORT_NOUN = 2
_FIRMS = ("企业", "单位")
_AS_PRINTED = ("target-count-listed", "target-people-met", "target-at-rate", "target-weight")
"""Rules whose nouns stand whole behind the number."""


class Indicators:
    """Names what the numbers of one document count. `sizes` are the starts of sizes that each of several things has, `bounded` the last
    characters of bounds."""

    def __init__(self, view: View, shaded: str, words: Wording, fitting: Fitting, sizes: set[int], bounded: set[int]) -> None:
        self.view, self.shaded, self.words, self.fitting = view, shaded, words, fitting
        self.nouns: Nouns = fitting.nouns
        self.counted: Counted = fitting.counted
        self._sizes, self._bounded = sizes, bounded

    def noun(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity) -> Noun:
        """The indicator of a match, cut free; after a count it ends where another clause's verb begins, but keeps what is lacking (未建立台账)."""
        if not told(match, "indicator"):
            return Noun("")
        if match.start("indicator") <= match.start("value"):
            return self._before(rule, match, window)
        place = window.left + match.end("value")
        if match.start("indicator") == match.end("value") and (apart := self.fitting.told_apart(place, quantity.unit)) is not None:
            return Noun(apart)
        if (relative := self.fitting.relative(place)) is not None:
            return Noun(self.view.text[relative.start("head") : relative.end("head")])
        return self._behind(rule, match, window, quantity)

    def fitted(self, noun: Noun, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity, memory: Memory) -> Noun:
        """The noun of a match with what tells it from others: its size, what has that size, a limit, what money is put into, a date's noun."""
        noun = self._of_what_follows(noun, quantity, window)
        if rule.id == "target-noun-count" and noun.noun.endswith("有") and quantity.kind == "cardinal":
            noun = noun._replace(noun=self._of_some(noun.noun[:-1], quantity, window))
        lacking = not noun.noun and self.view.text.startswith(("无", "没有", "未", "有"), quantity.end)  # 其中|7家|无粪污设施
        if rule.id == "target-count-noun" or lacking:
            noun = self._that_are(noun, match, quantity, window, memory)
        if rule.id in _COUNTING:
            noun = self._those(noun, quantity, window, memory)
        if rule.id in _BEHIND and "覆盖" in self.view.text[window.left : quantity.start]:
            noun = self._reached_by(noun, window, quantity)
        noun = self._spent_on(self._before_date(noun, match, window), quantity, window)
        if noun.action in _ORDERED and noun.noun in _FIRMS:
            return noun._replace(noun="整改" + noun.noun)  # 责令整改|饭店17家
        if noun.action in _PUNISHING and noun.noun in _FIRMS:
            return noun._replace(noun=noun.action + noun.noun)  # 立案处罚|企业17家
        if not noun.noun and noun.scope.endswith(_GROUNDS) and self.view.text.endswith(noun.scope, window.left, quantity.start):
            return noun._replace(noun=noun.scope, scope="")  # 治理火区|9处
        return noun

    def on_ground(self, noun: Noun) -> Noun:
        """A deed alone with the ground that it is done on: 霍勒矿区|2031年治理12平方公里."""
        bare = noun.scope.endswith(_GROUNDS) and noun.noun == noun.action
        return noun._replace(noun=noun.scope + noun.noun, scope="") if bare else noun

    def placed(self, noun: Noun, match: regex.Match[str]) -> Noun:
        """The noun before a number, or the place alone where it only says where; 亩均 and 户均 stay with what is told for each."""
        place = self.words.is_place
        if noun.noun and match.end("indicator") <= match.start("value") and (len(noun.noun) == 1 or place(noun.noun)):
            noun = Noun("", noun.action, noun.noun if place(noun.noun) else noun.scope)
        indicator, action = told(match, "indicator"), told(match, "action")
        per_one = _PER_ONE.search(indicator) if "均" in indicator[-2:] else None
        if per_one is not None:
            whose = noun.noun.removesuffix(per_one[0]).removesuffix(per_one[0][0])
            noun = noun._replace(noun=whose + per_one[0] + action)  # 亩均|增产, 农户户均|增收
        return noun._replace(action=action) if action else noun

    def sized(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A size printed right before the noun stays with it: 30千瓦以下|柴油机; so does what bounds a share: 单户500万元以下的|占比."""
        if not noun.noun or window.left == window.clause or self.shaded[window.left - 1] != QUANTITY or match.start("indicator") != 0:
            return noun
        indicator = told(match, "indicator")
        size = next((q for q in self.view.quantities_in(window.clause, window.left) if q.end == window.left), None)
        if size is not None and noun.noun.endswith("覆盖率") and size.start - window.clause >= _SHORT_VERB:
            served = self.nouns.trim(self.view.text[window.clause : size.start]).noun
            return noun._replace(noun=served + self.view.text[size.start : window.left] + noun.noun)  # 公交站点500米|覆盖率
        shared, bounded = (
            noun.noun.endswith((*_SHARES, "占", "占到")),
            len(noun.noun.removesuffix("有")) <= _SHORT_NOUN and window.left - 1 in self._bounded,
        )
        if indicator.startswith("的") and (shared or bounded):
            start = max(window.clause, *(self.shaded.rfind(mark, window.clause, window.left) + 1 for mark in "、和及与"))
            link = "" if noun.noun in _SHARES else "的"
            return noun._replace(noun=self.nouns.trim(self.view.text[start : window.left]).noun + link + noun.noun)
        if size is None or size.start not in self._sizes or size.unit in _CAPACITIES or indicator.startswith(_LINKS):
            return noun
        return noun._replace(noun=self.view.text[size.start : window.left] + noun.noun)

    # --- the noun before a number -------------------------------------------------------------------------------------

    def _before(self, rule: Rule, match: regex.Match[str], window: Window) -> Noun:
        named = self._printed(match, window)
        if rule.id == "target-share":
            named = _ABOUT.sub("", named)
        share = self.words.of_the_plan.search(named) if rule.id == "target-share" else None
        if share is not None:
            whose = not _DEGREE.fullmatch(named, 0, share.start())
            link = "" if share[0].startswith("完成") else "占"
            return (
                self.nouns.trim(self.nouns.trim(named[: share.start()]).noun + link + share[1]) if whose else Noun(share[0])
            )  # 利润总额|完成|年度目标
        part = _PART_OF_THEM.fullmatch(named) if named.endswith(("占", "占有")) else None
        if part is not None:
            return Noun(part[1] + "占比")
        named = _FOR_EACH.sub("", named)
        works = _WORKS.fullmatch(named) if named.endswith("完成投资") else None
        return self.nouns.trim(works[1] + "投资" if works else named)

    def _printed(self, match: regex.Match[str], window: Window) -> str:
        return self.view.text[window.left + match.start("indicator") : window.left + match.end("indicator")]

    def _of_some(self, named: str, quantity: Quantity, window: Window) -> str:
        """What is counted of things named before, with what is said of them behind the count: 水库有|3座|没有放空设施."""
        noun = self.nouns.trim(named).noun
        said = _CLAUSE.match(self.shaded, quantity.end, window.right)
        behind = self.view.text[quantity.end : said.end()] if said is not None else ""
        return self.counted.noun(noun, noun + behind, quantity.unit, whole=True) if noun else named

    def _that_are(self, noun: Noun, match: regex.Match[str], quantity: Quantity, window: Window, memory: Memory) -> Noun:
        """Some of those counted before by what alone is said of them: 抽查企业40家，|16家|贮存超期 → 贮存超期的企业."""
        whole = _AMONG.fullmatch(told(match, "before"))
        known = self.nouns.trim(whole[1]).noun if whole is not None else memory.indicators.get(quantity.unit, "").rpartition("的")[2]
        said = _SAID.match(self.shaded, quantity.end, window.right)
        if not known or said is None or told(match, "action") or _AND.fullmatch(told(match, "before")) is None:
            return noun
        behind = self.view.text[quantity.end : said.end()].rstrip("、和及")
        if not behind or self.counted.counts(behind, quantity.unit) or not self.counted.says(behind, quantity.unit):
            return noun
        return noun._replace(noun=behind + "的" + known if len(behind) <= _LONGEST_SAID else known)

    def _those(self, noun: Noun, quantity: Quantity, window: Window, memory: Memory) -> Noun:
        """Some of what was counted before, told by a limit or by what they are: 显示屏103块，其中亮度超过300坎德拉/平方米的|37块, 正常运行的|仅5座."""
        behind = self.shaded[window.left : quantity.start]
        if "的" not in behind or quantity.kind != "cardinal":
            return noun
        counted = memory.indicators.get(quantity.unit) or memory.indicator
        known = counted.rpartition("的")[2]
        if not known or not (quantity.unit in memory.indicators or self.counted.counts(counted, quantity.unit)):
            return noun
        limit = self.shaded.rfind(QUANTITY, window.clause, window.left) + 1 or window.left
        limited = self.shaded[window.left - 1] == QUANTITY and limit == window.left
        if limited and behind.endswith("的") and len(behind) <= _SHORT_VERB:
            named = self._undone(self.view.text[window.clause : quantity.start].removeprefix("其中").lstrip("，、"))
            return noun if len(named) > _LONGEST_LIMIT else noun._replace(noun=named + known)
        which = _WHICH_OF_THEM.fullmatch(behind)
        return noun._replace(noun=which["which"] + known, action="") if which is not None else noun

    def _undone(self, named: str) -> str:
        """A phrase without the verb that it begins with: 淘汰|炉膛直径3米以下的."""
        end = tag(named)[0].end
        return named[end:] if named[:end] in self.words.actions else named

    def _before_date(self, noun: Noun, match: regex.Match[str], window: Window) -> Noun:
        """A bare rate or deed with the noun that a date parts from it: 缺陷点位|年底前|修复率, 市政管网|去年|排查."""
        place = window.left + match.start("indicator") if told(match, "indicator") else window.left
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
        doer = lead.endswith(self.words.doers) and not _CHIEFS.fullmatch(lead)  # 州财政局|自2026年起|安排
        return noun._replace(noun=lead + noun.noun) if lead and not doer else noun

    # --- the noun behind a count --------------------------------------------------------------------------------------

    def _behind(self, rule: Rule, match: regex.Match[str], window: Window, quantity: Quantity) -> Noun:
        named = self._printed(match, window)
        if rule.id in _AS_PRINTED:
            return self.nouns.trim(named, verbs=False)
        start, end = window.left + match.start("indicator"), window.left + match.end("indicator")
        lacking = _LACKING.match(self.shaded, end - 1)
        if lacking is not None:
            return self.nouns.trim(self.view.text[start : lacking.end()], verbs=False)
        noun = self.nouns.trim(self._without_deeds(self._listed(named, end, window.right), match, window, quantity), verbs=False)
        if not noun.noun:
            return noun
        noun = noun._replace(noun=self._as_counted(noun.noun, start, window, window.left + match.start("value"), quantity.unit))
        reworked = _REWORKED.match(self.shaded, start + len(noun.noun))
        if reworked is not None and self.view.text.startswith(noun.noun, start):
            noun = noun._replace(noun=noun.noun + reworked[1])  # 7家水泥企业|年底前完成超低排放改造
        if "完成" in (told(match, "action") or told(match, "before")):
            noun = noun._replace(noun=noun.noun + self._work_of(noun.noun, start))
        quality = _QUALITY.search(self.shaded, window.left, window.left + match.start("value"))
        which = _HAVING.sub("", quality["which"]) if quality is not None else ""
        which = self.words.after_place(which) or which
        wrong = which.endswith(_WRONG) or (len(which) > _SHORT_NOUN and self.counted.is_state(which[:-1]))
        return noun._replace(noun=which + noun.noun) if wrong else noun

    def _listed(self, named: str, end: int, right: int) -> str:
        """A noun behind a count with the others that it is listed with, up to what settles them: 14家印染|、漂洗企业."""
        if self.shaded.startswith("、", end):
            more = _MORE.match(self.shaded, end, right)
            named = _DOING.sub("", named + self.view.text[more.start() : more.end()]) if more is not None else named
        named = _STRATEGY.sub("", _SETTLING.sub("", self.fitting.head(named)))
        return PAPER.sub("", named) if "的" in named else named

    def _without_deeds(self, named: str, match: regex.Match[str], window: Window, quantity: Quantity) -> str:
        """A noun behind a count without what is done with those that are counted, or by whom they are visited."""
        value = window.left + match.start("value")
        if self.shaded[window.right : window.right + 1] == QUANTITY and window.left + match.end("indicator") == window.right:
            named = self.nouns.before_deed(named)  # 36万立方米|固废|清运29.5万立方米
        if self.shaded.startswith("对", window.clause) or self.shaded[value - 1] == "对":
            named = self.nouns.before_treatment(named)
        if self.view.text[value - 1] in "将把":
            named = self.nouns.before_verb(named)  # 将3台|锅炉移交热力公司
        gone = GONE.match(named) if quantity.unit in HELD else None
        return named[gone.end() :] if gone is not None else named  # 主要负责同志6次|到|现场督导

    def _as_counted(self, noun: str, start: int, window: Window, value: int, unit: str) -> str:
        """A noun that begins behind a count as the rest of its clause tells it."""
        clause = _CLAUSE.match(self.shaded, start, window.right)
        if clause is None:
            return noun
        whole = self.shaded[clause.end() : clause.end() + 1] not in (QUANTITY, DATE)
        led = _LED.search(self.shaded, window.left, value) is not None
        return self.counted.noun(noun, self.view.text[clause.start() : clause.end()], unit, whole=whole, led=led)

    def _work_of(self, noun: str, place: int) -> str:
        """What is to be finished of those that are counted: 完成16个村庄|的垃圾治理任务; nothing where no deed is named."""
        end = place + len(noun)
        work = _WORK_OF.match(self.shaded, end) if self.view.text.startswith(noun, place) else None
        if work is None or not (work["deed"] in self.words.actions or work["deed"][-_SHORT_NOUN:] in self.words.actions):
            return ""
        return self.view.text[end : work.end()]

    # --- what has a size or gets money, told behind it ----------------------------------------------------------------

    def _of_what_follows(self, noun: Noun, quantity: Quantity, window: Window) -> Noun:
        """A size told before the thing that has it: 建成日处理能力60吨的|餐厨垃圾处理站 → 餐厨垃圾处理站日处理能力."""
        size = self.nouns.measurand(noun.noun)
        if not size.endswith(_SIZES) or len(noun.noun) - len(size) > _SHORT_VERB:
            return noun
        thing = _THING.match(self.shaded, quantity.end, window.right)
        if thing is None:
            return noun
        bearer = self.nouns.trim(_COMING_OFF.sub("", thing[1]), verbs=False).noun
        return noun._replace(noun=bearer + _BUILT.sub("", noun.noun)) if bearer and bearer != noun.noun else noun

    def _reached_by(self, noun: Noun, window: Window, quantity: Quantity) -> Noun:
        """Those that something reaches, with what that is: 垃圾分类|覆盖|96%的小区 → 垃圾分类覆盖小区."""
        reached = _REACHED_BY.search(self.shaded, window.left, quantity.start)
        what = self.nouns.trim(reached["what"]).noun if reached is not None and noun.noun else ""
        return noun._replace(noun=what + "覆盖" + noun.noun) if len(what) > _SHORT_NOUN and what not in self.words.actions else noun

    def _spent_on(self, noun: Noun, quantity: Quantity, window: Window) -> Noun:
        """Money put in with what it is put into, told behind it: 投入9.3亿元|实施雨污分流 → 雨污分流投入."""
        spent = _SPENT.match(self.shaded, quantity.end, window.right) if noun.noun == "投入" else None
        return noun._replace(noun=self.view.text[spent.start(1) : spent.end(1)] + noun.noun) if spent is not None else noun
