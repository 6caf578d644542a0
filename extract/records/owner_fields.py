"""The value of an owner field (责任单位：区水务局（牵头）；区农业局、林业局（配合）): names, marks, persons."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast

import regex

from extract.model import OwnerRole
from extract.records.name_lists import RECURS, Name, read_names
from extract.records.names import Names, pattern
from extract.records.people import belongs_to_next, named_person
from extract.rulebook import Rulebook

_CLOSING = "。；，、. \n"
_PART = regex.compile(r"[^；。]+")
_PIECE = regex.compile(r"(?:[^、，/|\s（）]++|（[^（）]{0,60}+）|[（）])++")
_HAN = regex.compile(r"[\p{Han}·]{2,12}")
_REDACTED = regex.compile(r"[*×＊XＸ]+")
_BRACKET = regex.compile(r"（([^（）]*)）")
_FIGURE = regex.compile(r"[\d.%％－—-]+|[合总小]计|(?:实际|累计|年度)\p{Han}{0,4}")
"""What stands in a cell of a table of figures, no name."""
_CELLS = 3
"""Pieces in a row without a known head that are cells rather than names."""
LONGEST = 30
"""Characters of the longest piece of a field that is taken for a name though its head is not known."""


class FieldRow(NamedTuple):
    """A name of a field; role: where the field marks it (（牵头）, 配合单位：), else None."""

    name: Name
    role: OwnerRole | None
    person: str
    title: str


def read_field(text: str, start: int, end: int, names: Names, rulebook: Rulebook) -> list[FieldRow]:
    """The names of the owner field text[start:end], in order; none where it only refers (同第1项) or is empty (无, —)."""
    rows = (_rows if end - start <= RECURS else _rows.__wrapped__)(text[start:end], names, rulebook)
    return [row._replace(name=Name(row.name.start + start, row.name.end + start, row.name.kind)) for row in rows]


@lru_cache(maxsize=1 << 12)
def _rows(text: str, names: Names, rulebook: Rulebook) -> tuple[FieldRow, ...]:
    """The same for a value by itself: a document names the same bodies in many fields."""
    start, end = 0, len(text.rstrip(_CLOSING))
    fragments = rulebook.fragments
    if text[start:end].count("）") > text[start:end].count("（"):
        end = text.rindex("）", start, end)
    if pattern(fragments["no_owner"].source).match(text, start, end):
        return ()
    heads = rulebook.lookup("owner_heads")
    label = pattern(fragments["owner_label"].source, owner_heads=rulebook.words("owner_heads"))
    rows: list[FieldRow] = []
    for part in _PART.finditer(text, start, end):
        place, role = part.start(), None
        for head in label.finditer(text, part.start(), part.end()):
            rows += _read_part(text, place, head.start(), role, names, rulebook)
            place, role = head.end(), cast(OwnerRole, heads[head["label"]])
        rows += _read_part(text, place, part.end(), role, names, rulebook)
    return tuple(rows)


def _read_part(text: str, start: int, end: int, role: OwnerRole | None, names: Names, rulebook: Rulebook) -> list[FieldRow]:
    """The names between two semicolons; a mark （配合） or （共同牵头） holds for the names before it back to the mark before, （牵头） for one."""
    marks = pattern(rulebook.fragments["role_mark"].source)
    if pattern(rulebook.fragments["said_role"].source).search(text, start, end):
        return []
    rows: list[FieldRow] = []
    place = start
    for mark in marks.finditer(text, start, end):
        marked = cast(OwnerRole, next(key for key, value in mark.groupdict().items() if value))
        group = _read_names(text, place, mark.start(), names)
        alone = len(group) - 1 if marked == "lead" and "共同" not in mark[0] else 0
        rows += [row._replace(role=marked if number >= alone else role) for number, row in enumerate(group)]
        place = mark.end()
    return rows + [row._replace(role=role) for row in _read_names(text, place, end, names)]


def _read_names(text: str, start: int, end: int, names: Names) -> list[FieldRow]:
    """The names of a list without marks: known heads first, else piece by piece, as a field holds nothing but names."""
    listed = read_names(names, text, start, end, trim=False, loose=True)
    pieces = [(piece.start(), piece.end()) for piece in _PIECE.finditer(text, start, end)]
    noted = any(_is_noted_person(text, *piece, names) for piece in pieces)  # 方怡（县水利局局长）、各镇分管负责人
    if listed is not None and not noted and not any(character.isspace() for character in text[start:end].strip()):
        return _with_persons(text, [_row(text, name, names) for name in listed.names], names)
    rows: list[FieldRow] = []
    while pieces:
        first = pieces.pop(0)
        row = _piece(text, *first, names)
        if rows and (row is None or row.name.kind in ("person", "place")) and _begins_table(text, first, pieces, names):
            break
        # A name that a cell's narrow column broke is whole only with what follows; one line may hold a list of its own.
        if row is None and pieces and text[first[1]].isspace() and names.kind_of(_joined(text, first[0], pieces[0][1])) is not None:
            row = FieldRow(Name(first[0], pieces[0][1], "organization"), None, "", "")
            pieces.pop(0)
        if row is None:
            inner = read_names(names, text, *first, trim=False, loose=True)
            rows += [_row(text, name, names) for name in inner.names] if inner else _unknown(text, *first, names)
        else:
            rows.append(row)
    return _with_persons(text, rows, names)


def _begins_table(text: str, first: tuple[int, int], following: list[tuple[int, int]], names: Names) -> bool:
    """Do the cells of a flattened table begin at a piece behind a blank: a number or a sum among them, or several in a row that are no names?"""
    if not text[first[0] - 1].isspace():
        return False
    cells = [text[start:end] for start, end in (first, *following)]
    if any(_FIGURE.fullmatch(cell) for cell in cells):
        return True
    return len(cells) >= _CELLS and not any(names.is_person(cell) or names.kind_of(cell, loose=True) for cell in cells[:_CELLS])


def _is_noted_person(text: str, start: int, end: int, names: Names) -> bool:
    """Is this a personal name with the post in a bracket behind it, or a body with a person's name there?"""
    bracket = _BRACKET.search(text, start, end)
    if bracket is None:
        return False
    return names.is_person(bracket[1]) or (names.is_person(text[start : bracket.start()]) and names.body_and_post(bracket[1])[1] != "")


