"""The expected tables of the samples, one line per row; `make golden` writes them anew, and the change shows what was gained and lost."""

from __future__ import annotations

from pathlib import Path

import extract

SAMPLES = Path(__file__).parent.parent / "samples"
FOLDER = Path(__file__).parent / "golden"
TABLES = ("documents", "measures", "fields", "targets", "tallies", "owners", "participants", "dates", "ledger", "diagnostics")
PLACES = frozenset(
    {"doc_id", "parent_id", "seq", "start", "end", "own_spans", "page", "boxes", "chars", "numerals", "numerals_claimed", "due_text"}
)


def sample_files() -> list[Path]:
    """The documents written for the project."""
    return sorted(path for path in SAMPLES.glob("s[0-9]*.*") if path.suffix in {".txt", ".md", ".html"})


def golden_of(sample: Path) -> Path:
    """Where a sample's expected rows stand."""
    return FOLDER / f"{sample.name}.txt"


def lines(sample: Path) -> list[str]:
    """The rows of a sample, table by table: the item's path in place of its id, no offsets, no empty cells."""
    rows = extract.convert(sample).rows
    paths = {row.measure_id: row.path for row in rows.measures}
    found = []
    for table in TABLES:
        for row in getattr(rows, table):
            cells = [(name, paths.get(value, "") if name == "measure_id" else value) for name, value in row._asdict().items()][1:]
            shown = [f"{name}={value}" for name, value in cells if value not in ("", None) and name not in PLACES]
            found.append("  ".join([table, *shown]).replace("\n", "⏎").replace("\t", "⇥"))
    return found


def main() -> None:
    """Write the expected rows of all samples."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for sample in sample_files():
        golden_of(sample).write_text("\n".join(lines(sample)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
