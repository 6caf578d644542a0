"""What is printed, and in which language; a progress bar, a clean stop, the closing summary."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extract.printable import printable
from extract.tables.labels import Lang, code_label, table_label
from extract.tables.messages import message_in

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from extract.batch import Ran
    from extract.rulebook import Rulebook

_CHOSEN: ContextVar[Lang | None] = ContextVar("chosen", default=None)


def speak(lang: Lang | None) -> None:
    """Print in a language from here on; None for that of the system."""
    _CHOSEN.set(lang)


def language() -> Lang:
    """The language that is printed: the one that --lang chose, else the system's where that is Chinese, else English."""
    system = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return _CHOSEN.get() or ("zh" if system.lower().startswith("zh") else "en")


def told(message: str) -> str:
    """A message in the language that is printed."""
    return message_in(message, language())


def say(message: str, *, error: bool = False) -> None:
    """Print a message in the reader's language."""
    typer.echo(printable(told(message)), err=error)


def rulebook(folder: Path | None) -> Rulebook:
    """The rules of a folder, or the project's own."""
    from extract import rulebook as rules
    from extract.rulebook.where import default_rules

    return rules.load(folder or default_rules())


def show(index: Path) -> None:
    """Show a page in the user's browser; where there is none, say what to open."""
    import webbrowser

    if not webbrowser.open(index.resolve().as_uri()):
        say(f"no browser here; open {index}", error=True)


def progress(console: Console) -> Progress:
    """A bar with the number of documents, their rate and the time left; silent where nobody looks."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def stopped_cleanly(output: Path) -> Iterator[None]:
    """Ctrl-C, and the signal by which a service is ended, stop a run between two documents and say how to go on."""
    by = int(signal.SIGINT)

    def stop(number: int, _frame: object) -> None:
        nonlocal by
        by = number
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        say(
            f"taizhang: stopped; the tables in {output} are those of the last whole run. "
            "What was converted is kept: the same command goes on from here",
            error=True,
        )
        raise SystemExit(128 + by) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def summarize(ran: Ran, output: Path) -> None:
    """The closing summary: outcomes, rows, numerals, what was new, and where to look."""
    from rich.console import Console
    from rich.table import Table

    from extract.tables.schema import tables

    lang = language()
    console = Console(highlight=False)
    outcomes = Table(told("outcome"), told("code"), told("files"), box=None, pad_edge=False)
    for (status, code), count in sorted(ran.summary.outcomes.items()):
        outcomes.add_row(code_label("status", status, lang), code_label("code", code, lang), str(count))
    rows = Table(told("table"), told("rows"), box=None, pad_edge=False)
    for table in tables():
        if ran.summary.rows[table.name]:
            name = table_label(table.name, lang)
            rows.add_row(name if lang == "en" else f"{name} {table.name}", str(ran.summary.rows[table.name]))
    console.print(outcomes)
    console.print()
    console.print(rows)
    console.print()
    summary = ran.summary
    count = sum(ran.summary.outcomes.values())
    lines = [f"{count} files, {ran.read} of them read" + ("" if ran.changed else "; nothing has changed since the last run")]
    if summary.numerals:
        share = f"{summary.claimed / summary.numerals:.1%}"
        lines.insert(0, f"numerals accounted for: {summary.claimed} of {summary.numerals} ({share})")
    for line in (*lines, f"tables are in {output}"):
        console.print(told(line), markup=False, soft_wrap=True)
