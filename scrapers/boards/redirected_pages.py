"""Recognises postings that have expired although they are listed: their addresses redirect to another page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import lxml.html
from scrapy.http import Response

from scrapers.boards.addresses import absolute, spellings
from scrapers.boards.job_posting_schema import job_postings, own_of, page_of, words
from scrapers.paging import noted

# An overview leads to as many of the other listed postings, or to most of them if there are few. A login page or a
# notice may lead to the latest ones, in its footer.
_ON_AN_OVERVIEW = 10


def job_unless_expired(response: Response, address: str, listed: Collection[str]) -> dict[str, Any] | None:
    """Return the JobPosting of a posting's own page; None if the posting has expired.

    It has if its address redirects to another listed posting, or to an overview of the others that lacks it. A redirect
    to any other page says nothing: it may be a bot wall, a login, or a notice that the site is down.

    Args:
        response: The answer.
        address: The posting's address.
        listed: The addresses of all listed postings.

    Raises:
        UnexpectedShape: If the page has no JobPosting, or is one of several postings.
    """
    page = page_of(response)
    jobs = job_postings(page)
    if noted(response, "redirect_urls") and _leads_to_others(response.url, page, jobs, address, listed):
        return None
    return own_of(jobs, response, address)


def _leads_to_others(
    there: str, page: lxml.html.HtmlElement, jobs: list[dict[str, Any]], address: str, listed: Collection[str]
) -> bool:
    stated = [absolute(there, words(job.get("url"))) for job in jobs]
    if len(jobs) == 1:
        found = spellings(there) | spellings(stated[0])
        return address not in found and not found.isdisjoint(listed)
    links = {*stated, *(absolute(there, link) for link in page.xpath("//a/@href"))}
    found = {spelling for link in links for spelling in spellings(link)}
    others = {each for each in listed if each != address}
    return address not in found and len(others & found) >= min(_ON_AN_OVERVIEW, len(others) // 2 + 1)
