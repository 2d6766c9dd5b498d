"""Refuses live crawls without a contact."""

from __future__ import annotations

import logging

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from jobmarket.settings import can_be_written_to
from scrapers.boards.base import BoardSpider
from scrapers.user_agent import CONTACT_NEEDED

logger = logging.getLogger(__name__)


class ContactRequired:
    """Closes a live crawl before its first request if the user agent names no contact."""

    def __init__(self, crawler: Crawler) -> None:
        self._contact: str | None = crawler.settings["CONTACT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ContactRequired:
        """Check the crawl as it opens."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        return extension

    def spider_opened(self, spider: BoardSpider) -> None:
        """Let the crawl begin, or refuse it.

        Raises:
            CloseSpider: for a live crawl without a contact.
        """
        if spider.run.origin == "live" and not can_be_written_to(self._contact):
            logger.error(CONTACT_NEEDED)
            raise CloseSpider("no contact")
