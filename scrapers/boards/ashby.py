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
    """Ashby: the whole board in one answer, ``{"apiVersion": "1", "jobs": […]}``.

    Terms: a public interface without a key; the texts belong to the employers. Robots: obeyed, asked of each host.
    Pagination: none. Without ``includeCompensation=true`` there is no pay. Unknown board: 404.
    Quirks (2026-11-22): names hold spaces and dots. ``isListed: false`` is not meant to be shown. ``isRemote`` is true
    for hybrid work too. A ``Salary`` may be on-target earnings: the tier says so, and its words are kept as the name.
    """

    name = "ashby"
    documentation = "https://developers.ashbyhq.com/docs/public-job-posting-api"
    list_url = "https://api.ashbyhq.com/posting-api/job-board/{slug}?includeCompensation=true"
    url_pattern = re.compile(r"https?://api\.ashbyhq\.com/posting-api/job-board/(?P<slug>[^/?#]+)/?(?:[?#]|$)")

    def postings(self, response: Response) -> Iterator[Any]:
        """The objects under ``jobs`` that are listed."""
        for job in self.listed(response, "jobs"):
            if isinstance(job, dict) and job.get("isListed") is False:
                self.leave_out(response)
            else:
                yield job

    def to_posting(self, payload: dict[str, Any], company: Company) -> Posting:
        """Ashby's words in ours."""
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
    """A location and its postal address."""
    address = ("address", "postalAddress")
    return Place(
        text=text(stated, "location"),
        address_locality=text(stated, *address, "addressLocality"),
        address_region=text(stated, *address, "addressRegion"),
        address_country=text(stated, *address, "addressCountry"),
    )


def salaries(payload: dict[str, Any]) -> Iterator[Pay]:
    """The salaries of each pay tier; equity, bonus and commission stay in the payload."""
    for tier in mappings(payload, "compensation", "compensationTiers"):
        name = joined([text(tier, "title"), text(tier, "additionalInformation")])
        for each in mappings(tier, "components"):
            if each.get("compensationType") == "Salary":
                yield pay_range(each, "minValue", "maxValue", "currencyCode", "interval", name)
