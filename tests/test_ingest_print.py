"""Pages as browsers and typesetters print them: paragraphs without indentation, heads in black faces, what a browser adds."""

from __future__ import annotations

import pytest

from extract.ingest.geometry import is_bold_font
from extract.ingest.pdf import read_pdf
from tests.pdf_writer import Page, pdf
from tests.test_ingest_pdf import LONG, raw, rows, tables, texts

SHORT = "县水务局要把剩余管段的改造排出工期表，每旬报送一次进展，不得以天气为由拖延工期，更不得擅自更改标准。"
ADDRESS = "https://www.example.gov.cn/zwgk/tzgg/202605/t20260507_118204.html"


def flush(page: Page, y: float, text: str, *, size: float = 16, left: float = 78, characters: int = 27) -> float:
    """A paragraph that begins at the margin; returns the height below its last line."""
    for at in range(0, len(text), characters):
        page.text(left, y, text[at : at + characters], size)
        y += 1.5 * size
    return y


def test_paragraphs_are_told_by_the_space_between_them() -> None:
    page = Page()
    y = 100.0
    written = [LONG, "二、" + SHORT, LONG[:54], SHORT, LONG]
    for text in written:
        y = flush(page, y, text) + 12
    assert texts(raw(page)) == written


def test_a_full_line_that_ends_a_sentence_is_joined_only_where_spaces_tell_paragraphs() -> None:
    full = LONG[:26] + "。"
    for space, found in ((12.0, [full + SHORT, LONG, SHORT]), (0.0, [full, SHORT, LONG, SHORT])):
        page = Page()
        y = flush(page, 100, full + SHORT) + space
        y = flush(page, y, LONG) + space
        flush(page, y, SHORT)
        assert texts(raw(page)) == found


def test_a_paragraph_told_by_spaces_goes_on_behind_a_page_end() -> None:
    first, second = Page(), Page()
    y = flush(first, 100, LONG) + 12
    y = flush(first, y, SHORT) + 12
    flush(first, y, LONG[:27])
    y = flush(second, 100, LONG[27:]) + 12
    flush(second, y, SHORT)
    assert texts(raw(first, second)) == [LONG, SHORT, LONG, SHORT]


def test_full_lines_of_a_narrow_list_are_not_joined() -> None:
    page = Page()
    y = 100.0
    for name in ("县住房城乡建设局", "县自然资源规划局", "县农业农村工作局", "县市场监督管理局", "合计四个部门。", "县卫生健康工作局"):
        y = flush(page, y, name)
    assert len(texts(raw(page))) == 6


def printed(number: int, count: int, *, head: str = "2026/5/8 09:14", foot: str = ADDRESS) -> Page:
    """A page as a browser prints it."""
    page = Page()
    page.text(24, 20, head, 8)
    page.text(250, 20, "关于印发整改清单的通知", 8)
    page.text(24, 832, foot, 8)
    page.text(560, 832, f"{number}/{count}", 8)
    y = flush(page, 100, LONG) + 12
    flush(page, y, SHORT)
    return page


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("head", ["2026/5/8 09:14", "5/8/26, 9:14 AM", "2026/5/8 上午9:14"])
def test_what_a_browser_prints_around_a_page_is_dropped(head: str, count: int) -> None:
    pages = [printed(number, count, head=head) for number in range(1, count + 1)]
    document = raw(*pages)
    assert texts(document) == [LONG, SHORT] * count
    assert "boilerplate" in document.repairs


def test_an_address_or_an_hour_near_the_edge_is_dropped_only_beside_a_number_of_the_page() -> None:
    page = printed(1, 1, foot="详见附件")
    found = texts(raw(page))
    assert found[0].startswith("2026/5/8 09:14")
    assert found[-1].startswith("详见附件")
    other = printed(3, 2)  # 3/2 is no number of the first page
    assert texts(raw(other))[-1].startswith("https://")


