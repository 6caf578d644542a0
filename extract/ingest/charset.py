"""Bytes to text: the encodings that Chinese offices write."""

from __future__ import annotations

import codecs
import re

from extract.errors import IngestError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_USUAL = re.compile("[\t\n\r\x20-\x7e\u2010-\u2027\u2030-\u205e\u2160-\u217f\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")
_USUAL_SHARE = 0.9
"""Share of ordinary characters from which bytes with zeros among them are taken for UTF-16."""

_SAMPLE = 20_000
"""Bytes that are looked at to tell encodings apart."""

_TOLERATED = 0.002
"""Share of unreadable bytes up to which an encoding is still taken: a scraper cuts a page in the middle of a character."""

# The most frequent characters of running Chinese, in the form that they have both in Simplified and in Traditional text or in either:
# right decodings are full of them, wrong ones hold almost none.
_FREQUENT = re.compile(
    "[的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着去之过過家学學对對可她里裡后後小么市省委政府部门門工作局理发發环環境实實施整改问問题題责責任关關于於及各项項第日月]"
)
_CONTROL = re.compile("[\x00-\x08]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of bytes, line ends as `\\n`, and the name of their encoding.

    A byte-order mark decides; else UTF-16 without one is told by its zero bytes, UTF-8 by its being valid, and GB18030 from Big5 by
    which of the two gives common characters (GB18030 reads most Big5 bytes without complaint). Raises IngestError with code
    `unknown_format` where none fits.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _lines(data[len(bom) :].decode(name, "replace")), name
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _lines(data.decode(wide, "replace")), wide
    try:
        return _lines(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    name = _best(data[:_SAMPLE])
    return _lines(data.decode(name, "replace")), name


def _wide(sample: bytes) -> str | None:
    """utf-16-le or utf-16-be, where bytes of zero (half of an ASCII character) make either likely and it gives ordinary text."""
    if 0 not in sample:
        return None
    shares = {name: _usual_share(sample[: len(sample) // 2 * 2].decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    name = max(shares, key=lambda n: shares[n])
    return name if shares[name] > _USUAL_SHARE else None


def _usual_share(text: str) -> float:
    return sum(map(len, _USUAL.findall(text))) / max(1, len(text))


def _best(sample: bytes) -> str:
    scores = {name: _fitness(sample, name) for name in ("gb18030", "big5hkscs", "utf-8")}
    name = max(scores, key=lambda n: scores[n])
    if scores[name] < 0:
        raise IngestError("neither text nor a format that is known; the bytes fit no encoding of Chinese text", code="unknown_format")
    return name


def _fitness(sample: bytes, name: str) -> float:
    """The share of common characters in the decoded sample, -1 where too much of it is unreadable."""
    text = sample.decode(name, "replace")
    lost = text.count("\ufffd")
    if lost > 2 + len(text) * _TOLERATED * 5 or _CONTROL.search(text):
        return -1.0
    wide = len(text) - len(text.encode("ascii", "ignore"))
    return len(_FREQUENT.findall(text)) / max(1, wide) - lost / len(text)


def _lines(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text or "\v" in text or "\x85" in text or "\u2028" in text or "\u2029" in text:
        text = text.translate(_BREAKS)
    return text


_BREAKS = dict.fromkeys(map(ord, "\f\v\x85\u2028\u2029"), "\n")
