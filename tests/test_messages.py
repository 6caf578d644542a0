"""What diagnostics and outcomes say, in Chinese: every message that the code can make has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from extract.batch.find import SKIPPED
from extract.ingest.ocr import HINT
from extract.tables.messages import message_in

PACKAGE = Path(__file__).parents[1] / "extract"
KNOWN: dict[str, str] = yaml.safe_load((PACKAGE / "tables" / "messages.yml").read_text(encoding="utf-8"))
MAKERS = {"Diagnostic": 2, "IngestError": 0, "failed": 2, "_note": 3, "ExtractError": 0, "WriteError": 0, "_bad": 1, "say": 0, "told": 0}
"""What makes a message, and which of its arguments it is."""


def sample(node: ast.expr) -> str | None:
    """A message as it may come out: 7 where a value stands."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "7" for part in node.values)
    return None


def made() -> Iterator[tuple[str, str]]:
    """Each message that stands written in a call of its maker, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                place = MAKERS[node.func.id]
                said = sample(node.args[place]) if len(node.args) > place else None
                if said and " " in said:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", said


UNTOLD = {"7: 7", "7: 7: 7", "7: 7; the next run tries again", "page 7 7", "7 hidden 7 of the sheet 7 are left out"}
"""Messages whose words come from elsewhere; BUILT has those."""
BUILT = [
    *SKIPPED.values(),
    *(f"{count} hidden {kind} of the sheet 表7 are left out" for count in "7" for kind in ("rows", "columns")),
    "page 7 is broken; nothing of it was read",
    "page 7 is a picture in which no text was recognised",
    f"page 7 is a picture without a text layer; {HINT}",
    "问题: the total is 7, the parts are 3 + 2",
    "问题: the text says 7, the list has 6",
    "targets.csv:7: value: 7 is no number",
    "targets.csv:7: due: 7 is no date (YYYY-MM-DD)",
    "targets.csv:7: value cannot be empty",
    "targets.csv:7: kind takes 7, result",
    "targets.csv:7: targets-7 is no row of out",
    "targets.csv:7: a row of targets needs kind (target, result7)",
    "targets.csv:7: no row can be added to ledger, which follows from other tables; add to fields7",
    "a.xlsx, targets, row 7: t0007 of targets is another row by now (start); use the workbook of the last run",
    "7 files, 7 of them read; nothing has changed since the last run",
    "7.pdf: it takes more than 60 seconds; --max-seconds sets the limit; the next run tries again",
]
MADE = [one for one in made() if one[1] not in UNTOLD] + [("built", said) for said in BUILT]


def test_the_messages_of_the_code_are_found() -> None:
    assert len(MADE) > 60


@pytest.mark.parametrize("said", [said for _, said in MADE], ids=[f"{n}-{place}" for n, (place, _) in enumerate(MADE)])
def test_a_message_has_its_chinese(said: str) -> None:
    whole = said if message_in(said, "zh") != said else f"7: {said}"  # what is wrong in an edit stands behind its place
    chinese = message_in(whole, "zh")
    assert chinese != whole
    assert said.count("7") == 0 or "7" in chinese
    assert message_in(said, "en") == said


@pytest.mark.parametrize("english", KNOWN)
def test_a_message_keeps_all_that_differs(english: str) -> None:
    values = [f"甲{n}乙" for n in range(english.count("{}"))]
    chinese = message_in(english.format(*values), "zh")
    if english != "{}: not readable as {}: {}":  # the format's English name and the library's reason are told together
        assert {field for _, field, _, _ in Formatter().parse(KNOWN[english]) if field is not None} == {str(n) for n in range(len(values))}
    assert all(value in chinese for value in values)


def test_an_unknown_message_is_told_as_it_is() -> None:
    assert message_in("something {odd} happened", "zh") == "something {odd} happened"
    assert message_in("a name was struck out: {0}\n{}", "zh") == "名称已被隐去：{0}\n{}"
