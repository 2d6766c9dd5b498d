"""Recognises postings that have expired although they are listed: their addresses redirect to another posting."""

from __future__ import annotations

from collections.abc import Collection

from scrapy.http import Response

from scrapers.boards.addresses import absolute, spellings
from scrapers.boards.job_posting_schema import one_job_posting, words
from scrapers.paging import noted


def leads_to_another(response: Response, address: str, listed: Collection[str]) -> bool:
    """Return whether a posting's address redirects to another listed one, which the page or its JobPosting states."""
    if not noted(response, "redirect_urls"):
        return False
    job = one_job_posting(response, address)
    there = spellings(response.url) | spellings(absolute(response.url, words(job.get("url"))))
    return address not in there and not there.isdisjoint(listed)
