"""How long each stage of the path takes: the pipeline's own functions, timed where it calls them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.bench.calls import ready

STAGES = {
    "ingest.read": "ingest",
    "repair.repair": "repair",
    "outline.outline": "outline",
    "find_values": "values",
    "records.read": "records",
    "account": "numerals accounted for",
    "tables.build": "tables",
}


def stages(documents: Sequence[bytes]) -> dict[str, float]:
    """Seconds of CPU time per document for each stage, the writing of CSV lines included, documents being read once."""
    from extract import pipeline
    from extract.tables import tables
    from extract.write import csv_file

    book = ready()
    warm, *rest = documents
    pipeline.convert(warm, "bench", book)
    spent = dict.fromkeys((*STAGES.values(), "CSV lines"), 0.0)

    def timed(call: Callable[..., Any], name: str) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            begun = time.process_time()
            result = call(*arguments)
            spent[name] += time.process_time() - begun
            return result

        return run

    for path, name in STAGES.items():
        module, _, function = path.rpartition(".")
        owner = getattr(pipeline, module) if module else pipeline
        setattr(owner, function, timed(getattr(owner, function), name))
    lines = timed(lambda rows: [csv_file.lines(table, getattr(rows, table.name)) for table in tables()], "CSV lines")
    for data in rest:
        lines(pipeline.convert(data, "bench", book).rows)
    return {name: seconds / len(rest) for name, seconds in spent.items()}
