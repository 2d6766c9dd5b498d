"""Limits the requests, bytes and minutes of a run, so that no crawl burdens a host without end."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from jobmarket.origin import LIVE_WITHIN
from scrapers.moments import Clock, utc_now
from scrapers.planning import BoardRun


class BudgetSpent(IgnoreRequest):
    """A request that is not sent, because the run has used up its requests, bytes or minutes."""


class BudgetMiddleware:
    """Counts a run's requests (robots.txt and retries included), bytes and minutes; the settings limit all three.

    Bytes are counted as transferred, compressed as the host sent them; ``DOWNLOAD_MAXSIZE`` limits the decompressed
    size of one answer. A live crawl that begins late still ends within six hours of its moment.
    """

    def __init__(self, requests: int, size: int, minutes: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_requests, self._most_bytes, self._minutes = requests, size, minutes
        self._requests = self._bytes = 0
        self._clock, self._began = clock, clock()

    @classmethod
    def from_crawler(cls, crawler: Crawler, clock: Clock = utc_now) -> BudgetMiddleware:
        """Build the middleware for a crawl."""
        settings = crawler.settings
        minutes: float = settings.getint("MINUTES_BUDGET")
        run: BoardRun | None = getattr(crawler.spider, "run", None)
        if run is not None and run.origin == "live":
            minutes = min(minutes, (run.as_of + LIVE_WITHIN - clock()) / timedelta(minutes=1))
        return cls(settings.getint("REQUEST_BUDGET"), settings.getint("BYTES_BUDGET"), minutes)

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            BudgetSpent: If a budget of the run is used up.
        """
        if self._requests >= self._most_requests:
            raise BudgetSpent(f"the run's budget of {self._most_requests:,} requests is spent")
        if self._bytes >= self._most_bytes:
            raise BudgetSpent(f"the run's budget of {self._most_bytes:,} bytes is spent")
        if self._clock() - self._began >= self._minutes * 60:
            raise BudgetSpent(f"not requested: the run's budget of {self._minutes:.0f} minutes is spent")
        self._requests += 1

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer as transferred: this middleware sees it before it is decompressed."""
        self._bytes += len(response.body)
        return response
