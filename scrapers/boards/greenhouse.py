"""Greenhouse, job board API."""

import html
import re
from collections.abc import Iterable
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.employers_fields import without_persons
from scrapers.boards.fields import iso_moment, joined, mappings, number, required, text, with_amount
from scrapers.decoding import read_json


class GreenhouseSpider(BoardSpider):
    """Greenhouse: the complete board in one answer, ``{"jobs": […], "meta": {"total": n}}``.

    Terms: a public interface without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed.
    Pagination: none. Text, department and offices are only included with ``content=true``. Unknown board: 404. Boards
    of the European region (``job-boards.eu.greenhouse.io``) are on the same host and share its list of names.
    Quirks (2026-11-22): ``content`` is HTML that is escaped once more. ``updated_at`` changes with every edit,
    ``first_published`` does not. There is no remote flag and no employment type. Some employers keep them in
    ``metadata``, under their own names: staging reads them from the payload (``stg_landed_contents``), in all history.
    Such a field may also name a person ("Hiring Manager"), and is then removed. ``pay_input_ranges``, in cents, is only
    in a posting's own answer, and only with ``pay_transparency=true``: recordings may have it, but crawls do not
    request it and read pay from the text. An office's name may be no place ("Remote", "EMEA"), so only its location is
    read.
    """

    name = "greenhouse"
    documentation = "https://developers.greenhouse.io/job-board.html"
    list_url = "https://boards-api.greenhouse.io/v1/boards/{slug}/jobs?content=true"
    url_pattern = re.compile(
        r"https?://(?:boards-)?api(?:\.eu)?\.greenhouse\.io/v1/boards/(?P<slug>[^/?#]+)/jobs/?(?:[?#]|$)"
    )
    total_at = ("meta", "total")
    volatile_fields = frozenset({"updated_at"})

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``; a posting's own page counts as a list of one."""
        answer = read_json(response.body)
        is_own_page = isinstance(answer, dict) and "absolute_url" in answer
        listed = [answer] if is_own_page else self.listed(response, "jobs")
        return [without_persons(job, "metadata", "name") for job in listed]

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Greenhouse's fields."""
        offices = (text(office, "location") for office in mappings(payload, "offices"))
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "absolute_url"),
            title=required(payload, "title"),
            company_name=text(payload, "company_name") or company.name,
            department=joined(text(department, "name") for department in mappings(payload, "departments")),
            location_text=text(payload, "location", "name"),
            job_locations=tuple(Place(text=office) for office in offices if office),
            base_salary=with_amount(map(pay_from_cents, mappings(payload, "pay_input_ranges"))),
            description_html=html.unescape(text(payload, "content") or "") or None,
            language=text(payload, "language"),
            requisition_id=text(payload, "requisition_id"),
            date_posted=iso_moment(payload, "first_published"),
            valid_through=iso_moment(payload, "application_deadline"),
            payload=payload,
        )


def pay_from_cents(stated: dict[str, Any]) -> Pay:
    """Read a pay range in cents; its period is in the title or not stated."""
    low, high = number(stated, "min_cents"), number(stated, "max_cents")
    return Pay(
        min_value=None if low is None else low / 100,
        max_value=None if high is None else high / 100,
        currency=text(stated, "currency_type"),
        name=text(stated, "title"),
    )
