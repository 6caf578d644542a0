"""Numbers that are neither target nor tally: names, bounds, penalties, durations … each claimed under its class."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import regex

from extract.model import Claim, Quantity, View
from extract.records.sentences import Sentences
from extract.rulebook import Rule, Rulebook

Traits = tuple[str, str, Decimal | None, bool, bool]
"""Unit, kind, the value where no bound is told, whether written in Chinese, whether a bound stands behind."""


class Numerals:
    """The rules of kind numeral, found by the traits of a quantity, so that a sentence is searched only by rules that its numbers fit."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rules = rulebook.of_kind("numeral")
        self.units = [rulebook.words(rule.set["units"]) if "units" in rule.set else None for rule in self.rules]
        self.names = regex.compile(r"\L<names>", names=rulebook.words("number_names"))
        self.fitting = lru_cache(maxsize=1 << 12)(self._fitting)

    def _fitting(self, traits: Traits) -> frozenset[int]:
        """The places, in the order of the file, of the rules that a quantity of these traits fits."""
        unit = traits[0]
        return frozenset(
            i
            for i, (rule, units) in enumerate(zip(self.rules, self.units, strict=True))
            if (units is None or unit in units) and _fits(rule, traits)
        )


@lru_cache(maxsize=2)
def numerals_of(rulebook: Rulebook) -> Numerals:
    """What a rulebook knows of numerals; made once for a rulebook."""
    return Numerals(rulebook)


def claim_numerals(found: Sentences, view: View, shaded: str, rulebook: Rulebook) -> list[Claim]:
    """The quantities that a rule of kind numeral takes. Those inside an explanation in brackets are claimed as gloss."""
    numerals = numerals_of(rulebook)
    named = [match.span() for match in numerals.names.finditer(view.text)]
    claims = []
    for sentence, quantities, _ in found:
        fitting: dict[int, list[Quantity]] = {}
        taken: set[int] = set()
        for q in quantities:
            if any(start <= q.start < end for start, end in named):
                claims.append(Claim("name", q.start, q.end, "numeral-set-phrase"))
                taken.add(q.start)
            elif view.masked[q.start] != shaded[q.start]:
                claims.append(Claim("gloss", q.start, q.end, "numeral-gloss"))
                taken.add(q.start)
            else:
                for place in numerals.fitting(_traits(q, view.text)):
                    fitting.setdefault(place, []).append(q)
        for place in sorted(fitting):
            rule = numerals.rules[place]
            if len(taken) == len(quantities):
                break
            for match in rule.finditer(shaded, sentence.start, sentence.end):
                for start, end in match.spans("n"):
                    for q in fitting[place]:
                        if start < q.end and q.start < end and q.start not in taken:
                            claims.append(Claim(rule.set["class"], q.start, q.end, rule.id))
                            taken.add(q.start)
    return claims


def ordinal_claims(view: View) -> list[Claim]:
    """Numbers that count places: 第二轮, 第十七项."""
    return [Claim("ordinal", q.start, q.end, "numeral-ordinal") for q in view.ordinals]


def _traits(quantity: Quantity, text: str) -> Traits:
    value = quantity.value if quantity.operator == "=" and quantity.value < 10 else None
    return (
        quantity.unit,
        quantity.kind,
        value,
        text[quantity.number.start] in "一二两三四五六七八九十百千万",
        text[quantity.end - 1] in "上下内多余",
    )


def _fits(rule: Rule, traits: Traits) -> bool:
    """Whether a quantity is such as the rule wants it: `script: chinese` leaves Arabic numerals alone, `value` wants just this value and no
    bound, `bounded: suffix` wants a bound behind it (10蒸吨以下), `quantity` its kind."""
    _, kind, value, chinese, bounded = traits
    wanted = rule.set
    return (
        (wanted.get("script") != "chinese" or chinese)
        and ("value" not in wanted or value == Decimal(wanted["value"]))
        and (wanted.get("bounded") != "suffix" or bounded)
        and ("quantity" not in wanted or kind == wanted["quantity"])
    )
