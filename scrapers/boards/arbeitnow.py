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

    Terms: free to use with a link back; "please do not abuse". Robots: allow all; obeyed.
    Pagination: ``page=1, 2, …`` of 100 to 175 jobs, newest first; an empty page is the last. ``links.next`` is not
    followed: it may carry a search term that narrows the board.
    Quirks (2026-11-22): ``created_at`` is when the board last read the job, not its publication: it dates nothing, and
    moves. ``slug`` is the id; one job in two cities has two. ``remote: false`` stands on remote jobs too. German and
    English mixed, in ``job_types`` as well. No pay, no language.
    """

    name = "arbeitnow"
    documentation = "https://www.arbeitnow.com/api/job-board-api"
    list_url = "https://www.arbeitnow.com/api/job-board-api?page=1"
    url_pattern = re.compile(r"https?://(?:www\.)?arbeitnow\.com/api/job-board-api/?(?:[?#]|$)")
    volatile_fields = frozenset({"created_at"})

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``data``."""
        return self.listed(response, "data")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """The page after this one; the list ends with an empty one."""
        following = turned_to(response, "page", position(response, "page", 1) + 1)
        return following if self.listed(response, "data") else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Arbeitnow's words in ours."""
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
