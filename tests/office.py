"""Office files for tests: from bare XML, and renderings of a document that another reader has read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl

from extract.errors import IngestError
from extract.ingest import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.model import Block, Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
REFUSALS = frozenset({"damaged", "no_text", "forbidden_xml", "too_large", "encrypted", "unknown_format", "unsupported_format", "empty"})
"""The codes that a damaged office file may be refused with."""


def outcome(data: bytes, name: str) -> str:
    """`text` or `nothing` for what a file holds, or the code that it is refused with."""
    try:
        return "text" if read(data, name).text else "nothing"
    except IngestError as error:
        return error.code


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of the parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_file(body: str, *, styles: str = "", numbering: str = "", **more: str) -> bytes:
    """A Word file of bare XML: the content of its body, of w:styles and of w:numbering; `more`: parts by their names, `__` for `/`."""
    inner = {"document": f"<w:body>{body}</w:body>", "styles": styles, "numbering": numbering}
    parts = {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{xml}</w:{name}>" for name, xml in inner.items() if xml or name == "document"}
    kinds = "".join(
        f'<Relationship Id="r{name}" Type="{KINDS}/{name}" Target="{name}.xml"/>' for name in inner if f"word/{name}.xml" in parts
    )
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{RELATIONSHIPS}">{kinds}</Relationships>'
    return packed({"[Content_Types].xml": "<Types/>"} | parts | {name.replace("__", "/") + ".xml": xml for name, xml in more.items()})


def word_of(document: Document) -> bytes:
    """A document as Word would hold it: headings by style, bullets by list, bold runs, tables with merged cells."""
    word = docx.Document()
    for block in document.blocks:
        if block.kind == "table":
            _word_table(word, document, block)
            continue
        text = document.text[block.start : block.end]
        style = f"Heading {block.level}" if block.kind == "heading" else None
        paragraph = word.add_paragraph(style=style)
        at = block.start
        for start, end in block.bold:
            paragraph.add_run(document.text[at:start])
            paragraph.add_run(document.text[start:end]).bold = True
            at = end
        paragraph.add_run(document.text[at : block.start + len(text)])
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _word_table(word: docx.document.Document, document: Document, block: Block) -> None:
    height = max(cell.row + cell.row_span for cell in block.cells)
    width = max(cell.column + cell.column_span for cell in block.cells)
    table = word.add_table(height, width)
    for cell in block.cells:
        first = table.cell(cell.row, cell.column)
        last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        merged = first.merge(last) if first._tc is not last._tc else first
        merged.text = ""
        lines = document.text[cell.start : cell.end].split("\n")
        merged.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            merged.add_paragraph(line)


def workbook_of(document: Document) -> bytes:
    """A document whose body is one table as a workbook: the other lines as lone cells above and below it, merged over its columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    width = max((cell.column + cell.column_span for block in document.blocks for cell in block.cells), default=1)
    row = 1
    for block in document.blocks:
        if block.kind != "table":
            sheet.cell(row, 1, document.text[block.start : block.end])
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
            row += 1
            continue
        for cell in block.cells:
            y, x = row + cell.row, cell.column + 1
            text = document.text[cell.start : cell.end]
            sheet.cell(y, x, int(text) if text.isascii() and text.isdigit() else text)
            if cell.row_span * cell.column_span > 1:
                sheet.merge_cells(start_row=y, end_row=y + cell.row_span - 1, start_column=x, end_column=x + cell.column_span - 1)
        row += max(cell.row + cell.row_span for cell in block.cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
