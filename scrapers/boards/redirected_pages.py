"""Recognises postings that have expired although they are listed: their addresses redirect to another page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import lxml.html
from scrapy.http import Response

from scrapers.boards.addresses import absolute, spellings
from scrapers.boards.job_posting_schema import words
from scrapers.paging import noted

# An overview leads to as many of the other listed postings, or to most of them if there are few. A login page or a
# notice may lead to the latest ones, in its footer.
_ON_AN_OVERVIEW = 10


def has_expired(
    response: Response, page: lxml.html.HtmlElement, jobs: list[dict[str, Any]], address: str, listed: Collection[str]
) -> bool:
    """Return whether a posting's address redirects to another listed one, or to an overview that lacks the posting.

    A redirect to any other page says nothing: it may be a bot wall, a login, or a notice that the site is down.

    Args:
        response: The answer.
        page: The same, parsed.
        jobs: The JobPostings on it.
        address: The posting's address.
        listed: The addresses of all listed postings.
    """
    if not noted(response, "redirect_urls"):
        return False
    stated = [words(job.get("url")) for job in jobs]
    if len(jobs) == 1:
        there = spellings(response.url) | spellings(absolute(response.url, stated[0]))
        return address not in there and not there.isdisjoint(listed)
    links = {absolute(response.url, link) for link in [*stated, *page.xpath("//a/@href")]}
    there = {spelling for link in links for spelling in spellings(link)}
    others = {each for each in listed if each != address}
    return address not in there and len(others & there) >= min(_ON_AN_OVERVIEW, len(others) // 2 + 1)
