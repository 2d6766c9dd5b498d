"""Arbeitnow, job board API."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, joined, required, text, texts
from scrapers.paging import position, turned_to


class ArbeitnowSpider(BoardSpider):
    """Arbeitnow: jobs of many employers, mostly in Germany, ``{"data": […], "links": {…}, "meta": {…}}``.

    Terms: free to use with a link back; "please do not abuse". Robots: allow all; requested and obeyed.
    Pagination: ``page=1, 2, …`` with 100 to 175 jobs each, newest first; an empty page ends the list. No total.
    ``links.next`` is not followed, because it may contain a search term that narrows the list.
    Quirks (2026-11-22): ``created_at`` is when the board last read the job. It changes, and is not the date of
    publication. The job then moves to the first page, which is read again at the end; but one that is removed while the
    list is read may hide another one. ``slug`` is the id; a job in two cities has two. ``remote: false`` also appears
    on remote jobs. German and English are mixed, even in ``job_types``. No pay, no language.
    """

    name = "arbeitnow"
    documentation = "https://www.arbeitnow.com/api/job-board-api"
    list_url = "https://www.arbeitnow.com/api/job-board-api?page=1"
    url_pattern = re.compile(r"https?://(?:www\.)?arbeitnow\.com/api/job-board-api/?(?:[?#]|$)")
    moves_to_front = True
    volatile_fields = frozenset({"created_at"})

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``data``."""
        return self.listed(response, "data")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page; an empty one ends the list."""
        following = turned_to(response, "page", position(response, "page", 1) + 1)
        return following if self.listed(response, "data") else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Arbeitnow's fields."""
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "slug"),
            url=text(payload, "url"),
            title=required(payload, "title"),
            company_name=text(payload, "company_name"),
            location_text=text(payload, "location"),
            is_remote=flag(payload, "remote"),
            employment_type_text=joined(texts(payload, "job_types")),
            description_html=text(payload, "description"),
            payload=payload,
        )
