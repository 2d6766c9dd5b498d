from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.landingjobs import LandingjobsSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(LandingjobsSpider)
    assert board.items("page")[0] == Posting(
        board="landingjobs",
        company_slug="all",
        native_id="21001",
        url="https://landing.jobs/at/mare-alta/machine-learning-engineer-21001",
        title="Machine Learning Engineer",
        company_name="mare alta",
        location_text="Porto, PT; Vigo, ES",
        job_locations=(
            Place(address_locality="Porto", address_country="PT"),
            Place(address_locality="Vigo", address_country="ES"),
        ),
        is_remote=False,
        employment_type_text="Full-time",
        base_salary=(Pay(min_value=50000, max_value=67000, currency="EUR", unit_text="year"),),
        description_html=(
            "<div>You forecast tides.</div>\n<h3>Requirements</h3>\n<ul><li>Python</li></ul>\n<h3>Perks</h3>\n"
            "<ul><li>22 days off</li></ul>"
        ),
        date_posted=datetime(2026, 2, 26, 9, 38, 38, 127000, tzinfo=UTC),
        valid_through=datetime(2027, 3, 2, 0, 0, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(LandingjobsSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_hidden_pay_and_a_missing_place_are_unknown(bench: Benches) -> None:
    second = bench(LandingjobsSpider).items("page")[1]
    assert (second.base_salary, second.location_text, second.is_remote) == ((), None, True)
    assert second.description_html == "<div>You forecast tides.</div>\n<h3>Requirements</h3>\n<ul><li>Python</li></ul>"


def test_a_pay_range_may_have_only_one_end(bench: Benches) -> None:
    (item,) = bench(LandingjobsSpider).items("odd_pay")
    assert item.base_salary == (Pay(min_value=50000, currency="GBP", unit_text="year"),)


@pytest.mark.parametrize(("shown", "offset"), [(50, 45), (20, 15), (6, 1), (5, None), (0, None)])
def test_pages_are_read_until_one_shows_no_more_than_the_overlap(
    bench: Benches, shown: int, offset: int | None
) -> None:
    """Also if the board shows fewer per page than requested."""
    board = bench(LandingjobsSpider)
    page = board.response("page").replace(body=orjson.dumps([{}] * shown))
    following = board.spider.next_page(page, board.company("page"))
    next_url = f"https://landing.jobs/api/v1/jobs.json?limit=50&offset={offset}"
    assert (following and following.url) == (None if offset is None else next_url)
