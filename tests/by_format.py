"""How well each format is read: `python -m tests.by_format` saves the samples in every format, reads them back and holds the rows against the
gold: F1 of rows found / of rows right in every field, and the mean of both over the tables. The exit status is 1 where one is worse than it must be."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from PIL import Image

from tests.render import FORMATS, render
from tests.scan_writer import DPI, saved

if TYPE_CHECKING:
    from extract.pipeline import Converted
    from extract.rulebook import Rulebook

SAMPLES = Path(__file__).parent.parent / "samples"
SCAN = "tif"
TABLES = ("measures", "targets", "tallies", "owners", "participants", "dates")
_TURNED = 0.5
"""Degrees by which a scan lies askew."""
Row = Mapping[str, Any]


def least(suffix: str) -> tuple[float, float]:
    """The F1 that a format must reach: of rows that are found, and of rows that are right in every field."""
    return (0.9, 0.8) if suffix == SCAN else (0.95, 0.9)


def copies(originals: Mapping[str, Converted], suffix: str) -> dict[str, bytes]:
    """By name of a sample, its bytes in a format; a scan shows the pages of the PDF, a little askew."""
    if suffix != SCAN:
        return render(originals, suffix)
    return {name: _scanned(data) for name, data in render(originals, "pdf").items()}


def _scanned(data: bytes) -> bytes:
    pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdfium.PdfDocument(data)]
    return saved([page.rotate(_TURNED, Image.Resampling.BICUBIC, fillcolor="white") for page in pages], "TIFF")


def gold_of(name: str) -> dict[str, list[Row]]:
    """The rows that a careful reader finds in a sample."""
    found: dict[str, list[Row]] = json.loads((SAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    found["dates"] = [row for row in found["dates"] if row["start"] or row["end"]]
    return found


def score(read: Iterable[tuple[str, Converted]]) -> dict[str, tuple[float, float]]:
    """By table, the F1 of rows found and of rows right in every field, over samples by their names."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for name, done in read:
        gold = gold_of(name)
        own: dict[str, str] = {}
        for table in TABLES:
            rows = [_plain(row._asdict()) for row in getattr(done.rows, table)]
            if table == "dates":
                rows = [row for row in rows if row["start_date"] or row["end_date"]]
            pairs = _pairs(gold[table], rows, _ALIKE[table])
            if table == "measures":
                own = {row["measure_id"]: one["id"] for one, row in pairs}
            right = sum(1 for one, row in pairs if _is_right(table, one, row, own))
            for i, number in enumerate((len(gold[table]), len(rows), len(pairs), right)):
                counts[table][i] += number
    return {table: (_f1(found, wanted, got), _f1(right, wanted, got)) for table, (wanted, got, found, right) in counts.items()}


def means(scores: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """The mean of both over the tables."""
    found, full = zip(*scores.values(), strict=True)
    return sum(found) / len(found), sum(full) / len(full)


def _f1(hits: int, wanted: int, got: int) -> float:
    return 2 * hits / (wanted + got) if wanted + got else 1.0


def _plain(row: dict[str, Any]) -> Row:
    return {key: "" if value is None else value if isinstance(value, str) else str(value) for key, value in row.items()}


def _pairs(gold: list[Row], rows: list[Row], alike: Callable[[Row, Row], float]) -> list[tuple[Row, Row]]:
    """Rows of both, each once, the most alike first."""
    likeness = sorted(((alike(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(rows)), reverse=True)
    pairs: dict[int, int] = {}
    for value, i, j in likeness:
        if value > 0 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return [(gold[i], rows[j]) for i, j in sorted(pairs.items())]


def _bare(text: object) -> str:
    return re.sub(r"[\W_]+", "", str(text or "")).lower()


def _like(a: object, b: object) -> float:
    first, second = _bare(a), _bare(b)
    if first and second and (first in second or second in first):
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _same(a: object, b: object) -> bool:
    """Whether two figures are the same."""
    return (a in (None, "")) == (b in (None, "")) and float(a or 0) == float(b or 0)  # type: ignore[arg-type]


_PARTS = ("total", "done", "ongoing", "pending")
_ALIKE: Mapping[str, Callable[[Row, Row], float]] = {
    "measures": lambda g, p: _begins(g, p),
    "targets": lambda g, p: (
        (_same(g["value"], p["value"]) and _bare(g["unit"]) == _bare(p["unit"]))
        * (0.1 + _like(g["indicator"], p["indicator"]) + _like(g["text"], p["text"]))
    ),
    "tallies": lambda g, p: sum(g.get(part) is not None and _same(g[part], p[part]) for part in _PARTS),
    "owners": lambda g, p: (_bare(g["name"]) == _bare(p["name"])) * (1 + (g["role"] == p["role"])),
    "participants": lambda g, p: float(_bare(g["person"]) == _bare(p["person"]) and _bare(g["organization"]) == _bare(p["organization"])),
    "dates": lambda g, p: ((g["start"] or "", g["end"] or "") == (p["start_date"], p["end_date"])) * (0.1 + _like(g["text"], p["text"])),
}
"""How alike a row of gold and one that was found are; 0 for two that are not the same."""


def _begins(gold: Row, row: Row) -> float:
    label = _bare(gold["label"])
    if label != _bare(row["label"]):
        return 0.0
    head, body = _bare(gold["begins"])[:10], _bare(row["text"]).removeprefix(label)
    return float(bool(head) and body.startswith(head[: max(4, len(head) - 2)]))


def _is_right(table: str, gold: Row, row: Row, own: Mapping[str, str]) -> bool:
    """Whether a row that was found is right in all that matters. `own`: by the id of a measure, that of the one in the gold."""
    if table == "measures":
        return gold["role"] == row["role"] and (own.get(row["parent_id"], "") == (gold["parent"] or ""))
    if table == "tallies":
        return all(_same(gold.get(part), row[part]) for part in _PARTS)
    if table in ("participants", "dates"):
        return bool(gold["role" if table == "participants" else "kind"] == row["role" if table == "participants" else "kind"])
    placed = not gold.get("measure") or own.get(row["measure_id"]) == gold["measure"]
    if table == "owners":
        return placed and gold["role"] == row["role"]
    due = gold["due"] == row["due"] if gold.get("due") else not row["due"] or row["due_from"] != "sentence"
    same = all(gold[key] == row[key] for key in ("operator", "kind", "change"))
    return placed and due and same and _like(gold["indicator"], row["indicator"]) >= 0.7


def originals(book: Rulebook) -> dict[str, Converted]:
    """The samples by their names."""
    from extract.pipeline import convert

    return {path.stem: convert(path.read_bytes(), path.name, book) for path in sorted(SAMPLES.glob("s[0-9]*.*"))}


def main() -> int:
    """Print a table: a line for each format."""
    from extract.pipeline import convert
    from extract.rulebook import load
    from extract.rulebook.where import default_rules

    book = load(default_rules())
    samples = originals(book)
    bad = 0
    print("| format | documents |", " | ".join(TABLES), "| found | full |")
    print("| --- | --- |", " | ".join("---" for _ in TABLES), "| --- | --- |")
    for suffix in (*FORMATS, SCAN):
        made = copies(samples, suffix)
        scores = score((name, convert(data, f"{name}.{suffix}", book)) for name, data in made.items())
        found, full = means(scores)
        least_found, least_full = least(suffix)
        bad += found < least_found or full < least_full
        cells = " | ".join(f"{a:.3f} / {b:.3f}" for a, b in (scores[table] for table in TABLES))
        print(f"| {suffix} | {len(made)} | {cells} | {found:.3f} | {full:.3f} |", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
