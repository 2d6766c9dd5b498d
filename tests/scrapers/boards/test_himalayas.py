from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.himalayas import HimalayasSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(HimalayasSpider)
    assert board.items("page")[0] == Posting(
        board="himalayas",
        company_slug="all",
        native_id="https://himalayas.app/companies/parcel-finch/jobs/ml-engineer-1",
        url="https://himalayas.app/companies/parcel-finch/jobs/ml-engineer-1",
        apply_url="https://himalayas.app/companies/parcel-finch/jobs/ml-engineer-1",
        title="Machine Learning Engineer",
        company_name="Parcel Finch",
        location_text="United States; Canada",
        job_locations=(Place(text="United States"), Place(text="Canada")),
        is_remote=True,
        employment_type_text="Full Time",
        base_salary=(Pay(min_value=110000, max_value=140000, currency="USD", unit_text="annual"),),
        description_html="<p>You bring models to where parcels are.</p>",
        date_posted=datetime(2026, 11, 24, 8, 46, 40, tzinfo=UTC),
        valid_through=datetime(2027, 1, 23, 8, 46, 40, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(HimalayasSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_missing_place_and_pay_are_unknown(bench: Benches) -> None:
    second = bench(HimalayasSpider).items("page")[1]
    assert (second.location_text, second.job_locations, second.base_salary) == (None, (), ())


def test_dates_are_read_in_seconds_or_milliseconds(bench: Benches) -> None:
    (item,) = bench(HimalayasSpider).items("last_page")
    assert item.date_posted == datetime(2026, 11, 24, 8, 46, 40, tzinfo=UTC)


def test_pay_without_a_period_is_annual_and_the_name_name_is_ignored(bench: Benches) -> None:
    hourly, older = bench(HimalayasSpider).items("odd_pay")
    assert hourly.base_salary == (Pay(min_value=15, max_value=30, currency="USD", unit_text="hourly"),)
    assert older.base_salary == (Pay(min_value=110000, max_value=140000, currency="USD", unit_text="annual"),)
    assert older.company_name == "slate-harbour"


def test_a_search_pages_by_number_and_the_feed_by_cursor(bench: Benches) -> None:
    board = bench(HimalayasSpider)
    second, after_feed = board.next_page("page"), board.next_page("feed")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert after_feed is not None
    assert after_feed.url == "https://himalayas.app/jobs/api?limit=20&cursor=MjAyNi0xMS0yNHw0"
    assert board.next_page("last_page") is None


def test_paging_stops_at_the_limit_of_a_list(bench: Benches) -> None:
    response = bench(HimalayasSpider).response("feed")
    assert response.request is not None
    response.request.meta["turned"] = HimalayasSpider.pages_of_a_list
    assert HimalayasSpider().next_page(response, bench(HimalayasSpider).company("feed")) is None
