from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.posting import Place, Posting
from scrapers.boards.bamboohr import BamboohrSpider
from scrapers.boards.base import UnexpectedShape
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(BamboohrSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="bamboohr",
        company_slug="bluepanda",
        native_id="31",
        url="https://bluepanda.bamboohr.com/careers/31",
        title="Machine Learning Engineer",
        company_name="Bluepanda",
        department="Data",
        job_locations=(Place(address_locality="Provo", address_region="Utah", address_country="United States"),),
        workplace_text="2",
        employment_type_text="Full-Time",
        pay_text="$140,000 - $165,000",
        description_html="<p>You count bamboo from the air.</p>",
        date_posted=datetime(2026, 10, 20, tzinfo=UTC),
        payload=posting.payload,
    )


def test_a_row_without_its_own_page_is_a_posting(board: Any) -> None:
    _, second = board.items("page")
    assert (second.url, second.workplace_text) == ("https://bluepanda.bamboohr.com/careers/32", "0")
    assert (second.date_posted, second.description_html, second.pay_text) == (None, None, None)


def test_the_other_place_field_a_numeric_id_and_a_flag_in_words_are_read(board: Any) -> None:
    (posting,) = board.items("last_page")
    assert (posting.native_id, posting.department, posting.is_remote) == ("7", None, None)
    assert posting.job_locations == (
        Place(address_locality="Laval", address_region="Quebec", address_country="Canada"),
    )


def test_an_empty_board_is_read_and_a_redirect_to_the_vendor_refused(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not JSON: HTML page"):
        board.items("unknown")


def test_odd_pay_is_kept_and_blanks_of_the_page_do_not_hide_the_list(board: Any) -> None:
    posting = board.with_detail("odd_pay", "odd_pay_detail")
    assert (posting.pay_text, posting.base_salary) == ("DOE", ())
    assert (posting.workplace_text, posting.is_remote, posting.employment_type_text) == ("1", True, "Full-Time")
    assert posting.job_locations == (Place(address_locality="Reno"),)  # numbers are no names


def test_an_openings_own_page_counts_as_a_list_of_one(board: Any) -> None:
    (payload,) = board.payloads("page_detail")
    posting = board.spider.to_posting(payload, Company(slug="bluepanda"))
    assert (posting.native_id, posting.title) == ("31", "Machine Learning Engineer")
