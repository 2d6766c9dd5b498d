"""The crawl of one company: its lists, page after page, then its postings' own pages, one request at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from jobmarket.run_writer import Finished
from scrapers.faults import Faults
from scrapers.list_walk import ListWalk
from scrapers.own_page_walk import OwnPageWalk
from scrapers.planning import Company
from scrapers.steps import Batch, Found, Step, Through, in_batches

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider


class Walk:
    """Sends one request after the other, yields what the answers contain, and notes the outcome.

    A company's crawl ends when its last page and the own page of its last posting have been read or given up.
    """

    def __init__(self, spider: BoardSpider, company: Company) -> None:
        self._outcomes, self._company = spider.outcomes, company
        self._faults = Faults(spider, company.slug)
        self._own_pages = OwnPageWalk(spider, company, self._faults)
        self._lists = ListWalk(spider, company, self._faults, self._own_pages.is_due)
        self._has_steps = spider.has_steps()

    def begin(self) -> Iterator[Request | Batch]:
        """Yield the first request; the callbacks yield the others, with what the answers contained."""
        return in_batches(self._begin())

    def _begin(self) -> Iterator[Step]:
        self._outcomes.opened(self._company.slug)
        with self._faults.noted():
            self._lists.begin()
        yield from self._next()

    def _listed(self, response: Response) -> Iterator[Step]:
        with self._faults.noted():
            for each in self._lists.read(response):
                if self._has_steps and isinstance(each, Found):
                    yield from self._own_pages.take(each)
                else:
                    yield each
        self._lists.go_on_after(response.request)
        yield from self._next()

    def _unlisted(self, failure: Failure) -> Iterator[Step]:
        with self._faults.noted():
            self._lists.unread(failure)
        self._lists.go_on_after(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
        yield from self._next()

    def _own_page(self, response: Response, found: Found) -> Iterator[Step]:
        yield from self._own_pages.read(response, found)
        yield from self._next()

    def _no_own_page(self, failure: Failure, found: Found) -> Iterator[Step]:
        yield from self._own_pages.unread(failure, found)
        yield from self._next()

    def _next(self) -> Iterator[Step]:
        """Yield the next request: for a list, or once all are read, for a posting's own page; or else the end."""
        if (request := self._lists.next_request()) is not None:
            yield self._addressed(request, self._listed, self._unlisted)
            return
        if (waiting := (yield from self._own_pages.next_page())) is not None:
            found, request = waiting
            yield self._addressed(request, self._own_page, self._no_own_page, found=found)
            return
        yield Through(self._end)

    def _addressed(
        self,
        request: Request,
        answered: Callable[..., Iterator[Step]],
        unanswered: Callable[..., Iterator[Step]],
        **context: Any,
    ) -> Request:
        return request.replace(
            callback=lambda response: in_batches(answered(response, **context)),
            errback=lambda failure: in_batches(unanswered(failure, **context)),
            meta={**request.meta, "company": self._company.slug},
            dont_filter=True,  # if two companies share a URL by mistake, both need an outcome
        )

    def _end(self) -> Finished:
        self._own_pages.end()
        outcome = self._outcomes.closed(self._company.slug)
        self._lists.close(outcome)
        return outcome
