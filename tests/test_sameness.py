"""One document in every format gives the same rows: ids, offsets, pages, format and repairs apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.ingest.containers import contents
from extract.pipeline import Converted, convert
from tests import by_format
from tests.conftest import ROOT
from tests.office import needs_office
from tests.render import BY_OFFICE, FORMATS, render
from tests.rows import bare_rows

if TYPE_CHECKING:
    from pathlib import Path

    from extract.rulebook import Rulebook

SAMPLES = (
    "s01_dixiashui_fangan.txt",
    "s02_anquan_qingdan.html",  # a task table with a head of two lines, merged cells and rows of sections
    "s03_shidi_gongshi.html",  # a table of fields and values
    "s04_heichou_xiaohao.html",
    "s05_anwei_xinwen.html",
    "s06_cuoshi_duanluo.html",  # bold heads within a paragraph
    "s07_gongshui_xingdong.md",  # a plain task table among numbered items
    "s08_shian_jiyao.txt",
    "s09_hedao_jiyao.txt",
    "s10_zhufang_jianghua.txt",
    "s11_fanti_luoshi.txt",
    "s12_xinwen_pinyin.txt",
    "s13_lenglian_tongzhi.txt",
    "s14_daqi_jinzhan.md",
    "s15_zhuzhai_yijian.txt",
    "s16_tian_dafu.txt",
    "s17_huitoukan_fangan.txt",
)
SLOW = ("s02_anquan_qingdan", "s07_gongshui_xingdong")
"""Those that are read back by LibreOffice too, which takes seconds for each."""
NOT_CARRIED = {"s08_shian_jiyao": {"pdf"}}
"""By sample, the formats that do not hold all of it: print has no space at a line's end."""
COUNTS = {
    "txt": 13,
    "md": 15,
    "pdf": 16,
    "ofd": 17,
    **dict.fromkeys(("xlsx", "xls", "csv"), 2),
    **dict.fromkeys(("doc", "rtf", "odt"), 2),
    "ods": 1,
}


@pytest.fixture(scope="module")
def originals(book: Rulebook) -> dict[str, Converted]:
    return {name.partition(".")[0]: convert((ROOT / "samples" / name).read_bytes(), name, book) for name in SAMPLES}


@pytest.mark.parametrize("suffix", [pytest.param(suffix, marks=needs_office if suffix in BY_OFFICE else ()) for suffix in FORMATS])
def test_every_format_gives_the_same_rows(suffix: str, originals: dict[str, Converted], book: Rulebook) -> None:
    slow = suffix in ("doc", "rtf", "odt", "ods")
    held = [name for name in (SLOW if slow else originals) if suffix not in NOT_CARRIED.get(name, ())]
    copies = render({name: originals[name] for name in held}, suffix)
    assert len(copies) == COUNTS.get(suffix, len(SAMPLES))
    for name, data in copies.items():
        original, copy = originals[name], convert(data, f"{name}.{suffix}", book)
        assert copy.document.format == suffix
        facts = original.document.meta  # what the original page says of itself outside its text
        expected, found = bare_rows(original, without=facts), bare_rows(copy, without=facts)
        if suffix in ("pdf", "ofd"):  # headings without numbers are told by their bold print
            expected["measures"] = [row | {"marker": str(row["marker"]).replace("heading", "bold")} for row in expected["measures"]]
        for table, rows in expected.items():
            assert found[table] == rows, f"{name}.{suffix}: {table}"


@pytest.mark.parametrize("suffix", ["html", "docx", pytest.param("pdf", marks=needs_office), "ofd", "xlsx"])
def test_every_format_is_read_as_well_as_it_must_be(suffix: str, originals: dict[str, Converted], book: Rulebook) -> None:
    copies = by_format.copies(originals, suffix)
    found, full = by_format.means(by_format.score((name, convert(data, f"{name}.{suffix}", book)) for name, data in copies.items()))
    least_found, least_full = by_format.least(suffix)
    assert found >= least_found
    assert full >= least_full


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=needs_office if path.suffix in (".doc", ".rtf", ".odt", ".ods") else (), id=path.name)
        for path in sorted((ROOT / "samples" / "formats").iterdir())
    ],
)
def test_a_sample_in_another_format_has_the_rows_of_its_original(path: Path, book: Rulebook) -> None:
    original_path = next(one for one in (ROOT / "samples").iterdir() if one.stem == path.stem)
    original = convert(original_path.read_bytes(), original_path.name, book)
    data, name = path.read_bytes(), path.name
    held = contents(data, name, 1 << 30) if path.suffix == ".zip" else None
    if held:
        (name,) = held.names
        data = held.data(name)
    facts = original.document.meta
    assert bare_rows(convert(data, name, book), without=facts) == bare_rows(original, without=facts)


@needs_office
def test_a_wps_file_is_read_as_one(originals: dict[str, Converted], book: Rulebook) -> None:
    (name, data) = next(iter(render({"s04": originals["s04_heichou_xiaohao"]}, "doc").items()))
    copy = convert(data, f"{name}.wps", book)
    assert copy.document.format == "wps"
    assert copy.text == originals["s04_heichou_xiaohao"].text
