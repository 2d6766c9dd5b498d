"""Nothing is asked of a host that does not tell what it allows (RFC 9309, section 2.3.1.4)."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scrapers.outcomes import without_answer


class RulesUnknown(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request that is not sent, because its host's robots.txt could not be had: all of it counts as forbidden."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, which takes a robots.txt that answers 5xx, or not at all, for one that allows everything.

    A host without one (4xx) allows everything. One that another rule of the crawl leaves alone fails by that rule.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unknown: dict[str, RulesUnknown] = {}

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Let a request pass.

        Raises:
            IgnoreRequest: if robots.txt forbids it; RulesUnknown if that is not to be had.
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
    return RulesUnknown(f"no robots.txt to be had ({why}): nothing is asked")
