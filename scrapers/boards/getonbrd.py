"""Get on Board, public API."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import epoch_seconds, html_of, joined, number, required, section, text, texts, with_amount
from scrapers.paging import position, stated, turned_to

_JOB = "attributes"
_PARTS = ("projects", "functions", "description", "desirable", "benefits")
_REMOTE = "Remote"


class GetonbrdSpider(BoardSpider):
    """Get on Board: tech jobs in Latin America, JSON:API, ``{"data": […], "meta": {"total_pages": n, …}}``.

    Terms: public reads need no key; a link back is required. Robots: requested from each host and obeyed.
    Pagination: ``page`` from 1, ``per_page`` of at most 100, by category.
    Quirks (2026-11-22): the text comes in parts, each with its own headline. ``min_salary`` and ``max_salary`` are US
    dollars per month; only the documentation says so. ``remote`` is also true for hybrid work, so ``remote_modality``
    is read instead. "Remote" appears among the countries. Seniority and tags are numbers without names. The employer is
    only included if it is expanded. ``lang`` may be "lang_not_specified". ``applications_count`` changes.
    """

    name = "getonbrd"
    documentation = "https://api-doc.getonbrd.com/"
    list_url = (
        "https://www.getonbrd.com/api/v0/categories/{category}/jobs?per_page=100&page=1&expand=%5B%22company%22%5D"
    )
    url_pattern = re.compile(
        r"https?://(?:www\.)?getonbrd\.com/api/v0/(?:categories/[^/?#]+/jobs|search/jobs|jobs)/?(?:[?#]|$)"
    )
    volatile_fields = frozenset({"attributes.applications_count"})
    categories: ClassVar = ("machine-learning-ai", "data-science-analytics")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the first page of each category."""
        return [Request(self.list_url.format(category=each)) for each in self.categories]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``data``."""
        return self.listed(response, "data")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        page = position(response, "page", 1) + 1
        return turned_to(response, "page", page) if page <= stated(response, "meta", "total_pages") else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Get on Board's fields."""
        places = texts(payload, _JOB, "countries")
        pay = Pay(
            min_value=number(payload, _JOB, "min_salary"),
            max_value=number(payload, _JOB, "max_salary"),
            currency="USD",
            unit_text="month",
        )
        language = text(payload, _JOB, "lang")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "links", "public_url"),
            title=required(payload, _JOB, "title"),
            company_name=text(payload, _JOB, "company", "data", _JOB, "name"),
            location_text=joined(places),
            job_locations=tuple(Place(address_country=place) for place in places if place != _REMOTE),
            workplace_text=text(payload, _JOB, "remote_modality"),
            base_salary=with_amount([pay]),
            description_html=html_of(
                section(text(payload, _JOB, f"{part}_headline"), text(payload, _JOB, part)) for part in _PARTS
            ),
            language=None if language == "lang_not_specified" else language,
            date_posted=epoch_seconds(payload, _JOB, "published_at"),
            payload=payload,
        )
