"""The command `taizhang`; the only place that prints."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extract import __version__
from extract.errors import ExtractError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from extract.batch import Summary
    from extract.rulebook import Rulebook

app = typer.Typer(
    name="taizhang",
    help="Turn Chinese government notices and minutes into tables: measures, targets, tallies, owners, dates.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Check and try the rules.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

RulesOption = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to use in place of the project's own.")]


def main() -> None:
    """Run the command; an error that we know becomes one line and exit status 2, never a traceback."""
    try:
        app()
    except ExtractError as error:
        fail(str(error))
    except BrokenPipeError:  # the reader of a pipe has left: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def fail(message: str) -> NoReturn:
    """Say what is wrong on standard error and leave with status 2 (wrong use)."""
    typer.echo(f"taizhang: {message}", err=True)
    raise SystemExit(2)


def version(wanted: bool) -> None:
    """Print the version and leave, where it was asked for."""
    if wanted:
        typer.echo(f"taizhang {__version__}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and leave.")] = False,
) -> None:
    """Turn Chinese government notices and minutes into tables: measures, targets, tallies, owners, dates."""


@app.command()
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Files and folders; folders are read with all that is in them.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder for the tables; made if it is not there.")],
    rules: RulesOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Worker processes; 0 means one per CPU.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Convert documents into tables.

    Writes one CSV per table, the repaired texts and a datapackage.json into OUTPUT. Every input file has one row in outcomes.csv.

    Exit status: 0 when no file failed, 1 when some did, 2 for wrong use.
    """
    from rich.console import Console

    from extract import batch

    found = batch.find_files(inputs, output)
    book = _rulebook(rules)
    console = Console(stderr=True, quiet=quiet)
    with _progress(console) as progress:
        task = progress.add_task("converting", total=len(found))
        summary = batch.run(found, output, book, jobs=jobs or os.cpu_count() or 1, report=lambda _: progress.advance(task))
    if not quiet:
        _show(summary, output)
    raise typer.Exit(1 if summary.failed else 0)


def _rulebook(folder: Path | None) -> Rulebook:
    from extract import rulebook
    from extract.rulebook.where import default_rules

    return rulebook.load(folder or default_rules())


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _show(summary: Summary, output: Path) -> None:
    """The closing summary: outcomes, rows, numerals, and where to look."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    outcomes = Table("outcome", "code", "files", box=None, pad_edge=False)
    for (status, code), count in sorted(summary.outcomes.items()):
        outcomes.add_row(status, code, str(count))
    rows = Table("table", "rows", box=None, pad_edge=False)
    for name, count in summary.rows.items():
        rows.add_row(name, str(count))
    console.print(outcomes)
    console.print()
    console.print(rows)
    if summary.numerals:
        share = summary.claimed / summary.numerals
        console.print(f"\nnumerals accounted for: {summary.claimed} of {summary.numerals} ({share:.1%})")
    console.print(f"tables are in {output}", markup=False, soft_wrap=True)
