"""The review pages of an output folder: plain files that a browser opens from disk, with no request to anywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extract.errors import WriteError
from extract.review.overview import overview
from extract.review.page import page
from extract.review.pictures import Gallery, Sources
from extract.review.read import Found, read
from extract.review.words import meanings, name_of_code, page_words
from extract.rulebook import Rulebook
from extract.tables.labels import Lang, table_label

_HERE = Path(__file__).parent
_STAGING = ".review"
_SHARD = 1_000_000
"""Characters of text in one file of the search."""


@dataclass(frozen=True, slots=True)
class Site:
    """The pages as written. undrawn: sources of printed documents of which no picture could be drawn, though pictures were asked for."""

    index: Path
    undrawn: Sequence[str]


def build(
    output: Path,
    book: Rulebook,
    *,
    lang: Lang = "zh",
    as_of: str = "",
    sources: Sources | None = None,
    report: Callable[[int], None] | None = None,
) -> Site:
    """Write OUTPUT/review from the tables and texts of an output folder.

    as_of: the day (ISO) against which the overview counts what is overdue when it is opened; empty for the reader's own day.
    sources: where the files are that the run read, for pictures of printed pages; None for no pictures.
    report: called with the number of documents written so far.
    The same output, rules and options give the same bytes. Raises ExtractError (code `no_output`) where `output` holds no tables,
    WriteError where the pages cannot be written; either leaves the pages that were there.
    """
    found = read(output)
    staging = output / _STAGING
    try:
        shutil.rmtree(staging, ignore_errors=True)
        for name in ("doc", "data", "pages"):
            (staging / name).mkdir(parents=True)
        shutil.copytree(_HERE / "assets", staging / "assets")
        gallery = Gallery(sources, output / "review" / "pages", staging / "pages")
        _Writer(found, staging, book, lang, gallery).write(as_of, report)
        shutil.rmtree(output / "review", ignore_errors=True)
        staging.rename(output / "review")
    except OSError as error:
        raise WriteError(f"{output / 'review'}: cannot write the pages: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Site(output / "review" / "index.html", gallery.undrawn)


class _Writer:
    """What the pages of one site share."""

    def __init__(self, found: Found, folder: Path, book: Rulebook, lang: Lang, gallery: Gallery) -> None:
        self.found = found
        self.folder = folder
        self.lang = lang
        self.gallery = gallery
        self.words = page_words(lang)
        self.environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        self.environment.globals |= {
            "lang": "zh-CN" if lang == "zh" else "en",
            "w": self.words,
            "means": meanings(book, lang),
            "table_label": lambda name: table_label(name, lang),
            "code_label": lambda column, code: name_of_code(column, code, lang),
        }

    def write(self, as_of: str, report: Callable[[int], None] | None) -> None:
        """All files of the site, the overview last."""
        template = self.environment.get_template("document.html.j2")
        for n, row in enumerate(self.found.documents, 1):
            shown = page(self.found, row, self.lang)
            pictures = self.gallery.of(row, shown.printed)
            self._page(template.render(page=shown, pictures=pictures), "doc", f"{row['doc_id']}.html")
            if report:
                report(n)
        self.gallery.close()
        whole = overview(self.found, self.lang)
        shards = self._texts()
        self._script("lists", {"lists": whole.lists})
        index = self.environment.get_template("index.html.j2")
        self._page(index.render(shown=whole, documents=self.found.documents, as_of=as_of, shards=shards), "index.html")

    def _texts(self) -> int:
        """The texts for the search, in files of about equal size; returns how many."""
        n = 0
        for n, shard in enumerate(self._shards(), 1):
            self._script(f"texts-{n}", {"texts": shard})
        return n

    def _shards(self) -> Iterator[Sequence[tuple[int, str]]]:
        shard: list[tuple[int, str]] = []
        size = 0
        for place, row in enumerate(self.found.documents):
            shard.append((place, self.found.text(row["doc_id"])))
            size += len(shard[-1][1])
            if size >= _SHARD:
                yield shard
                shard, size = [], 0
        if shard:
            yield shard

    def _script(self, name: str, content: Mapping[str, Any]) -> None:
        """Data as a script file: a page on disk may load a script, but not fetch."""
        said = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        self._page(f"taizhang({said});\n", "data", f"{name}.js")

    def _page(self, content: str, *path: str) -> None:
        self.folder.joinpath(*path).write_bytes(content.encode("utf-8", "replace"))
