"""Reads the rows of an iCIMS search page as objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from scrapers.boards.addresses import absolute

# Employers may let their rows show who recruits; that is not landed.
_PERSONAL = re.compile(r"\b(?:recruiters?|hiring manager|contact|posted by|e-?mail|(?:tele)?phone)\b", re.IGNORECASE)
JOB = re.compile(r"/jobs/(\d+)/(?:[^/?#]+/)?job(?:[/?#]|$)")


def rows(page: lxml.html.HtmlElement, address: str) -> Iterator[dict[str, Any]]:
    """Yield the jobs of the page at an address: ``id``, ``title``, ``url``, and ``fields`` by their labels."""
    shown = set()
    for link in page.xpath("//a[contains(@href, '/jobs/')]"):
        url = absolute(address, link.get("href")) or ""
        words = "".join(link.xpath(".//text()[not(ancestor::*[contains(@class, 'field-label')])]")).split()
        job = JOB.search(url)
        if job and words and job[1] not in shown:  # a row may also link to its job from a picture or a button
            shown.add(job[1])
            yield {"id": job[1], "title": " ".join(words), "url": url, "fields": _fields(link)}


def _fields(link: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the fields of the row around a link, by label."""
    row = link.xpath("ancestor::*[self::li or self::tr or contains(concat(' ', @class, ' '), ' row ')][1]") or [link]
    found = {}
    for label in row[0].xpath(".//dt | .//span[contains(@class, 'field-label')][not(ancestor::a or ancestor::dt)]"):
        name, value = " ".join(label.text_content().split()), label.getnext()
        if value is not None and not _PERSONAL.search(name):
            found[name] = " ".join(value.text_content().split())
    return found
