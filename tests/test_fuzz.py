"""Whatever bytes come, a reader reads them or refuses them; whatever text, it is read to its end. Crashers once found are kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import READERS, TARGETS
from tests.notices import GOOD, notice

CRASHERS = sorted((Path(__file__).parent / "fuzz" / "crashers").glob("*/*"))
PIECES = st.sampled_from(
    [
        *"一二十百万亿0123456789.,，。；：、（）()《》“”\n\t\r \u3000年月日%％至—-~～|#*<>&;=\\'\"\x00\x1b\u202e\ud800",
        "第",
        "（一）",
        "1.",
        "①",
        "一是",
        "责任单位：",
        "整改时限：",
        "市水务局",
        "牵头",
        "2031年底前",
        "十四五",
        "新建3座",
        "达到95%以上",
        "其中",
        "下同",
        "百分之",
        "分别",
        "<td>",
        "</p>",
        "<sub>",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_crasher_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", ["repair", "outline", "values", "whole"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text(target: str, text: str) -> None:
    TARGETS[target](text.encode("utf-8", "surrogatepass"))


def torn(text: str, chance: random.Random) -> str:
    """A notice as scrapers may leave it: signs lost, put in, repeated or moved."""
    signs = list(text)
    for _ in range(chance.choice((3, 10, 40))):
        at = chance.randrange(len(signs))
        match chance.randrange(4):
            case 0:
                del signs[at]
            case 1:
                signs.insert(at, chance.choice("（）()，。；、：“”《》\n\t 05一二十个项％年月有其的第—-"))
            case 2:
                signs[at] = chance.choice("（，。；、\n3两")
            case _:
                start = chance.randrange(len(signs))
                signs[at:at] = signs[start : start + 8]
    return "".join(signs)


@pytest.mark.parametrize("seed", range(4))
def test_torn_notices_are_read_to_their_end(seed: int, samples: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  damage, no secret
    for path in sorted(samples.glob("s*.txt")):
        for _ in range(6):
            TARGETS["whole"](torn(path.read_text(encoding="utf-8", errors="replace")[:1500], chance).encode())


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 1 << 32))
def test_damaged_files(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  damage, no secret
    data = bytearray(GOOD.get(name, GOOD["txt"])(notice(seed % 50)))
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(data))
        how = chance.randrange(3)
        if how == 0:
            data[place] = chance.randrange(256)
        elif how == 1:
            del data[place : place + chance.randrange(1, 40)]
        else:
            data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(1, 40)]
        if not data:
            return
    TARGETS[f"read_{name}"](bytes(data))
