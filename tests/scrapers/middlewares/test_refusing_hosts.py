"""Who refuses again and again is not asked for every company."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from scrapers.boards.bamboohr import BamboohrSpider
from scrapers.middlewares.refusing_hosts import HostRefuses, RefusingHostsMiddleware
from scrapers.transient import is_transient
from tests.scrapers.board_server import BoardServer, Said
from tests.scrapers.conftest import AS_OF

BOARD = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
EMPTY = orjson.dumps({"jobs": [], "meta": {"total": 0}})


def middleware(companies: int = 60, after: int = 5) -> RefusingHostsMiddleware:
    spider = BamboohrSpider()
    spider.run = cast(Any, SimpleNamespace(companies=range(companies)))
    return RefusingHostsMiddleware(
        cast(Any, SimpleNamespace(spider=spider, settings=Settings({"REFUSED_AFTER": after})))
    )


def ask(middleware: RefusingHostsMiddleware, company: str, status: int) -> None:
    request = Request(f"https://{company}.bamboohr.com/careers/list", meta={"company": company})
    middleware.process_request(request)
    middleware.process_response(request, Response(request.url, status=status))


@pytest.mark.parametrize(("status", "kind"), [(429, "refusals"), (403, "refusals"), (503, "errors"), (500, "errors")])
def test_the_fifth_in_a_row_closes_the_backend_and_no_other(status: int, kind: str) -> None:
    refusing = middleware()
    for company in "abcde":
        ask(refusing, company, status)
    with pytest.raises(HostRefuses, match=f"^{status}: given up after 5 {kind} in a row$"):
        ask(refusing, "f", 200)
    refusing.process_request(Request("https://other.example/"))


@pytest.mark.parametrize(
    ("status", "companies", "is_given_up"),
    [(429, 60, True), (403, 60, False), (403, 1, True), (503, 60, False), (503, 1, False)],
)
def test_one_companys_pages_may_be_closed_to_all(status: int, companies: int, is_given_up: bool) -> None:
    refusing = middleware(companies)
    for _ in range(5):
        ask(refusing, "acme", status)
    if is_given_up:
        with pytest.raises(HostRefuses):
            ask(refusing, "oak", 200)
    else:
        ask(refusing, "oak", 200)


def test_any_other_answer_begins_the_count_anew_and_a_replay_does_not_count() -> None:
    refusing, off = middleware(), middleware(after=0)
    for _ in range(3):
        for company, status in zip("abcde", (429, 429, 429, 429, 404), strict=True):
            ask(refusing, company, status)
            ask(off, company, 429)


def test_errors_of_any_kind_are_one_row_and_a_refusal_is_none_of_it() -> None:
    refusing = middleware()
    for company, status in zip("abcdefghi", (503, 502, 503, 504, 403, 503, 502, 503, 504), strict=True):
        ask(refusing, company, status)
    ask(refusing, "j", 500)
    with pytest.raises(HostRefuses, match="^500: given up after 5 errors in a row$"):
        ask(refusing, "k", 200)


@pytest.mark.parametrize(("status", "kind"), [(429, "refusals"), (503, "errors")])
def test_a_host_that_refuses_or_fails_all_is_not_asked_for_all(
    status: int,
    kind: str,
    served: BoardServer,
    drive: Callable[..., Any],
    board_folder: Callable[..., Path],
    tmp_path: Path,
) -> None:
    boards = [BOARD.format(f"c{number}") for number in range(9)]
    served.answers |= dict.fromkeys(boards, Said(status))
    folder = board_folder(dict.fromkeys(boards, (200, "application/json", EMPTY)))
    crawled = drive(
        tmp_path / "home", folder, address=served.address, settings={"REFUSED_AFTER": 5, "CONCURRENT_REQUESTS": 1}
    )
    assert served.take_asked() == boards[:5], "nobody's retry either"
    assert {outcome.reason for outcome in crawled.outcomes.values()} == {f"{status}: given up after 5 {kind} in a row"}
    assert all(is_transient(outcome, AS_OF) for outcome in crawled.outcomes.values())
