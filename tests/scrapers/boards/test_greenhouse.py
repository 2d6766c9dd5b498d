from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from scrapy.http import TextResponse

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.greenhouse import GreenhouseSpider
from scrapers.planning import Company

COMPANY = Company(slug="northwindlabs", name="as the registry says")


def mapped(payload: dict[str, Any]) -> Posting:
    return GreenhouseSpider().to_posting(payload, COMPANY)


def test_every_field_of_a_posting_is_mapped(payloads: Callable[[str], list[Any]]) -> None:
    payload = payloads("greenhouse/northwindlabs.json")[0]
    assert mapped(payload) == Posting(
        board="greenhouse",
        company_slug="northwindlabs",
        native_id="5100001",
        url="https://job-boards.greenhouse.io/northwindlabs/jobs/5100001",
        title="Senior Machine Learning Engineer, Ranking",
        company_name="Northwind Labs",
        department="Machine Learning",
        location_text="Boston, MA; Remote - US",
        job_locations=(Place(text="Boston, Massachusetts, United States"),),
        description_html=(
            "<h2>What you will do</h2><p>You take ranking models from a notebook to a service that answers 40,000 "
            "requests a second &amp; keeps its promises.</p><ul><li>Train models in PyTorch and serve them with Triton"
            "</li><li>Own feature pipelines in Spark&nbsp;and Airflow</li></ul><h3>You bring</h3><ul><li>5+ years of "
            "software engineering, 3 of them with machine learning in production</li><li>Python, SQL, Kubernetes</li>"
            "</ul><p>The base salary range for this role is $185,000 &ndash; $230,000 a year.</p>"
        ),
        language="en",
        requisition_id="NW-1",
        date_posted=datetime(2026, 10, 20, 9, 30, tzinfo=UTC),
        payload=payload,
    )


def test_a_numeric_requisition_several_departments_and_a_deadline_are_read(
    payloads: Callable[[str], list[Any]],
) -> None:
    posting = mapped(payloads("greenhouse/northwindlabs.json")[1])
    assert posting.requisition_id == "4217"
    assert posting.department == "Machine Learning; Platform"
    assert posting.job_locations == (Place(text="London, England, United Kingdom"),)
    assert posting.valid_through == datetime(2027, 1, 1, 4, 59, tzinfo=UTC)


def test_the_employers_own_fields_are_left_to_staging_so_that_all_history_has_them() -> None:
    own = [{"name": "Workplace Type", "value": "Hybrid"}, {"name": "Employment Type", "value": "Contractor"}]
    posting = mapped({"id": 1, "title": "x", "metadata": own})
    assert (posting.employment_type_text, posting.workplace_text) == (None, None)
    assert posting.payload["metadata"] == own


def test_a_person_in_a_field_of_the_employers_own_is_not_landed() -> None:
    kept = [{"name": "Location Type", "value": "Remote", "value_type": "single_select"}, {"value": "odd"}, "odd"]
    persons = [
        {"name": "Hiring Manager", "value": {"name": "Jo Doe"}},
        {"name": "Recruiter", "value": "Jo Doe", "value_type": "short_text"},
        {"name": "Owner of the seat", "value": {"name": "Jo Doe", "email": "jo@acme.example"}, "value_type": "user"},
    ]
    jobs = [{"id": 1, "metadata": [*persons, *kept]}, {"id": 2, "metadata": kept}, {"id": 3, "metadata": None}, "odd"]
    answer = TextResponse("https://boards-api.greenhouse.io/v1/boards/a/jobs", body=orjson.dumps({"jobs": jobs}))
    assert list(GreenhouseSpider().postings(answer)) == [{"id": 1, "metadata": kept}, *jobs[1:]]


def test_without_content_the_text_is_unknown(payloads: Callable[[str], list[Any]]) -> None:
    posting = mapped(payloads("greenhouse/northwindlabs_list.json")[3])
    assert (posting.title, posting.description_html, posting.department) == ("Data Analyst", None, None)


def test_odd_pay_is_in_cents_and_has_no_period(payloads: Callable[[str], list[Any]]) -> None:
    first, second = payloads("greenhouse/ledgerline_odd_pay.json")
    assert mapped(first).base_salary == (
        Pay(min_value=210000, max_value=265500, currency="USD", name="Annual base"),
        Pay(min_value=95.5, max_value=None, currency="USD", name="Hourly, contractors"),
    )
    assert mapped(second).base_salary == ()


def test_an_object_with_only_the_required_fields_is_a_posting() -> None:
    payload = {"id": 1, "title": "x"}
    assert mapped(payload) == Posting(
        board="greenhouse",
        company_slug="northwindlabs",
        native_id="1",
        title="x",
        company_name="as the registry says",
        payload=payload,
    )


def test_values_of_other_types_than_promised_are_unknown() -> None:
    payload = {"id": 1, "title": "x", "location": "Oslo", "departments": {}, "offices": [None, 3], "content": 7.5,
               "first_published": "yesterday", "application_deadline": "2026-12-31", "language": True}  # fmt: skip
    posting = mapped(payload)
    assert posting.description_html == "7.5"
    assert (posting.location_text, posting.job_locations, posting.department) == (None, (), None)
    assert (posting.date_posted, posting.valid_through, posting.language) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://boards-api.greenhouse.io/v1/boards/airbnb/jobs?content=true", "airbnb"),
        ("https://boards-api.greenhouse.io/v1/boards/airbnb/jobs", "airbnb"),
        ("https://api.greenhouse.io/v1/boards/a%20b/jobs/?content=false&x=1", "a b"),
        ("https://boards-api.greenhouse.io/v1/boards/airbnb/jobs/123", None),
        ("https://boards-api.greenhouse.io/v1/boards/airbnb/offices", None),
        ("https://boards-api.greenhouse.io.example.com/v1/boards/airbnb/jobs", None),
    ],
)
def test_list_urls_are_recognised(url: str, slug: str | None) -> None:
    assert GreenhouseSpider.slug_of(url) == slug


def test_the_request_includes_the_text() -> None:
    (request,) = GreenhouseSpider().requests_for(Company(slug="a b"))
    assert request.url == "https://boards-api.greenhouse.io/v1/boards/a%20b/jobs?content=true"
    assert GreenhouseSpider.slug_of(request.url) == "a b"
