"""The report in a real browser: no error, no request, nothing wider than the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobmarket.report.browser import CHROMIUM, Browser
from tests.jobmarket.report.conftest import report_file

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
        assert "How to read" in seen.text
        assert width < 1440 or seen.clipped == []
        assert all(screenshot.stat().st_size > 15_000 for screenshot in screenshots.values())
        assert len({screenshot.read_bytes() for screenshot in screenshots.values()}) == 2, "dark is as light"
