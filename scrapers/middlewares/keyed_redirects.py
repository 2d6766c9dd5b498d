"""Sends a board's keys only to the host they are for, and not to hosts that it redirects to."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached


class KeysWouldLeave(IgnoreRequest):
    """A redirect that is not followed, because it would send a board's keys to another host or unencrypted."""


class KeyedRedirectsMiddleware(RedirectMiddleware):
    """Scrapy's redirects, except that for boards with keys none may leave the host or go from https to http.

    Scrapy removes ``Authorization`` and cookies from such a request, but keys can also be in other headers, in URLs and
    in bodies.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware, without Scrapy's warning of a missing Referer: no page leads to a request here."""
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Return the answer, or the request that it redirects to.

        Raises:
            KeysWouldLeave: If that request must not be sent.
        """
        outcome = super().process_response(request, response)
        if isinstance(outcome, Response) or not getattr(self.crawler.spider, "credentials", ()):
            return outcome
        here, there = urlparse_cached(request), urlparse_cached(outcome)
        # requests for robots.txt have no company and no keys
        if "company" not in request.meta or (here.netloc == there.netloc and there.scheme in (here.scheme, "https")):
            return outcome
        raise KeysWouldLeave(f"redirected to {there.scheme}://{there.netloc}, which must not get this board's keys")
