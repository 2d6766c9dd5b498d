from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.remotive import RemotiveSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(RemotiveSpider)
    assert board.items("page")[0] == Posting(
        board="remotive",
        company_slug="all",
        native_id="3100001",
        url="https://remotive.com/remote-jobs/software-dev/machine-learning-engineer-3100001",
        title="Machine Learning Engineer",
        company_name="Parcel Finch",
        location_text="Europe, UK",
        is_remote=True,
        employment_type_text="full_time",
        pay_text="$120k - $150k",
        description_html=(
            "<p>You keep the models of a parcel network in production.</p><ul><li>Python, PyTorch</li></ul>"
        ),
        date_posted=datetime(2026, 11, 20, 9, 15, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(RemotiveSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_blank_values_are_unknown(bench: Benches) -> None:
    second = bench(RemotiveSpider).items("page")[1]
    assert (second.employment_type_text, second.pay_text, second.location_text) == (None, None, "USA")


def test_pay_is_kept_as_text_and_a_time_may_have_a_zone(bench: Benches) -> None:
    items = bench(RemotiveSpider).items("odd_pay")
    assert [item.pay_text for item in items] == ["Pay per task", "OTE $25k - $35k", "$31,2k- $52k"]
    assert items[2].date_posted == datetime(2026, 11, 19, 6, tzinfo=UTC)
