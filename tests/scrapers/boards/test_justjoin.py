from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.field_paths import without_fields
from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.justjoin import JustjoinSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(JustjoinSpider)
    assert board.items("page")[0] == Posting(
        board="justjoin",
        company_slug="all",
        native_id="00000001-0000-4000-8000-000000000000",
        url="https://justjoin.it/job-offer/bursztyn-ai-ml-engineer-gdansk-1",
        apply_url="https://bursztyn.example/apply",
        title="ML Engineer",
        company_name="Bursztyn AI",
        location_text="Gdańsk; Kraków",
        job_locations=(Place(address_locality="Gdańsk"), Place(address_locality="Kraków")),
        workplace_text="hybrid",
        employment_type_text="full_time",
        base_salary=(Pay(min_value=26000, max_value=31000, currency="PLN", unit_text="Month", name="b2b"),),
        date_posted=datetime(2026, 11, 20, 6, 55, 32, 18515, tzinfo=UTC),
        valid_through=datetime(2026, 12, 19, 22, 59, 59, 999999, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(JustjoinSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_own_page_adds_the_text(bench: Benches) -> None:
    assert (
        bench(JustjoinSpider).with_detail("page", "page_detail").description_html == "<p>You teach cranes to see.</p>"
    )


def test_hidden_pay_is_unknown_and_one_city_is_read(bench: Benches) -> None:
    second = bench(JustjoinSpider).items("page")[1]
    assert (second.base_salary, second.location_text, second.workplace_text) == ((), "Gdańsk", "remote")
    (third,) = bench(JustjoinSpider).items("last_page")
    assert (third.apply_url, third.employment_type_text) == (None, None)


def test_only_original_pay_counts_per_its_own_unit(bench: Benches) -> None:
    (item,) = bench(JustjoinSpider).items("odd_pay")
    assert item.base_salary == (
        Pay(min_value=120, currency="PLN", unit_text="hour", name="mandate_contract"),
        Pay(min_value=9000, max_value=11000, currency="PLN", unit_text="month", name="permanent"),
        Pay(min_value=240000, max_value=300000, currency="PLN", unit_text="Year", name="b2b"),
        Pay(min_value=14000, max_value=16000, currency="PLN", unit_text="month", name="internship"),
    )


def test_paging_follows_the_cursor(bench: Benches) -> None:
    board = bench(JustjoinSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    assert board.next_page("last_page") is None


def test_the_clauses_on_data_protection_are_removed(bench: Benches) -> None:
    read = bench(JustjoinSpider).with_detail("page", "page_detail").payload
    assert "jo@bursztyn.example" in str(read)
    assert "Jo" not in str(without_fields(read, JustjoinSpider.personal_fields))
