"""Landing.jobs, public API."""

import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Pay, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    flag,
    html_of,
    iso_moment,
    joined,
    local_moment,
    mappings,
    number,
    required,
    section,
    text,
    with_amount,
)
from scrapers.boards.places import places
from scrapers.paging import position, turned_to

# Pages overlap by this much, so that as many postings may be removed between two of them and none is skipped.
_OVERLAP = 5
_PARTS = (
    (None, "role_description"),
    ("Requirements", "main_requirements"),
    ("Nice to have", "nice_to_have"),
    ("Perks", "perks"),
)


class LandingjobsSpider(BoardSpider):
    """Landing.jobs: tech jobs in Europe, mostly Portugal, as a bare JSON array.

    Terms: public and without a key; none are stated beyond the site's. Robots: requested from each host and obeyed.
    Pagination: ``limit`` of at most 50 and ``offset``; no total. Pages overlap, and one that shows no more than the
    overlap is the last: nobody documents the limit, so a page with fewer may have been cut short.
    Quirks (2026-11-22): the employer's name is missing, so it is read from the address ``/at/<employer>/<job>``. The
    text comes in four parts. ``gross_salary_low`` and ``gross_salary_high`` are per year; hidden pay has no keys.
    ``remote: false`` says nothing. The date of publication may be a year ago.
    """

    name = "landingjobs"
    documentation = "https://landing.jobs/api/v1"
    list_url = "https://landing.jobs/api/v1/jobs.json?limit=50&offset=0"
    url_pattern = re.compile(r"https?://landing\.jobs/api/v1/jobs(?:\.json)?/?(?:[?#]|$)")
    volatile_fields = frozenset({"updated_at"})

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects of the array."""
        return self.listed(response)

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page, unless this one shows no more than the overlap."""
        after = len(self.listed(response)) - _OVERLAP
        return turned_to(response, "offset", position(response, "offset", 0) + after) if after > 0 else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Landing.jobs' fields."""
        pay = Pay(
            min_value=number(payload, "gross_salary_low"),
            max_value=number(payload, "gross_salary_high"),
            currency=text(payload, "currency_code"),
            unit_text="year",
        )
        cities = mappings(payload, "locations")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=required(payload, "title"),
            company_name=employer_in(text(payload, "url") or ""),
            location_text=joined(
                ", ".join(filter(None, (text(each, "city"), text(each, "country_code")))) for each in cities
            ),
            job_locations=places(cities, city="city", country="country_code"),
            is_remote=flag(payload, "remote"),
            employment_type_text=text(payload, "type"),
            base_salary=with_amount([pay]),
            description_html=html_of(section(heading, text(payload, key)) for heading, key in _PARTS),
            date_posted=iso_moment(payload, "published_at"),
            valid_through=local_moment(payload, "expires_at", zone=UTC),
            payload=payload,
        )


def employer_in(address: str) -> str | None:
    """Return the employer's name as the address spells it: ``/at/acme-robotics/…`` is "acme robotics"."""
    match = re.match(r"/at/([^/]+)/", urlsplit(address).path)
    return match[1].replace("-", " ") if match else None
