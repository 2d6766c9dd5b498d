"""How a Workday career site is asked, and how its odd answers are read. Its slug is ``host/tenant/site``."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from scrapy.http import JsonRequest, Response

from jobmarket.posting import Place
from scrapers.boards.fields import mapping, mappings, number, text, texts
from scrapers.boards.places import known
from scrapers.decoding import UnexpectedShape, read_json

_PAGE = 20  # more answers 400 on many sites
_COUNT = re.compile(r"\d+ \w+")

_SITE = r"https?://(?P<host>[^/?#]+\.myworkday(?:jobs|site)\.com)/wday/cxs/(?P<site>[^/?#]+/[^/?#]+)"
LIST = re.compile(rf"{_SITE}/jobs/?(?:[?#]|$)")
OWN_PAGE = re.compile(rf"{_SITE}/job/")


def slug_of(url: str) -> str | None:
    """The site that the address of a list names."""
    match = LIST.match(url)
    return unquote(f"{match['host']}/{match['site']}") if match else None


def services_of(slug: str) -> str:
    """Where a site answers programs."""
    host, _, site = slug.partition("/")
    return f"https://{host}/wday/cxs/{quote(site)}"


def public_page(slug: str, path: str) -> str:
    """Where a person reads a posting."""
    host, _, site = slug.partition("/")
    return f"https://{host}/{site.rpartition('/')[2]}{path}"


def page(address: str, offset: int = 0) -> JsonRequest:
    """The request for a page of a list; without one of the four keys it answers 422."""
    return JsonRequest(address, data={"appliedFacets": {}, "limit": _PAGE, "offset": offset, "searchText": ""})


def page_after(response: Response) -> JsonRequest | None:
    """The request for what follows, as far as ``total`` says where the end is; else a page that is not full ends it."""
    if response.request is None:
        return None
    answer = read_json(response.body)
    shown, total = len(mappings(answer, "jobPostings")), number(answer, "total")
    end = int(number(read_json(response.request.body), "offset") or 0) + shown
    is_last = end >= total if total else shown < _PAGE
    return None if is_last else page(response.url, end)


def own_page(answer: Any) -> dict[str, Any]:
    """The answer for one posting, without its relative date: the list has that too, where it does not count.

    Raises:
        UnexpectedShape: if it is something else.
    """
    info = mapping(answer, "jobPostingInfo")
    if not info:
        raise UnexpectedShape("no 'jobPostingInfo': not the page of a workday posting")
    stated: dict[str, Any] = answer
    return stated | {"jobPostingInfo": {name: value for name, value in info.items() if name != "postedOn"}}


def places_of(info: dict[str, Any]) -> tuple[Place, ...]:
    """The places of a posting; a count of them ("3 Locations") is none. The country is that of the first."""
    first = text(info, "location") or text(info, "locationsText") or ""
    stated = [each for each in (first, *texts(info, "additionalLocations")) if not _COUNT.fullmatch(each)]
    country = text(info, "country", "descriptor")
    return known(Place(text=each, address_country=country if each == first else None) for each in stated if each)
