from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.reed import ReedSpider
from scrapers.planning import Company

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_search_is_mapped_except_the_cut_text(bench: Benches) -> None:
    board = bench(ReedSpider)
    assert board.items("page")[0] == Posting(
        board="reed",
        company_slug="all",
        native_id="58000001",
        url="https://www.reed.co.uk/jobs/machine-learning-engineer/58000001",
        title="Machine Learning Engineer",
        company_name="Thistle & Byte Ltd",
        location_text="Leeds",
        base_salary=(Pay(min_value=70000, max_value=85000, currency="GBP"),),
        date_posted=datetime(2026, 11, 20, 0, 0, tzinfo=UTC),
        valid_through=datetime(2026, 12, 21, 0, 0, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(ReedSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_own_page_adds_text_period_and_hours(bench: Benches) -> None:
    item = bench(ReedSpider).with_detail("page", "page_detail")
    assert item.description_html == "<p>You design &amp; run the models behind a timetable.</p>"
    assert item.employment_type_text == "full time"
    assert item.base_salary == (Pay(min_value=70000, max_value=85000, currency="GBP", unit_text="per annum"),)
    assert "applicationCount" not in item.payload["detail"]


def test_hidden_pay_and_an_impossible_day_are_unknown_and_a_postcode_is_kept(bench: Benches) -> None:
    second = bench(ReedSpider).items("page")[1]
    assert (second.base_salary, second.location_text) == ((), "LS14AP")
    (item,) = bench(ReedSpider).items("last_page")
    assert (item.date_posted, item.valid_through) == (None, None)


def test_a_summer_day_is_not_shifted() -> None:
    payload = {"jobId": 1, "jobTitle": "x", "date": "07/09/2026"}
    posting = ReedSpider().to_posting(payload, Company(slug="all"))
    assert posting.date_posted == datetime(2026, 9, 7, tzinfo=UTC)


def test_the_next_page_begins_after_the_results_shown(bench: Benches) -> None:
    board = bench(ReedSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert board.next_page("last_page") is None


def test_the_key_is_sent_as_a_user_without_password(bench: Benches) -> None:
    spider = ReedSpider()
    spider.keys = {"JOBMARKET_REED_KEY": "key"}
    first, *_ = spider.requests_for(bench(ReedSpider).company("page"))
    assert first.headers["Authorization"] == b"Basic a2V5Og=="
