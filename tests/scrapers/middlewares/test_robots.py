"""A host's robots.txt is obeyed, and a missing answer to it forbids everything."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest

from scrapers.transient import is_transient
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

ROBOTS = "https://boards-api.greenhouse.io/robots.txt"
BOARDS = [f"https://boards-api.greenhouse.io/v1/boards/{name}/jobs?content=true" for name in ("acme", "oak")]
EMPTY = Reply(200, orjson.dumps({"jobs": [], "meta": {"total": 0}}), {"Content-Type": "application/json"})


def hangs_up(_: BaseHTTPRequestHandler) -> None:
    """No answer."""


@pytest.fixture
def crawl(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> Callable[..., Any]:
    """Crawl two companies of a host whose robots.txt answers so."""

    def crawl_with(robots: Reply | Callable[[BaseHTTPRequestHandler], None]) -> Any:
        served.answers |= dict.fromkeys(BOARDS, EMPTY) | {ROBOTS: robots}
        folder = board_folder(dict.fromkeys(BOARDS, (200, "application/json", b"{}")))
        return drive(tmp_path / "home", folder, address=served.address)

    return crawl_with


@pytest.mark.parametrize(("robots", "why"), [(Reply(503), "503"), (hangs_up, "the connection failed")])
def test_a_host_without_an_available_robots_txt_gets_no_request(
    crawl: Callable[..., Any], served: BoardServer, robots: Any, why: str
) -> None:
    crawled = crawl(robots)
    assert served.take_requested() == []
    for outcome in crawled.outcomes.values():
        assert (outcome.status, outcome.requests) == ("failed", 0)
        assert outcome.reason == f"robots.txt is not available ({why}): no request is sent"
        assert is_transient(outcome, AS_OF)


def test_rules_are_obeyed_although_their_answer_is_reserved(crawl: Callable[..., Any], served: BoardServer) -> None:
    """A host may send the header with all of its answers, robots.txt included."""
    crawled = crawl(Reply(200, b"User-agent: *\nDisallow: /", {"tdm-reservation": "1"}))
    assert served.take_requested() == []
    assert {outcome.reason for outcome in crawled.outcomes.values()} == {"robots.txt forbids it"}


def test_rules_for_the_bot_apply_with_another_user_agent(
    served: BoardServer, drive: Callable[..., Any], board_folder: Callable[..., Path], tmp_path: Path
) -> None:
    search = "https://data.usajobs.gov/api/search?Keyword=machine+learning&ResultsPerPage=500&Page=1"
    rules = b"User-agent: jobmarket\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    served.answers |= {"https://data.usajobs.gov/robots.txt": Reply(200, rules), search: EMPTY}
    folder = board_folder({search: (200, "application/json", b"{}")})
    (outcome,) = drive(tmp_path / "home", folder, address=served.address).outcomes.values()
    assert (outcome.reason, served.take_requested()) == ("robots.txt forbids it", [])


@pytest.mark.parametrize("status", [404, 403, 429])
def test_a_host_without_rules_allows_everything(crawl: Callable[..., Any], served: BoardServer, status: int) -> None:
    crawled = crawl(Reply(status))
    assert sorted(served.take_requested()) == BOARDS
    assert {outcome.status for outcome in crawled.outcomes.values()} == {"complete"}
