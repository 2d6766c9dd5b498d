"""iCIMS, classic career portals."""

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Response

from jobmarket.gap_words import TRUNCATED_HTML
from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import joined, mapping, moment_or_day, required, text
from scrapers.boards.icims_rows import JOB, page_after, rows
from scrapers.boards.job_posting_schema import fields_of, one_job_posting
from scrapers.decoding import read_html

_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_EMPTY = re.compile(r"\bno jobs were found\b", re.IGNORECASE)
_PLACES = ("Job Locations", "Job Location", "Locations", "Location")
# A day is written as its midnight in this zone, in UTC: 04:00Z in summer, 05:00Z in winter.
_ZONE = ZoneInfo("America/New_York")
_NUMBERS = ("Job ID", "Job Number", "Requisition ID")


class IcimsSpider(BoardSpider):
    """iCIMS: search pages in HTML with one row per job; each job's own page has a JobPosting as JSON-LD.

    Terms: public portals without a separate interface; the texts belong to the employers.
    Robots: requested from each host and obeyed. The slug is the label of ``….icims.com``, which does not follow from
    the employer's name (``careers-acme``, ``jobs-acme``).
    Pagination: ``<link rel="next">``, one page after the other, because it depends on the session. The heading states
    the number of pages. Unknown host: its name does not resolve.
    Quirks (2026-11-22): an empty search says "Sorry, no jobs were found …"; a portal that asks visitors to log in shows
    neither jobs nor that. Without ``in_iframe=1`` the page is a frame around another page. The employer decides which
    fields a row shows and how they are labelled: all are kept, and place and number are read under their usual labels.
    Some portals invent their dates (today minus two years, and today plus one), so such a pair is ignored. An employer
    may have a newer portal (Jibe) beside this one.
    """

    name = "icims"
    documentation = "https://developer.icims.com/"
    list_url = "https://{slug}.icims.com/jobs/search?ss=1&in_iframe=1&pr=0"
    accepts = "*/*"
    url_pattern = re.compile(r"https?://(?P<slug>[^./?#]+)\.icims\.com/jobs/search/?(?:[?#]|$)")
    detail_pattern = re.compile(r"https?://[^./?#]+\.icims\.com/jobs/\d+/")
    volatile_fields = frozenset({"dates_made_up"})

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the rows as objects (``id``, ``title``, ``url``, ``fields``); a job's own page as a list of one."""
        page = read_html(response.body, getattr(response, "encoding", None))
        if not page.xpath("//*[contains(@class, 'iCIMS')]"):
            raise UnexpectedShape("no element of iCIMS: not a page of an icims portal")
        if self.detail_pattern.match(response.url):
            yield self.with_detail({"url": response.url}, response)
            return
        if not _END.search(response.body):  # a parser closes all tags, so the lost rows would not be missed
            raise UnexpectedShape(TRUNCATED_HTML.format(f"{len(response.body):,}"))
        if not (found := list(rows(page, response.url))) and not _EMPTY.search(page.text_content()):
            raise UnexpectedShape("no job, and no sentence that there is none: not a search page of an icims portal")
        yield from found

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the page that the document names as the next."""
        following = page_after(read_html(response.body, getattr(response, "encoding", None)))
        return Request(response.urljoin(following)) if following else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the job's own page."""
        return Request(required(payload, "url"))

    def with_detail(self, payload: dict[str, Any], response: Response) -> dict[str, Any]:
        """Add the page's JobPosting to the row; invented dates, which change daily, go into a separate field."""
        job = one_job_posting(response)
        dates = {name: moment_or_day(job, name) for name in ("datePosted", "validThrough")}
        begin, end = dates.values()
        if not begin or not end or (begin.year + 3, begin.month, begin.day) != (end.year, end.month, end.day):
            return {**payload, "job_posting": job}
        return {**payload, "dates_made_up": {name: job.pop(name) for name in dates}, "job_posting": job}

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map iCIMS' fields; those of the own page take precedence over the row's."""
        job_posting = mapping(payload, "job_posting")
        page = fields_of(job_posting)
        address = required(payload, "url")
        job = JOB.search(address)
        place = joined(text(payload, "fields", label) for label in _PLACES)
        fields = {
            "title": text(payload, "title") or page["title"],
            "company_name": page["company_name"] or company.name,
            "location_text": place or page["location_text"],
            "job_locations": page["job_locations"] or ((Place(text=place),) if place else ()),
            "date_posted": moment_or_day(job_posting, "datePosted", zone=_ZONE),
            "valid_through": moment_or_day(job_posting, "validThrough", zone=_ZONE),
        }
        return Posting(
            **page | fields | {"title": required(fields, "title")},
            board=self.name,
            company_slug=company.slug,
            native_id=job[1] if job else required(payload, "id"),
            url=address.partition("?")[0],
            requisition_id=joined(text(payload, "fields", label) for label in _NUMBERS),
            payload=payload,
        )
