from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.usajobs import UsajobsSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(UsajobsSpider)
    assert board.items("page")[0] == Posting(
        board="usajobs",
        company_slug="all",
        native_id="890000001",
        url="https://www.usajobs.gov:443/job/890000001",
        title="Data Scientist (Machine Learning)",
        company_name="Bureau of Invented Forecasts",
        department="Department of Weather",
        location_text="Boulder, Colorado",
        job_locations=(
            Place(
                text="Boulder, Colorado",
                address_locality="Boulder, Colorado",
                address_region="Colorado",
                address_country="United States",
            ),
        ),
        is_remote=False,
        employment_type_text="Full-time",
        base_salary=(Pay(min_value=106437, max_value=158322, currency="USD", unit_text="PA"),),
        description_html=(
            "You model rain.\n<h3>Duties</h3>\n<ul><li>Build models</li><li>Keep them running</li></ul>\n"
            "<h3>Qualifications</h3>\nOne year of work with statistical models."
        ),
        requisition_id="NPS-26-890000001",
        date_posted=datetime(2026, 11, 20, 5, 0, tzinfo=UTC),
        valid_through=datetime(2026, 12, 5, 4, 59, 59, 997000, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(UsajobsSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_missing_parts_of_the_text_are_skipped(bench: Benches) -> None:
    (item,) = bench(UsajobsSpider).items("last_page")
    assert (item.is_remote, item.job_locations, item.employment_type_text) == (True, (), None)
    assert item.description_html == (
        "You count rain.\n<h3>Qualifications</h3>\nOne year of work with statistical models."
    )


def test_amounts_are_read_from_strings_and_words_are_ignored(bench: Benches) -> None:
    hourly, unpaid = bench(UsajobsSpider).items("odd_pay")
    assert hourly.base_salary == (Pay(min_value=18.75, max_value=24.1, currency="USD", unit_text="PH"),)
    assert unpaid.base_salary == ()


def test_the_list_ends_at_the_stated_number_of_pages(bench: Benches) -> None:
    board = bench(UsajobsSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert board.next_page("last_page") is None


def test_a_search_that_states_10_000_results_may_have_more(bench: Benches) -> None:
    board, spider = bench(UsajobsSpider), UsajobsSpider()
    body = b'{"SearchResult": {"SearchResultCountAll": 10000, "UserArea": {"NumberOfPages": "20"}}}'
    answer = board.response("page").replace(body=body)
    last = answer.replace(url=answer.url.replace("Page=1", "Page=20"))
    assert spider.next_page(last, board.company("page")) is None
    assert (spider.stated_size(last), spider.most_shown, spider.cut_off_at) == (10_000, 10_000, 10_000)


def test_the_key_is_sent_with_its_owners_address(bench: Benches) -> None:
    spider = UsajobsSpider()
    spider.keys = {"JOBMARKET_USAJOBS_KEY": "a key", "JOBMARKET_USAJOBS_MAIL": "us@example.org"}
    first, *_ = spider.requests_for(bench(UsajobsSpider).company("page"))
    assert (first.headers["Authorization-Key"], first.headers["User-Agent"]) == (b"a key", b"us@example.org")


def test_the_agencys_contact_is_removed(bench: Benches) -> None:
    payload = without_fields(bench(UsajobsSpider).payloads("page")[0], UsajobsSpider.personal_fields)
    assert "someone@example.invalid" not in str(payload)
    assert "555-0100" not in str(payload)
