"""What every board system's spider shares. The docstring of :class:`BoardSpider` is the manual."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping
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

    Write ``scrapers/boards/<name>.py``, at most 60 lines of code, with one class. Its docstring tells: terms and
    robots note, pagination rule, quirks with the date they were seen.

    Class attributes:

    - ``name``: the board's name in ``companies.csv``, in the landing and in the database; also the file's name.
    - ``list_url``: where a company's postings are listed, with ``{slug}`` for the company.
    - ``url_pattern``: recognises a list URL of the system, whatever its query, and names the employer in the
      group ``slug``. A folder of recorded responses is crawled by the URLs that match.
    - ``volatile_fields``: fields of the payload (dotted paths, through arrays too) that change without the posting
      changing. They are kept, and left out of the content hash.
    - ``personal_fields``: where the payload names people (dotted paths, through arrays too). Removed before anything
      is read or landed.
    - ``credentials``: names of the environment variables that hold the board's keys (``JOBMARKET_…``). A live crawl
      has them in ``keys``; without them it leaves the board out, with a line that says so.
    - ``feed_slug``: the slug of a feed of many employers, whose ``url_pattern`` has no group ``slug``: its one row in
      ``companies.csv``. Its postings state their employers in ``company_name``; one that states none leaves it null,
      never the feed's own name: it is then no other posting's employer.
    - ``detail_pattern``: recognises the address of a posting's own page, where there is :meth:`detail_for`.
    - ``total_at``: the keys under which an answer states how many postings its list has, of one answer or of many
      pages. Whether what was shown is the whole list is decided in one place (:mod:`scrapers.stated_size`); if it is
      not, the crawl is partial.
    - ``most_shown``: how many rows of a list the interface shows at most, if it does not show all of a long one.
    - ``divides``: how it is asked by date, if it can be: a longer list is read in parts (:mod:`scrapers.dated_parts`).
    - ``documentation``: link to the interface's documentation.

    Three hooks:

    - ``requests_for(company)``: the requests that list a company's postings, one after the other: GET, or POST
      (``scrapy.http.JsonRequest``). By default one, to ``list_url``.
    - ``postings(response)``: the board's own objects, untouched: JSON objects; from XML or HTML a dict of what the
      element says, under the document's own names. Raises :class:`UnexpectedShape` with a clear
      sentence when the envelope is missing (an error page that answers 200); an empty list is fine.
    - ``to_posting(payload, company)``: an explicit mapping, one field after the other, no guessing. Values stay
      as the board states them; what they mean is read later. A field without a place in ``Posting`` stays in
      the payload. Read single values with :mod:`scrapers.boards.fields`.

    More for boards that need them:

    - ``next_page(response, company)``: the request for the page after this one, or None. A page that shows nothing
      ends the list. One that is empty, or repeats what was shown, and says that more follows, and a later page that
      fails, make the company's crawl partial. An answer that is only a step on the way to the list (a token, the
      number of a thread) shows nothing; the request that follows has ``LEADS_TO_LIST`` (:mod:`scrapers.paging`) in its
      meta.
    - ``detail_for(payload, company)``: the request for a posting's own page, or None. Asked for postings in scope
      (:mod:`scrapers.scope`) that their list shows otherwise than when their own page was last read; those out of
      scope are landed as the list shows them, so ``to_posting`` reads both.
    - ``with_detail(payload, response)``: what is landed of a posting whose own page was read. By default the
      payload with the page's JSON under ``detail``.

    And one for lists that state their size elsewhere than at ``total_at``: ``stated_size(response)``.

    And one for feeds that have an archive: ``history(since, until)``, for ``jobmarket backfill``: each moment of the
    past with the GET request that tells what was advertised up to it.

    The board's terms, robots verdict, attribution, rate and personal data stand in ``sources.yml``: a board without
    an entry is not crawled (:mod:`scrapers.sources`).

    What need not be written again: retries, robots, delays, decoding, validation, duplicates, landing and the
    outcome per company are middlewares, pipelines and extensions. :meth:`listed` reads an answer that is one
    JSON list. A posting that the board's own contract says not to show is skipped in ``postings`` and counted
    with :meth:`leave_out`.
    """

    list_url: ClassVar[str]
    url_pattern: ClassVar[re.Pattern[str]]
    volatile_fields: ClassVar[frozenset[str]] = frozenset()
    personal_fields: ClassVar[tuple[str, ...]] = ()
    credentials: ClassVar[tuple[str, ...]] = ()
    feed_slug: ClassVar[str] = "all"
    detail_pattern: ClassVar[re.Pattern[str] | None] = None
    total_at: ClassVar[tuple[str, ...]] = ()
    most_shown: ClassVar[int | None] = None
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
                raise UsageError("what is found goes into the landing: there are no feeds, leave out -o and -O")
            asked = {"companies": kwargs.pop("company", ""), "as_of": kwargs.pop("as_of", "")}
            run = run_for(cls.name, **asked, contact=crawler.settings["CONTACT"])
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.run = run
        if run.origin in ("live", "backfill"):
            spider.keys = board_keys(cls.credentials)
        spider.outcomes = Outcomes(run, hidden=hide(spider.keys.values()))
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Keep to the rate that the board's source is read at."""
        super().update_settings(settings)
        if (source := sources().get(cls.name)) is not None:
            delay = max(settings.getfloat("DOWNLOAD_DELAY"), 60 / source.requests_per_minute)
            settings.set("DOWNLOAD_DELAY", delay, priority="spider")

    @classmethod
    def slug_of(cls, url: str) -> str | None:
        """The employer that a list URL of this system names, or the feed's slug; None if it is no such URL."""
        match = cls.url_pattern.match(url)
        return unquote(match.groupdict().get("slug") or cls.feed_slug) if match else None

    @classmethod
    def history(cls, since: datetime, until: datetime) -> Iterable[tuple[datetime, Request]]:
        """The moments between two, UTC, of which the board's archive tells, and the request for each of them."""
        return ()

    @classmethod
    def has_history(cls) -> bool:
        """Whether the board has an archive that can be asked."""
        return cls.history.__func__ is not BoardSpider.history.__func__  # type: ignore[attr-defined]

    @classmethod
    def has_steps(cls) -> bool:
        """Whether a list may take more than one answer: pages, or postings' own pages."""
        return cls.is_paged() or cls.has_details()

    @classmethod
    def is_paged(cls) -> bool:
        """Whether a list may go on on a further page."""
        return cls.next_page is not BoardSpider.next_page

    @classmethod
    def has_details(cls) -> bool:
        """Whether postings may be read on pages of their own."""
        return cls.detail_for is not BoardSpider.detail_for

    def requests_for(self, company: Company) -> Iterable[Request]:
        """The requests that list a company's postings."""
        return [Request(self.list_url.format(slug=quote(company.slug, safe="")))]

    @abstractmethod
    def postings(self, response: Response) -> Iterable[Any]:
        """The board's own objects in a response.

        Raises:
            UnexpectedShape: when the response is not what the interface promises.
        """
        raise NotImplementedError

    @abstractmethod
    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """The board's object in our words, field by field.

        Raises:
            pydantic.ValidationError: if it lacks what every posting has (an id, a title).
        """
        raise NotImplementedError

    def next_page(self, response: Response, company: Company) -> Request | None:
        """The request for the page after this one; None if it is the last."""
        return None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """The request for a posting's own page; None if the list says all."""
        return None

    def is_in_scope(self, posting: Posting) -> bool:
        """Whether a posting's own page is to be read: its title names a role that is measured."""
        return in_scope(posting.title)

    def stated_size(self, response: Response) -> int | None:
        """How many postings the list says it has; None if it does not say, or is known to say it wrongly."""
        return stated_count(response, *self.total_at) if self.total_at else None

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """What is landed of a posting whose own page was read.

        Raises:
            UnexpectedShape: when the page is not what the interface promises.
        """
        return {**payload, "detail": read_json(response.body)}

    def listed(self, response: Response, *path: str) -> list[Any]:
        """The list that a JSON answer is, or has under a path of keys.

        Raises:
            UnexpectedShape: if it is no JSON, or has no such list.
        """
        found = read_json(response.body)
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if not isinstance(found, list):
            where = f"no list under the key '{'.'.join(path)}'" if path else "no JSON array"
            raise UnexpectedShape(f"{where}: not the answer of a {self.name} board")
        return found

    def leave_out(self, response: Response) -> None:
        """Count an object that the board's contract says not to show."""
        if response.request is not None and "company" in response.request.meta:
            self.outcomes.left_out(response.request.meta["company"])

    async def start(self) -> AsyncIterator[Any]:
        """The first request of every company that is not through; each one's further requests follow its answers."""
        finished = {outcome.company_slug for outcome in self.landed.finished}
        for company in self.run.companies:
            if company.slug in finished:
                continue
            for step in Walk(self, company).begin():
                yield step
