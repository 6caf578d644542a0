"""Formats of older and other office programs (DOC, WPS, RTF, ODT, ODS, Office XML of 2003): LibreOffice saves them as Open XML, which is then read.

LibreOffice is a program of the system. It runs without a window, with a profile of its own for each file, for a limited time; macros,
links to other files and the network are off.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import psutil

from extract.errors import IngestError
from extract.ingest.word import read_docx
from extract.ingest.xlsx import read_xlsx
from extract.model import RawDocument

PACKAGES = "libreoffice-writer libreoffice-calc"
"""What Debian and Ubuntu call the parts of LibreOffice that are needed."""
_SECONDS = 90.0
_LARGEST = 256 << 20
"""Bytes of what LibreOffice may save."""
_SUFFIX: Mapping[str, str] = MappingProxyType({"wps": "doc", "wordml": "xml", "sheetml": "xml"})
"""What a file is called for LibreOffice, where that is not its format."""
_SHEETS = frozenset({"ods", "sheetml"})

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),  # pictures and texts that lie elsewhere, on a disk or in a network
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),  # what still wants to go out is sent to a port where nobody listens
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    *((("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1")) for kind in ("HTTP", "HTTPS")),
    *((("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyPort", "9")) for kind in ("HTTP", "HTTPS")),
)


def read_by_office(data: bytes, source: str, name: str) -> RawDocument:
    """What LibreOffice makes of a file of the format `name`, read as DOCX or XLSX.

    Raises IngestError: `missing_program` where LibreOffice is not installed, `out_of_time` where it takes too long, `damaged` where it
    cannot read the file, and what the readers of DOCX and XLSX raise.
    """
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        path = Path(folder) / f"document.{_SUFFIX.get(name, name)}"
        path.write_bytes(data)
        newer = "xlsx" if name in _SHEETS else "docx"
        try:
            saved = save_as(newer, [path], Path(folder) / "saved")
        except subprocess.TimeoutExpired as error:
            raise IngestError(
                f"{source}: LibreOffice took more than {_SECONDS:.0f} s over it; save it as .{newer}", code="out_of_time"
            ) from error
        except FileNotFoundError as error:
            raise IngestError(
                f"{source}: {name} files are read through LibreOffice, which is not installed; install {PACKAGES}, or save it as .{newer}",
                code="missing_program",
            ) from error
        if not saved:
            raise IngestError(f"{source}: the file is damaged (LibreOffice cannot read it); save it as .{newer}", code="damaged")
        if saved[0].stat().st_size > _LARGEST:
            raise IngestError(f"{source}: it becomes more than {_LARGEST >> 20} MiB as .{newer}; split it", code="too_large")
        new = saved[0].read_bytes()
    return (read_xlsx if name in _SHEETS else read_docx)(new, source, name)


def save_as(newer: str, paths: list[Path], folder: Path, seconds: float = _SECONDS) -> list[Path]:
    """Have LibreOffice save files in another format into a folder; the ones that came of it, in order.

    Raises FileNotFoundError where it is not installed, subprocess.TimeoutExpired where it takes longer than `seconds`; then it is
    killed with all that it started.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory(prefix="taizhang-") as profile:
        _write_settings(Path(profile))
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", newer, "--outdir", str(folder), *map(str, paths)]
        _run(command, profile, seconds)
    return [made for path in paths if (made := folder / f"{path.stem}.{newer.partition(':')[0]}").is_file()]


def _run(command: list[str], home: str, seconds: float) -> None:
    process = psutil.Popen(  # in the process group of its parent: what ends the parent with its group ends it too
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": home}
    )
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired as error:
        raise subprocess.TimeoutExpired(command, seconds) from error
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            for one in [*process.children(recursive=True), process]:
                one.kill()
        process.wait()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
