"""Dates: each mention placed by what governs it: published, signed, meeting, deadline, as_of, period, event, recurrence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from extract.model import Claim, DateKind, DateMention, DateRow, Diagnostic, Outline, Passage, Target, View, passage_at
from extract.records.sentences import DATE, Sentence, sentence_at
from extract.rulebook import Rule, Rulebook
from extract.values import find_dates as find_mentions
from extract.values import open_deadline

_LISTED = re.compile(r"(?:附件?[：:]?\s*)?[0-9]{1,2}[.．、]")
_NEAR = 40
_RATE = re.compile(
    r"(?:约|近|超|可|仅|平均|产生|处理|排放)*[0-9.,]+[多余]?(?:[百千万亿]*(?:吨|立方米|方|公斤|千克|辆|头|升|度|千瓦时|元)|[百千万亿]+人)"
)
_AFTER_EVENT = re.compile(
    r"(?:(?:完成|结束|到位|竣工|验收|收到|接到|销号|通过|发现|检查|核查|反馈|交办|受理|公示|发生|公布|确认)[^，。；\n]{0,12}?(?:后|之日起?|起|以后|之后)|(?:收到|接到|取消|禁止|限制|不得)[^，。；\n]{0,16})，?[^，。；\n]{0,16}$"
)
"""What an event that has no day of its own looks like before a span that counts from it."""
_RUN_ON = re.compile(r"[。；）)]\s*(?:[\u4e00-\u9fff]{4,40}\s*)?$")
"""The body that signs in the line of the last sentence (…公示期10天。某县水利局 2031年5月2日)."""
_OF_THEN = re.compile("[^，。；：\n]{1,20}的[^，。；：\n]{1,20}[，；]")
"""What comes behind a past year that only says of which things is spoken (2030年查出的14处，6月底前拆除)."""
_DONE_BY = re.compile("已经?(?:全部|全面|均|都|陆续|分别|先后|如期|按期|按时|提前|基本){0,2}[于在]$")
_ALREADY = re.compile(
    "，?(?![^，。；：\\n]{0,12}应)[^，。；：\\n\\t]{0,14}?"
    "(?:(?<![应自而对])已(?!批未|[^，。；\\n的]{1,6}的)|[完建拆清关停搬取收修整退][^，。；：\\n的]{0,4}了)"
)
"""What says that a day by which was kept (…前均已拆除, …前完成了改造), no more than says which things are meant (…前已建成的)."""
_COLUMN = re.compile("每[周日月]一[学课题读讲练测考书]")
"""Names of columns (每周一学): what returns is no day of the week."""
_RETURNS = re.compile(r"(?:每|逐)(?:年|月|周|季度?|旬)[^。；\n]{0,24}$")
_NEXT_TO_IT = ("上月", "上周", "上季度", "次年", "翌年", "次月")
"""What is told of from each time that something returns (每月5日前|报送上月进展)."""
_DEFINING = re.compile("[×÷]|计算(?:方法|公式|口径)|指标(?:定义|说明)")
"""Words of a definition, whose years are those of any report."""
_PASSED = re.compile(r"[^，。；\n（）()]{0,40}(?:通过|批准)[）)]")
_NAMED = re.compile(r"\W{0,3}")
_UNNAMED = re.compile(r"\s*(?:[（(][^（）()\n]{1,12}[）)])?[：:。 \n]*")
_OF_A_YEAR = ("考核", "审计", "预算", "决算", "目标", "计划", "任务", "工作", "绩效")
_YEARLY = re.compile(
    "年(?:[底末]|终)(?:的?(?:综合|工作|年度|效能|绩效|目标|任务|责任制?|党建|政务|干部|领导班子)){0,3}(?:考核|考评|考绩|评先|评优|述职|评议|测评|决算)(?!前)"
)
"""年底绩效考核: what is done as every year ends."""
_TO_DO = ("measure", "objective", "guarantee")
_LABEL = re.compile(r"([\u4e00-\u9fff]{4})\s*[：:|｜]?\s*$")
_MADE = ("生成日期", "生成时间")
_RELEASED = re.compile("(?:发布|公开|公布)(?:日期|时间)")
_FRONT = 2000
"""Characters in which a page says when it was published."""
_WHOLE_PRECISIONS = ("year", "quarter", "half", "plan", "period")


def find_dates(
    outline: Outline, view: View, shaded: str, rulebook: Rulebook, targets: list[Target]
) -> tuple[list[DateRow], list[Claim], list[Diagnostic]]:
    """One row for each mention that can be placed on a calendar, and for recurrences; what cannot be placed is a diagnostic."""
    reader = _Reader(outline, view, shaded, rulebook, targets)
    rows, claims, diagnostics = [], [], []
    for mention in view.dates:
        passage = passage_at(outline.passages, mention.start)
        if passage is None or reader.places_nothing(mention, passage):
            continue
        claims.append(Claim("date", mention.start, mention.end, "date"))
        if mention.first is None and mention.last is None and mention.sense not in ("recurrence", "open"):
            diagnostics.append(
                Diagnostic(
                    "date_unresolved",
                    "info",
                    f"the date {view.text[mention.start : mention.end]} cannot be placed",
                    mention.start,
                    mention.end,
                )
            )
            continue
        kind, rule = reader.kind(mention, passage)
        if mention.sense in ("within", "from") and mention.anchor == "published":
            mention = reader.from_signing(mention)
        if kind in ("deadline", "as_of") and not (passage.field == "deadline" and mention.precision == "period"):
            mention = mention._replace(first=mention.last)
        end = mention.core.end if kind == "recurrence" else mention.end
        rows.append(DateRow(passage.node, kind, mention, mention.start, end, rule))
    rows.extend(_open_deadlines(outline, view))
    return sorted(rows, key=lambda row: row.start), claims, diagnostics


def _open_deadlines(outline: Outline, view: View) -> Iterator[DateRow]:
    """长期坚持, 立行立改 as the value of a deadline field: a deadline with both days empty."""
    for part in outline.fields:
        if part.field == "deadline" and not view.dates_in(part.start, part.end):
            mention = open_deadline(view.text[part.start : part.end])
            if mention is not None:
                start, end = part.start + mention.start, part.start + mention.end
                moved = mention._replace(start=start, end=end, core=type(mention.core)(start, end))
                yield DateRow(part.node, "deadline", moved, start, end, "date-open")


class _Reader:
    """What placing needs: the rules of kind date and the due dates that targets rest on."""

    def __init__(self, outline: Outline, view: View, shaded: str, rulebook: Rulebook, targets: list[Target]) -> None:
        self.header, self.view, self.shaded = outline.header, view, shaded
        self.cues = rulebook.cues("date")
        self.labels = rulebook.lookup("info_heads")
        self.cued = self.cues.scan(shaded)
        signatures = [p for p in outline.passages if p.kind == "signature"]
        self.signed = next((d.last for p in signatures for d in view.dates_in(p.start, p.end) if d.precision == "day"), None)
        self.found: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self.due = {t.due_at for t in targets if t.due_from == "sentence"}

    def from_signing(self, mention: DateMention) -> DateMention:
        """印发之日起30日内 counts from the day of signing, where the document prints one beside that of its publication."""
        text = self.view.text[mention.start : mention.end]
        if self.signed is None or not any(word in text for word in ("印发", "发布", "下发", "施行", "公布")):
            return mention
        again = next(iter(find_mentions(text, self.signed)), None)
        return mention._replace(first=again.first, last=again.last) if again is not None and again.first is not None else mention

    def places_nothing(self, mention: DateMention, passage: Passage) -> bool:
        """Is this a name in a list of attachments, a rate (每日约1.2万吨), a bare 年初, or a span that counts from what is not told (完成后10个工作日内)?"""
        text = self.view.text
        if passage.kind == "number":
            return True  # （2031年第6期）
        if passage.kind == "attachment":
            return _LISTED.match(text, passage.start) is not None
        if mention.anchor != "none" and mention.precision in ("year", "period") and _DEFINING.search(text, passage.start, passage.end):
            return True  # 计算方法：本年度新增数/上一年度总数×100%
        if mention.sense == "recurrence":
            return _RATE.match(text, mention.end) is not None or _COLUMN.match(text, mention.start) is not None
        if text.startswith(_NEXT_TO_IT, mention.start) and _RETURNS.search(text, max(passage.start, mention.start - _NEAR), mention.start):
            return True  # 每月5日前报送上月进展
        if mention.sense == "point" and text[mention.start : mention.end] == "年初":
            return True  # 较年初, 年初确定的目标: what is compared with or spoken of
        if mention.sense == "point" and _YEARLY.match(text, mention.start) is not None:
            return True
        return mention.sense == "within" and _AFTER_EVENT.search(text, max(passage.start, mention.start - _NEAR), mention.start) is not None

    def of_page(self, label: str) -> DateKind:
        """The kind of a day that a page gives behind a label: that of making beside that of publication is the day it was signed."""
        if label in _MADE:
            return "signed" if _RELEASED.search(self.view.text, 0, _FRONT) else "published"
        if self.labels.get(label) == "source" and label.endswith(("日期", "时间")):
            return "event"  # 生效日期
        return "signed" if self.labels.get(label) == "signed" else "published"

    def kind(self, mention: DateMention, passage: Passage) -> tuple[DateKind, str]:
        """The kind of a mention and the rule that says so."""
        if mention.sense == "recurrence":
            return "recurrence", "date-recurrence"
        if passage.kind == "info":
            return self._on_page(mention, passage)
        if passage.kind == "signature":
            return ("published", "date-printed") if self.view.text.startswith("印发", mention.core.end) else ("signed", "date-signature")
        if self.view.text.startswith(("讯", "电", "消息"), mention.core.end) and mention.precision == "day":
            told = self.header.published in ("", str(mention.first))
            return ("published" if told else "event"), "date-info"  # 某某日报5月4日讯
        if mention.sense == "as_of":
            return "as_of", "date-as-of"
        if passage.field == "deadline":
            return "deadline", "date-field"
        if mention.end == passage.end and mention.precision == "day" and _RUN_ON.search(self.view.text, passage.start, mention.start):
            return "signed", "date-signature"
        if mention.sense == "by" and self._came_to_pass(mention):
            return "event", "date-event"
        printed = self.view.text[mention.start : mention.core.end]
        if printed.endswith("年内") and passage.role not in _TO_DO and self._past(mention):
            return "period", "date-span"
        if mention.sense in ("by", "within"):
            told = passage.role not in _TO_DO and self._past(mention) and self.view.text[mention.start] in "至到"
            return ("as_of" if told else "deadline"), "date-by"
        if self.view.text[mention.start - 1 : mention.start] in ("较", "比") and self.view.text[mention.core.end - 1] in "底末":
            return "as_of", "date-compared"
        if self.view.text[mention.start - 1 : mention.start] in ("较", "比") and mention.precision == "year":
            return "period", "date-span"
        if self._shares_deadline(mention):
            return "deadline", "date-by"
        third = printed.endswith("旬") and mention.sense == "point" and printed.count("月") < 2
        if mention.sense in ("since", "from") or (mention.precision == "period" and not third) or self.shaded[mention.start] != DATE:
            return "period", "date-span"
        if mention.precision == "plan" and mention.sense == "point" and "末" in printed:
            return ("event", "date-event") if self._past(mention) else ("deadline", "date-by")
        if mention.precision == "plan" and mention.sense == "point" and "期" in printed:
            return "period", "date-span"
        planned = mention.start in self.due and self.view.text.startswith("计划", mention.core.end)  # 2031年度计划清淤35公里
        if printed.endswith("年度") and not planned and self.view.text.startswith(_OF_A_YEAR, mention.core.end):
            return "period", "date-span"
        return self._in_sentence(mention, passage, printed)

    def _on_page(self, mention: DateMention, passage: Passage) -> tuple[DateKind, str]:
        """The kind of a date in the lines that a page or a paper prints around its text."""
        # （某年某月某日） under a speech's title, 某年某月某日在…会议上 under that of a report
        meeting = self.header.doc_type == "speech" and self.view.text[passage.start] in "（("
        meeting = (
            meeting or self.view.text.startswith("在", mention.core.end) or _PASSED.match(self.view.text, mention.core.end) is not None
        )
        if mention.precision in ("period", "quarter", "half") and not meeting:
            return "period", "date-span"  # 2031年1—8月份目标完成情况
        label = _LABEL.search(self.view.text, passage.start, mention.start)
        return ("meeting" if meeting else self.of_page(label[1] if label else "")), "date-info"

    def _in_sentence(self, mention: DateMention, passage: Passage, printed: str) -> tuple[DateKind, str]:
        """The kind of a date whose own words, `printed`, leave it open: by the rules, by the numbers that are due, by what it stands for."""
        sentence = sentence_at(passage, mention.start, self.shaded)
        for _, rule in self.cues.numbered(self.cued.rules(sentence.start, sentence.end)):
            if self._fits(rule.set, mention, passage) and self._stands(rule, mention, sentence):
                return rule.set["kind"], rule.id  # type: ignore[return-value]
        of_then = self._past(mention) and _OF_THEN.match(self.view.text, mention.core.end) is not None
        due = (
            (mention.start in self.due or self._due_with(mention))
            and not of_then
            and not self.view.text.startswith(("去年", "上年", "前年"), mention.start)
        )
        if due and not self.view.text.startswith("期间", mention.core.end):
            return "deadline", "date-of-target"
        if self._heads_tasks(mention, passage) or self._opens_aims(mention, passage, sentence.start):
            return "deadline", "date-of-heading"
        if (
            (mention.precision in _WHOLE_PRECISIONS and (mention.precision == "plan" or not printed.endswith(("底", "末"))))
            or self.view.text.startswith("份", mention.core.end)
            or self.view.text.endswith("份", mention.start, mention.core.end)
        ):
            return "period", "date-span"
        return "event", "date-event"

    def _came_to_pass(self, mention: DateMention) -> bool:
        """已于6月底前建成, 4月6日前已悉数运走: what was done by a day that is over."""
        text = self.view.text
        if _DONE_BY.search(text, max(0, mention.start - _NEAR), mention.start) is not None:
            return True
        owed = text.endswith(("应于", "应在", "应"), 0, mention.start)
        return text[mention.end - 1] == "前" and not owed and self._past(mention) and _ALREADY.match(text, mention.end) is not None

    def _shares_deadline(self, mention: DateMention) -> bool:
        """5月10日、5月31日前: the word behind the last of a row holds for all."""
        following = self._next_of_row(mention)
        return following is not None and (following.sense == "by" or self._shares_deadline(following))

    def _due_with(self, mention: DateMention) -> bool:
        """2031年、2032年各20公里: a year in a row is due as the last of it is."""
        following = self._next_of_row(mention) if mention.precision == "year" and not self._past(mention) else None
        return following is not None and (following.start in self.due or self._due_with(following))

    def _next_of_row(self, mention: DateMention) -> DateMention | None:
        if self.view.text[mention.end : mention.end + 1] not in ("、", "和", "及"):
            return None
        following = next(iter(self.view.dates_in(mention.end + 1, mention.end + 2)), None)
        return following if following is not None and following.precision == mention.precision else None

    def _heads_tasks(self, mention: DateMention, passage: Passage) -> bool:
        """- 2031年（起步之年）：累计完成…: a year or quarter that is all the name of an item of what is to be done."""
        if passage.role not in _TO_DO or mention.precision not in ("year", "quarter", "half") or self._past(mention):
            return False
        left, right = self.view.text[passage.start : mention.start], self.view.text[mention.end : passage.end]
        return _NAMED.fullmatch(left) is not None and _UNNAMED.fullmatch(right) is not None

    def _opens_aims(self, mention: DateMention, passage: Passage, start: int) -> bool:
        """2031年，全市排放总量控制在…以内。 全年不出现重污染天气: the year that opens a sentence of aims, also of one without a number."""
        aims = passage.role == "objective" and mention.precision == "year" and mention.sense == "point" and not self._past(mention)
        told = self.view.text[mention.start : mention.core.end]
        return aims and (
            (told.endswith("年") and told[0].isdigit() and mention.start == start and self.view.text.startswith("，", mention.end))
            or told == "全年"
        )

    def _past(self, mention: DateMention) -> bool:
        return self.header.anchor is not None and mention.last is not None and mention.last < self.header.anchor

    def _fits(self, conditions: Mapping[str, str], mention: DateMention, passage: Passage) -> bool:
        roles = conditions.get("roles")
        types = conditions.get("doc_types")
        when = conditions.get("when")
        if roles and passage.role not in roles.split():
            return False
        if types and self.header.doc_type not in types.split():
            return False
        if when in ("day", "month") and mention.precision != when:
            return False
        ahead = self.header.anchor is None or (mention.last is not None and mention.last >= self.header.anchor)
        return (when not in ("ahead", "year ahead") or ahead or passage.field is not None) and not (
            when == "year ahead" and mention.precision != "year"
        )

    def _stands(self, rule: Rule, mention: DateMention, sentence: Sentence) -> bool:
        """Whether the rule matches around the mention in its sentence; what a rule finds in a sentence is looked for once."""
        key = (rule.id, sentence.start)
        if key not in self.found:
            matches = rule.finditer(self.shaded, sentence.start, sentence.end)
            self.found[key] = [span for match in matches for span in match.spans("date")]
        return any(start <= mention.start < end for start, end in self.found[key])
