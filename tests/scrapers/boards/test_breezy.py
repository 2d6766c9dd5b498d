from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from jobmarket.posting import Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.breezy import BreezySpider


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(BreezySpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="breezy",
        company_slug="cascadeair",
        native_id="a10000000001",
        url="https://cascadeair.breezy.hr/p/a10000000001-machine-learning-engineer",
        title="Machine Learning Engineer",
        company_name="Cascade Air",
        department="Engineering",
        location_text="Bend, OR",
        job_locations=(
            Place(text="Bend, OR", address_locality="Bend", address_region="Oregon", address_country="United States"),
        ),
        is_remote=False,
        employment_type_text="Full-Time",
        pay_text="$150,000 – $190,000 / year",
        description_html="<p>You forecast smoke.</p>\n<ul>\n<li>Python</li>\n</ul>",
        date_posted=datetime(2026, 10, 15, 17, 45, 0, 500000, tzinfo=UTC),
        payload=posting.payload,
    )


def test_remote_work_within_a_country_and_missing_pay_are_read(board: Any) -> None:
    _, posting = board.items("page")
    assert (posting.workplace_text, posting.is_remote) == ("remote-location", True)
    assert posting.job_locations == (Place(text="Philippines", address_country="Philippines"),)
    assert (posting.pay_text, posting.department) == (None, None)


def test_the_older_shape_with_a_text_needs_no_own_page(board: Any) -> None:
    (posting,) = board.items("last_page")
    assert (posting.company_name, posting.employment_type_text) == ("Old Winds", "partTime")
    assert posting.description_html == "<p>You file.</p>"
    assert board.spider.detail_for(board.payloads("last_page")[0], board.company("last_page")) is None


def test_an_empty_board_is_read_and_a_redirect_to_the_vendor_refused(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not JSON: HTML page"):
        board.items("unknown")


def test_odd_pay_is_kept_and_a_page_without_a_job_posting_refused(board: Any) -> None:
    (posting,) = board.items("odd_pay")
    assert posting.pay_text == "₱90,000 – ₱120,000 / month"
    assert (posting.job_locations, posting.employment_type_text, posting.company_name) == ((), None, "Paidwinds")
    with pytest.raises(UnexpectedShape, match="no JobPosting in the page"):
        board.with_detail("odd_pay", "odd_pay_detail")


def test_pages_on_the_employers_own_domain_are_requested(board: Any) -> None:
    address = "https://careers.cascadeair.example/p/a10000000001-machine-learning-engineer"
    payload = board.payloads("page")[0] | {"url": address}
    assert board.spider.detail_for(payload, board.company("page")).url == address


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/p/1", "https://elsewhere.example/p/a10000000002-cook", "/p/a10000000001"]
)
def test_only_a_postings_own_page_is_requested(board: Any, address: str) -> None:
    payload = board.payloads("page")[0] | {"url": address}
    assert board.spider.detail_for(payload, board.company("page")) is None
