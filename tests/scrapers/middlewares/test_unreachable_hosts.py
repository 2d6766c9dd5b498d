from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadConnectionRefusedError, ResponseDataLossError
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from scrapers.middlewares.unreachable_hosts import HostUnreachable, UnreachableHostsMiddleware

HERE, THERE = Request("https://here.example/a"), Request("https://there.example/a")
REFUSED = DownloadConnectionRefusedError("refused")


@pytest.fixture
def middleware() -> UnreachableHostsMiddleware:
    return UnreachableHostsMiddleware.from_crawler(get_crawler(settings_dict={"UNREACHABLE_AFTER": 5}))


def test_the_fifth_failure_in_a_row_closes_the_host_and_no_other(middleware: UnreachableHostsMiddleware) -> None:
    for _ in range(4):
        middleware.process_exception(HERE, REFUSED)
        middleware.process_request(HERE)
    middleware.process_exception(HERE, REFUSED)
    with pytest.raises(HostUnreachable, match=r"not requested: 5 connections to here\.example in a row failed"):
        middleware.process_request(HERE)
    middleware.process_request(THERE)


def test_any_answer_restarts_the_count(middleware: UnreachableHostsMiddleware) -> None:
    for _ in range(3):
        for _ in range(4):
            middleware.process_exception(HERE, REFUSED)
        middleware.process_response(HERE, Response(HERE.url, status=500))
    middleware.process_request(HERE)


def test_only_failed_connections_count(middleware: UnreachableHostsMiddleware) -> None:
    for _ in range(10):
        middleware.process_exception(HERE, ResponseDataLossError())
    middleware.process_request(HERE)
