from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.jobicy import JobicySpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(JobicySpider)
    assert board.items("page")[0] == Posting(
        board="jobicy",
        company_slug="all",
        native_id="160001",
        url="https://jobicy.com/jobs/160001-senior-ml-engineer",
        title="Senior ML Engineer",
        company_name="Fern & Flint",
        location_text="LATAM; Brazil",
        job_locations=(Place(text="LATAM"), Place(text="Brazil")),
        is_remote=True,
        employment_type_text="Full-Time",
        base_salary=(Pay(min_value=115000, max_value=140000, currency="USD", unit_text="yearly"),),
        description_html="<p>You own the models &amp; their monitoring.</p>",
        date_posted=datetime(2026, 11, 23, 10, 21, 24, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(JobicySpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_labels_are_unescaped_and_several_kinds_joined(bench: Benches) -> None:
    second = bench(JobicySpider).items("page")[1]
    assert (second.title, second.employment_type_text) == ("R&D Data Scientist", "Full-Time; Contract")
    assert second.base_salary == ()


def test_pay_with_one_end_or_older_names_is_read(bench: Benches) -> None:
    first, second = bench(JobicySpider).items("odd_pay")
    assert first.base_salary == (Pay(min_value=18, currency="USD", unit_text="hourly"),)
    assert second.base_salary == (Pay(min_value=90000, max_value=120000, currency="EUR", unit_text="yearly"),)
