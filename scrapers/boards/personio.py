"""Personio, XML feed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from w3lib.url import url_query_parameter

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.elements import as_object
from scrapers.boards.fields import (
    iso_moment,
    joined,
    mapping,
    mappings,
    pay_ranges,
    required,
    sections,
    tenure_or_hours,
    text,
    texts,
)
from scrapers.boards.hosts import host_of, host_pattern
from scrapers.boards.places import named_places
from scrapers.decoding import read_xml


class PersonioSpider(BoardSpider):
    """Personio: the complete board as one document per language, ``<workzag-jobs><position>…``, on the employer's host.

    Terms: a public feed that the employer switches on; the texts belong to the employers. Robots: requested and obeyed.
    Pagination: none. The slug is the label of ``….jobs.personio.de``, or the full host (some are on ``.com``).
    Quirks (2026-11-22): a position that is not translated has no text in that language. So English is requested first,
    and German then adds the postings without an English text. If English is not answered, German adds nothing, because
    texts would otherwise change their language from crawl to crawl. An employer that left is redirected to the vendor's
    site. Postings have no address: it follows from the id. ``permanent`` says nothing about hours; ``schedule`` does.
    """

    name = "personio"
    documentation = "https://developer.personio.de/docs/retrieving-open-job-positions"
    list_url = "https://{slug}.jobs.personio.de/xml"
    accepts = "*/*"
    url_pattern = host_pattern("jobs.personio.de", r"/xml/?(?:[?#]|$)")
    unknown_board = re.compile(r"https?://(?:www\.)?personio\.(?:com|de)(?:[/?#]|$)")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the board in English, then in German."""
        feed = f"https://{host_of(company.slug, 'jobs.personio.de')}/xml?language="
        listed = [each.url for each in company.lists] or [feed + "en", feed + "de"]
        follows = feed + "de" in listed
        comes_after = follows and feed + "en" in listed[: listed.index(feed + "de")]
        return [
            Request(feed + "en", meta={"german_follows": follows}),
            Request(feed + "de", meta={"after_english": comes_after}),
        ]

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the positions as objects with the requested language; in the last language, also those without a text.

        In German, yield none if English was requested before and not answered.
        """
        root = read_xml(response.body)
        if root.tag != "workzag-jobs":
            raise UnexpectedShape(f"the root is <{root.tag}>, not <workzag-jobs>: not the feed of a personio board")
        if is_crawled(response, "after_english") and not self.outcomes.has_read(response.meta["company"]):
            return
        for element in root.iterchildren("position"):
            position = as_object(element) | {"language": url_query_parameter(response.url, "language")}
            if description(position) or not is_crawled(response, "german_follows"):
                yield position

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Personio's fields."""
        native_id = required(payload, "id").strip()
        offices = [text(payload, "office"), *texts(payload, "additionalOffices")]
        pay = pay_ranges([mapping(payload, "salaryInformation")], "min", "max", "currencyCode", "type")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=native_id,
            url=f"https://{host_of(company.slug, 'jobs.personio.de')}/job/{native_id}",
            title=required(payload, "name"),
            company_name=text(payload, "subcompany") or company.name,
            department=text(payload, "department"),
            location_text=joined(offices),
            job_locations=named_places(offices),
            employment_type_text=tenure_or_hours(payload, "employmentType", "permanent", "schedule"),
            base_salary=pay,
            description_html=description(payload),
            language=text(payload, "language"),
            date_posted=iso_moment(payload, "createdAt"),
            payload=payload,
        )


def description(position: dict[str, Any]) -> str | None:
    """Join the sections of the text under their headings."""
    return sections(mappings(position, "jobDescriptions"), "name", "value")


def is_crawled(response: Response, mark: str) -> bool:
    """Return whether a crawl's request for this answer has this mark."""
    return response.request is not None and "company" in response.meta and bool(response.meta.get(mark))
