"""`taizhang rules check` and `taizhang rules try`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Rules
from extract.cli.terminal import rulebook, say
from extract.printable import printable


def check(
    rules: Rules = None,
    samples: Annotated[
        Path | None,
        typer.Option("--samples", metavar="FOLDER", help="Documents on which every rule should fire; samples/ beside the rules if there."),
    ] = None,
) -> None:
    """Run all examples, near misses and known failures of the rules.

    Every error names file and line. Exit status: 0 when all is right, 1 when an example fails, 2 when a file cannot be read as rules.
    """
    from extract.rulebook.check import check as checked
    from extract.rulebook.check import silent_rules, unused_cues
    from extract.trial import reading, sample_readings

    book = rulebook(rules)
    problems = checked(book, reading)
    for problem in problems:
        typer.echo(printable(str(problem)))
    for hint in unused_cues(book):
        typer.echo(f"hint: {printable(str(hint))}")
    folder = samples or book.folder.parent / "samples"
    if folder.is_dir():
        for rule in silent_rules(book, sample_readings(folder, book)):
            typer.echo(f"hint: {rule.file}:{rule.line}: rule {rule.id} never fires on {folder}")
    cases = sum(len(rule.examples) + len(rule.known_failures) for rule in book.rules)
    say(f"{len(book.rules)} rules, {cases} examples and near misses, {len(problems)} problems")
    raise typer.Exit(1 if problems else 0)


def attempt(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of the rule.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Documents to try it on.")],
    rules: Rules = None,
) -> None:
    """Show the rows that a changed rule gains (+) and loses (-) over a folder.

    With --rules DIR, the rule as it stands in DIR against the project's own, all other rules being those of DIR. Without, what the rule
    gives now against a run without it.
    """
    from extract import batch
    from extract.trial import compare, without_change

    found = batch.find_files([folder])
    base = rulebook(None)
    after = rulebook(rules) if rules else base
    signs = {"+": 0, "-": 0}
    for change in compare(found, without_change(rule, base, after), after):
        typer.echo(str(change))
        signs[change.sign] += 1
    say(f"{signs['+']} rows gained, {signs['-']} lost, over {len(found)} files")
