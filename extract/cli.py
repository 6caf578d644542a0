"""The command `taizhang`; the only place that prints."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract import __version__
from extract.errors import ExtractError, IngestError, WriteError
from extract.limits import Limits
from extract.printable import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from extract.batch import Found, Options, Ran
    from extract.batch.run import Engine
    from extract.batch.worker import Done
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
corrections_app = typer.Typer(help="Use what readers have corrected.", no_args_is_help=True)
app.add_typer(corrections_app, name="corrections")

_LIMITS = Limits()
_SHOWN = 5
_PANEL = "Limits of one document"
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Worker processes; 0 means one per CPU.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the review pages in the browser.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day against which matters are overdue; without it none is."),
]
ToOption = Annotated[
    str, typer.Option("--to", metavar="FORMATS", help="What to write: csv (always), xlsx, parquet, sqlite; joined by commas.")
]
LangOption = Annotated[Literal["zh", "en"], typer.Option("--lang", help="The language of heads and titles in workbook and database.")]
LogOption = Annotated[Path | None, typer.Option("--log", metavar="FILE", help="Append what is done to a file, as JSON lines.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")]
WaitOption = Annotated[bool, typer.Option("--wait", help="Wait for another run on the same OUTPUT.")]
SecondsOption = Annotated[float, typer.Option("--max-seconds", min=0.1, metavar="S", help="Seconds to convert it.", rich_help_panel=_PANEL)]
MemoryOption = Annotated[int, typer.Option("--max-memory", min=300, metavar="MIB", help="Memory of its process.", rich_help_panel=_PANEL)]
SizeOption = Annotated[int, typer.Option("--max-size", min=1, metavar="MIB", help="Size of its file.", rich_help_panel=_PANEL)]
PagesOption = Annotated[int, typer.Option("--max-pages", min=1, metavar="N", help="Pages.", rich_help_panel=_PANEL)]
ExpansionOption = Annotated[int, typer.Option("--max-expansion", min=1, metavar="MIB", help="What it unpacks to.", rich_help_panel=_PANEL)]
NestingOption = Annotated[int, typer.Option("--max-nesting", min=0, metavar="N", help="Archives within archives.", rich_help_panel=_PANEL)]
RulesOption = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="A folder of rules to use in place of the project's own.")]


def main() -> None:
    """Run the command; an error that we know becomes one line, never a traceback: status 2 for wrong use, 1 for files that fail."""
    try:
        app()
    except ExtractError as error:
        typer.echo(f"taizhang: {printable(str(error))}", err=True)
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


@app.command()
def run(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT…", help="Files and folders; folders are read with all that is in them.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder for the tables; made if it is not there.")],
    rules: RulesOption = None,
    open_: OpenOption = False,
    to: ToOption = "csv",
    lang: LangOption = "zh",
    as_of: AsOfOption = None,
    engine: Annotated[
        Literal["local", "ray"], typer.Option("--engine", help="Where documents are converted: here, or on a Ray cluster.")
    ] = "local",
    storage: Annotated[
        str, typer.Option("--storage", metavar="URI", help="For --engine ray: where all machines keep results (a folder, s3://…).")
    ] = "",
    quiet: QuietOption = False,
    log: LogOption = None,
    wait: WaitOption = False,
    jobs: JobsOption = 0,
    max_seconds: SecondsOption = _LIMITS.seconds,
    max_memory: MemoryOption = _LIMITS.memory,
    max_size: SizeOption = _LIMITS.size,
    max_pages: PagesOption = _LIMITS.pages,
    max_expansion: ExpansionOption = _LIMITS.expansion,
    max_nesting: NestingOption = _LIMITS.nesting,
) -> None:
    """Convert documents into tables.

    Writes one CSV per table, the repaired texts and a datapackage.json into OUTPUT; with --to also a workbook, a database, Parquet files.
    Every input file has one row in outcomes.csv.
    What is unchanged since the last run is not read again; what has left the inputs leaves the tables.

    Exit status: 0 when no file failed, 1 when some did, 2 for wrong use.
    """
    from extract import batch
    from extract.write.formats import Wanted, parse

    found = batch.find_files(inputs, output)
    book = _rulebook(rules)
    limits = Limits(max_seconds, max_memory, max_size, max_pages, max_expansion, max_nesting)
    wanted = Wanted(parse(to), lang, as_of.date() if as_of else None)
    options = batch.Options(limits, jobs or os.cpu_count() or 1, wait=wait, wanted=wanted)
    with _stopped_cleanly(output):
        ran = _run(found, output, book, options, log, quiet=quiet, engine=_engine(engine, storage))
    if not quiet:
        _show(ran, output)
    if open_:
        from extract.review import build

        files = {one.source: Path(one.path) for one in found if not one.member}
        day = as_of.date().isoformat() if as_of else ""
        with batch.still(output, wait=wait):
            site = build(output, book, lang=lang, as_of=day, sources=lambda source: files.get(source))
        _open(site.index)
    raise typer.Exit(1 if ran.summary.failed else 0)


@app.command()
def watch(
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="The folder in which files arrive.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder for the tables; made if it is not there.")],
    settle: Annotated[float, typer.Option("--settle", min=0.1, metavar="S", help="Seconds for which a file must be unchanged.")] = 2.0,
    rules: RulesOption = None,
    to: ToOption = "csv",
    lang: LangOption = "zh",
    as_of: AsOfOption = None,
    quiet: QuietOption = False,
    log: LogOption = None,
    jobs: JobsOption = 0,
    max_seconds: SecondsOption = _LIMITS.seconds,
    max_memory: MemoryOption = _LIMITS.memory,
    max_size: SizeOption = _LIMITS.size,
    max_pages: PagesOption = _LIMITS.pages,
    max_expansion: ExpansionOption = _LIMITS.expansion,
    max_nesting: NestingOption = _LIMITS.nesting,
) -> None:
    """Convert what arrives in a folder, as it arrives.

    A file is read when it is complete: unchanged for some seconds, and open for writing nowhere. What was read stays in the tables when it
    leaves INBOX. What arrived while nobody watched is found at the start. Ctrl-C or SIGTERM ends it.
    """
    from extract.batch import Options
    from extract.batch.watch import watch as watching
    from extract.write.formats import Wanted, parse

    if not inbox.is_dir():
        raise ExtractError(f"{inbox}: no such folder", code="no_input")
    book = _rulebook(rules)
    limits = Limits(max_seconds, max_memory, max_size, max_pages, max_expansion, max_nesting)
    wanted = Wanted(parse(to), lang, as_of.date() if as_of else None)

    def convert(found: Sequence[Found], options: Options) -> Ran:
        ran = _run(found, output, book, options, log, quiet=True, engine=_engine("local", ""))
        if not quiet:
            typer.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S} {ran.read} files read, {ran.summary.rows['outcomes']} in the tables")
        return ran

    with _stopped_cleanly(output):
        watching(inbox, output, Options(limits, jobs or os.cpu_count() or 1, wanted=wanted), convert, settle=settle)


@app.command()
def correct(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook of a run, or a CSV file with row_id, correction and comment.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of the run that the rows come from.")],
) -> None:
    """Keep what a reader has corrected, for this and every later run into OUTPUT.

    In FILE the column correction says column=value (several set apart by ;), delete, undo, or add in a line of its own; comment says why.
    The tables change with the next run.
    """
    from extract import batch
    from extract.corrections import typed_over

    count = batch.correct(file, output)
    unread = typed_over(output, file)
    for line in unread[:_SHOWN]:
        typer.echo(printable(line), err=True)
    if unread:
        typer.echo(f"cells typed over in place: {len(unread)}; only the column correction is read: write them there", err=True)
    typer.echo(f"corrections kept: {count}; the next run into {printable(str(output))} puts them into the tables")


@corrections_app.command("export")
def corrections_export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write; made if it is not there.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of a run.")],
) -> None:
    """Write corrected documents as gold, and corrected rows as examples of rules.

    FOLDER/gold has a JSON file for every corrected document, FOLDER/examples.yml the cases for the rules that made the rows.
    """
    from extract.corrections import export, load

    written = export(output, load(output), folder)
    typer.echo(f"files written to {printable(str(folder))}: {len(written)}")


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The document to explain.")],
    rules: RulesOption = None,
) -> None:
    """Show what was read in one document, and by which rule.

    Prints the repaired text line by line; below each line every span with the rule that took it and those that lost it; at the end the
    numerals that nobody claims. In colour on a terminal, plain in a pipe.
    """
    from rich.console import Console

    from extract.explain import explain as explained
    from extract.pipeline import convert

    console = Console(highlight=False, soft_wrap=True)
    for line in explained(convert(_bytes(file), printable(file.name), _rulebook(rules))):
        console.print(line)


@app.command()
def review(
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder that a run wrote.")],
    rules: RulesOption = None,
    lang: Annotated[Literal["zh", "en"], typer.Option("--lang", help="The language of the pages.")] = "zh",
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day that decides what is overdue; else the reader's own."),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FOLDER", help="The folder that the run read: its PDF, OFD and scans are drawn.")
    ] = None,
    open_: OpenOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no closing line.")] = False,
    wait: WaitOption = False,
) -> None:
    """Write pages to look through what a run has read.

    OUTPUT/review/index.html is the overview, OUTPUT/review/doc/ has a page per document: its text with every row's place, the rows beside
    it, what each rule means. Plain files: they open from disk and load nothing from anywhere.
    """
    from rich.console import Console

    from extract import batch
    from extract.review import build, in_folder

    with batch.still(output, wait=wait), _progress(Console(stderr=True, quiet=quiet)) as progress:
        task = progress.add_task("writing", total=None)
        site = build(
            output,
            _rulebook(rules),
            lang=lang,
            as_of=as_of.date().isoformat() if as_of else "",
            sources=in_folder(sources) if sources else None,
            report=lambda done: progress.update(task, completed=done),
        )
    for source in site.undrawn:
        typer.echo(f"no picture of {printable(source)}: its file is not under {sources}, has changed, or cannot be drawn", err=True)
    if not quiet:
        typer.echo(f"pages are in {site.index}")
    if open_:
        _open(site.index)


@rules_app.command("check")
def rules_check(
    rules: RulesOption = None,
    samples: Annotated[
        Path | None,
        typer.Option("--samples", metavar="FOLDER", help="Documents on which every rule should fire; samples/ beside the rules if there."),
    ] = None,
) -> None:
    """Run all examples, near misses and known failures of the rules.

    Every error names file and line. Exit status: 0 when all is right, 1 when an example fails, 2 when a file cannot be read as rules.
    """
    from extract.rulebook.check import check, silent_rules, unused_cues
    from extract.trial import reading, sample_readings

    book = _rulebook(rules)
    problems = check(book, reading)
    for problem in problems:
        typer.echo(printable(str(problem)))
    for hint in unused_cues(book):
        typer.echo(f"hint: {printable(str(hint))}")
    folder = samples or book.folder.parent / "samples"
    if folder.is_dir():
        for rule in silent_rules(book, sample_readings(folder, book)):
            typer.echo(f"hint: {rule.file}:{rule.line}: rule {rule.id} never fires on {folder}")
    cases = sum(len(rule.examples) + len(rule.known_failures) for rule in book.rules)
    typer.echo(f"{len(book.rules)} rules, {cases} examples and near misses, {len(problems)} problems")
    raise typer.Exit(1 if problems else 0)


@rules_app.command("try")
def rules_try(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of the rule.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Documents to try it on.")],
    rules: RulesOption = None,
) -> None:
    """Show the rows that a changed rule gains (+) and loses (-) over a folder.

    With --rules DIR, the rule as it stands in DIR against the project's own, all other rules being those of DIR. Without, what the rule
    gives now against a run without it.
    """
    from extract import batch
    from extract.trial import compare, without_change

    found = batch.find_files([folder])
    base = _rulebook(None)
    after = _rulebook(rules) if rules else base
    signs = {"+": 0, "-": 0}
    for change in compare(found, without_change(rule, base, after), after):
        typer.echo(str(change))
        signs[change.sign] += 1
    typer.echo(f"{signs['+']} rows gained, {signs['-']} lost, over {len(found)} files")


def _open(index: Path) -> None:
    """Show a page in the user's browser; where there is none, say what to open."""
    import webbrowser

    if not webbrowser.open(index.resolve().as_uri()):
        typer.echo(f"no browser here; open {printable(str(index))}", err=True)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise IngestError(f"{file}: {error.strerror or error}") from error


