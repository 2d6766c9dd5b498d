"""Recruitee (Tellent), careers site API."""

from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    flag,
    html_of,
    iso_moment,
    joined,
    mapping,
    mappings,
    moment_or_day,
    pay_ranges,
    required,
    text,
)
from scrapers.boards.hosts import host_of, host_pattern
from scrapers.boards.places import places


class RecruiteeSpider(BoardSpider):
    """Recruitee: the complete board in one answer, ``{"offers": […]}``, on the employer's host.

    Terms: a public interface without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed.
    Pagination: none. Unknown company: 404. The slug is the host's label, or the full host if the employer uses its own
    domain.
    Quirks (2026-11-22): three flags state the workplace, and several may be true. Pay comes as text; hidden pay is all
    null. Times end in "UTC". The text has two parts, ``description`` and ``requirements``. ``mailbox_email`` receives
    applications and is removed. ``position`` is the order of the offers.
    """

    name = "recruitee"
    documentation = "https://docs.recruitee.com/reference/offers"
    list_url = "https://{slug}.recruitee.com/api/offers/"
    url_pattern = host_pattern("recruitee.com", r"/api/offers/?(?:[?#]|$)")
    volatile_fields = frozenset({"updated_at", "position"})
    personal_fields = ("mailbox_email",)

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the list from the employer's host."""
        return [Request(f"https://{host_of(company.slug, 'recruitee.com')}/api/offers/")]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``offers``."""
        return self.listed(response, "offers")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Recruitee's fields."""
        of_all = {"named": "name", "city": "city", "region": "state", "country": "country|country_code"}
        main_one = {"city": "city", "region": "state_name", "country": "country|country_code"}
        stated = mappings(payload, "locations")
        ways = [way for way in ("remote", "hybrid", "on_site") if flag(payload, way)]
        pay = pay_ranges([mapping(payload, "salary")], "min", "max", "currency", "period")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "careers_url"),
            apply_url=text(payload, "careers_apply_url"),
            title=required(payload, "title"),
            company_name=text(payload, "company_name") or company.name,
            department=text(payload, "department"),
            location_text=text(payload, "location"),
            job_locations=places(stated, **of_all) if stated else places([payload], **main_one),
            workplace_text=joined(ways),
            is_remote=flag(payload, "remote"),
            employment_type_text=text(payload, "employment_type_code"),
            base_salary=pay,
            description_html=html_of([text(payload, "description"), text(payload, "requirements")]),
            date_posted=iso_moment(payload, "published_at"),
            valid_through=moment_or_day(payload, "close_at"),
            payload=payload,
        )
