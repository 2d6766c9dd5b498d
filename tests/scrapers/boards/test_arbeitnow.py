from __future__ import annotations

from collections.abc import Callable

import pytest

from jobmarket.posting import Posting
from scrapers.boards.arbeitnow import ArbeitnowSpider
from scrapers.boards.base import BoardSpider, UnexpectedShape

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_a_whole_item(bench: Benches) -> None:
    board = bench(ArbeitnowSpider)
    assert board.items("page")[0] == Posting(
        board="arbeitnow",
        company_slug="all",
        native_id="machine-learning-engineer-hamburg-700001",
        url="https://www.arbeitnow.com/jobs/companies/nordlicht-routen-gmbh/machine-learning-engineer-hamburg-700001",
        title="Machine Learning Engineer (m/w/d)",
        company_name="Nordlicht Routen GmbH",
        location_text="Hamburg",
        is_remote=False,
        employment_type_text="Full time permanent; professional / experienced",
        description_html="<p>Du entwickelst Modelle für die Routenplanung.</p>",
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_one_and_another_answer_is_none(bench: Benches) -> None:
    board = bench(ArbeitnowSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_pages_go_on_until_one_is_empty_and_the_featured_search_is_not_followed(bench: Benches) -> None:
    board = bench(ArbeitnowSpider)
    for name, following in (("page", 2), ("last_page", 3)):
        request = board.next_page(name)
        assert request is not None
        assert request.url == f"https://www.arbeitnow.com/api/job-board-api?page={following}"


def test_a_job_in_two_cities_is_two_and_the_date_of_reading_is_no_date(bench: Benches) -> None:
    items = bench(ArbeitnowSpider).items("page")
    assert [(item.location_text, item.is_remote) for item in items] == [("Hamburg", False), ("Bremen", True)]
    assert {item.date_posted for item in items} == {None}
    assert items[1].employment_type_text is None
