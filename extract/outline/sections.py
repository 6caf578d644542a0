"""Sections that are fields of a matter (二、责任单位 over a paragraph with names, 3.整改时限：…) into fields."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from extract.model import FieldCode
from extract.outline.tree import Draft, FieldDraft, Tree

_ASIDE = re.compile(r"[（(][^（）()]*[）)]$")
_PEOPLE = frozenset({"lead", "responsible", "support", "supervise", "deadline"})


def find_sections(tree: Tree, heads: Mapping[str, str], plain: frozenset[str]) -> None:
    """Mark the items whose heading names a field, and make their text the field's value.

    A heading with a colon behind it (3.整改时限：…) is told by itself; headings alone (二、责任单位) only in company: two or more beside
    one another, one of them for who or by when, since 整改目标 and 整改措施 are common names of plain sections too, as are the heads in `plain` (时间安排).
    """
    beside: dict[int | None, list[tuple[Draft, str, bool]]] = defaultdict(list)
    for node in tree.nodes:
        code, name = node.head_code, ""
        if not code and node.heading and node.heading.end - node.heading.start <= 14:
            name = _ASIDE.sub("", tree.text[node.heading.start : node.heading.end])
            code = heads.get(name, "")
        if code and code != "sequence":
            beside[node.parent].append((node, code, code in _PEOPLE and name not in plain))
    named: set[int] = set()
    for group in beside.values():
        together = len(group) > 1 and any(telling for _, _, telling in group)
        for node, code, _ in group:
            if node.head_code or together:
                node.head_code = code
                named.add(node.index)
    if named:
        _fill(tree, named)


def _fill(tree: Tree, named: set[int]) -> None:
    inside: dict[int, int] = {}
    for node in tree.nodes:
        if node.index in named:
            inside[node.index] = node.index
        elif node.parent in inside:
            inside[node.index] = inside[node.parent]
    parted = _hand_up(tree, named)
    values: dict[int, FieldDraft] = {}
    for piece in tree.pieces:
        if piece.node not in inside or (piece.lead and piece.node in named):
            continue
        owner = tree.nodes[inside[piece.node]]
        if piece.silent and piece.node == owner.index:
            continue
        if owner.heading and piece.start <= owner.heading.start < piece.end:
            continue
        value = values.get(owner.index)
        code = cast("FieldCode", owner.head_code)
        if value is None:
            head = tree.text[owner.heading.start : owner.heading.end] if owner.heading else ""
            value = values[owner.index] = FieldDraft(owner.parent, code, head, piece.start, piece.end, "field-section")
        value.end = max(value.end, piece.end)
        if not piece.silent and piece.field is None:
            piece.kind, piece.field, piece.head = "field", code, value.head
    tree.fields += [value for index, value in values.items() if index not in parted]


def _hand_up(tree: Tree, named: set[int]) -> set[int]:
    """Fields with heads of their own inside such a section (四、责任单位和责任人 over 责任单位：…) belong to what the section belongs to.

    Returns the sections that hold some: they are no field themselves.
    """
    parted: set[int] = set()
    for drafted in tree.fields:
        if drafted.node in named and drafted.rule == "field-inline":
            parted.add(drafted.node)
            drafted.node = tree.nodes[drafted.node].parent
    return parted
