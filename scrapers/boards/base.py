"""What every board system's spider shares. The docstring of :class:`BoardSpider` is the manual."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from jobmarket.posting import Posting
from scrapers.command_line import run_for
from scrapers.decoding import UnexpectedShape, read_json
from scrapers.outcomes import Outcomes
from scrapers.planning import BoardRun, Company

__all__ = ["BoardSpider", "Company", "Found", "UnexpectedShape"]


@dataclass(frozen=True)
class Found:
    """An object that a board listed as a posting, on its way through the pipelines."""

    company: Company
    payload: Any


class BoardSpider(Spider):
    """A spider for one board system (an applicant tracking system or a job board): how to add one.

    Write ``scrapers/boards/<name>.py``, at most 60 lines of code, with one class. Its docstring tells: terms and
    robots note, pagination rule, quirks with the date they were seen.

    Class attributes:

    - ``name``: the board's name in ``companies.csv``, in the landing and in the database; also the file's name.
    - ``list_url``: where a company's postings are listed, with ``{slug}`` for the company.
    - ``url_pattern``: recognises a list URL of the system, whatever its query, and names the employer in the
      group ``slug``. A folder of recorded responses is crawled by the URLs that match.
    - ``volatile_fields``: top-level fields of the payload that change without the posting changing. They are
      kept, and left out of the content hash.
    - ``documentation``: link to the interface's documentation.

    Three hooks:

    - ``requests_for(company)``: the requests that list a company's postings, one after the other. By default one,
      to ``list_url``.
    - ``postings(response)``: the board's own objects, untouched. Raises :class:`UnexpectedShape` with a clear
      sentence when the envelope is missing (an error page that answers 200); an empty list is fine.
    - ``to_posting(payload, company)``: an explicit mapping, one field after the other, no guessing. Values stay
      as the board states them; what they mean is read later. A field without a place in ``Posting`` stays in
      the payload. Read single values with :mod:`scrapers.boards.fields`.

    What need not be written again: retries, robots, delays, decoding, validation, duplicates, landing and the
    outcome per company are middlewares, pipelines and extensions. :meth:`listed` reads an answer that is one
    JSON list. A posting that the board's own contract says not to show is skipped in ``postings`` and counted
    with :meth:`leave_out`.
    """

    list_url: ClassVar[str]
    url_pattern: ClassVar[re.Pattern[str]]
    volatile_fields: ClassVar[frozenset[str]] = frozenset()
    documentation: ClassVar[str]

    run: BoardRun
    outcomes: Outcomes

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> BoardSpider:
        """Build the spider for a planned run, or for ``scrapy crawl <board> -a company=… -a as_of=…``."""
        run: BoardRun | None = kwargs.pop("run", None)
        if run is None:
            asked = {"companies": kwargs.pop("company", ""), "as_of": kwargs.pop("as_of", "")}
            run = run_for(cls.name, **asked, contact=crawler.settings["CONTACT"])
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.run = run
        spider.outcomes = Outcomes(run)
        return spider

    @classmethod
    def slug_of(cls, url: str) -> str | None:
        """The employer that a list URL of this system names; None if it is no such URL."""
        match = cls.url_pattern.match(url)
        return unquote(match["slug"]) if match else None

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

    def listed(self, response: Response, key: str | None = None) -> list[Any]:
        """The list that a JSON answer is, or has under ``key``.

        Raises:
            UnexpectedShape: if it is no JSON, or has no such list.
        """
        answer = read_json(response.body)
        found = answer if key is None else answer.get(key) if isinstance(answer, dict) else None
        if not isinstance(found, list):
            where = f"no list under the key '{key}'" if key else "no JSON array"
            raise UnexpectedShape(f"{where}: not the answer of a {self.name} board")
        return found

    def leave_out(self, response: Response) -> None:
        """Count an object that the board's contract says not to show."""
        if response.request is not None:
            self.outcomes.left_out(response.request.cb_kwargs["company"].slug)

    async def start(self) -> AsyncIterator[Any]:
        """The first request of every company; each one's further requests follow its answers."""
        for company in self.run.companies:
            self.outcomes.opened(company.slug)
            recorded = (Request(url) for url in company.urls)
            requests = iter(recorded if company.urls else self.requests_for(company))
            for request in self._next(company, requests):
                yield request

    def parse(self, response: Response, **context: Any) -> Iterator[Found | Request]:
        """Hand on a response's postings, then ask for what comes next."""
        company, requests = context["company"], context["requests"]
        try:
            for payload in self.postings(response):
                yield Found(company, payload)
            self.outcomes.readable(company.slug)
        except UnexpectedShape as error:
            self.outcomes.failed(company.slug, str(error))
        except Exception as error:
            # A fault of this spider on one answer must not cost the other companies; the log has the traceback.
            self.logger.exception(f"{self.name} cannot read the answer of {company.slug}")
            self.outcomes.failed(company.slug, f"{type(error).__name__}: {error}")
        yield from self._next(company, requests)

    def unanswered(self, failure: Failure) -> Iterator[Request]:
        """Note why a request has no usable answer, then ask for what comes next."""
        context = failure.request.cb_kwargs  # type: ignore[attr-defined]  # Scrapy sets it
        self.outcomes.unanswered(context["company"].slug, failure.value or RuntimeError("no reason given"))
        yield from self._next(context["company"], context["requests"])

    def _next(self, company: Company, requests: Iterator[Request]) -> Iterator[Request]:
        request = next(requests, None)
        if request is None:
            self.outcomes.closed(company.slug)
            return
        yield request.replace(
            callback=self.parse,
            errback=self.unanswered,
            cb_kwargs={"company": company, "requests": requests},
            meta={**request.meta, "company": company.slug},
            dont_filter=True,  # two companies may share a URL only by mistake, and then both must be told
        )
