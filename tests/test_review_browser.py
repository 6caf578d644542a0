"""The review pages in a real browser: Debian's Chromium, pages from disk, nothing from anywhere else."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from extract.review import build
from extract.rulebook import Rulebook
from tests import sites
from tests.test_cli import taizhang
from tests.test_review_pictures import package, printed

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="the Debian package chromium is not installed: review pages are not tested")

NOTICE = """青禾市水污染治理任务清单
青府办〔2024〕3号
一、新建泵站
2031年底前，新建泵站12座，污水处理率达到95%以上。由市水务局牵头，市财政局配合。
二、整治排污口
排查排污口43个，已完成整治32个，正在整治10个。全市２０２５年底前完成整治。
四、保障措施
各县区要加强督导，每月调度。
"""
DAY = "2025-01-15"


@dataclass
class Watched:
    """What a page did that it should not: requests to anywhere but its own folder, errors, dialogs, breaches of its own policy."""

    folder: str
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        page.add_init_script("addEventListener('securitypolicyviolation', event => console.error('policy ' + event.violatedDirective))")

    def check(self) -> None:
        assert self.wrong == []
        assert [url for url in self.requests if not url.startswith(self.folder)] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a run over a notice and the project's samples of hostile names."""
    folder = tmp_path_factory.mktemp("site")
    inbox = folder / "in"
    inbox.mkdir()
    (inbox / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (inbox / "empty.txt").write_bytes(b"")
    for n, evil in enumerate(sites.HOSTILE):
        name = evil.replace("/", "_")[:80]
        (inbox / f"{name}.txt").write_text(
            f"关于{evil}的通知{n}\n一、由{evil}市水务局牵头，{n}月底前建成{evil}泵站12座。\n", encoding="utf-8"
        )
    assert taizhang("run", inbox, "-o", folder / "out", "-q").returncode == 1, "one file is empty"
    done = taizhang("review", folder / "out", "--as-of", DAY)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "out" / "review"


@pytest.fixture
def watched(site: Path) -> Iterator[Watched]:
    seen = Watched(site.as_uri())
    yield seen
    seen.check()


def _page(browser: Browser, watched: Watched, url: str, **context: Any) -> Iterator[Page]:
    opened = browser.new_context(viewport=context.pop("viewport", {"width": 1400, "height": 900}), **context)
    opened.set_default_timeout(8000)
    page = opened.new_page()
    watched.watch(page)
    page.goto(url)
    yield page
    assert page.evaluate("window.pwned") is None
    opened.close()


def _notice(site: Path) -> str:
    """The page of the notice."""
    return next(path for path in (site / "doc").iterdir() if "青府办〔2024〕3号" in path.read_text(encoding="utf-8")).as_uri()


@pytest.fixture
def notice(browser: Browser, watched: Watched, site: Path) -> Iterator[Page]:
    yield from _page(browser, watched, _notice(site))


@pytest.fixture
def overview(browser: Browser, watched: Watched, site: Path) -> Iterator[Page]:
    yield from _page(browser, watched, (site / "index.html").as_uri())


def _row(page: Page, table: str, name: str) -> Any:
    return page.locator(f".row[data-table={table}]", has_text=name).first


def _in_view(page: Page, selector: str) -> bool:
    return page.locator(selector).first.evaluate("e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight }")


# --- a document ------------------------------------------------------------------------------------------------------------


def test_the_text_stands_there_as_it_is(notice: Page, site: Path) -> None:
    doc_id = notice.url.rsplit("/", 1)[1].removesuffix(".html")
    text = (site.parent / "texts" / f"{doc_id}.txt").read_text(encoding="utf-8")
    shown = notice.locator(".text p").evaluate_all("all => all.map(p => p.textContent).join('\\n')")
    assert shown == text


def test_a_click_on_a_row_shows_its_place(notice: Page) -> None:
    row = _row(notice, "targets", "污水处理率")
    row.locator("summary").click()
    assert "".join(notice.locator(".text .on").all_text_contents()) == "污水处理率达到95%以上"
    assert _in_view(notice, ".text .on")
    assert notice.url.endswith(f"#{row.get_attribute('id')}")
    row.locator("summary").click()
    expect(notice.locator(".text .on")).to_have_count(0)
    expect(row).not_to_have_attribute("open", "")


def test_a_click_on_a_place_shows_its_rows_the_rule_and_what_it_means(notice: Page, book: Rulebook) -> None:
    notice.locator(".text .s", has_text="污水处理率").first.click()
    row = notice.locator(".row[open]", has_text="污水处理率")
    expect(row).to_be_visible()
    rule = next(rule for rule in book.rules if rule.id == row.locator("code").first.text_content())
    assert rule.about in (row.text_content() or "")
    assert notice.locator(".row:visible").count() == notice.locator(".row[open]").count()
    notice.locator(".narrow button").click()
    assert notice.locator(".row:visible").count() > 10


def test_overlaps_are_drawn_each_with_a_line_of_its_own(notice: Page) -> None:
    """The date of a target's sentence and what spans both: where two rows share a character, two lines lie below it, at two heights."""
    doubled = notice.locator(".text .s[class*=' l'][class*='l1-']")
    assert doubled.count() > 0
    for piece in doubled.all():
        named = piece.evaluate("e => e.className.match(/l\\d-/g).length")
        drawn = piece.evaluate(
            "e => getComputedStyle(e).backgroundImage.split(/, (?=none|linear|repeating)/).filter(i => i !== 'none').length"
        )
        assert drawn == named >= 2
    doubled.first.click()
    assert notice.locator(".row[open]").count() >= 2


def test_the_address_of_a_row_selects_it(browser: Browser, watched: Watched, site: Path, notice: Page) -> None:
    row_id = _row(notice, "owners", "市水务局").get_attribute("id")
    for page in _page(browser, watched, f"{_notice(site)}#{row_id}"):
        expect(page.locator(".row[open]")).to_have_attribute("id", str(row_id))
        assert page.locator(".text .on").first.text_content() == "市水务局"
        assert _in_view(page, ".text .on")


def test_an_item_of_the_tree_shows_its_place_and_its_rows(notice: Page) -> None:
    link = notice.locator(".tree a", has_text="整治排污口")
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    shown = notice.locator(".row:visible").all_text_contents()
    assert shown
    assert not any("泵站" in one or "每月" in one for one in shown)
    assert notice.locator(".text .in").first.text_content() == "二、整治排污口"


def test_filter_by_table(notice: Page) -> None:
    notice.locator(".chip[data-table=owners]").click()
    assert set(notice.locator(".row:visible").evaluate_all("all => all.map(row => row.dataset.table)")) == {"owners"}
    classes = " ".join(notice.locator(".text .s").evaluate_all("all => all.map(piece => piece.className)"))
    assert "owners" in classes
    assert "targets" not in classes
    assert notice.locator(".text [role=button]").count() == notice.locator(".text .s").count()
    notice.locator(".chip[data-table=dates]").click()
    assert set(notice.locator(".row:visible").evaluate_all("all => all.map(row => row.dataset.table)")) == {"owners", "dates"}


def test_filter_by_role(notice: Page) -> None:
    notice.locator("#role").select_option("support")
    assert notice.locator(".row:visible .name").all_text_contents() == ["市财政局"]


def test_filter_by_words(notice: Page) -> None:
    notice.locator("#find").fill("排污口")
    shown = notice.locator(".row:visible").all_text_contents()
    assert shown
    assert all("排污口" in one for one in shown)
    notice.locator("#find").fill("没有这样的行")
    expect(notice.locator(".rows .none")).to_be_visible()


def test_diagnostics_alone(notice: Page) -> None:
    notice.locator(".chip[data-table=diagnostics]").click()
    codes = notice.locator(".row:visible .note").all_text_contents()
    assert {"编号跳号", "合计不符"} <= set(codes)
    notice.locator(".row:visible").first.locator("summary").click()
    assert _in_view(notice, ".text .on")


def test_it_can_be_used_by_keyboard(notice: Page) -> None:
    notice.keyboard.press("j")
    first = notice.locator(".row[open]").get_attribute("id")
    notice.keyboard.press("j")
    second = notice.locator(".row[open]").get_attribute("id")
    notice.keyboard.press("k")
    assert notice.locator(".row[open]").get_attribute("id") == first != second
    notice.keyboard.press("Escape")
    expect(notice.locator(".row[open]")).to_have_count(0)
    notice.keyboard.press("/")
    expect(notice.locator("#find")).to_be_focused()
    notice.keyboard.press("Escape")

    notice.locator(".text [tabindex='0']").focus()
    notice.keyboard.press("ArrowRight")
    focused = notice.evaluate("document.activeElement.textContent")
    notice.keyboard.press("Enter")
    assert focused in "".join(notice.locator(".text .on").all_text_contents())
    expect(notice.locator(".narrow")).to_be_visible()
    assert notice.locator(".text [role=button][tabindex='0']").count() == 1, "one stop for all places of the text"


def test_every_control_is_reached_by_tab(notice: Page) -> None:
    reached = set()
    for _ in range(60):
        notice.keyboard.press("Tab")
        reached.add(notice.evaluate("(e => e.id || e.className || e.tagName)(document.activeElement)"))
    assert {"find", "role", "theme"} <= reached
    assert any("chip" in one for one in reached)


def test_theme_is_switched_and_kept(notice: Page) -> None:
    before = notice.evaluate("getComputedStyle(document.body).backgroundColor")
    notice.locator(".theme").click()
    after = notice.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    notice.reload()
    assert notice.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_repaired_places_show_what_stood_there(browser: Browser, tmp_path: Path, book: Rulebook) -> None:
    doc_id = "00000000000000aa"
    own = {"doc_id": doc_id, "page": "", "pages": ""}
    mended = [
        own | {"repair_id": f"{doc_id}-r0001", "start": "0", "end": "4", "code": "width", "old": "２０２４", "text": "2024"},
        own | {"repair_id": f"{doc_id}-r0002", "start": "6", "end": "6", "code": "page_number", "old": "\n- 3 -\n"},
    ]
    folder = sites.write(tmp_path / "out", {"documents": [own | {"title": "通知"}], "repairs": mended}, {doc_id: "2024年底前完成"})
    watched = Watched(build(folder, book).index.parent.as_uri())
    for page in _page(browser, watched, (folder / "review" / "doc" / f"{doc_id}.html").as_uri()):
        expect(page.locator(".row:visible")).to_have_count(0)
        expect(page.locator(".text .s")).to_have_count(0)
        page.locator(".chip[data-table=repairs]").click()
        expect(page.locator(".text .s")).to_have_count(2)
        page.locator(".text .s.gap").click()
        assert "⏎- 3 -⏎" in (page.locator(".row[open]").text_content() or "")
        page.locator(".text .s", has_text="2024").click()
        assert "２０２４" in (page.locator(".row[open]").text_content() or "")
        assert page.locator(".row[open] .note").text_content() == "全角半角"
    watched.check()


# --- the overview ----------------------------------------------------------------------------------------------------------


def test_the_overview_leads_to_every_document(overview: Page, site: Path) -> None:
    links = overview.locator("#documents tbody a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(links) == sorted(f"doc/{path.name}" for path in (site / "doc").iterdir())
    overview.locator("#documents tbody a", has_text="青禾市水污染治理任务清单").click()
    assert overview.locator("h1").text_content() == "青禾市水污染治理任务清单"
    overview.locator(".crumb a").click()
    assert overview.url == (site / "index.html").as_uri()


def test_due_and_overdue_are_told_apart_by_the_day_given(overview: Page) -> None:
    overview.locator("#find").evaluate("e => e.value")
    rows = overview.locator("#due tbody tr")

    def states() -> dict[str, str]:
        return {row.locator(".main").text_content() or "": row.locator(".state").text_content() or "" for row in rows.all()}

    assert overview.locator("#as-of").input_value() == DAY
    assert states()["泵站 12 座"] == "以后到期"
    overview.locator("#as-of").fill("2031-12-01")
    assert states()["泵站 12 座"] == "90 天内到期"
    overview.locator("#as-of").fill("2032-01-01")
    assert states()["泵站 12 座"] == "已过时限"
    overview.locator("#due-kind").select_option("m")
    assert "逾期" in states().values()
    overview.locator("[data-state=due_later]").click()
    expect(rows).to_have_count(0)


def test_done_comes_from_ledger_and_reports_and_told_progress_is_not_called_overdue(
    browser: Browser, tmp_path: Path, book: Rulebook
) -> None:
    doc_id = "00000000000000aa"
    own = {
        "doc_id": doc_id,
        "title": "方案",
        "measure_id": f"{doc_id}-m0001",
        "parent_id": "",
        "start": "0",
        "end": "4",
        "text": "一、整治",
    }
    due = own | {"deadline": "2024-06-30", "due": "2024-06-30", "unit": "", "value_high": "", "status": "unknown"}
    ledger = [
        due | {"ledger_id": "l1", "measure": "甲", "status": "done"},
        due | {"ledger_id": "l2", "measure": "乙", "progress": "已建成泵站"},
        due | {"ledger_id": "l3", "measure": "丙"},
    ]
    targets = [due | {"target_id": f"t{n}", "indicator": f"率{n}", "kind": "target"} for n in (1, 2)]
    sides = {
        "plan_doc_id": doc_id,
        "report_doc_id": doc_id,
        "plan_row_id": "t1",
        "report_row_id": "t1",
        "followup_id": "u1",
        "verdict": "reached",
    }
    rows = {"documents": [own], "measures": [own], "ledger": ledger, "targets": targets, "followups": [sides]}
    index = build(sites.write(tmp_path / "out", rows, {doc_id: "一、整治"}), book, as_of="2025-01-01").index
    watched = Watched(index.parent.as_uri())
    for page in _page(browser, watched, index.as_uri()):
        shown = {row.locator(".main").text_content(): row.locator(".state").text_content() for row in page.locator("#due tbody tr").all()}
        assert shown == {"甲": "已完成", "乙": "已过时限", "丙": "逾期", "率1 1": "已达到", "率2 1": "已过时限"}
        page.locator("#as-of").fill("2024-06-30")
        assert page.locator("#due tr.past_due").count() == 0, "the last day itself is in time"
    watched.check()


def test_a_month_of_the_timeline_filters_the_list(overview: Page) -> None:
    overview.locator(".month[data-month='2031-12'] .targets").click()
    days = overview.locator("#due tbody .day").all_text_contents()
    assert days
    assert all(day.startswith("2031-12") for day in days)
    assert "2031-12" in (overview.locator("svg.timeline desc").text_content() or "")


def test_a_row_due_leads_to_its_place(overview: Page) -> None:
    overview.locator("#due tbody a", has_text="泵站 12 座").click()
    expect(overview.locator(".text .on").last).to_contain_text("泵站12座")


def test_tallies_are_drawn_to_scale(overview: Page) -> None:
    row = overview.locator("#tallies tbody tr", has_text="排污口")
    widths = {rect.get_attribute("class"): float(rect.get_attribute("width") or 0) for rect in row.locator("rect").all()}
    assert widths["done"] == pytest.approx(100 * 32 / 43)
    assert widths["ongoing"] == pytest.approx(100 * 10 / 43)
    assert "合计不符" in (row.text_content() or "")


def test_files_that_failed_are_listed_with_the_reason(overview: Page) -> None:
    row = overview.locator("#not-converted tr", has_text="empty.txt")
    assert "失败" in (row.text_content() or "")


def _selected(page: Page, text: str) -> bool:
    """Whether a text comes to be selected within five seconds; asked again and again, since the pages let no script of the test wait in them."""
    for _ in range(50):
        if page.evaluate("getSelection().toString()") == text:
            return True
        page.wait_for_timeout(100)
    return False


def test_the_search_finds_places_in_texts(overview: Page) -> None:
    overview.keyboard.press("/")
    overview.keyboard.type("正在整治")
    hit = overview.locator(".hits li").first
    expect(hit.locator("mark")).to_have_text("正在整治")
    hit.locator("a").click()
    assert _selected(overview, "正在整治")
    overview.go_back()
    overview.locator("#search").fill("没有这样的字")
    expect(overview.locator("#hits .hint")).to_have_text("没有找到。")


# --- hostile texts and names -----------------------------------------------------------------------------------------------


def test_hostile_names_and_texts_run_nothing(browser: Browser, watched: Watched, site: Path) -> None:
    documents = list((site / "doc").iterdir())
    assert len(documents) == len(sites.HOSTILE) + 1
    for page in _page(browser, watched, (site / "index.html").as_uri()):
        for path in documents:
            page.goto(path.as_uri())
            page.evaluate("() => { for (const e of document.querySelectorAll('summary, .s, .chip, .tree a')) e.click() }")
            assert page.evaluate("window.pwned") is None


def test_hostile_cells_in_every_table_run_nothing(browser: Browser, tmp_path: Path, book: Rulebook) -> None:
    folder = build(sites.hostile(tmp_path / "out"), book).index.parent
    watched = Watched(folder.as_uri())
    for page in _page(browser, watched, (folder / "index.html").as_uri()):
        page.locator("#search").fill("<script>")
        expect(page.locator(".hits mark").first).to_have_text("<script>")
        assert sites.HOSTILE[0] in page.locator("#documents tbody a").all_text_contents()
        page.evaluate("() => { for (const e of document.querySelectorAll('button')) e.click() }")
    for page in _page(browser, watched, next((folder / "doc").iterdir()).as_uri()):
        page.evaluate("() => { for (const e of document.querySelectorAll('summary, .s, .chip, .tree a')) e.click() }")
        assert page.locator("script, iframe, img, style, form[action]").count() == 3, "the page's own two scripts and its words"
    watched.check()


def test_the_policy_stops_what_escaping_might_miss(browser: Browser, site: Path, tmp_path: Path) -> None:
    """A page with markup put in by force: neither a script nor a request nor a style of its own gets through."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    away = f"http://127.0.0.1:{server.server_port}"
    copied = tmp_path / "review"
    shutil.copytree(site, copied)
    page_file = next((copied / "doc").iterdir())
    evil = (
        f"<script>window.pwned=1</script><img src={away}/img onerror=window.pwned=1><style>body{{display:none}}</style>"
        f"<script src={away}/x.js></script><link rel=stylesheet href={away}/x.css><iframe src={away}/frame></iframe>"
    )
    page_file.write_text(page_file.read_text(encoding="utf-8").replace("<main", f"{evil}<main", 1), encoding="utf-8")
    watched = Watched(copied.as_uri())
    for page in _page(browser, watched, page_file.as_uri()):
        for attempt in ("document.body.innerHTML = '<b>x</b>'", f"await fetch('{away}/fetch')"):
            with pytest.raises(Error, match=r"TrustedHTML|Failed to fetch"):
                page.evaluate(f"(async () => {{ {attempt} }})()")
        expect(page.locator("#text")).to_be_visible()
        assert page.url.startswith(page_file.as_uri())
    server.shutdown()
    server.server_close()
    assert asked == []
    assert sum("policy" in one for one in watched.wrong) >= 6
    assert "form-action 'none'" in page_file.read_text(encoding="utf-8")


# --- accessibility, narrow screens, size --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def indexes(site: Path, tmp_path_factory: pytest.TempPathFactory, book: Rulebook) -> dict[str, Path]:
    """The overview in both languages."""
    folder = tmp_path_factory.mktemp("english") / "out"
    shutil.copytree(site.parent, folder)
    return {"zh": site / "index.html", "en": build(folder, book, lang="en", as_of=DAY).index}


@pytest.mark.parametrize(
    ("lang", "scheme", "width"), [("zh", "light", 1400), ("zh", "dark", 390), ("en", "dark", 1400), ("en", "light", 390)]
)
def test_axe_has_no_serious_finding(lang: str, scheme: Any, width: int, browser: Browser, indexes: dict[str, Path], site: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    index = indexes[lang]
    document = index.parent / "doc" / _notice(site).rsplit("/", 1)[1]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in (index, document):
        page.goto(path.as_uri())
        if path == index:
            page.locator("#search").fill("整治")
            expect(page.locator(".hits li").first).to_be_visible()
        else:
            page.evaluate("document.querySelector('.row summary').click()")
            page.evaluate("document.querySelector('.sheets [data-sheet=rows]').click()")
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], node["html"], node["failureSummary"])
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert serious == []
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    context.close()


def test_on_a_phone_the_rows_are_a_sheet_over_the_text(browser: Browser, watched: Watched, site: Path) -> None:
    for page in _page(browser, watched, _notice(site), viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.locator("#rows")).not_to_be_visible()
        page.locator(".text .s", has_text="污水处理率").first.tap()
        expect(page.locator(".row[open]", has_text="污水处理率")).to_be_visible()
        place = page.locator(".text .on").first.bounding_box()
        sheet = page.locator("#rows").bounding_box()
        assert place
        assert sheet
        assert 0 <= place["y"] < place["y"] + 20 < sheet["y"], "the place stays in sight above the sheet"
        page.locator(".sheets [data-sheet=tree]").tap()
        page.locator(".tree a", has_text="整治排污口").tap()
        expect(page.locator("#tree")).not_to_be_visible()
        assert _in_view(page, ".text .in")


def test_the_overview_fits_a_phone(browser: Browser, watched: Watched, site: Path) -> None:
    for page in _page(browser, watched, (site / "index.html").as_uri(), viewport={"width": 390, "height": 800}):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        boxes = page.locator("#due tbody td.main").evaluate_all("all => all.map(cell => cell.getBoundingClientRect().width)")
        assert boxes
        assert min(boxes) > 200, "a cell is no narrow column"


def test_without_scripts_text_rows_and_tree_are_there(browser: Browser, watched: Watched, site: Path) -> None:
    for page in _page_without_scripts(browser, watched, _notice(site)):
        expect(page.locator(".text")).to_contain_text("新建泵站12座")
        _row(page, "targets", "泵站").locator("summary").click()
        expect(_row(page, "targets", "泵站").locator("dl")).to_be_visible()
        page.locator(".tree a", has_text="整治排污口").click()
        assert _in_view(page, ".text .mark:target")
    for page in _page_without_scripts(browser, watched, (site / "index.html").as_uri()):
        assert page.locator("noscript a").count() == len(list((site / "doc").iterdir()))


def _page_without_scripts(browser: Browser, watched: Watched, url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.on("request", lambda request: watched.requests.append(request.url))
    page.goto(url)
    yield page
    context.close()


def test_a_thousand_documents_stay_usable(browser: Browser, tmp_path: Path, book: Rulebook) -> None:
    index = build(sites.large(tmp_path / "out", 1000), book, as_of=DAY).index
    watched = Watched(index.parent.as_uri())
    for page in _page(browser, watched, index.as_uri()):
        assert page.evaluate("document.querySelectorAll('*').length") < 6000
        assert not any("texts-" in url for url in watched.requests), "texts are read when they are searched"
        expect(page.locator("#documents tbody tr")).to_have_count(50)
        assert "1 / 20" in (page.locator("#documents-pager span").text_content() or "")
        for _ in range(19):
            page.locator("#documents-pager .next").click()
        expect(page.locator("#documents tbody")).to_contain_text("第999号整改方案")
        expect(page.locator("#documents-pager .next")).to_be_disabled()
        page.locator("#region").select_option("第3县")
        page.locator("#find").fill("第10号")
        expect(page.locator("#documents tbody tr")).to_have_count(1)
        page.locator("#find").fill("")
        page.locator("#documents [data-sort='1']").click()
        assert page.locator("#documents th[aria-sort]").get_attribute("aria-sort") == "ascending"
        page.locator("#search").fill("治理第777条")
        expect(page.locator(".hits li")).to_have_count(1)
        page.locator(".hits a").click()
        expect(page.locator("h1")).to_contain_text("第777号")
        assert _selected(page, "治理第777条")
    watched.check()


def test_run_opens_the_overview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    opener = tmp_path / "browser.sh"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}"\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{opener} %s")
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    assert taizhang("run", tmp_path / "notice.txt", "-o", tmp_path / "out", "-q", "--open").returncode == 0
    assert told.read_text(encoding="utf-8") == (tmp_path / "out" / "review" / "index.html").as_uri()


@pytest.mark.parametrize("name", ["a.pdf", "a.ofd"])
def test_a_row_shows_its_box_on_the_printed_page(name: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(printed() if name == "a.pdf" else package())
    assert taizhang("run", tmp_path / name, "-o", tmp_path / "out", "-q").returncode == 0
    assert taizhang("review", tmp_path / "out", "--sources", tmp_path, "-q").stderr == ""
    site = tmp_path / "out" / "review"
    watched = Watched(site.as_uri())
    for page in _page(browser, watched, next((site / "doc").iterdir()).as_uri()):
        row = _row(page, "targets", "泵站")
        row.locator("summary").click()
        cut = row.locator(".cut")
        expect(cut.locator("rect.on")).to_have_count(1)
        expect(page.locator(".text .on").first).to_be_visible()
        page.keyboard.press("p")
        expect(page.locator("#text")).not_to_be_visible()
        assert page.locator("#pictures img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        shown = page.locator("#pictures .box.on")
        assert _in_view(page, "#pictures .box.on")
        place, cut_out = shown.bounding_box(), (row.get_attribute("data-boxes") or "").split(":")[1].split(",")
        image = page.locator("#pictures img").bounding_box()
        width = float(page.locator("#pictures img").get_attribute("width") or 0)
        assert place
        assert image
        assert (place["x"] - image["x"]) / image["width"] == pytest.approx((float(cut_out[0]) - 1) / width, abs=0.01)
        page.keyboard.press("Escape")
        shown = page.locator("#pictures .box.t-targets").first
        shown.click()
        expect(page.locator(".row[open][data-table=targets]")).to_have_count(1)
        expect(page.locator(".narrow")).to_be_visible()
        page.locator(".views [data-view=text]").click()
        expect(page.locator("#text")).to_be_visible()
    watched.check()
