"""Hosts that send only what a request accepts: lists, pages, feeds and robots.txt are asked for as what they are."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.scrapers.board_server import BoardServer, Reply

LEVER = "https://api.lever.co/v0/postings/acme?mode=json"
FEED = "https://weworkremotely.com/remote-jobs.rss"
BREEZY = "https://acme.breezy.hr/json"
PAGE = "https://acme.breezy.hr/p/0a1b-ml-engineer"
ROWS = b'[{"id": "0a1b", "name": "ML Engineer", "url": "https://acme.breezy.hr/p/0a1b-ml-engineer"}]'
JOB = b'<html><script type="application/ld+json">{"@type": "JobPosting", "title": "ML Engineer"}</script></html>'
ITEM = b"<rss><channel><item><guid>1</guid><title>Acme: ML Engineer</title></item></channel></rss>"


def only(kind: str, body: bytes) -> Callable[[BaseHTTPRequestHandler], Reply]:
    """Answer 406 to a request that does not accept a media type; JSON to one that prefers it."""

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        ranges = [each.partition(";")[0].strip() for each in (handler.headers["Accept"] or "*/*").split(",")]
        if not {kind, "*/*"} & set(ranges):
            return Reply(406)
        if ranges[0] == "application/json" != kind and kind != "text/plain":
            return Reply(200, b"{}", {"Content-Type": "application/json"})
        return Reply(200, body, {"Content-Type": kind})

    return answer


@pytest.fixture
def crawl(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    def crawl_list(url: str) -> Any:
        folder = board_folder({url: (200, "application/json", b"")})
        return drive(tmp_path / "home", folder, address=served.address, origin="sample")

    return crawl_list


@pytest.mark.parametrize(
    ("url", "kind", "body"), [(BREEZY, "application/json", ROWS), (FEED, "application/rss+xml", ITEM)]
)
def test_a_list_is_asked_for_as_what_the_board_sends(
    crawl: Callable[..., Any], served: BoardServer, url: str, kind: str, body: bytes
) -> None:
    served.answers |= {url: only(kind, body), PAGE: only("text/html", JOB)}
    (outcome,) = crawl(url).outcomes.values()
    assert (outcome.status, outcome.postings, outcome.reason) == ("complete", 1, None)


def test_robots_txt_is_read_on_a_host_that_sends_no_other_type_than_accepted(
    crawl: Callable[..., Any], served: BoardServer
) -> None:
    rules = only("text/plain", b"User-agent: *\nDisallow: /")
    served.answers |= {"https://api.lever.co/robots.txt": rules, LEVER: Reply(200, b"[]")}
    (outcome,) = crawl(LEVER).outcomes.values()
    assert (outcome.reason, served.take_requested()) == ("robots.txt forbids it", [])
