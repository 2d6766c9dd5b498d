"""Builds the requests to a Workday career site and reads its odd answers. The slug is ``host/tenant/site``."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from scrapy import Request
from scrapy.http import JsonRequest, Response

from jobmarket.posting import Place
from scrapers.boards.fields import mapping, mappings, number, text, texts
from scrapers.boards.places import known
from scrapers.boards.workday_facets import CUT_OFF_AT, Facets, parts_of, size_of
from scrapers.decoding import UnexpectedShape, read_json
from scrapers.paging import LEADS_TO_LIST, SIZE_OF_ALL_PARTS, noted

_PAGE = 20  # many sites answer 400 to a larger page
_LEFT = "parts_left"
_COUNT = re.compile(r"\d+ \w+")
# "Posted 3 Days Ago", "21 days left to apply"
COUNTS_DAYS = frozenset({"postedOn", "timeLeftToApply"})

_SITE = r"https?://(?P<host>[^/?#]+\.myworkday(?:jobs|site)\.com)/wday/cxs/(?P<site>[^/?#]+/[^/?#]+)"
LIST = re.compile(rf"{_SITE}/jobs/?(?:[?#]|$)")
OWN_PAGE = re.compile(rf"{_SITE}/job/")


def slug_of(url: str) -> str | None:
    """Return the slug of the site in a list's URL; None for any other URL."""
    match = LIST.match(url)
    return unquote(f"{match['host']}/{match['site']}") if match else None


def services_of(slug: str) -> str:
    """Return the URL of a site's JSON interface."""
    host, _, site = slug.partition("/")
    return f"https://{host}/wday/cxs/{quote(site)}"


def public_page(slug: str, path: str) -> str:
    """Return the URL of a posting's page for people."""
    host, _, site = slug.partition("/")
    return f"https://{host}/{site.rpartition('/')[2]}{path}"


def page(
    address: str, offset: int = 0, facets: Facets | None = None, left: tuple[Facets, ...] = (), size: int = 0
) -> JsonRequest:
    """Build the request for a page of a list. Without any one of the four keys, the site answers 422.

    Args:
        address: The URL of the list.
        offset: Rows before the page.
        facets: Lists only these; None lists everything.
        left: Parts of the list to request after this one.
        size: How many postings all parts have together; 0 if it is unknown.
    """
    body = {"appliedFacets": facets or {}, "limit": _PAGE, "offset": offset, "searchText": ""}
    # a part may show nothing, or only what another part shows: the next one is requested all the same
    is_part = facets is not None and offset == 0
    return JsonRequest(address, data=body, meta={_LEFT: left, SIZE_OF_ALL_PARTS: size, LEADS_TO_LIST: is_part})


def page_after(response: Response) -> JsonRequest | None:
    """Return the request for what follows a page; None at the end of the list.

    ``total`` states the end; without it, a page that is not full is the last one. A list that is cut off is requested
    in parts, each of which may be cut off and divided again.
    """
    if response.request is None:
        return None
    answer, query = read_json(response.body), read_json(response.request.body)
    facets, left = mapping(query, "appliedFacets"), noted(response, _LEFT, ())
    size = noted(response, SIZE_OF_ALL_PARTS, 0)
    offset, shown, total = (
        int(number(query, "offset") or 0),
        len(mappings(answer, "jobPostings")),
        number(answer, "total"),
    )
    parts = _parts(answer, query)
    goes_on = offset + shown < total if total else shown == _PAGE
    if shown and goes_on and not parts:
        return page(response.url, offset + shown, facets or None, left, size)
    following = (*parts, *left)
    size = size or size_of(answer, facets)
    return page(response.url, 0, following[0], following[1:], size) if following else None


def part_after(request: Request) -> JsonRequest | None:
    """Return the request for the part of a list after the one of this request; None if it is the last."""
    left: tuple[Facets, ...] = request.meta.get(_LEFT, ())
    return page(request.url, 0, left[0], left[1:], request.meta[SIZE_OF_ALL_PARTS]) if left else None


def parts_after(response: Response) -> tuple[Facets, ...]:
    """Return the parts of a list whose first page states the size at which it is cut off.

    There are none after any other page, and none if no facet divides the list.
    """
    return _parts(read_json(response.body), read_json(response.request.body if response.request else b"{}"))


def _parts(answer: Any, query: Any) -> tuple[Facets, ...]:
    if number(answer, "total") != CUT_OFF_AT or number(query, "offset"):
        return ()
    return parts_of(answer, mapping(query, "appliedFacets"))


def own_page(answer: Any) -> dict[str, Any]:
    """Return the answer for one posting without what changes every day: the days since and until a date that it states.

    Raises:
        UnexpectedShape: If the answer is not a posting's page.
    """
    info = mapping(answer, "jobPostingInfo")
    if not info:
        raise UnexpectedShape("no 'jobPostingInfo': not the page of a workday posting")
    stated: dict[str, Any] = answer
    return stated | {"jobPostingInfo": {name: value for name, value in info.items() if name not in COUNTS_DAYS}}


def places_of(info: dict[str, Any]) -> tuple[Place, ...]:
    """Return the places of a posting, ignoring a mere count ("3 Locations"). The country is the first place's."""
    first = text(info, "location") or text(info, "locationsText") or ""
    stated = [each for each in (first, *texts(info, "additionalLocations")) if not _COUNT.fullmatch(each)]
    country = text(info, "country", "descriptor")
    return known(Place(text=each, address_country=country if each == first else None) for each in stated if each)
