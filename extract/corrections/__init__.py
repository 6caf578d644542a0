"""A reader's corrections: read from a workbook or a CSV file, kept in an output's state, given out again as gold and as examples of rules."""

from extract.corrections.edits import Edit, read_edits
from extract.corrections.export import export
from extract.corrections.kept import load, merge, resolve, save, typed_over

__all__ = ["Edit", "export", "load", "merge", "read_edits", "resolve", "save", "typed_over"]
