"""Pages of government sites: the notice kept, the site around it dropped."""

from __future__ import annotations

from lxml import etree

from extract.errors import IngestError
from extract.ingest import page
from extract.ingest.charset import decode
from extract.ingest.facts import page_facts, sort_out
from extract.ingest.flow import Flow, Part, block_of
from extract.ingest.rejoined import rejoined
from extract.model import Block, RawDocument


def read_html(data: bytes, source: str, name: str) -> RawDocument:
    """The notice on a page, block after block: its title, its line of date and source, its body with tables.

    What the browser does not show, and the site's furniture (navigation, share links, footers), is gone; the repairs hold
    `boilerplate` if any of it could be seen. What a charset declaration says is not believed: the bytes decide. Facts of meta tags and
    of the table of 索引号、发文机关 … are in `meta`. Raises IngestError: `no_text` where nothing can be read, `too_deep` where tags
    nest too deeply.
    """
    text, encoding = decode(data)
    root = _parse(text, source)
    layout = page.find(root)
    parts = Flow(layout).read(root)
    facts = page_facts(root)
    kept = sort_out(parts, facts)
    if not any(c.isalnum() for part in kept for c in part.text):
        raise IngestError(f"{source}: no text in it", code="no_text")
    body, blocks = _join(rejoined(kept))
    visible = layout.dropped_text or len(kept) < len(parts)
    repairs = (("boilerplate",) if visible else ()) + (("encoding",) if encoding != "utf-8" else ())
    return RawDocument(source, name, body, blocks, meta=facts, repairs=repairs)


def parts_of(fragment: str, source: str) -> list[Part]:
    """The blocks of a piece of HTML inside another text. Raises IngestError as `read_html` does."""
    root = _parse(fragment, source)
    return Flow(page.find(root)).read(root)


def _parse(text: str, source: str) -> etree._Element:
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise IngestError(f"{source}: not readable as a page: {error}", code="no_text") from error
    if root is None:
        raise IngestError(f"{source}: no text in it", code="no_text")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise IngestError(f"{source}: its tags nest too deeply", code="too_deep")
    return root


def _join(parts: list[Part]) -> tuple[str, tuple[Block, ...]]:
    blocks = []
    at = 0
    for part in parts:
        blocks.append(block_of(part, at))
        at += len(part.text) + 1
    return "\n".join(part.text for part in parts), tuple(blocks)
