"""Notes the faults of one company's crawl, which end the reading of an answer and not the crawl."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from scrapers.decoding import UnexpectedShape
from scrapers.middlewares.later_retry import FAILED_WITH

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider


class Faults:
    """The faults of one company's crawl. They are in its outcome, and so is whatever was read."""

    def __init__(self, spider: BoardSpider, company_slug: str) -> None:
        self._spider, self._slug = spider, company_slug

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a fault of the board or its spider: it ends the current answer, but no other company's crawl."""
        try:
            yield
        except UnexpectedShape as error:
            self.note(str(error))
        except Exception as error:
            # The log has the traceback.
            self._spider.logger.exception(f"{self._spider.name} cannot read the answer of {self._slug}")
            self.note(f"{type(error).__name__}: {error}")

    def note(self, fault: str) -> None:
        """Note a fault in words."""
        self._spider.outcomes.failed(self._slug, fault)

    def unanswered(self, failure: Failure) -> None:
        """Note a request that failed at its last try; if that was not sent, also why the one before it failed."""
        meta, error = failure.request.meta, failure.value  # type: ignore[attr-defined]  # Scrapy sets it
        was_sent = isinstance(error, HttpError) or not isinstance(error, IgnoreRequest)
        if not was_sent and FAILED_WITH in meta:
            self._spider.outcomes.unanswered(self._slug, meta[FAILED_WITH])
        tries = 1 + meta.get("retry_times", 0)
        self._spider.outcomes.unanswered(self._slug, error or RuntimeError("no reason given"), tries)
