"""Arbetsförmedlingen, JobSearch."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import local_moment_or_day, one_mapping, required, text
from scrapers.boards.places import places
from scrapers.dated_parts import DatedParts
from scrapers.decoding import read_json
from scrapers.paging import offset_after, searches, turned_to

_ARCHIVE = "https://historical.api.jobtechdev.se/search?occupation-field=apaJ_2ja_LuF"  # the field called Data/IT
_ADDRESS = {"city": "city", "region": "region", "country": "country"}
_PEOPLE = ("application_contacts", "application_details.email", "application_details.reference", "contact_persons")
_STOCKHOLM = ZoneInfo("Europe/Stockholm")
_WRITTEN = "%Y-%m-%dT%H:%M:%S"
_PAGE, _LAST_OFFSET = 100, 2_000


class JobtechSpider(BoardSpider):
    """Arbetsförmedlingen: Sweden's public job service, ``{"total": {"value": n}, "hits": […]}``.

    Terms: CC0, no key. Robots: requested from each host and obeyed.
    Pagination: ``offset`` of at most 2,000, ``limit`` of at most 100. A longer search is read in parts, by
    ``published-after`` and ``published-before``. JobStream and its snapshot are bare arrays. The archive has a search
    of the same shape, and files of JSON Lines, one per year.
    Quirks (2026-11-22): older answers wrap each ad (``hits.hits[]._source``). Times have no zone: they are Stockholm's,
    and midnight stands for a day. JobStream shows an ad that was ``removed`` as a stub. The text comes both plain and
    formatted. ``employer.workplace`` is the workplace, ``employer.name`` the registered company. Working hours and kind
    of employment are Swedish labels. Contact persons, mailboxes and telephone numbers are removed. No remote flag, no
    language; most texts are Swedish.
    """

    name = "jobtech"
    documentation = "https://jobsearch.api.jobtechdev.se/"
    list_url = f"https://jobsearch.api.jobtechdev.se/search?q={{term}}&offset=0&limit={_PAGE}"
    url_pattern = re.compile(
        r"https?://(?:(?:jobsearch|historical)\.api\.jobtechdev\.se/search|jobstream\.api\.jobtechdev\.se/(?:v2/)?(?:stream|snapshot))/?(?:[?#]|$)"
    )
    total_at = ("total", "value")
    most_shown = _LAST_OFFSET + _PAGE
    divides = DatedParts("offset", "published-after", "published-before", _WRITTEN, most_shown)
    volatile_fields = frozenset({"timestamp", "last_publication_date", "_score", "keywords", "relevance"})
    personal_fields = (*_PEOPLE, "contacts", "employer.email", "employer.phone_number")
    queries: ClassVar = search_terms.SWEDISH

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        return searches(self.list_url, self.queries)

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the ads, unwrapped; stubs of removed ads are left out."""
        answer = read_json(response.body)
        is_wrapped = isinstance(answer, dict) and isinstance(answer.get("hits"), dict)
        for hit in self.listed(response, *([] if isinstance(answer, list) else ["hits"] * (1 + is_wrapped))):
            ad = hit.get("_source", hit) if isinstance(hit, dict) else hit
            if isinstance(ad, dict) and ad.get("removed") is True and not ad.get("headline"):
                self.leave_out(response)
            else:
                yield ad

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page; a stream, a snapshot and an older, wrapped answer have no pages."""
        offset = offset_after(response, "offset", "hits", *self.total_at)
        return turned_to(response, "offset", offset) if offset and offset <= _LAST_OFFSET else None

    @classmethod
    def history(cls, since: datetime, until: datetime) -> Iterator[tuple[datetime, Request]]:
        """Yield the archive's search for each complete week of ads in IT; a week has fewer than the 2,100 shown."""
        for week in range((until - since) // timedelta(days=7)):
            begin, end = (since + timedelta(days=7 * number) for number in (week, week + 1))
            within = {cls.divides.after: f"{begin:{_WRITTEN}}", cls.divides.before: f"{end:{_WRITTEN}}"}
            yield end, Request(f"{_ARCHIVE}&{urlencode(within)}&offset=0&limit={_PAGE}")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the service's fields."""
        towns = (text(payload, "workplace_address", key) for key in ("city", "municipality", "region"))
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "webpage_url"),
            apply_url=text(payload, "application_details", "url"),
            title=required(payload, "headline"),
            company_name=text(payload, "employer", "name") or text(payload, "employer", "workplace"),
            location_text=next(filter(None, towns), None),
            job_locations=places(one_mapping(payload, "workplace_address"), **_ADDRESS),
            employment_type_text=text(payload, "working_hours_type", "label"),
            pay_text=text(payload, "salary_description"),
            description_html=(formatted := text(payload, "description", "text_formatted")),
            description_text=None if formatted else text(payload, "description", "text"),
            requisition_id=text(payload, "external_id"),
            date_posted=local_moment_or_day(payload, "publication_date", zone=_STOCKHOLM),
            valid_through=local_moment_or_day(payload, "application_deadline", zone=_STOCKHOLM),
            payload=payload,
        )
