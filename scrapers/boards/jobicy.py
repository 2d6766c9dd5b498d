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

    Terms: Jobicy is named, with a link to the job at Jobicy; not passed on to other job boards; asked at most once an
    hour, and six hours behind. Robots: obeyed, asked of each host.
    Pagination: none, ``count`` of at most 100, newest first; what scrolls off is not closed.
    Quirks (2026-11-22): labels, title and company are HTML-escaped text, the description is HTML. ``jobGeo`` is who
    may apply, a list in words ("LATAM,  Brazil"). Either end of the pay may be missing; older answers have
    ``annualSalaryMin`` instead. Every job is remote: the board says so of itself.
    """

    name = "jobicy"
    documentation = "https://github.com/Jobicy/remote-jobs-api"
    list_url = "https://jobicy.com/api/v2/remote-jobs?count=100"
    url_pattern = re.compile(r"https?://jobicy\.com/api/v2/remote-jobs/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterable[Any]:
        """The objects under ``jobs``."""
        return self.listed(response, "jobs")

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Jobicy's words in ours."""
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
