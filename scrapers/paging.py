"""Helpers for lists of several pages: the first requests of a search, and the request for the next page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote_plus

from scrapy import Request
from scrapy.http import Response
from w3lib.url import add_or_replace_parameter, url_query_parameter

from jobmarket.gap_words import NO_NUMBER
from scrapers.boards.fields import amount, mappings, number
from scrapers.decoding import UnexpectedShape, read_json

# In a request's meta: the answer before it was only a step (a token, the number of a thread) and listed nothing, and
# this request is for the list itself.
LEADS_TO_LIST = "leads_to_list"
# In the meta of a request for a part of a list that is cut off: how many postings all parts have together, or 0.
SIZE_OF_ALL_PARTS = "size_of_all_parts"
# In the meta of a request for a page at the beginning of a list that has been read to its end.
READ_AGAIN = "read_again"


class NotStated(UnexpectedShape):
    """An answer without its number of postings or pages: nobody knows whether more pages follow."""


def searches(url: str, terms: Iterable[str], headers: Mapping[str, str | bytes] | None = None) -> list[Request]:
    """Return one request per search term, which replaces ``{term}`` in the URL."""
    return [Request(url.format(term=quote_plus(term)), headers=headers) for term in terms]


def position(response: Response, parameter: str, start: int) -> int:
    """Return the page or offset in a list's URL; ``start`` if the URL has none."""
    digits = url_query_parameter(response.url, parameter) or ""
    return int(digits) if digits.isdecimal() else start


def turned_to(response: Response, parameter: str, value: str | int) -> Request:
    """Return this page's request with another page, offset or cursor; headers and body stay.

    The meta does not: whether the request led to a list, or how often it was tried, does not apply to the next one.
    """
    url = add_or_replace_parameter(response.url, parameter, str(value))
    return response.request.replace(url=url, meta={}) if response.request else Request(url)


def noted(response: Response, key: str, default: Any = None) -> Any:
    """Return a value from the meta of a page's request."""
    return response.request.meta.get(key, default) if response.request else default


def shown(response: Response, *path: str) -> int:
    """Return how many objects the answer lists. The next page begins after them, whatever page size was requested."""
    answer = read_json(response.body)
    return len(mappings(answer, *path)) if isinstance(answer, dict) else 0


def offset_after(response: Response, parameter: str, listed: str, *total: str) -> int | None:
    """Return the offset of the next page of a list that states its total; None if this page is empty or the last.

    Raises:
        NotStated: If the answer lists something and has no total.
    """
    on_page = shown(response, listed)
    offset = position(response, parameter, 0) + on_page
    return offset if on_page and offset < stated(response, *total) else None


def stated_count(response: Response, *path: str) -> int | None:
    """Return how many postings the answer states for its list; None if it states none, or 0 as some later pages do."""
    return max(int(counted(response, *path)), 0) or None


def stated(response: Response, *path: str) -> float:
    """Return the number of results or pages, perhaps as text, by which an answer says whether more follow.

    Raises:
        NotStated: If the answer has none.
    """
    answer = read_json(response.body)
    found = amount(answer, *path) if isinstance(answer, dict) else None
    if found is None:
        raise NotStated(NO_NUMBER.format(".".join(path)))
    return found


def counted(response: Response, *path: str) -> float:
    """Return a number that the answer states (of results or pages); 0 if it states none."""
    answer = read_json(response.body)
    return (number(answer, *path) or 0) if isinstance(answer, dict) else 0
