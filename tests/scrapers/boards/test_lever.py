from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from scrapy.http import Response

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.lever import LeverSpider
from scrapers.planning import Company

COMPANY = Company(slug="tidewater", name="Tidewater")


def mapped(payload: dict[str, Any]) -> Posting:
    return LeverSpider().to_posting(payload, COMPANY)


def test_every_field_of_a_posting_is_mapped(payloads: Callable[[str], list[Any]]) -> None:
    payload = payloads("lever/tidewater.json")[0]
    native_id = "0b0c0d0e-1111-4222-8333-000000000001"
    assert mapped(payload) == Posting(
        board="lever",
        company_slug="tidewater",
        native_id=native_id,
        url=f"https://jobs.lever.co/tidewater/{native_id}",
        apply_url=f"https://jobs.lever.co/tidewater/{native_id}/apply",
        title="Machine Learning Engineer (Perception)",
        company_name="Tidewater",
        department="Engineering",
        team="Perception",
        location_text="Berlin; Munich",
        job_locations=(Place(text="Berlin", address_country="DE"), Place(text="Munich")),
        workplace_text="hybrid",
        employment_type_text="Full-time",
        description_html=(
            "<div>We build sensors for greenhouses.</div>\n"
            "<div>You teach them to see.</div>\n"
            "<h3>What you&#x27;ll do &amp; learn</h3>\n"
            "<ul>\n<li>Train detectors in PyTorch</li>\n<li>Label less, learn more</li></ul>\n"
            "<h3>What you bring</h3>\n"
            "<div>\n<li>3 years of Python</li>\n<li>C++ is a plus</li></div>\n"
            "<div>We reply to everybody.</div>"
        ),
        date_posted=datetime(2026, 9, 21, 11, 30, 0, 1000, tzinfo=UTC),
        payload=payload,
    )


def test_without_parts_the_older_description_is_the_text(payloads: Callable[[str], list[Any]]) -> None:
    posting = mapped(payloads("lever/tidewater.json")[1])
    assert posting.description_html == "<div>We build sensors for greenhouses.</div><div>You teach them to see.</div>"
    assert (posting.location_text, posting.job_locations, posting.department) == (None, (), None)
    assert posting.workplace_text == "unspecified"  # the board's own word


def test_pay_is_read_from_the_field_and_in_words(payloads: Callable[[str], list[Any]]) -> None:
    posting = mapped(payloads("lever/tidewater.json")[2])
    assert posting.base_salary == (Pay(min_value=52000, max_value=64000, currency="EUR", unit_text="per-year-salary"),)
    assert posting.pay_text == "52 à 64 k€ selon expérience"
    assert posting.description_html is not None
    assert posting.description_html.endswith("<div>52 à 64 k€ selon expérience</div>")


def test_odd_pay_is_kept_as_stated(payloads: Callable[[str], list[Any]]) -> None:
    hourly, empty, open_end, not_numbers = (mapped(payload) for payload in payloads("lever/oddwages_odd_pay.json"))
    assert hourly.base_salary == (Pay(min_value=62.5, max_value=80, currency="USD", unit_text="per-hour-wage"),)
    assert empty.base_salary == ()
    assert open_end.base_salary == (Pay(min_value=6500, currency="GBP", unit_text="per-month-salary"),)
    assert not_numbers.base_salary == ()
    assert not_numbers.payload["salaryRange"]["min"] == "90k"


def test_an_object_with_only_the_required_fields_is_a_posting() -> None:
    payload = {"id": "a", "text": "x", "categories": None, "lists": None, "createdAt": None}
    assert mapped(payload) == Posting(
        board="lever", company_slug="tidewater", native_id="a", title="x", company_name="Tidewater", payload=payload
    )


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://api.lever.co/v0/postings/spotify?mode=json", "spotify"),
        ("https://api.eu.lever.co/v0/postings/nordlicht?skip=0&limit=10", "api.eu.lever.co/nordlicht"),
        ("https://api.lever.co/v0/postings/spotify", "spotify"),
        ("https://api.lever.co/v0/postings/spotify/b4ad9572-e20f-4185-a284-99d9740d04f0", None),
        ("https://jobs.lever.co/spotify", None),
    ],
)
def test_list_urls_are_recognised(url: str, slug: str | None) -> None:
    assert LeverSpider.slug_of(url) == slug


def test_grouped_postings_are_read() -> None:
    flat, grouped = {"id": "1", "text": "x"}, {"title": "Team", "postings": [{"id": "2", "text": "y"}]}
    response = Response("https://api.lever.co/v0/postings/a?group=team", body=orjson.dumps([flat, grouped, None]))
    assert list(LeverSpider().postings(response)) == [flat, {"id": "2", "text": "y"}, None]


def test_the_request_asks_for_json() -> None:
    (request,) = LeverSpider().requests_for(COMPANY)
    assert request.url == "https://api.lever.co/v0/postings/tidewater?mode=json"


def test_a_european_site_differs_from_its_namesake_and_has_its_own_host() -> None:
    url = "https://api.eu.lever.co/v0/postings/tidewater%20labs?mode=json"
    slug = LeverSpider.slug_of(url)
    assert slug not in (None, "tidewater labs")
    (request,) = LeverSpider().requests_for(Company(slug=slug or ""))
    assert request.url == url
