"""Errors that a caller may meet. Each message says what is wrong, where, and what to do."""

from __future__ import annotations


class ExtractError(Exception):
    """The parent of every error that this package raises on purpose.

    code: a short stable word for outcomes and scripts, such as `empty` or `unknown_format`.
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class IngestError(ExtractError):
    """A file that cannot be read: costs that file only."""

    code = "unreadable"


class RuleError(ExtractError):
    """A rule, lookup or fragment that is wrong: stops a run before any document. The message begins with file and line."""

    code = "bad_rule"


class WriteError(ExtractError):
    """Output that cannot be written: the tables that were there stay whole."""

    code = "cannot_write"
