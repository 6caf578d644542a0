"""The proof that rules carry: their examples, near misses and known failures, run through the whole path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import regex

from extract.model import Claim
from extract.rulebook.load import Rulebook
from extract.rulebook.schema import Example, Fragment, Rule

Row = Mapping[str, Any]

_TABLES = {
    "target": "targets",
    "tally": "tallies",
    "owner": "owners",
    "participant": "participants",
    "date": "dates",
    "field": "fields",
    "section": "measures",
    "numbering": "measures",
}
_SILENT = ("section", "numbering")
_LIST = regex.compile(r"\\L<([a-z_]+)>")


class Reading(NamedTuple):
    """What the whole path made of a text: its rows by table (a mapping per row), and what each rule took."""

    tables: Mapping[str, Sequence[Row]]
    claims: Sequence[Claim]
    text: str


Read = Callable[[str, Rulebook], Reading]


class Case(NamedTuple):
    """One example, near miss or known failure of a rule, with its number in the rule. `fails` marks a known failure."""

    rule: Rule
    example: Example
    number: int
    fails: bool

    @property
    def name(self) -> str:
        """The case as tests name it: file::rule::number."""
        return f"{self.rule.file.rpartition('/')[2]}::{self.rule.id}::{self.number}"


class Problem(NamedTuple):
    """Something wrong with a rule or fragment."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def cases(rulebook: Rulebook) -> Iterator[Case]:
    """Every example, near miss and known failure of every rule, in order."""
    for rule in rulebook.rules:
        for number, example in enumerate(rule.examples, 1):
            yield Case(rule, example, number, fails=False)
        for number, example in enumerate(rule.known_failures, len(rule.examples) + 1):
            yield Case(rule, example, number, fails=True)


def check(rulebook: Rulebook, read: Read) -> list[Problem]:
    """All that is wrong with the rules of a book; `read` takes a text through the whole path with a rulebook.

    Raises RuleError for a word list or a pattern that cannot be read at all.
    """
    for path in sorted((rulebook.folder / "lookups").glob("*.yml")):
        rulebook.words(path.stem)
    problems = [problem for fragment in rulebook.fragments.values() for problem in check_fragment(fragment, rulebook)]
    for case in cases(rulebook):
        said = check_case(case, rulebook, read)
        where = (case.rule.file, case.example.line)
        if case.fails and said is None:
            problems.append(Problem(*where, f"rule {case.rule.id}: a known failure is cured: move it to the examples"))
        elif not case.fails and said is not None:
            problems.append(Problem(*where, f"rule {case.rule.id}: {said}"))
    return problems


def unused_cues(rulebook: Rulebook) -> list[Problem]:
    """The cues that no case of their rule holds: nothing proves them."""
    found = []
    for rule in rulebook.rules:
        texts = "\n".join(example.text for example in (*rule.examples, *rule.known_failures))
        idle = [cue for cue in rule.cues if cue not in texts]
        if idle:
            found.append(Problem(rule.file, rule.line, f"rule {rule.id}: no example holds {'、'.join(idle)}"))
    return found


def silent_rules(rulebook: Rulebook, readings: Iterable[Reading]) -> list[Rule]:
    """The rules that took nothing in any of some texts; rules that leave no claim (sections, numbering) are left out."""
    heard: set[str] = set()
    for reading in readings:
        heard.update(claim.rule for claim in reading.claims)
        heard.update(row["rule"] for rows in reading.tables.values() for row in rows if "rule" in row)
    return [rule for rule in rulebook.rules if rule.id not in heard and rule.kind not in _SILENT]


def check_fragment(fragment: Fragment, rulebook: Rulebook) -> Iterator[Problem]:
    """A fragment matches each of its examples whole, and none of its near misses."""
    lists: Any = {name: rulebook.words(name) for name in _LIST.findall(fragment.source)}
    pattern = regex.compile(fragment.source, regex.VERSION1, **lists)
    for text in fragment.examples:
        if not pattern.fullmatch(text):
            yield Problem(fragment.file, fragment.line, f"fragment {fragment.name} does not match its example {text}")
    for text in fragment.near:
        if pattern.fullmatch(text):
            yield Problem(fragment.file, fragment.line, f"fragment {fragment.name} matches its near miss {text}")


def check_case(case: Case, rulebook: Rulebook, read: Read) -> str | None:
    """What is wrong with one case, None where nothing is.

    An example must yield exactly its `find`: as many rows from its rule, each with the columns given. A near miss yields none.
    All other rules are at work too: a rule that another one robs of its rows fails here.
    """
    rule, example = case.rule, case.example
    if rule.kind not in _TABLES and rule.kind != "numeral":
        return f"no table is made by rules of the kind {rule.kind}"
    rows = _rows_of(rule, read(example.text, rulebook))
    missing = [wanted for wanted in example.find if not any(_agrees(row, wanted) for row in rows)]
    if missing:
        return f"{_show(missing[0])} is not found in {example.text}{_instead(rows, missing[0])}"
    if len(rows) != len(example.find):
        extra = next((row for row in rows if not any(_agrees(row, wanted) for wanted in example.find)), rows[-1])
        what = "is a near miss, but yields" if not example.find else f"yields {len(rows)} rows where {len(example.find)} are given, such as"
        return f"{example.text} {what} {extra.get('text', '')}"
    return None


def _rows_of(rule: Rule, reading: Reading) -> list[Row]:
    """The rows that a rule made or had a part in: rows name one rule, but a tally may be put together by several."""
    claims = [claim for claim in reading.claims if claim.won and claim.rule == rule.id]
    if rule.kind == "numeral":
        return [{"class": claim.kind, "text": reading.text[claim.start : claim.end]} for claim in claims]
    rows = reading.tables[_TABLES[rule.kind]]
    if rule.kind == "section":
        return [row for row in rows if row["role"] == rule.set.get("role")]
    if rule.kind == "numbering":
        return list(rows)
    return [row for row in rows if row["rule"] == rule.id or any(row["start"] <= claim.start < row["end"] for claim in claims)]


def _agrees(row: Row, wanted: Row) -> bool:
    return all(key in row and _same(row[key], value) for key, value in wanted.items())


def _same(found: Any, wanted: Any) -> bool:
    """Whether a cell is what an example says: numbers by value (43 and 43.0), nothing and the empty string alike, the rest as text."""
    if isinstance(found, (int, Decimal)) and not isinstance(found, bool):
        try:
            return Decimal(str(wanted)) == found
        except InvalidOperation:
            return False
    if isinstance(found, date):
        return found.isoformat() == str(wanted)
    if isinstance(found, bool):
        return found is wanted
    return str(found if found is not None else "") == str(wanted if wanted is not None else "")


def _show(row: Row) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items())


def _instead(rows: Sequence[Row], wanted: Row) -> str:
    """The same columns of the rows that are there, for who has to mend the rule."""
    shown = [_show({key: row.get(key) for key in wanted}) for row in rows]
    return f"; found: {' | '.join(shown)}" if shown else "; the rule takes nothing there"
