"""Adzuna, search API (with a key)."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    iso_moment,
    number,
    required,
    tenure_or_hours,
    text,
    texts,
    with_amount,
    without_query,
)
from scrapers.paging import noted, stated

_PAGE = 50
# No field states the currency: it is that of the country requested.
_CURRENCIES = {
    "us": "USD", "gb": "GBP", "de": "EUR", "fr": "EUR", "nl": "EUR", "at": "EUR", "it": "EUR", "es": "EUR", "be": "EUR",
    "ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "in": "INR", "pl": "PLN", "br": "BRL", "mx": "MXN", "za": "ZAR",
    "ch": "CHF",
}  # fmt: skip


class AdzunaSpider(BoardSpider):
    """Adzuna: ads from many job boards in one country, ``{"count": n, "results": […]}``. The slug is the country.

    Terms: a free key (app_id, app_key) allows 25 requests a minute, 250 a day, 1,000 a week and 2,500 a month. Adzuna
    must be named and linked. Organisations may try it for 14 days and need consent for more.
    Robots: requested from each host and obeyed.
    Pagination: the page is in the path, with 50 results each. Only the newest pages of each term are requested; a
    posting further back is not closed.
    Quirks (2026-11-22): the text is cut at 500 characters. If ``salary_is_predicted`` is "1", the pay is Adzuna's own
    estimate and not the employer's, so it stays in the payload. Pay is per year. The query of ``redirect_url``
    identifies caller and session. ``location.area`` starts with the country. Keys without a value are absent.
    """

    name = "adzuna"
    documentation = "https://developer.adzuna.com/docs/search"
    list_url = "https://api.adzuna.com/v1/api/jobs/{slug}/search/{page}?{query}"
    url_pattern = re.compile(r"https?://api\.adzuna\.com/v1/api/jobs/(?P<slug>[a-z]{2})/search/\d+/?(?:[?#]|$)")
    volatile_fields = frozenset({"adref"})
    credentials = ("JOBMARKET_ADZUNA_APP_ID", "JOBMARKET_ADZUNA_APP_KEY")
    queries: ClassVar = search_terms.ENGLISH
    pages_of_a_term: ClassVar = 2

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term in the company's country."""
        return [self.search(company, term, 1) for term in self.queries]

    def search(self, company: Company, term: str, page: int) -> Request:
        """Request a page of a term's results, newest first."""
        app_id, app_key = (self.keys.get(name, "") for name in self.credentials)
        search = {"what_phrase": term, "results_per_page": _PAGE, "sort_by": "date", "content-type": "application/json"}
        query = urlencode({"app_id": app_id, "app_key": app_key, **search})
        url = self.list_url.format(slug=company.slug, page=page, query=query)
        return Request(url, meta={"term": term, "page": page})

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``results``, with links that no longer identify the caller (by the key's id)."""
        return [without_query(row, "redirect_url") for row in self.listed(response, "results")]

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page, up to ``pages_of_a_term``."""
        term, page = noted(response, "term"), noted(response, "page", 1)
        more = page * _PAGE < stated(response, "count") and page < self.pages_of_a_term
        return self.search(company, term, page + 1) if term and more else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Adzuna's fields."""
        pay = Pay(
            min_value=number(payload, "salary_min"),
            max_value=number(payload, "salary_max"),
            currency=_CURRENCIES.get(company.slug),
            unit_text="year",
        )
        area = texts(payload, "location", "area")
        place = Place(
            text=text(payload, "location", "display_name"),
            address_locality=area[-1] if len(area) > 2 else None,
            address_region=area[1] if len(area) > 1 else None,
            address_country=area[0] if area else None,
        )
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "redirect_url"),
            title=required(payload, "title"),
            company_name=text(payload, "company", "display_name"),
            location_text=place.text,
            job_locations=() if place == Place() else (place,),
            employment_type_text=tenure_or_hours(payload, "contract_type", "permanent", "contract_time"),
            base_salary=() if text(payload, "salary_is_predicted") == "1" else with_amount([pay]),
            description_text=text(payload, "description"),
            date_posted=iso_moment(payload, "created"),
            payload=payload,
        )
