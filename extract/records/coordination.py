"""Coordination: one verb for several numbers, one number for several indicators, values in a row, shared heads and tails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile

import regex

from extract.model import DateMention, Operator, Quantity
from extract.nlp.words import tag
from extract.records.frames import Frame, Frames
from extract.records.memory import Memory
from extract.records.sentences import DATE
from extract.records.two_rows import two_rows
from extract.records.wording import Window

_RUN = regex.compile(r"\ue000+(?:(?:、|和|及|与|以及)\ue000+)+")
_NEXT_ONE = regex.compile(r"[、，和及][^，。；：、\d\ue000\ue001]{1,10}")
"""What stands between numbers in a row, each behind what it is measured of."""
_JOINING = frozenset("、和及与以\ue000")
_COORDINATOR = regex.compile(r"、|以及|(?<![饱总缓])和(?![谐解县市区镇乡州旗])|(?<![普涉危波顾])及(?!时|格|以[上下])|(?<!参)与")
_TOGETHER = regex.compile(
    rf"(?:(?<![年日月平人户亩])均|都|各|分别|双双)[^，。；、\s{DATE}]{{0,6}}+(?:{DATE}++[^，。；、\s{DATE}]{{0,6}})?$"
)
_LATER = regex.compile(r"(?:较|与|同|(?<![占环同])比)(?:\d|上|去|历|全)[^，。；、]{1,10}$|(?<=.{2})(?:较|(?<![占环同])比)$")
_THAN = regex.compile(r"^(?:较|比|与|同)[^，。；、]{0,8}?(?=[增提上升下降减削压])")
"""What a change is from, before the word for it: 分别|较上年|下降."""
_COMPARING = ("较", "比", "同")
_REACHING = regex.compile(r"(?:分别|依次)?(?:达到?|为|是|完成|控制在|增加到|提高到)?$")
_OPENING = 40
_DEEDS = regex.compile(
    r"(?:^|[，；：\ue000\ue001])\p{Han}*?(?:实施|适用|办理|查处|查办|立案|制止|处理|作出|下达|依法|累计|各类|共)*+((?:\p{Han}{2,6}、)+\p{Han}{2,6}(?:案件|行为|事件))$"
)
"""Deeds in a list before what they are: 查封、扣押案件."""
_WORKED = regex.compile(r"(?:.*[，；])?((?:\p{Han}{2}、)+\p{Han}{2}\p{Han}*?(?:率|比例))(?:\p{Han}{0,4})")
_EACH_OF = regex.compile(r"各(?:自)?([新改扩]?[建设配增]?(?:成|置|立|备)?)$")
_EACH_DONE = regex.compile(r"各(?:自)?(?:完成|开展|组织|进行|实施)(\p{Han}{2,6})$")
"""What is done of each of several things: 各完成|筛查."""
_IN_ALL = regex.compile(r"、[^、]{2,}[二三四五六七八九十两\d]{1,2}[项个类种大]\p{Han}{2,}$")
"""A list summed up before what is measured of all of them: 甲、乙、丙三项制度落实率."""
_ONLY_APART = regex.compile(r"(?:同比|环比|(?:较|比|与)[^，。；、]{1,10})?(?:分别|依次)\p{Han}{0,6}")
_LONGEST_LIST = 120
_IN_SUM = regex.compile(r"(?:等|这)?[一二三四五六七八九十两\d]+[项个类种大](?:主要|核心|关键|约束性)?(?:指标|数据)?$")
"""甲率、乙率|两项指标: how many a list names."""
_NOUN = 2
_ONE_EACH = ("各", "每年", "均", "分别")
_MULTIPLIERS = ("万", "亿", "个")
"""What the earlier values of a row print of the unit of the last one: 1900万、2400万立方米, 4.1个和2.9个百分点."""
_WATER_NAMES = ("江", "河", "湖", "溪", "库", "渠", "涌", "港", "沟")
_AREA = regex.compile(r"(?:城市|县城|乡镇|农村|城镇|城区|乡村)(?=\p{Han}{3,})")
"""Where the last of several rates is told: 县城、|城市|污水处理率."""
_GLOSSED = regex.compile(r"[^（(）)]{2,}[（(][A-Za-z0-9.]+[）)](\p{Han}{2,})")
"""What is measured, told behind the sign of what it is measured of."""
_SUBSTANCES = ("氨氮", "总磷", "总氮", "化学需氧量")
"""What is measured by itself, and by what a list measures all of it: 总磷、总氮|浓度."""
_TIMES = ("次", "场", "场次", "起", "件", "分", "轮", "轮次")
_WATERS = regex.compile(r"\p{Han}{2,}?(?:断面|点位|河口|入湖口|入河口|水库|排口|处理厂)(?=\p{Han}{2,5}$)")
_ONLY_COMPARED = regex.compile(
    r"(?:分别|均|都)*+(?:(?:同比|环比|(?:较|比|与)[^，。；、]{1,8})(?:分别|均|都)*+)?[增提上升下降减少高长加改善]{2,4}"
)
_SHORT_NAME = 6
_MOST_VALUES = 30
"""Values in a row that are read as one list."""
_PUNISHED = ("约谈", "问责", "追责", "追责问责", "约谈问责", "处罚", "立案处罚", "通报", "通报批评", "诫勉", "诫勉谈话", "追究责任")
_KINDS = regex.compile(r"(?P<own>.{2,}?)等(?:主要|各类|重点|大气|水)*(?:污染物|指标|物质|产品|农产品|作物|农作物|品种)(?P<head>.{2,})")
"""挥发性有机物等主要污染物|排放总量: the last of a list with what it is one of."""
_CUTTING = regex.compile("削减|减少|减排|压减|消减|压降")
_COPULAS = ("为", "达", "达到", "是", "")
_ADDING = ("新增", "净增", "新增加")
_SEVERAL = regex.compile(
    r"(?P<name>第[一二三四五六七八九十]{1,2}(?=\p{Han}{2})|[^，。；、\d]{2,3}(?=[两三四五六七八九十\d]))(?:[两三四五六七八九十\d]{1,2}个?)?"
    r"(?P<kind>管理区|开发区|街道|[市县区州旗镇乡村组])(?P<noun>[^，。；、]*)"
)
"""The last of several places and what they are: 青石、白沙|两县|开工率, 第二、第六|管理区."""
_SHARED_OUT = ("承担", "负责", "分担", "认领")
"""What several do of what was told before: 分别承担820吨、360吨."""
_ABOVE = regex.compile(r"(?:上述|前述|以上)")

Dated = tuple[Frame, DateMention | None]


class Coordination:
    """Splits what is coordinated into one frame for each indicator and value."""

    def __init__(self, frames: Frames) -> None:
        self.frames, self.nouns = frames, frames.nouns
        self.view, self.shaded = frames.view, frames.shaded
        self.recent: list[str] = []

    def run(self, inside: list[Quantity], i: int) -> list[Quantity]:
        """The values that stand in a row from the i-th on: 90%、85%和80%; one that bounds what follows ends the row."""
        if i + 1 == len(inside) or self.shaded[inside[i].end] not in _JOINING:
            return [inside[i]]
        row = list(takewhile(lambda q: q.end - 1 not in self.frames.bounded, inside[i : i + _MOST_VALUES]))
        match = _RUN.match(self.shaded, row[0].start, row[-1].end) if row else None
        return [q for q in row if q.start < match.end()] if match else [inside[i]]

    def in_shared_unit(self, inside: list[Quantity], i: int) -> Quantity:
        """A bare number with the unit, and the bound behind it, that only the last of such numbers prints: 颗粒物10、二氧化硫35、氮氧化物|50毫克/立方米以下."""
        first = inside[i]
        for before, after in pairwise(inside[i:]):
            if before.unit or not _NEXT_ONE.fullmatch(self.shaded, before.end, after.start):
                return first
            if "/" in after.unit:
                bounded = after.operator != "=" and after.start == after.number.start
                return first._replace(unit=after.unit, base_unit=after.base_unit, operator=after.operator if bounded else first.operator)
        return first

    def shared_tail(self, noun: str, following: Quantity, end: int) -> str:
        """What two parallel counts share, printed with the second only: 20个渔港、5个船厂|防污示范点."""
        after = self.view.text[following.end : end]
        place = after.find(noun[-1])
        parallel = _COORDINATOR.match(self.shaded, following.start - 1) is not None and self.shaded[following.end : end].isalnum()
        return after[place + 1 :] if parallel and 0 < place < len(after) - 2 and after[place - 1 : place + 1] != noun[-2:] else ""

    def split(self, frame: Frame, left: int) -> list[Frame]:
        """A率和B率达到90% is two rows, A区、B区均为85%以上 as well; a sum of things is one."""
        before = self._undated(left, frame.quantity.start)
        if _COORDINATOR.search(before) is None or _IN_ALL.search(before):
            return [frame]
        together = _TOGETHER.search(self.shaded[left : frame.quantity.start]) is not None or frame.action.startswith(
            ("均", "都", "分别", "双双")
        )
        earlier = [name for part in _COORDINATOR.split(before)[:-1] if (name := self.nouns.trim(part).noun)]
        if frame.scope and together and all(self.frames.words.is_place(name) for name in earlier):
            return [replace(frame, scope=name) for name in (*earlier, frame.scope.removesuffix("各"))]
        head = self.nouns.measurand(frame.indicator)
        if not head:
            return (
                self._each_one(frame, before, earlier)
                or (self._each_part(frame, before, earlier) if together else [])
                or [self._summed(frame, before, left)]
            )
        rate = self.frames.words.after_place(frame.indicator)
        if rate and earlier and all(self.frames.words.is_place(name) for name in earlier):
            return self._of_places(frame, earlier, before, rate, together=together)
        last = _COORDINATOR.split(frame.indicator)[-1]
        if all(name.endswith(head[-1:]) and self.nouns.measured(name) for name in earlier):
            return [replace(frame, indicator=name) for name in (*earlier, self._borne(earlier, last))]
        if not together:
            rates = head.endswith("率") and earlier[-1:] and earlier[-1].endswith("率") and self.nouns.measured(earlier[-1])
            if not rates or not all(map(self._plain, earlier[:-1])):
                return [self._summed(frame, before, left)]
            return [replace(frame, indicator=name) for name in (*self._with_head(earlier), last)]  # 秸秆、粪污利用率和农膜回收率
        shared = last[last.find("的") - 2 :] if "的" in last[2:] else self._shared(last)  # 基金和银行|承担的比例
        names = [name if name.endswith(shared) else name + shared for name in earlier]
        return [replace(frame, indicator=name) for name in (*names, self._borne(names, last))]

    def _of_places(self, frame: Frame, earlier: list[str], before: str, rate: str, *, together: bool) -> list[Frame]:
        """What is measured of several places: one row for each with 均 (甲县、乙县支付率均不足40%), else one for all of them."""
        if together:
            return [replace(frame, scope=name, indicator=rate) for name in (*earlier, frame.indicator.removesuffix(rate))]
        return [replace(frame, scope=before[before.index(earlier[0]) : before.rindex(rate)], indicator=rate)]

    def _each_one(self, frame: Frame, before: str, earlier: list[str]) -> list[Frame]:
        """One row for each of several things or places that have so many each: 泄放设施和视频监控各|53套, 东海区、青屿县各建|1座接收站."""
        if (done := _EACH_DONE.search(before)) is not None and frame.indicator == done[1] and earlier:
            things = [*earlier, self.nouns.trim(_COORDINATOR.split(before[: done.start()])[-1]).noun]
            if any(map(self.frames.words.is_place, things)):
                return [replace(frame, scope=place) for place in things] if all(map(self.frames.words.is_place, things)) else []
            return [replace(frame, indicator=thing + done[1]) for thing in things] if all(map(self._plain, things)) else []
        told = _EACH_OF.search(before)
        last = _COORDINATOR.split(before)[-1]
        if told is None or not earlier:
            return []
        name = last[: last.rindex("各")]
        if told[1] and self.frames.words.is_place(name) and all(map(self.frames.words.is_place, earlier)):
            return [replace(frame, scope=place) for place in (*earlier, name)]
        noun = self.nouns.trim(name).noun
        plain = not told[1] and noun and all(map(self._plain, earlier[1:]))
        return [replace(frame, indicator=thing) for thing in (*earlier, noun)] if plain else []

    def _each_part(self, frame: Frame, before: str, earlier: list[str]) -> list[Frame]:
        """One row for each of several in which something is done to so large a part: 车站、码头、市场|雨污分流|均实现100%."""
        last = frame.indicator
        first = tag(last)[0].end if last else 0
        shared = last[first:]
        alike = frame.quantity.kind == "percent" and len(shared) >= _NOUN and first >= _NOUN
        if not alike or len(earlier) < _NOUN or not last.startswith(_COORDINATOR.split(before)[-1][:first]):
            return []
        names = [self.nouns.trim(part) for part in _COORDINATOR.split(before)[:-1]]
        if any(name.action or len(name.noun) > _SHORT_NAME or self.frames.words.is_place(name.noun) for name in names):
            return []
        return [replace(frame, indicator=name + shared) for name in earlier] + [frame]

    def _summed(self, frame: Frame, before: str, left: int) -> Frame:
        """A sum of several things with all their names: 购置压缩车、洒水车|12辆; 查封、扣押案件|6件."""
        if deeds := _DEEDS.search(before):
            return replace(frame, indicator=deeds[1])
        worked = _WORKED.fullmatch(before)
        if worked is not None and worked[1].endswith(frame.indicator) and self.nouns.measured(frame.indicator) and self._verbs(worked[1]):
            return replace(frame, indicator=worked[1])  # 破碎、转运工序|封闭率
        parts = _COORDINATOR.split(before)
        measured = self.nouns.measured(frame.indicator)
        plain = parts[-1].startswith(frame.indicator) and (measured or frame.rule.id in ("target-noun-count", "target-new"))
        opening = self.nouns.trim(parts[0])
        if not plain and "等" in parts[-1] and not frame.action:
            return replace(frame, action=opening.action)  # 完成印染、造纸等行业|治理项目9个
        if not plain or frame.quantity.unit in _TIMES:
            return frame
        named = [opening.noun, *parts[1:-1]]
        dated = DATE in self.shaded[left : left + len(before) - len(parts[-1])].lstrip(DATE)
        begin = before.rfind(opening.noun, 0, before.rfind(frame.indicator))
        if dated or len(parts) == 1 or begin < 0 or not all(map(self._plain, named)):
            return frame
        listed = before[begin:]
        return replace(
            frame, indicator=listed[: listed.rindex(frame.indicator) + len(frame.indicator)], action=opening.action or frame.action
        )

    def _verbs(self, listed: str) -> bool:
        """Whether all of a list but its last are verbs: 破碎、筛分、转运工序封闭率."""
        return all((words := tag(part)) and all(word.tag.startswith("v") for word in words) for part in listed.split("、")[:-1])

    def _plain(self, part: str) -> bool:
        """Whether a part of a list is but the name of a thing, without a verb of its own, and no doer."""
        noun = self.nouns.trim(part)
        doer = part.endswith(self.frames.words.doers) or self.frames.words.is_place(part)
        return len(part) >= _NOUN and noun.noun == part and not noun.action and not doer

    def _borne(self, names: list[str], last: str) -> str:
        """A bare rate at the end of a list with the bearer that only the first one prints: 集镇设施|覆盖率、正常运行率."""
        return self.nouns.bearer(names[0]) + last if names and names[0].endswith("率") and self.nouns.bare(last) else last

    def distribute(self, window: Window, run: list[Quantity], memory: Memory) -> list[Dated]:
        """A、B分别达到90%、85%; 2022年、2023年分别完成3处、4处; A区、B区分别有3家、2家某企业. Empty where the row of values cannot be read."""
        known = self.frames.words.after_place(memory.indicator) or memory.indicator
        run = _of_one_unit(run)
        after = self.frames.single(Window(window.clause, run[-1].start, window.right), run[-1], memory)
        behind = after is not None and after.rule.id == "target-count-noun"
        before = (self.frames.single(Window(window.clause, window.left, q.end), q, memory) for q in run)
        frame = after if behind else next(filter(None, before), None)
        if frame is None:
            return []
        if behind and (deed := self._punished(window, run, memory)) is not None:
            return [(replace(deed, quantity=q, operator=q.operator, end=run[-1].end), None) for q in run]
        end = max(frame.end, run[-1].end)
        members = [replace(frame, quantity=q, operator=operator, end=end) for q, operator in zip(run, _shared_operators(run), strict=True)]
        dates = list(self.view.dates_in(window.left, run[0].start))
        listed = len(dates) >= len(run) and all(self.shaded[a.end : b.start] for a, b in pairwise(dates[-len(run) :]))
        days = dates[-len(run) :] if listed and not self._compared(dates[-1]) else _years(dates, len(run))
        if not days and (opening := self._opening_dates(window.clause, len(run))):
            return [(member, day) for member, day in zip(members, opening, strict=True)]
        if days:
            noun = self.nouns.trim(self.view.text[window.left : min(d.start for d in days)]).noun
            after_days = self.nouns.trim(_REACHING.sub("", self.view.text[max(d.end for d in days) : run[0].start])).noun
            if len(noun) < _NOUN:
                noun = after_days
            elif self.nouns.measured(after_days) and not self.nouns.measured(noun):
                noun += after_days  # 清水河|2031年、2032年|生态补水量
            if len(noun) < _NOUN or noun in self.frames.words.actions or noun in self.frames.words.changes:
                noun = frame.indicator
            return [(replace(member, indicator=noun), day) for member, day in zip(members, days, strict=True)]
        text = self._undated(window.left, run[0].start)
        listed_before = self._listed_before(window.clause, len(run)) if _ONLY_APART.fullmatch(text) else []
        if listed_before:
            return [(replace(member, indicator=name), None) for member, name in zip(members, listed_before, strict=True)]
        return [(member, None) for member in self._among(members, text, behind, known, memory)]

    def _punished(self, window: Window, run: list[Quantity], memory: Memory) -> Frame | None:
        """The deed that persons and bodies were counted for, one after the other: 约谈|9人、3个单位; else None."""
        if len({q.unit for q in run}) == 1:
            return None
        frame = self.frames.single(Window(window.clause, window.left, run[0].end), run[0], memory)
        return frame if frame is not None and frame.indicator in _PUNISHED else None

    def _compared(self, date: DateMention) -> bool:
        """Whether a date says what is compared with: 较2031年."""
        return self.view.text.endswith(_COMPARING, 0, date.start)

    def raised(self, window: Window, inside: list[Quantity], i: int) -> list[Dated]:
        """A、B分别由40%、50%提高到60%、70%; A由3家、B由5家减少到1家、2家: each indicator with its level before and after. Empty where no such
        rows of values stand there."""
        rows = two_rows(self.shaded, window.left, inside, i)
        rule = next((rule for rule in self.frames.words.cues.rules if rule.id == "target-from-to"), None)
        if rows is None or rule is None:
            return []
        parts = _COORDINATOR.split(self._undated(window.left, rows.named))
        if len(parts) < len(rows.lasts):
            parts = _COORDINATOR.split(self._undated(window.clause, rows.named))  # 小学、初中|56人以上|大班额
        apart = any(start < end for start, end in rows.inner)
        if apart:
            parts = [parts[-1], *(self.view.text[slice(*span)] for span in rows.inner)]
        names = [self.nouns.trim(part).noun for part in parts]
        if len(names) != len(rows.lasts) or not all(names):
            return []
        names = names if apart else self._with_head(names)
        firsts, lasts = _of_one_unit(rows.firsts), _of_one_unit(rows.lasts)
        return [
            (Frame(rule, last, name, rows.action, "", "level", operator, self.view.text[first.start : first.end], lasts[-1].end), None)
            for first, last, name, operator in zip(firsts, lasts, names, _shared_operators(lasts), strict=True)
        ]

    def each(self, window: Window, quantity: Quantity, memory: Memory) -> list[Dated]:
        """One number for each of several times: 2031年、2032年各安排600万元. Empty where no such times stand before it."""
        if DATE not in self.shaded[window.left : quantity.start]:
            return []
        dates = list(self.view.dates_in(window.left, quantity.start))
        if len(dates) < _NOUN or not self.view.text.startswith(_ONE_EACH, dates[-1].end):
            return []
        if not all(self.shaded[a.end : b.start] in ("、", "和", "及") for a, b in pairwise(dates)):
            return []
        frame = self.frames.single(window, quantity, memory)
        return [(frame, day) for day in dates] if frame is not None else []

    def _undated(self, start: int, end: int) -> str:
        """A stretch of the text without its dates."""
        text, shaded = self.view.text[start:end], self.shaded[start:end]
        return "".join([c for c, s in zip(text, shaded, strict=True) if s != DATE]) if DATE in shaded else text

    def _opening_dates(self, clause: int, count: int) -> list[DateMention]:
        """The dates, just so many, that make up the clause before: 2024年、2025年、2026年底前，某率分别达到…."""
        dates = list(self.view.dates_in(max(0, clause - _OPENING), clause))[-count:]
        if len(dates) < count or self.shaded[dates[-1].end : clause] != "，":
            return []
        return dates if all(self.shaded[a.end : b.start] in ("、", "和") for a, b in pairwise(dates)) else []

    def changes(self, window: Window, inside: list[Quantity], i: int, memory: Memory) -> list[Dated]:
        """同比分别下降3.1%、上升4.7%: one growth or fall for each of the indicators just told. Empty where there are not so many."""
        if "分别" not in self.shaded[window.left : inside[i].start]:
            return []
        run = [inside[i]]
        for after in inside[i + 1 :]:
            if _COORDINATOR.sub("", self.shaded[run[-1].end : after.start], count=1) not in self.frames.words.changes:
                break
            run.append(after)
        names = memory.told[-len(run) :]
        if len(run) == 1 or len(names) < len(run):
            return []
        left = window.left
        members: list[Dated] = []
        for quantity, name in zip(run, names, strict=True):
            frame = self.frames.single(Window(window.clause, left, quantity.end), quantity, memory)
            if frame is None or frame.change == "level":
                return []
            members.append((replace(frame, indicator=name), None))
            left = quantity.end
        return members

    def _among(self, members: list[Frame], text: str, behind: bool, known: str, memory: Memory) -> list[Frame]:
        """The members of a row of values given to the names in the text before it: indicators, or places over which one indicator is counted."""
        frame = members[0]
        if frame.change != "level" and _ONLY_COMPARED.fullmatch(text) and len(memory.told) >= len(members):
            return [replace(member, indicator=name) for member, name in zip(members, memory.told[-len(members) :], strict=True)]
        shared, apart, done = text.replace("依次", "分别").partition("分别")
        shared, done = _LATER.sub("", shared), _THAN.sub("", done)
        cut = _CUTTING.match(shared) if apart and done in _COPULAS else None
        if cut is not None:
            shared, members = shared[cut.end() :], [replace(member, change="decrease", action=cut[0]) for member in members]
        if not apart and not behind and frame.indicator in shared:
            shared = shared[: shared.rindex(frame.indicator) + len(frame.indicator)]
        parts = _COORDINATOR.split(shared)
        several = _SEVERAL.fullmatch(parts[-1]) if len(parts) == len(members) else None
        if several is not None and apart:
            noun = self.nouns.trim(several["noun"]).noun or known or frame.indicator
            places = [*(self.nouns.trim(part).noun for part in parts[:-1]), several["name"]]
            return [replace(member, scope=place + several["kind"], indicator=noun) for member, place in zip(members, places, strict=True)]
        trimmed = [self.nouns.trim(part) for part in parts]
        if trimmed[0].action in _ADDING:
            members = [replace(member, change="increase", action=trimmed[0].action) for member in members]
        names = [name.noun or name.scope for name in trimmed][-len(members) :]
        if not shared and apart and len(set(memory.told[-len(members) :])) == len(members):
            names = memory.told[-len(members) :]  # A率、B率2031年分别达到七成、八成，2032年|分别达到八成、九成
            return [replace(member, indicator=name) for member, name in zip(members, names, strict=True)]
        if len(names) < len(members):
            if names and _ABOVE.match(names[-1]) and len(self.recent) >= len(members):
                names = self.recent[-len(members) :]
                return [replace(member, indicator=name) for member, name in zip(members, names, strict=True)]
            return members
        if all(name in self.frames.words.actions for name in names[:-1]):
            names = [names[-1]] * len(names)  # 新建、改造|管网分别达到214公里、97公里
        first = _COORDINATOR.split(shared)[-len(members)]
        borne = self._rate_before_place(first) if apart and not behind else ""
        if borne and all(self.frames.words.is_place(name) for name in names[1:]):
            names[0] = first.removeprefix(borne)
            noun = self.nouns.trim(borne).noun
            return [replace(member, scope=name, indicator=noun) for member, name in zip(members, names, strict=True)]
        verb = done.strip() in self.frames.words.changes | self.frames.words.reach | self.frames.words.actions or (
            not behind and self._is_verb(done)
        )
        counted = "" if behind or verb else self.nouns.trim(done).noun
        units = [member.quantity.unit for member in members]
        kinds = done in self.frames.words.actions and any(map(self.frames.counted.counts, names, units))
        placed = all(self.frames.words.is_place(name) for name in names[:-1]) or (
            known and not kinds and done in self.frames.words.actions - self.frames.words.changes - self.frames.words.reach
        )
        if done.strip() == "是":
            return [replace(member, indicator=name) for member, name in zip(members, self._with_head(names), strict=True)]
        if done.strip() in _SHARED_OUT and known and not kinds:
            return [replace(member, scope=name, indicator=known) for member, name in zip(members, names, strict=True)]
        if done.strip() == "占":
            return [replace(member, indicator=name + "占比") for member, name in zip(members, names, strict=True)]
        if behind or placed:
            told = self.frames.words.after_place(names[-1])
            noun = (
                frame.indicator if behind else counted or (told if told not in self.frames.words.reach else "") or known or frame.indicator
            )
            places = [*names[:-1], names[-1].removesuffix(self.frames.words.after_place(names[-1]))]
            return [replace(member, scope=name, indicator=noun) for member, name in zip(members, places, strict=True)]
        if counted and not kinds and not any(self.nouns.measured(name) for name in names):  # 常委会会议、常务会议分别|专题研究整改工作
            return [replace(member, scope=name, indicator=counted) for member, name in zip(members, names, strict=True)]
        return [replace(member, indicator=name) for member, name in zip(members, self._with_head(names), strict=True)]

    def _listed_before(self, clause: int, count: int) -> list[str]:
        """What the clause before lists, just so many things measured: 伤亡率、死亡率、返工率，|分别下降…. Empty where it lists no such things."""
        end = clause - 1
        start = max(self.view.text.rfind(mark, max(clause - _LONGEST_LIST, 0), end) for mark in "，。；：\n") + 1
        parts = _COORDINATOR.split(_IN_SUM.sub("", self._undated(start, end))) if self.view.text[end] == "，" else []
        names = [self.nouns.trim(part).noun for part in parts] if len(parts) == count else []
        return self._with_head(names) if names and all(names) and self.nouns.measured(names[-1]) else []

    def _is_verb(self, done: str) -> bool:
        """Whether nothing but a verb stands between 分别 and the values: 甲县、乙县雨水口分别|缺失83个、41个."""
        return done != "" and all(word.tag in ("v", "d") for word in tag(done))

    def _rate_before_place(self, name: str) -> str:
        """What is measured, where a place follows it: 农田开工率|临河镇; else nothing."""
        ends = (word.end for word in tag(name) if word.end < len(name))
        return next((name[:end] for end in ends if self.nouns.measured(name[:end]) and self.frames.words.is_place(name[end:])), "")

    def _shared(self, last: str) -> str:
        """What the last of several indicators shares with the others: what stands behind its first word (农药|使用量), where that is measured."""
        glossed = _GLOSSED.fullmatch(last)
        if glossed is not None and self.nouns.measured(glossed[1]):
            return glossed[1]  # 挥发性有机物（VOCs）|排放总量
        area = _AREA.match(last)
        substance = next((name for name in _SUBSTANCES if last.startswith(name)), "")  # 化学需氧量|浓度
        first = area.end() if area is not None else len(substance) or (tag(last)[0].end if last else 0)
        rest, head = last[first:].removeprefix("以上"), self.nouns.measurand(last)
        named = rest.removesuffix(head).endswith(_WATER_NAMES)  # 青溪、白沙河|水质
        return rest if rest and self.nouns.measured(rest) and not named else head

    def _with_head(self, names: list[str]) -> list[str]:
        """The names with the head that only the last one prints: 化肥、农药|使用量."""
        last = names[-1]
        kinds = _KINDS.fullmatch(last)
        if kinds is not None and self.nouns.measured(kinds["head"]):
            return [*(name + kinds["head"] for name in names[:-1]), kinds["own"] + kinds["head"]]
        head = self._shared(last)
        if len(head) > _NOUN and all(name.endswith(head[0]) for name in names[:-1]) and self.nouns.measured(head[1:]):
            head = head[1:]  # 公交车、物流车|新能源化率
        bare = _SUBSTANCES if head.endswith(("浓度", "量", "均值")) else ()
        fuller = [name if self.nouns.measured(name) and not name.endswith(bare) else name + head for name in names[:-1]]
        waters = _WATERS.match(names[0])
        if waters is not None and not any(map(_WATERS.match, names[1:])):
            return [fuller[0], *(waters[0] + name for name in fuller[1:]), waters[0] + last]  # 柳河出境断面|氨氮、总磷浓度
        return [*fuller, self._borne(fuller, last)]


def _years(dates: list[DateMention], count: int) -> list[DateMention]:
    """The single years of a span of just so many: 2031—2033年依次不少于2、4、7万吨."""
    if not dates or dates[-1].first is None or dates[-1].last is None or dates[-1].last.year - dates[-1].first.year + 1 != count:
        return []
    return [
        dates[-1]._replace(first=date(year, 1, 1), last=date(year, 12, 31)) for year in range(dates[-1].first.year, dates[-1].last.year + 1)
    ]


def _of_one_unit(run: list[Quantity]) -> list[Quantity]:
    """Values in a row with the unit that only the last one prints: 39、37、36微克/立方米; 1900万、2400万立方米."""
    last = run[-1]
    if not last.unit or not all(not q.unit or (q.unit in _MULTIPLIERS and last.unit.startswith(q.unit)) for q in run[:-1]):
        return run
    per_unit = last.base_value / last.value if last.base_value and last.value else 1
    return [q._replace(unit=last.unit, base_value=q.value * per_unit, base_unit=last.base_unit) for q in run[:-1]] + [last]


def _shared_operators(run: list[Quantity]) -> list[Operator]:
    """The operators of values in a row: a bound before the first (不少于45公里、38公里) or behind the last (45、38公里以上) holds for all."""
    first, last = run[0], run[-1]
    if first.operator != "=" and first.start < first.number.start and first.unit and last.unit:
        return [first.operator if q.operator == "=" else q.operator for q in run]
    if any(q.unit and q.unit != last.unit for q in run):
        return [q.operator for q in run]  # 19家、300余人
    if first.operator != "=" and first.start < first.number.start:
        return [first.operator if q.operator == "=" else q.operator for q in run]
    if all(q.operator == "=" for q in run[:-1]):
        return [last.operator] * len(run)
    return [q.operator for q in run]
