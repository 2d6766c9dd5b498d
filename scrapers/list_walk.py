"""Reads the lists of one company, page after page, and judges whether they were shown whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from jobmarket import gap_words
from jobmarket.field_paths import without_fields
from jobmarket.landed_index import Shown
from jobmarket.run_writer import Finished
from scrapers import dated_parts
from scrapers.decoding import UnexpectedShape
from scrapers.faults import Faults
from scrapers.made_by import chosen_by, made_by
from scrapers.mapped import mapper
from scrapers.paging import LEADS_TO_LIST, READ_AGAIN, SIZE_OF_ALL_PARTS, NotStated, noted
from scrapers.planning import Company
from scrapers.replay.handler import NotRecorded
from scrapers.stated_size import StatedSize, parts_lack
from scrapers.steps import Found, Seen
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


class ListWalk:
    """Says which page is requested next, and yields what each page lists.

    Args:
        spider: The board's spider.
        company: The company.
        faults: Where faults are noted.
        is_due: Says of a known posting whether its own page is to be read again, although its list has not changed.
    """

    def __init__(self, spider: BoardSpider, company: Company, faults: Faults, is_due: Callable[[Shown], bool]) -> None:
        self._spider, self._company, self._faults, self._is_due = spider, company, faults, is_due
        self._outcomes = spider.outcomes
        self._is_probe = spider.settings.getbool("PROBE")
        self._most_pages = spider.settings.getint("PAGES_PER_COMPANY")
        self._most_pages_of_list = spider.settings.getint("PAGES_PER_LIST")
        self._mapped = mapper(spider, company)
        self._lists: Iterator[Request] = iter(())
        self._whole: WholeAnswer | None = None
        self._following: Request | None = None
        self._beginning: Request | None = None
        self._ids: set[str] = set()
        self._ids_in_list: set[str] = set()
        self._size = StatedSize(spider.most_shown, spider.cut_off_at)
        self._continues: set[tuple[str, str]] = set()
        self._pages = self._pages_of_list = self._without_id = 0

    def begin(self) -> None:
        """Prepare the requests for the lists."""
        requests = list(self._recorded() if self._company.lists else self._spider.requests_for(self._company))
        if self._is_probe:
            requests = requests[:1]
        if len(requests) == 1 and not self._spider.is_paged():
            has_pages, module = self._spider.has_details(), type(self._spider).__module__
            by, is_due = (chosen_by(module), self._is_due) if has_pages else (made_by(module), None)
            self._whole = WholeAnswer(self._spider.landed, self._company.slug, requests[0], by, is_due)
            requests = [self._whole.request()]
        self._lists = iter(requests)

    def next_request(self) -> Request | None:
        """Return the request for the next page or list; None after the last."""
        if self._following is not None:
            request, self._following = self._following, None
            return request
        if (of_list := next(self._lists, None)) is None:
            return None
        if (of_list.method, of_list.url) not in self._continues:
            self._begin_list()  # two searches may have the same results
            self._beginning = of_list
        return of_list

    def read(self, response: Response) -> Iterator[Found | Seen]:
        """Yield what a page lists."""
        self._require_own(response)
        if self._whole is not None and (earlier := self._whole.unchanged(response)) is not None:
            self._outcomes.seen_again(self._company.slug, earlier.left_out, earlier.missing)
            yield Seen(self._company.slug, earlier.sightings)
        elif kind := unreadable_kind(response):
            raise UnexpectedShape(gap_words.NOT_A_LIST.format(kind))
        elif noted(response, READ_AGAIN):
            yield from self._page_read_again(response)
        elif self._spider.has_steps():
            yield from self._page(response)
        else:
            yield from self._one_answer(response)
        self._outcomes.readable(self._company.slug)

    def unread(self, failure: Failure) -> None:
        """Note why a list has no usable answer."""
        if self._pages and isinstance(failure.value, NotRecorded):
            self._outcomes.not_recorded(self._company.slug)
        else:
            self._require_own(failure.request)  # type: ignore[attr-defined]  # Scrapy sets it
            self._faults.unanswered(failure)

    def go_on_after(self, request: Request | None) -> None:
        """If a part of a list could not be read, go on with the part after it."""
        if request is not None and self._following is None and self._pages < self._most_pages and not self._is_probe:
            with self._faults.noted():
                self._following = self._spider.after_lost(request)
            if self._following is not None:
                self._begin_list()

    def close(self, outcome: Finished) -> None:
        """Keep what a list of one answer showed, for the next crawl."""
        if self._whole is not None:
            self._whole.close(outcome, self._outcomes.left_out_of(self._company.slug))

    def _require_own(self, page: Response | Request) -> None:
        """Refuse a redirect to the vendor's site, or to the list of another employer, which has a slug of its own.

        A slug with a dot is a host of the employer's own, and another address of the same board.
        """
        if "redirect_urls" not in page.meta:
            return
        if self._spider.unknown_board is not None and self._spider.unknown_board.match(page.url):
            raise UnexpectedShape(gap_words.NO_BOARD_THERE.format(page.url))
        slug, there = self._company.slug, self._spider.slug_of(page.url)
        if there is not None and "." not in there + slug and there.casefold() != slug.casefold():
            raise UnexpectedShape(gap_words.ANOTHER_BOARD.format(there))

    def _one_answer(self, response: Response) -> Iterator[Found]:
        """Yield the postings of a list that is one answer."""
        shown, left_out = 0, self._outcomes.left_out_of(self._company.slug)
        for payload in self._spider.postings(response):
            shown += 1
            yield Found(self._company, without_fields(payload, self._spider.personal_fields))
        self._shown(response, shown, left_out)
        self._ended()

    def _page(self, response: Response) -> Iterator[Found]:
        """Yield the postings of a page.

        A search that is read in parts yields nothing here, because its parts contain everything.
        """
        self._pages += 1
        self._pages_of_list += 1
        shown = repeated = 0
        known, left_out = len(self._ids_in_list), self._outcomes.left_out_of(self._company.slug)
        parts = self._parts(response)
        for payload in self._spider.postings(response) if not parts else ():
            shown += 1
            found = self._mapped(payload)
            if found.posting is None:
                self._without_id += 1
            else:
                repeated += found.posting.native_id in self._ids_in_list
                self._ids_in_list.add(found.posting.native_id)
                self._ids.add(found.posting.native_id)
            yield found
        if not parts:
            self._shown(response, shown, left_out, repeated)
        shows_new = len(self._ids_in_list) > known
        self._following = self._following_of(response, parts, shows_any=shown > 0, shows_new=shows_new)

    def _page_read_again(self, response: Response) -> Iterator[Found]:
        """Yield the postings that have moved to a page at the beginning of the list since that was read.

        The page after it is read too, unless this one shows nothing new.
        """
        self._pages += 1
        shows_new = False
        for found in map(self._mapped, self._spider.postings(response)):
            if found.posting is not None and found.posting.native_id not in self._ids_in_list:
                shows_new = True
                self._ids_in_list.add(found.posting.native_id)
                self._ids.add(found.posting.native_id)
                yield found
        following = self._spider.next_page(response, self._company) if shows_new else None
        if following is not None and self._pages < self._most_pages:
            self._following = following.replace(meta={**following.meta, READ_AGAIN: True})

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
            if self._is_probe:
                return None
            self._ended(goes_on=following is not None)
            self._all_parts_ended(response)
            return self._beginning_again()
        if self._recorded_as_list(following):
            return None
        if self._is_probe and (shows_any or self._pages > _STEPS_OF_PROBE):
            return None
        if not (shows_new or is_step):
            raise UnexpectedShape(gap_words.NOTHING_NEW.format(self._pages))
        if is_step:
            self._ended()
            self._begin_list()  # two parts of a list may show the same postings
        is_long = self._pages_of_list >= self._most_pages_of_list and not self._size.says_more
        if is_long or self._pages >= self._most_pages:
            raise UnexpectedShape(gap_words.GOES_ON.format(f"{self._pages:,}"))
        return following

    def _beginning_again(self) -> Request | None:
        """Return the request for the beginning of a list of several pages, if postings may have moved there."""
        is_replayed = self._spider.run.origin == "recorded"
        if not self._spider.moves_to_front or is_replayed or self._pages_of_list == 1 or self._beginning is None:
            return None
        return self._beginning.replace(meta={**self._beginning.meta, READ_AGAIN: True})

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
        self._ids_in_list.clear()
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
            self._faults.note(fault)

    def _all_parts_ended(self, response: Response) -> None:
        """Note a fault if the parts of a list that is cut off showed fewer different postings than the list has."""
        shown = len(self._ids) + self._without_id + self._outcomes.left_out_of(self._company.slug)
        if lacking := parts_lack(noted(response, SIZE_OF_ALL_PARTS, 0), shown, "facet"):
            self._faults.note(lacking)

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
