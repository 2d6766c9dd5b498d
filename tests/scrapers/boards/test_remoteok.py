from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.remoteok import RemoteokSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(RemoteokSpider)
    assert board.items("page")[0] == Posting(
        board="remoteok",
        company_slug="all",
        native_id="1200001",
        url="https://remoteOK.com/remote-jobs/remote-senior-ml-engineer-cafã©-sociã©tã©-1200001",
        apply_url="https://remoteOK.com/remote-jobs/remote-senior-ml-engineer-cafã©-sociã©tã©-1200001",
        title="Senior ML Engineer",
        company_name="Café Société",
        location_text="São Paulo",
        base_salary=(Pay(min_value=150000, max_value=190000, currency="USD", unit_text="year"),),
        description_html="<p>We don’t ship notebooks – we ship models.</p>",
        date_posted=datetime(2026, 11, 24, 8, 46, 40, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(RemoteokSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_sound_texts_stay_and_0_is_not_pay(bench: Benches) -> None:
    second = bench(RemoteokSpider).items("page")[1]
    assert (second.title, second.company_name) == ("Contracts & Data Analyst", "Öl und Korn")
    assert second.description_html == "<p>Kein Fehler: Öl, naïve, São.</p>"
    assert (second.base_salary, second.location_text) == ((), None)


def test_one_end_of_the_pay_may_be_missing(bench: Benches) -> None:
    first, second = bench(RemoteokSpider).items("odd_pay")
    assert first.base_salary == (Pay(max_value=120000, currency="USD", unit_text="year"),)
    assert second.base_salary == (Pay(min_value=90000.5, currency="USD", unit_text="year"),)
