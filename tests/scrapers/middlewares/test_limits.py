"""Budgets, private addresses, and hosts that fail crawl after crawl."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.python import global_object_name
from scrapy.utils.test import get_crawler
from twisted.internet.defer import Deferred, fail, succeed
from twisted.internet.error import DNSLookupError

from jobmarket.settings import Home
from scrapers.boards.ashby import AshbySpider
from scrapers.host_health import HostHealth
from scrapers.middlewares import private_addresses
from scrapers.middlewares.budget import BudgetMiddleware, BudgetSpent
from scrapers.middlewares.circuit_breaker import CircuitBreakerMiddleware, CircuitOpen
from scrapers.middlewares.private_addresses import PrivateAddress, PrivateAddressesMiddleware, PublicResolver, is_public

URL = "https://api.ashbyhq.com/posting-api/job-board/acme"


def request(url: str = URL) -> Request:
    return Request(url, meta={"company": "acme"})


def test_a_run_sends_no_more_requests_than_its_budget() -> None:
    budget = BudgetMiddleware(requests=2, size=1_000, minutes=5)
    budget.process_request(request())
    budget.process_request(request())
    with pytest.raises(BudgetSpent, match="the run's budget of 2 requests is spent"):
        budget.process_request(request())


def test_a_run_receives_no_more_than_its_budget() -> None:
    budget = BudgetMiddleware(requests=9, size=1_000, minutes=5)
    budget.process_response(request(), Response(URL, body=b"x" * 999))
    budget.process_request(request())
    budget.process_response(request(), Response(URL, body=b"x"))
    with pytest.raises(BudgetSpent, match="the run's budget of 1,000 bytes is spent"):
        budget.process_request(request())


def test_a_run_lasts_no_longer_than_its_budget() -> None:
    seconds = iter((100.0, 399.9, 400.0))
    budget = BudgetMiddleware(requests=9, size=1_000, minutes=5, clock=lambda: next(seconds))
    budget.process_request(request())
    with pytest.raises(BudgetSpent, match="not requested: the run's budget of 5 minutes is spent"):
        budget.process_request(request())


@pytest.mark.parametrize(
    ("origin", "late", "minutes"),
    [("live", 0, 350), ("live", -60, 350), ("live", 300, 60), ("live", 359.5, 0.5), ("recorded", 9_999, 350)],
)
def test_a_late_live_crawl_has_what_is_left_of_its_six_hours(origin: str, late: float, minutes: float) -> None:
    run, began = SimpleNamespace(origin=origin, as_of=datetime(2026, 11, 20, tzinfo=UTC)), 1_000.0
    settings = Settings({"REQUEST_BUDGET": 9, "BYTES_BUDGET": 1_000, "MINUTES_BUDGET": 350})
    crawler = cast(Any, SimpleNamespace(settings=settings, spider=SimpleNamespace(run=run)))
    budget = BudgetMiddleware.from_crawler(crawler, clock=lambda: run.as_of + timedelta(minutes=late))
    budget._began = began
    budget._clock = lambda: began + minutes * 60 - 1
    budget.process_request(request())
    budget._clock = lambda: began + minutes * 60
    with pytest.raises(BudgetSpent, match=f"the run's budget of {minutes:.0f} minutes is spent"):
        budget.process_request(request())


def test_bytes_count_as_transferred() -> None:
    """In the settings' order, an answer passes from the highest number to the lowest."""
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    order = settings.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
    packed = gzip.compress(b"x" * 100_000)
    budget = BudgetMiddleware(requests=9, size=len(packed) + 1, minutes=5)
    unpacking = HttpCompressionMiddleware.from_crawler(get_crawler())
    answer: Any = Response(URL, body=packed, headers={"Content-Encoding": "gzip"})
    for middleware in sorted((budget, unpacking), key=lambda each: order[global_object_name(type(each))], reverse=True):
        answer = middleware.process_response(request(), answer)
    assert len(answer.body) == 100_000
    budget.process_request(request())
    budget.process_response(request(), Response(URL, body=b"x"))
    with pytest.raises(BudgetSpent):
        budget.process_request(request())


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::a00:1]", "[64:ff9b:1::a00:1]",
     "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]"],
)  # fmt: skip
def test_private_addresses_are_not_requested(host: str) -> None:
    with pytest.raises(PrivateAddress, match="is not a public address: not requested"):
        PrivateAddressesMiddleware().process_request(request(f"https://{host}/jobs"))


