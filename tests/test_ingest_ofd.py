"""The OFD reader (GB/T 33190): placed text, templates, composite objects, tables, and files that are no good."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from extract.errors import IngestError
from extract.ingest import read
from extract.ingest.containers import contents
from extract.ingest.ofd import read_ofd
from extract.limits import Limits, applied
from extract.model import RawDocument
from extract.pipeline import convert
from extract.rulebook import Rulebook
from tests.ofd_writer import EM, NAMESPACE, Page, ofd, package

LONG = "各乡镇要对照清单逐项明确完成时间，建立工作台账，定期调度进展情况，确保各项任务按照要求落实到位。"


def raw(*pages: Page) -> RawDocument:
    return read_ofd(ofd(pages), "a.ofd", "ofd")


def texts(document: RawDocument) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def wrapped(text: str, page: Page, y: float) -> float:
    """A paragraph with its first line indented, 27 characters a line."""
    first = True
    while text:
        room = 25 if first else 27
        line, text = text[:room], text[room:]
        page.text(28 + 2 * EM * first, y, line)
        y, first = y + 10, False
    return y


def test_paragraphs_are_told_by_their_indentation_over_page_ends() -> None:
    first, second = Page(), Page()
    wrapped(LONG, first, wrapped(LONG, first, 40))
    wrapped("二、" + LONG, second, 40)
    document = raw(first, second)
    assert texts(document) == [LONG, LONG, "二、" + LONG]
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert document.pages == 2


def test_objects_on_one_line_are_one_line_in_the_order_of_place() -> None:
    page = Page()
    page.text(28 + 4 * EM, 60, "下午会议")
    page.text(28, 60, "三月五日")
    page.text(28, 30, "第一行")
    assert texts(raw(page)) == ["第一行", "三月五日下午会议"]


@pytest.mark.parametrize(
    ("deltas", "text"),
    [
        ("g 3 5.6", "甲乙丙丁"),
        ("5.6 g 2 5.6", "甲乙丙丁"),
        ("5.6 12 5.6", "甲乙\u3000丙丁"),
        ("g 9999999 5.6", "甲乙丙丁"),
        ("g x 5.6", "甲乙丙丁"),
        ("", "甲乙丙丁"),
        ("nan inf 1e99", "甲乙丙丁"),
    ],
)
def test_steps_between_characters(deltas: str, text: str) -> None:
    page = Page()
    page.text(28, 60, "甲乙丙丁", deltas=deltas)
    assert texts(raw(page)) == [text]


def test_a_matrix_scales_text_and_slanted_text_is_a_watermark() -> None:
    page = Page()
    page.text(28, 60, "缩放的字", size=16, matrix="0.35 0 0 0.35 0 0")
    page.text(28, 65.6, "后一行", size=EM)
    page.text(50, 150, "内部资料", size=20, matrix="0.7 0.7 -0.7 0.7 0 0")
    document = raw(page)
    assert texts(document) == ["缩放的字", "后一行"]
    place = document.places[0]
    assert place.box[2] - place.box[0] == pytest.approx(4 * 16 * 0.35 * 72 / 25.4, rel=0.01)


def test_calls_of_footnotes_are_no_figures_of_the_text() -> None:
    page = Page()
    page.text(39.2, 42.6, "建成示范街道12个")
    page.text(84, 40.6, "①", 3)
    page.text(87, 42.6, "，占地30km")
    page.text(115, 40.6, "2", 3)
    page.text(116.5, 42.6, "。")
    assert texts(raw(page)) == ["建成示范街道12个，占地30km2。"]


def test_a_column_of_characters_is_read_down() -> None:
    page = Page()
    page.drawn.append(
        '<ofd:TextObject Boundary="28 30 6 40" Size="5.6"><ofd:TextCode X="0" Y="5" DeltaX="g 2 0" DeltaY="g 2 7">竖排字</ofd:TextCode></ofd:TextObject>'
    )
    assert texts(raw(page)) == ["竖", "排", "字"]


@pytest.mark.parametrize(
    ("look", "fonts"),
    [
        ('Weight="700"', ""),
        ('Stroke="true"', ""),
        ('Font="8"', '<ofd:Font ID="8" FontName="宋体" Bold="true"/>'),
        ('Font="8"', '<ofd:Font ID="8" FontName="NotoSerifCJKsc-Bold"/>'),
    ],
    ids=["weight", "outlines", "said of the font", "name of the font"],
)
def test_bold_stretches_are_kept(look: str, fonts: str) -> None:
    page = Page()
    page.text(28, 40, "加强监管。", look=look)
    page.text(28 + 5 * EM, 40, "对38家排污单位安装设备，按月公开结果。")
    document = read_ofd(ofd([page], fonts=fonts), "a.ofd", "ofd")
    assert texts(document) == ["加强监管。对38家排污单位安装设备，按月公开结果。"]
    assert [document.text[s:e] for s, e in document.blocks[0].bold] == ["加强监管。"]


def test_signs_of_their_own_fonts_are_those_that_are_shown() -> None:
    page = Page()
    for y, font, text in ((40, 8, "\uf06c值班"), (50, 9, "\uf0b7排查"), (60, 3, "\uf0d8转移"), (70, 8, "\uf021其他")):
        page.text(28, y, text, look=f'Font="{font}"')
    names = '<ofd:Font ID="8" FontName="Wingdings"/><ofd:Font ID="9" FontName="Symbol"/>'
    assert texts(read_ofd(ofd([page], fonts=names), "a.ofd", "ofd")) == ["●值班", "•排查", "➢转移", "\uf021其他"]


def test_templates_and_composite_objects_are_drawn() -> None:
    ground, unit, page = Page(), Page(), Page(template="77")
    ground.text(28, 30, "某某市人民政府公报")
    unit.text(10, 20, "组合对象里的字")
    page.text(28, 60, "正文")
    page.drawn.append('<ofd:CompositeObject Boundary="20 80 100 100" ResourceID="88"/>')
    page.drawn.append(
        '<ofd:PageBlock><ofd:TextObject Visible="false" Size="5"><ofd:TextCode>不见</ofd:TextCode></ofd:TextObject></ofd:PageBlock>'
    )
    document = read_ofd(ofd([page], templates={"77": ground}, units={"88": unit}), "a.ofd", "ofd")
    assert texts(document) == ["某某市人民政府公报", "正文", "组合对象里的字"]
    assert document.places[2].box[0] == pytest.approx(30 * 72 / 25.4, abs=0.1)


def test_a_composite_object_that_holds_itself_ends() -> None:
    unit, page = Page(), Page()
    unit.drawn += ['<ofd:CompositeObject ResourceID="88"/>'] * 3
    page.drawn.append('<ofd:CompositeObject ResourceID="88"/>')
    page.text(28, 60, "正文")
    assert texts(read_ofd(ofd([page], units={"88": unit}), "a.ofd", "ofd"))[-1] == "正文"


def test_a_package_of_two_documents_is_read_whole() -> None:
    pages = []
    for text in ("第一个文档", "第二个文档"):
        pages.append(Page())
        pages[-1].text(28, 60, text)
    document = read_ofd(ofd(pages[:1], pages[1:]), "a.ofd", "ofd")
    assert texts(document) == ["第一个文档", "第二个文档"]
    assert document.pages == 2


def test_page_numbers_are_dropped() -> None:
    pages = [Page(), Page()]
    for n, page in enumerate(pages, 1):
        wrapped(LONG, page, 40)
        page.text(100, 280, f"— {n} —", 5)
    assert texts(raw(*pages)) == [LONG, LONG]


def test_ruled_tables_are_grids(book: Rulebook) -> None:
    page = Page()
    page.text(70, 30, "某某县整改任务清单", 7)
    page.grid((28, 40, 100, 140, 184), (40, 54, 68, 82))
    lines = [
        ["序号", "整改任务", "牵头单位", "整改时限"],
        ["1", "建成泵站3座", "县水务局", "2026年6月底前"],
        ["2", "清淤5公里", "县住建局", "2027年底前"],
    ]
    for i, line in enumerate(lines):
        for x, text in zip((29, 42, 102, 142), line, strict=True):
            page.text(x, 50 + 14 * i, text, 4)
    document = raw(page)
    (table,) = (block for block in document.blocks if block.kind == "table")
    assert [document.text[cell.start : cell.end] for cell in table.cells] == [text for line in lines for text in line]
    converted = convert(ofd([page]), "a.ofd", book)
    assert [(row.name, row.page) for row in converted.rows.owners] == [("县水务局", 1), ("县住建局", 1)]


def test_figures_that_lie_in_a_cell_set_downwards_are_read() -> None:
    page = Page()
    page.grid((30, 45, 120), (40, 55, 110))
    page.text(32, 50, "类别", 4)
    page.text(50, 50, "内容", 4)
    page.text(50, 85, "新建管网3公里。", 4)
    for i, char in enumerate("改造"):
        page.text(35, 64 + 4 * i, char, 4)
    page.text(36, 73, "25", 4, matrix="0 1 -1 0 0 0")
    for i, char in enumerate("处点位"):
        page.text(35, 77 + 4 * i, char, 4)
    document = raw(page)
    (table,) = (block for block in document.blocks if block.kind == "table")
    assert [document.text[cell.start : cell.end] for cell in table.cells] == ["类别", "内容", "改造25处点位", "新建管网3公里。"]


def test_a_ground_behind_text_divides_no_cell() -> None:
    page = Page()
    page.grid((28, 60, 120), (40, 54, 68))
    page.frame(62, 57, 90, 65, 'Stroke="false" Fill="true"')
    for y, line in zip((50, 64), (["序号", "整改任务"], ["1", "建成泵站3座"]), strict=True):
        for x, text in zip((29, 62), line, strict=True):
            page.text(x, y, text, 4)
    document = raw(page)
    assert document.text == "序号\t整改任务\n1\t建成泵站3座"


def with_parts(document: str, parts: dict[str, str]) -> bytes:
    """A package of one page whose document refers to more, with these parts."""
    page = Page()
    wrapped(LONG, page, 40)
    with zipfile.ZipFile(io.BytesIO(ofd([page]))) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    held["Doc_0/Document.xml"] = held["Doc_0/Document.xml"].replace("</ofd:Document>", document + "</ofd:Document>")
    return package(held | parts)


def test_attachments_are_members() -> None:
    listed = "".join(
        f'<ofd:Attachment ID="{i}" Name="{name}" Format="{ending}"><ofd:FileLoc>{i}.bin</ofd:FileLoc></ofd:Attachment>'
        for i, (name, ending) in enumerate((("清单.xlsx", "xlsx"), ("说明", "txt"), ("缺失", "txt")))
    )
    data = with_parts(
        "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        {
            "Doc_0/Attachs/Attachments.xml": f"<ofd:Attachments {NAMESPACE}>{listed}</ofd:Attachments>",
            "Doc_0/Attachs/0.bin": "a",
            "Doc_0/Attachs/1.bin": "b",
        },
    )
    found = contents(data, "a.ofd", 1 << 20)
    assert found is not None
    assert [(name, found.data(name)) for name in found.names] == [("清单.xlsx", b"a"), ("说明.txt", b"b")]
    assert contents(ofd([Page()]), "a.ofd", 1 << 20) is None


def test_annotations_are_left_out_and_said() -> None:
    notes = "".join(
        f'<ofd:Annot Type="{kind}" ID="1"><ofd:Appearance><ofd:TextObject><ofd:TextCode>密</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>'
        for kind in ("Path", "Watermark")
    )
    data = with_parts(
        "<ofd:Annotations>Annotations.xml</ofd:Annotations>",
        {
            "Doc_0/Annotations.xml": f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="1"><ofd:FileLoc>Annots/1.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
            "Doc_0/Annots/1.xml": f"<ofd:PageAnnot {NAMESPACE}>{notes}</ofd:PageAnnot>",
        },
    )
    document = read_ofd(data, "a.ofd", "ofd")
    assert "密" not in document.text
    assert [(one.code, one.message[:13]) for one in document.diagnostics] == [("left_out", "1 annotations")]


# --- files that are no good ------------------------------------------------------------------------------------------------


def code_of(data: bytes) -> str:
    with pytest.raises(IngestError) as caught:
        read_ofd(data, "a.ofd", "ofd")
    assert "a.ofd" in str(caught.value)
    return caught.value.code


def test_pages_that_are_pictures_are_told() -> None:
    scanned, page = Page(), Page()
    scanned.picture()
    page.text(28, 60, "正文")
    assert code_of(ofd([scanned])) == "no_text"
    assert [(found.code, "page 2" in found.message) for found in raw(page, scanned).diagnostics] == [("no_text", True)]


ROOT = "<OFD><DocBody><DocRoot>{}</DocRoot></DocBody></OFD>"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"OFD.xml": "<broken"}, "damaged"),
        ({"Doc_0/Document.xml": "<Document/>"}, "damaged"),
        ({"OFD.xml": ROOT.format("Doc_0/Document.xml")}, "damaged"),
        ({"OFD.xml": ROOT.format("../../etc/passwd")}, "damaged"),
        ({"OFD.xml": ROOT.format("D.xml"), "D.xml": "<Document/>"}, "no_text"),
        ({"OFD.xml": ROOT.format("D.xml"), "D.xml": '<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>'}, "no_text"),
    ],
)
def test_packages_without_text(parts: dict[str, str], code: str) -> None:
    assert code_of(package(parts)) == code


def test_a_part_that_declares_entities_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    page = Page()
    page.text(28, 60, "正文SECRET")
    content = f'<!DOCTYPE p [<!ENTITY s SYSTEM "{secret.as_uri()}">]>' + ofd_content(page).replace("SECRET", "&s;")
    parts = {"OFD.xml": ROOT.format("D.xml"), "D.xml": '<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>', "P.xml": content}
    with pytest.raises(IngestError, match="declares a document type") as caught:
        read_ofd(package(parts), "a.ofd", "ofd")
    assert "机密内容" not in str(caught.value)


def ofd_content(page: Page) -> str:
    return f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{"".join(page.drawn)}</ofd:Layer></ofd:Content></ofd:Page>'


def test_parts_beyond_the_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    page.text(28, 60, "正文" * 1000)
    monkeypatch.setattr("extract.ingest.ofd._MOST_BYTES", 1000)
    assert code_of(ofd([page])) == "too_large"


def test_too_many_pages_are_told() -> None:
    with applied(Limits(pages=2)):
        assert code_of(ofd([Page()] * 3)) == "too_many_pages"


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_file_is_a_document_or_an_outcome(seed: int) -> None:
    first, second = Page(), Page()
    wrapped(LONG, first, 40)
    second.grid((28, 80, 150), (40, 54, 68))
    second.text(30, 50, "任务", 4)
    second.text(90, 64, "单位", 4)
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    data = bytearray(ofd([first, second]))
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    else:
        for _ in range(chance.choice((1, 2, 40))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    try:
        document = read_ofd(bytes(data), "a.ofd", "ofd")
    except IngestError:
        return
    assert document.text.strip()


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.parent.parent.glob("shared/foreign/*.ofd")), ids=lambda path: path.stem)
def test_files_of_others_are_read(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    assert document.format == "ofd"
    assert document.pages
