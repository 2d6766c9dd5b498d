"""Reads an iCIMS search page: its rows as objects, and the address of the next page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from jobmarket.gap_words import NO_CURSOR
from scrapers.boards.addresses import absolute
from scrapers.boards.employers_fields import is_about_a_person
from scrapers.paging import NotStated

# In the heading: "Search Results Page 1 of 46".
_PAGE_OF = re.compile(r"\bPage (\d+) of (\d+)\b")
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


def page_after(page: lxml.html.HtmlElement) -> str | None:
    """Return the address of the next page, as the page states it; None if this is the last one.

    Raises:
        NotStated: If the page states no address, but is not the last one by its heading.
    """
    if following := page.xpath("//link[@rel='next']/@href"):
        return str(following[0])
    heading = " ".join(page.xpath("//*[contains(@class, 'iCIMS_SubHeader')]//text()"))
    stated = _PAGE_OF.search(" ".join(heading.split()))
    if stated and int(stated[1]) < int(stated[2]):
        raise NotStated(NO_CURSOR.format("link rel=next"))
    return None


def _fields(link: lxml.html.HtmlElement) -> dict[str, str]:
    """Return the fields of the row around a link, by label."""
    row = link.xpath("ancestor::*[self::li or self::tr or contains(concat(' ', @class, ' '), ' row ')][1]") or [link]
    found = {}
    for label in row[0].xpath(".//dt | .//span[contains(@class, 'field-label')][not(ancestor::a or ancestor::dt)]"):
        name, value = " ".join(label.text_content().split()), label.getnext()
        if value is not None and not is_about_a_person(name):  # employers may let their rows show who recruits
            found[name] = " ".join(value.text_content().split())
    return found
