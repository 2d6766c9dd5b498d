"""Counts requests, answers and bytes of each company, retries included."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from scrapers.boards.base import BoardSpider


class Traffic:
    """Counts requests and answers in the spider's outcomes; robots.txt belongs to no company."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Traffic:
        """Connect to the downloader's signals."""
        extension = cls()
        crawler.signals.connect(extension.sent, signals.request_left_downloader)
        crawler.signals.connect(extension.received, signals.response_downloaded)
        return extension

    def sent(self, request: Request, spider: BoardSpider) -> None:
        """Count a request sent."""
        if "company" in request.meta:
            spider.outcomes.requested(request.meta["company"])

    def received(self, request: Request, response: Response, spider: BoardSpider) -> None:
        """Count an answer received."""
        if "company" in request.meta:
            spider.outcomes.answered(request.meta["company"], response.status, len(response.body))
