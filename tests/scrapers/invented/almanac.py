"""A feed with an archive of one page per month."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import iso_moment, required


class AlmanacSpider(BoardSpider):
    """``https://almanac.example/2019-02`` is what was advertised in February 2019."""

    name = "almanac"
    documentation = "https://almanac.example/docs"
    list_url = "https://almanac.example/now"
    url_pattern = re.compile(r"https://almanac\.example/[\w-]+$")
    personal_fields = ("author",)

    @classmethod
    def history(cls, since: datetime, until: datetime) -> Iterable[tuple[datetime, Request]]:
        month = since.replace(day=1)
        while (end := (month + timedelta(days=32)).replace(day=1)) <= until:
            yield end, Request(f"https://almanac.example/{month:%Y-%m}")
            month = end

    def postings(self, response: Response) -> Iterable[Any]:
        return self.listed(response)

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            title=required(payload, "title"),
            date_posted=iso_moment(payload, "posted"),
            payload=payload,
        )
