"""Just Join IT, offers of its site."""

import re
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.gap_words import NO_CURSOR
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import iso_moment, joined, mapping, mappings, pay_range, required, text, with_amount
from scrapers.decoding import read_json
from scrapers.paging import NotStated, turned_to


class JustjoinSpider(BoardSpider):
    """Just Join IT: IT jobs in Poland and nearby, ``{"data": […], "meta": {"next": {"cursor": n}, …}}``.

    Terms: undocumented; these are the requests of the site's own pages, without a key.
    Robots: requested from each host and obeyed.
    Pagination: ``from`` is the cursor under ``meta.next``; the last page has none. The text is on the offer's own page
    (``/v1/offers/<slug>``, ``body`` in HTML).
    Quirks (2026-11-22): each pay range is repeated in converted currencies; only the one with
    ``currencySource: original`` is the employer's. ``fromPerUnit`` and ``toPerUnit`` are per ``unit`` ("month",
    "Hour"); ``from`` and ``to`` are always per month. If both ends are null, the pay is hidden. Times have seven
    decimals. ``publishedAt`` stays, ``lastPublishedAt`` changes. One offer in several cities is one object with
    ``locations`` and one slug per city. The own page has clauses on data protection, which name whom to reach; they
    are removed.
    """

    name = "justjoin"
    documentation = "https://justjoin.it/"
    list_url = (
        "https://api.justjoin.it/v2/user-panel/offers/by-cursor?from=0&itemsCount=100&orderBy=DESC&sortBy=published"
    )
    url_pattern = re.compile(r"https?://api\.justjoin\.it/v2/user-panel/offers(?:/by-cursor)?/?(?:[?#]|$)")
    total_at = ("meta", "totalItems")
    detail_pattern = re.compile(r"https?://api\.justjoin\.it/v1/offers/[^/?#]+")
    personal_fields = ("detail.informationClause", "detail.futureConsent", "detail.customConsent")
    volatile_fields = frozenset({"lastPublishedAt", "isPromoted", "isSuperOffer", "companyLogoThumbUrl"})

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``data``."""
        return self.listed(response, "data")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the page at the next cursor."""
        answer = read_json(response.body)
        if not mapping(answer, "meta", "next"):
            raise NotStated(NO_CURSOR.format("meta.next"))
        cursor = text(answer, "meta", "next", "cursor")
        return turned_to(response, "from", cursor) if cursor else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the offer's own page."""
        return Request(f"https://api.justjoin.it/v1/offers/{required(payload, 'slug')}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Just Join IT's fields."""
        ranges = [each for each in mappings(payload, "employmentTypes") if text(each, "currencySource") == "original"]
        cities = [text(each, "city") for each in mappings(payload, "locations")] or [text(payload, "city")]
        slug = text(payload, "slug")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "guid"),
            url=slug and f"https://justjoin.it/job-offer/{slug}",
            apply_url=text(payload, "applyUrl") or text(payload, "detail", "applyUrl"),
            title=required(payload, "title"),
            company_name=text(payload, "companyName"),
            location_text=joined(cities),
            job_locations=tuple(Place(address_locality=city) for city in dict.fromkeys(filter(None, cities))),
            workplace_text=text(payload, "workplaceType"),
            employment_type_text=text(payload, "workingTime"),
            base_salary=with_amount(map(pay_of, ranges)),
            description_html=text(payload, "detail", "body"),
            date_posted=iso_moment(payload, "publishedAt"),
            valid_through=iso_moment(payload, "expiredAt"),
            payload=payload,
        )


def pay_of(stated: dict[str, Any]) -> Pay:
    """Return a pay range per its own unit; if that has no amounts, per month."""
    kind = text(stated, "type")
    pay = pay_range(stated, "fromPerUnit", "toPerUnit", "currency", "unit", kind)
    if pay.min_value is not None or pay.max_value is not None:
        return pay
    return pay_range(stated, "from", "to", "currency", name=kind).model_copy(update={"unit_text": "month"})
