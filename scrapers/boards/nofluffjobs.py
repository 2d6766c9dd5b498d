"""No Fluff Jobs, search of its site."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import JsonRequest, Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    epoch_milliseconds,
    flag,
    html_of,
    joined,
    listed_items,
    mappings,
    one_mapping,
    pay_range,
    required,
    section,
    text,
    with_amount,
)
from scrapers.boards.places import places
from scrapers.paging import counted, position, turned_to


class NofluffjobsSpider(BoardSpider):
    """No Fluff Jobs: IT jobs in Poland, ``{"postings": […], "totalPages": n, …}`` to a POST.

    Terms: undocumented, what the site's own pages ask; no key. Robots: obeyed, asked of each host.
    Pagination: ``page`` from 1, ``totalPages`` in the answer. The text is on the job's own page.
    Quirks (2026-11-22): one job has a row for each city, on one page or on several: they share a ``reference``, which
    is the id here, and each names all places, with an address each. Which row is met first says nothing: ``id``,
    ``url`` and the order of the places are not the job's. ``name`` is the employer. Pay comes in the period that is
    asked for, a month; ``salary.type`` is the contract (b2b, permanent), which decides about taxes. ``posted`` and
    ``renewed`` count milliseconds.
    """

    name = "nofluffjobs"
    documentation = "https://nofluffjobs.com/"
    list_url = "https://nofluffjobs.com/api/search/posting?salaryCurrency=PLN&salaryPeriod=month&region=pl&page=1"
    url_pattern = re.compile(r"https?://nofluffjobs\.com/api/search/posting/?(?:[?#]|$)")
    detail_pattern = re.compile(r"https?://nofluffjobs\.com/api/posting/[^/?#]+")
    volatile_fields = frozenset(
        {"renewed", "logo", "topInSearch", "highlighted", "searchBoost", "id", "url", "location.places", "detail.id"}
    )
    criteria: ClassVar = {"category": ["artificial-intelligence", "data"]}

    def requests_for(self, company: Company) -> Iterable[Request]:
        """The first page of the categories that hold ML, AI and data."""
        return [JsonRequest(self.list_url, data={"criteriaSearch": self.criteria, "page": 1})]

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``postings``, one for each reference: of the smallest id, in whatever order they come."""
        chosen: dict[str | int, Any] = {}
        for number, row in enumerate(self.listed(response, "postings")):
            reference = (text(row, "reference") if isinstance(row, dict) else None) or number
            other = chosen.get(reference)
            chosen[reference] = min(other, row, key=lambda each: text(each, "id") or "") if other else row
        return chosen.values()

    def next_page(self, response: Response, company: Company) -> Request | None:
        """The page after this one."""
        page = position(response, "page", 1) + 1
        request = turned_to(response, "page", page)
        following = JsonRequest(request.url, data={"criteriaSearch": self.criteria, "page": page})
        return following if page <= counted(response, "totalPages") else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """The job's own page."""
        return Request(f"https://nofluffjobs.com/api/posting/{required(payload, 'id')}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """No Fluff Jobs' words in ours."""
        contract = text(payload, "salary", "type")
        pay = (pay_range(each, "from", "to", "currency", name=contract) for each in one_mapping(payload, "salary"))
        stated = sorted(mappings(payload, "location", "places"), key=lambda each: text(each, "url") or "")
        found = places(stated, city="city", region="province", country="country.code")
        is_remote, asked = flag(payload, "location", "fullyRemote"), ("detail", "requirements")
        musts, nices = (
            listed_items(escape(text(each, "value") or "") for each in mappings(payload, *asked, key))
            for key in ("musts", "nices")
        )
        address = next(filter(None, (text(each, "url") for each in (*stated, payload))), None)
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=text(payload, "reference") or required(payload, "id"),
            url=address and f"https://nofluffjobs.com/job/{address}",
            title=required(payload, "title"),
            company_name=text(payload, "name"),
            location_text=joined(each.address_locality or each.address_region for each in found),
            job_locations=found,
            workplace_text="fullyRemote" if is_remote else None,
            is_remote=is_remote,
            base_salary=with_amount(each.model_copy(update={"unit_text": "month"}) for each in pay),
            description_html=html_of(
                (
                    section(None, text(payload, "detail", "details", "description")),
                    section("Requirements", musts),
                    section("Nice to have", nices),
                    section(None, text(payload, *asked, "description")),
                )
            ),
            date_posted=epoch_milliseconds(payload, "posted"),
            payload=payload,
        )
