"""Jooble, API for partners (with a key)."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote

from scrapy import Request
from scrapy.http import JsonRequest, Response

from jobmarket.posting import Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import required, text


class JoobleSpider(BoardSpider):
    """Jooble: ads from many job boards, ``{"totalCount": n, "jobs": […]}``, by POST with the key in the path.

    Terms: a key on request, for 500 requests at first; links lead to Jooble, which must be named.
    Robots: requested and obeyed.
    Pagination: ``page`` from 1 in the body. Only the newest page of each term is requested; a posting further back is
    not closed.
    Quirks (2026-11-26, from clients' code, without a recording): the text is a snippet with some HTML. ``salary`` is a
    text or ``""``. ``updated`` has seven decimals and no zone, and changes, so it is no date of publication.
    ``company`` may be ``""``.
    """

    name = "jooble"
    documentation = "https://jooble.org/api/about"
    list_url = "https://jooble.org/api/{key}"
    url_pattern = re.compile(r"https?://(?:[a-z]{2}\.)?jooble\.org/api/[^/?#]+/?(?:[?#]|$)")
    volatile_fields = frozenset({"updated"})
    credentials = ("JOBMARKET_JOOBLE_KEY",)
    queries: ClassVar = search_terms.ENGLISH
    location: ClassVar = "USA"

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        url = self.list_url.format(key=quote(self.keys.get(self.credentials[0], "key"), safe=""))
        search = {"location": self.location, "page": "1", "ResultOnPage": "100"}
        return [JsonRequest(url, data={"keywords": term, **search}) for term in self.queries]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``."""
        return self.listed(response, "jobs")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Jooble's fields."""
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "link"),
            title=required(payload, "title"),
            company_name=text(payload, "company"),
            location_text=text(payload, "location"),
            employment_type_text=text(payload, "type"),
            pay_text=text(payload, "salary"),
            description_html=text(payload, "snippet"),
            payload=payload,
        )
