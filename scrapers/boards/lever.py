"""Lever, postings API."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import (
    epoch_milliseconds,
    joined,
    mappings,
    one_mapping,
    pay_range,
    required,
    text,
    texts,
    with_amount,
)


class LeverSpider(BoardSpider):
    """Lever: the complete board in one answer, a bare JSON array.

    Terms: the documentation says that published postings may be scraped by third parties. Robots: requested and obeyed.
    Pagination: ``skip`` and ``limit`` exist, but without a limit the answer is complete. Unknown site: 404. The slug is
    the site's name; for the European region, which has its own servers and names, it is ``host/site``.
    Quirks (2026-11-22): without ``mode=json`` the answer may be HTML. The text comes in parts, with the requirements in
    its lists. ``createdAt`` is in milliseconds. The company's name is missing: it comes from companies.csv.
    """

    name = "lever"
    documentation = "https://github.com/lever/postings-api"
    list_url = "https://api.lever.co/v0/postings/{slug}?mode=json"
    url_pattern = re.compile(
        r"https?://(?:api\.lever\.co|(?P<host>api\.eu\.lever\.co))/v0/postings/(?P<slug>[^/?#]+)/?(?:[?#]|$)"
    )

    @classmethod
    def slug_of(cls, url: str) -> str | None:
        """Return the site, with its host if that is the European one."""
        match = cls.url_pattern.match(url)
        return match and "/".join(filter(None, (match["host"], unquote(match["slug"]))))

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request all postings of the site, on its own host."""
        host, _, site = company.slug.rpartition("/")
        return [Request(f"https://{host or 'api.lever.co'}/v0/postings/{quote(site, safe='')}?mode=json")]

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the objects of the array, and of its groups if it was requested with ``group``."""
        for each in self.listed(response):
            grouped = each.get("postings") if isinstance(each, dict) and "id" not in each else None
            yield from grouped if isinstance(grouped, list) else (each,)

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Lever's fields."""
        main = Place(text=text(payload, "categories", "location"), address_country=text(payload, "country"))
        further = (Place(text=place) for place in texts(payload, "categories", "allLocations") if place != main.text)
        places = [place for place in (main, *further) if place != Place()]
        pay = (pay_range(each, "min", "max", "currency", "interval") for each in one_mapping(payload, "salaryRange"))
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "hostedUrl"),
            apply_url=text(payload, "applyUrl"),
            title=required(payload, "text"),
            company_name=company.name,
            department=text(payload, "categories", "department"),
            team=text(payload, "categories", "team"),
            location_text=joined(place.text for place in places),
            job_locations=tuple(places),
            workplace_text=text(payload, "workplaceType"),
            employment_type_text=text(payload, "categories", "commitment"),
            base_salary=with_amount(pay),
            pay_text=text(payload, "salaryDescriptionPlain"),
            description_html="\n".join(filter(None, text_parts(payload))),
            date_posted=epoch_milliseconds(payload, "createdAt"),
            payload=payload,
        )


def text_parts(payload: dict[str, Any]) -> Iterator[str | None]:
    """Yield opening and body, the lists under their headings, the closing, and pay in words: all HTML."""
    parts = text(payload, "opening"), text(payload, "descriptionBody")
    yield from parts if any(parts) else (text(payload, "description"),)
    for each in mappings(payload, "lists"):
        heading, items = escape(text(each, "text") or "").strip(), text(each, "content") or ""
        yield f"<h3>{heading}</h3>" if heading else None
        yield f"<ul>{items}</ul>" if items.lstrip().startswith("<li") else items
    yield from (text(payload, "additional"), text(payload, "salaryDescription"))
