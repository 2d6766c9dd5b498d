"""Jobicy, remote jobs API."""

import html
import re
from collections.abc import Iterable
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import iso_moment, joined, pay_range, required, text, texts, with_amount


class JobicySpider(BoardSpider):
    """Jobicy: the newest remote jobs of many employers, ``{"jobCount": n, "jobs": […], "success": true, …}``.

    Terms: Jobicy must be named, with a link to the job at Jobicy; its jobs must not be passed on to other job boards.
    At most one request per hour is allowed, and the answer is six hours old. Robots: requested from each host and
    obeyed.
    Pagination: none; ``count`` of at most 100, newest first. A posting that drops off the list is not closed.
    Quirks (2026-11-22): labels, title and company are HTML-escaped text, the description is HTML. ``jobGeo`` says who
    may apply, as a list in words ("LATAM,  Brazil"). Either end of the pay may be missing; older answers have
    ``annualSalaryMin`` instead. Every job is remote: the board states that about itself, no field does.
    """

    name = "jobicy"
    documentation = "https://github.com/Jobicy/remote-jobs-api"
    list_url = "https://jobicy.com/api/v2/remote-jobs?count=100"
    url_pattern = re.compile(r"https?://jobicy\.com/api/v2/remote-jobs/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """Return the objects under ``jobs``."""
        return self.listed(response, "jobs")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Jobicy's fields."""
        places = [" ".join(each.split()) for each in html.unescape(text(payload, "jobGeo") or "").split(",")]
        pay = pay_range(payload, "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod")
        older = pay_range(payload, "annualSalaryMin", "annualSalaryMax", "salaryCurrency")
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "url"),
            title=html.unescape(required(payload, "jobTitle")),
            company_name=html.unescape(text(payload, "companyName") or ""),
            location_text=joined(places),
            job_locations=tuple(Place(text=place) for place in places if place),
            is_remote=True,
            employment_type_text=joined(texts(payload, "jobType")),
            base_salary=with_amount([pay, older.model_copy(update={"unit_text": "yearly"})]),
            description_html=text(payload, "jobDescription"),
            date_posted=iso_moment(payload, "pubDate"),
            payload=payload,
        )
