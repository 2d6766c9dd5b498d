"""The report in a real browser: no error, no request, nothing wider than the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobmarket.report import make_report
from tests.jobmarket.report.browser import CHROMIUM, Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="CHROMIUM IS NOT INSTALLED: the report was not looked at (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("world", ["sample", "recorded", "hostile"])
def test_page_fits_the_screen_and_runs_nothing(
    browser: Browser, world: str, width: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    file = Path(make_report(request.getfixturevalue(world)).counts["report"])
    for dark in (False, True):
        screenshot = tmp_path / f"{world}-{width}-{'dark' if dark else 'light'}.png"
        seen = browser.look(file, width, screenshot, dark=dark)
        assert seen.complaints == []
        assert seen.dialogs == 0
        assert seen.requests == [file.as_uri()]
        assert seen.overflow == []
        assert seen.width == width
        assert "How to read" in seen.text
        assert screenshot.stat().st_size > 20_000
