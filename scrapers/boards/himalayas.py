"""Himalayas, jobs API."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import epoch_milliseconds, epoch_seconds, joined, number, required, text, texts, with_amount
from scrapers.decoding import read_json
from scrapers.paging import counted, noted, position, searches, turned_to

_PAGE = 20


class HimalayasSpider(BoardSpider):
    """Himalayas: remote jobs of many employers, ``{"totalCount": n, "jobs": […], "nextCursor": …}``.

    Terms: Himalayas is named and linked wherever its jobs are shown. Robots: obeyed, asked of each host.
    Pagination: 20 jobs a page. A search has ``page``; the feed of all jobs ``nextCursor`` (since 2026-08-21), before
    that ``offset``. Some 100,000 jobs are open: the search terms are asked, and of each the newest pages; what lies
    behind them is not closed.
    Quirks (2026-11-22): ``pubDate`` counts seconds, its documentation says milliseconds: both are read. Pay may be for
    an hour, ``salaryPeriod`` says so since mid-2026; without it pay is annual, as documented. On one day every
    ``companyName`` was literally "name": the company's slug stands in. ``locationRestrictions`` is who may apply. The
    employer's own link is nowhere: ``guid`` and ``applicationLink`` are Himalayas' page. No language.
    """

    name = "himalayas"
    documentation = "https://himalayas.app/api"
    list_url = "https://himalayas.app/jobs/api/search?q={term}&sort=recent&page=1"
    url_pattern = re.compile(r"https?://himalayas\.app/jobs/api(?:/search)?/?(?:[?#]|$)")
    queries: ClassVar = search_terms.ENGLISH
    pages_of_a_list: ClassVar = 10

    def requests_for(self, company: Company) -> Iterable[Request]:
        """A search for each term."""
        return searches(self.list_url, self.queries)

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``jobs``."""
        return self.listed(response, "jobs")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """The page after this one, by page number, cursor or offset, as the list does it."""
        turned, shown = noted(response, "turned", 1), len(self.listed(response, "jobs"))
        cursor = text(read_json(response.body), "nextCursor")
        page, offset = position(response, "page", 0), position(response, "offset", 0) + shown
        more = (page * _PAGE if page else offset) < counted(response, "totalCount") and turned < self.pages_of_a_list
        if not more:
            return None
        after = ("page", page + 1) if page else ("cursor", cursor) if cursor else ("offset", offset)
        return turned_to(response, *after).replace(meta={"turned": turned + 1})

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Himalayas' words in ours."""
        employer = text(payload, "companyName")
        places = texts(payload, "locationRestrictions")
        pay = Pay(
            min_value=number(payload, "minSalary"),
            max_value=number(payload, "maxSalary"),
            currency=text(payload, "currency"),
            unit_text=text(payload, "salaryPeriod") or "annual",
        )
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "guid"),
            url=text(payload, "guid"),
            apply_url=text(payload, "applicationLink"),
            title=required(payload, "title"),
            company_name=text(payload, "companySlug") if employer == "name" else employer,
            location_text=joined(places),
            job_locations=tuple(Place(text=place) for place in places),
            is_remote=True,
            employment_type_text=text(payload, "employmentType"),
            base_salary=with_amount([pay]),
            description_html=text(payload, "description"),
            date_posted=epoch(payload, "pubDate"),
            valid_through=epoch(payload, "expiryDate"),
            payload=payload,
        )


def epoch(payload: dict[str, Any], key: str) -> datetime | None:
    """Seconds or milliseconds since 1970: they are a thousandfold apart."""
    return epoch_milliseconds(payload, key) if (number(payload, key) or 0) > 1e11 else epoch_seconds(payload, key)
