"""A run asks for so much and no more: what a board's host is spared, a crawl that never ends is too."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scrapers.moments import LIVE_WITHIN, Clock, utc_now
from scrapers.planning import BoardRun


class BudgetSpent(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request that is not sent, because the run has asked, received or lasted as much as it may."""


class BudgetMiddleware:
    """Counts what a run asks and receives, robots.txt and retries included, and how long; the settings bound all three.

    Received is what went over the wire, compressed as the host sent it: how large one answer may become once it is
    decompressed is bounded by ``DOWNLOAD_MAXSIZE``. A live crawl that begins late ends as its moment's time does.
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
            BudgetSpent: if the run has had its share.
        """
        if self._requests >= self._most_requests:
            raise BudgetSpent(f"the run's budget of {self._most_requests:,} requests is spent")
        if self._bytes >= self._most_bytes:
            raise BudgetSpent(f"the run's budget of {self._most_bytes:,} bytes is spent")
        if self._clock() - self._began >= self._minutes * 60:
            raise BudgetSpent(f"not asked: the run's budget of {self._minutes:.0f} minutes is spent")
        self._requests += 1

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer as transferred: this stands nearer to the downloader than what decompresses."""
        self._bytes += len(response.body)
        return response
