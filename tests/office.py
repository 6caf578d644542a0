"""Office files for tests: from bare XML, and renderings of a document that another reader has read."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.office import PACKAGES

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
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason=f"LibreOffice is not installed: apt-get install {PACKAGES}",
)
"""Marks tests that need LibreOffice."""
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


def word_of(document: Document, *, titles: frozenset[int] = frozenset(), signed: frozenset[int] = frozenset()) -> bytes:
    """A document as Word would hold it, set as GB/T 9704 has it: headings by style, bold runs, tables with merged cells and rules.

    titles, signed: where the lines of titles and signatures begin in its text.
    """
    word = docx.Document()
    _set_page(word)
    for block in document.blocks:
        if block.kind == "table":
            _word_table(word, document, block)
            continue
        paragraph = word.add_paragraph(style=f"Heading {block.level}" if block.kind == "heading" else None)
        look = paragraph.paragraph_format
        if block.start in titles:
            look.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif block.start in signed and block.end - block.start < 20:
            look.alignment, look.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(64)
        elif block.kind != "heading":
            look.first_line_indent = Pt(32)
        at = block.start
        for start, end in block.bold:
            paragraph.add_run(document.text[at:start])
            paragraph.add_run(document.text[start:end]).bold = True
            at = end
        paragraph.add_run(document.text[at : block.end])
        if block.start in titles:
            for run in paragraph.runs:
                run.font.size = Pt(22)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


def _set_page(word: docx.document.Document) -> None:
    """A4 with the margins of GB/T 9704, 16 points, and page numbers between dashes."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    look = word.styles["Normal"]
    look.font.size, look.font.name = Pt(16), "Noto Serif CJK SC"
    look.element.rPr.rFonts.set(f"{{{W}}}eastAsia", "Noto Serif CJK SC")
    look.paragraph_format.line_spacing, look.paragraph_format.space_after = Pt(28), Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = foot.add_run()
        if kind:
            run._r.append(run._r.makeelement(f"{{{W}}}fldChar", {f"{{{W}}}fldCharType": kind}))
        else:
            instruction = run._r.makeelement(f"{{{W}}}instrText", {})
            instruction.text = text
            run._r.append(instruction)
    foot.add_run(" —")


def _word_table(word: docx.document.Document, document: Document, block: Block) -> None:
    height = max(cell.row + cell.row_span for cell in block.cells)
    width = max(cell.column + cell.column_span for cell in block.cells)
    table = word.add_table(height, width, style="Table Grid")
    for cell in block.cells:
        first = table.cell(cell.row, cell.column)
        last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        merged = first.merge(last) if first._tc is not last._tc else first
        merged.text = ""
        lines = document.text[cell.start : cell.end].split("\n")
        merged.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            merged.add_paragraph(line)
        for paragraph in merged.paragraphs:
            paragraph.paragraph_format.line_spacing = 1.0
            for run in paragraph.runs:
                run.font.size = Pt(10.5)
    weights = [2.0] * width
    for cell in block.cells:
        if cell.column_span == 1:
            weights[cell.column] = max(weights[cell.column], min(30.0, (cell.end - cell.start) ** 0.8))
    for column, weight in enumerate(weights):
        for cell in table.columns[column].cells:
            cell.width = Mm(156 * weight / sum(weights))


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
