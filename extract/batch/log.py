"""What a run did, for machines: one JSON object a line, with times, sizes and limits, which never enter a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import extract
from extract.batch.find import Found
from extract.batch.run import Options, Ran
from extract.batch.worker import Done
from extract.errors import WriteError


class Log:
    """Lines appended to a file, each whole as soon as it is written."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def start(self, output: Path, found: Sequence[Found], options: Options) -> None:
        """A run begins."""
        limits = asdict(options.limits)
        self._line("start", version=extract.__version__, output=str(output), files=len(found), jobs=options.jobs, limits=limits)

    def document(self, found: Found, done: Done | None) -> None:
        """A file is settled; those that need not be read are told at the end, as a number."""
        if done is None:
            return
        outcome = done.result.outcome
        told = {"status": outcome.status, "code": outcome.code, "message": outcome.message, "doc_id": outcome.doc_id}
        self._line(
            "document",
            source=found.source,
            **{name: value for name, value in told.items() if value},
            seconds=round(done.seconds, 4),
            bytes=done.read,
            kept_bytes=done.size,
            memory_bytes=done.memory,
            rows=sum(done.result.counts.values()),
        )

    def end(self, ran: Ran) -> None:
        """A run has ended."""
        outcomes = {f"{status}:{code}" if code else status: count for (status, code), count in sorted(ran.summary.outcomes.items())}
        self._line("end", read=ran.read, changed=ran.changed, outcomes=outcomes, rows=dict(ran.summary.rows))

    def _line(self, event: str, **facts: Any) -> None:
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


@contextmanager
def opened(path: Path | None) -> Iterator[Log | None]:
    """The log at a path, None without one. Raises WriteError where it cannot be opened."""
    if path is None:
        yield None
        return
    try:
        file = path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise WriteError(f"{path}: cannot write the log: {error.strerror or error}") from error
    with file:
        yield Log(file)
