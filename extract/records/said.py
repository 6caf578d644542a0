"""The nouns that were counted so far in a document."""

from __future__ import annotations

from dataclasses import dataclass, field

PERSONS = ("人", "名", "人次")
"""Units of persons, who are no matters told of before: 7个问题…，问责41人."""


@dataclass(slots=True)
class Said:
    """The nouns counted so far in a document: the last one, the last of each unit, the last that is of matters to be settled."""

    noun: str = ""
    matter: str = ""
    by_unit: dict[str, str] = field(default_factory=dict)

    def keep(self, noun: str, unit: str, *, matter: bool = False) -> None:
        """Remember a noun counted in a unit; a rate is no such noun."""
        if noun and not noun.endswith("率"):
            self.noun = self.by_unit[unit] = noun
            self.matter = noun if matter else self.matter

    def of(self, unit: str) -> str:
        """What a count without a noun counts."""
        return self.by_unit.get(unit) or ("" if unit in PERSONS else self.noun)
