"""Reed, jobseeker API (with a key)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from w3lib.http import basic_auth_header

from jobmarket.field_paths import without_fields
from jobmarket.posting import Pay, Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, joined, number, required, text, with_amount
from scrapers.paging import offset_after, searches, turned_to


class ReedSpider(BoardSpider):
    """Reed: jobs in the United Kingdom, ``{"results": […], "totalResults": n, …}``.

    Terms: a free key, sent as the user of HTTP Basic with an empty password.
    Robots: requested from each host and obeyed.
    Pagination: ``resultsToSkip``, and ``resultsToTake`` of at most 100. A search cuts the text at about 450 characters;
    the job's own page (``/api/1.0/jobs/<id>``) has the full text and the period of the pay. Until that page is read,
    the posting has no text: what the cut text does not name may stand in the rest.
    Quirks (2026-11-22): dates are dd/mm/yyyy. The full text is HTML. A search states no period of the pay, which is
    then unknown. ``locationName`` may be a bare postcode. ``applications`` changes.
    """

    name = "reed"
    documentation = "https://www.reed.co.uk/developers/jobseeker"
    list_url = "https://www.reed.co.uk/api/1.0/search?keywords={term}&resultsToTake=100&resultsToSkip=0"
    url_pattern = re.compile(r"https?://(?:www\.)?reed\.co\.uk/api/1\.0/search/?(?:[?#]|$)")
    total_at = ("totalResults",)
    detail_pattern = re.compile(r"https?://(?:www\.)?reed\.co\.uk/api/1\.0/jobs/\d+")
    volatile_fields = frozenset({"applications"})
    credentials = ("JOBMARKET_REED_KEY",)
    queries: ClassVar = search_terms.ENGLISH

    @property
    def headers(self) -> dict[str, bytes]:
        """The key as HTTP Basic authorization."""
        return {"Authorization": basic_auth_header(self.keys.get(self.credentials[0], ""), "")}

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        return searches(self.list_url, self.queries, self.headers)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``results``."""
        return self.listed(response, "results")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        skipped = offset_after(response, "resultsToSkip", "results", *self.total_at)
        return turned_to(response, "resultsToSkip", skipped) if skipped else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the job's own page."""
        return Request(f"https://www.reed.co.uk/api/1.0/jobs/{required(payload, 'jobId')}", headers=self.headers)

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Add the job's own page, without its counter of applications."""
        detailed: dict[str, Any] = without_fields(super().with_detail(payload, response), ["detail.applicationCount"])
        return detailed

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Reed's fields."""
        pay = Pay(
            min_value=number(payload, "minimumSalary"),
            max_value=number(payload, "maximumSalary"),
            currency=text(payload, "currency"),
            unit_text=text(payload, "detail", "salaryType"),
        )
        hours = (
            word for word, key in (("full time", "fullTime"), ("part time", "partTime")) if flag(payload, "detail", key)
        )
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "jobId"),
            url=text(payload, "jobUrl"),
            apply_url=text(payload, "detail", "externalUrl"),
            title=required(payload, "jobTitle"),
            company_name=text(payload, "employerName"),
            location_text=text(payload, "locationName"),
            employment_type_text=joined(hours),
            base_salary=with_amount([pay]),
            description_html=text(payload, "detail", "jobDescription"),
            date_posted=day(payload, "date"),
            valid_through=day(payload, "expirationDate"),
            payload=payload,
        )


def day(payload: dict[str, Any], key: str) -> datetime | None:
    """Read a day written dd/mm/yyyy, as its first moment in UTC."""
    try:
        number_of_day, month, year = map(int, (text(payload, key) or "").split("/"))
        return datetime(year, month, number_of_day, tzinfo=UTC)
    except ValueError:
        return None
