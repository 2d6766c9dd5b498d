"""Bundesagentur für Arbeit, Jobsuche."""

import re
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from jobmarket.posting import Pay, Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import day, flag, joined, mappings, number, required, text, with_amount
from scrapers.boards.places import places
from scrapers.decoding import read_json
from scrapers.paging import counted, position, searches, stated, turned_to

_SERVICE = "https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc"
_PAGE, _LAST_RESULT = 100, 10_000


class BundesagenturSpider(BoardSpider):
    """Bundesagentur für Arbeit: Germany's public job service, ``{"ergebnisliste": […], "maxErgebnisse": n, …}``.

    Terms: no official documentation; this is the interface of the site's own client, with the key that it sends to
    everybody. Robots: requested and obeyed.
    Pagination: ``page`` from 1, ``size`` of at most 100, and at most 10,000 results. ``maxErgebnisse`` states all, also
    beyond that (54,000 were seen), and such a search is partial. ``veroeffentlichtseit`` only means "in the last n
    days", so it cannot split a search. The text is on the job's own page (``v4/jobdetails/<base64 of the number>``).
    Jobs from partners have no text there, only ``externeURL``.
    Quirks (2026-11-22): v6 renamed every field of v4 and v5, which no longer exist. The date of publication is a day.
    Pay is in euro; ``KEINE_ANGABEN`` means that none is stated. Regions and countries are upper-case names
    (``NORDRHEIN_WESTFALEN``). ``homeofficemoeglich`` means that some work from home is possible, not that the job is
    remote, so it stays in the payload. So do the flags of agencies on the job's own page
    (``istPrivateArbeitsvermittlung``, ``istArbeitnehmerUeberlassung``): staging reads them from the payload
    (``stg_landed_contents``), in all history.
    """

    name = "bundesagentur"
    documentation = "https://jobsuche.api.bund.dev/"
    list_url = f"{_SERVICE}/v6/jobs?was={{term}}&angebotsart=1&size={_PAGE}&page=1"
    url_pattern = re.compile(r"https?://rest\.arbeitsagentur\.de/jobboerse/jobsuche-service/pc/v6/jobs/?(?:[?#]|$)")
    total_at = ("maxErgebnisse",)
    most_shown = _LAST_RESULT
    detail_pattern = re.compile(r"https?://rest\.arbeitsagentur\.de/jobboerse/jobsuche-service/pc/v4/jobdetails/")
    volatile_fields = frozenset({"aenderungsdatum"})
    queries: ClassVar = search_terms.GERMAN
    headers: ClassVar = {"X-API-Key": "jobboerse-jobsuche", "Accept": "application/json"}

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a search for each term."""
        return searches(self.list_url, self.queries, self.headers)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``ergebnisliste``, which a search without results may omit."""
        answer = read_json(response.body)
        if isinstance(answer, dict) and answer.get("maxErgebnisse") == 0 and "ergebnisliste" not in answer:
            return []
        return self.listed(response, "ergebnisliste")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the next page."""
        page, size = position(response, "page", 1), counted(response, "size") or _PAGE
        more = page * size < min(stated(response, "maxErgebnisse"), _LAST_RESULT)
        return turned_to(response, "page", page + 1) if more else None

    def detail_for(self, payload: dict[str, Any], company: Company) -> Request | None:
        """Request the job's own page."""
        coded = b64encode(required(payload, "referenznummer").encode()).decode()
        return Request(f"{_SERVICE}/v4/jobdetails/{quote(coded, safe='')}", headers=self.headers)

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the agency's fields."""
        number_of_job = required(payload, "referenznummer")
        unit = text(payload, "verguetungsangabe")
        at = {"city": "adresse.ort", "region": "adresse.region", "country": "adresse.land"}
        found = places(mappings(payload, "stellenlokationen"), **at)
        pay = Pay(
            min_value=number(payload, "gehaltsspanneVon"),
            max_value=number(payload, "gehaltsspanneBis"),
            currency="EUR",
            unit_text=None if unit == "KEINE_ANGABEN" else unit,
        )
        hours = {"Vollzeit": flag(payload, "arbeitszeitVollzeit"), "Teilzeit": part_time(payload)}
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=number_of_job,
            url=f"https://www.arbeitsagentur.de/jobsuche/jobdetail/{quote(number_of_job, safe='')}",
            apply_url=text(payload, "externeURL"),
            title=required(payload, "stellenangebotsTitel"),
            company_name=text(payload, "firma"),
            location_text=joined(each.address_locality for each in found),
            job_locations=found,
            employment_type_text=joined(word for word, is_so in hours.items() if is_so),
            base_salary=with_amount([pay]),
            description_text=text(payload, "detail", "stellenangebotsBeschreibung"),
            date_posted=day(payload, "datumErsteVeroeffentlichung"),
            payload=payload,
        )


def part_time(payload: dict[str, Any]) -> bool:
    """Return whether any kind of part time is offered."""
    return any(flag(payload, key) for key in payload if key.startswith("arbeitszeitTeilzeit"))
