"""Messages of diagnostics and outcomes, which the tables hold in English, as a Chinese reader is told them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Lang = Literal["zh", "en"]

_FILE = Path(__file__).parent / "messages.yml"


def message_in(message: str, lang: Lang) -> str:
    """A message for readers of `lang`. One that messages.yml does not have stays as it is: better in English than not told."""
    if lang == "zh":
        for pattern, chinese in _patterns():
            if match := pattern.fullmatch(message):
                return chinese.format(*match.groups())
    return message


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str]]:
    """The messages as patterns, each {} any text, those with the most words of their own first."""
    known: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    wordy = sorted(known, key=lambda english: -len(english.replace("{}", "")))
    return [(re.compile("(.*)".join(map(re.escape, english.split("{}"))), re.DOTALL), known[english]) for english in wordy]
