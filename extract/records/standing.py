"""What a number stands for: a target or a result, and the day by which it is to be reached."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from functools import cache, lru_cache, partial
from typing import Literal

import regex

from extract.model import DateMention, Outline, Passage, Quantity, View
from extract.records.ahead import (
    AIM_NEAR,
    AIMS,
    GOALS,
    OWNERS_NEAR,
    PURPOSE_OPENS,
    is_aim_before,
    is_aim_of,
    is_assigned,
    promised,
    retells,
    tells_ahead,
    without_purpose,
)
from extract.records.due_days import AIM, ITS_LEVEL, may_be_due, opening_of
from extract.records.sentences import QUANTITY, Sentence, clauses
from extract.records.surroundings import (
    NEXT,
    RETOLD,
    accounts,
    around,
    foretells,
    is_planned,
    looks_back,
    paragraph_to_come,
    parts_of,
    recalls,
    settles,
    tells_of_years,
)
from extract.rulebook import Rulebook

_COMPARED = regex.compile(
    r"同比|环比|(?:较|比|与|同)(?:\ue001+|[^，。；、\s]{0,4}?(?:上年|去年|同期|上月|基准年|历史))[^，。；、\s]{0,6}?(?:同期|相比|末|底|年)?"
)
_WITH_LAST_YEAR = regex.compile("同比|[比较](?:上年|去年)")
_STATE = regex.compile(
    r"(?:只有|仅有|仅为|仅占|只占|仅|只|刚过?|(?<!人)才(?![能会可干])|高达|仍[有为]|尚有|还[有差]|超标(?!天数|率|倍数|次数)|由(?:上年|去年)的|(?<![比较同与])去年(?!同期|相比|水平))"
)
_STATE_BEHIND = regex.compile(r"(?:仍|尚)?(?:未|没有)[^，。；、的]*(?=[，。；、]|$)")
_STATE_NEXT = regex.compile(r"，(?:目前|现|实际|截至[^，。；]{2,14}?)?(?:已(?!经?纳入)|仅|只)")
_WHERE = regex.compile(r"^(?:全[市县省区州盟旗镇乡]|[我本][市县省区州])(?=现有|现已|累计|目前|已)")
_DONE_SINCE = regex.compile(r"(?<=[，；])(?:目前|现|截至[^，；]{2,14}，?|实际)?(?<![对将把就从按])已(?!经?[纳列]入|批)")
_NOW = regex.compile(r"(?<![较比])目前")
_HEARD = 2000
"""Characters back to which what a meeting heard is looked for."""
_BOUND = regex.compile(r"不(?:少|低|高|多|小|大|超)[于过]|不得")
_LASTS = regex.compile("(?:养护|管护|质保|保修|保质|缺陷责任|试运行|观察|保存|留存)(?:期限?|时间|时长)$")
"""How long something must last once it is done: 补植286株，养护期|不少于1年."""
_SETTLED_THINGS = r"已(?:建成?|投运|投用|销号|整改|办结|登记|治理|改造|完工|开工)(?!了)[^，。；\d]{2,12}(?:率(?:达到?|为|不低于|保持在|稳定在)?$|(?:按|应|须|要|一律))"
_ATTRIBUTE = regex.compile(rf"已[^，。；的]{{1,8}}的|{_SETTLED_THINGS}")
_PAST = regex.compile(rf"(?<![对将把就从按])(?!{_SETTLED_THINGS})已")
"""已 that tells what was done; not 对已销号问题…, 已建成设施运行率…, which only name things."""
_SINCE = regex.compile(
    r"截至|近年来|近几年|(?<!(?:对|将|把|排查|清理|梳理|核查|清查|摸[排清]|复核|抽查|检查|倒查|[查厘理]清|起底|消化)[^，。；]{0,8})以来"
)
_MUST_BEHIND = regex.compile(r"(?:必须|务必|要|须|应|确保|力争)(?:于|在)?(?:\ue001|全部|全面|完成|[^，。；]{0,4}$)|\ue001(?:必须|要|须|应)")
_REMAINDER = regex.compile(r"剩余|其余|余下|还有|剩下|另有|尚有|正在|尚未")
_NEXT_DUTY = regex.compile(r"，[^，；]{2,16}?(?<![主重需必首紧])(?:要(?![求点素件])|负责|牵头)[^，；]*，")
_BEGUN = regex.compile(r"(?:正式|全面|力争|确保)?(?:开工|启动|动工|开建|进场|招标|立项)")
_OWN = regex.compile(
    r"(?!(?:全面|全部|基本|正式|提前|主体|工程|项目|如期|顺利|整体|确保|力争|实现|完成|一期|二期))\p{Han}{3,12}(?:洞通|通车|投用|投运|投产|建成|竣工|启用|完工|贯通|运营|落成|通水|封顶)"
)
"""地铁支线洞通: what has a subject of its own is due then, and nothing told before."""
_RATE = regex.compile(r"(\p{Han}{2})(?:完成)?(?:率|比例)")
_TO_CLAUSE_END = regex.compile(r"[^，；：。]+")
_WHOLLY = regex.compile(r"(?:全部|全面|均|都|基本)(?!完成\p{Han}{4,})")
_APART = regex.compile(r"；(?!其中)")
_NEXT_YEAR = re.compile("[明次翌后]年")
_LAST_YEAR = ("去年", "上年", "前年")
_LASTING = ("year", "period", "plan")
"""How long what comes back every year may be owed: 2031—2033年，每年安排…; not what a day ends."""
_JUST = regex.compile(r"(?:按[^，。；]{1,6})?(?:于|在|须|要|应|力争|确保)*")
_PUT_OFF = regex.compile(r"(?:力争|计划|预计)?(?:推进|推迟|延期|延续|延长|顺延|持续|实施|安排)[到至]?")
_SOON = 8
"""Characters after a number within which its deadline stands."""
_DONE_BEFORE = regex.compile(r"(?<![对将把就从按])已|累计|剩余|其余|余下|实际|[成改除治建了]了|投入资金|反馈")
"""Words of a sentence's first part that tell what was done, so that what it plans (剩余围网计划6月底前拆除；) holds for it alone."""
_FIRST_WORDS = 4
_YEAR_ENDS = regex.compile(r"\s*(?:力争)?(?:到|至)?(20\d\d)年(?:12月)?(?:底|末)前?，")
"""Characters of a sentence that say that all of it is to come: 下一步, 力争到."""
_REPORTS = regex.compile(
    r"会议(?:认真|专题|集体|逐项|分别|研究)*(?:听取|认为|指出|肯定|充分肯定|审定|通报|审议了)|汇报(?:了|指出)|[科局部办室组院司委厅](?:介绍|汇报|通报)[，：]|(?:取得|肯定)[^，。；]{0,10}(?:成效|成绩)"
)
_DIRECTS = regex.compile(
    r"(?:会议|会上|决定|原则)[^，。；]{0,6}(?:要求|决定|强调|同意|明确|议定|部署|提出|通过)|如下(?:事项|决定|意见|工作)|原则(?:同意|通过)|要求"
)
"""What a meeting heard is told, what it decides is to be done."""
_PLANNING = ("plan", "notice")
_SPOKEN = ("news", "speech", "other")
_UNSPOKEN = ("news", "other")
"""Kinds of document that say nothing of whether their items tell what was done or what is to be done."""
_PLANS = "一二三四五六七"
_PLAN = regex.compile(rf"十([{_PLANS}])五")
_FINISHED = regex.compile(r"底?(?:全面|全部)?(?:建成|完成|完工|竣工|投运|投用|投产|通水|通车|验收|通过验收)")
_TOLD = regex.compile(
    r"了$|(?:(?<![对将把就从按])已|尚有|仍有|(?<![在对将把从用托按运拆除造合级活建升化复停换移理扩进个座处家条台辆所])现有|目前)(?![^，。；]{0,8}的)"
)


