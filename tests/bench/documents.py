"""The documents that are measured: texts of 4,000 characters in four formats, as full of numbers as our samples are, and as notices are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path

from tests.pdf_writer import Page, pdf

ROOT = Path(__file__).parents[2]
LENGTH = 4000
USUAL = 50
"""Numerals in 4,000 characters of a notice: eleven real ones that were counted hold from 14 to 112, 50 on the average."""
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十百千万亿]{2,}")
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]+|[^。；\n]+$")

_MENU = "".join(f'<li><a href="/{i}/">栏目{i}</a></li>' for i in range(30))
_PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title><style>p {{ margin: 0 }}</style></head><body>"
    "<div class='nav'><ul>{menu}</ul></div><div class='content'><h1>{title}</h1>{body}</div>"
    "<div class='footer'>主办单位：某某办公室 版权所有</div></body></html>"
)
_LINES, _CHARACTERS, _SIZE = 22, 28, 16
"""A page as GB/T 9704 sets it: 22 lines of 28 characters of 16 points."""


def dense() -> list[str]:
    """Texts of our samples and development documents, one behind the other, cut into pieces of 4,000 characters."""
    return _pieces("\n".join(_sources()))


def usual() -> list[str]:
    """The same with so many of the sentences with numbers left out that numerals are as frequent as in real notices."""
    kept, size, numerals = [], 0, 0
    for match in _SENTENCE.finditer("\n".join(_sources())):
        found = len(_NUMERAL.findall(match[0]))
        if not found or (numerals + found) * LENGTH <= USUAL * (size + LENGTH // 10):
            kept.append(match[0])
            size, numerals = size + len(match[0]), numerals + found
    return _pieces("".join(kept))


def numerals(texts: list[str]) -> float:
    """Numerals in 4,000 characters."""
    return LENGTH * sum(len(_NUMERAL.findall(text)) for text in texts) / sum(map(len, texts))


def _sources() -> Iterator[str]:
    from extract import ingest

    for path in sorted([*ROOT.glob("samples/s[0-9]*.*"), *ROOT.glob("tests/development/docs/*")]):
        if path.suffix in (".txt", ".md", ".html"):
            yield ingest.read(path.read_bytes(), path.name).text


def _pieces(text: str) -> list[str]:
    """Pieces that end with a line, all of about the same length."""
    found, at = [], 0
    while len(text) - at > LENGTH:
        end = text.rfind("\n", at + LENGTH // 2, at + LENGTH)
        found.append(text[at : end if end > 0 else at + LENGTH])
        at += len(found[-1]) + 1
    return found


def text_file(text: str) -> bytes:
    """Plain text."""
    return text.encode()


def web_page(text: str) -> bytes:
    """A web page with a menu and a footer."""
    title, *lines = text.split("\n")
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return _PAGE.format(title=escape(title), menu=_MENU, body=body).encode()


def word_file(text: str) -> bytes:
    """A Word file, a paragraph for each line."""
    import docx

    word = docx.Document()
    for line in text.split("\n"):
        word.add_paragraph("".join(char for char in line if char >= " "))
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def pdf_file(text: str, font: str = "F1") -> bytes:
    """A PDF of six to ten pages of prose, its font embedded as office programs do."""
    lines = [
        ("　　" + line if i == 0 else line)
        for paragraph in text.split("\n")
        for i, line in enumerate([paragraph[: _CHARACTERS - 2], *_cut(paragraph[_CHARACTERS - 2 :])])
        if line
    ]
    pages = []
    for at in range(0, len(lines), _LINES):
        page = Page()
        for i, line in enumerate(lines[at : at + _LINES]):
            page.text(78, 110 + 28 * i, line, _SIZE, font=font)
        pages.append(page)
    return pdf(*pages)


def table_file(pages: int = 10, rows: int = 7) -> bytes:
    """A PDF of ruled task tables: six columns, a measure of two lines in each row."""
    heads = ("序号", "问题", "整改措施", "责任单位", "整改时限", "完成情况")
    xs = (50.0, 85.0, 190.0, 340.0, 420.0, 490.0, 550.0)
    made = []
    for number in range(pages):
        page = Page()
        page.grid(xs, [80 + 90 * row for row in range(rows + 2)])
        for row in range(rows + 1):
            cells = heads if row == 0 else (str(number * rows + row), "管网破损", "修复管网12公里", "市水务局", "2031年6月", "已完成")
            for x, cell in zip(xs, cells, strict=False):
                page.text(x + 4, 110 + 90 * row, cell, 10)
        made.append(page)
    return pdf(*made)


def _cut(text: str) -> list[str]:
    return [text[at : at + _CHARACTERS] for at in range(0, len(text), _CHARACTERS)]


def pdf_without_font(text: str) -> bytes:
    """The same PDF with a font that is not in it, for which PDFium takes one of the machine's."""
    return pdf_file(text, "F0")


FILES = {"TXT": text_file, "HTML": web_page, "DOCX": word_file, "PDF": pdf_file, "PDF without its font": pdf_without_font}
