"""Who was there, one in each row: in tables a head beside its list (出席 | 某某、某某) or a row for each person below 姓名, 单位, 职务; in lines a name
and then its posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

from extract.model import Block, Cell, Document
from extract.records.attendants import Attendant
from extract.records.names import Names
from extract.records.people import read_people
from extract.rulebook import Rulebook

_ROSTER = regex.compile(
    r"[ \t　]*+(?P<name>\p{Han}{2,4}|\p{Han}[ 　]{1,3}\p{Han}|\p{Han}{1,8}(?:·\p{Han}{1,8}){1,3})(?:[ \t　]++|[ 　]*[：，][ 　]*)(?P<titles>[^\n。]{2,60})"
)
_STRANGE = regex.compile(r"(?!合计|小计|备注|签名)[\p{Han}·]{2,8}")
_BLANKS = regex.compile(r"[ 　]+")
_ABOVE = 40
"""Characters before a table in which it is told who its persons are (参会人员名单)."""


def read_rosters(document: Document, text: str, names: Names, rulebook: Rulebook) -> Iterator[tuple[str, Attendant]]:
    """(role, who) for each person or body in the tables of the document; `text` is its text with marks of one width."""
    roles, columns = rulebook.lookup("participant_heads"), rulebook.lookup("roster_heads")
    for block in document.blocks:
        if block.kind == "table":
            yield from _beside_heads(block, text, names, roles)
            yield from _below_heads(block, text, names, roles, columns)


def _printed(text: str, cell: Cell) -> str:
    """A cell's text without blanks and a closing colon."""
    return "".join(text[cell.start : cell.end].split()).rstrip("：")


def _beside_heads(block: Block, text: str, names: Names, roles: Mapping[str, str]) -> Iterator[tuple[str, Attendant]]:
    for head, cell in zip(block.cells, block.cells[1:], strict=False):
        role = roles.get(_printed(text, head), "none")
        if role != "none" and cell.row == head.row and _printed(text, cell) not in roles:
            for who in read_people(text, cell.start, cell.end, names):
                yield role, who


def _below_heads(
    block: Block, text: str, names: Names, roles: Mapping[str, str], columns: Mapping[str, str]
) -> Iterator[tuple[str, Attendant]]:
    """The rows below a row of heads that holds one of names and one of bodies or posts."""
    heads = {cell.column: _printed(text, cell) for cell in block.cells if cell.row == 0}
    meaning = {columns.get(head) or ("name" if roles.get(head, "none") != "none" else ""): column for column, head in heads.items()}
    if "name" not in meaning or not meaning.keys() & {"body", "title"}:
        return
    above = text[max(block.start - _ABOVE, 0) : block.start].rstrip().rpartition("\n")[2]
    told = heads[meaning["name"]] + above
    default = next((roles[head] for head in sorted(roles, key=len, reverse=True) if head in told and roles[head] != "none"), "observer")
    places = {
        (row, column): cell
        for cell in block.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    for row in range(1, max(cell.row for cell in block.cells) + 1):
        found = {kind: places[row, column] for kind, column in meaning.items() if (row, column) in places}
        if "name" not in found:
            continue
        printed = {kind: _printed(text, cell) for kind, cell in found.items()}
        role = roles.get(printed.get("role", ""), default)
        body, post = names.body_and_post(printed.get("body", ""))
        for who in read_people(text, found["name"].start, found["name"].end, names) or _strange(printed["name"], found["name"], text):
            title = who.title or printed.get("title", "") or post
            yield role, who._replace(organization=who.organization or body, title=title)


def _strange(name: str, cell: Cell, text: str) -> list[Attendant]:
    """Who is named in a cell of names, though nothing but its head tells that this is a name."""
    stands = text.find(name, cell.start, cell.end)
    return [Attendant("", name, "", stands, stands + len(name))] if _STRANGE.fullmatch(name) and stands >= 0 else []


def roster_row(text: str, start: int, end: int, names: Names, *, first: bool) -> Attendant | None:
    """The person of a line that gives a name and then its posts (丁一　党组书记、局长); None for any other line.

    first: no such line came before, so that what follows the name must be known as a post.
    """
    line = _ROSTER.fullmatch(text, start, end)
    person = _BLANKS.sub("", line["name"]) if line else ""
    if line is None or not ("·" in line["name"] or names.is_person(person)):
        return None
    lead = regex.split(r"[、，\s　]", line["titles"])[0]
    body, post = names.body_and_post(lead)
    if names.is_person(lead) or (first and not post and lead not in names.posts):
        return None
    return Attendant(body if post else "", person, line["titles"].strip(), line.start("name"), line.end("name"))
