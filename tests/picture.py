"""Draws docs/explain.svg, what `taizhang explain` shows of a sample: `python -m tests.picture`."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from extract.explain import explain
from extract.pipeline import convert
from extract.rulebook import load
from extract.rulebook.where import default_rules

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "s04_heichou_xiaohao.html"
PICTURE = ROOT / "docs" / "explain.svg"
LINES = 34
WIDTH = 110


def drawn() -> str:
    """The picture, without web fonts: the fonts of the reader's machine do."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False, force_terminal=True)
    for line in list(explain(convert(SAMPLE.read_bytes(), SAMPLE.name, load(default_rules()))))[:LINES]:
        console.print(line, overflow="ellipsis", no_wrap=True)
    picture = console.export_svg(title=f"taizhang explain samples/{SAMPLE.name}", unique_id="explain")
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
