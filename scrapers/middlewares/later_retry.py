"""Tries again after a pause that doubles, instead of at once."""

from __future__ import annotations

import asyncio
import random

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

# A board that asks for more patience than this is asked again by the next crawl.
_LONGEST_PAUSE_SECONDS = 60.0


class LaterRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, each after ``RETRY_PAUSE`` seconds, doubled each time, or after what Retry-After says."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._pause = settings.getfloat("RETRY_PAUSE")

    async def process_response(  # type: ignore[override]  # Scrapy awaits what is awaitable
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The answer, or the same request once more."""
        outcome = super().process_response(request, response)
        if isinstance(outcome, Request):
            await self._wait(outcome, response.headers.get(b"Retry-After"))
        return outcome

    async def process_exception(  # type: ignore[override]  # Scrapy awaits what is awaitable
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """The same request once more, or nothing."""
        outcome = super().process_exception(request, exception)
        if isinstance(outcome, Request):
            await self._wait(outcome, None)
        return outcome

    async def _wait(self, request: Request, retry_after: bytes | None) -> None:
        pause = self._pause * 2 ** (request.meta["retry_times"] - 1)
        pause *= 1 + random.random() / 2  # noqa: S311 - so that many clients do not come back together
        if retry_after and retry_after.isdigit() and self._pause:
            pause = max(pause, float(retry_after))
        await asyncio.sleep(min(pause, _LONGEST_PAUSE_SECONDS))
