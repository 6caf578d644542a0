"""Dates: each mention placed by what governs it: published, signed, meeting, deadline, as_of, period, event, recurrence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extract.model import Claim, DateKind, DateMention, DateRow, Diagnostic, Outline, Passage, Target, View, passage_at
from extract.records.sentences import DATE, sentence_at
from extract.rulebook import Rule, Rulebook
from extract.values import find_dates as find_mentions
from extract.values import open_deadline

_WHOLE_PRECISIONS = ("year", "quarter", "half", "plan", "period")


def find_dates(
    outline: Outline, view: View, shaded: str, rulebook: Rulebook, targets: list[Target]
) -> tuple[list[DateRow], list[Claim], list[Diagnostic]]:
    """One row for each mention that can be placed on a calendar, and for recurrences; what cannot be placed is a diagnostic."""
    reader = _Reader(outline, view, shaded, rulebook, targets)
    rows, claims, diagnostics = [], [], []
    for mention in view.dates:
        passage = passage_at(outline.passages, mention.start)
        if passage is None:
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
        if mention.sense == "within":
            mention = reader.from_signing(mention)
        if kind in ("deadline", "as_of") and not (passage.field == "deadline" and mention.precision == "period"):
            mention = mention._replace(first=mention.last)
        rows.append(DateRow(passage.node, kind, mention, mention.start, mention.end, rule))
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
        self.rules = rulebook.of_kind("date")
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
        return mention._replace(first=again.first, last=again.last) if again is not None and again.last is not None else mention

    def kind(self, mention: DateMention, passage: Passage) -> tuple[DateKind, str]:
        """The kind of a mention and the rule that says so."""
        if mention.sense == "recurrence":
            return "recurrence", "date-recurrence"
        if passage.kind == "info":
            meeting = self.header.doc_type == "speech" and self.view.text[passage.start] in "（("  # （某年某月某日） under a speech's title
            return ("meeting" if meeting else "published"), "date-info"
        if passage.kind == "signature":
            return "signed", "date-signature"
        if mention.sense == "as_of":
            return "as_of", "date-as-of"
        if passage.field == "deadline":
            return "deadline", "date-field"
        if mention.sense in ("by", "within"):
            told = passage.role in ("progress", "problem") and self._past(mention) and self.view.text[mention.start] in "至到"
            return ("as_of" if told else "deadline"), "date-by"
        if mention.sense in ("since", "from") or mention.precision == "period" or self.shaded[mention.start] != DATE:
            return "period", "date-span"
        for rule in self.rules:
            if self._fits(rule.set, mention, passage) and self._stands(rule, mention, passage):
                return rule.set["kind"], rule.id  # type: ignore[return-value]
        if mention.start in self.due and not self.view.text.startswith("期间", mention.core.end):
            return "deadline", "date-of-target"
        if (
            mention.precision in _WHOLE_PRECISIONS
            or self.view.text.startswith("份", mention.core.end)
            or self.view.text.endswith("份", mention.start, mention.core.end)
        ):
            return "period", "date-span"
        return "event", "date-event"

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
        if when == "day" and mention.precision != "day":
            return False
        ahead = self.header.anchor is None or (mention.last is not None and mention.last >= self.header.anchor)
        return when != "ahead" or ahead or passage.field is not None

    def _stands(self, rule: Rule, mention: DateMention, passage: Passage) -> bool:
        """Whether the rule matches around the mention in its sentence; what a rule finds in a sentence is looked for once."""
        sentence = sentence_at(passage, mention.start, self.shaded)
        key = (rule.id, sentence.start)
        if key not in self.found:
            matches = rule.finditer(self.shaded, sentence.start, sentence.end)
            self.found[key] = [span for match in matches for span in match.spans("date")]
        return any(start <= mention.start < end for start, end in self.found[key])
