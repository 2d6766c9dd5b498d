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
    """Jooble: ads of many job boards, ``{"totalCount": n, "jobs": […]}`` to a POST with the key in its path.

    Terms: a key on request, for 500 requests at first; links lead to Jooble, who is named. Robots: obeyed.
    Pagination: ``page`` from 1 in the body; the newest page of each term is asked, what lies behind it is not closed.
    Quirks (2026-11-26, from clients' code: no recording): the text is a snippet, some HTML in it. ``salary`` is words
    or ``""``. ``updated`` has seven decimals and no zone, and moves: it dates nothing. ``company`` may be ``""``.
    """

    name = "jooble"
    documentation = "https://jooble.org/api/about"
    list_url = "https://jooble.org/api/{key}"
    url_pattern = re.compile(r"https?://(?:[a-z]{2}\.)?jooble\.org/api/[^/?#]+/?(?:[?#]|$)")
    volatile_fields = frozenset({"updated", "snippet"})
    credentials = ("JOBMARKET_JOOBLE_KEY",)
    queries: ClassVar = search_terms.ENGLISH
    location: ClassVar = "USA"

    def requests_for(self, company: Company) -> Iterable[Request]:
        """A search for each term."""
        url = self.list_url.format(key=quote(self.keys.get(self.credentials[0], "key"), safe=""))
        asked = {"location": self.location, "page": "1", "ResultOnPage": "100"}
        return [JsonRequest(url, data={"keywords": term, **asked}) for term in self.queries]

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``jobs``."""
        return self.listed(response, "jobs")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Jooble's words in ours."""
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
