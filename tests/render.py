"""One document in every format: `python -m tests.render FILE… OUTPUT` saves each as TXT, Markdown, HTML, DOCX, DOC, RTF, ODT, PDF, OFD, XLSX, XLS, CSV.

Word, sheet and text files are written here, OFD by `tests.ofd_writer`, the others by LibreOffice. The pages look as GB/T 9704 has them:
a centred title, paragraphs indented by two characters, tables with rules, page numbers between dashes.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from extract.ingest.office import save_as
from tests.office import word_of, workbook_of
from tests.typeset import ofd_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extract.model import Block, Document
    from extract.pipeline import Converted

BY_OFFICE = {"doc": "docx", "rtf": "docx", "odt": "docx", "pdf": "docx", "xls": "xlsx", "ods": "xlsx"}
"""What LibreOffice saves, and what from."""
FORMATS = ("txt", "md", "html", "mht", "eml", "docx", "ofd", "xlsx", "csv", *BY_OFFICE)


def render(documents: Mapping[str, Converted], suffix: str) -> dict[str, bytes]:
    """By name of a document, its bytes in one format, if that can hold it: a sheet only a table, text no merged cells."""
    origin = BY_OFFICE.get(suffix, suffix)
    made = {name: WRITERS[origin](done) for name, done in documents.items() if _holds(origin, done.document)}
    return made if origin == suffix else _saved(made, suffix, origin)


def _holds(suffix: str, document: Document) -> bool:
    tables = [block for block in document.blocks if block.kind == "table"]
    if suffix == "txt":
        return not tables
    if suffix == "md":
        return not any(cell.row_span * cell.column_span > 1 or "\n" in _text(document, cell) for block in tables for cell in block.cells)
    if suffix in ("xlsx", "csv"):
        return len(tables) == 1 and 2 * (tables[0].end - tables[0].start) > len(document.text)
    return True


def _title(done: Converted) -> frozenset[int]:
    """Where the lines of titles begin."""
    return frozenset(passage.start for passage in done.outline.passages if passage.kind == "title")


def _signed(done: Converted) -> frozenset[int]:
    """Where the lines of signatures and dates below begin."""
    return frozenset(passage.start for passage in done.outline.passages if passage.kind == "signature")


def _text(document: Document, place: Block | object) -> str:
    return document.text[place.start : place.end]  # type: ignore[attr-defined]


def _markdown(document: Document) -> bytes:
    pieces: list[str] = []
    for block in document.blocks:
        if block.kind == "table":
            rows = _rows(document, block)
            rule = "|" + " --- |" * len(rows[0])
            pieces.append("\n".join(["| " + " | ".join(rows[0]) + " |", rule, *("| " + " | ".join(row) + " |" for row in rows[1:])]))
            continue
        text, at = "", block.start
        for start, end in block.bold:
            text += document.text[at:start] + "**" + document.text[start:end] + "**"
            at = end
        mark = "#" * block.level + " " if block.kind == "heading" else ""
        pieces.append(mark + text + document.text[at : block.end])
    return "\n\n".join(pieces).encode()


def _html(document: Document) -> bytes:
    pieces = []
    for block in document.blocks:
        if block.kind == "table":
            pieces.append(_html_table(document, block))
            continue
        text, at = "", block.start
        for start, end in block.bold:
            text += escape(document.text[at:start]) + f"<strong>{escape(document.text[start:end])}</strong>"
            at = end
        tag = f"h{block.level}" if block.kind == "heading" else "p"
        pieces.append(f"<{tag}>{text + escape(document.text[at : block.end])}</{tag}>")
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(pieces)}</body></html>".encode()


def _html_table(document: Document, block: Block) -> str:
    rows: dict[int, str] = {}
    for cell in block.cells:
        spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.column_span}"' * (cell.column_span > 1)
        text = "<br>".join(map(escape, _text(document, cell).split("\n")))
        rows[cell.row] = rows.get(cell.row, "") + f"<td{spans}>{text}</td>"
    return "<table>" + "".join(f"<tr>{row}</tr>" for _, row in sorted(rows.items())) + "</table>"


def _rows(document: Document, block: Block) -> list[list[str]]:
    """The texts of a table; those of merged cells where they begin."""
    height = max(cell.row + cell.row_span for cell in block.cells)
    width = max(cell.column + cell.column_span for cell in block.cells)
    rows = [[""] * width for _ in range(height)]
    for cell in block.cells:
        rows[cell.row][cell.column] = _text(document, cell)
    return rows


def _csv(document: Document) -> bytes:
    """As Excel saves it in China: GB18030, CRLF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for block in document.blocks:
        writer.writerows(_rows(document, block) if block.kind == "table" else [[_text(document, block)]])
    return stream.getvalue().encode("gb18030")


def _message(page: bytes, name: str, kind: str) -> bytes:
    """A page as a mail sends it (mixed) or a browser saves it (related)."""
    message = MIMEMultipart(kind, boundary="----=_Part")
    message["From"], message["Subject"] = "<Saved by Blink>" if kind == "related" else "office@example.org", name
    if kind == "mixed":
        message["To"] = "office@example.org"
    message.attach(MIMEText(page.decode(), "html", "utf-8"))
    return message.as_bytes()


def _saved(made: dict[str, bytes], suffix: str, origin: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.{origin}" for name in made]
        for path in paths:
            path.write_bytes(made[path.stem])
        return {path.stem: path.read_bytes() for path in save_as(suffix, paths, Path(folder) / "out")}


WRITERS: Mapping[str, Callable[[Converted], bytes]] = {
    "txt": lambda done: done.text.encode("gb18030"),
    "md": lambda done: _markdown(done.document),
    "html": lambda done: _html(done.document),
    "docx": lambda done: word_of(done.document, titles=_title(done), signed=_signed(done)),
    "ofd": lambda done: ofd_of(done.document, _title(done), _signed(done)),
    "xlsx": lambda done: workbook_of(done.document),
    "csv": lambda done: _csv(done.document),
    "mht": lambda done: _message(_html(done.document), done.document.source, "related"),
    "eml": lambda done: _message(_html(done.document), done.document.source, "mixed"),
}


def main() -> None:
    """Render files from the command line."""
    import extract

    *files, output = map(Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    documents = {path.stem: extract.convert(path) for path in files}
    for suffix in FORMATS:
        for name, data in render(documents, suffix).items():
            (output / f"{name}.{suffix}").write_bytes(data)


if __name__ == "__main__":
    main()
