from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import TextResponse

from jobmarket.field_paths import without_fields
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.teamtailor import TeamtailorSpider
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(TeamtailorSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    (posting,) = board.items("page")
    assert posting == Posting(
        board="teamtailor",
        company_slug="fjordrobotics",
        native_id="c0ffee00-0000-4000-8000-000000000001",
        url="https://fjordrobotics.teamtailor.com/jobs/8200001",
        title="Machine Learning Engineer",
        company_name="Fjord Robotics",
        job_locations=(Place(address_locality="Bergen", address_region="Europe", address_country="NO"),),
        workplace_text="TELECOMMUTE",
        employment_type_text="FULL_TIME",
        base_salary=(Pay(min_value=780000, max_value=950000, currency="NOK", unit_text="YEAR"),),
        description_html="<p>You plan routes with graphs.</p>",
        date_posted=datetime(2026, 10, 6, 7, 30, tzinfo=UTC),
        valid_through=datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),
        payload=posting.payload,
    )


def test_personal_data_is_removed(board: Any) -> None:
    contact = {"name": "Kari Nordmann", "email": "kari@fjord.example", "telephone": "+47 22 00 00 00"}
    page = board.response("page")
    feed = page.json()
    (item,) = feed["items"]
    item["authors"] = [{"name": "Kari Nordmann"}]
    item["_jobposting"] |= {"applicationContact": contact, "hiringOrganization": {"name": "Fjord", **contact}}
    item["_jobposting"]["jobLocation"][0]["telephone"] = contact["telephone"]
    (read,) = board.spider.postings(page.replace(body=json.dumps(feed)))
    kept = without_fields(read, board.spider.personal_fields)
    assert {"authors", "_jobposting"} - set(kept) == {"authors"}
    assert contact["telephone"] not in str(kept)
    assert "applicationContact" not in kept["_jobposting"]
    assert set(kept["_jobposting"]["hiringOrganization"]) == {"name"}


def test_the_last_page_and_a_text_only_in_the_job_posting_are_read(board: Any) -> None:
    assert board.next_page("page").url == board.recording("last_page").url
    assert board.next_page("last_page") is None
    (posting,) = board.items("last_page")
    assert (posting.description_html, posting.description_text) == (None, "You plan routes with graphs.")


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not JSON"):
        board.items("unknown")


@pytest.mark.parametrize("body", [b"<html><body>gone</body></html>", b"<workzag-jobs/>"])
def test_a_page_instead_of_the_feed_is_refused(body: bytes) -> None:
    with pytest.raises(UnexpectedShape, match="not XML: HTML page|the root is <workzag-jobs>, not <rss>"):
        TeamtailorSpider().postings(TextResponse("https://x.teamtailor.com/jobs.json", body=body))


def test_odd_pay_is_kept_as_stated(board: Any) -> None:
    single, spaced, bare = board.items("odd_pay")
    assert single.base_salary == (Pay(min_value=450, max_value=450, currency="NOK", unit_text="HOUR"),)
    assert spaced.base_salary == ()
    assert (bare.company_name, bare.date_posted) == ("Careers.Paywise.Example", None)


def test_the_rss_feed_states_department_and_workplace(board: Any) -> None:
    (posting,) = board.items("feed")
    assert posting == Posting(
        board="teamtailor",
        company_slug="lundsignals",
        native_id="c0ffee00-0000-4000-8000-000000000021",
        url="https://lundsignals.teamtailor.com/jobs/8200021-data-scientist",
        title="Data Scientist",
        company_name="Lundsignals",
        department="Research",
        location_text="Lund",
        job_locations=(Place(text="Lund", address_locality="Lund", address_country="Sweden"),),
        workplace_text="hybrid",
        description_html="<p>You listen to bridges.</p>",
        date_posted=datetime(2026, 10, 6, 7, 30, tzinfo=UTC),
        payload=posting.payload,
    )
    assert board.next_page("feed") is None


@pytest.mark.parametrize(
    ("slug", "url"),
    [
        ("acme", "https://acme.teamtailor.com/jobs.json"),
        ("acme.na.teamtailor.com", "https://acme.na.teamtailor.com/jobs.json"),
        ("career.acme.com", "https://career.acme.com/jobs.json"),
    ],
)
def test_slugs_become_hosts(slug: str, url: str) -> None:
    (request,) = TeamtailorSpider().requests_for(Company(slug=slug))
    assert request.url == url
    assert TeamtailorSpider.slug_of(url) == slug
    assert TeamtailorSpider.slug_of(url + "?page=2&per_page=100") == slug
