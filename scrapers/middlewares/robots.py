"""Sends no request to a host whose robots.txt is not available (RFC 9309, section 2.3.1.4)."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scrapers.outcomes import without_answer


class RulesUnknown(IgnoreRequest):
    """A request that is not sent, because its host's robots.txt is not available: everything counts as forbidden."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, except that a robots.txt with a 5xx or no answer forbids everything instead of allowing it.

    A host without the file (4xx) allows everything. If another rule of the crawl stops the request for robots.txt, that
    rule gives the reason.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unknown: dict[str, RulesUnknown] = {}

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Let a request pass.

        Raises:
            IgnoreRequest: If robots.txt forbids it; RulesUnknown if robots.txt is not available.
        """
        await super().process_request(request)
        if not request.meta.get("dont_obey_robotstxt") and (unknown := self._unknown.get(_host(request))):
            raise RulesUnknown(*unknown.args)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            raise _unknown(str(response.status))
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, RulesUnknown):
            self._unknown[netloc] = exc
        elif not isinstance(exc, IgnoreRequest):
            self._unknown[netloc] = _unknown(without_answer(exc))
        super()._robots_error(exc, netloc)


def _host(request: Request) -> str:
    return urlparse_cached(request).netloc


def _unknown(why: str) -> RulesUnknown:
    return RulesUnknown(f"robots.txt is not available ({why}): no request is sent")
