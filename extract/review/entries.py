"""The rows of a document as a reader meets them: a name in a few words, a note, and all columns that say something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extract.review.read import Found, Row
from extract.review.words import name_of_code, page_words
from extract.tables.corrections import ADDED
from extract.tables.labels import Lang, cell_label, column_label
from extract.tables.messages import message_in
from extract.tables.schema import tables

SHOWN = ("ledger", "fields", "targets", "tallies", "owners", "participants", "dates")
"""The tables whose rows stand beside the text, in the order of the filters; followups, diagnostics and repairs come after them."""

_UNSAID = {"doc_id", "measure_id", "text", "start", "end", "rule", "page", "boxes"}
_SAME = {
    "base_value": "value",
    "base_value_high": "value_high",
    "base_unit": "unit",
    "canonical": "name",
    "end_date": "start_date",
    "plan_base_value": "plan_value",
    "report_base_value": "report_value",
}
"""Columns that are said only where they differ from another one."""
_CLIP = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. start, end: its place, -1 where it has none.   marked: whether the place is drawn in the text.   name, note: what it says in short.

    facts: its columns that are not empty, named.   roles: codes that the filter by role asks for.   boxes: where it is printed, as the tables
    have it.   link: a page it leads to, with its name.
    """

    id: str
    table: str
    start: int
    end: int
    name: str
    note: str
    facts: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    roles: tuple[str, ...] = ()
    item: str = ""
    page: str = ""
    boxes: str = ""
    link: tuple[str, str] = ("", "")
    marked: bool = True


def entries(found: Found, doc_id: str, lang: Lang) -> list[Entry]:
    """All rows of a document but its items, in the order of their places; the ledger's are placed where their items are."""
    items = {row["measure_id"]: row for row in found.rows("measures", doc_id)}
    listed = [_entry(table, row, items, lang) for table in SHOWN for row in found.rows(table, doc_id)]
    places = {one.id: one for one in listed} | {name: _item(row) for name, row in items.items()}
    listed += _followups(found, doc_id, places, lang)
    listed += [_diagnostic(f"{doc_id}-x{n:04}", row, lang) for n, row in enumerate(found.rows("diagnostics", doc_id), 1)]
    listed += [_repair(row, lang) for row in found.rows("repairs", doc_id)]
    return sorted(listed, key=lambda one: (one.start, -one.end))


def _entry(table: str, row: Row, items: Mapping[str, Row], lang: Lang) -> Entry:
    key = next(one.key for one in tables() if one.name == table)
    item = items.get(row["measure_id"]) if row.get("measure_id") else None
    start, end = (row["start"], row["end"]) if "start" in row else (item["start"], item["end"]) if item else ("", "")
    name, note = _SAYS[table](row, lang)
    return Entry(
        id=row[key],
        table=table,
        start=int(start or -1),
        end=int(end or -1),
        name=name,
        note=_joined(note, _mended(row.get("corrected", ""), lang)),
        facts=facts(table, row, key, lang),
        rule=row.get("rule", ""),
        roles=tuple(code for code in (item["role"] if item else "", row.get("role", "")) if code),
        item=row.get("measure_id", ""),
        page=row.get("page", ""),
        boxes=row.get("boxes", "") or (item or {}).get("boxes", ""),
        marked=table != "ledger",
    )


def _mended(corrected: str, lang: Lang) -> str:
    """That a reader corrected or added the row."""
    return page_words(lang)["added" if corrected == ADDED else "corrected"] if corrected else ""


