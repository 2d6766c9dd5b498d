"""The Muse, public jobs API."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import iso_moment, joined, mappings, required, text
from scrapers.paging import position, stated, turned_to

_REMOTE = "Flexible / Remote"
_LAST_PAGE = 99


class ThemuseSpider(BoardSpider):
    """The Muse: jobs of many employers by category, ``{"page": 0, "page_count": n, "results": […], …}``.

    Terms: The Muse must be named and linked; 500 requests an hour without a key, 3,600 with one, and 403 beyond that.
    Robots: requested from each host and obeyed.
    Pagination: ``page`` from 0, with 20 jobs each, newest first. Pages after 99 answer 400, so a posting further back
    is not closed. An unknown category is an empty list.
    Quirks (2026-11-22): remote work is a place called "Flexible / Remote". No pay, no employment type. ``contents`` is
    HTML, ``name`` the title.
    """

    name = "themuse"
    documentation = "https://www.themuse.com/developers/api/v2"
    list_url = "https://www.themuse.com/api/public/jobs?category={category}&descending=true&page=0"
    url_pattern = re.compile(r"https?://(?:www\.)?themuse\.com/api/public/(?:v2/)?jobs/?(?:[?#]|$)")
    categories: ClassVar = ("Data and Analytics", "Data Science", "Software Engineering", "Science and Engineering")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the first page of each category."""
        return [Request(self.list_url.format(category=quote(each))) for each in self.categories]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``results``."""
        return self.listed(response, "results")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        page = position(response, "page", 0) + 1
        more = page < min(stated(response, "page_count"), _LAST_PAGE + 1)
        return turned_to(response, "page", page) if more else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map The Muse's fields."""
        places = [text(each, "name") for each in mappings(payload, "locations")]
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "refs", "landing_page"),
            title=required(payload, "name"),
            company_name=text(payload, "company", "name"),
            location_text=joined(places),
            job_locations=tuple(Place(text=place) for place in places if place and place != _REMOTE),
            is_remote=True if _REMOTE in places else None,
            description_html=text(payload, "contents"),
            date_posted=iso_moment(payload, "publication_date"),
            payload=payload,
        )
