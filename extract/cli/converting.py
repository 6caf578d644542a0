"""`taizhang run` and `taizhang watch`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract.cli.options import Converting, Open, Wait, converting
from extract.cli.terminal import progress, rulebook, say, show, stopped_cleanly, summarize, told
from extract.errors import ExtractError

if TYPE_CHECKING:
    from extract.batch import Found, Options, Ran
    from extract.batch.run import Engine
    from extract.batch.worker import Done
    from extract.rulebook import Rulebook

Output = Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder for the tables; made if it is not there.")]


@converting
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Files and folders; folders are read with all that is in them.")],
    output: Output,
    options: Converting,
    open_: Open = False,
    engine: Annotated[
        Literal["local", "ray"], typer.Option("--engine", help="Where documents are converted: here, or on a Ray cluster.")
    ] = "local",
    storage: Annotated[
        str, typer.Option("--storage", metavar="URI", help="For --engine ray: where all machines keep results (a folder, s3://…).")
    ] = "",
    wait: Wait = False,
) -> None:
    """Convert documents into tables.

    Writes one CSV per table, the repaired texts and a datapackage.json into OUTPUT; with --to also a workbook, a database, Parquet files.
    Every input file has one row in outcomes.csv.
    What is unchanged since the last run is not read again; what has left the inputs leaves the tables.

    Exit status: 0 when no file failed, 1 when some did, 2 for wrong use.
    """
    from extract import batch

    found = batch.find_files(inputs, output)
    book = rulebook(options.rules)
    with stopped_cleanly(output):
        ran = _run(found, output, book, _options(options, wait=wait), options, _engine(engine, storage))
    if not options.quiet:
        summarize(ran, output)
    if open_:
        from extract.review import build

        files = {one.source: Path(one.path) for one in found if not one.member}
        day = options.day.isoformat() if options.day else ""
        with batch.still(output, wait=wait):
            site = build(output, book, lang=options.language, as_of=day, sources=lambda source: files.get(source))
        show(site.index)
    raise typer.Exit(1 if ran.summary.failed else 0)


@converting
def watch(
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="The folder in which files arrive.")],
    output: Output,
    options: Converting,
    settle: Annotated[float, typer.Option("--settle", min=0.1, metavar="S", help="Seconds for which a file must be unchanged.")] = 2.0,
) -> None:
    """Convert what arrives in a folder, as it arrives.

    A file is read when it is complete: unchanged for some seconds, and open for writing nowhere. What was read stays in the tables when it
    leaves INBOX. What arrived while nobody watched is found at the start. Ctrl-C or SIGTERM ends it.
    """
    from extract.batch.watch import watch as watching

    if not inbox.is_dir():
        raise ExtractError(f"{inbox}: no such folder", code="no_input")
    book = rulebook(options.rules)

    def convert(found: Sequence[Found], settings: Options) -> Ran:
        ran = _run(found, output, book, settings, options._replace(quiet=True), _engine("local", ""))
        if not options.quiet:
            say(f"{datetime.now():%Y-%m-%d %H:%M:%S} {ran.read} files read, {ran.summary.rows['outcomes']} in the tables")
        return ran

    with stopped_cleanly(output):
        watching(inbox, output, _options(options), convert, settle=settle)


def _options(options: Converting, *, wait: bool = False) -> Options:
    from extract import batch
    from extract.write.formats import Wanted, parse

    return batch.Options(options.limits, options.processes, wait=wait, wanted=Wanted(parse(options.to), options.language, options.day))


def _engine(name: str, storage: str) -> Engine:
    """The engine of a run. Raises ExtractError where Ray is asked for and not told where to keep results."""
    if name == "local":
        from extract.batch.run import local

        return local
    if not storage:
        raise ExtractError("--engine ray needs --storage: a folder or address that all machines can reach", code="no_storage")
    from extract.batch.cluster import ray_engine

    return ray_engine(storage)


def _run(found: Sequence[Found], output: Path, book: Rulebook, settings: Options, options: Converting, engine: Engine) -> Ran:
    """A run with its progress on the terminal and its log."""
    from rich.console import Console

    from extract import batch
    from extract.batch.log import opened

    with opened(options.log) as lines, progress(Console(stderr=True, quiet=options.quiet)) as bar:
        task = bar.add_task(told("converting"), total=len(found))

        def report(one: Found, done: Done | None) -> None:
            if one.container:  # an archive's members are not known before it is opened
                bar.update(task, total=(bar.tasks[0].total or 0) + 1)
            bar.advance(task)
            if lines:
                lines.document(one, done)

        if lines:
            lines.start(output, found, settings)
        ran = batch.run(found, output, book, settings, engine=engine, report=report)
        if lines:
            lines.end(ran)
    return ran
