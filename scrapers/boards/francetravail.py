"""France Travail, Offres d'emploi v2 (with a key)."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import quote_plus

from scrapy import FormRequest, Request
from scrapy.http import Response
from w3lib.url import url_query_parameter

from jobmarket.posting import Place, Posting
from scrapers import search_terms
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import iso_moment, one_mapping, required, tenure_or_hours, text
from scrapers.dated_parts import DatedParts
from scrapers.decoding import read_json
from scrapers.paging import LEADS_TO_LIST, noted, turned_to

_TOKEN = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=/partenaire"  # noqa: S105 - an address
_SEARCH = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search"
_PAGE, _LAST_FIRST = 150, 1_000


class FrancetravailSpider(BoardSpider):
    """France Travail: France's public job service, ``{"resultats": […], "filtresPossibles": […]}``.

    Terms: partner terms, which require France Travail to be named as the source. A client id and secret are exchanged
    for a token in each crawl. Three to ten requests a second are allowed. Robots: requested from each host and obeyed.
    Pagination: ``range=0-149``, with at most 150 results, the first of them the 1,000th at most (some measured 3,000).
    A longer search is read in parts, by ``minCreationDate`` and ``maxCreationDate`` (2026-10: read as Paris time
    despite their ``Z``). The header ``Content-Range: offres 0-149/5000`` states the total. Without it, an answer that
    is not full is the last one, and no search is divided. A search without results answers 204 with an empty body.
    Quirks (2026-11-22): pay is a text, in ``salaire.libelle`` or ``salaire.commentaire``. ``description`` is plain
    text. ``dateActualisation`` changes. ``lieuTravail.libelle`` is "75 - Paris". The employer may be missing.
    ``typeContrat`` "CDI" (permanent) says nothing about hours; ``dureeTravailLibelleConverti`` does. ``contact`` and
    ``agence`` name persons and are removed.
    """

    name = "francetravail"
    documentation = "https://francetravail.io/data/api/offres-emploi"
    list_url = f"{_SEARCH}?motsCles={{term}}&range=0-149&sort=1"
    url_pattern = re.compile(
        r"https?://(?:api\.francetravail\.io/partenaire/offresdemploi/v2/offres/search|entreprise\.francetravail\.fr/connexion/oauth2/access_token)/?(?:[?#]|$)"
    )
    most_shown = (_LAST_FIRST // _PAGE + 1) * _PAGE
    volatile_fields = frozenset({"dateActualisation"})
    personal_fields = ("contact", "agence")
    divides = DatedParts("range", "minCreationDate", "maxCreationDate", "%Y-%m-%dT%H:%M:%SZ", most_shown)
    credentials = ("JOBMARKET_FRANCETRAVAIL_CLIENT_ID", "JOBMARKET_FRANCETRAVAIL_CLIENT_SECRET")
    queries: ClassVar = search_terms.FRENCH

    def requests_for(self, company: Company) -> Iterable[Request]:
        """Request a token for each term's search; it is valid for 25 minutes."""
        client_id, secret = (self.keys.get(name, "") for name in self.credentials)
        grant = {"grant_type": "client_credentials", "scope": "api_offresdemploiv2 o2dsoffre"}
        data = {**grant, "client_id": client_id, "client_secret": secret}
        return [FormRequest(_TOKEN, formdata=data, meta={"term": term}) for term in self.queries]

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``resultats``; none for a token or an empty answer."""
        if response.status == 204:
            return []
        if "access_token" in response.url:
            if not text(read_json(response.body), "access_token"):
                raise UnexpectedShape("no access_token: the client id or secret is not accepted")
            return []
        return self.listed(response, "resultats")

    def next_page(self, response: Response, company: Company) -> Request | None:
        """Request the search after its token, and the next page after a page."""
        if "access_token" in response.url:
            headers = {"Authorization": f"Bearer {text(read_json(response.body), 'access_token')}"}
            url = self.list_url.format(term=quote_plus(noted(response, "term", "")))
            return Request(url, headers=headers, meta={LEADS_TO_LIST: True})
        on_page, total = len(list(self.postings(response))), self.stated_size(response)
        first = int((url_query_parameter(response.url, "range") or "0").partition("-")[0]) + on_page
        more = first <= _LAST_FIRST and (on_page >= _PAGE if total is None else first < total)
        return turned_to(response, "range", f"{first}-{first + _PAGE - 1}") if more else None

    def stated_size(self, response: Response) -> int | None:
        """Return the total after the slash of ``Content-Range``."""
        total = (response.headers.get("Content-Range") or b"").rpartition(b"/")[2]
        return int(total) if total.isdigit() else None

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the service's fields."""
        number_of_offer = required(payload, "id")
        place = text(payload, "lieuTravail", "libelle")
        pay = next(iter(one_mapping(payload, "salaire")), {})
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=number_of_offer,
            url=f"https://candidat.francetravail.fr/offres/recherche/detail/{number_of_offer}",
            title=required(payload, "intitule"),
            company_name=text(payload, "entreprise", "nom"),
            location_text=place,
            job_locations=(Place(text=place, address_country="FR"),) if place else (),
            employment_type_text=tenure_or_hours(payload, "typeContrat", "CDI", "dureeTravailLibelleConverti"),
            pay_text=text(pay, "libelle") or text(pay, "commentaire"),
            description_text=text(payload, "description"),
            date_posted=iso_moment(payload, "dateCreation"),
            payload=payload,
        )
