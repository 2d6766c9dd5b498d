"""First pipeline: turns the board's object into a posting, or into a rejection that says why not."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError
from scrapy.crawler import Crawler

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider
from scrapers.boards.fields import NotAPosting, key_of_broken
from scrapers.steps import Batch, Found, Seen, Through

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rejection:
    """An object that could not become a posting; ``key`` is its posting key, if the object states its id."""

    company_slug: str
    reason: str
    payload: Any
    key: str | None = None


Item: TypeAlias = Posting | Rejection | Seen | Through
"""What this pipeline passes on to the landing."""


class ValidationPipeline:
    """Maps and validates the objects that a board lists."""

    def __init__(self, spider: BoardSpider) -> None:
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ValidationPipeline:
        """Bind to the crawl's spider."""
        assert isinstance(crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        return cls(crawler.spider)

    def process_item(self, item: Batch) -> list[Item]:
        """Turn each object into a posting or a rejection; pass everything else on."""
        return [self._validated(each) for each in item]

    def _validated(self, item: Found | Seen | Through) -> Item:
        if not isinstance(item, Found):
            return item
        if item.posting is not None:
            return item.posting
        if not isinstance(item.payload, dict):
            return self._rejected(item, "not an object")
        try:
            return self._spider.to_posting(item.payload, item.company)
        except NotAPosting as error:
            return self._rejected(item, str(error))
        except ValidationError as error:
            return self._rejected(item, "; ".join(_in_words(detail) for detail in error.errors()))
        except Exception as error:
            # A fault of the spider with one object must not cost the others; the log has the traceback.
            logger.exception("%s cannot map an object of %s", self._spider.name, item.company.slug)
            return self._rejected(item, f"{type(error).__name__}: {error}")

    def _rejected(self, item: Found, reason: str) -> Rejection:
        key = key_of_broken(lambda: self._spider.to_posting(item.payload, item.company))
        return Rejection(item.company.slug, reason, item.payload, key)


def _in_words(detail: Any) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    return f"{field}: {detail['msg'].lower()}"
