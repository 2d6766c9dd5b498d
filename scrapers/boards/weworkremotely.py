"""We Work Remotely, RSS feed."""

import re
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company, UnexpectedShape
from scrapers.boards.fields import required, rfc_moment, text
from scrapers.decoding import read_xml


class WeworkremotelySpider(BoardSpider):
    """We Work Remotely: the newest jobs of many employers as RSS, one ``item`` each.

    Terms: the feed is public; a link back is required. Robots: requested from each host and obeyed.
    Pagination: none, newest first. A posting that drops off the list is not closed. ``ttl`` is 60 minutes.
    Quirks (2026-11-22): ``title`` is ``Company: Job title``, split at its first colon with a space. ``guid`` is both
    link and id. ``region`` says who may apply; ``country`` and ``state`` are the employer's. ``description`` is escaped
    HTML with logo, headquarters and application instructions around the text. Every job is remote: the board states
    that about itself. No pay.
    """

    name = "weworkremotely"
    documentation = "https://weworkremotely.com/remote-job-rss-feed"
    list_url = "https://weworkremotely.com/remote-jobs.rss"
    accepts = "*/*"
    url_pattern = re.compile(
        r"https?://(?:www\.)?weworkremotely\.com/(?:categories/[^/?#]+|remote-jobs)\.rss(?:[?#]|$)"
    )

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield each ``item`` as a dict of its elements' texts, without namespaces; empty elements are ``""``."""
        channel = read_xml(response.body).find("channel")
        if channel is None:
            raise UnexpectedShape("no channel: not an RSS feed")
        for item in channel.iterfind("item"):
            elements = (each for each in item if isinstance(each.tag, str))
            yield {each.tag.rpartition("}")[2]: each.text or "" for each in elements}

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map the feed's fields."""
        employer, colon, title = required(payload, "title").partition(": ")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "guid"),
            url=text(payload, "link"),
            title=title if colon else employer,
            company_name=employer if colon else None,
            location_text=text(payload, "region"),
            is_remote=True,
            employment_type_text=text(payload, "type"),
            description_html=text(payload, "description"),
            date_posted=rfc_moment(payload, "pubDate"),
            valid_through=rfc_moment(payload, "expires_at"),
            payload=payload,
        )
