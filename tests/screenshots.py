"""Takes docs/review-overview.png and docs/review-document.png of the samples' pages in Debian's Chromium: `python -m tests.screenshots`."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.goldens import sample_files
from tests.test_cli import taizhang

DOCS = Path(__file__).parent.parent / "docs"
SHOWN = "溪陵市城镇燃气和自建房安全突出问题整改任务清单"
DAY = "2024-09-15"


def _keep(page: Page, name: str) -> None:
    """A picture of what the page shows, in few colours: small, and as sharp."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(DOCS / name, optimize=True)


def main() -> None:
    """Convert the samples, write their pages, and take the pictures that the readmes show."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        output = Path(folder) / "out"
        for command in (("run", *sample_files(), "-o", output, "-q"), ("review", output, "--as-of", DAY, "-q")):
            taizhang(*command).check_returncode()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="zh-CN")
        page.goto((output / "review" / "index.html").as_uri())
        page.set_viewport_size({"width": 1280, "height": 1320})
        _keep(page, "review-overview.png")
        page.set_viewport_size({"width": 1280, "height": 860})
        page.get_by_role("link", name=SHOWN).first.click()
        page.locator(".text .s", has_text="灰口铸铁管道改造率").first.click()
        page.mouse.move(0, 0)
        _keep(page, "review-document.png")
        browser.close()


if __name__ == "__main__":
    main()
