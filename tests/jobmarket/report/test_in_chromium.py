"""The report in a real browser: no error, no request, nothing wider than the screen."""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from jobmarket.settings import Home
from tests.jobmarket.report.browser import CHROMIUM, Browser
from tests.jobmarket.report.conftest import composed_report, report_file

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="CHROMIUM IS NOT INSTALLED: the report was not looked at (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.mark.parametrize("world", ["sample", "recorded", "hostile", "later"])
def test_page_fits_the_screen_and_runs_nothing(
    browser: Browser, world: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = report_file(request.getfixturevalue(world).root)
    for width in (390, 1440):
        screenshots = {scheme: tmp_path / f"{world}-{width}-{scheme}.png" for scheme in ("light", "dark")}
        seen = browser.look(file, width, screenshots)
        assert seen.complaints == []
        assert seen.dialogs == 0
        assert seen.requests == [file.as_uri()]
        assert seen.overflow == []
        assert seen.width == width
        assert "How to read this report" in seen.text
        assert width < 1440 or seen.clipped == []
        assert width > 390 or seen.nameless == seen.squeezed == seen.stray == []
        assert all(screenshot.stat().st_size > 15_000 for screenshot in screenshots.values())
        assert len({screenshot.read_bytes() for screenshot in screenshots.values()}) == 2, "dark is as light"


def test_the_page_prints_on_a4_without_what_a_screen_needs(browser: Browser, later: Home) -> None:
    report = composed_report(later.root)
    pages = PdfReader(io.BytesIO(browser.printed(report_file(later.root)))).pages
    # which letters a page sets as one ("fi") depends on the fonts of this machine
    text = unicodedata.normalize("NFKC", " ".join(" ".join(page.extract_text() for page in pages).split()))
    for sentence in report.lede:
        assert " ".join(sentence.split()) in text
    assert all(section.title in text for section in report.sections)
    assert "Skip to the summary" not in text
    assert "Table:" not in text, "what is folded away is not printed"
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {(595, 842)}
    assert len(pages) < 20


@pytest.mark.parametrize("world", ["sample", "hostile"])
def test_the_archive_fits_the_screen_and_runs_nothing(
    browser: Browser, world: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    home = request.getfixturevalue(world)
    report_file(home.root)
    index = home.reports / "index.html"
    for width in (390, 1440):
        seen = browser.look(index, width, {"light": tmp_path / f"archive-{width}.png"})
        assert (seen.complaints, seen.dialogs, seen.requests) == ([], 0, [index.as_uri()])
        assert (seen.overflow, seen.width) == ([], width)
        assert "All weekly reports" in seen.text
