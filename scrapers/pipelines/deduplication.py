"""Second pipeline: a posting counts once per company and run, even if several answers show it."""

from __future__ import annotations

from scrapy.crawler import Crawler

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider
from scrapers.pipelines.validation import Item


class DeduplicationPipeline:
    """Keeps the first copy of a posting. A company's answers come one after the other, in the order of its requests."""

    def __init__(self, spider: BoardSpider) -> None:
        self._outcomes = spider.outcomes
        self._seen: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DeduplicationPipeline:
        """Bind to the crawl's spider."""
        assert isinstance(crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        return cls(crawler.spider)

    def process_item(self, item: list[Item]) -> list[Item]:
        """Return the batch without repeated postings."""
        return [each for each in item if not isinstance(each, Posting) or self._is_first(each)]

    def _is_first(self, posting: Posting) -> bool:
        identity = (posting.company_slug, posting.native_id)
        if identity in self._seen:
            self._outcomes.duplicate(posting.company_slug)
            return False
        self._seen.add(identity)
        return True
