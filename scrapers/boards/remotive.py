"""Remotive, public API."""

import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import local_moment, required, text


class RemotiveSpider(BoardSpider):
    """Remotive: all active jobs of many employers in one answer, ``{"total-job-count": n, "jobs": […], …}``.

    Terms: Remotive must be named and linked wherever its jobs are shown; they must not be passed on to other job
    boards; at most four requests a day. Its answers are a day old. Robots: requested from each host and obeyed.
    Pagination: none. The free interface shows 20 to 30 jobs. ``total-job-count`` states all of them (since 2024-09),
    ``job-count`` those in the answer.
    Quirks (2026-11-22): every job is remote: the board states that about itself, no field does.
    ``candidate_required_location`` says who may apply, in words. ``salary`` is a text too, or ``""``, as may be
    ``job_type``. ``publication_date`` has no zone and is UTC.
    """

    name = "remotive"
    documentation = "https://github.com/remotive-com/remote-jobs-api"
    list_url = "https://remotive.com/api/remote-jobs"
    url_pattern = re.compile(r"https?://remotive\.(?:com|io)/api/remote-jobs/?(?:[?#]|$)")
    total_at = ("total-job-count",)

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``."""
        return self.listed(response, "jobs")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Remotive's fields."""
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=required(payload, "title"),
            company_name=text(payload, "company_name"),
            location_text=text(payload, "candidate_required_location"),
            is_remote=True,
            employment_type_text=text(payload, "job_type"),
            pay_text=text(payload, "salary"),
            description_html=text(payload, "description"),
            date_posted=local_moment(payload, "publication_date", zone=UTC),
            payload=payload,
        )
