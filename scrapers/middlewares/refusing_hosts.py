"""Leaves alone who refuses one request after the other, or breaks and stays so, without saying for how long."""

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
from scrapers.middlewares.backends import backend_asked

logger = logging.getLogger(__name__)

_TOO_MANY, _FORBIDDEN = 429, 403


class HostRefuses(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request that was not sent, because those before it were refused or met a broken host."""


@dataclass
class _Row:
    """Answers of one kind that came one after the other, and who met them: companies, or hosts."""

    kind: str
    pauses: Iterator[float]
    met_by: list[str] = field(default_factory=list)


class RefusingHostsMiddleware:
    """After ``REFUSED_AFTER`` requests in a row that were refused, or met an error, further ones are not sent.

    Refused are those answered with 429 or 403, an error is any 5xx; retries count, and come after the first requests of
    all companies. A refusal is said for all hosts of a backend: 429 speaks of us; 403 may speak of one company's pages,
    so that many companies must have been refused, or all that there are.

    An error may be one company's, or one data centre's: it takes that many companies of a host, or hosts of the domain
    right above them (``wd5.example.com``), and a crawl of fewer tries them all. And it passes: the crawl pauses for the
    first of ``PAUSES_AFTER_ERRORS``, the next request finds out whether that was enough, and what still fails after the
    last pause is given up. Setting ``REFUSED_AFTER`` to 0 turns all of this off.

    Args:
        crawler: The crawl.
        sleep: Waits for so many seconds; as one request is under way at a time, all others wait too.
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
            HostRefuses: if its host, the domain above that or its backend was given up.
        """
        if self._given_up:
            for place in _places(request):
                if reason := self._given_up.get(place):
                    raise HostRefuses(reason)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer that refuses, or an error; an answer of another kind begins the count anew."""
        if not self._limit or "company" not in request.meta:  # what every host is asked tells nothing
            return response
        kind = _kind(response.status)
        for place in _places(request):
            if place in self._rows and self._rows[place].kind != kind:
                del self._rows[place]
        if kind is not None:
            for place, who, needed in self._speaks_of(request, response.status):
                row = self._rows.setdefault(place, _Row(kind, iter(self._pauses if kind == "errors" else ())))
                row.met_by.append(who)
                if len(row.met_by) >= self._limit and len(set(row.met_by)) >= needed:
                    await self._pause_or_give_up(place, row, response.status)
        return response

    def _speaks_of(self, request: Request, status: int) -> Iterator[tuple[str, str, int]]:
        """Where a refusal or an error counts, who met it there, and how many of these must have."""
        host, *above = _places(request)
        company = request.meta["company"]
        if _kind(status) == "refusals":
            yield backend_asked(request), company, 1 if status == _TOO_MANY else self._companies
            return
        yield host, company, self._limit
        if above:
            yield above[0], host, self._limit

    async def _pause_or_give_up(self, place: str, row: _Row, status: int) -> None:
        met = f"{len(row.met_by)} {row.kind} in a row"
        if (pause := next(row.pauses, None)) is None:
            self._given_up[place] = f"{status}: given up after {met}"
            logger.warning(f"{place} is not asked again in this run: {self._given_up[place]}")
        else:
            logger.warning(f"{place} is asked again in {pause:.0f} s: {status}, {met}")
            await self._sleep(pause)


def _kind(status: int) -> str | None:
    """What an answer is that is none, by its status; None for any other."""
    if status in (_TOO_MANY, _FORBIDDEN):
        return "refusals"
    return "errors" if status >= 500 else None


def _places(request: Request) -> list[str]:
    """A request's host, the domain right above it and its backend, without repeating one."""
    host, backend = urlparse_cached(request).hostname or "", backend_asked(request)
    if host == backend:
        return [host]
    return list(dict.fromkeys((host, host.partition(".")[2], backend)))
