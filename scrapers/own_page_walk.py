"""Decides which of a company's postings are read on their own pages, and what is landed of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from jobmarket import gap_words
from jobmarket.field_paths import without_fields
from jobmarket.landed_index import Shown
from scrapers.faults import Faults
from scrapers.planning import Company
from scrapers.reading_again import ReadingAgain
from scrapers.replay.handler import NotRecorded
from scrapers.steps import Found, Seen

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider


class OwnPageWalk:
    """Takes every listed posting, and yields it at once or once its own page has been read or given up."""

    def __init__(self, spider: BoardSpider, company: Company, faults: Faults) -> None:
        self._spider, self._company, self._faults = spider, company, faults
        self._outcomes, self._landed = spider.outcomes, spider.landed
        self._is_probe = spider.settings.getbool("PROBE")
        self._most = spider.settings.getint("OWN_PAGES_PER_COMPANY")
        self._again = ReadingAgain(spider.settings, spider.run.as_of)
        self._waiting: deque[tuple[Found, Request]] = deque()
        self._listed: set[str] = set()
        self._put_off = 0

    def is_due(self, shown: Shown) -> bool:
        """Return whether a known posting's own page is to be read again, although its list has not changed."""
        return self._again.is_due(shown)

    def take(self, found: Found) -> Iterator[Found | Seen]:
        """Take a listed posting: queue its own page, or yield it as listed or as seen."""
        put_off = self._put_off
        if found.posting is not None and found.posting.native_id in self._listed:
            self._outcomes.duplicate(self._company.slug)
        elif not self._is_gone(found) and (seen := self._as_landed(found)) is not None:
            if self._is_probe or not self._again.waits(found, seen):
                yield seen
        elif (own_page := self._own_page_of(found)) is not None:
            self._waiting.append((found, own_page))
        elif self._put_off > put_off:
            if not self._is_gone(found):
                yield self._as_landed(found, though_changed=True) or found
        else:
            yield found

    def next_page(self) -> Generator[Seen, None, tuple[Found, Request] | None]:
        """Return the next own page to request; yield known postings whose pages are not read this time."""
        chosen, others = self._again.chosen(self._most - len(self._waiting))
        yield from others
        for found, seen in chosen:
            yield from self._ask_again(found, seen)
        if not self._waiting and self._outcomes.own_pages(self._company.slug).are_inconclusive:
            yield from self._compare()
        if self._waiting:
            return self._waiting.popleft()
        yield from self._again.kept()
        return None

    def read(self, response: Response, found: Found) -> Iterator[Found | Seen]:
        """Yield a posting with its own page; if that cannot be read, as it was landed before, or else as listed."""
        is_read, payload = False, None
        with self._faults.noted():
            payload = self._spider.own_page(found.payload, response, self._listed)
            is_read = True
        if not is_read:
            yield self._as_landed(found, though_changed=True) or found
        elif payload is None:
            self._close(found)
        else:
            self._outcomes.own_page_read(self._company.slug)
            self._landed.is_shown_as(found.key or "", found.listed or "")
            yield Found(self._company, without_fields(payload, self._spider.personal_fields))

    def unread(self, failure: Failure, found: Found) -> Iterator[Found | Seen]:
        """Yield a posting as landed before, or else as listed. If its page is gone, close it, even if it is listed."""
        error = failure.value
        if isinstance(error, HttpError) and error.response.status in (404, 410):
            self._close(found)
            return
        if isinstance(error, NotRecorded):
            self._outcomes.not_recorded(self._company.slug)
        elif not found.is_known:  # of a known posting nothing is missing, and its page stays due
            self._faults.unanswered(failure)
        if not self._is_gone(found):  # without an answer, a gone page is not known to be back
            yield self._as_landed(found, though_changed=True) or found

    def end(self) -> None:
        """Note the own pages that are left for the next crawls."""
        if self._put_off:
            words = gap_words.PUT_OFF_ONE if self._put_off == 1 else gap_words.PUT_OFF
            self._faults.note(words.format(f"{self._put_off:,}"))

    def _close(self, found: Found) -> None:
        if not self._is_gone(found):  # a page that was gone before does not show that others have moved
            self._outcomes.own_page_gone(self._company.slug)
        self._outcomes.left_out(self._company.slug)
        self._landed.page_is_gone(self._company.slug, found.key or "")

    def _as_landed(self, found: Found, *, though_changed: bool = False) -> Seen | None:
        """Return a posting as it was landed, if this code read its own page and its list shows it unchanged since.

        With ``though_changed``, the list may show it differently: it is the best version at hand.
        """
        if found.posting is None or found.key is None or (shown := self._landed.shown(found.key)) is None:
            return None
        if found.listed != shown.listed and not though_changed:
            return None
        self._listed.add(found.posting.native_id)
        return Seen(self._company.slug, ((found.key, shown.content_hash),), shown)

    def _is_gone(self, found: Found) -> bool:
        """Return whether a posting's own page was gone in the last crawl: until it is back, its list lags."""
        return found.key is not None and self._landed.is_gone(found.key)

    def _own_page_of(self, found: Found) -> Request | None:
        """Return the request for a posting's own page if it is to be read, and mark the posting as listed."""
        if found.posting is None:
            return None
        self._listed.add(found.posting.native_id)
        if self._is_probe or not self._spider.is_in_scope(found.posting):
            return None
        request = self._request_for(found)
        if request is not None and len(self._waiting) >= self._most:
            self._put_off += 1
            return None
        return request

    def _compare(self) -> Iterator[Seen]:
        """Queue one known posting's own page, if there is one, to see whether the pages have moved."""
        while not self._waiting and (known := self._again.one_to_compare()) is not None:
            yield from self._ask_again(*known)

    def _ask_again(self, found: Found, seen: Seen) -> Iterator[Seen]:
        """Queue a known posting's own page; yield the posting as seen if it has none."""
        if (request := self._request_for(found)) is None:
            yield seen
        else:
            self._waiting.append((replace(found, is_known=True), request))

    def _request_for(self, found: Found) -> Request | None:
        with self._faults.noted():
            return self._spider.detail_for(found.payload, self._company)
        return None
