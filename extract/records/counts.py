"""Counts of a tally: what one count is, by the rules of kind tally (the whole, or a part of it), and what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from extract.model import Quantity, View
from extract.nlp.words import tag
from extract.records.nouns import nouns_of
from extract.records.sentences import DATE, QUANTITY, Endings, Sentence
from extract.rulebook import Rulebook
from extract.rulebook.cues import Cues

_NEXT = 6
"""Characters between a status and the next count of which it is said."""
_FINDING = regex.compile(
    r"排查登记|清查出?|核查出|查出|梳理形成|形成|梳理出?|排查出?|摸排|发现|登记|受理|收到|接到|转办|交办|移交|反馈|确定|列入|纳入|应修复|应整改|应完成"
)
_FOUND = regex.compile(rf"(?:累计|先后|全[省市县区]|共|总计|现|已)*(?:{_FINDING.pattern})(?:出|到)?(?:有|共|共计)*")
_FOUND_LAST = regex.compile(r"(?<=\p{Han}{3})(?:累计|共|已)(?:排查|摸排|核查|登记|受理|发现|查)(?:出|到)?(?:共|共计|有)?$")
_TIMES = ("期间", "以来", "年来", "之后", "之前", "过程中", "方面", "情况")
_CHARGED = regex.compile(r"^(?:其中|从[^，]{1,4}看|分[^，]{1,4}看)|(?:承担|负责|涉及|牵头|认领|上报)?的?$")
_HAVING = regex.compile(r"(?:(?:尚|仍|现|还|共|(?<![国自占私所特公]))有|仅|只)+$")
_WORK = regex.compile(r"^(?:关于|截至|在)|(?:办理|整改|整治|建设|改造|推进|工作|方面|情况|进展|落实)+$")
_LONGEST_TOPIC = 16
_SHORT_NOUN = 4
_QUALIFIES = "navbjlstz"
"""Tags of words that may stand before a noun as part of its name, by their first letter."""
_AMONG = ("中", "里", "内")
_LINKS = "、和及与"
_IN_ALL = ("共", "共计", "合计", "总计")
_STATUS_ON = regex.compile(r"(?:已|均|都|全部|现已|目前|仍|尚|还|正|未|没有).*$")
_PLACES = "县村镇乡市区州旗"
_LATELY = regex.compile(r"^近[一二两三四五六七八九十几]年来?")
_FIELDS = ("领域", "方面", "系统", "行业", "环节", "类")
_AFTER = regex.compile(r"[^，。；：、,;:()（）\ue000]*")
_MARKS = "，；：、（）,;:()\ue000"
_TO_DO = regex.compile(r"^对|[需应待](?:整治|整改|治理|处置|化解|销号|修复|拆除|搬迁|改造|退出|办理)")
_STATED = regex.compile(r"已|完成|正在|未")
_HEADLESS = ("的", "为", "后", "是")
_OWED = regex.compile(r"^[应需须拟]\p{Han}{1,2}$")
_SAID = regex.compile(r"^(?:现|目前|均|都|也|已经?|全部)+")
_PLACE = regex.compile(
    r"^(?![全各本对])(?!.*(?:督察|交办|反馈|涉及|转办|指出))\p{Han}{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|公司|集团|部门|单位)$"
)


@dataclass(slots=True)
class Label:
    """What one count is: its part, the noun printed with it, the rule that told with what it sets, and where its statement ends."""

    part: str
    noun: str
    rule: str
    set: Mapping[str, str]
    end: int


@dataclass(slots=True)
class Said:
    """The nouns counted so far in a document: the last one, the last of each unit, the last that is of matters to be settled."""

    noun: str = ""
    matter: str = ""
    by_unit: dict[str, str] = field(default_factory=dict)

    def keep(self, noun: str, unit: str, *, matter: bool = False) -> None:
        if noun and not noun.endswith("率"):
            self.noun = self.by_unit[unit] = noun
            self.matter = noun if matter else self.matter


@lru_cache(maxsize=2)
def cues_of(rulebook: Rulebook) -> tuple[Cues, Endings]:
    """The rules of kind tally by their cues; made once for a rulebook."""
    cues = rulebook.cues("tally")
    return cues, Endings(rulebook, cues)


class Counts:
    """The rules and words by which counts are labelled, looked up once a document."""

    def __init__(self, view: View, shaded: str, rulebook: Rulebook) -> None:
        self.view, self.shaded = view, shaded
        self.nouns = nouns_of(rulebook)
        self.cues, self.endings = cues_of(rulebook)
        self.cued = self.cues.scan(shaded)
        self.done, self.pending, self.ongoing = rulebook.words("done"), rulebook.words("pending"), rulebook.words("ongoing")
        self.ends = frozenset(word[-2:] for word in self.done) - rulebook.words("tally_nouns")
        self.areas = rulebook.words("functional_areas")
        self.said = Said()
        self.begun = regex.compile(rulebook.fragments["begun"].source)
        rest = rulebook.fragments["rest"].source
        self.rest = regex.compile(f"^(?:其中)?(?:{rest}|其他|另有)的?")
        self.lead = regex.compile(f"^(?:{rest}|其中|另外|另有|此外|和|及|有)*的?(?:有|共)?")
        self.matters = rulebook.words("tally_nouns")
        self.signs = [(part, regex.compile(rulebook.fragments[f"{part}_sign"].source)) for part in ("pending", "ongoing", "done")]

    def label(self, left: int, right: int, quantity: Quantity, *, more: bool, of_total: bool) -> Label | None:
        """What the count is, by the first rule that fits the window from `left` to `right`. `more`: another count of the clause follows it;
        `of_total`: a total was told before, without which no loose rule holds."""
        left -= self.shaded[left - 1] == QUANTITY  # $begin sees the value before
        window = self.shaded[left:right]
        rules = self.cued.rules(left, right) & self.endings.rules(self.shaded, quantity.start, left)
        for _, rule in self.cues.numbered(rules):
            if "loose" in rule.set and not of_total:
                continue
            match = rule.search(window)
            if match is None or not match.start("value") + left <= quantity.start < match.end("value") + left:
                continue
            if self._status_of_next(match, right, left, more=more):
                continue
            return Label(rule.set["part"], self._noun(match, left), rule.id, rule.set, left + match.end())
        return None

    def stands(self, sentence: Sentence, parts: Sequence[Quantity]) -> list[str]:
        """How the parts of a whole stand that they add up to, each told before its count or after it. Where no word tells how one of them
        stands, or where they are told by place or kind, the list is empty; a part that no word tells of is done when it comes first, else ongoing."""
        told = []
        for i, quantity in enumerate(parts):
            left = max(self.shaded.rfind(mark, sentence.start, quantity.start) for mark in _MARKS) + 1 or sentence.start
            before = self.lead.sub("", self.view.text[left : quantity.start])
            before = "" if before.endswith(("中", "里", "内")) else before
            right = parts[i + 1].start if i + 1 < len(parts) else sentence.end
            after = _AFTER.match(self.shaded, quantity.end, right)[0]  # type: ignore[index]
            words = before if len(before) > 1 else after
            if (
                self.is_place(before)
                or words.endswith("类")
                or DATE in self.shaded[left : quantity.start]
                or (self.view.text.startswith("其中", left) and not _STATED.search(words))
            ):
                return []
            rest = self.rest.match(self.view.text[left : quantity.start]) is not None
            told.append(self._stand(words, rest=rest))
        if not any(told):
            return []
        return [part or ("ongoing" if "done" in told[:i] else "done") for i, part in enumerate(told)]

    def _stand(self, words: str, *, rest: bool) -> str:
        """The part that the words of a count show; the rest of a whole is pending where it is but begun (其余8条|明确了时限)."""
        found = next((part for part, sign in self.signs if sign.search(words)), self.part_of(words))
        if not rest or (found == "ongoing" and self.begun.match(words.removeprefix("已")) is None):
            return found
        done = _SAID.sub("", words)
        return "done" if any(done[:length] in self.done for length in range(2, 7)) and self.begun.match(done) is None else "pending"

    def summand(self, part: str, quantity: Quantity) -> Label:
        """The label of a count that adds up with others to a whole."""
        return Label(part, "", "tally-sum", {}, quantity.end)

    def planned(self, label: Label | None, start: int, left: int, quantity: Quantity) -> Label | None:
        """The label of a whole of matters that is shared out over years (整改任务58项：2031年完成45项，2032年完成13项), or the label it has."""
        said = self.view.text[start : quantity.start]
        noun = label.noun if label is not None else self.nouns.trim(self.view.text[left : quantity.start]).noun
        owed = noun and (_TO_DO.search(said) is not None or self.is_matter(noun))
        return Label("bare", noun, "tally-planned", {}, quantity.end) if owed else label

    def is_matter(self, noun: str) -> bool:
        """Whether a noun ends in what offices count as matters to be settled: 重大隐患, 信访积案."""
        return any(noun[-length:] in self.matters for length in range(2, 7))

    def is_group(self, noun: str) -> bool:
        """Whether some of a whole are told by a place or kind, so that they may be wholes of their own."""
        return self.is_place(noun) or self.is_matter(noun) or noun.endswith("类")

    def is_kind(self, noun: str, whole: str) -> bool:
        """Whether matters are a kind of those of a whole: 重大隐患 of 隐患."""
        return (
            len(noun) > 1
            and noun != whole
            and (noun[-2:] == whole[-2:] or noun[-1:] == whole[-1:] == "件")
            and (self.is_matter(noun) or noun[-1] == "件")
        )

    def subject(self, label: Label, start: int, left: int, quantity: Quantity) -> str:
        """What a whole counts, in the clause from `start` on; a place alone stands for what was counted before (东湖区24个), and nothing for
        the same again. A count told in batches (举报分25批共338件) has its noun before them."""
        left += self.view.text[left] in _LINKS
        before = self.view.text[left : quantity.start]
        noun = label.noun
        if not noun and before in _IN_ALL and self.shaded[left - 1] == QUANTITY:
            noun = self.nouns.trim(self.view.text[start : self.shaded.find(QUANTITY, start)].removesuffix("分")).noun
        elif not noun and label.part == "all":
            noun = self.nouns.trim("".join(c for c, s in zip(before, self.shaded[left : quantity.start], strict=True) if s != DATE)).noun
        place = _CHARGED.sub("", before)
        if (noun == place and (self.is_place(noun) or noun.endswith("类"))) or self.is_status(noun):
            noun = ""
        self.said.keep(noun, quantity.unit, matter=self.is_matter(noun))
        if not noun and quantity.unit not in self.said.by_unit:
            self.said.keep(self._framed(start), quantity.unit)
        found = not noun and _FOUND.fullmatch(before) is not None
        known = noun or (found and self._topic(start)) or self.said.by_unit.get(quantity.unit) or self.said.noun or self._topic(start)
        headed = "" if noun or self.is_place(place) or place.endswith("类") else self._headed(start)
        if headed:
            place, known = headed, self.said.matter or known
        if self.is_place(place) or (place.startswith("其余") and label.part != "bare") or place.endswith("类"):
            told = noun if noun.endswith(known) else self._head(known) if known else "问题"
            return place + told
        return known

    def _head(self, noun: str) -> str:
        """The last word of a noun with the one that qualifies it: 突出环境|信访问题; a noun with words in quotes is left whole."""
        return noun if "“" in noun else noun[tag(noun)[-2:][0].start :]

    def _headed(self, start: int) -> str:
        """The kind that a heading right before names (大气类。受理171件), or an empty string."""
        left = max(self.view.text.rfind(mark, 0, max(start - 1, 0)) for mark in "，；：。）\n") + 1
        said = self.view.text[left : max(start - 1, left)].strip()
        return said if said.endswith("类") and len(said) <= _LONGEST_TOPIC else ""

    def _framed(self, start: int) -> str:
        """The noun of a clause before that says among which (列入清单的小水电站中，退出类17座), or an empty string."""
        left = max(self.view.text.rfind(mark, 0, max(start - 1, 0)) for mark in "，；：。\n") + 1
        said = self.view.text[left : max(start - 1, left)]
        return self._without_clause(self.nouns.trim(said[:-1]).noun) if said.endswith(_AMONG) else ""

    def _topic(self, start: int) -> str:
        """The noun of the clause before (乡镇应急站点建设，应建19个), or an empty string."""
        left = max(self.view.text.rfind(mark, 0, max(start - 1, 0)) for mark in "，；：。\n") + 1
        if QUANTITY in self.shaded[left:start]:
            return ""
        noun = self.nouns.trim(_WORK.sub("", self.view.text[left : max(start - 1, left)])).noun
        return "" if len(noun) > _LONGEST_TOPIC or self.is_status(noun) or noun.endswith(_TIMES) else noun

    def of_part(self, label: Label, left: int, quantity: Quantity) -> str:
        """What a part is a part of whose whole is not told: its own noun, the noun around it, what was counted before."""
        noun = label.noun or _HAVING.sub("", self.nouns.trim(self.rest.sub("", self.shaded[left : quantity.start])).noun)
        if self.is_status(noun):
            noun = self.nouns.trim(_STATUS_ON.sub("", self.shaded[quantity.end : label.end]), verbs=False).noun
        if self.is_status(noun):
            noun = ""
        self.said.keep(noun, quantity.unit)
        return noun or self.said.by_unit.get(quantity.unit) or self.said.noun

    def _modified(self, named: str, noun: str, *, verbs: bool) -> str:
        """A short noun with the words that qualify it (新改扩建|项目, 年度重点|任务), cut free of scopes, and before a count of leading verbs."""
        rest = named.rstrip("共计有达等")
        if not 1 < len(noun) <= _SHORT_NOUN or not rest.endswith(noun):
            return noun
        begin = len(rest) - len(noun)
        for word in reversed(tag(rest)):
            if word.end > begin:
                continue
            said = rest[word.start : word.end]
            if word.end < begin or word.tag[0] not in _QUALIFIES or said in self.nouns.scopes or len(rest) - word.start > _LONGEST_TOPIC:
                break
            begin = word.start
        for word in tag(rest) if verbs else ():
            if word.start == begin and word.end <= len(rest) - len(noun) and word.tag == "v":
                begin = word.end
        return rest[begin:]

    def _without_clause(self, noun: str) -> str:
        """A noun without a clause before it that says which ones: 应建未建的|充电站."""
        clause, _, head = noun.rpartition("的")
        return head if len(head) > 1 and not clause.endswith(_FIELDS) else noun.removeprefix("涉及")

    def is_status(self, noun: str) -> bool:
        """Whether a phrase tells how matters stand, not what they are: 正在施工, 整治."""
        noun = _SAID.sub("", noun) or noun
        return (
            (len(noun) < 2 and noun not in _PLACES)
            or noun in self.done
            or noun in self.ends
            or noun in self.pending
            or noun in self.ongoing
            or noun.startswith(("正在", "未", "在建", "尚未", "已"))
            or _OWED.match(noun) is not None
        )

    def is_deed(self, noun: str) -> bool:
        """Whether a phrase is but what is done to what is counted (2020年|整治31处)."""
        return noun in self.done and noun not in self.nouns.measurands

    def is_settled(self, said: str, *, after_already: bool) -> bool:
        """Whether what is said of all matters tells that they are settled: a word for it, or after 已 any deed that is more than begun
        (均已|签订协议, but 均已|纳入计划)."""
        if self._settled_at(said) is not None:
            return True
        begun = self.begun.match(said) or any(sign.search(said) for part, sign in self.signs if part != "done")
        return after_already and not begun

    def is_other(self, said: str, subject: str) -> bool:
        """Whether what stands before 全部 names something else than the whole: 发电项目2个，积存渗滤液|全部处理完毕."""
        noun = self.nouns.trim(said).noun
        own = noun[-2:] in subject or subject[-2:] in noun or noun.startswith(("所有", "上述", "这", "以上", "其")) or self.is_status(noun)
        return len(noun) > 1 and not own

    def goes_on(self, said: str) -> bool:
        """Whether what is said of all matters tells that work on them goes on (均|达到时序要求), before it tells of an end (均|完成整改并长期坚持)."""
        sign = dict(self.signs)["ongoing"].search(said)
        settled = self._settled_at(said)
        return sign is not None and (settled is None or sign.start() < settled)

    def _settled_at(self, said: str) -> int | None:
        """Where a word for a settled matter stands, near the begin."""
        return next((place for place in range(5) if any(said[place : place + length] in self.done for length in range(2, 7))), None)

    def part_of(self, status: str) -> str:
        """The part that a status tells (已完成 → done), or an empty string."""
        status = status.removeprefix("已")
        return "done" if status in self.done else "ongoing" if status in self.ongoing else "pending" if status in self.pending else ""

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place or a body, not of a kind of area (居民小区)."""
        return _PLACE.match(name) is not None and not any(name[-length:] in self.areas for length in (2, 3, 4))

    def _status_of_next(self, match: regex.Match[str], right: int, left: int, *, more: bool) -> bool:
        """Whether the words after a count are said of the next one: 32个问题|已完成整改24个, 17个码头|已建成岸电5个."""
        if not more or "status" not in match.groupdict() or match.start("status") < match.end("value"):
            return False
        rest = self.shaded[left + match.end() : right]
        return len(rest) <= _NEXT and "、" not in rest

    def _noun(self, match: regex.Match[str], left: int) -> str:
        """The noun of a match, without how it was found and how it stands; for a count told in batches (分25批共338件) what stands before them."""
        if not match.groupdict().get("subject"):
            return ""
        start, end = match.span("subject")
        named = self.view.text[left + start : left + end]
        found = [m.end() for m in _FINDING.finditer(named) if len(named) - m.end() > 1]
        before = start < match.start("value")
        done = _FOUND_LAST.search(named) if before else None
        if done is not None:
            named, found = named[: done.start()], []
        if before and named.endswith(_HEADLESS):
            return ""  # 鉴定为D级的|1346户 are some of what was counted before
        named = _LATELY.sub("", named)
        noun = self.nouns.trim(named[found[-1] :] if found and before else named, verbs=before).noun
        noun = self._without_clause(self._modified(named[found[-1] :] if found and before else named, noun, verbs=before))
        noun = _HAVING.sub("", noun)
        told = (
            _FINDING.fullmatch(noun) is not None
            or noun in self.done
            or noun in self.pending
            or noun in ("中", "里", "内", "以上", "上述")
            or noun.endswith(("到", "至"))
        )
        return "" if told else noun
