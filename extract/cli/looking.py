"""`taizhang explain` and `taizhang review`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from extract.cli.options import Open, Rules, Wait
from extract.cli.terminal import progress, rulebook, say, show, speak, told
from extract.errors import IngestError
from extract.printable import printable


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The document to explain.")],
    rules: Rules = None,
) -> None:
    """Show what was read in one document, and by which rule.

    Prints the repaired text line by line; below each line every span with the rule that took it and those that lost it; at the end the
    numerals that nobody claims. In colour on a terminal, plain in a pipe.
    """
    from rich.console import Console

    from extract.explain import explain as explained
    from extract.pipeline import convert

    try:
        data = file.read_bytes()
    except OSError as error:
        raise IngestError(f"{file}: {error.strerror or error}") from error
    console = Console(highlight=False, soft_wrap=True)
    for line in explained(convert(data, printable(file.name), rulebook(rules))):
        console.print(line)


def review(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder that a run wrote.")],
    rules: Rules = None,
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option("--lang", help="Chinese or English: the pages (Chinese where not said), messages (else the system's)."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day that decides what is overdue; else the reader's own."),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FOLDER", help="The folder that the run read: its PDF, OFD and scans are drawn.")
    ] = None,
    open_: Open = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no closing line.")] = False,
    wait: Wait = False,
) -> None:
    """Write pages to look through what a run has read.

    OUTPUT/review/index.html is the overview, OUTPUT/review/doc/ has a page per document: its text with every row's place, the rows beside
    it, what each rule means. Plain files: they open from disk and load nothing from anywhere.
    """
    from rich.console import Console

    from extract import batch
    from extract.review import build, in_folder

    speak(lang)
    with batch.still(output, wait=wait), progress(Console(stderr=True, quiet=quiet)) as bar:
        task = bar.add_task(told("writing"), total=None)
        site = build(
            output,
            rulebook(rules),
            lang=lang or "zh",
            as_of=as_of.date().isoformat() if as_of else "",
            sources=in_folder(sources) if sources else None,
            report=lambda done: bar.update(task, completed=done),
        )
    for source in site.undrawn:
        say(f"no picture of {source}: its file is not under {sources}, has changed, or cannot be drawn", error=True)
    if not quiet:
        say(f"pages are in {site.index}")
    if open_:
        show(site.index)
