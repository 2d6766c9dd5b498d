"""Gives each JobPosting of a page with several an address of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from jobmarket.identity import object_hash
from scrapers.boards.addresses import absolute
from scrapers.boards.fields import text
from scrapers.boards.job_posting_schema import words


def own_addresses(jobs: list[dict[str, Any]], page: str) -> list[str]:
    """Return an address for each JobPosting of a page: one for equal ones, different ones for all others.

    It is the stated ``url``, or the page's address with the identifier or the title. Where several have the same, for
    example because each states the page's own address, more of what they state is added until they differ.
    """
    parts = [_parts(job) for job in jobs]
    stated = [absolute(page, words(job.get("url"))) for job in jobs]
    lengths = [0 if address else 1 for address in stated]
    while True:
        addresses = [
            "#".join((address or page, *each[:length]))
            for address, each, length in zip(stated, parts, lengths, strict=True)
        ]
        different = defaultdict(set)
        for address, each in zip(addresses, parts, strict=True):
            different[address].add(each[-1])
        if all(len(each) == 1 for each in different.values()):
            return addresses
        lengths = [length + (len(different[each]) > 1) for length, each in zip(lengths, addresses, strict=True)]


def _parts(job: dict[str, Any]) -> list[str]:
    """Return what tells a JobPosting from others of its page, the most lasting first, and all of it last."""
    stated = (words(job.get("identifier")), text(job, "identifier", "value"), words(job.get("title")))
    return [*dict.fromkeys(filter(None, stated)), object_hash(job.get("jobLocation")), object_hash(job)]
