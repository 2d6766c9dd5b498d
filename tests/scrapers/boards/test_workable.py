from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from scrapy.http import TextResponse

from jobmarket.identity import object_hash
from jobmarket.posting import Place, Posting
from scrapers.boards.base import UnexpectedShape
from scrapers.boards.workable import WorkableSpider
from scrapers.planning import Company


@pytest.fixture
def board(bench: Callable[..., Any]) -> Any:
    return bench(WorkableSpider)


def test_every_field_of_a_posting_of_two_rows_is_mapped(board: Any) -> None:
    first, second = board.items("page")
    assert first == Posting(
        board="workable",
        company_slug="olive-grove",
        native_id="A1B2C3D4E5",
        url="https://apply.workable.com/j/A1B2C3D4E5",
        apply_url="https://apply.workable.com/j/A1B2C3D4E5/apply",
        title="Machine Learning Engineer",
        company_name="Olive Grove",
        department="Research",
        job_locations=(
            Place(address_country="Portugal"),
            Place(address_locality="Athens", address_region="Attica", address_country="Greece"),
        ),
        is_remote=None,  # the rows disagree
        employment_type_text="Full-time",
        description_html=("<p>You teach models to read invoices.</p><h3>Requirements</h3><ul><li>PyTorch</li></ul>"),
        date_posted=datetime(2026, 10, 12, tzinfo=UTC),
        payload=first.payload,
    )
    assert [each["country"] for each in first.payload["locations"]] == ["Portugal", "Greece"]
    assert (second.department, second.employment_type_text, second.requisition_id) == (None, None, "OG-7")
    assert (second.job_locations, second.is_remote) == ((Place(address_country="Greece"),), False)


def test_the_order_of_rows_and_places_makes_no_new_version(board: Any) -> None:
    rows = board.response("page").json()["jobs"]
    reversed_rows = [row | {"locations": row["locations"][::-1]} for row in rows[::-1]]
    again = TextResponse(
        board.recording("page").url, body=orjson.dumps(board.response("page").json() | {"jobs": reversed_rows})
    )
    assert sorted(map(object_hash, board.spider.postings(again))) == sorted(map(object_hash, board.payloads("page")))


def test_rows_that_agree_keep_their_flag_and_a_missing_day_is_unknown(board: Any) -> None:
    (posting,) = board.items("last_page")
    assert posting.is_remote is True
    assert posting.date_posted is None  # the draft's day is not the day of publication
    assert [place.address_country for place in posting.job_locations] == ["Portugal", "Spain"]


def test_empty_and_unknown_boards_are_recognised(board: Any) -> None:
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape, match="no list under the key 'jobs'"):
        board.items("unknown")


def test_odd_pay_is_only_in_the_text_and_an_impossible_day_is_unknown(board: Any) -> None:
    (posting,) = board.items("odd_pay")
    assert posting.description_html == "<p>Pay: 38–46k EUR gross a year.</p>"
    assert (posting.base_salary, posting.date_posted, posting.job_locations) == ((), None, ())


def test_answers_of_v3_are_read_too(board: Any, recordings: Any) -> None:
    body = (recordings / "workable" / "v3.json").read_bytes()
    response = TextResponse("https://apply.workable.com/api/v3/accounts/olive-grove/jobs", body=body)
    (payload,) = board.spider.postings(response)
    posting = board.spider.to_posting(payload, Company(slug="olive-grove"))
    assert posting.url == "https://apply.workable.com/j/ABCDEF0123"
    assert (posting.department, posting.employment_type_text) == ("Platform; Data", "full")
    assert (posting.workplace_text, posting.is_remote, posting.language) == ("hybrid", True, "en")
    assert posting.job_locations == (Place(address_locality="Lyon", address_country="France"),)
    assert posting.date_posted == datetime(2026, 10, 1, tzinfo=UTC)
