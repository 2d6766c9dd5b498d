from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.jooble import JoobleSpider
from scrapers.planning import Company

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(JoobleSpider)
    assert board.items("page")[0] == Posting(
        board="jooble",
        company_slug="all",
        native_id="-4000000000000000001",
        url="https://jooble.org/desc/-4000000000000000001",
        title="Machine Learning Engineer",
        company_name="Larder",
        location_text="Denver, CO",
        employment_type_text="Full-time",
        pay_text="$140k - $170k",
        description_html="...you keep the <b>machine learning</b> of a grocer honest&nbsp;...",
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(JoobleSpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_blank_values_are_unknown_and_pay_is_kept_as_text(bench: Benches) -> None:
    second = bench(JoobleSpider).items("page")[1]
    assert (second.company_name, second.pay_text, second.employment_type_text) == (None, None, None)
    (odd,) = bench(JoobleSpider).items("odd_pay")
    assert odd.pay_text == "$17 - $35 per hour"


def test_the_key_is_in_the_path_and_the_term_in_the_body() -> None:
    spider = JoobleSpider()
    spider.keys = {"JOBMARKET_JOOBLE_KEY": "a/key"}
    first, *_ = spider.requests_for(Company(slug="all"))
    assert (first.method, first.url) == ("POST", "https://jooble.org/api/a%2Fkey")
    assert orjson.loads(first.body)["keywords"] == JoobleSpider.queries[0]
