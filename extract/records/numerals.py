"""Numbers that are neither target nor tally: names, bounds, penalties, durations … each claimed under its class."""

from __future__ import annotations

from decimal import Decimal

import regex

from extract.model import Claim, Quantity, View
from extract.records.sentences import Sentences
from extract.rulebook import Rule, Rulebook


def claim_numerals(found: Sentences, view: View, shaded: str, rulebook: Rulebook) -> list[Claim]:
    """The quantities that a rule of kind numeral takes. Those inside an explanation in brackets are claimed as gloss."""
    rules = [(rule, rulebook.words(rule.set["units"]) if "units" in rule.set else None) for rule in rulebook.of_kind("numeral")]
    claims = []
    named = _named(view, rulebook)
    for sentence, quantities, _ in found:
        open_ones = {q.start: q for q in quantities}
        for q in quantities:
            if q.start in named:
                claims.append(Claim("name", q.start, q.end, "numeral-set-phrase"))
                del open_ones[q.start]
            elif view.masked[q.start] != shaded[q.start]:
                claims.append(Claim("gloss", q.start, q.end, "numeral-gloss"))
                del open_ones[q.start]
        for rule, units in rules:
            if not open_ones:
                break
            fitting = [q for q in open_ones.values() if (units is None or q.unit in units) and _fits(rule, q, view.text)]
            if not fitting:
                continue
            for match in rule.finditer(shaded, sentence.start, sentence.end):
                for start, end in match.spans("n"):
                    for quantity in [q for q in fitting if start < q.end and q.start < end and q.start in open_ones]:
                        claims.append(Claim(rule.set["class"], quantity.start, quantity.end, rule.id))
                        del open_ones[quantity.start]
    return claims


def ordinal_claims(view: View) -> list[Claim]:
    """Numbers that count places: 第二轮, 第十七项."""
    return [Claim("ordinal", q.start, q.end, "numeral-ordinal") for q in view.ordinals]


def _named(view: View, rulebook: Rulebook) -> set[int]:
    """The places inside set phrases that hold numbers: 三线一单, 一岗双责."""
    pattern = regex.compile(r"\L<names>", names=rulebook.words("number_names"))
    return {place for match in pattern.finditer(view.text) for place in range(match.start(), match.end())}


def _fits(rule: Rule, quantity: Quantity, text: str) -> bool:
    """Whether a quantity is such as the rule wants it: `script: chinese` leaves Arabic numerals alone, `value` wants just this value and no
    bound, `bounded: suffix` wants a bound behind it (10蒸吨以下), `quantity` its kind."""
    wanted = rule.set
    return (
        (wanted.get("script") != "chinese" or text[quantity.number.start] in "一二两三四五六七八九十百千万")
        and ("value" not in wanted or (quantity.operator == "=" and quantity.value == Decimal(wanted["value"])))
        and (wanted.get("bounded") != "suffix" or text[quantity.end - 1] in "上下内多余")
        and ("quantity" not in wanted or quantity.kind == wanted["quantity"])
    )
