"""Notices made up by the hundred, in the formats that are read, and files that are bad in known ways."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from tests import ofd_writer, pdf_writer
from tests.office import packed, word_file

_PLACES = ("青禾市", "临川区", "云溪县", "白石镇")
_BODIES = ("市水务局", "市生态环境局", "市住建局", "县农业农村局")
_THINGS = ("污水处理厂", "入河排污口", "雨水泵站", "渗滤液处理站")


def notice(seed: int) -> list[str]:
    """The lines of a notice, another one for every seed."""
    chance = random.Random(seed)  # noqa: S311  no secret
    pick = chance.choice
    place = pick(_PLACES)
    lines = [f"{place}水污染治理任务清单", f"第{seed}号", "一、整改目标"]
    for number in range(1, chance.randrange(3, 9)):
        year = chance.randrange(2029, 2036)
        lines += [
            f"{number}.{year}年底前，新建{pick(_THINGS)}{chance.randrange(2, 400)}座，污水处理率达到{chance.randrange(60, 100)}%以上。",
            f"责任单位：{pick(_BODIES)}、{pick(_BODIES)}",
            f"整改时限：{year}年{chance.randrange(1, 13)}月",
        ]
    done = chance.randrange(1, 40)
    return [*lines, "二、进展情况", f"全市{done + 3}个问题，已完成整改{done}个，正在推进3个。"]


def _txt(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def _gb(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode("gb18030")


def _md(lines: list[str]) -> bytes:
    return ("# " + "\n\n".join(lines)).encode()


def _html(lines: list[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><head><meta charset='utf-8'><title>{lines[0]}</title></head><body><div>{body}</div></body></html>".encode()


def _docx(lines: list[str]) -> bytes:
    return word_file("".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines))


def _xlsx(lines: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([line])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _pdf(lines: list[str]) -> bytes:
    page = pdf_writer.Page()
    for number, line in enumerate(lines[:40]):
        page.text(72, 72 + 18 * number, line, 10)
    return pdf_writer.pdf(page)


def _ofd(lines: list[str]) -> bytes:
    page = ofd_writer.Page()
    for number, line in enumerate(lines[:40]):
        page.text(20, 20 + 6 * number, line, 3)
    return ofd_writer.ofd([page])


GOOD: Mapping[str, Callable[[list[str]], bytes]] = {
    "txt": _txt,
    "md": _md,
    "html": _html,
    "docx": _docx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "ofd": _ofd,
    "gb.txt": _gb,
}

_DTD = '<!DOCTYPE w [<!ENTITY a "甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><w>&b;&x;</w>'


def _cut(number: int) -> bytes:
    whole = _docx(notice(number))
    return whole[: len(whole) // 2]


def _bomb(number: int) -> bytes:
    return packed({"word/document.xml": b"<w>" + b" " * (70 << 20), "[Content_Types].xml": "<Types/>", "n": str(number)})


BAD: Mapping[str, tuple[Callable[[int], bytes], set[str]]] = {
    "elf.bin": (lambda n: b"\x7fELF\x02\x01\x01" + bytes(300 + n), {"unknown_format", "unsupported_format"}),
    "noise.txt": (lambda n: random.Random(n).randbytes(4000), {"unknown_format"}),  # noqa: S311
    "cut.docx": (_cut, {"damaged"}),
    "dtd.docx": (lambda n: packed({"word/document.xml": _DTD, "[Content_Types].xml": "<Types/>", "n": str(n)}), {"forbidden_xml"}),
    "bomb.docx": (_bomb, {"too_large"}),
    "dtd.ofd": (lambda n: packed({"OFD.xml": _DTD, "n": str(n)}), {"forbidden_xml"}),
    "cut.pdf": (lambda n: b"%PDF-1.7\n" + str(n).encode(), {"damaged"}),
    "blank.html": (lambda n: b"<html><body><script>alert(1)</script>" + b" " * n + b"</body></html>", {"no_text"}),
    "deep.html": (lambda n: b"<div>" * (200_000 + n), {"too_deep"}),
    "empty.txt": (lambda _: b"", {"empty"}),
}
"""Kinds of bad files: how to make one, and the codes that it may fail with."""


def fill(folder: Path, count: int) -> dict[str, set[str]]:
    """Fill a folder with `count` files, a tenth of them bad. Returns the codes that each bad one may fail with, by its source."""
    expected: dict[str, set[str]] = {}
    for number in range(count):
        here = folder / f"{number % 7}"
        here.mkdir(parents=True, exist_ok=True)
        if number % 10 == 9:
            name, (make, codes) = list(BAD.items())[number // 10 % len(BAD)]
            (here / f"{number:05}-{name}").write_bytes(make(number))
            expected[f"{number % 7}/{number:05}-{name}"] = codes
            continue
        kind = list(GOOD)[number % len(GOOD)]
        (here / f"{number:05}.{kind}").write_bytes(GOOD[kind](notice(number)))
    return expected
