"""Stops requests to a host that failed in several crawls; one company per crawl tests whether it is back."""

from __future__ import annotations

import asyncio

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from jobmarket.settings import Home
from scrapers.boards.base import BoardSpider
from scrapers.host_health import HostHealth

_PROBE = "circuit_probe"
_REFUSED = frozenset({401, 403, 429})


class CircuitOpen(IgnoreRequest):
    """A request that was not sent, because its host has been failing for several crawls and still does."""


class CircuitBreakerMiddleware:
    """Opens a host's circuit after ``CIRCUIT_BREAKER_AFTER`` crawls in a row without a usable answer.

    An open circuit lets only the first company's request of a crawl through, without retries. If it is answered, the
    circuit closes and the other requests follow; if not, they fail without being sent. robots.txt and the like pass and
    count for nothing: a host may answer them while its interface is down. 0 turns the circuit breaker off.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._after = crawler.settings.getint("CIRCUIT_BREAKER_AFTER")
        assert isinstance(crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        self._health = HostHealth(Home(crawler.spider.run.home), crawler.spider.name, crawler.spider.run.as_of)
        self._usable: dict[str, bool] = {}
        self._probes: dict[str, asyncio.Future[bool]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CircuitBreakerMiddleware:
        """Build the middleware for a crawl, and let it store its results when the spider closes."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            CircuitOpen: If the host's circuit is open and its probe failed.
        """
        host = urlparse_cached(request).netloc
        failed = self._health.failed_crawls(host)
        if "company" not in request.meta or not self._after or failed < self._after:
            return
        if host not in self._probes:
            self._probes[host] = asyncio.get_running_loop().create_future()
            request.meta.update({_PROBE: host, "dont_retry": True})
        elif request.meta.get(_PROBE) != host and not await self._probes[host]:
            raise CircuitOpen(
                f"not requested: {host} failed in the last {failed} crawls and again when tried once more"
            )

    def process_response(self, request: Request, response: Response) -> Response:
        """Note whether an answer was usable."""
        self._learn(request, response.status < 500 and response.status not in _REFUSED)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Note that no answer came."""
        # an ignored probe counts as well: it showed nothing usable
        if not isinstance(exception, IgnoreRequest) or request.meta.get(_PROBE) == urlparse_cached(request).netloc:
            self._learn(request, usable=False)

    def spider_closed(self) -> None:
        """Store the results for the next crawls."""
        if self._after and self._usable:
            self._health.note(self._usable)

    def _learn(self, request: Request, usable: bool) -> None:
        if "company" not in request.meta:
            return
        host = urlparse_cached(request).netloc
        probe = self._probes.get(host)
        if probe is not None and not probe.done():
            probe.set_result(usable)
        self._usable[host] = self._usable.get(host, False) or usable
