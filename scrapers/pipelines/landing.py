"""Last pipeline: lands postings, sightings and rejections, one run per crawl, sealed when all companies have ended."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import ExitStack

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from jobmarket.identity import posting_key
from jobmarket.landing import LandingError
from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import Home
from jobmarket.stages import as_of_text
from scrapers.boards.base import BoardSpider
from scrapers.moments import utc_now
from scrapers.pipelines.validation import Item, Rejection
from scrapers.spacing import too_soon
from scrapers.steps import Seen

logger = logging.getLogger(__name__)

# Scrapy stat: why a crawl left no run.
NOT_LANDED = "landing/not_landed"
# Scrapy stat: why nothing was requested yet (see scrapers.spacing).
PUT_OFF = "landing/put_off"
# Scrapy stat: whether this machine could not store it (the disk is full, the folder is not writable).
REFUSED = "landing/refused"
# Why Scrapy closes a spider that a signal or the end of its caller stops.
_STOPPED = "shutdown"
_KEPT_CHARACTERS = 2_000


class LandingPipeline:
    """Writes the run. It becomes visible when all companies have ended.

    If writing fails or the crawl is stopped, the completed companies are kept, and the next crawl as of the same moment
    continues the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._writer: RunWriter | None = None
        self._failure: str | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LandingPipeline:
        """Bind to the crawl. Scrapy tells only the receivers of a signal why it closes the spider."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    @property
    def _spider(self) -> BoardSpider:
        assert isinstance(self._crawler.spider, BoardSpider)  # noqa: S101 - for the type checker
        return self._crawler.spider

    def open_spider(self) -> None:
        """Begin the run.

        Raises:
            CloseSpider: If the landing refuses the run, or the source asks for more time; then nothing is requested.
        """
        run = self._spider.run
        try:
            writer = RunWriter(Home(run.home), run.record())
        except (LandingError, OSError) as error:
            self._give_up(str(error), is_refused=isinstance(error, OSError))
            raise CloseSpider("landing refused") from error
        # asked while the board is locked, so that no other crawl of it can be answered meanwhile
        with ExitStack() as unless_begun:
            unless_begun.callback(writer.end, [*writer.finished], is_over=False)
            if reason := too_soon(run, utc_now()):
                self._crawler.stats.set_value(PUT_OFF, reason)
                logger.warning(reason)
                raise CloseSpider("put off")
            unless_begun.pop_all()
        self._writer = self._spider.landed = writer
        self._spider.outcomes.ended_before(writer.finished)

    def process_item(self, item: list[Item]) -> list[Item]:
        """Land a batch.

        Raises:
            DropItem: once the landing has failed.
        """
        if self._writer is None or self._failure:
            raise DropItem("the run is given up", log_level="DEBUG")
        try:
            for each in item:
                self._write(self._writer, each)
        except (OSError, sqlite3.Error) as error:
            self._give_up(self._kept("landed", error))
            closing = self._crawler.engine.close_spider_async(reason="landing failed")
            self._closing = asyncio.get_running_loop().create_task(closing)  # asyncio itself keeps no task alive
            raise DropItem("the landing failed", log_level="DEBUG") from error  # DEBUG: the reason is already logged
        return item

    def spider_closed(self, reason: str) -> None:
        """Seal the run, or leave its completed companies to the next crawl."""
        if self._writer is None:
            return
        outcomes = self._spider.outcomes
        is_over = not self._failure and not (reason == _STOPPED and outcomes.unended)
        try:
            self._writer.end(outcomes.results(), is_over=is_over)
        except OSError as error:
            self._give_up(self._kept("sealed", error))

    def _write(self, writer: RunWriter, item: Item) -> None:
        if isinstance(item, Posting):
            self._land(writer, item)
        elif isinstance(item, Rejection):
            self._reject(writer, item)
        elif isinstance(item, Seen):
            self._sight(writer, item)
        else:
            writer.company_finished(item.end())

    def _land(self, writer: RunWriter, posting: Posting) -> None:
        try:
            writer.write(posting, self._spider.volatile_fields)
        except (TypeError, ValueError, RecursionError) as error:
            # JSON can be read with deeper nesting than it can be written.
            deep = any(word in str(error).lower() for word in ("depth", "recursion"))
            reason = "nested too deeply to be stored" if deep else f"cannot be stored: {error}"
            key = posting_key(posting.board, posting.company_slug, posting.native_id)
            self._reject(writer, Rejection(posting.company_slug, reason, posting.payload, key))
        else:
            self._spider.outcomes.posting(posting)

    def _sight(self, writer: RunWriter, seen: Seen) -> None:
        for key, digest in seen.sightings:
            writer.sight(seen.company_slug, key, digest, seen.shown)
        self._spider.outcomes.seen(seen.company_slug, len(seen.sightings))

    def _reject(self, writer: RunWriter, rejection: Rejection) -> None:
        reason = self._spider.outcomes.hidden.out_of(rejection.reason)
        slug, payload, key, volatile = (
            rejection.company_slug, rejection.payload, rejection.key, self._spider.volatile_fields,
        )  # fmt: skip
        try:
            writer.reject(slug, reason, payload, key, volatile)
        except (TypeError, ValueError, RecursionError):
            writer.reject(slug, reason, _as_shown(payload), key)
        self._spider.outcomes.rejected(rejection.company_slug, reason)

    def _kept(self, what: str, error: Exception) -> str:
        return (
            f"{self._spider.name} could not be {what}: {error}. Nothing of it is landed. Fix that and crawl again as "
            f"of {as_of_text(self._spider.run.as_of)}: completed companies are kept and not requested again."
        )

    def _give_up(self, reason: str, *, is_refused: bool = True) -> None:
        self._failure = reason
        self._crawler.stats.set_value(NOT_LANDED, reason)
        self._crawler.stats.set_value(REFUSED, is_refused)
        logger.error(reason)


def _as_shown(payload: object) -> str:
    """Return the beginning of the representation of an object that cannot be written as JSON."""
    try:
        return repr(payload)[:_KEPT_CHARACTERS].encode("utf-8", "replace").decode()
    except RecursionError:
        return "nested too deeply to be shown"
