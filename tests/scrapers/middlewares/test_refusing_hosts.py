"""A host that refuses again and again gets no request for the remaining companies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
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
from tests.scrapers.board_server import BoardServer, Reply
from tests.scrapers.conftest import AS_OF

BOARD = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
EMPTY = orjson.dumps({"jobs": [], "meta": {"total": 0}})


def middleware(companies: int = 60, after: int = 5, slept: list[float] | None = None) -> RefusingHostsMiddleware:
    spider = BamboohrSpider()
    spider.run = cast(Any, SimpleNamespace(companies=range(companies)))
    settings = Settings({"REFUSED_AFTER": after, "PAUSES_AFTER_ERRORS": (60.0, 300.0)})

    async def sleep(seconds: float) -> None:
        if slept is not None:
            slept.append(seconds)

    return RefusingHostsMiddleware(cast(Any, SimpleNamespace(spider=spider, settings=settings)), sleep)


def ask(middleware: RefusingHostsMiddleware, company: str, status: int, host: str = "{}.bamboohr.com") -> None:
    request = Request(f"https://{host.format(company)}/careers/list", meta={"company": company})
    middleware.process_request(request)
    asyncio.run(middleware.process_response(request, Response(request.url, status=status)))


def is_requested(middleware: RefusingHostsMiddleware, host: str) -> bool:
    try:
        middleware.process_request(Request(f"https://{host}/"))
    except HostRefuses:
        return False
    return True


@pytest.mark.parametrize("status", [429, 403])
def test_the_fifth_refusal_in_a_row_closes_the_backend_and_no_other(status: int) -> None:
    slept: list[float] = []
    refusing = middleware(slept=slept)
    for company in "abcde":
        ask(refusing, company, status)
    with pytest.raises(HostRefuses, match=f"^{status}: given up after 5 refusals in a row$"):
        ask(refusing, "f", 200)
    assert is_requested(refusing, "other.example")
    assert slept == []


@pytest.mark.parametrize("status", [503, 500])
def test_after_five_errors_in_a_row_one_request_is_sent_after_each_pause(status: int) -> None:
    slept: list[float] = []
    refusing = middleware(slept=slept)
    for company, so_far in zip("abcdef", ([], [], [], [], [60.0], [60.0, 300.0]), strict=True):
        ask(refusing, company, status)
        assert slept == so_far
    ask(refusing, "g", status)
    assert slept == [60.0, 300.0]
    with pytest.raises(HostRefuses, match=f"^{status}: given up after 7 errors in a row$"):
        ask(refusing, "h", 200)
    assert is_requested(refusing, "other.example")


def test_a_host_that_answers_after_a_pause_gets_requests_as_before() -> None:
    slept: list[float] = []
    refusing = middleware(slept=slept)
    for company, status in zip("abcdefghijklm", (503,) * 6 + (200,) + (503,) * 6, strict=True):
        ask(refusing, company, status)
    assert slept == [60.0, 300.0, 60.0, 300.0]
    ask(refusing, "n", 200)


@pytest.mark.parametrize(
    ("host", "closed", "open"),
    [
        ("{}.wd5.myworkdayjobs.com", "z.wd5.myworkdayjobs.com", "z.wd1.myworkdayjobs.com"),
        ("wd5.myworkdaysite.com", "wd5.myworkdaysite.com", "wd1.myworkdaysite.com"),
        ("api.eu.lever.co", "api.eu.lever.co", "api.lever.co"),
        ("{}.bamboohr.com", "z.bamboohr.com", "bamboohr.example"),
    ],
)
def test_an_error_counts_for_one_data_centre_and_a_refusal_for_all(host: str, closed: str, open: str) -> None:
    failing, refusing = middleware(), middleware()
    for company in "abcdefg":
        ask(failing, company, 503, host)
    for company in "abcde":
        ask(refusing, company, 429, host)
    assert (is_requested(failing, closed), is_requested(failing, open)) == (False, True)
    assert not is_requested(refusing, closed)
    assert is_requested(refusing, open) == open.endswith(".example")


def test_errors_of_several_data_centres_do_not_add_up() -> None:
    failing = middleware()
    for company, centre in zip("abcdefgh", ("wd1", "wd3") * 4, strict=True):
        ask(failing, company, 503, "{}." + centre + ".myworkdayjobs.com")
    assert is_requested(failing, "z.wd1.myworkdayjobs.com")


@pytest.mark.parametrize(
    ("status", "companies", "is_given_up"),
    [(429, 60, True), (403, 60, False), (403, 1, True), (503, 60, False), (503, 1, False)],
)
def test_one_company_that_refuses_does_not_close_the_backend(status: int, companies: int, is_given_up: bool) -> None:
    refusing = middleware(companies)
    for _ in range(5 if is_given_up else 9):
        ask(refusing, "acme", status)
    assert is_requested(refusing, "oak.bamboohr.com") != is_given_up


def statuses(refusing: RefusingHostsMiddleware, met: Iterable[int]) -> None:
    for number, status in enumerate(met):
        ask(refusing, f"c{number}", status)


def test_any_other_answer_restarts_the_count_and_a_replay_does_not_count() -> None:
    refusing, off = middleware(), middleware(after=0)
    statuses(refusing, (429, 429, 429, 429, 404) * 3)
    statuses(off, (429,) * 15)


def test_all_5xx_count_together_and_refusals_separately() -> None:
    slept: list[float] = []
    refusing = middleware(slept=slept)
    statuses(refusing, (503, 502, 503, 504, 403, 503, 502, 503, 504))
    assert slept == []
    ask(refusing, "j", 500)
    assert slept == [60.0]
    statuses(refusing, (403, 403, 403, 403, 503, 403, 403, 403, 403))
    assert is_requested(refusing, "k.bamboohr.com")


@pytest.mark.parametrize(("status", "kind", "sent"), [(429, "refusals", 5), (503, "errors", 7)])
def test_a_host_that_refuses_or_fails_is_not_requested_for_every_company(
    status: int,
    kind: str,
    sent: int,
    served: BoardServer,
    drive: Callable[..., Any],
    board_folder: Callable[..., Path],
    tmp_path: Path,
) -> None:
    boards = [BOARD.format(f"c{number}") for number in range(9)]
    served.answers |= dict.fromkeys(boards, Reply(status))
    folder = board_folder(dict.fromkeys(boards, (200, "application/json", EMPTY)))
    settings = {"REFUSED_AFTER": 5, "PAUSES_AFTER_ERRORS": (0, 0), "CONCURRENT_REQUESTS": 1}
    crawled = drive(tmp_path / "home", folder, address=served.address, settings=settings)
    assert served.take_requested() == boards[:sent], "nobody's retry either"
    reason = f"{status}: given up after {sent} {kind} in a row"
    own = {429: "429: too many requests", 503: "503: service unavailable"}[status]
    # of some the retry was not sent, of the others nothing or the last try
    assert {outcome.reason for outcome in crawled.outcomes.values()} == {reason, f"{own}; {reason}"}
    assert all(is_transient(outcome, AS_OF) for outcome in crawled.outcomes.values())
