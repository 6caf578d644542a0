"""Names of places, bodies and areas, of which alone a count may be told: 临江市, 县水利局, 青禾国家级自然保护区."""

from __future__ import annotations

from functools import lru_cache

import regex

from extract.records.nouns import nouns_of
from extract.rulebook import Rulebook

_CITY = range(3, 5)
"""Characters of a city's name."""
_PLACE = regex.compile(
    r"^(?:(?:其余|其他)[县市区乡镇]{1,2}|(?![全各本对我该其])(?!.*(?:督察|交办|反馈|涉及|转办|指出|明确|落实|确定|作为))[\p{Han}*]{1,6}(?:省|市|县|区|州|盟|旗|镇|乡|街道|局|委|公司|集团|部门|单位))$"
)
_PLACE_SIGNS = frozenset("省市县区州盟旗镇乡道局委司团门位")
_AREA = regex.compile(
    r"^(?![全各本对我该共]|现有|设有|建有|已|化工|工业|省级|市级|国家级)\p{Han}{2,14}(?:保护区|开发区|园区|景区|新区|片区|流域|林场|农场|灌区)$"
)


@lru_cache(maxsize=2)
def _cities_of(rulebook: Rulebook) -> frozenset[str]:
    """The cities and prefectures by their short names: 宿迁 for 宿迁市. The list of regions may be missing."""
    names = rulebook.lookup("regions") if "regions" in rulebook.lookups else {}
    return frozenset([name[:-1] for name in names if name[-1] in "市州盟" and len(name) in _CITY])


class Places:
    """Tells names of places, with the words of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.nouns, self.areas, self.cities = nouns_of(rulebook), rulebook.words("functional_areas"), _cities_of(rulebook)

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a place or a body, not of a kind of area (居民小区)."""
        if name in self.cities or name[:-1] in self.cities:
            return True
        if _PLACE_SIGNS.isdisjoint(name) or _PLACE.match(name) is None:
            return False
        kind = not name.startswith(("其余", "其他")) and any(name[-length:] in self.areas for length in (2, 3, 4))
        return not kind and not self.nouns.trim(name).action

    def names_area(self, name: str) -> bool:
        """Whether a name is that of one area: 青禾国家级自然保护区."""
        return _AREA.match(name) is not None and len(name) > 4
