"""Keeps the pause that a host requests in its robots.txt."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.robotstxt import RobotParser

from scrapers.middlewares.backends import SLOT


class CrawlDelay:
    """Waits at least ``Crawl-delay`` seconds between two requests to a backend, up to ``AUTOTHROTTLE_MAX_DELAY``.

    The longest delay of the backend's hosts applies. It is set before each request, because the throttle shortens
    delays when answers come quickly, and the downloader forgets the delay of a backend without requests for a while.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Connect to the signals for a parsed robots.txt and for requests.

        Raises:
            NotConfigured: If there is no delay, as in a replay.
        """
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.learn, signals.robots_parsed)
        crawler.signals.connect(extension.keep, signals.request_reached_downloader)
        return extension

    def learn(self, robotparser: RobotParser, request: Request) -> None:
        """Take the delay from a host's robots.txt."""
        delay = robotparser.crawl_delay(self._crawler.settings["ROBOTSTXT_USER_AGENT"]) or 0.0
        backend = request.meta[SLOT]
        self._delays[backend] = max(self._delays.get(backend, 0.0), min(delay, self._longest))

    def keep(self, request: Request) -> None:
        """Set the delay of a request's backend before the request waits for its turn."""
        backend = request.meta[SLOT]
        if not (delay := self._delays.get(backend)):
            return
        assert self._crawler.engine is not None  # noqa: S101 - for the type checker
        slot = self._crawler.engine.downloader.slots[backend]
        slot.delay = max(slot.delay, delay)
