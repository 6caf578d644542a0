"""Numbers that are neither target nor tally: names, bounds, penalties, durations … each claimed under its class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.model import Claim, Quantity, View
from extract.records.sentences import Sentence, Sentences
from extract.rulebook import Rule, Rulebook

_NUMBER = "(?P<n>"

_EACH = re.compile(r"每[^，。；、\n只仅]{1,24}$")
_CLAUSE = 26

Traits = tuple[str, Decimal | None, bool, str, bool]
"""Kind, the value where a rule wants just that and no bound is told, whether written in Chinese, where a bound stands (before, suffix or nowhere),
whether it is one of each 每…."""


class Numerals:
    """The rules of kind numeral, found by the traits of a quantity, so that only those are tried which it fits."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.cues = rulebook.cues("numeral")
        self.opened = self.cues.mask(lambda rule: rule.source.rfind(_NUMBER) == 0)
        self.of_any_unit = self.cues.mask(lambda rule: "units" not in rule.set)
        self.of_unit: dict[str, int] = {}
        for number, rule in enumerate(self.cues.rules):
            for unit in rulebook.words(rule.set["units"]) if "units" in rule.set else ():
                self.of_unit[unit] = self.of_unit.get(unit, 0) | 1 << number
        self.names = AhoCorasick(sorted(rulebook.words("number_names")), matchkind=MatchKind.LeftmostLongest)
        self.values = {Decimal(rule.set["value"]) for rule in self.cues.rules if "value" in rule.set}
        self.of_traits = lru_cache(maxsize=1 << 10)(lambda traits: self.cues.mask(lambda rule: _fits(rule, traits)))

    def fitting(self, quantity: Quantity, text: str) -> int:
        """The set of the rules that a quantity of a text fits."""
        return (self.of_any_unit | self.of_unit.get(quantity.unit, 0)) & self.of_traits(self._traits(quantity, text))

    def _traits(self, quantity: Quantity, text: str) -> Traits:
        led = quantity.operator in (">=", "<=") and quantity.start < quantity.number[0]
        value = quantity.value if quantity.operator == "=" and quantity.value in self.values else None
        return (
            quantity.kind,
            value,
            text[quantity.number.start] in "一二两三四五六七八九十百千万",
            "suffix" if text[quantity.end - 1] in "上下内多余" else "before" if led else "",
            value == 1 and _EACH.search(text, max(0, quantity.start - _CLAUSE), quantity.start) is not None,
        )


@lru_cache(maxsize=2)
def numerals_of(rulebook: Rulebook) -> Numerals:
    """What a rulebook knows of numerals; made once for a rulebook."""
    return Numerals(rulebook)


def claim_numerals(found: Sentences, view: View, shaded: str, rulebook: Rulebook) -> list[Claim]:
    """The quantities that a rule of kind numeral takes. Those inside an explanation in brackets are claimed as gloss."""
    numerals = numerals_of(rulebook)
    cued = numerals.cues.scan(shaded)
    named = {place for _, start, end in numerals.names.find_matches_as_indexes(view.text) for place in range(start, end)}
    claims = []
    for sentence, quantities, _ in found:
        free: list[tuple[Quantity, int]] = []
        for q in quantities:
            if q.start in named:
                claims.append(Claim("name", q.start, q.end, "numeral-set-phrase"))
            elif view.masked[q.start] != shaded[q.start]:
                claims.append(Claim("gloss", q.start, q.end, "numeral-gloss"))
            else:
                free.append((q, numerals.fitting(q, view.text)))
        if free:
            claims += _claimed(free, sentence, shaded, numerals, cued.rules(sentence.start, sentence.end))
    return claims


def _claimed(free: list[tuple[Quantity, int]], sentence: Sentence, shaded: str, numerals: Numerals, cued: int) -> Iterator[Claim]:
    """The quantities of a sentence that rules take, each by the first that does. `free`: each with the rules that it fits."""
    wanted = 0
    for _, mask in free:
        wanted |= mask
    for number, rule in numerals.cues.numbered(wanted & cued):
        fitting = [q for q, mask in free if mask >> number & 1]
        if not fitting:
            continue
        if numerals.opened >> number & 1:  # the pattern begins with the number: no search
            taken = [q for q in fitting if rule.match(shaded, q.start, sentence.end)]
        else:
            spans = [span for match in rule.finditer(shaded, sentence.start, sentence.end) for span in match.spans("n")]
            taken = [q for q in fitting if any(start < q.end and q.start < end for start, end in spans)] if spans else []
        if taken:
            free = [(q, mask) for q, mask in free if q not in taken]
            for q in taken:
                yield Claim(rule.set["class"], q.start, q.end, rule.id)


def ordinal_claims(view: View) -> list[Claim]:
    """Numbers that count places: 第二轮, 第十七项."""
    return [Claim("ordinal", q.start, q.end, "numeral-ordinal") for q in view.ordinals]


def _fits(rule: Rule, traits: Traits) -> bool:
    """Whether a quantity is such as the rule wants it: `script: chinese` leaves Arabic numerals alone, `value` wants just this value and no
    bound, `bounded: suffix` wants a bound behind it (10蒸吨以下), `unbounded: before` none before it (不少于5天), `quantity` its kind, `often` whether it is told for each time (每月…1次)."""
    kind, value, chinese, bounded, often = traits
    wanted = rule.set
    return (
        (wanted.get("script") != "chinese" or chinese)
        and ("value" not in wanted or value == Decimal(wanted["value"]))
        and wanted.get("bounded", bounded) == bounded
        and wanted.get("unbounded", "nowhere") != bounded
        and wanted.get("often", "yes" if often else "no") == ("yes" if often else "no")
        and ("quantity" not in wanted or kind == wanted["quantity"])
    )
