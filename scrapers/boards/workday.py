"""Workday, career site services (CXS)."""

from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import day, joined, merged, required, text, texts
from scrapers.boards.workday_facets import CUT_OFF_AT
from scrapers.boards.workday_pages import (
    COUNTS_DAYS,
    LIST,
    OWN_PAGE,
    own_page,
    page,
    page_after,
    part_after,
    parts_after,
    places_of,
    public_page,
    services_of,
    slug_of,
)
from scrapers.decoding import read_json
from scrapers.paging import stated_count


class WorkdaySpider(BoardSpider):
    """Workday: a list without texts, by POST, ``{"total", "jobPostings": […], "facets"}``; texts are on own pages.

    Terms: the undocumented interface of the public career sites, without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed. The slug is ``host/tenant/site``; an employer may have several sites.
    Pagination: ``offset`` in the body, at most 20 per page. Some sites cut a list off at 2,000 and then repeat its last
    page. Such a list is read in parts (:mod:`scrapers.boards.workday_facets`); if it cannot be divided, or the parts
    lack postings, the crawl is partial.
    Quirks (2026-11-22): ``total`` may be 0 after the first page. ``postedOn`` and ``timeLeftToApply`` are relative
    ("Posted Today"); only the posting's own page has the dates. ``locationsText`` may be a count. A row may be a stub
    with ``bulletFields`` that names no job; it is left out. One requisition on two sites ends in -1 and -2. During
    maintenance, sites answer 303, 401, 403, 422 or 500. The last part of ``externalPath`` is the id; it stays when the
    title changes.
    """

    name = "workday"
    documentation = "https://www.workday.com/en-us/products/talent-management/talent-acquisition.html"
    list_url = "https://{slug}/jobs"
    url_pattern = LIST
    detail_pattern = OWN_PAGE
    cut_off_at = CUT_OFF_AT
    volatile_fields = COUNTS_DAYS | {"similarJobs"}

    @classmethod
    def slug_of(cls, url: str) -> str | None:
        """Return ``host/tenant/site``."""
        return slug_of(url)

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the first page."""
        return [page(f"{services_of(company.slug)}/jobs")]

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the objects under ``jobPostings`` that name a job; a posting's own page counts as a list of one."""
        answer = read_json(response.body)
        is_own_page = isinstance(answer, dict) and "jobPostingInfo" in answer
        for row in [answer] if is_own_page else self.listed(response, "jobPostings"):
            if isinstance(row, dict) and not is_own_page and not text(row, "title") and not text(row, "externalPath"):
                self.leave_out(response)
            else:
                yield row

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        return page_after(response)

    def after_lost(self, request: Request) -> Request | None:
        """Request the part after one that could not be read."""
        return part_after(request)

    def stated_size(self, response: Response) -> int | None:
        """Return ``total``; None if the list is cut off there, and its parts are read instead."""
        total = stated_count(response, "total")
        return None if total == CUT_OFF_AT and parts_after(response) else total

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the posting's own page, for text, places and date."""
        path = text(payload, "externalPath")
        return Request(services_of(company.slug) + path) if path else None

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Add the page's objects to the row; relative dates stay only in the row, where they count as volatile."""
        return payload | own_page(read_json(response.body))

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Workday's fields; those of the own page take precedence over the row's."""
        info = merged(payload, "jobPostingInfo")
        path = text(info, "externalPath") or ""
        found = places_of(info)
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required({"externalPath": path.rpartition("/")[2] or text(info, "jobPostingId")}, "externalPath"),
            url=text(info, "externalUrl") or public_page(company.slug, path),
            title=required(info, "title"),
            company_name=text(payload, "hiringOrganization", "name") or company.name,
            location_text=joined(each.text for each in found) or text(info, "locationsText"),
            job_locations=found,
            workplace_text=text(info, "remoteType"),
            employment_type_text=text(info, "timeType"),
            description_html=text(info, "jobDescription"),
            requisition_id=text(info, "jobReqId")
            or next((each for each in texts(info, "bulletFields") if f"_{each}" in path), None),
            date_posted=day(info, "startDate"),
            valid_through=day(info, "endDate"),
            payload=payload,
        )
