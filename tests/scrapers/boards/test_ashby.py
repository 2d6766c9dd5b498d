from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.ashby import AshbySpider
from scrapers.planning import Company

COMPANY = Company(slug="Fern Works", name="Fern Works")


def mapped(payload: dict[str, Any]) -> Posting:
    return AshbySpider().to_posting(payload, COMPANY)


def test_every_field_of_a_posting_is_mapped(payloads: Callable[[str], list[Any]]) -> None:
    payload = payloads("ashby/Fern_20Works.json")[0]
    native_id = "7a7b7c7d-2222-4333-9444-000000000001"
    assert mapped(payload) == Posting(
        board="ashby",
        company_slug="Fern Works",
        native_id=native_id,
        url=f"https://jobs.ashbyhq.com/fernworks/{native_id}",
        apply_url=f"https://jobs.ashbyhq.com/fernworks/{native_id}/application",
        title="Machine Learning Engineer, Language",
        company_name="Fern Works",
        department="Research",
        team="Language",
        location_text="Toronto; Remote (Canada); Paris",
        job_locations=(
            Place(text="Toronto", address_locality="Toronto", address_region="Ontario", address_country="Canada"),
            Place(text="Remote (Canada)", address_country="Canada"),
            Place(text="Paris", address_locality="Paris", address_region="Île-de-France", address_country="France"),
        ),
        workplace_text="Hybrid",
        is_remote=True,
        employment_type_text="FullTime",
        base_salary=(Pay(min_value=160000, max_value=205000, currency="CAD", unit_text="1 YEAR"),),
        pay_text="CA$160K - CA$205K",
        description_html=(
            '<h2>The work</h2><p style="min-height:1.5em">Fine-tune language models with JAX &amp; evaluate them '
            "honestly.</p><h2>You</h2><ul><li><p>PhD or 4 years in NLP</p></li><li><p>Python, Hugging Face, vLLM</p>"
            "</li></ul>"
        ),
        date_posted=datetime(2026, 10, 5, 14, 2, 3, 456000, tzinfo=UTC),
        payload=payload,
    )


def test_only_salaries_are_base_pay_and_the_tier_is_their_name(payloads: Callable[[str], list[Any]]) -> None:
    (payload,) = payloads("ashby/lanternpay_odd_pay.json")
    assert mapped(payload).base_salary == (
        Pay(
            min_value=140000, max_value=180000, currency="USD", unit_text="1 YEAR",
            name="SF/NY; Total OTE with 70/30 split",
        ),
        Pay(min_value=95, max_value=120.5, currency="EUR", unit_text="1 HOUR", name="Contractors"),
    )  # fmt: skip
    assert len(payload["compensation"]["compensationTiers"][0]["components"]) == 3


def test_missing_workplace_address_and_pay_are_unknown(payloads: Callable[[str], list[Any]]) -> None:
    posting = mapped(payloads("ashby/Fern_20Works.json")[1])
    assert (posting.workplace_text, posting.is_remote, posting.base_salary) == (None, None, ())
    assert posting.job_locations == (Place(text="Anywhere"),)


def test_an_object_with_only_the_required_fields_is_a_posting() -> None:
    payload = {"id": "a", "title": "x", "compensation": None, "secondaryLocations": None, "address": None}
    assert mapped(payload) == Posting(
        board="ashby", company_slug="Fern Works", native_id="a", title="x", company_name="Fern Works", payload=payload
    )


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://api.ashbyhq.com/posting-api/job-board/Fern%20Works?includeCompensation=true", "Fern Works"),
        ("https://api.ashbyhq.com/posting-api/job-board/heidihealth.com.au", "heidihealth.com.au"),
        ("https://api.ashbyhq.com/posting-api/job-board/", None),
        ("https://jobs.ashbyhq.com/cohere", None),
    ],
)
def test_list_urls_are_recognised(url: str, slug: str | None) -> None:
    assert AshbySpider.slug_of(url) == slug


def test_the_request_includes_pay() -> None:
    (request,) = AshbySpider().requests_for(COMPANY)
    assert request.url == "https://api.ashbyhq.com/posting-api/job-board/Fern%20Works?includeCompensation=true"
