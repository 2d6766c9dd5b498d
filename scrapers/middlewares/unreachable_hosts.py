"""Gives up a host that cannot be reached, so that the crawl does not wait for it again and again."""

from __future__ import annotations

from collections import Counter

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

_NO_CONNECTION = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    OSError,
)


class HostUnreachable(IgnoreRequest):
    """A request that was not sent, because those before it got no connection."""


class UnreachableHostsMiddleware:
    """Stops sending requests to a host after ``UNREACHABLE_AFTER`` failed connections in a row."""

    def __init__(self, crawler: Crawler) -> None:
        self._limit = crawler.settings.getint("UNREACHABLE_AFTER")
        self._failures: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> UnreachableHostsMiddleware:
        """Build the middleware for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            HostUnreachable: If its host was given up.
        """
        host = urlparse_cached(request).netloc
        if self._failures[host] >= self._limit:
            raise HostUnreachable(f"not requested: {self._limit} connections to {host} in a row failed")

    def process_response(self, request: Request, response: Response) -> Response:
        """Reset the count: any answer shows that the host can be reached."""
        self._failures.pop(urlparse_cached(request).netloc, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failed connection."""
        if isinstance(exception, _NO_CONNECTION):
            self._failures[urlparse_cached(request).netloc] += 1