@lru_cache(maxsize=4)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """The words as one pattern of the standard library."""
    return re.compile("|".join(map(re.escape, sorted(words))))


class Standing:
    """Reads the words, dates and sections around a number. Offsets point into the view's text."""

    def __init__(self, outline: Outline, view: View, shaded: str, rulebook: Rulebook) -> None:
        self.header, self.view, self.shaded = outline.header, view, shaded
        # What is remembered holds no way back to this reader, so that a document is freed as soon as it has been read.
        text, nodes = view.text, outline.nodes
        self.due = cache(partial(may_be_due, outline.header.anchor, text, shaded))
        self.opening = cache(partial(opening_of, text, shaded))
        self.planned, self.to_come = cache(partial(is_planned, nodes, text)), cache(partial(paragraph_to_come, text))
        self.next, self.retold = cache(partial(around, nodes, text, NEXT)), cache(partial(around, nodes, text, RETOLD))
        self.before: tuple[int, DateMention | None] = (-1, None)
        self.recalls, self.accounted = cache(partial(recalls, nodes, text)), cache(partial(accounts, text))
        self.looks_back, self.tells_of_years = cache(partial(looks_back, text)), cache(partial(tells_of_years, text))
        self.foretells, self.parts = cache(partial(foretells, text)), parts_of(text)
        self.settles = outline.header.doc_type in ("notice", *_UNSPOKEN) and settles(outline.header.title)
        self.doc_type = "plan" if self.settles else outline.header.doc_type
        self.forward = _any_of(rulebook.words("forthcoming"))
        self.backward = tuple(rulebook.words("so_far"))

    def compared_to(self, start: int, quantity: Quantity) -> str:
        """The last words of comparison between a clause's start and its number (较2020年, 同比), or an empty string."""
        last = ""
        for match in _COMPARED.finditer(self.shaded, start, quantity.start):
            last = self.view.text[match.start() : match.end()]
        return last

    def governing(
        self, sentence: Sentence, quantity: Quantity, dates: tuple[DateMention, ...], given: Container[int] = ()
    ) -> DateMention | None:
        """The date that the number is to be reached by: the nearest before it that is no comparison, else a deadline after it, else that of
        the sentence before of which this one tells the parts (其中…). `given` are the starts of dates that belong to other numbers alone
        (2022年、2023年分别治理36个、42个)."""
        found = self._governing(sentence, quantity, dates, given)
        if found is None and self.view.text.startswith("其中", sentence.start) and self.before[0] == sentence.passage.start:
            found = self.before[1]
        if found is None and sentence.passage.field == "objective" and sentence.start == sentence.passage.start:
            found = self._of_head(sentence.start)
        self.before = (sentence.passage.start, found)
        return found

    def of_before(self, sentence: Sentence, governing: DateMention) -> bool:
        """Whether the day by which a number is due is that of the sentence before, of which this one tells the parts."""
        return governing.start < sentence.start and self.view.text.startswith("其中", sentence.start)

    def _of_head(self, start: int) -> DateMention | None:
        """The date before the head of a field of aims that begins at a place: 2031年|工作目标：."""
        line = self.view.text.rfind("\n", 0, start) + 1
        dated = next(reversed(self.view.dates_in(line, start)), None)
        told = dated is not None and AIM.fullmatch(self.view.text, dated.end, start) is not None
        return dated if dated is not None and told and self.due(dated.start, dated) else None

    def _governing(
        self, sentence: Sentence, quantity: Quantity, dates: tuple[DateMention, ...], given: Container[int]
    ) -> DateMention | None:
        found: DateMention | None = None
        opened = False
        for mention in dates:
            if mention.start >= quantity.start:
                if self._beside(quantity.end, mention.start) and self.due(sentence.start, mention):
                    return mention
                break
            if self.shaded.startswith(ITS_LEVEL, mention.end) and quantity.start > mention.end + 1:
                continue  # the year of another number alone: 提到2031年的80%
            if mention.sense == "point" and mention.end > mention.core.end:
                continue  # says which things are meant: 1996年底前|砌筑的粮仓
            if mention.sense == "recurrence":
                lasts = found is not None and opened and found.precision in _LASTING
                if not lasts or self.shaded.find("；", found.end if found else 0, mention.start) >= 0:
                    found = None
                continue
            if mention.start in given or not self.due(sentence.start, mention):
                continue
            opens, leads = self.opening(sentence.start, mention)
            goes_on = (
                opened and found is not None and found.precision == mention.precision == "year" and self.shaded[mention.start - 1] == "，"
            )
            if opens or goes_on or not _APART.search(self.view.text, mention.end, quantity.start):
                found, opened = mention, leads
        if found is None:
            return self._after(sentence, quantity, dates)
        clause = next((s for s, e in clauses(sentence, self.shaded) if s <= quantity.start < e), sentence.start)
        own = next((d for d in dates if d.start >= quantity.end), None) if found.end <= clause else None
        if (
            own is not None
            and (own.sense == "by" or _FINISHED.match(self.shaded, own.end))
            and self.due(sentence.start, own)
            and _JUST.fullmatch(self.shaded, quantity.end, own.start)
        ):
            return own  # 第二批22家|于6月底前完成, whenever the first one was
        return found

    def _beside(self, end: int, place: int) -> bool:
        """Whether a date stands right behind a number, or behind words that put off to it: 其余3项|推进到|2031年底."""
        return place == end or (end < place <= end + _SOON and _PUT_OFF.fullmatch(self.shaded, end, place) is not None)

    def _after(self, sentence: Sentence, quantity: Quantity, dates: tuple[DateMention, ...]) -> DateMention | None:
        """A deadline told after the number; not that of another number, of a remainder, of another part of the sentence (；) or of another's duty."""
        start, end = next(((s, e) for s, e in clauses(sentence, self.shaded) if s <= quantity.start < e), (sentence.start, sentence.end))
        if any(d.sense == "recurrence" and start <= d.start < quantity.start for d in dates):
            return None
        last: DateMention | None = None
        begun: DateMention | None = None
        alone = True
        for mention in dates:
            if mention.start < quantity.end or not self.due(sentence.start, mention):
                continue
            between = self.shaded[quantity.end : mention.start]
            if "；" in between or _REMAINDER.search(between) or _NEXT_DUTY.search(between):
                return last or begun
            rest = _TO_CLAUSE_END.match(self.shaded, mention.end, sentence.end + 1)
            if not (mention.sense == "by" or mention.end <= end or self._planned(sentence, mention)):
                continue
            if mention.start < end or rest is None or _WHOLLY.match(self.shaded, mention.end):
                return mention
            if _OWN.fullmatch(rest[0].rstrip("、")) or _OWN.fullmatch(rest[0].partition("、")[0]):
                continue  # 力争上半年|地铁支线洞通
            if _BEGUN.match(rest[0]):
                begun = begun or mention  # 8月底前开工，明年底前建成: the end counts
                continue
            if QUANTITY not in rest[0]:
                return (last or mention) if alone else last
            if _REMAINDER.search(rest[0]):
                return last
            if quantity.base_unit == "元" or self._akin(rest[0], start, end):
                last = last or mention
            else:
                alone = False  # what is due then is another number
        return last or begun

    def _akin(self, rest: str, start: int, end: int) -> bool:
        """Whether a rate (9月底前|登记率达到九成) is of what the clause at start:end tells to do (对沿街商户逐户登记)."""
        rate = _RATE.search(rest)
        return rate is not None and rate[1] in self.shaded[start:end]

    def _planned(self, sentence: Sentence, mention: DateMention) -> bool:
        """Whether a day to come, or any day among measures, is followed by what is done then (2031年4月建成通车)."""
        ahead = (
            sentence.passage.field == "measure"
            or self.header.anchor is None
            or (mention.last is not None and mention.last > self.header.anchor)
        )
        return ahead and mention.sense == "point" and _FINISHED.match(self.shaded, mention.end) is not None

    def kind(
        self, sentence: Sentence, start: int, quantity: Quantity, governing: DateMention | None, *, bare: Literal["", "share", "count"] = ""
    ) -> Literal["target", "result"]:
        """Whether the number of the clause that begins at `start` is to be reached or was reached: by its section, its words and its date.

        bare: the number is told as a share of something, or counts things without a verb.
        """
        passage = sentence.passage
        clause = self.view.text[start : quantity.start]
        opening = self.view.text[sentence.start : quantity.start]
        if "为" in opening[:PURPOSE_OPENS]:
            opening = without_purpose(opening)
        loose = passage.node is None and passage.field is None
        behind = self.shaded[quantity.end : quantity.end + AIM_NEAR]
        if ("目标" in behind and is_aim_of(clause, behind)) or (clause[-2:] in AIMS and is_aim_before(clause, behind)):
            return "target"
        if passage.role == "objective":
            return "result" if clause.startswith(("目前", "截至")) or _PAST.match(clause) else "target"
        if governing is not None and self.view.text.startswith(_LAST_YEAR, governing.start):
            return "result"
        before = (
            self.view.text.startswith(("不足", "不到"), quantity.start) or _STATE.search(self.shaded, start, quantity.start) is not None
        )
        state = before or self._state_behind(sentence, quantity)
        if passage.role in ("problem", "progress") and not state and self._to_come(sentence.start, passage.node):
            return "result" if self._so_far("", clause) or _PAST.search(clause) is not None else "target"
        ahead = self._ahead(governing)
        if passage.role == "problem":
            return "target" if ahead or "力争" in opening else "result"
        rest = _TO_CLAUSE_END.match(self.shaded, quantity.end, sentence.end + 1)
        must = self._forthcoming(clause) or (rest is not None and _MUST_BEHIND.search(rest[0]) is not None)
        bounded = _BOUND.match(self.view.text, quantity.start) is not None
        if ahead and not before:
            state = False  # 15个未开工项目务必于9月30日前开工
        assigned = passage.role == "progress" and "单位" in self.view.text[quantity.end : quantity.end + OWNERS_NEAR]
        if assigned and not state and is_assigned(self.view.text, start, quantity.end):
            return "target"
        if (passage.role == "progress" and not self.settles) or (loose and self.doc_type in ("progress", "news")):
            return "result" if state and not must else self._reported(sentence, start, quantity, governing, opening, must=must)
        if not must and self.accounted(sentence.start, sentence.end):
            return "result"
        if (state or (passage.role == "other" and self.doc_type not in _PLANNING and not loose and not ahead)) and not must:
            return "result"
        if self.doc_type in ("speech", "other") and self.retold(passage.node) and not must and not ahead and not bounded:
            return "result"
        here = governing is not None and governing.start < quantity.end + _SOON
        if here and not state and ahead and _PAST.search(clause) is None and not self._starts_past(clause):
            return "target"
        if (loose or self.doc_type in _UNSPOKEN) and not must and self._aimed(sentence, quantity, clause):
            return "target"
        if loose and self.doc_type == "other" and not must and not ahead and self.looks_back(sentence.start):
            return "result"
        if (quantity.operator in (">=", "<=") or "至少" in clause) and _PAST.search(clause) is None:
            return "result" if governing is None and self._kept_up(sentence, quantity, must or bounded) else "target"
        own = (
            here
            and governing is not None
            and governing.start >= start
            and governing.last is not None
            and not self._before_publication(governing)
        )
        if not must and self._so_far(clause if own or clause.startswith("每") else opening, clause):
            return "result"
        if self.doc_type == "progress" and passage.role == "measure" and passage.field is None and governing is None:
            return "target" if passage.kind != "cell" or self._forthcoming(opening) or self.planned(passage.node) else "result"
        if self.doc_type in _SPOKEN and passage.role == "measure" and not must and not ahead and self.tells_of_years(sentence.start):
            return "result"
        if (
            self.doc_type == "minutes"
            and not must
            and not self.forward.search(opening)
            and not ahead
            and self._heard(passage, quantity.start)
        ):
            return "result"
        if self.doc_type in _UNSPOKEN and passage.role == "measure" and not must and not ahead and self.looks_back(sentence.start):
            return "target" if self.next(passage.node) else "result"
        past = governing is not None and governing.sense == "point" and self._before_publication(governing)
        if past and governing is not None and governing.start >= start and not must and passage.field is None:
            return "result"
        spoken = loose and self.doc_type in ("speech", "other") and self.foretells(sentence.start)
        unplanned = not (spoken or self._forthcoming(opening))
        if passage.role == "guidance" and unplanned and not ahead:
            return "result"  # how things stand, which is why something is to be done
        told = governing is None and (bare == "share" or (bare == "count" and self.doc_type == "speech" and passage.role != "measure"))
        plain = (
            loose
            and (governing is None or self._of_year_told(sentence, governing))
            and not (self.settles or self._decided(passage, quantity.start))
        )
        return "result" if unplanned and (told or (past and passage.field is None) or plain) else "target"

    def _state_behind(self, sentence: Sentence, quantity: Quantity) -> bool:
        """Whether the words behind a number say that it tells how things stand."""
        return (
            _STATE_NEXT.match(self.view.text, quantity.end) is not None
            or _STATE_BEHIND.match(self.view.text, quantity.end, sentence.end + 1) is not None
        )

    def _reported(
        self, sentence: Sentence, start: int, quantity: Quantity, governing: DateMention | None, opening: str, *, must: bool
    ) -> Literal["target", "result"]:
        """The kind of a number in what gives account: a result but where it is bounded or told of as something to come."""
        clause = self.view.text[start : quantity.start]
        if "预计" in opening and governing is not None and self._this_year(governing):
            return "result"  # 预计全年完成…: how the year under report will close
        loose = sentence.passage.node is None and sentence.passage.field is None
        bounded = _BOUND.match(self.view.text, quantity.start) is not None
        over = not must and (_PAST.search(clause) is not None or self._starts_past(clause))
        told = self._forthcoming(self._own_part(opening)) and not self._turned(opening)
        due = governing is not None and governing.sense == "by" and "预计" in clause
        aimed = loose and (self._aimed(sentence, quantity, clause) or (governing is None and self._opens_ahead(sentence.passage)))
        forthcoming = not over and (self._ahead(governing) or due or told or aimed)
        lasting = bounded and _LASTS.search(clause) is not None
        return "target" if forthcoming or lasting or (bounded and not self._so_far(opening, clause)) else "result"

    def _opens_ahead(self, passage: Passage) -> bool:
        """Whether a paragraph opens with the end of a year that is still to come: 2032年底前，完成…。利用率达到|83%。"""
        year = _YEAR_ENDS.match(self.view.text, passage.start, passage.end)
        return year is not None and self.header.anchor is not None and int(year[1]) > self.header.anchor.year

    def _to_come(self, sentence: int, node: int | None) -> bool:
        """Whether the paragraph, the item or the part of the text that a sentence stands in is about what is to come."""
        part = bisect_left(self.parts, (sentence, False)) - 1
        return self.to_come(sentence) or self.next(node) or (part >= 0 and self.parts[part][1])

    def _kept_up(self, sentence: Sentence, quantity: Quantity, ordered: bool) -> bool:
        """Whether a level with 以上 is one that was kept or reached in the years that a text looks back on."""
        told = self.doc_type in ("speech", *_UNSPOKEN) and quantity.operator in (">=", "<=") and not ordered
        return (
            told
            and self.view.text.endswith(("以上", "以内", "以下"), 0, quantity.end)
            and self.recalls(sentence.passage.node, sentence.start)
        )

    def _aimed(self, sentence: Sentence, quantity: Quantity, clause: str) -> bool:
        """Whether a story tells of a number as a paper's aim (《规划》提出，…), or as what will be possible then (建成后可…)."""
        if self._so_far("", clause) or _PAST.search(clause) is not None:
            return False
        text = self.view.text
        return retells(text, sentence.start, quantity.start) or promised(text, sentence.start, quantity.start)

    def _turned(self, opening: str) -> bool:
        """Whether the words before a number go over from what was planned to what is done: 计划建设120公里，已开工86公里，…."""
        done = [match.end() for match in _DONE_SINCE.finditer(opening)]
        return bool(done) and not self._forthcoming(opening[done[-1] :])

    def _heard(self, passage: Passage, place: int) -> bool:
        """Whether the last act of a meeting told before a number is that it heard something (听取汇报), not that it decides."""
        floor = max(passage.start, place - _HEARD)
        heard = max((match.start() for match in _REPORTS.finditer(self.view.text, floor, place)), default=-1)
        return heard >= 0 and _DIRECTS.search(self.view.text, heard + 2, place) is None

    def _decided(self, passage: Passage, place: int) -> bool:
        """Whether minutes tell before a number what the meeting decides, and nothing that it heard since."""
        floor = max(passage.start, place - _HEARD)
        directs = self.doc_type == "minutes" and _DIRECTS.search(self.view.text, floor, place) is not None
        return directs and not self._heard(passage, place)

    def _ahead(self, governing: DateMention | None) -> bool:
        """Whether a number is due by a day that is not over, or told of a time that begins only after the publication."""
        anchor = self.header.anchor
        if governing is None or anchor is None:
            return False
        later = governing.sense == "point" and governing.first is not None and governing.first > anchor
        inferred = governing.anchor != "none" and governing.precision != "month"
        if later and (inferred or self.doc_type == "progress"):  # unless it is told as the next year
            later = _NEXT_YEAR.search(self.view.text, governing.start, governing.end) is not None
        return later or (governing.sense == "by" and not self._before_publication(governing))

    def _this_year(self, mention: DateMention) -> bool:
        """Whether a date is a whole year or its end, that of publication or one before."""
        return (
            mention.precision == "year"
            and self.header.anchor is not None
            and mention.last is not None
            and mention.last.year <= self.header.anchor.year
        )

    def _before_publication(self, mention: DateMention) -> bool:
        if mention.precision == "plan" and self._earlier_plan(mention):
            return True
        return self.header.anchor is not None and mention.last is not None and mention.last < self.header.anchor

    def _of_year_told(self, sentence: Sentence, mention: DateMention) -> bool:
        """Whether a text of no known kind and day compares a bare year with the one before it: 2030年居民收入3.1万元，比上年增长6%."""
        told = self.doc_type in _UNSPOKEN and self.header.anchor is None and mention.sense == "point"
        return told and _WITH_LAST_YEAR.search(self.view.text, mention.start, max(sentence.end, mention.end)) is not None

    def _earlier_plan(self, mention: DateMention) -> bool:
        """Whether a five-year plan is told of that came before the one that the title names (“十四五”期间 in a paper for the “十五五”)."""
        told, own = _PLAN.search(self.view.text, mention.start, mention.end), _PLAN.search(self.header.title)
        return told is not None and own is not None and _PLANS.index(told[1]) < _PLANS.index(own[1])

    def _forthcoming(self, text: str) -> bool:
        return tells_ahead(text) or self.forward.search(text) is not None or GOALS.search(text) is not None

    def _own_part(self, opening: str) -> str:
        """The words before a number since the last ；, or all of them where the sentence opens with what is to come (下一步，…；…)."""
        before, _, own = opening.rpartition("；")
        return own if _DONE_BEFORE.search(before) and not (GOALS.search(before) or self._forthcoming(before[:_FIRST_WORDS])) else opening

    def _starts_past(self, clause: str) -> bool:
        """Whether a clause begins with a word of the past; 累计 alone does so only where no plan is told (累计建成凉亭40座)."""
        clause = _WHERE.sub("", clause)
        if clause.startswith("累计"):
            return self.doc_type not in ("plan", "task_list", "notice")
        return clause.startswith(self.backward) and not _ATTRIBUTE.match(clause)

    def _so_far(self, opening: str, clause: str) -> bool:
        """Whether the words before a number tell what is or was, and nothing after them what will be."""
        if _NOW.search(opening) or _SINCE.search(opening) or self._starts_past(clause):
            return True
        told = _TOLD.search(opening)
        return told is not None and not self._forthcoming(opening[told.end() :])
