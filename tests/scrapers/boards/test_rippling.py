from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from scrapy.http import TextResponse

from jobmarket.posting import Pay, Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.rippling import RipplingSpider
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(RipplingSpider)


def test_every_field_of_a_posting_is_mapped(board: Any) -> None:
    posting = board.with_detail("page", "page_detail")
    assert posting == Posting(
        board="rippling",
        company_slug="brightquarry",
        native_id="0d1e2f30-0000-4000-8000-000000000001",
        url="https://ats.rippling.com/brightquarry/jobs/0d1e2f30-0000-4000-8000-000000000001",
        title="Machine Learning Engineer",
        company_name="Bright Quarry",
        department="Data",
        location_text="New York, NY; Remote (Ohio, US)",
        job_locations=(Place(text="New York, NY"), Place(text="Remote (Ohio, US)")),
        employment_type_text="SALARIED_FT",
        base_salary=(
            Pay(min_value=165000, max_value=198000, currency="USD", unit_text="YEAR", name="New York, NY"),
            Pay(min_value=140000, max_value=170000, currency="USD", unit_text="YEAR", name="Remote (Ohio, US)"),
        ),
        description_html="<p>We dig data.</p>\n<p>You sort stones with vision models.</p>",
        date_posted=datetime(2026, 10, 9, 14, tzinfo=UTC),
        payload=posting.payload,
    )


def test_rows_of_one_posting_are_united(board: Any) -> None:
    first, second = board.items("page")
    assert first.location_text == "New York, NY; Remote (Ohio, US)"
    assert first.payload["workLocations"] == ["New York, NY", "Remote (Ohio, US)"]
    assert (second.department, second.location_text) == (None, "Reno, NV")
    assert "workLocations" not in second.payload


def test_the_order_of_rows_places_and_pay_ranges_makes_no_new_version(board: Any) -> None:
    rows, page = board.response("page").json(), board.response("page_detail").json()
    lists = {name: page[name][::-1] for name in ("workLocations", "payRangeDetails")}
    url = board.recording("page").url
    posting = next(iter(board.spider.postings(TextResponse(url, body=orjson.dumps(rows)))))
    again = next(iter(board.spider.postings(TextResponse(url, body=orjson.dumps(rows[1::-1] + rows[2:])))))
    assert rows[0]["uuid"] == rows[1]["uuid"]
    assert len(lists["payRangeDetails"]) == 2
    assert again == posting
    answers = (TextResponse(url, body=orjson.dumps(each)) for each in (page, page | lists))
    one, other = (board.spider.with_detail(posting, each) for each in answers)
    assert one == other


def test_answers_of_v2_are_read_too(board: Any) -> None:
    (posting,) = board.items("last_page")
    assert (posting.company_slug, posting.department, posting.language) == ("oldquarry", "Ops", "en-US")
    assert (posting.location_text, posting.workplace_text) == ("Austin, TX; Remote (US)", "ON_SITE; REMOTE")
    assert posting.job_locations == (
        Place(text="Austin, TX", address_locality="Austin", address_region="Texas", address_country="United States"),
        Place(text="Remote (US)", address_country="United States"),
    )


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="not the answer of a rippling board"):
        board.items("unknown")


def test_odd_pay_is_kept_as_stated(board: Any) -> None:
    posting = board.with_detail("odd_pay", "odd_pay_detail")
    assert posting.base_salary == (Pay(min_value=62.5, currency="USD", unit_text="HOUR"),)
    assert (posting.employment_type_text, posting.location_text, posting.url) == ("Contractor", None, None)
    assert posting.date_posted == datetime(2026, 10, 9, tzinfo=UTC)


def test_a_postings_own_page_counts_as_a_list_of_one(board: Any) -> None:
    (payload,) = board.payloads("page_detail")
    posting = board.spider.to_posting(payload, Company(slug="brightquarry"))
    assert (posting.company_name, posting.location_text) == ("Bright Quarry", "New York, NY; Remote (Ohio, US)")
