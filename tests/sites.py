"""Output folders for tests of the review pages, written cell by cell: hostile ones, and large ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from extract.tables.schema import Column, Table, tables
from extract.write import csv_file

Cells = Mapping[str, str]

HOSTILE = (
    "<script>window.pwned=1</script>",
    '<img src=x onerror="window.pwned=1">',
    '"><svg onload=window.pwned=1>',
    "' onmouseover='window.pwned=1",
    "</textarea></title></script><script src=https://example.invalid/x.js></script>",
    "javascript:window.pwned=1",
    "{{ 7 * 7 }}{% raw %}",
    "<style>@import 'https://example.invalid/x.css'</style>",
    "\u202egnp.exe\u2028\u2029&lt;b&gt;",
    '<a href="https://example.invalid/">x</a><iframe src=https://example.invalid></iframe>',
)
"""Texts that would do something if a page took them for markup."""


def write(folder: Path, rows: Mapping[str, Iterable[Cells]], texts: Mapping[str, str]) -> Path:
    """An output folder with these rows, by table, and these texts, by document; cells that are not given are filled in."""
    (folder / "texts").mkdir(parents=True)
    for table in tables():
        lines = [[row.get(column.name, filler(column)) for column in table.columns] for row in rows.get(table.name, ())]
        (folder / f"{table.name}.csv").write_bytes(csv_file.header(table) + b"".join(_line(table, line) for line in lines))
    for doc_id, text in texts.items():
        (folder / "texts" / f"{doc_id}.txt").write_bytes(text.encode())
    return folder


def _line(table: Table, cells: list[str]) -> bytes:
    """One line; as the writer's guard against formulas looks at texts only, cells of any type may be given as they are to stand."""
    return csv_file.lines(table, [cells])


def filler(column: Column) -> str:
    """A value that a column may have: its first code, a number, a day, nothing."""
    if column.codes:
        return column.codes[0]
    return {"integer": "1", "number": "1", "date": "2024-06-30", "boolean": "true", "string": ""}[column.type]


def hostile(folder: Path) -> Path:
    """An output whose every free text is hostile: each table has a row for each of the hostile texts, in all its text cells."""
    doc_id = "00000000000000aa"
    text = "\n".join(f"一、{one}达到90%" for one in HOSTILE)
    place = {"doc_id": doc_id, "start": "2", "end": "30", "page": "", "pages": "", "inspection_round": ""}
    rows: dict[str, list[Cells]] = {}
    for table in tables():
        rows[table.name] = []
        for n, evil in enumerate(HOSTILE, 1):
            free = {column.name: evil for column in table.columns if column.type == "string" and not column.codes}
            ids = {column.name: f"{doc_id}-{table.name[0]}{n:04}" for column in table.columns if column.name == table.key}
            links = {name: f"{doc_id}-m0001" for name in ("measure_id", "parent_id") if name in free and name not in ids}
            sides = {"plan_doc_id": doc_id, "report_doc_id": doc_id, "plan_row_id": f"{doc_id}-t0001", "report_row_id": f"{doc_id}-t0002"}
            rows[table.name].append(free | place | ids | links | {name: value for name, value in sides.items() if name in free})
    for n, row in enumerate(rows["measures"], 1):
        rows["measures"][n - 1] = dict(row) | {"parent_id": "", "own_spans": "0-4", "seq": str(n)}
    rows["documents"] = [dict(rows["documents"][0]) | {"doc_id": doc_id, "title": HOSTILE[0], "source": HOSTILE[1], "repairs": HOSTILE[2]}]
    rows["outcomes"] = [dict(row) | {"source": f"{n}{HOSTILE[n]}", "status": "failed"} for n, row in enumerate(rows["outcomes"])]
    return write(folder, rows, {doc_id: text})


def large(folder: Path, count: int) -> Path:
    """An output of `count` small documents, each with a matter, targets, a tally and a diagnostic."""
    rows: dict[str, list[Cells]] = {
        name: [] for name in ("documents", "measures", "ledger", "targets", "tallies", "diagnostics", "outcomes")
    }
    texts = {}
    for n in range(count):
        doc_id = f"{n:016x}"
        text = f"第{n}号整改方案\n一、治理第{n}条河道\n到2025年，第{n}条河道水质优良率达到90%。已完成3个问题中的2个。\n"
        own = {"doc_id": doc_id, "page": "", "measure_id": f"{doc_id}-m0001", "start": "11", "end": "20", "text": text[11:20]}
        texts[doc_id] = text
        rows["documents"].append(
            {
                "doc_id": doc_id,
                "title": f"第{n}号整改方案",
                "source": f"{n:04}.txt",
                "region": f"第{n % 7}县",
                "published": f"2024-{n % 12 + 1:02}-01",
            }
        )
        rows["outcomes"].append({"source": f"{n:04}.txt", "doc_id": doc_id})
        rows["measures"].append(
            own | {"parent_id": "", "label": "一、", "heading": f"治理第{n}条河道", "start": "8", "end": str(len(text))}
        )
        rows["ledger"].append(
            own | {"ledger_id": f"{doc_id}-l0001", "measure": f"治理第{n}条河道", "deadline": f"202{n % 6 + 1}-0{n % 9 + 1}-28"}
        )
        for k in range(8):
            rows["targets"].append(
                own
                | {
                    "target_id": f"{doc_id}-t{k + 1:04}",
                    "indicator": f"第{n}条河道水质优良率",
                    "value": "90",
                    "unit": "%",
                    "due": f"202{k}-12-31",
                }
            )
        rows["tallies"].append(
            own | {"tally_id": f"{doc_id}-y0001", "subject": "问题", "total": "3", "done": "2", "ongoing": "", "pending": ""}
        )
        if n % 10 == 0:
            rows["diagnostics"].append(
                {"doc_id": doc_id, "code": "number_gap", "message": "三、 follows 一、", "start": "0", "end": "2", "page": ""}
            )
    return write(folder, rows, texts)
