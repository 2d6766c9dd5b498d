"""Keys are only sent to the host they are for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from scrapers.boards.ashby import AshbySpider
from scrapers.boards.base import BoardSpider
from scrapers.boards.usajobs import UsajobsSpider
from scrapers.middlewares.keyed_redirects import KeyedRedirectsMiddleware, KeysWouldLeave
from tests.scrapers.board_server import BoardServer, Reply

SEARCH = "https://data.usajobs.gov/api/search?Keyword=machine+learning&ResultsPerPage=500&Page=1"


def redirected(
    location: str, spider: type[BoardSpider] = UsajobsSpider, meta: dict[str, str] | None = None
) -> Request | Response:
    middleware = KeyedRedirectsMiddleware.from_crawler(get_crawler(spider))
    middleware.crawler.spider = spider()
    request = Request(SEARCH, meta={"company": "all"} if meta is None else meta)
    return middleware.process_response(request, Response(SEARCH, status=302, headers={"Location": location}))


@pytest.mark.parametrize("location", ["https://elsewhere.example/", "http://data.usajobs.gov/", "//usajobs.gov/"])
def test_a_redirect_that_would_leak_keys_is_not_followed(location: str) -> None:
    with pytest.raises(KeysWouldLeave, match="which must not get this board's keys"):
        redirected(location)


@pytest.mark.parametrize(
    ("location", "choice"),
    [
        ("/api/other", {}),
        ("https://elsewhere.example/", {"spider": AshbySpider}),  # it has none
        ("https://elsewhere.example/robots.txt", {"meta": {}}),
    ],
)
def test_every_other_redirect_is_followed(location: str, choice: dict[str, Any]) -> None:
    assert isinstance(redirected(location, **choice), Request)


def test_a_crawl_with_keys_requests_no_other_host(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    served.answers[SEARCH] = Reply(307, headers={"Location": "https://elsewhere.example/"})
    folder = board_folder({SEARCH: (200, "application/json", b"{}")})
    crawled = drive(tmp_path / "home", folder, address=served.address)
    assert served.take_requested() == [SEARCH]
    (outcome,) = crawled.outcomes.values()
    assert outcome.reason == "redirected to https://elsewhere.example, which must not get this board's keys"
