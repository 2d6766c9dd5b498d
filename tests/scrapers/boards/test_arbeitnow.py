from __future__ import annotations

from collections.abc import Callable

import pytest

from jobmarket.posting import Posting
from scrapers.boards.arbeitnow import ArbeitnowSpider
from scrapers.boards.base import BoardSpider, UnexpectedShape

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
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


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(ArbeitnowSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_paging_stops_at_an_empty_page_and_ignores_the_next_link(bench: Benches) -> None:
    board = bench(ArbeitnowSpider)
    for name, following in (("page", 2), ("last_page", 3)):
        request = board.next_page(name)
        assert request is not None
        assert request.url == f"https://www.arbeitnow.com/api/job-board-api?page={following}"


def test_a_job_in_two_cities_is_two_postings_and_created_at_is_no_date(bench: Benches) -> None:
    items = bench(ArbeitnowSpider).items("page")
    assert [(item.location_text, item.is_remote) for item in items] == [("Hamburg", False), ("Bremen", True)]
    assert {item.date_posted for item in items} == {None}
    assert items[1].employment_type_text is None
