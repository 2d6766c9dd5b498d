"""The base class of all board spiders. The docstring of :class:`BoardSpider` explains how to add one."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.http import Response
from scrapy.settings import BaseSettings

from jobmarket.posting import Posting
from jobmarket.run_writer import RunWriter
from jobmarket.settings import board_keys
from scrapers import dated_parts
from scrapers.command_line import run_for
from scrapers.dated_parts import DatedParts
from scrapers.decoding import UnexpectedShape, read_json
from scrapers.hidden_keys import hide
from scrapers.outcomes import Outcomes
from scrapers.paging import stated_count
from scrapers.planning import BoardRun, Company
from scrapers.scope import in_scope
from scrapers.sources import sources
from scrapers.walk import Walk

__all__ = ["BoardSpider", "Company", "UnexpectedShape"]


class BoardSpider(Spider):
    """A spider for one board system (an applicant tracking system or a job board): how to add one.

    Write ``scrapers/boards/<name>.py`` with one class and at most 60 lines of code. Its docstring states the terms, the
    robots note, the pagination rule, and quirks with the date they were seen.

    Class attributes:

    - ``name``: the board's name in ``companies.csv``, in the landing and in the database; also the name of the file.
    - ``list_url``: the URL of a company's list, with ``{slug}`` for the company.
    - ``url_pattern``: matches a list URL of the system with any query, and captures the employer in the group ``slug``.
      In a folder of recorded responses, the matching URLs are crawled.
    - ``unknown_board``: if a system does not answer 404 for an employer that it does not have, but redirects: matches
      the address there.
    - ``volatile_fields``: fields of the payload (dotted paths, through arrays too) that change although the posting
      does not. They are kept, but not part of the content hash. A field that is mapped cannot be one.
    - ``personal_fields``: fields of the payload (dotted paths, through arrays too) with personal data. They are removed
      before anything is read or landed.
    - ``credentials``: names of the environment variables with the board's keys (``JOBMARKET_…``). A live crawl has them
      in ``keys``; without them it skips the board and says so.
    - ``feed_slug``: the slug of a feed of many employers, which has one row in ``companies.csv`` and no group ``slug``
      in its ``url_pattern``. The feed's postings state their employer in ``company_name``. If one does not, leave it
      null and do not use the feed's name, so that postings of unknown employers are not taken for one employer's.
    - ``accepts``: the media types to ask for; ``"*/*"`` if the board's lists or pages are documents (XML, HTML).
    - ``detail_pattern``: matches the URL of a posting's own page, if there is a :meth:`detail_for`.
    - ``total_at``: the keys under which an answer states how many postings its list has, in one answer or over all
      pages. :mod:`scrapers.stated_size` compares that with the postings shown; if some are missing, the crawl is
      partial.
    - ``most_shown``: how many rows of a list the interface shows at most, if it does not show all of a long list. A
      list that states more is partial.
    - ``cut_off_at``: the total that the interface states for longer lists too, or is not known to exceed. A list that
      states exactly that is partial.
    - ``moves_to_front``: whether a posting may move to the front of a list of several pages that states no total, while
      the list is read. Its beginning is then read again at the end.
    - ``divides``: how the interface filters by date, if it can. A longer list is then read in parts
      (:mod:`scrapers.dated_parts`).
    - ``documentation``: link to the interface's documentation.

    Every spider has up to three hooks:

    - ``requests_for(company)``: the requests that list a company's postings, one after the other: GET, or POST
      (``scrapy.http.JsonRequest``). By default one, to ``list_url``.
    - ``postings(response)``: the board's own objects, untouched: JSON objects, or for XML and HTML a dict of the
      element's content under the document's own names. Raise :class:`UnexpectedShape` with a clear sentence if the
      envelope is missing (an error page that answers 200). An empty list is fine.
    - ``to_posting(payload, company)``: an explicit mapping, field by field, without guessing. Values stay as the board
      states them and are interpreted later. A field without a place in ``Posting`` stays in the payload. Read single
      values with :mod:`scrapers.boards.fields`.

    Further hooks, for boards that need them:

    - ``next_page(response, company)``: the request for the next page, or None. A page that shows nothing ends the list.
      The company's crawl is partial if a page is empty or repeats postings but says that more follow, or if a later
      page fails. An answer that is only a step on the way to the list (a token, the number of a thread) shows nothing;
      set ``LEADS_TO_LIST`` (:mod:`scrapers.paging`) in the meta of the request after it.
    - ``after_lost(request)``: for lists in several parts, the request for the part after one that could not be read.
    - ``detail_for(payload, company)``: the request for a posting's own page, or None. It is sent for postings in scope
      (:mod:`scrapers.scope`) that are new, or that their list shows differently than when their page was last read.
      Postings out of scope are landed as listed, so ``to_posting`` must read both forms.
    - ``with_detail(payload, response)``: the object to land for a posting whose own page was read. By default the
      payload with the page's JSON under ``detail``.
    - ``own_page(payload, response, listed)``: like ``with_detail``, or None if the page shows that the posting is
      closed, like one that answers 404.
    - ``stated_size(response)``: how many postings a list states, if that is not at ``total_at``.
    - ``history(since, until)``: for feeds with an archive (``jobmarket backfill``): the moments of the past, each with
      the GET request for the postings advertised up to it.

    The board's terms, robots verdict, attribution, rate and personal data are in ``sources.yml``. A board without an
    entry is not crawled (:mod:`scrapers.sources`).

    Middlewares, pipelines and extensions already do retries, robots.txt, delays, decoding, validation, deduplication,
    landing and the outcome per company. :meth:`listed` reads an answer that is one JSON list. Skip a posting that the
    board's contract says not to show in ``postings``, and count it with :meth:`leave_out`.
    """

    list_url: ClassVar[str]
    url_pattern: ClassVar[re.Pattern[str]]
    unknown_board: ClassVar[re.Pattern[str] | None] = None
    volatile_fields: ClassVar[frozenset[str]] = frozenset()
    personal_fields: ClassVar[tuple[str, ...]] = ()
    credentials: ClassVar[tuple[str, ...]] = ()
    feed_slug: ClassVar[str] = "all"
    accepts: ClassVar[str] = "application/json, */*;q=0.5"
    detail_pattern: ClassVar[re.Pattern[str] | None] = None
    total_at: ClassVar[tuple[str, ...]] = ()
    most_shown: ClassVar[int | None] = None
    cut_off_at: ClassVar[int | None] = None
    moves_to_front: ClassVar[bool] = False
    divides: ClassVar[DatedParts | None] = None
    documentation: ClassVar[str]

    run: BoardRun
    outcomes: Outcomes
    landed: RunWriter
    keys: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> BoardSpider:
        """Build the spider for a planned run, or for ``scrapy crawl <board> -a company=… -a as_of=…``."""
        run: BoardRun | None = kwargs.pop("run", None)
        if run is None:
            if crawler.settings.getdict("FEEDS"):
                raise UsageError("postings go into the landing and not into feeds: leave out -o and -O")
            arguments = {"companies": kwargs.pop("company", ""), "as_of": kwargs.pop("as_of", "")}
            run = run_for(cls.name, **arguments, contact=crawler.settings["CONTACT"])
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.run = run
        if run.origin in ("live", "backfill"):
            spider.keys = board_keys(cls.credentials)
        spider.outcomes = Outcomes(run, hidden=hide(spider.keys.values()))
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Keep to the board's rate in ``sources.yml``, and ask for what it sends."""
        super().update_settings(settings)
        settings["DEFAULT_REQUEST_HEADERS"].set("Accept", cls.accepts, priority="spider")
        if (source := sources().get(cls.name)) is not None:
            delay = max(settings.getfloat("DOWNLOAD_DELAY"), 60 / source.requests_per_minute)
            settings.set("DOWNLOAD_DELAY", delay, priority="spider")

    @classmethod
    def slug_of(cls, url: str) -> str | None:
        """Return the employer's slug in a list URL, or the feed's; None if the URL is not a list of this system."""
        match = cls.url_pattern.match(url)
        return unquote(match.groupdict().get("slug") or cls.feed_slug) if match else None

    @classmethod
    def history(cls, since: datetime, until: datetime) -> Iterable[tuple[datetime, Request]]:
        """Return the moments (UTC) between two that the board's archive covers, each with its request."""
        return ()

    @classmethod
    def has_history(cls) -> bool:
        """Return whether the board has an archive."""
        return cls.history.__func__ is not BoardSpider.history.__func__  # type: ignore[attr-defined]

    @classmethod
    def has_steps(cls) -> bool:
        """Return whether a list may take more than one answer: further pages, or postings' own pages."""
        return cls.is_paged() or cls.has_details()

    @classmethod
    def is_paged(cls) -> bool:
        """Return whether a list may have several pages."""
        return cls.next_page is not BoardSpider.next_page

    @classmethod
    def has_details(cls) -> bool:
        """Return whether postings may be read on their own pages."""
        return cls.detail_for is not BoardSpider.detail_for

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Return the requests that list a company's postings."""
        return [Request(self.list_url.format(slug=quote(company.slug, safe="")))]

    @abstractmethod
    def postings(self, response: Response) -> Iterable[Any]:
        """Return the board's own objects in a response.

        Raises:
            UnexpectedShape: If the response is not what the interface promises.
        """
        raise NotImplementedError

    @abstractmethod
    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the board's object to a posting, field by field.

        Raises:
            scrapers.boards.fields.NotAPosting: if it lacks what every posting has (an id, a title).
            pydantic.ValidationError: if a value does not fit its field.
        """
        raise NotImplementedError

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Return the request for the next page; None if this is the last one."""
        return None

    def after_lost(self, request: Request) -> Request | None:
        """Return the request for the part of a list after one that could not be read; None if it was the last.

        By default that of a search that is read in parts by date.
        """
        return dated_parts.after_lost(request)

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Return the request for a posting's own page; None if the list has everything."""
        return None

    def is_in_scope(self, posting: Posting) -> bool:
        """Return whether a posting's own page is to be read, because its title names a measured role."""
        return in_scope(posting.title)

    def stated_size(self, response: Response) -> int | None:
        """Return how many postings the list states; None if it states none, or a number known to be wrong."""
        return stated_count(response, *self.total_at) if self.total_at else None

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Return the object to land for a posting whose own page was read.

        Raises:
            UnexpectedShape: If the page is not what the interface promises.
        """
        detail = read_json(response.body)
        if not isinstance(detail, dict):
            raise UnexpectedShape(f"not a JSON object: not the page of a {self.name} posting")
        return {**payload, "detail": detail}

    def own_page(self, payload: dict[str, Any], response: Response, listed: Collection[str]) -> dict[str, Any] | None:
        """Return the object to land for a posting whose own page was read; None if the page shows that it is closed.

        Args:
            payload: The listed object.
            response: The posting's own page.
            listed: The ids of all listed postings.

        Raises:
            UnexpectedShape: If the page is not what the interface promises.
        """
        return self.with_detail(payload, response)

    def listed(self, response: Response, *path: str) -> list[Any]:
        """Return the list that a JSON answer is, or contains under a path of keys.

        Raises:
            UnexpectedShape: If the answer is not JSON, or has no such list.
        """
        value = read_json(response.body)
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, list):
            fault = f"no list under the key '{'.'.join(path)}'" if path else "not a JSON array"
            raise UnexpectedShape(f"{fault}: not the answer of a {self.name} board")
        return value

    def leave_out(self, response: Response) -> None:
        """Count an object that the board's contract says not to show."""
        if response.request is not None and "company" in response.request.meta:
            self.outcomes.left_out(response.request.meta["company"])

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first request of every company not yet crawled; further requests come from the callbacks."""
        finished = {outcome.company_slug for outcome in self.landed.finished}
        for company in self.run.companies:
            if company.slug in finished:
                continue
            for step in Walk(self, company).begin():
                yield step
