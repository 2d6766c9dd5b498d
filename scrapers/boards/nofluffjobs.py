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
    texts,
    with_amount,
)
from scrapers.boards.places import places
from scrapers.paging import position, stated, turned_to


class NofluffjobsSpider(BoardSpider):
    """No Fluff Jobs: IT jobs in Poland, ``{"postings": […], "totalPages": n, …}``, by POST.

    Terms: undocumented; these are the requests of the site's own pages, without a key.
    Robots: requested from each host and obeyed.
    Pagination: ``page`` from 1; the answer states ``totalPages``. The text is on the job's own page.
    Quirks (2026-11-22): a job has one row per city, on the same page or on several. The rows share a ``reference``,
    which is the id here, and each names all places with their addresses. The order of rows is arbitrary, so ``id``,
    ``url`` and the order of places do not belong to the job. ``name`` is the employer. Pay is per month, because the
    request says so. ``salary.type`` is the contract (b2b, permanent), which decides about taxes. ``posted`` and
    ``renewed`` are in milliseconds. The own page has the text in parts, the tasks as a list (``specs.dailyTasks``), and
    counts the days since it was renewed. Its clause on data protection, which names whom to reach, is removed.
    """

    name = "nofluffjobs"
    documentation = "https://nofluffjobs.com/"
    list_url = "https://nofluffjobs.com/api/search/posting?salaryCurrency=PLN&salaryPeriod=month&region=pl&page=1"
    url_pattern = re.compile(r"https?://nofluffjobs\.com/api/search/posting/?(?:[?#]|$)")
    detail_pattern = re.compile(r"https?://nofluffjobs\.com/api/posting/[^/?#]+")
    personal_fields = ("detail.consents",)
    volatile_fields = frozenset(
        {"renewed", "logo", "topInSearch", "highlighted", "searchBoost", "id", "url", "location.places", "detail.id"}
        | {"detail.postedOrRenewedDaysAgo"}
    )
    criteria: ClassVar = {"category": ["artificial-intelligence", "data"]}

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the first page of the categories with ML, AI and data jobs."""
        return [JsonRequest(self.list_url, data={"criteriaSearch": self.criteria, "page": 1})]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``postings``, one per reference: the one with the smallest id, in any order."""
        chosen: dict[str | int, Any] = {}
        for number, row in enumerate(self.listed(response, "postings")):
            reference = (text(row, "reference") if isinstance(row, dict) else None) or number
            other = chosen.get(reference)
            chosen[reference] = min(other, row, key=lambda each: text(each, "id") or "") if other else row
        return chosen.values()

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        page = position(response, "page", 1) + 1
        data, url = {"criteriaSearch": self.criteria, "page": page}, turned_to(response, "page", page).url
        return JsonRequest(url, data=data) if page <= stated(response, "totalPages") else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the job's own page."""
        return Request(f"https://nofluffjobs.com/api/posting/{required(payload, 'id')}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map No Fluff Jobs' fields."""
        salary = one_mapping(payload, "salary")
        pay = (pay_range(each, "from", "to", "currency", name=text(each, "type")) for each in salary)
        stated = sorted(mappings(payload, "location", "places"), key=lambda each: text(each, "url") or "")
        found = places(stated, city="city", region="province", country="country.code")
        is_remote, requirements = flag(payload, "location", "fullyRemote"), ("detail", "requirements")
        musts, nices = (mappings(payload, *requirements, key) for key in ("musts", "nices"))
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
                    section("Daily tasks", listed_items(map(escape, texts(payload, "detail", "specs", "dailyTasks")))),
                    section("Requirements", listed_items(escape(text(each, "value") or "") for each in musts)),
                    section("Nice to have", listed_items(escape(text(each, "value") or "") for each in nices)),
                    section(None, text(payload, *requirements, "description")),
                )
            ),
            date_posted=epoch_milliseconds(payload, "posted"),
            payload=payload,
        )
