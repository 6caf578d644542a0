"""`taizhang correct` and `taizhang corrections export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.terminal import say

_SHOWN = 5


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
        say(line, error=True)
    if unread:
        say(f"cells typed over in place: {len(unread)}; only the column correction is read: write them there", error=True)
    if not count:
        say(f"nothing to correct: the column correction of {file} is empty", error=True)
        return
    say(f"corrections kept: {count}; the next run into {output} puts them into the tables")


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write; made if it is not there.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUTPUT", help="The folder of a run.")],
) -> None:
    """Write corrected documents as gold, and corrected rows as examples of rules.

    FOLDER/gold has a JSON file for every corrected document, FOLDER/examples.yml the cases for the rules that made the rows.
    """
    from extract.corrections import export as exported
    from extract.corrections import load

    written = exported(output, load(output), folder)
    say(f"files written to {folder}: {len(written)}")