@pytest.mark.parametrize("name", ["ABCDEF+SimHei", "黑体", "WenQuanYiZenHei", "MicrosoftYaHei", "SimSun,Bold"])
def test_black_faces_stress(name: str) -> None:
    assert is_bold_font(name)


@pytest.mark.parametrize("name", ["SimSun", "FangSong_GB2312", "KaiTi", "NotoSerifCJKsc-Regular", "Shanghai"])
def test_other_faces_do_not(name: str) -> None:
    assert not is_bold_font(name)


def test_names_of_fonts_in_chinese_are_read() -> None:
    page = Page()
    page.text(110, 100, "总体要求", font="F2")
    for i, line in enumerate((LONG[:25], LONG[25:52], LONG[52:])):
        page.text(78 if i else 110, 130 + 28 * i, line)
    data = pdf(page).replace(b"Boxes-Bold", "黑体".encode("gb18030") + b"-boxes")
    document = read_pdf(data, "a.pdf", "pdf")
    assert [document.text[s:e] for block in document.blocks for s, e in block.bold] == ["总体要求"]


def noted(mark: str, size: float = 9, y: float = 640) -> Page:
    """A page of text that a line in other print ends."""
    page = Page()
    flush(page, flush(page, 100, LONG) + 12, SHORT)
    page.text(78, y, f"{mark}指督察反馈之日的数据。", size)
    return page


@pytest.mark.parametrize("mark", ["1. ", "[2]", "①", "3 "])
def test_footnotes_are_left_out(mark: str) -> None:
    document = raw(noted(mark))
    assert texts(document) == [LONG, SHORT]
    assert [note.code for note in document.diagnostics] == ["left_out"]


@pytest.mark.parametrize(
    ("mark", "size", "y"),
    [("注：", 9, 640), ("1. ", 16, 640), ("1. ", 9, 400), ("2031年", 9, 640), ("", 9, 640)],
    ids=["a note to all", "in the text's print", "above the middle", "a date", "without a mark"],
)
def test_other_last_lines_are_text(mark: str, size: float, y: float) -> None:
    assert texts(raw(noted(mark, size, y)))[-1].replace(" ", "") == f"{mark}指督察反馈之日的数据。".replace(" ", "")


def test_a_running_head_may_name_the_chapter_at_its_other_end() -> None:
    pages = []
    for chapter in ("整改方案", "任务清单"):
        page = Page()
        page.text(78, 40, "督察整改文件汇编", 9)
        page.text(440, 40, chapter, 9)
        flush(page, flush(page, 100, LONG) + 12, SHORT)
        pages.append(page)
    assert texts(raw(*pages)) == [LONG, SHORT] * 2


def test_a_cell_set_downwards_is_read_so_with_the_figures_that_lie_in_it() -> None:
    page = Page()
    page.grid((70, 110, 300), (80, 120, 260))
    page.text(74, 104, "类别", 11)
    page.text(120, 104, "内容", 11)
    page.text(120, 180, "新建管网3公里。", 11)
    for column, text in enumerate(("推进雨污分流", "改造25处")):
        y = 150.0
        for char in text:
            if char.isascii():
                page.text(92 - 14 * column + 2, y - 9, char, 11, turn=(0, -1))
                y += 5.5
            else:
                page.text(92 - 14 * column, y, char, 11)
                y += 11
    page.text(40, 300, "12", 11, turn=(0, -1))
    document = raw(page)
    assert rows(document, tables(document)[0]) == [["类别", "内容"], ["推进雨污分流改造25处", "新建管网3公里。"]]
    assert "12" not in document.text


def test_words_set_apart_in_a_cell_are_read_line_by_line() -> None:
    page = Page()
    page.grid((70, 140, 300), (80, 130, 180))
    page.text(80, 100, "责", 11)
    page.text(110, 100, "任", 11)
    page.text(80, 116, "单", 11)
    page.text(110, 116, "位", 11)
    page.text(150, 110, "县水利局", 11)
    page.text(80, 160, "整改时限", 11)
    page.text(150, 160, "长期坚持", 11)
    document = raw(page)
    assert "任位" not in document.text
