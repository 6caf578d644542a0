"""The command `taizhang`; the only place that prints."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from extract import __version__
from extract.cli import converting, looking, mending, proving
from extract.cli.terminal import told
from extract.errors import ExtractError, IngestError, WriteError
from extract.printable import printable

app = typer.Typer(
    name="taizhang",
    help="Turn Chinese government notices and minutes into tables: measures, targets, tallies, owners, dates.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="Check and try the rules.", no_args_is_help=True)
corrections_app = typer.Typer(help="Use what readers have corrected.", no_args_is_help=True)

app.command()(converting.run)
app.command()(converting.watch)
app.command()(mending.correct)
app.command()(looking.explain)
app.command()(looking.review)
app.add_typer(rules_app, name="rules")
rules_app.command("check")(proving.check)
rules_app.command("try")(proving.attempt)
app.add_typer(corrections_app, name="corrections")
corrections_app.command("export")(mending.export)


def main() -> None:
    """Run the command; an error that we know becomes one line, never a traceback: status 2 for wrong use, 1 for files that fail."""
    try:
        app()
    except ExtractError as error:
        for line in str(error).splitlines():
            typer.echo(f"taizhang: {printable(told(line))}", err=True)
        raise SystemExit(1 if isinstance(error, IngestError | WriteError) else 2) from None
    except BrokenPipeError:  # the reader of a pipe has left: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


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
