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
from scrapers.boards.fields import iso_moment, number, required, text, texts, with_amount, without_query
from scrapers.paging import counted, noted

_PAGE = 50
# The currency is nowhere: it is that of the country asked.
_CURRENCIES = {
    "us": "USD", "gb": "GBP", "de": "EUR", "fr": "EUR", "nl": "EUR", "at": "EUR", "it": "EUR", "es": "EUR", "be": "EUR",
    "ca": "CAD", "au": "AUD", "nz": "NZD", "sg": "SGD", "in": "INR", "pl": "PLN", "br": "BRL", "mx": "MXN", "za": "ZAR",
    "ch": "CHF",
}  # fmt: skip


class AdzunaSpider(BoardSpider):
    """Adzuna: ads of many job boards in a country, ``{"count": n, "results": […]}``; the slug is the country.

    Terms: a free key (app_id, app_key) for 25 requests a minute, 250 a day, 1,000 a week, 2,500 a month; Adzuna is
    named and linked; organisations may try it for 14 days and must ask for more. Robots: obeyed, asked of each host.
    Pagination: the page is in the path, 50 results; the newest pages of each term are asked, what lies behind them is
    not closed.
    Quirks (2026-11-22): the text is cut at 500 characters. ``salary_is_predicted`` "1" is Adzuna's own estimate, no
    employer's pay: it stays in the payload. Pay is for a year. ``redirect_url`` names caller and session behind ``?``.
    ``location.area`` goes from the country down. Keys that have no value are absent.
    """

    name = "adzuna"
    documentation = "https://developer.adzuna.com/docs/search"
    list_url = "https://api.adzuna.com/v1/api/jobs/{slug}/search/{page}?{query}"
    url_pattern = re.compile(r"https?://api\.adzuna\.com/v1/api/jobs/(?P<slug>[a-z]{2})/search/\d+/?(?:[?#]|$)")
    volatile_fields = frozenset({"adref", "redirect_url"})
    credentials = ("JOBMARKET_ADZUNA_APP_ID", "JOBMARKET_ADZUNA_APP_KEY")
    queries: ClassVar = search_terms.ENGLISH
    pages_of_a_term: ClassVar = 2

    def requests_for(self, company: Company) -> Iterable[Request]:
        """A search for each term, in one country."""
        return [self.search(company, term, 1) for term in self.queries]

    def search(self, company: Company, term: str, page: int) -> Request:
        """A page of a term's results, newest first."""
        app_id, app_key = (self.keys.get(name, "") for name in self.credentials)
        asked = {"what_phrase": term, "results_per_page": _PAGE, "sort_by": "date", "content-type": "application/json"}
        query = urlencode({"app_id": app_id, "app_key": app_key, **asked})
        url = self.list_url.format(slug=company.slug, page=page, query=query)
        return Request(url, meta={"term": term, "page": page})

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``results``; their links without what names the caller, which is the key's id."""
        return [without_query(row, "redirect_url") for row in self.listed(response, "results")]

    def next_page(self, response: Response, company: Company) -> Request | None:
        """The page after this one, up to the budget of a term."""
        term, page = noted(response, "term"), noted(response, "page", 1)
        more = page * _PAGE < counted(response, "count") and page < self.pages_of_a_term
        return self.search(company, term, page + 1) if term and more else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Adzuna's words in ours."""
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
            employment_type_text=text(payload, "contract_time") or text(payload, "contract_type"),
            base_salary=() if text(payload, "salary_is_predicted") == "1" else with_amount([pay]),
            description_text=text(payload, "description"),
            date_posted=iso_moment(payload, "created"),
            payload=payload,
        )