def facts(table: str, row: Row, key: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """The columns of a row that are not empty, each with its name; ids, places and what another column says already are left out."""
    unsaid = {key, *_UNSAID, *(name for name, other in _SAME.items() if row.get(name) == row.get(other))}
    said = {name: value for name, value in row.items() if value and name not in unsaid and not name.endswith(("_doc_id", "_row_id"))}
    names = {name: column_label(table, name, lang).replace("_", " ") for name in said}
    return tuple((names[name], name_of_code(name, cell_label(table, name, value, lang), lang)) for name, value in said.items())


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _clip(text: str) -> str:
    """The first words of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _CLIP else f"{line[: _CLIP - 1]}…"


def _value(row: Row) -> str:
    operator = "" if row["operator"] == "=" else f"{name_of_code('operator', row['operator'], 'zh')} "  # signs need no language
    sign = {"increase": "↑ ", "decrease": "↓ "}.get(row["change"], "")
    high = f"–{row['value_high']}" if row["value_high"] else ""
    return f"{sign}{operator}{row['value']}{high}{'' if row['unit'] == '%' else ' '}{row['unit']}".rstrip()


def target(row: Row, lang: Lang) -> tuple[str, str]:
    """A target in short: 灰口铸铁管道改造 46.8 公里, and the day it is due; a result says so."""
    name = f"{row['indicator']} {_value(row)}"
    return name, row["due"] if row["kind"] == "target" else name_of_code("kind", "result", lang)


def _tally(row: Row, _: Lang) -> tuple[str, str]:
    """A tally in short: 整改任务 32/43, and the day it was counted."""
    done = f"{row['done'] or '–'}/{row['total'] or '–'}" if row["done"] or row["total"] else f"{row['rate']}%" if row["rate"] else ""
    return f"{row['subject']} {done}".strip(), row["as_of"]


def matter(row: Row, lang: Lang) -> tuple[str, str]:
    """A row of the ledger in short: what is to be done, how it stands and by when."""
    status = "" if row["status"] == "unknown" else name_of_code("status", row["status"], lang)
    return _clip(row["measure"] or row["objective"] or row["problem"] or row["progress"] or row["path"]), _joined(status, row["deadline"])


def _field(row: Row, _: Lang) -> tuple[str, str]:
    return _clip(row["text"]), row["head"]


def _owner(row: Row, lang: Lang) -> tuple[str, str]:
    return _joined(row["name"], row["person"] if row["person"] != row["name"] else ""), name_of_code("role", row["role"], lang)


def _participant(row: Row, lang: Lang) -> tuple[str, str]:
    return _joined(row["person"], row["organization"], row["title"]), name_of_code("role", row["role"], lang)


def _date(row: Row, lang: Lang) -> tuple[str, str]:
    days = row["start_date"] if row["start_date"] == row["end_date"] else f"{row['start_date']}–{row['end_date']}"
    return _joined(row["text"], days), name_of_code("kind", row["kind"], lang)


_SAYS: Mapping[str, Callable[[Row, Lang], tuple[str, str]]] = {
    "ledger": matter,
    "fields": _field,
    "targets": target,
    "tallies": _tally,
    "owners": _owner,
    "participants": _participant,
    "dates": _date,
}


def _item(row: Row) -> Entry:
    return Entry(row["measure_id"], "measures", int(row["start"]), int(row["end"]), "", "", page=row["page"], boxes=row.get("boxes", ""))


def _followups(found: Found, doc_id: str, places: Mapping[str, Entry], lang: Lang) -> list[Entry]:
    """The links of a document, each where its own side of it stands, leading to the other side."""
    listed = []
    titles = {row["doc_id"]: row["title"] or row["source"] for row in found.documents}
    for row in found.followups:
        for here, there in (("plan", "report"), ("report", "plan")):
            if row[f"{here}_doc_id"] != doc_id:
                continue
            place = places.get(row[f"{here}_row_id"])
            other = row[f"{there}_doc_id"]
            values = " → ".join(f"{row[f'{side}_value'] or '–'}{row[f'{side}_unit']}" for side in ("plan", "report"))
            listed.append(
                Entry(
                    id=row["followup_id"] if here == "plan" else f"{row['followup_id']}-report",
                    table="followups",
                    start=place.start if place else -1,
                    end=place.end if place else -1,
                    name=f"{row['indicator']} {values}",
                    note=name_of_code("verdict", row["verdict"], lang),
                    facts=facts("followups", row, "followup_id", lang),
                    rule=row["rule"],
                    link=(f"{other}.html#{row[f'{there}_row_id']}", titles.get(other, other)),
                    page=place.page if place else "",
                    boxes=place.boxes if place else "",
                )
            )
    return listed


def _diagnostic(row_id: str, row: Row, lang: Lang) -> Entry:
    start, end = int(row["start"] or -1), int(row["end"] or -1)
    row = {**row, "message": message_in(row["message"], lang)}
    said = facts("diagnostics", row, "", lang)
    note = name_of_code("code", row["code"], lang)
    return Entry(row_id, "diagnostics", start, end, row["message"], note, said, page=row["page"], boxes=row.get("boxes", ""))


def _repair(row: Row, lang: Lang) -> Entry:
    """A repaired place: what stood there, and what stands there now."""
    words = page_words(lang)
    old, new = (_visible(row[name]) or words["nothing_stood"] for name in ("old", "text"))
    said = tuple((column_label("repairs", name, lang), value) for name, value in (("old", old), ("text", new)))
    note = name_of_code("code", row["code"], lang)
    return Entry(
        row["repair_id"], "repairs", int(row["start"]), int(row["end"]), f"{_clip(old)} → {_clip(new)}", note, said, page=row["page"]
    )


def _visible(text: str) -> str:
    """A text with its line ends, tabs and unprintable characters to be seen."""
    return "".join({"\n": "⏎", "\t": "⇥"}.get(char, char if char.isprintable() else f"U+{ord(char):04X}") for char in text)


def counts(listed: Sequence[Entry]) -> dict[str, int]:
    """How many rows of each table, for tables that have any, in the order of the filters."""
    order = (*SHOWN, "followups", "diagnostics", "repairs")
    totals = dict.fromkeys(order, 0)
    for one in listed:
        totals[one.table] += 1
    return {name: total for name, total in totals.items() if total}