def test_public_addresses_and_names_are_requested() -> None:
    for host in ("93.184.216.34", "[2606:4700::1111]", "localhost", "boards.example"):
        PrivateAddressesMiddleware().process_request(request(f"https://{host}/jobs"))
    assert is_public("93.184.216.34")


@pytest.mark.parametrize(
    ("address", "refused"),
    [("93.184.216.34", False), ("127.0.0.1", True), ("10.0.0.7", True), ("169.254.169.254", True)],
)
def test_a_name_of_a_private_address_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, address: str, refused: bool
) -> None:
    def resolve(self: object, name: str, timeout: object = ()) -> Deferred[str]:
        return succeed(address) if name != "nowhere.example" else fail(DNSLookupError())

    monkeypatch.setattr(private_addresses.CachingThreadedResolver, "getHostByName", resolve)
    monkeypatch.setattr(private_addresses, "getproxies", lambda: {"https": "http://proxy.example:3128"})
    resolver = PublicResolver(cast(Any, SimpleNamespace()), 0, 1.0)
    outcome: list[Any] = []
    resolver.getHostByName("rebound.example").addBoth(outcome.append)
    if refused:
        assert "rebound.example resolves to" in str(outcome[0].value)
        assert outcome[0].check(DNSLookupError)
    else:
        assert outcome == [address]
    resolver.getHostByName("proxy.example").addBoth(outcome.append)
    assert outcome[1] == address  # the operator's proxy may be anywhere


def test_the_settings_use_the_public_resolver() -> None:
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    assert settings["DNS_RESOLVER"] == f"{PublicResolver.__module__}.{PublicResolver.__qualname__}"


def breaker(home: Path, after: int = 3) -> CircuitBreakerMiddleware:
    spider = AshbySpider()
    spider.run = cast(Any, SimpleNamespace(home=home))
    crawler = SimpleNamespace(spider=spider, settings=Settings({"CIRCUIT_BREAKER_AFTER": after}))
    return CircuitBreakerMiddleware(cast(Any, crawler))


def ask(middleware: CircuitBreakerMiddleware, status: int) -> Request:
    """Send one request through the middleware and answer it with a status."""
    sent = request()
    asyncio.run(middleware.process_request(sent))
    middleware.process_response(sent, Response(URL, status=status))
    return sent


def test_a_host_that_failed_three_crawls_gets_one_request_until_it_answers(tmp_path: Path) -> None:
    for _ in range(3):
        crawl = breaker(tmp_path)
        assert "dont_retry" not in ask(crawl, 503).meta
        ask(crawl, 429)
        crawl.spider_closed()

    fourth = breaker(tmp_path)
    assert ask(fourth, 500).meta["dont_retry"] is True
    with pytest.raises(
        CircuitOpen, match=r"not requested: api\.ashbyhq\.com failed in the last 3 crawls and again when"
    ):
        ask(fourth, 200)
    fourth.spider_closed()
    assert HostHealth(Home(tmp_path), "ashby").failed_runs("api.ashbyhq.com") == 4

    fifth = breaker(tmp_path)
    ask(fifth, 404)  # the company is unknown there, but the host answers
    ask(fifth, 200)
    fifth.spider_closed()
    assert HostHealth(Home(tmp_path), "ashby").failed_runs("api.ashbyhq.com") == 0
    assert "dont_retry" not in ask(breaker(tmp_path), 500).meta


def test_one_usable_answer_is_enough_and_a_replay_keeps_no_record(tmp_path: Path) -> None:
    crawl = breaker(tmp_path)
    for status in (500, 200, 500):
        ask(crawl, status)
    crawl.spider_closed()
    assert HostHealth(Home(tmp_path), "ashby").failed_runs("api.ashbyhq.com") == 0
    off = breaker(tmp_path / "replay", after=0)
    ask(off, 500)
    off.spider_closed()
    assert not (tmp_path / "replay").exists()


def test_an_unreadable_record_counts_as_empty(tmp_path: Path) -> None:
    path = Home(tmp_path).crawl_state / "hosts-ashby.json"
    path.parent.mkdir()
    path.write_text("{")
    assert HostHealth(Home(tmp_path), "ashby").failed_runs("x") == 0
