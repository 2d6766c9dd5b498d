"""The delay in robots.txt applies between two requests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings

from scrapers.extensions.crawl_delay import CrawlDelay
from tests.scrapers.board_server import BoardServer, Reply

SECONDS = 0.6
BOARD = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
EMPTY = orjson.dumps({"jobs": [], "meta": {"total": 0}})


@pytest.mark.parametrize(
    ("rules", "before", "after"),
    [
        ("User-agent: *\nCrawl-delay: 10", 1.0, 10.0),
        ("User-agent: *\nCrawl-delay: 10", 20.0, 20.0),
        ("User-agent: *\nCrawl-delay: 3600", 1.0, 60.0),
        ("User-agent: jobmarket\nCrawl-delay: 5\n\nUser-agent: *\nCrawl-delay: 10", 1.0, 5.0),
        ("User-agent: *\nDisallow: /private", 1.0, 1.0),
    ],
)
def test_the_delay_is_a_minimum_and_bounded(rules: str, before: float, after: float) -> None:
    slot = Slot(1, before)
    settings = Settings({"AUTOTHROTTLE_MAX_DELAY": 60.0, "ROBOTSTXT_USER_AGENT": "jobmarket"})
    engine = SimpleNamespace(downloader=SimpleNamespace(slots={"a.example": slot}))
    extension = CrawlDelay(cast(Any, SimpleNamespace(settings=settings, engine=engine)))
    request = Request("https://a.example/jobs", meta={"download_slot": "a.example"})
    extension.learn(ProtegoRobotParser(rules.encode(), None), request)
    extension.keep(request)
    assert slot.delay == after


def test_the_throttle_does_not_shorten_the_delay(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    moments: list[float] = []

    def answer(_: object) -> Reply:
        moments.append(monotonic())
        return Reply(200, EMPTY)

    boards = [BOARD.format(name) for name in ("acme", "oak", "fern")]
    rules = f"User-agent: *\nCrawl-delay: {SECONDS}\n".encode()
    served.answers |= dict.fromkeys(boards, answer) | {"https://boards-api.greenhouse.io/robots.txt": Reply(200, rules)}
    folder = board_folder(dict.fromkeys(boards, (200, "application/json", b"{}")))
    pace = {"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0.01}
    drive(tmp_path / "home", folder, address=served.address, settings=pace | {"CONCURRENT_REQUESTS_PER_DOMAIN": 1})
    assert len(moments) == len(boards)
    # The server's clock may notice a request late.
    assert min(after - before for before, after in pairwise(moments)) > 0.7 * SECONDS
