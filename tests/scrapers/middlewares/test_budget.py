"""The budgets of a run."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.python import global_object_name
from scrapy.utils.test import get_crawler

from scrapers.middlewares.budget import BudgetMiddleware, BudgetSpent

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
