"""Pinpoint, JSON of a careers site."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, html_of, mapping, moment_or_day, pay_ranges, required, section, text
from scrapers.boards.places import places

_SECTIONS = ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits")


class PinpointSpider(BoardSpider):
    """Pinpoint: the complete board in one answer, ``{"data": […]}``, with the texts in sections.

    Terms: a public interface without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed.
    Pagination: none. Unknown company: 404.
    Quirks (2026-11-22): the amounts of the pay are sent even if the employer hides them; ``compensation_visible`` is
    respected. There is no date of publication. ``location.name`` may be "Remote" beside a city.
    """

    name = "pinpoint"
    documentation = "https://developers.pinpointhq.com/docs/job-postings"
    list_url = "https://{slug}.pinpointhq.com/postings.json"
    url_pattern = re.compile(r"https?://(?P<slug>[^./?#]+)\.pinpointhq\.com/(?:[a-z-]+/)?postings\.json(?:[?#]|$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``data``."""
        return self.listed(response, "data")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Pinpoint's fields."""
        where = places([mapping(payload, "location")], named="name", city="city", region="province")
        low, high = "compensation_minimum", "compensation_maximum"
        pay = pay_ranges([payload], low, high, "compensation_currency", "compensation_frequency")
        shows_pay = flag(payload, "compensation_visible") is not False
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=required(payload, "title"),
            company_name=company.name,
            department=text(payload, "job", "department", "name"),
            team=text(payload, "job", "division", "name"),
            location_text=text(payload, "location", "name"),
            job_locations=where,
            workplace_text=text(payload, "workplace_type"),
            employment_type_text=text(payload, "employment_type"),
            base_salary=pay if shows_pay else (),
            pay_text=text(payload, "compensation") if shows_pay else None,
            description_html=html_of(
                section(text(payload, f"{name}_header"), text(payload, name)) for name in _SECTIONS
            ),
            requisition_id=text(payload, "job", "requisition_id"),
            valid_through=moment_or_day(payload, "deadline_at"),
            payload=payload,
        )
