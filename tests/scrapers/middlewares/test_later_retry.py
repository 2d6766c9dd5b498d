from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from scrapers.middlewares import later_retry

REQUEST = Request("https://a.example/x")
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds: list[float] = []

    async def sleep(pause: float) -> None:
        seconds.append(pause)

    monkeypatch.setattr(later_retry.asyncio, "sleep", sleep)
    return seconds


def middleware(pause: float = 2.0) -> later_retry.LaterRetryMiddleware:
    crawler = get_crawler(Spider, settings_dict={"RETRY_PAUSE": pause, "RETRY_TIMES": 2})
    crawler.spider = crawler._create_spider("any")
    crawler._apply_settings()
    return later_retry.LaterRetryMiddleware.from_crawler(crawler, clock=lambda: NOW)


def answer(retry: Any, request: Request, status: int, **headers: str) -> Any:
    response = Response(request.url, status=status, headers=headers)
    return asyncio.run(retry.process_response(request, response))


def test_pauses_double_up_to_the_last_attempt(slept: list[float]) -> None:
    retry = middleware()
    second = answer(retry, REQUEST, 503)
    third = answer(retry, second, 503)
    assert (second.meta["retry_times"], third.meta["retry_times"]) == (1, 2)
    assert 2 <= slept[0] <= 3
    assert 4 <= slept[1] <= 6
    assert answer(retry, third, 503).status == 503
    assert len(slept) == 2


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("20", 20.0), ("60", 60.0), ("Sun, 22 Nov 2026 06:00:45 GMT", 45.0)],
)
def test_a_requested_pause_is_made_up_to_a_minute(slept: list[float], retry_after: str, seconds: float) -> None:
    assert isinstance(answer(middleware(), REQUEST, 429, **{"Retry-After": retry_after}), Request)
    assert slept == [seconds]


def test_a_pause_requested_at_the_last_attempt_is_made_too(slept: list[float]) -> None:
    last = REQUEST.replace(meta={"retry_times": 2})
    assert answer(middleware(), last, 503, **{"Retry-After": "20"}).status == 503
    assert slept == [20.0]


@pytest.mark.parametrize(
    ("status", "retry_after", "reason"),
    [
        (429, "61", "429: asked to wait 61 s"),
        (429, "86400", "429: asked to wait 86400 s"),
        (503, "Sun, 22 Nov 2026 07:00:00 GMT", "503: asked to wait 3600 s"),
    ],
)
def test_a_host_that_requests_more_is_given_up_and_no_other(
    slept: list[float], status: int, retry_after: str, reason: str
) -> None:
    retry = middleware()
    retry.process_request(REQUEST)
    with pytest.raises(later_retry.HostAsksToWait, match=f"^{reason}$"):
        answer(retry, REQUEST, status, **{"Retry-After": retry_after})
    with pytest.raises(later_retry.HostAsksToWait, match=f"^{reason}$"):
        retry.process_request(Request("https://a.example/another-company"))
    retry.process_request(Request("https://b.example/x"))
    assert slept == []


@pytest.mark.parametrize(("status", "is_all_of_it"), [(429, True), (503, False)])
def test_a_429_applies_to_the_complete_backend(slept: list[float], status: int, is_all_of_it: bool) -> None:
    retry, other = middleware(), Request("https://oak.bamboohr.com/careers/list")
    with pytest.raises(later_retry.HostAsksToWait):
        answer(retry, Request("https://acme.bamboohr.com/careers/list"), status, **{"Retry-After": "600"})
    if is_all_of_it:
        with pytest.raises(later_retry.HostAsksToWait, match="429: asked to wait 600 s"):
            retry.process_request(other)
    else:
        retry.process_request(other)


def test_retry_after_is_read_only_from_retried_answers(slept: list[float]) -> None:
    retry = middleware()
    assert answer(retry, REQUEST, 403, **{"Retry-After": "86400"}).status == 403
    retry.process_request(REQUEST)
    assert slept == []


def test_time_outs_are_retried(slept: list[float]) -> None:
    again = asyncio.run(middleware().process_exception(REQUEST, DownloadTimeoutError()))
    assert isinstance(again, Request)
    assert len(slept) == 1


def test_lasting_answers_are_not_retried(slept: list[float]) -> None:
    for status in (200, 403, 404, 410):
        assert answer(middleware(), REQUEST, status).status == status
    assert slept == []


def test_a_replay_does_not_wait(slept: list[float]) -> None:
    answer(middleware(pause=0.0), REQUEST, 429, **{"Retry-After": "20"})
    assert slept == [0.0]
