"""The crawl of one company: its lists, page after page, then its postings' own pages, one request at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from jobmarket.counted import counted
from jobmarket.field_paths import without_fields
from jobmarket.identity import object_hash, posting_key
from jobmarket.run_writer import Finished
from scrapers import dated_parts
from scrapers.decoding import UnexpectedShape
from scrapers.made_by import chosen_by, made_by
from scrapers.paging import LEADS_TO_LIST, SIZE_OF_ALL_PARTS, NotStated, noted
from scrapers.planning import Company
from scrapers.reading_again import ReadingAgain
from scrapers.replay.handler import NotRecorded
from scrapers.stated_size import StatedSize, parts_lack
from scrapers.steps import Batch, Found, Seen, Step, Through, in_batches
from scrapers.whole_answer import WholeAnswer

if TYPE_CHECKING:
    from scrapers.boards.base import BoardSpider

# How many answers on the way to a list (a token, an index) a probe follows.
_STEPS_OF_PROBE = 2


def unreadable_kind(response: Response) -> str | None:
    """Return the answer's media type if no list can have it; None for any other, because types are often wrong."""
    kind = (response.headers.get(b"Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
    never = kind.startswith(("image/", "audio/", "video/", "font/")) or kind in ("application/pdf", "application/zip")
    return kind if never else None


class Walk:
    """Requests a company's lists and its postings' own pages, yields what it finds, and notes the outcome.

    A company's crawl ends when its last page and the own page of its last posting have been read or given up.
    """

    def __init__(self, spider: BoardSpider, company: Company) -> None:
        self._spider, self._company, self._outcomes = spider, company, spider.outcomes
        self._landed, self._by = spider.landed, made_by(type(spider).__module__)
        self._is_probe = spider.settings.getbool("PROBE")
        self._most_pages = spider.settings.getint("PAGES_PER_COMPANY")
        self._most_pages_of_list = spider.settings.getint("PAGES_PER_LIST")
        self._most_own_pages = spider.settings.getint("OWN_PAGES_PER_COMPANY")
        self._lists: Iterator[Request] = iter(())
        self._whole: WholeAnswer | None = None
        self._following: Request | None = None
        self._own_pages: deque[tuple[Found, Request]] = deque()
        self._again = ReadingAgain(spider.settings, spider.run.as_of)
        self._seen: set[str] = set()
        self._seen_in_list: set[str] = set()
        self._size = StatedSize(spider.most_shown, spider.cut_off_at)
        self._continues: set[tuple[str, str]] = set()
        self._pages = self._pages_of_list = self._put_off = self._different = 0

    def begin(self) -> Iterator[Request | Batch]:
        """Yield the first request; the callbacks yield the others, with what the answers contained."""
        return in_batches(self._begin())

    def _begin(self) -> Iterator[Step]:
        self._outcomes.opened(self._company.slug)
        with self._faults_noted():
            requests = list(self._recorded() if self._company.lists else self._spider.requests_for(self._company))
            if self._is_probe:
                requests = requests[:1]
            if len(requests) == 1 and not self._spider.is_paged():
                has_pages, module = self._spider.has_details(), type(self._spider).__module__
                by, is_due = (chosen_by(module), self._again.is_due) if has_pages else (self._by, None)
                self._whole = WholeAnswer(self._landed, self._company.slug, requests[0], by, is_due)
                requests = [self._whole.request()]
            self._lists = iter(requests)
        yield from self._next()

    def _listed(self, response: Response) -> Iterator[Step]:
        """Yield a list's postings, then the next request."""
        with self._faults_noted():
            self._require_own(response)
            if self._whole is not None and (earlier := self._whole.unchanged(response)) is not None:
                self._outcomes.seen_again(self._company.slug, earlier.left_out, earlier.missing)
                yield Seen(self._company.slug, earlier.sightings)
            elif kind := unreadable_kind(response):
                raise UnexpectedShape(f"not a list: the answer is of the type {kind}")
            elif self._spider.has_steps():
                yield from self._page(response)
            else:
                yield from self._one_answer(response)
            self._outcomes.readable(self._company.slug)
        yield from self._next_of_list(response.request)

    def _require_own(self, page: Response | Request) -> None:
        """Refuse a redirect to the vendor's site, or to the list of another employer, which has a slug of its own.

        A slug with a dot is a host of the employer's own, and another address of the same board.
        """
        if "redirect_urls" not in page.meta:
            return
        if self._spider.unknown_board is not None and self._spider.unknown_board.match(page.url):
            raise UnexpectedShape(f"no board of this name: redirected to {page.url}")
        slug, there = self._company.slug, self._spider.slug_of(page.url)
        if there is not None and "." not in there + slug and there.casefold() != slug.casefold():
            raise UnexpectedShape(f"moved to {there}, another board")

    def _one_answer(self, response: Response) -> Iterator[Found]:
        """Yield the postings of a list that is one answer."""
        shown, left_out = 0, self._outcomes.left_out_of(self._company.slug)
        for payload in self._spider.postings(response):
            shown += 1
            yield Found(self._company, without_fields(payload, self._spider.personal_fields))
        self._shown(response, shown, left_out)
        self._ended()

    def _unlisted(self, failure: Failure) -> Iterator[Step]:
        """Note why a list has no usable answer, then yield the next request."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if self._pages and isinstance(failure.value, NotRecorded):
            self._outcomes.not_recorded(self._company.slug)
        else:
            with self._faults_noted():
                self._require_own(request)
                self._note_unanswered(failure)
        yield from self._next_of_list(request)

    def _next_of_list(self, request: Request | None) -> Iterator[Step]:
        """Request what follows a list's page. If a part of the list could not be read, go on with the next part."""
        if request is not None and self._following is None and self._pages < self._most_pages and not self._is_probe:
            self._following = self._spider.after_lost(request)
            if self._following is not None:
                self._begin_list()
        yield from self._next()

    def _own_page(self, response: Response, found: Found) -> Iterator[Step]:
        """Yield a posting with its own page; if that cannot be read, as it was landed before, or else as listed."""
        payload, is_gone = None, False
        with self._faults_noted():
            is_gone = self._spider.shows_another(found.payload, response, self._seen)
            payload = None if is_gone else self._spider.with_detail(found.payload, response)
        if is_gone:
            self._own_page_gone(found)
        elif payload is None:
            yield self._as_landed(found, though_changed=True) or found
        else:
            self._outcomes.own_page_read(self._company.slug)
            self._landed.is_shown_as(found.key or "", found.listed or "")
            yield Found(self._company, without_fields(payload, self._spider.personal_fields))
        yield from self._next()

    def _no_own_page(self, failure: Failure, found: Found) -> Iterator[Step]:
        """Yield a posting as landed before, or else as listed. If its page is gone, close it, even if it is listed."""
        error = failure.value
        if isinstance(error, HttpError) and error.response.status in (404, 410):
            self._own_page_gone(found)
        else:
            if isinstance(error, NotRecorded):
                self._outcomes.not_recorded(self._company.slug)
            elif not found.is_known:  # of a known posting nothing is missing, and its page stays due
                self._note_unanswered(failure)
            if not self._is_gone(found):  # without an answer, a gone page is not known to be back
                yield self._as_landed(found, though_changed=True) or found
        yield from self._next()

    def _own_page_gone(self, found: Found) -> None:
        if not self._is_gone(found):  # a page that was gone before does not show that others have moved
            self._outcomes.own_page_gone(self._company.slug)
        self._outcomes.left_out(self._company.slug)
        self._landed.page_is_gone(self._company.slug, found.key or "")

    def _note_unanswered(self, failure: Failure) -> None:
        tries = 1 + failure.request.meta.get("retry_times", 0)  # type: ignore[attr-defined]  # Scrapy sets it
        self._outcomes.unanswered(self._company.slug, failure.value or RuntimeError("no reason given"), tries)

    def _page(self, response: Response) -> Iterator[Found | Seen]:
        """Yield the postings of a page, and queue those whose own pages are to be read.

        A search that is read in parts yields nothing here, because its parts contain everything.
        """
        self._pages += 1
        self._pages_of_list += 1
        shown = repeated = 0
        known, left_out = len(self._seen_in_list), self._outcomes.left_out_of(self._company.slug)
        parts = self._parts(response)
        for payload in self._spider.postings(response) if not parts else ():
            shown += 1
            put_off = self._put_off
            found = self._mapped(without_fields(payload, self._spider.personal_fields))
            self._different += found.posting is None or found.posting.native_id not in self._seen
            if found.posting is not None:
                repeated += found.posting.native_id in self._seen_in_list
                self._seen_in_list.add(found.posting.native_id)
            if found.posting is not None and found.posting.native_id in self._seen:
                self._outcomes.duplicate(self._company.slug)
            elif not self._is_gone(found) and (seen := self._as_landed(found)) is not None:
                if self._is_probe or not self._again.waits(found, seen):
                    yield seen
            elif (own_page := self._own_page_of(found)) is not None:
                self._own_pages.append((found, own_page))
            elif self._put_off > put_off:
                if not self._is_gone(found):
                    yield self._as_landed(found, though_changed=True) or found
            else:
                yield found
        if not parts:
            self._shown(response, shown, left_out, repeated)
        shows_new = len(self._seen_in_list) > known
        self._following = self._following_of(response, parts, shows_any=shown > 0, shows_new=shows_new)

    def _following_of(
        self, response: Response, parts: tuple[str, ...], *, shows_any: bool, shows_new: bool
    ) -> Request | None:
        """Return the request for the page after this one; None if the list has ended or is read elsewhere.

        Raises:
            UnexpectedShape: If the list goes on without end.
        """
        following = self._next_page_of(response)
        if self._spider.divides is not None:
            following = dated_parts.following(response, following, self._spider.stated_size(response), parts)
        is_step = following is not None and bool(following.meta.get(LEADS_TO_LIST))
        if following is None or not (shows_any or is_step):
            if not self._is_probe:
                self._ended(goes_on=following is not None)
                self._all_parts_ended(response)
            return None
        if self._recorded_as_list(following):
            return None
        if self._is_probe and (shows_any or self._pages > _STEPS_OF_PROBE):
            return None
        if not (shows_new or is_step):
            raise UnexpectedShape(f"page {self._pages} shows nothing new but says that more follow")
        if is_step:
            self._ended()
            self._begin_list()  # two parts of a list may show the same postings
        is_long = self._pages_of_list >= self._most_pages_of_list and not self._size.says_more
        if is_long or self._pages >= self._most_pages:
            raise UnexpectedShape(f"the list goes on after {self._pages:,} pages")
        return following

    def _next_page_of(self, response: Response) -> Request | None:
        """Return the request for the next page. A recorded one that does not state whether it has one is the last."""
        try:
            return self._spider.next_page(response, self._company)
        except NotStated:
            if self._spider.run.origin != "recorded":
                raise
            self._outcomes.not_recorded(self._company.slug, was_counted=False)
            return None

    def _parts(self, response: Response) -> tuple[str, ...]:
        """Return the URLs of the parts in which a search is read instead of its pages; none if it is not divided."""
        if self._spider.divides is None or self._is_probe:
            return ()
        return self._spider.divides.addresses(response, self._spider.run, self._spider.stated_size(response))

    def _begin_list(self) -> None:
        self._seen_in_list.clear()
        self._size.begin()
        self._pages_of_list = 0

    def _shown(self, response: Response, shown: int, left_out_before: int, repeated: int = 0) -> None:
        """Count what a page shows of its list: its postings, those shown before, and the objects that are left out."""
        left_out = self._outcomes.left_out_of(self._company.slug) - left_out_before
        self._size.page(self._spider.stated_size(response), shown + left_out, repeated)

    def _ended(self, *, goes_on: bool = False) -> None:
        """Note the faults of a list that has ended."""
        faults = list(self._size.end(goes_on=goes_on))
        if faults and not self._spider.is_paged() and self._spider.run.origin == "recorded":
            # the part of an answer that was not recorded counts like a page that was not recorded
            self._outcomes.not_recorded(self._company.slug, was_counted=False)
            return
        for fault in faults:
            self._outcomes.failed(self._company.slug, fault)

    def _all_parts_ended(self, response: Response) -> None:
        """Note a fault if the parts of a list that is cut off showed fewer different postings than the list has."""
        shown = self._different + self._outcomes.left_out_of(self._company.slug)
        if lacking := parts_lack(noted(response, SIZE_OF_ALL_PARTS, 0), shown, "facet"):
            self._outcomes.failed(self._company.slug, lacking)

    def _mapped(self, payload: Any) -> Found:
        posting = None
        if isinstance(payload, dict):
            with suppress(Exception):  # the validation pipeline maps it again and states the fault
                posting = self._spider.to_posting(payload, self._company)
        if posting is None or not self._spider.has_details():
            return Found(self._company, payload, posting)
        key = posting_key(posting.board, posting.company_slug, posting.native_id)
        shown = object_hash(payload, self._spider.volatile_fields)
        return Found(self._company, payload, posting, key, object_hash({"shown": shown, "made_by": self._by}))

    def _as_landed(self, found: Found, *, though_changed: bool = False) -> Seen | None:
        """Return a posting as it was landed, if this code read its own page and its list shows it unchanged since.

        With ``though_changed``, the list may show it differently: it is the best version at hand.
        """
        if found.posting is None or found.key is None or (shown := self._landed.shown(found.key)) is None:
            return None
        if found.listed != shown.listed and not though_changed:
            return None
        self._seen.add(found.posting.native_id)
        return Seen(self._company.slug, ((found.key, shown.content_hash),), shown)

    def _is_gone(self, found: Found) -> bool:
        """Return whether a posting's own page was gone in the last crawl: until it is back, its list lags."""
        return found.key is not None and self._landed.is_gone(found.key)

    def _own_page_of(self, found: Found) -> Request | None:
        """Return the request for a posting's own page if it is to be read, and mark the posting as seen."""
        if found.posting is None:
            return None
        self._seen.add(found.posting.native_id)
        if self._is_probe or not self._spider.is_in_scope(found.posting):
            return None
        request = None
        with self._faults_noted():
            request = self._spider.detail_for(found.payload, self._company)
        if request is not None and len(self._own_pages) >= self._most_own_pages:
            self._put_off += 1
            return None
        return request

    def _recorded(self) -> Iterable[Request]:
        """Return the recorded requests; the spider's own if they are the same, because they include the body."""
        own = {(request.method, request.url): request for request in self._spider.requests_for(self._company)}
        return [own.get(each) or Request(each.url, method=each.method) for each in self._company.lists]

    def _recorded_as_list(self, following: Request) -> bool:
        """Return whether a page is one of the recorded lists, which are all requested anyway."""
        if (following.method, following.url) not in self._company.lists:
            return False
        self._continues.add((following.method, following.url))
        if following.method != "GET":  # only one page of this address is recorded, and it has been read
            self._outcomes.not_recorded(self._company.slug, was_counted=False)
        return True

    def _next(self) -> Iterator[Step]:
        if self._following is not None:
            request, self._following = self._following, None
            yield self._addressed(request, self._listed, self._unlisted)
            return
        with self._faults_noted():
            if (request_for_list := next(self._lists, None)) is not None:
                if (request_for_list.method, request_for_list.url) not in self._continues:
                    self._begin_list()  # two searches may have the same results
                yield self._addressed(request_for_list, self._listed, self._unlisted)
                return
        yield from self._read_again()
        if not self._own_pages and self._outcomes.own_pages(self._company.slug).are_inconclusive:
            yield from self._compare()
        if self._own_pages:
            found, request = self._own_pages.popleft()
            yield self._addressed(request, self._own_page, self._no_own_page, found=found)
            return
        yield from self._again.kept()
        yield Through(self._end)

    def _read_again(self) -> Iterator[Seen]:
        """Queue some known postings whose own pages are read again; yield the others as seen."""
        chosen, others = self._again.chosen(self._most_own_pages - len(self._own_pages))
        yield from others
        for found, seen in chosen:
            yield from self._ask_again(found, seen)

    def _compare(self) -> Iterator[Seen]:
        """Queue one known posting's own page, if there is one, to see whether the pages have moved."""
        while not self._own_pages and (known := self._again.one_to_compare()) is not None:
            yield from self._ask_again(*known)

    def _ask_again(self, found: Found, seen: Seen) -> Iterator[Seen]:
        """Queue a known posting's own page; yield the posting as seen if it has none."""
        request = None
        with self._faults_noted():
            request = self._spider.detail_for(found.payload, self._company)
        if request is None:
            yield seen
        else:
            self._own_pages.append((replace(found, is_known=True), request))

    def _addressed(self, request: Request, answered: Any, unanswered: Any, **context: Any) -> Request:
        return request.replace(
            callback=lambda response: in_batches(answered(response, **context)),
            errback=lambda failure: in_batches(unanswered(failure, **context)),
            meta={**request.meta, "company": self._company.slug},
            dont_filter=True,  # if two companies share a URL by mistake, both need an outcome
        )

    def _end(self) -> Finished:
        if self._put_off:
            one, many = "posting has yet to be read on its own page", "postings have yet to be read on their own pages"
            words = f"{counted(self._put_off, one, many)}, by the next crawls"
            self._outcomes.failed(self._company.slug, words)
        outcome = self._outcomes.closed(self._company.slug)
        if self._whole is not None:
            self._whole.close(outcome, self._outcomes.left_out_of(self._company.slug))
        return outcome

    @contextmanager
    def _faults_noted(self) -> Iterator[None]:
        """Note a fault of the board or its spider: it ends the current answer, but no other company's crawl."""
        try:
            yield
        except UnexpectedShape as error:
            self._outcomes.failed(self._company.slug, str(error))
        except Exception as error:
            # The log has the traceback.
            self._spider.logger.exception(f"{self._spider.name} cannot read the answer of {self._company.slug}")
            self._outcomes.failed(self._company.slug, f"{type(error).__name__}: {error}")
