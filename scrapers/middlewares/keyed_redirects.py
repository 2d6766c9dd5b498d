"""A board's keys go to the host they were given for, and to nobody it redirects to."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached


class KeysWouldLeave(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A redirect that is not followed, because it would carry a board's keys to another host or in clear."""


class KeyedRedirectsMiddleware(RedirectMiddleware):
    """Scrapy's redirects, but of boards with keys none that leads off the host or from https to http.

    Scrapy takes ``Authorization`` and cookies out of such a request; keys also stand in headers of other names, in
    addresses and in bodies.
    """

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """The answer, or the request that it redirects to.

        Raises:
            KeysWouldLeave: if that is not to be sent.
        """
        outcome = super().process_response(request, response)
        if isinstance(outcome, Response) or not getattr(self.crawler.spider, "credentials", ()):
            return outcome
        here, there = urlparse_cached(request), urlparse_cached(outcome)
        # robots.txt is asked for without keys, and of no company
        if "company" not in request.meta or (here.netloc == there.netloc and there.scheme in (here.scheme, "https")):
            return outcome
        raise KeysWouldLeave(f"redirected to {there.scheme}://{there.netloc}, which must not get this board's keys")
