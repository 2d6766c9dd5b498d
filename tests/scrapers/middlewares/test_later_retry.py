from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from scrapers.middlewares import later_retry

REQUEST = Request("https://a.example/x")


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
    return later_retry.LaterRetryMiddleware.from_crawler(crawler)


def answer(retry: Any, request: Request, status: int, **headers: str) -> Any:
    response = Response(request.url, status=status, headers=headers)
    return asyncio.run(retry.process_response(request, response))


def test_pauses_double_and_end(slept: list[float]) -> None:
    retry = middleware()
    second = answer(retry, REQUEST, 503)
    third = answer(retry, second, 503)
    assert (second.meta["retry_times"], third.meta["retry_times"]) == (1, 2)
    assert 2 <= slept[0] <= 3
    assert 4 <= slept[1] <= 6
    assert answer(retry, third, 503).status == 503
    assert len(slept) == 2


def test_what_the_host_asks_for_is_granted_up_to_a_minute(slept: list[float]) -> None:
    retry = middleware()
    answer(retry, REQUEST, 429, **{"Retry-After": "20"})
    answer(retry, REQUEST, 429, **{"Retry-After": "86400"})
    answer(retry, REQUEST, 429, **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"})
    assert slept[:2] == [20.0, 60.0]
    assert 2 <= slept[2] <= 3


def test_time_outs_are_tried_again(slept: list[float]) -> None:
    again = asyncio.run(middleware().process_exception(REQUEST, DownloadTimeoutError()))
    assert isinstance(again, Request)
    assert len(slept) == 1


def test_answers_that_stay_are_not_asked_for_again(slept: list[float]) -> None:
    for status in (200, 403, 404, 410):
        assert answer(middleware(), REQUEST, status).status == status
    assert slept == []


def test_a_replay_does_not_wait(slept: list[float]) -> None:
    answer(middleware(pause=0.0), REQUEST, 429, **{"Retry-After": "20"})
    assert slept == [0.0]
