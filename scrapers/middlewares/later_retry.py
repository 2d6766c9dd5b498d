"""Retries after a pause that doubles or that the host requests, and gives up a host that requests a long pause."""

from __future__ import annotations

import asyncio
import logging
import math
import random

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.httpobj import urlparse_cached

from scrapers.middlewares.backends import backend_of_request
from scrapers.moments import Clock, utc_now
from scrapers.retry_after import retry_after_seconds

logger = logging.getLogger(__name__)

# In the meta of a retried request: why its last try failed. If the retry is not sent, this is what is known of it.
FAILED_WITH = "failed_with"

# A host that requests a longer pause than this is left to the next crawl.
_LONGEST_PAUSE_SECONDS = 60.0
_TOO_MANY = 429


class HostAsksToWait(IgnoreRequest):
    """A request that is given up, because its host requested a longer pause than a crawl makes."""


class LaterRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, after ``RETRY_PAUSE`` seconds, doubled each time, or after the time in Retry-After.

    The crawl waits for up to a minute, even after the last attempt, because the next company is on the same host. A
    host that requests more is given up for the run: its remaining companies fail with that reason, without a request. A
    429 applies to all hosts of the backend.
    """

    def __init__(self, settings: BaseSettings, clock: Clock = utc_now) -> None:
        super().__init__(settings)
        self._pause = settings.getfloat("RETRY_PAUSE")
        self._clock = clock
        self._given_up: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, clock: Clock = utc_now) -> LaterRetryMiddleware:
        """Build the middleware for a crawl."""
        middleware = cls(crawler.settings, clock)
        middleware.crawler = crawler
        return middleware

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            HostAsksToWait: If its host was given up.
        """
        if not self._given_up:
            return
        host = urlparse_cached(request).netloc
        if reason := self._given_up.get(host) or self._given_up.get(backend_of_request(request)):
            raise HostAsksToWait(reason)

    async def process_response(  # type: ignore[override]  # Scrapy awaits what is awaitable
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the answer, or the same request again.

        Raises:
            HostAsksToWait: If the answer requests a pause longer than a minute.
        """
        retry_after = None
        if response.status in self.retry_http_codes:
            retry_after = retry_after_seconds(response.headers.get(b"Retry-After"), self._clock())
        if retry_after is not None and retry_after > _LONGEST_PAUSE_SECONDS:
            # a 429 counts all requests to a backend; an error may concern one employer only
            given_up = backend_of_request(request) if response.status == _TOO_MANY else urlparse_cached(request).netloc
            raise self._give_up(given_up, response.status, retry_after)
        outcome = super().process_response(request, response)
        if isinstance(outcome, Request):
            outcome.meta[FAILED_WITH] = HttpError(response)
            await self._wait(outcome, retry_after)
        elif retry_after and self._pause:
            await asyncio.sleep(retry_after)
        return outcome

    async def process_exception(  # type: ignore[override]  # Scrapy awaits what is awaitable
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """Return the same request again, or None."""
        outcome = super().process_exception(request, exception)
        if isinstance(outcome, Request):
            outcome.meta[FAILED_WITH] = exception
            await self._wait(outcome, None)
        return outcome

    def _give_up(self, host: str, status: int, seconds: float) -> HostAsksToWait:
        reason = f"{status}: asked to wait {math.ceil(seconds)} s"
        self._given_up[host] = reason
        logger.warning(f"{host} gets no further request in this run: {reason}")
        return HostAsksToWait(reason)

    async def _wait(self, request: Request, retry_after: float | None) -> None:
        pause = self._pause * 2 ** (request.meta["retry_times"] - 1)
        pause *= 1 + random.random() / 2  # noqa: S311 - so that many clients do not come back together
        if retry_after and self._pause:  # a replay has no pauses: no real host needs them
            pause = max(pause, retry_after)
        await asyncio.sleep(min(pause, _LONGEST_PAUSE_SECONDS))
