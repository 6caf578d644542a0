"""The options that several commands have, each told once."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_type_hints

import typer

from extract.cli.terminal import speak
from extract.limits import Limits
from extract.tables.labels import Lang

_LIMITS = Limits()
_PANEL = "Limits of one document"

Open = Annotated[bool, typer.Option("--open", help="Open the review pages in the browser.")]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to use in place of the project's own.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another run on the same OUTPUT.")]


def _limit(name: str, metavar: str, about: str, *, least: float) -> Any:
    return typer.Option(name, min=least, metavar=metavar, help=about, rich_help_panel=_PANEL)


class Converting(NamedTuple):
    """What `run` and `watch` are told about what to write, and within which limits."""

    rules: Rules = None
    to: Annotated[
        str, typer.Option("--to", metavar="FORMATS", help="What to write: csv (always), xlsx, parquet, sqlite; joined by commas.")
    ] = "csv"
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option("--lang", help="Chinese or English: workbook and titles (Chinese where not said), messages (else the system's)."),
    ] = None
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day against which matters are overdue; without it none is."
        ),
    ] = None
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False
    log: Annotated[Path | None, typer.Option("--log", metavar="FILE", help="Append what is done to a file, as JSON lines.")] = None
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Worker processes; 0 means one per CPU.")] = 0
    max_seconds: Annotated[float, _limit("--max-seconds", "S", "Seconds to convert it.", least=0.1)] = _LIMITS.seconds
    max_memory: Annotated[int, _limit("--max-memory", "MIB", "Memory of its process.", least=300)] = _LIMITS.memory
    max_size: Annotated[int, _limit("--max-size", "MIB", "Size of its file.", least=1)] = _LIMITS.size
    max_pages: Annotated[int, _limit("--max-pages", "N", "Pages.", least=1)] = _LIMITS.pages
    max_expansion: Annotated[int, _limit("--max-expansion", "MIB", "What it unpacks to.", least=1)] = _LIMITS.expansion
    max_nesting: Annotated[int, _limit("--max-nesting", "N", "Archives within archives.", least=0)] = _LIMITS.nesting

    @property
    def language(self) -> Lang:
        """The language of what is written."""
        return self.lang or "zh"

    @property
    def day(self) -> date | None:
        """The day against which matters are overdue."""
        return self.as_of.date() if self.as_of else None

    @property
    def processes(self) -> int:
        """How many worker processes there are to be."""
        return self.jobs or os.cpu_count() or 1

    @property
    def limits(self) -> Limits:
        """What one document may take."""
        return Limits(self.max_seconds, self.max_memory, self.max_size, self.max_pages, self.max_expansion, self.max_nesting)


def converting(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameter `options` is a Converting, as one with an option for each of its fields."""
    own = inspect.signature(command, eval_str=True).parameters
    hints = get_type_hints(Converting, include_extras=True)
    shared = {
        name: inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=Converting._field_defaults[name], annotation=hints[name])
        for name in Converting._fields
    }

    @wraps(command)
    def called(**given: Any) -> None:
        options = Converting(**{name: given.pop(name) for name in Converting._fields})
        speak(options.lang)
        command(**given, options=options)

    mine = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for name, one in own.items() if name != "options"]
    called.__signature__ = inspect.Signature([*mine, *shared.values()])  # type: ignore[attr-defined]
    return called
