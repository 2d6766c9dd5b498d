"""Teamtailor, JSON feed of a career site."""

from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.elements import as_object
from scrapers.boards.fields import joined, mapping, mappings, moment_or_day, required, rfc_moment, text
from scrapers.boards.hosts import host_of, host_pattern
from scrapers.boards.job_posting_schema import fields_of, without_personal
from scrapers.boards.places import places
from scrapers.decoding import read_json, read_xml


class TeamtailorSpider(BoardSpider):
    """Teamtailor: a JSON Feed 1.1, ``{"title", "items": […], "next_url"}``, on the employer's host.

    Terms: a public feed without a key; the texts belong to the employers. Robots: requested from each host and obeyed.
    Pagination: ``next_url``, absent on the last page. Unknown company: 404. The slug is the label of
    ``….teamtailor.com``, or the full host (a region's, or the employer's own domain).
    Quirks (2026-11-22): each item has a schema.org JobPosting under ``_jobposting``, with numbers as text and a
    trailing space in its name; ``addressRegion`` may be a continent. The RSS feed (``jobs.rss``) has neither pay nor
    pages, but department and ``remoteStatus``; it is read too, if a recorded address is that feed.
    """

    name = "teamtailor"
    documentation = "https://www.jsonfeed.org/version/1.1/"
    list_url = "https://{slug}.teamtailor.com/jobs.json"
    url_pattern = host_pattern("teamtailor.com", r"/jobs\.(?:json|rss)(?:[?#]|$)")
    personal_fields = ("author", "authors")

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request the first page from the employer's host."""
        return [Request(f"https://{host_of(company.slug, 'teamtailor.com')}/jobs.json")]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``items``; for an RSS feed, its items as objects."""
        if not is_xml(response):
            return map(without_personal, self.listed(response, "items"))
        root = read_xml(response.body)
        if root.tag != "rss":
            raise UnexpectedShape(f"the root is <{root.tag}>, not <rss>: not the feed of a teamtailor board")
        return [as_object(item) for item in root.iterfind("channel/item")]

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the page that ``next_url`` names."""
        following = None if is_xml(response) else text(read_json(response.body), "next_url")
        return Request(response.urljoin(following)) if following else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Teamtailor's fields; what the item lacks comes from its JobPosting."""
        stated = mapping(payload, "_jobposting")
        fields = fields_of(stated)
        stated_places = mappings(payload, "locations")
        found = fields["job_locations"] or places(stated_places, named="name", city="city", country="country")
        html = text(payload, "content_html") or text(payload, "description") or fields["description_html"]
        return Posting(
            **fields
            | {
                "title": required({"title": text(payload, "title") or fields["title"]}, "title"),
                "company_name": fields["company_name"] or text(stated, "identifier", "name") or company.name,
                "department": text(payload, "department"),
                "location_text": fields["location_text"] or joined(each.text for each in found),
                "job_locations": found,
                "workplace_text": fields["workplace_text"] or text(payload, "remoteStatus"),
                "description_html": html,
                "description_text": None if html else fields["description_text"],
                "date_posted": moment_or_day(payload, "date_published")
                or rfc_moment(payload, "pubDate")
                or fields["date_posted"],
            },
            board=self.name,
            company_slug=company.slug,
            native_id=text(payload, "id") or required(payload, "guid"),
            url=text(payload, "url") or text(payload, "link"),
            payload=payload,
        )


def is_xml(response: Response) -> bool:
    """Return whether an answer is the RSS feed, or an error page instead of either feed."""
    return response.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
