"""Leaves a backend alone that refuses one request after the other, or breaks, without saying for how long."""

from __future__ import annotations

import logging

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scrapers.boards.base import BoardSpider
from scrapers.middlewares.backends import backend_asked

logger = logging.getLogger(__name__)

_TOO_MANY, _FORBIDDEN = 429, 403


class HostRefuses(IgnoreRequest):  # noqa: N818 - it names what was met, as Scrapy's own do
    """A request that was not sent, because those before it were refused or met a broken host."""


class RefusingHostsMiddleware:
    """After ``REFUSED_AFTER`` requests in a row that a backend refused, or failed at, its further ones are not sent.

    Refused are those answered with 429 or 403, an error is any 5xx; retries count, and come after the first requests of
    all companies. 429 speaks of us. 403 may speak of one company's pages, so that many companies must have been
    refused, or all that there are. An error may be one company's too, and passes: it takes that many companies, and a
    crawl of fewer tries them all. Setting it to 0 turns this off.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._limit = crawler.settings.getint("REFUSED_AFTER")
        assert isinstance(crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        self._companies = min(self._limit, len(crawler.spider.run.companies))
        self._rows: dict[str, tuple[str, list[str]]] = {}
        self._given_up: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefusingHostsMiddleware:
        """Build the middleware for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            HostRefuses: if its backend was given up.
        """
        if self._given_up and (reason := self._given_up.get(backend_asked(request))):
            raise HostRefuses(reason)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer that refuses, or an error; an answer of another kind begins the count anew."""
        if not self._limit or "company" not in request.meta:  # what every host is asked tells nothing
            return response
        backend = backend_asked(request)
        kind = _kind(response.status)
        if kind is None:
            self._rows.pop(backend, None)
            return response
        before, companies = self._rows.get(backend, (kind, []))
        if before != kind:
            companies = []
        companies.append(request.meta["company"])
        self._rows[backend] = kind, companies
        if len(companies) >= self._limit and len(set(companies)) >= self._needed(response.status):
            self._given_up[backend] = f"{response.status}: given up after {len(companies)} {kind} in a row"
            logger.warning(f"{backend} is not asked again in this run: {self._given_up[backend]}")
        return response

    def _needed(self, status: int) -> int:
        """The companies that must have met a status."""
        if status == _TOO_MANY:
            return 1
        return self._companies if status == _FORBIDDEN else self._limit


def _kind(status: int) -> str | None:
    """What an answer is that is none, by its status; None for any other."""
    if status in (_TOO_MANY, _FORBIDDEN):
        return "refusals"
    return "errors" if status >= 500 else None
