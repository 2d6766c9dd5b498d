from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.adzuna import AdzunaSpider
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.planning import Company

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(AdzunaSpider)
    assert board.items("page")[0] == Posting(
        board="adzuna",
        company_slug="us",
        native_id="6000000001",
        url="https://www.adzuna.com/details/6000000001",
        title="Machine Learning Engineer",
        company_name="Larder",
        location_text="Denver, Denver County",
        job_locations=(
            Place(
                text="Denver, Denver County", address_locality="Denver", address_region="Colorado", address_country="US"
            ),
        ),
        employment_type_text="full_time",
        base_salary=(Pay(min_value=120000, max_value=150000.5, currency="USD", unit_text="year"),),
        description_text="You keep the recommender of a grocer honest, and the text breaks off here…",
        date_posted=datetime(2026, 11, 23, 8, 33, 45, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(AdzunaSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_estimated_pay_is_ignored(bench: Benches) -> None:
    second = bench(AdzunaSpider).items("page")[1]
    assert (second.base_salary, second.employment_type_text) == ((), "permanent")
    assert second.job_locations == (Place(text="US", address_country="US"),)


def test_the_currency_is_the_countrys_and_the_link_has_no_caller(bench: Benches) -> None:
    (item,) = bench(AdzunaSpider).items("odd_pay")
    assert item.base_salary == (Pay(min_value=450, currency="GBP", unit_text="year"),)
    assert item.url == "https://www.adzuna.co.uk/jobs/land/ad/6000000004"


def test_the_caller_is_not_landed(bench: Benches) -> None:
    board = bench(AdzunaSpider)
    assert "utm_source=invented" in board.response("page").text
    assert [item for item in board.items("page") if "utm_source" in str(item.fields())] == []
    assert list(board.spider.postings(board.response("page").replace(body=b'{"results": [{}, 7]}'))) == [{}, 7]


def test_paging_stops_at_the_limit_of_a_term(bench: Benches) -> None:
    board = bench(AdzunaSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url == board.recording("last_page").url
    response = board.response("page").replace(body=b'{"count": 29000, "results": []}', request=second)
    assert AdzunaSpider().next_page(response, board.company("page")) is None


def test_requests_contain_the_keys() -> None:
    spider = AdzunaSpider()
    spider.keys = {"JOBMARKET_ADZUNA_APP_ID": "an id", "JOBMARKET_ADZUNA_APP_KEY": "a key"}
    first, *_ = spider.requests_for(Company(slug="fr"))
    assert first.url.startswith("https://api.adzuna.com/v1/api/jobs/fr/search/1?app_id=an+id&app_key=a+key&")


@pytest.mark.parametrize(
    ("contract", "hours", "stated"),
    [("contract", "full_time", "contract"), ("permanent", "part_time", "part_time"), ("permanent", None, "permanent"),
     (None, "full_time", "full_time"), (None, None, None)],
)  # fmt: skip
def test_a_contract_is_one_whatever_its_hours(
    bench: Benches, contract: str | None, hours: str | None, stated: str | None
) -> None:
    board = bench(AdzunaSpider)
    payload = board.payloads("page")[0] | {"contract_type": contract, "contract_time": hours}
    assert board.spider.to_posting(payload, board.company("page")).employment_type_text == stated
