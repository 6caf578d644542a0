"""The review pages: how a text is cut, what the charts count, what is read back, and that the same output gives the same pages."""

from __future__ import annotations

import csv
import html.parser
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import ExtractError
from extract.review import build, segments
from extract.review.charts import timeline
from extract.review.read import read
from extract.review.words import meanings, page_words
from extract.rulebook import Rulebook
from extract.tables.added import READER
from tests import sites
from tests.conftest import ROOT

TEXTS = st.text("ab。\t\n①🀄", max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    return text, [(min(pair), max(pair)) for pair in draw(st.lists(st.tuples(places, places), max_size=8))]


@settings(deadline=None)
@given(marked_texts())
def test_the_pieces_give_the_text_back(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    lines = list(segments.lines(text, spans))
    assert "\n".join("".join(piece.text for piece in pieces) for _, pieces in lines) == text
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for _, pieces in lines for piece in pieces)


@settings(deadline=None)
@given(marked_texts())
def test_a_piece_is_covered_by_what_covers_its_characters(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given_text
    pieces = [piece for _, pieces in segments.lines(text, spans) for piece in pieces]
    for piece in pieces:
        for place in range(piece.start, piece.start + len(piece.text)):
            assert set(piece.covers) == {i for i, (start, end) in enumerate(spans) if start <= place < end}
    drawn = {i for piece in pieces for i in piece.covers}
    assert drawn >= {i for i, (start, end) in enumerate(spans) if text[start:end].strip("\n") or start == end}


@settings(deadline=None)
@given(marked_texts())
def test_stretches_that_overlap_lie_in_different_lanes(given_text: tuple[str, list[tuple[int, int]]]) -> None:
    _, spans = given_text
    lanes = segments.lanes(spans)
    for i, (start, end) in enumerate(spans):
        for k, (other_start, other_end) in enumerate(spans[:i]):
            if start < other_end and other_start < end and lanes[i] < segments.LANES - 1:
                assert lanes[i] != lanes[k]


def test_the_shorter_of_two_lies_nearer_to_the_text() -> None:
    assert segments.lanes([(0, 20), (5, 8), (10, 12), (5, 12)]) == [2, 0, 0, 1]


def test_the_timeline_counts_by_month_and_draws_quiet_months() -> None:
    drawn = timeline(["2024-06-30", "2024-06-01", ""], ["2024-08-31"])
    assert [(month.name, month.matters, month.targets) for month in drawn.months] == [
        ("2024-06", 2, 0),
        ("2024-07", 0, 0),
        ("2024-08", 0, 1),
    ]
    assert [month.label for month in drawn.months] == ["2024", "", ""]
    assert drawn.ticks[-1] == (0.0, 2)


def test_a_lone_far_day_does_not_stretch_the_timeline() -> None:
    drawn = timeline(["2024-06-30"], ["2060-12-31"])
    assert [(month.name, month.breaks) for month in drawn.months] == [("2024-06", False), ("2060-12", True)]
    assert timeline([], []).months == ()


def test_cells_come_back_as_they_were_before_the_guard_against_formulas(tmp_path: Path) -> None:
    guarded = {"doc_id": "00000000000000aa", "title": "=1+1", "source": "'quoted", "issuer": "plain", "inspection_round": "", "pages": ""}
    folder = sites.write(tmp_path / "out", {"documents": [guarded]}, {"00000000000000aa": "x"})
    assert "'=1+1" in (folder / "documents.csv").read_text(encoding="utf-8-sig")
    (row,) = read(folder).documents
    assert (row["title"], row["source"], row["issuer"]) == ("=1+1", "'quoted", "plain")


def test_a_cell_of_any_length_is_read(tmp_path: Path) -> None:
    doc_id = "00000000000000aa"
    long = "长" * 200_000
    rows = {
        "documents": [{"doc_id": doc_id, "title": "t"}],
        "measures": [{"doc_id": doc_id, "measure_id": "m", "text": long, "start": "0", "end": "1"}],
    }
    assert read(sites.write(tmp_path / "out", rows, {doc_id: "x"})).rows("measures", doc_id)[0]["text"] == long


def test_a_folder_without_tables_says_what_to_do(tmp_path: Path, book: Rulebook) -> None:
    with pytest.raises(ExtractError, match=r"taizhang run INPUT -o") as caught:
        build(tmp_path, book)
    assert caught.value.code == "no_output"
    assert not (tmp_path / "review").exists()


@pytest.mark.parametrize("doc_id", ["../../escape", "", "00000000000000AA", "00000000000000aa.html"])
def test_a_document_id_is_no_path(doc_id: str, tmp_path: Path, book: Rulebook) -> None:
    folder = sites.write(tmp_path / "out", {"documents": [{"doc_id": doc_id, "title": "t"}]}, {})
    with pytest.raises(ExtractError, match="no document id"):
        build(folder, book)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_tables_of_another_version_are_refused(tmp_path: Path, book: Rulebook) -> None:
    folder = sites.large(tmp_path / "out", 1)
    (folder / "targets.csv").write_text("target_id,value\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="run again"):
        build(folder, book)


def test_a_missing_text_leaves_the_pages_that_were_there(tmp_path: Path, book: Rulebook) -> None:
    folder = sites.large(tmp_path / "out", 2)
    before = build(folder, book).index.read_bytes()
    (folder / "texts" / f"{1:016x}.txt").unlink()
    with pytest.raises(ExtractError, match="text of a document"):
        build(folder, book)
    assert (folder / "review" / "index.html").read_bytes() == before
    assert not list(folder.glob(".review*"))


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_output_gives_the_same_pages_and_old_ones_go(tmp_path: Path, book: Rulebook) -> None:
    folder = sites.large(tmp_path / "out", 3)
    first = _files(build(folder, book, as_of="2024-05-01").index.parent)
    (folder / "review" / "doc" / "gone.html").write_text("old", encoding="utf-8")
    assert _files(build(folder, book, as_of="2024-05-01").index.parent) == first
    assert {name for name in first if name.startswith("doc/")} == {f"doc/{n:016x}.html" for n in range(3)}


class Sources(html.parser.HTMLParser):
    """What a page would load or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value or "") for name, value in attrs if name in ("src", "href")]
        self.inline += [name for name, _ in attrs if name.startswith("on") or name == "style"]


def test_hostile_cells_stay_text(tmp_path: Path, book: Rulebook) -> None:
    site = build(sites.hostile(tmp_path / "out"), book).index.parent
    for page in [site / "index.html", *(site / "doc").iterdir()]:
        reader = Sources()
        reader.feed(page.read_text(encoding="utf-8"))
        assert reader.inline == []
        assert [value for _, value in reader.found if ":" in value] == [], page.name
        assert {value for tag, value in reader.found if tag == "script"} <= {
            "assets/page.js",
            "assets/overview.js",
            "assets/search.js",
            "data/lists.js",
            "../assets/page.js",
            "../assets/document.js",
        }


def test_every_word_of_the_pages_stands_in_both_languages_and_is_used() -> None:
    templates = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "extract" / "review").rglob("*.*") if path.suffix in (".j2", ".py")
    )
    assert page_words("zh").keys() == page_words("en").keys()
    assert all(page_words("zh").values())
    unused = {name for name in page_words("en") if not re.search(rf"\bw\.{name}\b|[\"']{name}[\"']", templates)}
    assert unused == set()


def test_every_rule_says_what_it_means(book: Rulebook) -> None:
    """Rules in rules/*.yml say it themselves, those in Python in extract/review/words.yml; a new one has to be described there."""
    known = meanings(book, "en")
    written = set()
    for folder in ("outline", "records", "tables"):
        for path in (ROOT / "extract" / folder).rglob("*.py"):
            written |= set(
                re.findall(r'"((?:date|field|followup|owner|tally|target|participant)-[a-z-]+)"', path.read_text(encoding="utf-8"))
            )
    assert len(written) > 20
    assert written - known.keys() == set()
    listed = yaml.safe_load((ROOT / "extract" / "review" / "words.yml").read_text(encoding="utf-8"))["rules"]
    assert listed.keys() - written == {READER}, "no rule of this name is left"


def test_a_corrected_row_says_so(tmp_path: Path, book: Rulebook) -> None:
    doc_id = "00000000000000aa"
    own = {"doc_id": doc_id, "title": "通知", "measure_id": "", "start": "0", "end": "2", "text": "甲局"}
    owners = [own | {"owner_id": f"{doc_id}-o000{n}", "name": f"甲{n}局", "corrected": "name" if n == 1 else ""} for n in (1, 2)]
    folder = sites.write(tmp_path / "out", {"documents": [own], "owners": owners}, {doc_id: "甲局负责"})
    build(folder, book)
    page = (folder / "review" / "doc" / f"{doc_id}.html").read_text(encoding="utf-8")
    notes = re.findall(r'class="note">([^<]*)<', page)
    assert ["已更正" in note for note in notes] == [True, False]


def test_rows_are_on_their_page(tmp_path: Path, book: Rulebook) -> None:
    """Every row of a page's document stands there once, with its id, so that a link to it leads somewhere."""
    folder = sites.large(tmp_path / "out", 2)
    build(folder, book)
    page = (folder / "review" / "doc" / f"{0:016x}.html").read_text(encoding="utf-8")
    for table, key in (("targets", "target_id"), ("ledger", "ledger_id"), ("tallies", "tally_id"), ("measures", "measure_id")):
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            ids = [row[key] for row in csv.DictReader(file) if row["doc_id"] == f"{0:016x}"]
        assert ids
        assert all(page.count(f'id="{one}"') == 1 for one in ids)
