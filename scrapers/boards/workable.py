"""Workable, widget API."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import flag, joined, mappings, moment_or_day, one_mapping, required, text, texts
from scrapers.boards.places import places
from scrapers.boards.repeated_rows import united
from scrapers.decoding import read_json


class WorkableSpider(BoardSpider):
    """Workable: the complete board in one answer, ``{"name", "description", "jobs": […]}``.

    Terms: a public interface without a key; the texts belong to the employers.
    Robots: requested and obeyed. All employers share one host. Its other interfaces (v2, v3) have a daily quota per
    address: their answers can be read, but crawls do not request them.
    Pagination: none. Text is only included with ``details=true``. Unknown account: 404.
    Quirks (2026-11-22): an opening in several places is repeated for each, with the same ``shortcode``. The rows become
    one object with all ``locations`` in one order; a ``telecommuting`` that differs between them becomes null. False
    only means "not fully remote". The account's name is in the envelope and kept as ``account``. ``created_at`` is the
    day of the draft. In v3, ``state`` is a status and not a region. No pay.
    """

    name = "workable"
    documentation = "https://help.workable.com/hc/en-us/articles/115012771647"
    list_url = "https://apply.workable.com/api/v1/widget/accounts/{slug}?details=true"
    url_pattern = re.compile(r"https?://apply\.workable\.com/api/v1/widget/accounts/(?P<slug>[^/?#]+)/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``, or ``results`` in v3; one per opening."""
        answer = read_json(response.body)
        if not isinstance(answer, dict):
            raise UnexpectedShape("not a JSON object: not the answer of a workable board")
        rows = self.listed(response, "results" if "results" in answer else "jobs")
        account = text(answer, "name")
        named = ({**row, "account": account} if isinstance(row, dict) and account else row for row in rows)
        return united(named, "shortcode", "locations", stated_places, may_differ=("telecommuting",))

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Workable's fields."""
        shortcode = required(payload, "shortcode")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=shortcode,
            url=text(payload, "url") or f"https://apply.workable.com/j/{quote(shortcode)}",
            apply_url=text(payload, "application_url"),
            title=required(payload, "title"),
            company_name=text(payload, "account") or company.name,
            department=text(payload, "department") or joined(texts(payload, "department")),
            job_locations=places(stated_places(payload), city="city", region="region", country="country|countryCode"),
            workplace_text=text(payload, "workplace"),
            is_remote=flag(payload, "remote" if "remote" in payload else "telecommuting"),
            employment_type_text=text(payload, "employment_type") or text(payload, "type"),
            description_html=text(payload, "description"),
            language=text(payload, "language"),
            requisition_id=text(payload, "code"),
            date_posted=moment_or_day(payload, "published_on") or moment_or_day(payload, "published"),
            payload=payload,
        )


def stated_places(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the places of a row: from an array, in v3 also one object, in the widget the row's own fields."""
    flat = {"country": row.get("country"), "city": row.get("city"), "region": row.get("state")}
    return mappings(row, "locations") or one_mapping(row, "location") or ([flat] if text(row, "country") else [])