def _joined(text: str, start: int, end: int) -> str:
    return "".join(text[start:end].split())


def _piece(text: str, start: int, end: int, names: Names) -> FieldRow | None:
    """One piece as a name of a body or a person (杨正坤（州生态环境局局长）, 市住建局局长王强), or None."""
    bracket = _BRACKET.search(text, start, end)
    outside = text[start : bracket.start()] if bracket else text[start:end]
    post = names.body_and_post(bracket[1])[1] if bracket else ""
    if post and _HAN.fullmatch(outside) and names.kind_of(outside, loose=True) is None:  # 格日勒图（旗林草局局长）
        return FieldRow(Name(start, start + len(outside), "person"), None, outside, post)
    if names.is_person(outside) and (bracket or names.kind_of(outside) is None):
        return FieldRow(Name(start, start + len(outside), "person"), None, outside, post)
    if bracket and names.is_person(bracket[1]) and names.kind_of(outside, loose=True) is not None:
        return _row(text, Name(start, start + len(outside), names.kind_of(outside, loose=True) or "organization"), names)
    kind = names.kind_of(text[start:end], loose=True)
    if kind is not None:
        return _row(text, Name(start, end, kind), names)
    for length in (3, 2, 4):
        person, body = outside[-length:], outside[:-length]
        if len(body) > 1 and names.is_person(person) and names.kind_of(body) == "person":
            return FieldRow(Name(start + len(body), start + len(outside), "person"), None, person, names.body_and_post(body)[1])
        told = names.kind_of(body) if len(body) > 3 and names.is_person(person) else None
        if told in ("organization", "place"):  # 牵头单位及责任人：市水务局方怡
            return FieldRow(Name(start, start + len(body), told), None, person, "")
    name, person, title = named_person(text, Name(start, start + len(outside), "person"), names)
    return FieldRow(name, None, person, title) if person and title else None


def _unknown(text: str, start: int, end: int, names: Names) -> list[FieldRow]:
    """A piece whose head is not known, taken as it stands unless it is too long or a phrase."""
    if (
        not _HAN.search(text, start, end)
        or end - start > LONGEST
        or _FIGURE.match(text, start, end)
        or names.patterns["not_in_name"].search(_REDACTED.sub("某", text[start:end]))
    ):
        return []
    return [FieldRow(Name(start, end, "organization"), None, "", "")]


def _row(text: str, name: Name, names: Names) -> FieldRow:
    if name.kind != "person":
        return FieldRow(name, None, "", "")
    name, person, title = named_person(text, name, names)
    return FieldRow(name, None, person, title)


def _with_persons(text: str, rows: list[FieldRow], names: Names) -> list[FieldRow]:
    """王强 市住建局局长, 县委常委、副县长王强: a post that follows or precedes a personal name is that person's."""
    kept: list[FieldRow] = []
    for row in rows:
        last = kept[-1] if kept else None
        beside = last is not None and text[last.name.end : row.name.start].isspace()
        if last is not None and beside and last.person and not last.title and row.title and not row.person:
            kept[-1] = last._replace(title=row.title)
        elif last is not None and beside and row.person and not row.title and last.title and not last.person:
            kept[-1] = row._replace(title=last.title)
            if len(kept) > 1 and not kept[-2].person and kept[-2].title and belongs_to_next(text, kept[-2].name, last.name, names):
                del kept[-2]  # 县委常委、副县长 王强
        elif last is not None and not last.person and row.title and row.person and belongs_to_next(text, last.name, row.name, names):
            kept[-1] = row
        else:
            kept.append(row)
    return kept
