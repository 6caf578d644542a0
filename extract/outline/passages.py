"""The pieces of the tree as passages: what the finders read."""

from __future__ import annotations

from operator import attrgetter

from extract.model import DocType, Passage, Role
from extract.outline.lines import trim
from extract.outline.roles import default_role, field_role
from extract.outline.tree import Piece, Tree


def passages_of(tree: Tree, doc_type: DocType) -> tuple[Passage, ...]:
    """The passages of a tree in document order, without marks and heads."""
    outside: Role = default_role(doc_type) if doc_type in ("progress", "news", "minutes") else "other"
    text = tree.text
    result = []
    for piece in sorted(tree.pieces, key=attrgetter("start")):
        if piece.silent:
            continue
        start, end = piece.start, piece.end
        if text[start].isspace() or text[end - 1].isspace():
            start, end = trim(text, start, end)
        if start < end:
            result.append(
                Passage(piece.kind, start, end, piece.node, _role(tree, piece, outside), piece.field, piece.head, piece.row, piece.lead)
            )
    return tuple(result)


def _role(tree: Tree, piece: Piece, outside: Role) -> Role:
    if piece.field is not None:
        return field_role(piece.field)
    if piece.node is None:
        return outside if piece.kind in ("body", "statistic", "cell") else "other"
    return tree.nodes[piece.node].role or "other"
