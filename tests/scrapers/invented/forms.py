"""A feed of many employers whose pages are requested by POST."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import JsonRequest, Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import required, text
from scrapers.decoding import read_json


class FormsSpider(BoardSpider):
    """The body of the request names the page, and the answer says whether another one follows."""

    name = "forms"
    documentation = "https://forms.example/docs"
    list_url = "https://forms.example/search"
    url_pattern = re.compile(r"https://forms\.example/search$")
    credentials = ("JOBMARKET_FORMS_KEY",)

    def requests_for(self, company: Company) -> Iterable[Request]:
        return [self._page(0)]

    def postings(self, response: Response) -> Iterable[Any]:
        return self.listed(response, "jobs")

    def next_page(self, response: Response, company: Company) -> Request | None:
        page = read_json(response.request.body)["page"] if response.request else 0
        return self._page(page + 1) if read_json(response.body).get("more") else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            title=required(payload, "title"),
            company_name=text(payload, "employer"),
            payload=payload,
        )

    def _page(self, number: int) -> Request:
        return JsonRequest(self.list_url, data={"page": number})
