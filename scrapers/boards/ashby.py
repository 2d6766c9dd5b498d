"""Ashby, public job posting API."""

import re
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, Company
from scrapers.boards.fields import flag, iso_moment, joined, mappings, pay_range, required, text, with_amount

_NOWHERE = Place()


class AshbySpider(BoardSpider):
    """Ashby: the complete board in one answer, ``{"apiVersion": "1", "jobs": […]}``.

    Terms: a public interface without a key; the texts belong to the employers.
    Robots: requested from each host and obeyed.
    Pagination: none. Pay is only included with ``includeCompensation=true``. Unknown board: 404.
    Quirks (2026-11-22): slugs contain spaces and dots. ``isListed: false`` marks jobs that must not be shown.
    ``isRemote`` is also true for hybrid work. A ``Salary`` may be on-target earnings; only the words of its tier say
    so, and they are kept as the pay's name.
    """

    name = "ashby"
    documentation = "https://developers.ashbyhq.com/docs/public-job-posting-api"
    list_url = "https://api.ashbyhq.com/posting-api/job-board/{slug}?includeCompensation=true"
    url_pattern = re.compile(r"https?://api\.ashbyhq\.com/posting-api/job-board/(?P<slug>[^/?#]+)/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterator[Any]:
        """Yield the objects under ``jobs`` that are listed."""
        for job in self.listed(response, "jobs"):
            if isinstance(job, dict) and job.get("isListed") is False:
                self.leave_out(response)
            else:
                yield job

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Map Ashby's fields."""
        places = [place(each) for each in (payload, *mappings(payload, "secondaryLocations"))]
        return Posting(
            board=self.name,
            company_slug=company.slug,
            native_id=required(payload, "id"),
            url=text(payload, "jobUrl"),
            apply_url=text(payload, "applyUrl"),
            title=required(payload, "title"),
            company_name=company.name,
            department=text(payload, "department"),
            team=text(payload, "team"),
            location_text=joined(each.text for each in places),
            job_locations=tuple(each for each in places if each != _NOWHERE),
            workplace_text=text(payload, "workplaceType"),
            is_remote=flag(payload, "isRemote"),
            employment_type_text=text(payload, "employmentType"),
            base_salary=with_amount(salaries(payload)),
            pay_text=text(payload, "compensation", "scrapeableCompensationSalarySummary"),
            description_html=text(payload, "descriptionHtml"),
            date_posted=iso_moment(payload, "publishedAt"),
            payload=payload,
        )


def place(stated: dict[str, Any]) -> Place:
    """Return a location with its postal address."""
    address = ("address", "postalAddress")
    return Place(
        text=text(stated, "location"),
        address_locality=text(stated, *address, "addressLocality"),
        address_region=text(stated, *address, "addressRegion"),
        address_country=text(stated, *address, "addressCountry"),
    )


def salaries(payload: dict[str, Any]) -> Iterator[Pay]:
    """Yield the salaries of each pay tier; equity, bonus and commission stay in the payload."""
    for tier in mappings(payload, "compensation", "compensationTiers"):
        name = joined([text(tier, "title"), text(tier, "additionalInformation")])
        for each in mappings(tier, "components"):
            if each.get("compensationType") == "Salary":
                yield pay_range(each, "minValue", "maxValue", "currencyCode", "interval", name)
