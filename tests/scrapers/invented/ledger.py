"""A board with several pages and postings' own pages."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import required, text
from scrapers.decoding import read_json
from scrapers.paging import stated_count


class LedgerSpider(BoardSpider):
    """Answers ``{"jobs": […], "next": 2, "total": 30}``; a posting's own page is ``{"text": …, "recruiter": …}``."""

    name = "ledger"
    documentation = "https://ledger.example/docs"
    list_url = "https://ledger.example/{slug}/jobs"
    url_pattern = re.compile(r"https://ledger\.example/(?P<slug>[^/?#]+)/jobs(?:[?#]|$)")
    detail_pattern = re.compile(r"https://ledger\.example/(?P<slug>[^/?#]+)/jobs/\w+$")
    personal_fields = ("owner", "detail.recruiter", "contacts.mail")

    def postings(self, response: Response) -> Iterable[Any]:
        return self.listed(response, "jobs")

    def next_page(self, response: Response, company: Company) -> Request | None:
        following = read_json(response.body).get("next")
        return Request(f"https://ledger.example/{company.slug}/jobs?page={following}") if following else None

    def after_lost(self, request: Request) -> Request | None:
        if "/tangled/" in request.url:
            raise ValueError("a fault of the spider")
        return None

    def stated_size(self, response: Response) -> int | None:
        return stated_count(response, "total")

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        return Request(text(payload, "page") or f"https://ledger.example/{company.slug}/jobs/{payload['id']}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            title=required(payload, "title"),
            description_text=text(payload, "detail", "text"),
            payload=payload,
        )
