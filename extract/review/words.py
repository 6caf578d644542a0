"""What the pages say, in the language of their reader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from extract.rulebook import Rulebook
from extract.tables.labels import CODES, Lang, code_label

_FILE = Path(__file__).parent / "words.yml"
_PLACE = {"zh": 0, "en": 1}


@cache
def _file() -> Mapping[str, Mapping[str, list[str]]]:
    content: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


@cache
def page_words(lang: Lang) -> Mapping[str, str]:
    """The words of the pages, by name."""
    return {name: both[_PLACE[lang]] for name, both in _file()["pages"].items()}


def name_of_code(column: str, code: str, lang: Lang) -> str:
    """A code as readers call it, in English without its underscores; any other text stands for itself."""
    if code not in CODES.get(column, {}):
        return code
    return code_label(column, code, "zh") if lang == "zh" else code.replace("_", " ")


def meanings(book: Rulebook, lang: Lang) -> dict[str, str]:
    """What each rule means, by its id: as the rules say themselves, and for those written in Python as words.yml says."""
    written = {name: both[_PLACE[lang]] for name, both in _file()["rules"].items()}
    return written | {rule.id: rule.about for rule in book.rules}
