"""Corrected documents as gold, and corrected rows as examples of the rules that made them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from extract.errors import WriteError
from extract.tables.added import READER
from extract.tables.corrections import Correction, written
from extract.tables.schema import tables
from extract.write import csv_file

_GOLD = {
    "document": ("title", "doc_type", "issuer", "doc_number", "region", "published", "inspection_level", "inspection_round"),
    "targets": ("kind", "indicator", "change", "operator", "value", "value_high", "unit", "due", "text"),
    "tallies": ("subject", "total", "done", "ongoing", "pending", "as_of", "text"),
    "owners": ("name", "role"),
    "participants": ("role", "organization", "person"),
}
_ITEM = frozenset({"targets", "owners"})
_PROVED = {
    "targets": ("kind", "indicator", "action", "change", "operator", "value", "value_high", "unit"),
    "tallies": ("subject", "total", "done", "ongoing", "pending", "rate"),
    "owners": ("name", "role"),
    "participants": ("role", "organization", "person"),
    "dates": ("kind", "start_date", "end_date"),
}
_EDGE = re.compile(r"[。！？\n]")
_BEGINS = 12


def export(output: Path, corrections: Sequence[Correction], folder: Path) -> list[Path]:
    """Write `gold/NAME.json` for every corrected document, its tables as they stand by now, and `examples.yml`: for each rule that made
    a corrected row, examples (and near misses, from rows taken out) to be put into its file.

    Returns the files written. Raises WriteError.
    """
    documents = {one.doc_id for one in corrections}
    rows: dict[str, list[Any]] = {
        table.name: [row for row in csv_file.read(table, output / f"{table.name}.csv") if getattr(row, "doc_id", "") in documents]
        for table in tables()
    }
    written_files = []
    try:
        (folder / "gold").mkdir(parents=True, exist_ok=True)
        for document in rows["documents"]:
            mine = {name: [row for row in listed if getattr(row, "doc_id", "") == document.doc_id] for name, listed in rows.items()}
            path = folder / "gold" / f"{_name(document.source)}.json"
            path.write_text(json.dumps(_gold(document, mine), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            written_files.append(path)
        texts = {document.doc_id: _text(output, document.doc_id) for document in rows["documents"]}
        path = folder / "examples.yml"
        path.write_text(_examples(corrections, rows, texts), encoding="utf-8")
        written_files.append(path)
    except OSError as error:
        raise WriteError(f"{folder}: cannot write here: {error.strerror or error}") from error
    return written_files


def _name(source: str) -> str:
    """A file name from a source: the folders of an input must not become folders here."""
    return re.sub(r"[^\w.\-]+", "_", str(PurePosixPath(source).with_suffix("")).strip("/").replace("/", "_")).lstrip(".") or "document"


def _text(output: Path, doc_id: str) -> str:
    return (output / "texts" / f"{doc_id}.txt").read_text(encoding="utf-8")


def _gold(document: Any, rows: dict[str, list[Any]]) -> dict[str, Any]:
    numbers = {row.measure_id: f"m{place}" for place, row in enumerate(rows["measures"], 1)}
    gold: dict[str, Any] = {
        "source": document.source,
        "document": {name: written(getattr(document, name)) for name in _GOLD["document"]},
        "measures": [
            {
                "id": numbers[row.measure_id],
                "parent": numbers.get(row.parent_id),
                "label": row.label,
                "heading": row.heading,
                "begins": row.text.removeprefix(row.label).strip()[:_BEGINS],
                "role": row.role,
            }
            for row in rows["measures"]
        ],
    }
    for name in ("targets", "tallies", "owners", "participants"):
        gold[name] = [
            ({"measure": numbers.get(row.measure_id)} if name in _ITEM else {}) | {key: _plain(getattr(row, key)) for key in _GOLD[name]}
            for row in rows[name]
        ]
    gold["dates"] = [
        {"kind": row.kind, "start": _plain(row.start_date), "end": _plain(row.end_date), "text": row.text} for row in rows["dates"]
    ]
    return gold


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _examples(corrections: Iterable[Correction], rows: dict[str, list[Any]], texts: dict[str, str]) -> str:
    """YAML by rule. A text is the sentence of the row, and `find` all rows of the rule in it, since an example must yield exactly those."""
    import yaml

    found: defaultdict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for one in corrections:
        if one.table not in _PROVED or one.doc_id not in texts:
            continue
        start, end = _sentence(texts[one.doc_id], one.start, one.end)
        inside = [row for row in rows[one.table] if row.doc_id == one.doc_id and start <= row.start and row.end <= end]
        here = [row for row in inside if (row.start, row.end) == (one.start, one.end)]
        rule = here[0].rule if here and not one.quote else one.rule
        listed = [{key: _plain(getattr(row, key)) for key in _PROVED[one.table]} for row in inside if row.rule == rule]
        listed = [{key: cell for key, cell in row.items() if cell not in ("", None)} for row in listed]
        text = texts[one.doc_id][start:end]
        key, case = (
            ("examples", {"text": text, "find": listed})
            if listed
            else ("not", {"text": text, "why": one.comment or "a reader took the row out"})
        )
        cases = found[f"{READER}-{one.table}" if rule == READER else rule].setdefault(key, [])
        if case not in cases:
            cases.append(case)
    content = [{"id": rule, **cases} for rule, cases in sorted(found.items())]
    head = (
        "# From corrections of readers: put each case under the rule of its id (reader-…: rows that readers added, for the rule that is to read\n"
        "# them), and write it anew where the text is not yours to publish.\n"
    )
    return head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=140)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = max((mark.end() for mark in _EDGE.finditer(text, 0, start)), default=0)
    after = _EDGE.search(text, max(end - 1, start))
    return before, after.end() if after and after[0] != "\n" else after.start() if after else len(text)
