"""Records: mentions bound into targets, tallies, owners, participants and dates."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from extract.model import Claim, Document, Outline, Records, View
from extract.records.dates import find_dates
from extract.records.inherit import inherit_due
from extract.records.lined import read_lined
from extract.records.numerals import claim_numerals, ordinal_claims
from extract.records.owners import find_owners
from extract.records.participants import find_participants
from extract.records.sentences import as_printed, hide_glosses, show_counts, show_names, show_parts, valued_sentences, widen
from extract.records.statistics import read_statistics
from extract.records.tallies import find_tallies
from extract.records.targets import find_targets
from extract.rulebook import Rulebook

LEFT = ("numeral-gloss", "numeral-listed-parts", "numeral-where", "numeral-good-deeds")
"""Rules for numerals that leave what they take to tallies, where these know what is counted."""


def read(document: Document, outline: Outline, view: View, rulebook: Rulebook) -> Records:
    """All records of a document, each table in the order of the text."""
    printed, view = view.text, widen(view)
    shaded = hide_glosses(view.masked)
    found = list(valued_sentences(outline, view, shaded))
    claims = [*ordinal_claims(view), *claim_numerals(found, view, show_parts(shaded, view), rulebook)]
    taken = {claim.start for claim in claims if claim.rule not in LEFT}
    hidden, shaded = shaded, show_names(shaded, view, (claim for claim in claims if claim.rule not in LEFT))
    tallies, tally_claims = find_tallies(found, view, show_counts(shaded, view), rulebook, taken)
    counted = {claim.start for claim in tally_claims}
    claims = [claim for claim in claims if claim.rule not in LEFT or claim.start not in counted]
    parted = show_names(show_parts(hidden, view, {claim.end for claim in tally_claims}), view, claims)
    targets, target_claims = find_targets(found, outline, view, parted, rulebook, [*claims, *tally_claims])
    told = {claim.start for claim in target_claims}
    claims = [claim for claim in claims if claim.start not in told]
    if view.text != printed:
        targets = [row._replace(indicator=as_printed(row.indicator, printed)) for row in targets]
        tallies = [replace(row, subject=as_printed(row.subject, printed)) for row in tallies]
    more_targets, more_tallies, more_dates, statistic_claims = read_statistics(outline, view, rulebook, tallies)
    lined, lined_claims = read_lined(outline, view, rulebook, tallies)
    targets, tallies = [*targets, *more_targets], [*tallies, *more_tallies, *lined]
    dates, date_claims, diagnostics = find_dates(outline, view, shaded, rulebook, targets)
    owners, owner_claims = find_owners(document, outline, view, rulebook)
    participants, participant_claims = find_participants(document, outline, view, rulebook)
    return Records(
        targets=tuple(inherit_due(sorted(targets, key=attrgetter("quantity.start")), dates, outline, document.text)),
        tallies=tuple(sorted(tallies, key=attrgetter("start"))),
        owners=tuple(owners),
        participants=tuple(participants),
        dates=tuple(sorted([*dates, *more_dates], key=attrgetter("start"))),
        claims=tuple(
            _ordered(
                [*claims, *tally_claims, *target_claims, *statistic_claims, *lined_claims, *date_claims, *owner_claims, *participant_claims]
            )
        ),
        diagnostics=tuple(diagnostics),
    )


def _ordered(claims: list[Claim]) -> list[Claim]:
    return sorted(claims, key=attrgetter("start", "end", "kind"))
