"""Keeps the pause that a host asks for in its robots.txt."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.robotstxt import RobotParser

from scrapers.middlewares.backends import SLOT


class CrawlDelay:
    """At least ``Crawl-delay`` seconds between two requests to a backend, up to ``AUTOTHROTTLE_MAX_DELAY``.

    The longest of its hosts counts. It is put right before each request: the throttle shortens delays again as answers
    come quickly, and the downloader forgets those of a backend that was not asked for a while.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._asked: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Listen to what hosts say, and to the downloader.

        Raises:
            NotConfigured: if there is no delay, as in a replay.
        """
        if not crawler.settings.getfloat("DOWNLOAD_DELAY"):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.learn, signals.robots_parsed)
        crawler.signals.connect(extension.keep, signals.request_reached_downloader)
        return extension

    def learn(self, robotparser: RobotParser, request: Request) -> None:
        """A host's robots.txt is read."""
        asked = robotparser.crawl_delay(self._crawler.settings["ROBOTSTXT_USER_AGENT"]) or 0.0
        backend = request.meta[SLOT]
        self._asked[backend] = max(self._asked.get(backend, 0.0), min(asked, self._longest))

    def keep(self, request: Request) -> None:
        """A request is about to wait for its turn."""
        backend = request.meta[SLOT]
        if not (asked := self._asked.get(backend)):
            return
        assert self._crawler.engine is not None  # noqa: S101 - for the type checker
        slot = self._crawler.engine.downloader.slots[backend]
        slot.delay, slot.jitter = max(slot.delay, asked), 0.0  # it is the least, not the mean
