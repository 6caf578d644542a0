"""Printed runs that are no text of a page: watermarks, the calls of footnotes, characters of a font that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from extract.ingest.geometry import NEVER_FIRST, Run

_LARGE = 1.4
"""Times the usual height from which print over other print is a watermark."""
_PALE_LARGE = 1.2
"""The same for pale print."""
_TOUCH = 0.25
_NONSENSE = re.compile(
    r"\(cid:\d{1,6}\)|[\x00-\x08\x0e-\x1f\x80-\x9f\xa1-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff\ufffd\ue000-\uf8ff]"
)
_MOST_NONSENSE, _FEW = 0.3, 20
_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMON = re.compile(
    "[的一二三是不在有大中人上为个地工作时和国年月日以市区县政府部门会分发成方行部及由对责任单位完公司理实施建设项目应员全]"
)
_MANY, _LEAST_COMMON = 200, 0.03
"""Han characters from which a text shows how common they are; the least share of the commonest: real pages have a fifth."""
_CALL = re.compile(r"(?:[\[〔【]\d{1,2}[\]〕】]|[1-9]\d?|[①-⑳]) ?")
_LONGEST_CALL = 6
CALL_SIZE = 0.8
"""Of the size of the print beside it, that of the largest call of a footnote."""
_CALL_GAP = 0.4
_RAISED = 0.1
"""Of the size of the print beside it, how far the call of a footnote ends above it."""


def without_overprint(runs: list[Run]) -> list[Run]:
    """The runs but those in large print over others: watermarks."""
    if not runs:
        return runs
    large = _LARGE * median([run.bottom - run.top for run in runs])
    over = {run for run in runs if run.bottom - run.top > large and any(_lies_on(run, other) for other in runs)}
    return [run for run in runs if run not in over] if over else runs


def without_calls(runs: list[Run]) -> list[Run]:
    """The runs but the calls of footnotes: figures in small print that stand high beside a text and are no power of a unit. The text takes
    their room."""
    usual = CALL_SIZE * median([run.bottom - run.top for run in runs]) if runs else 0.0
    small = [run for run in runs if run.bottom - run.top < usual and len(run.text) < _LONGEST_CALL and _CALL.fullmatch(run.text)]
    called = {run: beside for run in small if (beside := _called_by(run, runs)) is not None}
    if not called:
        return runs
    wider = {beside: max(beside.x1, run.x1) for run, beside in called.items()}
    return [run._replace(x1=wider[run]) if run in wider else run for run in runs if run not in called]


def _called_by(run: Run, runs: Sequence[Run]) -> Run | None:
    """The text that a small run stands right behind, higher than it, or before a mark of it where a line begins; None for a power of a unit."""
    raised = [
        other
        for other in runs
        if run.bottom - run.top < CALL_SIZE * (size := other.bottom - other.top)
        and other.top - _TOUCH * size < run.top
        and run.bottom < other.bottom - _RAISED * size
    ]
    for other in raised:
        if abs(run.x0 - other.x1) < _CALL_GAP * (other.bottom - other.top):
            return None if other.text[-1].isascii() and other.text[-1].isalnum() else other
    return next((o for o in raised if abs(run.x1 - o.x0) < _TOUCH * (o.bottom - o.top) and o.text[0] in NEVER_FIRST), None)


def without_marks(pale: Sequence[Run], runs: Sequence[Run]) -> list[Run]:
    """Of runs in pale print those that are no watermark: no larger than the others and not printed over them."""
    if not runs:
        return list(pale)
    large = _PALE_LARGE * median([run.bottom - run.top for run in runs])
    return [run for run in pale if run.bottom - run.top < large and not any(_touches(run, other) for other in runs)]


def _touches(a: Run, b: Run) -> bool:
    """Whether two runs share more of their height than neighbouring lines do, and some of their breadth."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > _TOUCH * (b.bottom - b.top) and min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3 * (b.bottom - b.top)


def is_legible(text: str) -> bool:
    """Whether the characters of a page can be those that it shows: fonts without a right table of their characters give signs of private
    use, Latin letters with accents, or Han characters that no notice is written with."""
    if sum(map(len, _NONSENSE.findall(text))) > _MOST_NONSENSE * max(_FEW, len(text)):
        return False
    han = _HAN.findall(text)
    return len(han) < _MANY or len(_COMMON.findall(text)) > _LEAST_COMMON * len(han)


def _lies_on(mark: Run, run: Run) -> bool:
    """Whether a run is printed over a smaller one: over more than half of its height, and some of its characters."""
    high = run.bottom - run.top
    shared = min(mark.bottom, run.bottom) - max(mark.top, run.top)
    return mark.bottom - mark.top > _LARGE * high and shared > 0.6 * high and min(mark.x1, run.x1) - max(mark.x0, run.x0) > high
