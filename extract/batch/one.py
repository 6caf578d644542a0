"""One file to its result: whatever is wrong with the file becomes its outcome."""

from __future__ import annotations

import hashlib
import os
import stat
from functools import lru_cache
from io import BufferedReader

from extract.batch.find import SKIPPED, Found
from extract.errors import ExtractError, IngestError, RuleError
from extract.limits import MIB, Limits, applied
from extract.printable import printable
from extract.rulebook import Rulebook
from extract.tables.schema import OutcomeRow
from extract.write import Result, converted

PASSING = frozenset({"unreadable", "changed", "missing_program", "out_of_time", "out_of_memory", "worker_died"})
"""Codes of failures that the next run may not meet: nothing is kept of them, and the file is tried again."""


def skipped(found: Found) -> Result:
    """The result of a file that is not to be read."""
    return Result(OutcomeRow(found.source, found.container, "skipped", found.skip, SKIPPED[found.skip], ""))


def failed(found: Found, code: str, message: str) -> Result:
    """The result of a file that cannot be converted."""
    return Result(OutcomeRow(found.source, found.container, "failed", code, printable(message), ""))


def opened(found: Found, limits: Limits) -> BufferedReader:
    """The file, open for reading. Raises IngestError (code `too_large`) and OSError; never follows a link that the user did not name, and never waits for a pipe."""
    path = os.path.realpath(found.path) if found.named else found.path
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    file = open(descriptor, "rb")  # noqa: PTH123, SIM115  opened above, so that nothing can be put in its place
    facts = os.fstat(descriptor)
    if stat.S_ISREG(facts.st_mode) and facts.st_size <= limits.size * MIB:
        return file
    file.close()
    if not stat.S_ISREG(facts.st_mode):
        raise IngestError(f"{found.source}: no longer a file", code="changed")
    raise IngestError(f"{found.source}: larger than {limits.size} MiB; --max-size sets the limit", code="too_large")


def digest(found: Found, limits: Limits) -> str:
    """The SHA-256 by which a file's content is known, in hexadecimal digits. Raises as `opened` does."""
    with opened(found, limits) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content(found: Found, limits: Limits) -> bytes:
    """The bytes of a file. Raises as `opened` does."""
    with opened(found, limits) as file:
        data = file.read(limits.size * MIB + 1)
    if len(data) > limits.size * MIB:
        raise IngestError(f"{found.source}: it grew while it was read", code="changed")
    return data


def _verified(found: Found, expected: str, limits: Limits) -> bytes | None:
    """The bytes of a file; None where they are no longer what they were."""
    data = content(found, limits)
    return data if hashlib.sha256(data).hexdigest() == expected else None


_verified_once = lru_cache(maxsize=1)(_verified)
"""The same, kept from one member of a file to the next."""


def convert_file(found: Found, expected: str, book: Rulebook, limits: Limits) -> Result:
    """Read and convert one file, or one member of it, whose bytes have the digest `expected`. Raises RuleError, which is no file's fault."""
    try:
        if found.member:
            outermost = found.container.partition("!/")[0]
            data = _verified_once(found._replace(source=outermost, container="", member=""), expected, limits)
        else:
            data = _verified(found, expected, limits)
        if data is None:
            return failed(found, "changed", f"{found.source}: it changed while it was read; the next run reads it again")
        with applied(limits):
            return _read(data, found, book, limits)
    except RuleError:
        raise
    except ExtractError as error:
        return failed(found, error.code, str(error))
    except TimeoutError:
        return failed(found, "out_of_time", f"{found.source}: a pattern took too long over it; the next run tries again")
    except OSError as error:
        return failed(found, "unreadable", f"{found.source}: {error.strerror or error}")
    except MemoryError:
        return failed(found, "out_of_memory", f"{found.source}: it needs more memory than a process may have; --max-memory sets the limit")
    except RecursionError:
        return failed(found, "too_deep", f"{found.source}: it nests too deeply")
    except Exception as error:  # noqa: BLE001  a defect of ours must not cost the other files of a run
        return failed(found, "internal", f"{found.source}: {type(error).__name__}: {error}")


def _read(data: bytes, found: Found, book: Rulebook, limits: Limits) -> Result:
    """What a document gives, and the names of the files that it holds: an archive has only those, a mail a text of its own as well."""
    from extract.ingest.containers import JOINT, contents, member
    from extract.pipeline import convert  # loads the language parts, which a run that has nothing to do never needs

    most, depth = limits.expansion * MIB, 0
    if found.member:
        depth = found.member.count(JOINT) + 1
        data = member(data, found.container, found.member, most, limits.nesting)
    held = contents(data, found.source, most, depth)
    if held is None:
        done = convert(data, found.source, book)
        return converted(found.source, found.container, done.doc_id, done.text, done.rows)
    if depth >= limits.nesting:
        raise IngestError(f"{found.source}: archives in archives, deeper than {limits.nesting}; unpack it first", code="too_deep")
    try:
        done = convert(data, found.source, book)
    except IngestError as error:
        if not held.names or error.code not in ("unsupported_format", "no_text"):
            raise
        return Result(OutcomeRow(found.source, found.container, "converted", "", f"{len(held.names)} files in it", ""), members=held.names)
    return converted(found.source, found.container, done.doc_id, done.text, done.rows)._replace(members=held.names)
