from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Place, Posting
from scrapers.boards.smartrecruiters import SmartrecruitersSpider
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(SmartrecruitersSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="smartrecruiters",
        company_slug="HarbourLight",
        native_id="744000900000001",
        url="https://jobs.smartrecruiters.com/HarbourLight/744000900000001-machine-learning-engineer-port-calls",
        apply_url=(
            "https://jobs.smartrecruiters.com/HarbourLight/744000900000001-machine-learning-engineer-port-calls?oga=true"
        ),
        title="Machine Learning Engineer, Port Calls",
        company_name="Harbour Light",
        department="Data Science",
        location_text="Rotterdam, South Holland, Netherlands",
        job_locations=(
            Place(
                text="Rotterdam, South Holland, Netherlands",
                address_locality="Rotterdam",
                address_region="South Holland",
                address_country="nl",
            ),
        ),
        workplace_text="hybrid",
        is_remote=False,
        employment_type_text="Full-time",
        description_html=(
            "<h3>Company Description</h3>\n<p>We tell ships when to come.</p>\n"
            "<h3>Job Description</h3>\n<p>You forecast arrivals with PyTorch.</p>\n"
            "<h3>Qualifications</h3>\n<ul><li>Python &amp; SQL</li></ul>"
        ),
        language="en",
        requisition_id="REF118K",
        date_posted=datetime(2026, 10, 5, 8, 15, 30, 250000, tzinfo=UTC),
        payload=posting.payload,
    )


def test_without_its_page_the_address_follows_from_the_id(board: Any) -> None:
    first, second = board.items("page")
    assert (first.description_html, first.apply_url) == (None, None)
    assert second.url == "https://jobs.smartrecruiters.com/HarbourLight/744000900000002"
    assert (second.workplace_text, second.is_remote, second.employment_type_text) == ("remote", True, "Part-time")


def test_the_last_page_and_its_blanks_are_read(board: Any) -> None:
    assert board.next_page("page").url == board.recording("last_page").url
    assert board.next_page("last_page") is None
    (posting,) = board.items("last_page")
    assert posting.job_locations == (Place(address_country="nl"),)
    assert (posting.location_text, posting.workplace_text, posting.is_remote) == (None, None, False)
    assert (posting.employment_type_text, posting.requisition_id) == ("temporary", None)


@pytest.mark.parametrize("name", ["empty", "unknown"])
def test_an_unknown_company_looks_like_an_empty_one(board: Any, name: str) -> None:
    assert board.items(name) == []
    assert board.next_page(name) is None


def test_odd_pay_is_only_in_the_text_and_odd_types_are_unknown(board: Any) -> None:
    posting = board.with_detail("odd_pay", "odd_pay_detail")
    assert posting == Posting(
        board="smartrecruiters",
        company_slug="TideWise",
        native_id="744000900000011",
        url="https://jobs.smartrecruiters.com/TideWise/744000900000011",
        title="Data Scientist, Tides",
        company_name="TideWise",
        description_html="<h3>Job Description</h3>\n<p>Tide tables.</p>\n<p>€ 4.200 – € 5.600 bruto per maand.</p>",
        payload=posting.payload,
    )


def test_a_postings_own_page_counts_as_a_list_of_one(board: Any) -> None:
    (payload,) = board.payloads("page_detail")
    posting = board.spider.to_posting(payload, Company(slug="HarbourLight"))
    assert (posting.title, posting.department) == ("Machine Learning Engineer, Port Calls", "Data Science")
    assert posting.description_html


def test_recruiters_are_not_landed(board: Any) -> None:
    payload = {"creator": {"name": "Jo"}, "detail": {"creator": {"name": "Jo"}}}
    assert without_fields(payload, board.spider.personal_fields) == {"detail": {}}
