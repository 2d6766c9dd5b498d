from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from jobmarket.posting import Posting
from scrapers.boards.base import BoardSpider, UnexpectedShape
from scrapers.boards.weworkremotely import WeworkremotelySpider

from .conftest import Bench

Benches = Callable[[type[BoardSpider]], Bench]


def test_every_field_of_a_posting_is_mapped(bench: Benches) -> None:
    board = bench(WeworkremotelySpider)
    assert board.items("page")[0] == Posting(
        board="weworkremotely",
        company_slug="all",
        native_id="https://weworkremotely.com/remote-jobs/fable-orchard-mlops-engineer",
        url="https://weworkremotely.com/remote-jobs/fable-orchard-mlops-engineer",
        title="MLOps Engineer",
        company_name="Fable Orchard",
        location_text="Anywhere in the World",
        is_remote=True,
        employment_type_text="Full-Time",
        description_html=(
            '<img src="https://wwr.example/logo.gif" />\n\n<p>\n  <strong>Headquarters:</strong> Portland, OR\n</p>\n\n'
            "<p>You own the feature store. Pay &amp; benefits are good.</p>"
        ),
        date_posted=datetime(2026, 11, 20, 17, 5, 10, tzinfo=UTC),
        valid_through=datetime(2026, 12, 20, 17, 5, 10, tzinfo=UTC),
        payload=board.payloads("page")[0],
    )


def test_an_empty_list_is_read_and_another_answer_is_refused(bench: Benches) -> None:
    board = bench(WeworkremotelySpider)
    assert board.items("empty") == []
    with pytest.raises(UnexpectedShape):
        board.payloads("unknown")


def test_the_employer_ends_at_the_first_colon(bench: Benches) -> None:
    second = bench(WeworkremotelySpider).items("page")[1]
    assert (second.company_name, second.title) == ("Contour", "Machine Learning: Applied | Vision")
    assert (second.location_text, second.valid_through) == ("USA Only", None)


def test_a_title_without_its_employer_is_kept(bench: Benches) -> None:
    (item,) = bench(WeworkremotelySpider).items("odd_pay")
    assert (item.company_name, item.title) == (None, "A title without its employer")
    assert item.description_html == "<p>Pay is £75 per hour for sessions.</p>"


def test_another_document_is_refused(bench: Benches) -> None:
    response = bench(WeworkremotelySpider).response("page").replace(body=b"<?xml version='1.0'?><feed/>")
    with pytest.raises(UnexpectedShape, match="not an RSS feed"):
        list(WeworkremotelySpider().postings(response))
