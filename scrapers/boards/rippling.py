"""Rippling, ATS board API."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import html_of, joined, mappings, merged, moment_or_day, pay_ranges, required, text, texts
from scrapers.boards.places import named_places, places
from scrapers.boards.repeated_rows import ordered, united
from scrapers.decoding import read_json


class RipplingSpider(BoardSpider):
    """Rippling: the complete board in one answer, a JSON array without texts; each posting's own page has them.

    Terms: an undocumented public interface without a key; the texts belong to the employers. Robots: requested and
    obeyed.
    Pagination: none in v1, which is requested; an answer of v2 (``{"items", "page", "totalPages"}``) can be read too.
    Quirks (2026-11-22): a posting in several places is repeated for each, with the same ``uuid``. The rows become one
    object with ``workLocations`` (v2: ``locations``). ``employmentType`` has the code as its label and words as its id.
    The ``description`` of the own page is an object of two texts, about the company and about the role. Rows, places
    and pay ranges come in any order, and are landed in one.
    """

    name = "rippling"
    documentation = "https://www.rippling.com/products/hr/recruiting"
    list_url = "https://api.rippling.com/platform/api/ats/v1/board/{slug}/jobs"
    url_pattern = re.compile(
        r"https?://(?:api\.rippling\.com/platform/api/ats/v1|ats\.rippling\.com/api/v2)/board/(?P<slug>[^/?#]+)/jobs/?(?:[?#]|$)"
    )
    detail_pattern = re.compile(r"https?://api\.rippling\.com/platform/api/ats/v1/board/[^/?#]+/jobs/[^/?#]+")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects of the array, one per posting; a posting's own page counts as a list of one."""
        answer = read_json(response.body)
        if not isinstance(answer, dict):
            return united(self.listed(response), "uuid", "workLocations", work_locations)
        rows = [_in_order(answer)] if "uuid" in answer else self.listed(response, "items")
        return united(rows, "id", "locations", lambda row: mappings(row, "locations"))

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the posting's own page, for text, date and pay."""
        uuid = text(payload, "uuid") or required(payload, "id")
        return Request(f"{self.list_url.format(slug=quote(company.slug, safe=''))}/{quote(uuid, safe='')}")

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Add the own page to the row."""
        detailed = super().with_detail(payload, response)
        return {**detailed, "detail": _in_order(detailed["detail"])}

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Rippling's fields; those of the own page take precedence over the list's."""
        stated = merged(payload, "detail")
        in_v2 = mappings(stated, "locations")
        in_fields = {"named": "name", "city": "city", "region": "state", "country": "country|countryCode"}
        found = named_places(work_locations(stated)) or places(in_v2, **in_fields)
        pay = mappings(stated, "payRangeDetails")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=text(stated, "uuid") or required(stated, "id"),
            url=text(stated, "url"),
            title=required(stated, "name"),
            company_name=text(stated, "companyName") or company.name,
            department=text(stated, "department", "label") or text(stated, "department", "name"),
            location_text=joined(each.text for each in found),
            job_locations=found,
            workplace_text=joined(text(each, "workplaceType") for each in in_v2),
            employment_type_text=text(stated, "employmentType", "label") or text(stated, "employmentType", "id"),
            base_salary=pay_ranges(pay, "rangeStart", "rangeEnd", "currency", "frequency", "location"),
            description_html=html_of(text(stated, "description", part) for part in ("company", "role")),
            language=text(stated, "language"),
            date_posted=moment_or_day(stated, "createdOn"),
            payload=payload,
        )


def _in_order(page: Any) -> Any:
    return ordered(page, "workLocations", "payRangeDetails")


def work_locations(row: dict[str, Any]) -> list[str]:
    """Return the names of the places: several if rows were united, and on the posting's own page."""
    return texts(row, "workLocations") or [label for label in [text(row, "workLocation", "label")] if label]
