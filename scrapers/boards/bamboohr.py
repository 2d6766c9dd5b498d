"""BambooHR, careers pages."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, mapping, merged, moment_or_day, one_mapping, required, text
from scrapers.boards.places import known, place
from scrapers.decoding import read_json


class BamboohrSpider(BoardSpider):
    """BambooHR: a list without texts and dates, ``{"meta", "result": […]}``; each opening's own page has them.

    Terms: the undocumented interface of the public careers pages, without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed. All hosts are one service, so delays apply to all of them together.
    Pagination: none. Unknown company: a redirect to the vendor's site, which is HTML.
    Quirks (2026-11-22): ``locationType`` is "0" for on site, "1" for remote, "2" for hybrid. Either ``location`` or
    ``atsLocation`` contains the place, and the other one nulls. ``isRemote`` may be a text. ``employmentStatusLabel``
    is the employer's own wording.
    """

    name = "bamboohr"
    documentation = "https://www.bamboohr.com/platform/hiring/"
    list_url = "https://{slug}.bamboohr.com/careers/list"
    url_pattern = re.compile(r"https?://(?P<slug>[^./?#]+)\.bamboohr\.com/careers/list/?(?:[?#]|$)")
    unknown_board = re.compile(r"https?://(?:www\.)?bamboohr\.com(?:[/?#]|$)")
    total_at = ("meta", "totalCount")
    detail_pattern = re.compile(r"https?://[^./?#]+\.bamboohr\.com/careers/[^/?#]+/detail")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``result``; an opening's own page counts as a list of one."""
        answer = read_json(response.body)
        opening = one_mapping(answer, "result", "jobOpening") if isinstance(answer, dict) else []
        return opening or self.listed(response, "result")

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the opening's own page, for text, date and pay."""
        return Request(f"https://{company.slug}.bamboohr.com/careers/{required(payload, 'id')}/detail")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map BambooHR's fields; those of the own page take precedence over the list's."""
        stated = merged(payload, "detail", "result", "jobOpening")
        address = text(stated, "jobOpeningShareUrl") or ""
        native_id = text(payload, "id") or required({"id": address.rstrip("/").rpartition("/")[2]}, "id")
        # some values are numbers that refer to a list of names
        location, ats_location = (
            {key: value for key, value in mapping(stated, name).items() if not str(value).isdecimal()}
            for name in ("location", "atsLocation")
        )
        found = (
            place(location, city="city", region="state", country="addressCountry"),
            place(ats_location, city="city", region="state|province", country="country"),
        )
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=native_id,
            url=address or f"https://{company.slug}.bamboohr.com/careers/{native_id}",
            title=required(stated, "jobOpeningName"),
            company_name=company.name,
            department=text(stated, "departmentLabel"),
            job_locations=known(found)[:1],
            workplace_text=text(stated, "locationType"),
            is_remote=flag(stated, "isRemote"),
            employment_type_text=text(stated, "employmentStatusLabel"),
            pay_text=text(stated, "compensation"),
            description_html=text(stated, "description"),
            date_posted=moment_or_day(stated, "datePosted"),
            payload=payload,
        )
