"""Documents made by hand for the tests of the outline, without reader or repair."""

from __future__ import annotations

import re

from extract.model import Block, Cell, Document, Span

_HEADING = re.compile(r"(#{1,6}) ")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def document(text: str, *, meta: dict[str, str] | None = None) -> Document:
    """A document from marked-up lines: `# ` a heading, ** bold, lines of | cells | a table (`<` and `^`: merged leftwards, upwards)."""
    blocks: list[Block] = []
    out: list[str] = []
    place = 0
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            block, content = _table(rows, place)
            blocks.append(block)
            out.append(content)
            place += len(content) + 1
            rows = []
        if line:
            block, content = _paragraph(line, place)
            blocks.append(block)
            out.append(content)
            place += len(content) + 1
    return Document("notice.txt", "txt", "\n".join(out), tuple(blocks), meta=meta or {})


def _paragraph(line: str, place: int) -> tuple[Block, str]:
    heading = _HEADING.match(line)
    line = line[heading.end() :] if heading else line
    bold: list[Span] = []
    content = ""
    last = 0
    for match in _BOLD.finditer(line):
        content += line[last : match.start()]
        bold.append(Span(place + len(content), place + len(content) + len(match[1])))
        content += match[1]
        last = match.end()
    content += line[last:]
    end = place + len(content)
    return Block("heading" if heading else "paragraph", place, end, len(heading[1]) if heading else 0, tuple(bold)), content


def _table(rows: list[list[str]], place: int) -> tuple[Block, str]:
    content = ""
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            across = next((k for k in range(c + 1, len(row)) if row[k] != "<"), len(row)) - c
            down = next((k for k in range(r + 1, len(rows)) if rows[k][c] != "^"), len(rows)) - r
            text = cell.replace("<br>", "\n")
            cells.append(Cell(r, c, down, across, place + len(content), place + len(content) + len(text)))
            content += text + "\t"
        content = content.removesuffix("\t") + "\n"
    content = content.removesuffix("\n")
    return Block("table", place, place + len(content), cells=tuple(cells)), content
