"""How lists are turned over: the searches to begin with, and the request for the page after an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus

from scrapy import Request
from scrapy.http import Response
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.boards.fields import mappings, number
from scrapers.decoding import read_json

# A response is the answer to a step on the way (a token, the number of a thread): the request that follows it is for
# the list itself, though nothing was listed yet.
LEADS_TO_LIST = "leads_to_list"


def searches(url: str, terms: Iterable[str], headers: Mapping[str, str | bytes] | None = None) -> list[Request]:
    """A request for each term, at the place of ``{term}`` in the URL."""
    return [Request(url.format(term=quote_plus(term)), headers=headers) for term in terms]


def position(response: Response, parameter: str, start: int) -> int:
    """The page or offset that a list's URL asks for; ``start`` where it does not say."""
    digits = url_query_parameter(response.url, parameter) or ""
    return int(digits) if digits.isdecimal() else start


def turned_to(response: Response, parameter: str, value: str | int) -> Request:
    """The request of this page with another page, offset or cursor; the rest of it stays, headers included.

    What was noted of the request does not: that it leads to a list, or how often it was tried.
    """
    url = add_or_replace_parameter(response.url, parameter, str(value))
    return response.request.replace(url=url, meta={}) if response.request else Request(url)


def noted(response: Response, key: str, default: Any = None) -> Any:
    """What the request of a page noted in its meta."""
    return response.request.meta.get(key, default) if response.request else default


def shown(response: Response, *path: str) -> int:
    """How many objects the answer lists: the next page begins behind them, however many were asked for."""
    answer = read_json(response.body)
    return len(mappings(answer, *path)) if isinstance(answer, dict) else 0


def stated_count(response: Response, *path: str) -> int | None:
    """How many postings the answer states that its list has; None where it states none, as some later pages do by 0."""
    return max(int(counted(response, *path)), 0) or None


def counted(response: Response, *path: str) -> float:
    """A number that the answer states (results, pages); 0 where it states none."""
    answer = read_json(response.body)
    return (number(answer, *path) or 0) if isinstance(answer, dict) else 0
