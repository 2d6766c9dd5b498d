"""Gives up hosts that refuse request after request, or keep failing, without stating a pause."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scrapers.boards.base import BoardSpider
from scrapers.middlewares.backends import backend_of_request

logger = logging.getLogger(__name__)

_TOO_MANY, _FORBIDDEN = 429, 403


class HostRefuses(IgnoreRequest):
    """A request that was not sent, because those before it were refused or failed."""


@dataclass
class _Row:
    """Refusals or errors in a row, and the companies or hosts that got them."""

    kind: str
    pauses: Iterator[float]
    met_by: list[str] = field(default_factory=list)


class RefusingHostsMiddleware:
    """Stops sending requests after ``REFUSED_AFTER`` refusals or errors in a row.

    429 and 403 are refusals, any 5xx is an error. Retries count; they come after the first requests of all companies.
    A refusal counts for all hosts of a backend. A 429 concerns the crawler as such. A 403 may concern one company's
    pages, so ``REFUSED_AFTER`` different companies must be refused, or all that there are.

    An error may concern one company or one data centre. So ``REFUSED_AFTER`` companies of a host must fail, or as many
    hosts of the domain directly above them (``wd5.example.com``); a crawl with fewer tries them all. Errors may pass:
    the crawl pauses for the first of ``PAUSES_AFTER_ERRORS`` and the next request shows whether that was enough. A host
    that still fails after the last pause is given up. ``REFUSED_AFTER = 0`` turns all of this off.

    Args:
        crawler: The crawl.
        sleep: Waits for a number of seconds. Only one request is under way at a time, so all others wait too.
    """

    def __init__(self, crawler: Crawler, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._limit = crawler.settings.getint("REFUSED_AFTER")
        self._pauses = tuple(float(seconds) for seconds in crawler.settings.getlist("PAUSES_AFTER_ERRORS"))
        self._sleep = sleep
        assert isinstance(crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        self._companies = min(self._limit, len(crawler.spider.run.companies))
        self._rows: dict[str, _Row] = {}
        self._given_up: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefusingHostsMiddleware:
        """Build the middleware for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            HostRefuses: If its host, the domain above that or its backend was given up.
        """
        if self._given_up:
            for place in _places(request):
                if reason := self._given_up.get(place):
                    raise HostRefuses(reason)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Count a refusal or an error; any other answer restarts the count."""
        if not self._limit or "company" not in request.meta:  # robots.txt and the like do not count
            return response
        kind = _kind(response.status)
        for place in _places(request):
            if place in self._rows and self._rows[place].kind != kind:
                del self._rows[place]
        if kind is not None:
            for place, who, needed in self._counts_for(request, response.status):
                row = self._rows.setdefault(place, _Row(kind, iter(self._pauses if kind == "errors" else ())))
                row.met_by.append(who)
                if len(row.met_by) >= self._limit and len(set(row.met_by)) >= needed:
                    await self._pause_or_give_up(place, row, response.status)
        return response

    def _counts_for(self, request: Request, status: int) -> Iterator[tuple[str, str, int]]:
        """Yield each place where a refusal or error counts, who got it there, and how many of them must have."""
        host, *above = _places(request)
        company = request.meta["company"]
        if _kind(status) == "refusals":
            yield backend_of_request(request), company, 1 if status == _TOO_MANY else self._companies
            return
        yield host, company, self._limit
        if above:
            yield above[0], host, self._limit

    async def _pause_or_give_up(self, place: str, row: _Row, status: int) -> None:
        met = f"{len(row.met_by)} {row.kind} in a row"
        if (pause := next(row.pauses, None)) is None:
            self._given_up[place] = f"{status}: given up after {met}"
            logger.warning(f"{place} gets no further request in this run: {self._given_up[place]}")
        else:
            logger.warning(f"{place} gets its next request in {pause:.0f} s: {status}, {met}")
            await self._sleep(pause)


def _kind(status: int) -> str | None:
    """Return ``refusals`` or ``errors`` for the status of an unusable answer; None for any other."""
    if status in (_TOO_MANY, _FORBIDDEN):
        return "refusals"
    return "errors" if status >= 500 else None


def _places(request: Request) -> list[str]:
    """Return a request's host, the domain directly above it and its backend, each once."""
    host, backend = urlparse_cached(request).hostname or "", backend_of_request(request)
    if host == backend:
        return [host]
    return list(dict.fromkeys((host, host.partition(".")[2], backend)))
