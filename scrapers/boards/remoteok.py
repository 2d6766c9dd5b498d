"""Remote OK, public API."""

import html
import re
from collections.abc import Iterable
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Pay, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import iso_moment, number, required, text, with_amount


class RemoteokSpider(BoardSpider):
    r"""Remote OK: about a hundred newest jobs of many employers, a JSON array whose first element states its terms.

    Terms: a followable link back to the job's page at Remote OK, and its name as the source; its logo must not be used.
    Robots: requested from each host and obeyed.
    Pagination: none, newest first. A posting that drops off the list is not closed.
    Quirks (2026-11-22): texts are garbled (UTF-8 read as Latin-1: ``donâ\x80\x99t``). The payload keeps them so; the
    posting has them repaired, as for every board. Titles and names contain HTML entities. ``salary_min`` and
    ``salary_max`` of 0 mean "not stated"; other values are US dollars per year, as the site shows them, though no field
    says so. Not every job is remote, despite the name. ``location`` is ``""`` for four in ten jobs. The tags are the
    board's own guesses.
    """

    name = "remoteok"
    documentation = "https://remoteok.com/api"
    list_url = "https://remoteok.com/api"
    url_pattern = re.compile(r"https?://remoteok\.(?:com|io)/api/?(?:[?#]|$)", re.IGNORECASE)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the elements of the array, without the one that states the terms."""
        found = self.listed(response)
        return [each for each in found if not (isinstance(each, dict) and "legal" in each and "id" not in each)]

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Remote OK's fields."""
        pay = Pay(min_value=stated(payload, "salary_min"), max_value=stated(payload, "salary_max"))
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            apply_url=text(payload, "apply_url"),
            title=html.unescape(required(payload, "position")),
            company_name=html.unescape(text(payload, "company") or ""),
            location_text=html.unescape(text(payload, "location") or "").strip(" ,"),
            base_salary=with_amount([pay.model_copy(update={"currency": "USD", "unit_text": "year"})]),
            description_html=text(payload, "description"),
            date_posted=iso_moment(payload, "date"),
            payload=payload,
        )


def stated(payload: dict[str, Any], key: str) -> float | None:
    """Return an amount; 0 means none."""
    return number(payload, key) or None
