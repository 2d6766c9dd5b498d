"""Breezy HR, JSON of a careers site."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, iso_moment, joined, mapping, mappings, one_mapping, required, text
from scrapers.boards.job_posting_schema import fields_of, one_job_posting
from scrapers.boards.places import places
from scrapers.decoding import read_json


class BreezySpider(BoardSpider):
    """Breezy: the complete board in one answer, a JSON array without texts; each posting's own page has a JobPosting.

    Terms: the interface of the public careers sites, without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed. Pagination: none. Unknown company: a redirect to the vendor's site.
    Quirks (2026-11-22): pay is a text ("$170,000 – $300,000 / year", "" for none). ``location`` is repeated in
    ``locations``, which may be empty. ``is_remote`` comes with ``remote_details``, where ``remote-location`` means
    remote within the places named. Older sites wrap the array: ``{"company", "positions": […]}``. An employer may show
    its postings on its own domain, and their ``url`` is there; the address ends with the posting's id and its title.
    """

    name = "breezy"
    documentation = "https://developer.breezy.hr/reference/overview"
    list_url = "https://{slug}.breezy.hr/json"
    url_pattern = re.compile(r"https?://(?P<slug>[^./?#]+)\.breezy\.hr/json/?(?:[?#]|$)")
    unknown_board = re.compile(r"https?://(?:www\.)?breezy\.hr(?:[/?#]|$)")
    detail_pattern = re.compile(r"https?://[^/?#]+/p/(?P<id>[0-9a-f]+)(?:-[^/?#]*)?/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects of the array."""
        return self.listed(response, *(("positions",) if isinstance(read_json(response.body), dict) else ()))

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the posting's own page, unless the list has its text."""
        address = text(payload, "url") or ""
        named = self.detail_pattern.match(address)
        is_its_own = named is not None and named["id"] == text(payload, "id")
        is_wanted = is_its_own and not text(payload, "description")
        return Request(address, headers={"Accept": "*/*"}) if is_wanted else None

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Add the page's JobPosting to the row."""
        return {**payload, "detail": one_job_posting(response)}

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Breezy's fields; from the own page only text, pay and closing date."""
        page = fields_of(mapping(payload, "detail"))
        stated = mappings(payload, "locations") or one_mapping(payload, "location")
        found = places(
            stated, named="name", city="city", region="state.name|state.id", country="country.name|country.id"
        )
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=required(payload, "name"),
            company_name=text(payload, "company", "name") or company.name,
            department=text(payload, "department"),
            location_text=joined(each.text for each in found),
            job_locations=found,
            workplace_text=text(payload, "location", "remote_details", "value"),
            is_remote=flag(payload, "location", "is_remote"),
            employment_type_text=text(payload, "type", "name") or text(payload, "type", "id"),
            base_salary=page["base_salary"],
            pay_text=text(payload, "salary"),
            description_html=text(payload, "description") or page["description_html"],
            description_text=page["description_text"],
            date_posted=iso_moment(payload, "published_date"),
            valid_through=page["valid_through"],
            payload=payload,
        )
