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
from scrapers.paging import noted, position, searches, stated, turned_to

_PAGE = 20


class HimalayasSpider(BoardSpider):
    """Himalayas: remote jobs of many employers, ``{"totalCount": n, "jobs": […], "nextCursor": …}``.

    Terms: Himalayas must be named and linked wherever its jobs are shown. Robots: requested from each host and obeyed.
    Pagination: 20 jobs per page. A search has ``page``; the feed of all jobs has ``nextCursor`` (since 2026-08-21), and
    had ``offset`` before. About 100,000 jobs are open, so the search terms are used, and only the newest pages of each
    are read; a posting further back is not closed.
    Quirks (2026-11-22): ``pubDate`` is in seconds, although the documentation says milliseconds; both are read. Pay may
    be per hour, which ``salaryPeriod`` states since mid-2026; without it, pay is annual, as documented. On one day
    every ``companyName`` was literally "name"; then the company's slug is used. ``locationRestrictions`` says who may
    apply. The employer's own link is missing: ``guid`` and ``applicationLink`` are Himalayas' pages. No language.
    """

    name = "himalayas"
    documentation = "https://himalayas.app/api"
    list_url = "https://himalayas.app/jobs/api/search?q={term}&sort=recent&page=1"
    url_pattern = re.compile(r"https?://himalayas\.app/jobs/api(?:/search)?/?(?:[?#]|$)")
    queries: ClassVar = search_terms.ENGLISH
    pages_of_a_list: ClassVar = 10

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        return searches(self.list_url, self.queries)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``."""
        return self.listed(response, "jobs")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page, by page number, cursor or offset, whichever the list has."""
        turned, shown = noted(response, "turned", 1), len(self.listed(response, "jobs"))
        cursor = text(read_json(response.body), "nextCursor")
        page, offset = position(response, "page", 0), position(response, "offset", 0) + shown
        more = (page * _PAGE if page else offset) < stated(response, "totalCount") and turned < self.pages_of_a_list
        if not more:
            return None
        after = ("page", page + 1) if page else ("cursor", cursor) if cursor else ("offset", offset)
        return turned_to(response, *after).replace(meta={"turned": turned + 1})

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Himalayas' fields."""
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
    """Read seconds or milliseconds since 1970; they differ by a factor of a thousand."""
    return epoch_milliseconds(payload, key) if (number(payload, key) or 0) > 1e11 else epoch_seconds(payload, key)
