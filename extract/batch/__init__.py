"""Folders in, one outcome per file, and an output that survives whatever happens to the run."""

from extract.batch.find import Found, find_files
from extract.batch.lock import still
from extract.batch.run import Options, Ran, correct, run

__all__ = ["Found", "Options", "Ran", "correct", "find_files", "run", "still"]
