"""SmartRecruiters, posting API."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, iso_moment, joined, mapping, merged, required, sections, text
from scrapers.boards.places import places
from scrapers.decoding import read_json
from scrapers.paging import offset_after, turned_to

_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartrecruitersSpider(BoardSpider):
    """SmartRecruiters: a list without texts, ``{"totalFound", "content": […]}``; each posting's own page has them.

    Terms: a public interface without a key for postings that are PUBLIC; the texts belong to the employers.
    Robots: requested from the one host that all employers share, and obeyed.
    Pagination: ``offset``, at most 100 per page, until ``totalFound`` is reached.
    Quirks (2026-11-22): an unknown company answers 200 with ``totalFound`` 0, as an employer without postings does.
    ``department`` is often ``{}``, coordinates are strings, and ``typeOfEmployment`` has the id "permanent" with the
    label "Full-time". ``remote: false`` does not mean on site. ``creator`` names a recruiter and is removed.
    """

    name = "smartrecruiters"
    documentation = "https://developers.smartrecruiters.com/docs/posting-api"
    list_url = "https://api.smartrecruiters.com/v1/companies/{slug}/postings?limit=100&offset=0"
    url_pattern = re.compile(r"https?://api\.smartrecruiters\.com/v1/companies/(?P<slug>[^/?#]+)/postings/?(?:[?#]|$)")
    total_at = ("totalFound",)
    detail_pattern = re.compile(r"https?://api\.smartrecruiters\.com/v1/companies/[^/?#]+/postings/[^/?#]+")
    personal_fields = ("creator", "detail.creator")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``content``; a posting's own page counts as a list of one."""
        answer = read_json(response.body)
        return [answer] if isinstance(answer, dict) and "jobAd" in answer else self.listed(response, "content")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the postings after this page, until ``totalFound`` is reached."""
        offset = offset_after(response, "offset", "content", *self.total_at)
        return turned_to(response, "offset", offset) if offset else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the posting's own page, for its text and address."""
        list_url = self.list_url.format(slug=quote(company.slug, safe="")).partition("?")[0]
        return Request(f"{list_url}/{quote(required(payload, 'id'), safe='')}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map SmartRecruiters' fields; the own page has all that the list has, and more."""
        stated = merged(payload, "detail")
        native_id = required(stated, "id")
        parts = (mapping(stated, "jobAd", "sections", name) for name in _SECTIONS)
        identifier = text(stated, "company", "identifier") or company.slug
        address = f"https://jobs.smartrecruiters.com/{quote(identifier)}/{quote(native_id)}"
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=native_id,
            url=text(stated, "postingUrl") or address,
            apply_url=text(stated, "applyUrl"),
            title=required(stated, "name"),
            company_name=text(stated, "company", "name") or company.name,
            department=text(stated, "department", "label"),
            location_text=text(stated, "location", "fullLocation"),
            job_locations=places(
                [mapping(stated, "location")], named="fullLocation", city="city", region="region", country="country"
            ),
            workplace_text=joined(way for way in ("remote", "hybrid") if flag(stated, "location", way)),
            is_remote=flag(stated, "location", "remote"),
            employment_type_text=text(stated, "typeOfEmployment", "label") or text(stated, "typeOfEmployment", "id"),
            description_html=sections(parts, "title", "text"),
            language=text(stated, "language", "code"),
            requisition_id=text(stated, "refNumber"),
            date_posted=iso_moment(stated, "releasedDate"),
            payload=payload,
        )
