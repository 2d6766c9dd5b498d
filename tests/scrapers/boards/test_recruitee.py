from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.recruitee import RecruiteeSpider


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(RecruiteeSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting, _ = board.items("page")
    assert posting == Posting(
        board="recruitee",
        company_slug="windmillworks",
        native_id="2900001",
        url="https://windmillworks.recruitee.com/o/2900001",
        apply_url="https://windmillworks.recruitee.com/o/2900001/c/new",
        title="Machine Learning Engineer",
        company_name="Windmill Works",
        department="Data",
        location_text="Utrecht, Netherlands",
        job_locations=(
            Place(
                text="Utrecht HQ", address_locality="Utrecht", address_region="Utrecht", address_country="Netherlands"
            ),
            Place(text="Ghent", address_locality="Ghent", address_region="East Flanders", address_country="Belgium"),
        ),
        workplace_text="hybrid",
        is_remote=False,
        employment_type_text="fulltime_permanent",
        base_salary=(Pay(min_value=5200, max_value=6800, currency="EUR", unit_text="month"),),
        description_html="<p>We turn wind into numbers.</p>\n<ul><li>Python</li><li>Time series</li></ul>",
        date_posted=datetime(2026, 10, 1, 7, 30, 15, tzinfo=UTC),
        payload=posting.payload,
    )


def test_several_workplaces_and_a_place_in_flat_fields_are_read(board: Any) -> None:
    _, posting = board.items("page")
    assert (posting.workplace_text, posting.is_remote) == ("remote; hybrid", True)
    assert posting.job_locations == (
        Place(address_locality="Utrecht", address_region="Utrecht", address_country="Netherlands"),
    )
    assert (posting.base_salary, posting.description_html) == ((), "<p>We turn wind into numbers.</p>")
    assert posting.valid_through == datetime(2026, 12, 31, tzinfo=UTC)


def test_an_employers_own_host_is_used(board: Any) -> None:
    assert board.company("last_page").slug == "careers.windmill.example"
    (request,) = board.spider.requests_for(board.company("last_page"))
    assert request.url == "https://careers.windmill.example/api/offers/"
    (posting,) = board.items("last_page")
    assert (posting.company_slug, posting.workplace_text) == ("careers.windmill.example", "on_site")
    assert posting.valid_through == datetime(2027, 1, 15, 23, 59, tzinfo=UTC)


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="no list under the key 'offers'"):
        board.items("unknown")


def test_odd_pay_is_kept_as_stated(board: Any) -> None:
    hourly, mixed, words = board.items("odd_pay")
    assert hourly.base_salary == (Pay(min_value=85.5, currency="EUR", unit_text="hour"),)
    assert mixed.base_salary == (Pay(min_value=60000, max_value=75000, currency="USD", unit_text="year"),)
    assert (words.base_salary, words.date_posted) == ((), None)


def test_the_mailbox_is_not_landed(board: Any) -> None:
    payload = without_fields(board.payloads("page")[0], board.spider.personal_fields)
    assert "windmillworks.recruitee.com/o" in str(payload)
    assert "@" not in str(payload)
