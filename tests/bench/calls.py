"""What is measured against what: our whole path, the usual calls, and other tools, each as a function of a file's bytes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.rulebook import Rulebook

Call = Callable[[bytes], object]
Read = Callable[[bytes], str]
Tell = Callable[[str], object]

OURS = "Taizhang, file to rows"
USUAL = "usual calls: text, jieba.posseg, spaCy with jieba"


def ours() -> Call:
    """The whole path, from bytes to the rows of all tables."""
    from extract.pipeline import convert

    book = ready()
    return lambda data: convert(data, "bench", book)


def ready() -> Rulebook:
    """The rules, once they have read their own examples: patterns compile when first used, which start-up is charged with."""
    from extract import rulebook
    from extract.pipeline import convert
    from extract.rulebook.where import default_rules

    book = rulebook.load(default_rules())
    convert("\n".join(example.text for rule in book.rules for example in rule.examples).encode(), "examples", book)
    return book


def posseg() -> Tell:
    """Words and tags by jieba."""
    import jieba.posseg

    return lambda text: list(jieba.posseg.cut(text))


def spacy() -> Tell:
    """A document by spaCy's Chinese with the jieba segmenter."""
    from spacy.lang.zh import Chinese

    return Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "jieba"}}})


def usual(read: Read, words: Tell, parsed: Tell) -> Call:
    """The text of a file, read once, by both."""

    def call(data: bytes) -> object:
        text = read(data)
        return words(text), parsed(text)

    return call


def jionlp(read: Read) -> Call:
    """Times and sums of money by JioNLP: two of the five kinds of value that we read."""
    import jionlp

    return lambda data: (jionlp.ner.extract_time(read(data)), jionlp.ner.extract_money(read(data)))


def page_text(data: bytes) -> str:
    """The text of a page's body, as a script would take it."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(data).body
    return body.text(separator="\n", strip=True) if body else ""


def word_text(data: bytes) -> str:
    """The paragraphs of a Word file by python-docx."""
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)


def pdf_text(data: bytes) -> str:
    """The text of a PDF by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as file:
        return "\n".join(page.extract_text() for page in file.pages)


def pdf_tables(data: bytes) -> object:
    """The tables of a PDF by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as file:
        return [page.extract_tables() for page in file.pages]


def trafilatura(data: bytes) -> object:
    """The main text of a page by trafilatura."""
    from trafilatura import extract

    return extract(data, include_tables=True)


def markitdown(suffix: str) -> Call:
    """A file as Markdown by markitdown."""
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda data: converter.convert_stream(BytesIO(data), file_extension=suffix)


READERS: dict[str, Read] = {"TXT": bytes.decode, "HTML": page_text, "DOCX": word_text, "PDF": pdf_text}


def calls_for(format_: str) -> dict[str, Call]:
    """All calls that can read a format; ours first, the usual ones next."""
    format_ = format_.partition(" ")[0]
    read = READERS[format_]
    words, parsed = posseg(), spacy()
    found: dict[str, Call] = {
        OURS: ours(),
        USUAL: usual(read, words, parsed),
        "jieba.posseg": lambda data: words(read(data)),
        "spaCy with jieba": lambda data: parsed(read(data)),
        "JioNLP, time and money": jionlp(read),
    }
    if format_ == "HTML":
        found["trafilatura"] = trafilatura
    if format_ == "DOCX":
        found["python-docx, paragraphs"] = word_text
    if format_ == "PDF":
        found["pdfplumber, extract_text"] = pdf_text
    if format_ != "TXT":
        found["markitdown"] = markitdown(f".{format_.lower()}")
    return found
