"""USAJOBS, search API (with a key)."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    flag,
    html_of,
    joined,
    listed_items,
    local_moment,
    mappings,
    pay_ranges,
    required,
    section,
    text,
    texts,
)
from scrapers.boards.places import places
from scrapers.paging import position, searches, stated, turned_to

_JOB = "MatchedObjectDescriptor"
_DETAILS = (_JOB, "UserArea", "Details")
_STATION = {"named": "LocationName", "city": "CityName", "region": "CountrySubDivisionCode", "country": "CountryCode"}
_US_DOLLARS = {"currency": "USD"}


class UsajobsSpider(BoardSpider):
    """USAJOBS: jobs of the United States' federal government, under ``SearchResult.SearchResultItems``.

    Terms: public domain; a free key, sent with the mail address of its owner. Robots: requested from each host and
    obeyed.
    Pagination: ``Page`` from 1, with 500 results each and at most 10,000 in all; the answer states
    ``UserArea.NumberOfPages``. Nobody documents whether ``SearchResultCountAll`` goes beyond 10,000, so a search that
    states exactly that is partial. ``DatePosted`` only means "in the last n days", so it cannot split a search.
    Quirks (2026-11-22): amounts are strings, and their period is a code (``PA`` per year, ``PH`` per hour, ``WC``
    without compensation). Times have no zone: they are Washington's. Addresses contain a port (``:443``). The text
    comes in parts. ``RemoteIndicator: false`` also appears on telework.
    """

    name = "usajobs"
    documentation = "https://developer.usajobs.gov/api-reference/get-api-search"
    list_url = "https://data.usajobs.gov/api/search?Keyword={term}&ResultsPerPage=500&Page=1"
    url_pattern = re.compile(r"https?://data\.usajobs\.gov/api/search/?(?:[?#]|$)", re.IGNORECASE)
    total_at = ("SearchResult", "SearchResultCountAll")
    most_shown = 10_000
    cut_off_at = most_shown
    credentials = ("JOBMARKET_USAJOBS_KEY", "JOBMARKET_USAJOBS_MAIL")
    personal_fields = (f"{'.'.join(_DETAILS)}.AgencyContactEmail", f"{'.'.join(_DETAILS)}.AgencyContactPhone")
    queries: ClassVar = search_terms.ENGLISH

    @property
    def headers(self) -> dict[str, str]:
        """The key, and its owner's mail address as the user agent, which the interface requires."""
        key, mail = (self.keys.get(name, "") for name in self.credentials)
        return {"Authorization-Key": key, "User-Agent": mail}

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        return searches(self.list_url, self.queries, self.headers)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``SearchResultItems``."""
        return self.listed(response, "SearchResult", "SearchResultItems")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        page = position(response, "Page", 1) + 1
        pages = stated(response, "SearchResult", "UserArea", "NumberOfPages")
        return turned_to(response, "Page", page) if page <= pages else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map USAJOBS' fields."""
        washington = ZoneInfo("America/New_York")
        pay = (each | _US_DOLLARS for each in mappings(payload, _JOB, "PositionRemuneration"))
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "MatchedObjectId"),
            url=text(payload, _JOB, "PositionURI"),
            title=required(payload, _JOB, "PositionTitle"),
            company_name=text(payload, _JOB, "OrganizationName"),
            department=text(payload, _JOB, "DepartmentName"),
            location_text=text(payload, _JOB, "PositionLocationDisplay"),
            job_locations=places(mappings(payload, _JOB, "PositionLocation"), **_STATION),
            is_remote=flag(payload, *_DETAILS, "RemoteIndicator"),
            employment_type_text=joined(text(each, "Name") for each in mappings(payload, _JOB, "PositionSchedule")),
            base_salary=pay_ranges(pay, "MinimumRange", "MaximumRange", "currency", "RateIntervalCode"),
            description_html=html_of(
                (
                    section(None, text(payload, *_DETAILS, "JobSummary")),
                    section("Duties", listed_items(texts(payload, *_DETAILS, "MajorDuties"))),
                    section("Qualifications", text(payload, _JOB, "QualificationSummary")),
                    section("Education", text(payload, *_DETAILS, "Education")),
                )
            ),
            requisition_id=text(payload, _JOB, "PositionID"),
            date_posted=local_moment(payload, _JOB, "PublicationStartDate", zone=washington),
            valid_through=local_moment(payload, _JOB, "ApplicationCloseDate", zone=washington),
            payload=payload,
        )
