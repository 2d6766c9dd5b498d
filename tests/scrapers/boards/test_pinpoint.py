from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.pinpoint import PinpointSpider


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(PinpointSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting, _ = board.items("page")
    assert posting == Posting(
        board="pinpoint",
        company_slug="lanternhill",
        native_id="541001",
        url="https://lanternhill.pinpointhq.com/en/postings/00000000-0000-4000-8000-000000541001",
        title="Machine Learning Engineer",
        company_name="Lanternhill",
        department="Data",
        team="Product",
        location_text="Albany Office",
        job_locations=(Place(text="Albany Office", address_locality="Albany", address_region="New York"),),
        workplace_text="onsite",
        employment_type_text="permanent_full_time",
        base_salary=(Pay(min_value=120000, max_value=150000, currency="USD", unit_text="year"),),
        pay_text="$120,000 - $150,000 / year",
        description_html=(
            "<p>Light, measured.</p>\n<h3>Key Responsibilities</h3>\n<ul><li>Train models</li></ul>\n"
            "<h3>Skills &amp; Expertise</h3>\n<ul><li>JAX</li></ul>"
        ),
        requisition_id="LH-0091",
        valid_through=datetime(2026, 12, 15, 4, 59, 59, tzinfo=UTC),
        payload=posting.payload,
    )


def test_null_values_are_unknown(board: Any) -> None:
    _, posting = board.items("page")
    assert posting.title == "Porter"
    assert (posting.department, posting.team, posting.requisition_id, posting.valid_through) == (None,) * 4
    assert (posting.location_text, posting.job_locations) == (None, ())


def test_a_list_in_one_language_is_read(board: Any) -> None:
    (posting,) = board.items("last_page")
    assert (posting.company_slug, posting.employment_type_text) == ("lanternhill-labs", "contract_temp")
    assert board.next_page("last_page") is None


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not JSON: HTML page"):
        board.items("unknown")


def test_pay_that_the_employer_hides_is_ignored(board: Any) -> None:
    hidden, hourly, none = board.items("odd_pay")
    assert (hidden.base_salary, hidden.pay_text) == ((), None)
    assert hourly.base_salary == (Pay(min_value=31.25, max_value=31.25, currency="USD", unit_text="hour"),)
    assert (none.base_salary, none.pay_text) == ((), None)