def _rulebook(folder: Path | None) -> Rulebook:
    from extract import rulebook
    from extract.rulebook.where import default_rules

    return rulebook.load(folder or default_rules())


def _engine(name: str, storage: str) -> Engine:
    """The engine of a run. Raises ExtractError where Ray is asked for and not told where to keep results."""
    if name == "local":
        from extract.batch.run import local

        return local
    if not storage:
        raise ExtractError("--engine ray needs --storage: a folder or address that all machines can reach", code="no_storage")
    from extract.batch.cluster import ray_engine

    return ray_engine(storage)


def _run(found: Sequence[Found], output: Path, book: Rulebook, options: Options, log: Path | None, *, quiet: bool, engine: Engine) -> Ran:
    """A run with its progress on the terminal and its log."""
    from rich.console import Console

    from extract import batch
    from extract.batch.log import opened

    with opened(log) as lines, _progress(Console(stderr=True, quiet=quiet)) as progress:
        task = progress.add_task("converting", total=len(found))

        def report(one: Found, done: Done | None) -> None:
            if one.container:  # an archive's members are not known before it is opened
                progress.update(task, total=(progress.tasks[0].total or 0) + 1)
            progress.advance(task)
            if lines:
                lines.document(one, done)

        if lines:
            lines.start(output, found, options)
        ran = batch.run(found, output, book, options, engine=engine, report=report)
        if lines:
            lines.end(ran)
    return ran


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def _stopped_cleanly(output: Path) -> Iterator[None]:
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
        typer.echo(
            f"taizhang: stopped; the tables in {printable(str(output))} are those of the last whole run. "
            "What was converted is kept: the same command goes on from here",
            err=True,
        )
        raise SystemExit(128 + by) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _show(ran: Ran, output: Path) -> None:
    """The closing summary: outcomes, rows, numerals, what was new, and where to look."""
    from rich.console import Console
    from rich.table import Table

    from extract.tables.schema import tables

    console = Console(highlight=False)
    outcomes = Table("outcome", "code", "files", box=None, pad_edge=False)
    for (status, code), count in sorted(ran.summary.outcomes.items()):
        outcomes.add_row(status, code, str(count))
    rows = Table("table", "rows", box=None, pad_edge=False)
    for table in tables():
        if ran.summary.rows[table.name]:
            rows.add_row(table.name, str(ran.summary.rows[table.name]))
    console.print(outcomes)
    console.print()
    console.print(rows)
    summary = ran.summary
    if summary.numerals:
        share = summary.claimed / summary.numerals
        console.print(f"\nnumerals accounted for: {summary.claimed} of {summary.numerals} ({share:.1%})")
    count = sum(ran.summary.outcomes.values())
    console.print(f"{count} files, {ran.read} of them read" + ("" if ran.changed else "; nothing has changed since the last run"))
    console.print(f"tables are in {output}", markup=False, soft_wrap=True)
