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
    """BambooHR: a list without texts and dates, ``{"meta", "result": […]}``; each opening's page has them.

    Terms: the interface of the public careers pages, without a key, not documented; the texts belong to the employers.
    Robots: obeyed, asked of each host; all hosts are one service, to be asked as one.
    Pagination: none. Unknown company: redirected to the vendor's site, which is HTML.
    Quirks (2026-11-22): ``locationType`` is "0" on site, "1" remote, "2" hybrid. ``location`` or ``atsLocation`` holds
    the place, the other one nulls. ``isRemote`` may be a text. ``employmentStatusLabel`` is the employer's own wording.
    """

    name = "bamboohr"
    documentation = "https://www.bamboohr.com/platform/hiring/"
    list_url = "https://{slug}.bamboohr.com/careers/list"
    url_pattern = re.compile(r"https?://(?P<slug>[^./?#]+)\.bamboohr\.com/careers/list/?(?:[?#]|$)")
    total_at = ("meta", "totalCount")
    detail_pattern = re.compile(r"https?://[^./?#]+\.bamboohr\.com/careers/[^/?#]+/detail")

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``result``; an opening's own page is a list of one."""
        answer = read_json(response.body)
        opening = one_mapping(answer, "result", "jobOpening") if isinstance(answer, dict) else []
        return opening or self.listed(response, "result")

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """The opening's own page, for text, date and pay."""
        return Request(f"https://{company.slug}.bamboohr.com/careers/{required(payload, 'id')}/detail")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """BambooHR's words in ours, the page's before the list's."""
        stated = merged(payload, "detail", "result", "jobOpening")
        address = text(stated, "jobOpeningShareUrl") or ""
        native_id = text(payload, "id") or required({"id": address.rstrip("/").rpartition("/")[2]}, "id")
        # some hold a number of a list of names
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
