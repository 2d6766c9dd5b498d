"""Counts requests, answers and bytes of each company, retries included."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from scrapers.boards.base import BoardSpider


class Traffic:
    """Tells the spider's outcomes what goes over the wire; robots.txt is nobody's."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Traffic:
        """Listen to the downloader."""
        extension = cls()
        crawler.signals.connect(extension.sent, signals.request_left_downloader)
        crawler.signals.connect(extension.received, signals.response_downloaded)
        return extension

    def sent(self, request: Request, spider: BoardSpider) -> None:
        """A request went out."""
        if "company" in request.meta:
            spider.outcomes.requested(request.meta["company"])

    def received(self, request: Request, response: Response, spider: BoardSpider) -> None:
        """An answer came in."""
        if "company" in request.meta:
            spider.outcomes.answered(request.meta["company"], response.status, len(response.body))
