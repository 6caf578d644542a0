"""A repaired document into its outline: parts, marks, tree, roles, passages, header."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.model import DocType, Document, Field, Node, Outline, PassageKind, Span
from extract.outline.grid import Grid
from extract.outline.header import header_of
from extract.outline.lines import Line, Part, lines_of
from extract.outline.markers import Scanner, accepted, scanner_of
from extract.outline.parts import parts_of
from extract.outline.passages import passages_of
from extract.outline.roles import assign_roles, names_of
from extract.outline.sections import find_sections
from extract.outline.tables import write_table
from extract.outline.text import TEXTUAL, Writer
from extract.outline.tree import Draft, Piece, Tree
from extract.rulebook import Rulebook

_DIRECTIVE = re.compile(r"[^，,。；;]*[要须应]|[^，,。；;]*认真|[^，,。；;]*严格")
_BARE_HEAD = re.compile(r"[\u4e00-\u9fff]{4,16}")
_KINDS: dict[str, PassageKind] = {
    "title": "title",
    "number": "number",
    "letterhead": "info",
    "info": "info",
    "addressee": "addressee",
    "signature": "signature",
    "attachment": "attachment",
    "annex": "attachment",
    "elision": "info",
    "outside": "body",
    "body": "body",
}


def outline(document: Document, rulebook: Rulebook) -> Outline:
    """The header, the tree of items, their fields and the passages of a repaired document.

    Offsets point into `document.text`. The items' own texts, with what no item holds (what stands before the first, the signature,
    notes), give the text back; children lie inside their parents.
    """
    scanner = scanner_of(rulebook)
    parts = parts_of(document, lines_of(document), rulebook, scanner)
    header = header_of(document, parts, rulebook)
    tree = _grow(document, parts, rulebook, scanner, header.doc_type)
    _drop_lone_leads(tree)
    find_sections(tree, rulebook.lookup("field_heads"), rulebook.words("plain_sections"))
    assign_roles(tree, header.doc_type, header.title, rulebook)
    return Outline(
        header=header,
        nodes=tuple(_node(document.text, draft) for draft in tree.nodes),
        fields=_fields(tree),
        passages=passages_of(tree, header.doc_type),
        diagnostics=tuple(tree.diagnostics),
    )


def _grow(document: Document, parts: list[Part], book: Rulebook, scanner: Scanner, doc_type: DocType) -> Tree:
    text = document.text
    tree = Tree(text, scanner.rank)
    writer = Writer(tree, book.lookup("field_heads"), names_of(book, "lead"), names_of(book, "", doc_type))
    marks = accepted(scanner, text, [part.line if part.kind == "body" else None for part in parts])
    grid: Grid | None = None
    openers = book.lookup("closing_openers")
    for i, (part, found) in enumerate(zip(parts, marks, strict=True)):
        line = part.line
        if part.kind == "table" and line.table is not None:
            grid = write_table(writer, scanner, line.table, grid)
            continue
        grid = None
        if part.kind == "body" and not (_ends_body(parts, i) and _closes(tree, line, openers)):
            following = parts[i + 1].line if i + 1 < len(parts) and marks[i + 1] else None
            headed = not found and following is not None and _heads(text, line, following)
            writer.line(line._replace(kind="heading", level=following.level) if headed and following else line, found)
            continue
        writer.end()
        if part.kind in ("title", "annex"):
            tree.reset()
        elif part.kind == "elision":
            tree.elide()
        else:
            tree.close_inline()
        tree.give_to(None, line.start, line.end, _KINDS[part.kind])
    for draft in reversed(tree.nodes):
        if draft.parent is not None:
            parent = tree.nodes[draft.parent]
            parent.end = max(parent.end, draft.end)
    return tree


def _fields(tree: Tree) -> tuple[Field, ...]:
    """The fields that have a value, in order of place; what only parts it from the next (；) is no part of it."""
    result = []
    for draft in tree.fields:
        end = draft.end if draft.code in TEXTUAL else draft.start + len(tree.text[draft.start : draft.end].rstrip("；;，,。 \n"))
        if 0 <= draft.start < end:
            result.append(Field(draft.node, draft.code, draft.head, draft.start, end, draft.rule))
    return tuple(sorted(result, key=lambda field: (field.start, field.end, -1 if field.node is None else field.node)))


def _ends_body(parts: list[Part], i: int) -> bool:
    """Whether the body ends with this part."""
    return i + 1 == len(parts) or parts[i + 1].kind in ("signature", "attachment", "annex", "info")


def _closes(tree: Tree, line: Line, openers: Mapping[str, str]) -> bool:
    """Whether the last paragraph of a body belongs to no item, although it bears no mark: it turns to everybody, or only closes.

    Below a bare heading it is the text of that section (三、工作要求 over 各县要…).
    """
    top = tree.top
    if top is None or line.kind != "paragraph" or top.end == (top.heading.end if top.heading else top.end):
        return False
    text = tree.text
    word = next(
        (openers[text[line.start : line.start + size]] for size in (4, 3, 2, 5, 6) if text[line.start : line.start + size] in openers), ""
    )
    return word == "end" or (word == "all" and _DIRECTIVE.search(text, line.start, min(line.end, line.start + 30)) is not None)


def _heads(text: str, line: Line, following: Line) -> bool:
    """Whether a short line without a sign, right above a numbered heading of the format, is a heading over it that only looks like one."""
    return line.kind == "paragraph" and following.kind == "heading" and _BARE_HEAD.fullmatch(text, line.start, line.end) is not None


def _drop_lone_leads(tree: Tree) -> None:
    """An item that is one sentence has no name; a lead sentence is one only where more follows."""
    for piece in tree.pieces:
        if not piece.lead or piece.node is None or _is_title(tree, piece):
            continue
        node = tree.nodes[piece.node]
        if node.children == 0 and node.end == piece.end:
            node.heading, piece.lead = None, False


def _is_title(tree: Tree, piece: Piece) -> bool:
    """Whether a lead stands without a closing mark, as a heading does."""
    heading = tree.nodes[piece.node].heading if piece.node is not None else None
    return heading is not None and heading.end == piece.end


def _node(text: str, draft: Draft) -> Node:
    return Node(
        index=draft.index,
        parent=draft.parent,
        level=draft.level,
        ordinal=draft.ordinal,
        label=draft.label,
        marker=draft.marker,
        role=draft.role or "other",
        heading=draft.heading,
        label_span=draft.label_span,
        own=_joined(text, draft.own),
        start=draft.start,
        end=draft.end,
    )


def _joined(text: str, spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans one behind the other, with nothing but white space between them, as one."""
    result: list[Span] = []
    first, last = spans[0] if spans else (0, 0)
    for start, end in spans[1:]:
        if start > last and text[last:start].strip():
            result.append(Span(first, last))
            first = start
        last = end
    return (*result, Span(first, last)) if spans else ()
