from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Place, Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.themuse import ThemuseSpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(ThemuseSpider)
    assert board.items("page")[0] == Posting(
        board="themuse",
        company_slug="all",
        native_id="23000001",
        url="https://www.themuse.com/jobs/larder/23000001",
        title="Senior Data Scientist",
        company_name="Larder",
        location_text="Denver, CO",
        job_locations=(Place(text="Denver, CO"),),
        description_html="<p>You forecast demand for a grocer.</p>",
        date_posted=datetime(2026, 11, 22, 23, 36, 54, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(ThemuseSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_place_for_remote_work_becomes_a_flag(bench: Benches) -> None:
    second = bench(ThemuseSpider).items("page")[1]
    assert (second.is_remote, second.location_text) == (True, "Flexible / Remote; Austin, TX")
    assert second.job_locations == (Place(text="Austin, TX"),)


def test_paging_stops_at_the_page_count_and_at_the_limit(bench: Benches) -> None:
    board = bench(ThemuseSpider)
    second = board.next_page("page")
    assert second is not None
    assert second.url.endswith("&page=1")
    assert board.next_page("last_page") is None
    last = board.response("page").replace(body=b'{"page_count": 500, "results": []}')
    url = last.url.replace("page=0", "page=99")
    assert ThemuseSpider().next_page(last.replace(url=url), board.company("page")) is None
